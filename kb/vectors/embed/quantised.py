"""A graph that torch traced, its linear layers in bytes. `bert_graph` writes that of a plain BERT so from the start."""

from __future__ import annotations

from pathlib import Path

from kb.vectors.embed.encoder import GRAPH, WEIGHTS

_WHOLE = "whole.onnx"


def quantise(part: Path, largest_byte: int) -> None:
    """Put bytes in the place of the weights of the graph in the folder, which is that of one text at a time.

    Raises:
        ImportError: a package that onnxruntime needs for it is not installed.
        Exception: of any class, where onnxruntime cannot do it.
    """
    import logging

    import onnx
    import onnxruntime
    from onnxruntime.quantization import QuantType, quantize_dynamic

    before = logging.root.manager.disable
    logging.disable(logging.WARNING)  # advice to those who develop models
    try:
        quantize_dynamic(
            str(part / GRAPH),
            str(part / _WHOLE),
            op_types_to_quantize=["MatMul", "Attention", "Gemm"],
            per_channel=True,
            reduce_range=largest_byte < 127,
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    finally:
        logging.disable(before)
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.optimized_model_filepath = str(part / GRAPH)
    options.log_severity_level = 4
    (part / GRAPH).unlink()
    (part / WEIGHTS).unlink()
    options.add_session_config_entry("session.optimized_model_external_initializers_file_name", WEIGHTS)
    options.add_session_config_entry("session.optimized_model_external_initializers_min_size_in_bytes", "1024")
    onnxruntime.InferenceSession(str(part / _WHOLE), options, providers=["CPUExecutionProvider"])
    (part / _WHOLE).unlink()
