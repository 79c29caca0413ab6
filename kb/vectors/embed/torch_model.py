"""sentence-transformers, loaded offline and quietly. Importing it takes 4 to 5 seconds: only for what needs it.

It comes with the extra `models`; where that is not installed, `absent` says what to do.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from kb.errors import KbError
from kb.vectors.embed.model import Model, verify

Device = Literal["cpu", "cuda"]

OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TRANSFORMERS_VERBOSITY": "error",
    "TOKENIZERS_PARALLELISM": "false",
}


def absent(model: str) -> KbError:
    """The error for a model that needs the extra where that is not installed."""
    return KbError(
        f"the model {model} needs PyTorch and sentence-transformers, which are not installed",
        "pip install 'kb[models]', or go back to the default: kb config model --unset",
    )


@cache
def cuda() -> bool:
    """Whether there is an NVIDIA GPU that torch can use. Torch, slow to load, is asked only where there is a driver."""
    if not (Path("/dev/nvidiactl").exists() or shutil.which("nvidia-smi")):
        return False
    try:
        import torch
    except ImportError:
        return False
    return bool(torch.cuda.is_available())


@lru_cache(maxsize=2)
def load(model: Model, device: Device = "cpu") -> Any:
    """The `SentenceTransformer`, its weights verified.

    Raises:
        KbError: its files cannot be read, or are not the expected ones, or the extra `models` is not installed.
    """
    verify(model)
    os.environ.update(OFFLINE)
    try:
        with silenced():
            from sentence_transformers import SentenceTransformer

            # eager attention: the exporter's optimiser knows that form, and on a CPU it is no slower
            attention = {"attn_implementation": "eager"} if device == "cpu" else {}
            return SentenceTransformer(str(model.folder), device=device, local_files_only=True, model_kwargs=attention)
    except ImportError as error:
        raise absent(model.name) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise KbError(f"cannot load the model {model.name}: {error}", f"look into {model.folder}") from error


def prompts(loaded: Any) -> tuple[str, str]:
    """What the model wants in front of a query and in front of a document; mostly nothing."""
    known: dict[str, str] = loaded.prompts or {}
    default = known.get(loaded.default_prompt_name or "", "")
    query = known.get("query") or default
    document = known.get("document") or known.get("passage") or default
    return query, document


@contextmanager
def silenced() -> Iterator[None]:
    """Nothing of what libraries print reaches stdout or stderr, native code included."""
    sys.stdout.flush()
    sys.stderr.flush()
    saved = os.dup(1), os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    before = logging.root.manager.disable
    logging.disable(logging.ERROR)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    # tqdm and warnings write to sys.stderr, which need not be descriptor 2
    streams = sys.stdout, sys.stderr
    try:
        with open(os.devnull, "w", encoding="utf-8") as sink, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sys.stdout = sys.stderr = sink
            try:
                yield
            finally:
                sys.stdout, sys.stderr = streams
    finally:
        os.dup2(saved[0], 1)
        os.dup2(saved[1], 2)
        for descriptor in (*saved, nowhere):
            os.close(descriptor)
        logging.disable(before)
