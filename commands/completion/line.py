"""Where a line that is being typed has come to: at the verb, at an option, at the value of one, at an argument."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from commands.completion import candidates
from commands.completion.candidates import Answer, Candidate
from commands.home import SETTINGS

_NOTHING = Answer("words")


def answer(
    before: Sequence[str], typed: str, root: Any, verbs: Callable[[], dict[str, str]], verb: Callable[[str], Any]
) -> Answer:
    """What may stand for `typed`, the beginning of a word, after the whole words `before` it.

    Args:
        root: the command that has the options before the verb. verbs: each with what it does. verb: gives the command
            of one by its name, None where there is none.
    """
    place, at_verb = _Place(root), True
    for word in before:
        if at_verb and place.is_argument(word):
            if (command := verb(word)) is None:
                return _NOTHING
            place, at_verb = _Place(command), False
        elif place.go(word) == "--home":
            SETTINGS.home = Path(word).expanduser()
    if at_verb and place.is_argument(typed):
        return Answer("words", [Candidate(*one) for one in verbs().items() if one[0].startswith(typed)])
    return place.answer(typed)


class _Place:
    """How far into the parameters of a command the words have come."""

    def __init__(self, command: Any) -> None:
        self._context = typer.Context(command)
        options = [one for one in command.params if one.param_type_name == "option"]
        self._options = {name: one for one in options for name in (*one.opts, *one.secondary_opts)}
        self._arguments = [one for one in command.params if one.param_type_name == "argument"]
        self._waiting: Any = None  # the option whose value comes next
        self._passed = 0  # arguments
        self._only_arguments = False  # after `--`

    def is_argument(self, word: str) -> bool:
        """Whether a word that comes next is neither an option nor the value of one."""
        return self._waiting is None and (self._only_arguments or not word.startswith("-"))

    def go(self, word: str) -> str:
        """Past a whole word; gives the option of which it was the value, "" where it was none."""
        if self._waiting is not None:
            given, self._waiting = str(self._waiting.opts[0]), None
            return given
        if self.is_argument(word):
            self._passed += 1
        elif word == "--":
            self._only_arguments = True
        elif _takes_value(option := self._options.get(word)):
            self._waiting = option
        return ""

    def answer(self, typed: str) -> Answer:
        """What may stand for the beginning of the word that comes next."""
        if self._waiting is not None:
            return candidates.of(self._waiting, self._context, typed)
        if self.is_argument(typed):
            return self._argument(typed)
        name, equals, value = typed.partition("=")
        if equals and _takes_value(option := self._options.get(name)):
            found = candidates.of(option, self._context, value)
            return replace(found, candidates=[replace(one, value=f"{name}={one.value}") for one in found.candidates])
        shown = {name: one for name, one in self._options.items() if name.startswith(typed) and not one.hidden}
        long = [name for name in shown if name.startswith("--")]
        return Answer("words", [Candidate(name, str(shown[name].help or "")) for name in sorted(long)])

    def _argument(self, typed: str) -> Answer:
        left = self._arguments[self._passed :] or [one for one in self._arguments[-1:] if one.nargs == -1]
        return candidates.of(left[0], self._context, typed) if left else _NOTHING


def _takes_value(option: Any) -> bool:
    return option is not None and not option.is_flag and not option.count
