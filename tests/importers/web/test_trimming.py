"""What of a chosen part of a page is taken away after all."""

from __future__ import annotations

from importers.documents.html.convert import element_to_markdown, parse
from importers.web import page_words, trimming

SAID = (
    "The herons left early in the year of the long drought, and nobody who lives at the pond has seen them since then"
)


def test_where_most_is_not_said_only_what_is_said_and_code_stay() -> None:
    said = SAID.replace("herons", "<code>herons</code>")
    root = parse(
        f"<article><h2>Index</h2><p>{said}.</p><ul><li>impl A</li><li>impl B</li></ul><pre>x = 1</pre></article>"
    )
    assert root is not None
    words = page_words.of(root, page_words.runs(SAID))
    trimming.keep_said(root, words, set(root.iter("h2")))
    assert element_to_markdown(root).split("\n\n") == [
        "## Index",
        f"{SAID.replace('herons', '`herons`')}.",
        "```\nx = 1\n```",
    ]


def test_words_are_counted_where_they_stand() -> None:
    root = parse(f"<div><p>{SAID}</p><p>Other words that <a href=/x>lead somewhere else</a></p></div>")
    assert root is not None
    words = page_words.of(root, page_words.runs(SAID))
    first, second = root.iter("p")
    assert (words.count(first), words.share(words.said, first), words.share(words.said, second)) == (23, 1.0, 0.0)
    assert words.number(words.linked, second) == 3
    assert words.number(words.prose, root) == 23
