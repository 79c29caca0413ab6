"""Sources in LaTeX: a paper out of its `.tex` with the files beside it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from importers.assemble import Cut, whole
from importers.base import Importer, Input
from importers.decode import is_source_archive, markup
from importers.documents.latex.archive import main_of, unpacked
from importers.documents.latexml import bibliography
from importers.documents.made import left_out, to_markdown
from importers.file_names import extension, without_extension
from importers.titles import title_of
from kb.errors import KbError
from kb.model.document import Author, Document
from kb.text.dates import read_loosely
from kb.text.latex import plain
from kb.text.strings import squash
from notes.markdown import structure as markdown

_WHOLE = re.compile(r"\\documentclass\b|\\documentstyle\b|\\begin\s*\{document\}")
_ENTRY = re.compile(r"^(?P<entry>- .* )\\\^(?P<name>bib-\S+)$", re.M)
_LARGEST = 20_000_000


def sniff(source: Input) -> float:
    """By the ending, in a folder only what is a document, as its other files are parts of one; an archive of such."""
    if is_source_archive(source.original):
        return 0.8
    if extension(source.name) not in {"tex", "ltx"}:
        return 0.9 if re.match(r"\s*\\documentclass\b", source.text) else 0.0
    return 1.0 if source.path is None or _WHOLE.search(source.text) else 0.0


def read(source: Input) -> list[Document]:
    """The paper as one document.

    Raises:
        KbError: there is no text in it, or it is nested too deep.
    """
    from importers.documents.latex.people import people
    from importers.documents.latex.reading import body_of, title_of_source
    from importers.documents.latex.source import prepared

    if is_source_archive(source.original):
        files = unpacked(source.original, source.called)
        main = main_of(files, source.called)
        text = markup(main, files[main], None)
        found = prepared(text, _among(files, posixpath.dirname(main)), without_extension(posixpath.basename(main)))
    else:
        found = prepared(source.text, _beside(source), without_extension(source.name))
    try:
        made = body_of(found)
        text = to_markdown(made)
    except RecursionError:
        raise KbError(f"{source.called} is nested too deep", "add it with --as plain") from None
    if not text.strip():
        raise KbError(f"{source.called} has no text in it", "add the file that has \\documentclass")
    text = _ENTRY.sub(lambda line: f"{bibliography.linked(line['entry'])}^{line['name']}", text)
    both = found.preamble + found.body
    title = title_of_source(both, found)
    dated = re.search(r"\\date\s*\{([^{}]*)\}", both)
    document = replace(
        whole(source, IMPORTER.name, "paper", title or title_of(source, text), text, structure(text)),
        authors=tuple(map(Author, people(both))),
        published=read_loosely(squash(plain(dated[1]))) if dated else None,
        problems=(*source.problems, *left_out(found.left)),
    )
    return [document]


def structure(text: str) -> Cut:
    """The blocks and references, citations led to what the list of references says of them."""
    return bibliography.cited(text, *markdown.structure(text))


def _among(files: Mapping[str, bytes], folder: str) -> Callable[[str], str | None]:
    """The texts of the files of an archive, named from a folder in it."""

    def other(name: str) -> str | None:
        data = files.get(posixpath.normpath(posixpath.join(folder, name)))
        try:
            return None if data is None else markup(name, data, None)
        except KbError:
            return None

    return other


def _beside(source: Input) -> Callable[[str], str | None]:
    """The texts of files in the folder of the source, below it and nowhere else."""
    folder = Path(source.target).parent if source.target and Path(source.target).is_absolute() else None

    def other(name: str) -> str | None:
        if folder is None:
            return None
        try:
            path = (folder / name).resolve()
            if not path.is_relative_to(folder.resolve()) or not path.is_file() or path.stat().st_size > _LARGEST:
                return None
            return markup(name, path.read_bytes(), None)
        except (OSError, ValueError, KbError):
            return None

    return other


IMPORTER = Importer(
    name="latex",
    version="2",
    what="a source in LaTeX, with the files that it takes in: those beside it, or in one archive, as arXiv gives it",
    recognised_by="the ending `.tex`, in a folder with `\\documentclass`; an archive (zip, tar.gz) with `.tex` in it",
    gives="one paper",
    keeps="title, authors, sections, theorems, lists, quotes, tables, formulas as TeX with the author's commands"
    " expanded, notes, citations led to the list of references",
    loses="figures but for their captions, algorithms, comments, layout; commands that nobody knows are counted",
    sniff=sniff,
    read=read,
    structure=structure,
    examples=("blank-squares.tex",),
    precedence=29,
)
