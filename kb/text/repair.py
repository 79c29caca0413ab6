"""Repair of texts before any offset is taken."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = dict.fromkeys([0x200B, 0xFEFF, 0x2060, 0x00AD])  # zero-width blanks, BOM, soft hyphen
_BLANKS = dict.fromkeys([0x00A0, 0x202F, 0x2007], " ")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SUSPECT = re.compile(r"[ÂÃâÅÎÐð][\x80-\xbf\u0080-\u00bf\u2018-\u203a€ƒ ™]|\ufffd")
_ORPHAN_A = re.compile(r"Â(?=[ \u00a0])")  # a UTF-8 NBSP read as Latin-1, its second byte turned to a blank


def repair(text: str) -> str:
    """Mend what copying does to a text: mojibake, no-break and zero-width blanks, CRLF, control characters, NFC.

    Idempotent. Runs once, before offsets are taken; the original bytes are kept beside the result.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for _ in range(_PASSES):
        repaired = _repair_once(text)
        if repaired == text:
            break
        text = repaired
    return text


_PASSES = 5  # taking one fault away can bring another to light: text that was garbled twice


def _repair_once(text: str) -> str:
    if _SUSPECT.search(text):
        text = "\n".join(_mend_mojibake(line) if _SUSPECT.search(line) else line for line in text.split("\n"))
    text = text.translate(_INVISIBLE).translate(_BLANKS)
    text = _CONTROL.sub("", text)
    return unicodedata.normalize("NFC", text)


def _mend_mojibake(line: str) -> str:
    import ftfy

    mended = ftfy.fix_encoding(line)
    # A lone "Â" before a blank is what is left of a no-break space; where the word before it goes on in Latin
    # letters ("belowÂ can") it is never a letter of its own.
    return _ORPHAN_A.sub("", mended)
