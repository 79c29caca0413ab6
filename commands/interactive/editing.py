"""Sources and statements changed as text: in the person's editor, or in a file that they wrote."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from commands import output
from commands.home import reading, writing
from commands.interactive.editor import Buffer
from kb.errors import KbError

if TYPE_CHECKING:
    from kb.model.named import NamedKind
    from kb.sources.editing import Edited, Wish
    from kb.sources.own_words import Cut
    from kb.store.open import Store

_TRIES = 10  # of an editor that nobody sits at: a script that leaves the same fault again and again


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person wants of a source or statement, checked, and the file in which they typed it, where kb made one."""

    name: str
    kind: NamedKind
    wish: Wish
    buffer: Buffer | None = None

    @property
    def kept(self) -> str:
        """Where what they typed is, and what takes it from there."""
        path = self.buffer.path if self.buffer else "-"
        return f"what you typed is in {path}; kb edit {self.name} --from {path} takes it"


def by_hand(targets: Sequence[tuple[str, NamedKind]], cut: Cut, *, dry_run: bool) -> list[Edited]:
    """Open the editor on one source or statement after the other, and then change all of them, or none.

    Raises:
        KbError: the person gave up on one; what they typed is in the files that the error names.
    """
    typed: list[Typed] = []
    try:
        for name, kind in targets:
            if (one := _typed(name, kind, cut)) is not None:
                typed.append(one)
        edited = _written(typed, cut, dry_run=dry_run)
    except KbError as problem:
        told = [problem.hint, *(one.kept for one in typed)]
        if typed and "nothing was changed" not in f"{problem.message} {problem.hint}":
            told.insert(0, "nothing was changed")
        raise KbError(problem.message, "; ".join(filter(None, told)), exit_code=problem.exit_code) from problem
    for one in typed:
        if one.buffer is None:
            continue
        if dry_run:
            output.say(f"what you typed is in {one.buffer.path}")
        else:
            one.buffer.done()
    return edited


def _typed(name: str, kind: NamedKind, cut: Cut) -> Typed | None:
    """Open the editor on a source or statement, again while what it leaves cannot be; None where it changes nothing."""
    from notes.vault import edit_form

    with reading() as store:
        form, stem = _form(store, name, kind)
    buffer = Buffer(form, stem)
    last = form
    for tried in range(1, _TRIES + 1 if not sys.stdin.isatty() else sys.maxsize):
        left = buffer.edit()
        said = edit_form.without_problem(left)
        if left == form or edit_form.is_nothing(said):
            buffer.done()
            return None
        try:
            typed = Typed(name, kind, edit_form.wish(form, left), buffer)
            _written([typed], cut, dry_run=True)
        except KbError as problem:
            if said == last or tried == _TRIES:
                hint = f"what you typed is in {buffer.path}; kb edit {name} --from {buffer.path} takes it"
                raise KbError(problem.message, hint, exit_code=problem.exit_code) from problem
            last = said
            buffer.write(edit_form.with_problem(said, problem))
            continue
        if edit_form.is_unchanged(typed.wish):
            buffer.done()
            return None
        return typed
    return None


def from_file(name: str, kind: NamedKind, path: str, cut: Cut, *, dry_run: bool) -> list[Edited]:
    """The same of a form in a file, or on standard input (`-`).

    Raises:
        KbError: the file cannot be read, or what it says cannot be.
    """
    from notes.vault import edit_form

    try:
        said = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KbError(f"cannot read {path}: {error}", "name a text file") from error
    with reading() as store:
        form, _ = _form(store, name, kind)
    wish = edit_form.wish(form, said)
    return [] if edit_form.is_unchanged(wish) else _written([Typed(name, kind, wish)], cut, dry_run=dry_run)


def _form(store: Store, name: str, kind: NamedKind) -> tuple[str, str]:
    """The form of a source or statement, and a name for its file."""
    from kb.sources import own_words
    from kb.store import sources, statements
    from notes.vault import edit_form

    if kind == "statement":
        statement = statements.read(store, [name])[name]
        return edit_form.of_statement(statement, sources.titles(store, {m.source for m in statement.mentions})), name
    row = sources.stored(store, name)
    assert row is not None
    body = own_words.body(row) if own_words.is_own(row) else None
    source = sources.read(store, [name])[name]
    return edit_form.of_source(source, sources.aliases(store, row.rowid), body), name


def _written(typed: Sequence[Typed], cut: Cut, *, dry_run: bool) -> list[Edited]:
    """Change all that is wanted, or nothing; with `dry_run` see whether each of them can be."""
    from kb.sources import editing

    if not typed:
        return []
    if dry_run:
        with reading() as store:
            return [edited for one in typed for edited in editing.edit(store, [one.name], one.wish, cut, dry_run=True)]
    with writing() as store:
        return editing.edit_each(store, [(one.name, one.kind, one.wish) for one in typed], cut)
