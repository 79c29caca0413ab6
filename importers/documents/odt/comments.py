"""The comments of an odt: who said what on which words, and what was answered."""

from __future__ import annotations

import re

from lxml import etree

from importers.documents.made import to_markdown
from importers.documents.odt.body import read_blocks
from importers.documents.odt.runs import Reading, close
from importers.documents.office.reviews import Remark, threads
from importers.documents.zipped import attribute, child, local

_REPLY = re.compile(r"\W*(?:Reply to|Antwort an|Réponse à|Respuesta a|Antwoord op) (?P<who>.{1,60}?) \(.{6,40}?\)\W*")
"""How LibreOffice began an answer before it kept what it answers."""


def comments_of(reading: Reading) -> list[Remark]:
    """The comments that begin a thread, in the order of the text; to be asked for when the text was read."""
    for name in list(reading.open):  # one whose end is missing
        close(name, reading)
    found: list[tuple[str, Remark]] = []
    answers: dict[str, str] = {}
    last: dict[str, str] = {}  # the latest comment of each writer
    for name, one in list(reading.remarks.items()):
        author, words = _said(one, "creator"), to_markdown(read_blocks(_words(one), reading).made)
        above = attribute(one, "parent-name")
        if not above and (told := _REPLY.match(words)) and told["who"] in last:
            above, words = last[told["who"]], words[told.end() :]
        if above:
            answers[name] = above
        else:
            last[author] = name
        found.append((name, Remark(author, words, _said(one, "date")[:10] or None, reading.quotes.get(name, ""))))
    return threads(found, answers)


def _words(one: etree._Element) -> list[etree._Element]:
    return [part for part in one if local(part) in {"p", "h", "list"}]


def _said(one: etree._Element, name: str) -> str:
    found = child(one, name)
    return (found.text or "").strip() if found is not None else ""
