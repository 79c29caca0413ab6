"""Exports of reference managers and highlighters: what works, tags, dates and highlights they give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from importers.base import Input
from importers.exports import bibtex, csl_json, hypothesis, readwise, ris, zotero
from kb.errors import KbError
from kb.model.document import Document
from kb.model.reading import ReadingMark
from kb.sources import add as ingest
from kb.store.open import open_store
from tests.importers.exports.interchange_checks import POST, quotes, take

BIB = r"""
% a comment
@string{conf = "Conference on "}
@string{tests = conf # {Tests}}
@inproceedings{doe2020tests,
  title = {{T}ests of $O(n^2)$ --- \emph{a} stra{\ss}e},
  author = {{The Test Group and Friends} and von Neumann, J{\'a}nos and Doe, Jane and others},
  booktitle = tests # { 30}, year = 2020, month = mar,
  archivePrefix = {arXiv}, eprint = {2001.00001v2},
  abstract = {We test 100% of it.\n
    All of it.},
  keywords = {testing; logic, proofs}, readstatus = {read}}
@misc{post, title={A Post}, author={Ann Example}, howpublished={\url{%s}}, date={2021-05-03/2021-06-01}}
@article{inJournal, title={In the journal}, journal={arXiv preprint arXiv:2101.00002}, year=2021}
@article{inDoi, title={By DOI}, doi={https://doi.org/10.48550/arXiv.2101.00003}, date={2021~}}
@article{realDoi, title={Both}, doi={10.1000/ABC}, url={http://arxiv.org/pdf/2101.00004v1}, year={2021}}
@article{missing, title={No comma} year=2000}
@book{post, title={The same key}}
@book{cut, title={Unclosed {brace, year=2020
@book{last, title = "Still \"{u}ber read", editor = "Roe, Jr., R. and M\"uller, A."}
""".replace("%s", POST)


@pytest.mark.parametrize(
    ("extra", "tag", "state"),
    [("Read_Status: In Progress", "ponds", "reading"), ("", "to-read", "to-read"), ("", "reading", None)],
)
def test_zotero_says_how_far_one_is(extra: str, tag: str, state: str | None) -> None:
    item = {"key": "AB12", "itemType": "book", "title": "Frogs", "extra": extra, "tags": [{"tag": tag}],
            "dateAdded": "2023-05-04T10:00:00Z"}  # fmt: skip
    (work,) = take(zotero.IMPORTER, json.dumps([item]), "items.json")
    assert (work.reading and work.reading.state) == state
    assert work.tags == (tag,)


def test_a_bibliography_gives_its_works() -> None:
    documents = take(bibtex.IMPORTER, BIB, "own.bib")
    works = {d.citekey: d for d in documents if d.kind != "note"}
    assert list(works) == ["doe2020tests", "post", "inJournal", "inDoi", "realDoi", "missing", None, "last"]
    first = works["doe2020tests"]
    assert first.title == "Tests of $O(n^2)$ — a straße"
    assert [a.name for a in first.authors] == ["The Test Group and Friends", "János von Neumann", "Jane Doe"]
    assert (first.kind, first.published, first.external_ids["arxiv"]) == ("paper", "2020-03", "2001.00001")
    assert first.tags == ("testing", "logic", "proofs")
    assert first.reading == ReadingMark("read")
    assert first.text == ""
    assert works["post"].external_ids == {"lesswrong": "aB3dE5gH7jK9mN2pQ"}
    assert (works["post"].kind, works["post"].published) == ("post", "2021-05-03")
    assert works["inJournal"].external_ids == {"arxiv": "2101.00002"}
    assert (works["inDoi"].external_ids, works["inDoi"].published) == ({"arxiv": "2101.00003"}, "2021")
    assert {**works["realDoi"].external_ids, "arxiv_version": "1"} == {
        "arxiv": "2101.00004", "doi": "10.1000/abc", "arxiv_version": "1",
    }  # fmt: skip
    assert works["last"].title == "Still über read"
    assert [a.name for a in works["last"].authors] == ["R. Roe Jr.", "A. Müller"]


def test_what_is_broken_in_a_bibliography_is_told_and_the_rest_goes_in() -> None:
    documents = take(bibtex.IMPORTER, BIB, "own.bib")
    problems = "\n".join(problem for d in documents for problem in d.problems)
    for told in ("line 18: a second entry with the key 'post'", "line 19: an entry is broken", "others", "a comma may"):
        assert told in problems


def test_an_abstract_is_a_note_that_quotes_it() -> None:
    note = take(bibtex.IMPORTER, BIB, "own.bib")[1]
    assert (note.kind, note.citekey, note.importer) == ("note", "doe2020tests-abstract", "highlights")
    assert note.references[0].target == "https://arxiv.org/abs/2001.00001"
    assert "We test 100% of it." in quotes(note)[0][0]


def test_a_file_without_a_readable_entry_is_one_error() -> None:
    for text in ("@article{a, title={", "@comment{nothing}", "TY  - JOUR\n", '{"items": []}', "[]"):
        for module in (bibtex, ris, csl_json):
            with pytest.raises(KbError):
                module.IMPORTER.read(Input(text, "x", "x"))


def test_ris_records_with_continuations_repeats_and_a_lost_end() -> None:
    text = (
        "TY  - CPAPER\nT1  - A long\n title\nA1  - Doe, Jane\nAU  - de la Cruz, María\n"
        "PY  - 2018///\nDA  - 2018/03/14/\n"
        "AB  - Line one\nline two\nUR  - https://example.org/a\nUR  - https://arxiv.org/abs/1803.00001\n"
        "KW  - a, b\nKW  - c\n"
        f"ER  - \n\nTY  - BLOG\nTI  - Post\nUR  - {POST}#comments\nN1  - I doubt it.\nER  -\n"
        "TY  - JOUR\nAU  - Nobody\nER  - \nTY  - GEN\nTI  - Cut\nLB  - key2020\n"
    )
    documents = take(ris.IMPORTER, text, "own.ris")
    assert [(d.kind, d.title) for d in documents] == [
        ("paper", "A long title"), ("note", "Abstract of A long title"),
        ("post", "Post"), ("note", "Notes on Post"), ("paper", "Cut"),
    ]  # fmt: skip
    first = documents[0]
    assert (first.published, first.tags) == ("2018-03-14", ("a, b", "c"))
    assert first.external_ids == {"arxiv": "1803.00001"}
    assert [a.name for a in first.authors] == ["Jane Doe", "María de la Cruz"]
    assert documents[4].citekey == "key2020"
    assert [line.split(":")[0] for line in first.problems] == ["line 21", "line 24"]


def test_csl_items() -> None:
    items: list[dict[str, Any]] = [
        {"id": "http://zotero.org/users/1/items/X", "citation-key": "kept2020", "type": "post-weblog",
         "title": "<i>A</i> post",
         "author": [{"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van", "suffix": "Jr."}],
         "issued": {"raw": "5 June 2022"}, "URL": POST, "note": "A remark of mine."},
        {"id": 7, "type": "report", "title": "R", "author": [{"literal": "A Group, and Co"}],
         "note": "arXiv:2303.00001 [cs]",
         "issued": {"date-parts": [["2023", "2"]]}},
        {"id": "bare", "type": "book", "issued": {"literal": "circa 1999"}},
    ]  # fmt: skip
    documents = take(csl_json.IMPORTER, json.dumps(items), "own.json")
    post, note, report = documents
    assert (post.citekey, post.title, post.published) == ("kept2020", "A post", "2022-06-05")
    assert post.authors[0].name == "Ludwig van Beethoven Jr."
    assert "A remark of mine." in note.text
    assert (report.citekey, report.published, report.external_ids) == (None, "2023-02", {"arxiv": "2303.00001"})
    assert report.authors[0].name == "A Group, and Co"
    assert post.problems == ("item 3 has no title, it is left out",)


def annotation(key: str, quote: str, comment: str, index: str, page: str, **more: Any) -> dict[str, Any]:
    return {
        "key": key, "itemType": "annotation", "parentItem": "ATT1", "annotationType": "highlight",
        "annotationText": quote,
        "annotationComment": comment, "annotationSortIndex": index, "annotationPageLabel": page,
        "annotationColor": "#ff6666", "dateAdded": "2024-05-01T10:00:00Z", "tags": [{"tag": "odd one"}], **more,
    }  # fmt: skip


def test_zotero_items_with_annotations_in_the_order_of_the_pages() -> None:
    marked = (
        '<div><h1>Annotations (1/1/2024)</h1><p><span class="highlight" '
        'data-annotation="%7B%22annotationKey%22%3A%22A1%22%7D">“first”</span> mine</p><p>My <b>own</b> view.</p></div>'
    )
    items = [
        annotation("A2", "later words", "", "00009|0|0", "10"),
        annotation("A1", "first words", "I <i>doubt</i> it", "00001|0|0", "2", dateAdded="2024-06-01T10:00:00Z"),
        annotation("A3", "", "", "00002|0|0", "3", annotationType="image"),
        {"key": "ATT1", "itemType": "attachment", "parentItem": "W1"},
        {"key": "N1", "itemType": "note", "parentItem": "W1", "note": marked},
        {"key": "W1", "itemType": "conferencePaper", "title": "Work", "creators": [{"firstName": "A", "lastName": "B"}],
         "date": "03/2020", "extra": "Citation Key: b2020work\narXiv: 2001.00009", "tags": [{"tag": "t"}]},
    ]  # fmt: skip
    work, note = take(zotero.IMPORTER, json.dumps([{"key": one["key"], "data": one} for one in items]), "items.json")
    assert (work.citekey, work.kind, work.tags, work.aliases) == ("b2020work", "paper", ("t",), ("ATT1",))
    assert quotes(note) == [("first words", ["I doubt it"]), ("later words", [])]
    assert [b.label for b in note.blocks if b.kind == "quote"] == ["p. 2", "p. 10"]
    assert "own** view" in note.text
    assert "Annotations" not in note.text
    assert (note.published, note.tags) == ("2024-06-01T10:00:00Z", ("odd one",))
    assert any("1 pictures" in problem for problem in work.problems)


def test_zotero_annotations_alone_link_to_their_attachment() -> None:
    (note,) = take(zotero.IMPORTER, json.dumps([annotation("A1", "words", "why?", "0", "1")]), "annotations.json")
    assert (note.references[0].kind, note.references[0].target) == ("wikilink", "ATT1")
    assert quotes(note) == [("words", ["why?"])]


def test_readwise_csv_and_its_commands() -> None:
    text = (
        "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,"
        "Highlighted at,Document tags\n"
        '"second, with\na break",Book,"Ann Doe, Bob Roe",B01,.h1 look,yellow,"x, y",location,20,'
        "2024-05-01 10:00:00+02:00,d\n"
        'part one,Book,"Ann Doe, Bob Roe",B01,.c1 both,,,page,3,2024-05-02 10:00:00+00:00,\n'
        'part two,Book,"Ann Doe, Bob Roe",B01,.c2,,,page,4,,\n'
        "lone,No id,,,,,,order,1,,\n,No id,,,,,,order,1,,\n"
    )
    book, note, other, _ = take(readwise.IMPORTER, text, "own.csv")
    assert (book.external_ids, book.tags) == ({"asin": "B01"}, ("d",))
    assert [a.name for a in book.authors] == ["Ann Doe", "Bob Roe"]
    assert quotes(note) == [("part one", ["both"]), ("part two", []), ("second, with a break", ["look"])]
    assert [b.label for b in note.blocks if b.kind == "quote"] == ["p. 3", None, "location 20"]
    assert (note.published, note.tags) == ("2024-05-02T10:00:00Z", ("x", "y"))
    assert (other.title, book.problems) == ("No id", ("line 7: neither a highlight nor a note",))


def test_readwise_export_leaves_out_what_was_thrown_away() -> None:
    def one(number: int, **more: Any) -> dict[str, Any]:
        return {
            "id": number,
            "text": f"words {number}",
            "location": number,
            "location_type": "page",
            "readwise_url": "x",
            **more,
        }

    book = {
        "user_book_id": 1, "title": "a post", "readable_title": "A Post", "author": "Ann Doe and Bob Roe",
        "source_url": POST,
        "category": "articles", "book_tags": [{"name": "t"}], "document_note": "On the whole: no.",
        "highlights": [one(3), one(1, note="hm"), one(2, is_deleted=True), one(4, is_discard=True)],
    }  # fmt: skip
    work, note = take(readwise.IMPORTER, json.dumps({"results": [book, {**book, "is_deleted": True}]}), "own.json")
    assert (work.kind, work.title, work.tags, len(work.authors)) == ("post", "A Post", ("t",), 2)
    assert quotes(note) == [("words 1", ["hm"]), ("words 3", [])]
    assert "On the whole: no." in note.text


def test_hypothesis_by_page_and_person_with_replies() -> None:
    def row(id_: str, user: str, quote: str, text: str, start: int, **more: Any) -> dict[str, Any]:
        selector = [{"type": "TextQuoteSelector", "exact": quote}, {"type": "TextPositionSelector", "start": start}]
        return {
            "id": id_, "user": f"acct:{user}@hypothes.is", "uri": f"{POST}?x", "text": text, "tags": [],
            "created": f"2024-05-0{start}",
            "document": {"title": ["A Post"]}, "target": [{"selector": selector if quote else []}], **more,
        }  # fmt: skip

    rows = [
        row("c", "ann", "", "Of the whole", 9),
        row("b", "ann", "later", "", 5),
        row("a", "ann", "sooner", "Is it?", 2),
        row("r", "bob", "", "It is.", 6, references=["a"]),
        row("s", "ann", "", "No.", 7, references=["a", "r"]),
        row("z", "bob", "his", "", 1),
        row("f", "bob", "local", "", 1, uri="file:///home/x.pdf"),
    ]
    documents = take(hypothesis.IMPORTER, json.dumps({"total": 7, "rows": rows}), "search.json")
    assert [(d.kind, [a.name for a in d.authors]) for d in documents] == [
        ("post", []), ("note", ["bob"]), ("post", []), ("note", ["ann"]),
    ]  # fmt: skip
    note = documents[3]
    assert said(note) == [
        ("paragraph", None, "Highlights"),
        ("paragraph", None, "Of"),
        ("quote", None, "sooner"),
        ("item", None, "Is"),
        ("item", "bob", "It"),
        ("item", "ann", "No."),
        ("quote", None, "later"),
    ]
    assert "no page of the web" in documents[0].problems[0]


def said(document: Document) -> list[tuple[str, str | None, str]]:
    return [(b.kind, b.speaker, document.text[b.start : b.end].split()[0]) for b in document.blocks]


def test_adding_an_export_again_changes_nothing_and_one_work_is_one_source(tmp_path: Path) -> None:
    documents = take(bibtex.IMPORTER, BIB, "own.bib")
    store = open_store(tmp_path / "home")

    def add() -> list[ingest.Added]:
        return [ingest.add(store, document, "1", sole=False) for document in documents]

    first, second = add(), add()
    assert {added.status for added in first} == {"added"}
    assert {added.status for added in second} == {"unchanged"}
    csl = [{"id": "other", "type": "book", "title": "No comma", "issued": {"raw": "2000"}, "DOI": "10.1000/abc"}]
    (again,) = take(csl_json.IMPORTER, json.dumps(csl), "own.json")
    assert ingest.add(store, again, "1").source_id == first[5].source_id
