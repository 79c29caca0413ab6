"""What a person means by REF: an id, its prefix, a citekey, a URL in any form, an arXiv id, an exact title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.errors import NotFoundError
from kb.model import identity, ids
from kb.model.named import Named, NamedKind
from kb.store import named
from kb.store.open import Store
from kb.text.strings import clip, fold, without_surrogates

if TYPE_CHECKING:
    from kb.model.source import NamedSource

_KINDS: dict[str, NamedKind] = {
    ids.SOURCE: "source", ids.STATEMENT: "statement", ids.LINK: "link", ids.PASSAGE: "passage",
}  # fmt: skip


def ref(store: Store, text: str, *kinds: NamedKind) -> Named:
    """What `text` names, among `kinds` (all by default).

    Raises:
        NotFoundError: it names nothing, or several things; the candidates are in the error.
    """
    wanted: tuple[NamedKind, ...] = kinds or ("source", "statement", "link", "passage")
    text = without_surrogates(text).strip()
    found = _by_id(store, text, wanted)
    if not found and "source" in wanted:
        found = sources(store, text)
    if len(found) == 1:
        return found[0]
    if not found:
        what = " or ".join(wanted) if kinds else "source, statement, link or passage"
        raise NotFoundError(f"no {what} {text!r}", "`kb list` and `kb statements` show what there is")
    raise NotFoundError(
        f"{text!r} means {len(found)} things",
        "use one of the ids",
        candidates=[{"id": one.id, "kind": one.kind, "title": clip(one.label, 80)} for one in found[:10]],
    )


def source(store: Store, text: str) -> str:
    """Id of the source that `text` names.

    Raises:
        NotFoundError: as for `ref`.
    """
    return ref(store, text, "source").id


def _by_id(store: Store, text: str, wanted: Sequence[NamedKind]) -> list[Named]:
    if not ids.ID.fullmatch(text):
        return []
    kind = _KINDS[text[0]]
    if kind not in wanted:
        return []
    if exact := named.by_id(store, kind, text):
        return [exact]
    if kind == "source" and (merged := named.by_keys(store, ["id:" + text])):
        return merged[:1]
    return named.beginning(store, kind, text)


def sources(store: Store, text: str) -> list[Named]:
    """The sources that `text` names by citekey, address or exact title, a few at most."""
    if found := named.by_citekey(store, text):
        return found
    if (known := identity.of_target(text)) and (found := named.by_keys(store, known.keys)):
        return found
    return named.by_title(store, fold(text))


def nearest(candidates: Sequence[NamedSource], path: str | None) -> NamedSource:
    """Of several notes with one name the one a wikilink in `path` means.

    One that is here before one that is gone, a real note before a stub, a path or title before an alias, the same
    folder, the fewest folders, the alphabet.
    """
    here = path.rsplit("/", 1)[0] if path and "/" in path else ""

    def rank(one: NamedSource) -> tuple[bool, bool, int, bool, int, str]:
        there = one.path or ""
        folder = there.rsplit("/", 1)[0] if "/" in there else ""
        return one.state != "here", one.kind == "stub", one.rank, folder != here, there.count("/"), there

    return min(candidates, key=rank)
