"""The blocks of a page of Roam as Markdown: an outline, with `^id` behind the blocks that others refer to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kb.text.strings import squash

_UID = r"[A-Za-z0-9_-]{9,40}"
BLOCK = re.compile(rf"\(\(({_UID})\)\)")
"""A reference to a block, by its id."""
_ALIAS = re.compile(
    rf"\[(?P<words>[^\[\]\n]*)\]"
    rf"\((?:\(\((?P<uid>{_UID})\)\)|\[\[(?P<page>(?:[^\[\]]|\[\[[^\[\]]*\]\])+)\]\])\)"
)
_PAGE = re.compile(r"\[\[((?:[^\[\]]|\[\[[^\[\]]*\]\])+)\]\]")
_EMBED = re.compile(
    r"\{\{(?:\[\[)?embed(?:-path|-children)?(?:\]\])?:\s*"
    rf"(?:\(\((?P<uid>{_UID})\)\)|\[\[(?P<page>[^\[\]]+)\]\])\s*\}}\}}",
    re.I,
)
_TASK = re.compile(r"^\{\{(?:\[\[)?(TODO|DONE)(?:\]\])?\}\}\s*", re.I)
_MEDIA = re.compile(
    r"\{\{(?:\[\[)?(?:video|youtube|pdf|audio|iframe|tweet|twitter)(?:\]\])?:\s*(?P<address>https?://[^\s{}]+)\s*\}\}",
    re.I,
)
_MACRO = re.compile(r"\{\{(?:[^{}]|\{[^{}]*\})*\}\}")
_CODE = re.compile(r"```(?P<lang>[\w+#.-]*)\n?(?P<code>.*?)\n?```", re.S)
_SPANS = re.compile(r"(```.*?```|`[^`\n]*`)", re.S)
_FORMS = ((re.compile(r"\^\^(?=\S)(.+?)(?<=\S)\^\^"), r"==\1=="), (re.compile(r"__(?=\S)(.+?)(?<=\S)__"), r"*\1*"),
          (re.compile(r"\$\$(.+?)\$\$", re.S), r"$\1$"))  # fmt: skip
_DEEPEST = 200


@dataclass(slots=True)
class Graph:
    """An export as a whole: the title of the page of each block, and the blocks that are referred to."""

    pages: dict[str, str] = field(default_factory=dict)
    referred: set[str] = field(default_factory=set)

    def place(self, uid: str) -> str:
        """Where a link to a block leads; "" where the export has no such block."""
        return f"{self.pages[uid]}#^{name_of(uid)}" if uid in self.pages else ""


def name_of(uid: str) -> str:
    """A block's id as names of blocks are written."""
    return uid.replace("_", "-").strip("-") or "block"


def plain_title(title: str) -> str:
    """A page's title without the links inside it."""
    return squash(title.replace("[[", "").replace("]]", "").replace("#", ""))


def outline(blocks: Sequence[Mapping[str, object]], graph: Graph, left: Counter[str]) -> str:
    """The blocks as a list; those set as headings stand over what is below them."""
    return "\n".join(_lines(blocks, graph, left, 0, 0))


def _lines(
    blocks: Sequence[Mapping[str, object]], graph: Graph, left: Counter[str], level: int, depth: int
) -> Iterator[str]:
    for block in blocks:
        said = str(block.get("string") or "")
        task = _TASK.match(said)
        words = _words(said[task.end() :] if task else said, graph, left)
        uid = str(block.get("uid") or "")
        children = children_of(block)
        heading = block.get("heading")
        if not words.strip() and not children:
            continue
        named = f" ^{name_of(uid)}" if uid in graph.referred and words.strip() else ""
        if isinstance(heading, int) and 1 <= heading <= 6 and not level and "\n" not in words and words.strip():
            yield from ("", f"{'#' * heading} {words.lstrip('# ').strip()}{named}", "")
            yield from _lines(children, graph, left, 0, depth + 1)
            continue
        box = f"[{'x' if task[1].upper() == 'DONE' else ' '}] " if task else ""
        indent = "    " * min(level, _DEEPEST)
        first, *more = words.split("\n") if words.strip() else ["–"]
        fenced = any(line.startswith("```") for line in [first, *more])
        yield f"{indent}- {box}{first}{named if not more else ''}".rstrip()
        yield from (f"{indent}  {line}".rstrip() for line in more)
        if more and named:
            yield from ([""] if fenced else [])
            yield f"{indent}  {named.strip()}"
        if depth < _DEEPEST:
            yield from _lines(children, graph, left, level + 1, depth + 1)
        elif children:
            left["block nested too deep"] += 1


def children_of(block: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The blocks below one."""
    below = block.get("children")
    return [one for one in below if isinstance(one, dict)] if isinstance(below, list) else []


def _words(said: str, graph: Graph, left: Counter[str]) -> str:
    said = _CODE.sub(lambda code: f"\n```{code['lang']}\n{code['code']}\n```\n", said).strip("\n")
    parts = _SPANS.split(said)
    return "".join(part if number % 2 else _plain(part, graph, left) for number, part in enumerate(parts))


def _plain(said: str, graph: Graph, left: Counter[str]) -> str:
    """Running text outside of code."""

    def embed(found: re.Match[str]) -> str:
        place = graph.place(found["uid"]) if found["uid"] else plain_title(found["page"])
        return f"![[{place}]]" if place else ""

    def alias(found: re.Match[str]) -> str:
        place = graph.place(found["uid"]) if found["uid"] else plain_title(found["page"])
        return f"[[{place}|{found['words'] or place}]]" if place else found["words"]

    def block(found: re.Match[str]) -> str:
        place = graph.place(found[1])
        return f"[[{place}]]" if place else found[0]

    def macro(found: re.Match[str]) -> str:
        name = re.sub(r"[\[\]{}]", "", found[0]).split(":")[0].strip().casefold()
        if name in {"todo", "done"}:
            return ""
        left["query" if name == "query" else f"macro {name[:30]}" if name else "macro"] += 1
        return ""

    said = _EMBED.sub(embed, said)
    said = _MEDIA.sub(lambda found: found["address"], said)
    said = _MACRO.sub(macro, said)
    said = _ALIAS.sub(alias, said)
    said = BLOCK.sub(block, said)
    said = _PAGE.sub(lambda found: f"[[{plain_title(found[1])}]]" if "[[" in found[1] else found[0], said)
    for form, written in _FORMS:
        said = form.sub(written, said)
    return said
