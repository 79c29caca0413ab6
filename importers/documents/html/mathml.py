"""Formulas that a page holds only as MathML, or as MathJax 3 drew them, in TeX, as well as it goes.

MathJax draws MathML's elements under names of its own (`mjx-mi` for `mi`), and each character as an empty element
whose class is its code point (`mjx-c1D465`). That is all that is left of a formula where the label with its TeX was
lost. Where not even that is there, `MISSING` stands in its place.
"""

from __future__ import annotations

import re
import unicodedata

from lxml import etree

from importers.documents.tex_signs import FUNCTIONS, signs

MISSING = r"\text{formula missing}"
_CODE = re.compile(r"mjx-c([0-9A-F]{2,5})(?![\w-])")
_PIECES = {
    0x239B: "(", 0x239C: "(", 0x239D: "(", 0x239E: ")", 0x239F: ")", 0x23A0: ")", 0x23A1: "[", 0x23A2: "[",
    0x23A3: "[", 0x23A4: "]", 0x23A5: "]", 0x23A6: "]", 0x23A7: "{", 0x23A8: "{", 0x23A9: "{", 0x23AA: "{",
    0x23AB: "}", 0x23AC: "}", 0x23AD: "}",
}  # fmt: skip
_ALPHABETS = (("DOUBLE-STRUCK", "mathbb"), ("SCRIPT", "mathcal"), ("FRAKTUR", "mathfrak"), ("BOLD", "mathbf"))
_NO_PART = frozenset(["nstrut", "dstrut", "line", "spacer", "strut", "surd", "annotation", "annotation-xml"])
_DEEPEST = 60
_UPRIGHT = {"^": r"\hat", "ˆ": r"\hat", "~": r"\tilde", "˜": r"\tilde", "¯": r"\bar", "→": r"\vec", "˙": r"\dot"}


def tex_of(element: etree._Element) -> str:
    """The TeX of a formula drawn by MathJax 3 or written in MathML; "" where nothing of it is left."""
    held = element.find(".//mjx-assistive-mml")
    top = element if held is None else held
    return " ".join(_tex(top, 0).split())


def missing(text: str) -> tuple[str, ...]:
    """What to say of a text in which formulas are missing."""
    count = text.count(MISSING)
    return (f"formulas of which nothing was left but their place: {count:,}",) if count else ()


def _tex(element: etree._Element, depth: int) -> str:
    if not isinstance(element.tag, str):
        return ""
    name = _name(element)
    if name in _NO_PART:
        return ""
    if depth > _DEEPEST:
        return signs("".join(element.itertext()))
    if name == "c":
        return _character(element)
    if name in {"mi", "mo", "mn", "mtext", "ms", "utext"}:
        return _leaf(element, name)
    if name == "mspace":
        return " "
    if name in _MAKERS:
        return _MAKERS[name](element, depth + 1)
    return _inside(element, depth + 1)


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].lower().removeprefix("mjx-")


def _inside(element: etree._Element, depth: int) -> str:
    return "".join(_tex(child, depth) for child in element)


def _character(element: etree._Element) -> str:
    found = _CODE.search(element.get("class") or "")
    if not found:
        return ""
    code = int(found[1], 16)
    if code in _PIECES:
        return signs(_PIECES[code])
    return _letter(chr(code))


def _letter(one: str) -> str:
    """A letter of the alphabets of mathematics as TeX has it; those in italics are plain letters there."""
    if not 0x1D400 <= ord(one) <= 0x1D7FF:
        return signs(one)
    called, plain = unicodedata.name(one, ""), signs(unicodedata.normalize("NFKC", one))
    made = next((command for word, command in _ALPHABETS if word in called), None)
    return rf"\{made}{{{plain.strip()}}}" if made else plain


