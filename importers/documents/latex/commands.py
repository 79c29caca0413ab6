"""What commands and environments of LaTeX take and do: of the kernel and of the packages that papers use."""

from __future__ import annotations

from functools import cache

from pylatexenc.latexwalker import get_default_latex_context_db
from pylatexenc.macrospec import EnvironmentSpec, LatexContextDb, MacroSpec


def _words(text: str) -> list[str]:
    return text.split()


CITES = _words("""
    cite citep citet citealt citealp citeauthor citeyear citeyearpar parencite textcite autocite footcite
    nocite Cite Citep Citet Parencite Textcite Autocite smartcite supercite fullcite shortcite citeA citeNP
    citenum onlinecite
""")
REFERENCES = _words("""
    ref eqref autoref cref Cref vref pageref nameref subref labelcref hyperref
""")
HEADS = {
    "part": 1, "chapter": 1, "section": 1, "subsection": 2, "subsubsection": 3, "paragraph": 4, "subparagraph": 5,
}  # fmt: skip
FORMS = {
    "emph": "em", "textit": "em", "textsl": "em", "textbf": "strong", "textsc": "", "texttt": "code", "textrm":
    "", "textsf": "", "textup": "", "textmd": "", "textnormal": "", "underline": "em", "uline": "em", "sout": "s",
    "st": "s", "textsuperscript": "sup", "textsubscript": "sub", "mbox": "", "hbox": "", "fbox": "", "text": "",
    "path": "code", "enquote": "q", "MakeUppercase": "", "uppercase": "", "lowercase": "",
    "centerline": "", "code": "code", "term":
    "em",
}  # fmt: skip
"""Elements of HTML by the commands that form letters; "" for none."""
SWITCHES = {
    "bf": "strong", "bfseries": "strong", "it": "em", "itshape": "em", "em": "em", "sl": "em", "tt": "code",
    "ttfamily": "code", "sc": "", "scshape": "", "rm": "", "sf": "",
}  # fmt: skip
SILENT = set(
    _words("""
    Huge IEEEauthorblockA IEEEauthorblockN IEEEpeerreviewmaketitle LARGE Large acmConference acmDOI acmISBN
    acmYear addcontentsline addtocounter addtolength affil affiliation allowdisplaybreaks and appendix
    arraybackslash author authorrunning backmatter balance bibitem bibliographystyle bigskip bottomrule
    ccsdesc centering clearpage cline cmidrule color columnwidth copyrightyear date definecolor
    documentclass doublespacing email flushbottom footnotemark footnotesize frenchspacing frontmatter
    graphicspath hfill hline hskip hspace huge hypersetup ignorespaces indent institute keywords label large
    leavevmode linebreak linewidth listoffigures listoftables looseness mainmatter makeatletter makeatother
    maketitle medskip midrule newblock newcommand newline newpage newtheorem noalign nobreak noindent
    nolinebreak normalsize null numberwithin onecolumn orcid pagebreak pagestyle par penalty phantomsection
    protect raggedleft raggedright refstepcounter relax renewcommand rule scriptsize section setcopyright
    setcounter setlength singlespacing sloppy small smallskip stepcounter strut subtitle tableofcontents
    cleardoublepage endinput index label linespread lstset newcolumntype normalfont pagenumbering selectfont
    selectlanguage singlespace textheight vfil glsresetall frontcover
    textwidth thanks theoremstyle thispagestyle tiny title titlerunning toprule twocolumn unskip usepackage
    vfill vskip vspace xspace
""")
)
DISPLAYED = set(
    _words("""
    IEEEeqnarray IEEEeqnarray* align align* alignat alignat* displaymath dmath dmath* eqnarray eqnarray*
    equation equation* flalign flalign* gather gather* math multline multline* subequations
""")
)
INNER = set(
    _words("""
    displaymath dmath dmath* equation equation* math
""")
)
"""Of these a display of Markdown needs no name."""
NAMES = {
    "LaTeX": "LaTeX", "TeX": "TeX", "LaTeXe": "LaTeX2e", "XeLaTeX": "XeLaTeX", "XeTeX": "XeTeX", "LuaLaTeX": "LuaLaTeX",
    "LuaTeX": "LuaTeX", "pdfLaTeX": "pdfLaTeX", "pdfTeX": "pdfTeX", "BibTeX": "BibTeX", "BibLaTeX": "BibLaTeX",
    "ConTeXt": "ConTeXt", "AmS": "AMS", "copyright": "©", "textcopyright": "©", "textregistered": "®",
    "texttrademark": "™",
}  # fmt: skip
"""Commands that stand for a word or a sign that the parser does not know."""
THEOREMS = {
    "theorem": "Theorem", "thm": "Theorem", "lemma": "Lemma", "lem": "Lemma", "proposition": "Proposition",
    "prop": "Proposition", "corollary": "Corollary", "cor": "Corollary", "definition": "Definition", "defn":
    "Definition", "remark": "Remark", "rem": "Remark", "example": "Example", "claim": "Claim", "conjecture":
    "Conjecture", "assumption": "Assumption", "proof": "Proof", "observation": "Observation", "hypothesis":
    "Hypothesis",
}  # fmt: skip

