"""A reader's archive: posts, comments, and the header lines between them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from importers.base import Input
from importers.texts.archive import IMPORTER
from kb.model.document import Author, Document, Pointer

Read = Callable[..., list[Document]]

PAGE = """Posts

A taxonomy of probes 2023-03-01T10:00:00.123Z
Notes on · dots 2022-01-02T03:04:05.000Z

Comments

Comment by Mira Solberg (mira-s) on What do probes show? · 2023-04-05T06:07:08.910Z · LW · GW

Two points, see here [LW · GW]:

  • The probe may \u201cread\u201d a feature
    • that the model never uses
  • Accuracy is not use
Comment by Mira Solberg (mira-s) on Notes on · dots · 2023-04-01T00:00:00.000Z · LW(p) · GW(p)

  1. First
  2. Second

Last words.

Comment by Mira Solberg (mira-s) on A bet on transparency · 2023-03-01T00:00:00.000Z · EA · GW

I would take it.

Comment by Mira Solberg (mira-s) on [deleted post] 2023-02-01T00:00:00.000Z

Gone.

Comment by Mira Solberg (mira-s) on A bet on transparency · 2023-03-01T00:00:00.000Z · EA · GW

I would take it.
"""


def test_posts_and_comments(read: Read) -> None:
    documents = read(IMPORTER, PAGE)
    mira = (Author("Mira Solberg", "mira-s"),)
    posts = [document for document in documents if document.kind == "post"]
    assert [(post.title, post.published) for post in posts] == [
        ("A taxonomy of probes", "2023-03-01T10:00:00.123Z"),
        ("Notes on · dots", "2022-01-02T03:04:05.000Z"),
    ]
    assert {(post.text, post.blocks, post.namespace, post.authors) for post in posts} == {("", (), "lw", mira)}
    comments = [document for document in documents if document.kind == "comment"]
    assert [comment.parent for comment in comments] == [
        Pointer("What do probes show?", "lw"),
        Pointer("Notes on · dots", "lw"),
        Pointer("A bet on transparency", "ea"),
        None,
    ]
    assert {comment.authors for comment in comments} == {mira}
    assert comments[0].title == "Comment on What do probes show?"
    assert comments[0].published == "2023-04-05T06:07:08.910Z"
    assert comments[0].text == (
        "Two points, see here:\n\n"
        "- The probe may “read” a feature\n  - that the model never uses\n- Accuracy is not use"
    )
    assert comments[1].text == "1. First\n2. Second\n\nLast words."
    assert [block.level for block in comments[0].blocks if block.kind == "item"] == [0, 1, 0]
    assert comments[3].original.decode().startswith("Comment by Mira Solberg (mira-s) on [deleted post]")


def test_user_page(read: Read) -> None:
    head = "EA · GW\n\nUser info\n\nDisplay name\n    Mira Solberg\nKarma\n    12\nBiography\n    Reads.\n\n    Posts\n"
    documents = read(IMPORTER, head + PAGE + "\n")
    assert len(documents) == 6
    assert documents[0].authors == (Author("Mira Solberg", "mira-s"),)
    assert documents[0].namespace == "ea"
    assert documents[0].problems == ()


def test_name_with_on(read: Read) -> None:
    pages = [
        f"Comment by Man on the Hill (moth) on {title} · 2023-04-0{day}T06:07:08.910Z · LW · GW\n\nYes.\n"
        for day, title in enumerate(["Turning on lights", "Part (one) on two"], 1)
    ]
    documents = read(IMPORTER, "\n".join(pages))
    assert [document.authors for document in documents] == [(Author("Man on the Hill", "moth"),)] * 2
    assert [document.parent.title for document in documents if document.parent] == [
        "Turning on lights",
        "Part (one) on two",
    ]


def test_what_is_not_understood_is_said(read: Read) -> None:
    documents = read(IMPORTER, PAGE.replace("Posts\n", "Posts\n\nsomething odd\n", 1))
    assert documents[0].problems == ("not understood: something odd",)


def test_sniff() -> None:
    assert IMPORTER.sniff(Input(PAGE, "x.txt")) > 0.9
    assert IMPORTER.sniff(Input("Comment by me on this: fine\n", "x.txt")) == 0
    assert IMPORTER.read(Input("nothing of the kind", "x.txt")) == []


@pytest.mark.real
def test_seed(seed: Callable[[str], Input], read: Read) -> None:
    source = seed("001")
    documents = IMPORTER.read(source)
    kinds = [document.kind for document in documents]
    assert (kinds.count("post"), kinds.count("comment")) == (22, 50)
    assert len({document.published for document in documents}) == 72
    (owner,) = {author for document in documents for author in document.authors}
    assert owner.slug == owner.slug.lower() != owner.name  # type: ignore[union-attr]
    assert not any(document.problems for document in documents)
    assert all(document.parent and document.parent.namespace == "lw" for document in documents[22:])
    read(IMPORTER, source.text)
