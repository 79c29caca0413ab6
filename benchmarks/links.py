"""How many links of a vault lead somewhere, by the way in which they are written, and why the others do not.

    python -m benchmarks.links ../shared/vaults/foam-docs --list
    python -m benchmarks.links ../shared/vaults/* --checkout ../kb-before

The links that people wrote are told apart by their markup. Since no vault has every way, each is made as well: in a
copy of the vault, notes in a folder before and in one after all others link to --notes of its notes in nine ways; such
a link is right where it leads to just that note. --checkout has another checkout do the import. Without a folder the
examples are measured. --list says of every link that leads nowhere which one it is and why.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from benchmarks.data import EXAMPLES
from benchmarks.measuring import ROOT, machine, parser, process
from kb.text.strings import digest, fold, heading_key, slugs

FIRST, LAST = "0 links", "zz links"  # folders that come before and after the others
_WORKS = "links.bib"
_WEB = ("http://", "https://", "ftp://")
_ENDING = re.compile(r"\.(?!md$|markdown$)[A-Za-z][A-Za-z0-9]{0,5}$", re.I)


class Link(NamedTuple):
    """A reference as a store has it, with the path and kind of the source it leads to."""

    path: str
    raw: str
    name: str
    fragment: str | None
    kind: str
    target: str | None
    leads_to: str | None
    found: str | None


@dataclass(frozen=True)
class Vault:
    """What lies in a vault: paths of notes without ending, those of empty ones, and other files, folded."""

    notes: frozenset[str]
    empty: frozenset[str]
    others: frozenset[str]

    @classmethod
    def of(cls, folder: Path) -> Vault:
        files = {file: str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
        notes = {file: fold(bare(name)) for file, name in files.items() if name.endswith((".md", ".markdown"))}
        empty = {name for file, name in notes.items() if not file.read_bytes().strip()}
        others = frozenset(fold(name) for name in files.values() if not name.endswith(".md"))
        return cls(frozenset(notes.values()) - empty, frozenset(empty), others)


def bare(name: str) -> str:
    """A name as notes are called."""
    return re.sub(r"\.(?:md|markdown)$", "", name)


def way(link: Link) -> str:
    """How a link is written."""
    raw, name = link.raw.lstrip("!"), link.name
    if link.kind == "citation" or re.match(r"@|cite[a-z]*:", name):
        return "citation"
    if name.startswith("(("):
        return "block reference of Logseq"
    if not raw.startswith(("[[", "#[[", "{{")):
        if re.match(r"\.\.?(?:/|$)", name):
            return "Markdown, relative"
        return "Markdown, from the root" if name.startswith("/") else "Markdown, plain"
    if "/" in name or name.startswith("."):
        return "wikilink, path"
    if link.fragment:
        return "wikilink, heading or block"
    return "wikilink, shown otherwise" if "|" in raw else "wikilink, name"


def links_of(home: Path) -> list[Link]:
    """The references of a home but those to the web."""
    with sqlite3.connect(home / "kb.sqlite") as store:
        sql = """SELECT s.path, r.raw, r.name, r.fragment, r.kind, r.target, t.path, t.kind FROM reference r
            JOIN source s ON s.rowid = r.source_rowid LEFT JOIN source t ON t.id = r.target
            WHERE r.kind <> 'url' AND r.name <> '' AND r.key NOT LIKE 'maybe:%' ORDER BY s.path, r.ordinal"""
        return [link for link in map(Link._make, store.execute(sql)) if not link.name.startswith(_WEB)]


def headings_of(home: Path) -> dict[str, set[str]]:
    """The headings and labels of each source, by its id."""
    found: dict[str, set[str]] = {}
    with sqlite3.connect(home / "kb.sqlite") as store:
        sql = """SELECT s.id, p.kind, p.text, p.label FROM passage p JOIN source s ON s.rowid = p.source_rowid
            WHERE p.kind = 'heading' OR p.label IS NOT NULL"""
        for name, kind, text, label in store.execute(sql):
            found.setdefault(name, set()).update({heading_key(text)} if kind == "heading" else (), {fold(label or "")})
    return found


def is_file(link: Link) -> bool:
    """Whether it means a picture or another file, which is no text."""
    return bool(_ENDING.search(link.name))


def reason(link: Link, vault: Vault, headings: dict[str, set[str]]) -> str:
    """Why a link leads nowhere, or not to the place in the note; "" where all is well."""
    if link.found and link.found != "stub":
        fragment = (link.fragment or "").strip()
        if not fragment:
            return ""
        there = headings.get(link.target or "", set())
        place = fold(fragment) if fragment.startswith("^") else heading_key(fragment.rpartition("#")[2])
        return "" if place in there else "the note is found, the heading or block is not there"
    if way(link) == "citation":
        return "no work of that citekey"
    if link.name.startswith("(("):
        return "no block of that id"
    name = fold(bare(link.name)).strip("/")
    if is_file(link):
        last = name.rpartition("/")[2]
        there_is = any(f"/{one}".endswith(f"/{last}") for one in vault.others)
        return "a file that is no text" if there_is else "a file that is no text, and not there"
    last = re.sub(r"^(?:\.\.?/)+", "", name)
    if any(f"/{one}".endswith(f"/{last}") for one in vault.notes):
        return "A NOTE OF THAT NAME IS THERE"
    if any(f"/{one}".endswith(f"/{last}") for one in vault.empty):
        return "a note that is empty"
    return "no note of that name"


def counted(home: Path, folder: Path, listing: bool) -> None:
    """A line a way: how many links, how many lead to a note, and the reasons of the others."""
    vault, headings = Vault.of(folder), headings_of(home)
    links = [(link, reason(link, vault, headings)) for link in links_of(home)]
    for name in sorted({way(link) for link, _ in links}):
        these = [(link, why) for link, why in links if way(link) == name]
        good = sum(not why or why.startswith("the note is found") for _, why in these)
        able = sum(not is_file(link) or not why for link, why in these)
        reasons = Counter(why for _, why in these if why)
        told = "; ".join(f"{count:,} {what}" for what, count in reasons.most_common())
        print(f"  {name:28} {len(these):6,}  {good:6,} lead to a note, {share(good, able)} of those to notes   {told}")
    for link, why in links if listing else []:
        if why:
            print(f"    {link.path}: {' '.join(link.raw.split())[:100]}: {why}")


def share(part: int, whole: int) -> str:
    return f"{part / whole:6.1%}" if whole else "     –"


# Links made for the purpose


def chosen(folder: Path, count: int) -> list[tuple[Path, str]]:
    """Notes whose name no other has, with a heading of each, by chance but always the same ones."""
    files = sorted(file for file in folder.rglob("*.md") if not _is_hidden(file.relative_to(folder)))
    names = Counter(fold(file.stem) for file in files)
    one = [
        (file.relative_to(folder), found[1])
        for file in files
        if names[fold(file.stem)] == 1
        and file.stem.casefold() not in {"index", "readme"}
        and not re.search(r"[#^|\[\]()<>%?:\\]", str(file.relative_to(folder)))
        and (found := re.search(r"^#{1,6} +([\w ,'-]+?) *$", file.read_text(encoding="utf-8", errors="replace"), re.M))
    ]
    return sorted(one, key=lambda pair: digest(str(pair[0])))[:count]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def made(note: Path, heading: str, number: int) -> Iterator[tuple[str, str]]:
    """The ways to link to a note from a folder beside it, each with its name."""
    path = note.with_suffix("").as_posix()
    uuid = f"00000000-0000-4000-8000-{number:012d}"
    yield "wikilink, name", f"[[{note.stem}]]"
    yield "wikilink, path", f"[[../{path}]]"
    yield "wikilink, heading or block", f"[[{note.stem}#{heading}|shown]]"
    yield "Markdown, relative", f"[shown](../{quote(path)}.md)"
    yield "Markdown, relative, no .md", f"[shown](../{quote(path)}#{heading_key(heading)})"
    yield "Markdown, from the root", f"[shown](/{quote(path)}.md)"
    yield "slug of the name", f"[shown](/{quote(slugs(note.stem)[0])})"
    yield "block reference of Logseq", f"(({uuid}))"
    yield "citation", f"[@made{number}, p. 4]"


def tried(folder: Path, checkout: Path, scratch: Path, count: int) -> None:
    """A line a way: how many of the links that were made lead to the note that is meant."""
    copy, home = scratch / "vault", scratch / "made"
    shutil.copytree(folder, copy)
    notes = chosen(copy, count)
    ways: dict[str, dict[str, str]] = {}
    works = []
    for number, (note, heading) in enumerate(notes):
        for name, raw in made(note, heading, number):
            meant = {"block reference of Logseq": "blocks", "citation": f"work {number}"}.get(name)
            ways.setdefault(name, {})[raw] = meant or note.with_suffix("").as_posix()
        works.append(f"@book{{made{number}, title={{Made up {number}}}, author={{Nobody, Ada}}, year={{2024}}}}")
    blocks = [f"- Block {n} is made up.\n  id:: 00000000-0000-4000-8000-{n:012d}" for n in range(len(notes))]
    for where in (FIRST, LAST):
        (copy / where).mkdir()
        text = "\n\n".join(raw for links in ways.values() for raw in links)
        (copy / where / f"{where}.md").write_text(f"Made in {where}.\n\n{text}\n", encoding="utf-8")
    (copy / "blocks.md").write_text("# Blocks\n\n" + "\n".join(blocks) + "\n", encoding="utf-8")
    (copy / _WORKS).write_text("\n".join(works), encoding="utf-8")
    added(copy, checkout, home)
    with sqlite3.connect(home / "kb.sqlite") as store:
        sql = """SELECT r.raw, coalesce(t.path, replace(t.title, 'Made up', 'work')) FROM reference r
            JOIN source s ON s.rowid = r.source_rowid JOIN source t ON t.id = r.target
            WHERE s.path LIKE '% links/% links' AND t.kind <> 'stub'"""
        right = Counter(store.execute(sql).fetchall())
        stubs = store.execute("SELECT count(*) FROM source WHERE kind = 'stub'").fetchone()[0]
    for name, links in ways.items():
        good = sum(right[raw, meant] for raw, meant in links.items())
        print(f"  made: {name:28} {2 * len(links):6,}  {good:6,} lead to what is meant, {share(good, 2 * len(links))}")
    print(f"  stubs in that home: {stubs:,}")


def added(folder: Path, checkout: Path, home: Path) -> None:
    command: Sequence[str | Path] = [sys.executable, "-m", "cli", "--home", home, "add", folder, "--no-embed"]
    process(command, checkout, {"PYTHONPATH": os.fspath(checkout)})


def main() -> None:
    options = parser(__doc__)
    options.add_argument("folders", nargs="*", type=Path, default=[EXAMPLES])
    options.add_argument("--checkout", type=Path, default=ROOT, help="whose kb does the import")
    options.add_argument("--notes", type=int, default=50, help="so many notes are linked to; 0 for none")
    options.add_argument("--list", action="store_true", help="every link that leads nowhere, and why")
    asked = options.parse_args()
    print(machine())
    for folder in asked.folders:
        print(folder.name)
        with tempfile.TemporaryDirectory() as temporary:
            scratch = Path(temporary)
            added(folder.resolve(), asked.checkout.resolve(), scratch / "home")
            counted(scratch / "home", folder.resolve(), asked.list)
            if asked.notes:
                tried(folder.resolve(), asked.checkout.resolve(), scratch, asked.notes)


if __name__ == "__main__":
    main()
