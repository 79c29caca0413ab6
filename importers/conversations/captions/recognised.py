"""What recognisers of speech and meeting programs write as JSON: Whisper, Zoom, Teams, Otter and their like.

All have a list of segments with the words, a time, and perhaps who speaks; only the names of the fields differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any

from importers.base import Importer, Input
from importers.conversations.captions import recording, spoken
from importers.conversations.captions.cues import Cue
from importers.conversations.talk import structure
from importers.exports.parsing import loads, read_json
from kb.model.document import Document
from kb.text.strings import squash

_LISTS = (
    "segments", "transcription", "utterances", "entries", "sentences", "transcripts", "transcript", "timeline",
    "monologues", "results", "result", "data", "body",
)  # fmt: skip
_WORDS = ("text", "transcript", "content", "sentence", "utf8", "caption", "words")
_STARTS = (
    "start", "start_time", "startTime", "startOffset", "start_offset", "begin", "from", "offset", "timestamp", "ts",
    "startTimeOffset", "startDateTime", "offsets", "timestamps",
)  # fmt: skip
_ENDS = ("end", "end_time", "endTime", "endOffset", "end_offset", "to", "endDateTime", "stop", "offsets", "timestamps")
_WHO = (
    "speaker", "speaker_name", "speakerName", "speakerDisplayName", "speaker_label", "speakerLabel", "display_name",
    "username", "user_name", "name", "participant", "speaker_id", "speakerId", "users",
)  # fmt: skip
_CLOCK = re.compile(r"(?:PT)?(?:(\d+)[:H])?(?:(\d+)[:M])?(\d+)(?:[.,](\d+))?S?")
_LOOK = 4000
_LEAST_MS = 400  # median step between whole numbers from which they are no seconds


def sniff(source: Input) -> float:
    """Sure by a list of records that all have words and a time."""
    head = source.text[:_LOOK].lstrip()
    if head[:1] not in ("{", "[") or not any(f'"{name}"' in head for name in _STARTS):
        return 0.0
    try:
        found = _segments(loads(source.text))
    except (ValueError, RecursionError):
        return 0.0
    return 0.9 if found else 0.0


def read(source: Input) -> list[Document]:
    """The talk."""
    found = _segments(read_json(source))
    of = recording.of_file(source)
    return recording.transcript(source, IMPORTER.name, spoken.talk(list(_cues(found)), of.url), of)


def _segments(value: Any, depth: int = 0) -> list[dict[str, Any]]:
    """The list of segments in a JSON value; empty where there is none."""
    if isinstance(value, list):
        rows = [one for one in value if isinstance(one, dict)]
        good = [one for one in rows if _said(one) is not None and _start(one) is not None]
        return good if good and len(good) >= 0.8 * len(value) else []
    if isinstance(value, dict) and depth < 3:
        for name in _LISTS:
            if found := _segments(value.get(name), depth + 1):
                return found
    return []


def _said(one: dict[str, Any]) -> str | None:
    return next((one[name] for name in _WORDS if isinstance(one.get(name), str)), None)


def _start(one: dict[str, Any]) -> float | None:
    return next((at for name in _STARTS if (at := _time(one.get(name), "from")) is not None), None)


def _time(value: Any, inner: str) -> float | None:
    if isinstance(value, dict):
        value = value.get(inner)
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if 0 <= value < 1e12 else None
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) and len(value) < 40 else None
    if not found:
        return None
    hours, minutes, seconds, part = found.groups()
    if hours and not minutes:  # "1:02": minutes and seconds
        hours, minutes = ("0", hours) if "H" not in value else (hours, "0")
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds) + float(f"0.{part}" if part else 0)


def _who(one: dict[str, Any]) -> str:
    for name in _WHO:
        value = one.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("name") or value.get("displayName") or value.get("username") or value.get("id")
        if isinstance(value, bool) or value is None or value == "":
            continue
        words = squash(str(value)) if isinstance(value, str | int) else ""
        if found := re.fullmatch(r"(?:speaker|spk|s)?[_ -]?(\d{1,3}|[A-Z])", words, re.I):
            return f"Speaker {found[1].lstrip('0') or '0'}"
        if words:
            return words
    return ""


def _cues(found: list[dict[str, Any]]) -> Iterator[Cue]:
    starts = [_start(one) or 0.0 for one in found]
    steps = [after - before for before, after in pairwise(starts) if after > before]
    numbers = all(isinstance(one.get(name), int) for one in found for name in _STARTS if name in one)
    whole = all(isinstance(one.get("offsets"), dict) for one in found) or numbers
    thousandth = 0.001 if whole and (median(steps) if steps else max(starts, default=0)) >= _LEAST_MS else 1.0
    for one, start in zip(found, starts, strict=True):
        end = next((at for name in _ENDS if (at := _time(one.get(name), "to")) is not None), start)
        lines = tuple(filter(None, map(squash, (_said(one) or "").split("\n"))))
        if lines:
            yield Cue(start * thousandth, max(start, end) * thousandth, lines, _who(one))


IMPORTER = Importer(
    name="recognised",
    version="1",
    what="transcripts of Whisper, Zoom, Teams, Otter and other recognisers of speech (JSON)",
    recognised_by="a list of segments that have words and a time (`start`, `text`, `speaker` or the like)",
    gives="one, a turn for each speaker where they are told apart",
    keeps="what was said with its time, speakers as far as told apart",
    loses="times of single words, probabilities",
    sniff=sniff,
    read=read,
    structure=structure,
    sample='{"language": "en", "segments": [{"start": 0.0, "end": 2.5, "speaker": "SPEAKER_00", "text": " The mill"},'
    ' {"start": 2.5, "end": 4.0, "speaker": "SPEAKER_00", "text": " should be mended."},'
    ' {"start": 4.5, "end": 6.0, "speaker": "SPEAKER_01", "text": " Its stone is cracked."}]}',
    precedence=40,
)
