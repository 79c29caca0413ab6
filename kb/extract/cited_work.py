"""What a sentence says of a work that it cites: for or against it, where the citation is the subject or object of a
plain phrase ("§ fails to explain …", "contrary to §, we find …").

A citation is `§`, with the names that stand before it; nothing is taken from a sentence that asks, supposes or reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.extract.model import Span
from kb.model.words import Relation

_C = r"§(?P<{}>\d+)§"
_NAME = r"(?:(?:[vV]an |[vV]on |de |De )*[A-ZÀ-Þ][\w'’-]+)"
_BY = rf"{_NAME}(?:(?:, {_NAME})*,? (?:and|&) {_NAME}|,? et al\.?(?:['’]s?)?|(?=,? [(\[]?§\d+y§))"
"""Who wrote a work, where that is plain: two names, "et al.", or a name before a year."""
_AT = r"[(\[]?§\d+y?§[)\]]?"
_JOIN = re.compile(
    rf"{_BY},? (?P<at>{_AT})|(?:(?:(?<=\bto)|(?<=\bby)|(?<=\bof)|(?<=\bin)|(?<=\bas)|(?<=\bwith)|(?<=\bfrom)|(?<=\bthat)) |^)"
    r"(?P<own>\[§\d+§\])|(?P<bare>§\d+y?§)"
)
_PARTS = (
    r"(?:['’]s (?:\w+ ){0,2}?(?:work|paper|post|essay|claims?|arguments?|analysis|account|proposal|theory|view|study))?"
)
_ADV = r"(?:(?:also|however|still|simply|largely|entirely|often|generally|clearly|therefore|thus|both|all|themselves|itself|here)[ ,]+)*"
_VIEW = (
    r"(?:an? |the |its |their |these |this |that |some |many |all )?(?:\w+[ -]){0,2}?(?:arguments?|claims?|conclusions?|views?|findings?"
    r"|results?|hypothes[ei]s|account|analysis|assumptions?|assertions?|interpretations?|proposals?|theory|thesis|position"
    r"|observations?|predictions?|criticisms?|objections?|work|paper|suggestions?)"
)
_OF = rf"(?:{_VIEW} (?:\w+ )?(?:of|in|by|from|made by|put forward by|presented in|reported by|reported in|proposed by|advanced by) )?"
_OURS = r"(?:our|these|those|this|the present|the) (?:\w+[ -]){0,2}?(?:results?|findings?|data|experiments?|analysis|analyses|evidence|study|replication|work|measurements?|observations?)"
_I = r"\b(?:we|I)(?:['’](?:m|re))? (?:\w+ly |also |must |would |do |am |are |have to |here |both )*"
_LEAD = (
    r"(?:^|[;:–—] ?|, (?:but|yet|while|whereas|although|though) |\b(?:we|I) (?:\w+ly )?(?:argue|show|believe|think|contend|note|claim|maintain|find) that )"
    r"\W*(?:(?:but|yet|and|however|nevertheless|although|though|while|whereas|moreover|furthermore|unfortunately|thus|in particular|for example|also"
    r"|in our view|we think that|both|recently|still|the (?:\w+ ){0,2}?(?:work|paper|claims?|arguments?|analysis|account|study|post|essay|proposal|theory) (?:of|by|in)),? )*"
)


def _subject(verbs: str) -> re.Pattern[str]:
    return re.compile(rf"{_LEAD}{_C.format('it')}{_PARTS},? {_ADV}(?:{verbs})", re.I)


def _object(words: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{words}) {_OF}(?:those of |that of |what )?{_C.format('it')}{_PARTS}(?! (?:and|or) §)", re.I
    )


_AGAINST = (
    _subject(
        r"fail(?:s|ed)? to (?!replicat|reproduc|find|observ|detect|reject|converge|see (?:an?|any)|confirm|elicit)\w+"
        r"|overlook(?:s|ed)?\b|ignore[sd]?\b|neglect(?:s|ed)?\b|overstate[sd]?\b|overestimate[sd]?\b|misinterpret(?:s|ed)?\b|misread(?:s)?\b"
        r"|misrepresent(?:s|ed)?\b|misunderst(?:and|ands|ood)\b|conflate[sd]?\b|beg(?:s|ged)? the question|miss(?:es|ed)? (?:the|an?|this) (?:\w+ )?point"
        r"|(?:wrongly|mistakenly|incorrectly|erroneously|implausibly|falsely) \w+|(?:is|are|was|were) (?:\w+ly |simply |just |also |quite )?"
        r"(?:wrong|mistaken|flawed|misleading|incorrect|invalid|unsound|unconvincing|misguided|implausible|confused|untenable|circular)\b"
        r"(?! (?:with|on|by|for|about) probability)|(?:do|does|did)(?: not|n['’]t) (?:actually |really |adequately |properly )?"
        r"(?:account for|control for|justify|establish|substantiate|demonstrate that|show that|support (?:the|this|its|their) (?:claim|conclusion))"
        r"|(?:cannot|can['’]t|could not) (?:account for|explain|establish|justify)|(?:provide|offer|give)s? no (?:evidence|argument|reason|justification|support)\b"
        r"|suffers? from (?:an? |several |serious |two |the )?(?:\w+ )?(?:flaw|problem|confound|error|mistake)"
    ),
    re.compile(
        rf"(?<!not )\b(?:contrary to|contra|pace|in contradiction (?:to|with)|in disagreement with) {_OF}{_C.format('it')}{_PARTS}"
        r",? (?:we|I|our|my|this|these|that|those|here|the|there|it|no|both|all|each|every)\b|\b(?:contradicting|refuting|disproving) "
        rf"{_OF}{_C.format('too')}",
        re.I,
    ),
    _object(
        rf"{_I}(?:disagree with|reject|dispute|refute|challenge|take issue with|object to|contest|critici[sz]e|rebut|disprove|contradict"
        r"|doubt|skeptical of|sceptical of|unconvinced by|not convinced by|not agree with|don['’]t agree with|not accept|not buy|don['’]t buy|question)"
    ),
    _object(
        rf"{_OURS} (?:\w+ly |also |thus |therefore |clearly )*(?:contradicts?|contradicted|refutes?|challenges?|disproves?|undermines?|calls? into question"
        r"|(?:is|are|was|were) (?:\w+ly )?(?:inconsistent|at odds|in conflict|not consistent) with|conflicts? with|casts? doubt (?:up)?on"
        r"|(?:do|does|did)(?: not|n['’]t) (?:support|confirm|replicate|bear out)|fail(?:s|ed)? to (?:support|confirm|replicate))"
    ),
    re.compile(
        rf"\b(?:problem|flaw|error|mistake|weakness|trouble|issue) (?:with|in|of) {_OF}{_C.format('it')}{_PARTS} (?:is|was|lies)\b",
        re.I,
    ),
)
_FOR = (
    _subject(
        r"(?:correctly|rightly|convincingly|persuasively|compellingly|aptly) \w+|(?:is|are|was|were) (?:\w+ly |absolutely |quite |surely )?"
        r"(?:right|correct) (?:that|to|about|in)\b|(?:make|makes|made) (?:an? )?(?:\w+ )?(?:convincing|compelling|persuasive|strong|excellent) (?:case|argument)"
    ),
    _object(
        rf"{_I}(?:agree with|endorse|concur with|side with|share the view of|am persuaded by|are persuaded by|persuaded by|convinced by)(?! (?:the )?(?:reviewer|referee))"
    ),
    _object(
        rf"{_OURS} (?:\w+ly |also |thus |therefore |clearly )*(?:confirms?|confirmed|corroborates?|corroborated|replicates?|replicated|supports?|supported"
        r"|agrees? with|agreed with|aligns? with|(?:is|are|was|were) (?:\w+ly |also )*(?:consistent|in line|in agreement|in accordance|compatible) with)"
    ),
    _object(
        r"^\W*(?:this|it|that) (?:\w+ly |also )*(?:confirms?|corroborates?|agrees? with|(?:is|are) (?:\w+ly |also |in )*(?:consistent|line|agreement) with)"
    ),
    re.compile(
        rf"^\W*(?:consistent with|in line with|in agreement with|in accordance with|confirming|corroborating) {_OF}{_C.format('it')}{_PARTS}[^,§]{{0,40}}, "
        r"(?:we|I|our \w+|these results|this study) (?:\w+ly |also )*(?:find|found|observe|observed|see|saw|show|showed|confirm|results?|findings|data|experiments)",
        re.I,
    ),
    re.compile(
        rf"(?:,|\b(?:is|are|was|were)) (?:\w+ly |also |thus )*(?:consistent|in line|in agreement|in accordance) with {_VIEW} (?:\w+ )?"
        rf"(?:of|in|by|from|reported by) {_C.format('it')}",
        re.I,
    ),
    re.compile(rf"\bas {_C.format('it')}{_PARTS} (?:correctly|rightly|convincingly|persuasively) \w+", re.I),
)
_SUPPOSES = re.compile(
    r"\b(?:if|unless|whether|suppose|supposing|imagine|might|could be|would be|may be|perhaps|some (?:people )?(?:say|argue|claim)|critics|opponents"
    r"|it is not (?:that|the case)|nobody|no one|neither|nor|not (?:to )?(?:disagree|contradict|dispute|reject|agree)|(?:do|does|did)(?: not|n['’]t) (?:\w+ )?"
    r"(?:disagree|contradict|dispute|reject|challenge|refute|mean|imply|question|doubt))\b",
    re.I,
)


_TAKES_SIDES = re.compile(
    r"fail|overlook|ignor|neglect|overstat|overestim|\bmis|conflat|beg(?:s|ged)? the|wrong|incorrect|erroneous|implausib|fals|flaw|invalid"
    r"|unsound|unconvinc|confus|untenable|circular|not |n['’]t |cannot|\bno |suffer|contra|\bpace\b|disagree|reject|disput|refut|challeng"
    r"|issue|object|contest|critici|rebut|disprov|doubt|s[ck]eptical|question|undermin|inconsistent|at odds|conflict|problem|error|weakness"
    r"|trouble|correct|right|convinc|persua|compell|aptly|agree|endors|concur|side with|share|confirm|corrobor|replicat|support|align"
    r"|consistent|in line|accordance|compatible|strong|excellent",
    re.I,
)


def may_take_sides(sentence: str) -> bool:
    """Whether it has a word without which no phrase speaks for or against a work."""
    return _TAKES_SIDES.search(sentence) is not None


def stance(sentence: str, citations: Sequence[tuple[Span, bool]]) -> tuple[int, Relation] | None:
    """Which citation, by number, a sentence speaks for or against; None where none is, or more than one may be meant.

    `citations` are their places in the sentence, in its order, and whether what is shown of each is a year.
    """
    if not citations or sentence.rstrip('*_"”’)] ').endswith("?"):
        return None
    marked = _marked(sentence, citations)
    found: set[tuple[int, Relation]] = set()
    against: tuple[Relation, tuple[re.Pattern[str], ...]] = ("attacks", _AGAINST)
    for relation, patterns in (against, ("supports", _FOR)):
        for pattern in patterns:
            for match in pattern.finditer(marked):
                clause = marked[max(marked.rfind(";", 0, match.start()), 0) : match.end()]
                if not _SUPPOSES.search(clause):
                    found.add((int(next(filter(None, match.groups()))), relation))
    return found.pop() if len(found) == 1 else None


def _marked(sentence: str, citations: Sequence[tuple[Span, bool]]) -> str:
    """The sentence with a sign for each citation, without the names before it and the brackets around it."""
    parts: list[str] = []
    before = 0
    sentence = sentence.replace("§", " ")
    for number, ((start, end), year) in enumerate(citations):
        parts += [sentence[before:start], f"§{number}{'y' if year else ''}§"]
        before = end
    words = "".join([*parts, sentence[before:]])
    words = _JOIN.sub(_sign, words)
    return re.sub(r"[*_]", "", words)


def _sign(found: re.Match[str]) -> str:
    number = re.sub(r"\D", "", found["at"] or found["own"] or found["bare"])
    return f"{' ' if found[0].startswith(' ') else ''}§{number}§"
