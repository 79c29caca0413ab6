"""Single posts of discussions by their addresses, whatever part of the address tells them apart."""

from __future__ import annotations

import pytest

from kb.model import identity

ISSUE = "https://github.com/field-notes/squares/issues/41"
PAPER = "https://openreview.net/forum?id=zR0sFix3dR"


@pytest.mark.parametrize("fragment", ["issuecomment-12", "discussion_r7", "pullrequestreview-9"])
def test_a_comment_of_an_issue_is_no_issue(fragment: str) -> None:
    assert identity.of_url(f"{ISSUE}#{fragment}").keys != identity.of_url(ISSUE).keys
    assert identity.of_url(f"{ISSUE}#{fragment}").url == f"{ISSUE}#{fragment}"


@pytest.mark.parametrize("behind", ["#", "#top", "?utm_source=x", "/"])
def test_a_place_on_the_page_of_an_issue_is_that_page(behind: str) -> None:
    assert identity.of_url(f"{ISSUE}{behind}").keys == identity.of_url(ISSUE).keys


def test_a_review_is_known_by_its_own_id_and_a_paper_by_that_of_its_forum() -> None:
    assert identity.of_url(f"{PAPER}&noteId=rEv1eWonE1").keys == ("openreview:rEv1eWonE1",)
    paper = ("openreview:zR0sFix3dR",)
    for address in (PAPER, f"{PAPER}&noteId=zR0sFix3dR", "https://www.openreview.net/pdf?id=zR0sFix3dR"):
        assert identity.of_url(address).keys == paper
        assert identity.of_url(address).url == PAPER


@pytest.mark.parametrize("address", ["https://openreview.net/group?id=X", "https://openreview.net/forum?id=a b"])
def test_other_pages_are_pages(address: str) -> None:
    assert identity.of_url(address).external_ids == {}
