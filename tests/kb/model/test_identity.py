"""What a word on the command line names, and what makes two of them the same."""

from __future__ import annotations

import pytest

from kb.model import identity

DOI = ("doi:10.1000/xyz",)
BOOK = ("isbn:9780306406157",)
WORK = ("openalex:W2741809807",)


@pytest.mark.parametrize(
    ("target", "keys"),
    [
        ("10.1000/xyz", DOI),
        ("10.1000/XYZ.", DOI),
        (" doi:10.1000/xyz ", DOI),
        ("DOI: 10.1000/xyz", DOI),
        ("doi.org/10.1000/xyz", DOI),
        ("https://doi.org/10.1000/xyz", DOI),
        ("http://dx.doi.org/10.1000%2Fxyz?nosfx=y", DOI),
        ("10.1002/(SICI)1097-4636(1998)43:4<338::AID-J2>3.0.CO;2-B",
         ("doi:10.1002/(sici)1097-4636(1998)43:4<338::aid-j2>3.0.co;2-b",)),
        ("doi:10.48550/arXiv.2405.01234v2", ("arxiv:2405.01234",)),
        ("https://doi.org/10.48550/arxiv.2405.01234", ("arxiv:2405.01234",)),
        ("0306406152", BOOK),
        ("0-306-40615-2", BOOK),
        ("978-0-306-40615-7", BOOK),
        ("978 0 306 40615 7", BOOK),
        ("978‑0‑306‑40615‑7", BOOK),
        ("isbn:0306406152", BOOK),
        ("ISBN-13: 978-0-306-40615-7", BOOK),
        ("ISBN 0-306-40615-2.", BOOK),
        ("urn:isbn:9780306406157", BOOK),
        ("080442957x", ("isbn:9780804429573",)),
        ("https://openlibrary.org/isbn/0306406152", BOOK),
        ("W2741809807", WORK),
        ("openalex:w2741809807", WORK),
        ("https://openalex.org/W2741809807", WORK),
        ("https://openalex.org/works/w2741809807", WORK),
        ("https://api.openalex.org/works/W2741809807?select=id", WORK),
    ],
)  # fmt: skip
def test_every_form_of_an_id(target: str, keys: tuple[str, ...]) -> None:
    known = identity.of_target(target)
    assert known is not None
    assert known.keys == keys
    assert identity.is_address(target)
    assert known.url is not None
    assert identity.of_url(known.url).keys == keys


@pytest.mark.parametrize(
    "target",
    ["notes.md", "10.1000", "10.1000/", "W12", "walks", "0306406153", "9780306406158", "12345", "A frog, 1980", ""],
)
def test_what_names_nothing(target: str) -> None:
    assert identity.of_target(target) is None


@pytest.mark.parametrize("target", ["isbn:12", "0306406153", "978-0-306-40615-8", "doi:x", "openalex:A1", "arxiv:x"])
def test_what_claims_to_be_an_id_may_be_one(target: str) -> None:
    assert identity.is_address(target)


@pytest.mark.parametrize("url", ["https://www.doi.org/the-identifier/what", "https://openalex.org/A123"])
def test_other_pages_of_these_hosts_are_pages(url: str) -> None:
    assert identity.of_url(url).keys[0].startswith("url:")
