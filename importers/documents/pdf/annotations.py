"""What readers put on the pages of a PDF: marked words, notes, replies; as PDFium tells it, page by page.

Links, form fields, pop-up windows of other annotations and states ("accepted by …") are none of a reader's words.
"""

from __future__ import annotations

import colorsys
import ctypes
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from importers.documents.pdf.marked_words import PageText, Quad, letters
from kb.text import dates
from kb.text.strings import squash

_NOT_OF_A_READER = {"LINK", "WIDGET", "XFAWIDGET", "POPUP", "PRINTERMARK", "TRAPNET", "WATERMARK", "SCREEN", "REDACT"}
_MARKING = {"HIGHLIGHT", "UNDERLINE", "SQUIGGLY", "STRIKEOUT"}
_DATE = re.compile(r"(?:D:)?((?:19|20)\d\d)(\d\d)?(\d\d)?")
_HUES = ((15, "red"), (45, "orange"), (72, "yellow"), (165, "green"), (255, "blue"), (290, "purple"), (345, "magenta"))
_MOST_REPLIES = 50  # in a row: broken files answer in circles


@dataclass(frozen=True, slots=True)
class Mark:
    """One annotation of a page. `quote` are the marked words, whole, with words broken at an end of line joined."""

    page: int  # from 1
    author: str
    quote: str = ""
    comment: str = ""
    struck: bool = False
    colour: str | None = None
    when: str | None = None  # ISO day
    place: tuple[float, float] = (0.0, 0.0)  # in order of reading: of marked words their place, else from the head
    replies: tuple[tuple[str, str], ...] = ()  # who, and what they say


@dataclass(slots=True)
class PageMarks:
    """The annotations of a page, and how many of them say nothing: drawings, stamps, marks on a picture."""

    marks: list[Mark] = field(default_factory=list)
    silent: int = 0
    broken: int = 0


@dataclass(frozen=True, slots=True)
class _Entry:
    """An annotation as it stands in the list of its page."""

    kind: str
    mark: Mark
    answers: int | None  # the number of the annotation that it answers or belongs to
    is_state: bool


def read_marks(page: Any, number: int) -> PageMarks:
    """The annotations of a pypdfium2 page; the page is number `number`, from 1."""
    import pypdfium2.raw as raw

    count = raw.FPDFPage_GetAnnotCount(page.raw)
    found, entries = PageMarks(), dict[int, _Entry]()
    text: PageText | None = None
    kinds = _kinds() if count else {}
    for index in range(count):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            found.broken += 1
            continue
        try:
            kind = kinds.get(raw.FPDFAnnot_GetSubtype(annotation), "UNKNOWN")
            if kind == "UNKNOWN":
                found.broken += 1
            elif kind not in _NOT_OF_A_READER or _is_lone_popup(raw, annotation, kind):
                if text is None:
                    text = PageText.of(raw, page)
                entries[index] = _entry(raw, page, annotation, kind, number, text)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    _gather(entries, found)
    return found


@cache
def _kinds() -> dict[int, str]:
    """What PDFium's numbers of kinds of annotations mean: HIGHLIGHT, TEXT, …"""
    import pypdfium2.raw as raw

    others = ("FPDF_ANNOT_FLAG", "FPDF_ANNOT_A")
    names = (name for name in dir(raw) if name.startswith("FPDF_ANNOT_") and not name.startswith(others))
    return {getattr(raw, name): name.removeprefix("FPDF_ANNOT_") for name in names}


def _is_lone_popup(raw: Any, annotation: Any, kind: str) -> bool:
    """Whether it is a window that belongs to no annotation, and has words of its own."""
    return kind == "POPUP" and not raw.FPDFAnnot_HasKey(annotation, b"Parent")


def _entry(raw: Any, page: Any, annotation: Any, kind: str, number: int, text: PageText) -> _Entry:
    rect = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, rect)
    quote, at = "", -rect.top
    if kind in _MARKING:
        quads = _quads(raw, annotation) or [(rect.left, rect.bottom, rect.right, rect.top)]
        quote, first = text.within(quads)
        at = first if first is not None else at
    comment = _string(raw, annotation, "Contents") or _plain(_string(raw, annotation, "RC"))
    if comment == quote or (letters(quote) and letters(comment) == letters(quote)):
        comment = ""  # the program keeps a copy of the marked words there
    mark = Mark(
        page=number,
        author=squash(_string(raw, annotation, "T")),
        quote=quote,
        comment=comment,
        struck=kind == "STRIKEOUT",
        colour=_colour(raw, annotation),
        when=_day(_string(raw, annotation, "CreationDate")) or _day(_string(raw, annotation, "M")),
        place=(at, rect.left),
    )
    return _Entry(kind, mark, _answered(raw, page, annotation), bool(_string(raw, annotation, "StateModel")))


