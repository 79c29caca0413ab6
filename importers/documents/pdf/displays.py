"""Formulas of a PDF that stand on rows of their own: sums with their limits, fractions, several rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from importers.documents.pdf.formula_tex import (
    LIMITED,
    RELATION,
    SCRIPT,
    WORDS,
    Spaced,
    is_readable,
    level,
    signs_of,
    tex,
)
from importers.documents.pdf.formulas import is_math
from importers.documents.pdf.words import Line, Rule, Sign, Word

_OFF = 0.35  # a sign of full size that is moved so far stands in a fraction
_AXIS = 0.6  # the line of a fraction stands so high at most, in sizes
_FARTHEST = 0.8  # an exponent or index stands no farther from its row, in sizes; a limit does
_MOST_RULES = 30
_BESIDE = 2.0  # points by which a fraction is wider than its line
_LARGE = re.compile(r"\\(?:sum|prod|int|big)")
_DECIMAL, _DECIMALS = re.compile(r"[-−]?\d*\.\d+"), 2  # a row of a table has more of them
_CUT = re.compile(r"(?:^[=+]|[=+−<>]|\\(?:sum|prod|int)(?:[_^]\{[^{}]*\})*)\s*$")
_HANGING = re.compile(r"[=+−<>≤≥≈∼·×] ?[_^]\{")  # what belongs to no letter
_EQUATION = re.compile(r"\(\d{1,3}[a-z]?(?:\.\d{1,3})?\)")


def are_formulas(lines: Sequence[Line], size: float) -> list[bool]:
    """Which lines are displayed formulas, or pieces of such: signs, numbers and names of functions, with a relation."""
    able = [_is_able(line, size) for line in lines]
    out = [False] * len(lines)
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and able[end] and (end == at or abs(lines[end].y - lines[end - 1].y) < 3.2 * size):
            end += 1
        group = lines[at:end]
        if end == at + 1 and at and not able[at - 1] and _runs_on(lines[at - 1], lines[at]):
            pass  # the last line of a paragraph
        elif any(any(map(is_math, line.words)) and RELATION.search(line.text) for line in group):
            out[at:end] = [True] * (end - at)
        at = max(end, at + 1)
    return out


def _runs_on(before: Line, line: Line) -> bool:
    """Whether a line stands below another as the lines of a paragraph do."""
    return abs(line.x0 - before.x0) < 0.5 * line.size and 0 < before.y - line.y < 1.6 * line.size


def _is_able(line: Line, size: float) -> bool:
    said = [word.text.strip("().,;:") for word in line.words if not word.signs]
    plain = [word for word in said if re.search(r"[^\W\d_]{2}", word) and word not in WORDS]
    decimals = sum(_DECIMAL.fullmatch(word) is not None for word in said)
    if plain or line.size > 1.3 * size or decimals > (0 if line.gaps else _DECIMALS):
        return False
    if any(map(is_math, line.words)) or all(word in WORDS for word in said):
        return True
    text = line.text.strip()
    small = line.size < SCRIPT * size or re.fullmatch(r"[\W\d_]*|[^\W\d_]", text) is not None
    return len(text) <= 12 and (_EQUATION.fullmatch(text) is not None or small)


def display(lines: Sequence[Line], rules: Sequence[Rule]) -> str:
    """Displayed formulas as TeX between `$$`; their signs with a mark that they are a formula where they stand in a way
    that is not understood.
    """
    words = [word for line in lines for word in line.words]
    right = max(word.x1 for word in words)
    numbers = [word for word in words if _EQUATION.fullmatch(word.text) and right - word.x1 < 3]
    rules = _near(words, rules)
    rows = _rows([word for word in words if word not in numbers])
    made = [_row(signs, base, rules) for base, signs in rows]
    if not made or None in made:
        return _marked(lines)
    tag = rf" \tag{{{numbers[0].text.strip('()')}}}" if len(numbers) == 1 else ""
    for number in numbers if not tag else ():
        at = min(range(len(rows)), key=lambda row: abs(rows[row][0] - number.y))
        made[at] = rf"{made[at]} \quad {number.text}"
    whole = " \\\\\n".join(filter(None, made))
    if _CUT.search(whole) or _closes_first(whole):
        return _marked(lines)
    if len(made) > 1:
        whole = "\\begin{aligned}\n" + whole + "\n\\end{aligned}"
    return f"$$\n{whole}{tag}\n$$" if whole.strip() else ""


def _near(words: Sequence[Word], rules: Sequence[Rule]) -> list[Rule]:
    """The lines that stand among some words."""
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    low, high = min(word.y - word.size for word in words), max(word.y + 2 * word.size for word in words)
    found = [rule for rule in rules if left - 20 < rule.x0 and rule.x1 < right + 20 and low < rule.y < high]
    return found[:_MOST_RULES]


def _marked(lines: Sequence[Line]) -> str:
    said = " ".join(line.text for line in lines).replace("$", "\\$")
    return f"[formula: {''.join(sign for sign in said if sign.isprintable())}]"


def _closes_first(made: str) -> bool:
    """Whether a bracket closes that was never opened: the formula began on another line."""
    depth = 0
    for sign in made:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth < 0:
            return "[" not in made and "]" not in made
    return False


def _rows(words: Sequence[Word]) -> list[tuple[float, list[Spaced]]]:
    """The rows of formulas: their baselines from the top, those of relations, and the signs that belong to each, with
    whether a blank stands before them.
    """
    signs = [(sign, not number and not word.glued) for word in words for number, sign in enumerate(signs_of(word))]
    size = max((sign.size for sign, _ in signs if not sign.large), default=0.0)
    full = [sign for sign, _ in signs if not sign.large and sign.size >= SCRIPT * size]
    bases: list[float] = []
    for sign in sorted((one for one in full if RELATION.match(one.text)), key=lambda one: -one.y):
        if not bases or bases[-1] - sign.y > 1.1 * size:
            bases.append(sign.y)
    if not bases and full:
        heights = [round(sign.y) for sign in full]
        bases = [float(max(set(heights), key=heights.count))]
    rows: list[tuple[float, list[Spaced]]] = [(base, []) for base in bases]
    for sign, blank in signs:
        if rows:
            middle = sign.y - (0.3 * size if sign.large else 0)
            min(rows, key=lambda row: abs(row[0] - middle))[1].append((sign, blank))
    return rows


def _row(signs: Sequence[Spaced], base: float, rules: Sequence[Rule]) -> str | None:
    """One row as TeX; None where a sign stands in a way that is not understood."""
    size = max((sign.size for sign, _ in signs if not sign.large), default=0.0)
    if not is_readable(sign for sign, _ in signs) or not _are_paired([sign for sign, _ in signs if sign.large]):
        return None
    rest = sorted(signs, key=lambda one: one[0].x)
    pieces: list[tuple[float, str]] = []
    for rule in sorted(rules, key=lambda rule: rule.x0 - rule.x1):
        inside = [one for one in rest if rule.x0 - _BESIDE <= one[0].x <= rule.x1]
        root = next((one for one in rest if _is_root_of(one[0], rule, base, size)), None)
        others = [one for one in rules if one is not rule]
        made: str | None = ""
        if root is not None and inside:
            made = _below(inside, others)
            made, inside = made and rf"\sqrt{{{made}}}", [root, *inside]
        elif base < rule.y < base + _AXIS * size:
            above, below = [one for one in inside if one[0].y > rule.y], [one for one in inside if one[0].y < rule.y]
            if above and below:
                parts = [_below(part, others) for part in (above, below)]
                made = rf"\frac{{{parts[0]}}}{{{parts[1]}}}" if None not in parts else None
        if made is None:
            return None
        if made:
            pieces.append((min(one[0].x for one in inside), made))
            taken = {id(one) for one in inside}
            rest = [one for one in rest if id(one) not in taken]
    if any(_is_astray(sign, size, base) for sign, _ in rest):
        return None
    return _written(rest, sorted(pieces), size, base)


def _are_paired(large: Sequence[Sign]) -> bool:
    """Whether large brackets open as often as they close: PDFium takes some of them for blanks."""
    said = "".join(sign.text for sign in large)
    return all(said.count(one) == said.count(other) for one, other in ("()", "[]"))


def _below(signs: Sequence[Spaced], rules: Sequence[Rule]) -> str | None:
    """What stands above or below the line of a fraction, or under a root, by its own baseline."""
    size = max((sign.size for sign, _ in signs if not sign.large), default=0.0)
    heights = [round(sign.y, 1) for sign, _ in signs if not sign.large and sign.size >= SCRIPT * size]
    return _row(signs, max(set(heights), key=heights.count), rules) if heights else None


def _written(rest: Sequence[Spaced], pieces: Sequence[tuple[float, str]], size: float, base: float) -> str | None:
    out: list[str] = []
    at = 0
    places = [x for x, _ in pieces]
    over = [one for one in rest if _takes_limits(one[0])]
    ordered, limited = _with_limits(rest, over, size, base)
    if any(
        level(sign, size, base) and abs(sign.y - base) > _FARTHEST * size
        for sign, _ in ordered
        if id(sign) not in limited
    ):
        return None
    for place, piece in zip([*places, float("inf")], [*(made for _, made in pieces), ""], strict=True):
        end = at
        while end < len(ordered) and (ordered[end][0].x < place or id(ordered[end][0]) in limited):
            end += 1
        out += [tex(ordered[at:end], size, base), piece]
        at = end
    made = " ".join(filter(None, out))
    return None if any(sign in made for sign in ("{}_", "{}^", "√", r"\surd")) or _HANGING.search(made) else made


def _is_root_of(sign: Sign, rule: Rule, base: float, size: float) -> bool:
    """Whether a sign is a root whose line is this rule."""
    return (
        sign.text.strip() in {"√", r"\surd"}
        and 0.3 * size < rule.x0 - sign.x < 1.4 * size
        and rule.y > base + 0.5 * size
    )


def _is_astray(sign: Sign, size: float, base: float) -> bool:
    """Whether a sign of full size stands beside the row."""
    return not sign.large and sign.size >= SCRIPT * size and abs(sign.y - base) >= _OFF * size


def _with_limits(
    signs: Sequence[Spaced], over: Sequence[Spaced], size: float, base: float
) -> tuple[list[Spaced], set[int]]:
    """The signs from left to right, the limits of a sum or a maximum right behind it; and which signs are limits."""
    far = [one for one in signs if level(one[0], size, base) and abs(one[0].y - base) > 0.5 * size] if over else []
    limits: dict[int, list[Spaced]] = {}
    for run in _runs(far, size):
        middle = (run[0][0].x + run[-1][0].x) / 2
        number = min(range(len(over)), key=lambda n: abs(_middle(over[n][0], size) - middle))
        if abs(_middle(over[number][0], size) - middle) < 2 * size:
            limits.setdefault(number, []).extend(run)
    taken = {id(one[0]) for found in limits.values() for one in found}
    ordered = [one for one in signs if id(one[0]) not in taken]
    for number, found in limits.items():
        at = next(n for n, one in enumerate(ordered) if one is over[number]) + 1
        ordered[at:at] = found
    return ordered, taken


def _runs(signs: Sequence[Spaced], size: float) -> list[list[Spaced]]:
    """Small signs that stand side by side at one height, each run from left to right."""
    found: list[list[Spaced]] = []
    for one in sorted(signs, key=lambda one: one[0].x):
        for run in found:
            last = run[-1][0]
            if abs(last.y - one[0].y) < 0.35 * size and one[0].x - last.x < (0.5 * len(last.text) + 0.5) * last.size:
                run.append(one)
                break
        else:
            found.append([one])
    return found


def _takes_limits(sign: Sign) -> bool:
    return _LARGE.match(sign.text) is not None if sign.large else sign.text in LIMITED


def _middle(sign: Sign, size: float) -> float:
    return sign.x + (0.6 * size if sign.large else 0.25 * size * len(sign.text))
