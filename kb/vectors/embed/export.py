"""The model as an ONNX graph, made once a user: what lets a query start in 0.2 s instead of 5.

The graph of a plain BERT, the default model among them, is written from its weights without torch
(`bert_graph`), and checked against the same network in numpy. For any other model torch traces the whole
chain of modules (transformer, pooling, normalising), onnxruntime's own optimiser fuses what it can, and the result is
saved with its weights in a file beside it. An export whose vectors differ by more than 1e-5 is thrown away, and so is
one in int8 that is less than .95 alike.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from kb.errors import KbError, notify
from kb.text import files
from kb.vectors.embed import bert_folder, precision, traced
from kb.vectors.embed.bert_folder import Bert
from kb.vectors.embed.encoder import (
    GRAPH,
    TOKENIZER,
    TOKENS,
    VECTOR,
    WEIGHTS,
    Encoder,
    encoder,
    export_folders,
    facts,
)
from kb.vectors.embed.export_facts import SAMPLES, described, differs, sizes, write_facts
from kb.vectors.embed.model import Model, verify
from kb.vectors.embed.precision import Precision

_STALE_S = 3600.0
_SHORT_SAMPLES = SAMPLES[:3]  # numpy takes a tenth of a second for each


def ensure(model: Model, home: Path | None = None, wanted: Precision | None = None) -> Path | None:
    """The folder of the export, made unless it is there: in the user's cache, else, if that fails, in the home.

    It runs in the precision `wanted`, by default the one that the home wants; where the model does not bear that, in
    single precision. None where this model cannot be exported; a notice says why.

    Raises:
        KbError: the model cannot be loaded, or no folder be written.
    """
    wanted = wanted or precision.wanted(home)
    if wanted == "int8" and (folder := _ensured(model, home, wanted)):
        return folder
    return _ensured(model, home, "float32")


def _ensured(model: Model, home: Path | None, wanted: Precision) -> Path | None:
    problem = ""
    for folder in export_folders(model.fingerprint, home, wanted):
        known = facts(folder)
        if known is not None:
            return folder if known["files"] else None
        try:
            if problem:
                notify(f"the cache cannot be written ({problem}); the model goes to {folder}")
            return folder if _make(folder, model, wanted) else None
        except OSError as error:
            problem = str(error)
    raise KbError(
        f"there is no place for the fast form of the model: {problem}",
        "set KB_CACHE to a folder that can be written",
    )


def ready(model: Model, home: Path | None = None) -> Encoder | None:
    """The encoder of the export, made where it is missing and made again where it cannot be read.

    None where this model cannot be exported.

    Raises:
        KbError: see `ensure`.
    """
    problem = ""
    for _ in range(2):
        folder = ensure(model, home)
        if folder is None:
            return None
        try:
            return encoder(folder)
        except ValueError as error:
            problem = str(error)
            shutil.rmtree(folder, ignore_errors=True)
    raise KbError(problem, "remove that folder, or set KB_CACHE to another")


def forget_old(home: Path, kept: Path | None) -> None:
    """Remove the exports that lie in the home from the time before there was a cache, or under another model."""
    if kept is None or kept.parent == home / "index":
        return
    for path in (home / "index").glob("model-*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)


def _make(folder: Path, model: Model, wanted: Precision) -> bool:
    """Put an export, or the reason why there is none, in its place. Another process may be faster."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder.parent)
    if folder.exists() and facts(folder) is None:
        shutil.rmtree(folder)
    try:
        with files.new_folder(folder) as part:
            reason = _export(part, model, wanted)
            if reason and wanted == "int8":
                notify(f"{model.name} does not run in int8 ({reason}); it runs in float32")
            elif reason:
                notify(f"{model.name} has no fast form ({reason}); queries load it whole, which takes seconds")
    except OSError:
        if (known := facts(folder)) is None:
            raise
        return bool(known["files"])
    return not reason


def _export(part: Path, model: Model, wanted: Precision) -> str:
    """Fill the folder; returns why it could not be done, or nothing."""
    bert = bert_folder.read(model.folder)
    if bert:
        reason = _write_bert(bert, part, model, wanted)
        if not reason:
            return ""
        if wanted == "int8":
            write_facts(part, described(model, wanted, "", "") | {"files": {}, "reason": reason})
            return reason
        notify(f"the graph of {model.name} is not to be used here ({reason}); trying with PyTorch")
    return traced.fill(part, model, wanted)


def _write_bert(bert: Bert, part: Path, model: Model, wanted: Precision) -> str:
    """Fill the folder without torch; returns why the result cannot be used, or nothing."""
    import numpy as np

    from kb.vectors.embed import bert_graph, bert_numpy

    verify(model)
    try:
        largest = precision.largest_byte() if wanted == "int8" else 0
        bert_graph.write(bert, part / GRAPH, part / WEIGHTS, largest)
        bert_folder.save_tokenizer(bert, part / TOKENIZER)
        known = described(model, wanted, bert.query_prompt, bert.document_prompt)
        known |= {"inputs": bert_graph.INPUTS, "outputs": (VECTOR, TOKENS)}
        write_facts(part, known | {"files": sizes(part)})
        made = Encoder(part)
        expected = np.stack([bert_numpy.vector(bert, *made.tokens(text)) for text in _SHORT_SAMPLES])
        return differs(np.stack([made.encode(text) for text in _SHORT_SAMPLES]), expected, wanted)
    except OSError:
        raise
    except Exception as error:  # shapes that do not fit, a tokeniser that is none, an onnxruntime without the operators
        return f"{type(error).__name__}: {error}"[:200]


def _sweep(parent: Path) -> None:
    """Remove what an export that was killed left behind."""
    for path in files.leftovers(parent, "model-*"):
        if time.time() - path.stat().st_mtime > _STALE_S:
            shutil.rmtree(path, ignore_errors=True)
