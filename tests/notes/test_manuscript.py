"""What a manuscript refers to."""

from __future__ import annotations

import pytest

from notes.manuscript import is_latex, references

LATEX = r"""\documentclass{article}
% \cite{commented}
\begin{document} See \citep[see][p.~3]{a1, b:2} and \autocites[1]{c3}[2]{d-4}, \textcite*{e5}. \nocite{*}
\begin{verbatim}\cite{code}\end{verbatim} 5\% of \Citet{f6}.
"""


def test_every_command_that_cites_in_latex() -> None:
    found = references(LATEX, "paper.tex")
    assert [one.target for one in found] == ["a1", "b:2", "c3", "d-4", "e5", "*", "f6"]
    assert all(LATEX[one.start : one.end] == one.raw == one.target for one in found)


def test_markdown_is_read_as_notes_are() -> None:
    text = "As [@a1, p. 3; -@b2] and @c3 say, see [[d4]] and [this](https://x.example/e)."
    assert [one.target for one in references(text, "paper.md")] == ["a1", "b2", "c3", "d4", "https://x.example/e"]


@pytest.mark.parametrize(
    ("text", "name", "is_so"),
    [
        (LATEX, "", True),
        (LATEX, "paper.md", False),
        ("words", "a.TEX", True),
        ("@a \\alpha", "", False),
        ("", "", False),
    ],
)
def test_latex_is_known_by_its_ending_and_in_a_pipe_by_its_commands(text: str, name: str, is_so: bool) -> None:
    assert is_latex(text, name) is is_so
