"""Whether a sentence rejects, doubts or corrects something that somebody holds or proposes, whatever its words of blame.

"The model takes the rate as given", "guessing isn't proof", "that sounds like blackmail": none of them has a word that
blames, and all are put forward against something. `kb.extract.polarity` counts the words; here are the turns of phrase.
"""

from __future__ import annotations

import re

from kb.extract import polarity
from kb.text.caseless import Caseless

CRITICAL = 1.0  # `polarity.against` from which a sentence speaks against something
_VERY = r"(?:(?:really|quite|very|simply|just|even|only|also|still|itself|yet|at all|much of|exactly|any|\w+ly) )*"
_VIEW = (
    r"(?:arguments?|points?|claims?|premises?|view|objection|conclusion|theor(?:y|ies)|idea|proposal|plan|model|paper"
    r"|study|studies|author|framing|figures?|result|examples?|comparison|analogy|inference|case|post|report|rule|story"
    r"|headline|answer|reply|metric|measure|distinction)"
)
_WHAT = rf"(?:that|how|why|whether|what|anything|much|any|this|us|me|it|the (?:\w+ )?{_VIEW})\b"


def _turn(triggers: str, *patterns: str) -> tuple[frozenset[str], re.Pattern[str]]:
    return frozenset(triggers.split()), re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I)


