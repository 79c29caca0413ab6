"""Whether a capitalised word or two may be somebody's name: at the beginning of a sentence any word has a capital."""

from __future__ import annotations

import re

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶŁŃŅŇŌŐŘŚŠŞȘŤŢȚŪŮŰŹŻŽ"
NAME = (
    rf"(?P<who>[{_UPPER}](?:[\w’'-]+|\.)"
    rf"(?: (?:[{_UPPER}](?:[\w’'-]+|\.)|de|da|del|der|den|van|von|bin|ibn|al|la|le)(?![\w])){{0,3}})"
)
"""A pattern of what looks like a name, up to four words; `may_be_person` tells whether it can be one."""

_NO_NAMES = frozenset(
    # pronouns, determiners, quantifiers
    "the this that these those it its he she they we you i his her their our your my one ones each every either neither"
    " both all any some most many much more few several another other others such what which who whoever whatever whose"
    " everyone everybody everything someone somebody something anyone anybody anything nobody nothing none people a an"
    " two three four five him them us me same half lots plenty"
    # conjunctions, adverbs, prepositions with which sentences begin
    "and but or nor so if then also thus hence still yet though although because since while when where whereas why"
    " how after before again always anyway as at besides beyond by despite during else even ever for from further"
    " furthermore here however in indeed instead just later like maybe meanwhile moreover never nevertheless next"
    " nonetheless not now of often on once only otherwise out over overall perhaps please quite rather sometimes soon"
    " therefore to today together tomorrow too unless unlike until up upon very well whether with within without"
    " yesterday yes no ok okay first second third last another above below there under per via about against across"
    " along among around between except into near off onto past through throughout toward towards worse better best"
    " hmm oh ah thanks hi hello dear edit eta update ps tldr yeah yep nope sure fwiw imo imho afaik iirc btw aside"
    " apparently"
    # what a sentence asks for, or begins with
    " suppose suffice consider imagine assume note notice recall say let take see look think ask compare remember try"
    " given granted regarding concerning according based depending speaking following using quoting citing re reply is"
    " are was were be do does did has have had can could may might must should shall will would"
    # what says things in texts that are no person's
    " research researchers evidence work works results result theory theories paper papers post posts article articles"
    " study studies author authors section chapter abstract figure table data critics experts scientists philosophers"
    " economists historians proponents opponents skeptics sceptics readers reviewers commenters daily weekly atomic"
    " title summary example examples conclusion introduction background supporters advocates defenders detractors"
    " doctors engineers physicians regulators officials lawyers teachers parents voters users customers students folks"
    " commentators observers analysts scholars theorists academics journalists politicians reviewer referee editor"
    " editors op google microsoft apple amazon meta facebook twitter reddit wikipedia github youtube anthropic claude"
    " gemini llama siri alexa copilot congress parliament senate government science nature tradition history common"
    " conventional comment comments quote quotes question answer answers objection claim argument response rebuttal"
    " definition theorem lemma proof remark warning caution tip important key main point points problem idea solution"
    " context source sources step steps part version day week final quick brief short long full new old minor major"
    " small big little general specific great good nice interesting related"
    # abstract nouns and places that "say" things
    " intuition experience logic law reality physics economics biology psychology philosophy medicine mathematics"
    " ethics religion christianity islam society culture reason morality justice democracy wisdom conscience instinct"
    " media press archaeology statistics intelligence china russia germany france britain england japan india america"
    " europe africa washington london paris berlin beijing moscow brussels tokyo rome athens".split()
)
_NO_LAST_NAMES = frozenset(
    "institute university college foundation research group committee council court commission bank journal times"
    " guardian economist report review society association department ministry party team company inc corp ltd church"
    " union press act theory model models paper project hypothesis principle argument problem agency authority office"
    " administration board government congress parliament movement magazine newspaper encyclopedia dictionary"
    " conference canada australia america kingdom states china india africa europe workshop academy museum hospital"
    " clinic laboratory lab labs center centre network forum club school takeaways idea ideas points summary question"
    " questions notes comments definition example examples theorem lemma critics experts people economists scientists"
    " researchers philosophers historians engineers doctors scholars".split()
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
_NO_PERSONS = re.compile(
    r"\w*\d|[A-Z]{2,}s?$|(?!(?:Ma?c|De|Di|Du|La|Le|Van|Von|Fitz)[A-Z][a-z]{2})[A-Z][a-z]+[A-Z]"
    r"|\w{3,}(?:tions?|isms?|ness|ists|ians)$"
)
"""Numbers, initials of organisations, products in one word with a capital inside, abstract and plural nouns."""


def may_be_person(name: str) -> bool:
    """Whether it may: no pronoun, adverb, contraction, month, product, group, nor word with which sentences begin."""
    words = name.replace("’", "'").split()
    if not words or _CONTRACTED.fullmatch(words[0]):
        return False
    first, last = (word.casefold().strip(".,:;!?") for word in (words[0], words[-1]))
    if first in _NO_NAMES or last in _NO_LAST_NAMES or any(_NO_PERSONS.match(word) for word in words):
        return False
    return len(words) > 1 or (first not in _DATES and (not first.endswith("ly") or first in _NAMES_LIKE_ADVERBS))
