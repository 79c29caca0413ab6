"""docs/importers.md and the table of docs/importing.md: what each importer reads, keeps and loses, and a session."""

from __future__ import annotations

import re
from pathlib import Path

from importers import choose, importers
from importers.base import Importer, Input
from scripts.pages.tables import table
from scripts.played import session

_ROOT = Path(__file__).resolve().parents[2]
_SAMPLES = (_ROOT / "docs" / "samples", _ROOT / "examples")
_BESIDE = {"AEAnnotation.sqlite": ("BKLibrary.sqlite",)}  # what an example needs to be read
_LINES = 24  # of a file or a screen; more is cut
_WIDTH = 100  # characters of a line of a file that is shown
_ADDED = re.compile(r"added {5}(?P<id>\w+)  (?P<kind>\w+)")
_HEAD = """# Importers, one by one

This page is made from the program by `python -m scripts.reference`: every importer says what it is, and the sessions
were played, each in an empty knowledge base. Long screens are cut at "…". The files are in [`samples/`](samples) and
[`examples/`](../examples), or shown in whole. What comes by address is in [importing](importing.md).
"""


def tables() -> dict[str, str]:
    """The tables of docs/importing.md by the names of their places."""
    rows = [(f"[`{one.name}`]({_place(one)})", one.what, one.keeps, one.loses) for one in importers().values()]
    return {"read": table(("importer", "reads", "keeps", "loses"), rows)}


def page() -> str:
    """The page as Markdown, all its sessions played."""
    return "\n".join([_HEAD, *(section(one) for one in shown())])


def shown() -> list[Importer]:
    """The importers that have a section: those of which there is something to read."""
    return [one for one in importers().values() if one.sample or one.examples]


def section(one: Importer) -> str:
    """What an importer says of itself, and its session."""
    gives = one.gives.replace("(#", "(formats.md#")
    facts = f"{one.what[0].upper()}{one.what[1:]}. Known by {one.recognised_by}. Sources: {gives}."
    return "\n".join(
        [f"## {one.name}\n", facts, f"\nKept: {one.keeps}. Lost: {one.loses}.\n", "```", *_session(one), "```", ""]
    )


def _session(one: Importer) -> list[str]:
    name, files = _files(one)
    lines = []
    if not one.examples:
        lines = [
            f"$ cat {name}",
            *_cut([text[:_WIDTH] + "…" * (len(text) > _WIDTH) for text in one.sample.split("\n")]),
        ]
    with session(files) as played:
        quoted = f'"{name}"' if " " in name else name
        lines.append(f"$ kb add {quoted}")
        added = played.screen(f"kb add {quoted}")
        lines += _cut(added)
        with_text = [line for line in added if _ADDED.match(line) and not line.endswith("(no text yet)")]
        if found := next(filter(None, map(_ADDED.match, with_text or added)), None):
            lines += [f"$ kb show {found['id']}", *_cut(played.screen(f"kb show {found['id']}"))]
    return lines


def _files(one: Importer) -> tuple[str, dict[str, bytes]]:
    """The file to read, by its name, and all that must lie in the folder."""
    if not one.examples:
        name = one.name + _ending(one)
        return name, {name: one.sample.encode()}
    name = one.examples[0]
    names = (name, *_BESIDE.get(name, ()))
    return name, {each: next(folder / each for folder in _SAMPLES if (folder / each).exists()).read_bytes()
                  for each in names}  # fmt: skip


def _ending(one: Importer) -> str:
    """The first ending with which the sample is known for what it is."""
    endings = {"{": (".json",), "[": (".json",), "<": (".html", ".xml")}.get(one.sample[:1], (".md", ".txt"))
    return next(end for end in endings if choose(Input(one.sample, f"{one.name}{end}")) == one)


def _cut(lines: list[str]) -> list[str]:
    return lines if len(lines) <= _LINES else [*lines[: _LINES - 1], "…"]


def _place(one: Importer) -> str:
    return f"importers.md#{one.name}" if one.sample or one.examples else "formats.md"
