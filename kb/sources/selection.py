"""The span of a text that a person selected where it is shown, without its marks: on a page, or in another program."""

from __future__ import annotations

import re

from kb.errors import NotFoundError, UsageError

_WORD = re.compile(r"\w+")
_BETWEEN = r"(?:[\W_]|\]\([^)\n]{0,2000}\)|\[\[[^\]|\n]{0,500}\||\[\^[^\]\n]{0,60}\]|</?[a-zA-Z][^>\n]{0,500}>)+?"
"""What may stand between two words of a text of which only the words were seen: marks, the addresses of links."""
_MARKS = re.compile(r"(?:\]\([^)\n]*\)|\]\]|[*_`~])+")
_SHOWN_NOTE = re.compile(r"\[\d{1,3}(?::\d+)?\]|[↩︎]+")
_MOST = 5_000  # words
_CLOSING = "”’\"')]}.!?…»"


def find(text: str, words: str, near: int = 0) -> tuple[int, int]:
    """The span of the text that shows these words, the first from `near` on, else the first. Half open, code points.

    Raises:
        NotFoundError: the words do not stand there.
        UsageError: there are none.
    """
    for shown in dict.fromkeys((words, _SHOWN_NOTE.sub(" ", words))):  # "[3]" may be a note's mark, or words
        parts = _WORD.findall(shown.replace("_", " "))
        if not parts:
            raise UsageError("nothing is selected", "select some words of the text")
        if len(parts) > _MOST:
            raise UsageError(f"more than {_MOST:,} words are selected", "select less")
        between = _BETWEEN.join(map(re.escape, parts))
        # Whole words as they are; "Tip", which is shown for "[!tip]"; words of which only a part was selected.
        for before, case in ((r"(?<!\w)", re.NOFLAG), (r"(?<!\w)", re.IGNORECASE), ("", re.NOFLAG)):
            pattern = re.compile(before + between, case)
            found = pattern.search(text, max(near, 0)) or pattern.search(text)
            if found is not None:
                return _closed(text, found.start(), found.end(), shown)
    raise NotFoundError("the words do not stand in the text as it is now", "select them again")


def _closed(text: str, start: int, end: int, words: str) -> tuple[int, int]:
    """The span with the punctuation that was selected with its last word, and the quotation mark before its first."""
    last = words.rstrip()
    tail = last[len(last.rstrip(_CLOSING)) :]
    at = end
    for sign in tail:
        beyond = _MARKS.match(text, at)
        at = at if text.startswith(sign, at) or beyond is None else beyond.end()
        if not text.startswith(sign, at):
            break
        at += 1
        end = at
    if start and words.lstrip()[:1] in "“‘\"'(«" and text[start - 1] == words.lstrip()[0]:
        start -= 1
    return start, end
