"""Stubs of which the source itself is here: by an address or id in another form, a citekey, or the title.

The first two are certain; a title may be that of two works, and is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from kb.model import identity
from kb.model.identity import CITEKEY
from kb.store import alike, sources
from kb.store.alike import Known
from kb.store.open import Store
from kb.text.strings import fold, heading_key

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s?#\"<>]+", re.I)
_ARXIV = re.compile(r"\barxiv[:./ ]*(?:abs/|pdf/)?(" + identity.ARXIV + r")", re.I)
_PLAIN = re.compile(r"(?:/index|/default)?(?:\.(?:html?|php|aspx?|pdf))?/*$", re.I)
_HOST = re.compile(r"^(?:www\d?|m|mobile|amp|old)\.")


@dataclass(frozen=True, slots=True)
class Answered:
    """A stub, and the source that it means, by what; `certain`: it cannot mean another one."""

    stub: Known
    source: Known
    by: str
    certain: bool


def found(store: Store) -> list[Answered]:
    """Every stub that is answered, where nobody declined it."""
    stubs, there = alike.known(store, stubs=True), alike.known(store, stubs=False)
    asked = {stub.id: [*_keys(stub)] for stub in stubs}
    asked = {name: keys for name, keys in asked.items() if keys}
    wanted = [key for keys in asked.values() for key in keys] + [CITEKEY + _citekey(stub) for stub in stubs]
    places = _Places(there, asked, alike.keyed(store, wanted))
    declined = alike.apart(store)
    told = [one for one in map(places.answer, stubs) if one is not None]
    return [
        one for one in told
        if frozenset((one.stub.id, one.source.id)) not in declined
        and all(above.id != one.stub.id for above in sources.above(store, one.source.id))
    ]  # fmt: skip


class _Places:
    """What is here, by everything that a stub may call it."""

    def __init__(self, there: list[Known], asked: dict[str, list[str]], by_key: dict[str, str]) -> None:
        self.asked = asked
        self.by_key = by_key
        self.by_id = {one.id: one for one in there}
        self.by_url: dict[str, set[str]] = {}
        self.by_title: dict[str, set[str]] = {}
        self.by_citekey: dict[str, str] = {}
        for one in there:
            if one.url:
                self.by_url.setdefault(_loose(one.url), set()).add(one.id)
            if key := heading_key(one.title):
                self.by_title.setdefault(key, set()).add(one.id)
            self.by_citekey[one.citekey] = one.id

    def answer(self, stub: Known) -> Answered | None:
        """What a stub means; None where nothing does, or several may."""
        for name, by, certain in self._ways(stub):
            if name in self.by_id:
                return Answered(stub, self.by_id[name], by, certain)
        return None

    def _ways(self, stub: Known) -> Iterator[tuple[str, str, bool]]:
        yield from ((self.by_key[key], "its id", True) for key in self.asked.get(stub.id, ()) if key in self.by_key)
        if stub.url:
            yield from ((name, "its address", True) for name in _only(self.by_url.get(_loose(stub.url))))
        citekey = _citekey(stub)
        if given := self.by_key.get(CITEKEY + citekey):
            yield given, "its citekey", True
        if citekey in self.by_citekey and any(sign.isdigit() for sign in citekey):
            yield self.by_citekey[citekey], "its citekey", True
        titled = _only(self.by_title.get(heading_key(stub.title)))
        # A note called like a work is about it; like a name without an address, it is what is meant.
        if not stub.url or (_is_titled(stub) and all(self.by_id[name].kind != "note" for name in titled)):
            yield from ((name, "its title", False) for name in titled)


def _citekey(stub: Known) -> str:
    return stub.title.strip().removeprefix("@")


def _only(names: set[str] | None) -> list[str]:
    return list(names) if names and len(names) == 1 else []


def _is_titled(stub: Known) -> bool:
    """Whether the title of a stub with an address is more than that address, or "here"."""
    return (
        "://" not in stub.title
        and len(stub.title.split()) >= 3
        and stub.title != identity.title_in(identity.of_url(stub.url or ""))
    )


def _keys(stub: Known) -> Iterator[str]:
    """What identifies a work, in the address or the title of a stub."""
    for text in filter(None, (stub.url, stub.title)):
        if doi := _DOI.search(text):
            yield from identity.of_doi(re.sub(r"(?:\.pdf|[.,;)]+)$", "", doi[0])).keys
        if (paper := _ARXIV.search(text)) and (known := identity.of_arxiv(paper[1])):
            yield from known.keys
    if "://" in stub.title and (known := identity.of_target(stub.title.strip())):
        yield from known.keys


def _loose(url: str) -> str:
    """An address without what sites write in several ways: scheme, www, ending, query."""
    parts = urlsplit(url)
    host = _HOST.sub("", (parts.hostname or "").casefold())
    query = "?" + parts.query if re.search(r"(?:^|&)(?:id|p|v|q|page|title|article)=", parts.query) else ""
    return host + _PLAIN.sub("", fold(parts.path)) + query
