"""Values in the properties of exported notes, read in whatever form an editor left them, and the records in them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from kb.model.document import CredenceRecord, LinkRecord, SpanRecord
from kb.model.words import BASES, RELATIONS, Basis, Relation, Voice
from kb.text import dates
from kb.text.strings import without_surrogates

FORMAT = 1
"""Version of the form of exported notes."""


def text_or_none(value: object) -> str | None:
    """A value as text; None where there is none."""
    if value is None or isinstance(value, list | dict):
        return None
    return without_surrogates(str(value)) or None


def words(value: object) -> tuple[str, ...]:
    """A list of texts; one text alone is a list of one."""
    listed = value if isinstance(value, list) else [value]
    return tuple(
        without_surrogates(str(item)) for item in listed if item not in (None, "") and not isinstance(item, list | dict)
    )


def rows(value: object) -> list[dict[str, Any]]:
    """The mappings in a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def mapping(value: object) -> dict[str, Any]:
    """A mapping, or an empty one."""
    return value if isinstance(value, dict) else {}


def number(value: object) -> float | None:
    """A number that is one, or None."""
    try:
        found = float(str(value))
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def date(value: str | None) -> str | None:
    """A date as it is where it is ISO 8601 already, else as somebody may have written it; a time as kb writes it."""
    if value is None:
        return None
    if not value[:4].isdigit():
        return dates.read(value)
    try:
        time = datetime.fromisoformat(value) if len(value) > len("2024-01-01") else None
    except ValueError:
        time = None
    return value if time is None else _written(time)


def _written(time: datetime) -> str:
    """A time as editors of properties, which write it in their own way, got it."""
    time = time.astimezone(UTC) if time.tzinfo else time
    fraction = f".{time.microsecond // 1000:03}" if time.microsecond else ""
    return f"{time:%Y-%m-%dT%H:%M:%S}{fraction}Z"


def span_fields(span: SpanRecord) -> dict[str, Any]:
    """A quote with its place, as one value of a list."""
    fields: dict[str, Any] = {"source": span.source, "start": span.start, "end": span.end}
    if span.speaker is not None:
        fields["speaker"] = span.speaker
    if span.voice != "author":
        fields["voice"] = span.voice
    return fields | {"quote": span.quote}


def span_record(row: Mapping[str, Any]) -> SpanRecord | None:
    """The quote in such a value; None where it says too little."""
    source, quote = text_or_none(row.get("source")), text_or_none(row.get("quote"))
    if source is None or quote is None:
        return None
    start = int(number(row.get("start")) or 0)
    said = row.get("voice")
    voice: Voice = "named" if said == "named" else "quoted" if said == "quoted" else "author"
    return SpanRecord(source, quote, start, start + len(quote), text_or_none(row.get("speaker")), voice)


def link_fields(link: LinkRecord) -> dict[str, Any]:
    """A link as one value of a list."""
    fields: dict[str, Any] = {"relation": link.relation, "to": link.to, "basis": link.basis}
    if link.rule:
        fields["rule"] = link.rule
    if link.score is not None:
        fields["score"] = link.score
    return fields | ({"evidence": span_fields(link.evidence)} if link.evidence else {})


def link_record(row: Mapping[str, Any]) -> LinkRecord:
    """The link in such a value."""
    evidence = row.get("evidence")
    return LinkRecord(
        relation=_relation(row.get("relation")),
        to=str(row.get("to") or ""),
        basis=_basis(row.get("basis")),
        rule=str(row.get("rule") or ""),
        score=number(row.get("score")),
        evidence=span_record(evidence) if isinstance(evidence, dict) else None,
    )


def _relation(value: object) -> Relation:
    """A relation there is; one that somebody made up says only that two things have to do with each other."""
    return cast(Relation, value) if value in RELATIONS else "related"


def _basis(value: object) -> Basis:
    return cast(Basis, value) if value in BASES else "authored"


def credence_fields(credence: CredenceRecord) -> dict[str, Any]:
    """A credence as one value of a list."""
    fields = {"who": credence.who, "low": credence.low, "high": credence.high, "at": credence.at}
    return fields | ({"note": credence.note} if credence.note else {})


def credence_record(row: Mapping[str, Any]) -> CredenceRecord | None:
    """The credence in such a value; one number is enough. None where it is no probability of anybody."""
    who, note = (" ".join((text_or_none(row.get(name)) or "").split()) for name in ("who", "note"))
    low, high = number(row.get("low")), number(row.get("high"))
    low, high = (high if low is None else low), (low if high is None else high)
    if not who or low is None or high is None or not 0 <= low <= high <= 1:
        return None
    return CredenceRecord(who, low, high, date(text_or_none(row.get("at"))), note)
