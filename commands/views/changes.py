"""How `kb changes` shows what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from commands import output
from commands.views.source import source_line
from kb.graph.questions.changes import Belief, Changes
from kb.graph.questions.critiques import Critique
from kb.model.context import QUOTED
from kb.model.json_form import JsonObject, json_form, json_object
from kb.model.link import Link
from kb.model.statement import LostQuote, Statement
from kb.store.decisions import Decision
from kb.text.strings import clip

FEW = 5


def lines(found: Changes, most: int | None) -> Iterator[str]:
    """Counts with the first few of each; `most` of each where given."""
    few = most or FEW
    yield output.style(f"Since {found.since}", "bold")
    yield from _part("source added", "sources added", found.added, few, source_line)
    yield from _part("source updated", "sources updated", found.updated, few, source_line)
    yield from _part(
        "new statement", "new statements", found.stated, few, _statement, _kinds(one.kind for one in found.stated)
    )
    yield from _part("statement no longer said", "statements no longer said", found.lost, few, _lost)
    yield from _part("new link", "new links", found.linked, few, _link, _kinds(one.relation for one in found.linked))
    yield from _part(
        "decision", "decisions", found.decided, few, _decision, _kinds(one.verdict for one in found.decided)
    )
    yield from _part("credence", "credences", found.believed, few, _belief)
    yield from _part("critique now answered", "critiques now answered", found.answered, few, _critique)
    yield from _part("critique open again", "critiques open again", found.reopened, few, _critique)


def _part(one: str, many: str, found: Sequence[Any], few: int, show: Any, note: str = "") -> Iterator[str]:
    if not found:
        return
    yield f"{output.count(len(found), one, many)}{note}:"
    for thing in found[:few]:
        yield "  " + show(thing)
    if len(found) > few:
        yield output.style(f"  … and {len(found) - few:,} more (-n {len(found)})", "dim")


def _kinds(found: Iterable[str]) -> str:
    counts = Counter(kind.replace("_", " ") for kind in found)
    return " (" + ", ".join(f"{kind} {number:,}" for kind, number in counts.most_common()) + ")" if counts else ""


def _statement(statement: Statement) -> str:
    who = next((mention.said_by("", QUOTED) for mention in statement.mentions), None)
    return f"{statement.id}  «{clip(statement.text, 60)}»" + (f" {who}" if who else "")


def _lost(quote: LostQuote) -> str:
    return f"{quote.id}  «{clip(quote.text, 60)}»"


def _link(link: Link) -> str:
    mark = "" if link.status == "accepted" else "?"
    return f"{link.id}  {link.from_id} {link.relation}{mark} {link.to_id}  [{link.basis}]"


def _decision(decision: Decision) -> str:
    return f"{decision.target}  {decision.verdict}  {decision.at[:10]}"


def _belief(belief: Belief) -> str:
    before = f", before {_range(belief.before)}" if belief.before else ""
    return f"{belief.now.statement_id}  {belief.now.who}: {_range(belief.now)}{before}  {belief.now.at[:10]}"


def _range(credence: Any) -> str:
    low, high = f"{credence.low:g}", f"{credence.high:g}"
    return low if low == high else f"{low}-{high}"


def _critique(one: Critique) -> str:
    by = ", ".join(reply.from_id for reply in one.replies)
    return f"{one.id} against {one.target}" + (f", answered by {by}" if by else "")


def as_json(found: Changes) -> JsonObject:
    """As JSON."""
    return {
        "since": found.since,
        "sources": {"added": json_form(found.added), "updated": json_form(found.updated)},
        "statements": {"new": json_form(found.stated), "lost": json_form(found.lost)},
        "links": json_form(found.linked),
        "decisions": json_form(found.decided),
        "credences": [
            json_object(belief.now) | {"statement": belief.now.statement_id, "before": json_form(belief.before)}
            for belief in found.believed
        ],
        "answered": [_critique_json(one) for one in found.answered],
        "reopened": [_critique_json(one) for one in found.reopened],
    }


def _critique_json(one: Critique) -> JsonObject:
    return {
        "critique": one.id,
        "target": one.target,
        "link": one.edge.id,
        "replies": [reply.id for reply in one.replies],
    }
