"""Paragraphs and items that begin with who says them: comments below a page, and a talk noted down in a list.

"**Ada**: …" under "Comments (12)"; "- Ada: …", "- Me: …" where people talk. "Cost: low" is no person's.
"""

from __future__ import annotations

import re
from collections import Counter

from kb.extract.model import Block, Said, View
from kb.extract.persons import NAME, may_be_person

_COMMENTS = re.compile(
    r"\W*(?:\d+ )?(?:comments?|replies|responses|reader comments|discussion)(?: ?\(?\d*\)?)?\W*", re.I
)
_SIGNED = re.compile(
    r"(?:\*\*|__|\[)@?(?P<who>[^\W\d_][\w.’' -]{1,38}?)(?:\]\([^()\s]*\))?(?:\*\*|__)?(?:\*\*|__)?"
    r"(?:(?: ?[·•|,(—–-] ?)[^:\n]{0,40}?)?(?:: ?|\n|\)\s|(?=$))(?:\*\*)?"
)
_ITEM = re.compile(rf"(?:\*\*|__)?(?:{NAME}|(?P<me>Me|I))(?:\*\*|__)?:(?:\*\*|__)?\s")
_TALK = re.compile(
    r"\b(?:discuss|convers|exchange|chat|debate|talk|said|dialogue|argument with|comments|q ?& ?a|group)", re.I
)
_FAQ = re.compile(r"\bFAQs?\b|\bfrequently\b.{0,20}\bquestions|\bquestions (?:and|&) answers|\bQ ?& ?A\b", re.I)
_TO_US = re.compile(r"\b(?:you|your|yours)\b", re.I)
_LEAST = 3  # items, of two people and more


def blocks(view: View) -> dict[int, Said]:
    """Who says the blocks that begin with a name, by their numbers; and those that go on with them."""
    found: dict[int, Said] = {}
    _comments(view, found)
    _talks(view, found)
    _questions(view, found)
    return found


def _questions(view: View, found: dict[int, Said]) -> None:
    """What is asked on a page of questions and answers: readers ask it, or say it for the page to answer."""
    headings = [block for block in view.blocks.values() if block.kind == "heading"]
    asked = Counter(block.level for block in headings if view.quote(block).rstrip(" *_#").endswith("?"))
    titled = _FAQ.search(view.title) or (headings and _FAQ.search(view.quote(headings[0])))
    level, count = asked.most_common(1)[0] if asked else (0, 0)
    if count < 2 or not titled:
        return
    for block in headings:
        words = view.quote(block)
        if block.level == level and (words.rstrip(" *_#").endswith("?") or _TO_US.search(words)):
            found[block.number] = Said("quoted", None)


def _comments(view: View, found: dict[int, Said]) -> None:
    last: Said | None = None
    for block in view.blocks.values():
        under = block.heading and _COMMENTS.fullmatch(block.heading[-1])
        if block.kind == "heading" or not under or block.turn is not None:
            last = None
            continue
        signed = _SIGNED.match(view.quote(block))
        if signed and block.kind in {"paragraph", "item"}:
            last = Said("named", signed["who"].strip())
        if last is not None and block.kind in {"paragraph", "item"}:
            found[block.number] = last


def _talks(view: View, found: dict[int, Said]) -> None:
    lists: dict[tuple[int | None, tuple[str, ...]], list[tuple[Block, str]]] = {}
    for block in view.blocks.values():
        if block.kind == "item" and block.turn is None and ":" in view.text[block.start : block.start + 40]:
            opened = _ITEM.match(view.quote(block))
            if opened:
                lists.setdefault((block.parent, block.heading), []).append((block, opened["me"] or opened["who"]))
    for items in lists.values():
        names = Counter(name for _, name in items)
        persons = [name for name in names if name in {"Me", "I"} or (may_be_person(name) and len(name.split()) <= 3)]
        if len(items) < _LEAST or len(persons) < max(2, len(names)):
            continue
        before = view.blocks.get(items[0][0].number - 1)
        told = (
            before is not None and before.kind in {"paragraph", "item", "heading"} and _TALK.search(view.quote(before))
        )
        if "Me" in names or "I" in names or (told and len(names) < len(items)):
            for block, name in items:
                found[block.number] = (
                    Said("author", view.speaker(block)) if name in {"Me", "I"} else Said("named", name)
                )
