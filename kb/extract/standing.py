"""Whether a sentence can stand alone: a whole proposition that does not lean on what was said before it."""

from __future__ import annotations

import re

from kb.text.caseless import Caseless

_CONNECTS = (
    r"(?:(?:and|but|so|or|also|however|then|because|therefore|thus|hence|still|yet|instead|similarly|likewise|indeed"
    r"|moreover|furthermore|additionally|in addition|as a result|of course|in fact|basically|overall|again|maybe"
    r"|perhaps|probably|clearly|honestly|fortunately|unfortunately|at least|to me|fwiw|imo|yes|no|well|okay|ok|ideally"
    r"|more importantly|more generally|more meaningfully|in practice|in general|in particular|on the other hand|first"
    r"|second|third|finally|relatedly|note that|and as a consequence|for (?:me|example|instance)|that said|e\.g\."
    r"|in my (?:view|opinion|mind)|by default|currently|right now|here|as far as i (?:know|can tell))[,:]? )*"
)
_STANCE = (
    r"(?:(?:i|we|one|you) (?:\w+ )?(?:think|believe|guess|suspect|expect|doubt|agree|feel like|feel|would (?:say|guess"
    r"|expect)|might say|say|assume|hope|find|see how|know|mean)(?: that(?! (?:is|was|would|will|could|might|may|can"
    r"|does|seems|makes|means|depends)\b))? "
    r"|(?:i|we)(?:['’](?:d|m)| am) (?:\w+ )?(?:say|guess|argue|expect|sure|certain|confident|unsure|convinced|skeptical"
    r"|not sure|worried|surprised)(?: (?:that|if|whether|why|how))? "
    r"|(?:i|we) (?:do|can|could|don['’]t|do not|can['’]t|cannot|didn['’]t) (?:\w+ )?(?:think|believe|see|imagine|expect"
    r"|say|buy|find|agree|know|like|trust)(?: (?:that|how|why|if|whether))? "
    r"|my (?:\w+ ){0,2}(?:sense|view|guess|impression|take|intuition|understanding)(?: now)? (?:is|would be)(?: that)? "
    r"|(?:it )?(?:seems?|feels|looks|appears) (?:to me )?(?:like|that|as if) "
    r"|(?:maybe|perhaps|sure|and|but|so|then),? )*"
)
_THAT = r"that(?=['’]s\b| (?:\w+ly |also |still )?(?:is|was|would|will|could|might|may|can|does|seems?|makes?|means|has|had|depends)\b)"
_POINTS = (
    rf"{_THAT}|"
    r"(?:if|when|since|as|given that|because|while|although|though|even if|even though|unless|once) "
    r"(?:so|not|this|these|those|both|it|they|he|she|all of (?:these|this|that)|(?:both|either|neither|any|some) of (?:these|this|those))\b"
    r"|(?:in|under|for|with|from|given|because of|despite|besides|beyond|to do|by|on|at|during|after|before|without|like"
    r"|within) (?:\w+ )?(?:this|that|these|those|such|both|either|doing (?:this|that|so))\b"
    r"|(?:this|these|those|he|she|they|such|both|neither|either|which|another|others|some of (?:these|those|them)"
    r"|(?:one|some|none|all|most|part|each|any) of (?:this|that|these|those|them|it)|the (?:former|latter|same|other)"
    r"|their|his|her|its|him|them|doing so|same)(?:['’](?:s|re|d|ll|ve))?\b(?!-)"
)
_IT = r"it(?:['’]s|['’]d| (?:\w+ )?(?:is|was|will|would|can|could|may|might|has|had|does|did|\w+s)\b)"
EMPTY_IT = (
    r"it(?:['’]s|['’]d be| (?:\w+['’]?t? )?(?:is|was|be|seems?|appears?|turns out|would be|might be|may be|could be"
    r"|will be|takes?|makes? (?:more |no )?sense|follows|depends on whether|looks like|feels))(?: (?:also|still|just|now|probably|clearly|definitely"
    r"|\w+ly|not|n['’]t|going to be|to me|often|much|far|a lot|way|more|less|very|too|quite|pretty|so|already|always|only|at least|plausible|as if|kind of))*"
    r" (?:(?:un)?(?:\w+er|\w+ly|hard|easy|difficult|important|possible|impossible|likely|unlikely|necessary|better|best"
    r"|worse|good|clear|unclear|obvious|worth|crucial|helpful|useful|interesting|plausible|tempting|reasonable|true"
    r"|false|wrong|right|unfair|nice|fair|sensible|dangerous|naive|common|desirable|feasible|rare|safe|natural|known"
    r"|well-known|widely|argued|said|time|fun|sad|weird|strange|surprising|advised|recommended|impractical) (?:\w+ ){0,6}?(?:to|that|if|whether|how|why|when|for|what|who|which)\b"
    r"|that\b|like\b|whether\b|to me\b|more \w+ to\b|not the case\b|a (?:\w+ )?(?:mistake|problem|shame|pity|fact|idea) (?:to|that)\b|\w+ing\b.*\b(?:that|who|which)\b)"
)
"""An "it" that stands for what follows: "It is hard to say"."""
_OPENS = Caseless(rf"^\W*(?:that (?!said\b)|{_CONNECTS}{_STANCE}(?:{_CONNECTS})(?:{_POINTS}|(?!{EMPTY_IT}){_IT}))")
_LATER = Caseless(
    r"^(?:\S+ ){0,5}(?:this|these|those) (?!(?:week|year|month|century|decade|post|paper|article|comment|section|book|way lies)\b)\w+"
    r"|\b(?:as|like) (?:i|we) (?:said|mentioned|argued|noted|discussed)\b|\b(?:the above|aforementioned|as explained above|mentioned above|above example)\b"
    r"|^\W*(?:then|because|or|nor|not in the|in the same way|ditto|otherwise)\b",
)

