"""Wording that tells what a sentence does. Each pattern is one cue; the rules add them up.

The lists come from reading argumentative prose; they hold words of judgement and stance, no words of a topic.
"""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.I)


STANCE = _any(
    r"\bI (?:\w+ )?(?:think|believe|claim|argue|suspect|expect|predict|doubt|hold|maintain|contend|feel like|would say|'d say|am (?:very |quite |more |less |fairly |pretty )?(?:skeptical|sceptical|convinced|confident|unconvinced|pessimistic|optimistic|worried|concerned))\b",
    r"\bI(?:'|’)(?:m|d) (?:\w+ )?(?:say|argue|guess|expect|claim|skeptical|sceptical|convinced|confident|unconvinced|pessimistic|optimistic|worried|argue)\b",
    r"\b(?:it )?seems? (?:to me|like|likely|unlikely|plausible|implausible|clear|that)\b",
    r"\b(?:in my (?:view|opinion)|imo|imho|my (?:sense|view|guess|impression|take|claim|point|main \w+|best guess|bottom line))\b",
    r"\bI (?:don(?:'|’)t|do not|can(?:'|’)t|cannot) (?:think|believe|see|expect|buy|trust|feel)\b",
    r"\bI (?:dis)?agree\b",
)

CONCLUSION = _any(
    r"^(?:so|thus|therefore|hence|overall|in short|in conclusion|ultimately|fundamentally|basically|in particular|more generally|in other words|to me)\b,?",
    r"\b(?:the (?:main|core|central|key|real|fundamental|biggest|root|bottom) (?:\w+ )?(?:problem|point|reason|question|claim|issue|difference|lesson|concern|line|cause|challenge|worry))\b",
    r"\b(?:this|which) (?:means|implies|shows|suggests) that\b",
)

NORMATIVE = _any(
    r"\b(?:should|must|ought to|need to|needs to|have to|had better|it is (?:important|better|necessary|crucial)|it's (?:important|better|crucial)|is (?:crucial|essential|necessary|needed|required|key))\b",
)

EVALUATION = _any(
    r"\b(?:is|are|was|were|be|seems?|looks?|remains?|would be|will be|becomes?) (?:\w+ ){0,3}(?:better|worse|harder|easier|best|worst|important|promising|useful|likely|unlikely|possible|plausible|feasible|tractable|neglected|simpler|cheaper|faster|safer|dangerous|robust|competitive|necessary|sufficient|valuable|reasonable|right|true|false|good|high|low|hard|easy|difficult)\b",
    r"\b(?:more|less|most|least) (?:\w+ )?(?:than|likely|important|useful|promising|workable|direct|reliable|effective)\b",
    r"\b(?:depends? on|leads? to|causes?|requires?|improves?|reduces?|increases?|explains?|enables?|prevents?|allows?|generali[sz]es?)\b",
    r"\b(?:can|could|will|would|may|might) (?:\w+ )?(?:be|not|only|lead|make|help|allow|work|fail|reduce|increase|give|enable|provide)\b",
)

NEGATIVE = _any(
    r"\b(?:doomed|pointless|useless|misleading|flawed|flaws?|unreliable|unconvincing|unconvinced|overhyped|overinterpret\w*|ill-formed|ill-defined|mis-?specified|under-?specified|fuzzy|cherry-picked|naive|brittle|harmful|dangerous|hopeless|intractable|infeasible|unworkable|unhelpful|implausible|unjustified|unfounded|unsound|circular|confused|vacuous|overstated|exaggerated|irrelevant|inadequate|insufficient|spurious|wrong|mistaken|incoherent|worthless|harder than)\b",
    r"\b(?:out of reach|dead end|no (?:good |clear |particular |strong |short )?(?:reason|evidence|argument|guarantees?|basis|practical use|way|sign)|not (?:clear|obvious|convinced|convincing|sufficient|enough|the most|a good|a reasonable|a likely|very|necessarily|actually|really|going to|even|well|rely|reliable|useful|worth|specific|justified|address)|nowhere near|no longer|far from|too (?:\w+ )?(?:hard|dangerous|late|weak|strong|much|sprawling|general|high|optimistic|pessimistic|vague|broad|risky|slow|costly|simple))\b",
    r"\b(?:fails?|failed|failing|lacks?|lacking|ignores?|overlooks?|neglects?|misses|mistakes?|confuses?|undermines?|overstates?|breaks? down|falls? short|goes against|contradicts?|conflates?|evades?)\b",
    r"\b(?:problems?|difficult(?:y|ies)|weakness(?:es)?|limitations?|shortcomings?|objections?|critiques?|criticisms?|caveats?|downsides?|pitfalls?|concerns?|risks?) (?:with|of|to|is|are|that|in|for|remain)\b",
    r"\b(?:doesn|don|didn|isn|aren|wasn|won|wouldn|can|couldn|hasn|haven|shouldn)(?:'|’)t\b",
    r"\b(?:cannot|never|none of|hardly|barely|unlikely|impossible|incapable|unable)\b",
    r"\b(?:skeptical|sceptical|disagree|doubt|struggled|hesitant|unclear|unsure whether)\b",
    r"\b(?:poor(?:ly)?|bad|sucks?|terrible|weak|worse|quite limited|very limited|limited effectiveness)\b",
)

