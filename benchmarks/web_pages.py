"""How well the main text of web pages is found, beside plain trafilatura in the same run.

    python -m benchmarks.web_pages
    python -m benchmarks.web_pages --pages ~/pages

Pages carry their gold: `data-gold` marks an element whose words are the text, `data-not` one inside it that is not
(text inside text is a note, which may as well stand at the end),
`data-free` one that may stand above the text or not (title, standfirst), and a comment in the first line says the
authors, the date, the formulas and how many footnotes there are. All of this is taken away before anybody reads a page.
Recall and precision are of words in order, of characters where a script has no blanks; formulas are no words. A form
counts as kept where it is still one: a table with bars, a quote with its sign, code in a fence, a footnote that its
place in the text leads to, a formula as TeX. Half of the pages, those whose names have the lower hashes, are held out:
the program was changed until the others came out well, and these show what that is worth elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from lxml import etree

from benchmarks.measuring import parser, say
from importers.base import Input
from importers.documents.html.convert import parse
from importers.web.page import document_of
from kb.errors import KbError

PAGES = Path(__file__).parent.parent / "tests" / "importers" / "web" / "pages"
FORMS = ("formulas", "footnotes", "tables", "quotes", "code")
_MARKS = re.compile(r"\s+data-(?:gold|not|free)(?:=\"[^\"]*\")?(?=[\s>])")
_FACTS = re.compile(r"\A<!-- gold (\{.*\}) -->\n")
_HAN = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_HAN}]|[^\W\d_{_HAN}]{{2,}}")
_ADDRESS = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\((?:<[^>]*>|[^()\s]*(?:\([^()]*\)[^()\s]*)*)\)")
_TEX = re.compile(r"\$\$.*?\$\$|\$[^$\n]+\$", re.S)


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its gold; `html` has no marks of it left."""

    name: str
    html: str
    text: str
    authors: tuple[str, ...]
    date: str | None
    forms: dict[str, tuple[str, ...]]  # the TeX of formulas, else the words of each; of footnotes only how many
    free: tuple[str, ...]  # lines that count for nothing


@dataclass(frozen=True, slots=True)
class Read:
    """What somebody made of a page: its text as Markdown."""

    text: str
    authors: tuple[str, ...]
    date: str | None


@dataclass(frozen=True, slots=True)
class Score:
    """How good that was."""

    recall: float
    precision: float
    authors: bool
    date: bool
    kept: dict[str, int]


def page_of(name: str, marked: str) -> Page:
    """The page in a marked text.

    Raises:
        KbError: it has no first line with the facts.
    """
    head = _FACTS.match(marked)
    root = parse(marked)
    if head is None or root is None:
        raise KbError(f"{name} has no gold", "begin it with <!-- gold {…} -->")
    told = json.loads(head[1])
    gold = [one for one in root.iter() if one.get("data-gold") is not None]
    forms = {
        "formulas": tuple(told.get("formulas", ())),
        "footnotes": ("",) * told.get("footnotes", 0),
        "tables": tuple(_said(row) for one in gold if one.tag == "table" for row in one.findall(".//tr")[:1]),
        "quotes": tuple(_said(one) for one in gold if one.tag == "blockquote"),
        "code": tuple(_said(one) for one in gold if one.tag == "pre"),
    }
    notes = [one for one in gold if any(above.get("data-gold") is not None for above in one.iterancestors())]
    text = "\n".join(_said(one) for one in [*(one for one in gold if one not in notes), *notes])
    free = tuple(_said(one) for one in root.iter() if one.get("data-free") is not None)
    html = _MARKS.sub("", marked[head.end() :])
    return Page(name, html, text, tuple(told["authors"]), told["date"], forms, free)


