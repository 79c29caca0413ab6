"""ISBNs: which targets, the book with its authors, and what can go wrong. The books are made up."""

from __future__ import annotations

from typing import Any

import pytest

from importers.web import isbn
from importers.web.errors import FetchError
from importers.web.registry import fetcher
from kb.errors import KbError
from tests.importers.importer_checks import check
from tests.importers.web.catalogues import EDITION, HALF, LIBRARY, fetched, no_answer
from tests.importers.web.web_server import answer_json, busy

NUMBER = "isbn:0-306-40615-2"


@pytest.mark.parametrize("target", [NUMBER, "9780306406157", "0306406153", "isbn:12", "ISBN 978-0-306-40615-7"])
def test_what_is_an_isbn_or_looks_like_one(target: str) -> None:
    by = fetcher(target)
    assert by is not None
    assert by.name == "isbn"


def test_a_book_has_its_title_and_its_authors() -> None:
    found = fetched(NUMBER)
    check(isbn.IMPORTER, found)
    assert (found.kind, found.title, found.published, found.text) == ("paper", "Ponds: a book", "1980-03", "")
    assert [author.name for author in found.authors] == ["Ada Moss", "Tomas Reed"]
    assert dict(found.external_ids) == {"isbn": "9780306406157"}
    assert found.url == "https://openlibrary.org/isbn/9780306406157"
    assert b"Wet Press" in found.original


def test_authors_may_stand_with_the_work_and_some_may_be_missing() -> None:
    bare = {name: value for name, value in EDITION.items() if name != "authors"}
    work = {"authors": [{"author": {"key": "/authors/OL1A"}}, {"author": {"key": "/authors/OL9A"}}]}
    routes = LIBRARY | {"/books/OL1M.json": answer_json(bare), "/works/OL1W.json": answer_json(work)}
    found = fetched(NUMBER, routes)
    assert [author.name for author in found.authors] == ["Ada Moss"]
    assert found.problems == ("1 of its authors left out: Open Library does not name them",)
    assert fetched(NUMBER, LIBRARY | {"/books/OL1M.json": answer_json(bare)}).authors == ()


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("isbn:0306406153", "0306406153 is no ISBN: its last digit would be 2, not 3"),
        ("978-0-306-40615-8", "no file 978-0-306-40615-8, and 978-0-306-40615-8 is no ISBN: its last digit would be 7"),
        ("isbn:12", "'12' is no ISBN"),
        ("isbn:97803064061570", "'97803064061570' is no ISBN"),
    ],
)
def test_a_wrong_number_is_told_and_nobody_is_asked(target: str, message: str) -> None:
    with pytest.raises(KbError) as error:
        fetched(target, {})
    assert error.value.message.startswith(message)
    assert error.value.hint


@pytest.mark.parametrize(
    "route",
    [
        no_answer(404),
        answer_json({}),
        answer_json({"type": {"key": "/type/delete"}, "title": "Gone"}),
        answer_json({"type": {"key": "/type/redirect"}, "location": "/isbn/9780306406157"}),
    ],
)
def test_an_unknown_book_is_told(route: Any) -> None:
    with pytest.raises(KbError, match="Open Library has no book with the ISBN 9780306406157"):
        fetched(NUMBER, {"/isbn/9780306406157.json": route})


def test_a_busy_library_is_waited_for_and_half_a_record_is_an_error() -> None:
    path = "/books/OL1M.json"
    assert fetched(NUMBER, LIBRARY | {path: [busy(retry_after="2"), answer_json(EDITION)]}).title == "Ponds: a book"
    with pytest.raises(FetchError, match="half of one"):
        fetched(NUMBER, LIBRARY | {path: HALF})
    with pytest.raises(FetchError, match="too many requests"):
        fetched(NUMBER, LIBRARY | {"/authors/OL1A.json": busy(retry_after="3600")})
