"""Neighbours that a connective joins: because, since, so, therefore, thus, hence, after all, for example.

Only what argues counts: the conclusion must judge, so that "The mill closed because the river fell dry" tells no more
than what happened. Both must be whole propositions in the same voice.
"""

from __future__ import annotations

import re

from kb.extract import cues, propositions, standing, wording
from kb.extract.model import Block, Extraction, LinkDraft, Span, View
from kb.extract.stages import Stage
from kb.model.rules import REASON_CLAUSE, Rule

BECAUSE, THEREFORE, EXAMPLE = "because", "therefore", "for-example"
STAGE = Stage.STRUCTURE + 6
RULES = (
    Rule(
        REASON_CLAUSE,
        "statement",
        "structure",
        what='the clause behind "because", before ", so" or between "Since" and its comma, in a sentence that judges',
        gives="a claim, critique or evidence as it is worded, besides the whole sentence",
        score="0.45",
    ),
    Rule(
        BECAUSE,
        "link",
        "cue",
        what='a sentence that judges and gives its reason: "A because B", "Since B, A", "B, so A"; or a sentence "After '
        'all, B", "That is because B" behind one that judges',
        gives="the reason supports what is said",
        score="0.70",
    ),
    Rule(
        THEREFORE,
        "link",
        "cue",
        what='a sentence that judges and begins with "Therefore", "Thus", "Hence", "So", "It follows that", "This '
        'shows that", or has one of the first three near its beginning',
        gives="the sentence before it supports it",
        score="0.65",
    ),
    Rule(
        EXAMPLE,
        "link",
        "cue",
        what='"For example", "For instance" at or near the beginning of a sentence behind one that judges',
        gives="supports the sentence before it",
        score="0.65",
    ),
)

_MARKS = (
    *(
        "because",
        "since ",
        "so ",
        "given that ",
        "therefore",
        "thus",
        "hence",
        "consequently",
        "accordingly",
        "after all",
    ),
    *(
        "follows that",
        "reason is",
        "for example",
        "for instance",
        "reasons",
        " means ",
        " implies ",
        " shows ",
        " suggests ",
    ),
    *(" proves ", ", for ", "for this reason"),
)
"""One of these stands in what is found here, in small letters: cheaper to look for than what they belong to."""
_REASON = re.compile(r"(?:\b(?:because|since|given that)|, (?:and )?so|, for)\b", re.I)
_CONCLUDES = re.compile(
    r"^\W*(?:and )?(?:therefore|thus|hence|consequently|accordingly|for (?:this|that|these|those) reasons?|it follows that"
    r"|(?:this|that|which) (?:means|implies|shows|suggests|proves) that"
    r"|so(?=,? (?!let|here\b|far\b|what\b|if\b|many\b|much\b|long\b|that\b|called|to\b|on\b|when\b|how\b|why\b|then\b|yeah"
    r"|yes\b|no\b|please|maybe|i\b|the question|(?:we|you|they|he|she) (?!should|must|need|ought|can(?:not|['’]t)))))\b"
    r"|^\W*(?:[\w’'-]+ ){1,6}(?:therefore|thus|hence) (?!far\b)",
    re.I,
)
_GIVES_REASON = re.compile(
    r"^\W*(?:after all\b|(?:this|that)(?:['’]s| is) (?:\w+ly )?because\b|(?:the|one|my) (?:main )?reason is that\b)",
    re.I,
)
_EXEMPLIFIES = re.compile(
    r"^\W*(?:for (?:example|instance)\b(?!,? (?:what|how|imagine|consider|suppose|take|let|see|you can|(?:[\w’'-]+ ){1,3}(?:that|who|which)|\w+ing)\b)|(?!this|that|these|those|it|they|such|he|she|we|you|I\b|one\b)(?:[\w’'-]+ ){0,4}[\w’'-]+, for (?:example|instance),)",
    re.I,
)
_MODAL = re.compile(
    r"\b(?:can|could|may|might|will|would) (?:\w+ )?(?:be|not|only|lead|make|help|allow|give|enable|provide)\b", re.I
)
_DEFINES = re.compile(r"^\W*(?:an?\s|the\s)?(?:\*\*|__)[^*_\n]+(?:\*\*|__)[^.]{0,60}?\b(?:is|are|refers|means)\b", re.I)
_NOT_A_REASON = (
    r"(?<!not)(?<!n['’]t)(?<!only)(?<!just)(?<!simply)(?<!merely)(?<!partly)(?<!mainly)(?<!precisely)(?<!in part)"
    r"(?<!\bis)(?<!\bwas)(?<!\bare)(?<!['’]s)"
)
_BECAUSE = re.compile(rf"^(?P<a>.{{15,}}?){_NOT_A_REASON},?\s(?:because|(?<=,\s)since|(?<=,\s)for(?=\s(?:nobody|no one|it"
                      r"|they|he|she|we|there|neither|whoever)\b))\s(?!of\b)(?P<b>.{15,})$", re.I | re.S)  # fmt: skip
