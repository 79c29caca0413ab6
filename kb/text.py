"""Repair of texts before any offset is taken, and the few text functions everything shares."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_INVISIBLE = dict.fromkeys([0x200B, 0xFEFF, 0x2060, 0x00AD])  # zero-width blanks, BOM, soft hyphen
_BLANKS = dict.fromkeys([0x00A0, 0x202F, 0x2007], " ")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SUSPECT = re.compile(r"[ÂÃâÅÎÐð][\x80-\xbf\u0080-\u00bf\u2018-\u203a€ƒ ™]|\ufffd")
_ORPHAN_A = re.compile(r"Â(?=[ \u00a0])")  # a UTF-8 NBSP read as Latin-1, its second byte turned to a blank
_SPACE = re.compile(r"\s+")


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


def without_surrogates(text: str) -> str:
    """The text without halves of surrogate pairs, which are no characters and cannot be written as UTF-8."""
    return text.encode("utf-8", "ignore").decode("utf-8")


def squash(text: str) -> str:
    """The text on one line, blanks collapsed."""
    return _SPACE.sub(" ", text).strip()


def fold(text: str) -> str:
    """A key under which two spellings of a name or title meet: case, width, quotes and blanks ignored."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = folded.translate(_QUOTES)
    return _SPACE.sub(" ", folded).strip()


_QUOTES = {ord(c): "'" for c in "‘’‚`´"} | {ord(c): '"' for c in "“”„«»"} | {ord(c): "-" for c in "‐‑‒–—−"}


def digest(text: str) -> str:
    """SHA-256 of the text, hexadecimal: the key under which a text is embedded once."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def words(text: str) -> int:
    """Number of blank-separated words."""
    return len(text.split())


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word, with an ellipsis where something was cut."""
    text = squash(text)
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0] if " " in text[: limit - 1] else text[: limit - 1]
    return cut.rstrip(" ,;:.") + "…"
