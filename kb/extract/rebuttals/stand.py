"""Whether an answer to a point of a review disputes or concedes it, by the sentences with which it opens."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.model.words import Relation

_DISPUTES = re.compile(
    r"\b(?:disagree|(?:mis)(?:understand\w*|understood|conception|characteri[sz]\w*|represent\w*)"
    r"|(?:this|that|it|(?:the|this|your) (?:reviewer|referee|comment|criticism|claim|statement|conclusion|concern)\w*)"
    r" (?:\w+ )?(?:is|are|was)(?: not|n['’]t) (?:(?:entirely|quite|strictly|at all) )?"
    r"(?:true|correct|accurate|right|valid|justified)\b(?! for)"
    r"|(?:is|are|was) (?:\w+ )?(?:incorrect|inaccurate|unfair|untrue|unfounded|mistaken|false)\b|contrary to"
    r"|we (?:would |['’]d )?(?:respectfully |strongly |still )?(?:argue|maintain|contend|stand by|insist|reject)"
    r"|(?:out of|beyond|outside) (?:the |our )?scope"
    r"|(?:is|are|does|do|did|was|were)(?: not|n['’]t) (?:simply|just|merely)"
    r"|(?:do|can)(?: not|n['’]t|not) (?:share|agree)\b|(?:fails?|failed) to (?:notice|see)\b)",
    re.I,
)
_DONE = (
    r"added|revised|updated|corrected|fixed|included|removed|rephrased|rewrote|rewritten|reworded|clarified|changed"
    r"|modified|expanded|moved|replaced|shortened|toned|tempered|softened|qualified|weakened|dropped|deleted"
)
_TO_DO = r"add|revise|update|correct|fix|include|remove|rephrase|clarify|change|modify|expand|discuss|make|cite|mention"
_CONCEDES = re.compile(
    r"\b(?:(?:we|I) (?:\w+ )?(?:agree|concede|acknowledge|admit|accept|apologi[sz]e|concur|grant)"
    r"|(?:you are|you['’]re|(?:reviewer|referee) is) (?:\w+ )?(?:right|correct)"
    r"|(?:good|great|fair|valid|excellent|important) (?:point|suggestion|catch|question|idea|observation)"
    rf"|(?:we|I)(?:['’]ve| have)? (?:\w+ )?(?:{_DONE})\b|(?:we|I)(?:['’]ll| will| shall) (?:\w+ )?(?:{_TO_DO})"
    rf"|(?:has|have) been (?:\w+ )?(?:{_DONE})|(?:was|were) (?:indeed )?(?:a typo|unclear|missing|our mistake)"
    r"|our (?:mistake|fault|oversight)|indeed\b|thank(?:s| you)\b.{0,80}\b(?:we|I)(?: have|['’]ve| will|['’]ll) )",
    re.I,
)
_THANKS = re.compile(r"\bthank|\bappreciat|\bgrateful", re.I)
_BUT = re.compile(r"(?:^\W*|[,;.] )(?:but|however|nevertheless|nonetheless|still|yet|that said)\b", re.I)
OPENING = 3


def grants(sentences: Sequence[str]) -> bool:
    """Whether any of the sentences concedes something, or thanks."""
    return any(_CONCEDES.search(sentence) or _THANKS.search(sentence) for sentence in sentences)


def of(opening: Sequence[str]) -> tuple[Relation, int] | None:
    """("attacks" or "supports", the number of the sentence that tells), or None: the first that tells decides.

    What is granted before a "however" tells nothing, unless a dispute follows.
    """
    granted = False
    for number, sentence in enumerate(opening[:OPENING]):
        if sentence.rstrip().endswith("?"):
            continue
        agrees, disputes = _CONCEDES.search(sentence), _DISPUTES.search(sentence)
        if disputes and not (agrees and agrees.start() < disputes.start()):
            return "attacks", number
        if _BUT.search(sentence):
            granted = True
        elif agrees and not granted:
            following = opening[number + 1] if number + 1 < len(opening) else ""
            if not _BUT.match(following):
                return "supports", number
            granted = True
    return None
