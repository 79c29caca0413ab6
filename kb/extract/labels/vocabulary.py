"""The words of labels, and what each says of what follows it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from kb.model.words import Relation


class Role(Enum):
    """What a labelled part does."""

    CLAIM = "claim"  # is what the others speak for or against
    SUPPORT = "support"  # speaks for the claim
    ATTACK = "attack"  # speaks against the claim
    COUNTER = "counter"  # speaks against the claim or argument just before
    REPLY = "reply"  # speaks against the objection just before
    REJOINDER = "rejoinder"  # speaks against the reply just before
    PREMISE = "premise"  # supports the conclusion that follows, or the one before
    CONCLUSION = "conclusion"
    REMARK = "remark"  # what a reviewer says: an answer to it takes its sign from its words
    QUESTION = "question"  # asks; an answer to it is no reply to an objection


_BY_ROLE: Mapping[Role, str] = {
    Role.CLAIM: "thesis claim proposition motion resolution assertion myth misconception contention proposal"
    "|main claim|central claim|main thesis|central thesis|main point|main contention|chosen option|decision"
    "|recommendation",
    Role.SUPPORT: "pro for advantage benefit upside strength merit plus good positive argument reason evidence ground"
    " warrant data datum backing reasoning support affirmative point rationale"
    "|in favour|in favor|argument for|argument in favour|argument in favor|reason for|reason in favour|reason in favor"
    "|case for|the case for|point for|point in favour|point in favor|supporting argument|supporting evidence"
    "|supporting reason|positive consequence|good consequence|positive aspect|why it is right|argument pro",
    Role.ATTACK: "con against objection criticism critique disadvantage drawback downside weakness challenge concern"
    " worry minus bad negative"
    "|argument against|reason against|case against|the case against|point against|negative consequence"
    "|bad consequence|negative aspect|opposing argument|argument contra|challenge to this",
    Role.COUNTER: "counterclaim counterargument counterpoint counter-claim counter-argument"
    " counter-point counterexample counter-example antithesis contra fact reality truth counterthesis"
    " counterevidence counter-evidence"
    "|counter argument|counter claim|counter point|opposing view|opposing claim|opposing position|on the other side",
    Role.REPLY: "reply response rebuttal answer refutation defence defense counter-objection retort"
    "|author response|author reply|authors response|authors reply|authors' response|author's response|authors’ response"
    "|author’s response|our response|our reply|my response|my reply|possible reply|proponent's reply|in reply"
    "|in response",
    Role.REJOINDER: "rejoinder counter-reply counterreply counter-response counter-rebuttal counterrebuttal"
    " surrebuttal sur-rebuttal surrejoinder"
    "|follow-up objection|reply to the reply|reply to reply|response to the reply",
    Role.PREMISE: "premise premiss assumption p",
    Role.CONCLUSION: "conclusion therefore c",
    Role.REMARK: "comment remark suggestion|reviewer comment|referee comment|reviewer's comment|reviewer remark",
    Role.QUESTION: "question q issue",
}

_IRREGULAR = {"pro": "pros", "con": "cons", "for": "", "against": "", "thesis": "theses", "antithesis": "antitheses"}


def _every() -> dict[str, tuple[str, Role]]:
    words: dict[str, tuple[str, Role]] = {}
    for role, listed in _BY_ROLE.items():
        single, *phrases = listed.split("|")
        for word in [*single.split(), *phrases]:
            words[word] = (word, role)
            words[_plural(word)] = (word, role)
    words.pop("", None)
    return words


def _plural(word: str) -> str:
    head, *rest = word.split(" ", 1)
    if rest and head in {"argument", "reason", "point"}:  # "arguments for"
        return f"{head}s {rest[0]}"
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("y") and word[-2:-1] not in "aeo":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x")) else f"{word}s"


WORDS: Mapping[str, tuple[str, Role]] = _every()
"""Each label in small letters, singular or plural: its singular, and its role."""

_STRONG = (
    "pro advantage disadvantage objection criticism critique counterclaim counterargument counterpoint"
    " counter-claim counter-argument counter-point antithesis reply rebuttal rejoinder thesis claim drawback downside"
    " weakness premise"
)
ALONE = frozenset(_STRONG.split()) | {
    phrase
    for listed in _BY_ROLE.values()
    for phrase in listed.split("|")[1:]
    if phrase.startswith(("argument", "reason", "case", "counter", "main", "central", "reply"))
}  # fmt: skip
"""Labels that say enough wherever they stand; any other counts only beside one of another role (`partnered`)."""

_PARTNERS: Mapping[str, frozenset[str]] = {
    "for": frozenset(["against"]),
    "against": frozenset(["for"]),
    "good": frozenset(["bad"]),
    "bad": frozenset(["good"]),
    "positive": frozenset(["negative"]),
    "negative": frozenset(["positive"]),
    "plus": frozenset(["minus"]),
    "minus": frozenset(["plus"]),
    "strength": frozenset(["weakness", "limitation"]),
    "fact": frozenset(["myth", "misconception"]),
    "reality": frozenset(["myth", "misconception"]),
    "truth": frozenset(["myth", "misconception"]),
    "myth": frozenset(["fact", "reality", "truth"]),
    "misconception": frozenset(["fact", "reality", "truth"]),
    "point": frozenset(["counterpoint", "counter-point", "counter point"]),
    "conclusion": frozenset(["premise", "premiss", "p"]),
    "therefore": frozenset(["premise", "premiss", "p"]),
    "p": frozenset(["conclusion", "therefore", "c"]),
    "c": frozenset(["p"]),
    "assumption": frozenset(["conclusion"]),
    "data": frozenset(["warrant"]),
    "datum": frozenset(["warrant"]),
    "ground": frozenset(["warrant", "claim", "thesis"]),
    "warrant": frozenset(["claim", "ground", "data"]),
    "backing": frozenset(["warrant"]),
    "contra": frozenset(["pro"]),
    "motion": frozenset(["pro", "con", "for", "against", "argument", "argument for", "affirmative"]),
    "proposal": frozenset(["objection", "pro", "con", "drawback", "disadvantage", "reply"]),
}
_OPPOSED: Mapping[Role, frozenset[Role]] = {
    Role.CLAIM: frozenset([Role.SUPPORT, Role.ATTACK, Role.COUNTER]),
    Role.SUPPORT: frozenset([Role.CLAIM, Role.ATTACK, Role.COUNTER]),
    Role.ATTACK: frozenset([Role.CLAIM, Role.SUPPORT, Role.REPLY]),
    Role.COUNTER: frozenset([Role.CLAIM, Role.SUPPORT]),
    Role.REPLY: frozenset([Role.ATTACK, Role.COUNTER, Role.REMARK]),
}


def partnered(word: str, role: Role, seen: Mapping[str, Role], *, nested: bool = False) -> bool:
    """Whether a label counts, given all labels of its text: "For:" only where there is an "Against:".

    Under another item a "Con:" needs no "Pro:" to be one, and is nobody's name.
    """
    if word in ALONE or (nested and word == "con"):
        return True
    if word in _PARTNERS:
        return not _PARTNERS[word].isdisjoint(seen)
    return role not in _OPPOSED or not _OPPOSED[role].isdisjoint(seen.values())


OBJECTIONS = frozenset(["objection", "criticism", "critique", "counterargument", "counter-argument", "counterclaim"])
"""Groups whose paragraphs count only by their wording (`kb.extract.rules.objections`): there one answers too."""

SIGN: Mapping[Role, Relation] = {
    Role.SUPPORT: "supports",
    Role.PREMISE: "supports",
    Role.ATTACK: "attacks",
    Role.COUNTER: "attacks",
    Role.REPLY: "attacks",
    Role.REJOINDER: "attacks",
}
"""How what has a role bears on what it hangs on."""
