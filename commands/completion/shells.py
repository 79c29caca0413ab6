"""How each shell asks what may stand there, and how it is told.

Its script (`commands.completion.scripts`) runs `kb` with `_KB_COMPLETE` set to the name of the shell. In zsh and fish
the words up to the one being typed are its arguments; bash, which tears words apart at colons and equal signs, gives
the line instead (`_KB_LINE`), and the part that it will replace (`_KB_WORD`). The first line of an answer is `words`,
`files`, `folders` or, where a shell must not replace what was typed by what the candidates have in common, `meant`;
then comes a candidate a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from commands.completion.candidates import Answer, Candidate
from kb.text.strings import clip, without_surrogates

ASKED = "_KB_COMPLETE"

_BARE = re.compile(r"[^\w@%+=:,./-]")
_IN_DOUBLE = re.compile(r'["\\$`]')
_CLIPPED = 70  # characters of a help that bash shows
_IN_TURN = {"37", "42"}  # bash puts one after the other in, or all: nothing may stand beside them


class Asked(NamedTuple):
    """The whole words before the one that is being typed, without that of the program, and what is typed of it."""

    before: list[str]
    typed: str


class _Word(NamedTuple):
    value: str
    raw: str
    quote: str  # the one that is open at its end


def asked(arguments: Sequence[str], environment: Mapping[str, str]) -> Asked:
    """What a shell asks about."""
    if environment[ASKED] != "bash":
        *before, typed = map(without_surrogates, arguments or [""])
        return Asked(before, _split(typed)[-1].value if environment[ASKED] == "fish" and typed else typed)
    words = _split(without_surrogates(environment.get("_KB_LINE", "")))
    return Asked([word.value for word in words[1:-1]], words[-1].value if len(words) > 1 else "")


def told(answer: Answer, typed: str, environment: Mapping[str, str]) -> str:
    """The answer in the shell's form."""
    if answer.kind != "words":
        return answer.kind + "\n"
    found = [one for one in answer.candidates if one.value.isprintable() and one.value]
    if environment[ASKED] == "bash":
        lines = _for_bash([one for one in found if _goes_on(one.value, typed)] or found, environment)
    elif environment[ASKED] == "fish":
        # fish keeps only what holds the letters typed: the title does, where the citekey does not
        lines = [_beside(one.instead, one.value) if one.instead else _beside(one.value, one.help) for one in found]
    else:
        lines = [_beside(one.value, one.help) for one in found]
    common = _common([one.value for one in found])
    return "\n".join(["words" if not found or _goes_on(common, typed) else "meant", *lines, ""])


def _common(values: Sequence[str]) -> str:
    """What all of them begin with."""
    first, last = min(values, default=""), max(values, default="")
    same = (at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other)
    return first[: next(same, min(len(first), len(last)))]


def _goes_on(common: str, typed: str) -> bool:
    """Whether what all candidates begin with is what was typed, or more of it, in whatever case."""
    return common.casefold().startswith(typed.casefold())


def _beside(value: str, help: str) -> str:
    return f"{value}\t{_plain(help)}" if help else value


def _plain(help: str) -> str:
    return "".join(c if c.isprintable() else " " for c in help)


def _for_bash(found: Sequence[Candidate], environment: Mapping[str, str]) -> list[str]:
    """The candidates as bash puts them in: quoted, and without what it leaves standing before them.

    Of several only what they have in common is put in, so what each is may stand behind it.
    """
    last = (_split(environment.get("_KB_LINE", "")) or [_Word("", "", "")])[-1]
    word = environment.get("_KB_WORD", "")
    kept = last.raw[: len(last.raw) - len(word)] if word and last.raw.endswith(word) else _up_to_break(last.raw, word)
    before = _split(kept)[-1].value if kept else ""
    values = []
    for one in found:
        value = one.value.removeprefix(before) if one.value.startswith(before) else one.value
        values.append(_quoted(value, last.quote))
    if len(found) < 2 or environment.get("_KB_TYPE") in _IN_TURN:
        return values
    width = max(map(len, values))
    lines = [
        f"{value:<{width}}  {clip(_plain(one.help), _CLIPPED)}" if one.help else value
        for value, one in zip(values, found, strict=True)
    ]
    # what was typed stays where the candidates have something else in common: they are meant by other words of theirs
    common = _common(values)
    return lines if not common or _goes_on(common, word) else ["(which of these?)", *lines]


def _up_to_break(raw: str, word: str) -> str:
    """What bash leaves standing of the last word, where nothing of it is typed behind a break."""
    if word or not raw:
        return ""
    return raw if raw[-1] in "=:" else ""


def _quoted(value: str, quote: str) -> str:
    if quote == '"':
        return _IN_DOUBLE.sub(r"\\\g<0>", value)
    if quote == "'":
        return value.replace("'", "'\\''")
    return ("\\" if value.startswith("~") else "") + _BARE.sub(r"\\\g<0>", value)


def _split(line: str) -> list[_Word]:
    """The words of a line in a shell's quoting; the last one is being typed, and is empty behind a blank."""
    words: list[_Word] = []
    value = raw = quote = ""
    letters = iter(line)
    for letter in letters:
        if not quote and letter in " \t\n":
            if raw:
                words.append(_Word(value, raw, ""))
            value = raw = ""
            continue
        raw += letter
        if letter == quote:
            quote = ""
        elif not quote and letter in "'\"":
            quote = letter
        elif letter == "\\" and quote != "'":
            following = next(letters, "")
            raw += following
            value += following if not quote or following in '"\\$`' else letter + following
        else:
            value += letter
    return [*words, _Word(value, raw, quote)]
