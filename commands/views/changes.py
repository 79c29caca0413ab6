"""How `kb changes` shows what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from commands import output
from kb.graph.questions.changes import Belief, Changes
from kb.graph.questions.critiques import Critique
from kb.text.strings import clip

SHOWN = 5


def lines(found: Changes, most: int | None) -> Iterator[str]:
    """Counts with the first few of each; `most` of each where given."""
    few = most or SHOWN
    yield output.style(f"Since {found.since}", "bold")
    yield from _part("source added", "sources added", found.added, few, output.source_line)
    yield from _part("source updated", "sources updated", found.updated, few, output.source_line)
    yield from _part("new statement", "new statements", found.stated, few, _statement, _kinds(found.stated, "kind"))
    yield from _part("statement no longer said", "statements no longer said", found.lost, few, _statement)
    yield from _part("new link", "new links", found.linked, few, _link, _kinds(found.linked, "relation"))
    yield from _part("decision", "decisions", found.decided, few, _decision, _kinds(found.decided, "verdict"))
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


def _kinds(found: Sequence[dict[str, Any]], name: str) -> str:
    counts = Counter(str(thing[name]).replace("_", " ") for thing in found)
    return " (" + ", ".join(f"{kind} {number:,}" for kind, number in counts.most_common()) + ")" if counts else ""


def _statement(statement: dict[str, Any]) -> str:
    who = statement.get("mentions", [{}])[0].get("speaker") or ""
    return f"{statement['id']}  «{clip(statement['text'], 60)}»" + (f" {who}" if who else "")


def _link(link: dict[str, Any]) -> str:
    mark = "" if link["status"] == "accepted" else "?"
    return f"{link['id']}  {link['from']} {link['relation']}{mark} {link['to']}  [{link['basis']}]"


def _decision(decision: dict[str, str]) -> str:
    return f"{decision['target']}  {decision['verdict']}  {decision['at'][:10]}"


def _belief(belief: Belief) -> str:
    before = f", before {_range(belief.before)}" if belief.before else ""
    return f"{belief.now.statement_id}  {belief.now.who}: {_range(belief.now)}{before}  {belief.now.at[:10]}"


def _range(credence: Any) -> str:
    low, high = f"{credence.low:g}", f"{credence.high:g}"
    return low if low == high else f"{low}-{high}"


def _critique(one: Critique) -> str:
    by = ", ".join(reply.start for reply in one.replies)
    return f"{one.id} against {one.target}" + (f", answered by {by}" if by else "")


def as_dict(found: Changes) -> dict[str, Any]:
    """As JSON."""
    return {
        "since": found.since,
        "sources": {"added": found.added, "updated": found.updated},
        "statements": {"new": found.stated, "lost": found.lost},
        "links": found.linked,
        "decisions": found.decided,
        "credences": [
            belief.now.as_dict()
            | {"statement": belief.now.statement_id, "before": belief.before.as_dict() if belief.before else None}
            for belief in found.believed
        ],
        "answered": [_critique_dict(one) for one in found.answered],
        "reopened": [_critique_dict(one) for one in found.reopened],
    }


def _critique_dict(one: Critique) -> dict[str, Any]:
    return {"critique": one.id, "target": one.target, "link": one.tie.id, "replies": [r.id for r in one.replies]}
