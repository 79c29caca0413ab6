"""How a reply begins that answers the paragraph above it, and what shows that a paragraph is the writer's own.

Concessions ("Sure, wages rose too"), continuations ("As for the second question") and doubts of oneself ("I'm not sure
about this, though") look alike and are no answers: a writer makes them of their own words as well.
"""

from __future__ import annotations

import re

from kb.extract import speech
from kb.text.strings import fold


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"^\W*(?:" + "|".join(f"(?:{p})" for p in patterns) + ")", re.I)


_SOFT = (
    r"(?:(?:FWIW|IMO|IMHO|yes|yeah|yep|ok|okay|oh|ah|hm+|well|so|right|sure|fair|thanks|also|and|but|honestly"
    r"|personally)"
    r"[,.:!]* )*"
)
_HOW = (
    r"(?:(?:also|do|totally|strongly|mostly|completely|largely|basically|definitely|certainly|very much|fully|partly"
    r"|partially|somewhat|quite|really|still|generally|broadly|absolutely|respectfully|entirely|don['’]t|do not|would"
    r"|can['’]t|cannot|wouldn['’]t) )*"
)
_SPOKEN = (
    r"(?:claims?|statements?|points?|sentences?|paragraphs?|passages?|quotes?|framing|wording|characteri[sz]ation"
    r"|descriptions?|assertions?|remarks?|objections?|suggestions?|questions?|arguments?|reasoning|inferences?"
    r"|take|view"
    r"|sentiment|worry|concerns?|conclusions?|assumptions?|premises?|definitions?|summary|issues?)"
)
_THIS = rf"(?:this|that|these|those|you|the (?:above|first|last|latter|former)(?: {_SPOKEN})?)\b"
_VERDICT = (
    r"(?:right|true|correct|wrong|false|mistaken|incorrect)\b"
    r"(?! (?:for|of|in|even|whether|if|because|as|when|only|to|regardless|both|especially|particularly|answer\b.*\?))"
)
_NOT = (
    r"(?: (?:to me|just|simply|very|really|clearly|plainly|exactly|entirely|like|rather|pretty|obviously|also|not|quite"
    r"|strictly|the|completely|totally|only|partly|almost|at all))*"
)

