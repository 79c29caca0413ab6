"""Which of several sources that are the same stays, and which are joined to it."""

from __future__ import annotations

from collections.abc import Sequence

from kb.errors import UsageError, notify
from kb.sources import merging, resolve
from kb.store import sources
from kb.store.open import Store
from kb.text.strings import clip


def chosen(store: Store, refs: Sequence[str], into: str | None, agree: resolve.Agree) -> tuple[str, list[str]]:
    """Which of these sources stays, and which are joined to it: the first stays, or the one named `into`.

    One without a text, a stub above all, does not stay before one that has a text. `agree` is asked about a REF that
    means something by mere words.

    Raises:
        NotFoundError: a REF names nothing, or several things. UsageError: they cannot be one.
    """
    names = [resolve.agreed(store, ref, agree, "source").id for ref in refs]
    kept = resolve.agreed(store, into, agree, "source").id if into else names[0]
    if into and kept in names:
        names = [name for name in names if name != kept]
    elif not into:
        names = names[1:]
    if not names:
        raise UsageError("one source alone is joined to nothing", "kb merge REF REF: the first one stays")
    rows = {name: row for name in (kept, *names) if (row := sources.stored(store, name)) is not None}
    told = next((name for name in names if rows[name].text), None)
    if not rows[kept].text and told:
        if into:
            raise UsageError(f"{kept} has no text, {told} has", f"kb merge {told} {kept}")
        notify(f"{told} has the text, so it stays: {clip(rows[told].title, 70)}")
        names = [kept if name == told else name for name in names]
        kept = told
    for name in names:
        merging.refuse(store, kept, name)
    return kept, list(dict.fromkeys(names))
