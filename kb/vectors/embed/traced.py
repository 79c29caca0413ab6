"""The graph of any model as PyTorch traces it: for what `bert_graph` cannot write. Needs the extra `models`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kb.vectors.embed import precision, torch_model
from kb.vectors.embed.encoder import GRAPH, TOKENIZER, TOKENS, VECTOR, WEIGHTS, Encoder
from kb.vectors.embed.export_facts import SAMPLES, described, differs, sizes, write_facts
from kb.vectors.embed.model import Model
from kb.vectors.embed.precision import Precision
from kb.vectors.embed.quantised import quantise

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def fill(part: Path, model: Model, wanted: Precision) -> str:
    """Fill the folder from what torch traces; returns why it could not be done, or nothing."""
    loaded = torch_model.load(model)
    query, document = torch_model.prompts(loaded)
    known = described(model, wanted, query, document)
    reason = "no way to export it"
    for fuse in (True, False):
        try:
            with torch_model.silenced():
                known["inputs"], known["outputs"] = _trace(loaded, part / "traced.onnx")
                _optimise(loaded, part, fuse)
                _save_tokenizer(loaded, part / TOKENIZER)
                if wanted == "int8":
                    quantise(part, precision.largest_byte())
            (part / "traced.onnx").unlink()
            known["files"] = sizes(part)
            write_facts(part, known)
            reason = _difference(loaded, Encoder(part), document, wanted)
            if not reason:
                return ""
        except ImportError as error:
            reason = f"the package {error.name or 'onnx'} is not installed"
            break
        except Exception as error:  # an exporter fails on an unknown architecture in any way it likes
            reason = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"[:200]
    write_facts(part, known | {"files": {}, "reason": reason})
    return reason


def _trace(loaded: Any, path: Path) -> tuple[list[str], list[str]]:
    """Write the graph of tokens to vector as torch sees it; returns the names of its inputs and of its outputs."""
    import torch

    class Whole(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.chain = loaded

        def forward(self, *values: Any) -> Any:
            features = dict(zip(names, values, strict=True))
            for module in self.chain:
                features = module(features)
            vector = torch.nn.functional.normalize(features["sentence_embedding"], p=2, dim=1)
            # a state a token: of what reads no tokens one by one, or makes one of several, there are none
            if getattr(features.get("token_embeddings"), "shape", ())[:2] == values[0].shape[:2]:
                outputs[:] = [VECTOR, TOKENS]
                return vector, features["token_embeddings"]
            return vector

    tokens = loaded.tokenizer(["a few words to trace", "two"], padding=True, return_tensors="pt")
    names = [name for name in _INPUTS if name in tokens]
    outputs = [VECTOR]
    axes = {name: {0: "batch", 1: "length"} for name in (*names, TOKENS)} | {VECTOR: {0: "batch"}}
    with torch.no_grad():
        whole = Whole().eval()
        whole(*(tokens[name] for name in names))  # says which outputs there are
        torch.onnx.export(
            whole,
            tuple(tokens[name] for name in names),
            str(path),
            input_names=names,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
    return names, outputs


def _optimise(loaded: Any, part: Path, fuse: bool) -> None:
    """Fuse what can be fused, optimise for a CPU, and save graph and weights apart."""
    import onnxruntime

    graph = part / "traced.onnx"
    settings: Any = getattr(getattr(loaded[0], "auto_model", None), "config", None)
    if fuse and getattr(settings, "model_type", "") == "bert":
        from onnxruntime.transformers.optimizer import optimize_model

        fused = optimize_model(
            str(graph),
            model_type="bert",
            num_heads=settings.num_attention_heads,
            hidden_size=settings.hidden_size,
            opt_level=0,
        )
        fused.save_model_to_file(str(graph))
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.optimized_model_filepath = str(part / GRAPH)
    options.log_severity_level = 4
    options.add_session_config_entry("session.optimized_model_external_initializers_file_name", WEIGHTS)
    options.add_session_config_entry("session.optimized_model_external_initializers_min_size_in_bytes", "1024")
    onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def _save_tokenizer(loaded: Any, path: Path) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(loaded.tokenizer.backend_tokenizer.to_str())
    tokenizer.no_padding()
    tokenizer.enable_truncation(loaded.max_seq_length)
    tokenizer.save(str(path))


def _difference(loaded: Any, encoder: Encoder, prompt: str, wanted: Precision) -> str:
    """How the vectors differ from those of sentence-transformers, over samples short and long, or nothing."""
    import numpy as np

    with torch_model.silenced():
        expected = loaded.encode(
            [prompt + text for text in SAMPLES],
            prompt="",
            normalize_embeddings=True,
            show_progress_bar=False,
        )
    found = np.stack([encoder.encode_document(text) for text in SAMPLES])
    return differs(found, expected, wanted)
