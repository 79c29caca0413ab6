"""A query to its vector: with the export, else by making it, else, slowly, with sentence-transformers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import KbError, notify
from kb.text.strings import without_surrogates
from kb.vectors.embed.encoder import Encoded, encoder, export_folder, facts, vector_alone
from kb.vectors.embed.model import name_in

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def embed_query(text: str, home: Path, fingerprint: str) -> NDArray[np.float32]:
    """The vector alone of what `read_query` reads."""
    return read_query(text, home, fingerprint).vector


def read_query(text: str, home: Path, fingerprint: str) -> Encoded:
    """The vector of a query under the model that made the store's vectors, and the states of its tokens.

    Without a usable export it is made again, if that needs no torch, else sentence-transformers does without; either
    takes a while, gives no tokens, and a notice says so. `home` is where the export lies if not in the user's cache.

    Raises:
        KbError: the model is not on this machine, or no longer the one that made the vectors.
    """
    text = without_surrogates(text)
    try:
        return encoder(export_folder(fingerprint, home)).read_query(text)
    except (ValueError, ImportError):
        return _slowly(text, home, fingerprint)


def _slowly(text: str, home: Path, fingerprint: str) -> Encoded:
    from kb.vectors.embed import bert_folder, export, torch_model
    from kb.vectors.embed.model import resolve

    model = resolve(name_in(fingerprint))
    if model.fingerprint != fingerprint:
        raise KbError(f"the model {model.name} has changed since the texts were embedded", "run `kb index`")
    tried = facts(export_folder(fingerprint, home))
    if bert_folder.read(model.folder) and not (tried and not tried["files"]):
        notify("the fast form of the model is missing; making it again, which takes a second or two")
        if made := export.ready(model, home):
            return made.read_query(text)
        tried = facts(export_folder(fingerprint, home))
    cure = f"there is none: {tried['reason']}" if tried and not tried["files"] else "`kb index` makes it"
    notify(f"the fast form of the model is missing, so this takes seconds; {cure}")
    loaded = torch_model.load(model)
    with torch_model.silenced():
        vector: NDArray[np.float32] = loaded.encode(
            torch_model.prompts(loaded)[0] + text,
            prompt="",
            normalize_embeddings=True,
            show_progress_bar=False,
        )
    return vector_alone(vector)
