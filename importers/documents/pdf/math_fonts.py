"""The fonts that formulas are set in, and what the signs of those that hold large ones are."""

from __future__ import annotations

import re
from functools import cache

from importers.documents.pdf.words import Sign

_FORMULAS = re.compile(
    rb"(?:\w{6}\+)?(?:cm(?:mi|sy|ex|bsy|mib)|lmmath|ms[abx]m|eu[fsrx][mb]|rsfs|stmary|(?:new)?(?:tx|px)(?:mi|sy|ex)|r(?:tx|px)mi"
    rb"|mt(?:mi|sy|ex)|kpmath|jkp(?:mi|sy|ex)|bbm\d|dsrom|bbold|mnsymbol|fourier|zplm|zavm|libertinus ?math|.*math)",
    re.I,
)
_LARGE = re.compile(rb"(?:\w{6}\+)?(?:cmex|lmmathextension|(?:new)?(?:tx|px)ex|jkpex|mtex)", re.I)
_SIGNS = {
    "X": "\\sum ", "P": "\\sum ", "Y": "\\prod ", "Q": "\\prod ", "Z": "\\int ", "R": "\\int ", "[": "\\bigcup ",
    "S": "\\bigcup ", "\\": "\\bigcap ", "T": "\\bigcap ", "V": "\\bigwedge ", "W": "\\bigvee ", "L": "\\bigoplus ",
    "M": "\\bigoplus ", "N": "\\bigotimes ", "O": "\\bigotimes ", "p": "\\surd ", "q": "\\surd ", "b": "\\hat{}",
    "e": "\\tilde{}", "!": ")", "\x00": "(", "\x01": ")", "\x10": "(", "\x11": ")", "\x12": "(", "\x13": ")",
    "\x14": "[", "\x15": "]", "\x03": "]", "\x08": "\\{", "\x09": "\\}",
    "\uf8eb": "(", "\uf8ec": "", "\uf8ed": "", "\uf8f6": ")", "\uf8f7": "", "\uf8f8": "", "\uf8ee": "[", "\uf8ef": "",
    "\uf8f0": "", "\uf8f9": "]", "\uf8fa": "", "\uf8fb": "", "\uf8f1": "\\{", "\uf8f2": "", "\uf8f3": "", "\uf8f4": "",
    "\uf8fc": "\\}", "\uf8fd": "", "\uf8fe": "",
    "\x1a": "\\{", "\x1b": "\\}", "#": "]", '"': "[", "h": "[", "i": "]", "n": "\\{",
    "j": "\\lfloor ", "k": "\\rfloor ",
    "l": "\\lceil ", "m": "\\rceil ",
    "o": "\\}", "∑": "\\sum ", "∏": "\\prod ", "∫": "\\int ", "√": "\\surd ",
}  # fmt: skip
"""What a sign of such a font is in TeX, by the letter that PDFium takes it for (TeX's encoding OMX)."""


_PLAIN = {"\\sum ": "∑", "\\prod ": "∏", "\\int ": "∫", "\\bigcup ": "⋃", "\\bigcap ": "⋂", "\\surd ": "√"}
_SYMBOLS = re.compile(rb"(?:\w{6}\+)?(?:cmsy|cmbsy|lmmathsymbols|(?:new)?(?:tx|px)sy)", re.I)
_LETTERS = dict(zip(range(0x0B, 0x20), "αβγδϵζηθικλμνξπρστυϕχ", strict=True))
"""TeX's encoding OML, where PDFium gives the code instead of a letter."""
_ITALIC = re.compile(rb"(?:\w{6}\+)?(?:cmmi|lmmathitalic|(?:new)?(?:tx|px)mi)", re.I)
_STROKES = {"6": "\u0338", "7": ""}  # the slash through the relation behind it; the foot of an arrow
_OTHERS = {"¶": "{", "♢": "}", "♣": "|"}


def read_sign(sign: str, font: bytes) -> str:
    """What a sign of a font of formulas is: in TeX for the large ones, else as Unicode."""
    if is_of_large_signs(font):
        return _SIGNS.get(sign, sign)
    if sign in _STROKES and _SYMBOLS.match(font):
        return _STROKES[sign]
    if len(sign) == 1 and ord(sign) in _LETTERS and _ITALIC.match(font):
        return _LETTERS[ord(sign)]
    return _OTHERS.get(sign, sign)


def plain(sign: Sign) -> str:
    """A sign as it stands in a text without TeX."""
    return _PLAIN.get(sign.text, sign.text.strip("\\ ")) if sign.large else sign.text


@cache
def is_of_formulas(font: bytes) -> bool:
    """Whether a font, by its name, is one that formulas are set in."""
    return _FORMULAS.match(font) is not None


@cache
def is_of_large_signs(font: bytes) -> bool:
    """Whether a font holds the signs that grow: sums, integrals, large brackets."""
    return _LARGE.match(font) is not None
