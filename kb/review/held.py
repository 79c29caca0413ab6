"""What a person stands for: claims of their own, what they hold by a credence, what they accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kb import config
from kb.model.credence import Credence
from kb.model.rules import PERSON
from kb.model.statement import Point
from kb.review import credences
from kb.review.credences import Histories
from kb.store import decisions
from kb.store.open import Store
from kb.text.strings import fold

HALF = 0.5
"""From this middle of a credence on a statement is held; what attacks one below it says what the person thinks too."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a person stands for, and why: their own claim or whole text, a credence, or that they accepted it.

    `credence` is theirs now, where there is one.
    """

    id: str
    why: Literal["claim", "text", "credence", "accepted"]
    credence: Credence | None = None


@dataclass(frozen=True)
class Me:
    """Who the person is in this home: their name, and the one before they said it; and all credences."""

    name: str
    keys: frozenset[str]
    histories: Histories

    @classmethod
    def of(cls, store: Store) -> Me:
        """The person of a home."""
        name = credences.own_name(store)
        keys = frozenset({fold(name), fold(str(config.SETTINGS["me"].default))})
        return cls(name, keys, credences.histories(store, name))

    def says(self, point: Point) -> bool:
        """Whether a statement, or a whole text, is this person's and nobody else's."""
        return bool(point.speakers) and all(fold(speaker) in self.keys for speaker in point.speakers)

    def wrote(self, point: Point) -> bool:
        """Whether they wrote it as what they say: by `kb claim`, or as an argument in a note of theirs.

        In a note that names no author what is marked is the person's; a quote that they made a claim of is not.
        """
        if point.kind == "source":
            return False
        return point.basis == "authored" and (self.says(point) or (point.rule != PERSON and not point.speakers))

    def makes(self, point: Point) -> bool:
        """Whether they say or wrote it."""
        return self.says(point) or self.wrote(point)

    def given(self, statement_id: str) -> list[Credence]:
        """The credences of this person in a statement, oldest first."""
        return self.histories.get(statement_id, {}).get(self.name, [])

    def credence(self, statement_id: str) -> Credence | None:
        """The one that counts now; None where there is none, or it was taken back."""
        given = self.given(statement_id)
        return given[-1] if given and not given[-1].withdrawn else None


def held(store: Store, me: Me, points: Mapping[str, Point]) -> dict[str, Held]:
    """What the person stands for among these points, by id: a credence below a half says that they do not."""
    accepted = [name for name, point in points.items() if point.status == "accepted" and point.basis != "authored"]
    judged = decisions.verdicts(store, accepted)
    found: dict[str, Held] = {}
    for name, point in points.items():
        if point.kind == "question":
            continue
        if point.kind == "source":
            if me.says(point):
                found[name] = Held(name, "text")
            continue
        credence = me.credence(name)
        if credence is not None and credence.middle < HALF:
            continue
        if me.wrote(point) or (me.says(point) and (point.status == "accepted" or credence)):
            found[name] = Held(name, "claim", credence)
        elif credence is not None:
            found[name] = Held(name, "credence", credence)
        elif judged.get(name) == "accepted":
            found[name] = Held(name, "accepted")
    return found
