"""What is known of a recording whose words lie in a file: title, address, who made it, when; from its name and beside.

yt-dlp writes `TITLE [ID].en.vtt` and beside it `TITLE [ID].info.json`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from importers.base import Input
from importers.conversations.captions.spoken import Spoken
from importers.conversations.packed import beside
from importers.conversations.talk import document, with_problems
from importers.titles import name_title
from kb.errors import KbError
from kb.model.document import Author, Document
from kb.text import dates
from kb.text.json_values import json_value
from kb.text.strings import squash

_ENDING = re.compile(r"\.(?:srt|vtt|json3|json|txt)$", re.I)
_LANGUAGE = re.compile(r"\.(?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]{2,12}){0,2})$")
_ID = re.compile(r"\s*\[(?P<id>[\w-]{11})\]$")
_WATCH = "https://www.youtube.com/watch?v="


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording, as far as it is known."""

    title: str = ""
    url: str | None = None
    id: str = ""  # that of YouTube
    language: str = ""
    by: tuple[str, ...] = ()
    published: str | None = None


def of_file(source: Input) -> Recording:
    """What the name of a file says, and the `.info.json` beside it."""
    stem = _ENDING.sub("", source.name)
    found = _LANGUAGE.search(stem)
    bare = stem[: found.start()] if found else stem
    told: dict[str, Any] = {}
    for name in dict.fromkeys((bare, stem)):
        data = beside(source, f"{name}.info.json")
        try:
            value = json_value(data) if data else None
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict):
            told = value
            break
    video = _ID.search(bare)
    youtube = "youtube" in _word(told, "extractor_key", "extractor", "ie_key").casefold()
    known = _word(told, "id") if youtube else video["id"] if video and not told else ""
    url = _word(told, "webpage_url", "original_url") or (_WATCH + known if known else "")
    shown = bare[: video.start()] if video else bare
    title = _word(told, "title", "fulltitle") or (name_title(source) and squash(shown.replace("_", " "))) or ""
    day = _word(told, "upload_date", "release_date")
    return Recording(
        title=title,
        url=url if url.startswith(("http://", "https://")) else None,
        id=known,
        language=found["language"] if found else "",
        by=tuple(filter(None, [_word(told, "channel", "uploader", "creator")])),
        published=f"{day[:4]}-{day[4:6]}-{day[6:]}" if re.fullmatch(r"\d{8}", day) else dates.read_loosely(day or None),
    )


def _word(told: dict[str, Any], *names: str) -> str:
    return next((squash(value) for name in names if isinstance(value := told.get(name), str) and value.strip()), "")


def transcript(source: Input, importer: str, spoken: Spoken, of: Recording) -> list[Document]:
    """The one source that a recording is.

    Raises:
        KbError: nothing is said in it.
    """
    if not spoken.messages:
        raise KbError(f"{source.called} holds no words", "export it again")
    speaks = list(dict.fromkeys(one.who for one in spoken.messages if one.who))
    ids = {"youtube": of.id + (f"/{of.language}" if of.language else "")} if of.id else {}
    title = of.title or ("Transcript: " + ", ".join(speaks) if speaks else "Transcript")
    made = document(
        source, importer, title, spoken.messages, ids=ids, published=of.published, url=of.url,
        by=None if speaks else of.by,
    )  # fmt: skip
    people = [one for one in made.authors if not re.fullmatch(r"Speaker \w{1,2}", one.name)]
    people = people or [Author(name) for name in of.by]
    problems = [f"sounds in brackets are left out: {spoken.sounds:,}"] if spoken.sounds else []
    return with_problems([replace(made, authors=tuple(people), path=source.path)], source, problems)
