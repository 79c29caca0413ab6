"""Where the messages of a Slack export lie: in a folder a channel, unpacked or in the zip, beside lists of people."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from importers.base import Input
from importers.conversations import packed
from importers.file_names import without_extension
from kb.errors import KbError
from kb.text.json_values import json_value

DAY = re.compile(r"(?P<channel>[^/]+)/(?P<day>\d{4}-\d\d-\d\d)\.json$")
_MOST_DAYS = 20_000  # files of a channel that are looked through for a thread

Rows = list[dict[str, Any]]


@dataclass(slots=True)
class Export:
    """An export: `read` gives the bytes of a file by its name below the root, `files` the days of each channel."""

    read: Callable[[str], bytes | None]
    files: Mapping[str, Sequence[str]]
    channel: str = ""
    day: str = ""
    threads: Callable[[str], Mapping[str, Rows]] = field(default=lambda _: {})
    ids: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for kind in ("channels", "groups", "mpims", "dms"):
            for one in _rows(self.read(f"{kind}.json")):
                if isinstance(id_ := one.get("id"), str):
                    name = str(one.get("name") or id_)
                    self.ids[name], self.names[id_] = id_, name

    def id_of(self, channel: str) -> str:
        """The id of a channel by the name of its folder, else that name."""
        return self.ids.get(channel, channel)

    def people(self) -> Rows:
        """The entries of people that the export lists."""
        return [*_rows(self.read("users.json")), *_rows(self.read("org_users.json"))]

    def channels(self) -> list[str]:
        """The names of the channels that have messages."""
        return sorted(self.files)

    def days(self, channel: str) -> Sequence[str]:
        """The days of a channel, in order."""
        return sorted(self.files.get(channel, ()))

    def messages(self, channel: str, day: str) -> Rows:
        """What was written in a channel on a day."""
        return _rows(self.read(f"{channel}/{day}.json"))

    def thread(self, channel: str, thread: str) -> Rows:
        """All messages of a thread."""
        return self.threads(channel).get(thread, [])


def of_zip(source: Input) -> Export:
    """The export that a zip holds, whatever folder it lies in there."""
    archive = packed.opened(source)
    files: defaultdict[str, list[str]] = defaultdict(list)
    place: dict[str, str] = {}
    for name in archive.names:
        if found := DAY.search(name):
            files[found["channel"]].append(found["day"])
            place[f"{found['channel']}/{found['day']}.json"] = name
        elif name.count("/") <= 1 and name.endswith(".json"):
            place.setdefault(name.rpartition("/")[2], name)

    def read(name: str) -> bytes | None:
        return archive.read(place[name]) if name in place else None

    held: dict[str, Mapping[str, Rows]] = {}

    def threads(channel: str) -> Mapping[str, Rows]:
        if channel not in held:
            held.clear()
            held[channel] = _by_thread([_rows(read(f"{channel}/{day}.json")) for day in sorted(files[channel])])
        return held[channel]

    return Export(read, files, threads=threads)


def of_folder(source: Input) -> Export:
    """The export around a file of one day; of what came by another way nothing but the file itself is known."""
    folder, root = packed.folder_of(source), packed.folder_of(source, 1)
    day = without_extension(source.name)
    day = day if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else ""
    if folder is None or root is None:
        return Export(lambda _: None, {}, "slack", day)
    channel = folder.name

    def read(name: str) -> bytes | None:
        return packed.of_folder(root, name)

    return Export(read, {channel: [day]}, channel, day, threads=lambda _: _threads_in(str(folder), _seen(folder)))


def _seen(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """The days in a folder, with what changes when a file does."""
    try:
        with os.scandir(folder) as entries:
            found = [(one.name, one.stat()) for one in entries if DAY.search(f"x/{one.name}") and one.is_file()]
    except OSError:
        return ()
    return tuple(sorted((name, status.st_size, status.st_mtime_ns) for name, status in found)[:_MOST_DAYS])


@lru_cache(maxsize=1)  # the days of a channel are read one after the other, and each asks
def _threads_in(folder: str, seen: tuple[tuple[str, int, int], ...]) -> Mapping[str, Rows]:
    return _by_thread([_rows(packed.of_folder(Path(folder), name)) for name, _, _ in seen])


def _by_thread(days: Sequence[Rows]) -> Mapping[str, Rows]:
    found: defaultdict[str, Rows] = defaultdict(list)
    for rows in days:
        for row in rows:
            if isinstance(thread := row.get("thread_ts"), str):
                found[thread].append(row)
    return dict(found)


def _rows(data: bytes | None) -> Rows:
    try:
        value = json_value(data) if data else []
    except (ValueError, RecursionError) as error:
        raise KbError(f"a file of the Slack export is not valid JSON: {error}", "export it again") from None
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
