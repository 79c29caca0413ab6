"""What else a link may mean that leads to no note as it is written: other programs spell the names of notes otherwise.

`%20` for a blank, the title before the note (`[[title|note]]`), the date of a journal in words, the last part of an
address on the site that the text was copied from, words parted by hyphens. Only a note of the same vault is meant so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from kb.model.document import ReferenceKind
from kb.model.source import NamedSource
from kb.sources.names import link_key, vault_of, without_ending
from kb.sources.wanted import Place, Wanted, nearest, wanted
from kb.store import references, sources
from kb.store.open import Store
from kb.text import dates
from kb.text.strings import fold, slugs

_LONG = 25  # characters of a slug from which its beginning names one note
_PATH = re.compile(r"[^\s./]+(?:[./][^\s./]+)+")


def settle(store: Store) -> Iterator[tuple[references.OpenReference, str, str]]:
    """Links that lead nowhere as they are written, the keys by which they lead to a note, and its id.

    Whether a vault has the title before the note is told by all of its links with both: the way counts that leads to
    more notes.
    """
    maybe: dict[str, list[tuple[references.OpenReference, str, str]]] = {}
    for link in references.nowhere(store):
        place = Place(link.path, link.file)
        if found := find(store, link.kind, link.raw, link.name, link.alias, place):
            yield link, found[0], found[1].id
        elif found := find(store, link.kind, link.raw, link.name, link.alias, place, title_first=True):
            maybe.setdefault(vault_of(link.path, link.file) or "", []).append((link, found[0], found[1].id))
    if maybe:
        usual = Counter(
            vault_of(path, file)
            for path, file, key, name in references.with_titles(store)
            if key == link_key(without_ending(name))
        )
        for vault, links in maybe.items():
            yield from links if len(links) > usual[vault] else ()


def find(
    store: Store,
    kind: ReferenceKind,
    raw: str,
    name: str,
    alias: str | None,
    place: Place,
    *,
    title_first: bool = False,
) -> tuple[str, NamedSource] | None:
    """The key under which a note of the vault is found that the link means by another spelling, and that note.

    `title_first`: its vault has the title before the note. An alias that looks like a path is taken for one anyway.
    """
    vault = vault_of(place.path, place.target)
    if vault is None or kind not in {"wikilink", "embed"} or "://" in name or name.startswith("(("):
        return None
    for asked in _spellings(kind, raw, name, _other_name(raw, alias, title_first=title_first), place):
        named = [one for one in sources.by_name(store, asked.name) if one.kind != "stub" and one.state == "here"]
        named = [one for one in named if vault_of(one.path, one.target) == vault]
        if best := nearest(named, place, asked):
            return asked.key, best
    return _cut_short(store, name, vault) if name.startswith("/") else None


def _cut_short(store: Store, name: str, vault: str) -> tuple[str, NamedSource] | None:
    """The one note that a long slug means of which a site kept the beginning only."""
    slug = next(iter(slugs(name.rstrip("/").rpartition("/")[2].replace("_", " "))), "")
    if len(slug) < _LONG:
        return None
    found = [one for one in sources.by_beginning(store, slug) if one.kind != "stub" and one.state == "here"]
    found = [one for one in found if vault_of(one.path, one.target) == vault]
    return (link_key(slug), found[0]) if len({one.id for one in found}) == 1 else None


def _other_name(raw: str, alias: str | None, *, title_first: bool) -> str:
    """What stands behind the pipe of a wikilink, where that may name the note."""
    if not alias or "|" not in raw:
        return ""
    note = without_ending(alias.partition("#")[0].strip())
    return note if title_first or _PATH.fullmatch(note) else ""


def _spellings(kind: ReferenceKind, raw: str, name: str, other: str, place: Place) -> Iterator[Wanted]:
    wiki = raw.startswith(("[[", "![[", "#[["))
    if "%" in name and (plain := unquote(name)) != name:
        yield wanted(kind, raw, plain, place)
        name = plain
    if other and fold(other) != fold(name):
        yield wanted(kind, raw, other, place)
    if (day := dates.read(name)) and len(day) == 10:
        yield Wanted(link_key(day))
    last = without_ending(name.rstrip("/")).rpartition("/")[2]
    if name.startswith("/") and last:  # of a site
        yield Wanted(link_key(last))
    if wiki and name.startswith(("./", "../", "/")) and last:  # what a stale definition says of a wikilink
        yield Wanted(link_key(last))
    if "/" not in name or name.startswith("/"):
        yield from (Wanted(link_key(slug)) for slug in slugs(last.replace("_", " ")) if slug != fold(last))
