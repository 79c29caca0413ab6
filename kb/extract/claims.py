"""Claims, critiques, questions and evidence told by wording, sentence by sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.extract import cues
from kb.extract.model import Block, Draft, Extraction, Span, View

MIN_WORDS, MAX_WORDS = 6, 55
KEEP = 0.35  # below this a sentence is no statement at all
PER_BLOCK = 2  # of one paragraph the two that say most


@dataclass(frozen=True, slots=True)
class _Candidate:
    span: Span
    kind: str
    rule: str
    confidence: float
    speaker: str | None


def find(view: View, found: Extraction) -> None:
    """Add the sentences whose wording makes them a statement, at most a few of each paragraph."""
    for block in view.prose():
        spans = view.sentences(block)
        candidates = []
        for number in range(len(spans)):
            candidate = judge(view, block, spans, number)
            if candidate and not found.overlapping(*candidate.span):
                candidates.append(candidate)
        candidates.sort(key=lambda c: (-c.confidence, c.span))
        chosen: list[_Candidate] = []
        for candidate in candidates:
            if len(chosen) < PER_BLOCK and not any(_overlap(candidate.span, c.span) for c in chosen):
                chosen.append(candidate)
        for c in sorted(chosen, key=lambda c: c.span):
            found.add(Draft(c.kind, *c.span, c.rule, "cue", c.confidence, c.speaker, block.number))


def judge(view: View, block: Block, spans: list[Span], number: int) -> _Candidate | None:
    """What the sentence is, with the span that can stand alone; None where it is no statement."""
    start, end = spans[number]
    sentence = view.text[start:end]
    words = len(sentence.split())
    bare = re.sub(r"^[^\w“\"(]+", "", sentence)
    if not MIN_WORDS <= words <= MAX_WORDS or not bare[:1].isupper() or bare.endswith(":") or cues.META.search(bare):
        return None
    kind, rule, confidence = classify(sentence)
    if confidence < KEEP:
        return None
    if _leans(bare):
        if number == 0 or kind == "question":
            return None
        before = spans[number - 1]
        if len(view.text[before[0] : end].split()) > MAX_WORDS or cues.META.search(view.text[slice(*before)]):
            return None
        start, confidence = before[0], confidence - 0.05
    speaker = _reported(view, sentence) or view.speaker(block)
    return _Candidate((start, end), kind, rule, round(confidence, 2), speaker)


def classify(sentence: str) -> tuple[str, str, float]:
    """Kind, rule and confidence of a sentence by its cues alone."""
    asks = cues.QUESTION.match(sentence)
    if sentence.rstrip(")*_ ").endswith("?") or (asks and sentence.rstrip('"”’)*_ ').endswith("?")):
        real = asks and len(sentence.split()) >= 7 and not cues.SMALL_TALK.search(sentence)
        return "question", "question-mark", 0.55 if real else 0.3
    stance = bool(cues.STANCE.search(sentence))
    negative = len(cues.NEGATIVE.findall(sentence))
    strong = bool(cues.STRONG_NEGATIVE.search(sentence))
    weight = (
        0.24 * stance
        + 0.16 * bool(cues.CONCLUSION.search(sentence))
        + 0.2 * bool(cues.NORMATIVE.search(sentence))
        + 0.16 * bool(cues.EVALUATION.search(sentence))
    )
    if strong or (negative >= 2 and (stance or weight >= 0.16)):
        return (
            "critique",
            "critique-wording",
            min(0.9, 0.36 + 0.08 * min(negative, 3) + 0.12 * strong + weight / 2),
        )
    if cues.EVIDENCE.search(sentence) and not stance:
        return "evidence", "evidence-wording", 0.5 + weight / 4
    return "claim", "claim-wording", min(0.9, 0.2 + weight + 0.08 * min(negative, 2))


def _leans(sentence: str) -> bool:
    """Whether the sentence cannot be understood without the one before it."""
    return bool(cues.ANAPHORA.match(sentence))


def _reported(view: View, sentence: str) -> str | None:
    """Who is said to say it: "Neel argues that …" is Neel's."""
    match = cues.REPORTED.match(sentence)
    if not match or match["who"].split()[0] in cues.NOT_A_NAME:
        return None
    if len(match["who"].split()) == 1 and re.search(rf"\b{re.escape(match['who'].lower())}\b", view.text):
        return None  # a common word that only begins the sentence
    return match["who"]


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
