"""A name as it is said, in the parts that a citation needs: a guess, where nothing tells them."""

from __future__ import annotations

import re

from kb.model.bibliography import Name
from kb.text.strings import squash

_SUFFIX = re.compile(r"(?:jr|sr)\.?|I{2,3}|IV", re.I)
_PARTICLES = {
    "af", "al", "ap", "av", "da", "das", "de", "degli", "dei", "del", "della", "den", "der", "des", "di", "do", "dos",
    "du", "el", "ibn", "la", "le", "las", "los", "ten", "ter", "van", "vom", "von", "zu", "zum", "zur", "y", "'t", "’t",
    "bin", "bint", "ben",
}  # fmt: skip
EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_INSTITUTION = re.compile(
    r"(?:\b(?:team|group|institut\w*|universit\w*|college|foundation|committee|collaboration|consortium|center|centre|"
    r"association|society|project|organi[sz]ation|department|ministry|agency|council|commission|office|bureau|company|"
    r"corporation|corp|inc|ltd|llc|gmbh|laborator\w*|labs?|research|academy|network|alliance|initiative|authors?|"
    r"editors|staff|press|trust|fund|union|library|museum|archive|community|contributors|forum|of|for|the|and)\b\.?|[&@\d_/])",
    re.I,
)


def parted(said: str) -> Name:
    """The parts of a name: "Ada van Beek Jr." has a family, Beek, with a particle. One word, or the name of more than
    a person, is a literal."""
    said = squash(said)
    if said.count(",") == 1:
        family, _, given = (squash(part) for part in said.partition(","))
        if _SUFFIX.fullmatch(given):
            said = f"{family} {given}"
        elif family and given and not _INSTITUTION.search(said):
            before = re.match(r"((?:[a-z’']+ )*)(.+)", family)
            particle, family = (before[1].strip(), before[2]) if before else ("", family)
            return Name(family=family, given=given, particle=particle)
    words = said.split()
    if len(words) < 2 or _INSTITUTION.search(said):
        return Name(literal=said)
    if len(words) == 2 and EAST_ASIAN.fullmatch("".join(words)):
        return Name(family=words[0], given=words[1])
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    at = next((i for i, word in enumerate(words[:-1]) if word in _PARTICLES), len(words) - 1)
    family_at = next((i for i in range(at, len(words)) if words[i] not in _PARTICLES), len(words) - 1)
    return Name(
        family=" ".join(words[family_at:]),
        given=" ".join(words[:at]),
        particle=" ".join(words[at:family_at]),
        suffix=suffix,
    )
