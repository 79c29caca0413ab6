"""The bibliographic facts of an entry of BibTeX or BibLaTeX: its fields, people and dates under their names in CSL."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kb.citations import bibtex_words as words
from kb.citations import markup
from kb.model.bibliography import DATE_FIELDS, OTHERS, PRIMARY_CLASS, TYPES, Bibliography, Name, bibliography, days
from kb.text.dates import MONTHS, month_of, read_loosely
from kb.text.latex import is_balanced, plain
from kb.text.strings import squash

_PEOPLE = 1000  # more are a list that was generated
_EXTENDED = re.compile(r"(family|given|prefix|suffix)\s*=\s*\{?([^,{}]+)\}?")
_ESCAPED = re.compile(r"\\([_&%#~$])")
_PAGES = re.compile(r"(?<=\w)\s*[-–—]{1,3}\s*(?=\w)")
_ADDRESS = re.compile(r"https?://\S+")
_VISITED = re.compile(r"(?:accessed|visited|retrieved|checked)\b[\s:on]*(?P<day>\d{4}-\d\d-\d\d)", re.I)
_WORDS = re.compile(r"[^\W\d_]+")
_ENDNOTE_KINDS = {"journal article", "article", "book", "book section", "book chapter", "conference paper",
                  "conference proceedings", "generic", "magazine article", "newspaper article", "web page"}  # fmt: skip
"""What EndNote writes into `type`, which the kind of entry says already."""
_DIPLOMAS = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}
_THESES = {"phdthesis": "PhD thesis", "mathesis": "Master’s thesis", "mastersthesis": "Master’s thesis"}


def facts(entry: str, raw: Mapping[str, str]) -> Bibliography:
    """The facts of an entry of this kind; `raw` has its fields by their names in small letters, as LaTeX."""
    entry = entry.lower()
    found: dict[str, str] = {}
    depending = {theirs: name for name, theirs in words.names_for(entry).items()}
    for name, value in raw.items():
        known = depending.get(name) or words.READ.get(name)
        if known and known not in DATE_FIELDS and (text := _read(name, known, value)):
            found.setdefault(known, text)
    for name, sub in (
        ("title", "subtitle"),
        ("container-title", "journalsubtitle"),
        ("container-title", "booksubtitle"),
    ):
        if name in found and (more := _read(sub, "title", raw.get(sub, ""))):
            found[name] += f": {more}"
    if "page" in found:
        found["page"] = _PAGES.sub("-", found["page"])
    if _ADDRESS.search(found.get("publisher", "")):  # howpublished = \url{…}
        del found["publisher"]
    if raw.get("eprinttype", "").lower() == "pubmed" and raw.get("eprint"):
        found.setdefault("PMID", raw["eprint"])
    if _arxiv(raw) and PRIMARY_CLASS not in found and (subject := re.search(r"\[([\w.-]+)\]", raw.get("eprint", ""))):
        found[PRIMARY_CLASS] = subject[1]
    if entry in ("thesis", "phdthesis", "mastersthesis"):
        found["genre"] = _THESES.get(found.get("genre", ""), found.get("genre", "") or _DIPLOMAS.get(entry, ""))
    if found.get("genre", "").lower() in _ENDNOTE_KINDS:
        del found["genre"]
    found.pop("keyword", None)  # tags are kept with the source
    names = {known: who for name, known in words.READ_NAMES.items() if (who := _with_others(raw.get(name, "")))}
    return bibliography(_type(entry, raw, found), found, names, _dates(raw))


def _type(entry: str, raw: Mapping[str, str], found: Mapping[str, str]) -> str:
    said = squash(raw.get("entrysubtype", "")).lower()
    if said in TYPES:
        return said
    if said in ("magazine", "newspaper") and entry == "article":
        return f"article-{said}"
    type_ = words.TYPES.get(entry, "document")
    if _arxiv(raw) and (
        type_ == "document" or (type_ == "article-journal" and "arxiv" in found.get("container-title", "arxiv").lower())
    ):
        return "article"
    return type_


def _arxiv(raw: Mapping[str, str]) -> bool:
    scheme = (raw.get("archiveprefix") or raw.get("eprinttype") or "").lower()
    return scheme == "arxiv" or (not scheme and bool(re.search(r"\barxiv\b", raw.get("journal", ""), re.I)))


def _read(name: str, known: str, value: str) -> str:
    if name in words.VERBATIM or known in ("URL", "DOI"):
        return verbatim(value)
    if known in words.RICH:
        return markup.from_latex(value)
    return plain(value) if known in ("abstract", "annote", "note") else squash(plain(value))


def verbatim(value: str) -> str:
    """A field in which nothing is LaTeX but, by habit, a sign escaped."""
    address = re.fullmatch(r"\\url\s*\{(.*)\}", value.strip())
    return squash(_ESCAPED.sub(r"\1", address[1] if address else value)).strip("{}")


def _dates(raw: Mapping[str, str]) -> dict[str, str]:
    found = {known: when for name, known in words.READ_DATES.items() if (when := _when(raw.get(name, "")))}
    if "issued" not in found and (
        issued := published("", raw.get("year", ""), raw.get("month", ""), raw.get("day", ""))
    ):
        found["issued"] = issued
    elif "issued" not in found and (said := squash(plain(raw.get("year", "")))):
        found["issued"] = said
    if "accessed" not in found and (
        visited := _VISITED.search(plain(raw.get("note", "") + raw.get("howpublished", "")))
    ):
        found["accessed"] = _when(visited["day"])
    return found


def _when(value: str) -> str:
    if days(raw := value.strip()):
        return raw
    value = squash(plain(value))
    return value if days(value) else read_loosely(value) or value


def published(date: str, year: str, month: str, day: str) -> str | None:
    """The date that the fields of an entry say, in ISO 8601."""
    if date and (full := read_loosely(date)):
        return full
    if not (start := read_loosely(year)) or not month:
        return start
    named = next((number for word in _WORDS.findall(month) if (number := month_of(word))), None)
    figures = re.findall(r"\d+", month)
    if named and figures and not day:  # `15~ # jan`, "JAN 15"
        day = figures[0]
    if not named and not figures:
        return start
    written = f"{start[:4]}-{named or figures[0]}"
    return read_loosely(f"{written}-{day}" if day.isdigit() else written) or start


def people(field: str) -> tuple[tuple[Name, ...], bool]:
    """The people in a field, and whether it says that there are more."""
    from bibtexparser.middlewares.names import split_multiple_persons_names

    found: list[Name] = []
    more = False
    for name in split_multiple_persons_names(squash(field))[:_PEOPLE] if field.strip() else []:
        if name.lower() == "others":
            more = True
        elif (one := _person(name)).said:
            found.append(one)
    return tuple(dict.fromkeys(found)), more


def _with_others(field: str) -> tuple[Name, ...]:
    found, more = people(field)
    return (*found, OTHERS) if found and more else found


def _person(name: str) -> Name:
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    if name.startswith("{") and name.endswith("}") and is_balanced(name[1:-1]):
        return Name(literal=squash(plain(name)))
    if "=" in name and (parts := {key: plain(value) for key, value in _EXTENDED.findall(name)}):
        return _parted(
            parts.get("given", ""), parts.get("prefix", ""), parts.get("family", ""), parts.get("suffix", "")
        )
    try:
        split = parse_single_name_into_parts(name)
    except ValueError:
        return Name(literal=squash(plain(name)))
    return _parted(*(plain(" ".join(part)) for part in (split.first, split.von, split.last, split.jr)))


def _parted(given: str, particle: str, family: str, suffix: str) -> Name:
    family, given, particle, suffix = (squash(part) for part in (family, given, particle, suffix))
    if not family or not (given or particle or suffix):
        return Name(literal=squash(f"{given} {particle} {family} {suffix}"))
    return Name(family=family, given=given, particle=particle, suffix=suffix)


MONTH_STRINGS = {name[:3]: name for name in MONTHS} | {"sept": "september"}
"""Strings that every file may use without defining them."""
