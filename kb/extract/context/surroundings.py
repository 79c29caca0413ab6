"""Where the contexts of one text may stand: before a statement, above it, in what it answers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from operator import itemgetter

from kb.extract import cues
from kb.extract.context.anaphora import left_open
from kb.extract.context.antecedents import EMPTY, Kind, stem
from kb.extract.model import Block, Draft, Span, View
from kb.extract.openings import without_ties
from kb.text.plain import plain
from kb.text.strings import fold, squash

MAX_WORDS = 40  # of a context
_end = itemgetter(1)  # of a span
_TURNS = 4  # back to what may still be spoken to
BACK = 4  # sentences that are looked at before the statement
SPEAKING = frozenset({"paragraph", "item", "footnote", "insertion", "heading", "quote"})
WORD = re.compile(r"[^\W\d_][\w’'-]{3,}")
_LITTLE = 7  # words of a sentence that tells nothing where it leans on nothing before it
_TALK = re.compile(r"(?:thanks|thank you|sorry|edit|eta|update|see|nice|great post|good question)\b", re.I)
_LISTS = re.compile(
    r"\b(?:reasons?|problems?|advantages?|disadvantages?|benefits?|drawbacks?|objections?|arguments?|pros?|cons?|points|issues"
    r"|questions?|claims?|ways|properties|features|assumptions|because)\b[^.?!]*:\W*$",
    re.I,
)
_EMPTY_HEADING = re.compile(
    r"^\W*(?:[\d.]+\s*)?(?:introduction|background|summary|conclusions?|discussion|notes?|overview|abstract|results?|methods?|comments?|appendix(?: \w)?|tl;?dr|preface|update|edit|misc\w*|other|references|quotes?|content|contents|transcript|thoughts|text|reviews?|rebuttals?|responses?|replies|reply|answers?|weaknesses|strengths|questions|objections|criticisms?|critiques?|arguments?|claims?|pros|cons|for|against|(?:dis)?advantages|benefits|drawbacks|limitations|properties|features|steps?|types|use cases|applications|process|key \w+|characteristics|details|examples?|remarks?|\d[\d\W]*)\W*$",
    re.I,
)
_LINK = re.compile(r"\[\[[^\[\]\n]+\]\]|\[[^\[\]\n]+\]\([^()\s]+\)")


class Surroundings:
    """The blocks of a text in order, with the heading that each stands under. Spans are cut to `MAX_WORDS`."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.blocks = list(view.blocks.values())
        self.at = {block.number: at for at, block in enumerate(self.blocks)}
        self.headings: dict[int, Block] = {}
        self._ends = list(accumulate((block.end for block in self.blocks), max))
        under: Block | None = None
        for block in self.blocks:
            if under is not None:
                self.headings[block.number] = under
            if block.kind == "heading":
                under = block

    def before(self, draft: Draft, block: Block) -> list[Span]:
        """The sentences before the statement in its block, nearest first."""
        spans = self.view.sentences(block)
        return self.ending(spans[: bisect_right(spans, draft.start, key=_end)])

    def ending(self, spans: list[Span]) -> list[Span]:
        """The last of these sentences, nearest first."""
        return list(reversed(spans[-BACK:]))

    def words(self, span: Span) -> str:
        return without_ties(plain(self.view.text[slice(*span)]))

    def telling(self, spans: list[Span], *, only: bool = False) -> list[Span]:
        """From the first sentence on that says something, or `only` those: not "See here.", not "I didn't like it."."""
        telling = [span for span in spans if self._tells(self.words(span), last=span is spans[-1])]
        return telling if only else spans[spans.index(telling[0]) :] if telling else []

    def _tells(self, words: str, *, last: bool) -> bool:
        if len(words.split()) < 5 or cues.POINTER.search(words) or _TALK.match(words):
            return False
        return not last or len(words.split()) > _LITTLE or not any(one.strong for one in left_open(words))

    def above(self, block: Block) -> Span | None:
        """The item that the block hangs under; for an item of a list, the paragraph that announces the list."""
        if block.parent is not None and block.kind != "insertion":
            above = self.view.blocks[block.parent]
            return self.first_of(above)
        if block.kind == "item" and (intro := self.introduction(block)) is not None:
            words = plain(self.view.quote(intro))
            return None if _EMPTY_HEADING.match(words) or words.startswith("![") else self.last_of(intro)
        return None

    def introduction(self, block: Block) -> Block | None:
        before = self.view.introductions[block.number]
        return before if before is not None and before.heading == block.heading else None

    def item_before(self, block: Block) -> Block | None:
        """The item before in a list that is told in order, where no line announces what all its items are."""
        if block.kind != "item" or block.parent is not None:
            return None
        before = self.blocks[self.at[block.number] - 1] if self.at[block.number] else None
        intro = self.introduction(block)
        if before is None or before.kind != "item" or before.parent is not None:
            return None
        return None if intro is not None and _LISTS.search(self.view.quote(intro)) else before

    def previous(self, block: Block) -> Block | None:
        """The block before in the same section, or the turn before."""
        for before in self._up_from(block):
            if before.kind == "heading" and block.turn is None:
                return None
            if before.kind in {"paragraph", "quote", "item"}:
                return before
        return None

    def other(self, block: Block, words: str) -> Span | None:
        """What somebody else said that is spoken to: the quote that is answered, the turn before."""
        for before in self._up_from(block):
            if before.kind == "quote":
                return self.answered([before], words)
            if block.turn is not None and before.turn is not None and before.turn != block.turn:
                return self.answered(self._of_others(block) or [before], words)
        return None

    def _of_others(self, block: Block) -> list[Block]:
        """What somebody else says not too many turns before."""
        assert block.turn is not None
        return [
            one
            for one in self.blocks[: self.at[block.number]]
            if one.turn is not None and one.speaker != block.speaker and block.turn - one.turn <= _TURNS
        ]

    def _up_from(self, block: Block) -> Iterator[Block]:
        """The blocks before one, nearest first."""
        return (self.blocks[at] for at in range(self.at[block.number] - 1, -1, -1))

    def answered(self, blocks: list[Block], words: str) -> Span:
        """Of what is answered, the sentence that shares most words with the answer; the last where none does."""
        spans = [span for block in blocks for span in self.view.sentences(block)]
        quoted = blocks[0].kind == "quote" and len(self.view.quote(blocks[0]).split()) <= MAX_WORDS
        if not spans or quoted:
            return blocks[0].start, blocks[0].end
        spans = self.telling(spans, only=True) or spans
        own = self._stems(words)
        best = max(range(len(spans)), key=lambda n: (len(own & self._stems(self.view.text[slice(*spans[n])])), n))
        return self.clipped(*spans[best])

    def _stems(self, words: str) -> set[str]:
        return {stem(word) for word in WORD.findall(words)} - EMPTY

    def entry(self, block: Block) -> Span | None:
        """What the entry of reading notes says that it is about: its link, else the entry."""
        for before in self._up_from(block):
            if before.about == block.about and not _LINK.search(self.view.quote(before)):
                continue
            if before.about is not None and before.about != block.about:
                return None
            quote = self.view.quote(before)
            if (match := _LINK.search(quote)) is not None:
                return before.start + match.start(), before.start + match.end()
            return self.first_of(before) if before.kind in {"heading", "item"} else None
        return None

    def heading(self, block: Block) -> Span | None:
        """The nearest heading around the block that says what is spoken of: not "Introduction", not a date."""
        for title in reversed(block.heading):
            if _EMPTY_HEADING.match(title) or any(one.strong or one.kind is Kind.THING for one in left_open(title)):
                continue
            for above in self._up_from(block):
                if above.kind == "heading" and title in self.view.quote(above):
                    return self.clipped(above.start, above.end)
        return None

    def title(self, draft: Draft, noun: str | None) -> Span | None:
        """The title, where it stands in the text before the statement; else, within a section, its heading."""
        title = fold(squash(self.view.title))
        for block in self.blocks:
            if block.start >= draft.start:
                break
            if block.kind == "heading" and (fold(plain(self.view.quote(block))) == title or block.number == 0):
                return block.start, block.end
        return self.heading(self.view.blocks[draft.block]) if noun in {"section", "chapter"} else None

    def sentence_at(self, at: int) -> Span | None:
        for block in self.blocks[bisect_right(self._ends, at) :]:
            if block.start > at:
                break
            if at < block.end and block.kind in SPEAKING:
                spans = self.view.sentences(block)
                for span in spans[bisect_right(spans, at, key=_end) :][:1]:
                    if span[0] <= at:
                        return self.clipped(*span, at)
        return None

    def first_of(self, block: Block) -> Span:
        """What a block says first."""
        spans = self.view.sentences(block) or [(block.start, block.end)]
        return self.clipped(*spans[0])

    def last_of(self, block: Block) -> Span:
        return self.clipped(*self.view.sentences(block)[-1])

    def clipped(self, start: int, end: int, keep: int | None = None) -> Span:
        """At most `MAX_WORDS` words of a sentence, cut at a clause, with what stands at `keep` in it."""
        text = self.view.text
        tokens = [m.span() for m in re.finditer(r"\S+", text[start:end])]
        if len(tokens) <= MAX_WORDS:
            return start, end
        first = 0
        if keep is not None:
            at = next(n for n, token in enumerate(tokens) if start + token[1] > keep)
            if at >= MAX_WORDS - 5:
                breaks = [
                    n + 1 for n in range(at) if text[start + tokens[n][1] - 1] in ",;:—)" and at - n < MAX_WORDS - 10
                ]
                first = breaks[0] if breaks else max(0, at - MAX_WORDS // 2)
        last = min(first + MAX_WORDS, len(tokens))
        cuts = [n for n in range(first + 7, last) if text[start + tokens[n][1] - 1] in ",;:—)"]
        cut = cuts[-1] if cuts and last < len(tokens) else last - 1
        stop = start + tokens[cut][1]
        while stop > start and text[stop - 1] in ",;:—–":
            stop -= 1
        return start + tokens[first][0], stop
