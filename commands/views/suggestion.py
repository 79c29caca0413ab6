"""A suggestion on the terminal: its quotes with the sentences around them, who says them and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands import output
from kb.text.strings import clip, squash

if TYPE_CHECKING:
    import sqlite3

    from kb.review.context import Excerpt

_INDENT = " " * 5


def suggestion(connection: sqlite3.Connection, name: str, place: str) -> dict[str, Any] | None:
    """Print a suggested link or statement. Returns it; None where it is no suggestion any more."""
    from kb.store import links, statements

    table: Any = links if name.startswith("e") else statements
    item: dict[str, Any] | None = table.read(connection, [name]).get(name)
    if item is None or item["status"] != "suggested":
        return None
    output.say("\n" + output.style(_head(connection, item, place), "dim", err=True))
    for line in _link(connection, item) if "relation" in item else _statement(connection, item):
        output.say(line)
    return item


def _head(connection: sqlite3.Connection, item: dict[str, Any], place: str) -> str:
    from kb.review import calibration

    score = item["score"] if "relation" in item else item["confidence"]
    facts = [place, item["id"], f"{item['basis']}, rule {_plain(item['rule'])}" + (f" {score:.2f}" if score else "")]
    table: calibration.Table = "link" if "relation" in item else "statement"
    known = {(rule.table, rule.basis, rule.rule): rule for rule in calibration.rules(connection)}
    if rule := known.get((table, item["basis"], item["rule"])):
        facts.append(f"right {rule.right} of {rule.decided} so far")
    return "── " + " · ".join(facts) + " ──"


def _link(connection: sqlite3.Connection, link: dict[str, Any]) -> list[str]:
    from kb.review.context import excerpt, span

    evidence = link["evidence"]
    prefer = evidence["source"] if evidence else None
    start, end = excerpt(connection, link["from"], prefer), excerpt(connection, link["to"])
    lines = [*_excerpt(start, "FROM "), "", output.style(f"  ↓  {link['relation']}?", "bold", err=True), ""]
    lines += _excerpt(end, "TO   ")
    seen_already = " ".join(squash(part) for x in (start, end) for part in (x.before, x.quote, x.after))
    if evidence and squash(evidence["quote"]) not in seen_already:
        seen = span(connection, evidence["source"], evidence["start"], evidence["end"])
        lines += ["", *_excerpt(seen, "WHY  ")]
    return [*lines, ""]


def _statement(connection: sqlite3.Connection, statement: dict[str, Any]) -> list[str]:
    from kb.review.context import excerpt

    return [*_excerpt(excerpt(connection, statement["id"]), "     "), ""]


def _excerpt(seen: Excerpt, mark: str) -> list[str]:
    """Who, where, and the quote between its neighbours, as lines that fit."""
    where = " › ".join([clip(_plain(seen.title), 60), *(clip(_plain(part), 40) for part in seen.heading[-2:])])
    kind = seen.kind.replace("_", " ")
    said = [f"{seen.id} {kind}" if seen.id.startswith("c") else kind, _plain(seen.speaker), where]
    lines = output.wrapped(" · ".join(part for part in said if part), _INDENT, mark)
    lines[0] = output.style(lines[0], "bold", err=True)
    dim = [output.style(line, "dim", err=True) for line in _lines(seen.before)]
    after = [output.style(line, "dim", err=True) for line in _lines(seen.after)]
    quote = _lines(f"“{squash(seen.quote)}”") if seen.quote else _lines(seen.text) if seen.id[:1] in "ce" else []
    if seen.quote and seen.id.startswith("c") and _letters(seen.quote) != _letters(seen.text):
        lines += _lines(seen.text)  # in other words than the quote
    return [*lines, *dim, *quote, *after]


def _lines(text: str) -> list[str]:
    return output.wrapped(_plain(text), _INDENT) if text else []


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _plain(text: str) -> str:
    """Without what a terminal would act on."""
    return "".join(c for c in squash(text) if c.isprintable())
