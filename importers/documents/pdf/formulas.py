"""The formulas in the lines of a PDF's text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from importers.documents.pdf.formula_tex import RELATION, SCRIPT, is_readable, signs_of, tex
from importers.documents.pdf.words import Line, Word

_CONNECTS = re.compile(r"[=<>≤≥≈≡≠∼∝∈→+−×·/±|(){}\[\],:!]+[,.;:]?|[-−]?\d+(?:[.,]\d+)*[)\]]*[,.;:]?|\. ?\.? ?\.?")
_NUMBER = re.compile(r"[-−]?\d+(?:[.,]\d+)*")
_CODE = re.compile(r"^\\setminus|\\setminus ?[A-Za-z]{3}")  # a program's backslash
_NO_FORMULA = frozenset("•∗*†‡§¶◦▪∙·■□■●○–—")


@dataclass(frozen=True, slots=True)
class Span:
    """The words of a line from `first` to before `last` as one formula, with what stands around it as text."""

    first: int
    last: int
    before: str
    tex: str
    after: str


def spans(line: Line) -> list[Span]:
    """The formulas in a line of text: those that plain letters would not give."""
    found: list[Span] = []
    words, at = line.words, 0
    if len(words) < 3 and words[0].signs and words[0].signs[0].large:
        return found  # a sum that the file tells apart from what it sums
    while at < len(words):
        if not is_math(words[at]):
            at += 1
            continue
        end = at + 1
        while end < len(words) and (is_math(words[end]) or _is_part(words[end], line)):
            end += 1
        while end > at + 1 and not is_math(words[end - 1]) and not _closes(words, at, end, line):
            end -= 1
        first = at
        if first and RELATION.match(words[at].text) and _NUMBER.fullmatch(words[first - 1].text.lstrip("(")):
            first -= 1
        if (span := _span(words, first, end, line)) is not None:
            found.append(span)
        at = end
    return found


def is_math(word: Word) -> bool:
    """Whether a word is one of a formula: bullets and marks of notes come from the same fonts."""
    return bool(word.signs) and not all(sign in _NO_FORMULA for sign in word.text.rstrip(",.;:"))


def _is_part(word: Word, line: Line) -> bool:
    script = word.size < SCRIPT * line.size and abs(word.y - line.y) > 0.04 * line.size
    return _CONNECTS.fullmatch(word.text) is not None or (script and len(word.text) < 6)


def _closes(words: Sequence[Word], first: int, end: int, line: Line) -> bool:
    """Whether the last word belongs to the formula: a number after a sign, an index, a bracket that was opened."""
    last, before = words[end - 1], words[end - 2]
    if last.size < SCRIPT * line.size:
        return last.glued or last.x0 - before.x1 < 0.3 * line.size
    if _NUMBER.match(last.text):
        return bool(re.search(r"[=<>≤≥≈∼∈+−×·/±|,(]$", before.text))
    return last.text.strip(",.;:") in {")", "]", "}", "|"} and "(" in "".join(one.text for one in words[first:end])


def _span(words: Sequence[Word], first: int, end: int, line: Line) -> Span | None:
    before = after = ""
    signs = [list(signs_of(word)) for word in words[first:end]]
    while signs and signs[-1] and signs[-1][-1].text in ",.;:":
        after = signs[-1].pop().text + after
    text = "".join(sign.text for word in signs for sign in word)
    if signs and signs[-1] and text.count(")") > text.count("(") and signs[-1][-1].text == ")":
        after = signs[-1].pop().text + after
    if signs and signs[0] and text.count("(") > text.count(")") and signs[0][0].text == "(":
        before = signs[0].pop(0).text
    opened = [(sign, not number and not word.glued) for word, inside in zip(words[first:end], signs, strict=True)
              for number, sign in enumerate(inside)]  # fmt: skip
    made = tex(opened, line.size, line.y)
    plain = "".join(sign.text for word in signs for sign in word)
    worth = "_" in made or "^" in made or "\\" in made or RELATION.search(plain) or not plain.isascii()
    readable = is_readable(sign for word in signs for sign in word)
    strange = "{}" in made or _CODE.search(made) is not None or made.count(r"\{") != made.count(r"\}")
    return Span(first, end, before, made, after) if made and worth and readable and not strange else None
