"""Citations in running text: Pandoc's `[@key, p. 4; @other]`, `[-@key]` and `@key`, and `cite:key` of org-ref.

A citekey is read by Pandoc's rules: letters, digits and `_`, with single marks inside, or anything in `@{…}`. A bare
`@key` may be a person's handle instead: that reference is not `sure`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.model.document import Reference
from notes.markdown.targets import citation

_KEY = r"[^\W_](?:[:.#$%&\-+?<>~/]?\w)*|_(?:[:.#$%&\-+?<>~/]?\w)+"
_AT = rf"@(?:\{{(?P<braced>[^{{}}\s]+)\}}|(?P<key>{_KEY}))"
CITATION = re.compile(rf"(?<![\w@./:+\-])-?{_AT}(?!@)")
"""One citekey with its `@`, not within a word, an address or a path."""
_INSIDE = re.compile(rf"(?:^|(?<=[\s\[;(-])){_AT}")
_GROUP = re.compile(r"\[(?P<inside>[^\[\]\n]*@[^\[\]]*)\](?![(:\[])")
ORG = re.compile(
    r"(?<![\w:/])cite(?:p|t|al[pt]|author|year|yearpar|num|title|url|date)?\*?:(?=&?[\w@])"
    r"(?P<keys>[^\s,;\])}]+(?:[,;]&?[^\s,;\])}]+)*)",
    re.I,
)
"""Keys as org-ref writes them: `cite:a,b`, `citep:&a;&b`."""
_ORG_KEY = re.compile(rf"&?@?(?P<key>{_KEY})")


def group(text: str, visible: str, base: int, at: int) -> tuple[list[Reference], int] | None:
    """The citations of a bracket that opens at `at` of `visible`, and where it ends there; None where it holds none.

    `visible` is `text` from `base` on, with what is no text blanked out. A single citation is the whole bracket; of
    several each is one, from its prefix to its locator.
    """
    found = _GROUP.match(visible, at)
    if found is None:
        return None
    parts = _parts(visible, found.start("inside"), found.end("inside"))
    keys = [(start, end, key) for start, end in parts if (key := _INSIDE.search(visible, start, end))]
    if not keys:
        return None
    if len(parts) == 1:
        return [citation(text, base + at, base + found.end(), _name(keys[0][2]))], found.end()
    return [citation(text, base + start, base + end, _name(key)) for start, end, key in keys], found.end()


def bare(text: str, visible: str, base: int, at: int) -> tuple[Reference, int] | None:
    """The citation in running text at `at` of `visible`, and where it ends there."""
    found = CITATION.match(visible, at)
    if found is None:
        return None
    return citation(text, base + at, base + found.end(), _name(found), sure=False), found.end()


def org(text: str, visible: str, base: int, at: int) -> tuple[list[Reference], int] | None:
    """The works that `cite:…` at `at` of `visible` names, the first with the mark before it; and where it ends."""
    found = ORG.match(visible, at)
    if found is None:
        return None
    keys = list(_ORG_KEY.finditer(visible, *found.span("keys")))
    starts = [at, *(key.start("key") for key in keys[1:])]
    cited = [
        citation(text, base + start, base + key.end(), key["key"]) for start, key in zip(starts, keys, strict=False)
    ]
    return (cited, keys[-1].end()) if keys else None


def _name(found: re.Match[str]) -> str:
    return str(found["braced"] or found["key"])


def _parts(visible: str, start: int, end: int) -> list[tuple[int, int]]:
    """What stands between the semicolons, without blanks around it."""
    found: list[tuple[int, int]] = []
    for part in _between(visible, start, end):
        words = visible[slice(*part)]
        left, right = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
        if words.strip():
            found.append((part[0] + left, part[1] - right))
    return found


def _between(visible: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while (at := visible.find(";", start, end)) >= 0:
        yield start, at
        start = at + 1
    yield start, end
