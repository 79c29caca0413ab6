"""What a PDF says of itself: title, authors, date and ids, from its first page and its properties."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from importers.documents.pdf.markdown import accents
from importers.documents.pdf.people import are_people, people
from importers.documents.pdf.words import HYPHEN, Line
from kb.model import identity
from kb.text import dates
from kb.text.strings import squash

_STAMP = re.compile(r"arXiv:\s*(\S+?)(v\d+)?\s+\[([^\]]+)\]\s+(\d{1,2}\s+\w{3}\s+\d{4})")
_DOI_LINE = re.compile(r"(?:(?:https?://)?(?:dx\.)?doi(?:\.org/|:?\s*)|doi\s+)(?P<doi>10\.\d{4,9}/[^\s,;]+)", re.I)
_BARE_DOI = re.compile(rf"(?P<doi>{identity.DOI})")
_PLACEHOLDER = re.compile(r"n{4,}|x{4,}|0{6,}|1122445|1234567", re.I)
_SILLY = re.compile(
    r"(?:untitled|document\d*|paper|main|title|manuscript|microsoft word.*|arxiv:.*|doi:.*|.*https?:.*|.*\bissn\b.*"
    r"|\S+\.(?:docx?|tex|dvi|pdf|indd|qxd|ps|rtf)|\S*_\S*|.{0,4}|.*no job name.*)",
    re.I,
)
_BODY = re.compile(
    r"(?:abstract|a b s t r a c t|a r t i c l e|summary|(?:1\.?\s+|i\.\s+)?introduction|key ?words?|contents|résumé"
    r"|resumen|resumo|zusammenfassung|author note)\b[.:—-]?",
    re.I,
)
_NO_TITLE = re.compile(
    r"(?:\w+ ){0,2}(?:journal|annals|proceedings|transactions|bulletin|archives) (?:of|on|in|for) .*"
    r"|\d{1,2}(?:\.\d{1,2})*\.? [A-Z].*|(?:\d{1,2}\.? )?[A-Z][a-z]{2,8}\.? (?:\d{1,2}, ?)?(?:19|20)\d\d"
    r"|[A-Z]+\d*-?[\dX]+|(?:doi|issn|vol)\b.*|https?:\S+|arxiv:.*",
    re.I,
)
_PROSE = 7  # words in small letters that no address has
_PRINTED = re.compile(r"skia|chrome|firefox|quartz|webkit|cairo", re.I)


def stamp(sideways: str, lines: Sequence[Line]) -> tuple[dict[str, str], str | None]:
    """The paper's arXiv id and version with the date, where arXiv stamped the page."""
    for text in (squash(sideways), *(line.text for line in lines if "arXiv:" in line.text)):
        if (match := _STAMP.search(text)) and (paper := identity.of_arxiv(match[1] + (match[2] or ""))):
            return dict(paper.external_ids), dates.read(match[4])
    return {}, None


def doi(lines: Sequence[Line]) -> str | None:
    """The DOI on a line of its own on the first page; one inside a sentence is somebody else's."""
    for line in lines:
        text = line.text.strip()
        match = _BARE_DOI.fullmatch(text) or (_DOI_LINE.search(text) if len(text.split()) <= 12 else None)
        if match and not _PLACEHOLDER.search(match["doi"]):
            return match["doi"].rstrip(".)]}>")
    return None


def title_lines(metadata: Mapping[str, str], lines: Sequence[Line], size: float) -> list[Line]:
    """The lines of the title: those that say what the properties say; else the largest above the abstract."""
    head = _head(lines)
    given = _letters(metadata.get("Title", ""))
    if len(given) > 8 and (said := _saying(given, head)):
        return said
    runs: list[list[Line]] = []
    for line in head:
        if not re.search(r"[^\W\d_]{2}", line.text) or _NO_TITLE.fullmatch(line.text.strip()):
            continue
        last = runs[-1][-1] if runs else None
        if last and _is_same_type(last, line) and 0 < last.y - line.y < 2.8 * line.size:
            runs[-1].append(line)
        else:
            runs.append([line])
    large = [run for run in runs if run[0].size >= 1.12 * size]
    if not large:  # a title of the text's own size is told by its weight or its capitals
        large = [run for run in runs[:3] if run[0].bold or _is_in_capitals(run[0])][:1]
        return large[0] if large and len(re.findall(r"[^\W\d_]{3,}", large[0][0].text)) > 1 else []
    largest = max(run[0].size for run in large)
    return max((run for run in large if run[0].size > 0.98 * largest or not are_people(run)), key=_weight)