_SO = re.compile(
    r"^(?P<b>(?!\W*(?:yes|no|because)\b).{15,}?),\s(?:and\s)?so\s(?!that\b|as\b|far\b|much\b|many\b|long\b|called)(?P<a>.{15,})$",
    re.I | re.S,
)
_SINCE = re.compile(r"^\W*(?:because|since|given that)\s(?!of\b|then\b|(?:the )?\d|when\b|my\b|last\b)(?P<b>[^,;]{15,}),\s(?P<a>.{15,})$",
                    re.I | re.S)  # fmt: skip
_NO_REASON = re.compile(
    r"\b(?:not|that) because\b|^(?:since\b.*\b(?:began|started|founded|introduced|last|\d{4})\b|.*\b(?:ha[sd]|have) (?:been )?\w+(?:ed|en)\b.*\bsince\b)",
    re.I,
)
_NO_SENTENCE = re.compile(r"^\W*\[|^\W*\w+ing (?:you|that|about|to|of)\b", re.I)
"""An entry of a list of links, or a gerund that nothing follows but what depends on it."""
_RUNS_ON = re.compile(r"[;—]|,\s(?:but|so|which|and (?:so|therefore|thus))\b|\s\(")


def find(view: View, found: Extraction) -> None:
    """Link sentences, and clauses of one, that a connective joins."""
    for block in propositions.prose(view):
        if not _marked(view.quote(block)):
            continue
        spans = view.sentences(block)
        for number, span in enumerate(spans):
            words = view.text[slice(*span)]
            if _marked(words) and not words.rstrip().endswith("?"):
                if number:
                    _neighbours(view, found, block, spans, number, words)
                _within(view, found, block, spans, number, words)


def _marked(words: str) -> bool:
    small = words.lower()
    return any(mark in small for mark in _MARKS)


def _neighbours(view: View, found: Extraction, block: Block, spans: list[Span], number: int, words: str) -> None:
    before = view.text[slice(*spans[number - 1])]
    if before.rstrip().endswith(("?", ":")) or cues.ADDRESSES.search(before):
        return
    if _CONCLUDES.match(words) and wording.judges(words) and not cues.NARRATES.search(words):
        _link(view, found, block, spans, (number - 1, number), THEREFORE, 0.65)
    elif _GIVES_REASON.match(words) and wording.judges(before):
        _link(view, found, block, spans, (number, number - 1), BECAUSE, 0.7)
    elif _EXEMPLIFIES.match(words) and _bears_example(before) and wording.proposition(words) and "`" not in words:
        _link(view, found, block, spans, (number, number - 1), EXAMPLE, 0.65)


def _link(
    view: View, found: Extraction, block: Block, spans: list[Span], ends: tuple[int, int], rule: str, score: float
) -> None:
    """Link two sentences, if both are propositions in one voice."""
    source, target = (propositions.sentence(view, found, block, spans, end) for end in ends)
    if source is None or target is None or source == target:
        return
    if found.statements[source].speaker == found.statements[target].speaker:
        evidence = (spans[min(ends)][0], spans[max(ends)][1])
        found.links.append(LinkDraft(source, target, "supports", rule, "cue", score, evidence))


def _within(view: View, found: Extraction, block: Block, spans: list[Span], number: int, words: str) -> None:
    """Link the reason that a sentence gives within itself to the sentence."""
    if not _REASON.search(words):
        return
    reasoned = _SINCE.match(words) or _BECAUSE.match(words)
    match = reasoned or _SO.match(words)
    if match is None or _NO_REASON.search(words) or not _conclusion(match["a"]) or _quoted(words, match.start("b")):
        return
    if _NO_SENTENCE.match(words) or not (reasoned or standing.FINITE.search(match["b"], match["b"].find(" ") + 1)):
        return
    start = spans[number][0] + match.start("b")
    reason = match["b"]
    if cut := _RUNS_ON.search(reason):
        reason = reason[: cut.start()]
    span = (start, start + len(reason.rstrip(" .;,")))
    whole = propositions.sentence(view, found, block, spans, number)
    if whole is None:
        return
    made = propositions.clause(view, found, block, span, whole, joined=reasoned is not None)
    if made is not None and made != whole:
        found.links.append(LinkDraft(made, whole, "supports", BECAUSE, "cue", 0.7, spans[number]))


def _bears_example(words: str) -> bool:
    """Whether the words judge, beyond saying what may be: an example of that only illustrates."""
    return "`" not in words and not _DEFINES.match(words) and wording.judges(_MODAL.sub(" ", words))


def _conclusion(clause: str) -> bool:
    clause = clause.strip(" ,")
    return wording.judges(clause) and bool(standing.FINITE.search(clause))


def _quoted(words: str, at: int) -> bool:
    """Whether quotation marks are open there."""
    head = words[:at]
    return head.count("“") > head.count("”") or head.count('"') % 2 == 1
