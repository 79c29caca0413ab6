"""Formulas of a comment whose drawing has lost its label: their TeX from the Markdown that the forum sends beside it.

Between February and July 2026 the forum's editor stored what MathJax draws without saying what is drawn.
"""

from __future__ import annotations

import re

from lxml import etree

from importers.documents.html import marks as marks
from importers.documents.html.convert import element_to_markdown, parse, to_markdown

_CODE = re.compile(r"^(`{3,}|~{3,}).*?(?:^\1|\Z)|(`+)[^`\n].*?\2", re.S | re.M)
_TEX = re.compile(
    r"(?<![\\$])(?:\$\$(?P<block>(?:[^$\\]|\\.)+)\$\$|\$(?P<inline>[^\s$](?:(?:[^$\\]|\\.)*[^\s$\\])?)\$(?!\d))", re.S
)


def text_of(html: str, markdown: str, base_url: str) -> str:
    """A comment's text as Markdown.

    Where both forms of it have as many formulas, a drawing without a label is the formula at the same place in
    `markdown`; elsewhere it is read off the drawing, as well as that goes.
    """
    root = parse(html) if markdown and "<mjx-container" in html else None
    if root is None:
        return to_markdown(html, base_url)
    drawn = _drawn(root)
    bare = [one for one in drawn if one.tag == "mjx-container" and not _is_labelled(one)]
    told = formulas_in(markdown) if bare else []
    if len(told) == len(drawn):
        for element, tex in zip(drawn, told, strict=True):
            if element in bare:
                element.set("aria-label", tex)
    return element_to_markdown(root, base_url)


def formulas_in(markdown: str) -> list[str]:
    """The TeX of the formulas of a text in Markdown, in its order; dollars in code are none."""
    return [(found["block"] or found["inline"]).strip() for found in _TEX.finditer(_CODE.sub("", markdown))]


def _drawn(root: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    inside: set[etree._Element] = set()
    for element in root.iter():
        if isinstance(element.tag, str) and element not in inside and marks.formula(element) is not None:
            found.append(element)
            inside.update(element.iter())
    return found


def _is_labelled(element: etree._Element) -> bool:
    return bool(element.get("aria-label")) or element.find(".//*[@aria-label]") is not None
