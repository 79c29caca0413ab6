"""What a manuscript refers to: Markdown as Pandoc and vaults have it, LaTeX by its commands for citing."""

from __future__ import annotations

import re

from kb.model.document import Reference
from notes.markdown.structure import structure
from notes.markdown.targets import citation

_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_VERBATIM = re.compile(r"\\begin\{(verbatim\*?|lstlisting|minted|comment)\}.*?\\end\{\1\}", re.S)
_CITE = re.compile(
    r"\\(?P<name>[A-Za-z]*[Cc]ite[a-zA-Z]*)\*?(?:\s*(?:\[[^\[\]]*\]|<[^<>]*>)){0,3}\s*(?P<keys>\{[^{}]*\})"
)
_MORE = re.compile(r"(?:\s*\[[^\[\]]*\]){0,2}\s*(?P<keys>\{[^{}]*\})")
_KEY = re.compile(r"[^\s,{}]+")
_LATEX = re.compile(r"\\documentclass\b|\\begin\{document\}|\\[a-z]*cite[a-z]*\*?(?:\[[^\]]*\])*\{")


def is_latex(text: str, name: str) -> bool:
    """Whether a manuscript is LaTeX, by its file's name or its commands."""
    return name.lower().endswith((".tex", ".latex", ".ltx")) or (
        "\\" in text and not name and bool(_LATEX.search(text))
    )


def references(text: str, name: str = "") -> list[Reference]:
    """The references of a manuscript, in the order of the text; `name` is that of its file."""
    if is_latex(text, name):
        return _of_latex(text)
    return list(structure(text)[1])


def _of_latex(text: str) -> list[Reference]:
    visible = _VERBATIM.sub(lambda found: " " * len(found[0]), _COMMENT.sub(lambda found: " " * len(found[0]), text))
    found: list[Reference] = []
    for command in _CITE.finditer(visible):
        groups = [command]
        while command["name"].endswith("s") and (more := _MORE.match(visible, groups[-1].end())):
            groups.append(more)  # \autocites{a}{b}
        for group in groups:
            start = group.start("keys")
            for key in _KEY.finditer(group["keys"][1:-1]):
                at = start + 1 + key.start()
                found.append(citation(text, at, at + len(key[0]), key[0]))
    return found
