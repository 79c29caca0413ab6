"""A text as HTML: readable, with its statements where they stand, and with nothing in it that could run."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.reading.html import render
from server.reading.marked import CLOSE, OPEN, Pointer, Span


def span(text: str, quote: str, name: str = "c1", kind: str = "claim", status: str = "suggested") -> Span:
    at = text.index(quote)
    return Span(name, kind, status, at, at + len(quote))


def marked(html: str, name: str) -> str:
    """The words that stand in the marks of a statement."""
    found = re.findall(rf'<mark [^>]*data-s="[^"]*\b{name}\b[^"]*">(.*?)</mark>', html, re.S)
    return unescape(re.sub(r"<[^>]*>", "", "".join(found)))


@pytest.mark.parametrize(
    ("text", "quote", "shown"),
    [
        ("Some **bold claim** here.", "bold claim** here", "bold claim here"),
        ("Some **bold claim** here.", "**bold claim**", "bold claim"),
        ("It is *so*, and _not_ other.", "*so*, and _not_", "so, and not"),
        ("- one\n- two is so\n", "- two is so", "two is so"),
        ("> quoted words here\n> and there", "quoted words here\n> and there", "quoted words here\nand there"),
        ("See [a link](http://x.y/a_b). Then.", "See [a link](http://x.y/a_b).", "See a link."),
        ("One paragraph ends.\n\nAnother begins.", "ends.\n\nAnother", "ends.Another"),
        ("It costs $a_b < c$ or so.", "costs $a_b < c$ or", "costs a_b < c or"),
        ("`code` is so", "`code` is", "code is"),
        ("# A heading is so", "# A heading is so", "A heading is so"),
        ("| a | b |\n|---|---|\n| it is so | no |", "it is so", "it is so"),
    ],
)  # fmt: skip
def test_a_statement_is_marked_where_it_stands(text: str, quote: str, shown: str) -> None:
    html = render(text, (span(text, quote),)).html
    assert marked(html, "c1") == shown
    assert html.count('id="st-c1"') == 1
    assert OPEN not in html
    assert CLOSE not in html


def test_statements_within_each_other_are_both_marked() -> None:
    text = "All of this is so because of that part here."
    html = render(text, (span(text, "All of this is so because of that part"), span(text, "that part here", "c2"))).html
    assert marked(html, "c1") == "All of this is so because of that part"
    assert marked(html, "c2") == "that part here"


def test_marks_change_nothing_else() -> None:
    text = "A *b* **c** [d](http://e/f) `g`\n\n- h\n- i\n\n> j\n\n| k | l |\n|---|---|\n| m | n |\n"
    bare = render(text).html
    html = render(text, (Span("c1", "claim", "accepted", 2, len(text) - 3),)).html
    assert re.sub(r'</?mark[^>]*>|<a class="sign[^>]*></a>', "", html) == bare


def test_wikilinks_and_citations_lead_to_what_they_mean_or_say_that_they_do_not() -> None:
    text = "See [[Page|words]] and [[Nowhere]] and @key."
    at = [text.index(raw) for raw in ("[[Page|words]]", "[[Nowhere]]", "@key")]
    html = render(
        text, (),
        (Pointer(at[0], at[0] + 14, "wo*rds", "/source/s1"), Pointer(at[1], at[1] + 11, "Nowhere", ""),
         Pointer(at[2], at[2] + 4, "@key", "/source/s2")),
    ).html  # fmt: skip
    assert '<a href="/source/s1">wo*rds</a>' in html
    assert re.search(r'<span class="dead"[^>]*>Nowhere</span>', html)
    assert '<a href="/source/s2">@key</a>' in html


def test_links_of_a_note_to_another_lead_to_its_page_and_others_nowhere() -> None:
    html = render("[a](b.md) [c](d.md) [e](https://f.example/g)", leads=(("b.md", "/source/s1"),)).html
    assert 'href="/source/s1"' in html
    assert "d.md" in html
    assert 'href="d.md"' not in html
    assert 'href="https://f.example/g"' in html


def test_a_statement_that_ends_within_an_address_leaves_the_link_as_it_is() -> None:
    text = "See [a link](https://x.example/a_b) there."
    html = render(text, (span(text, "See [a link](https://x"),)).html
    assert 'href="https://x.example/a_b"' in html


def test_formulas_stay_tex_pictures_are_links_footnotes_are_numbered() -> None:
    found = render("It is $x^2$.\n\n$$\na < b\n$$\n\n![a chart](https://x.example/c.png) so[^1].\n\n[^1]: the note")
    assert found.math
    assert '<span class="math inline">x^2</span>' in found.html
    assert "a &lt; b" in found.html
    assert "<img" not in found.html
    assert '<a class="picture" href="https://x.example/c.png"' in found.html
    assert 'href="#fn1"' in found.html
    assert 'id="fn1"' in found.html


@pytest.mark.parametrize(
    "tag", ["<style>", "<script>", "<template>", "<title>", "<T>", "<textarea>", "<List<int>>", "<!--", "<xmp>"]
)
def test_a_tag_that_is_not_let_through_is_shown_and_what_follows_too(tag: str) -> None:
    html = render(f"I write about {tag} here.\n\nSecond paragraph stays.\n\n{tag}\nthird\n").html
    shown = unescape(re.sub(r"<[^>]*>", "", html))
    assert "here." in shown or tag == "<!--"
    assert "Second paragraph stays." in shown
    assert tag == "<!--" or tag.strip("<>")[:4] in shown


def test_a_callout_says_its_kind() -> None:
    assert "<strong>Tip</strong> Use it" in render("> [!tip] Use it\n> well.").html


def test_a_note_that_nothing_points_to_is_shown_all_the_same() -> None:
    text = "Words [1].\n\n[^1]: the note is so\n"
    html = render(text, (span(text, "the note is so"),)).html
    assert marked(html, "c1") == "the note is so"


def test_front_matter_is_not_shown_and_blocks_know_their_offsets() -> None:
    text = "---\ntitle: x\n---\n# Head\n\nWords.\n"
    found = render(text, (span(text, "Words."),))
    assert "title" not in found.html
    assert [(one.words, one.anchor) for one in found.headings] == [("Head", f"at-{text.index('# Head')}")]
    assert f'data-at="{text.index("Words.")}"' in found.html
    assert marked(found.html, "c1") == "Words."


def test_a_sign_in_an_attribute_does_not_carry_past_the_cleaning_what_it_would_not_let_through() -> None:
    """An address that is none with a sign in it is one without it."""
    text = "<a href='javascript:alert(1)'>x</a> is so"
    at = text.index("script")
    html = render(text, (Span("c1", "claim", "suggested", at, len(text)),)).html
    assert "javascript" not in html


HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "[x](javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)", "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<iframe src=//evil></iframe>",
    "<div style='background:url(//evil)' hx-get=/x hx-trigger=load onclick=x id=main class=top>x</div>",
    "<form action=//evil><input name=q></form>", "<base href=//evil>", "<style>*{display:none}</style>",
    "<math><mtext><table><mglyph><style><!--</style><img src=x onerror=alert(1)>", "<!--><script>alert(1)</script>-->",
    "![x](https://evil.example/p.png)", "$</span><script>alert(1)</script>$", "[[a|<img src=x onerror=alert(1)>]]",
    f"{OPEN}s0{CLOSE}<b>{OPEN}-r9{CLOSE}", "<details open ontoggle=alert(1)>x", "<link rel=stylesheet href=//evil>",
]  # fmt: skip
_LIVE = re.compile(
    r"<(?:script|img|svg|iframe|style|form|input|base|link|math|object|embed)|\son\w+=|(?:href|src|action)=.?javascript:|hx-|style=",
    re.I,
)
_TAG = re.compile(r'<[a-zA-Z/](?:[^>"]|"[^"]*")*>')


def tags(html: str) -> str:
    return " ".join(_TAG.findall(html))


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_hostile_text_could_run_load_or_send(text: str) -> None:
    for words in (text, f"> {text}", f"- a {text} b", f"`{text}`", f"# {text}"):
        html = render(words, (Span("c1", "claim", "suggested", 0, len(words)),), (Pointer(0, 1, text, ""),)).html
        assert not _LIVE.search(tags(html)), html
        assert 'id="main"' not in html
        assert 'class="top"' not in html


PIECES = st.sampled_from([
    "word", " ", "\n", "\n\n", "*", "**", "_", "`", "[", "](", ")", "[[", "]]", "|", "> ", "- ", "1. ", "# ",
    "$", "$$", "<", ">", "<b>", "&", "&lt;", '"', "'", "é", "漢", "\u2029", OPEN, CLOSE, "---\n", "[^1]", "[^1]: ", 
    "```\n", "\t", "\\", "😀", *HOSTILE[:6],
])  # fmt: skip


@given(st.lists(PIECES, max_size=40), st.data())
def test_any_text_with_any_spans_is_shown_with_well_nested_tags(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    ends = [sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text))))) for _ in range(3)]
    spans = tuple(Span(f"c{n}", "claim", "suggested", *pair) for n, pair in enumerate(ends))
    at = data.draw(st.integers(0, len(text)))
    html = render(text, spans, (Pointer(at, min(at + 3, len(text)), "shown", "/source/s1"),)).html
    assert not _LIVE.search(tags(html))
    open_tags: list[str] = []
    for tag in _TAG.findall(html):
        name = re.match(r"</?([a-zA-Z0-9]+)", tag)[1]  # type: ignore[index]
        if name in ("br", "hr"):
            continue
        if tag.startswith("</"):
            assert open_tags.pop() == name
        else:
            open_tags.append(name)
    assert open_tags == []
    assert OPEN not in html
    assert CLOSE not in html


@pytest.mark.parametrize(
    "sign", ["word ", "> ", "[", "![", "[^a", "*a ", "- a\n", "[a](", "<a ", "$", "`", "| a ", "\\["]
)
def test_a_flood_of_one_sign_is_shown_as_it_stands(sign: str) -> None:
    text = sign * (20_000 // len(sign))
    assert text.count("a") <= unescape(re.sub(r"<[^>]*>", "", render(text).html)).count("a") + text.count("<a")


def test_a_line_of_very_many_brackets_shows_them_all() -> None:
    assert render("[" * 40_000 + "[x](http://y.example)").html.count("[") == 40_001
