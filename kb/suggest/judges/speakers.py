"""A language model as a judge of voices: which spans of a text are somebody else's words, and whose.

It is fed parts of texts in which somebody may be quoted. A span counts where its first and last words stand in the
part once and verbatim, and the speaker's name stands in the text; a statement, where both answers have it in spans of
the same speaker. What comes of it is a speaker proposed for the statement: nothing changes before a person says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.extract.persons import may_be_person
from kb.model import ids
from kb.store import edits
from kb.store.open import Store
from kb.suggest.judges import Refused, Suggested, Told
from kb.suggest.judges.material import Text, texts
from kb.suggest.judges.model import Both, Found, Work, confidence
from kb.suggest.judges.prompts import Messages, messages
from kb.text.strings import fold

_LONGEST = 4000  # characters of a part, unless one passage is longer
_TOKENS_OUT = 200
_MOST_NAMES = 30
_MAY_QUOTE = re.compile(
    r"[\"“”«»]|^[ \t]*>|\b(?:says?|said|writes?|wrote|argues?|argued|asks?|asked|repl(?:y|ies|ied)|claims?|claimed"
    r"|comments?|commented|according to|quot(?:e|es|ed|ing)|responds?|responded)\b",
    re.I | re.M,
)
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'.-]+){1,2}|(?<=[a-zß-ÿ,;(] )[A-ZÀ-Þ][\w’'-]+")
"""What may be a name: several words, or one that does not begin a sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """A statement in a part of a text: its id, its place in the part, and who makes it by what is known."""

    id: str
    start: int
    end: int
    speaker: str


@dataclass(frozen=True, slots=True)
class Part:
    """Some passages of a text that follow each other. `whole` is what a name must stand in."""

    text: str
    title: str
    authors: tuple[str, ...]
    names: tuple[str, ...]
    lines: tuple[Line, ...]
    whole: str


@dataclass(frozen=True, slots=True)
class Span:
    """A span of a part, and whose words it is: "" for somebody whom the text does not name."""

    start: int
    end: int
    speaker: str
    score: float


def _comes_to(item: Part, first: Found, second: Found) -> Suggested:
    ones, others = spans(item, first), spans(item, second)
    if ones is None or others is None:
        return Refused("no list of spans")
    told = []
    for line in item.lines:
        one, other = _around(ones, line), _around(others, line)
        if one is None or other is None or fold(one.speaker) != fold(other.speaker):
            continue
        if fold(one.speaker) != fold(line.speaker):
            told.append(Told(line.id, "speaker", one.speaker, min(one.score, other.score)))
    return told


def spans(item: Part, found: Found) -> list[Span] | None:
    """The spans of an answer that can be used; None where it is no list of spans."""
    listed = found.get("spans")
    if not isinstance(listed, list):
        return None
    return [span for one in listed if isinstance(one, dict) and (span := _span(item, one)) is not None]


def _span(item: Part, found: Found) -> Span | None:
    begins, ends, speaker, score = found.get("begins"), found.get("ends"), found.get("speaker"), confidence(found)
    if not isinstance(begins, str) or not isinstance(ends, str) or not isinstance(speaker, str) or score is None:
        return None
    speaker = speaker.strip()
    if not begins.strip() or not ends.strip() or item.text.count(begins) != 1:
        return None
    start = item.text.index(begins)
    last = item.text.find(ends, start)
    if last < 0 or item.text.count(ends, start) != 1 or not is_named(item, speaker):
        return None
    return Span(start, last + len(ends), speaker, score)


def is_named(item: Part, speaker: str) -> bool:
    """Whether somebody of this name may speak here: nobody known, or a person whose name stands in the text."""
    if not speaker:
        return True
    if fold(speaker) in {fold(name) for name in item.authors}:
        return False  # what the authors say needs no span
    there = re.search(rf"(?<!\w){re.escape(speaker)}(?!\w)", f"{item.title}\n{item.whole}")
    return bool(there) and may_be_person(speaker)


def _around(found: Sequence[Span], line: Line) -> Span | None:
    """The one span that a statement stands in."""
    there = [one for one in found if one.start <= line.start and line.end <= one.end]
    return there[0] if len({fold(one.speaker) for one in there}) == 1 else None


def _both(item: Part) -> Both:
    return _messages(item, item.names), _messages(item, item.names[::-1])


def _messages(item: Part, names: Sequence[str]) -> Messages:
    data = {"title": item.title, "authors": list(item.authors), "names": list(names), "text": item.text}
    return messages("speakers", data)


WORK = Work(
    "speakers", "Parts of the texts, their titles and the names in them are sent there.", _TOKENS_OUT, _both, _comes_to
)


# What is asked


def items(store: Store, about: str | None, least: float) -> list[Part]:
    """Parts of texts that make a statement and in which somebody may be quoted, in the order of the texts.

    Of a statement whose speaker a person put right nothing is asked.
    """
    found = [part for text in texts(store, about, least) if not text.turns for part in _parts(text)]
    found = [part for part in found if _MAY_QUOTE.search(part.text)]
    said = edits.fields_of(store, {line.id for part in found for line in part.lines})
    found = [
        replace(part, lines=tuple(line for line in part.lines if edits.SPEAKER not in said.get(line.id, ())))
        for part in found
    ]
    return [
        part
        for part in found
        if part.lines and (not _is_statement(about) or about in {line.id for line in part.lines})
    ]  # fmt: skip


def _is_statement(about: str | None) -> bool:
    return about is not None and about.startswith(ids.STATEMENT)


def _parts(text: Text) -> Iterator[Part]:
    begin = end = 0
    for passage in text.passages:
        if end > begin and passage.end - begin > _LONGEST:
            yield _part(text, begin, end)
            begin = passage.start
        end = passage.end
    if end > begin:
        yield _part(text, begin, end)


def _part(text: Text, begin: int, end: int) -> Part:
    words = text.text[begin:end]
    own = {fold(name) for name in text.source.authors}
    named = dict.fromkeys(name for name in _NAME.findall(words) if may_be_person(name) and fold(name) not in own)
    lines = [
        Line(one.side.id, one.side.start - begin, one.end - begin, one.side.speaker)
        for one in text.said
        if begin <= one.side.start and one.end <= end
    ]
    source = text.source
    return Part(words, source.title, source.authors, tuple(named)[:_MOST_NAMES], tuple(lines), text.text)
