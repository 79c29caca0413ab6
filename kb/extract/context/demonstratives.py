"""This, that, these, those and such, with a noun and alone, where what they point to is not in their sentence."""

from __future__ import annotations

import re

from kb.extract.context.antecedents import EMPTY, WIDE, Kind, Open, antecedents, clause_before, known, plural
from kb.text.caseless import Caseless

_MODIFIED = r"(?:(?!(?:this|that|these|those|is|are|was|were|be|and|or|of|to|in|on|at|for|with|as|that|which|who|can|could|may|might|must|should|will|would|does|do|did|has|have|had|seems?|means?|not|isn['’]t|doesn['’]t|a|an|the|i|we|you|they|it)\b)[\w’'-]+ ){0,3}?"
_DEM_NOUN = re.compile(
    rf"\b(?P<d>this|that|these|those|such(?: an?)?)\s+(?P<np>{_MODIFIED}(?!this\b|that\b|these\b|those\b)(?P<noun>[a-z][\w-]{{2,}}))",
    re.I,
)
_DEM_VERB = re.compile(
    r"^(?:is|are|was|were|be|been|isn|aren|wasn|weren|has|have|had|does|do|did|doesn|don|didn|can|could|may|might|must|shall|should|will|would|won|wouldn|seems?|seemed"
    r"|means?|meant|makes?|made|gives?|gave|shows?|leads?|led|leaves?|implies|requires?|works?|suggests?|sounds?|looks?|feels?|depends?|helps?|happens?|happened"
    r"|allows?|becomes?|became|explains?|applies|still|also|just|probably|usually|often|actually|already|alone|all|might|only|never|always|again|not|and|or|but|to|in|on|for|from|with|as|at|by|because|if|when|than|too|either|more|less|much|well|now)$",
    re.I,
)
_DEMONSTRATIVES = frozenset(["this", "that", "these", "those", "such"])
_TIMES = frozenset(
    "week month year years decade century morning evening summer winter spring time day days moment end sort kind "
    "weekend season stage".split()
)
_OWN = frozenset(
    "post paper article essay book section chapter document note page report thesis comment piece blog sequence "
    "talk review".split()
)
_DEM_ALONE = Caseless(
    r"\b(?:(?P<d>this)|these|those(?!\s+(?:who|whom|whose|that|which|of|in|from|with|without|for|where|like)\b))\b",
)
_DEM_THAT = Caseless(
    r"^(?P<f>that)\b(?! (?:said|being said|way lies)\b)|(?:^|[,;:—(]\s*|\b(?:and|but|so|or|if|because|think|believe|guess|suspect|say|know|agree|unless|since|while|as|when|hope|sure|doubt)\s+)(?P<d>that)(?:['’]s\b|(?= (?:is|was|would|will|could|might|may|can|does|seems?|makes?|means|has|had|sounds?|isn|doesn|wouldn|also|still|really|probably|alone)\b))"
    r"|\b(?:of|for|like|about|with|to|from|by|than|on|at|in|do|does|did|doing|say|saying|said|see|know|against|after|before|beyond|despite|use|used|using|want|call|need|mean|read|change|prevent|fix|solve|achieve|avoid|make|get|take|find)\s+(?P<e>that)(?=\s*(?:[.,;:?!)]|$|and\b|but\b|or\b|because\b|if\b|when\b|as\b|in\b|at\b|to\b|for\b|on\b|since\b|until\b|is\b|are\b|has\b|have\b|would\b|will\b|\w+ing\b|\d))",
)


def find(words: str, told: frozenset[str]) -> list[Open]:
    """Those of a sentence: not "this week", "those who", "such as", nor "that" which joins clauses."""
    found: list[Open] = []
    if not told & _DEMONSTRATIVES:
        return found
    seen = set()
    for m in _DEM_NOUN.finditer(words):
        d, noun = m["d"].lower(), m["noun"].lower()
        head = m["np"].split()[0].lower()
        if (
            _DEM_VERB.match(head)
            or (d == "that" and (head in EMPTY or not _that_noun(words, m)))
            or head in {"who", "which", "that"}
        ):
            continue
        seen.add(m.start())
        if d.startswith("such") and (head in {"as", "that"} or (d != "such" and not _such_a(words, m))):
            continue
        nouns = [w.lower() for w in m["np"].split()]
        if d in {"this", "these", "those"} and nouns[0] in _TIMES and nouns[0] not in {"sort", "kind"}:
            continue
        if d == "this" and any(w in _OWN for w in nouns[:2]):
            found.append(Open(Kind.TEXT, m.start(), False, noun))
            continue
        if d == "those" and re.match(r"\s+(?:who|whom|whose|that|which|of|in|from|with|without)\b", words[m.end() :]):
            continue
        if d == "these" and nouns[0] == "days":
            continue
        noun = nouns[-1]
        if known(noun, words[: m.start()]) or clause_before(words, m.start(), 2):
            continue
        found.append(
            Open(
                Kind.NOUN,
                m.start(),
                not d.startswith("such") and m.start() < 30 and len(antecedents(words, m.start())) < 2,
                noun,
            )
        )
    for m in _DEM_ALONE.finditer(words):
        if m.start() not in seen and not clause_before(words, m.start()):
            after = words[m.end() :].split()
            if after and after[0].lower() in _TIMES:
                continue
            found.append(
                Open(
                    Kind.SAID if m["d"] else Kind.THINGS,
                    m.start(),
                    len(antecedents(words, m.start())) < 2,
                )
            )
    for m in _DEM_THAT.finditer(words) if "that" in words.lower() else ():
        at = max(m.start(name) for name in ("d", "e", "f"))
        if at not in seen and not clause_before(words, at, 3 if m["e"] else WIDE):
            found.append(Open(Kind.SAID, at, len(antecedents(words, at)) < 2))
    return found


def _that_noun(words: str, m: re.Match[str]) -> bool:
    """Whether "that" points ("that paper is old") and does not join clauses ("that papers are old")."""
    before = words[: m.start()].rstrip()
    after = words[m.end("noun") :]
    if m["np"].lower() != m["noun"].lower() or plural(m["noun"]):
        return False
    if not before or re.search(
        r"(?:[,;:—(]|\b(?:of|for|in|on|at|with|about|from|by|to|than|and|but|or|like|as|under|against))$", before, re.I
    ):
        return bool(re.match(r"\s*(?:$|[.,;:?!)]|\w+)", after)) and not re.match(r"(?:said|said,)", m["noun"])
    return m["noun"].lower() in _POINTED and not re.search(
        r"\b(?:fact|idea|claim|belief|view|evidence|sense)$", before, re.I
    )


_POINTED = frozenset(
    "paper post argument claim point approach idea plan study method result question view problem example case "
    "list book theory strategy assumption definition setting proposal reading experiment move step line structure "
    "mapping description function system outcome model response answer objection critique conclusion inference "
    "picture part kind sort chapter article comment design rule policy decision trial".split()
)


def _such_a(words: str, m: re.Match[str]) -> bool:
    """ "Such a plan fails" points back; "such a good plan that …", "such a thing as …" do not."""
    return not re.search(r"^ as\b| that\b", words[m.end() : m.end() + 60])
