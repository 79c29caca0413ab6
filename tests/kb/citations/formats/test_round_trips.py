"""What is written for reference managers is read back by us and by others, and nothing is lost."""

from __future__ import annotations

import json

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from importers.base import Input
from importers.exports import bibtex as read_bibtex
from importers.exports import csl_json as read_csl
from importers.exports import ris as read_ris
from kb.citations import formats, markup
from kb.citations.item import Item
from kb.model.bibliography import Bibliography, Name, bibliography
from kb.model.document import Document
from kb.text.latex import plain
from tests.kb.citations.works import NAMES, SURE, WORDS, article

READERS = {"bibtex": (read_bibtex, ".bib"), "ris": (read_ris, ".ris"), "csl-json": (read_csl, ".json")}
PEOPLE = st.lists(NAMES, min_size=1, max_size=3, unique_by=lambda name: name.said).map(tuple)


def written(name: str, *items: Item) -> str:
    format = formats.named(name)
    return format.whole(format.entries(items, ""))


def works(name: str, text: str) -> list[Document]:
    reader, ending = READERS[name]
    return [one for one in reader.read(Input(text, f"x{ending}", f"x{ending}")) if one.kind != "note"]


def read_back(name: str, item: Item) -> Bibliography:
    return works(name, written(name, item))[0].bibliography


@given(WORDS, PEOPLE, WORDS, WORDS)
def test_bibtex_is_read_back_by_us(title: str, people: tuple[Name, ...], journal: str, abstract: str) -> None:
    found = read_back("bibtex", article(title, people, journal, abstract))
    assert markup.plain(found.get("title")) == title
    assert markup.plain(found.get("container-title")) == journal
    assert found.get("abstract") == abstract
    assert [name.said for name in found.names["author"]] == [name.said for name in people]
    assert {name: found.get(name) for name in SURE} == SURE
    assert (found.type, found.dates) == ("article-journal", {"issued": "2019-05-03"})


@given(WORDS, PEOPLE)
def test_bibtex_is_read_by_two_other_parsers(title: str, people: tuple[Name, ...]) -> None:
    text = written("bibtex", article(title, people))
    library = bibtexparser.parse_string(text)
    assert len(library.entries) == 1
    assert not library.failed_blocks
    entry = parse_string(text, "bibtex").entries["key2019"]
    assert plain(library.entries[0]["title"]) == plain(entry.fields["title"]) == title
    assert len(entry.persons["author"]) == len(people)


@given(WORDS, st.lists(NAMES.filter(lambda n: "," not in n.said), min_size=1, max_size=3, unique_by=lambda n: n.said))
def test_ris_is_read_back_by_us_and_by_another_parser(title: str, people: list[Name]) -> None:
    text = written("ris", article(title, tuple(people)))
    found = works("ris", text)[0].bibliography
    assert found.get("title") == title
    assert len(found.names["author"]) == len(people)
    assert {name: found.get(name) for name in SURE} == SURE
    [entry] = rispy.loads(text)
    assert entry["title"] == title
    assert len(entry["authors"]) == len(people)


@given(WORDS, PEOPLE)
def test_csl_json_is_read_back_as_it_was(title: str, people: tuple[Name, ...]) -> None:
    item = article(title, people)
    assert read_back("csl-json", item) == item.facts


@pytest.mark.parametrize(
    "type", ["article-magazine", "book", "chapter", "dataset", "document", "paper-conference", "post", "post-weblog",
             "report", "software", "speech", "thesis", "webpage", "interview", "entry-dictionary"],
)  # fmt: skip
@pytest.mark.parametrize("format", sorted(READERS))
def test_every_type_comes_back(format: str, type: str) -> None:
    fields = {"title": "Frogs", "publisher": "Pond Press", "container-title": "Pond", "number": "7", "edition": "2"}
    facts = bibliography(type, fields, {"author": (Name(family="Roe", given="Bo"),)}, {"issued": "2019"})
    found = read_back(format, Item("s1", "roe2019", facts))
    assert found.type == type
    assert {name: found.get(name) for name in fields} == fields


@pytest.mark.parametrize("when", ["2019", "2019-05", "2019-05-03", "2019/2020", "2019-21", "1850~", "in press", "0350"])
def test_dates_come_back_from_bibtex(when: str) -> None:
    facts = bibliography("book", {"title": "Frogs"}, {}, {"issued": when})
    assert read_back("bibtex", Item("s1", "k", facts)).dates["issued"] == when


def test_citekeys_that_bibtex_cannot_have_are_brought_into_a_form_that_it_can() -> None:
    items = [
        Item(f"s{key}", key, bibliography("book", {"title": key}, {}, {}))
        for key in ("a b,c{", "Müller2019", "ABC", "abc")
    ]
    text = written("bibtex", *items)
    assert [entry.key for entry in bibtexparser.parse_string(text).entries] == ["abc", "Müller2019", "ABC-1", "abc-2"]


def test_citekeys_of_one_source_stay_as_they_are_cited() -> None:
    items = [Item("s", key, bibliography("book", {"title": "T"}, {}, {})) for key in ("Roe2019", "roe2019", "Roe 2019")]
    entries = bibtexparser.parse_string(written("bibtex", *items)).entries
    assert [entry.key for entry in entries] == ["Roe2019", "roe2019", "Roe2019-1"]


def test_nothing_is_a_file_too() -> None:
    assert json.loads(written("csl-json")) == []
    assert written("bibtex") == written("ris") == ""
