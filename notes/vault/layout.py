"""Where each note of a vault lies and what a link calls it.

kb's notes lie in `sources` and `statements`; in a folder that holds a person's own notes, below `kb`. A note that a
person moved or renamed stays where they put it. A person's own notes are linked to and never written.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence

from notes.vault import names
from notes.vault.folder import VaultFolder
from notes.vault.note_file import subject_in

SOURCES, STATEMENTS = "sources", "statements"
BELOW = "kb"


class Layout:
    """The places of notes: `paths` without extension and `links`, what a wikilink says, by source or statement.

    `titles` are the notes to place, `own` the paths of the person's notes by source, `folders` the folder of those
    that do not lie in `sources`.
    """

    def __init__(
        self,
        folder: VaultFolder,
        titles: Sequence[tuple[str, str]],
        own: Mapping[str, str],
        folders: Mapping[str, str],
    ) -> None:
        theirs = _others(folder)
        taken = {*(path.removesuffix(".md") for path in theirs), *own.values()}
        before = {subject: one.path.removesuffix(".md") for subject, one in folder.places.items()}
        self.named = {subject for subject, one in folder.places.items() if one.named}
        kept = {subject: _stem(path) for subject, path in before.items()}
        fixed = {name: kept[name] for name, title in titles if name in kept and self._stays(folder, name, title, kept)}
        stems = names.assign(titles, kept, fixed, {names.key(_stem(path)) for path in taken})
        self.paths: dict[str, str] = dict(own)
        prefix = _prefix(folder, theirs)
        for name, stem in stems.items():
            where = before[name].rpartition("/")[0] if name in before else prefix + folders.get(name, SOURCES)
            self.paths[name] = f"{where}/{stem}" if where else stem
        often = _often([*self.paths.values(), *taken])
        self.links = {
            name: path if _stem(path) in often or "/" not in path else _stem(path) for name, path in self.paths.items()
        }

    def _stays(self, folder: VaultFolder, name: str, title: str, kept: Mapping[str, str]) -> bool:
        """A name that a person chose stays, and that of a note which they changed, whatever the title is now."""
        if name in self.named:
            return True
        changed = not names.fits(kept[name], title, name)
        return changed and folder.state(folder.places[name].path) not in ("ours", "absent")


def _others(folder: VaultFolder) -> list[str]:
    """Paths of the Markdown files in the folder that are none of kb's."""
    found = []
    ours = {one.path for one in folder.places.values()}
    for where, folders, files in os.walk(folder.root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = os.path.relpath(os.path.join(where, name), folder.root).replace(os.sep, "/")
            file = folder.root / path
            plain = name.endswith(".md") and not name.startswith(".") and not file.is_symlink() and file.is_file()
            if plain and path not in ours and not subject_in(str(file)):
                found.append(path)
    return found


def _prefix(folder: VaultFolder, others: Collection[str]) -> str:
    """Where kb's notes go: below a folder of their own where others are at home, but never in two places."""
    placed = [one.path for one in folder.places.values() if not one.named]
    if placed:
        below = sum(path.startswith(BELOW + "/") for path in placed)
        return BELOW + "/" if below * 2 > len(placed) else ""
    return BELOW + "/" if others else ""


def _often(paths: Sequence[str]) -> set[str]:
    """Names that several notes bear: a link to one of these says its path."""
    counts: dict[str, set[str]] = {}
    for path in paths:
        counts.setdefault(names.key(_stem(path)), set()).add(names.key(path))
    return {_stem(path) for path in paths if len(counts[names.key(_stem(path))]) > 1}


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1]
