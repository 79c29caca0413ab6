"""Options that go together, written once: a parameter that is a dataclass stands for the options that its fields are.

    @dataclass(frozen=True)
    class Extent:
        depth: Annotated[int, typer.Option(help="How many links away.")] = 2

    def command(*, extent: Extent, json: Json = False) -> None: ...

`expanded` gives Typer, help and the reference the plain options, and the command its dataclass.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints


class Without:
    """Fields of a group that a command has no option for: `Annotated[FilterOptions, Without("status")]`."""

    def __init__(self, *names: str) -> None:
        self.names = names


class _Group(NamedTuple):
    """A group of options as one command takes it."""

    made: Callable[..., Any]
    options: tuple[Parameter, ...]


def expanded(command: Callable[..., None]) -> Callable[..., None]:
    """The command with each of its groups as the options it consists of, in the group's place.

    Raises:
        ValueError: two options have one name.
    """
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, _Group] = {}
    plain: list[Parameter] = []
    for name, parameter in signature(command).parameters.items():
        group = _group(hints[name])
        if group is not None:
            groups[name] = group
            plain += group.options
        else:
            plain.append(parameter.replace(kind=Parameter.KEYWORD_ONLY, annotation=hints[name]))

    @wraps(command)
    def with_groups(**given: Any) -> None:
        for name, group in groups.items():
            given[name] = group.made(**{option.name: given.pop(option.name) for option in group.options})
        command(**given)

    with_groups.__signature__ = Signature(plain)  # type: ignore[attr-defined]
    with_groups.__annotations__ = {option.name: option.annotation for option in plain}
    return with_groups


def _group(hint: Any) -> _Group | None:
    """The options that a parameter of this type stands for; None where it is an option itself."""
    made, *extras = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    if not (isinstance(made, type) and is_dataclass(made)):
        return None
    left_out = {name for extra in extras if isinstance(extra, Without) for name in extra.names}
    hints = get_type_hints(made, include_extras=True)
    if unknown := left_out - hints.keys():
        raise ValueError(f"{made.__name__} has no {', '.join(sorted(unknown))}")
    taken = [field for field in fields(made) if field.name not in left_out]
    return _Group(made, tuple(_option(field, hints[field.name]) for field in taken))


def _option(field: Field[Any], hint: Any) -> Parameter:
    default = Parameter.empty if field.default is MISSING else field.default
    return Parameter(field.name, Parameter.KEYWORD_ONLY, default=default, annotation=hint)
