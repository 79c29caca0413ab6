"""What the citation processor (citeproc-py) does otherwise than the standard has it, put right from outside.

Its input is brought into a form that it handles, three of its methods are replaced, and what is left is mended in its
output. Each case was found by comparing it with another processor.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kb.citations.bibtex_words import RICH
from kb.model.bibliography import Bibliography, days
from kb.text.strings import squash

if TYPE_CHECKING:
    from citeproc import CitationStylesStyle

_TAG = re.compile(r"</?(?:i|b|sup|sub|sc)>|<span style=[^<>]*>")
_NO_CASE = re.compile(r"(?<![\w>])(?=[\w.:-]*[a-z])[a-z]\w*[A-Z][\w.:/-]*")
_SMALL = set(
    "a about above across afore after against along alongside amid amidst among amongst an and anenst apropos apud around as "
    "aside astride at athwart atop barring before behind below beneath beside besides between beyond but by circa despite "
    "down during et except for forenenst from given in inside into lest like modulo near next nor notwithstanding of off on "
    "onto or out over per plus pro qua sans since so than the through throughout thru till to toward towards under "
    "underneath until unto up upon versus vs v via vis-à-vis when while with within without yet ca d de der von".split()
)
_OPEN, _CLOSE, _APOSTROPHE = "\ue030", "\ue031", "\ue032"
"""Stand for the marks in a title until it is known whether the style puts it into quotes itself."""
_OPENING = re.compile(r"(?:(?<=[\s(\[{“‘/—–-])|^)([\"'])(?=\S)")


def fit(facts: Bibliography) -> Bibliography:
    """The facts in the form that the processor prints as they are meant."""
    fields = {
        name: curled(_kept(_TAG.sub("", value))) if name in RICH or name in ("number", "publisher") else value
        for name, value in facts.fields.items()
    }
    return Bibliography(facts.type, fields, facts.names, {name: _day(when) for name, when in facts.dates.items()})


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
    text = re.sub(r"(?<=\w)['’](?=\w)", _APOSTROPHE, text)
    text = _OPENING.sub(_OPEN, text)
    text = re.sub("[“‘]", _OPEN, text)
    if text.count(_OPEN):
        text = re.sub("[\"”’']", lambda sign: _CLOSE if sign[0] in '"”' or _opened(text, sign.start()) else _APOSTROPHE, text)
    return text.replace('"', _CLOSE).replace("'", _APOSTROPHE).replace("’", _APOSTROPHE).replace("”", _CLOSE)


def _opened(text: str, at: int) -> bool:
    return text[:at].count(_OPEN) > text[:at].count(_CLOSE)


def _day(when: str) -> str:
    """Of a range within a year, what its ends have in common: the processor breaks off at it."""
    known = days(when)
    if known is None or not known[1] or known[0][0] != known[1][0]:
        return when.rstrip("~")
    common = [f"{known[0][0]:04}"]
    for begin, end in zip(known[0][1:], known[1][1:], strict=False):
        if begin != end:
            break
        common.append(f"{begin:02}")
    return "-".join(common)


@cache
def mend() -> None:
    """Replace the methods, once."""
    from citeproc import model

    model.Name.initialize = _initialize
    model.Substitute.add_to_repressed_list = _repress
    model.Label.process = _labelled(model.Label.process)
    model.TextCased.case = _cased(model.TextCased.case)


def _initialize(self: Any, given: str, mark: str, context: Any) -> str:
    """The initials of given names; where a style wants whole names, only of those that are initials already."""
    full = _inherited(self, "initialize") == "false"
    hyphen = "-" if _inherited(self, "initialize-with-hyphen") != "false" else ""
    parts: list[str] = []
    for word in given.replace(".", ". ").split():
        pieces = [piece for piece in word.split("-") if piece[:1].isupper()]
        is_initial = len(word.rstrip(".")) == 1
        if not pieces or (full and not is_initial):
            parts.append(f" {word} ")  # a particle
        else:
            parts.append(hyphen.join(piece[0] + mark.strip() for piece in pieces) + mark[len(mark.rstrip()) :])
    return squash("".join(parts))


def _inherited(element: Any, name: str) -> str | None:
    """An attribute of an element or of what it stands in."""
    while element is not None:
        if (value := element.get(name)) is not None:
            return str(value)
        element = element.getparent()
    return None


def _labelled(process: Callable[..., Any]) -> Callable[..., Any]:
    """No label for what is not there."""

    def process_label(self: Any, item: Any, variable: str | None = None, *rest: Any, **more: Any) -> Any:
        wanted = variable or self.get("variable")
        if wanted != "locator" and wanted.replace("-", "_") not in item.reference and variable is None:
            return None
        return process(self, item, variable, *rest, **more)

    return process_label


def _cased(case: Callable[..., Any]) -> Callable[..., Any]:
    """Titles in title case by the words that English leaves small, and with the parts of a word after a hyphen."""

    def case_text(self: Any, text: Any, language: str | None = None) -> Any:
        if self.get("text-case") != "title" or language != "en":
            return case(self, text, language)
        from citeproc.string import MixedString, NoCase, String

        words = list(text.words())
        found = []
        before = ":"
        for number, word in enumerate(words):
            said = str(word)
            if not isinstance(word, NoCase):
                last = number == len(words) - 1
                word = String(_title_word(said, first=before[-1] in ":.?!", last=last))
            found.append(word)
            before = said or before
        pieces = [piece for word in found for piece in (String(" "), word)][1:]
        return MixedString(pieces)

    return case_text


def _title_word(word: str, *, first: bool, last: bool) -> str:
    parts = re.split(r"([-–—/])", word)
    kept = []
    for number, part in enumerate(parts):
        bare = part.strip(",;:.?!()[]“”‘’\"'" + _OPEN + _CLOSE + _APOSTROPHE)
        small = (bare in _SMALL or (len(bare) == 1 and len(parts) > 1)) and not (number == 0 and (first or last))
        if bare and bare.islower() and not small:
            at = part.index(bare)
            part = part[:at] + bare[0].upper() + part[at + 1 :]
        kept.append(part)
    return "".join(kept)


def _repress(self: Any, child: Any, context: Any) -> None:
    """Keep what stands for the names from being printed again: also what a macro prints."""
    repressed = context.get_layout().repressed
    for tag, variable in _variables(child):
        repressed.setdefault(tag, []).append(variable)


def _variables(element: Any) -> Iterator[tuple[str, str]]:
    """The variables that an element prints, itself or through macros, with the tags that print them."""
    variable, macro = element.get("variable"), element.get("macro")
    if variable:
        yield element.tag, variable
    if macro:
        yield from _variables(element.get_macro(macro))
    for inner in element.iterchildren():
        yield from _variables(inner)


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
    names = ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
    marks = [str(style.root.get_single_term(name=name)) for name in names]
    return Quotes(*marks, inside=style.root.get_locale_option("punctuation-in-quote") == "true")


def mended(text: str, marks: Quotes) -> str:
    """A printed entry with the quotes of its language, and without marks that follow one another where one is enough."""
    found: list[str] = []
    depth = 0
    for sign in text:
        depth += (sign == marks.open) - (sign == marks.close)
        found.append(sign if sign not in (_OPEN, _CLOSE) else (_QUOTED[sign](marks) if depth > 0 else _BARE[sign](marks)))
    text = "".join(found).replace(_APOSTROPHE, "’")
    if marks.inside:
        closing = "[" + re.escape(marks.close + marks.inner_close) + "]+"
        text = re.sub(rf"(?P<before>[?!.,]?)(?P<closing>{closing})(?P<mark>[.,])", _moved, text)
    for pattern, instead in _AFTER:
        text = pattern.sub(instead, text)
    return text


_QUOTED: dict[str, Callable[[Quotes], str]] = {_OPEN: lambda q: q.inner_open, _CLOSE: lambda q: q.inner_close}
_BARE: dict[str, Callable[[Quotes], str]] = {_OPEN: lambda q: q.open, _CLOSE: lambda q: q.close}


def _moved(found: re.Match[str]) -> str:
    if found["before"]:
        again = "" if found["mark"] == "." or found["before"] in ".," else found["mark"]
        return found["before"] + again + found["closing"]
    return found["mark"] + found["closing"]
