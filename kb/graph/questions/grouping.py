"""Pairs of utterances of two parties, put into groups that are each about one subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kb.graph.questions.utterances import Utterance
from kb.model.link import Edge

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Cosines = NDArray[np.float32]  # of all to all, shape (n, n)

Sense = Literal["disagree", "agree", "unsigned"]

SAME_SUBJECT = 0.50  # what joins a group that there is
_SAME_POINT = 0.42  # of one speaker: said once more
_MOST_SAID = 3  # quotes in a group


@dataclass(frozen=True, slots=True)
class Pair:
    """Two utterances, the earlier first, and why they are put together: a link, or nearness alone."""

    first: int
    second: int
    sense: Sense
    near: float
    edge: Edge | None = None

    @property
    def ends(self) -> frozenset[int]:
        return frozenset((self.first, self.second))


@dataclass(slots=True)
class Group:
    """What both say about one subject: utterances in order, and the pairs among them, the most telling first."""

    label: str = ""
    said: list[int] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    weight: float = 0.0

    @property
    def sense(self) -> Sense:
        """Disagreement where somebody records it anywhere in the group, then agreement."""
        senses = {pair.sense for pair in self.pairs}
        return "disagree" if "disagree" in senses else "agree" if "agree" in senses else "unsigned"


def grouped(said: Sequence[Utterance], pairs: Sequence[Pair], near: Cosines) -> list[Group]:
    """Groups of what is on one subject; each utterance is in one group at most.

    What has a sign comes first, the most telling first; then pairs of what is left; then single utterances join what
    they are near to.
    """
    import numpy as np

    groups: list[Group] = []
    home: dict[int, Group] = {}
    party = np.array([one.party for one in said])
    covered: list[dict[int, Group]] = [{} for _ in said]  # groups in which its party says about the same

    def join(group: Group, pair: Pair) -> None:
        group.pairs.append(pair)
        for n in pair.ends - home.keys():
            home[n] = group
            group.said = sorted([*group.said, n])
            for m in np.flatnonzero((near[n] >= _SAME_POINT) & (party == party[n])).tolist():
                covered[m][id(group)] = group

    ranked = sorted(pairs, key=lambda p: (p.sense == "unsigned", -weight(p, said), p.first, p.second))
    for pair in ranked:
        if len(pair.ends) == 1 and (beside := _same_breath(groups, pair, said)):
            beside.pairs.append(pair)
            home[pair.first] = beside
            continue
        there = {id(home[n]): home[n] for n in pair.ends if n in home}
        group = next(iter(there.values()), None)
        if group is not None and len(group.said) == 1 and pair.sense in (group.sense, "unsigned"):
            join(group, pair)  # what nobody was found to be meant by: who speaks of the same is
        elif group is None:
            group = _same_subject(pair, covered)
            if group is not None and len(group.said) + len(pair.ends) > _MOST_SAID:
                home |= dict.fromkeys(pair.ends, group)  # it says again what is said there
                continue
            if group is None:
                groups.append(group := Group(weight=weight(pair, said)))
            join(group, pair)
        elif len(there) == 1 and pair.sense == group.sense and len(group.said) < _MOST_SAID:
            join(group, pair)
        elif len(there) == 1 and pair.ends <= home.keys():
            group.pairs.append(pair)
    for pair in ranked:
        known = [home[n] for n in pair.ends if n in home]
        if len(known) == 1 and pair.near >= SAME_SUBJECT and len(known[0].said) < _MOST_SAID:
            join(known[0], pair)
    for group in groups:  # what they come back to weighs more
        signed = {pair.edge for pair in group.pairs if pair.sense != "unsigned"}
        group.weight += 0.25 * max(0, len(signed) - 1)
    return groups


def _same_breath(groups: Sequence[Group], pair: Pair, said: Sequence[Utterance]) -> Group | None:
    """The group of this sense with what the same speaker says right beside these words, which alone say little."""
    one = said[pair.first]
    for group in groups:
        for m in group.said:
            other = said[m]
            near_by = other.item.source_id == one.item.source_id and abs(other.block - one.block) <= 1
            if m != pair.first and group.sense == pair.sense and other.party == one.party and near_by:
                return group
    return None


def _same_subject(pair: Pair, covered: Sequence[dict[int, Group]]) -> Group | None:
    """The group in which both of a pair, or the one that there is, have what they say said already by themselves."""
    for key, group in covered[pair.first].items():
        if key in covered[pair.second] and (pair.sense == "unsigned" or group.sense in (pair.sense, "unsigned")):
            return group
    return None


def weight(pair: Pair, said: Sequence[Utterance]) -> float:
    """How much a pair tells: its ground, how near the two are, and how much each says."""
    one, other = said[pair.first], said[pair.second]
    ground = 0.0 if pair.edge is None else 0.1 if pair.sense == "unsigned" else 0.6
    return ground + pair.near + recency(one, other) + 0.5 * (one.weight + other.weight)


def recency(one: Utterance, other: Utterance) -> float:
    """How much likelier `other` speaks of `one` because that was said just before; less the longer ago it was."""
    if one.turn is None or other.turn is None or one.item.source_id != other.item.source_id:
        return 0.0
    if other.before is not None and other.before >= 0:
        ago = abs(other.before - one.turn)
        return (_JUST_BEFORE if ago == 0 else 0.05 if ago <= 2 else 0.0) - min(0.1, 0.005 * ago)
    return -min(0.1, 0.005 * abs(other.turn - one.turn))


_JUST_BEFORE = 0.15