def _weight(run: Sequence[Line]) -> float:
    """How much a run of lines looks like a title: by its size, and by its length up to that of a short one."""
    return float(run[0].size ** 1.5 * min(sum(len(line.text) for line in run), 20))


def _saying(given: str, head: Sequence[Line]) -> list[Line]:
    """The lines that together say the given letters."""
    for first in range(len(head)):
        said = ""
        for last in range(first, min(first + 6, len(head))):
            said += _letters(head[last].text)
            if said[: len(given)] == given and len(said) - len(given) < 4:
                return list(head[first : last + 1])
            if not given.startswith(said):
                break
    return []


def _letters(words: str) -> str:
    return "".join(sign for sign in accents(words).casefold() if sign.isalnum())


def _is_same_type(one: Line, other: Line) -> bool:
    close = abs(one.size - other.size) < 0.06 * other.size
    alike = one.words[0].bold == other.words[0].bold and _is_in_capitals(one) == _is_in_capitals(other)
    return close and (alike or min(len(one.text), len(other.text)) < 7)


def _is_in_capitals(line: Line) -> bool:
    letters = [sign for sign in line.text if sign.isalpha()]
    return len(letters) > 3 and sum(sign.isupper() for sign in letters) > 0.8 * len(letters)


def title(metadata: Mapping[str, str], found: Sequence[Line], page: str) -> str:
    """The title in the properties where the first page has its words too, else the largest line; "" if none."""
    given = squash(metadata.get("Title", ""))
    known = set(re.findall(r"\w+", page.casefold()))
    words = re.findall(r"\w+", given.casefold())
    if words and not _SILLY.fullmatch(given) and sum(word in known for word in words) >= 0.7 * len(words):
        return given
    text = accents(squash(" ".join(line.text for line in found).replace(HYPHEN + " ", "").replace(HYPHEN, "")))
    return re.sub(r"[∗*†‡]+$", "", text).strip()


def authors(metadata: Mapping[str, str], lines: Sequence[Line], found: Sequence[Line]) -> list[str]:
    """The people named under the title, else those in the properties."""
    head = " ".join(line.text for line in _head(lines))
    first = next((number for number, line in enumerate(lines) if found and line is found[0]), 0)
    return people(metadata, head, _below(lines, found), lines[:first])


def date(metadata: Mapping[str, str]) -> str | None:
    """The day the file was made, where it was made by its authors: a browser's print says nothing."""
    match = re.match(r"(?:D:)?((?:19|20)\d\d)(\d\d)(\d\d)", metadata.get("CreationDate", ""))
    maker = metadata.get("Producer", "") + metadata.get("Creator", "")
    if not match or _PRINTED.search(maker):
        return None
    return dates.day_of(int(match[1]), int(match[2]), int(match[3]))


def front(lines: Sequence[Line], found: Sequence[Line]) -> list[Line]:
    """What stands between the title and the text: names, addresses, a logo's words. None of it is a heading."""
    return _below(lines, found) if len(_head(lines)) < len(lines) and _starts(lines) else []


def _starts(lines: Sequence[Line]) -> bool:
    return any(_BODY.match(line.text) and len(line.text) < 40 for line in lines[1:])


def _head(lines: Sequence[Line]) -> list[Line]:
    for number, line in enumerate(lines):
        if number and _BODY.match(line.text) and len(line.text) < 40:
            return list(lines[:number])
    return list(lines[: max(12, len(lines) // 2)])


def _below(lines: Sequence[Line], found: Sequence[Line]) -> list[Line]:
    chosen = {id(line) for line in found}
    head = _head(lines)
    last = max((n for n, line in enumerate(head) if id(line) in chosen), default=None)
    if last is None:
        return []
    below = head[last + 1 : last + 41]
    prose = next((n for n, line in enumerate(below) if _is_prose(line)), len(below))
    if _starts(lines) or prose < len(below):
        return below[:prose]
    return [line for line in below if head[last].y - line.y < 5 * head[last].size]  # only what belongs to the title


def _is_prose(line: Line) -> bool:
    """Whether a line is one of a running text: it has many words in small letters."""
    return sum(word.text[:1].islower() and len(word.text) > 1 for word in line.words) >= _PROSE
