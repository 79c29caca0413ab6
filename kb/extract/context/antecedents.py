"""What a sentence may leave open, and what in it can be an antecedent.

No parser: a word that can be an antecedent is a content word, and a clause is what has content and a verb before a
boundary. Where two readings are alike likely it counts as open: a context too many costs a glance, one too few the
statement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from kb.extract import standing


class Kind(Enum):
    """What is missing, and so where to look for it."""

    SAID = "said"  # a proposition, or what a whole sentence says: this, so, "the question is", "another reason"
    THING = "thing"  # it, its: one thing
    THINGS = "things"  # they, these: several
    PERSON = "person"  # he, she
    NOUN = "noun"  # "this approach": the noun is known, what it is not
    OTHER = "other"  # you, "I disagree": what somebody else says
    TEXT = "text"  # this post, this paper


@dataclass(frozen=True, slots=True)
class Open:
    """One thing left open. `strong`: without it the sentence says nothing; else it only says less."""

    kind: Kind
    at: int  # offset in the words
    strong: bool
    noun: str | None = None


WORD = re.compile(r"[^\W\d_][\w’'-]*")
# Words that can be no antecedent: function words, and the verbs and adverbs of taking a stance.
EMPTY = frozenset(
    "a an the this that these those it its itself they them their theirs themselves he him his she her hers you "
    "your yours we us our ours i me my mine one ones who whom whose which what when where why how whether if so "
    "such and or but nor yet though although because since while as than then there here not no never n't very "
    "too also only just even still already again ever quite rather pretty really more most less least much many "
    "few some any all both each every either neither other another same own in on at by for from of to with "
    "without into onto over under about against between among through during before after above below up down out "
    "off is are was were be been being am isn't aren't wasn't has have had having do does did doing don't doesn't "
    "didn't can could may might must shall should will would won't can't cannot think thinks thought believe "
    "believes guess suspect expect doubt agree disagree feel seem seems seemed appear appears look looks sound "
    "sounds say says said mean means hope know see find take make makes made sense like likely unlikely probably "
    "possibly perhaps maybe definitely certainly clearly obviously arguably generally usually often sometimes "
    "mostly basically actually hard easy difficult clear unclear true false right wrong good bad better best "
    "worse worst sure certain plausible possible impossible important interesting useful helpful worth now today "
    "yes well okay thank thanks course fact view opinion intuition impression let let's lets going want wants "
    "wanted need needs get gets got give given i'm i'd i've i'll you'd you'll you've we'd we'll we've they'd "
    "they'll they've he'd he'll she'd she'll it'd it'll that'd that'll there'd who'd it's that's there's they're "
    "you're we're he's she's what's who's dont im ive id mainly personally currently instead otherwise later soon "
    "kind sort bit lot first second third last next far long around enough almost nearly hardly barely indeed "
    "hence thus therefore whenever wherever whatever nothing something anything everything none nobody way ways "
    "thing things reason reasons problem point question case time people someone somebody person chance evidence "
    "idea".split()
)
PEOPLE = frozenset(
    "people persons men women children police staff data media everyone everybody anyone anybody someone somebody "
    "nobody humans folks others who and team company government public".split()
)
PERSON = frozenset(
    "someone somebody anyone anybody person man woman author child worker patient student reader writer agent "
    "user everyone everybody nobody who".split()
)
WIDE = 8  # words after a clause within which "this" may mean all of it
_OPENING = re.compile(
    r"(?:\w+,? )?(?:if|when|while|although|though|since|as|after|before|unless|until|given|despite|in|on|by|for)\b",
    re.I,
)
_BOUNDARY = re.compile(r"[,;:—–(]|---|\b(?:and|but|or|because|so|since|while|although|though|until)\b", re.I)


def antecedents(words: str, end: int) -> list[str]:
    """The content words before an offset, with their case."""
    return [m[0] for m in WORD.finditer(words, 0, end) if m[0].lower().replace("’", "'") not in EMPTY]


def candidates(words: str, at: int) -> list[str]:
    """Those that a pronoun may mean: not its verb right before it ("apply it"), nor the subject of that ("patients
    hate them"), nor what somebody does at the beginning ("Depending on what you look for, it …").
    """
    head = words[:at].rstrip()
    if head and (head[-1].isalnum() or head[-1] in "’'"):
        head, _, verb = head.rpartition(" ")
        subject = head.rpartition(" ")[2]
        if _OBJECT.match(words, at) and verb.isalpha() and verb.lower() not in EMPTY and subject.isalpha():
            head = head[: -len(subject)].rstrip()
    found = antecedents(words, len(head))
    if found and words[:1].isupper() and found[0].endswith("ing"):
        return [word for word in found if not word.endswith("ing")]
    return found


_OBJECT = re.compile(r"(?:it|them|him|her)(?:\W|$)")


def clause_before(words: str, at: int, near: int = WIDE) -> bool:
    """Whether a whole clause ends at most `near` words before: what "this" may mean is then in the sentence."""
    cuts = [m.end() for m in _BOUNDARY.finditer(words, 0, at)]
    if not cuts or len(words[cuts[-1] : at].split()) > near:
        return False
    head = words[: cuts[-1]]
    if near < WIDE and head.endswith(",") and _OPENING.match(head) and head.count(",") == 1:
        return False  # "If we build agents, this technique …": the condition does not say which
    return len(antecedents(head, len(head))) >= 2 and len(head.split()) >= 4 and bool(standing.FINITE.search(head))


def plural(word: str) -> bool:
    low = word.lower()
    return (low.endswith("s") and not low.endswith(("ss", "us", "is", "'s", "’s")) and len(low) > 3) or low in PEOPLE


def stem(word: str) -> str:
    """A noun without its plural, enough to tell one from another."""
    low = word.lower().strip("’'-")
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("xes", "x")):
        if low.endswith(ending) and len(low) > len(ending) + 1:
            return low[: -len(ending)] + put
    return low[:-1] if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3 else low


def known(noun: str, before: str) -> bool:
    wanted = stem(noun)
    return any(stem(w[0]) == wanted for w in WORD.finditer(before))
