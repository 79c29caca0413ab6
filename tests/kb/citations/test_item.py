"""How kinds of sources are cited that no export describes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.citations.item import Item, items
from kb.model.bibliography import PRIMARY_CLASS, Bibliography, Name, bibliography
from kb.model.document import Author, Document, Pointer
from kb.sources.add import add
from kb.store.open import Store, open_store

URL = "https://www.lesswrong.com/posts/aB3dE5gH7jK9mN2pQ/a-post-of-ours"


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "home")


def cited(store: Store, document: Document) -> Item:
    [found] = items(store, [add(store, document).source_id])
    return found


def test_a_post_of_a_forum_and_a_comment_on_it(store: Store) -> None:
    post = Document(
        "post",
        "A post of ours",
        "Frogs.",
        url=URL,
        published="2022-08-09T10:00:00Z",
        authors=(Author("gw"),),
        target=URL,
    )
    found = cited(store, post).facts
    assert (found.type, found.get("container-title"), found.get("URL")) == ("post-weblog", "LessWrong", URL)
    assert found.names["author"] == (Name(literal="gw"),)
    assert found.dates["issued"] == "2022-08-09"
    assert len(found.dates["accessed"]) == 10
    pasted = Document("web", "Ponds", "Toads.", url="https://ponds.example/a", target="/home/a/ponds.md")
    assert "accessed" not in cited(store, pasted).facts.dates  # nobody knows when it was read there
    comment = Document(
        "comment",
        "A post of ours",
        "No.",
        url=f"{URL}?commentId=bB3dE5gH7jK9mN2pQ",
        parent=Pointer("A post of ours", url=URL),
    )
    told = cited(store, comment).facts
    assert (told.type, told.get("title"), told.get("container-title")) == (
        "post", "Comment on “A post of ours”", "LessWrong",
    )  # fmt: skip


def test_a_paper_on_arxiv(store: Store) -> None:
    said = bibliography("article", {PRIMARY_CLASS: "cs.CL"}, {}, {})
    paper = Document("paper", "Frogs", "We count.", external_ids={"arxiv": "1903.00001"}, bibliography=said)
    found = cited(store, paper)
    assert (found.arxiv, found.facts.type) == ("1903.00001", "article")
    wanted = {"number": "arXiv:1903.00001", "publisher": "arXiv", "DOI": "10.48550/arXiv.1903.00001"}
    assert {name: found.facts.get(name) for name in wanted} == wanted


def test_arxiv_is_no_journal(store: Store) -> None:
    said = bibliography("article-journal", {"container-title": "arXiv preprint arXiv:1903.00001"}, {}, {})
    paper = Document("paper", "Frogs", "", external_ids={"arxiv": "1903.00001"}, bibliography=said)
    found = cited(store, paper).facts
    assert (found.type, found.get("container-title")) == ("article", "")


def test_a_note_is_a_document_and_with_an_address_a_page(store: Store) -> None:
    assert cited(store, Document("note", "Mine", "Words.", target="/a.md")).facts.type == "document"
    page = Document("note", "Theirs", "More words.", url="https://ponds.example/a", target="/b.md")
    assert cited(store, page).facts.type == "webpage"


def test_authors_are_those_of_the_source_with_the_parts_that_its_entry_tells(store: Store) -> None:
    ada = Name(family="Garcia Roe", given="Ada")
    said = bibliography("book", {}, {"author": (ada, Name(family="Doe", given="B."))}, {})
    book = Document("paper", "Frogs", "", authors=(Author("Ada Garcia Roe"), Author("Bo Doe")), bibliography=said)
    assert cited(store, book).facts.names["author"] == (ada, Name(family="Doe", given="Bo"))


def test_editors_alone_are_no_authors(store: Store) -> None:
    said = bibliography("book", {}, {"editor": (Name(family="Roe", given="Ada"),)}, {})
    facts = cited(store, Document("paper", "Frogs", "", authors=(Author("Ada Roe"),), bibliography=said)).facts
    assert set(facts.names) == {"editor"}


def test_what_a_second_entry_says_is_added_where_it_is_of_the_same_kind(store: Store) -> None:
    def entry(importer: str, type: str, **fields: str) -> Document:
        facts = Bibliography(type, fields)
        return Document("paper", "Frogs", "", external_ids={"doi": "10.5555/x"}, importer=importer, bibliography=facts)

    add(store, entry("bibtex", "article-journal", volume="3", abstract="We count."))
    assert cited(store, entry("ris", "article-journal", issue="4")).facts.get("volume") == "3"
    moved = cited(store, entry("zotero", "chapter", page="5")).facts
    assert (moved.type, moved.get("volume"), moved.get("abstract")) == ("chapter", "", "We count.")
