"""Sources and statements changed as text: in the person's editor, or in a file that they wrote."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from commands import output
from commands.home import reading, writing
from commands.interactive.editor import Buffer
from kb.errors import KbError

if TYPE_CHECKING:
    from kb.model.named import NamedKind
    from kb.sources.editing import Edited
    from kb.sources.own_words import Cut
    from kb.store.open import Store

_TRIES = 10  # of an editor that nobody sits at: a script that leaves the same fault again and again


def by_hand(name: str, kind: NamedKind, cut: Cut, *, dry_run: bool) -> list[Edited]:
    """Open the editor on a source or statement, again while what it leaves cannot be; [] where it changes nothing.

    Raises:
        KbError: the person gave up; what they typed is in the file that the error names.
    """
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
            return []
        try:
            edited = _taken(form, left, name, cut, dry_run=dry_run)
        except KbError as problem:
            if said == last or tried == _TRIES:
                hint = f"what you typed is in {buffer.path}; kb edit {name} --from {buffer.path} takes it"
                raise KbError(problem.message, hint, exit_code=problem.exit_code) from problem
            last = said
            buffer.write(edit_form.with_problem(said, problem))
            continue
        if not dry_run:
            buffer.done()
        else:
            output.say(f"what you typed is in {buffer.path}")
        return edited
    return []


def from_file(name: str, kind: NamedKind, path: str, cut: Cut, *, dry_run: bool) -> list[Edited]:
    """The same of a form in a file, or on standard input (`-`).

    Raises:
        KbError: the file cannot be read, or what it says cannot be.
    """
    try:
        said = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KbError(f"cannot read {path}: {error}", "name a text file") from error
    with reading() as store:
        form, _ = _form(store, name, kind)
    return _taken(form, said, name, cut, dry_run=dry_run)


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


def _taken(form: str, said: str, name: str, cut: Cut, *, dry_run: bool) -> list[Edited]:
    from kb.sources import editing
    from notes.vault import edit_form

    wish = edit_form.wish(form, said)
    if edit_form.is_unchanged(wish):
        return []
    with reading() if dry_run else writing() as store:
        return editing.edit(store, [name], wish, cut, dry_run=dry_run)
