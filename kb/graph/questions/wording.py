"""The telling words of texts, and a short name made of them for what a few statements are about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import log

from kb.search.query import STOP_WORDS

_MOST = 3
_WORD = re.compile(r"[^\W\d_][\w'’-]*")

# Words of any argument; they name no subject.
_COMMON_WORDS = """
    able acknowledge actually additionally agree almost already another anybody anything aren't argue argument
    arguments around assume back basically believe better big bit can't cannot case certain certainly claim
    clear come computer course currently didn't different difficult disagree doesn't don't done easier easily
    easy else end enough even everyone everything evidence exactly example expect explain explained fact far
    far-off feel find first fit follow friend full general get getting give given going good great had hand hard
    harder haven't hence high however i'd i'll i'm i've idea important indeed instead into isn't it's keep kind
    know last later least left less let like likely long look looking lot low main make makes many matter maybe
    mean means might much need never new nobody non nothing now number often old one ones part particular
    particularly parts past people perhaps place plausible point points possible pretty probably put quite
    rather real really reason right said saw say saying says see seem seems sense several side side's sides
    skeptical somebody someone something sometimes soon sort start still story sure take talk tell that's
    there's therefore they're thing things think thinks thought three thus together tried try trying turn two
    use used useful using usually via want wasn't way ways we're we've well what's whatever whether whole within
    without won't work wouldn't wrong year years yes yet you're you've
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def label(said: Sequence[tuple[int, str]], blocks: Sequence[str], known: Counter[str], size: int) -> str:
    """The most telling words of what is said, given as (party, text), in order; words that stand together stay so.

    A word tells more if both say it, if it comes again in the blocks around, and if it is in few of the `size` blocks
    that there are, which `known` counts. Empty where no word tells anything.
    """
    listed = [(party, words_of(text)) for party, text in said]
    around = Counter(word for text in blocks for word in words_of(text))
    scores: dict[str, float] = {}
    for word in {word for _, bag in listed for word in bag}:
        if word in _COMMON or len(word) < 4:
            continue
        parties = len({party for party, bag in listed if word in bag})
        scores[word] = parties * log(1 + min(around[word], 6)) * log(1 + size / max(1, known[word]))
    pairs: Counter[tuple[str, str]] = Counter()
    for text in blocks:
        bag = words_of(text)
        pairs.update((a, b) for a, b in pairwise(bag) if a in scores and b in scores)
    chosen: list[str] = []
    for word in sorted(scores, key=lambda w: (-scores[w], w)):
        if len(chosen) >= _MOST:
            break
        if any(word[:5] in other for other in chosen):
            continue
        pair = max((p for p in pairs if word in p and pairs[p] > 1), key=lambda p: pairs[p], default=None)
        if pair and not any(part[:5] in other for part in pair for other in chosen):
            chosen.append(" ".join(pair))
        else:
            chosen.append(word)
    text = " ".join(" ".join(bag) for _, bag in listed)
    return ", ".join(sorted(chosen, key=lambda name: text.find(name.split()[0])))


def count(texts: Sequence[str]) -> Counter[str]:
    """In how many texts each telling word is."""
    return Counter(word for text in texts for word in set(words_of(text)))


def words_of(text: str) -> list[str]:
    """The telling words of a text in lower case, in order."""
    plain = text.replace("’", "'").lower()
    return [w for w in _WORD.findall(plain) if len(w) > 2 and w.split("'")[0] not in STOP_WORDS]
