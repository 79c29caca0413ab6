"""Whose words they are within a paragraph: long quotations, and what a sentence reports as somebody's.

"Neel argues that …", "according to Neel", "Neel's view is that …" are Neel's; "Proponents say that …", "One might think
that …", "The standard objection is that …" are somebody's, and least of all the writer's. A sentence that goes on to
object ("…, but I doubt it") is the writer's own, and so is one that tells of a finding ("Neel showed that …").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.extract.model import Said
from kb.extract.persons import NAME, may_be_person
from kb.text.caseless import Caseless

QUOTED = Said("quoted", None)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A long quotation in a paragraph and who is said to have said it, where the paragraph names them."""

    start: int
    end: int
    speaker: str | None


# From 50 characters on a quotation says something of its own; shorter ones name or mention.
_CURLY = re.compile(r"“[^“”]{50,}(?:”|$)")
_STRAIGHT = re.compile(r'(?<![\w.,;:!?)\]])"(?=\S)[^"\n]{50,}(?<=\S)"(?!\w)')  # not from one's end to the next one
_AFTER = re.compile(rf"^[\s”\"\].,)]*[\[(]?\s*(?:Source:? |—|–|-|from|by|says|said|writes|argues|, )\s*{NAME}")
_BEFORE = re.compile(
    rf"{NAME}(?:['’]s)?[^.!?]{{0,60}}\b(?:says?|said|writes?|wrote|argues?|explain(?:s|ed)|notes?|states?"
    rf"|stat(?:ing|ed)"
    r"|puts it|here|point(?:s|ed)? out|defin(?:es|ed)|suggests?)\b[^.!?]{0,40}[:,]?\s*$"
)


@lru_cache(maxsize=8)  # of a block it is asked for each of its sentences
def quotations(text: str, start: int, end: int) -> tuple[Quotation, ...]:
    """The long quotations of `text[start:end]`, in order."""
    part = text[start:end]
    found: list[re.Match[str]] = []
    if "“" in part:
        found += _CURLY.finditer(part)
    if part.count('"') >= 2 and part.count('"') % 2 == 0:
        found += _STRAIGHT.finditer(part)
    return tuple(Quotation(start + m.start(), start + m.end(), _speaker(part, m.start(), m.end())) for m in found)


def within(quoted: Sequence[Quotation], start: int, end: int) -> Quotation | None:
    """The quotation that holds most of the span, if one does."""
    for quotation in quoted:
        shared = min(end, quotation.end) - max(start, quotation.start)
        if shared > 0.8 * (end - start):
            return quotation
    return None


def _speaker(part: str, start: int, end: int) -> str | None:
    after = _AFTER.match(part[end : end + 80])
    before = _BEFORE.search(part[max(0, start - 140) : start])
    for match in (after, before):
        if match and may_be_person(match["who"]):
            return match["who"]
    return None


# What a sentence reports. The verbs say that somebody holds something; "shows" and "finds" would vouch for it.
_SAYS = (
    r"(?P<verb>says?|said|argues?|argued|claims?|claimed|thinks?|thought|believes?|believed|holds?|held"
    r"|maintains?|maintained"
    r"|contends?|contended|insists?|insisted|asserts?|asserted|explains?|explained|points? out|pointed out|suggests?"
    r"|suggested|writes?|wrote|puts it|concludes?|concluded|repl(?:y|ies|ied)|responds?|responded|answers?|answered"
    r"|objects?|objected|worr(?:y|ies|ied)|warns?|warned|suspects?|suspected|counters?|countered|complains?|complained"
    r"|assumes?|assumed|den(?:y|ies|ied))"
)
_VIEW = (
    r"(?:view|argument|claim|position|point|contention|objection|reply|answer|response|thesis|idea|worry|opinion|take"
    r"|concern|conclusion|suggestion|hypothesis|criticism|critique|explanation|proposal)"
)
_SAY = _SAYS.replace("?P<verb>", "?:")
_LEAD = (
    r"^\W*(?:(?:So|And|Also|Here|Now|Then|First|Second|Third|Finally|Similarly|Likewise|For example|For instance"
    r"|By the way"
    r"|Incidentally|Meanwhile|Indeed|Likewise"
    r"|In (?:his|her|their) \w+ [^,]{0,60}|In [^,]{3,40}|In (?:19|20)\d\d),? )?"
)
_TITLE = r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir|Professor|Judge|Justice|President|Senator)\.? )?"
_ADVERB = (
    r"(?:(?:\w+ly|also|then|has|have|had|even|once|later|further|still|again|here|just|often|sometimes|rightly|now|long"
    r"|always|would|will|might|may|could|does|do|did) ){0,2}"
)
_PLAIN = "|".join(
    f"(?<={verb})"
    for verb in "say says said think thinks thought believe believes believed claim claims claimed argue argues".split()
)
_THAT = (
    rf"(?= that\b| how\b| why\b|,|:|(?:{_PLAIN}) (?!\w+ing\b|a lot\b|(?:about|with|over|for|against|in|on|at|to|of|more"
    r"|less|much|too|and|or|so|it[.,;]|this[.,;]|nothing|something|anything|twice|again)\b)[a-z\"“])"
)
"""What is said follows: "that …", "how …", or after a few verbs the sentence itself ("some argue rents would rise")."""