def _leaf(element: etree._Element, name: str) -> str:
    drawn = [one for one in element.iter() if isinstance(one.tag, str) and _name(one) == "c"]
    if name == "mo" and len(drawn) > 1 and any(_name(one) in {"stretchy-v", "stretchy-h"} for one in element):
        drawn = drawn[:1]  # the pieces of one tall sign
    parts = [_character(one) for one in drawn]
    text = "".join(parts) if drawn else "".join(map(_letter, "".join(element.itertext()).strip()))
    word = text.strip()
    if name in {"mtext", "ms", "utext"}:
        return rf"\text{{{text}}}" if word else " "
    if re.fullmatch(r"[A-Za-z]{2,}", word):
        return f"\\{word} " if word in FUNCTIONS else rf"\operatorname{{{word}}}"
    return f" {text} " if name == "mo" and len(word) == 1 and word in "=<>+" else text


def _parts(element: etree._Element, depth: int) -> list[str]:
    """The children of an element, each for itself; what MathJax puts around two scripts is opened."""
    made: list[str] = []
    for child in element:
        if not isinstance(child.tag, str) or _name(child) in _NO_PART:
            continue
        made += _parts(child, depth) if _name(child) == "script" else [_tex(child, depth).strip()]
    return made


def _based(base: str) -> str:
    return base if len(base) == 1 or re.fullmatch(r"\\[A-Za-z]+", base) else f"{{{base}}}"


def _scripts(element: etree._Element, depth: int) -> str:
    base, *rest = _parts(element, depth) or [""]
    name = _name(element)
    drawn = str(element.tag).startswith("mjx-")
    if name == "msub":
        return _based(base) + "".join(f"_{{{one}}}" for one in rest[:1])
    if name == "msup":
        return _based(base) + "".join(f"^{{{one}}}" for one in rest[:1])
    below, above = (rest[::-1] if drawn else rest) if len(rest) == 2 else (*rest, "", "")[:2]
    return _based(base) + (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")


def _named(element: etree._Element, name: str) -> etree._Element | None:
    return next((one for one in element.iter() if isinstance(one.tag, str) and _name(one) == name), None)


def _fraction(element: etree._Element, depth: int) -> str:
    above, below = _named(element, "num"), _named(element, "den")
    if above is not None and below is not None:
        return rf"\frac{{{_inside(above, depth).strip()}}}{{{_inside(below, depth).strip()}}}"
    parts = [*_parts(element, depth), "", ""]
    return rf"\frac{{{parts[0]}}}{{{parts[1]}}}"


def _root(element: etree._Element, depth: int) -> str:
    if _name(element) == "mroot":
        degree, box = _named(element, "root"), _named(element, "box")
        if degree is not None and box is not None:
            return rf"\sqrt[{_inside(degree, depth).strip()}]{{{_inside(box, depth).strip()}}}"
        parts = [*_parts(element, depth), "", ""]
        return rf"\sqrt[{parts[1]}]{{{parts[0]}}}"
    box = _named(element, "box")
    return rf"\sqrt{{{_inside(element if box is None else box, depth).strip()}}}"


def _limits(element: etree._Element, depth: int) -> str:
    name = _name(element)
    base, below, above = (_named(element, one) for one in ("base", "under", "over"))
    if base is not None:
        inner, low, high = (_inside(one, depth).strip() if one is not None else "" for one in (base, below, above))
    else:
        inner, low, high = ([*_parts(element, depth), "", "", ""])[:3]
        if name == "mover":
            low, high = "", low
    if name == "mover" and high in _UPRIGHT:
        return f"{_UPRIGHT[high]}{{{inner}}}"
    return _based(inner) + (f"_{{{low}}}" if low else "") + (f"^{{{high}}}" if high else "")


def _table(element: etree._Element, depth: int) -> str:
    rows = [
        " & ".join(_tex(cell, depth).strip() for cell in row if isinstance(cell.tag, str) and _name(cell) == "mtd")
        for row in element.iter()
        if isinstance(row.tag, str) and _name(row) in {"mtr", "mlabeledtr"}
    ]
    return r"\begin{matrix} " + r" \\ ".join(rows) + r" \end{matrix}"


_MAKERS = {
    "msub": _scripts, "msup": _scripts, "msubsup": _scripts, "mfrac": _fraction, "msqrt": _root, "mroot": _root,
    "munder": _limits, "mover": _limits, "munderover": _limits, "mtable": _table,
}  # fmt: skip
