"""What a citation needs of a work, in the terms of CSL: people by the parts of their names, dates, and the rest.

`from_csl` and `to_csl` read and write an item of CSL-JSON; the column `source.bibliography` holds one. A date is
written as ISO 8601: `2019`, `2019-05-03`, a range `2019/2020-03`, a season `2019-21` (21 spring … 24 winter), with `~`
behind it where it is about then; anything else is words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kb.model.json_form import JsonObject, JsonValue
from kb.text.strings import squash

TYPES = (
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event",
    "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication",
    "post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard",
    "thesis", "treaty", "webpage",
)  # fmt: skip
NAME_FIELDS = (
    "author", "chair", "collection-editor", "compiler", "composer", "container-author", "contributor", "curator",
    "director", "editor", "editorial-director", "executive-producer", "guest", "host", "illustrator", "interviewer",
    "narrator", "organizer", "original-author", "performer", "producer", "recipient", "reviewed-author",
    "script-writer", "series-creator", "translator",
)  # fmt: skip
DATE_FIELDS = ("accessed", "available-date", "event-date", "issued", "original-date", "submitted")
FIELDS = (
    "abstract", "annote", "archive", "archive-place", "archive_collection", "archive_location", "authority",
    "call-number", "chapter-number", "citation-number", "collection-number", "collection-title", "container-title",
    "container-title-short", "dimensions", "division", "DOI", "edition", "event-place", "event-title", "genre", "ISBN",
    "ISSN", "issue", "jurisdiction", "keyword", "language", "license", "medium", "note", "number", "number-of-pages",
    "number-of-volumes", "original-publisher", "original-publisher-place", "original-title", "page", "page-first",
    "part-number", "part-title", "PMCID", "PMID", "printing-number", "publisher", "publisher-place", "references",
    "reviewed-genre", "reviewed-title", "scale", "section", "source", "status", "supplement-number", "title",
    "title-short", "URL", "version", "volume", "volume-title", "volume-title-short",
)  # fmt: skip
PRIMARY_CLASS = "primary-class"
"""The subject under which arXiv has a paper (`cs.CL`), for which CSL has no name: it stands under `custom`."""

_OF_REGISTRIES = {
    "audiovisual": "motion_picture", "bookchapter": "chapter", "bookpart": "chapter", "booksection": "chapter",
    "bookseries": "book", "bookset": "book", "booktrack": "chapter", "component": "document",
    "computationalnotebook": "software", "conferencepaper": "paper-conference", "conferenceproceeding": "book",
    "database": "dataset", "datapaper": "article-journal", "dissertation": "thesis", "editedbook": "book",
    "grant": "document", "image": "graphic", "instrument": "document", "interactiveresource": "webpage",
    "journal": "periodical", "journalarticle": "article-journal", "journalissue": "periodical",
    "journalvolume": "periodical", "model": "document", "monograph": "book", "other": "document",
    "outputmanagementplan": "report", "peerreview": "review", "physicalobject": "document",
    "postedcontent": "article", "preprint": "article", "proceedings": "book", "proceedingsarticle": "paper-conference",
    "proceedingsseries": "book", "project": "document", "referencebook": "book", "referenceentry": "entry",
    "reportcomponent": "report", "reportseries": "report", "service": "document", "sound": "song",
    "standardseries": "standard", "studyregistration": "document", "text": "document", "workflow": "software",
}  # fmt: skip
"""What Crossref and DataCite call types in their records, in small letters alone."""
_OLD_NAMES = {"shortTitle": "title-short", "journalAbbreviation": "container-title-short", "event": "event-title"}
_DAY = r"-?\d{1,5}(?:-\d{2}(?:-\d{2})?)?"
_WHEN = re.compile(rf"(?P<begin>{_DAY})(?:/(?P<end>{_DAY})?)?(?P<circa>~)?")
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}


@dataclass(frozen=True, slots=True)
class Name:
    """A person by parts, or an institution or whoever has one name as `literal`.

    `particle` goes with the family (de la Cruz), `dropping` only stands before it where the given name does.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    dropping: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def said(self) -> str:
        """The name as it is said, which is how authors are stored."""
        return self.literal or squash(" ".join((self.given, self.dropping, self.particle, self.family, self.suffix)))


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The facts of a work, by their names in CSL; `type` is a word of CSL too ("article-journal"), "" where unknown.

    `fields` may hold light markup as CSL has it: `<i>`, `<b>`, `<sup>`, `<sub>`, `<span class="nocase">`.
    """

    type: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.type or self.fields or self.names or self.dates)

    def get(self, name: str) -> str:
        """A field; "" where there is none."""
        return self.fields.get(name, "")

    def over(self, other: Bibliography) -> Bibliography:
        """What both know, this one first where they differ."""
        return Bibliography(
            self.type or other.type,
            {**other.fields, **self.fields},
            {**other.names, **self.names},
            {**other.dates, **self.dates},
        )

    def only(self, names: Collection[str]) -> Bibliography:
        """These fields alone."""
        return Bibliography("", {name: value for name, value in self.fields.items() if name in names})


def bibliography(
    type: str, fields: Mapping[str, str], names: Mapping[str, tuple[Name, ...]], dates: Mapping[str, str]
) -> Bibliography:
    """The facts, without those that say nothing."""
    said = {name: text for name, value in fields.items() if (text := value.strip())}
    return Bibliography(type, said, {n: who for n, who in names.items() if who}, {n: d for n, d in dates.items() if d})


def type_of(word: str) -> str:
    """A type by its name in CSL: that of a registry (`journal-article`, `ConferencePaper`) is told; others stay."""
    word = word.strip()
    bare = re.sub(r"[^a-z]", "", word.lower())
    return word if word in TYPES else _OF_REGISTRIES.get(bare, word.lower() if word.lower() in TYPES else word)


def from_csl(item: Mapping[str, object]) -> Bibliography:
    """The facts in an item of CSL-JSON. What is no field of CSL, or has another shape, is left out."""
    item = {_OLD_NAMES.get(name, name): value for name, value in item.items()}
    fields = {name: str(item[name]) for name in FIELDS if isinstance(item.get(name), str | int | float)}
    custom = item.get("custom")
    if isinstance(custom, Mapping) and isinstance(custom.get(PRIMARY_CLASS), str):
        fields[PRIMARY_CLASS] = str(custom[PRIMARY_CLASS])
    names = {name: _names(item[name]) for name in NAME_FIELDS if name in item}
    dates = {name: _date(item[name]) for name in DATE_FIELDS if name in item}
    return bibliography(type_of(str(item.get("type") or "")), fields, names, dates)


def to_csl(facts: Bibliography) -> JsonObject:
    """The item of CSL-JSON, without its `id`. `from_csl` reads it back as it was."""
    item: JsonObject = {"type": facts.type} if facts.type else {}
    item |= {name: value for name, value in facts.fields.items() if name != PRIMARY_CLASS}
    item |= {name: [_name_object(one) for one in people] for name, people in facts.names.items()}
    item |= {name: date_object(when) for name, when in facts.dates.items()}
    if own := facts.get(PRIMARY_CLASS):
        item["custom"] = {PRIMARY_CLASS: own}
    return item


def _names(value: object) -> tuple[Name, ...]:
    found = []
    for one in value if isinstance(value, list) else ():
        if not isinstance(one, Mapping):
            continue
        parts = {name: squash(str(one[key])) for key, name in _PARTS.items() if isinstance(one.get(key), str)}
        name = Name(**parts)
        if name.literal:
            name = Name(literal=name.literal)
        elif not name.family:
            name = Name(literal=name.said)
        if name.said:
            found.append(name)
    return tuple(found)


_PARTS = {
    "family": "family", "given": "given", "non-dropping-particle": "particle", "dropping-particle": "dropping",
    "suffix": "suffix", "literal": "literal",
}  # fmt: skip


def _name_object(name: Name) -> JsonObject:
    return {key: getattr(name, part) for key, part in _PARTS.items() if getattr(name, part)}


def _date(value: object) -> str:
    if isinstance(value, str | int):
        return squash(str(value))
    if not isinstance(value, Mapping):
        return ""
    circa = "~" if value.get("circa") not in (None, False, 0, "", "0", "false") else ""
    parts = value.get("date-parts")
    days = [day for one in parts if (day := _day(one))] if isinstance(parts, list) else []
    if not days:
        return squash(str(value.get("raw") or value.get("literal") or ""))
    season = str(value.get("season") or "").strip().lower()
    number = int(season) + 20 if season.isdecimal() and 1 <= int(season) <= 4 else _SEASONS.get(season)
    if number and len(days[0].lstrip("-").split("-")) == 1:
        days[0] += f"-{number}"
    return "/".join(days[:2]) + circa


def _day(parts: object) -> str:
    numbers = [str(part).strip() for part in parts] if isinstance(parts, list) else []
    if not numbers or not re.fullmatch(r"-?\d{1,5}", numbers[0]):
        return ""
    sure = numbers[:1]
    for part in numbers[1:3]:
        if not part.isdecimal() or not 1 <= int(part) <= 31:
            break
        sure.append(f"{int(part):02}")
    return "-".join(sure)


def days(when: str) -> tuple[list[int], list[int], bool] | None:
    """The parts of a date and of the end of its range ([] where it has none), and whether it is about then; None for
    words."""
    found = _WHEN.fullmatch(when)
    if found is None:
        return None
    return _numbers(found["begin"]), _numbers(found["end"] or ""), bool(found["circa"])


def _numbers(day: str) -> list[int]:
    before = day.startswith("-")
    numbers = [int(part) for part in day.lstrip("-").split("-") if part]
    return [-numbers[0], *numbers[1:]] if before and numbers else numbers


def date_object(when: str) -> JsonObject:
    """A date as CSL-JSON has it."""
    known = days(when)
    if known is None:
        return {"literal": when}
    begin, end, circa = known
    found: JsonObject = {"circa": True} if circa else {}
    if len(begin) > 1 and begin[1] > 12:
        found["season"] = begin[1] - 20
        begin = begin[:1]
    parts: list[JsonValue] = [list(begin), list(end)] if end else [list(begin)]
    return {"date-parts": parts, **found}
