"""The other's view in one's own mouth: "You're saying that X", "Your claim is that X", "I expect you'll say that X".

Whoever restates does not hold it. In a talk the other is who is spoken to, where that is plain; what somebody is only
expected to say is nobody's yet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kb.extract.model import Block, Said, View
from kb.text.caseless import Caseless

_LEAD = (
    r"^\W*(?:(?:so|and|but|okay|ok|well|now|also|then|again|right|first(?: of all)?|firstly|second(?:ly)?|third(?:ly)?"
    r"|finally|instead|otherwise|although|though|basically|just to (?:check|be clear|make sure)|in other words"
    r"|earlier|before|above|in (?:your|the) [\w ]{3,40}),? )*"
)
_HOW = r"(?:(?:also|then|even|just|first|earlier|rightly|basically|essentially|really|seem to|seemed to|have|had|do) )*"
_POINT = (
    r"(?:claims?|arguments?|points?|views?|positions?|theses|thesis|objections?|worry|worries|concerns?|contentions?"
    r"|ideas?|theory|suggestion|proposal|complaint|reasoning|premise|assumption|conclusion|criticism|critique|case)"
)
_THAT = (
    r"(?= that\b| \(|: "
    r"| (?:you|we|they|there|he|she|people|most|some|all|no|these|those)(?:['’]\w+)? [a-z]+(?:['’]t)?\b"
    r"| (?:it|this|that) (?:is|was|would|will|could|should|has|does|can|may|might|must|seems)(?:n['’]t)?\b)"
)
_RESTATES = Caseless(
    rf"{_LEAD}(?:(?:what )?you(?:['’]re| are|['’]ve been| were) {_HOW}(?:saying|claiming|arguing|suggesting"
    rf"|asserting|proposing(?= that\b)|pointing out|telling us|worried(?= that\b)"
    rf"|comparing\b[^.]{{0,120}}\bto (?:point out"
    rf"|argue|say|show|suggest))\b"
    rf"|you {_HOW}(?:sa(?:y|id)|claim(?:ed)?|argued?|assert(?:ed)?|point(?:ed)? out|suggest(?:ed)?|mention(?:ed)?"
    rf"|maintain(?:ed)?|contend(?:ed)?|insist(?:ed)?|object(?:ed)?|worr(?:y|ied)|wrote|write|note[ds]?)\b(?: (?:here"
    rf"|above|earlier|yourself))?{_THAT}"
    rf"|(?:the|your|one of your|a lot of the|some of the|most of the"
    rf"|many of the) (?:\w+ ){{0,2}}?{_POINT} (?:that )?you"
    rf"(?:['’]ve| have|['’]re)? (?:bring|brought|make|made|making|raised?|give|gave|mention(?:ed)?|put forward)\b"
    rf"(?=[^.]*? (?:(?:is|are|was) (?:that|about|of the form)|relates? to|rel(?:y|ies) on|turns? on|come down to"
    rf"|boil down to)\b)"
    rf"|(?:one of )?your (?:\w+ ){{0,2}}{_POINT}(?: (?:here|about|against|for|on|in|to)\b[^,.;:]{{0,60}}?)? "
    rf"(?:is|was|seems to be|are|would be|boils down to|relies on)(?: (?:basically|roughly|essentially"
    rf"|really))?(?: that\b|:)"
    rf"|(?:i|we) (?:take|understand|read|hear|interpret) you (?:to|as) "
    rf"(?:be )?(?:say|claim|argu|mean|suggest)\w*"
    rf"|if i (?:understand|understood|read|hear|heard|follow|get|got)(?: you| this| that| it| your \w+)?"
    rf"(?: correctly| right| rightly)?, (?:you\b|your\b)"
    rf"|(?:let me |i['’]ll |i will |just |(?:trying|try|attempting) |allow me )?(?:to )?(?:restat(?:e|ing)"
    rf"|rephras(?:e|ing)"
    rf"|paraphras(?:e|ing)|summari[sz](?:e|ing)|steelman(?:ning)?) (?:your|his|her|their|the other"
    rf"|the opposing)\b[^:.]{{0,60}}:"
    rf"|(?:according to you|(?:on|in) your (?:view|account|reading|picture|story)),)",
)
_EXPECTS = Caseless(
    rf"{_LEAD}(?:(?:i (?:\w+ )?(?:expect|suspect|imagine|guess|assume|know|bet|predict|anticipate|suppose"
    rf"|think)(?: that)? )"
    rf"(?:you|he|she|they|somebody|someone|critics|some of you|(?:some|many)(?: \w+)?|readers)(?:['’]ll| will| would"
    rf"|['’]d| may"
    rf"| might)"
    rf"(?: \w+)? (?:say|object|reply|argue|respond|answer|claim|tell me|counter|point out|protest|complain|write)\b"
    rf"|(?:you|some of you|many of you|some readers|somebody|someone|some)(?:['’]ll| will"
    rf"|['’]d)(?: \w+){{0,3}}? (?:say|object|reply"
    rf"|argue|respond|counter|protest|complain|tell me|write to (?:me|say|tell))\b)",
)
_IMAGINED = re.compile(
    r"^\W*[\"“](?:So|But|Then|Wait|Surely|Oh|And|Aren['’]t|Isn['’]t|Doesn['’]t|Don['’]t|Why|What|How|You|Are|Is|Do"
    r"|Does)\b"
    r"[^\"“”]{8,200}[.?!]?[\"”]\s*(?:[—–-]+\s*)?(?:no|nope|not|well|wrong|please|yes|sure|i)\b",
    re.I,
)
"""Direct speech that the same sentence answers: "So you think that X?" — no."""
_SUMMARY = (
    r"\b(?:summari[sz]e|restate|rephrase|paraphrase|recap|recapitulate|sum up|steelman|go (?:over|through)|repeat)"
    r"(?: back)? (?:your|his|her|their|what you|what he|what she|what they|the other side)\b"
)
_SUMS, _SUMS_UP = Caseless(_SUMMARY), re.compile(rf"{_SUMMARY}[^.?!]*[.:]", re.I)
_OWN_AGAIN = re.compile(r"\b(?:I|I['’]\w+|my|me|mine)\b|^\W*(?:But|However|Yet|Still|Now|Is that|Does that|Did I)\b")
_OBJECTS = re.compile(
    r"[,;–—-] ?(?:but|yet|though|although|however|whereas|which (?:is|seems|strikes)|and (?:I|that)|I )"
    r"|\bbut (?:I|this|that|it|there|we|in fact|actually)\b|\b(?:wrongly|mistakenly|falsely|incorrectly)\b"
    r"|,? (?:which|and) (?:I|isn['’]t|is (?:wrong|false|not|right|true|odd))\b"
)
_MAY = Caseless(r"\byou|[\"“]|\b(?:restat|rephras|paraphras|summari|steelman|some|readers)")
_LONG = 700  # characters that a summary takes
UNKNOWN = re.compile(
    r"(?:audience|panel|crowd|floor|unknown|unidentified|questioner|listener|caller|student|voice|man|woman|person)"
    r"(?: (?:member|speaker|voice|question|questioner|in|from|the|audience|floor|\d+)){0,4}",
    re.I,
)
"""Who speaks and is nobody in particular: "Audience member"."""


def said(view: View, block: Block, start: int, end: int) -> Said | None:
    """Whose a sentence of a block is that restates what the other said, or will say; None where it does not."""
    sentence = view.text[start:end]
    if _MAY.search(sentence) and not _OBJECTS.search(sentence):
        if _EXPECTS.match(sentence) or _IMAGINED.match(sentence):
            return Said("quoted", None)
        if _RESTATES.match(sentence):
            return _other(view, block)
    summed = start > block.start and _sums_up(view.text, block.start, block.end)
    if summed and _goes_on(view.text[block.start : start], sentence):
        return _other(view, block)
    return None


@lru_cache(maxsize=8)  # asked for each sentence of a block
def _sums_up(text: str, start: int, end: int) -> bool:
    """Whether a block says anywhere that it sums up what the other said."""
    return _SUMS.search(text[start:end]) is not None


def _goes_on(before: str, sentence: str) -> bool:
    """Whether a sentence stands in a summary that was announced: "Let me summarize your points. The first …"."""
    if "your" not in before and " what " not in before and "their" not in before:
        return False
    found: Sequence[re.Match[str]] = list(_SUMS_UP.finditer(before))
    if not found or sentence.rstrip().endswith("?") or _OWN_AGAIN.search(sentence):
        return False
    between = before[found[-1].end() :]
    return len(between) < _LONG and "?" not in between and not _OWN_AGAIN.search(between)


def _other(view: View, block: Block) -> Said:
    """Whom a turn speaks to: the other of two, who is answered by it, or who speaks before and after it."""
    if block.turn is None or block.speaker is None:
        return Said("quoted", None)
    above = view.blocks.get(block.parent) if block.parent is not None else None
    if above is not None and above.speaker not in (None, block.speaker):
        return Said("named", above.speaker)
    others = view.speakers - {block.speaker}
    if len(others) == 1:
        return Said("named", next(iter(others)))
    around = {view.turns.get(block.turn - 1), view.turns.get(block.turn + 1)}
    name = around.pop() if len(around) == 1 else None
    return (
        Said("named", name) if name and name != block.speaker and not UNKNOWN.fullmatch(name) else Said("quoted", None)
    )
