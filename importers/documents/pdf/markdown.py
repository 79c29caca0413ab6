"""Paragraphs of a PDF as Markdown: hyphens at line ends resolved, accents put together, pages marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from importers.documents.pdf.displays import display
from importers.documents.pdf.formulas import spans
from importers.documents.pdf.paragraphs import Piece
from importers.documents.pdf.words import HYPHEN, Line, Rule, Word

PAGE_MARK = re.compile(r"<!-- page (\d+)(?:, column (\d))? -->")
"""Stands on a line of its own where a page begins, and a column of it."""

_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_LEFT = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*$")
_RIGHT = re.compile(r"[^\W\d_]+")
_PREFIXES = frozenset([
    "co", "de", "ex", "in", "re", "un", "non", "pre", "pro", "sub", "con", "com", "dis", "mis", "per", "out",
    "over", "under", "inter", "super", "trans",
])  # fmt: skip
_ACCENTS = {
    "´": "\u0301", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "˘": "\u0306",
    "˚": "\u030a", "˝": "\u030b", "`": "\u0300",
}  # fmt: skip
_ACCENTED = re.compile(rf"(?<=[^\W\d_])\s?([{''.join(_ACCENTS)}])\s?([^\W\d_])|\b([{''.join(_ACCENTS)}])([^\W\d_])")
_MARKUP = re.compile(r"(#{1,6}(?=\s|$)|>|[-+*](?=\s)|\||<|`{3}|~{3}|\$\$|={3,}|-{3,}|\[\^[^\]]*\]:|\[[^\]]*\]:\s*\S+$)")
_ORDERED = re.compile(r"(\d{1,9})([.)])(?=\s)")
_BULLET = re.compile(r"^(?:[•◦▪‣●○∙·■□➢▶]|[–—-](?=\s))\s*")
_URL_END = re.compile(r"(?:https?:|www\.|doi\.org)\S*$", re.I)


class Hyphens:
    """Tells a word that was broken at a line's end from one that has its hyphen of its own."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.words: set[str] = set()
        broken = False
        for line in lines:
            found = [match[0].casefold() for match in _WORD.finditer(line.text)]
            if broken:
                del found[:1]  # half a word proves nothing
            broken = line.text.endswith((HYPHEN, "-"))
            if broken:
                del found[-1:]
            self.words.update(found)
            self.words.update(part for word in found if "-" in word for part in word.split("-"))

    def join(self, left: str, right: str) -> str:
        """Two lines as one, the first of which ends in a hyphen."""
        body = left[:-1]
        if _URL_END.search(body):
            return body + "-" + right
        a, b = _LEFT.search(body), _RIGHT.match(right)
        if not a or not b:
            return body + "-" + right if body[-1:].isalnum() else left.replace(HYPHEN, "-") + right
        first, second = a[0].casefold(), b[0].casefold()
        if first + second in self.words and first + "-" + second not in self.words:
            return body + right
        if first + "-" + second in self.words:
            return body + "-" + right
        if not b[0].islower() or not a[0][-1].islower() or "-" in first:
            return body + "-" + right
        whole = first in self.words and second in self.words and first not in _PREFIXES
        return body + ("-" if whole and len(first) > 2 and len(second) > 2 else "") + right


def join(lines: Sequence[str], hyphens: Hyphens) -> str:
    """The lines as one paragraph."""
    out = lines[0].strip() if lines else ""
    for line in lines[1:]:
        line = line.strip()
        if out.endswith(HYPHEN):
            out = hyphens.join(out, line)
        elif out.endswith("-") and len(out) > 1 and not out[-2].isspace() and line[:1].isalnum():
            out = hyphens.join(out, line) if line[:1].islower() else out + line
        elif (url := _URL_END.search(out)) and re.match(r"[\w/.%?=&#~+-]*[/._%?=&#-][\w/]", line):
            inside = url[0][-1] in "/:._-?=&#%" or line[0] in "/.?&#" or "/" in line.split()[0].rstrip("/")
            out += line if (inside and url[0].count("/") != 2) or line[0] in "/.?&#" else " " + line
        else:
            out += line if out.endswith(("—", "–")) else " " + line
    return out.replace(HYPHEN, "-")


def markdown(pieces: Sequence[Piece], hyphens: Hyphens, size: float, rules: Mapping[int, Sequence[Rule]]) -> str:
    """The text, with a mark where each page begins, and each column; page 1 in one column needs none."""
    labels = _labels(pieces)
    out: list[str] = []
    place, tight = (1, 0), False
    for piece in pieces:
        if piece.role == "formula":
            text = display(piece.lines, rules.get(piece.page, ()))
        else:
            text = _block(piece, hyphens, labels, size)
        if piece.page > place[0] or (text and (piece.page, piece.column) != place and piece.role != "note"):
            place = piece.page, piece.column
            out.append(f"\n<!-- page {place[0]}{f', column {place[1]}' if place[1] else ''} -->\n")
            tight = False
        if not text:
            continue
        # Items stand close together, as a list does.
        out.append(text if tight and piece.role == "bullet" else "\n" + text)
        tight = piece.role == "bullet"
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip() + "\n"


