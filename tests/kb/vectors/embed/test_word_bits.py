"""The words of a text: which they are, what stands for them, and what is kept of that."""

from __future__ import annotations

import numpy as np
import pytest

from kb.vectors.embed import word_bits
from kb.vectors.embed.encoder import Encoded


def _read(text: str, tokens: list[str]) -> Encoded:
    """As if the model cut the text so; the state of each token is one of its own."""
    offsets, at = [], 0
    for token in tokens:
        at = text.index(token, at)
        offsets.append((at, at + len(token)))
        at += len(token)
    return Encoded(np.ones(8, dtype=np.float32), np.eye(8, dtype=np.float32)[: len(tokens)], np.array(offsets))


@pytest.mark.parametrize(
    ("text", "tokens", "said"),
    [
        ("the bees swarm .", ["the", "bees", "swarm", "."], ("bees", "swarm")),
        ("Hymenoptera nest", ["Hy", "meno", "ptera", "nest"], ("Hymenoptera", "nest")),
        ("multi-agent work", ["multi", "-", "agent", "work"], ("multi", "agent", "work")),
        ("蜂が bees", ["蜂", "が", "bees"], ("蜂", "が", "bees")),
        ("What is it?", ["What", "is", "it", "?"], ("What", "is", "it")),
        ("?!", ["?", "!"], ()),
    ],
)
def test_words_are_what_tells_something(text: str, tokens: list[str], said: tuple[str, ...]) -> None:
    assert word_bits.words(text, _read(text, tokens)).said == said


def test_a_word_of_several_tokens_is_their_mean() -> None:
    words = word_bits.words("Hymenoptera nest", _read("Hymenoptera nest", ["Hy", "meno", "ptera", "nest"]))
    assert words.vectors[0][:4] == pytest.approx([3**-0.5] * 3 + [0.0])
    assert words.vectors[1][:4] == pytest.approx([0.0, 0.0, 0.0, 1.0])


def test_a_text_of_a_model_without_tokens_has_no_words() -> None:
    nothing = Encoded(
        np.ones(8, dtype=np.float32), np.zeros((0, 8), dtype=np.float32), np.zeros((0, 2), dtype=np.int32)
    )
    words = word_bits.words("bees swarm", nothing)
    assert (len(words), words.vectors.shape) == (0, (0, 8))
    assert word_bits.pack(words.vectors) == b""


@pytest.mark.parametrize("width", [8, 12, 384])
def test_signs_come_back_as_they_were(width: int) -> None:
    vectors = np.random.default_rng(1).standard_normal((5, width)).astype(np.float32)
    packed = [word_bits.pack(vectors[:2]), word_bits.pack(vectors[2:])]
    assert (word_bits.unpack(packed, width) == (vectors > 0)).all()