_AUX = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|would|will|should|might)(?:n['’]t)?"

STRONG = _any(
    rf"{_SOFT}I {_HOW}(?:dis)?agree(?: with (?:(?:all|most|some|much|parts?|a lot) of )?{_THIS}(?! that)"
    r"| (?:here|too|entirely|completely|strongly)\b| ?(?:[.!,;:(—–-]|$))",
    rf"{_SOFT}(?:(?:strong(?:ly)?|hard|totally|completely|mostly|partly|quite|very much) )?(?:dis)?agree(?:d|ment)?"
    rf"(?: with {_THIS}| here|[.!,;:(]| ?$)",
    r"\+1\b",
    r"(?:exactly|precisely|definitely|absolutely|totally|well put|well said|touché|seconded|agreed|true|right"
    r"|correct|yes|no"
    r"|sure|fair)[.!](?:\s|$)",
    r"(?:yeah|yep|yup|nope|nah)[,.!;:—–]|(?:yes|no),? (?:I|that['’]s|this|exactly|definitely|absolutely|agreed|you)\b",
    r"(?:fair|good) (?:enough|point|catch)\b",
    rf"{_SOFT}(?:this|that)(?:['’]s| is| was| seems| sounds| looks| strikes me as)(?:n['’]t)?{_NOT} {_VERDICT}",
    rf"{_SOFT}(?:this|that)(?: is| was|['’]s)(?:n['’]t)?{_NOT} (?:what I\b|how I\b|my (?:view|position|claim"
    rf"|understanding)"
    r"|a (?:non[- ]sequitur|straw ?man|red herring|false dichotomy|good point|fair point|great point|good question))",
    rf"{_SOFT}(?:this|that) (?:isn['’]t|is not|wasn['’]t)(?: (?:quite|really|exactly))? (?:the right|the case|how"
    rf"|what) (?!it\b)",
    rf"{_SOFT}I(?:['’]m| am| was) (?:\w+ ){{0,2}}(?:confused|puzzled|unconvinced|skeptical|sceptical|not convinced"
    rf"|not persuaded|surprised) (?:by|about|of) (?:{_THIS})",
    rf"{_SOFT}(?:I(?:['’]m| am) )?not sure (?:I |that I |if I |whether I )?(?:(?:quite |fully |really )?(?:follow"
    rf"|agree|buy)"
    r"|(?:understand|see|get) (?:this|that|why|what|how)|(?:what|why|how) you)\b",
    rf"{_SOFT}I (?:really |quite |honestly )?(?:don['’]t|do not|didn['’]t|can['’]t|cannot|fail to) (?:really "
    rf"|quite |fully )?"
    rf"(?:follow|understand|see|get|buy|accept|believe|share) (?:{_THIS}(?! (?:to|as)\b)|it\b[.,!]|(?:why|how"
    rf"|what) (?:you|this|that)\b)",
    r"(?:citation needed|source\?|evidence\?|says who|how so\b|since when|really\?|wait, (?:what|why|how|so|is"
    r"|are|do))",
    # "Doesn't he?", "They can, and have", "I think Keynes did;": of one's own words one says the whole
    rf"{_SOFT}{_AUX} (?:it|they|he|she|that|this|there|we|you)\?",
    rf"{_SOFT}(?:I (?:think|believe|suspect|doubt|thought) (?:that )?)?(?:it|they|he|she|we|there|this|that|you"
    rf"|(?-i:[A-Z][a-z]+))"
    rf" {_AUX}(?: not)?(?:[,;!](?! (?:of course|however|therefore|then|in|as|for|to)\b)|\.(?:\s|$))",
    rf"{_SOFT}(?:this|that) (?:matches|fits|mirrors|confirms|contradicts|echoes|resonates with) (?:my|what I"
    rf"|with my)\b",
    r"not (?:in my|really|quite|at all|necessarily|true|exactly|for me|according to|as far as)\b",
    r"(?:true|right|correct|fair|granted|sure|yes|ok|okay|maybe|perhaps),? but\b",
    rf"{_SOFT}(?:this|that)(?: is|['’]s)(?: (?:such|just|simply|only))? an? (?:\w+ )?(?:misreading|misconception"
    rf"|misunderstanding|myth|mistake"
    r"|fallacy|oversimplification|exaggeration|overstatement|stretch|caricature|leap|strong claim|bold claim"
    r"|big claim|big if)\b",
    rf"{_SOFT}I (?:read|take|took|interpret(?:ed)?|understand|understood|parsed?) (?:this|that) (?:as|to)\b",
    rf"{_SOFT}I (?:did(?: not|n['’]t)|hadn['’]t) (?:reali[sz]e|know|see|notice|understand|appreciate)d? (?:from"
    rf"|that you)\b",
    rf"{_SOFT}(?:just )?(?:to (?:make sure|check|see if)|let me (?:check|see) (?:that|if|whether)) I(?:['’]m| am)? "
    r"(?:understand(?:ing)?|follow(?:ing)?|get(?:ting)?|read(?:ing)?) (?:this|that|you)\b",
    r"by [\"“'‘][^\"“”]{2,60}[\"”'’],? I (?:mean|meant|was|just|only)\b",
    rf"{_SOFT}(?:on|re|regarding) (?:the|your|this) (?:first )?(?:point|part|question|objection|claim)\b(?! of)",
    rf"{_SOFT}I(?:['’]d| would| want to| have to) (?:also |like to |strongly |gently |still )*(?:push back"
    rf"|take issue|object"
    rf"|quibble|dispute|second|echo)(?: \w+){{0,2}} (?:{_THIS}|here)",
    rf"{_SOFT}(?:this|that|it) (?:begs the question|proves too much|doesn['’]t follow|does not follow|misses the point"
    r"|cuts both ways|seems to (?:me (?:wrong|right|false|mistaken)|apply to any))\b",
    rf"{_SOFT}I (?:\w+ )?(?:like|love|appreciate|share|endorse|doubt|dispute|reject|second) (?:this|that)"
    rf"(?: {_SPOKEN})?[.,;:!]",
)
"""An answer to what somebody else just said."""

_NO_AFTER = re.compile(
    r"^\W*(?:As|Being|Having|Speaking as|From|Well|After|Since)\b[^.?!;:]{3,110}, (?:no|nope|yes|not really|not quite"
    r"|hardly"
    r"|I (?:dis)?agree|exactly|absolutely not)[.!](?:\s|$)"
)
""" "As somebody who sold the tickets, no." """
_UNSEEN = re.compile(
    r"^\W*(?:(?:and|but|so|sorry|hm+|well),? )?I (?:really |still |honestly |quite )?(?:don['’]t|do not|can['’]t"
    r"|cannot|fail to"
    r"|didn['’]t) (?:really |quite |fully )?(?:see|understand|follow|get|buy) (?:how|why|that|where|in what)\b[^.?!]*"
)
""" "I don't see how they suggest that", of what was said in these words. """

ASKS_WHY = _any(
    rf"{_SOFT}(?:why|how|what makes you|do you|are you) (?:do |would |are |can )?(?:you )?(?:really )?(?:think"
    rf"|believe|say|saying|expect|assume"
    r"|claim|claiming|know|mean)\b"
)
"""A question what for: an answer where it takes up a word of what was said, or says "this" or "so"."""

WEAK = _any(
    rf"{_SOFT}I(?:['’]m| am|['’]d)? {_HOW}(?:agree|disagree|think|believe|see|understand|suspect|doubt|expect|buy"
    rf"|not sure"
    r"|guess|say)\b",
    rf"{_SOFT}(?:if I(?:['’]m| am)? (?:\w+ )?(?:understand|understood|understanding|read|reading)|let me (?:try"
    rf"|restate|rephrase)"
    r"|(?:so )?you(?:['’]re)?|should (?:it|this|that)|in what sense|does (?:this|that|it)|is(?:n['’]t)? (?:this"
    r"|that|it)"
    r"|(?:does|would)n['’]t|why (?:would|not|is|does|should)|what (?:about|if))\b",
    rf"{_SOFT}(?:as (?:I|you) (?:said|say|mention|mentioned|noted?|wrote)|like I (?:said|mentioned)|note that"
    rf"|my (?:sense|view"
    r"|guess|impression|understanding|answer|reading)|the (?:way|reason|problem|issue) (?:I|with|is|here)|(?:this|that)"
    r" (?:seems|sounds|would|could|might|assumes|ignores)|depends|maybe|perhaps)\b",
)
"""What may be an answer, and as often goes on with what one said oneself."""

HERE = re.compile(
    r"\byou (?:\w+ )?(?:mention|list|describe|raise|point out|propose|suggest|quote|give)(?:ed|d)? (?:here|above)\b"
)
"""Speech to somebody about what stands here."""
_YOURS = re.compile(
    r"\byou(?:['’]re|['’]ve| are| have| were)? (?:\w+ )?(?:sa(?:y|id|ying)|claim(?:ed|ing)?|mention(?:ed)?"
    r"|list(?:ed)?|wr(?:i|o)te"
    r"|describe[d]?|suggest(?:ed|ing)?|argu(?:e|ed|ing)|mean|meant|point(?:ed)? out|ask(?:ed)?|quoted?|raised?"
    r"|propose[d]?|assum(?:e|ing))\b"
    rf"|\byour (?:\w+ ){{0,2}}{_SPOKEN}\b",
    re.I,
)
_ASKS_YOU = re.compile(
    r"\b(?:do|did|would|are|were|have|had|can|could|will|don['’]t|aren['’]t|wouldn['’]t|haven['’]t) you\b[^.!?]*\?",
    re.I,
)
_DO_YOU_MEAN = re.compile(r"\b(?:do|did) you mean\b[^.!?]*\?", re.I)
_GREETS = _any(
    r"(?:thanks|thank you|thx|nice|great|good|lovely|excellent|interesting|cool|wow|congrat\w+|hi|hello|hey"
    r"|welcome|sorry|apologies"
    r"|kudos|awesome|glad|happy|upvoted|strong upvote|epistemic status|edit|eta|update|disclaimer|tl;?dr|p\.?s"
    r"|note|edited|meta|caveat"
    r"|(?:just )?(?:some|a few|few|a couple|quick|two|three|one) (?:\w+ )?(?:thoughts?|comments?|points?"
    r"|questions?|notes?|things?))\b"
)
_TELLS_OF = re.compile(
    r"\b(?:(?:this|the) (?:\w+ )?(?:post|article|essay|paper|piece|author|authors|op|talk|book"
    r"|chapter)(?:['’]s)? (?:\w+ )?(?:says?|argues?|claims?|seems?"
    r"|assumes?|suggests?|makes?|describes?|presents?|gives?|is|has|does)"
    r"|the (?:main|central|core|key|basic|overall|general|underlying) (?:\w+ )?(?:claim|argument|idea|thesis"
    r"|worry|objection)"
    r"|(?:my|our) (?:understanding|summary|reading|post|paper|comment|original|earlier|previous)\b"
    r"|as i (?:understand|see|read) |one (?:might|could|may|response|reply|objection|argument|view|possible|worry"
    r"|answer)\b"
    r"|another (?:possible |potential )?(?:response|reply|objection|argument|view|explanation|option|possibility"
    r"|way)\b)",
    re.I,
)
_SUPPOSES = _any(
    r"(?:if i (?:understand|read|follow)|naively|roughly|suppose|imagine|consider|say|let['’]?s|at first"
    r"|initially|for example|for instance|e\.g|assume|in theory"
    r"|intuitively|a (?:naive|first|simple)|the (?:naive|standard|usual|obvious)|some|in short|in other words"
    r"|as examples?)\b"
)


def own(text: str) -> bool:
    """Whether a paragraph shows that the one who replies says it: greeting, summary, example, answer, or speech to who
    is answered."""
    first = text[:400]
    return bool(
        _GREETS.match(first)
        or _SUPPOSES.match(first)
        or _TELLS_OF.search(first)
        or STRONG.match(first)
        or tells_you(text)
        or text.rstrip().endswith(":")
        or speech.reported(text, first.partition(". ")[0])
    )


def tells_you(text: str) -> bool:
    """Whether it speaks to somebody about what they said, and does not only ask."""
    return bool(_YOURS.search(text)) and not asks_you(text)


def asks_you(text: str) -> bool:
    """Whether it puts a question to "you"."""
    return bool(_ASKS_YOU.search(text))


def answers(text: str, said: str) -> bool:
    """Whether a paragraph plainly answers this one."""
    if STRONG.match(text) or _NO_AFTER.match(text):
        return True
    if unseen := _UNSEEN.match(text):
        first = unseen[0].casefold()
        taken_up = _stems(first) & _stems(said.casefold())
        return bool(taken_up) and re.search(r"\b(?:this|that|they|it|these|those|he|she|you)\b", first) is not None
    if not ASKS_WHY.match(text):
        return False
    first = text.partition("?")[0].casefold()
    return bool(re.search(r"\b(?:this|that|so|they|it)\b", first)) or bool(
        _long_words(first) & _long_words(said.casefold())
    )


def asks_what_is_meant(text: str, said: str) -> bool:
    """Whether a paragraph soon asks what another one meant, in a word of it: "Do you mean that …?"."""
    asked = _DO_YOU_MEAN.search(text[:600])
    return asked is not None and bool(_long_words(asked[0].casefold()) & _long_words(said.casefold()))


def _stems(text: str) -> set[str]:
    return {word[:6] for word in _long_words(text)}


BOTH = re.compile(
    r"\b(?:the|your) (?:first|former|second|latter|other|last|third|two|both) (?:sentence|paragraph|point|half|part"
    r"|claim"
    r"|one|question|bit|line|of (?:these|your))s?\b|\b(?:as (?:to|for)|on|regarding|re) the (?:first|former|second"
    r"|latter)\b",
    re.I,
)
"""Speech of the first and the second of what was said."""


def _long_words(text: str) -> set[str]:
    return set(re.findall(r"\w{5,}", text)) - {"think", "believe", "would", "there", "about", "which"}


_TALKS = re.compile(r"\b(?:I|you|your)\b")
_PHRASE = re.compile(r"[\"“]([^\"“”]{5,80})[\"”]")


def echoes(answer: str, said: str) -> bool:
    """Whether somebody soon takes up words, two and more, in quotation marks that were said without any.

    A term that is explained comes again so too: "I" or "you" must speak.
    """
    there = None
    first = answer[:300].partition(". ")[0]
    for found in _PHRASE.finditer(first) if _TALKS.search(first) else ():
        phrase = fold(found[1]).rstrip(".,;:!?")
        there = fold(said) if there is None else there
        at = there.find(phrase) if len(phrase.split()) > 1 else -1
        if at >= 0 and there[max(0, at - 1) : at] not in {'"', "“", "'", "‘", "*", "_"}:
            return True
    return False
