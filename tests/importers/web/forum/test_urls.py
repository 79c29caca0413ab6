"""Every form of a forum address, and what it means."""

from __future__ import annotations

import pytest

from importers.web.forum.urls import Target, parse
from kb.model import identity

P, C = "abcdefghijkmnopq2", "ABCDEFGHJKLMNPQR3"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (f"https://www.lesswrong.com/posts/{P}/a-slug", Target("lesswrong", "post", id=P)),
        (f"http://LESSWRONG.com/posts/{P}/", Target("lesswrong", "post", id=P)),
        (f"https://www.lesswrong.com/posts/{P}", Target("lesswrong", "post", id=P)),
        (f"https://www.alignmentforum.org/posts/{P}/x?utm_source=y", Target("lesswrong", "post", id=P)),
        (f"https://www.greaterwrong.com/posts/{P}/x", Target("lesswrong", "post", id=P)),
        (f"https://lw2.issarice.com/posts/{P}/x", Target("lesswrong", "post", id=P)),
        (f"https://forum.effectivealtruism.org/posts/{P}/x", Target("eaforum", "post", id=P)),
        (f"https://forum-bots.effectivealtruism.org/posts/{P}/x", Target("eaforum", "post", id=P)),
        (f"https://ea.greaterwrong.com/posts/{P}/x", Target("eaforum", "post", id=P)),
        (f"https://progressforum.org/posts/{P}/x", Target("progressforum", "post", id=P)),
        (f"https://www.lesswrong.com/s/{C}/p/{P}#Section_B_", Target("lesswrong", "post", id=P)),
        (f"https://www.lesswrong.com/events/{P}/meetup", Target("lesswrong", "post", id=P)),
        (f"https://www.lesswrong.com/g/{C}/p/{P}", Target("lesswrong", "post", id=P)),
        (f"https://www.lesswrong.com/posts/{P}/x#comments", Target("lesswrong", "post", id=P)),
        (f"https://www.lesswrong.com/posts/{P}/x?commentId={C}", Target("lesswrong", "comment", id=C, post=P)),
        (f"https://www.lesswrong.com/posts/{P}/x#{C}", Target("lesswrong", "comment", id=C, post=P)),
        (f"https://www.greaterwrong.com/posts/{P}/x#comment-{C}", Target("lesswrong", "comment", id=C, post=P)),
        (f"https://www.greaterwrong.com/posts/{P}/x/comment/{C}", Target("lesswrong", "comment", id=C, post=P)),
        (f"https://www.greaterwrong.com/posts/{P}/x/answer/{C}", Target("lesswrong", "comment", id=C, post=P)),
        ("https://www.lesswrong.com/posts/slug/a-slug", Target("lesswrong", "post", slug="a-slug")),
        ("https://www.lesswrong.com/rationality/a-slug", Target("lesswrong", "post", slug="a-slug")),
        ("https://www.lesswrong.com/lw/k8/how_to_seem/", Target("lesswrong", "post", legacy="k8")),
        ("http://lesswrong.com/r/discussion/lw/abc/title/d3f", Target("lesswrong", "post", legacy="abc")),
        ("http://effective-altruism.com/ea/1ab/title/", Target("eaforum", "post", legacy="1ab")),
        (f"https://www.lesswrong.com/s/{P}", Target("lesswrong", "sequence", id=P)),
        ("https://www.lesswrong.com/w/ai?lens=x", Target("lesswrong", "tag", slug="ai")),
        ("https://www.lesswrong.com/tag/ai", Target("lesswrong", "tag", slug="ai")),
        ("https://forum.effectivealtruism.org/topics/birds", Target("eaforum", "tag", slug="birds")),
        ("https://www.lesswrong.com/w/ai/discussion", Target("lesswrong", "tag", slug="ai")),
        ("https://arbital.com/p/orthogonality/", Target("lesswrong", "tag", slug="orthogonality")),
        ("https://www.lesswrong.com/users/ann_lee", Target("lesswrong", "user", slug="ann_lee")),
        ("https://www.greaterwrong.com/users/ann_lee?show=posts", Target("lesswrong", "user", slug="ann_lee")),
        ("https://www.lesswrong.com/u/ann_lee", Target("lesswrong", "user", slug="ann_lee")),
        ("https://forum.effectivealtruism.org/u/ann_lee/", Target("eaforum", "user", slug="ann_lee")),
        ("http://lesswrong.com/user/ann_lee/overview/", Target("lesswrong", "user", slug="ann_lee")),
        ("https://www.alignmentforum.org/users/ann_lee/replies", Target("lesswrong", "user", slug="ann_lee")),
        ("https://www.lesswrong.com/u/ann_lee/shortform", Target("lesswrong", "shortform", slug="ann_lee")),
        ("https://www.lesswrong.com/highlights/a-slug", Target("lesswrong", "post", slug="a-slug")),
        (f"https://www.lesswrong.com/highlights/{P}/a-slug", Target("lesswrong", "post", id=P)),
        ("https://forum.effectivealtruism.org/handbook/a-slug", Target("eaforum", "post", slug="a-slug")),
        ("https://www.lesswrong.com/tags/ai", Target("lesswrong", "tag", slug="ai")),
        ("https://www.lesswrong.com/tag/ai/history", Target("lesswrong", "tag", slug="ai")),
        ("https://www.lesswrong.com/users/ann_lee/quicktakes", Target("lesswrong", "shortform", slug="ann_lee")),
        (
            f"https://www.lesswrong.com/out?url=https%3A%2F%2Fwww.greaterwrong.com%2Fposts%2F{P}%2Fx",
            Target("lesswrong", "post", id=P),
        ),
    ],
)
def test_forms(address: str, expected: Target) -> None:
    assert parse(address) == expected


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/posts/abcdefghijkmnopq2/x",
        "https://www.lesswrong.com/allPosts",
        "https://www.lesswrong.com/",
        "https://www.lesswrong.com/out?url=https%3A%2F%2Fexample.org%2Fx",
        "https://www.lesswrong.com/posts/short",
        "http://[broken",
        "notes.md",
        "",
    ],
)
def test_not_a_forum(address: str) -> None:
    assert parse(address) is None


def test_twins_of_a_page_are_one() -> None:
    for forms in (
        ("https://www.lesswrong.com/w/ai", "https://www.greaterwrong.com/tag/ai", "http://alignmentforum.org/w/ai/"),
        ("https://www.lesswrong.com/users/ann", "https://www.greaterwrong.com/users/ann"),
        (f"https://www.lesswrong.com/s/{P}", f"https://www.alignmentforum.org/s/{P}#top"),
    ):
        assert len({identity.of_url(form).keys for form in forms}) == 1
