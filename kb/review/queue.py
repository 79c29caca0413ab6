"""What to read next, and why: each text with reasons that name what they rest on.

Three groups, in this order:

1. texts that attack or undercut what a person stands for (`kb.review.held`), while they have said nothing to it: no
   reply, no verdict on it, no credence in it, no note on the text. Also texts that they have not put on the list.
2. what they are reading.
3. what they are to read; and, as at most a third of what is shown unless the list ends, texts that they have not put
   there and that two or more of the texts they have read refer to.

Within a group: what more of the texts that they have read refer to, then whom they have read more of, then what
waits longest. Who has marked nothing as read gets what the texts that are here refer to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kb.model.json_form import JsonObject, json_form, json_object
from kb.model.source import Source
from kb.review import unanswered
from kb.review.held import Me
from kb.review.unanswered import Attack
from kb.store import reading, sources
from kb.store.open import Store
from kb.store.reading import Reading
from kb.text import when
from kb.text.strings import clip, fold

_SEVERAL = 2  # texts read that must refer to one which is not on the list
_LOOKED_AT = 300  # of the texts referred to, those that most refer to
_WORDS = 70  # characters of a title in a reason


@dataclass(frozen=True, slots=True)
class Because:
    """A reason: `what` it is, in words, and the ids that it rests on."""

    what: str  # attacks, cited, author, begun, listed
    text: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A text to read, with the reasons, the strongest first."""

    source: Source
    because: tuple[Because, ...]
    group: int = field(metadata={"json": None})
    cited: int = field(metadata={"json": None})
    known: int = field(metadata={"json": None})  # texts read by the author of whom most were
    since: str = field(metadata={"json": None})

    @property
    def reason(self) -> str:
        """All reasons in one line."""
        return "; ".join(one.text for one in self.because)

    def as_json(self) -> JsonObject:
        """The interface's entry of a queue."""
        return {"source": json_object(self.source), "reason": self.reason, "because": json_form(self.because)}


@dataclass(frozen=True, slots=True)
class Queue:
    """What to read next. `listed` counts what is marked to-read or reading, `read` what is marked read."""

    entries: tuple[Entry, ...]
    listed: int
    read: int


def queue(store: Store, limit: int, today: date) -> Queue:
    """The texts to read next, the first of them first."""
    known = {one.source_id: one for one in reading.every(store)}
    done = [name for name, one in known.items() if one.state == "read"]
    found = _Finder(store, known, done, today)
    entries = sorted(found.entries(), key=_order)
    listed = sum(one.state != "read" for one in known.values())
    return Queue(tuple(_shown(entries, limit)), listed, len(done))


def _order(entry: Entry) -> tuple[object, ...]:
    state = {"reading": 0, "to-read": 1}.get(entry.source.reading or "", 2)
    return (
        entry.group,
        state if entry.group == 0 else 0,
        -entry.cited,
        -entry.known,
        state,
        entry.since,
        entry.source.id,
    )


def _shown(entries: Sequence[Entry], limit: int) -> list[Entry]:
    """The first of them; of those that are not on the list, and attack nothing, a third, unless the list ends."""
    more = [one for one in entries if one.group == 2 and one.source.reading is None]
    own = len(entries) - len(more)
    room = max(limit // 3, limit - own)
    left = {one.source.id for one in more[room:]}
    return [one for one in entries if one.source.id not in left][:limit]


class _Finder:
    def __init__(self, store: Store, known: Mapping[str, Reading], done: Sequence[str], today: date) -> None:
        self.store = store
        self.known = known
        self.done = done
        self.today = today
        self.me = Me.of(store)
        self.cited = reading.citing(store, done or None)
        self.attacks = unanswered.by_source(store, self.me)
        self.people = Counter(
            name for one in sources.read(store, done).values() if one.kind != "comment" for name in one.authors
        )

    def entries(self) -> Iterator[Entry]:
        """Every text that there is a reason to read, once."""
        listed = [name for name, one in self.known.items() if one.state != "read"]
        least = _SEVERAL if listed and self.done else 1
        often = sorted(self.cited, key=lambda name: (-len(self.cited[name]), name))
        others = [*self.attacks, *(n for n in often if len(self.cited[n]) >= least)][: _LOOKED_AT + len(self.attacks)]
        texts = sources.read(self.store, dict.fromkeys([*listed, *(n for n in others if n not in self.known)]))
        self.titles = sources.titles(self.store, {name for found in texts for name in self.cited.get(found, ())})
        for name, source in texts.items():
            if source.state == "here" and (name in self.known or self._to_offer(source)):
                yield self._entry(source)

    def _to_offer(self, source: Source) -> bool:
        """Whether a text that is not on the list is one to read: somebody else's, and to be found."""
        mine = all(fold(name) in self.me.keys for name in source.authors)
        theirs = not mine if source.authors else source.kind != "note"
        return theirs and bool(source.passages or source.url)

    def _entry(self, source: Source) -> Entry:
        one = self.known.get(source.id)
        attacks = self.attacks.get(source.id, ())
        citing = self.cited.get(source.id, [])
        author = max(source.authors, key=lambda name: self.people.get(name, 0), default="")
        because = [*([self._attack(attacks)] if attacks else []), *([self._cited(citing)] if citing else [])]
        if count := self.people.get(author, 0):
            texts = "a text" if count == 1 else f"{count} texts"
            because.append(Because("author", f"by {author}, of whom you read {texts}"))
        if one is not None:
            if one.state == "reading":
                because.insert(bool(attacks), Because("begun", f"you began it {when.told(one.at, self.today)}"))
            else:
                because.append(Because("listed", f"on your list since {when.since(one.at, self.today)}"))
        if not source.passages and source.url:
            because.append(Because("absent", f"not here yet: kb add {source.url}"))
        group = 0 if attacks else 1 if one and one.state == "reading" else 2
        return Entry(source, tuple(because), group, len(citing), count, one.at if one else source.added)

    def _attack(self, attacks: Sequence[Attack]) -> Because:
        first, more = attacks[0], len(attacks) - 1
        return Because("attacks", first.words + (f" (and {more} more such)" if more else ""), first.ids)

    def _cited(self, citing: Sequence[str]) -> Because:
        order = {name: place for place, name in enumerate(self.done)}
        last = max(citing, key=lambda name: (order.get(name, -1), name))
        title, count = f"«{clip(self.titles.get(last, last), _WORDS)}»", len(citing)
        many = f"cited by {count} texts {'you read' if self.done else 'that are here'}, last {title}"
        one = f"cited by {title}{', which you read' if self.done else ''}"
        return Because("cited", one if count == 1 else many, tuple(citing))
