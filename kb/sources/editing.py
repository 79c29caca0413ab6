"""`kb edit`: sources and statements put right by a person, several at once, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from kb.errors import UsageError
from kb.model import identity
from kb.model.document import Author
from kb.model.field_change import FieldChange
from kb.model.named import NamedKind
from kb.model.source import StoredSource
from kb.model.statement import Statement
from kb.model.words import SOURCE_KINDS, SourceKind
from kb.sources import corrections, given_back, own_words, resolve, wording
from kb.sources import edit as facts
from kb.sources.edit import SourceEdit
from kb.sources.extraction import OWN_CLAIM
from kb.sources.own_words import Cut
from kb.sources.wording import StatementEdit
from kb.store import named, sources, statements
from kb.store.open import Store, now
from kb.text import dates
from kb.text.controls import without
from kb.text.repair import repair
from kb.text.strings import squash, unique


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants of a source or statement, as they wrote it; None leaves a field as it is.

    `text` is the wording of a statement, or what a note of one's own says. `as_imported` names fields in which the
    person's word is taken back.
    """

    title: str | None = None
    authors: tuple[str, ...] | None = None
    date: str | None = None
    kind: str | None = None
    url: str | None = None
    citekey: str | None = None
    speaker: str | None = None
    tagged: tuple[str, ...] = ()
    untagged: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    unaliased: tuple[str, ...] = ()
    text: str | None = None
    as_imported: tuple[str, ...] = ()


NOTHING = Wish()
_OF_SOURCES = ("title", "authors", "date", "url", "citekey", "tagged", "untagged", "aliases", "unaliased")
_OF_ONE = ("title", "url", "citekey", "text")
"""What no two sources have in common."""
_OPTION = {"authors": "author", "tagged": "tag", "untagged": "untag", "aliases": "alias", "unaliased": "unalias"}


@dataclass(frozen=True, slots=True)
class Edited:
    """A source or statement, and what was changed of it, or would be."""

    id: str
    kind: NamedKind
    changes: tuple[FieldChange, ...]


def targets(store: Store, refs: Sequence[str]) -> list[tuple[str, NamedKind]]:
    """(id, kind) of the sources and statements that these REFs name, each once.

    Raises:
        NotFoundError: a REF names nothing, or several things. UsageError: a link, which has other fields.
    """
    found: dict[str, NamedKind] = {}
    for ref in refs:
        one = resolve.ref(store, ref, "source", "statement", "link")
        if one.kind == "link":
            raise UsageError(
                f"{one.id} is a link: it has a relation and a target",
                f"kb edit {one.id} --relation NAME, or --to REF; kb reject {one.id} puts it aside",
            )
        found[one.id] = one.kind
    return list(found.items())


def edit(store: Store, refs: Sequence[str], wish: Wish, cut: Cut, *, dry_run: bool = False) -> list[Edited]:
    """Change all that the REFs name, or nothing. With `dry_run` nothing is written, and a store for reading will do.

    Raises:
        NotFoundError: a REF names nothing, or several things. UsageError: what is wanted cannot be, or not of this.
    """
    wanted = targets(store, refs)
    if len(wanted) > 1 and (given := [name for name in _OF_ONE if getattr(wish, name) is not None]):
        raise UsageError(f"{_options(given)} is of one source or statement only", "name one")
    if dry_run:
        return [_edited(store, name, kind, wish, cut, write=False) for name, kind in wanted]
    with store.transaction():
        return [_edited(store, name, kind, wish, cut, write=True) for name, kind in wanted]


def edit_each(store: Store, wanted: Sequence[tuple[str, NamedKind, Wish]], cut: Cut) -> list[Edited]:
    """Change each of these, by id, as is wanted of it; all or none.

    Raises:
        UsageError: what is wanted cannot be, or not of this.
    """
    with store.transaction():
        return [_edited(store, name, kind, wish, cut, write=True) for name, kind, wish in wanted]


def _edited(store: Store, name: str, kind: NamedKind, wish: Wish, cut: Cut, *, write: bool) -> Edited:
    if kind == "statement":
        statement = statements.read(store, [name])[name]
        return Edited(name, kind, tuple(_statement(store, statement, wish, write=write)))
    row = sources.stored(store, name)
    assert row is not None
    return Edited(name, kind, tuple(_source(store, row, wish, cut, write=write)))


def _statement(store: Store, statement: Statement, wish: Wish, *, write: bool) -> list[FieldChange]:
    if given := [name for name in _OF_SOURCES if getattr(wish, name) not in (None, ())]:
        raise UsageError(
            f"{statement.id} is a statement: it has no {_options(given)}", "text, kind and speaker of it can be changed"
        )
    kind = squash(wish.kind).replace(" ", "_").replace("-", "_") if wish.kind is not None else None
    speaker = squash(without(repair(wish.speaker))) if wish.speaker is not None else None
    change = wording.checked(StatementEdit(wish.text, kind, speaker))
    _check_once(wish.as_imported, [n for n in given_back.STATEMENT_FIELDS if getattr(wish, n) is not None])
    if not write:
        back = given_back.statement_differences(store, statement, wish.as_imported)
        return [*back, *wording.differences(statement, change)]
    found = given_back.give_statement_back(store, statement, wish.as_imported)
    found += wording.edit(store, statements.read(store, [statement.id])[statement.id], change)
    if found:
        corrections.follow(store, statement)
    return found


