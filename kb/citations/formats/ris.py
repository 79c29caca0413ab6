"""RIS, which every reference manager reads: a tag a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.citations import markup
from kb.citations import ris_words as words
from kb.citations.bibtex_words import RICH
from kb.citations.format import Format
from kb.citations.item import Item
from kb.model.bibliography import OTHERS, Bibliography, Name, days
from kb.text.strings import squash

_TAGS = {name: tags[0] for name, tags in words.FIELDS.items()}
_MARKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


def entries(items: Sequence[Item], _: str = "") -> list[str]:
    """A record each, from TY to ER."""
    return [
        "\n".join(f"{tag}  - {_line(value)}".rstrip(" ") if tag != "ER" else "ER  - " for tag, value in _tags(item))
        for item in items
    ]


def _line(value: str) -> str:
    return squash(_MARKS.sub(" ", value))


def _tags(item: Item) -> Iterator[tuple[str, str]]:
    facts = item.facts
    kind = words.WRITTEN_TYPES.get(facts.type, "GEN")
    yield "TY", kind
    yield "ID", item.citekey
    yield "LB", item.citekey
    for name, people in facts.names.items():
        if name in words.NAMES:
            yield from ((words.NAMES[name][0], _person(one)) for one in people if one != OTHERS)
    yield from _dates(facts)
    for name, value in facts.fields.items():
        if name in _TAGS:
            yield _tag(name, facts), markup.plain(value) if name in RICH else value
        elif name in ("ISBN", "ISSN"):
            yield "SN", value
        elif name == "page":
            first, _, last = value.partition("-")
            yield from (("SP", first), ("EP", last)) if last and "-" not in last else (("SP", value),)
        elif name == "keyword":
            yield from (("KW", tag) for tag in value.split(", "))
    if facts.type and words.READ_TYPES.get(kind, "document") != facts.type:
        yield words.SPARE, facts.type
    yield "ER", ""


def _tag(name: str, facts: Bibliography) -> str:
    if name == "container-title" and facts.type.startswith("article"):
        return "T2"
    return _TAGS[name]


def _dates(facts: Bibliography) -> Iterator[tuple[str, str]]:
    for name, tag in (("issued", "DA"), ("accessed", "Y2")):
        when = facts.dates.get(name, "")
        known = days(when) if when else None
        if known is None:
            if when:
                yield "PY" if tag == "DA" else tag, when
            continue
        year, month, day, *_ = (*(f"{part:02}" if part > 0 else str(part) for part in known[0]), "", "", "")
        if int(month or 0) > 12:
            month = day = ""
        if tag == "DA":
            yield "PY", year
        if tag == "Y2" or month:
            yield tag, f"{year}/{month}/{day}/"


def _person(name: Name) -> str:
    """ "Family, Given, Suffix"; what has no parts ends in nothing."""
    if name.literal or not name.given:
        return name.said
    family = squash(f"{name.dropping} {name.particle} {name.family}")
    return ", ".join(filter(None, (family, name.given, name.suffix)))


def whole(texts: Sequence[str]) -> str:
    """The records of a file."""
    return "\n\n".join(texts) + "\n" if texts else ""


FORMAT = Format("ris", "RIS, which every reference manager reads", (".ris",), "application/x-research-info-systems",
                entries, whole)  # fmt: skip
