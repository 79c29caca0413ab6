"""Repair before offsets, sentence boundaries, ids and identities."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import identity, ids
from kb.text import sentences
from kb.text.repair import repair
from kb.text.strings import clip, fold


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("just belowÂ\xa0can be", "just below can be"),
        ("donâ€™t worry", "don’t worry"),
        ("a\xa0b\u200bc\r\nd\re", "a bc\nd\ne"),
        ("cafe\u0301", "café"),
        ("naïve Ångström, Ân é", "naïve Ångström, Ân é"),
        ("nul\x00 bell\x07", "nul bell"),
    ],
)
def test_repair_mends_what_copying_does(broken: str, mended: str) -> None:
    assert repair(broken) == mended


@given(st.text())
def test_repair_is_idempotent(text: str) -> None:
    once = repair(text)
    assert repair(once) == once


def _split(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences.split(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One here. Two there! Three?", ["One here.", "Two there!", "Three?"]),
        ("He said e.g. This. See Fig. 3 and J. K. Rowling.", ["He said e.g. This.", "See Fig. 3 and J. K. Rowling."]),
        ("It is 3.5 percent. Fine.", ["It is 3.5 percent.", "Fine."]),
        ("Same critique as 10. Norm setting. Done.", ["Same critique as 10. Norm setting.", "Done."]),
        ("See [[Is it? An inquiry||this]] now. Then.", ["See [[Is it? An inquiry||this]] now.", "Then."]),
        ('"Really?" She left.', ['"Really?"', "She left."]),
        ("First paragraph\n\nsecond one", ["First paragraph", "second one"]),
        (
            "we count herons. they are few, e.g. by vol. 3 of it!",
            ["we count herons.", "they are few, e.g. by vol. 3 of it!"],
        ),
        ("i count them in the u.s. by LLM. is it? yes .", ["i count them in the u.s. by LLM.", "is it?", "yes ."]),
        ('they say "why?" and go... on', ['they say "why?" and go... on']),
        ("Herons are few. see below. Twice.", ["Herons are few. see below.", "Twice."]),
        ("I wait. and so on", ["I wait. and so on"]),
        ("これは文です。次の文。", ["これは文です。", "次の文。"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, parts: list[str]) -> None:
    assert _split(text) == parts


@given(st.text(alphabet="ab AB.?!\n\"'[]()1 "))
def test_sentences_are_in_order_and_hold_every_word(text: str) -> None:
    spans = sentences.split(text)
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


POST = "cQwT8asti3kyA62zc"


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.lesswrong.com/posts/{POST}/slug",
        f"http://alignmentforum.org/posts/{POST}",
        f"https://www.greaterwrong.com/posts/{POST}/other-slug?utm_source=x",
        f"https://www.lesswrong.com/s/ABCDEFGHJKLMNPQRS/p/{POST}",
        f"https://www.lesswrong.com/posts/{POST}/slug#7fNRMke9Gc4QghYyf",
        f"https://www.lesswrong.com/out?url=https%3A%2F%2Fwww.lesswrong.com%2Fposts%2F{POST}%2Fslug",
    ],
)
def test_every_form_of_a_forum_post_is_one_identity(url: str) -> None:
    assert identity.of_url(url).keys == (f"lesswrong:{POST}",)


def test_a_comment_is_itself_and_knows_its_post() -> None:
    comment = identity.of_url(f"https://www.lesswrong.com/posts/{POST}/s?commentId=7fNRMke9Gc4QghYyf")
    assert comment.keys == ("lesswrong:7fNRMke9Gc4QghYyf",)
    post = identity.post_of_comment(comment)
    assert post is not None
    assert post.keys == (f"lesswrong:{POST}",)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("arXiv:1706.03762v5", "arxiv:1706.03762"),
        ("https://arxiv.org/pdf/2304.15004v2.pdf", "arxiv:2304.15004"),
        ("https://doi.org/10.48550/arXiv.1706.03762", "arxiv:1706.03762"),
        ("math.CA/0611800", "arxiv:math/0611800"),
        ("10.1000/xyz123", "doi:10.1000/xyz123"),
        ("http://www.example.org/a/?utm_source=x&b=1#top", "url:example.org/a?b=1"),
    ],
)
def test_papers_and_pages_have_one_key(text: str, key: str) -> None:
    known = identity.of_target(text)
    assert known is not None
    assert known.keys == (key,)


@pytest.mark.parametrize("text", ["1234.56789", "1399.1234", "hello", "CLIP", "20.04"])
def test_what_is_no_address_has_no_identity(text: str) -> None:
    assert identity.of_target(text) is None


def test_ids_are_stable_and_avoid_what_is_taken() -> None:
    first = ids.make("s", "lesswrong:x")
    assert first == ids.make("s", "lesswrong:x")
    assert ids.make("s", "lesswrong:x", taken=lambda i: i == first) != first
    assert ids.ID.fullmatch(first)


@given(st.text(), st.text(), st.text())
def test_citekeys_are_plain(author: str, published: str, title: str) -> None:
    key = ids.citekey(author, published, title)
    assert key
    assert all(c.isascii() and (c.isalnum()) for c in key)


@given(st.text(), st.integers(2, 50))
def test_clip_keeps_the_limit(text: str, limit: int) -> None:
    assert len(clip(text, limit)) <= limit


def test_fold_ignores_case_blanks_and_kinds_of_quotes() -> None:
    assert fold("  The “Best”\n Post’s—Title ") == fold('the "best" post\'s-title')
