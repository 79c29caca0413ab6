"""Subtitles: SubRip (`.srt`) and WebVTT (`.vtt`), written by people, meeting programs or machines."""

from __future__ import annotations

from importers.base import Importer, Input
from importers.conversations.captions import cues, recording, spoken
from importers.conversations.talk import structure
from kb.model.document import Document

_LOOK = 60  # lines that tell


def sniff(source: Input) -> float:
    """Sure by the first line of WebVTT with a timing below it, or by timings below numbers."""
    lines = source.text[:20_000].split("\n")[:_LOOK]
    timed = [number for number, line in enumerate(lines) if "-->" in line and cues.TIMING.match(line)]
    if not timed:
        return 0.0
    if source.text.lstrip().startswith("WEBVTT"):
        return 0.97
    first = next(number for number, line in enumerate(lines) if line.strip())
    numbered = sum(number > 0 and lines[number - 1].strip().isdigit() for number in timed)
    return 0.96 if timed[0] - first <= 2 and 2 * numbered >= len(timed) else 0.0


def read(source: Input) -> list[Document]:
    """The talk: each word once, by speakers where the file tells them."""
    of = recording.of_file(source)
    return recording.transcript(source, IMPORTER.name, spoken.talk(cues.cues(source.text), of.url), of)


IMPORTER = Importer(
    name="subtitles",
    version="1",
    what="subtitles and transcripts of video and meetings (SRT, WebVTT)",
    recognised_by="a first line `WEBVTT`, or numbered lines `00:00:01,000 --> 00:00:04,000`",
    gives="one, a turn for each speaker where they are named",
    keeps="what was said with its time, speakers",
    loses="sounds in brackets, styles and positions, words shown twice",
    sniff=sniff,
    read=read,
    structure=structure,
    sample="WEBVTT\n\nNOTE made by hand\n\n00:00:01.000 --> 00:00:04.000 align:start\n<v Ada Moss>The mill should\n\n"
    "00:00:04.000 --> 00:00:06.500\n<v Ada Moss>be mended, for it grinds.\n\n"
    "00:00:07.000 --> 00:00:09.000\n<v Bo Lind>Its stone is cracked.\n",
    examples=("mill-meeting.vtt",),
    precedence=25,
)
