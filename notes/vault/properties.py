"""The front matter of an exported note: written in one fixed form, read back in whatever form it then has.

Every value stands on one line, as a plain word, a number, or JSON (which is YAML too); a list has one line an
item. So writing needs no YAML emitter, nothing depends on its version, and notes that nobody touched are read
by the standard library. A note whose properties a person or an editor rewrote is read as YAML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

from notes.markdown import front_matter

FENCE = "---\n"

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:[-./][A-Za-z0-9_]+)*")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?Z?)?")
_MEANS_SOMETHING = {"yes", "no", "true", "false", "null", "on", "off", "y", "n", "none"}
_ESCAPED = re.compile("[\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]")
_KEY = re.compile(r"([^\s#-][^:]*?)\s*:(?=\s|$)")
_LINE = re.compile(r"(?P<key>[a-z_]+):(?: (?P<value>.+))?")


def dump(fields: Mapping[str, Any], links: Collection[str] = (), more: str = "") -> str:
    """The front matter with its fences. What is None or empty is left out.

    Only the fields named in `links` hold wikilinks; in others `[[` is written so that no program takes it for one.
    `more` are whole lines that a person put among them.
    """
    lines = []
    for name, value in fields.items():
        if value is None or value == "" or value == [] or value == {}:
            continue
        if isinstance(value, list):
            lines.append(f"{name}:")
            lines += [f"  - {_scalar(item)}" for item in value]
        else:
            lines.append(f"{name}: {_scalar(value, link=name in links)}")
    return FENCE + "".join(line + "\n" for line in lines) + more + FENCE


def others(text: str, known: Collection[str]) -> str:
    """The lines of the front matter that a person put there: those under keys that are not `known`."""
    if not text.startswith(FENCE) or (end := text.find("\n" + FENCE, len(FENCE) - 1)) < 0:
        return ""
    kept: list[str] = []
    theirs = False
    for line in text[len(FENCE) : end + 1].splitlines(keepends=True):
        if found := _KEY.match(line):
            theirs = found[1].strip("\"'") not in known
        if theirs and line.strip():
            kept.append(line)
    return "".join(kept)


def load(text: str) -> tuple[dict[str, Any], int]:
    """The properties of a note and where its body begins; ({}, 0) where it has none. Never raises."""
    if text.startswith(FENCE) and (end := text.find("\n" + FENCE, len(FENCE) - 1)) >= 0:
        fields = _read(text[len(FENCE) : end])
        if fields is not None:
            return fields, end + 1 + len(FENCE)
    metadata, body, _ = front_matter.split(text)
    return dict(metadata), body


def problem(text: str) -> str:
    """What keeps the front matter of a note from being read as YAML; "" where nothing does."""
    end = text.find("\n" + FENCE, len(FENCE) - 1) if text.startswith(FENCE) else -1
    if end >= 0 and _read(text[len(FENCE) : end]) is not None:
        return ""
    return next(iter(front_matter.split(text)[2]), "")


def _scalar(value: Any, *, link: bool = False) -> str:
    if isinstance(value, str) and (
        _DATE.fullmatch(value) or (_WORD.fullmatch(value) and value.lower() not in _MEANS_SOMETHING)
    ):
        return value
    # YAML takes some characters that JSON leaves bare for line breaks, or refuses them.
    written = json.dumps(value, ensure_ascii=False)
    if not link:
        written = written.replace("[[", r"[\u005b")
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def _read(block: str) -> dict[str, Any] | None:
    """The properties in the form that `dump` writes; None where it is any other."""
    fields: dict[str, Any] = {}
    items: list[Any] | None = None
    for line in block.split("\n"):
        if line.startswith("  - ") and items is not None:
            value, ok = _value(line[4:])
            items.append(value)
        elif found := _LINE.fullmatch(line):
            if found["value"] is None:
                fields[found["key"]] = items = []
                continue
            items = None
            fields[found["key"]], ok = _value(found["value"])
        else:
            return None
        if not ok:
            return None
    return fields


def _value(written: str) -> tuple[Any, bool]:
    if _DATE.fullmatch(written) or (_WORD.fullmatch(written) and written.lower() not in _MEANS_SOMETHING):
        return written, True
    try:
        return json.loads(written), True
    except ValueError:
        return None, False