def _source(store: Store, row: StoredSource, wish: Wish, cut: Cut, *, write: bool) -> list[FieldChange]:
    if wish.speaker is not None:
        raise UsageError(f"{row.id} is a source: --speaker is of a statement", "--author says who wrote it")
    change = checked(store, row, wish)
    given = {"tags": wish.tagged + wish.untagged, "aliases": wish.aliases + wish.unaliased}
    _check_once(
        wish.as_imported,
        [n for n in given_back.SOURCE_FIELDS if (given[n] if n in given else getattr(wish, n) is not None)],
    )
    words = None if wish.text is None else repair(wish.text).strip()
    if words is not None:
        _check_own(row, words)
    found = facts.differences(store, row.id, change)
    if words is not None and words != own_words.body(row).strip():
        found.append(FieldChange("text", own_words.body(row), words))
    if not write:
        return [*given_back.differences(store, row, given_back.of_source(store, row.id, wish.as_imported)), *found]
    back = given_back.give_back(store, row, wish.as_imported, cut) if wish.as_imported else []
    facts.edit(store, row.id, change)
    if any(one.field == "text" for one in found) and words is not None:
        _rewrite(store, sources.stored_at(store, row.rowid), words, cut)
    return [*back, *found]


def _rewrite(store: Store, row: StoredSource, words: str, cut: Cut) -> None:
    """Let a note of one's own say this; the claim that one is says it too."""
    said = statements.of_source(store, row.id)
    own_words.rewrite(store, row, words, cut, now())
    for one in said if row.importer == OWN_CLAIM else ():
        wording.restate(store, row.id, one, words)


def _check_own(row: StoredSource, words: str) -> None:
    """See that the text of a source is the person's to change, and is one.

    Raises:
        UsageError: it is not.
    """
    if not own_words.is_own(row):
        if row.kind == "note" and row.target and "://" not in row.target:
            raise UsageError(f"the text of {row.id} is that of a file", f"change {row.target}, and add it again")
        raise UsageError(f"the text of {row.id} is its author's", f"kb note TEXT --on {row.id} says something of it")
    if not words:
        raise UsageError("a note needs a text", f"kb rm {row.id} takes it out")


def checked(store: Store, row: StoredSource, wish: Wish) -> SourceEdit:
    """What a person wants of a source, in the form that the store has.

    Raises:
        UsageError: a title, kind, date, address, citekey or author that cannot be one.
    """
    title, citekey = (None if one is None else squash(without(repair(one))) for one in (wish.title, wish.citekey))
    if title == "":
        raise UsageError("a source needs a title", "--as-imported title gives back the one it came with")
    if citekey is not None and citekey != row.citekey:
        _check_citekey(store, row, citekey)
    return SourceEdit(
        title=title,
        kind=_kind(row, wish.kind),
        published=_date(wish.date),
        url=_url(wish.url),
        citekey=citekey,
        authors=None if wish.authors is None else tuple(Author(name) for name in _names(wish.authors)),
        tagged=_tags(wish.tagged),
        untagged=_tags(wish.untagged),
        aliases=unique(wish.aliases),
        unaliased=unique(wish.unaliased),
    )


def _check_citekey(store: Store, row: StoredSource, citekey: str) -> None:
    if not citekey or any(sign.isspace() or sign in "{}[](),;@#%\\\"'" for sign in citekey):
        raise UsageError(f"{citekey!r} is no citekey", "letters, digits and signs such as - _ : . without blanks")
    if others := [one for one in named.by_citekey(store, citekey) if one.id != row.id]:
        raise UsageError(f"{citekey} is the citekey of {others[0].id}: {others[0].label}", "choose another")


def _kind(row: StoredSource, kind: str | None) -> SourceKind | None:
    if kind is None or (kind := squash(kind).lower()) == row.kind:
        return None
    known = [name for name in SOURCE_KINDS if name != "stub"]
    if kind not in known:
        raise UsageError(f"no kind {kind!r} of source", "one of: " + ", ".join(known))
    if row.kind == "stub":
        raise UsageError(f"{row.id} is only referred to so far: its kind comes with its text", "kb add brings it")
    return cast(SourceKind, kind)


def _date(date: str | None) -> str | None:
    if date is None or not date.strip():
        return None if date is None else ""
    if (found := dates.read(date, fraction=True)) is None:
        raise UsageError(f"{date!r} is no date", "2024-05-01, 2024-05, 2024, or 1 May 2024")
    return found


def _url(url: str | None) -> str | None:
    if url is None or not url.strip():
        return None if url is None else ""
    known = identity.of_target(url.strip())
    if known is None or not known.url or any(sign.isspace() for sign in url.strip()):
        raise UsageError(f"{url!r} is no address", "https://…")
    return known.url


def _names(authors: Sequence[str]) -> tuple[str, ...]:
    """Names, each once; several in one string have a semicolon between them."""
    return unique(squash(without(repair(name))) for given in authors for name in given.split(";"))


def _tags(names: Sequence[str]) -> tuple[str, ...]:
    """Tags as importers write them: without # and outer slashes."""
    return unique(tag(name) for name in names)


def tag(name: str) -> str:
    """A tag as importers write it: without #, blanks and slashes around it."""
    return squash(without(repair(name))).lstrip("#").strip("/ ")


def _check_once(back: Sequence[str], given: Sequence[str]) -> None:
    if both := [name for name in given if name in back or given_back.ALL in back]:
        raise UsageError(f"--as-imported {both[0]} takes back what is said of it", "leave one of them out")


def _options(names: Sequence[str]) -> str:
    return ", ".join(f"--{_OPTION.get(name, name)}" for name in names)
