"""What a few words mean among names: the beginning of a title, words of it in any order; and what a misspelt one meant.

Names are compared without case and accents. Words so short or common that they stand in most titles mean nothing by
themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from kb.model.named import Named
from kb.text.strings import fold

_WORD = re.compile(r"\w+")
_SMALL = {"the", "and", "for", "are", "was", "not", "but", "from", "with", "that", "this", "what", "how", "why", "who"}
_SHORT = 3  # letters from which on a word means something, and may be the beginning of a longer one
_RUNS_ON = "\u0e00"  # from here on lie most scripts that put no blanks between words
_CLOSE = 0.75  # of two words, or two citekeys: one or two letters are wrong
_ENOUGH = 0.6  # of the words that were typed


def plain(text: str) -> str:
    """The text without case, accents, and differences of quotes and blanks."""
    folded = fold(text)
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def is_telling(text: str) -> bool:
    """Whether the words may mean one thing rather than many."""
    return any(_tells(word) for word in _WORD.findall(plain(text)))


def meant(text: str, names: Sequence[Named]) -> list[Named]:
    """Those with this label but for accents and signs; else those whose label begins so; else those with all the words.

    A word of three letters or more may be the beginning of one, where none is a whole one.
    """
    words = _WORD.findall(plain(text))
    if not any(map(_tells, words)):
        return []
    spoken = " ".join(words)
    likely = [(plain(name.label), name) for name in names]
    likely = [(" ".join(_WORD.findall(label)), name) for label, name in likely if all(word in label for word in words)]
    tests: tuple[Callable[[str], bool], ...] = (
        lambda label: label == spoken,
        lambda label: label.startswith(spoken),
        lambda label: all(_runs_on(word) or word in label.split() for word in words),
        lambda label: all(_runs_on(word) or _begins(label, word) for word in words),
    )
    for fits in tests:
        if found := [name for label, name in likely if fits(label)]:
            return found
    return []


def nearest(text: str, names: Sequence[Named], most: int = 3) -> list[Named]:
    """Those whose title has nearly these words, or whose citekey is nearly this one; the best first."""
    import difflib

    wanted = plain(text)
    typed = [word for word in dict.fromkeys(_WORD.findall(wanted)) if _tells(word)][:8]
    labels = [_WORD.findall(plain(name.label)) for name in names]
    vocabulary = {word for label in labels for word in label if len(word) >= _SHORT}
    close: list[dict[str, float]] = []
    for word in typed:
        near = difflib.get_close_matches(word, _of_length(vocabulary, len(word)), 8, _CLOSE)
        close.append({one: difflib.SequenceMatcher(None, one, word).ratio() for one in near})
    keys = set(
        difflib.get_close_matches(wanted, _of_length({name.citekey for name in names}, len(wanted)), most, _CLOSE)
    )
    scored: list[tuple[float, int, Named]] = []
    for name, label in zip(names, labels, strict=True):
        score = sum(max((near.get(word, 0.0) for word in label), default=0.0) for near in close) / (len(typed) or 1)
        if name.citekey in keys:
            score = max(score, difflib.SequenceMatcher(None, name.citekey, wanted).ratio())
        if score >= _ENOUGH:
            scored.append((-score, len(label), name))
    return [name for _, _, name in sorted(scored, key=lambda one: one[:2])[:most]]


def _of_length(words: Iterable[str], length: int) -> list[str]:
    """Those that are not much shorter or longer: only they can be close."""
    return [word for word in words if abs(len(word) - length) <= max(2, length // 4)]


def _tells(word: str) -> bool:
    if _runs_on(word):
        return len(word) >= 2
    return len(word) >= _SHORT and word not in _SMALL


def _runs_on(word: str) -> bool:
    return any(character >= _RUNS_ON for character in word)


def _begins(label: str, word: str) -> bool:
    """Whether a word of the label is this one, or begins so where it is long enough to tell."""
    return any(one == word or (len(word) >= _SHORT and one.startswith(word)) for one in label.split())
