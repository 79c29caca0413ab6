"""Asking a judge: what it answered before is not asked again, what it proposes becomes suggested links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kb.model.link import Evidence, Link, new_link
from kb.store import decisions, judgements, link_writing, links, meta, sources
from kb.store.open import Store, now
from kb.suggest import contrast
from kb.suggest.judges import Answer, Judge, Pair, Proposal, Refused
from kb.text.strings import digest


@dataclass(frozen=True, slots=True)
class Plan:
    """The pairs to judge, and those of them that were never asked about."""

    pairs: Sequence[Pair]
    new: Sequence[Pair]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: ids of the new links, how many pairs have no relation by the judge, refused answers by reason.

    `known` proposals are there already, or a person has decided about them. The tokens are what the server counted.
    """

    links: tuple[str, ...]
    none: int
    refused: Counter[str]
    known: int
    tokens_in: int = 0
    tokens_out: int = 0


def plan(store: Store, judge: Judge, pairs: Sequence[Pair], most: int) -> Plan:
    """The first `most` pairs that are new to the judge, and all before them that it knows."""
    known = judgements.read(store, [_key(judge, pair) for pair in pairs])
    chosen: list[Pair] = []
    new: list[Pair] = []
    for pair in pairs:
        if _key(judge, pair) not in known:
            if len(new) == most:
                break
            new.append(pair)
        chosen.append(pair)
    return Plan(chosen, new)


def run(store: Store, judge: Judge, planned: Plan, progress: Callable[[int], None] = lambda _: None) -> Outcome:
    """Ask about the new pairs, keep the answers batch by batch, and suggest what they come to.

    Where the judge fails half-way, what it has answered is kept and suggested.

    Raises:
        KbError: it cannot be asked.
    """
    used: Counter[str] = Counter()
    try:
        for at in range(0, len(planned.new), judge.batch):
            batch = planned.new[at : at + judge.batch]
            said = dict(zip((_key(judge, pair) for pair in batch), judge.answers(batch), strict=True))
            with store.transaction():
                judgements.insert(store, judge.name, said, now())
            for answer in said.values():
                used.update({name: int(answer.get(name, 0)) for name in ("tokens_in", "tokens_out")})
            progress(at + len(batch))
    finally:
        outcome = _suggest(store, judge, planned.pairs)
    return replace(outcome, tokens_in=used["tokens_in"], tokens_out=used["tokens_out"])


def _suggest(store: Store, judge: Judge, pairs: Sequence[Pair]) -> Outcome:
    known = judgements.read(store, [_key(judge, pair) for pair in pairs])
    refused: Counter[str] = Counter()
    proposals: list[Proposal] = []
    none = 0
    for pair in pairs:
        answer: Answer | None = known.get(_key(judge, pair))
        if answer is None:
            continue
        read = judge.proposal(pair, answer)
        if isinstance(read, Proposal):
            problem = _problem(pair, read)
            if problem:
                refused[problem] += 1
            else:
                proposals.append(read)
        elif isinstance(read, Refused):
            refused[read.why] += 1
        else:
            none += 1
    with store.transaction():
        new = [link for p in proposals if (link := _link(store, judge, p)) is not None]
        verdicts = decisions.verdicts(store, [link.id for link in new])
        wanted = [link for link in new if verdicts.get(link.id, "suggested") == "suggested"]
        there = links.read(store, [link.id for link in wanted])
        wanted = [link for link in wanted if link.id not in there]
        link_writing.insert(store, wanted)
        if wanted:
            meta.bump_generation(store, texts=False)
    return Outcome(tuple(link.id for link in wanted), none, refused, len(new) - len(wanted))


def _problem(pair: Pair, proposal: Proposal) -> str:
    """What is wrong with a proposal whatever the judge; "" for nothing."""
    if {proposal.start.id, proposal.end.id} != {pair.a.id, pair.b.id}:
        return "about other statements"
    for side, span in ((proposal.start, proposal.start_span), (proposal.end, proposal.end_span)):
        if not span.strip() or span not in side.quote:
            return "words that are not in the text"
    if proposal.relation == "restates" and (differs := contrast.suspect(proposal.start.text, proposal.end.text)):
        return f"perhaps not the same: {differs}"
    return ""


def _link(store: Store, judge: Judge, proposal: Proposal) -> Link | None:
    """The suggestion with its evidence; None where the text has changed meanwhile."""
    source = sources.stored(store, proposal.start.source)
    begin = proposal.start.start + proposal.start.quote.index(proposal.start_span)
    end = begin + len(proposal.start_span)
    if source is None or source.text[begin:end] != proposal.start_span:
        return None
    return new_link(
        proposal.start.id,
        proposal.relation,
        proposal.end.id,
        now(),
        basis=judge.basis,
        rule=judge.name,
        status="suggested",
        score=round(proposal.score, 3),
        evidence=Evidence(source.id, proposal.start_span, begin, end),
    )


def _key(judge: Judge, pair: Pair) -> str:
    return digest(f"{judge.name}\x1f{judge.question(pair)}")
