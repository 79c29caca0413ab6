"""LaTeXML pages as Markdown: each construct of both generations, and no word lost."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from lxml import etree

from importers.documents.latexml import convert
from importers.web.arxiv import papers
from tests.importers.documents.latexml.pages import article, body, math, p


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("a <em class='ltx_emph'>b</em> <span class='ltx_text ltx_font_bold'>c d</span> e", "a *b* **c d** e"),
        ("a<span class='ltx_text ltx_font_italic'> b </span>c", "a *b* c"),
        ("run <span class='ltx_text ltx_font_typewriter'>kb add</span> x", "run `kb add` x"),
        (f"the {math('x_{1}^{*}')} of", "the $x_{1}^{*}$ of"),
        (f"about {math(chr(92) + 'sim')}5 and 28{math(chr(92) + 'times')} more", r"about $\sim$ 5 and 28$\times$ more"),
        (math("a%\n+b"), "$a+b$"),
        (math(r"\mbox{if $x$}"), r"$\mbox{if \(x\)}$"),
        ("it costs $5, or $6", r"it costs \$5, or \$6"),
        ("10<sup class='ltx_sup'>2</sup> and H<sub>2</sub>O", "10$^{2}$ and H$_{2}$O"),
        ("see <a class='ltx_ref' href='https://e.org/a(b)'>here</a>", "see [here](https://e.org/a%28b%29)"),
        ("<a class='ltx_ref ltx_url' href='https://e.org/'>https://e.org/</a>", "<https://e.org/>"),
        ("Figure <a class='ltx_ref' href='#S3.F1'>1</a>", "Figure 1"),
        ("Table <a href='https://arxiv.org/html/2405.01234v2#S3.T1'>1</a>", "Table 1"),
        ("a <code class='ltx_verbatim'>b_c</code>", "a `b_c`"),
        ("2. not a list", r"2\. not a list"),
        ("# no heading *at all*", r"\# no heading \*at all\*"),
        ("a<br class='ltx_break'>b", "a b"),
        ("a&#160;b snake_case", "a b snake_case"),
        ("a<span class='ltx_ERROR undefined'>\\foo</span>b", "ab"),
        ("", ""),
    ],
)
def test_running_text(inside: str, text: str) -> None:
    assert body(p(inside)) == text


def test_sections_keep_their_levels_and_numbers() -> None:
    text = body(
        "<section class='ltx_section'><h2 class='ltx_title'><span class='ltx_tag'>1 </span>Routes</h2>"
        + p("Walk.")
        + "<section class='ltx_subsection'><h3 class='ltx_title'><span class='ltx_tag'>1.1 </span>Two<br>lines</h3>"
        + "<section class='ltx_paragraph'><h4 class='ltx_title'>Why.</h4>"
        + p("Because.")
        + "</section></section></section>"
    )
    assert text == "## 1 Routes\n\nWalk.\n\n### 1.1 Two lines\n\n#### Why.\n\nBecause."


def test_the_abstract_stands_apart() -> None:
    found = convert.read(
        article(
            "<h1 class='ltx_title ltx_title_document'>Zeros<br class='ltx_break'>on routes</h1>"
            "<div class='ltx_authors'>A. Nobody, Affiliation</div>"
            "<div class='ltx_abstract'><h6 class='ltx_title ltx_title_abstract'>Abstract</h6><p class='ltx_p'>One.</p>"
            "<p class='ltx_p'>Two.</p></div><div class='ltx_keywords'>walks, zeros</div>" + p("Text.")
        )
    )
    assert found is not None
    assert (found.title, found.abstract) == ("Zeros on routes", "One.\n\nTwo.")
    assert found.body == "**Keywords:** walks, zeros\n\nText."


def test_lists() -> None:
    item = "<li class='ltx_item'><span class='ltx_tag ltx_tag_item'>{}</span>{}</li>"
    inner = "<ul class='ltx_itemize'>" + item.format("–", p("deep")) + "</ul>"
    text = body(
        "<ul class='ltx_itemize'>"
        + item.format("•", p("one") + inner)
        + item.format("•", p("two") + p("more"))
        + "</ul>"
        "<ol class='ltx_enumerate'>" + item.format("1.", p("first")) + item.format("(ii)", p("second")) + "</ol>"
        "<dl class='ltx_description'><dt class='ltx_item'><span class='ltx_tag ltx_tag_item'>"
        "<span class='ltx_text ltx_font_bold'>Zero</span></span></dt><dd class='ltx_item'>"
        + p("none seen")
        + "</dd></dl>"
    )
    lists = ["- one\n\n  - deep\n- two\n\n  more", "1. first\n- (ii) second", "- **Zero** none seen"]
    assert text == "\n\n".join(lists)


def test_equations() -> None:
    cell = "<td class='ltx_eqn_cell'>{}</td>"
    row = "<tr class='ltx_equation ltx_eqn_row'>{}</tr>"
    text = body(
        p("We have")
        + math("a=b", "block")
        + "<table class='ltx_equationgroup ltx_eqn_table'><tbody>"
        + row.format(
            cell.format(math(r"\displaystyle x"))
            + cell.format(math(r"\displaystyle=y"))
            + cell.format("<span class='ltx_tag ltx_tag_equation'>(3)</span>")
        )
        + row.format(cell.format("where") + cell.format(math("z")))
        + "</tbody></table>"
    )
    assert text == "We have\n\n$$\na=b\n$$\n\n$$\nx =y \\tag{3}\n$$\n\n$$\n\\text{where} z\n$$"


def test_theorems_and_proofs() -> None:
    text = body(
        "<div class='ltx_theorem ltx_theorem_lemma'><h6 class='ltx_title ltx_title_theorem'><span class='ltx_tag'>"
        "<span class='ltx_text ltx_font_bold'>Lemma 1</span></span> (Zeros).</h6>"
        + p("<em class='ltx_emph'>Every route ends.</em>")
        + "</div><div class='ltx_proof'><h6 class='ltx_title ltx_title_proof'>Proof.</h6>"
        + p("Walk it.")
        + "</div>"
    )
    assert text == "**Lemma 1 (Zeros).** *Every route ends.*\n\n**Proof.** Walk it."


NOTE = (
    "<span class='ltx_note ltx_role_footnote'><sup class='ltx_note_mark'>1</sup><span class='ltx_note_outer'>"
    "<span class='ltx_note_content'><sup class='ltx_note_mark'>1</sup><span class='ltx_tag ltx_tag_note'>1</span>{}"
    "</span></span></span>"
)


def test_footnotes_follow_their_paragraph() -> None:
    text = body(p("Walk" + NOTE.format("By day.") + " on." + NOTE.format(f"Not {math('n')}.")) + p("Rest."))
    assert text == "Walk[^1] on.[^2]\n\n[^1]: By day.\n\n[^2]: Not $n$.\n\nRest."
    blocks, _ = papers.structure(text)
    assert [(one.kind, one.label) for one in blocks][1] == ("footnote", "^1")


def test_algorithms_and_code() -> None:
    line = "<div class='ltx_listingline'><span class='ltx_tag ltx_tag_listingline'>{}:</span>{}\n</div>"
    text = body(
        "<figure class='ltx_float ltx_float_algorithm'><div class='ltx_listing'>"
        "<div class='ltx_listing_data'><a href='data:x'>download</a></div>"
        + line.format(1, "walk " + math("n"))
        + line.format(2, "  stop")
        + "</div></figure><pre class='ltx_verbatim'>a\n  b</pre>"
    )
    assert text == "```\n1: walk $n$\n2:   stop\n```\n\n```\na\n  b\n```"


def test_quotes_and_pictures_of_text() -> None:
    words = "A frame around a long remark. " * 6
    picture = "<svg><g><path d=''/>{}<foreignObject><p class='ltx_p'>{}</p></foreignObject></g></svg>"
    text = body(
        f"<blockquote class='ltx_quote'>{p('So she said.')}{p('Twice.')}</blockquote>"
        + picture.format("", words)
        + picture.format("<rect/>" * 20, "many shapes " + words)
        + picture.format("", "short")
    )
    assert text == f"> So she said.\n>\n> Twice.\n\n{words.strip()}"


def test_what_surrounds_the_paper_is_left_out() -> None:
    page = (
        b"<html><body><nav class='ltx_page_navbar'>Contents</nav><dialog id='modal-form'>Report</dialog>"
        + article("<div class='package-alerts'>Alert</div><script>x</script>" + p("Text."))
        + b"<footer class='ltx_page_footer'><div class='ltx_page_logo'>Generated</div></footer></body></html>"
    )
    found = convert.read(page)
    assert found is not None
    assert found.body == "Text."


@pytest.mark.parametrize("data", [b"", b"<p>no paper", b"%PDF-1.5", b"\x00\xff\xfe", b"<article>plain</article>"])
def test_what_is_no_paper(data: bytes) -> None:
    assert convert.read(data) is None


def test_a_page_cut_in_the_middle_gives_what_came() -> None:
    found = convert.read(article(p("One.") + p("Two."))[:-60])
    assert found is not None
    assert not found.complete
    assert found.body.startswith("One.")


def test_a_page_nested_beyond_measure() -> None:
    found = convert.read(article("<div>" * 5000 + "deep" + "</div>" * 5000))
    assert found is None or isinstance(found.body, str)


# The real pages

_DROPPED = "ltx_bib_cited ltx_authors ltx_title_document ltx_ERROR ltx_title_abstract ltx_page_logo"
_DROP = "//script|//style|//nav|//header|//footer|//dialog|//button|//annotation|//*[@id='modal-form']" + "".join(
    f"|//*[contains(concat(' ',@class,' '),' {name} ')]" for name in _DROPPED.split()
)


def visible(page: bytes) -> list[str]:
    """The words of the article as a reader sees them, formulas as their TeX."""
    root = etree.fromstring(page, etree.HTMLParser(encoding="utf-8", remove_comments=True))
    for one in root.xpath("//math"):
        tail = one.tail
        shown = one.get("alttext")
        one.clear()
        one.text, one.tail = f" {shown} ", tail
    for one in root.xpath(_DROP):
        if (parent := one.getparent()) is not None:
            tail, before = one.tail or "", one.getprevious()
            parent.remove(one)
            if before is not None:
                before.tail = (before.tail or "") + tail
            else:
                parent.text = (parent.text or "") + tail
    for one in root.iter("p", "div", "li", "td", "br", "h1", "h2", "h3", "h4", "span"):
        block = one.tag not in {"span"} or "ltx_tag" in (one.get("class") or "") or "ltx_p" in (one.get("class") or "")
        if block:
            one.tail = " " + (one.tail or "")
            one.text = " " + (one.text or "")
    return re.findall(r"\w+", "".join(root.find(".//article").itertext()))


@pytest.mark.real
@pytest.mark.parametrize(
    "name",
    ["arxiv-html-2601.19139v2-excerpt.html", "arxiv-html-2605.06663v1-excerpt.html", "latexml/cs_cv.html"],
)
def test_no_word_of_a_real_page_is_lost(shared: Path, name: str) -> None:
    data = (shared / "samples" / "arxiv-html" / name).read_bytes()
    found = convert.read(data)
    assert found is not None
    text = re.sub(r"\]\([^)\s]*\)|\^bib\d+", " ", f"{found.abstract}\n\n{found.body}")
    shown, kept = visible(data), re.findall(r"\w+", text)
    same = sum(one.size for one in SequenceMatcher(None, shown, kept, autojunk=False).get_matching_blocks())
    assert len(shown) >= 60
    assert same / len(shown) >= 0.97