def _answered(raw: Any, page: Any, annotation: Any) -> int | None:
    if not raw.FPDFAnnot_HasKey(annotation, b"IRT"):
        return None
    above = raw.FPDFAnnot_GetLinkedAnnot(annotation, b"IRT")
    if not above:
        return None
    try:
        return int(raw.FPDFPage_GetAnnotIndex(page.raw, above))
    finally:
        raw.FPDFPage_CloseAnnot(above)


def _gather(entries: dict[int, _Entry], found: PageMarks) -> None:
    """The marks, each with what answers it or belongs to it: a replacement is a struck word and a sign with words."""
    marks = {index: one.mark for index, one in entries.items() if _root(index, entries) == index}
    for index, one in entries.items():
        root = _root(index, entries)
        if root == index or one.is_state:
            continue
        above, words = marks[root], one.mark.comment
        if one.mark.author != above.author and not one.mark.author:
            marks[index] = replace(one.mark, quote=above.quote, place=above.place)  # whoever it is, it is not that one
        elif one.mark.author != above.author:
            if words:
                marks[root] = replace(above, replies=(*above.replies, (one.mark.author, words)))
        else:  # a part of it, or what its reader added later
            marks[root] = replace(
                above,
                quote=above.quote or one.mark.quote,
                struck=above.struck or one.mark.struck,
                comment="\n".join(part for part in (above.comment, words) if part),
                place=above.place if above.quote or not one.mark.quote else one.mark.place,
            )
    said = {one.comment for index, one in marks.items() if entries[index].kind != "POPUP"}
    for index, mark in marks.items():
        if entries[index].is_state or mark in found.marks:
            continue
        if entries[index].kind == "POPUP" and (not mark.comment or mark.comment in said):
            continue  # the window of another that does not say so
        if mark.quote or mark.comment or mark.replies:
            found.marks.append(mark)
        else:
            found.silent += 1
    found.marks.sort(key=lambda mark: mark.place)


def _root(index: int, entries: dict[int, _Entry]) -> int:
    """The annotation that a chain of answers begins with; what answers nothing that is there begins one."""
    at = index
    for _ in range(_MOST_REPLIES):
        above = entries[at].answers
        if above is None or above == at or above not in entries:
            return at
        at = above
    return index


def _quads(raw: Any, annotation: Any) -> list[Quad]:
    points, found = raw.FS_QUADPOINTSF(), []
    for number in range(raw.FPDFAnnot_CountAttachmentPoints(annotation)):
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, number, points):
            across = (points.x1, points.x2, points.x3, points.x4)
            up = (points.y1, points.y2, points.y3, points.y4)
            found.append((min(across), min(up), max(across), max(up)))
    return [quad for quad in found if quad[2] > quad[0] and quad[3] > quad[1]]


def _string(raw: Any, annotation: Any, key: str) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key.encode(), None, 0)  # bytes, with the zero at the end
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(annotation, key.encode(), buffer, size)
    said = bytes(buffer).decode("utf-16-le", "replace").partition("\0")[0]
    return re.sub(r"\r\n?|\u2028|\u2029", "\n", said).strip()


def _plain(markup: str) -> str:
    """The words of rich text; each of its paragraphs on lines of its own."""
    lines = re.sub(r"</p\s*>|<br\s*/?>", "\n", re.sub(r"<\?.*?\?>|\s+", " ", markup))
    words = html.unescape(re.sub(r"<[^<>]*>", "", lines))
    return "\n".join(squash(line) for line in words.split("\n")).strip()


def _day(written: str) -> str | None:
    match = _DATE.match(written)
    return dates.day_of(int(match[1]), int(match[2]), int(match[3])) if match and match[3] else None


def _colour(raw: Any, annotation: Any) -> str | None:
    """The name of its colour. Of one with a drawing of its own PDFium tells the colour only without that."""
    if not raw.FPDFAnnot_HasKey(annotation, b"C"):
        return None
    raw.FPDFAnnot_SetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None)  # of the copy in memory
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFAnnot_GetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, red, green, blue, alpha):
        return None
    return colour_name(red.value, green.value, blue.value)


def colour_name(red: int, green: int, blue: int) -> str | None:
    """What a reader would call a colour, given as 0 to 255; None for black and white."""
    hue, saturation, value = colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)
    if saturation < 0.12:
        return "gray" if 0.25 < value < 0.92 else None
    return next((name for limit, name in _HUES if hue * 360 < limit), "red")


def lines_of_problems(pages: Iterable[tuple[int, PageMarks]]) -> list[str]:
    """What was left out, for the person."""
    silent, broken = 0, list[int]()
    for number, page in pages:
        silent += page.silent
        broken += [number] * page.broken
    lines = []
    if silent:
        what = "1 annotation" if silent == 1 else f"{silent} annotations"
        lines.append(f"{what} without words (drawings, stamps, marks on no text) left out")
    if broken:
        what = "1 annotation that is" if len(broken) == 1 else f"{len(broken)} annotations that are"
        lines.append(f"{what} damaged left out, the first on page {broken[0]}")
    return lines
