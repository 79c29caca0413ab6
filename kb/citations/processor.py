"""The citation processor (citeproc-py) where it does otherwise than CSL's specification has it: methods replaced.

Each of them was found by comparing its entries with those of another processor. `mend` puts them in, once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kb.citations.mended import APOSTROPHE, CLOSE, OPEN
from kb.model.bibliography import DATE_FIELDS, NAME_FIELDS
from kb.text.strings import squash

_SMALL = frozenset([
    "a", "about", "above", "across", "afore", "after", "against", "along", "alongside", "amid", "amidst", "among",
    "amongst", "an", "and", "anenst", "apropos", "apud", "around", "as", "aside", "astride", "at", "athwart",
    "atop", "barring", "before", "behind", "below", "beneath", "beside", "besides", "between", "beyond", "but",
    "by", "circa", "despite", "down", "during", "et", "except", "for", "forenenst", "from", "given", "in", "inside",
    "into", "lest", "like", "modulo", "near", "next", "nor", "notwithstanding", "of", "off", "on", "onto", "or",
    "out", "over", "per", "plus", "pro", "qua", "sans", "since", "so", "than", "the", "through", "throughout",
    "thru", "till", "to", "toward", "towards", "under", "underneath", "until", "unto", "up", "upon", "versus", "vs",
    "v", "via", "vis-à-vis", "when", "while", "with", "within", "without", "yet", "ca", "d", "de", "der", "von",
])  # fmt: skip
"""The words that English leaves small in a title."""


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
    model.Key.sort_keys = _folded(model.Key.sort_keys)
    model.FormatNumber._format_last_page = _whole_last_page(model.FormatNumber._format_last_page)
    model.Date.render_single_date = _single_date
    model.Names.process = _noted(_unless_repressed(model.Names.process))
    for element, method in ((model.Text, "_variable"), (model.Date, "process"), (model.Number, "process")):
        setattr(element, method, _noted(getattr(element, method)))
    model.TextCased.case = _cased(model.TextCased.case)


def _initialize(self: Any, given: str, mark: str, _: Any) -> str:
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


def _folded(sort_keys: Callable[..., list[Any]]) -> Callable[..., list[str | None]]:
    """Sorted is by letters: neither accents nor quotes nor what is no letter at the beginning count."""

    def folded(key: Any) -> str:
        flat = unicodedata.normalize("NFKD", re.sub(r"</?\w+[^<>]*>", "", str(key)).casefold())
        return re.sub(
            r"^[^\w-]+", "", "".join(sign for sign in flat if not unicodedata.combining(sign) and sign != "’")
        )

    return lambda self, items, context: [
        None if key is None else folded(key) for key in sort_keys(self, items, context)
    ]


def _single_date(self: Any, date: Any, show_parts: Any = None, context: Any = None) -> Any:
    """The parts of a date with what stands between them, which a language may say as well as the style."""
    parts = self.parts(date, show_parts, context if context is not self else None)
    joining = self if self.get("delimiter") is not None or not self.is_locale_date() else context
    return joining.join(parts) if parts else None


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
        bare = part.strip(",;:.?!()[]“”‘’\"'" + OPEN + CLOSE + APOSTROPHE)
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
