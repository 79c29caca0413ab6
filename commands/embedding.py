"""Vectors for what lacks them, with a bar on the terminal; stopped by the person, it says what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import output, progress
from kb.errors import InterruptedRunError

if TYPE_CHECKING:
    from kb.store.open import Store
    from kb.suggest.update import Updated


def catch_up(store: Store) -> str:
    """Embed what came in and what an earlier run left undone. "" once that is done, else what is to be said."""
    from kb.suggest.update import is_current

    if is_current(store):
        return ""
    return update(store)[1]


def update(store: Store, *, words_too: bool = False) -> tuple[Updated | None, str]:
    """What was done and ""; or None, and what to say where Ctrl-C has stopped it.

    With `words_too` also the words of passages that were embedded without (`kb.vectors.embed.word_bits`).
    """
    from kb.suggest import update as following

    try:
        with progress.bar("embedding, tokens") as tell:
            return following.update(store, tell, words_too=words_too), ""
    except KeyboardInterrupt:
        left = following.left(store)
        what = f"{output.count(left, 'text')} {'is' if left == 1 else 'are'} not embedded yet"
        if not left:
            what = "all is embedded, but links by meaning are not up to date"
        return None, f"interrupted: {what}; what was done is kept, and the next kb add or kb index goes on"


def end(stopped: str) -> None:
    """Leave the command where the person stopped the embedding.

    Raises:
        InterruptedRunError: they did.
    """
    if stopped:
        raise InterruptedRunError(stopped)
