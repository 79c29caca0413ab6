"""Formulas as Word writes them (OMML) in TeX, as well as it goes: what has no sign in TeX gives its characters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from importers.documents.tex_signs import FUNCTIONS, signs
from importers.documents.zipped import attribute, child, local

_ACCENTS = {
    "̂": r"\hat", "̃": r"\tilde", "̅": r"\bar", "̄": r"\bar", "⃗": r"\vec", "̇": r"\dot",
    "̈": r"\ddot", "̌": r"\check", "^": r"\hat", "~": r"\tilde", "¯": r"\bar", "→": r"\vec",
}  # fmt: skip
_DEEPEST = 60


def tex_of(element: etree._Element, depth: int = 0) -> str:
    """The TeX of a formula or a part of one."""
    name = local(element)
    if depth > _DEEPEST:
        return signs("".join(element.itertext()))
    made = _MAKERS.get(name)
    if made is not None:
        return made(element, depth + 1)
    if name == "t":
        return signs(element.text or "")
    if name.endswith("Pr"):
        return ""
    return _all(element, depth + 1)


def _all(elements: Iterable[etree._Element], depth: int) -> str:
    return "".join(tex_of(one, depth) for one in elements)


def _part(element: etree._Element, name: str, depth: int) -> str:
    found = child(element, name)
    return tex_of(found, depth).strip() if found is not None else ""


def _property(element: etree._Element, kind: str, name: str, default: str) -> str:
    found = child(element, kind, name)
    return attribute(found, "val") if found is not None else default


def _run(element: etree._Element, _depth: int) -> str:
    text = "".join(one.text or "" for one in element if local(one) == "t")
    plain = child(element, "rPr", "nor") is not None or _property(element, "rPr", "sty", "") == "p"
    if plain and re.fullmatch(r"[^\W\d]{2,}", text.strip()):
        word = text.strip()
        return f"\\{word} " if word in FUNCTIONS else rf"\text{{{text}}}"
    return signs(text)


def _fraction(element: etree._Element, depth: int) -> str:
    if _property(element, "fPr", "type", "") == "noBar":
        return rf"\binom{{{_part(element, 'num', depth)}}}{{{_part(element, 'den', depth)}}}"
    return rf"\frac{{{_part(element, 'num', depth)}}}{{{_part(element, 'den', depth)}}}"


def _scripts(element: etree._Element, depth: int) -> str:
    base, below, above = (_part(element, part, depth) for part in ("e", "sub", "sup"))
    base = base if len(base) == 1 or re.fullmatch(r"\\[A-Za-z]+", base) else f"{{{base}}}"
    made = base + (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")
    return f"{{}}_{{{below}}}^{{{above}}}{base}" if local(element) == "sPre" else made


def _root(element: etree._Element, depth: int) -> str:
    degree = _part(element, "deg", depth)
    return rf"\sqrt{f'[{degree}]' if degree else ''}{{{_part(element, 'e', depth)}}}"


def _nary(element: etree._Element, depth: int) -> str:
    sign = signs(_property(element, "naryPr", "chr", "∫")).strip()
    below, above = _part(element, "sub", depth), _part(element, "sup", depth)
    limits = (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")
    return f"{sign}{limits} {_part(element, 'e', depth)}"


def _delimited(element: etree._Element, depth: int) -> str:
    left, right = _property(element, "dPr", "begChr", "("), _property(element, "dPr", "endChr", ")")
    between = _property(element, "dPr", "sepChr", "|")
    inside = f" {signs(between)} ".join(tex_of(one, depth).strip() for one in element if local(one) == "e")
    return rf"\left{signs(left).strip() or '.'} {inside} \right{signs(right).strip() or '.'}"


def _function(element: etree._Element, depth: int) -> str:
    name = _part(element, "fName", depth)
    name = f"\\{name}" if name in FUNCTIONS else name
    return f"{name} {_part(element, 'e', depth)}"


def _accent(element: etree._Element, depth: int) -> str:
    return f"{_ACCENTS.get(_property(element, 'accPr', 'chr', '̂'), chr(92) + 'hat')}{{{_part(element, 'e', depth)}}}"


def _bar(element: etree._Element, depth: int) -> str:
    over = _property(element, "barPr", "pos", "bot") == "top"
    return rf"\{'over' if over else 'under'}line{{{_part(element, 'e', depth)}}}"


def _limit(element: etree._Element, depth: int) -> str:
    base, limit = _part(element, "e", depth), _part(element, "lim", depth)
    base = f"\\{base}" if base in FUNCTIONS else base
    return f"{base}{'_' if local(element) == 'limLow' else '^'}{{{limit}}}"


def _matrix(element: etree._Element, depth: int) -> str:
    rows = [
        " & ".join(tex_of(cell, depth).strip() for cell in row if local(cell) == "e")
        for row in element
        if local(row) == "mr"
    ]
    return r"\begin{matrix} " + r" \\ ".join(rows) + r" \end{matrix}"


def _lines(element: etree._Element, depth: int) -> str:
    rows = [tex_of(one, depth).strip() for one in element if local(one) == "e"]
    return r"\begin{aligned} " + r" \\ ".join(rows) + r" \end{aligned}"


_MAKERS = {
    "r": _run, "f": _fraction, "sSup": _scripts, "sSub": _scripts, "sSubSup": _scripts, "sPre": _scripts, "rad": _root,
    "nary": _nary, "d": _delimited, "func": _function, "acc": _accent, "bar": _bar, "limLow": _limit,
    "limUpp": _limit, "m": _matrix, "eqArr": _lines,
}  # fmt: skip
