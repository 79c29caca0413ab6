"""What forums and their editors put into HTML beyond HTML: maths, footnotes, spoilers, collapsibles, widgets."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from importers.documents.html import mathml

_TEX = re.compile(r"^\s*(?:\\\((?P<inline>.*)\\\)|\\\[(?P<block>.*)\\\]|\$\$(?P<dollars>.*)\$\$)\s*$", re.S)
_LABEL = re.compile(r"[^\w-]+")
_DROPPED_TAGS = (
    "script style template head title meta link svg noscript input select option object param source track base canvas "
    "map area colgroup col textarea datalist"
)
DROPPED = frozenset(_DROPPED_TAGS.split())


@dataclass(frozen=True, slots=True)
class Formula:
    tex: str
    display: bool


@dataclass(frozen=True)
class Notes:
    """Footnotes of a document: the label of each by the id of its definition."""

    labels: dict[str, str] = field(default_factory=dict)
    definitions: dict[etree._Element, str] = field(default_factory=dict)


def classes(element: etree._Element) -> set[str]:
    return set((element.get("class") or "").split())


def hidden(element: etree._Element) -> bool:
    """Whether a reader does not see the element."""
    if not isinstance(element.tag, str) or element.tag in DROPPED:
        return element.tag != "script" or not (element.get("type") or "").startswith("math/tex")
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style or "MJX_Assistive_MathML" in classes(element)


def formula(element: etree._Element) -> Formula | None:
    """The TeX of an element that is a formula, whichever program rendered it; None if it is none."""
    tag, names = element.tag, classes(element)
    if tag == "script":
        return _formula("".join(element.itertext()), "mode=display" in (element.get("type") or ""))
    if tag == "mjx-container" or names & {"mjpage", "mjx-chtml", "MathJax_CHTML"}:
        spoken = element if element.get("aria-label") else element.find(".//*[@aria-label]")
        if spoken is None and tag != "mjx-container":
            return None
        block = element.get("display") == "true" or bool(names & {"mjpage__block", "MJXc-display"})
        block = block or element.find(".//*[@class='MJXc-display']") is not None
        if spoken is None:
            # Some programs left the label away: then it is read off the drawing.
            words = "".join(element.itertext()).strip()
            tex = mathml.tex_of(element) or (None if words else mathml.MISSING)
            return _formula(tex, block) if tex else None
        return _formula(spoken.get("aria-label") or "", block)
    if names & {"math-tex", "katex", "katex-display"} or tag == "math":
        rendered = next((e for e in element.iter() if e is not element and _rendered(e)), None)
        if rendered is not None and (inner := formula(rendered)):
            return inner
        written = element.find(".//annotation[@encoding='application/x-tex']")
        if written is not None:
            return _formula(written.text or "", "katex-display" in names or element.get("display") == "block")
        if tag == "math":
            alt = element.get("alttext")
            return _formula(alt or mathml.tex_of(element), element.get("display") == "block")
        return _formula("".join(element.itertext()), False) if "math-tex" in names else None
    return None


def _rendered(element: etree._Element) -> bool:
    return element.tag == "mjx-container" or bool(classes(element) & {"mjpage", "mjx-chtml"})


def _formula(tex: str, display: bool) -> Formula | None:
    if found := _TEX.match(tex):
        display = display or found["inline"] is None
        tex = next(part for part in found.groups() if part is not None)
    tex = re.sub(r"\n\s*\n", "\n", tex.replace("\xa0", " ")).strip()
    return Formula(tex, display) if tex else None


def find_notes(root: etree._Element) -> Notes:
    """Labels of all footnotes: their numbers, or their ids where numbers repeat."""
    items = [e for e in root.iter("li", "div", "p") if _is_note(e)]
    given = [e.get("data-footnote-index") or str(n) for n, e in enumerate(items, start=1)]
    count = Counter(given)
    labels: dict[str, str] = {}
    definitions: dict[etree._Element, str] = {}
    for element, number in zip(items, given, strict=True):
        name = element.get("data-footnote-id") or element.get("id") or number
        label = _LABEL.sub("-", number if count[number] == 1 else name).strip("-") or "note"
        definitions[element] = label
        for key in (element.get("id"), name):
            if key:
                labels[key] = label
    return Notes(labels, definitions)


def _is_note(element: etree._Element) -> bool:
    names = classes(element)
    if "footnote-item" in names or element.get("data-footnote-item") is not None:
        return True
    if element.tag != "li" or not element.get("id"):
        return False
    around = element.getparent()
    for _ in range(2):  # the list, and the section around it
        if around is None:
            return False
        if classes(around) & {"footnotes", "footnote-section", "footnotes-list", "footnote-list"}:
            return True
        around = around.getparent()
    return False


def note_label(element: etree._Element, notes: Notes) -> str | None:
    """The label of the footnote that the element refers to, if it does."""
    refers = "footnote-reference" in classes(element) or element.get("data-footnote-reference") is not None
    if refers and (name := element.get("data-footnote-id")):
        known = notes.labels.get(name) or notes.labels.get(f"fn{name}")
        return known or _LABEL.sub("-", element.get("data-footnote-index") or name)
    if element.tag == "a":
        href = element.get("href") or ""
        page, _, name = href.partition("#")
        if name in notes.labels and (not page or "/" not in page.rstrip("/")):
            return notes.labels[name]
    if element.tag == "sup" and not (element.text or "").strip():
        only = [e for e in element if not hidden(e)]
        if len(only) == 1 and not (only[0].tail or "").strip() and only[0].tag == "a":
            return note_label(only[0], notes)
    return None


def is_back_link(element: etree._Element) -> bool:
    """Whether the element leads from a footnote back to its place in the text."""
    names = classes(element)
    if names & {"footnote-back-link", "footnote-backref", "footnote-back"}:
        return True
    shown = "".join(element.itertext()).strip(" \xa0\ufe0e") if element.tag == "a" else ""
    return shown in {"^", "↩", "↑", "↵"} and (element.get("href") or "").startswith("#")


def box(item: etree._Element) -> str:
    """The box of a task, as Markdown has it, before the words of an item of a list; "" where there is none."""
    first = next((one for one in item.iter("input", "p", "label") if one.tag == "input"), None)
    task = first is not None and first.get("type") == "checkbox"
    checked = item.get("data-checked") or (str(first is not None and first.get("checked") is not None) if task else "")
    return {"": "", "true": "[x] "}.get(checked.lower(), "[ ] ")


def is_spoiler(element: etree._Element) -> bool:
    return bool(classes(element) & {"spoilers", "spoiler", "spoiler-v2"})


def details_title(element: etree._Element) -> etree._Element | None:
    """The title of a collapsible section."""
    for child in element:
        if isinstance(child.tag, str) and (child.tag == "summary" or "detailsBlockTitle" in classes(child)):
            return child
    return None


def is_details(element: etree._Element) -> bool:
    return element.tag == "details" or "detailsBlock" in classes(element)


def llm_model(element: etree._Element) -> str | None:
    """Which language model wrote the block; None where none did."""
    if "llm-content-block" not in classes(element) and element.get("data-model-name") is None:
        return None
    return element.get("data-model-name") or "model"


def dialogue_speaker(element: etree._Element) -> tuple[str, etree._Element | None] | None:
    """Who speaks in a dialogue's message, and the header that names them (not to be read twice)."""
    if "dialogue-message" not in classes(element):
        return None
    header = next((e for e in element.iter() if isinstance(e.tag, str) and _is_header(e)), None)
    name = " ".join("".join(header.itertext()).split()) if header is not None else ""
    name = element.get("display-name") or name or element.get("user-id") or "unknown"
    return name, header


def _is_header(element: etree._Element) -> bool:
    return bool(classes(element) & {"dialogue-message-header"})


def embed(element: etree._Element) -> tuple[str, str] | None:
    """Address and title of something shown from elsewhere."""
    if name := element.get("data-elicit-id"):
        return f"https://forecast.elicit.org/binary/questions/{name}", "Elicit prediction"
    if element.tag in {"oembed", "o-embed"}:
        return element.get("url") or "", ""
    if element.get("data-oembed-url"):
        return element.get("data-oembed-url") or "", ""
    if element.tag in {"iframe", "embed", "video", "audio"}:
        source = element.get("src") or element.get("data-src") or ""
        inner = element.find("source")
        if not source and inner is not None:
            source = inner.get("src") or ""
        return source, element.get("title") or ("widget" if not source else "")
    return None
