"""Whether a sentence speaks against something: words of praise and blame, turned round by what negates them.

"Not useful" blames, "not a problem" does not, and neither does "no reason to believe that it is difficult".
"""

from __future__ import annotations

import re
from functools import lru_cache

from kb.text.caseless import Caseless

_REACH = 9  # words that a negation reaches over, within its clause

_NEGATES = (
    r"no (?:\w+ ){0,2}reasons? (?:to \w+|why|that)|(?:do|does|did|would|can)(?:n['’]t| not) "
    r"(?:\w+ )?(?:think|believe|see|expect|buy|trust|feel|imagine|know)|cannot (?:see|imagine)"
    r"|not|\w+n['’]t|cannot|never|no|none|nothing|nobody|hardly|barely|rarely|neither|nor|nowhere|without|far from"
    r"|unlikely|(?:un|in)able|impossible|incapable|fail(?:s|ed|ing)? to|too \w+ to|doubt(?:s|ful)?|skeptical|sceptical"
    r"|unconvinced|hesitant|unsure (?:how|whether|about)|least|unclear|stops? (?:\w+ )?being"
)
_PRAISES = (
    r"work(?:s|ed|able)?|usable|useful(?:ness)?|help(?:s|ed|ful)?|sufficient|suffices?|enough|reliabl[ey]|promising"
    r"|able|valid|effective(?:ly|ness)?|good|great|practical|convinc(?:ed|ing)|solv(?:e|es|ed|ing)|scales?|scaling"
    r"|generali[sz]\w+|robust(?:ly)?|obvious|clear|evidence|guarantees?|guaranteed|accurate(?:ly)?|justified"
    r"|reasonable|valuable|meaningful|worth|correct(?:ly)?|right|true|success\w*|forward|advanced?|improves?|predicts?"
    r"|understand(?:s|able)?|competitive|safe|likely|trusted|rely|sense|scalable|feasible|consistent|coherent"
    r"|address(?:es|ed)?|actually|really|the (?:best|only|most|main)|rigor|substance|formalization|anywhere|way"
    r"|support(?:s|ed)?|proven?|test(?:ed|s)?|capture[sd]?|defined|specified|impressed|impressive"
)
_BLAMES = (
    r"doomed|pointless|useless|misleading|flaw(?:s|ed)?|unreliab\w+|unconvincing|over-?hyped|over-?interpret\w*"
    r"|ill-(?:formed|defined|posed)|(?:mis|under)-?specified|poorly|fuzzy|vague|cherry-?pick\w*|naive|brittle"
    r"|harm(?:s|ful)?|dangerous|hopeless|intractable|infeasible|unworkable|unhelpful|implausible|unjustified"
    r"|unfounded|unsound|circular|confused|confusing|vacuous|overstat\w+|exaggerat\w+|irrelevant|inadequate"
    r"|insufficient|spurious|wrong|mistake(?:n|s)?|incoherent|worthless|out of reach|dead end|falls? short|fell short"
    r"|fail(?:s|ed|ing|ures?)?(?! to\b)|ignor(?:e|es|ed|ing)|overlook(?:s|ed|ing)?|neglect(?:s|ing)?|miss(?:es|ing)"
    r"|undermin\w+|break(?:s|ing)? down|goes against|contradict(?:s|ed|ion|ions)?|conflat\w+|evades?|weak(?:ness\w*)?"
    r"|problem(?:s|atic)?|difficult(?:y|ies)?|limitations?|limited|shortcomings?|objections?|downsides?|pitfalls?"
    r"|concern(?:s|ing)?|risk(?:s|y)?|disagrees?|struggl\w+|bad(?:ly)?|poor|sucks?|terrible|worse|worst|terrify\w+"
    r"|infohazard\w*|overwhelming|redundant|too (?:\w+ )?(?:hard|dangerous|late|weak|strong|much|many|general|high|low"
    r"|optimistic|pessimistic|broad|risky|slow|costly|simple|expensive|easy|far|few|little)|lacks?|lacking|precarious|finicky|chicken[- ]and[- ]egg|underdeveloped|bottleneck|fallacy|myth"
    r"|misunderst\w+|unclear|unsolved|arbitrary|fragile|costly|inefficient|hard(?:er)?|speculative|impossible"
    r"|strange|weird|unfair|underwhelming|annoying|oversimplif\w+|nightmare|opposite|very little|too (?:high|low)|false|in danger|hallucinat\w+|bias(?:ed)?|unsafe|nowhere near|barely|not the same|inaccurate|costs? more|breaks|wast(?:es|ed|eful)"
)
_CUE = Caseless(rf"\b(?:(?P<praise>{_PRAISES})|(?P<blame>{_BLAMES})|(?P<negates>{_NEGATES}))\b")
_CLAUSE = Caseless(
    r"[;:()–—]|, (?!which )|\b(?:but|because|although|though|whereas|while|since|if|when|unless|until|and (?:it|this|we|they|the|I))\b",
)
_ASIDE = re.compile(r"\([^()]*\)?|[\"“][^\"“”]{1,90}[\"”]")
_SUBORDINATE = frozenset(
    ["because", "although", "though", "whereas", "while", "since", "if", "when", "unless", "until"]
)
_MILD = frozenset(
    "hard harder difficult risk risks risky limited concern concerns concerning dangerous problem problems bias worse"
    " neglected evade evades weak weakness failure failures difficulty difficulties limitation limitations impossible bottleneck confused confusing unclear weird strange miss misses missing false opposite".split()
)
"""Words that as often name a subject as blame it."""
_FAINT = frozenset(
    "rely generalize generalise generalizes generalization able actually really way likely clear obvious worth understand understands understandable predict predicts sense true right"
    " great support supports supported proven prove forward anywhere able work works address addressed enough capture"
    " captured captures defined specified tested test tests improve improves evidence safe consistent help helps helped"
    " correct correctly scale scales scaling accurate accurately success scalable advance advances advanced competitive".split()
)
"""Words of praise whose negation often only describes."""
_AGAINST = Caseless(
    r"\b(?:is|are|remains?|seems?|poses?) (?:still |also |clearly )?(?:a|an|the) (?:\w+ )?(?:problem|mistake|flaw|weakness|misunderstanding)\b|"
    r"\bI(?:['’]m| am)? (?:\w+ )?(?:disagree|skeptical|sceptical|unconvinced|not convinced|don['’]t buy|pessimistic about)"
    r"|\b(?:the|a|one|another) (?:\w+ ){0,2}(?:problem|flaw|objection|issue|critique|trouble|weakness) (?:\w+ )?(?:with|is|here)\b"
    r"|\bnot (?:clear|obvious) (?:at all )?(?:to me )?(?:how|that|whether|why|what)\b|\b(?:I|we) (?:still )?don['’]t see (?:how|why)\b"
    r"|\bI (?:also |still |really )*(?:don['’]t|do not) (?:think|believe|expect|see)\b[^.;]{0,90}\b(?:works?|able|could|can|will|successful|way forward|leads?|possible|anywhere|generali[sz]\w+|justified)\b|\b(?:won['’]t|will not|cannot|can['’]t|wouldn['’]t) (?:be )?(?:work|competitive|enough|fix|help|solve|sufficient|apply|scale)\b|\bnot clear at all|\bno (?:good |clear |strong )?(?:evidence|argument|guarantee)",
)


