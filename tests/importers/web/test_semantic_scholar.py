"""Semantic Scholar: which targets, the paper with its references and the sentences on them. The papers are made up."""

from __future__ import annotations

from typing import Any

import pytest

from importers.web import semantic_scholar
from importers.web.errors import FetchError
from importers.web.registry import fetcher
from kb.errors import KbError
from tests.importers.importer_checks import check
from tests.importers.web.catalogues import fetched, no_answer
from tests.importers.web.web_server import answer_json

SHA = "0123456789abcdef0123456789abcdef01234567"
PAPER = {
    "paperId": SHA, "corpusId": 4711, "title": "Counting frogs", "year": 2019, "publicationDate": "2019-03-04",
    "abstract": "We argue that frogs are few.", "venue": "Journal of Ponds", "publicationTypes": ["JournalArticle"],
    "externalIds": {"DOI": "10.1000/XYZ", "ArXiv": "1903.00001", "CorpusId": 4711, "MAG": "1"},
    "openAccessPdf": {"url": "https://ponds.example/frogs.pdf", "status": "GREEN"},
    "authors": [{"authorId": "1", "name": "Ada Moss"}, {"authorId": None, "name": "Tom Reed"}],
    "journal": {"name": "Journal of Ponds", "volume": "3", "pages": "1 - 9"},
}  # fmt: skip
CITED = {
    "contexts": ["Reed [2] fails to count *newts*.", ""], "intents": ["background"],
    "citedPaper": {
        "paperId": SHA[::-1], "title": "Newts [and] others", "year": 2001, "externalIds": {"DOI": "10.1000/newts"},
        "authors": [{"name": "Tom Reed"}],
    },
}  # fmt: skip
HERE = f"/graph/v1/paper/{SHA}"
CORPUS = "/graph/v1/paper/CorpusId:4711"


def routes(**more: Any) -> dict[str, Any]:
    bare = {"contexts": None, "citedPaper": {"title": "No id", "authors": None, "externalIds": None}}
    answers = answer_json({"offset": 0, "data": [CITED, bare, None, {"citedPaper": {"title": None}}]})
    return {CORPUS: answer_json(PAPER | more), f"{CORPUS}/references": answers}


@pytest.mark.parametrize(
    "target",
    [
        "CorpusID:4711",
        "s2:4711",
        f"s2:{SHA}",
        f"https://www.semanticscholar.org/paper/Counting-frogs-Moss/{SHA}",
        f"https://www.semanticscholar.org/paper/{SHA}/figure/1",
        "https://www.semanticscholar.org/paper/CorpusID:4711",
        "https://api.semanticscholar.org/CorpusID:4711",
        "s2:nonsense",
    ],
)
def test_what_is_an_id_or_claims_to_be_one(target: str) -> None:
    by = fetcher(target)
    assert by is not None
    assert by.name == "semantic-scholar"


def test_a_paper_has_its_abstract_its_references_and_what_it_says_of_them() -> None:
    found = fetched("CorpusID:4711", routes())
    check(semantic_scholar.IMPORTER, found)
    assert (found.title, found.published, found.summary) == ("Counting frogs", "2019-03-04", True)
    assert [one.name for one in found.authors] == ["Ada Moss", "Tom Reed"]
    ids = {"doi": "10.1000/xyz", "arxiv": "1903.00001", "s2": SHA, "s2corpus": "4711"}
    assert dict(found.external_ids) == ids
    assert found.text == (
        "## Abstract\n\nWe argue that frogs are few.\n\nOpen copy: <https://ponds.example/frogs.pdf>\n\n"
        "## Citations in context\n\n"
        "- “Reed (2) fails to count newts.” (on [Newts (and) others](https://doi.org/10.1000/newts), background)\n\n"
        "## References\n\n- Tom Reed (2001). [Newts (and) others](https://doi.org/10.1000/newts)\n- No id"
    )
    assert "https://doi.org/10.1000/newts" in [one.target for one in found.references]
    assert found.problems == ()


def test_references_that_fail_cost_no_paper() -> None:
    found = fetched("CorpusID:4711", {CORPUS: answer_json(PAPER)})
    assert found.text.startswith("## Abstract")
    assert "its references could not be had" in found.problems[0]
    bare = fetched("CorpusID:4711", {CORPUS: answer_json({"title": "T", "externalIds": None, "authors": 3})})
    assert (bare.title, bare.text, bare.url) == ("T", "", "https://www.semanticscholar.org/paper/CorpusID:4711")


def test_what_can_go_wrong_is_told() -> None:
    with pytest.raises(KbError, match="has no paper CorpusId:404"):
        fetched("CorpusID:404", {})
    with pytest.raises(KbError, match="is no Semantic Scholar id"):
        fetched("s2:nonsense", {})
    with pytest.raises(FetchError, match="in trouble"):
        fetched("CorpusID:4711", {CORPUS: no_answer(500)})
