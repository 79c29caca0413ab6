"""A pattern of many words, arranged so that a place in a text is tried with those of its first letter only.

`re` tries one alternative after another. Those that begin with different letters cannot both be there, so `cat|dog|cow`
finds what `c(?:at|ow)|dog` finds. An alternative that begins with anything else than a letter stays where it is.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:P<\w+>|<?[=!]|[a-z-]*:))?|\)|\||[^\\\[()|]", re.S)
_LETTER = re.compile(r"[a-z](?![?*+{])")
_FEW = 6  # alternatives that are tried one after another


def by_letter(pattern: str) -> str:
    """The same pattern with alternatives of the same first letter put together, in groups too. It is in small letters
    and without flags or comments of its own."""
    tokens = _TOKEN.findall(pattern)
    arranged, at = _arranged(tokens, 0)
    return arranged if at == len(tokens) else pattern


def _arranged(tokens: list[str], at: int) -> tuple[str, int]:
    """The alternatives from a token on up to the end of their group, arranged, and where that end is."""
    alternatives = [""]
    while at < len(tokens) and tokens[at] != ")":
        token = tokens[at]
        at += 1
        if token == "|":
            alternatives.append("")
        elif token[0] == "(":
            inner, at = _arranged(tokens, at)
            alternatives[-1] += f"{token}{inner})"
            at += 1
        else:
            alternatives[-1] += token
    return _joined(alternatives), at


def _joined(alternatives: list[str]) -> str:
    if len(alternatives) < _FEW:
        return "|".join(alternatives)
    found: list[str] = []
    run: dict[str, list[str]] = {}
    for one in [*alternatives, None]:
        if one is not None and _LETTER.match(one):
            run.setdefault(one[0], []).append(one)
            continue
        found += [same[0] if len(same) == 1 else _grouped(same) for same in run.values()]
        run = {}
        if one is not None:
            found.append(one)
    return "|".join(found)


def _grouped(same: list[str]) -> str:
    return f"{same[0][0]}(?:{'|'.join(one[1:] for one in same)})"
