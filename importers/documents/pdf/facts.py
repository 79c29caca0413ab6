"""What a PDF says of itself: title, authors, date and ids, from its first page and its properties."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from importers.documents.pdf.markdown import accents
from importers.documents.pdf.words import HYPHEN, Line, Word
from kb.model import identity
from kb.text import dates
from kb.text.strings import squash

_STAMP = re.compile(r"arXiv:\s*(\S+?)(v\d+)?\s+\[([^\]]+)\]\s+(\d{1,2}\s+\w{3}\s+\d{4})")
_DOI_LINE = re.compile(r"(?:(?:https?://)?(?:dx\.)?doi(?:\.org/|:?\s*)|doi\s+)(?P<doi>10\.\d{4,9}/[^\s,;]+)", re.I)
_BARE_DOI = re.compile(rf"(?P<doi>{identity.DOI})")
_PLACEHOLDER = re.compile(r"n{4,}|x{4,}|0{6,}|1122445|1234567", re.I)
_SILLY = re.compile(
    r"(?:untitled|document\d*|paper|main|title|manuscript|microsoft word.*|arxiv:.*|doi:.*"
    r"|\S+\.(?:docx?|tex|dvi|pdf|indd|qxd|ps|rtf)|\S*_\S*|.{0,4}|.*no job name.*)",
    re.I,
)
_INSTITUTION = re.compile(
    r"universit|institut|department|laborator|college|school|research|corporation|\binc\b|\bltd\b|hospital|academy|center|centre|@"
    r"|facult|division|\bgroup\b|\bteam\b|\blabs?\b|technolog|scienc|\bavenue\b|\bstreet\b|https?:|e-?mail|correspond|proceedings|conference|journal|volume|\bgoogle\b|openai|deepmind|\b(?:19|20)\d\d\b",
    re.I,
)
_BODY = re.compile(r"(?:abstract|summary|(?:1\.?\s+|i\.\s+)?introduction|keywords?|contents)\b[.:—-]?", re.I)
_PARTICLES = frozenset([
    "de", "da", "di", "del", "della", "der", "den", "van", "von", "la", "le", "el", "al", "bin", "ibn", "ter",
    "ten", "dos", "du", "do", "of", "y", "e", "zu", "af",
])  # fmt: skip
_NAME_WORD = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:['’.-]+[^\W\d_]*)*\.?")
_MARKS = re.compile(r"[∗*†‡§¶‖♠♣♥♦⋆★✉#,;]+$|^[∗*†‡§¶‖#]+")
_NO_NAMES = frozenset([
    "and", "the", "for", "with", "by", "equal", "contribution", "demo", "draft", "preprint", "version",
    "abstract",
])  # fmt: skip
_PLACES = frozenset([
    "new york", "los angeles", "san francisco", "san diego", "san jose", "santa cruz", "santa barbara", "palo alto",
    "menlo park", "mountain view", "hong kong", "united states", "united kingdom", "south korea", "south africa",
    "new zealand", "new delhi", "new jersey", "tel aviv", "saudi arabia", "abu dhabi", "kuala lumpur", "sao paulo",
    "são paulo", "rio de janeiro", "buenos aires", "czech republic", "the netherlands", "ann arbor", "new haven",
    "las vegas", "salt lake city", "college park", "st. louis", "el paso", "sri lanka", "costa rica", "viet nam",
])  # fmt: skip
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


def title_lines(lines: Sequence[Line], size: float) -> list[Line]:
    """The lines of the title: the largest words that are enough for one, above the abstract."""
    head = _head(lines)
    runs: list[list[Line]] = []
    for line in head:
        if line.size < 1.12 * size or not any(sign.isalpha() for sign in line.text):
            continue
        last = runs[-1][-1] if runs else None
        if last and abs(last.size - line.size) < 0.06 * line.size and 0 < last.y - line.y < 2.8 * line.size:
            runs[-1].append(line)
        else:
            runs.append([line])
    return max(runs, key=lambda run: run[0].size * min(sum(len(line.text) for line in run), 30), default=[])


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
    below = _below(lines, found)
    names: list[str] = []
    size, apart = 0.0, False  # of the first names; whether something else has come since
    for number, line in enumerate(below):
        inside = [] if _is_address(line) else _names(line.words)
        if apart and not (abs(line.size - size) < 0.04 * size and _is_further(line, inside, below[number + 1 :])):
            continue
        names += inside
        size = size or (line.size if inside else 0.0)
        apart = bool(names) and not inside
        if apart and not _starts(lines):
            break  # nothing tells where the text begins
    if names:
        return list(dict.fromkeys(accents(name) for name in _whole(names)))
    given = re.split(r"\s*(?:;|,| and )\s*", squash(metadata.get("Author", "")))
    return [name for name in given if len(name.split()) >= 2 and not _INSTITUTION.search(name)]


def _is_address(line: Line) -> bool:
    return _INSTITUTION.search(line.text) is not None or len(line.text) > 200


def _is_further(line: Line, inside: Sequence[str], after: Sequence[Line]) -> bool:
    """Whether a line below an address names more people: nothing but full names, above their own address."""
    said = sum(len(name.split()) for name in inside)
    full = bool(inside) and all(2 <= len(name.split()) <= 4 for name in inside)
    if not full or any(name.casefold() in _PLACES for name in inside):
        return False
    marks = sum(1 for word in line.words if not _MARKS.sub("", word.text) or word.text.casefold() in {"and", "&"})
    small = sum(1 for word in line.words if word.size < 0.85 * line.size)
    return said >= len(line.words) - marks - small and any(_is_address(one) for one in after[:3])


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
    below = head[last + 1 :]
    if _starts(lines):
        return below[:40]
    return [line for line in below if head[last].y - line.y < 5 * head[last].size]  # only what belongs to the title


def _names(words: Sequence[Word]) -> list[str]:
    """Groups of words between commas, marks and wide blanks that look like names of people."""
    groups: list[list[str]] = [[]]
    before: Word | None = None
    for word in words:
        mark = before is not None and word.size < 0.85 * before.size
        if before is not None and word.x0 - before.x1 > 0.75 * max(word.size, before.size):
            groups.append([])
        text = _MARKS.sub("", word.text)
        if mark or not text or text.casefold() in {"and", "&"}:
            groups.append([])
        else:
            groups[-1].append(text)
            if word.text[-1] in ",;∗*†‡§¶":
                groups.append([])
        before = word
    return [" ".join(group) for group in groups if _is_name(group)]


def _is_name(group: Sequence[str]) -> bool:
    if not 1 <= len(group) <= 6 or any(word.casefold() in _NO_NAMES for word in group):
        return False
    own = [word for word in group if word not in _PARTICLES]
    return bool(own) and all(_NAME_WORD.fullmatch(word) for word in own) and any(len(word) > 1 for word in own)


def _whole(names: Sequence[str]) -> list[str]:
    """Names without halves: one that a line's end cut in two comes back together."""
    out: list[str] = []
    for name in names:
        if out and len(out[-1].split()) == 1:
            out[-1] += " " + name
        else:
            out.append(name)
    return [name for name in out if len(name.split()) >= 2]
