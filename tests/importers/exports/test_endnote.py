"""EndNote's tagged text and its XML."""

from __future__ import annotations

from importers.base import Input
from importers.exports import endnote_tags, endnote_xml

TAGGED = """%0 Conference Paper
%A Fern, Ada
%A Moss, Bo
%T Fronds by the wall
%B Walls
%D 2010
%P 3-9
%R 10.5555/fronds
%K ferns
walls
%X We count.

%0 Book
%A Moss, Bo
%D 2011
%T Moss

%0 Book
%D 2011
"""


def test_tagged_text() -> None:
    source = Input(TAGGED, "own.enw", "own.enw")
    assert endnote_tags.sniff(source) > 0.9
    first, _, second = endnote_tags.read(source)
    assert ([one.name for one in first.authors], first.published, first.tags) == (
        ["Ada Fern", "Bo Moss"], "2010", ("ferns", "walls"),
    )  # fmt: skip
    facts = first.bibliography
    assert (facts.type, facts.get("container-title"), facts.get("page")) == ("paper-conference", "Walls", "3-9")
    assert (second.title, second.bibliography.type) == ("Moss", "book")
    assert first.problems == ("line 18: a record without a title is left out",)


def test_xml() -> None:
    text = """<?xml version="1.0"?><xml><records><record><rec-number>7</rec-number>
      <ref-type name="Journal Article">17</ref-type>
      <contributors><authors><author><style face="normal">Fern, Ada</style></author></authors></contributors>
      <titles><title><style>Fronds</style><style face="italic"> by the wall</style></title>
      <secondary-title>Walls</secondary-title></titles><dates><year><style>2010</style></year></dates>
      <electronic-resource-num>10.5555/fronds</electronic-resource-num></record><record><ref-type name="Book"/></record>
      </records></xml>"""
    source = Input(text, "own.xml", "own.xml")
    assert endnote_xml.sniff(source) > 0.9
    [first] = endnote_xml.read(source)
    assert (first.title, first.authors[0].name, first.external_ids["doi"]) == (
        "Fronds by the wall", "Ada Fern", "10.5555/fronds",
    )  # fmt: skip
    assert (first.bibliography.type, first.bibliography.get("container-title")) == ("article-journal", "Walls")
    assert first.problems == ("record 2 has no title, it is left out",)
