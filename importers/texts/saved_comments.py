"""What one person wrote below several texts, saved by hand: each comment under "On: TITLE — 11 February 2019"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from importers.assemble import original_lines
from importers.base import Importer, Input
from importers.layout import layout
from kb.model.document import Author, Block, Document, Pointer, Reference
from kb.text import dates
from kb.text.dates import MONTH_WORD
from kb.text.strings import fold, squash
from notes.markdown import front_matter
from notes.markdown import structure as markdown
from notes.markdown.meta import read_note

_DAY = (
    rf"(?:(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:19|20)\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\.? {MONTH_WORD},? (?:19|20)\d\d"
    rf"|{MONTH_WORD} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d)"
)
_CLOCK = r"(?:[, T]+(?:at )?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?)"
_HEADER = re.compile(
    r"(?:(?:comment(?:ed)?|reply|replied|posted|response) )?(?:on|re|in reply to|in response to|to|under|below)"
    r"(?P<colon>:)? +[\"“'«]?(?P<title>\S.{1,150}?)[\"”'»]?"
    rf" *(?:[—–|·,(]|-(?= )| on(?= ))[ (]*(?P<when>{_DAY}){_CLOCK}?\)?:?",
    re.I,
)
_MARKS = re.compile(r"^(?:[#>\s]|\*\*|__|[-*•] )+|(?:\*\*|__|\s)+$")
_LINK = re.compile(r"\[([^\[\]\n]*)\]\([^()\s]*\)")
_RULE = re.compile(r"\s*(?:(?:[-*_=] ?){3,}|§)\s*$")
_OWNER = re.compile(
    r"\b(?:comments?|replies|posts|remarks|contributions)(?: (?:saved|made|left|written|posted))? (?:of|by|from) "
    r"(?:the user |user |account )?(?:[\"“«](?P<quoted>[^\"“”«»\n]{2,40})[\"”»]|(?P<plain>@?[^\W\d][\w.’'-]*"
    r"(?: [A-ZÀ-Þ][\w.’'-]*){0,3}))"
    r"|\b(?P<his>[A-ZÀ-Þ][\w.-]*(?: [A-ZÀ-Þ][\w.-]*){0,3})['’]s? (?:saved |collected |old )?(?:comments|replies)\b",
    re.I,
)
_LEAST = 3


@dataclass(frozen=True, slots=True)
class _Header:
    line: int
    title: str
    when: str


def sniff(source: Input) -> float:
    """How sure it is: three such lines and more, the first near the beginning."""
    if sum(source.text.casefold().count(word) for word in ("on", "re:", "to")) < _LEAST:
        return 0.0
    lines = source.text.split("\n")
    found = list(_headers(lines))
    if len(found) < _LEAST or sum(bool(line.strip()) for line in lines[: found[0].line]) > 6:
        return 0.0
    return 0.9


def read(source: Input) -> list[Document]:
    """The comments, each on the text that its line names, by whom the beginning or the front matter names."""
    lines = source.text.split("\n")
    headers = list(_headers(lines))
    owner = _owner(source, lines[: headers[0].line] if headers else lines)
    namespace = f"comments:{fold(owner.name) if owner else fold(source.name)}"
    documents = []
    original = original_lines(source)
    ends = [*(header.line for header in headers), len(lines)][1:]
    for header, end in zip(headers, ends, strict=False):
        body = ["" if _RULE.match(line) else line for line in lines[header.line + 1 : end]]
        text = layout(body)
        blocks, references = structure(text)
        documents.append(
            Document(
                kind="comment",
                title=f"Comment on {header.title}",
                text=text,
                blocks=blocks,
                references=references,
                authors=(owner,) if owner else (),
                published=dates.find(header.when),
                parent=Pointer(header.title, namespace),
                original=original(header.line, end),
                importer=IMPORTER.name,
                target=source.target,
                problems=source.problems if text else (*source.problems, "the comment is empty"),
            )
        )
    return documents


def structure(text: str) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """The blocks of a comment: it is Markdown."""
    return markdown.structure(text)


def _headers(lines: list[str]) -> Iterator[_Header]:
    for number, line in enumerate(lines):
        if len(line) > 260 or not any(character.isdigit() for character in line):
            continue
        bare = _LINK.sub(r"\1", _MARKS.sub("", line).replace("**", ""))
        found = _HEADER.fullmatch(bare)
        alone = number == 0 or not lines[number - 1].strip()
        if found and alone and (found["colon"] or bare != line.strip() or bare[:1].isupper()):
            yield _Header(number, squash(found["title"]), found["when"])


def _owner(source: Input, lines: list[str]) -> Author | None:
    """Whom the first lines, or the name of the file, name as the writer of all comments."""
    note = read_note(source.text, "")
    if note.authors:
        return note.authors[0]
    start = front_matter.split(source.text)[1]
    above = "\n".join(lines)[start:]
    for words in (note.title or "", above.replace("*", ""), source.name.rpartition(".")[0]):
        if found := _OWNER.search(words):
            name = (found["quoted"] or found["plain"] or found["his"]).strip().removeprefix("@")
            if name.casefold() not in {"the", "my", "a", "various", "several", "people", "readers"}:
                return Author(name, name if " " not in name else None)
    return None


IMPORTER = Importer(
    name="savedcomments",
    version="1",
    what="what one person wrote below several texts, saved by hand",
    recognised_by="three or more lines such as `On: TITLE — 11 February 2019, 21:07`",
    gives="one a comment, on the text that its line names",
    keeps="each comment, its day, the text that it is on",
    loses="buttons and counters of the page",
    sniff=sniff,
    read=read,
    structure=structure,
    sample='Comments of "ada_k"\n\nOn: Frogs in May — 11 February 2019, 21:07\n\nThey came late.\n\n* * *\n\n'
    "On: Herons — 12 February 2019\n\nHerons wait.\n\n* * *\n\nOn: Ponds — 13 February 2019\n\nThe pond is warm.\n",
    precedence=58,
    prose=True,
)
