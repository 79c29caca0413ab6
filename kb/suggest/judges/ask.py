"""Asking a judge: what it answered before is not asked again, what it says becomes suggestions.

A judge that gives signs is first asked about planted negations (`trials`). If it does not see that a "not" turns a
sign round, its links are `related`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic

from kb.model.link import Evidence, Link, new_link
from kb.model.proposed import Proposed, new_proposal
from kb.store import decisions, judgements, link_writing, links, meta, proposals, sources
from kb.store.open import Store, now
from kb.suggest.judges import Answer, Drawn, Item, Judge, Refused, Told, Trial
from kb.suggest.judges import trials as planted
from kb.text.strings import digest


@dataclass(frozen=True, slots=True)
class Plan(Generic[Item]):
    """The items to judge, those of them that were never asked about, and what the judge is tried on."""

    items: Sequence[Item]
    new: Sequence[Item]
    trials: Sequence[Trial[Item]] = ()
    untried: Sequence[Item] = ()

    @property
    def asked(self) -> list[Item]:
        """All that will be asked."""
        return [*self.untried, *self.new]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: ids of the new links and proposals, how many items nothing is said of, refused answers by
    reason.

    `known` proposals are there already, or a person has decided about them. `unsigned`: the judge did not see planted
    negations, and its links have no sign. The tokens are what the server counted.
    """

    links: tuple[str, ...]
    proposals: tuple[str, ...]
    none: int
    refused: Counter[str]
    known: int
    unsigned: bool = False
    tokens_in: int = 0
    tokens_out: int = 0


def plan(store: Store, judge: Judge[Item], items: Sequence[Item], most: int) -> Plan[Item]:
    """The first `most` items that are new to the judge, and all before them that it knows."""
    known = _known(store, judge, items)
    chosen: list[Item] = []
    new: list[Item] = []
    for item in items:
        if _key(judge, item) not in known:
            if len(new) == most:
                break
            new.append(item)
        chosen.append(item)
    trials = judge.trials() if chosen else ()
    tried = _known(store, judge, [trial.item for trial in trials])
    return Plan(chosen, new, trials, [t.item for t in trials if _key(judge, t.item) not in tried])


def run(
    store: Store, judge: Judge[Item], planned: Plan[Item], progress: Callable[[int], None] = lambda _: None
) -> Outcome:
    """Ask about the new items, keep the answers batch by batch, and suggest what they come to.

    Where the judge fails half-way, what it has answered is kept and suggested.

    Raises:
        KbError: it cannot be asked.
    """
    used: Counter[str] = Counter()
    asked = planned.asked
    try:
        for at in range(0, len(asked), judge.batch):
            batch = asked[at : at + judge.batch]
            said = dict(zip((_key(judge, item) for item in batch), judge.answers(batch), strict=True))
            with store.transaction():
                judgements.insert(store, judge.name, said, now())
            for answer in said.values():
                used.update({name: int(answer.get(name, 0)) for name in ("tokens_in", "tokens_out")})
            progress(at + len(batch))
    finally:
        outcome = _suggest(store, judge, planned)
    return replace(outcome, tokens_in=used["tokens_in"], tokens_out=used["tokens_out"])


def _suggest(store: Store, judge: Judge[Item], planned: Plan[Item]) -> Outcome:
    known = _known(store, judge, planned.items)
    seen = _tried(store, judge, planned.trials)
    if None in seen:  # it failed while it was tried: what it said before waits until that is known
        return Outcome((), (), 0, Counter(), 0)
    unsigned = bool(seen) and not planted.passed([bool(one) for one in seen])
    refused: Counter[str] = Counter()
    drawn: list[Drawn] = []
    told: list[Told] = []
    none = 0
    for item in planned.items:
        answer: Answer | None = known.get(_key(judge, item))
        if answer is None:
            continue
        read = judge.suggestions(item, answer)
        if isinstance(read, Refused):
            refused[read.why] += 1
            continue
        none += not read
        drawn += [one for one in read if isinstance(one, Drawn)]
        told += [one for one in read if isinstance(one, Told)]
    if unsigned:
        drawn = [replace(one, relation="related") for one in drawn]
    with store.transaction():
        new_links, links_known = _draw(store, judge, drawn)
        new_proposals, proposals_known = _tell(store, judge, told)
        if new_links or new_proposals:
            meta.bump_generation(store, texts=False)
    return Outcome(new_links, new_proposals, none, refused, links_known + proposals_known, unsigned)


def _tried(store: Store, judge: Judge[Item], trials: Sequence[Trial[Item]]) -> list[bool | None]:
    """For each planted claim whether the judge sees its sign; None where it was not asked."""
    known = _known(store, judge, [trial.item for trial in trials])
    seen: list[bool | None] = []
    for trial in trials:
        answer = known.get(_key(judge, trial.item))
        read = judge.suggestions(trial.item, answer) if answer is not None else []
        signs = [] if isinstance(read, Refused) else [one.relation for one in read if isinstance(one, Drawn)]
        seen.append(None if answer is None else signs == [trial.relation])
    return seen


def _draw(store: Store, judge: Judge[Any], drawn: Sequence[Drawn]) -> tuple[tuple[str, ...], int]:
    """Suggest these links. Returns the ids of the new ones, and how many were known."""
    found = [link for one in drawn if (link := _link(store, judge, one)) is not None]
    new = list({link.id: link for link in sorted(found, key=lambda link: link.score or 0)}.values())
    verdicts = decisions.verdicts(store, [link.id for link in new])
    there = links.read(store, [link.id for link in new])
    wanted = [
        link for link in new if verdicts.get(link.id, "suggested") == "suggested" and link.id not in there
    ]  # fmt: skip
    link_writing.insert(store, wanted)
    return tuple(link.id for link in wanted), len(new) - len(wanted)


def _link(store: Store, judge: Judge[Any], one: Drawn) -> Link | None:
    """The suggestion with its evidence; None where the text has changed meanwhile."""
    source = sources.stored(store, one.source)
    end = one.place + len(one.quote)
    if source is None or source.text[one.place : end] != one.quote:
        return None
    return new_link(
        one.from_id,
        one.relation,
        one.to_id,
        now(),
        basis=judge.basis,
        rule=judge.name,
        status="suggested",
        score=round(one.score, 3),
        evidence=Evidence(source.id, one.quote, one.place, end),
    )


def _tell(store: Store, judge: Judge[Any], told: Sequence[Told]) -> tuple[tuple[str, ...], int]:
    """Suggest what is said of statements and the like. Returns the ids of what is new, and how many were known."""
    made: dict[str, Proposed] = {}
    for one in told:
        proposal = new_proposal(one.target, one.field, one.value, judge.basis, judge.name, round(one.score, 3), now())
        made.setdefault(proposal.id, proposal)
    there = proposals.read(store, made)
    wanted = [one for name, one in made.items() if name not in there]
    proposals.insert(store, wanted)
    return tuple(one.id for one in wanted), len(made) - len(wanted)


def _known(store: Store, judge: Judge[Item], items: Sequence[Item]) -> Mapping[str, Answer]:
    return judgements.read(store, [_key(judge, item) for item in items])


def _key(judge: Judge[Item], item: Item) -> str:
    return digest(f"{judge.name}\x1f{judge.question(item)}")
