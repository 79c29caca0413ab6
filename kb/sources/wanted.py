"""What a reference asks for, by the way in which it is written: the key under which it waits, and how to choose.

A relative path means one file, from the folder of the note in which it stands. A path from the root means what lies
there in the vault, or has that address on its site. Anything else is a name: of an exact path, of the end of one, of
a title, an alias, an address. A citation means the work of that citekey.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.model.document import ReferenceKind
from kb.model.media import is_file
from kb.model.source import UNSURE, NamedSource
from kb.sources.names import FILE, file_names, joined, link_key, vault_of, without_ending
from kb.text.strings import fold

CITATION = "cite:"
"""Begins the key of a citation."""

_RELATIVE = re.compile(r"\.\.?(?:/|$)|.*/\.\.?(?:/|$)")
_ORG = re.compile(r"cite[a-z]*:&?(?=[^\s/])")  # [[cite:key]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text that refers to others lies: its path inside a vault, and the file."""

    path: str | None
    target: str | None

    @property
    def folder(self) -> str:
        """The folder of the vault in which it lies, "" at the root."""
        return self.path.rpartition("/")[0] if self.path else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`exact` are the paths inside the vault that are meant before all others; `stub`: it deserves one until it is
    there."""

    key: str
    exact: tuple[str, ...] = ()
    stub: bool = False

    @property
    def name(self) -> str:
        """The name by which it is looked up."""
        return self.key.removeprefix("name:")


def wanted(kind: ReferenceKind, raw: str, name: str, place: Place, *, sure: bool = True) -> Wanted:
    """What a reference within the vault means, by its kind and markup, and the name in it."""
    if kind == "citation":
        return Wanted((CITATION if sure else UNSURE + CITATION) + name)
    if org := _ORG.match(name):
        return Wanted(CITATION + name[org.end() :])
    markdown = not raw.startswith(("[[", "![[", "#[[", "{{"))
    path = without_ending(name.replace("\\", "/") if markdown else name)
    if not path.startswith("//") and len(path) > 1:
        path = path.rstrip("/")
    if _RELATIVE.match(path):
        return Wanted(_relative(path, place))
    if path.startswith("/"):
        path = path.strip("/")
        return Wanted(link_key(path), (fold(path),))
    if not markdown:
        exact = [path] if "/" in path else []
    else:  # as Markdown has it, from the folder of the note; as vaults have it, from the root
        exact = [joined(place.folder, path), path] if place.path else []
    block = path.startswith("((")
    return Wanted(link_key(path), tuple(map(fold, exact)), stub=kind != "embed" and not block and not is_file(path))


def _relative(path: str, place: Place) -> str:
    """The file that is meant; where nobody knows from where, the name that is left."""
    if place.target and "://" not in place.target and "/" in place.target:
        here = place.target.replace("\\", "/").rpartition("/")[0]
        return FILE + fold(joined(here, path))
    return link_key(joined(place.folder, path).removeprefix("../"))


def nearest(candidates: Sequence[NamedSource], place: Place, asked: Wanted) -> NamedSource | None:
    """Of several sources with one name the one that a reference in `place` means; None where none is that file.

    What is here before what is gone, a real note before a stub, one of the same vault before others, what lies exactly
    there, a path or title before an alias and that before an address, the same folder, few folders, the alphabet.
    """
    if asked.key.startswith(FILE):  # what was there once, and is elsewhere now, is not meant
        candidates = [one for one in candidates if asked.key in file_names(one.target)]
    vault = vault_of(place.path, place.target)

    def rank(one: NamedSource) -> tuple[bool, bool, bool, int, int, bool, int, str]:
        path = one.path or ""
        folded = fold(path)
        exact = asked.exact.index(folded) if folded in asked.exact else len(asked.exact)
        folder = path.rpartition("/")[0]
        elsewhere = vault is not None and vault_of(one.path, one.target) != vault
        gone, stub = one.state != "here", one.kind == "stub"
        return gone, stub, elsewhere, exact, one.rank, folder != place.folder, path.count("/"), path

    return min(candidates, key=rank, default=None)
