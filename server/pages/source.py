"""A source: its text with the statements where they stand, its discussion, what points to it."""

from __future__ import annotations

import re

from starlette.responses import PlainTextResponse, Response

from kb import config
from kb.citations.block_quote import block_quote
from kb.model.found import Locator, head_of
from kb.model.source import StoredReference
from kb.model.statement import Statement
from kb.review.calibration import confident
from kb.sources import details, resolve, selection, thread
from kb.store import passages, sources, statements
from kb.store.open import Store
from kb.text.strings import fold
from server.asked import Asked
from server.reading.html import Rendered, render
from server.reading.marked import Pointer, Span
from server.routes import get
from server.view import html, page, to

_COMMENTS = 150
_COMMENT_TEXT = 300_000  # characters of comments that are shown in full
_ADDRESS = re.compile(r"\]\(\s*<?([^)\s>]+)")


def source(asked: Asked) -> Response:
    """The page of a source; by any name of it."""
    name = resolve.source(asked.store, asked.path["ref"])
    found = details.details(asked.store, name)
    least = config.load(asked.place.home).statement_threshold
    everything = bool(asked.text("all"))
    sure = [one for one in found.statements if everything or one.status == "accepted" or confident(one, least)]
    sure = [one for one in sure if one.status != "rejected"]
    text = render(found.text, spans(sure, found.source.id), *_references(found.references))
    discussion = thread.below(asked.store, found.source.id, _COMMENTS)
    parent = sources.read(asked.store, [found.source.parent]).get(found.source.parent) if found.source.parent else None
    return page(
        asked, "source.html", title=found.source.title, found=found, source=found.source, text=html(text.html),
        headings=text.headings, math=text.math or "$" in "".join(_texts(discussion.answers)), sure=sure,
        unsure=len(found.statements) - len(sure), everything=everything, thread=discussion, parent=parent,
        comments=_Comments(asked.store), titled=_titled(text, found.source.title),
    )  # fmt: skip


def _titled(text: Rendered, title: str) -> bool:
    """Whether the text begins with its title, which the page has above it."""
    return bool(text.headings) and text.html.startswith("<h1") and fold(text.headings[0].words) == fold(title)


class _Comments:
    """The texts of a discussion as HTML, in full until they are too many."""

    def __init__(self, store: Store) -> None:
        self._store, self._left = store, _COMMENT_TEXT

    def html(self, answer: thread.Answer) -> object:
        """The text of an answer; None where there has been enough."""
        self._left -= len(answer.text)
        return html(comment(self._store, answer).html) if self._left > 0 else None


def comment(store: Store, answer: thread.Answer) -> Rendered:
    """An answer with the statements in it that are accepted or sure."""
    least = config.current(store.home).statement_threshold
    own = statements.of_source(store, answer.source.id) if answer.source.statements else []
    sure = [one for one in own if one.status == "accepted" or (one.status == "suggested" and confident(one, least))]
    return render(answer.text, spans(sure, answer.source.id))


def _texts(answers: tuple[thread.Answer, ...]) -> list[str]:
    return [text for one in answers for text in (one.text, *_texts(one.answers))]


def spans(found: list[Statement], source_id: str) -> tuple[Span, ...]:
    """Where the statements stand in a source."""
    return tuple(
        Span(one.id, one.kind, one.status, mention.start, mention.end)
        for one in found
        for mention in one.mentions
        if mention.source == source_id
    )


def _references(found: list[StoredReference]) -> tuple[tuple[Pointer, ...], tuple[tuple[str, str], ...]]:
    """References that Markdown does not know, and where the addresses of its own links lead."""
    pointers, leads = [], {}
    for one in found:
        address = to(one.target) if one.target else ""
        if one.kind == "url" or (one.raw.startswith(("[", "![")) and _ADDRESS.search(one.raw)):
            if (given := _ADDRESS.search(one.raw)) and address:
                leads[given[1]] = address
        elif one.kind in ("wikilink", "embed"):
            pointers.append(Pointer(one.start, one.end, one.alias or one.name or one.raw, address))
        elif address:
            pointers.append(Pointer(one.start, one.end, one.raw, address))
    return tuple(pointers), tuple(leads.items())


def quotation(asked: Asked) -> Response:
    """What was selected on the page, as Markdown: the words as the text has them, and who says them where."""
    name = resolve.source(asked.store, asked.path["ref"])
    text, start, end = selected(asked, name)
    about = sources.read(asked.store, [name])[name]
    stored = sources.stored(asked.store, name)
    around = passages.around(asked.store, stored.rowid, start, end)[1] if stored else []
    place = Locator(around[0].heading if around else (), around[0].speaker if around else None, start, end)
    return PlainTextResponse(block_quote(text, head_of(about), place), headers={"Cache-Control": "no-store"})


def selected(asked: Asked, name: str) -> tuple[str, int, int]:
    """The words of a source that were selected on its page, verbatim, and their place.

    Raises:
        KbError: they do not stand there, or nothing is selected.
    """
    stored = sources.stored(asked.store, name)
    text = stored.text if stored else ""
    start, end = selection.find(text, asked.text("words"), asked.number("at", 0, 1_000_000_000))
    return text[start:end], start, end


ROUTES = (get("/source/{ref}", source), get("/source/{ref}/quotation", quotation))
