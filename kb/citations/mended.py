"""What goes into the citation processor and what comes out of it, in the form that is meant.

It knows neither quotes within quotes nor that a comma stands inside them, and takes arXiv for a word that begins small.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.citations.bibtex_words import RICH
from kb.citations.names import EAST_ASIAN
from kb.model.bibliography import OTHERS, Bibliography, Name, days

if TYPE_CHECKING:
    from citeproc import CitationStylesStyle

_TAG = re.compile(r"</?(?:i|b|sup|sub|sc)>|<span style=[^<>]*>")
_NO_CASE = re.compile(r"(?<![\w>])(?=[\w.:-]*[a-z])[a-z]\w*[A-Z][\w.:/-]*")
OPEN, CLOSE, APOSTROPHE = "\ue030", "\ue031", "\ue032"
"""Stand for the marks in a title until it is known whether the style puts it into quotes itself."""
_MORE = "\ue033"
"""Stands for those who are not named, until the others are printed."""
_ET_AL = re.compile(rf"(?P<comma>,?)\s*(?:[…&]|\.( ?\. ?\.)|\b(?:and|und|et|y|e|en)\b)?\s*{_MORE}\.?(?P<mark>,?)")
_OPENING = re.compile(r"(?:(?<=[\s(\[{“‘/—–-])|^)([\"'])(?=\S)")


def fit(facts: Bibliography) -> Bibliography:
    """The facts in the form that the processor prints as they are meant."""
    fields = {
        name: curled(_kept(_TAG.sub("", value))) if name in RICH or name in ("number", "publisher") else value
        for name, value in facts.fields.items()
    }
    people = {role: tuple(map(_person, names)) for role, names in facts.names.items()}
    return Bibliography(facts.type, fields, people, {name: _day(when) for name, when in facts.dates.items()})


def _kept(text: str) -> str:
    """The text with words such as `arXiv` marked to stay: a capital at its beginning would be wrong."""
    if "<span" in text:
        return text
    return _NO_CASE.sub(lambda word: f'<span class="nocase">{word[0]}</span>', text)


def curled(text: str) -> str:
    """The text with marks for the quotes in it, whether they are those of a typewriter or of print."""
    pieces = re.split(r"(<[^<>]*>)", text)
    return "".join(piece if piece.startswith("<") else _curled(piece) for piece in pieces)


def _curled(text: str) -> str:
    text = re.sub(r"(?<=\w)['’](?=\w)", APOSTROPHE, text)
    text = _OPENING.sub(OPEN, text)
    text = re.sub("[“‘]", OPEN, text)
    said = text

    def closing(sign: re.Match[str]) -> str:
        return CLOSE if sign[0] in '"”' or _opened(said, sign.start()) else APOSTROPHE

    if OPEN in text:
        text = re.sub("[\"”’']", closing, text)
    return text.replace('"', CLOSE).replace("'", APOSTROPHE).replace("’", APOSTROPHE).replace("”", CLOSE)


def _opened(text: str, at: int) -> bool:
    return text[:at].count(OPEN) > text[:at].count(CLOSE)


def _person(name: Name) -> Name:
    """A name of East Asia has its family first and no blank."""
    if name == OTHERS:
        return Name(literal=_MORE)
    whole = name.family + name.given
    return Name(literal=whole) if name.given and EAST_ASIAN.fullmatch(whole) else name


def _day(when: str) -> str:
    """Of a range within a year, what its ends have in common: the processor breaks off at it."""
    known = days(when)
    if known is None or not known[1] or known[0][0] != known[1][0]:
        return when
    common = [f"{known[0][0]:04}"]
    for begin, end in zip(known[0][1:], known[1][1:], strict=False):
        if begin != end:
            break
        common.append(f"{begin:02}")
    return "-".join(common)


_AFTER = (
    (re.compile(r"(?<=[?!])\.(?=[\s”)\]]|$)"), ""),
    (re.compile(r"\s+(?=[,;.)\]](?:\s|$))"), ""),
)


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quotes of a language; `inside` says that a comma or period stands before the closing one."""

    open: str
    close: str
    inner_open: str
    inner_close: str
    inside: bool


def quotes(style: CitationStylesStyle) -> Quotes:
    """Those of the language that a style is printed in."""

    def mark(name: str) -> str:
        return str(style.root.get_single_term(name=name))

    inside = style.root.get_locale_option("punctuation-in-quote") == "true"
    return Quotes(mark("open-quote"), mark("close-quote"), mark("open-inner-quote"), mark("close-inner-quote"), inside)


def mended(text: str, marks: Quotes) -> str:
    """A printed entry with the quotes of its language, and one mark where two would follow one another."""
    found: list[str] = []
    depth = 0
    for sign in text:
        depth += (sign == marks.open) - (sign == marks.close)
        if sign == OPEN:
            sign = marks.inner_open if depth > 0 else marks.open
        elif sign == CLOSE:
            sign = marks.inner_close if depth > 0 else marks.close
        found.append(sign)
    text = _ET_AL.sub(r"\g<comma> et al.\g<mark>", "".join(found)).replace(APOSTROPHE, "’")
    if marks.inside:
        closing = "[" + re.escape(marks.close + marks.inner_close) + "]+"
        text = re.sub(rf"(?P<before>[?!.,]?)(?P<closing>{closing})(?P<mark>[.,])", _moved, text)
    for pattern, instead in _AFTER:
        text = pattern.sub(instead, text)
    return text


def _moved(found: re.Match[str]) -> str:
    if found["before"]:
        again = "" if found["mark"] == "." or found["before"] in ".," else found["mark"]
        return found["before"] + again + found["closing"]
    return found["mark"] + found["closing"]
