"""What a sentence is by its wording: claim, critique, question or evidence, with what confidence; or none of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.extract import chatter, cues, polarity, speech, standing
from kb.extract.model import Block, Span, View
from kb.model.rules import CLAIM_WORDING, CRITIQUE_WORDING, EVIDENCE_WORDING, FLAT_CLAIM, QUESTION_MARK
from kb.model.words import StatementKind

MIN_WORDS, MAX_WORDS = 5, 55
KEEP = 0.3  # below this a sentence is no statement at all
LEAST = 0.1  # of one that leans, or is talk: the head may find it worth listing all the same
FLAT = 0.3  # of a sentence that asserts something with no word of judgement
_CRITICAL = 1.0  # `polarity.against` from which a sentence is a critique


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be a statement."""

    span: Span
    kind: StatementKind
    rule: str
    confidence: float


def judge(
    view: View, block: Block, spans: list[Span], number: int, quoted: Sequence[speech.Quotation] | None = None
) -> Candidate | None:
    """What the sentence is; None where it is no statement."""
    start, end = spans[number]
    sentence = view.text[start:end]
    bare = bare_of(sentence)
    # Who keeps notes in lists seldom begins an item with a capital.
    if not _sentence(bare, jotted=block.kind == "item" and number == 0) or points_elsewhere(sentence):
        return None
    if quoted is None:
        quoted = speech.quotations(view.text, block.start, block.end)
    quotation = speech.within(quoted, start, end)
    if quotation is not None and quotation.speaker is None:
        return None  # somebody's words, nobody knows whose
    kind, rule, confidence = classify(bare)
    if confidence < KEEP or chatter.of(sentence):
        return None
    confidence -= talk(bare)
    if standing.leans(bare):
        confidence -= 0.05  # its context makes it readable (`kb.extract.context`); what needs none goes before
    return Candidate((start, end), kind, rule, round(max(confidence, LEAST), 2))


def bare_of(sentence: str) -> str:
    """A sentence without the marks before its first word."""
    return _MARKS.sub("", sentence)


_MARKS = re.compile(r"^[^\w“\"(]+")
_LINKED = re.compile(
    r"!?\[\[[^\[\]\n]*\]\]|!?\[[^\[\]\n]*\]\([^()\s]*(?:\([^()\s]*\))?[^()\s]*\)|`[^`\n]*`|https?://\S+"
)
_ENTRY = re.compile(r"^\W*\[[^\[\]\n]*\]\(\S+\)\W*(?:\s[-–—:]|by\b|\()")  # of an annotated list of links
_WORD = re.compile(r"[A-Za-z]{2,}")


def _sentence(bare: str, *, jotted: bool = False) -> bool:
    """Whether the words are one whole sentence about the subject, not about the text or how to use something."""
    words = len(bare.split())
    return (
        MIN_WORDS <= words <= MAX_WORDS
        and (jotted or bare.lstrip("“\"(‘'[")[:1].isupper())
        and not bare.rstrip("*_ ").endswith(":")
        and not standing.fragment(bare)  # what most often decides stands first
        and not cues.META.search(bare)
        and not cues.BOILERPLATE.search(bare)
        and not cues.POINTER.search(bare)
        and not _cites(bare)
        and not cues.INSTRUCTION.match(bare)
    )


def _cites(bare: str) -> bool:
    """Whether the words only say where something is."""
    return bool(cues.CITATION.search(bare) or (cues.ADDRESS_LAST.search(bare) and not cues.STANCE.search(bare)))


def points_elsewhere(sentence: str) -> bool:
    """Whether little is left but links: the title of another text is not what this one says."""
    if "](" not in sentence and "[[" not in sentence:
        return False
    rest = _LINKED.sub(" ", sentence)
    return len(_WORD.findall(rest)) < max(4, 0.4 * len(sentence.split())) or bool(_ENTRY.match(sentence))


@lru_cache(maxsize=4096)  # several rules ask about the same sentence, within one text
def classify(sentence: str) -> tuple[StatementKind, str, float]:
    """Kind, rule and confidence of a sentence by its cues alone."""
    asks = cues.QUESTION.match(sentence)
    if sentence.rstrip(')*_"”’ ').endswith("?"):
        real = asks and len(sentence.split()) >= 7 and not cues.SMALL_TALK.search(sentence)
        return "question", QUESTION_MARK, 0.55 if real else 0.3
    stance = bool(cues.STANCE.search(sentence))
    weight = (
        0.24 * stance
        + 0.16 * bool(cues.CONCLUSION.search(sentence))
        + 0.2 * bool(cues.NORMATIVE.search(sentence))
        + 0.16 * bool(cues.EVALUATION.search(sentence))
    )
    against = polarity.against(sentence)
    if against >= _CRITICAL:
        return "critique", CRITIQUE_WORDING, min(0.9, 0.26 + 0.16 * min(against, 3) + weight / 2)
    if not stance and cues.EVIDENCE.search(sentence) and not cues.FORECAST.search(sentence):
        return "evidence", EVIDENCE_WORDING, 0.5 + weight / 4
    if not weight and against < 0.5:
        return "claim", FLAT_CLAIM, FLAT
    return "claim", CLAIM_WORDING, min(0.9, 0.24 + weight + 0.1 * min(max(against, 0), 1))


def talk(sentence: str) -> float:
    """How much a sentence is talk between people, or of the speaker's own life, rather than of the subject."""
    return (
        0.12 * bool(cues.ADDRESSES.search(sentence))
        + 0.12 * bool(cues.NARRATES.search(sentence))
        + 0.1 * bool(cues.UNSURE.search(sentence))
    )


def first_proposition(view: View, block: Block) -> tuple[int, int] | None:
    """The first sentence of a block that says something of its own."""
    for start, end in view.sentences(block):
        sentence = view.text[start:end]
        if len(sentence.split()) >= 5 and not sentence.rstrip().endswith(":") and not cues.META.match(sentence):
            return start, end
    return None


def proposition(sentence: str) -> bool:
    """Whether the words are one whole sentence about the subject, whatever stands before its first word."""
    return _sentence(bare_of(sentence)) and not points_elsewhere(sentence)


def joined(sentence: str) -> bool:
    """Whether a sentence that a connective joins to its neighbour is one about the subject, whatever its verb is."""
    bare = bare_of(sentence)
    return (
        MIN_WORDS - 1 <= len(bare.split()) <= MAX_WORDS
        and bare.lstrip("“\"(‘'[")[:1].isupper()
        and bare.rstrip('*_ )”"').endswith((".", "!"))
        and not (cues.META.search(bare) or cues.POINTER.search(bare) or _cites(bare))
        and not cues.INSTRUCTION.match(bare)
        and not points_elsewhere(sentence)
    )


def judges(sentence: str) -> bool:
    """Whether the sentence says what to think of its subject: a critique, or a claim with a word of judgement."""
    kind, rule, _ = classify(bare_of(sentence))
    return kind == "critique" or rule == CLAIM_WORDING
