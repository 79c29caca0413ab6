"""What hangs on what was said before without a pronoun: ellipses, "I disagree", "your point", "the question is"."""

from __future__ import annotations

import re

from kb.extract.context.antecedents import Kind, Open, clause_before, known
from kb.text.caseless import Caseless

_ELLIPSIS = Caseless(
    r"^(?:not (?!all\b|every|only\b|everyone|many\b|much\b|enough\b|being\b|having\b|long\b|a single\b|one\b|sure\b|clear\b|convinced\b|that\b|until\b|since\b|knowing\b|\w+ing\b)"
    r"|(?:seems?|(?:sounds?|looks?|feels?) (?:like|as|to me|very|pretty|quite|more|good|right|wrong|plausible|reasonable|odd|promising|fine)|depends (?:on|how|what|whether)|agreed|disagree|agree|ditto)\b"
    r"|(?:same|exactly|absolutely|unclear|correct|incorrect|wrong|right|true|false|fair|probably not|definitely(?: not)?|possibly|maybe not)\s*(?:$|[.,;:!—(]|(?:but|though|that|if|to me|here)\b)"
    r"|(?:definitely|probably|similarly|clearly|very|quite|pretty|not very|too|mostly) (?:un)?(?:certain|clear|true|wrong|right|false|likely|different|similar|plausible|hard|easy|relevant)\b"
    r"|(?:correctly|rightly|wrongly|falsely|convincingly|nicely)\s+\w+s\b"
    r"|(?:yes|no|yeah|nope)\b[,.]"
    r"|(?:yes|no)\s*$|or,?\s|nor\s|which ones?\b|which\b(?!.*\?)|if (?:so|not)\b|otherwise\b|instead\b|(?:the )?(?:former|latter)\b|both\b(?! \w+(?: \w+)? (?:and|or)\b)|(?:n?either)\b(?! \w+(?: \w+)? n?or\b)"
    r"|(?:may (?=be\b|have\b|not\b|lead\b|cause\b|suffer\b|require\b|need\b|help\b|take\b|make\b|result\b|also\b)|can |could |should |must |requires? |needs |allows |enables |ignores |suffers |provides |reduces |increases |improves |captures |assumes |iteratively )(?!.*\?)"
    r"|(?:argues|claims|says|shows|points out|suggests|finds|proves|defends|concludes|holds|notes|thinks|explains|wonders|asks|attacks|rejects) (?:that|how|why|for|against|whether|there|it|the|a|an)\b"
    r"|(?:probably |maybe |also |still |just )?(?:doesn['’]t|don['’]t|didn['’]t|isn['’]t|won['’]t|wouldn['’]t|would|will)\b(?! you\b)(?!.*\?)"
    r"|hence\b|in (?:the same|a similar) (?:way|vein)|same (?:for|with|goes))",
)


def _ellipses(words: str) -> list[Open]:
    match = _ELLIPSIS.match(words)
    return [Open(Kind.SAID, 0, True)] if match else []


_ADDRESSED = re.compile(
    r"\byour (?:\w+ ){0,2}(?:point|points|argument|arguments|idea|ideas|claim|claims|view|views|example|examples|post|comment|question|questions|position|response|reply|objection|critique|model|plan|proposal|intuition|list|concern|worry|case|analogy|description|definition|approach|suggestion)\b"
    r"|\byou(?:['’]re| are| were|['’]ve|['’]d)? (?:\w+ly |also |just |then |not |have |seem to |might |might be |may be |would )?(?:say|said|saying|mention|mentioned|mentioning|argue|argued|arguing|claim|claimed|claiming|point|pointed|pointing|suggest|suggested|suggesting|describe|described|describing|write|wrote|writing|assume|assuming|compare|comparing|propose|proposed|list|listed|note|noted|cite|cited|bring|brought|mean|meant|imply|implied|implying|think|believe|object|raise|raised|disagree|agree)\b"
    r"|\b(?:agree|disagree|disagreement) with (?:you|him|her|them|that|this|everything|most|all|some|much|each|both)\b|\bwhat you call(?:ed)?\b|\bas you (?:say|said|put|note|wrote|point)\w*\b|\b(?:do|would|could|can|are|have) you\b",
    re.I,
)
_ADDRESSES = frozenset(["you", "your", "agree", "disagree", "disagreement"])
_BARE_STANCE = Caseless(
    r"^(?:\w+(?: \w+)?, )?I(?:['’]d| would)? (?:\w+ )?(?:(?:dis)?agree|concur|object|buy (?:it|this|that)|share (?:this|that|your) \w+|doubt it)\s*(?:[.,;:!(—]|$|here\b|but\b|and\b|though\b|on\b)"
    r"|^(?:agreed|disagree|strongly (?:dis)?agree|good point|fair (?:point|enough)|exactly|well put)\b|^I(?:['’]m| am) (?:\w+ )?(?:unconvinced|not convinced|not sure|confused|skeptical|sceptical)\s*(?:[.,;!]|$|here\b|but\b)",
)


def _answers(words: str, told: frozenset[str]) -> list[Open]:
    if match := _BARE_STANCE.match(words):
        return [Open(Kind.OTHER, match.start(), True)]
    if told.isdisjoint(_ADDRESSES):
        return []
    return [Open(Kind.OTHER, m.start(), False) for m in [_ADDRESSED.search(words)] if m]


