"""Crossref: references, licence, copies and preprints of a DOI's record, and the record where doi.org fails."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from importers.web import crossref, doi
from tests.importers.importer_checks import check
from tests.importers.web.catalogues import CROSSREF, fetched, no_answer
from tests.importers.web.web_server import answer_json

MORE = {
    "reference": [
        {"key": "1", "doi-asserted-by": "crossref", "DOI": "10.1000/newts", "article-title": "Newts", "author": "Reed",
         "year": "2001"},
        {"key": "2", "unstructured": "A. Moss, Ponds [in German], 1999."},
        {"key": "3"},
    ],
    "license": [{"URL": "http://creativecommons.org/licenses/by/4.0/", "content-version": "vor"}],
    "link": [{"URL": "https://ponds.example/frogs.pdf", "content-type": "application/pdf"}],
    "relation": {"has-preprint": [{"id-type": "doi", "id": "10.48550/arXiv.1903.00001", "asserted-by": "subject"}]},
    "updated-by": [{"type": "retraction", "DOI": "10.1000/sorry"}],
}  # fmt: skip


def test_a_record_brings_references_licence_copies_and_its_preprint() -> None:
    found = fetched("10.1000/xyz", {"/10.1000/xyz": answer_json(CROSSREF | MORE)})
    check(doi.IMPORTER, found)
    assert dict(found.external_ids) == {"doi": "10.1000/xyz", "arxiv": "1903.00001"}
    assert found.problems == ("retraction, says Crossref: 10.1000/sorry",)
    assert "Licence: <http://creativecommons.org/licenses/by/4.0/>" in found.text
    assert "Open copy: <https://ponds.example/frogs.pdf>" in found.text
    assert found.text.endswith(
        "## References\n\n- Reed (2001). [Newts](https://doi.org/10.1000/newts)\n- A. Moss, Ponds (in German), 1999."
    )


def test_a_preprint_of_a_journals_paper_says_so_and_stays_itself() -> None:
    relation = {"is-preprint-of": [{"id-type": "doi", "id": "10.1000/journal"}]}
    found = fetched("10.1000/xyz", {"/10.1000/xyz": answer_json(CROSSREF | {"relation": relation})})
    assert dict(found.external_ids) == {"doi": "10.1000/xyz"}
    assert found.problems == ("a preprint; published as 10.1000/journal",)


def test_crossref_is_asked_where_doi_org_has_no_answer() -> None:
    routes = {"/10.1000/xyz": no_answer(503), "/works/10.1000%2Fxyz": answer_json({"message": CROSSREF | MORE})}
    found = fetched("10.1000/xyz", routes)
    assert found.title == "Counting Rana frogs"
    assert "10.1000/newts" in found.text


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=6), lambda inside: st.lists(inside, max_size=3) | st.dictionaries(
        st.sampled_from(["id", "DOI", "URL", "reference", "unstructured", "article-title", "has-preprint", "type"]),
        inside, max_size=4),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(crossref.OWN)), JSON, max_size=4))
def test_odd_records_break_nothing(record: dict[str, object]) -> None:
    crossref.more(record), crossref.preprint(record), crossref.problems(record)
