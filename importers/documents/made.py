"""The HTML that the readers of office files, books and sources make, for `importers.documents.html` to write it down.

HTML is the middle, so that lists, tables, notes, formulas and signs that mean themselves are written in one place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

from lxml import etree

from importers.documents.html.convert import element_to_markdown

Element: TypeAlias = etree._Element

_LONG_TEXT = 4000  # characters between two elements
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def element(tag: str, *inside: Element | str, **attributes: str) -> Element:
    """An element; in names of attributes `_` stands for `-`, and one at the end is left out (`class_`)."""
    made = etree.Element(tag)
    for name, value in attributes.items():
        made.set(name.rstrip("_").replace("_", "-"), clean(value))
    for one in inside:
        put(made, one)
    return made


def put(above: Element, inside: Element | str) -> None:
    """Puts text or an element at the end of another."""
    if not isinstance(inside, str):
        above.append(inside)
        return
    last = next(above.iterchildren(reversed=True), None)  # to ask for the number of children is to count them
    before = (above.text if last is None else last.tail) or ""
    if len(before) > _LONG_TEXT:  # each addition copies what is there
        above.append(element("span", inside))
    elif last is not None:
        last.tail = before + clean(inside)
    else:
        above.text = before + clean(inside)


def clean(text: str) -> str:
    """The text without signs that no XML may hold."""
    return _CONTROL.sub("", text)


def formula(tex: str, *, display: bool = False) -> Element:
    """A formula in TeX."""
    return element("script", tex, type="math/tex; mode=display" if display else "math/tex")


def cited(keys: Sequence[str]) -> Element:
    """A citation of works by their citekeys."""
    return element("span", data_citekeys=" ".join(keys))


def note_sign(name: str) -> Element:
    """The sign of a footnote in the text; `note` with the same name is what it leads to."""
    return element("sup", element("a", "*", href=f"#{name}"), class_="footnote-reference", data_footnote_id=name)


def note(name: str, label: str, inside: Sequence[Element | str]) -> Element:
    """A footnote, shown with `label`."""
    return element("div", *inside, id=name, class_="footnote-item", data_footnote_id=name, data_footnote_index=label)


def code(text: str, language: str = "") -> Element:
    """A block of code."""
    return element("pre", element("code", text, class_=f"language-{language}" if language else ""))


def quoted_after(last: Element | None, made: Element) -> Element | None:
    """A paragraph of a quotation: the quotation, or None where it went into the one that stands before it."""
    if last is not None and last.tag == "blockquote":
        last.append(made)
        return None
    return element("blockquote", made)


def coded_after(last: Element | None, made: Element) -> Element | None:
    """A line of code: the block of it, or None where it went into the one that stands before it."""
    for line in made.iter("br"):
        line.tail = "\n" + (line.tail or "")
    text = "".join(made.itertext())
    if last is not None and last.tag == "pre":
        last[0].text = f"{last[0].text}\n{text}"
        return None
    return code(text)


def to_markdown(inside: Sequence[Element]) -> str:
    """The Markdown of some blocks, repaired."""
    return element_to_markdown(element("div", *inside))


def left_out(left: Counter[str]) -> tuple[str, ...]:
    """One line on what was met and is not in the text, by kind; none where it is all there."""
    many = [f"{count:,} {plural(what, count)}" for what, count in left.most_common() if count]
    return (f"left out: {', '.join(many)}",) if many else ()


def plural(what: str, count: int) -> str:
    """The word for one thing, or for several of it: "text box" gives "text boxes"."""
    if count == 1:
        return what
    first, of, rest = what.partition(" of ")
    return first + ("es" if first.endswith(("x", "ch", "s")) else "s") + of + rest