_TAKEN = (
    ("[[{", CITES),
    ("{", REFERENCES),
    ("{", list(FORMS)),
    (
        "{",
        _words("""
    email institute keywords IEEEauthorblockN IEEEauthorblockA affiliation orcid pagestyle thispagestyle
    index pagenumbering selectlanguage linespread lstset glsadd
    inst url bibliographystyle hypersetup graphicspath theoremstyle thanks subtitle
"""),
    ),
    (
        "[{",
        _words("""
    affil author title caption subcaption todo footnote footnotetext color usepackage address date bibitem
"""),
    ),
    ("*[{", list(HEADS)),
    (
        "*[{",
        _words("""
    includegraphics
"""),
    ),
    (
        "*{",
        _words("""
    vspace hspace
"""),
    ),
    (
        "{{",
        _words("""
    href textcolor colorbox setlength addtolength setcounter addtocounter scalebox rotatebox numberwithin
    parbox texorpdfstring foreignlanguage
"""),
    ),
    (
        "{{{",
        _words("""
    resizebox multicolumn definecolor addcontentsline
"""),
    ),
    (
        "[{[{{",
        _words("""
    multirow
"""),
    ),
    (
        "[{{",
        _words("""
    rule
"""),
    ),
    (
        "[",
        _words("""
    footnotemark item
"""),
    ),
)
_ENVIRONMENTS = (
    (
        "[",
        _words("""
    figure figure* table table* algorithm algorithm* itemize enumerate description tcolorbox mdframed
    sidewaystable sidewaysfigure displayquote frame
"""),
    ),
    ("[", list(THEOREMS)),
    (
        "[{",
        _words("""
    tabular longtable minipage subfigure subtable array
"""),
    ),
    (
        "{[{",
        _words("""
    tabular* tabularx tabulary
"""),
    ),
    (
        "{",
        _words("""
    thebibliography multicols adjustbox
"""),
    ),
    (
        "[{[{",
        _words("""
    wrapfigure wraptable
"""),
    ),
)


@cache
def context(theorems: tuple[str, ...]) -> LatexContextDb:
    """What the parser has to know of commands; `theorems` are environments that the text defines."""
    macros = [MacroSpec(name, form) for form, names in _TAKEN for name in names]
    environments = [EnvironmentSpec(name, form) for form, names in _ENVIRONMENTS for name in names]
    environments += [EnvironmentSpec(name, "[") for name in theorems]
    environments += [EnvironmentSpec(name, is_math_mode=True) for name in DISPLAYED]
    known = get_default_latex_context_db()
    known.add_context_category("papers", macros=macros, environments=environments, prepend=True)
    return known
