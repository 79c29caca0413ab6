"""Blocks of forum texts: whose words they are."""

from __future__ import annotations

from importers.documents.html.convert import to_markdown
from importers.web.forum.structure import structure

MESSAGE = '<section class="dialogue-message" display-name="{}"><div>{}</div></section>'


def _blocks(html: str) -> list[tuple[str, str, str | None, int | None]]:
    text = to_markdown(html)
    return [(b.kind, text[b.start : b.end], b.speaker, b.turn) for b in structure(text)[0]]


def test_speakers_of_a_dialogue() -> None:
    html = (
        "<p><b>Preface:</b> read this.</p>"
        + MESSAGE.format("Ann_Lee", "<p>Hello.</p><ul><li>one</li></ul>")
        + MESSAGE.format("Bo", "<blockquote>Hello.</blockquote><p>Yes.</p>")
        + MESSAGE.format("Bo", "<p>And more.</p>")
    )
    assert _blocks(html) == [
        ("paragraph", "**Preface:** read this.", None, None),
        ("paragraph", "Hello.", "Ann_Lee", 0),
        ("item", "one", "Ann_Lee", 0),
        ("quote", "Hello.", "Bo", 1),
        ("paragraph", "Yes.", "Bo", 1),
        ("paragraph", "And more.", "Bo", 1),
    ]


def test_spoilers_and_collapsibles_are_the_authors_own_words() -> None:
    html = (
        '<div class="spoilers"><p>The butler.</p><p>Really.</p></div><blockquote>! odd</blockquote>'
        "<details><summary>Proof</summary><p>Trivial.</p><blockquote>Quoted.</blockquote></details>"
        '<div class="llm-content-block" data-model-name="Model 1"><p>As a model.</p></div><p>End.</p>'
    )
    assert _blocks(html) == [
        ("paragraph", "The butler.", None, None),
        ("paragraph", "Really.", None, None),
        ("quote", "! odd", None, None),
        ("paragraph", "Proof", None, None),
        ("paragraph", "Trivial.", None, None),
        ("quote", "Quoted.", None, None),
        ("quote", "Model 1", None, None),
        ("quote", "As a model.", "Model 1", None),
        ("paragraph", "End.", None, None),
    ]
