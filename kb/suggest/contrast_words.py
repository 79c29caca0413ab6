"""The words of each way in which near-equal sentences differ in what they claim (`kb.suggest.contrast`)."""

from __future__ import annotations

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


TOKEN = re.compile(r"\d+(?:[.,]\d+)*%?|[^\W\d_]+(?:'[^\W\d_]+)?|%|\?")
NUMBER_WORDS = {
    name: str(value)
    for value, name in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {
    "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "hundred": "100", "thousand": "1000",
    "million": "1000000", "billion": "1000000000", "half": "0.5", "quarter": "0.25", "third": "0.33",
    "double": "2x", "twice": "2x", "triple": "3x", "thrice": "3x", "once": "1x", "percent": "%", "dozen": "12",
}  # fmt: skip

NEGATIONS = _set(
    """not no never none nobody nothing nowhere neither nor without cannot hardly barely scarcely rarely seldom fail
    fails failed failing failure lack lacks lacked lacking refuse refuses refused deny denies denied denying doubt
    doubts doubted doubtful reject rejects rejected dispute disputes disputed disagree disagrees false falsely
    untrue wrong wrongly mistake mistaken mistakenly incorrect myth fallacy unlikely unable impossible incapable
    absent absence stop stops stopped cease ceases ceased avoid avoids avoided abandon abandons abandoned far
    rather instead except unless little few least prevent prevents prevented zero neglect neglects ignore ignores
    missing miss misses nonsense illusion pretend pretends contrary opposite oppose opposes opposed refute refutes
    refuted disprove disproves disproved"""
)
PHRASES = (
    (re.compile(r"\ba (few|little)\b"), r"some"),
    (re.compile(r"\bnot only\b"), "both"),
    (re.compile(r"\bno doubt\b|\bundoubtedly\b|\bwithout (?:a )?doubt\b"), "certainly"),
    (re.compile(r"\bso far\b|\bas far as\b|\bfar (more|less|better|worse|too|beyond)\b"), r"much \1"),
    (re.compile(r"\b(?:at least)\b"), "atleast"),
    (re.compile(r"\btoo (\w+) (?:for \w+ )?to\b"), r"not \1 enough to"),
    (re.compile(r"\banything but\b|\bby no means\b|\bin no way\b|\bnowhere near\b|\bno longer\b"), "not"),
    (re.compile(r"\bcannot but\b"), "must"),
    (
        re.compile(
            r"\b(?:not|never|cannot|hardly|without)\W+(?:\w+\W+)?"
            r"(?:without|impossible|unlikely|unable|incapable|fail(?:s|ing)?(?: to)?|lack(?:s|ing)?|den(?:y|ies|ied)"
            r"|doubt(?:s|ed)?|untrue|false|wrong|absent|unimportant|unreasonable|uncommon|unhelpful)\b"
        ),
        "indeed",
    ),
)  # two negations in a row are none
PREFIXES = ("un", "in", "im", "ir", "il", "non", "dis", "mis", "anti", "de")
SUFFIXES = ("less",)

QUANTIFIERS = {
    **dict.fromkeys(["all", "every", "each", "everyone", "everybody", "everything", "always", "entirely", "completely",
                     "wholly", "fully", "universally", "everywhere", "invariably"], "all"),
    **dict.fromkeys(["most", "mostly", "usually", "majority", "largely", "generally", "typically", "mainly"], "most"),
    **dict.fromkeys(["some", "sometimes", "someone", "somebody", "something", "occasionally", "partly", "partially",
                     "several", "certain"], "some"),
    **dict.fromkeys(["many", "much", "often", "frequently", "lots"], "many"),
    **dict.fromkeys(["few", "minority", "rarely", "seldom"], "few"),
    **dict.fromkeys(["only", "solely", "exclusively", "alone", "just", "merely"], "only"),
    **dict.fromkeys(["none", "nobody", "never", "nothing"], "none"),
    **dict.fromkeys(["atleast", "minimum"], "least"), **dict.fromkeys(["maximum", "atmost"], "most of"),
    **dict.fromkeys(["almost", "nearly"], "almost"), "first": "first", "last": "last",
}  # fmt: skip
MODALITY = {
    **dict.fromkeys(["must", "should", "ought", "needs", "need", "necessary", "necessarily", "required", "requires",
                     "mandatory", "obligatory", "has to", "shall"], "must"),
    **dict.fromkeys(["may", "might", "could", "possibly", "perhaps", "maybe", "conceivably", "optional", "potentially"],
                    "may"),
    **dict.fromkeys(["likely", "probably", "presumably"], "likely"),
    **dict.fromkeys(["certainly", "definitely", "surely", "inevitably", "proves", "proven", "proved", "guarantees",
                     "guaranteed", "certain", "undoubtedly"], "surely"),
    **dict.fromkeys(["would"], "would"),
}  # fmt: skip
CONDITIONS = _set("""if unless when whenever until provided assuming once although though despite even""")
REPORTS = _set("""says said claims claimed argues argued believes believed thinks thought denies suggests suggested""")
SMALL = _set(
    """a an the of to in on at by for with from as and or but so that this these those it its is are was were be been
    being am do does did has have had having i we you he she they them us me my our your his her their there here
    which who whom whose what where how why than then also very really quite rather just indeed both much more
    most too such into onto over under about after before between through during against will would can could may
    might must should shall not no nor if because since while although though up out off down again still yet even
    ever people one ones some any all every each other another own same s t"""
)
PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:\w+ly\s+)?(?:\w+ed|\w+en|made|done|held|kept|led|found|built"
    r"|shown|driven|brought|taught|won|set|cut|paid|sold|told|said|read|run|lost|left|felt|hit|hurt)\b.*\bby\b"
)
FILLERS = _set("""a an the very really quite indeed truly simply actually that i think believe in my view opinion""")
