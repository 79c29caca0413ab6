"""What stands around a statement, as numbers: its place, its voice, and what its sentence does among the others.

No word of a subject comes into it: what a sentence does is seen in its small words.
"""

from __future__ import annotations

import re

from kb.model.statement import Place

_CONCLUDES = re.compile(
    r"^\W*(?:so|thus|therefore|hence|consequently|as a result|accordingly|it follows|this means|that means|in short)\b"
    r"|\b(?:so that|therefore|hence|which is why|which means|it follows that)\b",
    re.I,
)
_GIVES_REASON = re.compile(
    r"\b(?:because|since|for the reason|given that|after all|due to|as long as|otherwise)\b", re.I
)
_TURNS = re.compile(
    r"^\W*(?:but|however|yet|still|nevertheless|nonetheless|although|though|even if|on the other hand|instead)\b"
    r"|\b(?:rather than|instead of|but not|not [^,;.]{3,60}[,;] but|whereas|although|despite|in spite of)\b"
    r"|[,;] (?:but|yet|and not|though|while)\b",
    re.I,
)
_DENIES = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|nowhere|neither|nor|without|cannot|hardly|barely|few|little)\b|n['’]t\b",
    re.I,
)
_CONDITION = re.compile(r"\b(?:if|unless|whenever|wherever|whoever|whatever|would|could have|were to)\b", re.I)
_COMPARES = re.compile(r"\b(?:more|less|fewer|better|worse|\w{3,}er) than\b|\bas \w+ as\b|\btoo \w+ (?:to|for)\b", re.I)
_QUANTIFIES = re.compile(r"\b(?:all|every|each|any|most|only|always|everybody|everyone|anybody|half|mainly)\b", re.I)
_NUMBER = re.compile(r"\d|\b(?:per ?cent|half|third|quarter|fifth|tenth|dozen|hundred|thousand|million|twice)\b", re.I)
_FIRST = re.compile(r"\b(?:I|we|my|our|me|us)\b", re.I)
_PAST = re.compile(r"\b(?:was|were|had|did|came|went|took|gave|said|made|got|saw|left|found|\w{3,}ed)\b", re.I)
_PRESENT = re.compile(
    r"\b(?:is|are|does|do|has|have|can|cannot|may|might|should|must|would|will|seems?|means?|\w+(?:['’]s|n['’]t))\b",
    re.I,
)
_ORDERS = re.compile(
    r"^\W*(?:please|note|see|use|try|click|press|open|turn|hold|take|bring|send|add|mix|leave|let|keep|choose|select"
    r"|write|read|do not|don['’]t|make sure|remember|ask|draw|check|name|sign|begin|start|put|enter|set|go)\b",
    re.I,
)
_MODAL_USE = re.compile(
    r"\b(?:you can|can be (?:\w+ed|found|set|seen|used)|allows? you|lets you|used to|is used)\b", re.I
)
_TALKS = re.compile(
    r"^\W*(?:thanks|thank you|sure|yes|no|ok(?:ay)?|well|oh|hi|hello|fair|right|good point|agreed|lol)\b", re.I
)
_POINTS_BACK = re.compile(
    r"^\W*(?:(?:and|but|so|yet|also),? )?(?:this|that|these|those|it|they|he|she|his|her|its|their)\b", re.I
)
_ARGUED = re.compile(
    r"\b(?:objections?|critici[sz]ms?|critiques?|arguments?|against|for|why|problems?|drawbacks?|limit(?:ation)?s?"
    r"|pros?|cons?|repl(?:y|ies)|response|claims?|conclusions?|discussion|reasons?|case|advantages|concerns?|risks?"
    r"|counter\w*|alternatives|myth|wrong|should|evidence|results|findings|thesis|points?)\b|\?\s*$",
    re.I,
)
_INSTRUCTS = re.compile(
    r"\b(?:how to|steps?|settings?|install\w*|usage|setup|set up|getting started|materials?|ingredients|method|before"
    r"|during|after|references|see also|links?|resources|related|further reading|external|notes?|changelog|rollout"
    r"|configur\w+|options|examples?|acknowledge?ments?|contact|about)\b",
    re.I,
)

NAMES = (
    "opens", "closes", "leads", "item", "spoken", "named", "quoted", "context", "early", "late", "argued_heading",
    "instructing_heading", "no_heading", "answers", "concludes", "reason", "turns", "denies", "condition", "compares",
    "quantifies", "number", "first_person", "past_only", "orders", "use", "talks", "points_back", "quotation",
)  # fmt: skip


def place_features(text: str, place: Place) -> list[float]:
    """What stands around one statement, in the order of `NAMES`, each 0 to about 0.5."""
    said = place.quote or text
    heading = place.heading[-1] if place.heading else ""
    values = (
        place.before == "",
        place.closes,
        place.leads,
        place.kind == "item",
        place.spoken,
        place.voice == "named",
        place.voice == "quoted",
        place.context,
        place.at < 0.12,
        place.at > 0.88,
        bool(_ARGUED.search(heading)),
        bool(_INSTRUCTS.search(heading)),
        not heading,
        place.before == "?",
        bool(_CONCLUDES.search(said)),
        bool(_GIVES_REASON.search(said)),
        bool(_TURNS.search(said)),
        bool(_DENIES.search(said)),
        bool(_CONDITION.search(said)),
        bool(_COMPARES.search(said)),
        bool(_QUANTIFIES.search(said)),
        bool(_NUMBER.search(said)),
        bool(_FIRST.search(said)),
        bool(_PAST.search(said)) and not _PRESENT.search(said),
        bool(_ORDERS.search(said)),
        bool(_MODAL_USE.search(said)),
        bool(_TALKS.search(said)),
        bool(_POINTS_BACK.search(said)),
        "“" in said or '"' in said,
    )
    return [value / 2 for value in values]
