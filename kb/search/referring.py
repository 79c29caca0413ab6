"""Passages that only name other texts: entries of a list of references, links without a word about them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.text.list_headings import of_references

_WIKILINK = r"!?\[\[[^\[\]\n]+\]\]"
_NAMED = r"!?\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\]"
_ADDRESS = r"\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?: \"[^\"\n]*\")?\)"
_LINK = rf"{_WIKILINK}|{_NAMED}{_ADDRESS}|https?://\S+"
_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"`[^`\n]*`")
_BESIDE = 4
"""Words beside a link that say no more than whose it is."""


def only_refers(text: str, heading: Sequence[str]) -> bool:
    """Whether a passage under these headings only names other texts."""
    if heading and of_references(heading[-1]):
        return True
    if "[" not in text and "://" not in text:
        return False
    rest, links = re.subn(_LINK, " ", _CODE.sub(" ", text))
    return links > 0 and len(_WORD.findall(rest)) <= _BESIDE