STRONG_NEGATIVE = _any(
    r"\b(?:doomed|pointless|useless|misleading|flawed|ill-formed|ill-defined|mis-?specified|under-?specified|cherry-picked|naive|brittle|harmful|intractable|unconvinced|out of reach|nowhere near|overhyped|poorly|quite poor)\b",
    r"\b(?:I (?:strongly )?disagree|I(?:'|’)m (?:very |quite )?(?:skeptical|sceptical|unconvinced)|I am (?:very |quite )?(?:skeptical|sceptical|unconvinced)|I doubt|I don(?:'|’)t (?:think|believe|see|buy|trust))\b",
    r"\b(?:not (?:clear|obvious) (?:at all )?(?:how|that|whether|why)|it(?:'|’)s not clear|there(?:'|’)s no (?:reason|evidence|guarantee)|no particular reason|goes against|fails? to|falls? short|the (?:main |big |biggest |first |real )?problem (?:with|is)|this is a (?:major )?problem)\b",
)

EVIDENCE = _any(
    r"\b(?:(?:the|this|that|their|one|recent|a) (?:\w+ ){0,3}(?:paper|study|experiment|survey|dataset|benchmark|results?|work) (?:\w+ )?(?:shows?|showed|finds?|found|demonstrates?|demonstrated|suggests?|reports?|measured|tested))\b",
    r"\b(?:(?:we|they|authors|researchers) (?:\w+ )?(?:found|observed|measured|showed|tested|trained|ran|replicated|report(?:ed)?) (?:that|a|the|no|an)?)\b",
    r"\b\d+(?:\.\d+)? ?%|\b\d+(?:\.\d+)?(?:x| times) (?:as|more|fewer|less|better|faster)\b",
    r"\b(?:et al\.?|in a (?:recent )?(?:study|paper|experiment|survey|trial)|empirically|according to)\b",
)

QUESTION = _any(
    r"^(?:so |but |and |or |then |also,? |okay,? |relatedly,? )?(?:what|how|why|when|where|which|who|whether|is|are|does|do|can|could|should|would|will|if|to what extent|under what|in what)\b",
)

THEORY = _any(r"\btheor(?:y|ies) of (?:impact|change|victory)\b")

SMALL_TALK = _any(
    r"\b(?:am I|do I|did I|I ask|do you (?:mean|know|think)|can you|could you|would you|are you|have you|deal with (?:that|this)|right\?)",
)
"""Questions to the other person, or to oneself: they keep a talk going and ask nothing of the subject."""

META = _any(
    r"^(?:thanks|thank you|sorry|i think we (?:can|could|should) start|just one caveat|edit|eta|update|note:|tl;?dr|see |cf|source|image|photo|figure|nice post|great post|feel free|let(?:'|’)s|let me|here (?:is|are|'s)|for now|fun fact|exercise|procedure|end story|spoiler|disclaimer|epistemic status|many thanks|image from|from )\b",
    r"\b(?:this|the) (?:section|post|document|comment|appendix|article|sequence) (?:is|are|will|has|can|includes|contains|was|to)\b",
    r"\b(?:in this (?:section|post|appendix|comment)|below is|see (?:section|also|appendix|here)|as (?:discussed|explained|mentioned) (?:in|above)|i (?:will|shall|'ll) (?:now|first|then|describe|discuss|argue|explain)|i hope (?:this|it)|i(?:'|’)m (?:happy|glad|curious|joking)|i(?:'|’)d be interested|feel free|more on this|i(?:'|’)ve (?:added|copied)|i wrote|i edited|would like to thank|i(?:'|’)ll leave)\b",
    r"^(?:i|we) (?:gave|had|was|were|went|wrote|read|spent|started|originally|erred|organized|posted|came|got|tried|made|used|forgot|just)\b",
)

ANAPHORA = re.compile(
    r"^(?:and |but |so |also,? |however,? |then,? |because |for example,? |in that sense,? )?"
    r"(?:this|that|these|those|it|they|he|she|such|which)(?:'s|’s|'re|’re)?\b",
    re.I,
)

AGREES = _any(
    r"\b(?:I (?:do |also |fully |strongly |mostly |definitely |'d definitely )?agree|agreed|good point|correctly (?:points? out|says?)|makes sense|I(?:'|’)m sympathetic|you(?:'|’)re right|exactly right|well put|I can buy|refreshing|I appreciate|good source|one of the best arguments|convincing|great post|I share|I think (?:that|this)(?:'|’)s (?:right|true|correct))\b",
)
DISAGREES = _any(
    r"\b(?:I (?:strongly |respectfully |still )?(?:disagree|doubt)|I didn(?:'|’)t like|not (?:quite )?how I(?:'|’)?(?: would|d)? put it|I don(?:'|’)t (?:buy|agree|think|see|believe)|I(?:'|’)m (?:not (?:sure|convinced)|skeptical|sceptical|confused by|unconvinced)|struggled|boil down to|ill-formed|cherry-picked|on the flip-?side|that(?:'|’)s (?:wrong|not (?:right|true))|I(?:'|’)d (?:disagree|push back)|not obvious|misses|overstates?)\b",
)
"""Stance towards what the text answers or comments on; they count only where structure names the target."""

REPORTED = re.compile(
    r"^(?:So,? |And |But |Also,? |Here,? |In (?:his|her|their) \w+ [^,]{0,60}, )?(?P<who>[A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]+)){0,2}),?"
    r"(?: \([^)]*\))? (?:\w+ )?(?:says?|said|argues?|argued|claims?|claimed|thinks|believes|explains?|explained|points? out|suggests?|writes|wrote|notes|puts it|concludes?)\b"
)
NOT_A_NAME = frozenset(
    "The This That These Those It He She They We You I Some Many Most People Researchers Others Everyone Nobody One"
    " Evidence Research Work Results Theory What Which Who And But So If Then Also".split()
)
