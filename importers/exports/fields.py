"""Fields of exported records in one spelling: dates as ISO 8601, people, ids and addresses, kinds, tags."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from kb.model import identity
from kb.model.document import Author
from kb.model.words import SourceKind
from kb.text.strings import squash

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERIC = re.compile(
    r"(?P<y>[12]\d{3})(?:[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?)?(?![\d.])"
    r"(?:[T /]*(?P<time>\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
_NAMED = re.compile(
    r"(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?[ .-]*)?\b(?P<m>(?:" + "|".join(_MONTHS) + r")[a-z]*)\.?[ -]*"
    r"(?:(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+))?,?\s*(?P<y>[12]\d{3})\b",
    re.I,
)
_ARXIV = re.compile(
    r"(?:\barxiv\s*:\s*|arxiv\.org/(?:abs|pdf|html)/|10\.48550/arxiv\.)"
    r"(?P<id>\d{4}\.\d{4,5}(?:v\d+)?|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)",
    re.I,
)
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_PAPERS = {
    "article", "articlejournal", "journalarticle", "paperconference", "conferencepaper", "inproceedings", "conference",
    "proceedings", "incollection", "inbook", "book", "booksection", "booklet", "chapter", "report", "techreport",
    "thesis", "phdthesis", "mastersthesis", "preprint", "unpublished", "manuscript", "jour", "cpaper", "conf", "rprt",
    "chap", "thes", "unpb", "books", "magazinearticle", "mgzn", "jfull", "unpd", "edbook", "ebook", "monograph",
    "periodical", "reference", "patent", "standard", "newspaperarticle", "articlemagazine", "articlenewspaper",
}  # fmt: skip
_POSTS = {"blog", "blogpost", "postweblog", "post", "forumpost"}


@dataclass(frozen=True, slots=True)
class Work:
    """Which work a record is about, as far as addresses and ids tell."""

    url: str | None = None
    external_ids: dict[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[str, ...]:
        """What identifies the work, strongest first; empty where nothing does."""
        return identity.Identity(url=self.url, external_ids=self.external_ids).keys


def work_of(urls: Iterable[str] = (), doi: str = "", arxiv: str = "", texts: Iterable[str] = ()) -> Work:
    """The work behind the addresses and ids of a record.

    `arxiv` is a bare id; `texts` are further fields in which an arXiv id may stand with its name ("arXiv:…").
    """
    found: list[identity.Identity] = []
    candidates = [squash(url) for url in urls]
    addresses = [known for url in candidates if (known := web_identity(url))]
    if paper := identity.of_arxiv(arxiv):
        found.append(paper)
    found += [known for known in addresses if known.external_ids]
    if (named := _DOI.search(doi)) and not any(known.external_ids.get("doi") for known in found):
        found.append(identity.of_doi(named[0].rstrip(".,;")))
    if not any("arxiv" in known.external_ids for known in found):
        for match in _ARXIV.finditer("\n".join((*candidates, doi, *texts))):
            if paper := identity.of_arxiv(match["id"]):
                found.append(paper)
                break
    ids: dict[str, str] = {}
    for known in found:
        for name, value in known.external_ids.items():
            ids.setdefault(name, value)
    if "arxiv_version" in ids and not any(known.external_ids.get("arxiv") == ids["arxiv"] for known in found[:1]):
        del ids["arxiv_version"]
    best = next((known.url for known in (*found, *addresses) if known.url), None)
    return Work(best, ids)


def web_identity(url: str) -> identity.Identity | None:
    """Who an address of the web is; None for anything else (files, `urn:`, broken addresses)."""
    try:
        parts = urlsplit(url)
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
            return None
        return identity.of_url(url)
    except ValueError:  # a bad port or bracket
        return None


def kind_of(work: Work, word: str = "") -> SourceKind:
    """What kind of source it is: by whose id it has, else by the word its export has for it."""
    if any(name.endswith("_post") for name in work.external_ids):
        return "comment"
    if work.external_ids.keys() & {"lesswrong", "eaforum", "progressforum"}:
        return "post"
    if work.external_ids.keys() & {"arxiv", "doi"}:
        return "paper"
    plain = re.sub(r"[^a-z]", "", word.lower())
    if plain in _POSTS:
        return "post"
    return "paper" if plain in _PAPERS or not work.url else "web"


def person(family: str, given: str = "", particle: str = "", suffix: str = "") -> Author | None:
    """A person by the parts of the name, in the order in which it is said; None where there is nothing."""
    name = squash(" ".join((given, particle, family, suffix)))
    return Author(name) if name else None


def people(text: str) -> tuple[Author, ...]:
    """People written in one field: parted by "and", "&", ";" or, where every part is a full name, by commas."""
    parts = re.split(r"\s*;\s*|\s+(?:and|&)\s+", squash(text))
    if all(" " in part.strip() for part in ",".join(parts).split(",") if part.strip()):
        parts = [piece for part in parts for piece in part.split(",")]
    else:
        parts = [_turned(part) for part in parts]
    return tuple(Author(part) for part in dict.fromkeys(squash(part) for part in parts) if part)


def _turned(name: str) -> str:
    """ "Family, Given" the way it is said."""
    family, comma, given = name.partition(",")
    return f"{given} {family}" if comma and "," not in given else name


def iso(text: object) -> str | None:
    """A date in any of the forms that exports use as ISO 8601, times in UTC; None where it is none.

    Of a range the beginning. A year or a month stays one: nothing is made up.
    """
    if isinstance(text, int | float) and not isinstance(text, bool):
        return _epoch(float(text))
    if not isinstance(text, str) or not (words := squash(text)):
        return None
    if re.fullmatch(r"\d{9,13}", words):
        return _epoch(float(words))
    if (found := _NUMERIC.match(words)) and (date := _date(found["y"], found["m"], found["d"])):
        return _at(date, found["time"], found["zone"]) if found["time"] and len(date) == 10 else date
    if re.match(r"[A-Za-z]{3}, \d", words) and (moment := _mail_date(words)):
        return moment
    if named := _NAMED.search(words):
        month = _MONTHS.index(named["m"][:3].lower()) + 1
        return _date(named["y"], str(month), named["d1"] or named["d2"])
    year = re.search(r"(?<!\d)[12]\d{3}(?!\d)", words)
    return year[0] if year else None


def _epoch(seconds: float) -> str | None:
    try:
        moment = datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if 1970 < moment.year < 2200 else None


def _mail_date(text: str) -> str | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return (moment.astimezone(UTC) if moment.tzinfo else moment).strftime("%Y-%m-%dT%H:%M:%SZ")


def _at(date: str, time: str, zone: str | None) -> str:
    zone = "+00:00" if zone in (None, "Z", "UTC", "GMT") else zone
    try:
        moment = datetime.fromisoformat(f"{date}T{time if time.count(':') == 2 else time + ':00'}{zone}")
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return date


def _date(year: str, month: str | None = None, day: str | None = None) -> str | None:
    """The date as far as it is one."""
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02d}"
    try:
        return datetime(int(year), int(month), int(day)).strftime("%Y-%m-%d")
    except ValueError:
        return f"{year}-{int(month):02d}"


def tags(*fields: str, parting: str = ",;") -> tuple[str, ...]:
    """Tags out of fields that hold several, each once, without `#`."""
    parts = (part for text in fields for part in re.split(f"[{re.escape(parting)}\n]", text))
    return unique(squash(part).lstrip("#") for part in parts)


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, in order, whatever its case; empty ones left out."""
    kept: dict[str, str] = {}
    for name in names:
        if name.strip():
            kept.setdefault(name.strip().casefold(), name.strip())
    return tuple(kept.values())
