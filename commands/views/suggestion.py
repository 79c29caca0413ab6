"""A suggestion on the terminal: its quotes with the sentences around them, who says them and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from commands import output
from kb.model.json_form import JsonValue, json_form, json_object
from kb.model.link import Link
from kb.model.proposed import Proposed
from kb.model.statement import Statement
from kb.text.strings import clip, squash

if TYPE_CHECKING:
    from kb.review.context import Excerpt
    from kb.review.decide import Suggestion
    from kb.review.order import What
    from kb.store.open import Store

_INDENT = " " * 5


def read(store: Store, name: str) -> Suggestion | None:
    """A suggestion; None where it is none any more."""
    from kb.errors import NotFoundError
    from kb.review import decide

    try:
        one = decide.read(store, name)
    except NotFoundError:
        return None
    return one if one.status == "suggested" else None


def lines(store: Store, one: Suggestion, place: str) -> list[str]:
    """The suggestion, with `place`, as in "3 of 20", above it."""
    head = "\n" + output.style(_head(store, one, place), "dim", err=True)
    if isinstance(one, Link):
        return [head, *_link(store, one)]
    return [head, *(_proposed(store, one) if isinstance(one, Proposed) else _statement(store, one.id)), ""]


def as_json(store: Store, what: What, names: Sequence[str]) -> list[JsonValue]:
    """Suggestions with their quotes in context."""
    from kb.review.context import excerpt
    from kb.store import links, proposals, statements

    read_them = {"links": links.read, "statements": statements.read, "proposals": proposals.read}[what]
    found: Mapping[str, Suggestion] = read_them(store, names)  # type: ignore[assignment]  # one of the three
    forms: list[JsonValue] = []
    for one in (found[name] for name in names if name in found):
        ends, prefer = {"id": one.target if isinstance(one, Proposed) else one.id}, None
        if isinstance(one, Link):
            ends, prefer = {"from": one.from_id, "to": one.to_id}, one.evidence.source if one.evidence else None
        seen = {end: json_form(excerpt(store, name, prefer)) for end, name in ends.items()}
        forms.append(json_object(one) | {"context": seen})
    return forms


def _head(store: Store, one: Suggestion, place: str) -> str:
    from kb.review import calibration

    score = one.confidence if isinstance(one, Statement) else one.score
    facts = [place, one.id, f"{one.basis}, rule {one.rule}" + (f" {score:.2f}" if score else "")]
    table: calibration.Table = "link" if isinstance(one, Link) else "statement"
    table = "proposal" if isinstance(one, Proposed) else table
    known = {(rule.table, rule.basis, rule.rule): rule for rule in calibration.rules(store)}
    if rule := known.get((table, one.basis, one.rule)):
        facts.append(f"right {rule.right} of {rule.decided} so far")
    return "── " + " · ".join(facts) + " ──"


def _link(store: Store, link: Link) -> list[str]:
    from kb.review.context import excerpt, span

    evidence = link.evidence
    start = excerpt(store, link.from_id, evidence.source if evidence else None)
    end = excerpt(store, link.to_id)
    lines = [*_excerpt(start, "FROM "), "", output.style(f"  ↓  {link.relation}?", "bold", err=True), ""]
    lines += _excerpt(end, "TO   ")
    seen_already = " ".join(squash(part) for x in (start, end) for part in (x.before, x.quote, x.after))
    if evidence and squash(evidence.quote) not in seen_already:
        seen = span(store, evidence.source, evidence.start, evidence.end)
        lines += ["", *_excerpt(seen, "WHY  ")]
    return [*lines, ""]


def _statement(store: Store, name: str) -> list[str]:
    from kb.review.context import excerpt

    return _excerpt(excerpt(store, name), "     ")


def _proposed(store: Store, one: Proposed) -> list[str]:
    value = one.value or "nobody whom the text names"
    return [*_statement(store, one.target), "", *output.wrapped(f"{value}?", _INDENT, f"  ↓  {one.field}: ")]


def _excerpt(seen: Excerpt, mark: str) -> list[str]:
    """Who, where, and the quote between its neighbours, as lines that fit."""
    where = " › ".join([clip(seen.title, 60), *(clip(part, 40) for part in seen.heading[-2:])])
    kind = seen.kind.replace("_", " ")
    about = [f"{seen.id} {kind}" if seen.id.startswith("c") else kind, seen.speaker, where]
    lines = output.wrapped(" · ".join(part for part in about if part), _INDENT, mark)
    lines[0] = output.style(lines[0], "bold", err=True)
    dim = [output.style(line, "dim", err=True) for line in _lines(seen.before)]
    after = [output.style(line, "dim", err=True) for line in _lines(seen.after)]
    quote = _lines(f"“{squash(seen.quote)}”") if seen.quote else _lines(seen.text) if seen.id[:1] in "ce" else []
    if seen.quote and seen.id.startswith("c") and _letters(seen.quote) != _letters(seen.text):
        lines += _lines(seen.text)  # in other words than the quote
    return [*lines, *dim, *quote, *after]


def _lines(text: str) -> list[str]:
    return output.wrapped(text, _INDENT) if text else []


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
