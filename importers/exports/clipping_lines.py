"""The line of facts in a Kindle's clippings: what an entry is, on which page, at which location, since when.

`- Your Highlight on page 40 | Location 605-607 | Added on Monday, February 16, 2026 10:15:20 PM`, in the language of
the device. The words are those that tell the kinds and places in Amazon's languages, however the line is built.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kb.text.foreign_dates import read as read_date

Kind = Literal["highlight", "note", "bookmark"]

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("bookmark", re.compile(
        r"bookmark|lesezeichen|signet|marque-page|marcador|segnalibro|bladwijzer|bokm[äa]rke|zakładk|закладк"
        r"|ブックマーク|书签|書籤|북마크|책갈피", re.I)),
    ("highlight", re.compile(
        r"highlight|markierung|markering|surlign|subrayad|resaltad|evidenziazion|sottolineat|destaque|realce|sublinhad"
        r"|överstrykning|zaznaczen|podkreślen|выделен|ハイライト|标注|標註|標注|醒目|하이라이트|\bclip|ausschnitt|extrait"
        r"|recorte|ritaglio|knipsel|剪贴|クリップ", re.I)),
    ("note", re.compile(
        r"\bnote|notiz|\bnota\b|notitie|aantekening|anteckning|notatk|заметк|メモ|笔记|筆記|註記|메모", re.I)),
)  # fmt: skip
_BAR = re.compile(r"[|｜]")
_DASH = re.compile(r"\s*[-–—]\s*(?=\S)")
_RANGE = r"\D{0,6}?(?P<first>\d{1,9})(?:\s*[-–—]\s*(?P<last>\d{1,9}))?"
_LOCATION = re.compile(
    r"(?:locati(?:on|e)|\bloc\.|position|posi[cç][ií]?[oóãa]\w*|ubicaci[oó]n|posizione|emplacement|plats|pozycj\w+"
    rf"|miejsc\w+|место\w*|позици\w*|位置\s*(?:no\.?|#|：|:)?|위치){_RANGE}",
    re.I,
)
_PAGE = re.compile(
    r"(?:\bpage|\bseite|p[áa]gina|\bsid(?:a|an)|\bstroni?[ea]|страниц\w*)\s+(?P<page>\d{1,9}(?:\s*[-–]\s*\d{1,9})?"
    r"|[ivxlcdm]{1,12}\b)"
    r"|第?\s*(?P<counted>\d{1,9}(?:\s*[-–]\s*\d{1,9})?)\s*(?:ページ|页|頁|페이지)",
    re.I,
)
_ANY_RANGE = re.compile(r"(?P<first>\d{1,9})\s*[-–]\s*(?P<last>\d{1,9})")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the line says; `kind` is None in a language whose words are not known."""

    kind: Kind | None
    page: str | None = None
    location: tuple[int, int] | None = None  # first and last
    when: str | None = None  # ISO 8601, the device's own time


def facts(line: str) -> Facts | None:
    """What the second line of an entry says; None where it is no such line.

    It begins with a dash, says a number, and the parts are separated by bars.
    """
    line = line[:1000]
    begins = _DASH.match(line)
    parts = _BAR.split(line[begins.end() :]) if begins else []
    if len(parts) < 2 or not re.search(r"\d", line):
        return None
    before = " | ".join(parts[:-1]) if _YEAR.search(parts[-1]) else " | ".join(parts)
    kind = next((name for name, words in _KINDS if words.search(before)), None)
    found = _LOCATION.search(before)
    page = _PAGE.search(before)
    if found is None and page is None and kind is None:
        found = _ANY_RANGE.search(before)
    made = Facts(
        kind,
        re.sub(r"\s+", "", page["page"] or page["counted"]) if page else None,
        _range(found["first"], found["last"]) if found else None,
        read_date(parts[-1]),
    )
    return None if made == Facts(None) else made


def certain(line: str) -> Facts | None:
    """What the line says, where it is surely one: a kind that is known, a place and a date. It may stand anywhere."""
    found = facts(line)
    return found if found and found.kind and found.when and (found.page or found.location) else None


def _range(first: str, last: str | None) -> tuple[int, int]:
    """`605-07` is 605 to 607: old devices shorten the second number."""
    if last and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    start = int(first)
    return start, max(start, int(last or first))
