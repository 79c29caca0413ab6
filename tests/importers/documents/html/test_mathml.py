"""Formulas that a page holds without their TeX."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.documents.html.convert import to_markdown
from importers.documents.html.mathml import MISSING, missing


def drawn(*codes: str, tag: str = "mi") -> str:
    signs = "".join(f'<mjx-c class="mjx-c{code} TEX-I"></mjx-c>' for code in codes)
    return f"<mjx-{tag}>{signs}</mjx-{tag}>"


X, TWO = drawn("1D465"), drawn("32", tag="mn")


@pytest.mark.parametrize(
    ("inside", "tex"),
    [
        (f"{X}{drawn('2B', tag='mo')}{TWO}", "x + 2"),
        (f"<mjx-msup>{X}<mjx-script>{TWO}</mjx-script></mjx-msup>", "x^{2}"),
        (f"<mjx-msubsup>{X}<mjx-script>{TWO}<mjx-spacer></mjx-spacer>{X}</mjx-script></mjx-msubsup>", "x_{x}^{2}"),
        (
            f"<mjx-mfrac><mjx-frac><mjx-num><mjx-nstrut></mjx-nstrut>{X}</mjx-num><mjx-dbox><mjx-dtable><mjx-line>"
            f"</mjx-line><mjx-row><mjx-den><mjx-dstrut></mjx-dstrut>{TWO}</mjx-den></mjx-row></mjx-dtable></mjx-dbox>"
            "</mjx-frac></mjx-mfrac>",
            r"\frac{x}{2}",
        ),
        (f"<mjx-msqrt><mjx-sqrt><mjx-surd>{X}</mjx-surd><mjx-box>{TWO}</mjx-box></mjx-sqrt></mjx-msqrt>", r"\sqrt{2}"),
        (drawn("1D53C"), r"\mathbb{E}"),
        (drawn("6C", "6F", "67"), r"\log"),
        (drawn("1D6FC"), r"\alpha"),
    ],
)
def test_a_formula_that_lost_its_label_is_read_off_its_drawing(inside: str, tex: str) -> None:
    html = f'<p>so <mjx-container jax="CHTML"><mjx-math>{inside}</mjx-math></mjx-container> holds</p>'
    assert to_markdown(html) == f"so ${tex}$ holds"


def test_a_formula_of_which_nothing_is_left_is_said_to_be_missing() -> None:
    text = to_markdown("<p>so <mjx-container></mjx-container> holds</p>")
    assert text == f"so ${MISSING}$ holds"
    assert missing(text) == ("formulas of which nothing was left but their place: 1",)


def test_mathml_without_tex_is_read() -> None:
    html = "<p>so <math><mfrac><mi>a</mi><msqrt><mi>b</mi></msqrt></mfrac><mo>≤</mo><mi>β</mi></math></p>"
    assert to_markdown(html) == r"so $\frac{a}{\sqrt{b}}\leq \beta$"


def test_the_label_is_believed_before_the_drawing() -> None:
    html = f'<p><mjx-container aria-label="e^x"><mjx-math>{X}</mjx-math></mjx-container></p>'
    assert to_markdown(html) == "$e^x$"


@settings(max_examples=40)
@given(
    st.recursive(
        st.sampled_from([X, TWO, "<mjx-mo></mjx-mo>", "<mi>a", "&amp;"]),
        lambda inner: st.builds(
            lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
            st.sampled_from(["mjx-msup", "mjx-script", "mfrac", "mjx-mfrac", "mroot", "munderover", "mjx-mtable"]),
            st.lists(inner, max_size=3),
        ),
        max_leaves=12,
    )
)
def test_any_tree_gives_a_text(inside: str) -> None:
    assert "so" in to_markdown(f"<p>so <mjx-container>{inside}</mjx-container></p>")
