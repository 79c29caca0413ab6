"""The files of a vault: which of them are ours and as we left them, and writing without harm.

A file is ours and untouched if its bytes are what store and vault last agreed on for that place. The vault's own list
(`.kb-export.jsonl`, one line a file) says it too: it moves with the vault, serves every home, and tells what kb wrote
from what a person did. Nothing outside the folder is touched, and no link is followed out of it.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

from kb.errors import KbError
from kb.store.exported import MORE, Written, digest
from kb.text import files

MANIFEST = ".kb-export.jsonl"

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class VaultFolder:
    """A folder to write notes into. `agreed` is what is known of its files; `seen` tells an old state of one of ours.

    Raises:
        KbError: `root` is a file, or its manifest is no file.
    """

    def __init__(
        self, root: Path, agreed: Iterable[Written], seen: Callable[[str], bool], *, dry_run: bool = False
    ) -> None:
        self.root = Path(os.path.realpath(root))
        self.dry_run = dry_run
        self._seen = seen
        if self.root.exists() and not self.root.is_dir():
            raise KbError(f"{root} is not a folder", "name a folder, or a new one")
        if (self.root / MANIFEST).is_symlink() or (self.root / MANIFEST).is_dir():
            raise KbError(f"{root / MANIFEST} is not a file", "remove it: it should be kb's list of what it wrote")
        self.hashes: dict[str, set[str]] = {}  # path → hashes of what was written there
        self.places: dict[str, Written] = {}  # by source or statement: where it is, the newest place
        self.mine: set[str] = set()  # paths this home wrote
        self.manifest = read_manifest(self.root)
        agreed = list(agreed)
        for written in (*self.manifest, *agreed):
            if not written.file_hash and os.path.lexists(self.root / written.path):
                continue  # another note took the place
            if is_safe(written.path) and written.file_hash:
                self.hashes.setdefault(written.path, set()).add(written.file_hash)
            if is_safe(written.path):
                self.places.pop(written.subject, None)
                self.places[written.subject] = written
        self.mine.update(written.path for written in agreed)
        self.more = {written.path for written in agreed if written.file_hash.startswith(MORE)}
        self.current: dict[str, Written] = {}
        self._log: IO[bytes] | None = None

    def state(self, path: str) -> str:
        """ "absent", "ours" where nobody changed it, else the reason to leave it alone."""
        found, reason = self._look(path)
        if reason:
            return reason
        if found is None:
            return "absent"
        if path in self.more:
            return "has words that were undone; kb sync takes them up, or save it again"
        known = found in self.hashes.get(path, ()) or (path in self.hashes and self._seen(found))
        if known and (path in self.mine or self._shows_what_it_should(path)):
            return "ours"
        return "changed since it was exported" if path in self.hashes else "exists, and was not written by kb"

    def put(self, path: str, subject: str, content: bytes) -> str:
        """Write a note. "written", "unchanged", or the reason why it was left alone."""
        new = digest(content)
        found, reason = self._look(path)
        if reason:
            return reason
        if found == new:
            self.current[path] = Written(path, new, subject)
            return "unchanged"
        if found is not None and (state := self.state(path)) != "ours":
            return state
        written = Written(path, new, subject)
        if not self.dry_run:
            # The line comes first: after a crash between the two the file is still known as ours.
            self._append(written)
            try:
                self._replace(path, content)
            except PermissionError as error:
                return f"cannot be written: {error.strerror}"
        self.current[path] = written
        return "written"

    def read(self, path: str) -> bytes:
        """What stands in a file; nothing where there is none, or none that is ours to read."""
        found, _ = self._look(path)
        return (self.root / path).read_bytes() if found is not None else b""

    def stale(self) -> list[str]:
        """Paths we wrote that are not part of this export."""
        return sorted(path for path in self.hashes if path not in self.current)

    def remove(self, path: str) -> None:
        """Delete a note that nobody changed."""
        if not self.dry_run:
            (self.root / path).unlink()

    def finish(self, kept: Iterable[str]) -> None:
        """Write the manifest: what this export wrote, and of earlier ones what is `kept`."""
        if self.dry_run:
            return
        left = set(kept) - self.current.keys()
        if self._log:
            self._log.close()
        others = {written.path: written for written in self.manifest if written.path in left}
        listed = sorted((*self.current.values(), *others.values()), key=lambda written: written.path)
        content = (json.dumps({"kb_export": 1}) + "\n" + "".join(map(_line, listed))).encode()
        if listed and (self._log or content != _manifest_bytes(self.root)):
            self.root.mkdir(parents=True, exist_ok=True)
            self._replace(MANIFEST, content)

    # How

    def _shows_what_it_should(self, path: str) -> bool:
        """Whether a file that only the vault's list calls ours is a note of kb's: the list may say anything."""
        with (self.root / path).open("rb") as file:
            head = file.read(200)
        return any(f"kb: {one.subject}\n".encode() in head for one in self.manifest if one.path == path)

    def _look(self, path: str) -> tuple[str | None, str]:
        """(hash of the file there or None, what speaks against touching it)."""
        folder = self.root
        for part in path.split("/")[:-1]:
            folder = folder / part
            if folder.is_symlink():
                return None, f"the folder {folder.name} is a link"
            if folder.exists() and not folder.is_dir():
                return None, f"{folder.name} is not a folder"
        try:
            descriptor = os.open(self.root / path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _NOFOLLOW)
        except FileNotFoundError:
            return None, ""
        except OSError as error:
            link = (self.root / path).is_symlink()
            return None, "is a link" if link else f"cannot be read: {error.strerror}"
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return None, "is not a file"
            return hashlib.file_digest(file, "sha256").hexdigest(), ""

    def _append(self, written: Written) -> None:
        if self._log is None:
            self.root.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | _NOFOLLOW
            self._log = open(os.open(self.root / MANIFEST, flags, 0o644), "ab")  # noqa: SIM115
            self._log.write(b"\n")  # a line that a crash cut short ends here
        self._log.write(_line(written).encode())
        self._log.flush()

    def _replace(self, path: str, content: bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        files.write_bytes(target, content, follow=False)


def is_safe(path: str) -> bool:
    """Whether a path, as a list in a vault may say anything, is that of a note within the vault."""
    parts = path.split("/")
    plain = all(part and not part.startswith(".") and part.strip() == part for part in parts)
    return plain and path.endswith(".md") and not set(path) & {"\\", "\x00"}


def read_manifest(root: Path) -> list[Written]:
    """What the list in a vault says that kb wrote there."""
    found = []
    for line in _manifest_bytes(root).splitlines():
        try:
            row = json.loads(line)
            found.append(Written(str(row["path"]), str(row["hash"]), str(row["subject"])))
        except (ValueError, KeyError, TypeError):
            continue  # the first line; one cut short by a crash
    return found


def _manifest_bytes(root: Path) -> bytes:
    try:
        return (root / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return b""


def _line(written: Written) -> str:
    row = {"path": written.path, "hash": written.file_hash, "subject": written.subject}
    return json.dumps(row, ensure_ascii=False) + "\n"
