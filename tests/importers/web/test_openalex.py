"""OpenAlex: which targets, the work with its abstract, and what can go wrong. The works are made up."""

from __future__ import annotations

from typing import Any

import pytest

from importers.web import openalex
from importers.web.errors import FetchError
from importers.web.registry import fetcher
from kb.errors import KbError
from tests.importers.importer_checks import check
from tests.importers.web.catalogues import HALF, OPENALEX, fetched, no_answer
from tests.importers.web.web_server import answer_json, busy

PATH = "/works/W2741809807"


def work(**changed: Any) -> dict[str, Any]:
    return {PATH: answer_json(OPENALEX | changed)}


@pytest.mark.parametrize("target", ["W2741809807", "https://openalex.org/W2741809807", "openalex:W12", "openalex:A1"])
def test_what_is_an_id_or_claims_to_be_one(target: str) -> None:
    by = fetcher(target)
    assert by is not None
    assert by.name == "openalex"


def test_a_work_has_its_metadata_and_its_abstract_put_together() -> None:
    found = fetched("https://openalex.org/w2741809807")
    check(openalex.IMPORTER, found)
    assert (found.kind, found.title, found.published) == ("paper", "Counting Rana frogs", "2019-03-04")
    assert found.text == "## Abstract\n\nWe frogs argue that frogs matter."
    assert [author.name for author in found.authors] == ["Ada Moss", "T. Reed"]
    assert dict(found.external_ids) == {"doi": "10.1000/xyz", "openalex": "W2741809807"}
    assert found.url == "https://doi.org/10.1000/xyz"
    assert found.summary
    assert found.problems == ()


def test_ids_of_arxiv_come_from_where_it_is() -> None:
    place = {"landing_page_url": "https://arxiv.org/abs/2405.01234v2", "pdf_url": None}
    found = fetched("W2741809807", work(locations=[None, place]))
    assert dict(found.external_ids) == {"doi": "10.1000/xyz", "arxiv": "2405.01234", "openalex": "W2741809807"}
    found = fetched("W2741809807", work(doi="https://doi.org/10.48550/arxiv.2405.01234"))
    assert dict(found.external_ids) == {"arxiv": "2405.01234", "openalex": "W2741809807"}
    assert found.url == "https://arxiv.org/abs/2405.01234"


def test_what_it_does_not_know_is_left_out() -> None:
    bare = dict.fromkeys(("doi", "abstract_inverted_index", "primary_location", "biblio", "authorships", "locations"))
    found = fetched("W2741809807", work(**bare, publication_date="2019-01-01", is_retracted=True))
    assert (found.title, found.text, found.published, found.authors) == ("Counting Rana frogs", "", "2019", ())
    assert found.url == "https://openalex.org/W2741809807"
    assert dict(found.external_ids) == {"openalex": "W2741809807"}
    assert found.problems == ("retracted, says OpenAlex",)


@pytest.mark.parametrize(
    ("index", "text"),
    [({"a": [10**15], "b": [0, "x", None]}, "## Abstract\n\nb a"), ({"a": 3}, ""), (["a"], ""), ("abc", "")],
)
def test_an_odd_index_of_words_breaks_nothing(index: object, text: str) -> None:
    assert fetched("W2741809807", work(abstract_inverted_index=index)).text == text


def test_what_can_go_wrong_is_told() -> None:
    with pytest.raises(KbError, match="OpenAlex has no work W404404"):
        fetched("W404404", {})
    with pytest.raises(KbError, match="is no OpenAlex id of a work"):
        fetched("openalex:A1", {})
    with pytest.raises(FetchError, match="half of one"):
        fetched("W2741809807", {PATH: HALF})
    with pytest.raises(FetchError, match="in trouble"):
        fetched("W2741809807", {PATH: no_answer(500)})
    assert fetched("W2741809807", {PATH: [busy(retry_after="5"), answer_json(OPENALEX)]}).title
