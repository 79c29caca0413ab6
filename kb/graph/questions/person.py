"""A person with all that is recorded of them: texts, statements, and whom they answer."""

from __future__ import annotations

from dataclasses import dataclass

from kb.graph.questions import answers
from kb.graph.questions.answers import Answers
from kb.model.filters import Filters
from kb.model.person import Person
from kb.model.source import Source
from kb.model.statement import Statement
from kb.sources import people, voices
from kb.store import sources, statements
from kb.store.conditions import among
from kb.store.open import Store
from kb.text.strings import fold


@dataclass(frozen=True, slots=True)
class Recorded:
    """Somebody: where they write or speak, what they state there, whom they answer and who answers them."""

    person: Person
    texts: list[Source]
    said: list[Statement]
    between: Answers


def of(store: Store, name: str) -> Recorded:
    """The person of this name, which may be any of theirs.

    Raises:
        NotFoundError: there is nobody of this name, or several.
    """
    known = people.find(store, name)
    every = voices.heard(store, Filters())
    if fold(known) not in every:
        every = {**every, fold(known): voices.Heard(voices.one(store, known))}
    mine = every[fold(known)]
    return Recorded(
        mine.person,
        sources.listed(store, among("s.rowid", mine.sources)),
        statements.chosen(store, among("st.rowid", mine.stated)),
        answers.of_person(store, every, known),
    )
