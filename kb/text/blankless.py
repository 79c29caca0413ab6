"""Scripts that put no blanks between words, or join to a word what belongs to it: a word stands anywhere in a run.

Chinese, Japanese and Korean; Thai, Lao, Burmese, Khmer and their kin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kb.text.usual_letters import usual

_HAN = (
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b\u2f00-\u2fd5\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
)
_KANA = (
    "\u3031-\u3035\u303c\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
    "\U0001aff0-\U0001b16f"
)
_BOPOMOFO_YI = "\u302a-\u302f\u3105-\u312f\u31a0-\u31bf\ua000-\ua48c"
_HANGUL = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7fb\uffa0-\uffdc"
_EAST = f"{_HAN}{_KANA}{_BOPOMOFO_YI}{_HANGUL}"
_SOUTH_EAST = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e50-\u0e59\u0e80-\u0eff"  # Thai, Lao
    "\u1000-\u1049\u1050-\u109d\ua9e0-\ua9fe\uaa60-\uaa76\uaa7a-\uaa7f"  # Burmese
    "\u1780-\u17d3\u17d7\u17dc\u17dd\u17e0-\u17e9\u17f0-\u17f9"  # Khmer
    "\u1950-\u1974\u1980-\u19da\u1a20-\u1a7c\u1a7f-\u1a99\u1aa7\uaa80-\uaadd\ua980-\ua9c0\ua9cf-\ua9d9"  # Tai, Javanese
)
LETTERS = _EAST + _SOUTH_EAST
"""Ranges for a class of a regular expression: the letters, digits and marks of these scripts, no punctuation."""

_LETTER = rf"(?:[^\W_]|[{LETTERS}])"
_JOINED = r"[-'’._/+@#:&=?%~]+"
_SEGMENT = f"(?P<east>[{_EAST}]+)|(?P<south>[{_SOUTH_EAST}]+)|[^{LETTERS}]+"
_PLAIN = re.compile(r"[^\W_]+")
_PLAIN_JOINED = re.compile(rf"[^\W_]+(?:{_JOINED}[^\W_]+)*")
_EAST_WORD, _SOUTH_WORD = 2, 3  # characters of a short word


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern that has such letters, compiled when it is first needed: their ranges take some milliseconds."""
    return re.compile(pattern)


def words(text: str) -> list[str]:
    """The words of a text as full text takes them: runs of letters and digits, with the marks of such scripts."""
    return (_PLAIN if text.isascii() else compiled(f"{_LETTER}+")).findall(usual(text))


def joined_words(text: str) -> list[str]:
    """The same, where those that signs join (`multi-agent`, `20.04`, a URL) are one."""
    pattern = _PLAIN_JOINED if text.isascii() else compiled(f"{_LETTER}+(?:{_JOINED}{_LETTER}+)*")
    return pattern.findall(usual(text))


def parts(word: str) -> Iterator[str]:
    """What may be words within a run of letters: where scripts meet ("sae特征"), and each few letters in a row.

    Nothing for a word of one other script, and for one that is as short as words are.
    """
    found = [] if word.isascii() else list(compiled(_SEGMENT).finditer(word))
    for segment in found:
        run = segment[0]
        length = _EAST_WORD if segment["east"] else _SOUTH_WORD if segment["south"] else len(run)
        if len(found) > 1 and len(run) <= length:
            yield run
        elif len(run) > length:
            yield from (run[at : at + length] for at in range(len(run) - length + 1))
