"""The hits of a search as text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from commands import output
from commands.views.context import context_lines
from kb.model.context import QUOTED

if TYPE_CHECKING:
    from kb.search.fuse import Explanation
    from kb.search.hits import Hit
    from kb.search.search import SearchResult


def lines(result: SearchResult, *, full: bool) -> Iterator[str]:
    """Each hit with its place, its best part or the whole of it, its id, and why it is there where that was asked."""
    for hit in result.hits:
        source, locator = hit.unit.source, hit.unit.locator
        column = f", col. {locator.column}" if locator.column else ""
        page = [] if locator.page is None else [f"p. {locator.page}{column}"]
        time = [] if locator.time is None else [locator.time]
        place = " › ".join([source.title, *locator.heading[-1:], *page, *time])
        who = locator.speaker or (QUOTED if hit.unit.quoted else ", ".join(source.authors[:1]))
        yield f"{hit.rank:>2}. {output.style(place, 'bold')}" + (f" · {who}" if who else "")
        yield from _part(hit, full)
        yield from context_lines(hit.unit.context, "    ")
        yield output.style(f"    {hit.unit.id}  {locator.at or source.url or source.citekey}{_others(hit)}", "dim")
        if hit.explanation:
            yield from output.wrapped(_why(hit.score, hit.explanation), "    ")


def closing(result: SearchResult) -> str:
    """How many, and how they were found where that is not by words and meaning."""
    return output.count(len(result.hits), "hit") + ("" if result.mode == "hybrid" else f", {result.mode}")


def _part(hit: Hit, full: bool) -> list[str]:
    """The part of the text to show, in lines, with the words of the query marked on a terminal."""
    text, part = hit.unit.text, hit.snippet
    start, end = (0, len(text)) if full else (part.start, part.end)
    before, after = "… " if start > 0 else "", " …" if end < len(text) else ""
    lines = output.wrapped(before + text[start:end] + after, "    ")
    marks = [(a, b) for a, b in part.marks if start <= a and b <= end]
    # Breaking into lines only changes blanks, so a place is known by the letters before it.
    letters = [0, *accumulate(not c.isspace() for c in text[start:end])]
    ahead = len(before.strip())
    inside = {at for a, b in marks for at in range(ahead + letters[a - start], ahead + letters[b - start])}
    at, marked = 0, []
    for line in lines:
        numbers = accumulate((not c.isspace() for c in line), initial=at)
        told = [(c, number in inside and not c.isspace()) for c, number in zip(line, numbers, strict=False)]
        runs = [("".join(c for c, _ in run), hit_word) for hit_word, run in groupby(told, key=lambda one: one[1])]
        marked.append("".join(output.style(words, "bold", "yellow") if hit_word else words for words, hit_word in runs))
        at += sum(not c.isspace() for c in line)
    return marked


def _others(hit: Hit) -> str:
    """ "also in 2 more places", and what stands at the same place."""
    parts = [f"also in {output.count(len(hit.also), 'more place')}"] if hit.also else []
    parts += [f"with {', '.join(hit.within)}"] if hit.within else []
    return "  · " + " · ".join(parts) if parts else ""


def _why(score: float, why: Explanation) -> str:
    """The parts of a score: "0.94 = 0.71 by meaning (rank 3, cosine 0.61) + 0.23 by words (rank 1, BM25 7.2)".

    What late interaction adds follows these two.
    """
    if why.exact is not None:
        return f"exact: {why.exact}"
    parts = []
    if near := why.semantic:
        rank = "estimated, no vector yet" if near.estimated else _rank(near.rank)
        moved = f", {near.moved:+.3f} of it by the first hits" if near.moved else ""
        around = "" if near.around is None else f", with its surroundings' {near.around:.3f} in it"
        parts.append(f"{near.part:.3f} by meaning ({rank}, cosine {near.cosine:.3f}{moved}{around})")
    if words := why.lexical:
        parts.append(f"{words.part:.3f} by words ({_rank(words.rank)}, BM25 {words.bm25:.2f})")
    if each := why.each_word:
        how = "estimated" if each.estimated else f"similarity {each.similarity:.3f}"
        parts.append(f"{each.part:.3f} word for word ({how})")
    if why.phrase is not None:
        parts.append(f"{why.phrase:.3f} for what is in quotes")
    line = f"score {score:.3f}" + (f" = {' + '.join(parts)}" if parts else "")
    reasons = (
        (why.asks_again, "it asks the same question"),
        (why.reference, "it only names another text"),
        (why.sought, "it is of the kind that is asked for"),
    )
    line += "".join(f", times {factor}: {reason}" for factor, reason in reasons if factor is not None)
    return line if why.pointed_from is None else f"{line}, raised: {why.pointed_from} says to look here"


def _rank(rank: int | None) -> str:
    return f"rank {rank}" if rank else "not among the nearest"
