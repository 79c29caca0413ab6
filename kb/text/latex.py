"""LaTeX in fields of a bibliography as plain text, and plain text as LaTeX. Formulas stay TeX both ways.

`plain` reads accents, dashes, quotes, braces; no word is lost: of an unknown command the argument stays. `escaped`
writes what `plain` reads back as it was, blanks and the form of accents aside.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "i": "ı", "j": "ȷ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ",
    "OE": "Œ", "aa": "å", "AA": "Å", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "ldots": "…", "dots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—", "textquoteleft": "‘",
    "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "textquotesingle": "'",
    "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\ue004", "textbraceleft": "\ue001",
    "textbraceright": "\ue002", "textunderscore": "_", "textbar": "|",
    "textless": "<", "textgreater": ">", "textdollar": "$", "textbullet": "•", "textdegree": "°", "S": "§",
    "P": "¶", "copyright": "©", "pounds": "£", "euro": "€", "texteuro": "€", "textregistered": "®",
    "texttrademark": "™", "textmu": "µ", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "slash": "/",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "lambda": "λ", "mu": "μ", "pi": "π",
    "sigma": "σ", "tau": "τ", "phi": "φ", "omega": "ω", "times": "×", "pm": "±", "rightarrow": "→",
}  # fmt: skip
_DROPPED = ("noopsort", "label", "vspace", "hspace")
_MATH = re.compile(r"(?<!\\)\$\$.+?\$\$|(?<!\\)\$(?![\s\d][^$]*\s\$)[^$\n]+?(?<!\\)\$|\\\(.+?\\\)|\\\[.+?\\\]", re.S)
_ACCENT = re.compile(
    r"\\(?P<sign>[`'^~=.\"])\s*(?:\{\s*(?P<braced>\\?[ij]|[^\W\d_])\s*\}|(?P<bare>\\[ij](?![A-Za-z])\s?|[^\W\d_]))"
    r"|\\(?P<word>[uvHrdckb])(?:\s*\{\s*(?P<wbraced>\\?[ij]|[^\W\d_])\s*\}|\s+(?P<wbare>\\[ij](?![A-Za-z])|[^\W\d_]))"
)
_LINK = re.compile(r"\\href\s*\{(?P<url>[^{}]*)\}\s*\{(?P<words>[^{}]*)\}")
_COMMAND = re.compile(r"\\(?P<name>[A-Za-z]+)\*?(?P<after>[ \t\n]*)(?:\[[^\]\n{}]*\])?(?P<brace>\{(?=\}))?\}?")
_SIGN = re.compile(r"\\([&%$#_{}\-/,;:! @])")
_KEEP = "\ue000"  # stands for a formula while the text around it is read; a private-use sign
_GUARDS = {0xE001: "{", 0xE002: "}", 0xE003: "~", 0xE004: "\\", 0xE005: None}  # what is read no further
_BROKEN = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=[?!])(?=`)|(?<=,)(?=,)|(?<=<)(?=<)|(?<=>)(?=>)")
_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$",
}  # fmt: skip
WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
_TRANSLATED = str.maketrans(_ESCAPES)


def plain(text: str) -> str:
    """The text that LaTeX source stands for; blank lines part paragraphs, other breaks are blanks."""
    if not any(sign in text for sign in "\\{}$~`'-\n"):
        return text
    formulas: list[str] = []

    def keep(found: re.Match[str]) -> str:
        formulas.append(found[0])
        return _KEEP

    text = _MATH.sub(keep, text.replace(_KEEP, ""))
    text = _LINK.sub(lambda link: f"{link['words']} ({link['url']})", text)
    text = _ACCENT.sub(_accented, text)
    text = re.sub(r"\\([\^~])\{\s*\}", lambda sign: "\ue003" if sign[1] == "~" else "^", text)
    text = text.replace("\\\\", " ")
    text = _commands(text)
    text = _SIGN.sub(lambda sign: {"-": "", "/": "", "!": "", "@": ""}.get(sign[1], _guarded(sign[1])), text)
    text = text.replace("{}", "\ue005").replace("{", "").replace("}", "").replace("~", " ")
    text = re.sub(r"---", "—", text)
    text = re.sub(r"(?<=[\w\s])--(?=[\w\s])", "–", text)
    text = text.replace("``", "“").replace("''", "”").translate(_GUARDS)
    text = re.sub(r"[ \t]*\n[ \t]*(?!\s*\n)", "\n", text)
    text = "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip())
    pieces = iter(formulas)
    return unicodedata.normalize("NFC", re.sub(_KEEP, lambda _: next(pieces), text))


def escaped(text: str, keep: Callable[[str], bool] | None = None) -> str:
    """LaTeX for a text on one line, in which braces are balanced even for those who do not know escapes.

    Words of which `keep` says so go into braces, which keep their capitals where a style takes to small letters.
    """
    text, parts, at, keep = " ".join(text.split()), [], 0, keep or _none
    for found in _MATH.finditer(text):
        if is_balanced(found[0]):
            parts += [_words(text[at : found.start()], keep), found[0]]
            at = found.end()
    return "".join([*parts, _words(text[at:], keep)])


def is_balanced(text: str) -> bool:
    """Whether every brace of a text has its partner, as BibTeX counts them."""
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return not depth


def _words(text: str, keep: Callable[[str], bool]) -> str:
    parts = ["{}".join(part.translate(_TRANSLATED) for part in _BROKEN.split(text))]
    if any(keep(word) for word in WORD.findall(text)):
        at, parts = 0, []
        for found in WORD.finditer(text):
            word = found[0].translate(_TRANSLATED)
            parts += [_words(text[at : found.start()], _none), f"{{{word}}}" if keep(found[0]) else word]
            at = found.end()
        parts.append(_words(text[at:], _none))
    return "".join(parts)


def _none(_: str) -> bool:
    return False


def _accented(found: re.Match[str]) -> str:
    sign = found["sign"] or found["word"]
    letter = (found["braced"] or found["bare"] or found["wbraced"] or found["wbare"]).strip().lstrip("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[sign])


def _commands(text: str) -> str:
    """Commands as what they stand for: a letter, or nothing where only their argument counts."""
    text = re.sub(rf"\\(?:{'|'.join(_DROPPED)})\s*\{{[^{{}}]*\}}", "", text)

    def said(found: re.Match[str]) -> str:
        name, closing = found["name"], found[0].endswith("}") and not found["brace"]
        if name in _LETTERS:
            # A blank only ends the command's name; after "{}" it counts.
            glue = "" if found["after"] and not found["brace"] else found["after"]
            word = _LETTERS[name]
            return {"~": "\ue003"}.get(word, word) + glue + ("}" if closing else "")
        return "}" if closing else ""

    return _COMMAND.sub(said, text)


def _guarded(sign: str) -> str:
    """A sign that a backslash makes itself."""
    return {"{": "\ue001", "}": "\ue002", " ": " ", ",": " ", ";": " ", ":": " "}.get(sign, sign)
