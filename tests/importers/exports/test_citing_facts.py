"""What exports say for citing a work reaches the store under the names of CSL."""

from __future__ import annotations

import json

import pytest

from importers.base import Input
from importers.exports import bibtex, csl_json, ris, zotero
from kb.model.bibliography import Bibliography, Name


def of_bibtex(text: str, number: int = 0) -> Bibliography:
    return [one for one in bibtex.read(Input(text, "x.bib")) if one.kind != "note"][number].bibliography


def test_fields_of_bibtex_and_biblatex() -> None:
    found = of_bibtex(
        "@incollection{a, title={On {DNA}: \\emph{Rana}}, author={Roe, Ada},"
        " editor={family=Beek, given=Bo, prefix=van},"
        " booktitle={Handbook}, publisher={P}, location={Oslo}, date={2019-05/2020-06}, pages={3 -- 14}, series={S},"
        " number=4, edition=2, isbn={978-3-16-148410-0}, urldate={2024-01-02}, note={In part}, translator={Doe, B.}}"
    )
    assert found.type == "chapter"
    assert found.get("title") == 'On <span class="nocase">DNA</span>: <i>Rana</i>'
    assert {name: found.get(name) for name in ("container-title", "publisher-place", "page", "collection-number")} == {
        "container-title": "Handbook", "publisher-place": "Oslo", "page": "3-14", "collection-number": "4",
    }  # fmt: skip
    assert found.names["editor"] == (Name(family="Beek", given="Bo", particle="van"),)
    assert found.dates == {"issued": "2019-05/2020-06", "accessed": "2024-01-02"}


def test_an_entry_takes_over_what_the_entry_above_it_says() -> None:
    text = """@inproceedings{a, title={A}, author={Roe, A.}, crossref={b}, pages={1--2}}
        @proceedings{b, title={The Pond}, editor={Doe, B.}, year=2019, publisher={P}}"""
    found = of_bibtex(text)
    assert (found.get("container-title"), found.get("publisher"), found.dates) == ("The Pond", "P", {"issued": "2019"})
    assert found.names["editor"] == (Name(family="Doe", given="B."),)


def test_a_paper_on_arxiv() -> None:
    found = of_bibtex(
        "@misc{a, title={A}, eprint={1903.00001}, archivePrefix={arXiv}, primaryClass={cs.CL}, year=2019}"
    )
    assert (found.type, found.get("primary-class")) == ("article", "cs.CL")


def test_lines_of_a_note_that_are_fields_are_fields() -> None:
    item = {"id": "a", "type": "book", "title": "A", "note": "original-date: 1950\nPMID: 77\nCitation Key: a\nKept"}
    [found] = [one for one in csl_json.read(Input(json.dumps([item]), "x.json")) if one.kind != "note"]
    facts = found.bibliography
    assert (facts.get("note"), facts.get("PMID"), facts.dates) == ("Kept", "77", {"original-date": "1950"})


@pytest.mark.parametrize("note", ["Comment: keep this remark", "Read: not yet\nAsk Bo: why?", "Volume: 7\nTo do: more"])
def test_a_word_and_a_colon_make_no_field_of_what_a_person_wrote(note: str) -> None:
    kept = "\n".join(line for line in note.split("\n") if not line.startswith("Volume"))
    csl = [{"id": "a", "type": "book", "title": "A", "note": note}]
    of_zotero = [{"itemType": "book", "key": "ABCD2345", "title": "A", "extra": note}]
    for module, items in ((csl_json, csl), (zotero, of_zotero)):
        documents = module.read(Input(json.dumps(items), "x.json"))
        facts = documents[0].bibliography
        assert (facts.get("note"), facts.get("volume")) == (kept, "7" if "Volume" in note else "")
        assert (module is zotero) or "".join(kept.split()) in "".join(documents[-1].text.split())


@pytest.mark.parametrize(
    ("named", "type_"),
    [
        ("journal-article", "article-journal"), ("proceedings-article", "paper-conference"), ("monograph", "book"),
        ("book-chapter", "chapter"), ("posted-content", "article"), ("edited-book", "book"), ("peer-review", "review"),
        ("reference-book", "book"), ("dissertation", "thesis"), ("report", "report"), ("dataset", "dataset"),
        ("JournalArticle", "article-journal"), ("ConferencePaper", "paper-conference"), ("Software", "software"),
        ("motion_picture", "motion_picture"), ("legal_case", "legal_case"),
    ],
)  # fmt: skip
def test_the_types_of_registries_are_those_of_csl(named: str, type_: str) -> None:
    text = json.dumps([{"type": named, "title": "A", "DOI": "10.5555/a", "issued": {"date-parts": [[2019]]}}])
    assert csl_json.read(Input(text, "x.json"))[0].bibliography.type == type_
    assert csl_json.sniff(Input(text, "x.json")) > 0 or named[0].isupper()


def test_records_of_ris() -> None:
    text = (
        "TY  - CHAP\nTI  - A\nAU  - van Roe, Ada, Jr.\nA2  - Doe, Bo\nT2  - Handbook\nSP  - 3\nEP  - 14\nPY  - 2019\n"
        "SN  - 1234-5678\nY2  - 2024/01/02/10:00:00\nPB  - P\nCY  - Oslo\nER  - \n"
    )
    found = ris.read(Input(text, "x.ris"))[0].bibliography
    assert (found.type, found.get("page"), found.get("ISSN"), found.get("publisher-place")) == (
        "chapter", "3-14", "1234-5678", "Oslo",
    )  # fmt: skip
    assert found.names["author"] == (Name(family="Roe", given="Ada", particle="van", suffix="Jr."),)
    assert found.dates == {"issued": "2019", "accessed": "2024-01-02"}


def test_items_of_zotero() -> None:
    item = {
        "itemType": "bookSection", "key": "ABCD2345", "title": "A", "bookTitle": "Handbook", "pages": "3-14",
        "place": "Oslo", "date": "2019-05", "accessDate": "2024-01-02T10:00:00Z", "extra": "original-date: 1950\nKept",
        "creators": [{"firstName": "Ada", "lastName": "de Roe", "creatorType": "author"},
                     {"name": "Pond Institute", "creatorType": "editor"}],
    }  # fmt: skip
    found = zotero.read(Input(json.dumps([item]), "x.json"))[0].bibliography
    assert (found.type, found.get("container-title"), found.get("note")) == ("chapter", "Handbook", "Kept")
    assert found.names == {
        "author": (Name(family="Roe", given="Ada", particle="de"),), "editor": (Name(literal="Pond Institute"),),
    }  # fmt: skip
    assert found.dates["issued"] == "2019-05"
    assert found.dates["original-date"] == "1950"
