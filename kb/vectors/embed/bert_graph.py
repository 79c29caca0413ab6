"""The ONNX graph of a BERT with mean pooling, written from its weights without torch, in a second.

It takes one text at a time. Attention and GELU are fused operators of onnxruntime (domain com.microsoft), GELU the
exact one, with the error function; sums and norms are single ones, since the fused `SkipLayerNormalization` takes five
times as long as these. With `largest_byte` the linear layers multiply bytes: their weights become bytes here, with a
scale for each column, the states while it runs, with one scale for all of a text or, where that loses much, a token.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.vectors.embed import bert_folder
from kb.vectors.embed.bert_folder import Bert
from kb.vectors.embed.encoder import TOKENS, VECTOR

if TYPE_CHECKING:
    import onnx
    from numpy.typing import NDArray

INPUTS = ("input_ids", "token_type_ids")
_OPSET, _IR_VERSION = 17, 8  # old enough for every onnxruntime that we allow
_FUSED = "com.microsoft"
_OPERATORS = {"Attention", "QAttention", "DynamicQuantizeMatMul", "Gelu"}  # of that domain
_ALIGNED = 4096  # bytes: each tensor begins a page of the file, so that it is mapped as it lies
_INLINE = 1024  # bytes; smaller tensors stay in the graph


def write(bert: Bert, graph: Path, weights: Path, largest_byte: int = 0) -> None:
    """Write the graph and, beside it, its weights.

    Inputs are (1, length); outputs `vector`, (1, d), and `tokens`, the states of the last layer, (1, length, d). With
    `largest_byte` (127, or 63 for processors that would overflow) the weights of linear layers are bytes up to that.

    Raises:
        OSError: the files cannot be written, or the weights not be read.
    """
    from onnx import TensorProto, helper

    values = bert_folder.weights(bert)
    width = values["embeddings.word_embeddings.weight"].shape[1]
    with weights.open("wb") as file:
        chain = _Chain(values, file, weights.name, largest_byte)
        chain.layers(bert)
        chain.vector()
    made = helper.make_model(
        helper.make_graph(
            chain.nodes,
            "bert",
            [helper.make_tensor_value_info(name, TensorProto.INT64, [1, "length"]) for name in INPUTS],
            [
                helper.make_tensor_value_info(VECTOR, TensorProto.FLOAT, [1, width]),
                helper.make_tensor_value_info(TOKENS, TensorProto.FLOAT, [1, "length", width]),
            ],
            chain.tensors,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)],
        ir_version=_IR_VERSION,
        producer_name="kb",
    )
    graph.write_bytes(made.SerializeToString())


class _Chain:
    """Nodes and tensors as they come; the data of large tensors goes to the file at once."""

    def __init__(self, values: bert_folder.Weights, file: Any, location: str, largest_byte: int) -> None:
        import numpy as np

        self.nodes: list[onnx.NodeProto] = []
        self.tensors: list[onnx.TensorProto] = []
        self._values, self._file, self._location, self._largest = values, file, location, largest_byte
        self._least = self._constant("least", np.array(1e-12, dtype=np.float32))

    def layers(self, bert: Bert) -> None:
        """Tokens to the states of the last layer, `TOKENS`, (1, length, d)."""
        import numpy as np

        words, places, types = (
            self._tensor(name, self._values[name])
            for name in (f"embeddings.{kind}_embeddings.weight" for kind in ("word", "position", "token_type"))
        )
        first = self._constant("first", np.array([0]))
        self._add("Gather", [words, "input_ids"], "of_words")
        self._add("Gather", [types, "token_type_ids"], "of_types")
        self._add("Shape", ["input_ids"], "length", start=1)
        self._add("Slice", [places, first, "length", first], "of_places")
        self._add("Add", ["of_words", "of_types"], "of_both")
        self._add("Add", ["of_both", "of_places"], "of_all")
        state = self._normal("embeddings.LayerNorm", "of_all", "embedded", bert)
        for i in range(bert.layers):
            layer = f"encoder.layer.{i}"
            state = self._attention(layer, state, bert)
            state = self._feed_forward(layer, state, TOKENS if i == bert.layers - 1 else f"{layer}.state", bert)

    def vector(self) -> None:
        """The mean of the states, of length 1."""
        self._add("ReduceMean", [TOKENS], "mean", axes=[1], keepdims=0)
        self._add("ReduceL2", ["mean"], "length_of_mean", axes=[-1], keepdims=1)
        self._add("Clip", ["length_of_mean", self._least], "divisor")
        self._add("Div", ["mean", "divisor"], VECTOR)

    def _attention(self, layer: str, state: str, bert: Bert) -> str:
        import numpy as np

        parts = [f"{layer}.attention.self.{name}" for name in ("query", "key", "value")]
        merged = np.concatenate([self._values[f"{part}.weight"] for part in parts])
        bias = self._tensor(f"{layer}.qkv.bias", np.concatenate([self._values[f"{part}.bias"] for part in parts]))
        heads = f"{layer}.heads"
        if self._largest:
            taken, scale, zero = self._bytes(f"{layer}.qkv.weight", merged)
            given = [f"{layer}.{name}" for name in ("bytes", "scale", "zero")]
            self._add("DynamicQuantizeLinear", [state], *given)
            inputs = [given[0], taken, bias, given[1], scale, "", given[2], zero]
            self._add("QAttention", inputs, heads, num_heads=bert.heads)
        else:
            weights = self._tensor(f"{layer}.qkv.weight", merged.T)
            self._add("Attention", [state, weights, bias], heads, num_heads=bert.heads)
        return self._back(f"{layer}.attention.output", heads, state, f"{layer}.attended", bert)

    def _feed_forward(self, layer: str, state: str, result: str, bert: Bert) -> str:
        wide = self._linear(f"{layer}.intermediate.dense", state)
        self._add("Gelu", [wide], f"{layer}.gelu")
        if not self._largest:
            return self._back(f"{layer}.output", f"{layer}.gelu", state, result, bert)
        # Its largest number differs much from token to token: with one scale for all most of them were lost in steps.
        self._add("ReduceMax", [f"{layer}.gelu"], f"{layer}.most", axes=[-1], keepdims=1)
        self._add("Clip", [f"{layer}.most", self._least], f"{layer}.scale_of_token")
        self._add("Div", [f"{layer}.gelu", f"{layer}.scale_of_token"], f"{layer}.even")
        return self._back(f"{layer}.output", f"{layer}.even", state, result, bert, f"{layer}.scale_of_token")

    def _back(self, name: str, inner: str, state: str, result: str, bert: Bert, scale: str = "") -> str:
        """A linear layer back to the width of the state, added to the state and normalised.

        What goes in is `scale` times as large as `inner` says, for each token.
        """
        made = self._linear(f"{name}.dense", inner, scale)
        self._add("Add", [made, state], f"{name}.sum")
        return self._normal(f"{name}.LayerNorm", f"{name}.sum", result, bert)

    def _linear(self, name: str, state: str, scale: str = "") -> str:
        """What the layer makes of `scale`, or 1, times the state."""
        bias, made, product = self._own(f"{name}.bias"), f"{name}.made", f"{name}.product"
        if self._largest:
            inputs = [state, *self._bytes(f"{name}.weight", self._values[f"{name}.weight"])]
            if not scale:
                self._add("DynamicQuantizeMatMul", [*inputs, bias], made)
                return made
            self._add("DynamicQuantizeMatMul", inputs, f"{name}.even")
            self._add("Mul", [f"{name}.even", scale], product)
        else:
            self._add("MatMul", [state, self._tensor(f"{name}.weight", self._values[f"{name}.weight"].T)], product)
        self._add("Add", [product, bias], made)
        return made

    def _normal(self, name: str, state: str, result: str, bert: Bert) -> str:
        inputs = [state, self._own(f"{name}.weight"), self._own(f"{name}.bias")]
        self._add("LayerNormalization", inputs, result, axis=-1, epsilon=bert.epsilon)
        return result

    def _bytes(self, name: str, values: NDArray[Any]) -> tuple[str, str, str]:
        """Weights of a linear layer, (out, in), as bytes, (in, out): these, their scales and zeros, one a column."""
        import numpy as np

        scales = np.maximum(np.abs(values).max(axis=1), 1e-12) / np.float32(self._largest)
        whole = np.rint(values / scales[:, None]).astype(np.int8).T
        found = {"bytes": whole, "scales": scales, "zeros": np.zeros(len(scales), dtype=np.int8)}
        taken, scale, zero = (self._tensor(f"{name}.{kind}", part) for kind, part in found.items())
        return taken, scale, zero

    def _add(self, operator: str, inputs: list[str], *outputs: str, **attributes: Any) -> None:
        from onnx import helper

        domain = _FUSED if operator in _OPERATORS else ""
        self.nodes.append(helper.make_node(operator, inputs, list(outputs), outputs[0], domain=domain, **attributes))

    def _own(self, name: str) -> str:
        return self._tensor(name, self._values[name])

    def _constant(self, name: str, values: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.tensors.append(numpy_helper.from_array(values, name))
        return name

    def _tensor(self, name: str, values: NDArray[Any]) -> str:
        """Bytes, or single-precision numbers."""
        from onnx import TensorProto

        if values.nbytes < _INLINE:
            return self._constant(name, values)
        self._file.write(b"\0" * (-self._file.tell() % _ALIGNED))
        entry = {"location": self._location, "offset": self._file.tell(), "length": values.nbytes}
        self._file.write(values.astype("<f4" if values.itemsize > 1 else "i1").tobytes())
        kind = TensorProto.FLOAT if values.itemsize > 1 else TensorProto.INT8
        tensor = TensorProto(name=name, data_type=kind, dims=values.shape)
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in entry.items():
            tensor.external_data.add(key=key, value=str(value))
        self.tensors.append(tensor)
        return name
