"""The sections of a text that are a review, and those that answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.extract.model import Block, View

_WHO = r"(?: ?(?:#|no\.? ?|number )?[\dA-Z]{1,2}\b)?"
_REVIEW = re.compile(
    r"\W*(?:\d+[.)]? )?(?:(?:the|official|anonymous|peer|first|second|third|fourth) )*"
    rf"(?:review(?:er)?|referee|anonreviewer)(?:['’]?s)?{_WHO}(?:['’]s)?"
    rf"(?: (?:report|comments?|review|remarks))?{_WHO}"
    r"(?: (?:from|by) .{1,40}| of (?:the |this )?(?:paper|manuscript|submission|article|draft|proposal)\b.{0,40})?"
    r"\W*$",
    re.I,
)
_ANSWER = re.compile(
    r"\W*(?:\d+[.)]? )?(?:(?:the|our|my|authors?|authors?['’]|author['’]s) )*"
    rf"(?:rebuttals?|responses?|repl(?:y|ies)|answers?)(?: (?:letter|from|by|of|to) .{{1,60}})?{_WHO}\W*$",
    re.I,
)
_NUMBER = re.compile(r"(?:\d+|\b[A-Z])\W*$")


@dataclass(frozen=True, slots=True)
class Exchange:
    """The blocks of a review and of the answer to it, headings within the answer among them."""

    review: tuple[Block, ...]
    answer: tuple[Block, ...]


def is_review(title: str) -> bool:
    """Whether a heading is over a review: "Review", "Reviewer 2", "Referee report". A "Literature review" is none."""
    return _REVIEW.match(title) is not None


def is_answer(title: str) -> bool:
    """Whether a heading is over an answer: "Rebuttal", "Response to reviewer 2"."""
    return _ANSWER.match(title) is not None


def exchanges(view: View) -> list[Exchange]:
    """Each answer with its review: that of its number or letter, else the last one before it."""
    reviews: dict[tuple[str, ...], list[Block]] = {}
    answers: dict[tuple[str, ...], tuple[list[Block], tuple[str, ...]]] = {}
    if not any(is_review(view.quote(block)) for block in view.blocks.values() if block.kind == "heading"):
        return []
    for block in view.blocks.values():
        for depth in range(len(block.heading), 0, -1):
            path = block.heading[:depth]
            if is_answer(path[-1]):
                if reviews:
                    answers.setdefault(path, ([], _reviewed(path, list(reviews))))[0].append(block)
                break
            if is_review(path[-1]):
                if block.kind in {"paragraph", "item"}:
                    reviews.setdefault(path, []).append(block)
                break
    return [Exchange(tuple(reviews[of]), tuple(blocks)) for blocks, of in answers.values()]


def _reviewed(answer: tuple[str, ...], reviews: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    inside = [path for path in reviews if answer[: len(path)] == path]
    if inside:
        return inside[-1]
    number = _NUMBER.search(answer[-1])
    called = [path for path in reviews if number and (found := _NUMBER.search(path[-1])) and found[0] == number[0]]
    return called[-1] if called else reviews[-1]
