"""Imports that a page has asked for: each in a process of its own, so that pages stay quick while it reads."""

from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from importers.given import Given
from kb.errors import KbError
from kb.text.controls import visible
from kb.text.strings import clip
from server.stores import Stores

_DROPPED = re.compile(r"\S*/kb-dropped-[^/\s]+/\d+/")  # the folder of dropped files, which says nothing
_SHOWN = 200  # of what was done, the last
_REMARKS = 20
_NAMED = 3  # targets that the history names
_NAME = 120  # bytes of a dropped file's name


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was dropped: its name, which is somebody else's word, and what is in it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one source: its id and title, or what is wrong and what to do."""

    target: str
    status: str
    source: str = ""
    title: str = ""
    error: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of an import: remarks, and what went wrong with the whole of it."""

    notes: tuple[str, ...] = ()
    error: str = ""
    hint: str = ""


Step = Line | Ended | str
"""What the process says: a line, that it does something else now, or that it is done."""


@dataclass(slots=True)
class Import:
    """One import: what it is of, how far it is."""

    number: int
    what: str
    lines: list[Line] = field(default_factory=list)
    done: int = 0
    doing: str = "reading"
    ended: Ended | None = None

    @property
    def failed(self) -> int:
        return sum(line.status == "failed" for line in self.lines)


@dataclass(slots=True)
class Imports:
    """The imports of this run of the server, the newest last."""

    stores: Stores
    known: list[Import] = field(default_factory=list)
    _running: list[multiprocessing.process.BaseProcess] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of_addresses(self, targets: Sequence[str]) -> Import:
        """Begin an import of what is on the web."""
        return self._begin(clip(", ".join(targets), 200), list(targets), None)

    def of_files(self, uploads: Sequence[Upload]) -> Import:
        """Begin an import of files that were dropped."""
        folder = Path(tempfile.mkdtemp(prefix="kb-dropped-"))
        targets = []
        for number, one in enumerate(uploads):
            own = folder / str(number)  # two files may have one name
            own.mkdir()
            path = own / file_name(one.name)
            path.write_bytes(one.content)
            targets.append(str(path))
        return self._begin(clip(", ".join(file_name(one.name) for one in uploads), 200), targets, folder)

    def of_number(self, number: int) -> Import | None:
        """The import of this number."""
        return next((one for one in self.known if one.number == number), None)

    def stop(self) -> None:
        """End what still runs. What it had put in is kept."""
        for process in self._running:
            process.terminate()

    def _begin(self, what: str, targets: list[str], folder: Path | None) -> Import:
        context = multiprocessing.get_context("spawn")  # threads and open databases do not survive a fork
        near, far = context.Pipe(duplex=False)
        with self._lock:
            new = Import(len(self.known) + 1, what)
            self.known.append(new)
        process = context.Process(target=_work, args=(self.stores.home, targets, far), daemon=False)
        process.start()
        far.close()
        self._running.append(process)
        threading.Thread(target=self._follow, args=(new, near, process, folder), daemon=True).start()
        return new

    def _follow(
        self, new: Import, near: Connection, process: multiprocessing.process.BaseProcess, folder: Path | None
    ) -> None:
        try:
            while new.ended is None:
                _take(new, near.recv())
        except EOFError:
            new.ended = Ended(error="the import has stopped", hint="what was done is kept; the terminal may say why")
        finally:
            process.join()
            self._running.remove(process)
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)


def file_name(given: str) -> str:
    """The name of a dropped file, without any folder and without what a file system would not take."""
    last = visible(given).replace("\\", "/").rpartition("/")[2].strip(". ") or "file"
    stem, dot, suffix = last.rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    kept = stem.encode()[:_NAME].decode(errors="ignore") or "file"
    return kept + (f".{suffix[:12]}" if dot else "")


def _take(new: Import, step: Step) -> None:
    if isinstance(step, Line):
        new.lines.append(step)
        new.done += 1
        del new.lines[:-_SHOWN]
    elif isinstance(step, Ended):
        new.ended = step
    else:
        new.doing = step


def _work(home: Path, targets: list[str], far: Connection) -> None:
    """The whole import, in the process."""
    from importers import intake
    from importers.report import Item
    from kb.errors import listening
    from kb.store import turns
    from kb.store.open import Unit, open_store
    from kb.suggest import update

    heard: list[str] = []
    found: list[Item] = []

    def tell(item: Item) -> None:
        found.append(item)
        if item.error is not None:
            message = _DROPPED.sub("", item.error.message)
            far.send(Line(_shown(item.target), "failed", error=message, hint=item.error.hint))

    try:
        words = "kb add " + " ".join(_shown(target) for target in targets[:_NAMED]) + " …" * (len(targets) > _NAMED)
        with listening(heard.append), open_store(home, Unit(words)) as store, turns.writing(home):
            report = intake.run(store, targets, Given(), lambda: b"", tell)
            for item in report.items:
                if isinstance(item.source, str):
                    source = report.sources[item.source]
                    far.send(Line(_shown(item.target), item.status, source.id, source.title))
            far.send("embedding")
            update.update(store)
        remarks = (*report.skipped, *report.problems, *report.notes, *heard)
        far.send(Ended(remarks[:_REMARKS]))
    except KbError as error:
        far.send(Ended(error=error.message, hint=error.hint))
    except Exception as error:
        far.send(Ended(error=f"{type(error).__name__}: {error}", hint="this is a bug; try kb add in the terminal"))
    finally:
        far.close()


def _shown(target: str) -> str:
    """A target as a page shows it: an address as it is, of a file the name."""
    return target if "://" in target or not os.path.isabs(target) else os.path.basename(target)
