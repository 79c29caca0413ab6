"""The one set of filters of every reading command: what to leave out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kb.errors import UsageError
from kb.model import facts
from kb.model.reading import NONE
from kb.model.words import READING_STATES, SOURCE_KINDS, SOURCE_STATES, STATEMENT_KINDS, STATUSES
from kb.text.spelling import one_of

DEFAULT_LIMIT = 10


@dataclass(frozen=True, slots=True)
class Filters:
    """What to leave out. Of several kinds, authors, sources or statuses any will do; tags must all be there.

    `kind` takes kinds of sources and of statements; the latter, like `status`, leaves only statements. `author` is a
    name, a part of one or an account name, of an author or of the speaker. `since` and `until` are dates as
    `kb.text.dates` reads them, both inclusive; an undated source meets neither. `source` holds ids of sources.
    Each of `heading` holds words that must all stand in one of the headings above a passage, or above a statement.
    `reading` is how far a person is with the sources, "none" for those of which they have not said.
    Each of `fact` asks something of what the place of a source counts or says of it: `karma:>50`, `state:open`.
    `state` is of lists of sources; passages and statements that are not lost are all of sources that are here.

    Raises:
        UsageError: a kind, state, status, fact, date or limit that does not exist.
    """

    kind: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    source: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    fact: tuple[str, ...] = ()
    state: str = "here"
    limit: int = DEFAULT_LIMIT

    def __post_init__(self) -> None:
        _check("kind", self.kind, (*SOURCE_KINDS, *STATEMENT_KINDS))
        _check("state", (self.state,), (*SOURCE_STATES, "all"))
        _check("status", self.status, STATUSES)
        _check("reading state", self.reading, (*READING_STATES, NONE))
        for one in self.fact:
            facts.asked(one)
        if not all(re.search(r"[^\W_]", asked) for asked in self.heading):
            raise UsageError("a heading to look for has no word in it", 'write heading:methods or heading:"field work"')
        if self.limit < 1:
            raise UsageError(f"a limit of {self.limit} leaves nothing", "use -n 1 or more")
        if days := [day for day in (self.since, self.until) if day is not None]:
            from kb.text.dates import span  # reading dates takes a while to learn

            for day in days:
                span(day)

    @property
    def statements_only(self) -> bool:
        """Whether they ask for something that only a statement has."""
        return bool(self.status) or any(kind in STATEMENT_KINDS for kind in self.kind)

    @property
    def source_kinds(self) -> list[str]:
        return [kind for kind in self.kind if kind in SOURCE_KINDS]

    @property
    def statement_kinds(self) -> list[str]:
        return [kind for kind in self.kind if kind in STATEMENT_KINDS]

    @property
    def leave_all(self) -> bool:
        """Whether nothing is left out."""
        return self == Filters(limit=self.limit)


def _check(what: str, given: Iterable[str], known: tuple[str, ...]) -> None:
    for value in given:
        if value not in known:
            raise UsageError(f"there is no {what} {value!r}", one_of(value, known))