FINITE = Caseless(
    r"\b(?:is|are|was|were|be|am|isn['’]t|aren['’]t|wasn['’]t|can|can['’]t|cannot|could|may|might|must|should|shall"
    r"|will|won['’]t|would|do|does|did|don['’]t|doesn['’]t|has|have|had|['’](?:s|re|ve|ll|d|m)|need|needs|seems?"
    r"|makes?|means?|\w{3,}(?:n['’]t|(?<!hundr)ed)|\w+(?:[^s\W]s) (?:a|an|the|to|of|in|on|that|how|why|not|more|less|better|for|with|from|as|us|all|its|their|our|too|and|out|up|like"
    r"|by|at|than|into|through|when|if|because|so|no|every|each|his|her|your|my|me|him|them|far|down|only"
    r"|nothing|\d[\d.,]*)"
    r"|work|works|help|helps|want|wants|know|think|believe|use|get|give|show|require|require|allow|lead|depend|make|mean"
    r"|take|find|try|say|lack|matter|tend|exist|remain|come|see|let['’]?s?|went|found|got|made|ran|came|took|gave|rose|fell|grew|drew|knew|kept|led|lost|paid|said|saw|sent|shot|spent|stood"
    r"|taught|thought|threw|wrote|began|broke|brought|built|bought|chose|died|felt|fought|held|meant|won|sold|told)\b",
)
_CUT_OFF = Caseless(
    r"(?:[,;:–—(-]|\.{3}|…|\b(?:and|or|but|the|a|an|of|to|with|e\.g\.|i\.e\.|for|by|that|which|than))[\"”*_\s]*$"
)

_NO_LETTERS = re.compile(r"[\d\W_](?<!\s)")


def leans(sentence: str) -> bool:
    """Whether the sentence cannot be understood without the one before it: "This is why", "I think they are".

    "It is hard to say", where "it" stands for what follows, does not lean.
    """
    return bool(_OPENS.match(sentence) or _LATER.search(sentence))


def fragment(sentence: str) -> bool:
    """Whether it is less than a proposition: no verb, cut off, or half of a bracket or quotation."""
    if _CUT_OFF.search(sentence) or not FINITE.search(sentence):
        return True
    if sentence.count("(") < sentence.count(")") and not re.match(r"^.{0,3}\w[.)]\s", sentence):
        return True
    words = [w for w in sentence.split() if len(w) > 3 and w[0].isalpha()]
    if len(words) >= 6 and sum(w[0].isupper() for w in words) > 0.7 * len(words):
        return True  # a title, or a list of them
    return len(_NO_LETTERS.sub("", sentence)) < 0.75 * len(sentence)
