"""Who wrote a text, where its first lines say it: "This is a guest post by …", "my name is …", "by Jane Doe".

What these lines say beats what came with the text: who puts up a guest post is not who speaks in it.
"""

from __future__ import annotations

import re

from kb.extract.model import Block, View
from kb.extract.persons import NAME, may_be_person
from kb.text import person_names

_BLOCKS, _CHARACTERS = 6, 1500  # of the beginning
_TELLS = re.compile(r"\b(?:by|By|name is|Author|author|I am|I['’]m)\b")
_GUEST = re.compile(
    rf"\b(?:[Tt]his (?:is|was|post is|essay is|article is) |[Tt]he following (?:is|was) )?(?:an? "
    rf"|[Tt]he )?(?:[Gg]uest|GUEST) (?:post|essay|article|column)"
    rf"[^.!?\n]{{0,60}}?\bby\W{{1,3}}{NAME}"
)
_CROSSPOSTED = re.compile(
    rf"\b(?:[Cc]ross-?posted|[Ll]ink-?post(?:ed)?|[Rr]e-?posted|[Rr]epublished|[Oo]riginally (?:posted|published"
    rf"|written|appeared))\b[^!?\n]{{0,120}}?\b(?:written|authored|posted|published)? ?by\W{{1,3}}{NAME}"
)
_BYLINE = re.compile(
    rf"^\W*(?:(?:[Ww]ritten |[Pp]osted |[Ee]ssay )?[Bb]y|BY|[Aa]uthor(?:ed by|:)) *\W{{0,3}}{NAME}(?=\W*(?:$|\n|["
    rf"|·•(,–—-]|(?:on|for|in) ))"
)
_MY_NAME = re.compile(rf"(?:^|[.!?,] |\b(?:Hi|Hello|hi|hello)\W+|\band )\W?[Mm]y name(?: is|['’]s) {NAME}")
_I_AM = re.compile(
    rf"^\W*(?:(?:Hi|Hello|Hey)\b[^.!?\n]{{0,30}}[,.!–—-] )?(?:I am|I['’]m) {NAME},? (?:an?|the|and I|from|at) "
)
_HANDLE = re.compile(
    r"^\W*(?:(?:[Ll]ast )?(?:[Uu]pdated|[Rr]evised|[Mm]odified|[Mm]aintained|[Ww]ritten|[Pp]osted|[Pp]ublished"
    r"|[Aa]uthored)"
    r" )?[Bb]y:? (?:[*_\[@]{1,3})(?P<who>[^\W\d][\w.-]{1,30}(?: [^\W\d][\w.-]{1,20}){0,2})(?=[*_\]])"
)
"""A name that stands out, if only as an account: "Last updated by *jdoe*"."""
_ABOVE = re.compile(
    r"^(?:\*\*|__)(?P<who>[^*_\n]{3,60})(?:\*\*|__)[ ,]?(?:\([^()\n]*\)|\d)?"
    r"(?: ?(?:·|,|;|\||and|&) ?(?:\*\*|__)[^*_\n]{3,60}(?:\*\*|__)[ ,]?(?:\([^()\n]*\)|\d)?)*\W*$"
)
"""Authors as they stand below the title of a paper, in bold with where they work."""
_OTHER_WORK = re.compile(
    r"\b(?:edit|translat|illustrat|review|inspir|produc|host|fund|support|own|photo|record|narrat|read|commission"
    r"|recommend"
    r"|transcri)\w*\W+by\W*$",
    re.I,
)
"""What else a person does to a text than write it."""
_OPENED = re.compile(r"[“\"‘][^”\"’]*$")
_LINK = re.compile(r"\[([^\[\]\n]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|\[\[(?:[^\[\]|\n]*\|)?([^\[\]\n]*)\]\]")


def author(view: View) -> str | None:
    """Whom the first lines name as the text's author, by the name among its authors where it has that one; or None."""
    if view.kind in {"comment", "transcript", "shortform", "paper"}:
        return None
    seen = 0
    for block in view.blocks.values():
        if block.kind == "heading":
            continue
        seen += 1
        if seen > _BLOCKS or block.start > _CHARACTERS + view.blocks[0].start:
            return None
        if block.kind in {"paragraph", "item"} and block.speaker is None and (name := _named(view, block, seen)):
            return _as_known(view, name)
    return None


def _named(view: View, block: Block, place: int) -> str | None:
    text = view.quote(block)[:600]
    if (
        place <= 3
        and not view.authors
        and (found := _HANDLE.match(text) or (place == 1 and _ABOVE.match(text)) or None)
    ):
        name = found["who"].strip()
        if found.re is _HANDLE or (" " in name and ("(" in text or "·" in text) and may_be_person(name)):
            return name
    if not _TELLS.search(text):
        return None
    text = _LINK.sub(lambda m: m[1] or m[2] or "", text).replace("*", "").replace("_", " ")
    patterns = [_GUEST, _CROSSPOSTED, _MY_NAME, _I_AM]
    if place <= 2 and len(text) < 120:
        patterns.append(_BYLINE)
    for pattern in patterns:
        found = pattern.search(text)
        before = text[: found.start("who")] if found else ""
        if not found or _OPENED.search(before) or _OTHER_WORK.search(before):
            continue
        name = found["who"].rstrip(".,")
        if may_be_person(name) and (" " in name or pattern is _MY_NAME):
            return name
    return None


def _as_known(view: View, name: str) -> str:
    """The author of that name; the two may differ by initials and middle names."""
    words = person_names.words(name)
    for one in view.authors:
        known = person_names.words(one)
        if known == words or (len(words) == 1 and words == known[:1]) or person_names.agree(known, words):
            return one
    return name
