"""Slack's export: a folder or zip with a file a channel and day. A thread is a source of its own, else the day is.

A thread is where one matter is discussed to its end, often over weeks; a day is what is left of a channel, and the only
parting that does not move when a later export has more.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from importers.base import Importer, Input
from importers.conversations import packed, times
from importers.conversations.slack_export import DAY, Export, of_folder, of_zip
from importers.conversations.slack_messages import People, left_out, message
from importers.conversations.talk import Message, counted, document, structure, with_problems
from importers.decode import is_zip
from importers.exports.parsing import loads, read_json
from importers.titles import first_sentence
from kb.errors import KbError
from kb.model.document import Document

_ZIPPED = re.compile(r"(?:^|/)(?:channels|groups|dms|users)\.json$")


@dataclass(slots=True)
class _Read:
    """What one reading of a day, or of all days, has found."""

    export: Export
    people: People
    source: Input
    left: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    found: list[Document] = field(default_factory=list)


def sniff(source: Input) -> float:
    """Sure by messages with `type` and `ts`, or by the files of the zip."""
    if is_zip(source.original):
        return 0.94 if packed.named(source, _ZIPPED) and packed.named(source, DAY) else 0.0
    if not source.text[:200].lstrip().startswith("[") or '"ts"' not in source.text[:20_000]:
        return 0.0
    try:
        value = loads(source.text)
    except (ValueError, RecursionError):
        return 0.0
    rows = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    good = sum(one.get("type") == "message" and isinstance(one.get("ts"), str) for one in rows)
    return 0.95 if good and good >= 0.8 * len(value) else 0.0


def read(source: Input) -> list[Document]:
    """The day of a channel and the threads that a file has messages of; of a zip all of them.

    Raises:
        KbError: nobody says anything in it.
    """
    if is_zip(source.original):
        export = of_zip(source)
        days = [
            (channel, day, export.messages(channel, day))
            for channel in export.channels()
            for day in export.days(channel)
        ]
    else:
        rows = [one for one in read_json(source) if isinstance(one, dict)]
        export = of_folder(source)
        days = [(export.channel, export.day, rows)]
    reading = _Read(export, People(export.people()), source)
    told: set[tuple[str, str]] = set()
    for channel, day, rows in days:
        _day(reading, channel, day, rows, told)
    if not reading.found:
        what = f" ({'; '.join(counted(reading.left))})" if reading.left else ""
        raise KbError(f"{source.called} holds no message{what}", "nothing to add")
    return with_problems(reading.found, source, counted(reading.left))


def _day(reading: _Read, channel: str, day: str, rows: Sequence[dict[str, Any]], told: set[tuple[str, str]]) -> None:
    reading.people.learn(rows)
    alone = []
    for row in rows:
        if kind := left_out(row):
            reading.left[kind] += 1
        elif (thread := row.get("thread_ts")) and (
            thread != row.get("ts") or row.get("reply_count") or row.get("replies")
        ):
            if (channel, str(thread)) not in told:
                told.add((channel, str(thread)))
                _thread(reading, channel, str(thread), rows)
        else:
            alone.append(row)
    whole = [one for row in alone if (one := message(row, reading.people, reading.export.names, whole=False))]
    if whole:
        place = reading.export.id_of(channel)
        when = times.of_seconds(alone[0].get("ts"))
        reading.found.append(
            _document(
                reading,
                f"#{channel}, {day or times.shown(when)[:10]}",
                whole,
                f"{place}/{day or times.shown(when)[:10]}",
                when,
            )
        )


def _thread(reading: _Read, channel: str, thread: str, rows: Sequence[dict[str, Any]]) -> None:
    """The whole thread, wherever its messages lie, so that each day that has some gives the same source."""
    every = {str(row.get("ts")): row for row in reading.export.thread(channel, thread) if not left_out(row)}
    every |= {str(row.get("ts")): row for row in rows if row.get("thread_ts") == thread and not left_out(row)}
    ordered = [every[ts] for ts in sorted(every, key=_number)]
    reading.people.learn(ordered)
    said = [one for row in ordered if (one := message(row, reading.people, reading.export.names, whole=True))]
    if said:
        title = first_sentence(said[0].body)
        when = times.of_seconds(thread)
        reading.found.append(
            _document(reading, f"{title} (#{channel})", said, f"{reading.export.id_of(channel)}/{thread}", when)
        )


def _number(ts: str) -> float:
    try:
        return float(ts)
    except ValueError:
        return 0.0


def _document(reading: _Read, title: str, said: Sequence[Message], id_: str, when: str | None) -> Document:
    return document(
        reading.source, IMPORTER.name, title, said, ids={"slack": id_}, published=when,
        original=json.dumps([[one.who, one.when, one.body] for one in said]).encode(),
    )  # fmt: skip


IMPORTER = Importer(
    name="slack",
    version="1",
    what="Slack's export: a folder or zip with a file a channel and day",
    recognised_by="a list of messages with `type` and `ts`; a zip with `channels.json` and such files",
    gives="one a thread; one a channel and day for what is in none",
    keeps="threads, who wrote what when, reactions, shared messages, names of files",
    loses="joins and other notices, messages of bots, files",
    sniff=sniff,
    read=read,
    structure=structure,
    sample='[{"type": "message", "user": "U1", "text": "Should we mend the <https://mill.example|mill>?",'
    ' "ts": "1714554000.000100", "user_profile": {"real_name": "Ada Moss"}},'
    ' {"type": "message", "user": "U2", "text": "Its stone is *cracked*.", "ts": "1714554060.000100"}]',
    precedence=23,
)
