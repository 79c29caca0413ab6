"""ACL Anthology: which addresses, the paper out of its entry and its PDF, and the abstract where there is no PDF."""

from __future__ import annotations

import pytest

from importers.web.registry import fetcher
from kb.errors import KbError
from tests.importers.web.catalogues import fetched
from tests.importers.web.web_server import page

BIB = """@inproceedings{moss-reed-2019-counting,
    title = "Counting {F}rogs in {T}ext",
    author = "Moss, Ada  and
      Reed, Tom{\\'a}s",
    booktitle = "Proceedings of the Pond Workshop",
    month = jul,
    year = "2019",
    url = "https://aclanthology.org/P19-1001/",
    doi = "10.18653/v1/P19-1001",
    pages = "1--9",
    abstract = "We argue that frogs are few. They are also loud."
}
"""


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://aclanthology.org/P19-1001/", "P19-1001"),
        ("https://www.aclanthology.org/P19-1001.pdf", "P19-1001"),
        ("http://aclweb.org/anthology/P19-1001", "P19-1001"),
        ("https://www.aclweb.org/anthology/P19-1001.bib", "P19-1001"),
        ("https://aclanthology.org/2020.acl-main.1/", "2020.acl-main.1"),
        ("https://aclanthology.org/2023.findings-emnlp.12.pdf", "2023.findings-emnlp.12"),
    ],
)
def test_forms_of_an_address(address: str, name: str) -> None:
    from kb.model import identity

    by = fetcher(address)
    assert by is not None
    assert by.name == "acl-anthology"
    assert identity.of_url(address).external_ids == {"acl": name}


@pytest.mark.parametrize("address", ["https://aclanthology.org/venues/acl/", "https://aclanthology.org/volumes/P19-1/"])
def test_other_pages_are_pages(address: str) -> None:
    by = fetcher(address)
    assert by is not None
    assert by.name == "web"


def test_a_paper_without_its_pdf_has_its_abstract_and_says_so() -> None:
    found = fetched("https://aclanthology.org/P19-1001.pdf", {"/P19-1001.bib": page(BIB, "text/plain")})
    assert (found.title, found.published, found.kind) == ("Counting Frogs in Text", "2019-07", "paper")
    assert [one.name for one in found.authors] == ["Ada Moss", "Tomás Reed"]
    assert dict(found.external_ids) == {"doi": "10.18653/v1/p19-1001", "acl": "P19-1001"}
    assert found.text == "## Abstract\n\nWe argue that frogs are few. They are also loud."
    assert found.summary
    assert "full text could not be had" in found.problems[0]


def test_a_paper_has_the_text_of_its_pdf() -> None:
    text = page("Counting frogs. " * 30, "text/plain")
    found = fetched("https://aclanthology.org/P19-1001/", {"/P19-1001.bib": page(BIB), "/P19-1001.pdf": text})
    assert found.text.startswith("Counting frogs.")
    assert (found.title, found.summary) == ("Counting Frogs in Text", False)


def test_an_unknown_paper_is_told() -> None:
    with pytest.raises(KbError, match="has no paper P19-9999"):
        fetched("https://aclanthology.org/P19-9999/", {})
