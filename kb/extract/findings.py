"""Whether a sentence puts forward a fact that was found: a count, a measurement, a study, a case that was seen.

`kb.extract.cues.EVIDENCE` has the wording that says so outright; here it is a number, a time or a study together with
what happened, and no norm, forecast or judgement of the writer's own.
"""

from __future__ import annotations

import re

from kb.text.caseless import Caseless

_SMALL = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|(?:a |\w+ )?hundred(?: and \w+(?:-\w+)?)?|(?:a |\w+ )?thousand)"
)
_NUMBER = rf"(?:\d[\d,.]*|{_SMALL})"
_PART = r"(?:an? (?:half|third|quarter|fifth|sixth|eighth|tenth|dozen)|half|(?:two|three|four) (?:thirds|quarters|fifths|tenths))"
_MEASURED = re.compile(
    "|".join(
        (
            rf"\b(?!100 ?%){_NUMBER} ?(?:per ?cent|percent|percentage points?|points)\b|\b(?!100 ?%)\d[\d,.]* ?%",
            rf"\b(?:fewer|less|more|no more|at (?:most|least)) than {_NUMBER} in {_NUMBER}\b|\b{_NUMBER} in {_NUMBER}\b",
            rf"\b(?!one of)(?!hundreds? of){_NUMBER} (?:out )?of (?:(?:the|our|its|these|those|all|them|my) )*(?:{_NUMBER}|us|them|whom|which)\b",
            rf"\b(?:of|among|in) (?:the|our|its|those|these|my) (?:first |last )?{_NUMBER} (?!days|years|weeks|months|or\b)\w+|^\W*of the \w+ \w+.{{3,80}}\bmost\b",
            rf"\b(?:{_NUMBER}|twice|half|{_PART}) times? (?:as|the|more|fewer|less|higher|lower|larger|smaller)\b",
            r"\b(?:lost|gained|rose|fell|grew|shrank|dropped|went|cut|halved|doubled|tripled|saved|cost|paid|waited|lasted|covered|shot|reached|moved|declined"
            rf"|increased|decreased|showed|found|reported|asked|saw|agreed) (?:\S+ ){{0,5}}?(?:by |from |to |until |for |up )?(?:{_NUMBER}|{_PART})\b",
            rf"\b(?:shows?|comes? to|come out at) (?:\S+ ){{0,4}}?(?:{_NUMBER}|{_PART}) (?:of a|fewer|more|per|deaths|cases|events)\b",
        )
    ),
    re.I,
)
_STUDY = r"(?:stud(?:y|ies)|trials?|surveys?|experiments?|regist(?:er|ry)|cohorts?|polls?|census|audit|sandbox|pilot)"
_NAME = r"(?-i:[A-Z])[\w’'-]+(?:(?:,| and| &| et al\.?) (?-i:[A-Z])[\w’'-]+)*['’]s?"
_STUDIED = re.compile(
    rf"\b(?:in|by|from|according to|at) (?:the|a|an|our|my|their|its|his|her|this|that|one|another|{_NAME}) (?:\S+ ){{0,5}}?{_STUDY}\b"
    rf"|\b(?:the|a|an|another|one|her|his|their|our|those|these) (?:\S+ ){{0,3}}?{_STUDY} (?:\S+ ){{0,3}}?(?:found|showed|gave|reported|counted|measured|came|saw|had|finds?|shows?)\b"
    r"|^\W*studies (?:\S+ ){0,14}?(?:find|found|show|showed|report|see|saw)\b|\b(?:papers|studies|trials|surveys|registers|records) (?:\w+ )?(?:give|gave|show|find|found|report|reported)\b"
    rf"|\b{_NAME} (?:\w+ )?(?:trial|study|survey|experiment|trout|rats|mice|patients|subjects|work)\b",
    re.I,
)
_FIND = re.compile(r"^\W*(?:(?:most|some|two|three|several|many|the|recent) )?(?:studies|trials|surveys)\b", re.I)
_THERE = re.compile(
    r"\b(?:in|at|from) (?:the|our|my|their|this|that|his|her) (?:\S+ ){0,4}?(?:data|sample|records|count|ward|district|town|school|cities|villages|homes|plots|group|archives?)\b|\bat (?:mine|ours)\b",
    re.I,
)
_WHEN = re.compile(
    r"\b(?:in|since|by|until|from|between|during|before|after) (?:the |late |early |mid-)?(?:1[5-9]\d\d|20[01]\d|202[0-6])s?\b|\b(?:last|that|this past) (?:year|month|week|spring|summer|autumn|fall|winter|season|night|term|quarter)\b"
    r"|\b(?:years?|months?|weeks?|decades?|centuries) (?:ago|later|earlier)\b|\bin the (?:year|month|week|decade)s? (?:of|after|before|that)\b|\bthan there (?:were|was)\b",
    re.I,
)
_HAPPENED = re.compile(
    r"(?<![\w-])(?:was|were|had|did(?:n['’]t)?|went|came|took|gave|made|got|saw|found|fell|rose|lost|cost|paid|kept|ran|sent|shot|spent|stood|sold|held|grew|died|beat|broke|met|chose"
    r"|(?<!\bthe )(?<!\ban )(?<!\ba )(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bbeen )(?!(?:need|suppos|indeed|bas|relat|limit|intend|expect|propos|unit|interest|detail|so-call|hundr|advanc"
    r"|complicat|assign|requir|sophisticat|exceed|proceed|succeed|collaps)ed\b)\w{3,}ed)(?![\w-])",
    re.I,
)
_SEEN = Caseless(
    r"\b(?:I|we)(?:['’]ve| have)? (?:\w+ )?(?:saw|seen|watched|asked|counted|measured|observed?|tested|met|sampled|recorded|surveyed|lost|interviewed|paid|found)\b",
)
_OPINES = Caseless(
    r"\b(?:I (?:\w+ )?(?:think|believe|suspect|guess|bet|expect|doubt|argue|claim|predict|would|feel)|we (?:\w+ )?(?:argue|claim|believe|propose|expect|should)|in my (?:view|opinion)"
    r"|my (?:guess|view|sense|impression|take|claim|bet)|should|ought|must|will|would|won['’]t|can|might|may|if|unless|probably|perhaps|maybe|seems?|presumably|imagine|suppose|wrong|better|worse"
    r"|so (?:the|we|that)|therefore|thus|hence|because|you|your|next|typically|usually|essentially|always|what I want|promised?|threaten\w*|plans? to|20(?:2[7-9]|[3-9]\d))\b|\be\.g\.",
)
_ARGUES = Caseless(
    r"\b(?:argue[sd]?|arguments?|claim(?:s|ed)?|object(?:s|ed)|propose[sd]?|believe[sd]?|replied|replies|suggested that|concede|agree[ds]? (?:with|that)|disputes?|wonder\w*|demand\w*|misleading|mistaken|fails?"
    r"|defin\w+|(?:says?|said|told|writes|wrote|thinks?|thought) (?:\S+ ){0,3}?that|means? that|implies|refers? to|we show|is called|known as|explained|explanation|error|fallacy|level \d)\b",
)
_COUNTS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
    " thirty forty fifty sixty seventy eighty ninety hundred thousand half third thirds quarter quarters fifth fifths sixth eighth tenth"
    " tenths twice dozen most ago last later earlier than".split()
)
_STUDIES = frozenset(
    "study studies trial trials survey surveys experiment experiments registry register registers cohort cohorts poll polls census audit"
    " sandbox pilot papers records trout rats mice patients subjects work".split()
)
_WORD = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")


def finding(sentence: str) -> bool:
    """Whether the sentence reports what was found or happened, as a fact that others can check."""
    words = set(_WORD.findall(sentence.lower()))
    counts = bool(_DIGIT.search(sentence)) or not _COUNTS.isdisjoint(words)
    studies = not _STUDIES.isdisjoint(words)
    if not (counts or studies) or sentence.rstrip('*_"”’) ').endswith(("?", ":")) or _OPINES.search(sentence):
        return False
    happened, studied = bool(_HAPPENED.search(sentence)), studies and bool(_STUDIED.search(sentence))
    if _ARGUES.search(sentence):
        return False
    if studied and (happened or _FIND.match(sentence)):
        return True
    if not counts:
        return False
    seen = bool(_SEEN.search(sentence))
    if seen and happened and _WHEN.search(sentence):
        return True
    return (studied or happened or seen or bool(_THERE.search(sentence))) and bool(_MEASURED.search(sentence))
