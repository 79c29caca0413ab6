"""What several importers need: titles out of file names, lists as Markdown, the bytes behind some lines."""

from __future__ import annotations

import re
from itertools import pairwise

from importers.base import Input
from kb.model.document import Block, Document, Reference
from kb.text.strings import clip, squash
from notes.markdown.meta import NoteMeta

TITLE_LENGTH = 80
_MARGIN = 100

_HEX_RUN = re.compile(r"[0-9a-f]{8,}", re.I)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)
_EXTENSION = re.compile(r"(?<=.)\.([A-Za-z0-9]{1,8})$")
_SENTENCE = re.compile(r".+?[.?!…][\"'”’)\]]*(?=\s|$)", re.S)
_MARK = r"[•◦▪‣●○∙·]|[-*+](?=\s)|\d{1,3}[.)](?=\s)"
_ITEM = re.compile(rf"^(?P<indent>[ \t]*)(?P<mark>{_MARK})[ \t]*(?P<text>\S.*)$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_BLANK_WORDS = {"stdin", "untitled", "note", "document", "text", "clipboard", "new note"}


def extension(name: str) -> str:
    """The extension of a file name in lower case without the dot; "" where the dot belongs to the name itself
    ("Mr. Smith", "v1.2 draft", ".profile")."""
    found = _EXTENSION.search(name)
    return found[1].lower() if found and not found[1].isdigit() else ""


def without_extension(name: str) -> str:
    """The file name without what `extension` found."""
    ending = extension(name)
    return name[: -len(ending) - 1] if ending else name


def hash_like(stem: str) -> bool:
    """Whether a file name was made by a machine: a digest, a UUID, a number. It is no title then."""
    rest = _UUID.sub(" ", stem)
    rest = _HEX_RUN.sub(lambda run: " " if _is_digest(run[0]) else run[0], rest)
    return rest != stem and not re.search(r"[^\W\d_]{2,}", rest)


def _is_digest(run: str) -> bool:
    # "20241009" is a date and "defaced" a word: a digest has digits and letters, or is too long for a date.
    return (not run.isdigit() and not run.isalpha()) or (run.isdigit() and len(run) > 14)


def name_title(source: Input) -> str | None:
    """The title that the file name gives, or None where it says nothing."""
    stem = without_extension(source.name)
    if hash_like(stem) or stem.casefold() in _BLANK_WORDS:
        return None
    # Some exporters append a digest to each title.
    found = re.fullmatch(r"(.*\S)[ _-]+([0-9a-f]{16,})", stem, re.I)
    stem = found[1] if found and _is_digest(found[2]) else stem
    return squash(stem) or None


def first_sentence(text: str, limit: int = TITLE_LENGTH) -> str:
    """A title for a text that has none: its first sentence, clipped."""
    line = next((line for line in text.splitlines() if line.strip("#>*_- \t")), "")
    line = line[: 4 * limit].lstrip("#>*_- \t") if line else line
    found = _SENTENCE.match(line)
    return clip(found[0] if found else line, limit) or "Untitled"


def title_of(source: Input, text: str) -> str:
    """The title of a text that does not name itself: its file's name, else how it begins."""
    return name_title(source) or first_sentence(text)


def hard_wrapped(lines: list[str]) -> bool:
    """Whether the lines are paragraphs cut at a margin, so that a line break ends no paragraph."""
    broken = [one.strip() for one, other in pairwise(lines) if len(one.strip()) > 25 and other.strip()]
    if not broken or max(map(len, broken)) > _MARGIN:
        return False
    full = sum(len(line) >= 45 for line in broken)
    ended = sum(line[-1] in ".?!:" for line in broken)  # a margin seldom falls on the end of a sentence
    return full >= 0.6 * len(broken) and ended <= 0.4 * len(broken)


def original_lines(source: Input, first: int, last: int) -> bytes:
    """The bytes behind lines `first` to `last` (exclusive) of the text; the whole where lines do not map."""
    lines = source.original.splitlines(keepends=True)
    # Repair keeps the number of lines; a wide encoding does not split into the same ones.
    if len(lines) != len(source.text.splitlines()) and len(lines) != source.text.count("\n") + 1:
        return source.original
    return b"".join(lines[first:last])


def list_item(line: str) -> re.Match[str] | None:
    """The parts of a line that is a list item with a mark of any kind: indent, mark, text."""
    return _ITEM.match(line)


def layout(lines: list[str]) -> str:
    """Markdown for text copied from a page: marks of lists normalised and nested, blank lines around them.

    A line that is no item is a line of a paragraph; its indent means nothing. No word is changed.
    """
    out: list[str] = []
    stack: list[tuple[int, int]] = []  # (indent in the source, column where the text of the item starts)
    fenced = False
    for line in lines:
        if _FENCE.match(line) or fenced:
            fenced = fenced != bool(_FENCE.match(line))
            out.append(line.rstrip())
            stack = []
            continue
        item = list_item(line)
        if item:
            indent = len(item["indent"].expandtabs(4))
            if not stack and out and out[-1]:
                out.append("")
            while stack and stack[-1][0] >= indent:
                stack.pop()
            column = stack[-1][1] if stack else 0
            mark = item["mark"] if item["mark"][0].isdigit() else "-"
            stack.append((indent, column + len(mark) + 1))
            out.append(" " * column + mark + " " + item["text"].rstrip())
        elif not line.strip():
            if out and out[-1]:
                out.append("")
        elif stack and out[-1] and line[:1].isspace():
            out.append(" " * stack[-1][1] + line.strip())
        else:
            if stack and out[-1]:
                out.append("")  # else Markdown takes the line for a part of the last item
            stack = []
            out.append(line.strip())
    return "\n".join(out).strip("\n")


def note_document(
    source: Input,
    note: NoteMeta,
    title: str,
    text: str,
    cut: tuple[tuple[Block, ...], tuple[Reference, ...]],
    importer: str,
) -> Document:
    """A Markdown note as a document, with what its front matter and tags say."""
    blocks, references = cut
    return Document(
        kind="note",
        title=title,
        text=text,
        blocks=blocks,
        references=references,
        authors=note.authors,
        published=note.date,
        tags=note.tags,
        aliases=note.aliases,
        original=source.original,
        importer=importer,
        target=source.target,
        path=source.path,
        problems=(*source.problems, *note.problems),
    )
