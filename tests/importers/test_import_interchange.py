"""Exports of reference managers, highlighters and reading lists: what works, tags, dates and highlights they give."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from importer_checks import check

from importers import bibtex, csljson, feeds, highlights, hypothesis_json, readlater, readwise, ris, zotero
from importers.base import Importer, Input
from kb import db, ingest
from kb.document import Document
from kb.errors import KbError
from kb.text import repair

ALL = (bibtex, ris, csljson, zotero, readwise, hypothesis_json, feeds, readlater)
POST = "https://www.lesswrong.com/posts/aB3dE5gH7jK9mN2pQ/a-post-of-ours"
Read = Callable[[Importer, str, str], list[Document]]


@pytest.fixture
def take() -> Read:
    """Reads an export, checks every document by the importer it names, and that the right importer is surest."""

    def take(importer: Importer, text: str, name: str) -> list[Document]:
        source = Input(text, name, f"/somewhere/{name}", text.encode())
        best = max((module.IMPORTER for module in ALL), key=lambda one: one.sniff(source))
        assert best is importer
        assert best.sniff(source) > 0.6
        documents = importer.read(source)
        for document in documents:
            check(highlights.IMPORTER if document.importer == "highlights" else importer, document)
        return documents

    return take


def quotes(document: Document) -> list[tuple[str, list[str]]]:
    """Each quote with the comments on it."""
    found = []
    for number, block in enumerate(document.blocks):
        if block.kind == "quote":
            said = [b for b in document.blocks if b.parent == number]
            assert all(b.about == 0 and b.speaker is None for b in said)
            found.append((document.text[block.start : block.end], [document.text[b.start : b.end] for b in said]))
    return found


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


def test_a_bibliography_gives_its_works(take: Read) -> None:
    documents = take(bibtex.IMPORTER, BIB, "own.bib")
    works = {d.citekey: d for d in documents if d.kind != "note"}
    assert list(works) == ["doe2020tests", "post", "inJournal", "inDoi", "realDoi", "missing", "last"]
    first = works["doe2020tests"]
    assert first.title == "Tests of $O(n^2)$ — a straße"
    assert [a.name for a in first.authors] == ["The Test Group and Friends", "János von Neumann", "Jane Doe"]
    assert (first.kind, first.published, first.external_ids["arxiv"]) == ("paper", "2020-03", "2001.00001")
    assert first.tags == ("testing", "logic", "proofs", "read")
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


def test_what_is_broken_in_a_bibliography_is_told_and_the_rest_goes_in(take: Read) -> None:
    documents = take(bibtex.IMPORTER, BIB, "own.bib")
    problems = "\n".join(problem for d in documents for problem in d.problems)
    for told in ("line 18: a second entry with the key 'post'", "line 19: an entry is broken", "others", "a comma may"):
        assert told in problems


def test_an_abstract_is_a_note_that_quotes_it(take: Read) -> None:
    note = take(bibtex.IMPORTER, BIB, "own.bib")[1]
    assert (note.kind, note.citekey, note.importer) == ("note", "doe2020tests-abstract", "highlights")
    assert note.references[0].target == "https://arxiv.org/abs/2001.00001"
    assert "We test 100% of it." in quotes(note)[0][0]


def test_a_file_without_a_readable_entry_is_one_error() -> None:
    for text in ("@article{a, title={", "@comment{nothing}", "TY  - JOUR\n", '{"items": []}', "[]"):
        for module in (bibtex, ris, csljson):
            with pytest.raises(KbError):
                module.IMPORTER.read(Input(text, "x", "x"))


def test_ris_records_with_continuations_repeats_and_a_lost_end(take: Read) -> None:
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


def test_csl_items(take: Read) -> None:
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
    documents = take(csljson.IMPORTER, json.dumps(items), "own.json")
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


def test_zotero_items_with_annotations_in_the_order_of_the_pages(take: Read) -> None:
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


def test_zotero_annotations_alone_link_to_their_attachment(take: Read) -> None:
    (note,) = take(zotero.IMPORTER, json.dumps([annotation("A1", "words", "why?", "0", "1")]), "annotations.json")
    assert (note.references[0].kind, note.references[0].target) == ("wikilink", "ATT1")
    assert quotes(note) == [("words", ["why?"])]


def test_readwise_csv_and_its_commands(take: Read) -> None:
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


def test_readwise_export_leaves_out_what_was_thrown_away(take: Read) -> None:
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


def test_hypothesis_by_page_and_person_with_replies(take: Read) -> None:
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
    documents = take(hypothesis_json.IMPORTER, json.dumps({"total": 7, "rows": rows}), "search.json")
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


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Ours</title>
<item><title>A Post</title><link>%s</link><guid isPermaLink="false">x</guid><dc:creator>Ann Doe</dc:creator>
<pubDate>Sun, 05 Jun 2022 22:05:52 GMT</pubDate>
<description><![CDATA[<p>First <b>words</b>.</p><br/><br/><a href="%s#comments">Discuss</a>]]></description></item>
<item><title>Comment on A Post</title><link>%s?commentId=cB3dE5gH7jK9mN2pQ</link>
<description>&lt;p&gt;No.&lt;/p&gt;</description></item>
<item><title>Elsewhere</title><link>https://example.org/x</link><category>t</category><author>a@b.c (Bob Roe)</author>
<pubDate>Sun, 05 Jun 2022 23:30:00 -0100</pubDate>
<description>Published on January 2, 2020 3:04 AM GMT&lt;br/&gt;&lt;br/&gt;Hi</description></item>
<item></item></channel></rss>""".replace("%s", POST)