_TO = r"(?: to (?:me|us|him|her|them|the \w+)| well| nicely| best| here| once| recently| back| in [^,.;:]{3,40}?)?"
_NAMED = re.compile(
    rf"{_LEAD}(?:[Aa]s )?{_TITLE}{NAME},?(?P<more> (?:and|&) (?:[A-Z][\w’'-]+|co-?authors|colleagues|others)"
    rf"| et al\.?)?"
    rf"(?: \([^)]*\)|,? (?:who|a|an|the|of|from|at|then|now|formerly|once|in) [^,]{{3,60}},)? "
    rf"(?P<how>{_ADVERB})(?:{_SAYS}\b(?!ing){_TO}{_THAT}"
    r"|(?:told|tells|assured) (?:[\w’']+ ){0,3}[\w’']+(?= that\b)"
    r"|notes?\b(?= that\b| how\b|,|:)|observes?\b(?= that\b|,|:)|agrees?\b(?= that\b))"
    rf"|{_LEAD}(?:[Aa]ccording to|[Pp]er|[Ii]n the (?:view|words"
    rf"|opinion) of) {_TITLE}{NAME.replace('who', 'source')}(?:[’'],|,| \([^)]*\),)"
    rf"|{_LEAD}(?:[Ii]n )?{NAME.replace('who', 'holder')}[’']s? (?:\w+ ){{0,2}}{_VIEW}(?:(?: here| was"
    rf"| is)*,? (?:is|was)(?: roughly| basically)? that\b|,|(?:, as [^,:;.]{{3,60}})?:)"
    rf"|^\W*(?:[Tt]hinking about|[Rr]e:?|[Rr]egarding|[Oo]n|[Aa]bout|[Cc]onsider(?:ing)?|[Rr]ecall|[Rr]emember|[Tt]ake"
    rf"|[Pp]ondering) {NAME.replace('who', 'owner')}[’']s? (?:\w+ ){{0,2}}{_VIEW} that\b"
    rf"|{_LEAD}(?:{NAME.replace('who', 'titled')})[’']s? (?:\w+ ){{0,2}}(?:op-ed|essay|post|paper|column|book|talk"
    rf"|tweet"
    rf"|letter|review|blog|article|comment|reply|thread): "
    rf"|{_LEAD}(?:(?:[Uu]ser|[Cc]ommenter|[Pp]oster) (?P<handle>[\w.-]{{3,30}})"
    rf"|{NAME.replace('who', 'works')})(?: \([^)]*\)|, [^,]{{3,60}},)? (?:has|had|wrote|writes"
    r"|published|gave|gives|disputes?|disputed|disagrees|disagreed|objects|objected|answers|answered|replies|replied"
    r"|made"
    r"|makes)\b[^.;:]{0,80}?\b(?:where|in which|and|that|who) "
    rf"(?:(?:he|she|they) )?{_ADVERB}(?:{_SAY}|shows?|showed)\b(?= that\b)"
)
_BY_SOMEBODY = Caseless(
    r"\b(?:an?|one|another|some|the) (?:\w+ )?(?:referee|reviewer|critic|reader|commenter|colleague|friend|student"
    r"|listener"
    r"|opponent|sceptic|skeptic|editor|respondent|neighbou?r)s?,? (?:who|and (?:he|she|they)) "
    rf"{_ADVERB}{_SAY}\b(?= that\b)",
)
_CREDITED = re.compile(
    rf"\((?:from |per |quoting )?{NAME}[’']s? (?:\w+ )?(?:comment|point|argument|objection|reply|claim|suggestion"
    rf"|idea)\)[.;]?$"
    rf"|,? according to {NAME.replace('who', 'source')}[.;]?$"
    rf"|, (?:says|said|argues|argued|writes|wrote|claims|claimed) {NAME.replace('who', 'holder')}[.;]?$"
)
_GROUP = (
    r"(?:(?:some|many|most|few|other|certain|several|all|various|a few|plenty of|lots of|a lot of"
    r"|the)(?: of (?:the|its|their))? )?"
    r"(?:[\w-]+ ){0,2}(?:people|others|proponents|opponents|critics|supporters|advocates|defenders|detractors|skeptics"
    r"|sceptics|objectors|believers|enthusiasts|optimists|pessimists|philosophers|economists|historians|scientists"
    r"|researchers|scholars|experts|engineers|doctors|physicians|clinicians|commentators|observers|readers|reviewers"
    r"|authors|theorists|folks|pundits|analysts|biologists|psychologists|lawyers|politicians|academics"
    r"|\w{3,}(?:ists|ians))"
)
_SOMEBODY = Caseless(
    rf"{_LEAD}(?:"
    rf"{_GROUP}(?: (?:of|for|in|on|at|who|from) [^,.;:]{{3,60}}?)? {_ADVERB}{_SAY}\b{_THAT}"
    rf"|(?:he|she|they|the authors?|the (?:first |second |third )?(?:reviewers?|referees?"
    rf"|respondents?)) {_ADVERB}{_SAY}\b(?= that\b|,|:)"
    rf"|(?:some|many|most|others)(?: of (?:them|these|those|us))? {_ADVERB}{_SAY}\b{_THAT}"
    r"|(?:one|you|someone|somebody|some(?: people)?|a (?:critic|skeptic|sceptic|reader|reviewer|defender"
    r"|proponent)|an (?:opponent|objector|advocate))"
    rf" (?:might|may|could|can|would|will)(?: \w+ly| then| still| well| also| even| now| instead)* (?:think|say"
    rf"|argue|object|worry|reply|respond|claim"
    rf"|complain|counter|protest|believe|suppose|suggest|insist)\b{_THAT}"
    r"|it (?:is|was|has been|might be|may be|could be|can be|is being) (?:\w+ )?(?:said|claimed|argued|thought"
    r"|believed|assumed|objected|alleged"
    r"|supposed|suggested|held|maintained)(?: by [^,.;]{3,40})?(?:,| that\b)"
    r"|(?:the|a|an|one|another) (?:(?:most|more|very) )?(?:standard|usual|common|commonest|traditional|classic"
    r"|classical|conventional|orthodox|popular|received"
    r"|typical|widespread|prevailing|familiar|well-known|stock|naive|naïve|frequent"
    r"|widely held) (?:\w+ ){0,2}?(?:wisdom|story|belief|picture|account|rational|told|tell|assur|disput|disagree"
    r"|op-ed|essay|where|in whiche|justification|assumption|defen[cs]e"
    rf"|rejoinder|counter-?argument|complaint|{_VIEW})(?: (?:to|against|for|of|about|from|here|in|on"
    rf"|among)\b[^,.;:]{{0,60}})?(?: is| says| was| goes| holds| has it|,)\b(?! (?:wrong|false|mistaken|misguided"
    rf"|flawed))"
    r"|(?:supposedly|allegedly|purportedly|reportedly)\b"
    r")",
)
_OWN_TURN = re.compile(
    r"[,;–—-] ?(?:but|yet|though|although|however|whereas|and yet|and I|which (?:is|seems|strikes)|this (?:is"
    r"|seems)|that (?:is|seems)|I )"
    r"|[.;] (?:But|However|Yet|This|That|I)\b|\b(?:wrongly|mistakenly|falsely|incorrectly|erroneously|confusedly)\b"
    r"|\bbut (?:I|this|that|they|he|she|it|in fact|actually|the|there|we)\b",
)  # fmt: skip
_MINE = re.compile(r"\b(?:I|my|me)\b")
_CHEAP = Caseless(
    r"\b(?:says?|said|argue|claim|think|thought|believe|h[oe]ld|maintain|conten[dt]|insist|assert|expla|point"
    r"|suggest|writ|wrote"
    r"|puts|conclu|repl|respon|answer|object|worr|warn|suspect|counter|complain|assum|den[yi]|note|observe|agree"
    r"|accord|per |view"
    r"|words|opinion|posit|thesis|idea|take|concern|hypoth|critic|propos|comment|alleged|suppos|purport|report"
    r"|protest|stor|belief"
    r"|picture|account|rational|told|tell|assur|disput|disagree|op-ed|essay|where|in which|justif|defen|rejoin|wisdom)",
)


