"""What a page is asked: the words of an address or a form, and the store to answer from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import UsageError
from kb.model.filters import Filters
from kb.store.open import Store
from server.imports import Imports, Upload
from server.sitting import Sitting
from server.stores import Stores


@dataclass(frozen=True, slots=True)
class Place:
    """What all requests share."""

    stores: Stores
    imports: Imports
    sitting: Sitting
    read_only: bool = False

    @property
    def home(self) -> Path:
        return self.stores.home


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `path` are the parts of the address that its route names, `words` what follows it or is in a form.

    `part`: only what changes is wanted, not the page around it. `notices` are filled while it is answered.
    """

    place: Place
    store: Store
    address: str
    path: Mapping[str, str]
    words: Mapping[str, Sequence[str]]
    part: bool = False
    cookies: Mapping[str, str] = field(default_factory=dict)
    uploads: Sequence[Upload] = ()
    notices: list[str] = field(default_factory=list)

    def text(self, name: str, default: str = "") -> str:
        """The word of this name, without blanks around it."""
        given = self.words.get(name)
        return given[-1].strip() if given else default

    def each(self, name: str) -> tuple[str, ...]:
        """The words of this name that say anything."""
        return tuple(word.strip() for word in self.words.get(name, ()) if word.strip())

    def number(self, name: str, default: int, most: int) -> int:
        """A number from 0 to `most`.

        Raises:
            UsageError: it is none.
        """
        text = self.text(name)
        if not text:
            return default
        if not (text.isascii() and text.isdigit() and len(text) <= 9):
            raise UsageError(f"{name} is a number, not {text!r}", f"from 0 to {most}")
        return min(int(text), most)

    def one_of(self, name: str, known: Sequence[str]) -> str:
        """The word of this name, the first of those known without one.

        Raises:
            UsageError: it is another.
        """
        word = self.text(name) or known[0]
        if word not in known:
            raise UsageError(f"there is no {name} {word!r}", f"one of {', '.join(filter(None, known))}")
        return word

    def filters(self, limit: int) -> Filters:
        """The filters among the words, the same as those of the command line.

        Raises:
            KbError: a kind, status, date or source that does not exist.
        """
        from kb.sources import resolve

        named = tuple(resolve.source(self.store, ref) for ref in self.each("source"))
        year = self.text("year")
        return Filters(
            kind=self.each("kind"),
            author=self.each("author"),
            tag=self.each("tag"),
            since=self.text("since") or year or None,
            until=self.text("until") or year or None,
            source=named,
            status=self.each("status"),
            heading=self.each("heading"),
            reading=self.each("reading"),
            fact=self.each("fact"),
            limit=limit,
        )

    def writing(self, words: str, *, alone: bool = False) -> AbstractContextManager[Store]:
        """The store for writing, as the command of these words would have it."""
        return self.place.stores.writing(words, alone=alone)
