"""The same BERT once more, slowly and in plain numpy: what its graph is checked against where there is no torch.

It shares nothing with the graph but the weights. `make test` compares both with sentence-transformers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.vectors.embed import bert_folder
from kb.vectors.embed.bert_folder import Bert

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float32]


def vector(bert: Bert, tokens: Sequence[int], types: Sequence[int]) -> Array:
    """The vector of one text, shape (d,), of length 1, from its token ids and segment ids."""
    import numpy as np

    values = bert_folder.weights(bert)

    def linear(name: str, state: Array) -> Array:
        made: Array = state @ values[f"{name}.weight"].T + values[f"{name}.bias"]
        return made

    def normal(name: str, state: Array) -> Array:
        centred = state - state.mean(axis=-1, keepdims=True)
        scale = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + bert.epsilon)
        made: Array = (centred / scale) * values[f"{name}.weight"] + values[f"{name}.bias"]
        return made

    def heads(name: str, state: Array) -> Array:
        return linear(name, state).reshape(len(tokens), bert.heads, -1).transpose(1, 0, 2)

    def table(name: str) -> Array:
        return values[f"embeddings.{name}_embeddings.weight"]

    embedded = table("word")[list(tokens)] + table("position")[: len(tokens)] + table("token_type")[list(types)]
    state = normal("embeddings.LayerNorm", embedded)
    for i in range(bert.layers):
        layer = f"encoder.layer.{i}"
        query, key, value = (heads(f"{layer}.attention.self.{name}", state) for name in ("query", "key", "value"))
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1])
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        seen = (shares @ value).transpose(1, 0, 2).reshape(state.shape)
        state = normal(f"{layer}.attention.output.LayerNorm", state + linear(f"{layer}.attention.output.dense", seen))
        wide = _gelu(linear(f"{layer}.intermediate.dense", state))
        state = normal(f"{layer}.output.LayerNorm", state + linear(f"{layer}.output.dense", wide))
    mean: Array = state.mean(axis=0)
    unit: Array = mean / np.linalg.norm(mean)
    return unit


def _gelu(x: Array) -> Array:
    import numpy as np

    erf = np.fromiter((math.erf(v) for v in (x / math.sqrt(2)).ravel()), dtype=np.float32, count=x.size)
    made: Array = x * (1 + erf.reshape(x.shape)) * np.float32(0.5)
    return made
