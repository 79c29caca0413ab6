"""A list in a person's own form: `--format '{citekey}\\t{title}'` and `--sort FIELD`, for every verb that lists.

A verb whose module has `ROWS = "sources"` has both: a row is an object of that list in its JSON. What a verb does is
the same as with --json, so that a template may name whatever that shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Annotated, Any

import typer

from commands import output
from kb.errors import UsageError
from kb.model.json_form import JsonObject, JsonValue
from kb.text.spelling import one_of
from kb.text.strings import squash

Template = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="TEMPLATE",
        help=r"A line a row, as in '{id}\t{title}'; the fields are those of --json, inner ones with a dot.",
        rich_help_panel="Output",
    ),
]
Order = Annotated[
    str | None,
    typer.Option(
        "--sort",
        metavar="FIELD",
        help="With --format or --json: sort the rows by a field; -FIELD turns it round.",
        rich_help_panel="Output",
    ),
]
_FIELD = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|\\([tn\\])")
_ESCAPES = {"t": "\t", "n": "\n", "\\": "\\"}


def formatted(command: Callable[..., None], rows: str) -> Callable[..., None]:
    """The command of a verb with the two options more; one that sorts by itself keeps its own `--sort`."""
    own = signature(command).parameters
    more = {"template": Template} | ({} if "sort" in own else {"order": Order})
    options = [Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=hint) for name, hint in more.items()]

    @wraps(command)
    def with_rows(**given: Any) -> None:
        template, order = given.pop("template"), given.pop("order", None)
        if template is None and order is None:
            return command(**given)
        if template is None and not given["json"]:
            raise UsageError("--sort goes with --format or --json", r"for example: --format '{id}\t{title}'")
        with output.caught() as answers:
            command(**{**given, "json": True})
        for answer in answers:
            _print(answer, rows, template, order)
        return None

    with_rows.__signature__ = Signature([*own.values(), *options])  # type: ignore[attr-defined]
    with_rows.__annotations__ = {**command.__annotations__, **more}
    return with_rows


def _print(answer: JsonValue, rows: str, template: str | None, order: str | None) -> None:
    listed = answer.get(rows) if isinstance(answer, dict) else None
    if not (isinstance(answer, dict) and isinstance(listed, list)):  # what the verb did is no list
        return output.as_json(answer) if template is None else output.text(filled(template, _object(answer)))
    found = [_object(row) for row in listed]
    if order is not None:
        found = in_order(found, order)
    if template is None:
        return output.as_json(answer | {rows: found})
    return output.text(filled(template, row) for row in found)


def _object(row: JsonValue) -> JsonObject:
    return row if isinstance(row, dict) else {"value": row}


def in_order(found: Sequence[JsonObject], order: str) -> list[JsonObject]:
    """The rows by a field, the least first; with a minus before it the greatest. Rows without it come last.

    Raises:
        UsageError: no row has such a field.
    """
    field = order.removeprefix("-")
    values = [(_value(row, field), row) for row in found]
    there = [(value, row) for value, row in values if value not in (None, "")]
    rest = [row for value, row in values if value in (None, "")]
    numbers = all(isinstance(value, int | float) for value, _ in there)
    key: Callable[[Any], Any] = (lambda one: one[0]) if numbers else (lambda one: _words(one[0]).casefold())
    return [row for _, row in sorted(there, key=key, reverse=order.startswith("-"))] + rest


def filled(template: str, row: JsonObject) -> str:
    r"""The template with the fields of a row: `{title}`, `{source.citekey}`; `\t`, `\n`, and `{{` for a brace.

    Raises:
        UsageError: it names a field that the row has not.
    """

    def put(found: re.Match[str]) -> str:
        if found[2]:
            return _ESCAPES[found[2]]
        return found[0][0] if found[1] is None else _words(_value(row, found[1].strip()))

    return _FIELD.sub(put, template)


def _value(row: JsonObject, field: str) -> JsonValue:
    """The field of a row, through inner objects; of a list the first object's.

    Raises:
        UsageError: there is none of this name.
    """
    at: JsonValue = row
    for part in field.split("."):
        if isinstance(at, list):
            at = at[0] if at else None
        if at is None:
            return None
        if not isinstance(at, Mapping) or part not in at:
            raise UsageError(f"a row has no field {field!r}", one_of(field, tuple(_names(row))))
        at = at[part]
    return at


def _names(row: JsonObject) -> list[str]:
    """The fields of a row, those of inner objects with a dot."""
    inner = [f"{name}.{key}" for name, value in row.items() if isinstance(value, dict) for key in value]
    return [*row, *inner]


def _words(value: JsonValue) -> str:
    """A value on one line; of a list its parts."""
    if isinstance(value, list):
        return "; ".join(map(_words, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_words(inner)}" for name, inner in value.items())
    return "" if value is None else str(value).lower() if isinstance(value, bool) else squash(str(value))
