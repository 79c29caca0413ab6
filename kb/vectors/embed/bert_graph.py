"""The ONNX graph of a BERT with mean pooling, written from its weights without torch, in a second.

The layers are written in the fused operators of onnxruntime (domain com.microsoft), which is what its optimiser makes
of a graph traced by torch: so the graph runs at once as it is. `BiasGelu` is the exact GELU, with the error function.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.vectors.embed import bert_folder
from kb.vectors.embed.bert_folder import Bert
from kb.vectors.embed.encoder import TOKENS, VECTOR

if TYPE_CHECKING:
    import numpy as np
    import onnx
    from numpy.typing import NDArray

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_OPSET, _IR_VERSION = 17, 8  # old enough for every onnxruntime that we allow
_FUSED = "com.microsoft"
_ALIGNED = 4096  # bytes: each tensor begins a page of the file, so that it is mapped as it lies
_INLINE = 1024  # bytes; smaller tensors stay in the graph


def write(bert: Bert, graph: Path, weights: Path) -> None:
    """Write the graph and, beside it, its weights.

    Inputs are (batch, length); outputs `vector`, (batch, d), and `tokens`, the states of the last layer, (batch,
    length, d). Texts of a batch are padded on the right.

    Raises:
        OSError: the files cannot be written, or the weights not be read.
    """
    from onnx import TensorProto, helper

    values = bert_folder.weights(bert)
    width = values["embeddings.word_embeddings.weight"].shape[1]
    with weights.open("wb") as file:
        chain = _Chain(values, file, weights.name)
        chain.vector(chain.layers(bert))
    made = helper.make_model(
        helper.make_graph(
            chain.nodes,
            "bert",
            [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"]) for name in INPUTS],
            [
                helper.make_tensor_value_info(VECTOR, TensorProto.FLOAT, ["batch", width]),
                helper.make_tensor_value_info(TOKENS, TensorProto.FLOAT, ["batch", "length", width]),
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

    def __init__(self, values: bert_folder.Weights, file: Any, location: str) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.tensors: list[onnx.TensorProto] = []
        self._values, self._file, self._location = values, file, location

    def layers(self, bert: Bert) -> str:
        """Tokens to the states of the last layer, (batch, length, d)."""
        for name in INPUTS:
            self._add("Cast", [name], f"{name}_32", to=6)  # int32: what the fused operators take
        tables = [self._own(f"embeddings.{name}_embeddings.weight") for name in ("word", "position", "token_type")]
        self._add(
            "EmbedLayerNormalization",
            ["input_ids_32", "token_type_ids_32", *tables, *self._pair("embeddings.LayerNorm"), "attention_mask_32"],
            "embedded",
            "lengths",
            epsilon=bert.epsilon,
        )
        state = "embedded"
        for i in range(bert.layers):
            layer = f"encoder.layer.{i}"
            state = self._attention(layer, state, bert)
            state = self._feed_forward(layer, state, bert, TOKENS if i == bert.layers - 1 else f"{layer}.state")
        return state

    def vector(self, state: str) -> None:
        """The mean of the states over the tokens that are no padding, of length 1."""
        import numpy as np

        last, middle = self._constant("last", np.array([2])), self._constant("middle", np.array([1]))
        self._add("Cast", ["attention_mask"], "mask", to=1)
        self._add("Unsqueeze", ["mask", last], "mask_3d")
        self._add("Mul", [state, "mask_3d"], "unpadded")
        self._add("ReduceSum", ["unpadded", middle], "sum", keepdims=0)
        self._add("ReduceSum", ["mask_3d", middle], "count", keepdims=0)
        self._add("Clip", ["count", self._constant("least_count", np.array(1e-9, dtype=np.float32))], "at_least")
        self._add("Div", ["sum", "at_least"], "mean")
        self._add("ReduceL2", ["mean"], "length_of_mean", axes=[-1], keepdims=1)
        self._add("Clip", ["length_of_mean", self._constant("least", np.array(1e-12, dtype=np.float32))], "divisor")
        self._add("Div", ["mean", "divisor"], VECTOR)

    def _attention(self, layer: str, state: str, bert: Bert) -> str:
        import numpy as np

        parts = [f"{layer}.attention.self.{name}" for name in ("query", "key", "value")]
        merged = np.concatenate([self._values[f"{part}.weight"].T for part in parts], axis=1)
        bias = np.concatenate([self._values[f"{part}.bias"] for part in parts])
        inputs = [state, self._tensor(f"{layer}.qkv.weight", merged), self._tensor(f"{layer}.qkv.bias", bias)]
        self._add("Attention", [*inputs, "lengths"], f"{layer}.heads", num_heads=bert.heads, unidirectional=0)
        name = f"{layer}.attention.output"
        return self._back(name, f"{layer}.heads", state, bert, f"{name}.state")

    def _feed_forward(self, layer: str, state: str, bert: Bert, result: str) -> str:
        wide = f"{layer}.intermediate.dense"
        self._add("MatMul", [state, self._turned(f"{wide}.weight")], f"{wide}.product")
        self._add("BiasGelu", [f"{wide}.product", self._own(f"{wide}.bias")], f"{wide}.gelu")
        return self._back(f"{layer}.output", f"{wide}.gelu", state, bert, result)

    def _back(self, name: str, inner: str, state: str, bert: Bert, result: str) -> str:
        """A linear layer back to the width of the state, added to the state and normalised."""
        self._add("MatMul", [inner, self._turned(f"{name}.dense.weight")], f"{name}.product")
        inputs = [f"{name}.product", state, *self._pair(f"{name}.LayerNorm"), self._own(f"{name}.dense.bias")]
        self._add("SkipLayerNormalization", inputs, result, epsilon=bert.epsilon)
        return result

    def _add(self, operator: str, inputs: list[str], *outputs: str, **attributes: Any) -> None:
        from onnx import helper

        fused = operator in {"EmbedLayerNormalization", "Attention", "SkipLayerNormalization", "BiasGelu"}
        domain = _FUSED if fused else ""
        self.nodes.append(helper.make_node(operator, inputs, list(outputs), outputs[0], domain=domain, **attributes))

    def _own(self, name: str) -> str:
        return self._tensor(name, self._values[name])

    def _pair(self, name: str) -> list[str]:
        return [self._own(f"{name}.weight"), self._own(f"{name}.bias")]

    def _turned(self, name: str) -> str:
        """A linear layer's weights as the factor on the right, (in, out)."""
        return self._tensor(name, self._values[name].T)

    def _constant(self, name: str, values: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.tensors.append(numpy_helper.from_array(values, name))
        return name

    def _tensor(self, name: str, values: NDArray[np.float32]) -> str:
        from onnx import TensorProto

        if values.nbytes < _INLINE:
            return self._constant(name, values)
        self._file.write(b"\0" * (-self._file.tell() % _ALIGNED))
        entry = {"location": self._location, "offset": self._file.tell(), "length": values.nbytes}
        self._file.write(values.astype("<f4").tobytes())
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=values.shape)
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in entry.items():
            tensor.external_data.add(key=key, value=str(value))
        self.tensors.append(tensor)
        return name
