"""What a parameter takes, as candidates for the beginning of a word.

Its own type or `autocompletion` tells, else its name or its metavar: a verb whose argument is called `ref`, or is shown
as REF, is completed without saying so. Nothing is made or brought up to date to answer, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import typer

from commands.home import home
from kb.model.words import BASES, READING_STATES, RELATIONS, SOURCE_KINDS, SOURCE_STATES, STATEMENT_KINDS, STATUSES

if TYPE_CHECKING:
    from kb.model.named import Named
    from kb.store.open import Store

_MOST = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """A whole word that may stand there, and what it is.

    `instead` is another way to write it, of which what was typed is a part: its title, for a source.
    """

    value: str
    help: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What may stand there: words, or what the shell knows best, files or folders."""

    kind: Literal["words", "files", "folders"]
    candidates: Sequence[Candidate] = ()


_PATHS = {"path": "files", "file": "files", "filename": "files", "directory": "folders"}
_WORDS: dict[str, Sequence[str]] = {
    "kind": (*SOURCE_KINDS, *STATEMENT_KINDS),
    "status": STATUSES,
    "link_status": STATUSES,
    "state": (*SOURCE_STATES, "all"),
    "relation": RELATIONS,
    "basis": BASES,
    "reading": (*READING_STATES, "none"),
}
"""By the names of parameters: several may stand there, with commas between."""


def of(parameter: Any, context: typer.Context, typed: str) -> Answer:
    """What a parameter of a command may take that begins with, or is meant by, what was typed."""
    if (paths := _PATHS.get(parameter.type.name)) or parameter.name == "targets" or parameter.metavar == "FILE":
        return Answer("folders" if paths == "folders" or "DIR" in (parameter.metavar or "") else "files")
    if own := parameter.shell_complete(context, typed):
        return Answer("words", [Candidate(str(one.value), str(one.help or "")) for one in own])
    name = parameter.name.strip("_")
    if name in _WORDS or name in _NAMES:
        head, comma, last = typed.rpartition(",")
        found = _beginning(_WORDS[name], last) if name in _WORDS else _of_store(_NAMES[name], last)
        return Answer("words", [replace(one, value=head + comma + one.value) for one in found])
    return Answer("words", list(_as_shown(name, parameter.metavar or "", parameter.help or "", typed)))


def _as_shown(name: str, metavar: str, help: str, typed: str) -> Iterator[Candidate]:
    """What a parameter takes as help shows it: REF, NAME, STATE, ID, a person, and words in small letters."""
    alternatives = [part.split() for part in metavar.strip("[]").split("|")]
    yield from _beginning([part[0] for part in alternatives if part and part[0].islower()], typed)
    if "STATE" in metavar:
        yield from _beginning(READING_STATES, typed)
    if name == "ids":
        yield from _of_store(_ids, typed)
    elif name in _REFS or "REF" in metavar:
        yield from _of_store(_refs, typed)
    if "NAME" in metavar or " person" in help:
        yield from _of_store(_people, typed)


def _beginning(words: Iterable[str], typed: str) -> list[Candidate]:
    return [Candidate(word) for word in words if word.startswith(typed.casefold())]


def _of_store(ask: Callable[[Store, str], list[Candidate]], typed: str) -> list[Candidate]:
    """What the knowledge base offers; nothing where there is none that can be asked as it is."""
    from kb.store.open import open_as_it_is

    store = open_as_it_is(home())
    if store is None:
        return []
    with store:
        return ask(store, typed)


def _refs(store: Store, typed: str) -> list[Candidate]:
    from kb.sources import completing

    return [_candidate(one, typed) for one in completing.refs(store, typed)]


def _ids(store: Store, typed: str) -> list[Candidate]:
    from kb.sources import completing

    return [_candidate(one, typed) for one in completing.statements_and_links(store, typed)]


def _candidate(one: Named, typed: str) -> Candidate:
    from kb.text.strings import squash

    value = one.id if one.kind != "source" or (typed and one.id.startswith(typed)) else one.citekey
    return Candidate(value, squash(one.label), "" if value.startswith(typed) else squash(one.label))


def _people(store: Store, typed: str) -> list[Candidate]:
    from kb.store import names
    from kb.text.spelling import words

    return [Candidate(name) for name in names.people(store, words(typed), _MOST)]


def _tags(store: Store, typed: str) -> list[Candidate]:
    from kb.store import tags

    wanted = typed.removeprefix("#").casefold()
    return [Candidate(tag) for tag in tags.names(store) if tag.casefold().startswith(wanted)][:_MOST]


_NAMES: dict[str, Callable[[Store, str], list[Candidate]]] = {
    "author": _people, "speaker": _people, "who": _people, "with": _people, "tag": _tags, "untag": _tags,
}  # fmt: skip
_REFS = {"ref", "refs", "about", "first", "second", "from", "to", "on", "supports", "attacks", "source"}
