"""The context of a statement: the span of its text that says what it leaves open.

It is looked for where a reader would look: in the sentences before it, in what the paragraph or turn answers, in the
item, entry or introduction that it hangs under, in its heading, in the title where that stands in the text. The
shortest that serves is taken. Where nothing serves a statement that says nothing without it, it is not listed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.extract import standing
from kb.extract.context import definites
from kb.extract.context.anaphora import left_open
from kb.extract.context.antecedents import Kind, Open, stem
from kb.extract.context.surroundings import MAX_WORDS, SPEAKING, WORD, Surroundings
from kb.extract.model import Block, Draft, Extraction, Span, View
from kb.extract.openings import without_ties
from kb.model.rules import HEADING
from kb.text.plain import plain
from kb.text.strings import squash

UNLISTED = 0.29
"""Confidence at most of what does not stand alone and has no context: below what is listed, there with `--all`."""
_OF_TEXT = re.compile(
    r"\b(?:the|its|their) (?:\w+ )?(?:authors?|papers?|posts?|articles?|books?|essays?|argument|arguments|critiques?|results?"
    r"|experiments?|premise|thesis|conclusions?|observation|framing|method|approach|solution|definition|claims?|figures?)\b",
    re.I,
)

_ANSWERS = frozenset(["attacks", "undercuts"])
_SHORT = 9  # words
_TOLD_ALONE = frozenset([HEADING, "theory-list", "outline-item"])
_TEXTS = frozenset(["paper", "post", "article", "essay", "book", "report", "author", "authors", "thesis"])


def fill(view: View, found: Extraction) -> None:
    """Give every statement its words and its context; one that needs a context and has none is less sure."""
    places = Surroundings(view)
    answered = _answered(found)
    for number, draft in enumerate(found.statements):
        block = view.blocks.get(draft.block)
        if block is None or block.kind not in SPEAKING:
            continue
        words = squash(draft.words) if draft.words else plain(view.text[draft.start : draft.end])
        authored = draft.basis == "authored"  # what a person marked is in their words
        if not authored:
            words = without_ties(words)
        open_ = left_open(words)
        if draft.context is not None:
            context: Span | None = places.clipped(*draft.context)
        elif number in answered and (any(one.kind is Kind.OTHER for one in open_) or _short(draft, words)):
            context = places.clipped(*answered[number])
        else:
            context = _context(places, draft, words, _needed(draft, open_))
            if context is None and _short(draft, words):
                context = places.heading(block)
        listed = authored or context is not None or _stands(open_)
        found.statements[number] = replace(
            draft,
            words=draft.words if authored else words,
            context=context,
            confidence=draft.confidence if listed else min(draft.confidence, UNLISTED),
        )


def _answered(found: Extraction) -> dict[int, Span]:
    """What a statement answers, where that is another one of the same text: the first that a rule links it to."""
    spans: dict[int, Span] = {}
    for link in found.links:
        if isinstance(link.source, int) and isinstance(link.target, int) and link.relation in _ANSWERS:
            target, source = found.statements[link.target], found.statements[link.source]
            if target.end <= source.start or source.end <= target.start:
                spans.setdefault(link.source, (target.start, target.end))
    return spans


def _short(draft: Draft, words: str) -> bool:
    """Whether it is an answer by its place that is too short to say on what."""
    return (
        draft.basis == "structure"
        and draft.rule not in _TOLD_ALONE
        and (len(words.split()) < _SHORT or not standing.FINITE.search(words))
    )


def _needed(draft: Draft, open_: Sequence[Open]) -> Sequence[Open]:
    """What is left open; of an item of a list and a heading, which are told by themselves, only what they need."""
    return [one for one in open_ if one.strong] if draft.rule in _TOLD_ALONE else open_


def stands(words: str) -> bool:
    """Whether a statement in these words says something without a context."""
    return _stands(left_open(words))


def _stands(open_: Sequence[Open]) -> bool:
    return not any(one.strong for one in open_)


def _context(places: Surroundings, draft: Draft, words: str, open_: Sequence[Open]) -> Span | None:
    block = places.view.blocks[draft.block]
    strongest = sorted(open_, key=lambda one: (not one.strong, one.at))
    for one in strongest:
        span = _for(places, draft, block, words, one)
        if span is not None and not (span[0] < draft.end and draft.start < span[1]):
            return span
    if not open_ and (noun := definites.introduced(places, draft, block, words)) is not None:
        return noun
    if block.about is not None and (open_ or _OF_TEXT.search(words)):
        return places.entry(block)
    return None


def _for(places: Surroundings, draft: Draft, block: Block, words: str, one: Open) -> Span | None:
    if one.kind is Kind.TEXT:
        return places.title(draft, one.noun)
    if one.noun in _TEXTS and (span := places.title(draft, one.noun)) is not None:
        return span
    if one.kind is Kind.OTHER and (span := places.other(block, words)) is not None:
        return span
    if block.about is not None and one.strong and not places.before(draft, block):
        return places.above(block) or places.entry(block)
    before = places.before(draft, block)
    if one.noun is not None and (span := _with_noun(places, before, one.noun)) is not None:
        return span
    if one.kind in {Kind.THINGS, Kind.PERSON, Kind.THING} and (span := _naming(places, before, one.kind)) is not None:
        return span
    if one.kind is Kind.PERSON:
        return _person(places, block)
    if telling := places.telling(before):
        return _whole(places, telling)
    item = places.item_before(block) if one.kind is Kind.SAID else None
    if item is not None and (telling := places.telling(places.ending(places.view.sentences(item)))):
        return _whole(places, telling)
    return _around(places, block, words)


def _person(places: Surroundings, block: Block) -> Span | None:
    """The nearest sentence or heading of the section that names somebody."""
    at = places.at[block.number]
    for earlier in reversed(places.blocks[max(0, at - 3) : at]):
        if earlier.kind == "heading":
            break
        for span in places.ending(places.view.sentences(earlier)):
            if _names(places.words(span), Kind.PERSON):
                return places.clipped(*span)
    heading = places.heading(block)
    return heading if heading is not None and _names(places.words(heading), Kind.PERSON) else None


def _whole(places: Surroundings, before: list[Span]) -> Span:
    """The sentence before, with those before it as long as they lean on one another and the whole is short."""
    start, end = before[0]
    for further in before[1:]:
        if not any(one.strong for one in left_open(places.words((start, before[0][1])))):
            break
        if len(places.view.text[further[0] : end].split()) > MAX_WORDS:
            break
        start = further[0]
    return places.clipped(start, end)


def _naming(places: Surroundings, before: list[Span], kind: Kind) -> Span | None:
    """The nearest sentence that names what "it", "they" or "she" may be."""
    for number, span in enumerate(before):
        words = places.words(span)
        same = [one for one in left_open(words) if one.kind in {Kind.THING, Kind.THINGS, Kind.PERSON} and one.strong]
        if same or not _names(words, kind):
            continue
        if number and len(places.view.text[span[0] : before[0][1]].split()) <= MAX_WORDS:
            return span[0], before[0][1]
        return places.clipped(*span)
    return None


def _with_noun(places: Surroundings, before: list[Span], noun: str) -> Span | None:
    wanted = stem(noun)
    for span in before:
        if (at := _stem_at(places, span, wanted)) is not None:
            words = places.words(span)
            if any(one.strong for one in left_open(words)):
                return _whole(places, before[before.index(span) :])
            return places.clipped(*span, at)
    return None


def _stem_at(places: Surroundings, span: Span, wanted: str) -> int | None:
    for match in WORD.finditer(places.view.text, *span):
        if stem(match[0]) == wanted:
            return match.start()
    return None


def _around(places: Surroundings, block: Block, words: str) -> Span | None:
    """Where the statement opens its block: what that hangs under, answers or follows, else its heading."""
    if (above := places.above(block)) is not None:
        return above
    before = places.previous(block)
    if before is not None and block.kind == before.kind == "item" and (heading := places.heading(block)) is not None:
        return heading  # what an item leaves open is what all of the list is about
    if before is not None:
        if before.kind == "quote":
            return places.answered([before], words)
        if spans := places.telling(places.ending(places.view.sentences(before))):
            return _whole(places, spans)
    return places.heading(block)


def _names(words: str, kind: Kind) -> bool:
    """Whether a sentence may name what a pronoun of this kind means."""
    if kind is Kind.PERSON:
        return bool(re.search(r"(?<!^)\b[A-Z][a-z]+\b|^[A-Z][a-z]+ (?:\w+s|is|was|has)\b", words))
    if kind is Kind.THINGS:
        return bool(re.search(r"\b[a-z]{3,}(?<!s)(?<!u)(?<!i)s\b|\bpeople\b|\b\w+ and \w+\b", words))
    return len(WORD.findall(words)) >= 2
