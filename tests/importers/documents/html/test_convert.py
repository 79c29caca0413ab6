"""HTML to Markdown: nothing visible is lost, and text comes back as it reads."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from importers.documents.html.convert import to_markdown

BASE = "https://www.lesswrong.com/posts/abcdefghijkmnopq2/herons"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2><strong>Why</strong> herons?</h2>", "## Why herons?"),
        ("<p><strong>Bold alone</strong></p>", "**Bold alone**"),
        ("<p>a<i>b&nbsp;</i>c <b>x</b><b>y</b> <em></em>z</p>", "a*b* c **xy** z"),
        ("<p><b>Note.</b>Then</p>", "**Note**.Then"),
        ("<p>one<br>two<br><br>three</p>", "one\ntwo\n\nthree"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"),
        ('<ol start="3"><li>a</li><li value="7">b</li></ol>', "3. a\n7. b"),
        ('<ol start="-2"><li>a</li><li>b</li></ol>', "-2. a\n\n-1. b"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b"),
        ('<pre><code class="language-py">x = "`"\n\ny</code></pre>', '```py\nx = "`"\n\ny\n```'),
        ("<p><code>a`b</code></p>", "``a`b``"),
        ("<hr>", "* * *"),
        ('<a href="/w/ai">AI</a>', "[AI](https://www.lesswrong.com/w/ai)"),
        ('<a href="#Part_B_">B</a>', "[B](#Part_B_)"),
        ('<a href="https://x.org/_a_">https://x.org/_a_</a>', "<https://x.org/_a_>"),
        ('<a href="https://x.org/a_(b">t</a>', "[t](https://x.org/a_%28b)"),
        ('<a href="javascript:x()">t</a> <a name="y"></a>', "t"),
        ('<p><span class="math-tex">\\(x^2\\)</span></p>', "$x^2$"),
        ('<p><span class="math-tex">\\[a\\]</span></p>', "$$\na\n$$"),
        (
            '<p>so <style>.m{}</style><span class="mjpage"><span class="mjx-chtml">'
            '<span class="mjx-math" aria-label="\\pi(a)">πa</span></span></span>.</p>',
            "so $\\pi(a)$.",
        ),
        ('<p><mjx-container aria-label="e^x" display="true">e</mjx-container></p>', "$$\ne^x\n$$"),
        ('<div class="spoilers"><p>a</p><p>b</p></div>', ">! a\n>\n>! b"),
        ('<p class="spoiler-v2">a</p>', ">! a"),
        (
            '<details class="detailsBlock"><summary class="detailsBlockTitle"><p>T</p></summary>'
            '<div class="detailsBlockContent"><p>a</p><p>b</p></div></details>',
            "> [!details]- T\n> a\n>\n> b",
        ),
        ('<div class="llm-content-block" data-model-name="M"><p>a</p></div>', "> [!llm] M\n> a"),
        (
            '<figure class="table"><table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td>3<br>4</td></tr></table>',
            "| a | b |\n| --- | --- |\n| 1\\|2 | 3<br>4 |",
        ),
        ('<figure class="image"><img src="/x.png" alt="A"><figcaption>cap</figcaption></figure>', None),
        ('<iframe src="https://y.org/v" title="Film"></iframe>', "[Film](https://y.org/v)"),
        ('<div data-elicit-id="q1">Rain?</div>', "Rain? [Elicit prediction](https://forecast.elicit.org/binary/questions/q1)"),
        (
            '<div class="dialogue-message" user-id="u"><section class="dialogue-message-header"><b>Ann</b></section>'
            "<div><p>Hi.</p><p>There.</p></div></div>",
            "__Ann:__ Hi.\n\nThere.",
        ),
        ("<script>x</script><style>y</style><p hidden>z</p>", ""),
    ],
)  # fmt: skip
def test_each_construct(html: str, expected: str | None) -> None:
    if expected is None:
        expected = "![A](https://www.lesswrong.com/x.png)\ncap"
    assert to_markdown(html, BASE) == expected


@pytest.mark.parametrize(
    "section",
    [
        '<ol class="footnote-section footnotes"><li class="footnote-item" data-footnote-id="q" id="fnq">'
        '<span class="footnote-back-link"><sup><a href="#fnrefq">^</a></sup></span>'
        '<div class="footnote-content"><p>One.</p><p>Two.</p></div></li></ol>',
        '<div class="footnotes"><ol><li id="fnq"><p>One. <a href="#fnrefq">↩︎</a></p><p>Two.</p></li></ol></div>',
    ],
)
def test_footnotes(section: str) -> None:
    refs = (
        '<p>a<span class="footnote-reference" data-footnote-id="q" id="fnrefq"><sup><a href="#fnq">[1]</a></sup></span>'
        '</p><p>b<sup><a href="#fnq">1</a></sup></p>'
    )
    assert to_markdown(refs + section, BASE) == "a[^1]\n\nb[^1]\n\n[^1]: One.\n\n    Two."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# no heading", "\\# no heading"),
        ("1. no item", "1\\. no item"),
        ("- no item", "\\- no item"),
        ("> no quote", "\\> no quote"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("*not bold* snake_case _not_", "\\*not bold\\* snake_case \\_not\\_"),
        ("a [link](b) [[page]] [^1] [x]", "a \\[link](b) \\[[page]] \\[^1] [x]"),
        ("$5 and 6$", "\\$5 and 6\\$"),
        ("it costs $5", "it costs $5"),
        ("<b> 1 < 2 &amp;", "\\<b> 1 < 2 \\&amp;"),
        ("%%hidden%%", "%\\%hidden%\\%"),
        ("see https://x.org/_a_*b", "see https://x.org/_a_*b"),
        ("a tail ^name", "a tail \\^name"),
    ],
)
def test_signs_that_mean_themselves(text: str, expected: str) -> None:
    assert to_markdown(f"<p>{escape(text)}</p>") == expected


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 6000 + "<p>deep words" + "</div>" * 6000,
        "<blockquote>" * 400 + "deep words",
        "<i><span>" * 900 + "deep words",
        "<ul><li>" * 900 + "deep words",
        "<p>deep words <a href='http://[broken",
        "<p>deep words</p><table><tr><td>",
        "<?xml version='1.0' encoding='utf-7'?><p>deep \0words",
        "deep words <" + "b" * 5000,
        "<mjx-container>x</mjx-container><figure>deep words<details>",
    ],
)
def test_broken_html_gives_its_words(html: str) -> None:
    assert "deep words" in to_markdown(html, BASE)


def test_nothing() -> None:
    assert to_markdown("") == to_markdown("  <p>&nbsp;</p>") == ""


_WORDS = st.text(st.sampled_from("ab*_[]()`#>-+.1!$|~\\^%&<é "), max_size=12)
_INLINE = ["b", "i", "em", "strong", "u", "span", "code", "a", "s", "sub", "q"]
_BLOCKS = ["p", "div", "blockquote", "ul", "ol", "li", "h2", "pre", "figure", "td", "table", "section", "details"]


def _tagged(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tag = st.sampled_from([*_INLINE, *_BLOCKS])
    parts = st.lists(inner, max_size=4).map("".join)
    return st.builds(lambda t, x: f'<{t} href="/u">{x}</{t}>', tag, parts)


@settings(max_examples=300)
@given(st.recursive(_WORDS.map(escape), _tagged, max_leaves=20), st.integers(0, 400))
def test_every_word_is_kept_in_order(html: str, cut: int) -> None:
    for whole in (html, html[:cut]):
        shown = "".join(_letters(lxml_html.fromstring(f"<div>{whole}</div>").text_content()))
        markdown = to_markdown(f"<div>{whole}</div>", "https://u.org")
        kept = iter(_letters(markdown))
        assert all(letter in kept for letter in shown), markdown


def _letters(text: str) -> list[str]:
    return re.findall(r"[^\W_]", text)


@settings(max_examples=200)
@given(_WORDS)
def test_text_reads_back_as_it_was(text: str) -> None:
    """What a Markdown reader shows of the result is the text again."""
    from markdown_it import MarkdownIt

    shown = MarkdownIt("commonmark").render(to_markdown(f"<p>x {escape(text)} y</p>"))
    assert " ".join(lxml_html.fromstring(shown).text_content().split()) == " ".join(f"x {text} y".split())


def test_a_picture_that_leads_to_itself_in_large_is_no_link() -> None:
    picture = '<img src="https://a.example/small.png" alt="A gate">'
    assert (
        to_markdown(f'<a href="https://a.example/full.png?w=9">{picture}</a>')
        == "![A gate](https://a.example/small.png)"
    )
    assert to_markdown(f'<a href="https://a.example/gates">{picture}</a>').startswith("[![A gate]")
    named = to_markdown('<a href="https://a.example/full.png">the gate</a>')
    assert named == "[the gate](https://a.example/full.png)"
