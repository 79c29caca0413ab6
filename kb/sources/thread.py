"""The discussion below a text: the answers to it, to these, and so on, in the order of a tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.model.source import Source
from kb.store import hanging, sources
from kb.store.open import Store

_DEEPEST = 40  # answers that are deeper hang where these do


@dataclass(frozen=True, slots=True)
class Answer:
    """A text that answers another: how deep it stands below the one that was asked for, its own text, its answers."""

    source: Source
    depth: int
    text: str
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """The answers to a text, the best first (by karma, else the oldest), and how many there are beyond those."""

    answers: tuple[Answer, ...]
    shown: int
    left_out: int


def below(store: Store, source_id: str, most: int) -> Thread:
    """The discussion below a source, of at most so many texts."""
    names = hanging.answers_below(store, source_id)
    kept = names[:most]
    found = sources.read(store, kept)
    texts = sources.texts(store, kept)
    under: dict[str, list[Source]] = {}
    for name in kept:
        if name in found:
            under.setdefault(found[name].parent or "", []).append(found[name])
    return Thread(_tree(under, texts, source_id, 0), len(found), len(names) - len(kept))


def _tree(under: Mapping[str, list[Source]], texts: Mapping[str, str], name: str, depth: int) -> tuple[Answer, ...]:
    if depth >= _DEEPEST:
        return ()
    own = sorted(under.get(name, ()), key=_order)
    return tuple(Answer(one, depth, texts.get(one.id, ""), _tree(under, texts, one.id, depth + 1)) for one in own)


def _order(source: Source) -> tuple[float, str, str]:
    karma = source.facts.get("karma")
    return (-karma if isinstance(karma, float | int) else 0.0, source.published or "", source.id)
