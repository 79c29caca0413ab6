"""A Kialo discussion as its text export has it: a line a claim, numbered by where it hangs ("1.2.3. Con: …")."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from importers.assemble import whole
from importers.base import Importer, Input
from importers.titles import title_of
from kb.model.document import Block, Document, Reference
from kb.text.strings import fold, squash
from notes.markdown import structure as markdown

_TITLE = re.compile(
    r"\s*(?:Discussion (?:Title|Name)|Diskussionstitel|Titel der Diskussion|Titre de la discussion"
    r"|Título de la discusión|Título da discussão|Titolo della discussione|Discussietitel) ?:[ \t]*(?P<title>\S.*)",
    re.I,
)
_CLAIM = re.compile(r"[ \t]*(?P<number>\d{1,4}(?:\.\d{1,4})*)\.[ \t]+(?P<words>\S.*)")
_FOR = "pro|pour|a favor|a favore|voor"
_AGAINST = "con|kontra|contra|contre|contro|en contra|tegen"
_SIGNED = re.compile(
    rf"(?P<before>[ \t]*\d{{1,4}}(?:\.\d{{1,4}})+\.[ \t]+)(?:(?P<for>{_FOR})|(?P<against>{_AGAINST})) ?:", re.I
)
_NOTE = re.compile(r"(?P<mark>\[\d{1,4}\]):?[ \t]*(?P<address>(?:https?://|www\.)\S+[ \t]*$)?")
"""What a claim refers to, behind the claims; its words are none of a claim's."""
_CITED = re.compile(r"\[\d{1,4}\]")
_SOURCES = re.compile(r"(?:sources|references|quellen|fuentes|fontes|fonti|bronnen):?", re.I)
_LEAST = 4  # numbered pros and cons that make a text without the title line one of these
_LOOK = 20_000  # characters that tell


def sniff(source: Input) -> float:
    """How sure it is: by the title line with numbered claims after it, else by many of these and little else."""
    lines = [line for line in source.text[:_LOOK].splitlines() if line.strip()]
    signed = sum(_SIGNED.match(line) is not None for line in lines)
    if lines and _TITLE.match(lines[0]) and (signed or any(_CLAIM.match(line) for line in lines[1:])):
        return 0.97
    return 0.92 if signed >= _LEAST and signed >= 0.6 * len(lines) else 0.0


def read(source: Input) -> list[Document]:
    """The discussion: its title as a heading, and a claim a paragraph, with the numbers it has."""
    claims: list[str] = []
    title = ""
    cited: set[str] = set()
    lines = [line for line in map(str.strip, source.text.splitlines()) if line]
    for number, line in enumerate(lines):
        if not claims and not title and (found := _TITLE.match(line)):
            title = squash(found["title"])
            continue
        named = _SOURCES.fullmatch(line) and number + 1 < len(lines) and _is_note(lines[number + 1], cited)
        if claims and not (_CLAIM.match(line) or named or _is_note(line, cited)):
            claims[-1] = f"{claims[-1]}\n{line}"  # a claim of several lines
        else:
            claims.append(_in_english(line))
        cited.update(_CITED.findall(line))
    body = "\n\n".join(claims)
    first = _CLAIM.match(body)
    thesis = first is not None and fold(first["words"]).rstrip(". ") == fold(title).rstrip(". ")
    text = body if thesis or not title else f"# {title}\n\n{body}"
    found_title = title or title_of(source, body)
    return [whole(source, IMPORTER.name, "note", found_title, text, structure(text))]


def _is_note(line: str, cited: Collection[str]) -> bool:
    """Whether a line is a source that claims refer to: an address, or what has a mark that stood in a claim."""
    found = _NOTE.match(line)
    return found is not None and (found["address"] is not None or found["mark"] in cited)


def _in_english(line: str) -> str:
    """A line with the label by which rules know a claim's side, whatever language the site was in."""
    found = _SIGNED.match(line)
    if found is None:
        return line
    return f"{found['before']}{'Pro' if found['for'] else 'Con'}:{line[found.end() :]}"


def structure(text: str) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """Claims are items under the claim whose number theirs begins with; other lines are what Markdown makes of them."""
    base, references = markdown.structure(text)
    head = next((block for block in base[:1] if block.kind == "heading"), None)
    blocks: list[Block] = [] if head is None else [replace(head, parent=None)]
    path = (text[head.start : head.end],) if head else ()
    at: dict[str, int] = {}
    start = 0
    for part in text.split("\n\n"):
        found = _CLAIM.match(part)
        words, end = part.strip(), start + len(part.rstrip())
        if found:
            number = found["number"]
            above = at.get(number.rpartition(".")[0])
            at[number] = len(blocks)
            blocks.append(
                Block(
                    "item", start + found.start("words"), end, number.count("."), path, parent=above, label=f"{number}."
                )
            )
        elif words and not (head and start <= head.start < end):
            blocks.append(Block("paragraph", start + len(part) - len(part.lstrip()), end, heading=path))
        start += len(part) + 2
    return tuple(blocks), references


IMPORTER = Importer(
    name="kialo",
    version="3",
    what="a discussion exported from Kialo as text",
    recognised_by="a first line `Discussion Title: …` over numbered claims, or lines `1.2. Con: …`",
    gives="one",
    keeps="claims, pros and cons as a tree",
    loses="votes, who wrote what (the export has neither)",
    sniff=sniff,
    read=read,
    structure=structure,
    sample=(
        "Discussion Title: Towns should close schools in heat waves.\n\n"
        "1. Towns should close schools in heat waves.\n"
        "1.1. Pro: Pupils learn little above thirty degrees.\n"
        "1.1.1. Con: Fans lower the heat for a tenth of the price.\n"
        "1.2. Con: Parents would have to stay at home.\n"
    ),
    prose=True,
)
