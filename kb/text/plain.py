"""The words of a statement without the marks of its text. The mention keeps the verbatim span."""

from __future__ import annotations

import re
from functools import lru_cache

from kb.text.strings import squash

_EMBED = re.compile(r"!\[\[[^\[\]\n]*\]\]|!\[[^\[\]\n]*\]\([^()\s]*\)")
_WIKILINK = re.compile(r"\[\[([^\[\]|\n]+)\|{1,2}([^\[\]\n]+)\]\]|\[\[([^\[\]\n]+)\]\]")
_LINK = re.compile(r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\)")
_NOTE = re.compile(
    r"\s*\[(?:see )?[Ss]ection[^\[\]]{0,90}\]|\s*\[\^[^\]\s]{1,20}\]|(?<=[\w.,;:!?”\")])\s*\[\d{1,3}\]|\[↩\]\S*"
)
_MARK = re.compile(r"\*{1,3}(?=\S)(.+?)(?<=\S)\*{1,3}|(?<!\w)_{1,3}(?=\S)(.+?)(?<=\S)_{1,3}(?!\w)|~~(.+?)~~|==(.+?)==")
_CODE = re.compile(r"`+([^`\n]+)`+")
_HIGHLIGHT = re.compile(r"</?(?:em|strong|b|i|u|mark|sup|sub|span|br)\b[^<>]*>", re.I)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!~>|-])")
_LEAD = re.compile(
    r"^(?:[>#\s]+|[-*+•–—]\s+|\[[ xX/-]\]\s+"
    r"|(?:(?:section|chapter|part)\s+)?\(?\d{1,2}(?:\.\d{1,2}){0,4}[.):]?\s+(?=[A-Z“\"'(\[])"
    r"|\(?(?:[a-hA-H]|[ivx]{1,4})[.)]\s+(?=[A-Z“\"']))",
    re.I,
)
_QUOTE_MARK = re.compile(r"\n[ \t]*>[>\s]*")  # each line of a block quote has it
_BLOCK_ID = re.compile(r"\s+\^[\w-]+$")
_BLANK_BEFORE = re.compile(r"\s+([.,;:?!])")
_PAIRS = (("“", "”"), ("(", ")"), ("[", "]"))


@lru_cache(maxsize=1024)  # a sentence is read as a statement, and as the context of those after it
def plain(text: str) -> str:
    """One line without list marks, section numbers, emphasis, links, footnote marks and half-open brackets.

    What is left reads as a sentence; where nothing would be left, the text comes back as it is. Idempotent on text
    without marks.
    """
    words = squash(_QUOTE_MARK.sub(" ", text) if "\n" in text else text)
    if "[" in words:
        words = _EMBED.sub(" ", words)
        words = _WIKILINK.sub(lambda m: m[2] or (m[3] or m[1]).rpartition("/")[2].replace("#", " "), words)
        words = _LINK.sub(r"\1", words)
        words = _NOTE.sub("", words)
    for _ in range(2):  # emphasis within emphasis
        if "*" in words or "_" in words or "~~" in words or "==" in words:
            words = _MARK.sub(lambda m: next(g for g in m.groups() if g is not None), words)
    if "`" in words:
        words = _CODE.sub(r"\1", words)
    if "<" in words:
        words = _HIGHLIGHT.sub("", words)
    if "\\" in words:
        words = _ESCAPE.sub(r"\1", words)
    if "^" in words:
        words = _BLOCK_ID.sub("", words)
    while (cut := _LEAD.sub("", words)) != words and len(cut.split()) >= 2:
        words = cut
    words = _whole_pairs(squash(words))
    return words if any(c.isalnum() for c in words) else squash(text)


def _whole_pairs(words: str) -> str:
    """Without a bracket or quotation mark at either end whose partner stands in another sentence."""
    for opening, closing in _PAIRS:
        more = words.count(opening) - words.count(closing)
        if more > 0 and words.startswith(opening):
            words = words[1:].lstrip()
        elif more < 0 and words.rstrip(".,;").endswith(closing):
            at = words.rindex(closing)
            words = (words[:at] + words[at + 1 :]).rstrip()
    if words.count('"') % 2:
        if words.startswith('"'):
            words = words[1:].lstrip()
        elif words.endswith('"'):
            words = words[:-1].rstrip()
    return _BLANK_BEFORE.sub(r"\1", words)
