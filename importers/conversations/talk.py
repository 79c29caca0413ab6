"""A talk as Markdown, written by importers that know who said what when, and cut again: heads, turns, answers.

A turn begins with a head, a paragraph of its own: `**Ada Moss** · 2024-05-01 09:12 · ↩ Bo Lind · 👍 3`. A paragraph may
begin with its own time, `[12:34]`, which leads to the moment where the recording has an address. Heads and times are
no words of the talk: blocks hold what was said, with the speaker, the turn, and the time as label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from importers.base import Input
from importers.texts.participants import authors
from kb.model.document import Author, Block, Document, Reference
from kb.model.moments import CLOCK
from kb.text.repair import repair
from kb.text.strings import squash
from notes.markdown import structure as markdown

UNTIMED = "—"
ATTACHED = "*"
_LONGEST_NAME = 400  # characters that are looked at
_STAMP = rf"(?:\d{{4}}-\d\d-\d\d(?: \d\d:\d\d)?|{CLOCK}|{UNTIMED})"
_HEAD = re.compile(
    rf"\*\*(?P<who>[^*\n]{{1,80}})\*\* · (?:\[(?P<linked>{_STAMP})\]\(\S+\)|(?P<when>{_STAMP}))"
    rf"(?: · ↩ (?P<to>[^\n·]{{1,80}}?)(?: (?P<at>{_STAMP}))?)?(?: · (?P<facts>[^\n]{{1,300}}))?"
)
_TIMED = re.compile(rf"\[(?P<time>{CLOCK})\](?:\(\S+\))? (?=\S)")
_QUOTED = re.compile(r"\*(?:(?P<who>[^*\n]{1,80}) wrote:|Attached: [^*\n]{1,120})\*")
_NO_NAME = re.compile(r"[*\[\]<>%$\\`|·\n_]+(?<!\w_)|_+$|(?<=\W)_+|^_+")
_RISKY = re.compile(r"```|~~~|%%|<|\$\$|\$|\\\[|\*\* · |^\[|^---|wrote:_|^\s", re.M)
_SIGN = re.compile(r"([\\`*_\[\]<>$%~|#])")
_END = "**End** · —"


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody said in one go. `body` is Markdown; `when` as it is shown; `link` leads to the moment."""

    who: str
    body: str
    when: str = ""
    link: str | None = None
    to: str = ""  # whom it answers
    at: str = ""  # when that was said, as it is shown
    facts: str = ""  # reactions


def compose(messages: Iterable[Message]) -> str:
    """The Markdown of a talk. What one message holds ends with it: an open fence, comment or formula hides no other."""
    parts: list[str] = []
    for one in messages:
        body = contained(one.body)
        if body and one.who:
            parts += [head(one), body]
        elif body:
            parts.append(body)
    return repair("\n\n".join(parts)).strip()


def head(one: Message) -> str:
    """The line above what somebody says."""
    when = one.when or UNTIMED
    line = f"**{name_of(one.who)}** · " + (f"[{when}]({one.link})" if one.link and one.when else when)
    if one.to:
        line += f" · ↩ {name_of(one.to)}" + (f" {one.at}" if one.at else "")
    return line + (f" · {squash(one.facts)[:300]}" if one.facts.strip() else "")


def name_of(who: str) -> str:
    """A name without the signs that would end it in a head."""
    return squash(_NO_NAME.sub(" ", repair(who[:_LONGEST_NAME])))[:80].strip() or "Somebody"


def quote(words: str, who: str = "", *, attached: str = "") -> str:
    """Another's words inside a message, below who wrote them, or the file that they are out of."""
    above = f"*Attached: {name_of(attached)}*" if attached else f"*{name_of(who)} wrote:*" if who else ""
    rows = (re.sub(r"^\s*(?=#{1,6}\s)", r"\\", line) for line in repair(words).strip().split("\n"))
    lines = "\n".join(f"> {row}".rstrip() for row in rows)
    return "\n\n".join(filter(None, (above, lines)))


def contained(body: str) -> str:
    """A body that ends where it ends: as it is, else with its fence closed, else with its signs escaped."""
    body = repair(body).strip("\n")
    body = body if body.startswith(("    ", "\t")) else body.strip()
    if not body or not _RISKY.search(body):
        return body
    for form in (
        body,
        f"{body}\n```",
        f"{body}\n~~~",
        "\n".join(_SIGN.sub(r"\\\1", x.strip()) for x in body.split("\n")),
    ):
        blocks, _ = structure(f"**A** · —\n\n{form}\n\n{_END}\n\nEnd.")
        ends = bool(blocks) and blocks[-1].speaker == "End" and all(block.speaker != "End" for block in blocks[:-1])
        if ends and {block.turn for block in blocks if block.turn is not None} <= {0, 1}:
            return form
    return re.sub(r"[^\w\s.,;:!?'\"()-]", " ", body)


