"""What stands in a LaTeX source as it is: listings and `\\verb` are put aside, comments end with their lines and go.

One pass over the text, since each of these decides what a sign inside the others means.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

_BLOCKS = r"verbatim\*?|Verbatim|BVerbatim|lstlisting|minted|alltt|filecontents\*?|comment"
_TOKEN = re.compile(
    rf"\\begin\{{(?P<block>{_BLOCKS})\}}"
    r"|\\(?:verb\*?|lstinline\s*(?:\[[^\]\n]*\])?|mintinline\s*(?:\[[^\]\n]*\])?\s*\{\w+\})(?P<sign>[^\sA-Za-z*])"
    r"|\\(?P<address>url|nolinkurl|path|href)\s*\{"
    r"|\\.|(?P<comment>%)",
    re.S,
)
_OPTIONS = re.compile(r"(?:\[(?P<options>[^\]]*)\])?(?:\{(?P<words>[^{}\n]*)\})?")
_SET = re.compile(r"\b(?P<name>language|caption)\s*=\s*(?:\{(?:\[[^\]]*\])?(?P<braced>[^{}]*)\}|(?P<bare>[^,\]]*))")
_END_OF_COMMENT = re.compile(r"[^\n]*(?:\n[ \t]*(?=\S))?")
_BRACES = re.compile(r"\\.|[{}]", re.S)
_ADDRESS = re.compile(r"(?:[^{}\\\n]|\\.|\{[^{}]{0,400}\}){0,4000}+(?=\})", re.S)
_BORDER = re.compile(
    r"(?P<opens>\\begin\s*\{[^{}]*\}|\\[\[(]|\{)|(?P<closes>\\end\s*\{[^{}]*\}|\\[\])]|\})|\\.|(?P<blank>\n[ \t]*\n)",
    re.S,
)
_LONGEST_PIECE = 20_000
CODE, VERB = "\ue020", "\ue021"
"""Stand around the number of a listing, or of a piece of code in a line."""


@dataclass(slots=True)
class Aside:
    """What was put aside: listings with their languages, pieces of code in a line."""

    listings: list[tuple[str, str]] = field(default_factory=list)
    verbs: list[str] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)


def without_comments(text: str, aside: Aside) -> str:
    """The text without comments, with places for what was put aside."""
    text = text.replace(CODE, "").replace(VERB, "")
    pieces: list[str] = []
    at = 0
    never: set[str] = set()  # blocks that have no end from here on
    while (found := _TOKEN.search(text, at)) is not None:
        pieces.append(text[at : found.start()])
        kept, at = found[0], found.end()
        if found["comment"]:
            end = _END_OF_COMMENT.match(text, at)
            kept, at = "", end.end() if end else at
        elif (name := found["block"]) is not None:
            end_at = -1 if name in never else text.find(rf"\end{{{name}}}", at)
            if end_at < 0:
                never.add(name)
            else:
                kept = _block(name, text[at:end_at], aside)
                at = end_at + len(rf"\end{{{name}}}")
        elif found["sign"] is not None:
            close = "}" if found["sign"] == "{" else found["sign"]
            line = text.find("\n", at)
            end_at = text.find(close, at, line if line >= 0 else len(text))
            if end_at >= 0:
                aside.verbs.append(text[at:end_at])
                kept, at = f"{VERB}{len(aside.verbs) - 1}{VERB}", end_at + 1
        elif found["address"] is not None and (address := _ADDRESS.match(text, at)) is not None:
            kept += re.sub(r"(?<!\\)%", r"\\%", address[0])
            at = address.end()
        pieces.append(kept)
    return "".join([*pieces, text[at:]])


def _block(name: str, inside: str, aside: Aside) -> str:
    """What stands for a block: nothing for a comment, else the number of its listing, below its caption."""
    if name.startswith("filecontents"):
        return ""
    if name == "comment":
        aside.left["comment"] += 1
        return ""
    language = caption = ""
    head = _OPTIONS.match(inside) if name in {"lstlisting", "minted", "Verbatim"} else None
    if head is not None and "\n" not in inside[: head.end()]:
        said = {one["name"]: one["braced"] or one["bare"] or "" for one in _SET.finditer(head["options"] or "")}
        caption = said.get("caption", "").strip()
        language = said.get("language", "").strip() if name == "lstlisting" else head["words"] or ""
        if name == "minted":
            inside = inside[head.end() :]
        elif head["options"] is not None:
            inside = inside[head.end("options") + 1 :]
    aside.listings.append((language.lower(), inside.strip("\n")))
    shown = f"\n\n{caption}" if caption else ""
    return f"{shown}\n\n{CODE}{len(aside.listings) - 1}{CODE}\n\n"


def pieces(text: str) -> Iterator[str]:
    """The text in pieces that can be parsed by themselves: cut where a paragraph ends outside groups and environments.

    The parser's time grows with the square of a text's length.
    """
    depth = start = 0
    for found in _BORDER.finditer(text):
        if found["opens"]:
            depth += 1
        elif found["closes"]:
            depth = max(0, depth - 1)
        elif found["blank"] and not depth and found.start() - start > _LONGEST_PIECE:
            yield text[start : found.start()]
            start = found.start()
    yield text[start:]


def groups(text: str) -> dict[int, int]:
    """Where each group ends (after its `}`) by where it opens; those that nothing closes are not among them."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for found in _BRACES.finditer(text):
        if found[0] == "{":
            opened.append(found.start())
        elif found[0] == "}" and opened:
            ends[opened.pop()] = found.end()
    return ends
