"""The tree of docutils as the HTML that `importers.documents.html` writes down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from docutils import nodes

from importers.documents.made import Element, cited, code, element, formula, note, note_sign, put
from kb.text.strings import squash

_INLINE = {"emphasis": "em", "strong": "strong", "literal": "code", "title_reference": "cite", "superscript": "sup",
           "subscript": "sub"}  # fmt: skip
_BLOCKS = {"paragraph": "p", "bullet_list": "ul", "enumerated_list": "ol", "list_item": "li", "definition_list": "dl",
           "definition_list_item": "", "term": "dt", "definition": "dd", "field_list": "dl", "field": "",
           "field_name": "dt", "field_body": "dd", "option_list": "dl", "option_list_item": "", "option_group": "dt",
           "description": "dd", "row": "tr", "line": "p", "figure": "div", "caption": "p",
           "legend": "div", "container": "div", "compound": "div", "rubric": "p", "classifier": "em",
           "attribution": "p"}  # fmt: skip
_ADMONITIONS = {"attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning", "admonition"}
_SILENT = {"docinfo", "substitution_definition", "pending", "decoration", "target", "generated",
           "meta", "colspec", "title", "label"}  # fmt: skip
_SAID = (nodes.paragraph, nodes.line_block, nodes.block_quote)
_DEEPEST = 100


@dataclass(slots=True)
class Writing:
    """What is met on the way: notes by their ids, and what is left out, by kind."""

    left: Counter[str]
    notes: dict[str, str] = field(default_factory=dict)


def write(document: nodes.document, left: Counter[str]) -> Element:
    """The document as one element."""
    writing = Writing(left)
    for kind in (nodes.footnote, nodes.citation):
        for one in document.findall(kind):
            for name in one["ids"]:
                writing.notes[name] = one["ids"][0]
    made = element("div")
    below = any(isinstance(one, nodes.subtitle) for one in document.children)
    _inside(document, made, writing, int(below), 0)
    return made


def _inside(source: nodes.Element, made: Element, writing: Writing, level: int, depth: int) -> None:
    for one in source.children:
        if isinstance(one, nodes.Text):
            put(made, str(one.astext()))
        elif depth > _DEEPEST:
            put(made, one.astext())
        elif isinstance(one, nodes.Element):
            _node(one, made, writing, level, depth)


def _node(one: nodes.Element, made: Element, writing: Writing, level: int, depth: int) -> None:
    name = one.__class__.__name__
    if name in _SILENT:
        return
    if (special := _SPECIAL.get(name)) is not None:
        special(one, made, writing, level, depth)
        return
    tag = _INLINE.get(name) or _BLOCKS.get(name)
    if tag is None and name in _ADMONITIONS:
        _admonition(one, made, writing, level, depth)
        return
    inner = element(tag) if tag else made
    if tag:
        made.append(inner)
    _inside(one, inner, writing, level, depth + 1)


def _section(one: nodes.Element, made: Element, writing: Writing, level: int, depth: int) -> None:
    if "system-messages" in one["classes"]:
        return
    for title in one.children[:1]:
        if isinstance(title, nodes.title):
            head = element(f"h{min(level + 1, 6)}")
            _inside(title, head, writing, level, depth + 1)
            made.append(head)
    _inside(one, made, writing, level + 1, depth + 1)


def _subtitle(one: nodes.Element, made: Element, writing: Writing, _level: int, depth: int) -> None:
    """The only heading below the title, which docutils takes for a part of it; others are below it."""
    head = element("h1")
    _inside(one, head, writing, 0, depth + 1)
    made.append(head)


def _message(one: nodes.Element, made: Element, writing: Writing, level: int, depth: int) -> None:
    """What docutils could not read: as it stands."""
    for said in one.children:
        if isinstance(said, nodes.literal_block):
            writing.left["form of a broken piece"] += 1
            _literal(said, made, writing, level, depth)


def _topic(one: nodes.Element, made: Element, writing: Writing, level: int, depth: int) -> None:
    """A topic or sidebar: a quotation with its title; the list of contents is none, the abstract is a section."""
    if "contents" in one["classes"]:
        writing.left["table of contents"] += 1
    elif "abstract" in one["classes"] or "dedication" in one["classes"]:
        _section(one, made, writing, level, depth)
    else:
        _admonition(one, made, writing, level, depth)


def _admonition(one: nodes.Element, made: Element, writing: Writing, level: int, depth: int) -> None:
    name = one.__class__.__name__
    titles = [title for title in one.children[:1] if isinstance(title, nodes.title)]
    label = (
        squash(titles[0].astext())
        if titles
        else ""
        if name in {"admonition", "topic", "sidebar"}
        else name.capitalize()
    )
    inner = element("blockquote", *([element("p", element("strong", label))] if label else []))
    _inside(one, inner, writing, level, depth + 1)
    made.append(inner)


def _table(one: nodes.Element, made: Element, writing: Writing, level: int, depth: int) -> None:
    for title in one.children[:1]:
        if isinstance(title, nodes.title):
            caption = element("p")
            _inside(title, caption, writing, level, depth + 1)
            made.append(caption)
    inner = element("table")
    _inside(one, inner, writing, level, depth + 1)
    made.append(inner)


def _literal(one: nodes.Element, made: Element, writing: Writing, _level: int, _depth: int) -> None:
    writing.left[f"form of a broken {one.get('broken')}"] += "broken" in one
    names = [name for name in one.get("classes", ()) if name and name != "code"]
    made.append(code(one.astext(), (one.get("language") or (names[0] if names else "")).split(" ")[0]))


def _math_block(one: nodes.Element, made: Element, _writing: Writing, _level: int, _depth: int) -> None:
    for part in one.astext().split("\n\n"):
        if part.strip():
            made.append(element("p", formula(part.strip(), display=True)))


def _math(one: nodes.Element, made: Element, _writing: Writing, _level: int, _depth: int) -> None:
    made.append(formula(one.astext()))


def _line_block(one: nodes.Element, made: Element, writing: Writing, level: int, depth: int) -> None:
    inner = element("p")
    for number, line in enumerate(_lines(one)):
        if number:
            inner.append(element("br"))
        _inside(line, inner, writing, level, depth + 1)
    made.append(inner)


def _lines(one: nodes.Element) -> Iterator[nodes.Element]:
    for line in one.children:
        if isinstance(line, nodes.line_block):
            yield from _lines(line)
        elif isinstance(line, nodes.Element):
            yield line


def _reference(one: nodes.Element, made: Element, writing: Writing, level: int, depth: int) -> None:
    uri = one.get("refuri", "")
    inner = element("a", href=uri) if uri and not uri.startswith("mailto:") else element("span")
    made.append(inner)
    _inside(one, inner, writing, level, depth + 1)


def _note_sign(one: nodes.Element, made: Element, writing: Writing, _level: int, _depth: int) -> None:
    known = writing.notes.get(one.get("refid", ""))
    if known:
        made.append(note_sign(known))
    else:
        put(made, f"[{one.astext()}]")


def _note(one: nodes.Element, made: Element, writing: Writing, level: int, depth: int) -> None:
    labels = [child.astext() for child in one.children[:1] if isinstance(child, nodes.label)]
    body = element("div")
    made.append(note(one["ids"][0] if one["ids"] else "", labels[0] if labels else "*", [body]))
    _inside(one, body, writing, level, depth + 1)


def _picture(_one: nodes.Element, _made: Element, writing: Writing, _level: int, _depth: int) -> None:
    writing.left["picture"] += 1


def _comment(_one: nodes.Element, _made: Element, writing: Writing, _level: int, _depth: int) -> None:
    writing.left["comment"] += 1


def _raw(_one: nodes.Element, _made: Element, writing: Writing, _level: int, _depth: int) -> None:
    writing.left["raw block"] += 1


def _inline(one: nodes.Element, made: Element, writing: Writing, level: int, depth: int) -> None:
    if one.get("citekeys"):
        made.append(cited(one["citekeys"]))
    else:
        _inside(one, made, writing, level, depth + 1)


def _entry(one: nodes.Element, made: Element, writing: Writing, level: int, depth: int) -> None:
    head = isinstance(one.parent.parent, nodes.thead)
    inner = element("th" if head else "td")
    if one.get("morecols"):
        inner.set("colspan", str(min(int(one["morecols"]) + 1, 64)))
    made.append(inner)
    _inside(one, inner, writing, level, depth + 1)


def _quote(one: nodes.Element, made: Element, writing: Writing, level: int, depth: int) -> None:
    """A quotation, where it has sentences; a list or table that is only moved to the right is none."""
    inner = element("blockquote") if any(isinstance(child, _SAID) for child in one.children) else element("div")
    made.append(inner)
    _inside(one, inner, writing, level, depth + 1)


def _transition(_one: nodes.Element, made: Element, _writing: Writing, _level: int, _depth: int) -> None:
    made.append(element("hr"))


_SPECIAL: dict[str, Callable[[nodes.Element, Element, Writing, int, int], None]] = {
    "section": _section, "topic": _topic, "sidebar": _admonition, "literal_block": _literal, "doctest_block": _literal,
    "math_block": _math_block, "math": _math, "line_block": _line_block, "reference": _reference, "image": _picture,
    "footnote_reference": _note_sign, "citation_reference": _note_sign, "footnote": _note, "citation": _note,
    "comment": _comment, "raw": _raw, "inline": _inline, "entry": _entry, "transition": _transition,
    "block_quote": _quote, "table": _table, "subtitle": _subtitle, "system_message": _message,
}  # fmt: skip
