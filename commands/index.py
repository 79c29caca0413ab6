"""`kb index`: vectors for what has none, and the index files."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import embedding, output
from commands.home import writing
from commands.options import Json
from commands.panels import KEEP

PANEL = KEEP


def command(
    rebuild: Annotated[bool, typer.Option(help="Make the index files anew from the stored vectors.")] = False,
    json: Json = False,
) -> None:
    """Embed what has no vector yet and bring the index files up to date.

    Passages embedded by an earlier version get what late interaction ranks by, unless that is set to off.

    Example: kb index --rebuild
    """
    import shutil

    from kb.model.json_form import json_object
    from kb.store.open import INDEX_NAME

    with writing() as store:
        if rebuild:
            shutil.rmtree(store.home / INDEX_NAME, ignore_errors=True)
        counts, stopped = embedding.update(store, words_too=True)
    embedding.end(stopped)
    if json:
        return output.as_json(counts)
    return output.text(", ".join(f"{name}: {value}" for name, value in json_object(counts).items()))
