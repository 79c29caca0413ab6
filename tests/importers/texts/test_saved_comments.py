"""Comments of one person that were saved by hand: whose they are, and what each is on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from importers.base import Input
from importers.texts.saved_comments import IMPORTER
from kb.model.document import Document

Read = Callable[..., list[Document]]

SAVED = """Saved comments of "long_wave" on the River Ledger blog (exported by hand)

* * *

On: Who silted up the harbour? — 11 February 2019, 21:07

The sea did.

* * *

On: Who silted up the harbour? — 12 February 2019, 08:15

- A dredger costs less than a pier.

* * *

**Re: "A toll is all you need"** · 2019-09-03 19:44

Tolls move lorries to the village road.
"""


def test_each_comment_is_its_writers_and_on_the_text_that_its_line_names(read: Read) -> None:
    documents = read(IMPORTER, SAVED)
    assert [(one.parent.title if one.parent else None, one.published, one.text) for one in documents] == [
        ("Who silted up the harbour?", "2019-02-11", "The sea did."),
        ("Who silted up the harbour?", "2019-02-12", "- A dredger costs less than a pier."),
        ("A toll is all you need", "2019-09-03", "Tolls move lorries to the village road."),
    ]
    assert {author.name for one in documents for author in one.authors} == {"long_wave"}
    assert {one.kind for one in documents} == {"comment"}


@pytest.mark.parametrize(
    ("first", "name"),
    [
        ("Comments by Ada Nwosu", "Ada Nwosu"),
        ("Ada's collected comments", "Ada"),
        ("---\nauthor: Ada Nwosu\n---", "Ada Nwosu"),
        ("My old comments", None),
    ],
)
def test_whose_they_are(read: Read, first: str, name: str | None) -> None:
    documents = read(IMPORTER, first + SAVED.partition("blog (exported by hand)")[2])
    assert {author.name for author in documents[0].authors} == ({name} if name else set())


@pytest.mark.parametrize(
    "text",
    [
        "# Log\n\nOn Monday, 3 May 2021 we met.\n\nText.\n\nOn Tuesday, 4 May 2021 we met.\n\nOn 5 May 2021, more.\n",
        "# Talks\n\n- On herons, 3 May 2021\n- On frogs, 4 May 2021\n- On ponds, 5 May 2021\n",
        "On the road, in the rain.\n\nOn we went until 2021.\n\nTo be or not to be, 1601.\n",
    ],
)
def test_what_only_begins_so(text: str) -> None:
    assert IMPORTER.sniff(Input(text, "x.md", "x.md", text.encode())) == 0.0