_NEGATIONS = "not n't never no nobody nothing hardly scarcely barely without little cannot"
_TURNS = (
    _turn(
        "doubt doubts",
        r"(?<!n['’]t )(?<!not )(?<!no )\bI (?:\w+ )?doubt\b|\b(?:my|one|the|a) (?:\w+ )?doubts?(?: (?:is|are|about)\b|:)",
    ),
    _turn(
        _NEGATIONS,
        r"\bI (?:\w+ )?(?:don['’]t|do not|can['’]t|cannot|didn['’]t|wouldn['’]t) (?:\w+ )?(?:buy|trust|accept"
        r"|believe (?:that|it|this|in)|see (?:how|why|that|what)|feel (?:like|very|that)|like|have the impression|know of any)\b",
        r"\bI (?:\w+ )?(?:don['’]t|do not) (?:\w+ )?think (?:that )?(?:it|this|that|so|they|the|these|those|we|you|any|his|her|their|your)\b",
        rf"\b(?:do|does|did|would|could|can)(?:n['’]t| not| never) {_VERY}(?:follow|explain|engage|answer|convince|persuade|distinguish"
        r"|settle|rule out|capture|discuss|mention|consider|account for|teach|taught|transfer)\b",
        rf"\b(?:do|does|did|would|could|can)(?:n['’]t| not| never) {_VERY}(?:show|prove|establish|support|demonstrate|justify|tell|address) {_WHAT}",
        r"\b(?:do|does|did)(?:n['’]t| not) follow\b|\bdidn['’]t convince\b",
        r"\b(?:has|have|had)(?:n['’]t| not| never) (?:\w+ )?(?:shown|proved|proven|explained|taught|addressed|answered|engaged|established"
        r"|considered|convinced)\b|^\W*nobody (?:has|can|could) (?:\w+ )?(?:show|explain|prove|measure|say|check|demonstrate)\w*\b",
        rf"(?:\b(?:is|are|was|were)(?:n['’]t| not| no| never| hardly)|['’]s (?:not|no)) {_VERY}(?:an? |the |any |itself )?(?:\w+ )?"
        r"(?:argument|proof|evidence|reason to|answer|explanation|summary|refutation|solution|defen[cs]e|theorem|excuse|same as|right|true\b"
        r"|how\b|the case|followed|understood as|what (?:a|the|we|I|people|he|she|they|matters)|something (?:you|we)|a thing where|a property)\b",
        r"\b(?:no|little|not a single|without (?:any|a)) (?:\w+ )?(?:reason|grounds?|evidence|argument|number|guarantee|source)"
        r" (?:to|for|that|on|of|why)\b|\bhas no source\b|\bwithout (?:even )?considering\b",
        r"\b(?:cannot|can['’]t|could not|couldn['’]t) (?:\w+ )?(?:tell|distinguish|separate) (?:\S+ ){1,6}?(?:from|apart|whether)\b",
        r"\b(?:cannot|can['’]t) be (?:right|true|so)\b",
    ),
    _turn(
        "hesitant reluctant unsure sceptical skeptical unconvinced suspicious disagree disagreeing disagrees",
        r"(?:\b(?:I|we)|['’]m) (?:\w+ ){0,4}?(?:hesitant|reluctant|sceptical|skeptical|unconvinced|suspicious|disagree(?:ing|s)?)\b"
        r"|\bunsure (?:about )?how useful\b",
    ),
    _turn(
        "unclear doubtful questionable dubious",
        rf"\b(?:seems?|is|remains?|looks?) {_VERY}(?:unclear|doubtful|questionable|dubious)\b|\b(?:very|pretty) unclear\b",
    ),
    _turn(
        "hard difficult odd strange weird absurd silly unfair",
        r"\bit(?:['’]s| is| seems| would be) (?:\w+ )?(?:hard|difficult|odd|strange|weird|absurd|silly|unfair)"
        r" to (?:say|see|tell|know|mock|believe|square|argue|split|treat|blame|ask)\b",
    ),
    _turn(
        "assumes presupposes presumes assuming presupposing assume take takes took taken taking treat treats treating accepts",
        r"\b(?:assumes|presupposes|presumes) (?:that|the|an?|away|something|it)\b|\b(?:is|are|already|tacitly|just) (?:assuming|presupposing)\b"
        r"|\bseems? to (?:\w+ )?assume\b",
        r"\b(?:takes?|took|taken|taking|treats?|treating|accepts?) (?:\S+ ){1,8}?(?:as given|for granted|at face value|as an? (?:theorem|law|fact|proof))\b",
    ),
    _turn(
        "begs proves prove cuts cut works general pleading goalposts straw strawman non dispute slippery wishful shot joke wrong front beside"
        " work backwards backward confuses conflates mistakes mistook",
        r"\b(?:begs the question|proves? too much|cuts? both ways|works both ways|fully general|special pleading|moves? the goalposts?|straw ?man"
        r"|non sequitur|in dispute|slippery slope|wishful|cheap shot|is a joke|wrong way (?:a)?round|back to front|beside the point)\b",
        r"\b(?:does|do|doing) (?:all|most|a lot of|much of|too much of) (?:the )?work\b",
        r"\b(?:gets?|got|has|have) (?:\S+ ){1,5}?(?:wrong|backwards?)\b|\b(?:mistakes|mistook|confuses|conflates) (?:\S+ ){1,8}?(?:for|with|and)\b",
    ),
    _turn(
        "ignores ignored ignoring overlooks overlooked overlooking forgets leaves leaving glosses sidesteps dodges evades misreads overstates"
        " understates exaggerates misses missed forbids fails failed",
        r"\b(?:ignor(?:es|ed|ing)|overlook(?:s|ed|ing)|forgets (?:that|how|the|to)|leaves out|leaving out|glosses over|sidesteps|dodges|evades|misreads"
        r"|overstates|understates|exaggerates|missed the (?:point|difference|mark)|forbids (?:publishing|asking)|fail(?:s|ed) to (?:say|mention|show|explain|consider|see))\b"
        r"|(?<!nobody )\bmisses\b",
    ),
    _turn(
        "problem trouble worry complaint objection quarrel gripe catch snag flaw difficulty challenge rub counter-example counterexample"
        " counter-point counterpoint counter-argument counterargument doubt caveat bad beyond",
        r"\b(?:my|the|one|a|an|another|its|his|her|their|this|first|second|third|obvious|standard|main) (?:[\w-]+ )?(?:problem|trouble|worry|complaint"
        r"|objection|quarrel|gripe|catch|snag|flaw|difficulty|challenge|rub|counter-?example|counter-?point|counter-?argument)(?: \w+)?"
        r"(?: (?:with|is|are|here|lies|(?:that )?(?:I|we) have)\b|:)",
        r"^\W*(?:counter-?points?|counter-?argument|objection|problem|worry|doubt|caveat|catch)\b[^.:]{0,25}:",
        r"\bbad thing (?:\w+ )?is\b|\bbeyond (?:\w+ )?(?:capacity|reach|what we can)\b",
    ),
    _turn(
        "object objects objected dispute disputes disputed",
        r"\b(?:would|might|could|will|to|I|we|she|he|friend|critics?|opponents?|others?|some|many) (?:\w+ )?(?:object|objects|objected|dispute|disputes"
        r"|disputed)\b(?! (?:to the|is|was|of))|\bdisputes (?:this|that|it)\b",
    ),
    _turn(
        "worse weaker blame weakens collapses fails breaks rests limps crumbles evaporates convincing",
        r"\b(?:is|are|looks?|seems?) (?:even |much |far |rather |a )*(?:worse|weaker|less convincing)(?:,| because|:)|\b(?:is|are) to blame\b",
        rf"\b{_VIEW} (?:\w+ )?(?:weakens|collapses|fails|breaks|rests on|limps|crumbles|evaporates)\b",
    ),
    _turn(
        "like descriptive anecdotal correlational suggestive selected confounded self-selected artefact artifact cherry-picked circular",
        r"\b(?:sounds?|looks?|reads?|smells?) (?:\w+ )?like (?:an? )?(?:\w+ )?(?:blackmail|excuse|rationali[sz]ation|special pleading|wishful|circular"
        r"|paying|advertis\w+|propaganda|hindsight|cherry|[\w-]+ argument)\b",
        r"\bonly (?:descriptive|anecdotal|correlational|suggestive)\b|\b(?:is|are) (?:thus |therefore |itself )?(?:selected on|confounded|self-selected"
        r"|an? art[ei]fact|cherry-picked|circular)\b",
    ),
    _turn(
        "than better opposite as way sense against same applies rather best merely little nothing hope metaphor hunch slogan",
        r"\b(?:much more|far more|more) (?:useful|plausible|fruitful|natural|convincing) to (?:\S+ ){1,12}?than\b|\bprobably better to\b|\bI would call it the opposite\b",
        r"^\W*as if\b|\bthis is true in the (?:way|sense) that\b|\b(?:speaks?|argues?|counts?|tells) against\b",
        r"\bthe same (?:\w+ )?(?:argument|reasoning|objection) (?:\w+ )?(?:would|applies|also|shows|proves|could)\b|\bapplies to any\b|\b(?:also|equally|just as well) applies to\b",
        r"\bis (?:at best|no more than|merely|little more than|nothing but|just) (?:an? )?(?:hope|guess|metaphor|hunch|slogan|assertion|hypothesis|correlation)\b|\bis a (?:hope|hunch|slogan)\b",
    ),
)
_TAKES_UP = Caseless(
    rf"^\W*(?:but|yet|still,|however,)\b.{{0,20}}?\b(?:this|that|it|they|these|those|now|then|in that case|the (?:\w+ )?{_VIEW}|you|your"
    r"|he|she|his|her|their|who|what|nobody|none)\b",
)
"""A turn with a "but" against what was said: "But this …", "But the argument from …"."""
_ASSENTS = Caseless(
    r"\b(?:I (?:do |fully |also |mostly |completely |strongly )?agree|you(?:['’]re| are) right|(?:s?he|they) (?:is|are) right|I (?:take back|concede|grant"
    r"|accept)|we (?:agree|accept|concede)|fair (?:point|enough)|I(?:['’]m| am) (?:happy|glad|sorry|convinced)|you both|let['’]?s not forget|we miss is)\b",
)
_NAMES = re.compile(
    r"\b(?:(?:poor|bad|hard|difficult|impossible|fuzzy|vague|weak|dangerous|harmful|naive|brittle|fragile|arbitrary|biased|unsafe|risky|costly|inefficient"
    r"|strange|weird|false|confused|confusing|misleading|limited|worst|worse|terrible|opposite|spurious|speculative|unclear|unreliable)"
    r" (?!(?:to|for|that|and|or|but|because|if|when|in|at|than|as|of|on|about|from|by|with|how|whether|why|since|so|too|here|enough)\b)(?=\w)"
    r"|(?:problems?|failures?|mistakes?|risks?|harms?|difficult(?:y|ies)|concerns?|limitations?|bias|fallac(?:y|ies)|weakness(?:es)?|bottlenecks?"
    r"|objections?|downsides?|pitfalls?|struggl\w+|myths?|dangers?)\b(?! (?:is|with|here|was|are that)\b))",
    re.I,
)
"""Words of blame that stand before a noun, or name a thing of the world."""
_SAYS_IT_IS = re.compile(
    r"(?:\b(?:is|are|was|were|be|seems?|looks?|remains?|has|have|had|suffers?|poses?|makes?|does|do|did|with)|['’]s)(?: [\w'’-]+){0,3} $",
    re.I,
)
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*(?:['’]t\b)?")


def rejects(sentence: str) -> bool:
    """Whether the sentence turns against a view, plan or argument by a phrase that does so."""
    if sentence.rstrip('*_"”’) ').endswith("?"):
        return False
    words = set(_WORD.findall(sentence.lower()))
    if any(word.endswith(("n't", "n’t")) for word in words):
        words.add("n't")
    turns = any(not triggers.isdisjoint(words) and pattern.search(sentence) for triggers, pattern in _TURNS)
    if (not turns and not _TAKES_UP.match(sentence)) or _ASSENTS.search(sentence):
        return False
    return polarity.against(sentence) > -0.5  # "no reason to believe that it is hard" speaks for it


def assents(sentence: str) -> bool:
    """Whether it grants or shares what somebody holds."""
    return bool(_ASSENTS.search(sentence))


def only_names(sentence: str) -> bool:
    """Whether what blames in it does no more than name something bad: "many failures are failures of coordination"."""

    def kept(found: re.Match[str]) -> str:
        return found[0] if _SAYS_IT_IS.search(sentence[max(0, found.start() - 40) : found.start()]) else " "

    bare = _NAMES.sub(kept, sentence)
    return bare != sentence and polarity.against(bare) < CRITICAL
