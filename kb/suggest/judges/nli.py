"""A natural-language-inference cross-encoder on this machine, run by sentence-transformers.

Such a model tells whether a sentence contradicts, entails or is neutral to another. Arguments are mostly "neutral" to
it, so only its two clear cases are used, and only where it sees them in both directions: contradiction is a possible
conflict (`attacks`), entailment a possible repetition (`restates`). Nothing is downloaded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

from kb.errors import KbError
from kb.model.words import Basis
from kb.suggest.judges import Answer, Cost, Side, Suggested, Trial
from kb.suggest.judges.pair import Pair, Proposal, suggested

LEAST = 0.8
"""Probability that both directions must reach."""

Word = Literal["contradiction", "entailment", "neutral"]
WORDS: tuple[Word, ...] = ("contradiction", "entailment", "neutral")


class Nli:
    """A cross-encoder by its name on the hub, if it is in this machine's cache, or by its folder.

    Raises:
        KbError: it is not on this machine.
    """

    basis: Basis = "nli"
    batch = 64
    sends = ""

    def __init__(self, name: str) -> None:
        from kb.vectors.embed.model import resolve

        self._model = resolve(name)
        self.name = f"nli {self._model.folder.name if self._model.folder == _as_path(name) else name}"

    def trials(self) -> Sequence[Trial[Pair]]:
        return ()  # what it sees of negations is what it was trained for; both directions are asked

    def question(self, pair: Pair) -> str:
        return json.dumps([self._model.weights, pair.a.text, pair.b.text])

    def cost(self, pairs: Sequence[Pair]) -> Cost:  # noqa: ARG002
        return Cost()

    def answers(self, pairs: Sequence[Pair]) -> list[Answer]:
        """For each pair the probabilities of the three words in both directions.

        Raises:
            KbError: the model cannot be loaded, or is of another kind.
        """
        from kb.vectors.embed.torch_model import silenced

        model, order = self._loaded
        both = [(x.text, y.text) for pair in pairs for x, y in ((pair.a, pair.b), (pair.b, pair.a))]
        with silenced():
            scores = model.predict(both, batch_size=16, apply_softmax=True, show_progress_bar=False)
        said = [{word: round(float(row[at]), 4) for word, at in order.items()} for row in scores]
        return [{"a_b": said[2 * i], "b_a": said[2 * i + 1]} for i in range(len(pairs))]

    def suggestions(self, pair: Pair, answer: Answer) -> Suggested:
        return suggested(self.proposal(pair, answer))

    def proposal(self, pair: Pair, answer: Answer) -> Proposal | None:
        """The relation that both directions show; None where they show none."""
        both = {word: min(_probability(answer, way, word) for way in ("a_b", "b_a")) for word in WORDS}
        if both["contradiction"] >= LEAST:
            start, end = _who_answers(pair)
            return Proposal(start, end, "attacks", both["contradiction"], start.quote, end.quote)
        if both["entailment"] >= LEAST:
            start, end = _later_first(pair)
            return Proposal(start, end, "restates", both["entailment"], start.quote, end.quote)
        return None

    @cached_property
    def _loaded(self) -> tuple[Any, Mapping[Word, int]]:
        import os

        from kb.vectors.embed import torch_model
        from kb.vectors.embed.model import verify

        verify(self._model)
        os.environ.update(torch_model.OFFLINE)
        try:
            with torch_model.silenced():
                from sentence_transformers import CrossEncoder

                model = CrossEncoder(str(self._model.folder), device="cpu", local_files_only=True)
        except ImportError as error:
            raise torch_model.absent(self._model.name) from error
        except Exception as error:  # the libraries below raise classes of their own that share no base
            raise KbError(
                f"cannot load the model {self._model.name}: {error}", f"look into {self._model.folder}"
            ) from error
        return model, _order(getattr(model.config, "id2label", None) or {}, self._model.name)


def _order(labels: Mapping[Any, Any], name: str) -> dict[Word, int]:
    """Which output is which word."""
    order = {word: int(at) for at, label in labels.items() for word in WORDS if str(label).lower().startswith(word)}
    if len(order) != len(WORDS) or len(labels) != len(WORDS):
        raise KbError(
            f"{name} does not say which of its answers means contradiction, entailment and neutral",
            "choose a cross-encoder trained for natural language inference, such as cross-encoder/nli-MiniLM2-L6-H768",
        )
    return order


def _probability(answer: Answer, way: str, word: Word) -> float:
    return float(answer.get(way, {}).get(word, 0.0))


def _who_answers(pair: Pair) -> tuple[Side, Side]:
    """A contradiction has no direction; a critique attacks, else the later statement does."""
    if (pair.a.kind == "critique") != (pair.b.kind == "critique"):
        return (pair.a, pair.b) if pair.a.kind == "critique" else (pair.b, pair.a)
    return _later_first(pair)


def _later_first(pair: Pair) -> tuple[Side, Side]:
    return (pair.a, pair.b) if pair.a.published > pair.b.published else (pair.b, pair.a)


def _as_path(name: str) -> Any:
    from pathlib import Path

    return Path(name).expanduser()
