"""What forums and their editors put into HTML beyond HTML: maths, spoilers, collapsibles, widgets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from importers.documents.html import mathml

_TEX = re.compile(r"^\s*(?:\\\((?P<inline>.*)\\\)|\\\[(?P<block>.*)\\\]|\$\$(?P<dollars>.*)\$\$)\s*$", re.S)
_STYLED = re.compile(r"\s*\{\\(?:display|text)style\s+(.*)\}\s*", re.S)
_PICTURED = {"mwe-math-fallback-image-inline", "mwe-math-fallback-image-display", "latex", "tex", "tex-image"}
"""Pictures of formulas, which have the TeX in the place of words."""
_DROPPED_TAGS = (
    "script style template head title meta link svg noscript input select option object param source track base canvas "
    "map area colgroup col textarea datalist"
)
DROPPED = frozenset(_DROPPED_TAGS.split())


@dataclass(frozen=True, slots=True)
class Formula:
    tex: str
    display: bool


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
    if tag == "img":
        return _formula(element.get("alt") or "", "block" in " ".join(names)) if names & _PICTURED else None
    if names & {"math", "arithmatex"} and not len(element) and _TEX.match(element.text or ""):
        return _formula(element.text or "", "display" in names)
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
    if names & {"math-tex", "katex", "katex-display", "mwe-math-element"} or tag in {"math", "d-math"}:
        rendered = next((e for e in element.iter() if e is not element and _rendered(e)), None)
        if rendered is not None and (inner := formula(rendered)):
            return inner
        written = element.find(".//annotation[@encoding='application/x-tex']")
        if written is not None:
            return _formula(written.text or "", "katex-display" in names or element.get("display") == "block")
        if tag == "math":
            alt = element.get("alttext")
            return _formula(alt or mathml.tex_of(element), element.get("display") == "block")
        bare = "math-tex" in names or (tag == "d-math" and not len(element))
        return _formula("".join(element.itertext()), element.get("block") is not None) if bare else None
    return None


def _rendered(element: etree._Element) -> bool:
    return element.tag == "mjx-container" or bool(classes(element) & ({"mjpage", "mjx-chtml"} | _PICTURED))


def _formula(tex: str, display: bool) -> Formula | None:
    if found := _TEX.match(tex):
        display = display or found["inline"] is None
        tex = next(part for part in found.groups() if part is not None)
    if found := _STYLED.fullmatch(tex):
        tex = found[1]
    tex = re.sub(r"\n\s*\n", "\n", tex.replace("\xa0", " ")).strip()
    return Formula(tex, display) if tex else None


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
