"""Sentence boundaries with offsets, for prose in which abbreviations, numbers, quotes and links abound.

A sentence begins with a capital, but in a text that has none there: what people type in small letters is cut too.
"""

from __future__ import annotations

import re

Span = tuple[int, int]

# An end mark, what may close behind it, blanks, and what may begin a sentence.
_END = re.compile(r"[.!?…]+[\"'”’»)\]*_`]*(?:\s*\[\^?\d+\])*(?=\s+(?P<next>[\"'“‘«(\[*_`]*\S))|\n[ \t>]*\n")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"“])(?:e\.?g|i\.?e|etc|cf|vs|al|ca|approx|resp|fig|figs|eq|eqs|sec|ch|vol|no|pp?|ed|eds|dr|mr|mrs|ms"
    r"|prof|st|jr|sr|inc|ltd|co|dept|univ|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|viz|aka|w\.?r\.?t)\.$",
    re.I,
)
_POINTER = re.compile(r"\b(?:as|point|number|theory|claim|item|critiques?|objection|argument|premise) \d{1,2}\.$")
_INITIAL = re.compile(r"(?:^|[\s(.])[A-Z]\.$")
_LIST_NUMBER = re.compile(r"(?:^|\n)[ \t>]*(?:[-*+] )?\(?(?:\d{1,3}|[a-zA-Z])[.)]$|(?:^|[:;.?!]\s)\d{1,2}\.$")
_WHOLE = re.compile(r"\[\[[^\[\]\n]+\]\]|\[[^\[\]\n]*\]\([^()\s]*\)|`[^`\n]+`|https?://\S+")
"""Links and code are one thing, whatever marks stand in them."""
_SENTENCE_START = re.compile(r"[\"'“‘«(\[*_`]*[A-Z0-9À-ÞΑ-ΩА-Я一-龥あ-んア-ン$\\#-]")
_CAPITAL = re.compile(
    r"(?:\A|[.!?…][\"'”’»)\]*_`]*\s|\n[ \t>]*\n)[\s\"'“‘«(\[*_`]*(?:[A-ZÀ-ÖØ-Þ](?!\w*[A-Z])|[Α-ΩА-ЯЁ])"
)
"""A sentence that begins with a capital; "LLM" has its own wherever it stands."""
_SMALL_START = re.compile(r"[\"'“‘«(\[*_`]*[^\W\d_]")
_SMALL_STOP = re.compile(r"(?:[^\W\d_]{2}|\d|[)\]])\s*(?:[.!?]|[!?]+)$")
_CJK_END = re.compile(r"[。！？]+[”’」』）]*")
_ENDS = re.compile(f"{_END.pattern}|{_CJK_END.pattern}")


def split(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]` as half-open spans, blanks between them left out."""
    end = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    small: bool | None = None  # whether its sentences begin with small letters; asked where one might
    part = text[start:end]
    linked = "[" in part or "`" in part or "://" in part
    whole = [(start + m.start(), start + m.end()) for m in _WHOLE.finditer(part)] if linked else []
    for match in _ENDS.finditer(part):
        stop = start + match.end()
        if any(a < stop < b for a, b in whole):
            continue
        following = match["next"]
        if following is not None and not _SENTENCE_START.match(following):
            if not (_SMALL_START.match(following) and _SMALL_STOP.search(text, begin, stop)):
                continue
            small = not _CAPITAL.search(part) if small is None else small
            if not small or _ABBREVIATION.search(text[begin:stop][-40:]):
                continue
        elif following is not None and not _ends_here(text, begin, stop, following):
            continue
        _append(spans, text, begin, stop)
        begin = stop
    _append(spans, text, begin, end)
    return spans


def _ends_here(text: str, begin: int, stop: int, following: str) -> bool:
    head = text[begin:stop]
    bare = head.rstrip("\"'”’»)]*_`")
    if not bare.endswith("."):
        return True
    if bare.endswith("..."):
        return True
    last = bare[-40:]
    if _LIST_NUMBER.search(last) and len(head.strip()) <= 4:
        return False
    if _POINTER.search(last):  # "same critique as 10. Norm setting": the number and what it names
        return False
    if _INITIAL.search(last) and len(bare) > 2 and following[:1].isupper():
        # "J. K. Rowling" goes on; "plan B. Then" does not: a one-letter word that is no initial is rare
        return bool(re.search(r"\b(?:[Vv]itamin|[Pp]lan|[Tt]ype|[Cc]lass|[Oo]ption|[Gg]roup|in) [A-Z]\.$", last))
    if _ABBREVIATION.search(last):
        return bool(re.search(r"\betc\.$", last) and following[:1].isupper())
    return True


def _append(spans: list[Span], text: str, begin: int, stop: int) -> None:
    words = text[begin:stop]
    bare = words.strip()
    if bare:
        begin += len(words) - len(words.lstrip())
        spans.append((begin, begin + len(bare)))
