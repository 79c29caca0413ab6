"""YouTube's own file of captions (`json3`), as yt-dlp and the player fetch it."""

from __future__ import annotations

from typing import Any

from importers.base import Importer, Input
from importers.conversations.captions import recording, spoken
from importers.conversations.captions.cues import Cue
from importers.conversations.talk import structure
from importers.exports.parsing import objects, read_json
from kb.errors import KbError
from kb.model.document import Document
from kb.text.strings import squash


def sniff(source: Input) -> float:
    """Sure by its events with times and segments."""
    start = source.text[:3000]
    return 0.96 if start.lstrip().startswith("{") and '"events"' in start and '"tStartMs"' in source.text else 0.0


def read(source: Input) -> list[Document]:
    """The words of the video, each once."""
    value = read_json(source)
    if not isinstance(value, dict):
        raise KbError(f"{source.called} holds no captions", "download them again")
    of = recording.of_file(source)
    found = [cue for event in objects(value, "events") if (cue := _cue(event))]
    return recording.transcript(source, IMPORTER.name, spoken.talk(found, of.url), of)


def _cue(event: dict[str, Any]) -> Cue | None:
    start, lasts = event.get("tStartMs"), event.get("dDurationMs")
    words = "".join(str(one.get("utf8") or "") for one in objects(event, "segs"))
    lines = tuple(filter(None, map(squash, words.split("\n"))))
    if not isinstance(start, int | float) or not lines:
        return None
    return Cue(start / 1000, (start + (lasts if isinstance(lasts, int | float) else 0)) / 1000, lines)


IMPORTER = Importer(
    name="youtubecaptions",
    version="1",
    what="captions of YouTube (`json3`)",
    recognised_by="a JSON object with `events` that have `tStartMs` and `segs`",
    gives="one",
    keeps="what was said with its time and an address that goes on there",
    loses="sounds in brackets, words shown twice",
    sniff=sniff,
    read=read,
    structure=structure,
    sample='{"wireMagic": "pb3", "events": [{"tStartMs": 0, "dDurationMs": 2000, "segs": [{"utf8": "the mill"},'
    ' {"utf8": " should be", "tOffsetMs": 400}]}, {"tStartMs": 1900, "aAppend": 1, "segs": [{"utf8": "\\n"}]},'
    ' {"tStartMs": 2000, "dDurationMs": 2000, "segs": [{"utf8": "mended"}]}]}',
    precedence=25,
)
