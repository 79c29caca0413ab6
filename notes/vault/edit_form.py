"""A source or statement as a text that a person changes in an editor: its facts as front matter, and what they changed.

What was changed is told by comparing what is read from the text before and after, so that only that is edited.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.errors import KbError, UsageError
from kb.model.source import Source
from kb.model.statement import Statement
from kb.model.words import SOURCE_KINDS, STATEMENT_KINDS
from kb.sources.editing import NOTHING, Wish, tag
from kb.text.strings import clip, squash, unique
from notes.markdown import front_matter
from notes.vault.properties import FENCE, dump

_SOURCE = ("title", "authors", "date", "kind", "url", "citekey", "tags", "aliases")
_STATEMENT = ("text", "kind", "speaker")
_LISTS = {"authors", "tags", "aliases"}
_ERROR = "# ! "
_ABOUT = "# Change what is wrong, save and close. As it is, or emptied, it changes nothing."
_SOURCE_KINDS = "# kind: " + ", ".join(kind for kind in SOURCE_KINDS if kind != "stub")
_STATEMENT_KINDS = "# kind: " + ", ".join(STATEMENT_KINDS)
_COMMENT = re.compile(r"#.*\n?")
_QUOTE = 400  # characters of the quote that are shown


@dataclass(frozen=True, slots=True)
class _Read:
    """What a form says: its fields, and the text below them."""

    fields: Mapping[str, str | tuple[str, ...]]
    body: str


def of_source(source: Source, aliases: Sequence[str], body: str | None) -> str:
    """The form of a source; `body` is the text of a note of one's own, None where the text is somebody else's."""
    fields: dict[str, Any] = {
        "title": source.title,
        "authors": list(source.authors),
        "date": source.published or "",
        "kind": source.kind,
        "url": source.url or "",
        "citekey": source.citekey,
        "tags": list(source.tags),
        "aliases": list(aliases),
    }
    return _form(fields, [_ABOUT, _SOURCE_KINDS]) + ("" if body is None else f"\n{body}\n")


def of_statement(statement: Statement, titles: Mapping[str, str]) -> str:
    """The form of a statement; `titles` are those of its sources, by id."""
    speakers = dict.fromkeys(one.speaker for one in statement.mentions if one.speaker)
    quotes = [
        f"# “{clip(one.quote, _QUOTE)}” — {clip(titles.get(one.source, one.source), 80)}"
        for one in statement.mentions[:3]
    ]
    fields = {"text": statement.text, "kind": statement.kind, "speaker": "; ".join(speakers)}
    return _form(fields, [_ABOUT, _STATEMENT_KINDS, *quotes])


def _form(fields: Mapping[str, Any], comments: Sequence[str]) -> str:
    head = FENCE + "".join(line + "\n" for line in comments)
    lines = [
        dump({name: value}).removeprefix(FENCE).removesuffix(FENCE) or f"{name}:\n" for name, value in fields.items()
    ]
    return head + "".join(lines) + FENCE


def is_nothing(text: str) -> bool:
    """Whether a form was emptied: nothing is left but comments and fences."""
    return not _COMMENT.sub("", text).replace("---", "").strip()


def with_problem(text: str, problem: KbError) -> str:
    """The form with what is wrong with it as a comment at its head."""
    told = f"{squash(problem.message)} ({squash(problem.hint)})" if problem.hint else squash(problem.message)
    text = without_problem(text)
    if f"{_ABOUT}\n" in text:  # in its place, so that lines keep their numbers
        return text.replace(f"{_ABOUT}\n", f"{_ERROR}{told}\n", 1)
    head = FENCE if text.startswith(FENCE) else ""
    return f"{head}{_ERROR}{told}\n{text.removeprefix(head)}"


def without_problem(text: str) -> str:
    """The form as the person left it."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(_ERROR))


def wish(before: str, after: str) -> Wish:
    """What a person changed in a form. Fields that they took out are as if they were emptied.

    Raises:
        UsageError: it cannot be read, or has a field that there is not.
    """
    was = _read(before)
    known = _STATEMENT if "text" in was.fields else _SOURCE
    is_ = _read(after, known)

    def changed(name: str) -> str | None:
        old, new = (str(one.fields.get(name, "")) for one in (was, is_))
        if old == new or name not in known:
            return None
        if not new and name in {"kind", "citekey"}:
            raise UsageError(f"{name}: is empty", f"it was {old}")
        return new

    def listed(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        old, new = (tuple(one.fields.get(name, ())) for one in (was, is_))
        return tuple(x for x in new if x not in old), tuple(x for x in old if x not in new)

    authors = tuple(is_.fields.get("authors", ()))
    (tagged, untagged), (aliases, unaliased) = listed("tags"), listed("aliases")
    return Wish(
        title=changed("title"),
        authors=authors if authors != tuple(was.fields.get("authors", ())) else None,
        date=changed("date"),
        kind=changed("kind"),
        url=changed("url"),
        citekey=changed("citekey"),
        speaker=changed("speaker"),
        tagged=tagged,
        untagged=untagged,
        aliases=aliases,
        unaliased=unaliased,
        text=changed("text") if "text" in known else is_.body if is_.body != was.body else None,
    )


def is_unchanged(wanted: Wish) -> bool:
    """Whether a form says what it said before."""
    return wanted == NOTHING


def _read(text: str, known: Sequence[str] | None = None) -> _Read:
    metadata, start, problems = front_matter.split(text.replace("\r\n", "\n"))
    if problems:
        raise UsageError(problems[0], "the lines between --- and --- are YAML: name: value")
    if not start:
        raise UsageError("the lines --- around the fields are gone", "put them back, or empty the file to leave off")
    fields: dict[str, str | tuple[str, ...]] = {}
    for name, value in metadata.items():
        if known is not None and name not in known:
            raise UsageError(f"no field {name!r}", "the fields are " + ", ".join(known))
        fields[name] = _list(name, value) if name in _LISTS else _one(name, value)
    return _Read(fields, text.replace("\r\n", "\n")[start:].strip())


def _one(name: str, value: front_matter.Value) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{name}: takes one value", "in quotes, if it has signs that YAML takes for something else")
    return squash(value)


def _list(name: str, value: front_matter.Value) -> tuple[str, ...]:
    """The items of a list; of one line, what stands between its semicolons (authors) or commas."""
    if isinstance(value, dict) or (isinstance(value, list) and not all(isinstance(item, str) for item in value)):
        raise UsageError(f"{name}: takes a list of words", "a line each, with - before it")
    given = [str(item) for item in value] if isinstance(value, list) else value.split(";" if name == "authors" else ",")
    return unique(tag(item) if name == "tags" else squash(item) for item in given)
