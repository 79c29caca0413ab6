"""A BERT in a sentence-transformers folder, read with numpy alone: its settings, weights, prompts and tokeniser.

Only what `kb.vectors.embed.bert_graph` can build is taken for one; any other model needs torch (the extra `models`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Weights = Mapping[str, NDArray[np.float32]]
    """By their names in the file, without a `bert.` in front. Linear layers are (out, in), as torch keeps them."""

_MODULES = ("Transformer", "Pooling", "Normalize")
_PARTS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "attention.output.LayerNorm",
    "intermediate.dense",
    "output.dense",
    "output.LayerNorm",
)
_LONGEST_HEADER = 100_000_000  # bytes; the safetensors format allows no more


@dataclass(frozen=True, slots=True)
class Bert:
    """What the graph of a BERT is built from. `limit` is the most tokens a text may have, special ones included."""

    folder: Path
    layers: int
    heads: int
    epsilon: float
    limit: int
    query_prompt: str
    document_prompt: str


def read(folder: Path) -> Bert | None:
    """The BERT in the folder; None where it is anything else, or does more than mean pooling and normalising."""
    try:
        settings, modules = _json(folder / "config.json"), _json(folder / "modules.json")
        around = _json(folder / "sentence_bert_config.json")
        pooling = _json(folder / modules[1]["path"] / "config.json")
        limit = _limit(around, _json(folder / "tokenizer_config.json"), settings)
        prompts = folder / "config_sentence_transformers.json"
        query, document = _prompts(_json(prompts) if prompts.is_file() else {})
        plain = (
            tuple(module["type"].rpartition(".")[2] for module in modules) == _MODULES
            and modules[0]["path"] == ""
            and settings["model_type"] == "bert"
            and settings["hidden_act"] == "gelu"
            and settings.get("position_embedding_type", "absolute") == "absolute"
            and not settings.get("is_decoder")
            and _is_mean(pooling)
            and not around.get("do_lower_case")
            and limit <= settings["max_position_embeddings"]
            and (folder / "tokenizer.json").is_file()
        )
        if not plain:
            return None
        found = Bert(
            folder,
            layers=settings["num_hidden_layers"],
            heads=settings["num_attention_heads"],
            epsilon=settings["layer_norm_eps"],
            limit=limit,
            query_prompt=query,
            document_prompt=document,
        )
        return found if names(found) <= set(weights(found)) else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError):  # another layout: not for this way
        return None


def names(bert: Bert) -> set[str]:
    """The names of the weights that a BERT of so many layers has."""
    stems = [f"encoder.layer.{i}.{part}" for i in range(bert.layers) for part in _PARTS] + ["embeddings.LayerNorm"]
    tables = {f"embeddings.{table}_embeddings.weight" for table in ("word", "position", "token_type")}
    return tables | {f"{stem}.{kind}" for stem in stems for kind in ("weight", "bias")}


def weights(bert: Bert) -> Weights:
    """The single-precision weights in `model.safetensors`, mapped, not read.

    Raises:
        OSError, ValueError: the file is missing, or is no such file.
    """
    import numpy as np

    path = bert.folder / "model.safetensors"
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if length > _LONGEST_HEADER:
            raise ValueError(f"{path} is no safetensors file")
        header: dict[str, Any] = json.loads(file.read(length))
    whole = np.memmap(path, dtype=np.uint8, mode="r", offset=8 + length)
    found: dict[str, NDArray[np.float32]] = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = entry["data_offsets"]
            values = np.frombuffer(whole[start:end], dtype="<f4").reshape(entry["shape"])
            found[name.removeprefix("bert.")] = values
    return found


def save_tokenizer(bert: Bert, path: Path) -> None:
    """The folder's tokeniser, cutting texts at the limit and padding none."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(bert.folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(bert.limit)
    tokenizer.save(str(path))


def _limit(around: Mapping[str, Any], tokens: Mapping[str, Any], settings: Mapping[str, Any]) -> int:
    """The most tokens, which newer versions write down with the tokeniser."""
    stated = around.get("max_seq_length")
    return int(stated or min(tokens["model_max_length"], settings["max_position_embeddings"]))


def _is_mean(pooling: Mapping[str, Any]) -> bool:
    """Whether it is the mean over all tokens and nothing else, in either spelling of that setting."""
    if "pooling_mode" in pooling:
        mean = pooling["pooling_mode"] in ("mean", ["mean"])
    else:
        mean = [key for key, value in pooling.items() if key.startswith("pooling_mode_") and value] == [
            "pooling_mode_mean_tokens"
        ]
    return mean and pooling.get("include_prompt", True) is True


def _prompts(settings: Mapping[str, Any]) -> tuple[str, str]:
    """What goes in front of a query and of a document, as `kb.vectors.embed.torch_model.prompts` finds it."""
    known = settings.get("prompts") or {}
    default = known.get(settings.get("default_prompt_name") or "", "")
    return known.get("query") or default, known.get("document") or known.get("passage") or default


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
