"""A page of Org: its headings with what stands below each, and its notes; trees that are not for readers left out."""

from __future__ import annotations

import re

from importers.documents.made import Element, element, note
from importers.documents.org.blocks import Blocks, Page
from importers.documents.org.inline import Reading, fill

_HEAD = re.compile(r"(?P<stars>\*+)[ \t]+(?P<words>.*?)(?:[ \t]+(?P<tags>:[\w@#%:]+:))?[ \t]*$")
_STATES = ["TODO", "DONE", "NEXT", "WAITING", "HOLD", "STARTED", "CANCELED", "CANCELLED", "SOMEDAY", "PROJ", "IDEA"]
_OWN_STATES = re.compile(r"^[ \t]*#\+(?:(?:seq|typ)_)?todo:[ \t]*(.*)$", re.I | re.M)
_COOKIE = re.compile(r"\s*\[(?:\d+/\d+|\d+%|/|%)\]")


def read_page(text: str, reading: Reading) -> Page:
    """The page in a text. Never raises: what is not of Org is paragraphs."""
    page = Page()
    notes: dict[str, list[str]] = {}
    lines = text.split("\n")
    states = _states(text)
    skipped = 0  # the level of a heading whose tree is left out
    start = 0
    for at in range(len(lines) + 1):
        head = _HEAD.match(lines[at]) if at < len(lines) else None
        if at < len(lines) and head is None:
            continue
        if not skipped:
            page.made += Blocks(page, reading, notes).read(lines[start:at], 0, first=start == 0)
        start = at + 1
        if head is None:
            break
        level = len(head["stars"])
        if skipped and level > skipped:
            continue
        skipped = level if _is_left(head, reading) else 0
        if not skipped:
            page.made.append(_heading(head, states, reading))
    _write_notes(page, notes, reading)
    return page


def _states(text: str) -> re.Pattern[str]:
    """The states of tasks that may begin a heading: the usual ones and those that the page names."""
    own = [re.sub(r"\(.*", "", word) for line in _OWN_STATES.findall(text) for word in line.replace("|", " ").split()]
    names = "|".join(map(re.escape, filter(None, [*_STATES, *own])))
    return re.compile(rf"(?:(?P<state>{names})(?=\s|$)\s*)?(?:\[#\w\]\s*)?")


def _is_left(head: re.Match[str], reading: Reading) -> bool:
    left = head["words"].startswith("COMMENT") or ":noexport:" in (head["tags"] or "").lower()
    reading.left["hidden section"] += left
    return left


def _heading(head: re.Match[str], states: re.Pattern[str], reading: Reading) -> Element:
    words, state = head["words"], states.match(head["words"])
    if state is not None and state.end():
        reading.left["state of a task"] += state["state"] is not None
        words = words[state.end() :]
    made = element(f"h{min(len(head['stars']), 6)}")
    fill(made, _COOKIE.sub("", words), reading)
    return made


def _write_notes(page: Page, notes: dict[str, list[str]], reading: Reading) -> None:
    at = 0
    while at < len(reading.notes):  # a note may have signs itself
        name = reading.notes[at]
        at += 1
        body = element("div")
        lines = notes.get(name) or [reading.written.get(name, "–")]
        for one in Blocks(page, reading, {}).read(lines, 1):
            body.append(one)
        page.made.append(note(f"fn-{name}", name if name.isdigit() else str(at), [body]))