def test_a_feed_gives_posts_and_its_dates_are_not_those_of_the_forum(take: Read) -> None:
    post, comment, other = take(feeds.IMPORTER, RSS, "feed.xml")
    assert (post.kind, post.text, post.published) == ("post", "First **words**.", None)
    assert post.external_ids == {"lesswrong": "aB3dE5gH7jK9mN2pQ"}
    assert [a.name for a in post.authors] == ["Ann Doe"]
    assert (comment.kind, comment.parent and comment.parent.title) == ("comment", "A Post")
    assert (other.published, other.tags, other.text) == ("2020-01-02", ("t",), "Hi")
    assert other.authors[0].name == "Bob Roe"
    assert post.problems == ("item 4 has neither a link nor a title, it is left out",)


def test_an_atom_feed(take: Read) -> None:
    text = """<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>
    <entry><title type="html">A &lt;i&gt;b&lt;/i&gt;</title>
    <id>tag:x</id><link rel="self" href="https://example.org/self"/><link href="https://example.org/a"/>
    <published>2020-01-02T03:04:05+01:00</published><author><name>Ann Doe</name></author>
    <author><name>Bob</name></author>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hello <em>you</em></p></div>
    </content></entry></feed>"""
    (entry,) = take(feeds.IMPORTER, text, "atom.xml")
    assert (entry.title, entry.url, entry.published) == ("A b", "https://example.org/a", "2020-01-02T02:04:05Z")
    assert [a.name for a in entry.authors] == ["Ann Doe", "Bob"]
    assert "Hello *you*" in entry.text


def test_a_list_of_feeds_is_tagged_with_its_folders(take: Read) -> None:
    text = """<opml version="2.0"><head/><body><outline text="AI"><outline text="Safety"><outline type="rss" text="F"
    xmlUrl="https://example.org/f" htmlUrl="https://example.org"/></outline></outline>
    <outline text="G" xmlUrl="http://example.org/g?x=1"/></body></opml>"""
    documents = take(feeds.IMPORTER, text, "feeds.opml")
    assert [(d.kind, d.title, d.url, d.tags) for d in documents] == [
        ("web", "F", "https://example.org/f", ("feed", "AI", "Safety")),
        ("web", "G", "https://example.org/g?x=1", ("feed",)),
    ]


@pytest.mark.parametrize(
    ("name", "text", "tags", "marked"),
    [
        ("p.csv", f"title,url,time_added,tags,status\nA,{POST},1654467952,a|b,unread\n", ("a", "b", "queue"), 0),
        ("i.csv", f'URL,Title,Selection,Folder,Timestamp\n{POST},A,"some\nwords",Archive,1654467952\n', ("read",), 1),
        ("r.csv", "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
         f'1,A,mine,,{POST},X / Y,"a, b",2022-06-05T22:25:52.000Z,,"Highlight:one\nNote:hm\nHighlight:two",true\n',
         ("a", "b", "X", "Y", "starred"), 2),
        ("o.json", json.dumps([{"slug": "a-18", "title": "A", "url": POST, "state": "Archived", "readingProgress": 100,
         "labels": [{"name": "a"}], "savedAt": "2022-06-05T22:25:52.000Z",
         "highlights": [{"quote": "q", "annotation": "n"}]}]),
         ("a", "read"), 1),
        ("p.html", f'<html><title>Pocket Export</title><h1>Read Archive</h1><ul>'
         f'<li><a href="{POST}" time_added="1654467952"'
         ' tags="a,b">A</a></ul>', ("a", "b", "read"), 0),
    ],
)  # fmt: skip
def test_reading_lists(take: Read, name: str, text: str, tags: tuple[str, ...], marked: int) -> None:
    work, *notes = take(readlater.IMPORTER, text, name)
    assert (work.title, work.kind, work.added, work.tags) == ("A", "post", "2022-06-05T22:25:52Z", tags)
    assert sum(len(quotes(note)) for note in notes) == marked