def pages_in(folder: Path) -> list[Page]:
    """The pages of a folder, by name."""
    return [page_of(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.html"))]


def held_out(pages: Iterable[Page]) -> frozenset[str]:
    """The names of those that nothing was tuned on: the half with the lower hashes of their names."""
    names = sorted((page.name for page in pages), key=lambda name: hashlib.sha256(name.encode()).digest())
    return frozenset(names[: len(names) // 2])


def ours(page: Page) -> Read:
    """What `kb add` makes of a page."""
    try:
        found = document_of(page.html, Input(page.html, f"{page.name}.html"), None)
    except KbError:
        return Read("", (), None)
    return Read(found.text, tuple(one.name for one in found.authors), (found.published or "")[:10] or None)


def plain(page: Page) -> Read:
    """What trafilatura makes of a page as it comes, in Markdown, which of its forms keeps the most."""
    import trafilatura

    text = trafilatura.extract(page.html, output_format="markdown", include_comments=False)
    told = trafilatura.extract_metadata(page.html)
    names = tuple(filter(None, (told.author or "").split("; ")))
    return Read(text or "", names, told.date)


def score(page: Page, read: Read) -> Score:
    """How much of a page's text came, how much of what came is text, and which forms are still forms."""
    free = {tuple(_words(line)) for line in page.free}
    lines = (line for line in _bare(read.text).split("\n") if tuple(_words(line)) not in free)
    gold, found = _words(page.text), _words("\n".join(lines))
    same = sum(block.size for block in SequenceMatcher(None, gold, found, autojunk=False).get_matching_blocks())
    kept = {form: sum(_is_kept(form, one, read.text) for one in page.forms[form]) for form in FORMS}
    kept["footnotes"] = min(len(page.forms["footnotes"]), _notes(read.text))
    return Score(
        same / max(len(gold), 1), same / max(len(found), 1), read.authors == page.authors, read.date == page.date, kept
    )


def mean(scores: Iterable[Score]) -> tuple[float, float]:
    """Mean recall and precision; nought of none."""
    found = list(scores)
    count = max(len(found), 1)
    return sum(one.recall for one in found) / count, sum(one.precision for one in found) / count


def table(pages: Sequence[Page]) -> list[str]:
    """The lines of the table: each page, then the means of both halves and of all, and what was kept."""
    mine, theirs = [score(page, ours(page)) for page in pages], [score(page, plain(page)) for page in pages]
    held = held_out(pages)
    lines = [f"{'':24} {'kb':>13} {'trafilatura':>13}   recall, precision"]
    for page, one, other in zip(pages, mine, theirs, strict=True):
        lines.append(f"{page.name:24} {_shown([one])} {_shown([other])}{'   held out' if page.name in held else ''}")
    for called, half in (("tuned on", (False,)), ("held out", (True,)), ("all", (True, False))):
        chosen = [(page.name in held) in half for page in pages]
        parts = [[one for one, there in zip(side, chosen, strict=True) if there] for side in (mine, theirs)]
        lines.append(f"{called:24} {_shown(parts[0])} {_shown(parts[1])}")
    right = [(sum(one.authors for one in side), sum(one.date for one in side)) for side in (mine, theirs)]
    lines.append(f"{'authors':24} {right[0][0]:>13} {right[1][0]:>13}   of {len(pages)}")
    lines.append(f"{'dates':24} {right[0][1]:>13} {right[1][1]:>13}   of {len(pages)}")
    for form in FORMS:
        kept = [sum(one.kept[form] for one in side) for side in (mine, theirs)]
        lines.append(f"{form:24} {kept[0]:>13} {kept[1]:>13}   of {sum(len(page.forms[form]) for page in pages)}")
    return lines


def _shown(scores: Iterable[Score]) -> str:
    recall, precision = mean(scores)
    return f"{recall:>7.3f} {precision:.3f}"


def _said(element: etree._Element) -> str:
    """The words of an element without what in it is marked as no text."""
    if element.get("data-not") is not None:
        return ""
    parts = [element.text or ""]
    for child in element:
        apart = not isinstance(child.tag, str) or child.get("data-gold") is not None
        parts += ["" if apart else _said(child), child.tail or ""]
    return " ".join(parts)


def _bare(markdown: str) -> str:
    """The words of a text in Markdown, without addresses and formulas."""
    shown = _TEX.sub(" ", markdown)
    for _ in range(2):  # a picture may be the words of a link
        shown = _ADDRESS.sub(lambda found: "" if found[1] else found[2], shown)
    return re.sub(r"<(?:https?://[^>]*|br)>|https?://\S+|^```\w+", " ", shown, flags=re.M)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _is_kept(form: str, one: str, text: str) -> bool:
    if form == "formulas":
        return "".join(one.split()) in "".join(text.split())
    begin = _words(one)[:3]
    chosen = {
        "tables": [line for line in text.split("\n") if line.lstrip().startswith("|")],
        "quotes": [line for line in text.split("\n") if line.startswith(">")],
        "code": re.findall(r"^```.*?^```", text, re.S | re.M),
    }.get(form, [])
    return any(_words(re.sub(r"^```\w*", "", part))[:3] == begin for part in chosen)


def _notes(text: str) -> int:
    """Footnotes that are defined and to which the text leads."""
    defined = set(re.findall(r"^\[\^([^\]]+)\]:", text, re.M))
    return len(defined & set(re.findall(r"(?<!^)\[\^([^\]]+)\](?!:)", text, re.M)))


def main() -> None:
    """Print the table."""
    options = parser(__doc__)
    options.add_argument("--pages", type=Path, default=PAGES, help="a folder of pages with their gold")
    for line in table(pages_in(options.parse_args().pages)):
        say(line)


if __name__ == "__main__":
    main()
