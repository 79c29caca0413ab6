"""Whether two sentences that mean nearly the same may mean the opposite.

For vectors a "not" hardly matters; here it does.
Each check names one way in which near-equal sentences differ in what they claim: negation, numbers, antonyms,
quantifiers, modality, order of the same words, a condition, words of its own. Doubt counts as a difference: what a
check stops is only `related`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from kb.suggest import antonyms
from kb.suggest.contrast_words import (
    CONDITIONS,
    FILLERS,
    MODALITY,
    NEGATIONS,
    NUMBER_WORDS,
    PASSIVE,
    PHRASES,
    PREFIXES,
    QUANTIFIERS,
    REPORTS,
    SMALL,
    SUFFIXES,
    TOKEN,
)
from kb.text.strings import fold


def suspect(one: str, other: str) -> str | None:
    """The name of the first check that the two sentences do not pass, or None where they may say the same."""
    texts = _normal(one), _normal(other)
    words = [TOKEN.findall(text) for text in texts]
    for name, differs in _CHECKS:
        if differs(texts, words):
            return name
    return "names" if _names(one, other) else None


def turned(words: str, plainer: str) -> str | None:
    """The name of the first check by which a sentence said more plainly claims something else than before; or None.

    That it has words which the other has not, in another order, is no difference here.
    """
    texts = _normal(words), _normal(plainer)
    tokens = [TOKEN.findall(text) for text in texts]
    return next((name for name, differs in _CHECKS if name in _TURNING and differs(texts, tokens)), None)


_TURNING = {"question", "antonyms", "prefix", "negation", "quantifiers", "modality", "condition"}

Texts = tuple[str, str]
Words = Sequence[Sequence[str]]


def _normal(text: str) -> str:
    """In lower case, contractions written out, with double negations and set phrases resolved."""
    text = fold(text).replace("n't", " not").replace("can not", "cannot").replace("ca not", "cannot")
    text = text.replace("wo not", "will not").replace("cannot", "can not")
    for pattern, instead in PHRASES:
        text = pattern.sub(instead, text)
    return text


def _numbers(_: Texts, words: Words) -> bool:
    found = [
        Counter(
            NUMBER_WORDS.get(w, w).rstrip("%").replace(",", "") for w in each if w[0].isdigit() or w in NUMBER_WORDS
        )
        for each in words
    ]
    for counts in found:  # "one" is as often a pronoun
        del counts["1"], counts[""]
    return found[0] != found[1]


def _questions(texts: Texts, _: Words) -> bool:
    return texts[0].rstrip().endswith("?") != texts[1].rstrip().endswith("?")


def _negations(_: Texts, words: Words) -> bool:
    """Not the same number of negations, or of different words."""
    counts = [sum(w in NEGATIONS for w in each) for each in words]
    if counts[0] != counts[1]:
        return True
    if not counts[0]:
        return False
    reached = [_reach(each) for each in words]
    return not reached[0] & reached[1]


def _reach(words: Sequence[str]) -> set[str]:
    """Stems of the content words that a negation may turn round: those just after one, or before where none is."""
    reached: set[str] = set()
    for at, word in enumerate(words):
        if word in NEGATIONS:
            after = [antonyms.stem(w) for w in words[at + 1 :] if w not in SMALL and w not in NEGATIONS][:2]
            reached.update(after or [antonyms.stem(w) for w in words[:at] if w not in SMALL][-2:])
    return reached


def _affixes(_: Texts, words: Words) -> bool:
    """ "Reliable" here, "unreliable" there."""
    first, second = (set(each) for each in words)
    for mine, theirs in ((first - second, second), (second - first, first)):
        for word in mine:
            bases = {word[len(p) :].lstrip("-") for p in PREFIXES if word.startswith(p) and len(word) - len(p) >= 4}
            bases |= {word[: -len(s)] for s in SUFFIXES if word.endswith(s) and len(word) - len(s) >= 3}
            stems = {antonyms.stem(base) for base in bases if base}
            if stems & {antonyms.stem(other) for other in theirs}:
                return True
            if word.endswith("less") and any(other == word[:-4] + "ful" for other in theirs):
                return True
    return False


def _antonyms(_: Texts, words: Words) -> bool:
    stems = [{antonyms.stem(w) for w in each} for each in words]
    mine, theirs = stems[0] - stems[1], stems[1] - stems[0]
    return any(antonyms.opposed(word) & (theirs | stems[1]) - {word} for word in mine) or any(
        antonyms.opposed(word) & (mine | stems[0]) - {word} for word in theirs
    )


def _quantifiers(_: Texts, words: Words) -> bool:
    return _classes(words[0], QUANTIFIERS) != _classes(words[1], QUANTIFIERS)


def _modality(_: Texts, words: Words) -> bool:
    return _classes(words[0], MODALITY) != _classes(words[1], MODALITY)


def _classes(words: Sequence[str], classes: dict[str, str]) -> set[str]:
    return {classes[w] for w in words if w in classes}


def _conditions(_: Texts, words: Words) -> bool:
    """A condition or concession only one of them makes, or another one."""
    found = [{w for w in each if w in CONDITIONS} - {"when", "whenever", "even"} for each in words]
    even = ["even" in each for each in words]
    return bool(found[0]) != bool(found[1]) or (bool(found[0]) and found[0] != found[1]) or even[0] != even[1]


def _reports(_: Texts, words: Words) -> bool:
    return any(w in REPORTS for w in words[0]) != any(w in REPORTS for w in words[1])


def _order(texts: Texts, _: Words) -> bool:
    """The same content words in another order: who does what to whom."""
    passive = bool(PASSIVE.search(texts[0])) != bool(PASSIVE.search(texts[1]))
    sequences = [_content(_fronted(text)) for text in texts]
    shared = [w for w in dict.fromkeys(sequences[0]) if sequences[0].count(w) == sequences[1].count(w) == 1]
    places = [sequences[1].index(w) for w in shared]
    swapped = any(
        places[a] > places[b] and not _listed(texts, shared[a], shared[b])
        for a in range(len(places))
        for b in range(a + 1, len(places))
    )
    return swapped != passive if len(shared) >= 2 else False


_FRONT = re.compile(
    r"^\W*((?:in|at|on|for|with|when|where|if|after|before|during|under|among|by|to|as)\b[^,]{2,60}),\s*(.+)$"
)


def _fronted(text: str) -> str:
    """A phrase set before the sentence, moved behind it: "In winter, counts fall" is "counts fall in winter"."""
    match = _FRONT.match(text)
    return f"{match[2].rstrip('.!? ')} {match[1]}" if match else text


def _content(text: str) -> list[str]:
    return [antonyms.stem(w) for w in TOKEN.findall(text) if w not in SMALL and not w[0].isdigit()]


def _listed(texts: Texts, a: str, b: str) -> bool:
    """Whether both sentences only list the two: "a and b", "b or a"."""
    found = 0
    for text in texts:
        words = [antonyms.stem(w) for w in TOKEN.findall(text)]
        places = [(i, j) for i, w in enumerate(words) for j, x in enumerate(words) if w == a and x == b]
        found += any(
            abs(i - j) <= 3 and {"and", "or"} & set(words[min(i, j) + 1 : max(i, j)]) and "than" not in words
            for i, j in places
        )
    return found == 2


def _replaced(_: Texts, words: Words) -> bool:
    """All the same but for a word or two that are put in the place of others, and are not known to mean the same."""
    sequences = [[w for w in each if w not in FILLERS] for each in words]
    matcher = SequenceMatcher(None, sequences[0], sequences[1], autojunk=False)
    same = sum(size for _, _, size in matcher.get_matching_blocks())
    if same < 0.6 * max(map(len, sequences)):
        return False
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        mine, theirs = ([w for w in part if w not in SMALL] for part in (sequences[0][a:b], sequences[1][c:d]))
        if kind == "replace" and mine and theirs and not antonyms.alike(mine, theirs):
            return True
    return False


def _other_words(_: Texts, words: Words) -> bool:
    """Each has a word with nothing like it in the other: they say different things of the same."""
    content = [{w for w in each if w not in SMALL and w not in FILLERS} for each in words]
    return all(
        any(not any(antonyms.same(word, other) for other in theirs) for word in mine)
        for mine, theirs in (content, content[::-1])
    )


def _names(one: str, other: str) -> bool:
    """Somebody or something by name in only one of them."""
    names = [
        {w for w in re.findall(r"(?<=[\w,;:] )[A-Z][\w’'-]+", text) if w.lower() not in SMALL and not w.isupper()}
        for text in (one, other)
    ]
    lowered = [text.lower() for text in (one, other)]
    return any(n.lower() not in lowered[1] for n in names[0]) or any(n.lower() not in lowered[0] for n in names[1])


_CHECKS: tuple[tuple[str, Callable[[Texts, Words], bool]], ...] = (
    ("question", _questions),
    ("numbers", _numbers),
    ("antonyms", _antonyms),
    ("prefix", _affixes),
    ("negation", _negations),
    ("quantifiers", _quantifiers),
    ("modality", _modality),
    ("condition", _conditions),
    ("reported", _reports),
    ("order", _order),
    ("word replaced", _replaced),
    ("other words", _other_words),
)