@lru_cache(maxsize=1024)  # wording, kind and the rules ask of one sentence
def against(sentence: str) -> float:
    """How much the sentence speaks against something: 1 and more where it does, 0 and less where it does not.

    What stands in brackets or quotation marks, and half of what a condition or reason says, does not count.
    """
    marked = "(" in sentence or '"' in sentence or "“" in sentence or "”" in sentence
    words = _ASIDE.sub(" ", sentence) if marked else sentence
    score = 1.0 if _AGAINST.search(words) else 0.0
    start, share = 0, 1.0
    for clause in [*_CLAUSE.finditer(words), None]:
        end = clause.start() if clause else len(words)
        score += share * _clause(words[start:end])
        if clause:
            start, share = clause.end(), 0.5 if clause[0].lower() in _SUBORDINATE else 1.0
    return score


def _clause(words: str) -> float:
    negations: list[int] = []  # where each one ends, in words
    score = 0.0
    for match in _CUE.finditer(words):
        turned = False
        if negations:
            at = words.count(" ", 0, match.start())
            turned = sum(at - place <= _REACH for place in negations) % 2 == 1
        if match["negates"]:
            negations.append(words.count(" ", 0, match.end()))
            if match[0].lower() not in {"unclear", "impossible", "barely"}:
                continue
        if match["praise"]:
            score += (0.5 if match[0].lower() in _FAINT or match[0][:4].lower() == "the " else 1.0) if turned else 0.0
        else:
            weight = 0.6 if match[0].lower() in _MILD else 1.0
            score += -weight if turned and not match[0].lower().startswith("too ") else weight
    return score
