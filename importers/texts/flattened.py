"""A whole post on one line, as some readers and clipboards give it: its outline and lists found again.

The words stay as they are; line breaks, heading marks and list marks are put between them.
"""

from __future__ import annotations

import re

from importers.base import Importer, Input
from importers.texts import answers as _answers
from importers.texts import line_breaks
from importers.titles import title_of
from kb.extract import leads
from kb.model.document import Document
from notes.markdown.structure import structure

_MARKDOWN = re.compile(r"---\s*$|#{1,6} |[-*+] |> |\[\[")  # a text with marks of its own was never flattened
_FOOTNOTE = re.compile(r"\s\^\s+")
_MAX_WORDS = 90
LONG_LINE = 2000


def sniff(source: Input) -> float:
    """Sure where nearly all of the text stands on lines of thousands of characters."""
    lines = [line for line in source.text.split("\n") if line.strip()]
    if any(_MARKDOWN.match(line) for line in lines):
        return 0.0
    long = sum(len(line) for line in lines if len(line) >= LONG_LINE)
    return 0.95 if long and long > 0.8 * len(source.text) else 0.0


def read(source: Input) -> list[Document]:
    """One document."""
    text = "\n\n".join(unflatten(line.strip()) for line in source.text.split("\n") if line.strip())
    blocks, references = structure(text)
    return [
        Document(
            kind="post",
            title=title_of(source, text),
            text=text,
            blocks=blocks,
            references=references,
            original=source.original,
            importer=IMPORTER.name,
            target=source.target,
            problems=(*source.problems, "the text was on one line; its outline was found again by rule"),
        )
    ]


def unflatten(line: str) -> str:
    """The line as Markdown with headings, lists, footnotes and paragraphs."""
    body, notes = _footnotes(line)
    found = line_breaks.outline(body)
    marks = sorted(_headings(body, found))
    parts: list[str] = []
    at = 0
    for start, end, level in marks:
        if start < at:
            continue
        parts += _prose(body, at, start, found, parts)
        parts.append("#" * level + " " + body[start:end].strip())
        at = end
    parts += _prose(body, at, len(body), found, parts)
    parts += [f"[^{number}]: {note}" for number, note in enumerate(notes, 1)]
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def _footnotes(line: str) -> tuple[str, list[str]]:
    """Footnotes stand at the end, each behind a caret; the body cites as many of them as `[n]`."""
    carets = list(_FOOTNOTE.finditer(line))
    cited = {int(n) for n in re.findall(r"\[(\d{1,3})\]", line)}
    if not carets or not cited:
        return line, []
    count = min(len(carets), max(cited))
    tail = carets[-count:]
    ends = [m.start() for m in tail[1:]] + [len(line)]
    return line[: tail[0].start()], [line[m.end() : end].strip() for m, end in zip(tail, ends, strict=True)]


def _headings(body: str, found: line_breaks.Outline | None) -> set[tuple[int, int, int]]:
    marks: set[tuple[int, int, int]] = set()
    if found:
        # Entries that end in "?" in a run are the sub-questions of the entry before them.
        run = False
        for (a, b), (start, end) in zip(found.entries, found.headings, strict=True):
            short_question = body[a:b].endswith("?") and len(body[a:b].split()) <= 4
            level = 3 if short_question and (run or len(marks) > 0) else 2
            run = short_question
            marks.add((start, end, level))
        marks |= {(start, end, 3) for start, end in found.again}
    taken = [(s, e) for s, e, _ in marks] + ([(found.start, found.end)] if found else [])
    spans = line_breaks.breaks(body, 0, len(body))
    appendix = False
    for start, end in sorted(set(line_breaks.loose_headings(body, spans))):
        if any(start < e and s < end for s, e in taken):
            continue
        top = body[start:end].startswith("Appendix")
        appendix = appendix or top
        marks.add((start, end, 2 if top or not appendix else 3))
        taken.append((start, end))
    return marks


def _prose(body: str, start: int, end: int, found: line_breaks.Outline | None, before: list[str]) -> list[str]:
    """Paragraphs of a section; the outline inside it as a list; a list of answers as a nested list."""
    if start >= end:
        return []
    if found and start <= found.start and found.end <= end:
        listed = "\n".join("- " + body[a:b] for a, b in found.entries)
        return [
            *_prose(body, start, found.start, None, before),
            listed,
            *_prose(body, found.end, end, None, before),
        ]
    spans = line_breaks.breaks(body, start, end)
    heading = before[-1] if before and before[-1].startswith("#") else ""
    if answers := _answers.render(body, spans, heading):
        return answers
    return _paragraphs(body, spans)


def _paragraphs(body: str, spans: list[tuple[int, int]]) -> list[str]:
    out: list[str] = []
    begin: int | None = None
    stop = size = 0
    for start, end in spans:
        words = len(body[start:end].split())
        lost = begin is not None and body[stop - 1] not in '.?!…:;"”)]'
        headed = begin is not None and leads.at(body, start, spans[-1][1]) is not None
        if begin is not None and (size + words > _MAX_WORDS or (lost and size > 8) or headed):
            out.append(_escape(body[begin:stop]))
            begin, size = None, 0
        begin = start if begin is None else begin
        stop, size = end, size + words
    if begin is not None:
        out.append(_escape(body[begin:stop]))
    return out


def _escape(paragraph: str) -> str:
    """A paragraph that begins like a list, heading or quote would be read as one."""
    return re.sub(r"^(\d{1,9})([.)])(?=\s)", r"\1\\\2", re.sub(r"^([#>*+-])(?=\s|#)", r"\\\1", paragraph))


IMPORTER = Importer(
    name="flattened",
    version="3",
    what="a whole post on one line",
    recognised_by="more than four fifths of the text on lines of 2,000 characters or more",
    gives="one",
    keeps="the words, with paragraphs and headings found again",
    loses="nothing; what was a heading is a guess, and said",
    sniff=sniff,
    read=read,
    structure=structure,
    examples=("post.txt",),
    precedence=63,
    prose=True,
)
