"""The people that a LaTeX source names as its authors, in the ways of the usual classes."""

from __future__ import annotations

import re

from importers.documents.latex.literal import groups
from kb.text.latex import plain
from kb.text.strings import squash, unique

_AUTHOR = re.compile(r"\\(?:author|IEEEauthorblockN|icmlauthor|name)\*?\s*(?:\[[^\]]*\]\s*)*(?=\{)")
_PARTS = re.compile(r"\\(?:and|And|AND|quad|qquad)\b|\\author\b")
_ASIDE = re.compile(
    r"\\(?:thanks|footnote|inst|orcidID|orcid|textsuperscript|footnotemark|email|affil|affiliation|IEEEauthorblockA"
    r"|institute|address|corref|fnref|href|thanksref|samethanks|authornote)\*?\s*(?:\[[^\]]*\])?\s*"
)
_SIGNS = re.compile(r"\$[^$]*\$|\\(?:textsuperscript|footnotemark)\b|[*†‡§¶]+|\^\{[^{}]*\}")
_CONTACT = re.compile(r"\\(?:email|addr)\b(?!\s*\{)[^\n]*")  # as the class of JMLR has them
_EASTERN = re.compile(r"[\u4e00-\u9fff\u3040-\u30ff]{2,6}|[\uac00-\ud7af]{2,4}")
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
    ends = groups(text)
    for author in _AUTHOR.finditer(text):
        end = ends.get(author.end())
        if end is None:
            continue
        inside = text[author.end() + 1 : end - 1]
        if r"\IEEEauthorblockN" in inside:
            continue  # its blocks are found by themselves
        for part in _PARTS.split(inside):
            found += _names(part)
    return list(unique(found))


def _names(part: str) -> list[str]:
    """The names in what stands between two `\\and`: a line of one or several, the first of the block."""
    bare = _SIGNS.sub(" ", _without_asides(_CONTACT.sub("", part).replace(r"\name", " ")))
    for line in re.split(r"\\\\(?:\[[^\]]*\])?|\n[ \t]*\n", bare):
        said = squash(plain(line).replace("~", " ")).lstrip("0123456789 ")
        if not said:
            continue
        names = [squash(one).strip(" .") for one in re.split(r"[,;&，、；]| and |\band\b", said)]
        good = [name for name in names if _is_name(name)]
        return good if len(good) >= len([name for name in names if name]) / 2 else []
    return []


def _is_name(words: str) -> bool:
    if _EASTERN.fullmatch(words):
        return True
    if not _NAME.fullmatch(words) or _NO_NAME.search(words):
        return False
    return all(word[0].isupper() or word.lower() in _SMALL for word in words.split())


def _without_asides(part: str) -> str:
    pieces, at, ends = [], 0, groups(part)
    while (aside := _ASIDE.search(part, at)) is not None:
        end = ends.get(aside.end(), aside.end())
        pieces.append(part[at : aside.start()])
        at = max(end, aside.end())
    return "".join([*pieces, part[at:]])
