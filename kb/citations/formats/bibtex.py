"""BibTeX, with the fields of BibLaTeX for what BibTeX has none for: both read it.

Words are LaTeX, all else UTF-8. A post is `@online` with its address and the day on which it was read; a paper on arXiv
has `eprint`, `archivePrefix` and `primaryClass`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.citations import bibtex_words as words
from kb.citations import markup
from kb.citations.format import Format
from kb.citations.item import ARXIV, Item
from kb.model.bibliography import Bibliography, Name, days
from kb.text import latex
from kb.text.dates import MONTHS
from kb.text.strings import squash

_NOT_IN_KEY = re.compile(r"[^\w:.+/'’*!?@<>;\[\]|-]")
_NOT_IN_URL = re.compile(r"[{}\\\s\"<>^`|]")
_RANGE = re.compile(r"(\w)-(?=\w)")
_MAIN = ("author", "editor", "title", "journal", "booktitle", "date", "year", "month", "day")
_DIPLOMA = {"master": "mastersthesis", "phd": "phdthesis", "doctoral": "phdthesis", "dissertation": "phdthesis"}
_PARTICLE = re.compile(r"[a-z][a-z’]*(?: [a-z][a-z’]*)*")
_SIMPLE = re.compile(r"[^\W\d_a-zß-ÿ][\w.’-]*(?: [^\W\d_a-zß-ÿ][\w.’-]*)*")


def entries(items: Sequence[Item], _: str = "") -> list[str]:
    """An entry each. Where two citekeys are one to BibTeX, the later has a number more."""
    taken: dict[str, dict[str, str]] = {}
    return [_entry(item, _key(item, taken)) for item in items]


def _key(item: Item, taken: dict[str, dict[str, str]]) -> str:
    """The citekey as BibTeX can have it; it does not tell capitals from small letters.

    Those of one source stay as they are cited: pandoc and biber tell them apart, and whom one is missing cannot cite.
    `taken` are those that there are, by their small letters, each with its source.
    """
    key = wanted = _NOT_IN_KEY.sub("", item.citekey) or "entry"
    number = 0
    while (like := taken.setdefault(key.lower(), {})) and (key in like or set(like.values()) != {item.id}):
        number += 1
        key = f"{wanted}-{number}"
    like[key] = item.id
    return key


def _entry(item: Item, key: str) -> str:
    kind = _kind(item.facts)
    fields = dict(_fields(item, kind))
    order = sorted(fields, key=lambda name: _MAIN.index(name) if name in _MAIN else len(_MAIN))
    width = max(map(len, order), default=0)
    lines = [f"  {name.ljust(width)} = {fields[name]}" for name in order]
    return "@" + kind + "{" + ",\n".join([key, *lines]) + "\n}"


def _kind(facts: Bibliography) -> str:
    if facts.type == "thesis":
        genre = facts.get("genre").lower()
        return next((kind for word, kind in _DIPLOMA.items() if word in genre), "thesis")
    return words.ENTRIES.get(facts.type, "misc")


def _fields(item: Item, kind: str) -> Iterator[tuple[str, str]]:
    facts = item.facts
    for name, people in facts.names.items():
        yield words.WRITTEN_NAMES[name], "{" + " and ".join(map(_person, people)) + "}"
    yield from _dates(facts, kind)
    depending, taken = words.names_for(kind), set[str]()
    for name, value in facts.fields.items():
        if item.arxiv and (name, value) in (("number", f"{ARXIV}:{item.arxiv}"), ("publisher", ARXIV)):
            continue
        called = depending.get(name, words.WRITTEN[name])
        if called not in taken:
            taken.add(called)
            yield called, "{" + _value(name, called, value) + "}"
    if item.arxiv:
        yield from (("eprint", "{" + item.arxiv + "}"), ("archivePrefix", "{arXiv}"))
    if item.reading:  # as JabRef calls it
        yield "readstatus", "{" + item.reading + "}"
    # The type, where the kind of entry alone would be read as another.
    if facts.type and words.TYPES.get(kind, "document") != facts.type and not (item.arxiv and facts.type == "article"):
        yield "entrysubtype", "{" + facts.type + "}"


def _value(name: str, called: str, value: str) -> str:
    if called == "url":
        return _NOT_IN_URL.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), value)
    if called in words.VERBATIM:
        return re.sub(r"[{}\s]", "", value) if called in ("doi", "eprint") else squash(re.sub(r"[{}]", "", value))
    if name in words.RICH:
        return markup.to_latex(value, protect=name != "container-title-short")
    if name == "page":
        value = _RANGE.sub(r"\1--", value)
        return "--".join(map(latex.escaped, value.split("--")))
    if name in ("abstract", "annote", "note"):
        return "\n\n".join(latex.escaped(part) for part in re.split(r"\n\s*\n", value) if part.strip())
    return latex.escaped(value)


def _dates(facts: Bibliography, kind: str) -> Iterator[tuple[str, str]]:
    for name, when in facts.dates.items():
        known = days(when)
        if name != "issued":
            yield words.WRITTEN_DATES[name], "{" + (when if known else latex.escaped(when)) + "}"
        elif known is None:
            yield "year", "{" + latex.escaped(when) + "}"
        elif kind == "online" or known[1] or known[2] or "/" in when or known[0][0] < 1000 or (*known[0], 0)[1] > 12:
            yield "date", "{" + when + "}"
        else:
            yield "year", "{" + str(known[0][0]) + "}"
            if len(known[0]) > 1:
                yield "month", MONTHS[known[0][1] - 1][:3]
            if len(known[0]) > 2:
                yield "day", "{" + str(known[0][2]) + "}"


def _person(name: Name) -> str:
    """ "von Family, Jr, Given", or in braces what is to stay as it is."""
    if name.literal or not name.given:
        said = name.literal or squash(f"{name.dropping} {name.particle} {name.family} {name.suffix}")
        return "{" + latex.escaped(said) + "}"
    particle, family = squash(f"{name.dropping} {name.particle}"), _part(name.family)
    if particle and not _PARTICLE.fullmatch(particle):
        particle, family = "", _part(f"{particle} {name.family}")
    return ", ".join(filter(None, (squash(f"{particle} {family}"), _part(name.suffix), _part(name.given))))


def _part(text: str) -> str:
    """A part of a name, in braces unless it is of words with capitals: a comma, an "and" or more would part it."""
    source = latex.escaped(text)
    return source if not text or _SIMPLE.fullmatch(text) else "{" + source + "}"


def whole(texts: Sequence[str]) -> str:
    """The entries of a file, a blank line between."""
    return "\n\n".join(texts) + "\n" if texts else ""


FORMAT = Format("bibtex", "BibTeX that BibLaTeX reads too", (".bib", ".bibtex"), "application/x-bibtex", entries, whole)
