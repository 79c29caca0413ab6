"""The telling words of a sentence, brought to one form: those by which somebody takes up what another has said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_WORD = re.compile(r"[a-z][a-z0-9]+(?:[-'][a-z0-9]+)*")
# The small words of every sentence, and those of any argument.
_SILENT_WORDS = """
    the and that this these those there here with from into onto for not but nor yet was were are has had have
    having been being did does doing done will would could should can may might must shall than then them they their
    theirs his her hers him she its our ours your yours you who whom whose which what when where why how all any
    both each few more most much many other another some such only own same too very just also even still ever never
    about above after again against before below between down during further off over under until because while
    through out once upon within without whether though although unless since per via let get got gets getting goes
    going gone come comes came make makes made making take takes took taken taking give gives gave given giving put
    puts use used uses using want wants wanted need needs needed try tries tried trying keep keeps kept lot lots
    kind kinds sort sorts bit one two three first second third last next thing things something anything everything
    nothing someone somebody anyone anybody everyone everybody nobody people point points idea ideas argument
    arguments argue argued claim claims claimed view views question questions answer answers reason reasons example
    examples case cases fact facts way ways think thinks thinking thought believe believes believed say says said
    saying tell tells told mean means meant know knows known seem seems seemed see sees seen look looks looking feel
    feels like likely agree agreed disagree right wrong true false good better best bad worse worst really actually
    probably maybe perhaps quite rather pretty well yes yeah sure okay course certainly clearly basically simply
    indeed anyway already always often sometimes usually however therefore thus hence instead else almost least less
    little big small large great high low new old long short part parts side sides place time times year years today
    now sense matter matters problem problems issue issues mention mentioned suggest suggested suggesting explain
    explained regarding concerning part isn't aren't wasn't doesn't don't didn't won't wouldn't can't couldn't
    shouldn't haven't hasn't i'm i'd i'll i've you're you'd you've it's that's there's what's let's we're we've
    they're able might've able particular particularly certain different talk talking turn turns start starts
    started end ends far especially back again
"""
_SILENT = frozenset(_SILENT_WORDS.split())
_ENDINGS = ("ization", "isation", "ations", "ation", "ments", "ment", "ness", "ities", "ity", "ingly", "ings", "edly",
            "able", "ous", "ing", "ies", "ers", "ed", "er", "es", "ly", "al", "ic", "s", "e", "y")  # fmt: skip
_LEAST = 4  # letters that are left of a word


@dataclass(frozen=True, slots=True)
class Words:
    """The telling words of a text, each without its endings; `joined` are neighbours as one word ("info hazards")."""

    single: frozenset[str]
    joined: frozenset[str]

    def shared(self, other: Words) -> frozenset[str]:
        """What both have, though one may write in two words what is one in the other."""
        return (self.single & other.single) | (self.joined & other.single) | (self.single & other.joined)


def words(text: str) -> Words:
    """The telling words of a text: "reversing" and "reverse" are one."""
    plain = _plain(text)
    return Words(frozenset(map(_stem, plain)), frozenset(_stem(one + other) for one, other in pairwise(plain)))


def _plain(text: str) -> list[str]:
    found = _WORD.findall(text.lower().replace("’", "'"))
    return [word for word in found if len(word) > 2 and word not in _SILENT]


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word[: -len(ending)]
    return word
