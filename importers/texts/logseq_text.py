"""The text of a page of Logseq as Markdown: its properties as front matter, ids of blocks as `^id`, no bookkeeping.

Every block is a bullet; lines below it that read `key:: value` are its properties. Time logs, dates of tasks, queries
and what a plugin would draw are no words of anybody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from importers.texts.front_matter import front_matter
from kb.text.strings import squash

PROPERTY = re.compile(r"(?P<key>[^\W\d][\w./-]*(?: [\w./-]+){0,3})::(?:[ \t]+(?P<value>.*?))?[ \t]*$")
UUID = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"

_BULLET = re.compile(r"(?P<indent>[ \t]*)(?P<sign>[-*+])(?:[ \t]+|$)")
_FENCE = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(`{3,}|~{3,})")
_DRAWER = re.compile(r":(LOGBOOK|PROPERTIES|CLOCK):[ \t]*$", re.I)
_PLANNED = re.compile(r"(?:SCHEDULED|DEADLINE):[ \t]*<[^<>]*>[ \t]*")
_PRIORITY = re.compile(r"(?<=[A-Z] )\[#[A-C]\][ \t]+|^\[#[A-C]\][ \t]+")
_BEGIN = re.compile(r"#\+BEGIN_(?P<kind>\w+)(?P<more>[^\n]*)$", re.I)
_MACRO = re.compile(r"\{\{\{?(?P<name>[\w-]+)(?:[ \t:]+(?P<inside>(?:[^{}]|\{[^{}]*\})*))?\}\}\}?")
_LISTS = {"tags", "tag", "alias", "aliases"}
_OF_LOGSEQ = re.compile(
    r"collapsed|heading|background-color|background-image|(?:created|updated)[-_]at|logseq[./].*|card-.*|query-.*"
    r"|template(?:-including-parent)?|icon|public|filters|exclude-from-graph-view|hl-.*|ls-type|file(?:-path)?|todo|doing"
    r"|done|now|later|waiting|cancell?ed|macros?|order-list-type|title-format",
    re.I,
)
_QUERIES = {"query", "cards", "namespace", "function", "query-done"}
_ADDRESSES = {"youtube", "video", "vimeo", "bilibili", "tweet", "twitter", "pdf", "audio", "iframe"}
_ADMONITIONS = {"note", "tip", "important", "caution", "warning", "pinned"}
_CODE = {"src", "example", "export"}


@dataclass(slots=True)
class Page:
    """A page as Markdown, and what was left out of it, by kind."""

    text: str = ""
    left: Counter[str] = field(default_factory=Counter)


def to_markdown(text: str) -> Page:
    """The page as Markdown. Never raises: what is not of Logseq stays as it is."""
    page = Page()
    lines = text.split("\n")
    properties, first = ({}, 0) if text.startswith("---") else page_properties(lines)
    head = front_matter(_said(properties))
    page.text = "\n".join([*head, *_body(lines[first:], page.left)])
    return page


def page_properties(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """The properties with which a page begins, and the number of the first line after them."""
    at = next((number for number, line in enumerate(lines) if line.strip()), 0)
    found: dict[str, str] = {}
    bullet = bool(lines) and lines[at].startswith("- ")
    for number in range(at, len(lines)):
        line = lines[number].strip()
        pair = PROPERTY.match(line[2:] if bullet and number == at else line)
        if pair is None:
            own = not line or lines[number].startswith(("- ", "-\t")) or line == "-"
            return (found, number) if found and (own or not bullet) else ({}, 0)
        found.setdefault(pair["key"].lower(), (pair["value"] or "").strip())
    return found, len(lines)


def _said(properties: dict[str, str]) -> dict[str, str | list[str]]:
    """What the properties say to a reader, lists apart."""
    found: dict[str, str | list[str]] = {}
    for key, value in properties.items():
        if _OF_LOGSEQ.fullmatch(key) or key == "id" or not value:
            continue
        parts = re.split(r",(?![^\[\]]*\]\])", value) if key in _LISTS else []
        found[key] = [said for part in parts if (said := part.strip().removeprefix("#"))] or value
    return found


def _body(lines: Sequence[str], left: Counter[str]) -> Iterator[str]:
    """The lines after the page's properties."""
    names: list[str] = []  # of the block that is open: they stand at its end
    at = 0
    while at < len(lines):
        line = lines[at]
        bullet = _BULLET.match(line)
        if bullet or not line.strip():
            yield from names
            names = []
        before = bullet.group() if bullet else line[: len(line) - len(line.lstrip())]
        words = line[len(before) :]
        beside = _beside(before)
        if fence := _FENCE.match(line):
            stop = _closing(lines, at, fence[1])
            yield from lines[at:stop]
            at = stop
            continue
        if drawer := _DRAWER.match(words):
            left["time logs" if drawer[1].upper() != "PROPERTIES" else "drawers"] += 1
            at = _after(lines, at, ":end:")
        elif begin := _BEGIN.match(words):
            stop = _after(lines, at, f"#+end_{begin['kind'].lower()}")
            inner = list(lines[at + 1 : stop - 1 if stop - at > 1 else stop])
            yield from _set_off(before, beside, begin, inner, left)
            at = stop
        elif (pair := PROPERTY.match(words)) and (name := _named(pair)) is not None:
            if name:
                names.append(f"{beside}^{name}")
            if bullet:
                yield before.rstrip()
            at += 1
        else:
            said = _words(words, left)
            if said or not words:
                yield before + said if said else before.rstrip()
            elif bullet and _has_more(lines, at, beside):
                yield before.rstrip()
            at += 1
    yield from names


