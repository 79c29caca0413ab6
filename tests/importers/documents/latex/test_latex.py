"""Sources in LaTeX: their forms as Markdown, the author's commands expanded, files taken in from their folder alone."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import importers
from importers.base import Input
from importers.decode import is_source_archive
from importers.documents.latex.convert import IMPORTER
from importers.documents.latex.people import people
from importers.files import read_files
from kb.errors import KbError
from kb.model.document import Document
from tests.conftest import Kb
from tests.importers.importer_checks import check


def read(text: str, target: str = "") -> Document:
    (document,) = IMPORTER.read(Input(text, "paper.tex", target, text.encode()))
    check(IMPORTER, document)
    return document


def body(text: str, preamble: str = "") -> str:
    return read(f"\\documentclass{{article}}{preamble}\\begin{{document}}{text}\\end{{document}}").text


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("\\emph{a} \\textbf{b} \\texttt{c} {\\it d e} f", "*a* **b** `c` *d e* f"),
        ("``One'' --- caf\\'e, na\\\"{\\i}ve~x 5\\% \\& \\$3 \\ldots", "“One” — café, naïve x 5% & $3 …"),
        ("a % gone\nb\n\n\\iffalse x \\fi c", "a b\n\nc"),
        ("\\section{One}\\label{sec:one} Text.\n\n\\subsection*{Two} See \\ref{sec:one}, \\eqref{eq:x}.",
         "# One\n\nText.\n\n## Two\n\nSee “One”, x."),
        ("So $x_1$ and \\(y\\):\n\\begin{equation}\\label{e} z = 1 \\end{equation}\nholds.",
         "So $x_1$ and $y$:\n\n$$\nz = 1\n$$\n\nholds."),
        ("\\begin{align}a &= b \\\\ c &= d\\end{align}", "$$\n\\begin{align}a &= b \\\\ c &= d\\end{align}\n$$"),
        ("\\begin{itemize}\\item one \\item[x] two\n\\begin{enumerate}\\item in\\end{enumerate}\\end{itemize}",
         "- one\n- **x** two\n  1. in"),
        ("\\begin{quote}A zero is one.\\end{quote}", "> A zero is one."),
        ("\\begin{tabular}{lc}\\hline pond & frogs \\\\ \\hline a & 9 \\\\ \\end{tabular}",
         "| pond | frogs |\n| --- | --- |\n| a | 9 |"),
        ("\\begin{figure}\\includegraphics{a}\\caption{Ponds.}\\end{figure}Text.", "Ponds.\n\nText."),
        ("Nine\\footnote{In \\emph{summers}.} went.", "Nine[^1] went.\n\n[^1]: In *summers*."),
        ("\\href{https://a.example/x\\_y}{here} \\url{https://b.example}",
         "[here](https://a.example/x_y) <https://b.example>"),
        ("As \\cite{fern,moss} and \\citep[see][p.~3]{lind} say.", "As [@fern; @moss] and [@lind] (see, p. 3) say."),
        ("\\begin{verbatim}\n100% \\emph{x}\n\\end{verbatim}", "```\n100% \\emph{x}\n```"),
        ("\\begin{proof}[Sketch] It holds.\\end{proof}", "**Proof (Sketch).** It holds."),
        ("\\weird{kept} words", "kept words"),
    ],
)  # fmt: skip
def test_forms(written: str, read_as: str) -> None:
    assert body(written) == read_as


def test_commands_of_the_author_are_expanded_in_words_and_formulas() -> None:
    preamble = (
        "\\newcommand{\\kb}{\\textsc{kb}\\xspace}\\newcommand{\\E}[2][x]{E_{#1}[#2]}\\def\\R{\\mathbb{R}}"
        "\\DeclareMathOperator{\\argmax}{arg\\,max}\\newtheorem{fact}{Fact}"
    )
    text = body("\\kb: $\\E{y}, \\E[z]{y}, x\\in\\R, \\argmax$.\n\n\\begin{fact}Yes.\\end{fact}", preamble)
    assert text == "kb: $E_{x}[y], E_{z}[y], x\\in\\mathbb{R}, \\operatorname{arg\\,max}$.\n\n**Fact.** Yes."


@pytest.mark.parametrize(
    "definition",
    ["\\def\\a{\\a\\a}", "\\newcommand{\\a}{\\b}\\newcommand{\\b}{\\a\\a}", "\\newcommand{\\a}[1]{\\a{#1#1}}"],
)
def test_a_definition_without_end_ends(definition: str) -> None:
    assert "Frogs." in body("\\a{x} Frogs.", definition)


def test_citations_lead_to_the_list_of_references() -> None:
    found = read(
        "\\documentclass{article}\\begin{document}As \\citet{fern} says.\\begin{thebibliography}{9}"
        "\\bibitem[Fern(2021)]{fern} C. Fern.\\newblock Routes by lot.\\newblock arXiv:2101.00001, 2021."
        "\\end{thebibliography}\\end{document}"
    )
    assert "As [Fern 2021](#^bib-fern) says." in found.text
    (cited,) = [one for one in found.references if one.raw.startswith("[Fern")]
    assert (cited.kind, cited.target, cited.alias) == ("citation", "https://arxiv.org/abs/2101.00001", "Routes by lot")


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("\\author{Ada Moss\\thanks{Pond Trust} \\and Bo von Lind\\\\ University}", ["Ada Moss", "Bo von Lind"]),
        ("\\author{Ada Moss$^{1,2}$, Bo Lind$^*$ and Dee Fern}", ["Ada Moss", "Bo Lind", "Dee Fern"]),
        ("\\author{Ada Moss}\\affiliation{Ponds}\\author{Bo Lind}", ["Ada Moss", "Bo Lind"]),
        ("\\author[1]{Ada Moss}\\affil[1]{Ponds}", ["Ada Moss"]),
        ("\\author{\\IEEEauthorblockN{Ada Moss}\\IEEEauthorblockA{Ponds}\\and\\IEEEauthorblockN{Bo Lind}}",
         ["Ada Moss", "Bo Lind"]),
        ("\\author{Ada Moss \\\\ Pond Institute \\\\ \\texttt{a@b.c} \\AND Bo M\\\"uller}", ["Ada Moss", "Bo Müller"]),
        ("\\author{}", []),
    ],
)  # fmt: skip
def test_who_wrote_it(written: str, names: list[str]) -> None:
    assert people(written) == names


def test_title_and_date() -> None:
    found = read(
        "\\title[short]{Blank \\emph{squares}:\\\\ a case\\thanks{x}}\\date{3 May 2024}"
        "\\begin{document}\\maketitle A.\\end{document}"
    )
    assert (found.title, found.published, found.kind) == ("Blank squares: a case", "2024-05-03", "paper")


def test_files_come_from_the_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "secret.tex").write_text("Secret.", encoding="utf-8")
    folder = tmp_path / "paper"
    (folder / "parts").mkdir(parents=True)
    (folder / "parts" / "one.tex").write_text("One. \\input{parts/one}", encoding="utf-8")
    (folder / "paper.bbl").write_text("\\begin{thebibliography}{1}\\bibitem{a} A.\\end{thebibliography}", "utf-8")
    text = "\\begin{document}\\input{parts/one}\\input{../secret}\\input{none}\\bibliography{x}\\end{document}"
    found = read(text, str(folder / "paper.tex"))
    assert found.text.startswith("One.")
    assert "- A. ^bib-a" in found.text
    assert "Secret" not in found.text
    assert found.problems == ("left out: 3 missing files",)


def test_a_folder_gives_the_paper_and_not_its_parts(kb: Kb, tmp_path: Path) -> None:
    folder = tmp_path / "paper"
    folder.mkdir()
    (folder / "main.tex").write_text(
        "\\documentclass{article}\\title{Ponds}\\begin{document}\\input{one}\\end{document}", encoding="utf-8"
    )
    (folder / "one.tex").write_text("\\section{One} Frogs.", encoding="utf-8")
    ran = kb("add", folder, "--no-embed")
    assert ran.code == 0
    assert "Ponds" in ran.out
    assert "1 added" in ran.err


def _tar(files: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as tar:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))
    return made.getvalue()


def _zip(files: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


SOURCES = {
    "p/sub/one.tex": "One.",
    "p/ms.tex": "\\documentclass{article}\\title{Ponds}\\begin{document}\\input{sub/one}\\bibliography{x}"
    "\\end{document}",
    "p/ms.bbl": "\\begin{thebibliography}{1}\\bibitem{a} A.\\end{thebibliography}",
}


@pytest.mark.parametrize(("name", "pack"), [("2101.00001.tar.gz", _tar), ("paper.zip", _zip), ("2101.00001", _tar)])
def test_the_archive_of_a_paper(tmp_path: Path, name: str, pack: Callable[[dict[str, str]], bytes]) -> None:
    (tmp_path / name).write_bytes(pack(SOURCES))
    (item,) = read_files(tmp_path / name)
    assert isinstance(item, Input)
    (document,) = importers.read(item)
    assert (document.importer, document.title) == ("latex", "Ponds")
    assert document.text.startswith("One.")
    assert "^bib-a" in document.text


def test_one_file_packed_alone_and_archives_of_something_else() -> None:
    alone = gzip.compress(b"\\documentclass{article}\\begin{document}Frogs.\\end{document}")
    assert IMPORTER.read(Input("", "x.gz", "", alone))[0].text == "Frogs."
    for data in (gzip.compress(b"frogs"), _tar({"a.txt": "frogs"}), _zip({"a.txt": "frogs"}), b"\x1f\x8bx"):
        assert not is_source_archive(data)
    with pytest.raises(KbError, match="no LaTeX document"):
        IMPORTER.read(Input("", "x.zip", "", _zip({"a.tex": "frogs"})))
    with pytest.raises(KbError, match="damaged"):
        IMPORTER.read(Input("", "x.tar.gz", "", _tar(SOURCES)[:-80]))


@pytest.mark.parametrize("text", ["\\documentclass{article}\\begin{document}\\end{document}", "% nothing"])
def test_nothing_in_it_is_one_error(text: str) -> None:
    with pytest.raises(KbError, match="no text"):
        read(text)


SIGNS = st.sampled_from(
    ["\\emph", "{", "}", "$", "$$", "\\(", "\\[", "\\]", "%", "\n", "\n\n", "&", "\\\\", "\\begin{itemize}", "\\item",
     "\\end{itemize}", "\\begin{tabular}{l}", "\\end{tabular}", "\\cite{a}", "\\footnote{", "\\section{", "[", "]",
     "#1", "~", "\\def\\a#1{#1\\a}", "\\a", "\\newcommand{\\b}", "\\b", "\\input{x}", "\\begin{verbatim}", "a", "\\",
     "\\end{verbatim}", "\\begin{align}", "\\end{align}", "\\bibitem{x}", "\\begin{thebibliography}{1}", "\\caption"]
)  # fmt: skip


@settings(max_examples=80)
@given(st.lists(SIGNS, max_size=40).map("".join))
def test_signs_in_any_order_are_read_or_refused(text: str) -> None:
    try:
        read("\\begin{document}" + text)
    except KbError:
        return


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (r"\url{https://a.example/b%20c} on", "<https://a.example/b%20c> on"),
        (r"\href{https://a.example/?q=%7E}{this} on", "[this](https://a.example/?q=%7E) on"),
        (r"Use \verb|a%b| or \verb+c|d+ on", "Use `a%b` or `c|d` on"),
        (r"Use \lstinline[language=C]{x = 1 % 2} on", "Use `x = 1 % 2` on"),
        (r"\emph{in \verb|a_b| form}", "*in `a_b` form*"),
        (r"Half (50\%) % not this", "Half (50%)"),
        (r"\begin{lstlisting}[language=Python, caption={Frogs}]" "\nx = [1] % 2\n" r"\end{lstlisting}",
         "Frogs\n\n```python\nx = [1] % 2\n```"),
        ("\\begin{verbatim}\n[a] {x}\n\\end{verbatim}", "```\n[a] {x}\n```"),
        (r"\begin{frogbox}[colback=red]Boxed.\end{frogbox}", "Boxed."),
        (r"\frog[width=3cm]{said} on", "said on"),
        (r"One\footnotemark[1].\footnotetext[1]{The note.}", "One.[^1]\n\n[^1]: The note."),
    ],
)  # fmt: skip
def test_signs_mean_what_the_command_around_them_says(written: str, read_as: str) -> None:
    assert body(written) == read_as


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (r"\iffalse a \iffalse b \fi c \else Shown \fi here", "Shown here"),
        (r"\iftrue Yes \else no \fi here", "Yes here"),
        (r"\ifdraft a \else Final \fi \ifweb web\fi", "Final web"),
        (r"$a \iff b$ on", r"$a \iff b$ on"),
        (r"\iffalse never closed", "never closed"),
    ],
)
def test_only_the_branch_that_a_switch_shows_is_read(written: str, read_as: str) -> None:
    assert body(written, "\\newif\\ifdraft\n\\newif\\ifweb \\webtrue\n") == read_as


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (r"\author{\name Ada Moss \email ada@x.org \\ \addr Ponds" "\n" r"\AND \name Ben Reed \email b@y.org}",
         ["Ada Moss", "Ben Reed"]),
        (r"\author{\IEEEauthorblockN{1\textsuperscript{st} Ada Moss}"
         r"\and\IEEEauthorblockN{2\textsuperscript{nd} Ben Reed}}",
         ["Ada Moss", "Ben Reed"]),
        (r"\author{张三, 李四}", ["张三", "李四"]),
    ],
)  # fmt: skip
def test_people_as_other_classes_have_them(written: str, names: list[str]) -> None:
    assert people(written) == names


@pytest.mark.parametrize(
    "hostile",
    [
        r"\newcommand{\a}[1]{" + "#1" * 190 + "} frogs " + r"\a{\a{\a{words}}} " * 300,
        "frogs " + r"\iffalse " * 20_000,
        "frogs " + r"\url{" * 5_000 + "}" * 5_000,
        "frogs " + r"\verb|" * 20_000,
        "frogs " + "$ a " * 10_000,
        "Words of frogs that go on. " * 4_000,
    ],
)
def test_what_goes_on_for_ever_comes_to_an_end(hostile: str) -> None:
    """Each of them took time by the square of its length, or made a text without bounds."""
    try:
        found = body(hostile)
    except KbError:
        return
    assert "frogs" in found
    assert len(found) < 1_000_000


def test_commands_that_are_words_are_read_and_those_of_layout_are_none() -> None:
    found = read(
        r"\documentclass{a}\begin{document}\pagenumbering{roman}Set in \LaTeX{} with \TeX.\index{frogs|see}"
        r" \centerline{Mid} \frog{one} \frog two\end{document}"
    )
    assert found.text == "Set in LaTeX with TeX. Mid one two"
    assert found.problems == ("left out: 2 uses of the command \\frog",)