def may_report(sentence: str) -> bool:
    """Whether there is a word in it without which a sentence reports nothing."""
    return _CHEAP.search(sentence) is not None


def reported(text: str, sentence: str) -> Said | None:
    """Who is said to say what a sentence of `text` says; None where it is whoever speaks in that text."""
    if not may_report(sentence) or _OWN_TURN.search(sentence):
        return None
    sentence = _unmarked(sentence)
    match = _NAMED.match(sentence) or _CREDITED.search(sentence)
    if match is None and "; " in sentence:  # "I asked; Ada's answer was that …"
        match = _NAMED.match(sentence.rpartition("; ")[2])
    if match and not (match["who"] and match[0].startswith("(") and _MINE.search(sentence)):
        told = match.groupdict()
        name = next(told[group] for group in _WHO if told.get(group))
        name = re.sub(r"[’']s?$", "", name)
        if told.get("handle") or (may_be_person(name) and not _common(text, name)):
            if not _several(match):
                return Said("named", name)
            return None if match["verb"] == "suggest" else QUOTED  # "Prices suggest that …" vouches for it
    return QUOTED if _SOMEBODY.match(sentence) or _BY_SOMEBODY.search(sentence) else None


def _unmarked(sentence: str) -> str:
    """Without the marks of links and of emphasis, whose words stay."""
    if "[" in sentence:
        sentence = _LINK.sub(lambda m: m[1] or m[3] or m[2], sentence)
    return sentence.replace("*", "") if "*" in sentence else sentence


_WHO = ("who", "source", "holder", "owner", "titled", "works", "handle")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\([^()\s]*\)|\[\[([^\[\]|\n]+)(?:\|{1,2}([^\[\]\n]+))?\]\]")


_BARE = re.compile(
    r"say|argue|claim|think|believe|hold|maintain|contend|insist|assert|explain|point out|suggest|write|conclude|reply"
    r"|respond|answer|object|worry|warn|suspect|counter|complain|assume|deny"
)
_MODAL = re.compile(r"\b(?:would|will|might|may|could|does|do|did)\b")


def _several(match: re.Match[str]) -> bool:
    """Whether more than one is named, or the verb says that it is no single person."""
    groups = match.groupdict()
    if groups.get("more"):
        return True
    return bool(_BARE.fullmatch(groups.get("verb") or "")) and not _MODAL.search(groups.get("how") or "")


def _common(text: str, name: str) -> bool:
    """Whether a name in one word is a common word that only begins the sentence: the text has it in small letters."""
    small = name.lower()
    if " " in name or not _WORD.fullmatch(small):
        return " " not in name and re.search(rf"\b{re.escape(small)}\b", text) is not None
    return small in _words(text)


@lru_cache(maxsize=2)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


_WORD = re.compile(r"\w+")