def _labels(pieces: Sequence[Piece]) -> dict[tuple[int, str], str]:
    """A name for each footnote: its mark, with the page where the mark is not the only one of its kind."""
    used: set[str] = set()
    labels = {}
    for number, piece in enumerate(pieces):
        if piece.role != "note" or not piece.mark:
            continue
        label = piece.mark if piece.mark not in used else f"{piece.mark}-p{piece.page}"
        while label in used:
            label = f"{label}-{number}"
        used.add(label)
        labels[piece.page, piece.mark] = label
    return labels


def _block(piece: Piece, hyphens: Hyphens, labels: dict[tuple[int, str], str], size: float) -> str:
    if piece.role == "code":
        return _program(piece.lines)
    if piece.role == "figure":
        rows = [_row(line) for line in piece.lines]
        return "```\n" + "\n".join(row.replace("```", "'''") for row in rows) + "\n```"
    texts = [_line(line, labels) for line in piece.lines]
    if piece.role == "note":
        mark = piece.mark
        if not mark:
            return escape(accents(join(texts, hyphens)))
        texts[0] = texts[0].removeprefix(mark).strip()
        return f"[^{labels[piece.page, mark]}]: {accents(join(texts, hyphens))}"
    if piece.role == "heading":
        words = accents(join([line.text for line in piece.lines], hyphens))
        return "#" * piece.level + " " + words.strip("# ")
    if piece.role == "bullet":
        return "- " + accents(_BULLET.sub("", join(texts, hyphens)))
    texts[0] = _run_in(piece.lines[0], texts[0], size)
    return escape(accents(join(texts, hyphens)))


def _program(lines: Sequence[Line]) -> str:
    """Lines of a program, with the blanks at their heads and between their words."""
    left = min(line.x0 for line in lines)
    width = max(sum(_width(line) for line in lines) / len(lines), 1.0)
    rows: list[str] = []
    last: Line | None = None
    for line in lines:
        out = " " * round((line.x0 - left) / width)
        for before, word in zip([None, *line.words], line.words, strict=False):
            gap = 0.0 if before is None or word.glued else (word.x0 - before.x1) / width
            out += " " * (0 if before is None or word.glued else max(1, round(gap))) + word.text
        if last is not None and 1.7 * line.size < last.y - line.y < 4 * line.size:
            rows.append("")
        last = line
        rows.append(out.replace(HYPHEN, "-").rstrip())
    fence = "`" * max(3, *(len(found) + 1 for row in rows for found in re.findall(r"`{3,}", row)), 3)
    return f"{fence}\n" + "\n".join(rows) + f"\n{fence}"


def _width(line: Line) -> float:
    """The width of a sign of a line in letters of one width."""
    signs = sum(len(word.text) for word in line.words)
    return sum(word.x1 - word.x0 for word in line.words) / max(signs, 1)


def _row(line: Line) -> str:
    """A row of a table or drawing with its wide blanks kept."""
    out = line.words[0].text
    for before, word in zip(line.words, line.words[1:], strict=False):
        out += ("   " if word.x0 - before.x1 > 1.2 * line.size else "" if word.glued else " ") + word.text
    return accents(out.replace(HYPHEN, "-"))


def _line(line: Line, labels: dict[tuple[int, str], str]) -> str:
    """The line with its footnote marks as Markdown's, its formulas as TeX."""
    noted = any(page == line.page for page, _ in labels)
    formulas = {span.first: span for span in spans(line)} if any(word.signs for word in line.words) else {}
    if not noted and not formulas:
        return line.text.replace("$", "\\$")
    out, at = "", 0
    while at < len(line.words):
        word = line.words[at]
        if (span := formulas.get(at)) is not None:
            out += ("" if word.glued or not out else " ") + f"{span.before}${span.tex}${span.after}"
            at = span.last
            continue
        at += 1
        text = word.text.replace("$", "\\$")
        label = labels.get((line.page, word.text.strip(","))) if noted and out and _raised(word, line) else None
        if label:
            out = out.rstrip() + f"[^{label}]"
        elif out.endswith(HYPHEN):
            out = out[:-1] + text
        elif out.endswith("]") and text in {",", ".", ";", ":"}:
            out += text
        else:
            out += text if word.glued or not out else " " + text
    return out


def _raised(word: Word, line: Line) -> bool:
    return word.size < 0.85 * line.size and word.y > line.y + 0.15 * line.size


def _run_in(line: Line, text: str, size: float) -> str:
    """A bold beginning of a paragraph is its title."""
    bold = 0
    while bold < len(line.words) and line.words[bold].bold:
        bold += 1
    head = " ".join(word.text for word in line.words[:bold])
    if not 0 < bold < len(line.words) or len(head) < 4 or line.size < 0.9 * size or not text.startswith(head):
        return text
    return f"**{head}**{text[len(head) :]}"


def accents(text: str) -> str:
    """Letters whose accent was drawn beside them: "M¨uller" is "Müller"."""
    if not any(sign in text for sign in _ACCENTS):
        return text

    def put(match: re.Match[str]) -> str:
        sign, letter = match[1] or match[3], match[2] or match[4]
        letter = "i" if letter == "ı" else letter
        whole = unicodedata.normalize("NFC", letter + _ACCENTS[sign])
        return whole if len(whole) == 1 else match[0]

    return _ACCENTED.sub(put, text)


def escape(text: str) -> str:
    """The paragraph with nothing at its head that Markdown would take for a sign."""
    if _MARKUP.match(text):
        return "\\" + text
    return _ORDERED.sub(r"\1\\\2", text, count=1) if _ORDERED.match(text) else text
