"""An exported model, fast from a cold start: onnxruntime, tokenizers and numpy, nothing else.

The export (`kb.vectors.embed.export`) is a folder with the graph, its weights beside it so that they are mapped
instead of parsed, the tokeniser, and `export.json` that says what it was made from.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from kb.text.strings import digest
from kb.vectors.embed import precision
from kb.vectors.embed.precision import Precision

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FACTS = "export.json"
GRAPH = "model.onnx"
WEIGHTS = "model.bin"
TOKENIZER = "tokenizer.json"
VECTOR, TOKENS = "vector", "tokens"
"""The outputs of the graph: the text's vector, and the states of the last layer. Some models have no second one."""
FORMAT = 4
"""Of the export. One of another format is made again."""


def cache_folder() -> Path:
    """KB_CACHE, else the platform's folder for what a user's programs can make again."""
    if folder := os.environ.get("KB_CACHE"):
        return Path(folder).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("kb", appauthor=False)


def export_folders(fingerprint: str, home: Path | None, wanted: Precision) -> list[Path]:
    """Where the export of a model may live: in the user's cache or, if that cannot be written, in the home."""
    kind = f"-int8-{precision.largest_byte()}" if wanted == "int8" else ""  # a cache may serve two kinds of processor
    name = f"model-{digest(fingerprint)[:12]}{kind}"
    return [cache_folder() / name, *([home / "index" / name] if home else [])]


def export_folder(fingerprint: str, home: Path | None = None) -> Path:
    """The export to run: in the precision that the home wants, else, where that is missing, in single precision.

    Where there is neither, the place of the first, or of what says why there is none.
    """
    kinds: list[Precision] = [precision.wanted(home), "float32"]
    folders = list(dict.fromkeys(folder for kind in kinds for folder in export_folders(fingerprint, home, kind)))
    found = {folder: known for folder in folders if (known := facts(folder)) is not None}
    usable = [folder for folder, known in found.items() if known["files"]]
    return [*usable, *reversed(found), folders[0]][0]


def precision_of(fingerprint: str, home: Path | None = None) -> Precision:
    """In which numbers the model runs for the home: what it wants, unless the model does not bear that."""
    known = facts(export_folder(fingerprint, home))
    found: Precision = known["precision"] if known else precision.wanted(home)
    return found


def facts(folder: Path) -> dict[str, Any] | None:
    """What `export.json` says, if every file is there in full, or why there are none; None otherwise."""
    try:
        known: dict[str, Any] = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        if known["format"] != FORMAT:
            return None
        files = known["files"]
        whole = all((folder / name).stat().st_size == size for name, size in files.items())
        needed = {"precision", "inputs", "outputs", "query_prompt", "document_prompt"} if files else {"reason"}
        whole &= needed <= known.keys() and (not files or {GRAPH, WEIGHTS, TOKENIZER} <= files.keys())
    except (OSError, ValueError, KeyError, AttributeError, TypeError):  # not there, or not such a file
        return None
    return known if whole else None


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text's vector, shape (d,), of length 1, and of each of its tokens the last layer's state, shape (t, d).

    `offsets`, shape (t, 2), has where in the text a token begins and ends, in characters. Special tokens and the
    tokens of a prompt are left out, and so is what the model does not read of a long text. Of a model that gives no
    states there are no tokens.
    """

    vector: NDArray[np.float32]
    tokens: NDArray[np.float32]
    offsets: NDArray[np.int32]


def vector_alone(vector: NDArray[np.float32]) -> Encoded:
    """What is known of a text where there are no states of its tokens."""
    import numpy as np

    return Encoded(vector, np.zeros((0, len(vector)), dtype=np.float32), np.zeros((0, 2), dtype=np.int32))


class Encoder:
    """An exported model, ready to run. Safe to use from several threads; each call uses one core.

    Raises:
        ValueError: the export is missing, incomplete or unreadable.
    """

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        known = facts(folder)
        if not known or not known["files"]:
            raise ValueError(f"no complete export in {folder}")
        self.facts: Mapping[str, Any] = known
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # done at export
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        except Exception as error:  # the two libraries raise classes of their own that share no base
            raise ValueError(f"the export in {folder} cannot be read: {error}") from error

    @property
    def gives_tokens(self) -> bool:
        """Whether there are states of tokens beside a text's vector."""
        return TOKENS in self.facts["outputs"]

    def encode(self, text: str, prompt: str = "") -> NDArray[np.float32]:
        """The vector of one text, shape (d,), of length 1."""
        vector: NDArray[np.float32] = self._run(self._tokenizer.encode(prompt + text.strip()), [VECTOR])[0]
        return vector

    def encode_with_tokens(self, text: str, prompt: str = "") -> Encoded:
        """The vector of one text and the states of its tokens, in one pass."""
        import numpy as np

        tokens = self._tokenizer.encode(prompt + text.strip())
        if not self.gives_tokens:
            return vector_alone(self._run(tokens, [VECTOR])[0])
        vector, states = self._run(tokens, [VECTOR, TOKENS])
        offsets = np.array(tokens.offsets, dtype=np.int32).reshape(-1, 2) - len(prompt)
        said = (np.array(tokens.special_tokens_mask) == 0) & (offsets[:, 1] > 0)
        offsets = np.maximum(offsets[said], 0) + (len(text) - len(text.lstrip()))
        return Encoded(vector, states[said], offsets)

    def _run(self, tokens: Any, outputs: list[str]) -> list[NDArray[np.float32]]:
        """These outputs for one text, without the dimension of the batch."""
        import numpy as np

        values = {
            "input_ids": tokens.ids,
            "attention_mask": tokens.attention_mask,
            "token_type_ids": tokens.type_ids,
        }
        feed = {name: np.array([values[name]], dtype=np.int64) for name in self.facts["inputs"]}
        return [found[0] for found in self._session.run(outputs, feed)]

    def tokens(self, text: str) -> tuple[list[int], list[int]]:
        """The token ids of a text and their segment ids, special tokens included."""
        tokens = self._tokenizer.encode(text.strip())
        return tokens.ids, tokens.type_ids

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """The vector of a query; some models want other words in front of it than in front of a document."""
        return self.encode(text, self.facts["query_prompt"])

    def encode_document(self, text: str) -> NDArray[np.float32]:
        return self.encode(text, self.facts["document_prompt"])

    def read_query(self, text: str) -> Encoded:
        """The vector of a query, and the states of its tokens."""
        return self.encode_with_tokens(text, self.facts["query_prompt"])

    def read_document(self, text: str) -> Encoded:
        return self.encode_with_tokens(text, self.facts["document_prompt"])


def encoder(folder: Path) -> Encoder:
    """The encoder of an export, kept for the life of the process. Of threads that ask at once, one makes it."""
    with _making:
        return _encoder(folder)


@lru_cache(maxsize=2)
def _encoder(folder: Path) -> Encoder:
    return Encoder(folder)


_making = Lock()
