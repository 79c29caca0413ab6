"""What a person means by REF: an id, its prefix, a citekey, a URL in any form, an arXiv id, a title, words of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kb.errors import NotFoundError, notify
from kb.model import identity, ids
from kb.model.identity import CITEKEY, ONCE
from kb.model.named import Named, NamedKind
from kb.sources import by_words
from kb.store import named, names
from kb.store.open import Store
from kb.text.strings import clip, fold, without_surrogates

_KINDS: dict[str, NamedKind] = {
    ids.SOURCE: "source", ids.STATEMENT: "statement", ids.LINK: "link", ids.PASSAGE: "passage",
}  # fmt: skip
"""What is named, by the letter with which its id begins."""

Agree = Callable[[str, Named], bool]
"""Whether a REF means what its words were taken for: somebody is asked."""

_ALL: tuple[NamedKind, ...] = ("source", "statement", "link", "passage")
_ANYTHING = "source, statement, link or passage"
_LISTS = "`kb list` and `kb statements` show what there is"
_SHOWN = 10  # candidates of an ambiguous REF


def ref(store: Store, text: str, *kinds: NamedKind) -> Named:
    """What `text` names, among `kinds` (all by default); else what its words mean, which a notice then says.

    Words mean a source by its title, a comment after what has a title of its own; else a statement, else a stub.

    Raises:
        NotFoundError: it names nothing, or several things; the candidates are in the error.
    """
    wanted: tuple[NamedKind, ...] = kinds or _ALL
    text = _typed(text)
    if found := _named(store, text, wanted):
        return _the_one(text, found)
    one = _by_words(store, text, wanted, " or ".join(wanted) if kinds else _ANYTHING)
    notify(f"{text!r} is taken for {one.kind} {one.id}: {clip(one.label, 70)}")
    return one


def agreed(store: Store, text: str, agree: Agree, *kinds: NamedKind) -> Named:
    """What `text` names, as for `exactly`; else what its words mean, if that is agreed to: nothing goes on a guess.

    Raises:
        NotFoundError: as for `ref`, and where it is not agreed; what the words mean is in the error.
    """
    wanted: tuple[NamedKind, ...] = kinds or _ALL
    text = _typed(text)
    if found := _named(store, text, wanted):
        return _the_one(text, found)
    one = _by_words(store, text, wanted, " or ".join(wanted) if kinds else _ANYTHING)
    if not agree(text, one):
        raise NotFoundError(
            f"{text!r} names nothing: it may mean {clip(one.label, 60)}",
            "for this an id, a citekey, an address or a whole title is needed, or --yes",
            [{"id": one.id, "kind": one.kind, "title": clip(one.label, 80)}],
        )
    return one


def exactly(store: Store, text: str, *kinds: NamedKind) -> Named:
    """What `text` names by an id, citekey, address or its whole title: where words are a query, not a name.

    Raises:
        NotFoundError: as for `ref`.
    """
    wanted: tuple[NamedKind, ...] = kinds or _ALL
    text = _typed(text)
    if found := _named(store, text, wanted):
        return _the_one(text, found)
    raise NotFoundError(f"no {' or '.join(wanted) if kinds else _ANYTHING} {text!r}", _LISTS)


def turn(store: Store, text: str) -> str | None:
    """Of a passage that `text` is the whole id of the one with which its turn begins; None for anything else."""
    text = _typed(text)
    if not text.startswith(ids.PASSAGE) or len(text) != ids.LENGTHS[ids.PASSAGE] or not ids.ID.fullmatch(text):
        return None
    from kb.store import passages  # with all that it imports: only where it is needed

    return passages.turn_begins(store, text)


def _typed(text: str) -> str:
    return without_surrogates(text).strip()


def _named(store: Store, text: str, wanted: Sequence[NamedKind]) -> list[Named]:
    found = _by_id(store, text, wanted)
    return sources(store, text) if not found and "source" in wanted else found


def _the_one(text: str, found: Sequence[Named]) -> Named:
    if len(found) == 1:
        return found[0]
    many = f"more than {_SHOWN}" if len(found) > _SHOWN else str(len(found))
    raise NotFoundError(
        f"{text!r} means {many} things",
        "use one of the ids, or more words",
        candidates=[{"id": one.id, "kind": one.kind, "title": clip(one.label, 80)} for one in found[:_SHOWN]],
    )


def _by_words(store: Store, text: str, wanted: Sequence[NamedKind], what: str) -> Named:
    found: list[Named] = []
    if "source" in wanted:
        found = by_words.by_title(store, text, "text") or by_words.by_title(store, text, "comment")
        found = found or by_words.by_people(store, text)
    if not found and "statement" in wanted and by_words.is_telling(text):
        said = named.statements_with(store, text)
        found = by_words.likeliest(text, said) or said
    if not found and "source" in wanted:
        found = by_words.by_title(store, text, "stub")
    if not found:
        from kb.sources import misspelt

        near = misspelt.sources(store, text) if "source" in wanted else []
        meant = ", ".join(f'"{clip(one.label, 60)}" ({one.citekey})' for one in near)
        raise NotFoundError(f"no {what} {text!r}", f"did you mean {meant}?" if near else _LISTS)
    return _the_one(text, names.that_are_here(store, found) if found[0].kind == "source" else found)


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
    """The sources that `text` names by citekey, address, exact title, or one it had; a few at most."""
    if found := named.by_citekey(store, text) or named.by_keys(store, [CITEKEY + text, ONCE + text]):
        return found
    if (known := identity.of_target(text)) and (found := named.by_keys(store, known.keys)):
        return found
    titled = named.by_title(store, fold(text)) or named.by_other_name(store, fold(text))
    return named.without_stubs(store, titled)
