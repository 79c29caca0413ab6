"""The files of an exported vault: what we wrote, what a person changed since, and writing without harm.

A file is ours and untouched if its bytes are what we wrote at that place. The vault's own manifest
(`.kb-export.jsonl`, one line a file) is the truth about that: it moves with the vault and serves every home. The
home's table `exported` is a copy that serves where the manifest is lost, since a file whose hash is one we wrote
at that path is ours all the same; and it says what this home may remove.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from kb.errors import KbError
from kb.store.exported import Written
from kb.text import files

MANIFEST = ".kb-export.jsonl"
FOLDERS = ("sources", "statements")

_PATH = re.compile(rf"(?:{'|'.join(FOLDERS)})/[^/\\\x00]+\.md")
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class VaultFolder:
    """A folder to export into. Nothing outside it is ever touched, and no link is followed out of it.

    Raises:
        KbError: `root` is a file, or its manifest is no file.
    """

    def __init__(self, root: Path, remembered: Iterable[Written], *, dry_run: bool = False) -> None:
        self.root = Path(os.path.realpath(root))
        self.dry_run = dry_run
        if self.root.exists() and not self.root.is_dir():
            raise KbError(f"{root} is not a folder", "name a folder, or a new one")
        if (self.root / MANIFEST).is_symlink() or (self.root / MANIFEST).is_dir():
            raise KbError(f"{root / MANIFEST} is not a file", "remove it: it should be kb's list of what it wrote")
        self.hashes: dict[str, set[str]] = {}  # path → hashes of what was written there
        self.subjects: dict[str, str] = {}  # path → source or statement
        self.mine: set[str] = set()  # paths this home wrote
        remembered = list(remembered)
        for written in remembered:
            self._know(written)
            self.mine.add(written.path)
        self.current: dict[str, Written] = {}
        self.manifest = self._read_manifest()
        for written in self.manifest:
            self._know(written)
        self._log: IO[bytes] | None = None

    def names(self) -> dict[str, str]:
        """The file name without extension that each source or statement had the last time."""
        return {subject: path.rsplit("/", 1)[1][:-3] for path, subject in self.subjects.items()}

    def state(self, path: str) -> str:
        """ "absent", "ours" where nobody changed it, else the reason to leave it alone."""
        found, reason = self._look(path)
        if reason:
            return reason
        if found is None:
            return "absent"
        if found in self.hashes.get(path, ()):
            return "ours"
        return "changed since it was exported" if path in self.hashes else "exists, and was not written by kb"

    def put(self, path: str, subject: str, content: bytes) -> str:
        """Write a note. "written", "unchanged", or the reason why it was left alone."""
        new = hashlib.sha256(content).hexdigest()
        found, reason = self._look(path)
        if reason:
            return reason
        if found == new:
            self.current[path] = Written(path, new, subject)
            return "unchanged"
        if found is not None and (state := self.state(path)) != "ours":
            return state
        self.current[path] = Written(path, new, subject)
        if not self.dry_run:
            # The line comes first: after a crash between the two the file is still known as ours.
            self._append(self.current[path])
            self._replace(path, content)
        return "written"

    def stale(self) -> list[str]:
        """Paths we wrote that are not part of this export."""
        return sorted(path for path in self.hashes if path not in self.current)

    def remove(self, path: str) -> None:
        """Delete a note that nobody changed."""
        if not self.dry_run:
            (self.root / path).unlink()

    def finish(self, kept: Iterable[str]) -> list[Written]:
        """Write the manifest: what this export wrote, and of earlier ones what is `kept`. Returns this home's part."""
        left = set(kept) - self.current.keys()
        mine = list(self.current.values())
        others = [written for written in self.manifest if written.path in left]
        ours = sorted((*mine, *(w for w in others if w.path in self.mine)), key=lambda written: written.path)
        if self.dry_run:
            return ours
        if self._log:
            self._log.close()
        lines = "".join(_line(written) for written in sorted((*mine, *others), key=lambda written: written.path))
        content = (json.dumps({"kb_export": 1}) + "\n" + lines).encode()
        if (mine or others) and (self._log or content != self._manifest_bytes()):
            self.root.mkdir(parents=True, exist_ok=True)
            self._replace(MANIFEST, content)
        return ours

    # How

    def _know(self, written: Written) -> None:
        if _PATH.fullmatch(written.path):
            self.hashes.setdefault(written.path, set()).add(written.file_hash)
            self.subjects.pop(written.path, None)  # the newest place of a subject comes last
            self.subjects[written.path] = written.subject

    def _read_manifest(self) -> list[Written]:
        found = []
        for line in self._manifest_bytes().splitlines():
            try:
                row = json.loads(line)
                found.append(Written(str(row["path"]), str(row["hash"]), str(row["subject"])))
            except (ValueError, KeyError, TypeError):
                continue  # the first line; one cut short by a crash
        return found

    def _manifest_bytes(self) -> bytes:
        try:
            return (self.root / MANIFEST).read_bytes()
        except FileNotFoundError:
            return b""

    def _look(self, path: str) -> tuple[str | None, str]:
        """(hash of the file there or None, what speaks against touching it)."""
        folder = self.root / path.rsplit("/", 1)[0]
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


def _line(written: Written) -> str:
    row = {"path": written.path, "hash": written.file_hash, "subject": written.subject}
    return json.dumps(row, ensure_ascii=False) + "\n"
