"""Footnotes by their links, whatever program made the page."""

from __future__ import annotations

import pytest

from importers.documents.html.convert import parse, to_markdown
from importers.documents.html.footnotes import inline_notes_apart

SUBSTACK = (
    '<p>A frog.<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a></p>'
    '<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a>'
    '<div class="footnote-content"><p>Or a toad.</p></div></div>'
)
HATENA = (
    '<p>A frog.<a href="#f-12" id="fn-12" name="fn-12">*1</a></p><div class="footnote"><p class="footnote">'
    '<a href="#fn-12" id="f-12" class="footnote-number">*1</a><span class="footnote-delimiter">:</span>'
    '<span class="footnote-text">Or a toad.</span></p></div>'
)
WIKI = (
    '<p>A frog.<sup id="cite_ref-h_1-0" class="reference"><a href="#cite_note-h-1">[1]</a></sup></p><ol>'
    '<li id="cite_note-h-1"><span class="mw-cite-backlink"><b>^</b> <a href="#cite_ref-h_1-0"><sup>a</sup></a></span>'
    '<span class="reference-text">Or a toad.</span></li></ol>'
)
DOCUTILS = (
    '<p>A frog.<a class="footnote-reference brackets" href="#id2" id="id1">1</a></p><aside class="footnote brackets" '
    'id="id2"><span class="label">[<a role="doc-backlink" href="#id1">1</a>]</span><p>Or a toad.</p></aside>'
)
WORD = (
    '<p>A frog.<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a></p><div>'
    '<div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> Or a toad.</p></div></div>'
)
BARE = '<p>A frog.<sup><a href="#n1" id="r1">†</a></sup></p><hr><p id="n1"><a href="#r1">†</a> Or a toad.</p>'


@pytest.mark.parametrize("html", [SUBSTACK, HATENA, WIKI, DOCUTILS, WORD, BARE])
def test_a_block_that_a_mark_leads_to_and_that_leads_back_is_a_footnote(html: str) -> None:
    text = to_markdown(html)
    assert "A frog.[^1]" in text
    assert "[^1]: Or a toad." in " ".join(text.split())
    assert text.count("[^1]") == 2


@pytest.mark.parametrize(
    "html",
    [
        '<ul><li><a id="t1" href="#s1">1</a></li></ul><h2 id="s1"><a href="#t1">Frogs</a></h2><p>A frog.</p>',
        '<p>See <a id="a" href="#b">the pond</a>.</p><p id="b">The pond is deep (<a href="#a">above</a>).</p>',
        '<p>A frog.<a href="#n">1</a></p><p id="n">One may go on.</p>',
        '<p id="n"><a href="#r">1</a> Or a toad.</p><p>A frog.<a id="r" href="#n">1</a></p>',
    ],
)
def test_other_links_within_a_page_are_none(html: str) -> None:
    assert "[^" not in to_markdown(html)


def test_several_marks_lead_to_one_note() -> None:
    html = '<p>A<a id="r1" href="#n">1</a> and B<a id="r2" href="#n">1</a>.</p><p id="n"><a href="#r1">a</a> Both.</p>'
    assert to_markdown(html) == "A[^1] and B[^1].\n\n[^1]: Both."


@pytest.mark.parametrize(
    "note",
    [
        "<d-footnote>Or a toad.</d-footnote>",
        '<input type="checkbox"><span class="sidenote">Or a toad.</span>',
    ],
)
def test_notes_that_stand_where_their_mark_should_be(note: str) -> None:
    from importers.documents.html.convert import element_to_markdown

    root = parse(f"<p>A frog.{note} It sang.</p>")
    assert root is not None
    inline_notes_apart(root)
    assert element_to_markdown(root) == "A frog.[^1] It sang.\n\n[^1]: Or a toad."
