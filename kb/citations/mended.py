"""What the citation processor (citeproc-py) does otherwise than the standard has it, put right from outside.

Its input is brought into a form that it handles, three of its methods are replaced, and what is left is mended in its
output. Each case was found by comparing it with another processor.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from kb.citations.bibtex_words import RICH
from kb.citations.names import EAST_ASIAN
from kb.model.bibliography import DATE_FIELDS, NAME_FIELDS, Bibliography, Name, days
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
    text = re.sub(r"(?<=\w)['’](?=\w)", _APOSTROPHE, text)
    text = _OPENING.sub(_OPEN, text)
    text = re.sub("[“‘]", _OPEN, text)
    if text.count(_OPEN):
        text = re.sub(
            "[\"”’']", lambda sign: _CLOSE if sign[0] in '"”' or _opened(text, sign.start()) else _APOSTROPHE, text
        )
    return text.replace('"', _CLOSE).replace("'", _APOSTROPHE).replace("’", _APOSTROPHE).replace("”", _CLOSE)


def _opened(text: str, at: int) -> bool:
    return text[:at].count(_OPEN) > text[:at].count(_CLOSE)


def _person(name: Name) -> Name:
    """A name of East Asia has its family first and no blank."""
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


@cache
def mend() -> None:
    """Replace the methods, once, and name the people and dates that the processor does not know."""
    from citeproc import DATES, NAMES, model

    for known, ours in ((NAMES, NAME_FIELDS), (DATES, DATE_FIELDS)):
        known.extend({name.replace("-", "_") for name in ours} - {*known})

    model.Name.initialize = _initialize
    model.Substitute.render = _substitute
    model.Label.process = _labelled(model.Label.process)
    model.Group.process = _group
    model.FormatNumber._format_last_page = _whole_last_page(model.FormatNumber._format_last_page)
    model.Names.process = _noted(_unless_repressed(model.Names.process))
    for element, method in ((model.Text, "_variable"), (model.Date, "process"), (model.Number, "process")):
        setattr(element, method, _noted(getattr(element, method)))
    model.TextCased.case = _cased(model.TextCased.case)


def _initialize(self: Any, given: str, mark: str, context: Any) -> str:
    """The initials of given names; where a style wants whole names, only of those that are initials already."""
    full = _inherited(self, "initialize") == "false"
    hyphen = "-" if _inherited(self, "initialize-with-hyphen") != "false" else ""
    parts: list[str] = []
    for word in re.sub(r"\.(?!-)", ". ", given).split():
        pieces = [piece for piece in word.split("-") if piece[:1].isupper()]
        is_initial = all(len(piece.rstrip(".")) == 1 for piece in pieces)
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


@dataclass(slots=True)
class _Seen:
    """How often variables were asked for so far, and those that there were, with the tags that printed them."""

    asked: int = 0
    printed: list[tuple[str, str]] = field(default_factory=list)


_SEEN = _Seen()


def _noted(process: Callable[..., Any]) -> Callable[..., Any]:
    def process_variable(self: Any, *rest: Any, **more: Any) -> Any:
        variable = self.get("variable") or ""
        if variable == "year-suffix":  # is none of the work
            return process(self, *rest, **more)
        _SEEN.asked += 1
        text = process(self, *rest, **more)
        if text:
            _SEEN.printed += [(self.tag, one) for one in variable.split()]
        return text

    return process_variable


def _group(self: Any, item: Any, context: Any = None, **more: Any) -> Any:
    """A group is left out where it asks for variables and there is none of them, however deep they stand."""
    from citeproc.model import Choose
    from citeproc.source import VariableError

    asked, printed = _SEEN.asked, len(_SEEN.printed)
    found = []
    for child in self.iterchildren():
        inherited = {"delimiter": self.get("delimiter", "")} if isinstance(child, Choose) else {}
        with suppress(VariableError):
            if (text := child.render(item, context=context, **inherited, **more)) is not None:
                found.append(text)
    if not found or (_SEEN.asked > asked and len(_SEEN.printed) == printed):
        raise VariableError
    _SEEN.printed.append((self.tag, ""))  # a group with something in it is to the one around it like a variable
    return self.join(found)


def _unless_repressed(process: Callable[..., Any]) -> Callable[..., Any]:
    """People who stand for the authors are not printed again; they look as the authors would."""

    def process_names(self: Any, item: Any, names_context: Any = None, context: Any = None, **more: Any) -> Any:
        layout = (self if context is None else context).get_layout()
        gone = {role for roles in layout.repressed.get(self.tag, ()) for role in roles.split()}
        there = {role for role in self.get("variable").split() if role.replace("-", "_") in item.reference}
        if there and there <= gone:
            return None
        if names_context is None and self.name is None:
            above = self.xpath_search("./ancestor::cs:substitute[1]/parent::cs:names")
            names_context = above[0] if above else None
        return process(self, item, names_context, context, **more)

    return process_names


def _whole_last_page(shorten: Callable[..., str]) -> Callable[..., str]:
    """Pages 3–14 are no pages 3–4: only a number that is as long as the first can be shortened."""
    return lambda self, first, last: str(shorten(self, first, last) if len(first) == len(last) > 2 else last)


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
        if self.get("text-case") != "title" or language not in ("en", None):
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


def _substitute(self: Any, item: Any, context: Any = None, **more: Any) -> Any:
    """What stands for the names: the first thing that there is. What it has printed is not printed again."""
    from citeproc.model import Names
    from citeproc.source import VariableError

    for child in self.getchildren():
        before, text = len(_SEEN.printed), None
        above = {"names_context": self.getparent()} if isinstance(child, Names) and child.name is None else {}
        with suppress(VariableError):
            text = child.render(item, context=context, **above, **more)
        if text:
            repressed = (self if context is None else context).get_layout().repressed
            for tag, variable in _SEEN.printed[before:]:
                repressed.setdefault(tag, []).append(variable)
            return text
    return None


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
        found.append(
            sign if sign not in (_OPEN, _CLOSE) else (_QUOTED[sign](marks) if depth > 0 else _BARE[sign](marks))
        )
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
