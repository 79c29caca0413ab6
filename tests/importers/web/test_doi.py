"""DOIs: which targets, what the agencies say, and what can go wrong. The works are made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from importers.web import doi
from importers.web.errors import FetchError
from importers.web.registry import fetcher
from kb.errors import KbError
from kb.model.document import Author
from tests.importers.importer_checks import check
from tests.importers.web.catalogues import CROSSREF, DATACITE, HALF, fetched, no_answer
from tests.importers.web.web_server import Request, answer_json, busy, cut, page


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("10.1000/xyz", "doi"),
        ("doi:10.1000/xyz", "doi"),
        ("https://doi.org/10.1000/xyz", "doi"),
        ("doi:what", "doi"),
        ("10.48550/arXiv.2405.01234", "arxiv"),
        ("doi:10.48550/arXiv.2405.01234", "arxiv"),
        ("https://doi.org/10.48550/arXiv.2405.01234", "arxiv"),
        ("https://example.org/10.1000/xyz", "web"),
    ],
)
def test_whose_a_target_is(target: str, name: str) -> None:
    by = fetcher(target)
    assert by is not None
    assert by.name == name


def test_a_work_has_its_metadata_and_its_abstract_for_a_text() -> None:
    found = fetched("doi:10.1000/XYZ")
    check(doi.IMPORTER, found)
    assert (found.kind, found.title, found.published) == ("paper", "Counting Rana frogs", "2019-03-04")
    assert found.authors == (Author("Ada Moss"), Author("The Frog Group"))
    assert dict(found.external_ids) == {"doi": "10.1000/xyz"}
    assert found.url == "https://doi.org/10.1000/xyz"
    assert found.citekey is None
    assert found.summary
    assert found.text == (
        "## Abstract\n\n### Background\n\nWe argue that *Rana* counts are low & biased (p < 0.05).\n\nPonds hold H~2~O."
    )
    assert b"Journal of Ponds" in found.original


def test_datacite_and_crossrefs_own_form_are_read_too() -> None:
    found = fetched("https://doi.org/10.5072/pond")
    assert (found.title, found.published, found.text) == (
        "Pond counts", "2018-03", "## Abstract\n\nNine ponds.\n\nTen frogs."
    )  # fmt: skip
    assert [author.name for author in found.authors] == ["Ada Moss", "Frog Group"]
    assert found.tags == ()
    own = {"status": "ok", "message": CROSSREF | {"title": ["Counting frogs"], "abstract": "Plain,\nin < 2 lines."}}
    found = fetched("10.1000/xyz", {"/10.1000/xyz": answer_json(own)})
    assert (found.title, found.text) == ("Counting frogs", "## Abstract\n\nPlain, in < 2 lines.")


@pytest.mark.parametrize(
    "changed",
    [
        {"abstract": None, "author": None, "issued": {"date-parts": [[None]]}},
        {"abstract": 3, "author": ["Ada", None], "issued": "soon"},
        {"abstract": "", "author": [{}], "issued": {}},
    ],
)
def test_what_a_record_lacks_or_has_in_an_odd_form_is_left_out(changed: dict[str, Any]) -> None:
    found = fetched("10.5072/pond", {"/10.5072/pond": answer_json(DATACITE | changed)})
    assert (found.title, found.authors, found.published) == ("Pond counts", (), None)
    assert found.text in {"", "## Abstract\n\n3"}


def test_it_is_asked_for_as_csl_json_by_a_client_that_names_itself() -> None:
    asked: list[Request] = []

    def answer(request: Request) -> Any:
        asked.append(request)
        return answer_json(CROSSREF)

    fetched("10.1002/(SICI)1<338::A>3.0;2-B", {"*": answer})
    assert asked[0].path == "/10.1002/(sici)1%3C338::a%3E3.0;2-b"
    assert asked[0].headers["accept"] == "application/vnd.citationstyles.csl+json"
    assert asked[0].headers["user-agent"].startswith("kb/")


def test_an_unknown_doi_and_none_say_so() -> None:
    with pytest.raises(KbError, match=r"nobody has registered the DOI 10\.1000/none"):
        fetched("10.1000/none")
    with pytest.raises(KbError, match="is no DOI") as error:
        fetched("doi:what")
    assert "10.1000/" in error.value.hint


def test_a_busy_server_is_waited_for_and_one_in_trouble_told() -> None:
    assert fetched("10.1000/a", {"/10.1000/a": [busy(retry_after="7"), answer_json(CROSSREF)]}).title
    with pytest.raises(FetchError, match="in trouble"):
        fetched("10.1000/a", {"/10.1000/a": no_answer(503)})


def test_half_a_record_is_an_error_and_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="half of one"):
        fetched("10.1000/a", {"/10.1000/a": HALF}, tmp_path)
    with pytest.raises(FetchError, match="broke"):
        fetched("10.1000/a", {"/10.1000/a": cut(b'{"title": "x"}')}, tmp_path)
    assert fetched("10.1000/a", {"/10.1000/a": answer_json(CROSSREF)}, tmp_path).title == "Counting Rana frogs"


@pytest.mark.parametrize("refusal", [no_answer(406), page("<html><body><p>Log in</p></body></html>")])
def test_where_the_agency_has_no_record_the_page_is_read(refusal: Any) -> None:
    html = page(f"<html><head><title>Pond news</title></head><body><article><p>{'Ponds freeze. ' * 40}</p></article>")

    def answer(request: Request) -> Any:
        return html if "text/html" in request.headers["accept"] else refusal

    found = fetched("10.1000/a", {"/10.1000/a": answer})
    assert (found.kind, found.importer, dict(found.external_ids)) == ("paper", "web", {"doi": "10.1000/a"})
    assert found.title == "Pond news"
    assert "Ponds freeze." in found.text
    assert not found.summary
