"""A BERT of random weights with mean pooling, saved as sentence-transformers saves its models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "a", "cat", "dog", "and", "question", "text", ":"]


def saved(folder: Path, prompts: dict[str, str]) -> tuple[Path, Any]:
    """The folder, and the `SentenceTransformer` that it loads as."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    inner = folder.with_name(f"{folder.name}-bert")
    inner.mkdir(parents=True)
    (inner / "vocab.txt").write_text("\n".join(WORDS))
    BertTokenizerFast(str(inner / "vocab.txt"), model_max_length=32).save_pretrained(inner)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=40,
        max_position_embeddings=64, initializer_range=0.5,
    )  # fmt: skip
    BertModel(config).save_pretrained(inner)
    transformer = Transformer(str(inner), max_seq_length=32)
    chain = [transformer, Pooling(24, pooling_mode="mean"), Normalize()]
    SentenceTransformer(modules=chain, prompts=prompts or None).save(str(folder))
    return folder, SentenceTransformer(str(folder), device="cpu", local_files_only=True)
