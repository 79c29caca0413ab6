"""Short quotations that say something: a whole sentence in quotation marks, or one that the sentence gives to somebody.

`"We tried that and it failed."` is somebody's; `"Rents never fall," says Ada Holm` is hers. A word or title in
quotation marks within the writer's own sentence names something and is no statement of somebody else's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kb.extract.model import Block, Said
from kb.extract.persons import NAME, may_be_person

_UNKNOWN = Said("quoted", None)
_WORDS = 3  # of a quotation that says something
_Q = r"(?:“(?P<curly>[^“”\n]{8,400})”|\"(?P<straight>[^\"\n]{8,400})\")"
_YEAR = r"(?:,? (?:19|20)\d\d[a-z]?(?:, [^()\[\]\n]{1,20})?)"
_SAY = (
    r"(?:says?|said|writes?|wrote|claims?|claimed|argues?|argued|adds?|added|asks?|asked|insists?|insisted|replie[sd]"
    r"|answers?|answered|objects|objected|explains?|explained|tells?|told|remarks|remarked|puts?|declares|declared"
    r"|complains|complained|quipped|notes|noted|observed|observes|warns|warned|concludes|concluded|thinks)"
)
_PERSON = r"(?:[Aa]n?|[Oo]ne|[Aa]nother|[Ss]ome|[Tt]he|[Mm]y|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Tt]his) (?:[\w-]+ ){0,2}?"
_WHO = (
    rf"(?:{_PERSON}(?:commenters?|critics?|readers?|friends?|opponents?|colleagues?|reviewers?|referees?|students?"
    r"|teachers?|neighbou?rs?|sceptics?|skeptics?|users?|authors?|speakers?|philosophers?|economists?|historians?"
    r"|doctors?|engineers?|patients?|listeners?|editors?|guests?|interlocutors?|respondents?|brother|sister|mother"
    r"|father|boss)|[Hh]e|[Ss]he|[Tt]hey|[Ss]omebody|[Ss]omeone|[Pp]eople|[Cc]ritics|[Oo]thers)"
)
_OTHER = _WHO.replace("?P<", "?:")
_BY = rf"(?:{NAME}|{_OTHER})"
_HOW = r"(?:(?:\w+ly|also|then|has|had|once|often|later|even|always|keeps?|kept|likes? to|used to) ){0,3}"
_LEAD = r"^\W*(?:(?:As|And|But|Then|So|Or as|Later|In (?:19|20)\d\d),? )?"
_BEFORE = re.compile(
    rf"{_LEAD}(?:As |as )?{_BY}(?: \([^()]*\))?,? {_HOW}{_SAY}\b(?: (?:it|to (?:me|us)|me|us|this|like this|thus"
    rf"|back|here|nicely|once|well)){{0,3}}(?: (?:in|on|at|last) [^,.;:\"“]{{2,40}})?(?:,|:| that)? ?{_Q}[.!?]?\W*$"
)
_TO_QUOTE = re.compile(
    rf"^\W*(?:To quote|Quoting|In the words of|As per|According to) (?:[a-z][\w-]+ )?{_BY}"
    rf"(?: \([^()]*\))?(?:,|:)? ?{_Q}[.!?]?\W*$"
)
_AFTER = re.compile(
    rf"^\W*{_Q},? (?:as )?(?:{_HOW}{_SAY} {_BY}|{_BY.replace('P<who>', 'P<holder>')},? {_HOW}"
    rf"(?:{_SAY}|saying|telling|claiming|insisting|writing|repeating))\b(?: (?:me|us|it|once|everybody|everyone))?"
    r"(?: (?:in|on|at|to) [^,.;:\"“]{2,40})?[.!]?\W*$"
)
_CITED = re.compile(rf"^\W*{_Q}[.]? ?(?:[(\[]{NAME}{_YEAR}[)\]]|[—–] ?{NAME.replace('who', 'holder')}{_YEAR}?)\W*$")
_FRAMES = (_BEFORE, _TO_QUOTE, _AFTER, _CITED)
_ALONE = re.compile(r"(?:^|(?<=[.!?:…] )|(?<=\n))[*_]{0,2}" + _Q + r"[*_]{0,2}(?=\s*$|\s+[A-ZÀ-Þ(\[\"“—–])")
_SIGNED = re.compile(rf"\s*(?:[(\[]{NAME}{_YEAR}[)\]]|[—–] ?{NAME.replace('who', 'holder')}(?=\W*$))")
_TITLE_WORD = re.compile(r"[A-ZÀ-Þ]")


def said(text: str, block: Block, start: int, end: int) -> Said | None:
    """Whose a sentence of a block is that is a short quotation or gives one to somebody; None where it is neither."""
    part = text[block.start : block.end]
    if '"' not in part and "“" not in part:
        return None
    sentence = text[start:end]
    if '"' in sentence or "“" in sentence:
        for pattern in _FRAMES:
            found = pattern.match(sentence)
            if found and _says(_words(found), pattern is _BEFORE or pattern is _AFTER):
                return _who(found)
    if block.turn is not None and part.startswith(('"', "“")):
        return None  # a turn in quotation marks
    for found in _alone(part):
        first, last = block.start + found.start(), block.start + found.end()
        if first <= start and end <= last + 1 and _sentence(_words(found), found.span() == (0, len(part.rstrip()))):
            signed = _SIGNED.match(part, found.end())
            return _who(signed) if signed else _UNKNOWN
    return None


@lru_cache(maxsize=8)  # asked for each sentence of a block
def _alone(part: str) -> tuple[re.Match[str], ...]:
    return tuple(_ALONE.finditer(part))


def _words(found: re.Match[str]) -> str:
    return (found["curly"] or found["straight"] or "").strip()


def _says(words: str, framed: bool) -> bool:
    """Whether a quotation says something: three words and no title, which has capitals all over."""
    parts = words.split()
    return len(parts) >= _WORDS and (framed or not _title(parts))


def _title(parts: list[str]) -> bool:
    long = [word for word in parts[1:] if len(word) > 3]
    return bool(long) and sum(bool(_TITLE_WORD.match(word)) for word in long) > 0.6 * len(long)


def _sentence(words: str, whole: bool) -> bool:
    parts = words.split()
    if not parts or not _TITLE_WORD.match(parts[0]) or _title(parts):
        return False
    return len(parts) >= _WORDS and (words.endswith((".", "!", "?", "…")) or (whole and len(parts) > _WORDS + 1))


def _who(found: re.Match[str]) -> Said | None:
    told = found.groupdict()
    name = told.get("who") or told.get("holder")
    if name is None:
        return _UNKNOWN
    name = re.sub(r"^(?:As|And|But|Then|So) ", "", re.sub(r"[’']s?$", "", name)).rstrip(".,")
    if name in {"I", "We"}:
        return None
    if may_be_person(name):
        return Said("named", name)
    return _UNKNOWN if re.fullmatch(_OTHER, name) else None