def test_a_file_of_omnivore_highlights_names_its_text_by_the_slug(take: Read) -> None:
    text = "> first [⤴️](https://omnivore.app/me/a-post-18a1b2c3d4e#x)  #tag\n\nhm\n\n> second\n> line [⤴️](https://omnivore.app/me/a-post-18a1b2c3d4e#y)\n"
    (note,) = take(readlater.IMPORTER, text, "a-post-18a1b2c3d4e.md")
    assert quotes(note) == [("first", ["hm"]), ("second line", [])]
    assert (note.references[0].target, note.tags) == ("a-post-18a1b2c3d4e", ("tag",))


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "importer", "works", "notes", "marked", "ids"),
    [
        ("better-bibtex.json", zotero, 1, 1, 1, {"arxiv": 1}),
        ("zotero_annotation.json", zotero, 0, 1, 1, {}),
        ("library.bib", bibtex, 5, 0, 0, {"arxiv": 3, "lesswrong": 1}),
        ("library.csl.json", csljson, 4, 1, 1, {"arxiv": 2, "lesswrong": 1}),
        ("library.ris", ris, 2, 1, 1, {"arxiv": 1, "lesswrong": 1}),
        ("readwise.csv", readwise, 2, 2, 2, {"asin": 1}),
        ("readwise_export.json", readwise, 1, 1, 1, {"lesswrong": 1}),
        ("hypothesis_search.json", hypothesis_json, 0, 1, 1, {}),
        ("lw_feed.xml", feeds, 1, 0, 0, {"lesswrong": 1}),
        ("feeds.opml", feeds, 3, 0, 0, {}),
        ("pocket.csv", readlater, 2, 0, 0, {"lesswrong": 1, "arxiv": 1}),
        ("pocket.html", readlater, 2, 0, 0, {"lesswrong": 1, "arxiv": 1}),
        ("instapaper.csv", readlater, 2, 1, 1, {"lesswrong": 1, "arxiv": 1}),
        ("raindrop.csv", readlater, 1, 1, 1, {"lesswrong": 1}),
        ("omnivore/metadata_0_to_20.json", readlater, 1, 0, 0, {"lesswrong": 1}),
        ("omnivore/highlights/agi-ruin-18a1b2c3d4e.md", readlater, 0, 1, 1, {}),
    ],
)
def test_the_samples_give_what_a_person_counts(
    take: Read, shared: Path, name: str, importer: Any, works: int, notes: int, marked: int, ids: dict[str, int]
) -> None:
    path = shared / "samples" / "interchange" / name
    documents = take(importer.IMPORTER, repair(path.read_text()), path.name)
    found = [d for d in documents if d.kind != "note"]
    noted = [d for d in documents if d.kind == "note"]
    assert (len(found), len(noted), sum(len(quotes(d)) for d in noted)) == (works, notes, marked)
    for key in ("arxiv", "lesswrong", "asin"):
        assert sum(key in d.external_ids for d in found) == ids.get(key, 0)


def test_adding_an_export_again_changes_nothing_and_one_work_is_one_source(take: Read, tmp_path: Path) -> None:
    documents = take(bibtex.IMPORTER, BIB, "own.bib")
    store = db.Store(tmp_path / "home")

    def add() -> list[ingest.Added]:
        return [ingest.add(store, document, "1", sole=False) for document in documents]

    first, second = add(), add()
    assert {added.status for added in first} == {"added"}
    assert {added.status for added in second} == {"unchanged"}
    csl = [{"id": "other", "type": "book", "title": "No comma", "issued": {"raw": "2000"}, "DOI": "10.1000/abc"}]
    (again,) = take(csljson.IMPORTER, json.dumps(csl), "own.json")
    assert ingest.add(store, again, "1").source_id == first[5].source_id
