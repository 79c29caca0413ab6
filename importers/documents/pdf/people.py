"""Who wrote a PDF: the names below its title, told from addresses, places and groups; else what its properties say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from importers.documents.pdf.markdown import accents
from importers.documents.pdf.places import ends_with_place, is_place
from importers.documents.pdf.words import Line, Word
from kb.text.strings import squash, unique

_INSTITUTION = re.compile(
    r"universit|institut|\bdep(?:t\b|art)|laborator|college|school|research|corporation|\binc\b|\bltd\b|hospital|academy|center|centre|@"
    r"|facult|division|\bgroup\b|\bteam\b|\blabs?\b|technolog|scienc|\bavenue\b|\bstreet\b|https?:|e-?mail|correspond"
    r"|proceedings|conference|journal|volume|\b(?:19|20)\d\d\b|societ|associat|foundation|\bsupport\b|\bproducts?\b"
    r"|collaborat|consorti|\bunit\b|\barea\b|\bsection\b|\bboard\b|\boffice\b|\bpress\b|\bpublish|\bministry\b|\bbank\b"
    r"|\bclinic\b|pharma|\btech\b|\bag\b|\bgmbh\b|\bllc\b|\bcompany\b|\bpalace\b|\bmuseum\b|\blibrary\b|\bcouncil\b"
    r"|\bcommission\b|\bcommittee\b|\bagency\b|\borgani[sz]ation\b|\bnetwork\b|\balliance\b|\bcampus\b|\bhouse\b"
    r"|affiliation|address|\bcountry\b|engineering|physics|mathemati|statisti|econom|informati|\bsystems?\b|\bmember\b"
    r"|\bfellow\b|\bsupervis|\beditors?\b|\bmanual\b|\bedition\b|\bpaper\b|\btemplate\b|\breport\b|\bpart\b|\bchapter\b"
    r"|\b(?:google|openai|deepmind|microsoft|facebook|amazon|apple|nvidia|ibm|anthropic|huawei|tencent|alibaba|baidu"
    r"|bytedance|samsung|intel|adobe|salesforce|inria|cnrs|elsevier|springer|redwood|metr|mila)\b",
    re.I,
)
_PARTICLES = frozenset([
    "de", "da", "di", "del", "della", "der", "den", "van", "von", "la", "le", "el", "al", "bin", "ibn", "ter",
    "ten", "dos", "du", "do", "y", "e", "zu", "af", "'t",
])  # fmt: skip
_NAME_WORD = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:['’.-]+[^\W\d_]*)*\.?")
_INITIAL = re.compile(r"(?:[^\W\d_]\.?-?){1,3}")
_MARKS = re.compile(r"[∗*†‡§¶‖♠♣♥♦⋆★✉#,;:)\]]+$|^[∗*†‡§¶‖#(\[]+")
_BETWEEN = frozenset(["and", "&", "und", "et", "by", "par", "por"])
_NO_NAMES = frozenset([
    "the", "for", "of", "in", "on", "at", "a", "an", "to", "equal", "contribution", "demo", "draft", "preprint",
    "version", "abstract", "some", "our", "how", "using", "with",
])  # fmt: skip
_BEFORE = frozenset(["dr", "prof", "professor", "sir", "mr", "mrs", "ms", "dipl.-ing", "ing"])
_BEHIND = frozenset(["jr", "sr", "ii", "iii", "iv"])
_DEGREES = frozenset(["phd", "ph.d", "md", "m.d", "msc", "m.sc", "ma", "ba", "bsc", "mph", "dphil", "jd", "facs"])
_ADDRESS_LENGTH = 200
_FIRST_NAME = 12  # lines below the title by which the first name has come


@dataclass(slots=True)
class _Read:
    """What a line says: names in order, and whether it says anything else."""

    names: list[str] = field(default_factory=list)
    pure: bool = True
    ended: str = ""  # half a name at its beginning
    begun: str = ""  # half a name at its end


def people(metadata: Mapping[str, str], head: str, below: Sequence[Line], above: Sequence[Line]) -> list[str]:
    """The people named below the title, else above it, and those in the properties where the page has them too.

    `head` is the first page's text above its body, `below` the lines between title and text.
    """
    given = _in_small_letters(list(_given(metadata.get("Author", ""))))
    found = _on_page(below) or _on_page(above)
    known = set(re.findall(r"\w+", accents(head).casefold()))
    there = [name for name in given if set(re.findall(r"\w+", name.casefold())) & known]
    if not found or (len(given) > 1 and len(there) == len(given) and len(given) >= len(found)):
        same = sorted(name.split()[-1] for name in found) == sorted(name.split()[-1] for name in given)
        return found if same else given
    return found


def are_people(lines: Sequence[Line]) -> bool:
    """Whether lines hold nothing but full names."""
    read = [_read(line) for line in lines]
    return all(one.names and one.pure and not one.begun for one in read)


def _given(words: str) -> Iterator[str]:
    """The names in the properties, in the order in which they are spoken."""
    words = squash(words)
    turned = re.fullmatch(r"([^\W\d_][\w'’-]+), ([^\W\d_][\w'’. -]+)", words)
    if turned and len(turned[2].split()) <= 2 and " " not in turned[1]:
        words = f"{turned[2]} {turned[1]}"
    for name in re.split(r"\s*(?:;|,|&|\band\b)\s*", words):
        bare = [word for word in name.split() if word.casefold().strip(".") not in _BEFORE]
        if len(bare) >= 2 and _is_name(bare) and not _INSTITUTION.search(name) and not is_place(name):
            yield " ".join(bare)


def _on_page(below: Sequence[Line]) -> list[str]:
    names: list[str] = []
    size = smaller = 0.0  # of the first names, of the addresses below them
    apart = False  # whether something else has come since the last name
    half = ""
    for number, line in enumerate(below):
        read = _read(line)
        if size and line.size < 0.96 * size:
            smaller, apart, half = line.size, True, ""
            continue
        full = bool(read.names) and read.pure and all(2 <= len(name.split()) <= 5 for name in read.names)
        if apart and not (read.names and (smaller or (full and _above_address(below, number)))):
            continue
        if half and abs(below[number - 1].size - line.size) < 0.04 * line.size:
            if read.ended:
                names.append(f"{half} {read.ended}")
            elif read.names:
                read.names[0] = f"{half} {read.names[0]}"
        names += read.names
        half = read.begun
        size = size or (line.size if read.names else 0.0)
        apart = bool(names) and not read.names and not half
        if not names and number >= _FIRST_NAME:
            break
    names = [accents(name) for name in names if len(name.split()) >= 2]
    return list(unique(_in_small_letters(names)))


def _above_address(below: Sequence[Line], number: int) -> bool:
    return any(_is_address(one.text) for one in below[number + 1 : number + 4])


def _is_address(text: str) -> bool:
    return _INSTITUTION.search(text) is not None or ends_with_place(text)


def _read(line: Line) -> _Read:
    """The names in a line; what stands behind the first institution or before a country is an address."""
    read = _Read()
    if len(line.text) > _ADDRESS_LENGTH:
        return read
    groups = list(_groups(line.words))
    placed = ends_with_place(line.text)
    for number, (group, joined) in enumerate(groups):
        text = " ".join(group)
        bare = [word for word in group if word.casefold().strip(".") not in _BEFORE]
        if text.casefold().strip(".") in _BEHIND and read.names:
            read.names[-1] += f" {text}"
        elif text.casefold().strip(".") in _DEGREES and read.names:
            continue
        elif _INSTITUTION.search(text) or is_place(text) or _is_group(bare):
            read.pure = False
            break
        elif placed and number and not joined and (read.names or read.begun):
            read.pure = False  # "Ada Moss, Ponds, Sweden"
            break
        elif _is_name(bare):
            if len(bare) == 1 and number < len(groups) - 1:
                read.ended = bare[0] if not number else ""
                read.pure = not number
            elif len(bare) == 1:
                read.begun = bare[0]
            else:
                read.names.append(" ".join(bare))
        else:
            read.pure = False
            if not read.names:
                break
    if placed and not read.pure and len(groups) > 1 and read.names and _is_mixed(read.names[0], line.text):
        return _Read(pure=False)
    return read


def _is_mixed(name: str, text: str) -> bool:
    """Whether a line that ends in a country has another form than "NAME, Institute, Country": its name is a place."""
    return not name.isupper() and _INSTITUTION.search(text) is None


def _groups(words: Sequence[Word]) -> Iterator[tuple[list[str], bool]]:
    """Words between commas, marks and wide blanks; whether an "and" stands before them. What is in brackets is out."""
    group: list[str] = []
    joined = after = False
    depth = 0
    before: Word | None = None
    for word in words:
        said = accents(word.text)
        raised = before is not None and word.size < 0.85 * before.size and (word.glued or word.y > before.y + 1)
        wide = before is not None and word.x0 - before.x1 > 0.75 * max(word.size, before.size)
        depth += said.count("(") - said.count(")")
        aside = depth > 0 or (")" in said and "(" not in said) or bool(re.fullmatch(r"\(.*\)[,;]?", said))
        aside = aside or "@" in said or "://" in said
        for part in said.split("/") if "//" not in said else [said]:
            text = _MARKS.sub("", part)
            ends = aside or raised or wide or not text or text.casefold() in _BETWEEN or part != said
            if ends and group:
                yield group, joined
                group, joined = [], False
            if text.casefold() in _BETWEEN:
                joined = True
            elif text and not aside and not raised:
                group.append(text)
        after = said[-1] in ",;∗*†‡§¶"
        if after and group:
            yield group, joined
            group, joined = [], False
        if not raised:
            before = word
    if group:
        yield group, joined


def _is_name(group: Sequence[str]) -> bool:
    if not 1 <= len(group) <= 6 or any(word.casefold() in _NO_NAMES for word in group):
        return False
    own = [word for word in group if word not in _PARTICLES]
    return bool(own) and all(_NAME_WORD.fullmatch(word) for word in own) and any(len(word) > 1 for word in own)


def _is_group(group: Sequence[str]) -> bool:
    """Whether words name an institution by its letters: "ETH Zurich", "MRC Biostatistics"."""
    letters = [word for word in group if len(word) >= 3 and word.isupper() and "." not in word and "-" not in word]
    return bool(letters) and any(not word.isupper() and word not in _PARTICLES for word in group)


def _in_small_letters(names: Sequence[str]) -> list[str]:
    """Names that are all set in capitals, as names are written."""
    if not names or not all(name == name.upper() and any(len(word) > 2 for word in name.split()) for name in names):
        return list(names)
    return [
        " ".join(word if _INITIAL.fullmatch(word) and "." in word else word.title() for word in name.split())
        for name in names
    ]
