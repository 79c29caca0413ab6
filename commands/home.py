"""The home that a command works on, and its store, opened to read or to write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.store.open import Store, Unit


@dataclass
class Settings:
    """Options before the verb."""

    home: Path | None = None
    debug: bool = False
    pager: bool = True  # long output may go to a pager
    words: str = ""  # the command as it was typed
    unit: Unit | None = None  # what it has written so far
    run: Callable[[list[str]], int] | None = None  # does another command line


SETTINGS = Settings()


def home() -> Path:
    """The home that the options, the environment or the platform give."""
    from kb.store.open import default_home

    return SETTINGS.home or default_home()


def reading() -> Store:
    """The store for reading only, to be used in a with statement."""
    from kb.store.open import open_reader

    return open_reader(home())


def writing(*, alone: bool = False) -> Store:
    """The store, made where there is none, to be used in a with statement. What a command writes is undone as one.

    Raises:
        KbError: it is to be written `alone`, and another command is writing too.
    """
    from kb.store import turns
    from kb.store.open import Unit, open_store

    if SETTINGS.unit is None:
        SETTINGS.unit = Unit(SETTINGS.words)
    store = open_store(home(), SETTINGS.unit)
    try:
        store.held.enter_context((turns.alone if alone else turns.writing)(home()))
    except BaseException:  # Ctrl-C while it waits for its turn, too
        store.close()
        raise
    return store
