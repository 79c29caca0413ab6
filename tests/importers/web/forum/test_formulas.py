"""Formulas of comments whose drawing lost its label, from the Markdown beside it."""

from __future__ import annotations

import json

import pytest

from importers.documents.html.mathml import MISSING
from importers.web.forum import formulas
from tests.importers.web.forum.fetched import fetched
from tests.importers.web.forum.forum_server import FakeForum, a_comment, a_post

EMPTY = "<mjx-container jax='CHTML'><mjx-math></mjx-math></mjx-container>"
BARE = EMPTY.replace("></mjx-math>", "><mjx-mi><mjx-c class='mjx-c1D465'></mjx-c></mjx-mi></mjx-math>")
LABELLED = "<mjx-container aria-label='y_1'><mjx-math></mjx-math></mjx-container>"


@pytest.mark.parametrize(
    ("html", "markdown", "text"),
    [
        (f"<p>Let {BARE} be.</p>", r"Let $\mathbf{x}$ be.", r"Let $\mathbf{x}$ be."),
        (f"<p>Let {EMPTY} be, {LABELLED}.</p>", "Let $x$ be, $y_1$.", "Let $x$ be, $y_1$."),
        (f"<p>For 5$ let {EMPTY} be.</p>", "For 5\\$ let $x$ be, `$z$`.", r"For 5$ let $x$ be."),
        (f"<p>A</p>{EMPTY.replace('jax', 'display=true jax')}", "A\n\n$$\nx = 1\n$$", "A\n\n$$\nx = 1\n$$"),
        (f"<p>Let {BARE} be.</p>", "Let x be.", "Let $x$ be."),
        (f"<p>Let {EMPTY} be.</p>", "Let $x$ be $y$.", f"Let ${MISSING}$ be."),
        (f"<p>Let {LABELLED} be.</p>", "Let $z$ be.", "Let $y_1$ be."),
        ("<p>Let it be.</p>", "Let $z$ be.", "Let it be."),
    ],
)
def test_a_drawing_without_a_label_takes_the_formula_at_its_place(html: str, markdown: str, text: str) -> None:
    assert formulas.text_of(html, markdown, "").replace(r"\$", "$") == text


def test_a_comment_asks_for_both_forms_and_says_what_is_missing() -> None:
    told = {"html": f"<p>Let {EMPTY} be.</p>", "markdown": "Let $x^2$ be."}
    lost = {"html": f"<p>Let {EMPTY} be.</p>", "markdown": ""}
    plain = {"html": "<p>Let it be.</p>", "markdown": "Let it be."}
    comments = [a_comment(number, contents=one) for number, one in enumerate((told, lost, plain), start=1)]
    documents, _ = fetched(FakeForum([a_post(1, commentCount=3)], comments))
    assert [one.text for one in documents[1:]] == ["Let $x^2$ be.", f"Let ${MISSING}$ be.", "Let it be."]
    assert [len(one.problems) for one in documents[1:]] == [0, 1, 0]
    assert ["markdown" in json.loads(one.original)["contents"] for one in documents[1:]] == [True, True, False]
