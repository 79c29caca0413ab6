"""The people that a LaTeX source names as its authors, in the ways of the usual classes."""

from __future__ import annotations

import re

from importers.documents.latex.source import group
from kb.text.latex import plain
from kb.text.strings import squash, unique

_AUTHOR = re.compile(r"\\(?:author|IEEEauthorblockN|icmlauthor|name)\*?\s*(?:\[[^\]]*\]\s*)*(?=\{)")
_PARTS = re.compile(r"\\(?:and|And|AND|quad|qquad)\b|\\author\b")
_ASIDE = re.compile(
    r"\\(?:thanks|footnote|inst|orcidID|orcid|textsuperscript|footnotemark|email|affil|affiliation|IEEEauthorblockA"
    r"|institute|address|corref|fnref|href|thanksref|samethanks|authornote)\*?\s*(?:\[[^\]]*\])?\s*"
)
_SIGNS = re.compile(r"\$[^$]*\$|\\(?:textsuperscript|footnotemark)\b|[*†‡§¶]+|\^\{[^{}]*\}")
_NAME = re.compile(r"[^\W\d_][\w.'’‐-]*(?:[ ~]+[^\W\d_][\w.'’‐-]*){1,4}")
_SMALL = {
    "and",
    "von",
    "van",
    "de",
    "der",
    "den",
    "la",
    "le",
    "di",
    "da",
    "dos",
    "del",
    "bin",
    "al",
    "el",
    "ter",
    "ten",
}
_NO_NAME = re.compile(
    r"universit|institut|department|school|college|laborator|research|centre|center|inc\b|@|http", re.I
)


def people(text: str) -> list[str]:
    """The names, in order; none where nothing reads as one."""
    found: list[str] = []
    for author in _AUTHOR.finditer(text):
        end = group(text, author.end())
        if end < 0:
            continue
        inside = text[author.end() + 1 : end - 1]
        if r"\IEEEauthorblockN" in inside:
            continue  # its blocks are found by themselves
        for part in _PARTS.split(inside):
            found += _names(part)
    return list(unique(found))


def _names(part: str) -> list[str]:
    """The names in what stands between two `\\and`: a line of one or several, the first of the block."""
    bare = _SIGNS.sub(" ", _without_asides(part))
    for line in re.split(r"\\\\(?:\[[^\]]*\])?|\n[ \t]*\n", bare):
        said = squash(plain(line).replace("~", " "))
        if not said:
            continue
        names = [squash(one).strip(" .") for one in re.split(r",|;|&| and |\band\b", said)]
        good = [name for name in names if _is_name(name)]
        return good if len(good) >= len([name for name in names if name]) / 2 else []
    return []


def _is_name(words: str) -> bool:
    if not _NAME.fullmatch(words) or _NO_NAME.search(words):
        return False
    return all(word[0].isupper() or word.lower() in _SMALL for word in words.split())


def _without_asides(part: str) -> str:
    pieces, at = [], 0
    while (aside := _ASIDE.search(part, at)) is not None:
        end = group(part, aside.end()) if part[aside.end() : aside.end() + 1] == "{" else aside.end()
        pieces.append(part[at : aside.start()])
        at = max(end, aside.end())
    return "".join([*pieces, part[at:]])