def structure(text: str) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """The blocks of a talk: the first of a turn hangs under the first of what it answers."""
    base, references = markdown.structure(text)
    apart: list[tuple[int, int]] = []  # spans of heads and times, which refer to nothing
    blocks: list[Block] = []
    index: list[int | None] = []
    told: list[tuple[str, str, int | None]] = []  # of each turn: who, when, its first block
    answered: int | None = None
    quoted = ""
    for block in base:
        top = block.parent is None and block.kind == "paragraph"
        if top and (found := _HEAD.fullmatch(text, block.start, block.end)):
            answered = _meant(told, found["to"], found["at"]) if found["to"] else None
            told.append((found["who"], (found["linked"] or found["when"]).replace(UNTIMED, ""), None))
            apart.append((block.start, block.end))
            index.append(None)
            quoted = ""
            continue
        if top and told and (by := _QUOTED.fullmatch(text, block.start, block.end)):
            quoted = by["who"] or ATTACHED
            apart.append((block.start, block.end))
            index.append(None)
            continue
        made = replace(block, parent=None if block.parent is None else index[block.parent])
        who, when, first = told[-1] if told else (None, "", None)
        if top and (time := _TIMED.match(text, block.start, block.end)):
            apart.append((block.start, time.end()))
            made = replace(made, start=time.end(), label=time["time"])
        elif when and made.kind == "paragraph":
            made = replace(made, label=when)
        quoted = quoted if _is_quoted(text, made) else ""
        if quoted:
            made = replace(made, speaker=None if quoted == ATTACHED else quoted)
        elif who is not None and made.kind not in ("heading", "footnote"):
            made = replace(made, speaker=who, turn=len(told) - 1)
            if first is None and made.kind in ("paragraph", "item"):
                told[-1] = (who, when, len(blocks))
                made = replace(made, parent=answered if made.parent is None else made.parent)
        index.append(len(blocks))
        blocks.append(made)
    kept = [one for one in references if not any(start <= one.start < end for start, end in apart)]
    return tuple(_renumbered(blocks, references, kept)), tuple(kept)


def _is_quoted(text: str, block: Block) -> bool:
    return block.kind == "quote" or text[text.rfind("\n", 0, block.start) + 1 : block.start].lstrip().startswith(">")


def _renumbered(blocks: Sequence[Block], before: Sequence[Reference], kept: Sequence[Reference]) -> Sequence[Block]:
    """The blocks, which are about references by their numbers."""
    if len(before) == len(kept) or all(block.about is None for block in blocks):
        return blocks
    places = {id(one): number for number, one in enumerate(kept)}
    return [
        block if block.about is None else replace(block, about=places.get(id(before[block.about]))) for block in blocks
    ]


def _meant(told: Sequence[tuple[str, str, int | None]], to: str, at: str | None) -> int | None:
    """The first block of the turn that a head says it answers: of that name and time, else the last of that name."""
    of_name = [(when, first) for who, when, first in told if who == to]
    exact = [first for when, first in of_name if at and when == at]
    return exact[-1] if exact else of_name[-1][1] if of_name and not at else None


def document(
    source: Input, importer: str, title: str, messages: Sequence[Message], *, ids: dict[str, str],
    published: str | None = None, url: str | None = None, problems: Sequence[str] = (), original: bytes = b"",
    by: Sequence[str] | None = None,
) -> Document:  # fmt: skip
    """The source that a talk is. `by` are its authors where they are not those who speak in it."""
    text = compose(messages)
    blocks, references = structure(text)
    names = list(dict.fromkeys(block.speaker for block in blocks if block.speaker and block.turn is not None))
    return Document(
        kind="transcript",
        title=squash(repair(title)) or "Untitled",
        text=text,
        blocks=blocks,
        references=references,
        authors=tuple(Author(one) for one in by) if by is not None else authors(names, ""),
        url=url,
        published=published,
        external_ids=ids,
        original=original or source.original,
        importer=importer,
        target=source.target,
        problems=tuple(problems),
    )


def counted(kinds: Mapping[str, int]) -> list[str]:
    """A line for each kind of thing that was left out."""
    return [f"{kind} are left out: {count:,}" for kind, count in sorted(kinds.items()) if count]


def with_problems(found: list[Document], source: Input, problems: Iterable[str]) -> list[Document]:
    """The documents; what was odd about the file, or left out of it, is told with the first."""
    odd = (*source.problems, *problems)
    return [replace(found[0], problems=(*odd, *found[0].problems)), *found[1:]] if found else []
