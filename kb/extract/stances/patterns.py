"""The wording of stances: patterns over one sentence, apostrophes made straight. `markers` says how they are read."""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.I)


MAY = re.compile(
    r"agree|disput|differ|diverge|converge|part ways|convinced|persuaded|s[kc]eptical|\bbuy\b|accept|object|deny"
    r"|contest|reject"
    r"|push back|\b(?:right|rightly|correct|correctly|wrong|false|true|mistaken|point|enough|contrary|concede|grant\w*"
    r"|acknowledge|share|argument\w*|doubt\w*|confused|hard for me|see (?:why|how)|explain\w*|show\w*|address\w*"
    r"|answer\w*"
    r"|you|your|yours|yes|yeah|yep|sure|no|nope|not|okay|ok|maybe|well|exactly|indeed|agreed|quite|fair|true|admittedly"
    r"|granted|of course)\b",
    re.I,
)
"""Without one of these no sentence is worth a closer look."""
THAT = r"(?:that|this|it|those|these)"
NO_MORE = r"(?! more\b)"

DISAGREES = _any(
    r"\bwhere (?:I|we) (?:\w+ ){0,2}(?:disagree|differ|part ways)\b",
    r"(?<!n't )(?<!not )(?<!cannot )(?<!never )\b(?:I|we) (?:(?!used|don't|do not|didn't|may|might|could|would"
    r"|probably|perhaps)\w+ ){0,2}"
    r"disagree\b",
    r"\bwe (?:\w+ )?(?:differ|diverge)\b(?! from)",
    r"\bwe have (?:\w+ ){0,2}(?:differing|different|opposite|opposing) (?:intuitions?|views?|opinions?|beliefs?)"
    r"(?: (?:of|about|on) what's [\w ]{3,20})?",
    r"\bI (?:still |just |really |simply )*(?:don't|do not|can't|cannot) (?:quite |really |fully )?"
    rf"(?:buy|agree|accept|share (?:your|this|that|the)){NO_MORE}\b",
    r"\bI (?:still |just |really )*(?:don't|do not|can't|cannot) (?:feel like you(?:'ve \w+)?|see (?:why|how) you)\b",
    r"\bI don't (?:think|believe) (?:that(?:'s| is)|this is|it's|you(?:'re| are)) (?:quite |really |actually "
    r"|entirely )?"
    r"(?:right|true|correct|fair|so|the case|what)\b",
    r"\bI(?:'m| am| remain) (?:still |very |quite |rather |a bit |pretty )?(?:unconvinced|not (?:\w+ )?(?:convinced"
    r"|persuaded)|skeptical|sceptical)\b(?: (?:of|about) [\w' ]{3,30})?",
    r"\bwhy I(?:'m| am) (?:still |very |quite )?(?:skeptical|sceptical|unconvinced|not convinced)\b",
    r"\b(?:it(?:'s| is) )?hard for me to (?:believe|buy|accept)\b",
    r"\bI(?:'d| would| want to| have to| must| will)(?: \w+)? (?:push back|dispute|contest|deny|object)\b"
    r"|\bI (?:dispute|reject|deny)(?: that| the (?:idea|claim|premise|notion)| your| this| that)\b",
    r"(?<!if )(?<!think )(?<!thinks )(?<!saying )(?<!whether )\byou(?:'re| are) (?:just |simply |plainly |quite )?"
    r"(?:wrong|mistaken)\b",
    r"\byou (?:haven't|have not|didn't|did not|never) (?:yet |really |actually )?(?:explained?|show[ns]?|showed"
    r"|address(?:ed)?"
    r"|answer(?:ed)?|argued?|justif(?:y|ied)|given (?:any|a) \w+)\b",
    r"^(?:on the contrary|quite the contrary|quite the opposite)\b",
)
DISAGREES_WITH_WHAT_IS_BEFORE = _any(
    rf"^(?:(?:but|well|no|and|honestly|I(?:'m afraid| think)(?: that)?)[,.]? )*(?:{THAT}(?:'s| is)"
    rf"|this is) (?:just |simply |plainly |"
    r"also |still )?(?:wrong|false|mistaken|(?:not|n't) (?:right|true|so|correct|quite (?:right|true|correct|fair)))\b",
    rf"^(?:(?:but|well|no|and)[,.]? )*{THAT} (?:isn't|is not) (?:really |quite |exactly |entirely )?(?:right|true|so"
    r"|correct|accurate|fair)\b",
)
AGREES = _any(
    r"\bI (?:do |also |fully |strongly |mostly |completely |entirely |definitely |certainly |totally |would |can |'d"
    r" |largely |broadly |really )*agree\b(?: with (?:that|this|you|your \w+|much of \w+))?",
    r"\bI'd (?:\w+ )?agree\b",
    r"\b(?:could|can)(?:n't|not) agree more\b",
    r"(?<!if )(?<!whether )(?<!that )\bwe (?:can |both |do |all |would )*(?:\w+ )?agree(?: on)?\b",
    r"(?<!if )(?<!whether )(?<!think )(?<!saying )(?<!suppose )\byou(?:'re| are) (?:absolutely |quite |certainly "
    r"|of course |both |"
    r"completely |also |totally )*(?:right|correct)\b",
    r"\byou (?:then |also |very |quite )?(?:correctly|rightly) (?:say|said|point|note|notice|observe|identif|argue"
    r"|mention"
    r"|claim|state|remark|recogni[sz]e|see|stress|emphasi[sz]e|conclude|suggest|warn)\w*",
    r"\b(?:correctly|rightly) (?:points? out|pointed out|says?|said|notes?|noted|observes?|observed)\b",
    r"^(?:and |yeah,? |yes,? |okay,? |that(?:'s| is) )*(?:an? |a very )?(?:fair|good|great|excellent|valid)"
    r" (?:point|enough)\b",
    r"^fair enough\b",
    r"\bI (?:do |will |have to |must |also |happily )?(?:concede|grant|acknowledge)\b(?: you)?",
    r"\b(?:one of )?the (?:best|strongest) arguments? (?:\w+ ){0,8}I(?:'ve| have) (?:ever )?(?:heard|seen|read)\b",
    r"\bone of the best arguments\b",
    r"\bI (?:think I )?(?:can|could) (?:\w+ )?buy\b",
    r"\b(?:you(?:'ve| have)? )(?:convinced|persuaded) me\b",
    r"\bI share (?:your|this|that) \w+",
)
AGREES_WITH_WHAT_IS_BEFORE = _any(
    rf"^(?:(?:yes|yeah|right|okay|and|well|sure)[,.]? )*{THAT}(?:'s| is) (?:absolutely |quite |certainly |all |very )?"
    r"(?:right|true|correct|a (?:good|fair|great|valid) point)\b(?! (?:if|only|that|for|of|in)\b)",
    rf"^(?:(?:yes|yeah|okay|and)[,.]? )*I think {THAT}(?:'s| is) (?:exactly |basically |mostly )?(?:right|true"
    rf"|correct)\b",
)
OPENS_AGAINST = _any(r"^no\b[,.](?! (?:but|and|you)\b)", r"^not (?:quite|really|exactly|so)\b(?! \w)")
CORRECTS = _any(
    r"\bnot (?:quite |exactly |really |at all )?(?:how|what) (?:I(?:'d| would| was)? )?(?:\w+ )?(?:put|say|mean|meant"
    r"|said|saying|arguing|claiming|claimed)\b(?: it)?"
)
OPENS_OBJECTING = _any(
    r"^(?:yes|yeah|sure|right|okay|ok|true|maybe|perhaps|well|fair|fine|granted|possibly|agreed|I see|I know"
    r"|I understand)"
    r"(?: enough)?[,.]? (?:but|though|except)\b"
)
CONCEDES = _any(r"^(?:sure|fine|okay)\b,[^.;?!]{4,160}[,;] (?:but|yet|though|however)\b")
ONLY = _any(
    r"\bwhat you(?:'re| are)? (?:\w+ )?(?:call(?:ed|ing)?|describ\w+|refer to(?: as)?|see as"
    r"|present(?:ed)? as)\b.{1,70}?"
    r"\b(?:just|simply|merely|really|nothing but|nothing more than|no more than|actually|not)\b"
)
OPENS_FOR = _any(
    r"^agreed (?:about|on|with|that)\b", r"^(?:agreed|exactly|indeed|absolutely|definitely|precisely)\b(?=[.,!])"
)
SUMS_UP = _any(
    r"\b(?:let me|I(?:'ll| will)?(?: just)?(?: try to)?|to|can I|if I (?:may|can)|trying to)"
    r" (?:\w+ )?(?:summari[sz]e|recap|restate|rephrase|paraphrase)\b",
    r"^(?:so|okay|ok|right|and|then|alright|in other words|basically)?[, ]*(?:so |basically |then )*you(?:'re| are"
    r"| were)"
    r" (?:basically |really |essentially |then |now )?(?:saying|claiming|arguing|suggesting|proposing|telling)\b",
    r"^(?:so|okay|then|and)[,.]? (?:what you(?:'re| are) (?:saying|claiming|arguing)|your (?:\w+ )?(?:claim|view|point"
    r"|position|argument|thesis|proposal) (?:is|would be))\b",
    r"\bif I (?:understand|understood|get|got|hear|follow|read) (?:you|this|that|your \w+|it)(?: (?:right"
    r"|correctly))?\b",
    r"\b(?:my understanding of (?:your|what you)|it sounds (?:to me )?(?:like|as if) you|as I understand (?:you"
    r"|your))\b",
    r"^(?:so|and|then),? (?:for you|in your view|on your (?:view|account))\b",
)
TAKES_UP = _any(
    r"\b(?:as |what |when |since )?you(?:'ve| have)? (?:just |also |then |already |earlier |kind of |seem to |once )*"
    r"(?:said|say|says|mention(?:ed)?|point(?:ed)? out|brought up|bring(?: up)?|argued?|claim(?:ed)?|wrote|write"
    r"|suggest(?:ed)?"
    r"|propos(?:e|ed)|call(?:ed)?|described?|raised?|gave|give the example|asserted?|maintain(?:ed)?)\b",
    r"\byou(?:'re| are) (?:\w+ )?(?:saying|arguing|claiming|comparing|suggesting|proposing)\b",
    r"\b(?:regarding|about|on|to|of|with|as for) your (?:\w+ ){0,2}\w+",
    r"\byour (?:other |main |first |second |third |last |earlier )?(?:ideas?|points?|arguments?|claims?|views?"
    r"|positions?"
    r"|worry|worries|concerns?|objections?|examples?|proposals?|suggestions?|analog(?:y|ies)|comparisons?)\b",
)
PROPOSED = re.compile(
    r"\b(?:regarding|about|on|as for|to) your (?:\w+ )?(?:idea|proposal|plan|suggestion|approach|scheme|solution|hope"
    r"|claim|thesis|theory|recommendation)s?\b",
    re.I,
)
BUT = re.compile(
    r",? and (?:I'd|I would|we'd) rather\b"
    r"|[,;] (?:but|though|yet|however)\b|\b(?:however|but|though),| (?:but|however) ",
    re.I,
)
BUT_OPENS = re.compile(
    r"\W*(?:but|however|though|still|yet|I(?: would|'d| do)? still"
    r"|(?:it|this|that|they) (?:would |does |do |may )?still|that said|nevertheless|nonetheless"
    r"|on the other hand|having said that"
    r"|my (?:main |only |biggest )?(?:concern|worry|objection))\b",
    re.I,
)
GOES_ALONG = re.compile(
    r"^\W*(?:but|however|though|still|yet)?,? *(?:I(?:'d| would| also| just| want to| think I(?:'d"
    r"| would))*(?: also| even)?"
    r" (?:go further|add|note|emphasi[sz]e|stress)|(?:it |this |that )?(?:also|not only|only|just|perhaps"
    r"|even (?:more|worse|better|stronger|further))"
    r"|we (?:may|might) "
    r"|for (?:a |some )?"
    r"(?:different|other|another) reason|it's even|I think it(?:'s| is) (?:even|also)|let me|first|before|we(?:'ll"
    r"| will)"
    r"|I(?:'ll| will)|to be clear|what about|how|do|does|is|are|can|could|why)\b",
    re.I,
)
"""What comes after "but" and is no objection: "but I would go further", "but first"."""
HEDGED = re.compile(
    r"\b(?:if|whether|unless|wish|would|could|might|may|suppose|imagine|assuming|used to|don't|do not|didn't|not)"
    r"(?: \w+){0,2} $|\b(?:you|people|they|some|many|someone|he|she|anyone|critics) (?:\w+ )?(?:say|says|said|think"
    r"|thinks)"
    r"(?: that)? $",
    re.I,
)
ON_CONDITION = re.compile(r"^(?: \w+){0,4} (?:if|were|provided|as long as|only (?:if|when)|insofar)\b", re.I)
THIRD = re.compile(
    r"^(?:\W*(?:and|but|so|now|also),? )?(?:some|many|most|several|other|the|a few|certain|lots of)? ?(?:people"
    r"|economists?|critics?"
    r"|philosophers?|scientists?|historians?|researchers?|experts?|doctors?|engineers?|colleagues?|authors?|others"
    r"|skeptics?|sceptics?|proponents?|opponents?|scholars?|they|everyone|everybody|one|someone) (?:\w+ ){0,3}"
    r"(?:say|says|said|argue|argues|argued|claim|claims|claimed|think|thinks|thought|believe|believes|believed|hold"
    r"|holds"
    r"|held|tell|object|objects|worry|would say|will say|might say|like to say)\b",
    re.I,
)
QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
