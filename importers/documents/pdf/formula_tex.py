"""Signs of a PDF as TeX by size and place: raised is an exponent, lowered an index. Letters stay the Unicode signs
that the fonts name, which the readers of TeX take.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from importers.documents.pdf.words import Sign, Word

SCRIPT = 0.88
"""Size of an exponent or index at most, of that of its base."""
RELATION = re.compile(r"[=<>≤≥≈≡≠∼∝∈∉⊂⊆→←↦⇒⇐⇔≪≫⊥]|:=")
LIMITED = frozenset(["max", "min", "sup", "inf", "lim", "argmax", "argmin", "limsup", "liminf"])
"""Functions that have limits below them, as sums have."""
_FUNCTIONS = frozenset([
    "arg", "cos", "det", "dim", "exp", "ker", "lim", "limsup", "liminf", "ln", "log", "max", "min", "sin", "sup", "inf",
    "tan", "tanh", "Pr",
])  # fmt: skip
WORDS = _FUNCTIONS | {"argmax", "argmin", "cov", "mod", "sgn", "sign", "tr", "var", "Var", "Cov", "if", "otherwise",
                      "where", "for", "all", "and", "with", "s.t"}  # fmt: skip
"""Words that stand in formulas."""
_NAMES = re.compile(rf"(?<![A-Za-z\\{{])({'|'.join(sorted(_FUNCTIONS, key=len, reverse=True))})(?=[\d\W_]|$)")
_WORD = re.compile(r"(?<![A-Za-z\\{])([a-z]{4,})(?![A-Za-z}])")
_RAISED, _LOWERED = 0.1, -0.04  # of the base's size
_ESCAPED = {"%": "\\%", "#": "\\#", "&": "\\&", "{": "\\{", "}": "\\}", "$": "\\$", "\\": "\\setminus ",
            "_": "\\_", "′": "\\prime ", "…": "\\ldots ", "\u0338": "\\not "}  # fmt: skip
_ACCENTS = {
    "ˆ": "hat",
    "˜": "tilde",
    "¯": "bar",
    "˙": "dot",
    "ˇ": "check",
    "¨": "ddot",
    "⃗": "vec",
    "^": "hat",
    "~": "tilde",
}

Spaced = tuple[Sign, bool]
"""A sign, and whether a blank stands before it."""


@dataclass(slots=True)
class _Atom:
    text: str
    below: list[Spaced] = field(default_factory=list)
    above: list[Spaced] = field(default_factory=list)


def signs_of(word: Word) -> Iterator[Sign]:
    """The signs of a word; one that is no formula stays whole where it has letters alone."""
    if word.signs:
        yield from word.signs
    elif len(word.text) > 1 and word.text.strip(".,").isalpha():
        yield Sign(word.text, word.x0, word.y, word.size, False)
    else:
        step = (word.x1 - word.x0) / max(len(word.text), 1)
        for number, sign in enumerate(word.text):
            yield Sign(sign, word.x0 + number * step, word.y, word.size, False)


def level(sign: Sign, size: float, base: float) -> int:
    """1 for an exponent, -1 for an index, 0 for a sign of the row itself."""
    if sign.large or sign.size >= SCRIPT * size:
        return 0
    return 1 if sign.y > base + _RAISED * size else -1 if sign.y < base + _LOWERED * size else 0


def is_readable(signs: Iterable[Sign]) -> bool:
    """Whether every sign is one that TeX has a name or a place for."""
    return not any("\ue000" <= one <= "\uf8ff" or one < " " for sign in signs for one in sign.text)


def tex(signs: Iterable[Spaced], size: float, base: float) -> str:
    """Signs in the order of reading as TeX. `size` and `base` are those of the row that they stand in."""
    atoms: list[_Atom] = []
    accent = ""
    place = float("-inf")  # of the last sign of the row
    for sign, blank in signs:
        moved = level(sign, size, base)
        if moved:
            atoms = atoms or [_Atom("{}")]
            (atoms[-1].above if moved > 0 else atoms[-1].below).append((sign, blank))
            continue
        if sign.text in _ACCENTS:
            if atoms and abs(place - sign.x) < 0.5 * size:
                atoms[-1].text = rf"\{_ACCENTS[sign.text]}{{{atoms[-1].text.strip()}}}"
            else:
                accent = _ACCENTS[sign.text]
            continue
        said = rf"\{accent}{{{_said(sign).strip()}}}" if accent else _said(sign)
        accent, place = "", sign.x
        atoms.append(_Atom((" " if blank and atoms else "") + said))
    made = "".join(_written(atom) for atom in atoms)
    made = re.sub(r"· ?· ?·", r"\\cdots ", re.sub(r"\. ?\. ?\.(?: ?\.)?", r"\\ldots ", made))
    made = _WORD.sub(r"\\text{\1}", _NAMES.sub(r"\\\1 ", made))
    made = re.sub(r"(\\[A-Za-z]+) +(?=[^A-Za-z ])", r"\1", re.sub(" +", " ", made))
    return re.sub(r" +(?=[}^_,)])", "", made).strip()


def _written(atom: _Atom) -> str:
    out = atom.text
    for sign, inside in (("_", atom.below), ("^", atom.above)):
        if inside:
            size = max(one.size for one, _ in inside)
            base = next(one.y for one, _ in inside if one.size == size)
            out = f"{out.rstrip()}{sign}{{{tex(inside, size, base)}}}"
    return out


def _said(sign: Sign) -> str:
    if sign.large:
        return sign.text
    if len(sign.text) > 1:
        return rf"\{sign.text} " if sign.text in _FUNCTIONS else rf"\;\text{{{sign.text}}}\;"
    return _ESCAPED.get(sign.text, sign.text)
