"""Words that answer what stands right before them, where the place says that it is answered: a quote, a reported view,
an entry of notes, the turn of another.

There "I don't see how …", "Even if that's true, …", "That holds only when …" are against what is answered, though the
same words say nothing of anybody elsewhere. `stances.markers` has the words that name a stance ("I disagree").
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.extract import polarity
from kb.extract.stances import markers, telling
from kb.model.words import Relation

_APOSTROPHES = str.maketrans("’‘", "''")
_ADV = r"(?:(?!used)\w+ |at all ){0,2}"
_THAT = r"(?:that|this|it|these|those|which)"
_LEAD = (
    r"^\W*(?:[Cc]omment(?:ary)?[.:*]+ )?(?:(?:hm+|well|ok(?:ay)?|oh|ah|ugh|sure|right|yes|yeah|fwiw|imo|imho|honestly|to be honest|sorry|also|and|so"
    r"|thanks|alright|more importantly|on the other hand|again|personally|first(?:ly)?|second(?:ly)?|@[\w ]{2,20}?)"
    r"[,.!:;—–-]* )*"
)


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.I)


_CONTRASTS = rf"{_LEAD}(?:ours|yours|mine|theirs) (?:was|were|is|are|had|has|did|does|do)\b(?!.*\b(?:too|also|as well|the same)\b)"
_DISSENTS = _any(
    rf"{_LEAD}(?:but |though )?I {_ADV}(?:don't|do not|can't|cannot|fail to|didn't) {_ADV}(?:see|think|believe|trust|buy|follow"
    r"|find|accept|understand) (?!(?:I|we) (?:could|can) (?:\w+ )?(?:put|say|have))(?:how|why|that|it|its|it's|the|this|these|they|there|there's|a|any|much|my|we|you|what you)\b",
    rf"{_LEAD}(?:but )?(?:it's|it is|it seems|{_THAT} (?:is|seems))(?: \w+)? (?:not|far from|hardly|anything but) (?:\w+ ){{0,3}}?(?:obvious"
    r"|clear|true|right|correct|quite|how|what|why|plausible|convincing|accurate|enough)\b",
    rf"{_LEAD}(?:but )?{_THAT} (?:isn't|is not|wasn't|doesn't|does not|didn't|won't|wouldn't|can't|cannot|need not|needn't) "
    r"(?!only|just|mean that you)",
    rf"{_LEAD}(?:but )?(?:{_THAT}|the (?:author|paper|article|study|argument|book|claim|model|post)s?|he|she|they) {_ADV}"
    r"(?:ignores?|overlooks?|misses|conflates?|confuses?|assumes?|presupposes?|forgets?|neglects?"
    r"|overstates?|exaggerates?|proves? too much|begs? the question|takes? [^.;?!]{3,60} (?:as given|for granted)"
    r"|gets? [^.;?!]{3,60} (?:wrong|backwards|the wrong way)|mistakes?|cuts both ways|applies to (?:any|every|all)\b"
    r"|(?:seems|would seem|appears) to apply to|would apply (?:just as|equally)|contradicts?)\b",
    rf"{_LEAD}I(?:'m| am| remain) {_ADV}(?:skeptical|sceptical|doubtful|unconvinced|confused|puzzled|unpersuaded"
    r"|unsure (?:that|whether|how|why)|not (?:\w+ )?(?:sure|convinced|persuaded))(?! (?:(?:that|whether|how|if|what|which) )?"
    r"(?:I(?:'m| am)? (?:can|know|have|get|got|under\w+|follow|read\w*|recall|remember)|this helps|what you mean|exactly))\b",
    r"\b(?:and|but|though|so) I (?:\w+ )?doubt (?:that|whether|it|this)\b",
    rf"{_LEAD}I {_ADV}(?:doubt(?! (?:anyone|anybody|you) )|beg to differ|take issue)\b",
    rf"{_LEAD}(?:but )?even if (?:that|this|it|so|true|we|the|you|he|she|they)\b",
    rf"{_LEAD}(?:but )?(?:it|{_THAT}) (?:seems|is|remains) (?:very |quite |rather )?unclear\b",
    rf"{_LEAD}I(?:'d| would) {_ADV}(?:say|think|argue|expect|guess) (?=[^?]*(?:\b(?:but|not|rather|instead|though|hardly)\b|n't\b))",
    rf"{_LEAD}(?:no|nope|nah|hardly|wrong|false|nonsense|not (?:really|quite|so|true|necessarily|at all))\b(?=[,.:;!—–])"
    r"(?![,.] (?:but|you))",
    r"^[^.;?!]{4,80}, no\W*$",
    rf"{_LEAD}(?:{_THAT} )?(?:has )?(?:didn't|doesn't|did not|does not|never|hasn't|failed to|fails to) {_ADV}(?:convinced?|persuaded?) me\b",
    r"\bdo(?:es|ing) (?:a lot|much|most|all|too much|the bulk|so much)(?: of)? (?:the )?(?:work|heavy lifting)\b",
    r"\btakes? [^.;?!]{3,80} (?:as given|for granted)\b",
    r"\b(?:that's|which is|this is|(?:is|are) (?:the )?(?:very )?(?:thing|point|question)s?(?: that(?:'s| is))?) (?:just |exactly |precisely )?"
    r"(?:(?:what(?:'s| is)|the thing|the point|the question) )?(?:in dispute|at issue)\b",
    r"\bwhere (?:that|this|it)(?:'s| is| isn't| is not) (?:\w+ )?(?:false|untrue|wrong|not true|the case)\b|\b(?:a|as) counter-?examples?\b",
    rf"{_LEAD}(?:as if|tell that to|if only|on the contrary|quite the (?:opposite|contrary|reverse))\b",
    rf"{_LEAD}in my (?:mind|view|opinion),? the (?:real |right )?question is\b",
    r"^\W*the (?:first|second|third|last|latter|former|other) (?:\w+ )?(?:sentence|claim|half|step|part|premise|point|one)?"
    r" ?(?:is|seems|looks) (?:even |much |simply |just )?(?:worse|wrong|false|mistaken|weaker|a stretch)\b",
    rf"{_LEAD}(?:but )?{_THAT} (?:only )?(?:holds|held|is true|follows) (?:only |at best |just )?"
    r"(?:if|when|where|so long as|as long as|under|unless)\b",
    rf"{_LEAD}(?:but )?{_THAT} is (?:only )?true (?:only )?in the (?:way|sense)\b",
    r"\b(?:is|are|was|were|seems?|looks) (?:simply |just |also |exactly )?the wrong \w+",
    r"\b(?:isn't|aren't|is not|are not|wasn't|hardly|is no|are no) (?:yet )?(?:a |an |any )?(?:proof|evidence|argument|reason to|sign)\b",
    rf"{_LEAD}you(?:'re| are) {_ADV}(?:ignoring|forgetting|overlooking|missing|conflating|confusing|assuming)\b"
    rf"|{_LEAD}you {_ADV}(?:ignore|forget|overlook|miss|conflate|confuse)\b",
    rf"{_LEAD}(?:we|I) {_ADV}(?:think|believe) (?:that )?(?:{_THAT}|he|she|they) {_ADV}(?:gets?|is|are|misses|rests|ignores|overlooks|confuses)"
    r" (?=[^.;?!]*(?:wrong|mistak|false|confus|backwards|flaw|weak|misses|ignores|overlooks))",
    rf"{_LEAD}I(?:'d| would) (?:\w+ )?still (?:expect|say|think|bet|want|be)\b|{_LEAD}I still (?:think|believe|expect|doubt|hold)\b",
    _CONTRASTS,
    r"\b(?:takes?|took|taken) care of (?:it|this|that|them)\b|\b(?:removes?|removed|solve[sd]?|eliminate[sd]?|avoid(?:s|ed)?|deals? with)"
    r" (?:most of |all of |much of )?(?:that|this|these|those|the same) \w+",
    r"\b(?:no|little|not any) (?:sign|evidence|trace|indication) of (?:such|this|that|it|any)\b",
    rf"{_LEAD}(?:my|the|one) (?:\w+ )?(?:problem|worry|concern|objection|trouble|reservation|quibble|doubt)"
    r"(?: (?:with|about) [^.;?!]{3,60})? is\b",
)
_OWN_WORDS = re.compile(r"\b(?:that|this|it|these|those|they|them|here|such|he|she)\b", re.I)
_BUT = re.compile(rf"{_LEAD}(?:but|however|yet|except)\b(?!,? (?:yes|also|first|thanks|I (?:agree|like|love)))", re.I)
_ONLY_BUT = re.compile(rf"{_LEAD}but\b(?!,? (?:yes|also|first|thanks|once|if you|I (?:agree|like|love)))", re.I)
_THOUGH = re.compile(r"(?:n't|\bnot|\bno|\bnever|\bhardly)\b.*\bthough\W*$", re.I)
_CONSEQUENCE = re.compile(
    rf"{_LEAD}(?:then|in that case,?|under (?:your|this|that) \w+|{_THAT}) (?:\w+ )?(?:will|would|'ll|means|mean|leads?|you|people)\b"
    r"(?=.*(?:n't\b|\b(?:nobody|nothing|never|no|none|not|zero|ignore|cannot|only)\b))",
    re.I,
)
_ASSENTS = _any(
    r"^\W*(?:ugh|hm+|oh|ah|ok(?:ay)?)?[,.]? ?(?:yes|yeah|yep|agreed|exactly|indeed|\+1|absolutely|precisely|well put|true|touché)\s*[,.!]",
    r"^\W*(?:good|great|fair|excellent) (?:point|answer|enough|catch)\b|^\W*fair\s*[!.]",
    rf"{_LEAD}I(?:'d| would) sign (?:that|this)\b",
    rf"{_LEAD}(?:I think )?(?:{_THAT}(?:'s| is| seems| sounds| last one is)|he(?:'s| is)|she(?:'s| is)|they(?:'re| are)|\w+ is|(?:{_THAT} )?last (?:one|point) is)"
    r" (?:\w+ly |quite |just |surely )?(?:right|true|correct|fair|a (?:fair|good|great) point|convincing|spot on)\b(?! (?:if|only|in the|when|for))",
    r"^[^.;?!]{4,80}, and yes\W*$",
    r"\b(?:best|strongest|most convincing) (?:point|argument|thing) (?:\w+ ){0,3}(?:I|we)(?:'ve| have)? (?:\w+ )?(?:heard|read|seen)\b",
    rf"{_LEAD}I(?:'m| am) with (?:you|him|her|them)\b",
    rf"{_LEAD}I {_ADV}agree\b|{_LEAD}I(?:'m| am) (?:\w+ )?sympathetic to\b",
)
_MORE = re.compile(
    r"^\W*(?:and |but )*(?:another (?:reason|problem|issue|worry|objection|difficulty)\b|(?:even )?more importantly,|more to the point,"
    r"|there(?:'s| is)(?: also)? (?:a (?:second|third|further)|another) (?:reason|problem|issue|worry|objection|difficulty|thing)\b)",
    re.I,
)
_ALSO = re.compile(
    r"^\W*(?:and (?:I think )?there(?:'s| is) also|also,?|moreover,|furthermore,|besides,|in addition,|on top of that,|secondly,|second,"
    r"|I also)(?!\w)",
    re.I,
)
"""How an answer goes on to say more of the same kind: later, and right behind it."""
_TURNS = re.compile(r"^\W*(?:on the other hand|that said|having said that|however|still),", re.I)
_LATER, _SOON, _TURN = 10, 2, 5  # sentences within which they do
_NO_BLAME = re.compile(r"\bI mean(?:t)?\b|^\W*(?:s?he|they) (?:also |then |further )?\w+s?\b|\bwhether\b", re.I)
_OPENING = 2  # sentences in which an answer takes its stance
_AGAINST = 0.6  # `polarity.against` from which what takes up the answered words is against them


def of(sentence: str, answered: str = "", *, at: int = 0, talk: bool = False) -> Relation | None:
    """Where a sentence that answers certain words stands towards them: "supports", "attacks", or None.

    `at` is its place in the answer: a "But" is against what is answered only as its first word. In a `talk`, a comment
    or a turn, so is a "However", and blame that speaks of what is answered or has words of it that tell; elsewhere a
    text may only go on.
    """
    plain = sentence.translate(_APOSTROPHES).strip()
    if plain.rstrip(" \"”»)'").endswith("?"):
        return "attacks" if _ASKS_HOW.search(plain) else None
    if _ASSENTS.search(plain):
        return "attacks" if markers.objection_at(plain) and not _MILD.search(plain) else "supports"
    if _DISSENTS.search(plain) or (at == 0 and (_BUT if talk else _ONLY_BUT).match(plain)) or _THOUGH.search(plain):
        return "attacks"
    marker = markers.find(sentence, opening=True)
    if marker is not None and marker.relation != "related":
        return None if markers.with_somebody_else(sentence, marker, frozenset()) else marker.relation
    if at == 0 and _CONSEQUENCE.search(plain):
        return "attacks"
    if talk and not _NO_BLAME.search(plain) and polarity.against(plain) >= _AGAINST and _speaks_of(plain, answered):
        return "attacks"
    return None


TURNS_TO = re.compile(
    r"^\W*(?:(?:hm+|well|ok(?:ay)?|but|and|so|also)[,.]? )*(?:"
    r"(?:on|regarding|about|concerning|as for|as to|as regards|with regard to) (?!my\b|the (?:other hand|contrary|whole))[^,.;:?!]{3,60}[,:]"
    r"|(?:to come|coming|to go|going|to get|getting) back to [^,.;:?!]{3,60}[,:])\s*",
    re.I,
)
"""How an answer turns to one of several points: "On the physics teachers, …", "As for budgets, …"."""

_DENIES = re.compile(
    r"^\W*(?P<who>ours|mine|it|they|we|he|she|I|this|that|these|those|(?:the |our |my )?[A-Z]?[\w-]+(?: \w+)?) "
    r"(?P<verb>did|does|do|is|are|was|were|has|have|had|can|could|will|would)(?P<not>n't| not)?\W*$",
    re.I,
)
_NOT = re.compile(r"n't\b|\b(?:not|no|none|never|nobody|nothing|neither|nowhere|hardly)\b", re.I)


def elliptic(sentence: str, before: str) -> bool:
    """Whether a sentence answers with a word or two, which are a statement all the same: "Ours were coated."."""
    plain = sentence.translate(_APOSTROPHES).strip()
    return bool(re.match(_CONTRASTS, plain, re.I)) or denial(sentence, before) is not None


def denial(sentence: str, before: str) -> Relation | None:
    """What a bare "Ours did.", "They don't." does to the assertion before it: it is against it where one of the two is
    negated."""
    match = _DENIES.match(sentence.translate(_APOSTROPHES).strip())
    if match is None or before.rstrip().endswith("?"):
        return None
    clause = re.split(r"[;:]|, (?:and|but|so|because) ", before.translate(_APOSTROPHES))[-1]
    return "attacks" if bool(match["not"]) != bool(_NOT.search(clause)) else None


_MILD = re.compile(
    r"\bwe (?:may|might|probably|still) (?:\w+ )?(?:disagree|differ)\b|\bbut (?:I|it|that|this)(?:'d| would| also|'s also| is also)\b",
    re.I,
)
_ASKS_HOW = re.compile(
    r"\beven if (?:that|this|it)\b.*\b(?:how|why)\b|^\W*(?:but )?how (?:do|would|could) (?:you|they|we|he|she) know\b",
    re.I,
)


def _speaks_of(plain: str, answered: str) -> bool:
    own = telling.words(plain)
    shared = own.shared(telling.words(answered)) if answered else frozenset()
    return len(shared) >= 2 or (bool(shared) and _OWN_WORDS.search(plain) is not None)


def answers(
    sentences: Iterable[str], answered: str, *, talk: bool = False, opens: frozenset[int] = frozenset()
) -> list[tuple[int, Relation]]:
    """The sentences of an answer that take a stance towards what is answered, by number, with what they do.

    One of the first two begins. Who assents and goes on with a "But" is against it from there; what goes on to say more
    ("Another reason", "More importantly") does what was done before. `opens` are the sentences that open a paragraph of
    it: there a dissent in plain words counts too, since many sum up first what they answer.
    """
    found: list[tuple[int, Relation]] = []
    for number, sentence in enumerate(sentences):
        last, done = found[-1] if found else (-_LATER, None)
        ago = number - last
        if number >= _OPENING and not opens and (done is None or ago > _LATER):
            break  # nothing begins any more, and nothing goes on
        if sentence.rstrip().endswith("?") and number >= _OPENING:
            continue
        if done == "supports" and ago == 1 and markers.opens_objection(sentence):
            found[-1] = (number, "attacks")
        elif _goes_on(sentence, ago, done) or (number in opens and contradicts(sentence, answered)):
            found.append((number, "attacks"))
        elif number in opens and number and done != "supports" and stands(sentence):
            if of(sentence, answered, at=number) == "attacks":
                found.append((number, "attacks"))
        elif number < _OPENING and done is None:
            relation = of(sentence, answered, at=number, talk=talk)
            if relation is not None:
                found.append((number, relation))
    return found


def contradicts(sentence: str, answered: str) -> bool:
    """Whether it turns to a point ("As to the second: …") and denies something in words of it."""
    topic = TURNS_TO.match(sentence)
    rest = sentence[topic.end() :].translate(_APOSTROPHES) if topic else ""
    return bool(_NOT.search(rest)) and bool(telling.words(rest).shared(telling.words(answered)))


def _goes_on(sentence: str, ago: int, done: Relation | None) -> bool:
    """Whether it turns against what was agreed to, or says more of the same against it."""
    if done == "supports":
        return bool(ago <= _TURN and _TURNS.match(sentence))
    return bool(done) and bool((ago <= _LATER and _MORE.match(sentence)) or (ago <= _SOON and _ALSO.match(sentence)))


def stands(sentence: str) -> bool:
    """Whether the words alone, without those of what is answered, take a stance, and say that somebody judges."""
    plain = sentence.translate(_APOSTROPHES).strip()
    judged = _JUDGED.search(plain) and (_DISSENTS.search(plain) or _ASSENTS.search(plain))
    return bool(judged) and not plain.endswith("?")


_JUDGED = re.compile(
    r"\b(?:I|me|my|wrong|false|true|right|fair|mistaken|nonsense|doesn't follow|does not follow|begs|convinc\w+|persua\w+|agreed?)\b",
    re.I,
)
