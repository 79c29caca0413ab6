"""Neighbours once the middle of everything and what a text is about are taken out, and the words that two share."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from kb.suggest.nearness import K, Nearness
from kb.suggest.shared_words import SharedWords
from kb.suggest.topics import Topics

Vectors = NDArray[np.float32]


def _unit(vectors: Vectors) -> Vectors:
    return np.ascontiguousarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def _nearness(vectors: Vectors, texts: list[int], words: list[str] | None = None) -> Nearness:
    shared = SharedWords(words or [f"word{n}" for n in range(len(vectors))])
    return Nearness(vectors, Topics(vectors, texts), shared, [{text} for text in texts])


@pytest.fixture
def hub() -> Vectors:
    """Twelve directions, the first two a little alike; the last vector is near to all of them."""
    vectors = np.eye(13, 12, dtype=np.float32)
    vectors[1, 0] = 0.7
    vectors[12] = 1.0
    return _unit(vectors)


def test_what_is_near_to_everything_is_nearest_to_nothing(hub: Vectors) -> None:
    texts = list(range(13))
    scores = {(near.one, near.other): near.score for near in _nearness(hub, texts).pairs(texts, -1.0)}
    middle = [score for ends, score in scores.items() if 12 in ends]
    assert scores[0, 1] > 0
    assert middle
    assert max(middle) < scores[0, 1]


def test_of_a_mutual_pair_each_is_among_the_nearest_of_the_other(hub: Vectors) -> None:
    found = _nearness(hub, list(range(13)))
    near = {(one.one, one.other) for one in found.pairs(range(13), -1.0)}
    assert near == {(b, a) for a, b in near}
    every = {(one.one, one.other) for one in found.pairs(range(13), -1.0, mutual=False)}
    assert len(every) == 13 * K
    assert near < every


def test_what_is_said_in_one_place_is_no_neighbour_however_much_is_said_there() -> None:
    vectors = _unit(np.ones((140, 4), dtype=np.float32) + np.eye(140, 4, dtype=np.float32))
    texts = [1] * 138 + [2, 3]
    found = list(_nearness(vectors, texts).pairs([0], -1.0, mutual=False))
    assert {near.other for near in found} == {138, 139}


def test_the_topic_of_two_texts_is_taken_out_and_a_text_of_few_statements_has_none() -> None:
    about = np.zeros((10, 12), dtype=np.float32)
    about[:, 0] = 3.0
    about[np.arange(10), 1 + np.arange(10)] = 1.0
    vectors = _unit(about)
    ends = np.array([0]), np.array([5])
    plain = np.array([vectors[0] @ vectors[5]], dtype=np.float32)
    assert plain[0] > 0.85
    assert Topics(vectors, [1] * 5 + [2] * 5).cosines(*ends, plain)[0] < 0.3
    assert Topics(vectors, [1] * 5 + list(range(2, 7))).cosines(*ends, plain)[0] == plain[0]


def test_shared_words_count_the_more_the_fewer_others_have_them() -> None:
    common = [f"The committee should publish {letter * 4}." for letter in "abcdefghijklmnopqrst"]
    words = SharedWords(
        [*common, "Reverse engineering is hard.", "Nobody can reverse engineer the pump.", "Pumps fail."]
    )
    assert words.cosine(20, 21) > 3 * words.cosine(0, 1) > 0
    assert words.cosine(21, 22) > 0
    assert words.cosine(20, 22) == 0
    assert words.cosine(0, 0) == pytest.approx(1)


def test_words_that_two_share_bring_them_nearer(hub: Vectors) -> None:
    texts = list(range(13))
    words = [f"word{'abcdefghijklm'[n]}" for n in texts]
    same = [*words[:1], words[0], *words[2:]]
    before, after = (
        next(one.score for one in _nearness(hub, texts, given).pairs([0], 0.0) if one.other == 1)
        for given in (words, same)
    )
    assert after > before + 1