_ABSTRACT = (
    r"(?:challenge|question|problem|point|idea|issue|reason|difference|answer|alternative|result|conclusion|argument|objection|claim|worry|concern|hope|goal|aim|upshot|trick|catch|drawback|advantage"
    r"|disadvantage|exception|effect|benefit|risk|distinction|assumption|consequence|implication|lesson|difficulty|downside|upside|solution|explanation|example|analogy|case|step|option|way|factor|caveat|takeaway|mistake|confusion|disagreement|crux|thing|motivation|evidence|response|reply|critique|criticism|remedy|cause|limit|limitation)"
)
_ABSTRACTS = frozenset(word + end for word in _ABSTRACT[3:-1].split("|") for end in ("", "s"))
_ABOUT = Caseless(
    rf"(?:^|\b(?:think|that|say|believe|because|but|and|is) )(?:(?:the|my|his|her|their|our|one|a|an) )(?:(?:main|only|real|key|core|central|first|second|third|fourth|last|next|final|other|bigger|biggest|deeper|more \w+|most \w+|obvious|natural|same|remaining|best|better|basic|underlying|fundamental|important|related|similar|further|additional|additional|simple|possible|common|bottom|\w+er) )*{_ABSTRACT}s?,? (?:I \w+ |here |then |now )?(?:is|are|was|were|would be|might be|may be|could be|seems?)\b",
)
_BEGINS = Caseless(
    rf"^(?:another|a (?:second|third|further|related|similar|final|different)|the (?:second|third|other|last|next|latter|former)|one (?:more|other)) (?:\w+ ){{0,2}}{_ABSTRACT}s?\b"
    r"|^others\b|^(?:other|further) [a-z]+s\b|^(?:another|many|most|some|few|several|all|none|one|two|three) (?:of (?:these|those|them)|is|are|was|were|would|could|might|will|has|have)\b",
)
_WITHIN = Caseless(
    r"\b(?:the (?:former|latter)|the above|aforementioned|one such|the same (?:way|thing|reason|argument|problem|issue|point|mistake|token|vein|logic|sort|kind|applies|goes|is true|holds)|(?:the|most|some|all|any) others?|in (?:such|either|both|that|this|these|those) cases?)\b"
    r"|\b(?:as|like) (?:i|we) (?:said|mentioned|argued|noted|discussed)\b|\b(?:mentioned|explained|described|listed|given|shown) above\b|\bthe [\w-]+(?: [\w-]+)? above\b"
    r"|\bin that (?:sense|case|way|respect|regard)\b|\bfor that reason\b|\b(?:at|once|until|by|to|past) (?:\w+ )*?that point\b|\bgoing on here\b|\b(?:other|\w+(?:ed|er|ing)) ones\b|\b(?:less|more) so\b(?! (?:that|than))",
)
_WITHIN_WORDS = frozenset(
    "former latter above aforementioned such same others other case cases i we that here ones so".split()
)
_NUMBERED = Caseless(
    r"\b(?:of|in|within|for|on|by|with|to|than|and|definitions?|points?|items?|claims?|theory|theories|options?|cases?"
    r"|premises?|steps?|number) (?:\(?(?:\d{1,2}[a-z]?|[a-z])\)|\d{1,2}[a-z]?\.(?= [a-z])|\d[a-z]\b)",
)
_HERE = Caseless(r"^here,?\s|\bhere\b(?=[.,;:?!)]|$)|\b(?:in|from|by) here\b|^there(?=,)")
_KNOWN_KIND = re.compile(
    r"^(?:[^:]{3,40}: )?(?P<np>[Tt]he (?:(?:first|second|third|latter|other|same|new|two|three|whole|entire|original|proposed) )?(?P<noun>technique|method|approach|procedure|function|idea|theory|concept|effect|term"
    r"|tool|figure|number|estimate|claim|argument|objection|game|proposal|plan|algorithm|experiment|study|trial|survey|paper|article|essay|book|post|report|author|program(?:me)?|process|policy|rule"
    r"|test|result|finding|data|example|story|exercise|principle|hypothesis|paradox|view|position|scheme|system|technology|measure|reform|treatment"
    r"|drug|device|project|team|group|company|committee|project|strategy|tactic|analogy|picture|model|project|group|critic|reviewer|speaker|model|thesis"
    r"|premise|inference|dataset|sample|sequence|chapter|quote|passage|practice|movement|school)s?)"
    r"(?= (?:is|are|was|were|does|do|did|has|have|had|can|could|will|would|should|must|may|might|also|then|itself|themselves|\w+ly|\w{3,}s|\w{3,}ed)\b)(?! \w+ (?:of|that|which|who) )",
)


def find(words: str, told: frozenset[str]) -> list[Open]:
    """All of a sentence; `told` are its words in small letters, by which most patterns need not be tried."""
    return [*_ellipses(words), *_answers(words, told), *_discourse(words, told)]


def _discourse(words: str, told: frozenset[str]) -> list[Open]:
    hung = [
        *(_ABOUT.finditer(words) if not told.isdisjoint(_ABSTRACTS) else ()),
        _BEGINS.match(words),
        *(_WITHIN.finditer(words) if not told.isdisjoint(_WITHIN_WORDS) else ()),
        _HERE.search(words) if "here" in told or "there" in told else None,
        _NUMBERED.search(words),
    ]
    known_as = _KNOWN_KIND.match(words) if "the" in told else None
    found = [Open(Kind.SAID, m.start(), False) for m in hung if m and not clause_before(words, m.start())]
    if known_as and not known(known_as["noun"], words[: known_as.start("np")]):
        found.append(Open(Kind.NOUN, known_as.start("np"), False, known_as["noun"]))
    return found
