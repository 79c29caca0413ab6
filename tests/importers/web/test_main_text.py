"""The text of a page and what stands around it: by names, by place, by what is said twice."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.base import Input
from importers.web.page import document_of
from kb.errors import KbError

SAID = (
    "<p>We went out on forty windy mornings and wrote down every bird that we heard within ten minutes at the gate.</p>"
    "<p>Wind halves what one hears, and it does not halve what is there, so that a calm year seems a good one for "
    "birds and a windy year a bad one, which is the reason why we write the wind on every sheet that we hand in.</p>"
    "<p>An empty sheet with the weather on it is worth more than a full one without, for nobody can tell afterwards "
    "whether the morning was quiet or only loud, and a list that is thrown away is not even an empty list.</p>"
)
LATER = (
    "<p>Nobody should throw a sheet away because it is empty, and we ask those who hand out sheets to count them.</p>"
)


def text_of(body: str, head: str = "<title>Wind</title>") -> str:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return document_of(html, Input(html, "wind.html"), None).text


@pytest.mark.parametrize("name", ["sidebar", "modal-body", "promo", "read-more", "banner sponsor", "adColumn"])
def test_prose_of_some_length_is_text_whatever_it_is_called(name: str) -> None:
    prose = (
        "<p>What would help is a number on every sheet that is handed out, so that a gap can be seen when "
        "they come back, and a person who asks for those that are missing before the year is over, "
        "while they still know where the van was parked.</p>"
    )
    assert "when they come back" in text_of(
        f"<article><h1>Wind</h1>{SAID}<div class='{name}'>{prose}</div>{LATER}</article>"
    )


@pytest.mark.parametrize(
    "name",
    [
        "non-ad-column pr5",
        "container has_sidebar",
        "read-more-content",
        "share-story",
        "related-post-body",
        "comments",
        "modal",
    ],
)
def test_an_article_is_a_text_whatever_its_wrapper_is_called(name: str) -> None:
    menu = "<ul class=menu>" + "<li><a href=/c>Notes of the year by gate and month</a></li>" * 60 + "</ul>"
    said = "We went out on forty windy mornings and wrote down every bird that we heard within ten minutes. " * 4
    html = f"<html><head><title>Wind</title></head><body>{menu}<div class='{name}'><article><h1>Wind</h1><p>{said}</p>"
    html += "<p>Wind halves what one hears, but not what is there.</p></article></div>"
    html += "<div class=share>Share this with a friend</div></body></html>"
    text = document_of(html, Input(html, "wind.html"), None).text
    assert "Wind halves what one hears" in text
    assert "forty windy mornings" in text
    assert "by gate and month" not in text
    assert "with a friend" not in text


@pytest.mark.parametrize(
    "around",
    [
        "<div class='sidebar'><p>Most read: the ten best hides in the north.</p></div>",
        "<div class='promo-box'><p>Subscribe for the price of a small coffee.</p></div>",
        "<div class='relatedPosts'><h3>Related</h3><ul><li><a href=/a>A winter of sheets</a></li></ul></div>",
        "<section class='newsletter'><p>Never miss an issue. Get our letter in your inbox every Tuesday.</p></section>",
        "<div class='post-likes'><span>7 Likes</span></div>",
        "<div id='cookieConsent'><p>This site uses cookies for the best of experiences.</p></div>",
    ],
)
def test_what_stands_around_is_left_out_wherever_it_stands(around: str) -> None:
    bare = text_of(f"<article><h1>Wind</h1>{SAID}{LATER}</article>")
    assert text_of(f"<article><h1>Wind</h1>{SAID}{around}{LATER}</article>") == bare
    assert text_of(f"<article><h1>Wind</h1>{SAID}{LATER}{around}</article>") == bare


def test_what_a_page_folds_away_is_its_authors_and_no_quote() -> None:
    folded = (
        "<details><summary>Who sees my records?</summary><p>Everybody, after two months, without a name.</p></details>"
    )
    html = f"<html><head><title>Wind</title></head><body><article>{SAID}{folded}{LATER}</article></body></html>"
    document = document_of(html, Input(html, "wind.html"), None)
    said = {document.text[one.start : one.end]: one.kind for one in document.blocks}
    assert said["Everybody, after two months, without a name."] == "paragraph"


def test_comments_in_code_are_code() -> None:
    code = (
        "<pre><code><span class='hljs-comment'># the wind of a year</span>\n<span class=ad>wind</span> = 4</code></pre>"
    )
    assert "```\n# the wind of a year\nwind = 4\n```" in text_of(f"<article>{SAID}{code}{LATER}</article>")


def test_a_caption_stands_in_the_place_of_its_picture_and_a_numbered_one_in_the_text() -> None:
    figure = "<figure><img src='/gate.jpg' alt='A gate'><figcaption>{}</figcaption></figure>"
    assert "![The gate at nine.](/gate.jpg)" in text_of(
        f"<article>{SAID}{figure.format('The gate at nine.')}{LATER}</article>"
    )
    numbered = text_of(f"<article>{SAID}{figure.format('Figure 2. Wind by month.')}{LATER}</article>")
    assert "![A gate](/gate.jpg)\nFigure 2. Wind by month." in numbered
    table = "<figure><table><tr><td>1</td></tr></table><figcaption>Winds.</figcaption></figure>"
    assert "\n\nWinds." in text_of(f"<article>{SAID}{table}{LATER}</article>")


@pytest.mark.parametrize(
    "picture",
    [
        "<div class='wp-caption'><a href='/big'><img src='/gate.jpg'></a>"
        "<p class='wp-caption-text'>The gate at nine.</p></div>",
        "<p><img src='/gate.jpg'></p><p class='caption'>The gate at nine.</p>",
        "<figure><picture><source srcset='x'><img src='/gate.jpg'></picture>"
        "<figcaption>The gate at nine.</figcaption></figure>",
    ],
)
def test_captions_of_other_programs(picture: str) -> None:
    text = text_of(f"<article>{SAID}{picture}{LATER}</article>")
    assert "![The gate at nine.](/gate.jpg)" in text
    assert text.count("at nine") == 1


def test_what_is_called_a_caption_and_has_no_picture_is_text() -> None:
    named = "<p class=caption>The winds of a year.</p>"
    assert "The winds" in text_of(f"<article>{SAID}<p><img src=/a.jpg></p>{LATER}{named}</article>")


def test_who_is_quoted_stays_with_the_quote_and_a_warning_with_the_text() -> None:
    quote = "<blockquote><p>A count without its route is a rumour.</p><footer>Wren Okafor</footer></blockquote>"
    warning = "<div role='alert'><p>Do not go out in a storm, for nobody hears a bird in one and trees fall.</p></div>"
    text = text_of(f"<article>{SAID}{quote}{warning}{LATER}</article>")
    assert "> Wren Okafor" in text
    assert "Do not go out in a storm" in text


def test_a_pull_quote_is_not_said_twice_and_another_quote_is() -> None:
    quote = "<{0} class='{1}'><p>Wind halves what one hears, and it does not halve what is there.</p></{0}>"
    said = "Wind halves what one hears"
    assert text_of(f"<article>{SAID}{quote.format('aside', 'pull-quote')}{LATER}</article>").count(said) == 1
    assert text_of(f"<article>{SAID}{quote.format('div', 'pullquote')}{LATER}</article>").count(said) == 1
    assert text_of(f"<article>{SAID}{quote.format('blockquote', '')}{LATER}</article>").count(said) == 2
    other = "<aside class='pull-quote'><p>The wind is nobody's friend but the miller's.</p></aside>"
    assert "the miller's" in text_of(f"<article>{SAID}{other}{LATER}</article>")


def test_notes_that_stand_apart_from_the_text_come_with_it() -> None:
    marked = SAID.replace("gate.</p>", "gate.<sup><a href='#n1' id='r1'>1</a></sup></p>")
    notes = (
        "<div id=notes><ol><li id=n1>The gate of the mill. <a href='#r1'>↩</a></li><li id=n2>Of nobody.</li></ol></div>"
    )
    text = text_of(f"<div><main>{marked}{LATER}</main></div><div class='endmatter'>{notes}</div>")
    assert "at the gate.[^1]" in text
    assert "[^1]: The gate of the mill." in text


def test_what_leads_in_to_one_long_section_is_text() -> None:
    said = "This report says how the wind was written down in a year of forty mornings, and by whom."
    section = f"<section><h2>The year</h2>{SAID * 2}{LATER}</section>"
    assert said in text_of(f"<div><h1>Wind</h1><p>{said}</p>{section}</div>")
    notice = "<div><p>This page keeps what it must know of you for a year, and asks you to be fine with that.</p></div>"
    assert "fine with that" not in text_of(f"<div>{notice}<div><h1>Wind</h1>{SAID * 2}{LATER}</div></div>")


def test_questions_that_open_their_answers_are_text() -> None:
    one = "<div><h2><button>May I swap my {0}?</button></h2><div><p>No. The {0} was drawn by lot, and the lot is why "
    one += "your count stands for those that nobody visits, in the hills and behind the gates.</p></div></div>"
    text = text_of("<h1>Questions</h1>" + "".join(one.format(what) for what in ("square", "sheet", "gate", "pond")))
    assert "## May I swap my pond?" in text
    assert "The square was drawn by lot" in text


PAGE = (
    f"<article><h1>Wind</h1><div class='byline'>By Ada</div>{SAID}"
    "<figure><img src=a><figcaption>b</figcaption></figure>"
    f"<aside class='pq'>Wind halves</aside><table><tr><td>1</td></tr></table><p>x<a href='#n' id='r'>1</a></p>{LATER}"
    "<p id='n'><a href='#r'>1</a> A note.</p></article><footer>c</footer>"
)


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(PAGE)),
            st.integers(0, 60),
            st.sampled_from(["", "<div>", "</p>", "<a href='#n'>", "\0", "<"]),
        ),
        max_size=6,
    )
)
def test_a_broken_page_gives_a_text_or_an_error_for_people(edits: list[tuple[int, int, str]]) -> None:
    page = PAGE
    for at, length, new in edits:
        page = page[:at] + new + page[at + length :]
    with suppress(KbError):
        assert text_of(page)
