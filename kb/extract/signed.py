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
_OPENER = re.compile(
    rf"(?:\*\*|__)?(?:{NAME}|@(?P<handle>[\w.-]{{2,30}}))(?:\*\*|__)?(?: ?\([^()\n]{{1,40}}\))?(?:\*\*|__)?"
    r":(?:\*\*|__)?\s+"
)
_TALKS = re.compile(r"\b(?:I|I['’]\w+|you|your|my)\b|^(?:Yes|No|Agreed?|Disagree|Thanks|But|Not|Well|Sure|Why)\b", re.I)
_ENDS = re.compile(rf"[—–-]|{_OPENER.pattern.replace('?P<who>', '').replace('?P<handle>', '')}")
_SPEAKS = re.compile(r"\bI\b|\bI['’]|\?\s*$")
_ABOUT_ONE = re.compile(
    r"(?![^.?!]*\byou)(?:[^.?!]*\b(?:he|she|his|her|him)\b|I (?:\w+ )?(?:read|met|saw|found|should|must|never))", re.I
)
"""Notes on a person: "**Ada Holm**: I should read her book"."""
_HEADED = re.compile(rf"\W*{NAME}(?:,? ?[\[(·|—–,-].{{0,40}})?\W*")
_LABELS = re.compile(
    r"cost|costs|benefit|benefits|risk|risks|note|notes|pro|pros|con|cons|premise|premises|status|aim|goal|"
    r"method|methods|finding|findings|result|results|action|actions|todo|decision|reason|reasons|answer|"
    r"question|topic|theme|date|place|task|advantage|advantages|disadvantage|strength|strengths|weakness|"
    r"weaknesses|limitation|limitations|assumption|assumptions|evidence|verdict|price|size|speed|quality|safety|"
    r"update|edit|summary|thesis|claim|reply|response|objection|rebuttal|example|definition|warning|tip|problem|"
    r"solution|option|input|output|cause|effect|symptom|diagnosis|treatment|prognosis|dose|use|uses|habitat|"
    r"strategy|plan|budget|scope|team|owner|why|what|how|who|when|where|pattern|principle|rule|lesson|takeaway|"
    r"insight|hypothesis|background|context|conclusion",
    re.I,
)
_LEAST = 3  # items, of two people and more


def blocks(view: View) -> dict[int, Said]:
    """Who says the blocks that begin with a name, by their numbers; and those that go on with them."""
    found: dict[int, Said] = {}
    _comments(view, found)
    _opened(view, found)
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
        if signed and block.kind in {"paragraph", "item"} and not _label(signed["who"]):
            last = Said("named", signed["who"].strip())
        elif view.text[block.start] == "@" and _OPENER.match(view.quote(block)):
            last = None  # the next one's
        if last is not None and block.kind in {"paragraph", "item"}:
            found[block.number] = last


def _opened(view: View, found: dict[int, Said]) -> None:
    """Paragraphs and items that a person's name opens ("**Piet Bakker**: No, …"), and those that go on with them."""
    opened = _openers(view)
    last: Said | None = None
    ended = 0
    for block in view.blocks.values():
        headed = _headed(block)
        if block.kind == "heading" or block.turn is not None or "\n---" in view.text[ended : block.start]:
            last = None
        ended = block.end
        if block.kind not in {"paragraph", "item"} or block.turn is not None or block.number in found:
            continue
        if block.number in opened:
            last = _who(view, block, opened[block.number])
        elif headed:
            last = last or _who(view, block, headed)
        elif (block.kind == "item" and block.parent not in found) or _ENDS.match(view.quote(block)):
            last = None
        if last is not None:
            found[block.number] = last


def _openers(view: View) -> dict[int, str]:
    """The names that open blocks, by the blocks' numbers: of those under one heading, all or none but the author."""
    groups: dict[tuple[str, ...], list[tuple[Block, str, bool]]] = {}
    for block in view.blocks.values():
        if (
            block.kind in {"paragraph", "item"}
            and block.turn is None
            and ":" in view.text[block.start : block.start + 80]
        ):
            words = view.quote(block)
            if opener := _OPENER.match(words):
                name = (opener["who"] or opener["handle"]).strip()
                said = words[opener.end() :][:400]
                talks = bool(_TALKS.search(said)) and not _ABOUT_ONE.match(said)
                groups.setdefault(block.heading, []).append((block, name, talks))
    opened: dict[int, str] = {}
    for heading, group in groups.items():
        comments = any(_COMMENTS.fullmatch(one) for one in heading)
        names = Counter(name for _, name, _ in group)
        if not (comments or any(talks for _, _, talks in group)):
            continue
        spoken = sum(bool(_SPEAKS.search(view.quote(block))) for block, _, _ in group)
        for block, name, talks in group:
            bold = view.quote(block).startswith(("**", "__"))
            handle = view.quote(block).lstrip("*_").startswith("@")
            if _is_author(view, name):
                opened[block.number] = name
            elif handle:
                if comments or len(names) > 1:
                    opened[block.number] = name
            elif not may_be_person(name) or _label(name) or _lower(view, name):
                continue
            elif " " in name:
                if comments or (bold and (talks or len(names) > 1)) or (len(names) > 1 and len(group) > 2):
                    opened[block.number] = name
            elif comments or (bold and spoken > 1 and names[name] > 1 and len(names) > 1):
                opened[block.number] = name
    return opened


def _headed(block: Block) -> str | None:
    """Whose comment a heading under "Comments" opens: "### Tom Ash (3 May)"."""
    if len(block.heading) < 2 or not any(_COMMENTS.fullmatch(one) for one in block.heading[:-1]):
        return None
    name = _HEADED.fullmatch(block.heading[-1])
    return name["who"] if name and may_be_person(name["who"]) else None


def _who(view: View, block: Block, name: str) -> Said:
    return Said("author", view.speaker(block)) if _is_author(view, name) else Said("named", name)


def _is_author(view: View, name: str) -> bool:
    return any(name == author or name in author.split() for author in view.authors)


def _label(name: str) -> bool:
    return any(_LABELS.fullmatch(word) for word in name.split())


def _lower(view: View, name: str) -> bool:
    """Whether it is a term, not a name: the text has a word of it in small letters."""
    return any(re.search(rf"\b{re.escape(word.lower())}\b", view.text) for word in name.split() if word[0].isupper())


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