def _named(pair: re.Match[str]) -> str | None:
    """The id that a property gives its block, "" for one that says nothing to a reader, None for any other."""
    key, value = pair["key"].lower(), pair["value"] or ""
    if key == "id":
        return value.lower() if re.fullmatch(UUID, value) else ""
    return "" if _OF_LOGSEQ.fullmatch(key) else None


def _words(words: str, left: Counter[str]) -> str:
    """A line without what only the program reads; "" where nothing is left."""
    if planned := _PLANNED.match(words):
        left["dates of tasks"] += 1
        words = words[planned.end() :]
    words = _PRIORITY.sub("", words, count=1)
    if "{{" in words:
        words = _MACRO.sub(lambda macro: _macro(macro, left), words)
    return words.rstrip() if words.strip() else ""


def _macro(macro: re.Match[str], left: Counter[str]) -> str:
    name, inside = macro["name"].lower(), squash(macro["inside"] or "")
    if name in _QUERIES:
        left["queries"] += 1
        return ""
    if name == "renderer":
        left["macros of plugins"] += 1
        return ""
    if name == "embed" and inside.startswith("[["):
        return "!" + inside
    if name in _ADDRESSES and inside.startswith(("http://", "https://")):
        return inside
    return inside if name == "cloze" else macro.group()


def _set_off(before: str, beside: str, begin: re.Match[str], inner: Sequence[str], left: Counter[str]) -> Iterator[str]:
    """What stands between `#+BEGIN_…` and `#+END_…`: a quotation, a callout, code, or words as they are."""
    kind = begin["kind"].lower()
    if kind in {"query", "comment"}:
        left["queries" if kind == "query" else "comments"] += 1
        if before.strip():
            yield before.rstrip()
        return
    indent = min((len(line) - len(line.lstrip()) for line in inner if line.strip()), default=0)
    own = [line[indent:] if line.strip() else "" for line in inner]
    if kind in _CODE:
        own = [f"```{begin['more'].strip().partition(' ')[0] if kind == 'src' else ''}", *own, "```"]
    elif kind == "quote":
        own = [f"> {_words(line, left)}".rstrip() for line in own]
    elif kind in _ADMONITIONS:
        own = [f"> [!{kind}]", *(f"> {_words(line, left)}".rstrip() for line in own)]
    for number, line in enumerate(own):
        yield ((beside if number else before) + line).rstrip()


def _beside(before: str) -> str:
    """The indentation of what goes on below a line that begins so."""
    return re.sub(r"[-*+]", " ", before)


def _closing(lines: Sequence[str], at: int, fence: str) -> int:
    """The number of the line after a fenced block that begins here."""
    for number in range(at + 1, len(lines)):
        if lines[number].strip().startswith(fence) and not lines[number].strip().strip(fence[0]):
            return number + 1
    return at + 1


def _after(lines: Sequence[str], at: int, end: str) -> int:
    """The number of the line after the one that ends what begins here; the next one where nothing does."""
    for number in range(at + 1, len(lines)):
        if lines[number].strip().lower() == end:
            return number + 1
        if _BULLET.match(lines[number]) and end == ":end:":
            break
    return at + 1


def _has_more(lines: Sequence[str], at: int, beside: str) -> bool:
    """Whether a block has lines or blocks below its first line, which is left out."""
    following = next((line for line in lines[at + 1 :] if line.strip()), "")
    return len(following) - len(following.lstrip()) >= len(beside.expandtabs(1))
