"""Whether a capitalised word or two may be somebody's name: at the beginning of a sentence any word has a capital."""

from __future__ import annotations

import re

_NO_NAMES = frozenset(
    # pronouns, determiners, quantifiers
    "the this that these those it its he she they we you i his her their our your my one ones each every either neither"
    " both all any some most many much more few several another other others such what which who whoever whatever whose"
    " everyone everybody everything someone somebody something anyone anybody anything nobody nothing none people"
    # conjunctions, adverbs, prepositions with which sentences begin
    " and but or nor so if then also thus hence still yet though although because since while when where whereas why how"
    " after before again always anyway as at besides beyond by despite during else even ever for from further furthermore"
    " here however in indeed instead just later like maybe meanwhile moreover never nevertheless next nonetheless not now"
    " of often on once only otherwise out over overall perhaps please quite rather sometimes soon therefore to today"
    " together tomorrow too unless unlike until up upon very well whether with within without yesterday yes no ok okay"
    " first second third last another instead above below there"
    # what a sentence asks for
    " suppose suffice consider imagine assume note notice recall say let take see look think ask compare remember try"
    " given granted regarding concerning according based depending speaking following using"
    # what says things in texts that are no person's
    " research researchers evidence work works results result theory theories paper papers post posts article articles"
    " study studies author authors section chapter abstract figure table data critics experts scientists philosophers"
    " economists historians proponents opponents skeptics sceptics readers reviewers commenters daily weekly atomic"
    " title summary example examples conclusion introduction background".split()
)
_DATES = frozenset(
    "january february march april may june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday".split()
)
_NAMES_LIKE_ADVERBS = frozenset(
    "emily sally molly kelly billy lily polly holly beverly kimberly lilly willy dolly carly shelly reilly connolly"
    " connelly donnelly o'reilly farrelly huxly".split()
)
_CONTRACTED = re.compile(r"\w+(?:n['’]t|['’](?:d|ll|ve|re|m|s))", re.I)


def may_be_person(name: str) -> bool:
    """Whether it may: no pronoun, adverb, contraction, month, nor word with which sentences begin."""
    words = name.split()
    if not words or _CONTRACTED.fullmatch(words[0]):
        return False
    first = words[0].casefold().strip(".,:;!?")
    if first in _NO_NAMES:
        return False
    return len(words) > 1 or (first not in _DATES and (not first.endswith("ly") or first in _NAMES_LIKE_ADVERBS))
