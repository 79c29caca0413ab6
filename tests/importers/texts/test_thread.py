"""Saved threads: who wrote which comment, what it hangs under, and what is only dated and signed like one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from importers.base import Input
from importers.texts.comment_heads import head
from importers.texts.thread import IMPORTER
from kb.extract import extract
from kb.model.document import Document
from tests.kb.extract.views import view

Read = Callable[..., list[Document]]

NESTED = """# Was the canal worth its money?

*Saved from the society's board, 5 comments.*

**Kim_Ostrander** · 2021-05-04 09:12

The canal made the harbour rich. It paid for itself in nine years.

> [Bea Lund](https://x.example/u/bea) — 3 hours ago
>
> The valley was poor before
> the harbour had a crane.
>
> > **Kim_Ostrander** replied on May 4, 2021 at 10:12
> >
> > > The valley was poor before
> >
> > Poor, but it had mills.

**Jo** (5 May 2021):

Nobody counts the dead.

> Quoted by Jo from somewhere.
"""
HEADED = """---
title: Comments on "Should bridges be tolled?"
---

## asker_9 (OP), 10 Nov

Tolls pay for the paint.

### Reply by Ada Nwosu, 10 Nov

Paint is the smallest part of it.

### Reply by asker_9, 11 Nov

@Ada Nwosu It is the part that nobody pays.

### Reply by Farouk, 11 Nov

@asker_9 My town does pay.
"""
LISTED = """Thread about tariffs, saved by hand

- **Jo Birk** (4 May 2021): Tariffs fell after the war.
    - **Ann** (5 May 2021): They rose in 1890.
        - **Jo Birk** (5 May 2021): For wool only.
    - **Lee** (6 May 2021): Wool was half of trade.
"""


def _turns(document: Document) -> list[tuple[str | None, str | None, str]]:
    """Who says each block, whose first block it hangs under, and its kind."""
    blocks = document.blocks
    return [
        (b.speaker, blocks[b.parent].speaker if b.parent is not None else None, b.kind)
        for b in blocks
        if b.turn is not None
    ]


def test_replies_in_block_quotes_hang_under_what_they_answer(read: Read) -> None:
    [document] = read(IMPORTER, NESTED)
    assert _turns(document) == [
        ("Kim_Ostrander", None, "paragraph"),
        ("Bea Lund", "Kim_Ostrander", "paragraph"),
        ("Kim_Ostrander", None, "quote"),
        ("Kim_Ostrander", "Bea Lund", "paragraph"),
        ("Jo", None, "paragraph"),
        ("Jo", None, "quote"),
    ]
    assert [author.name for author in document.authors] == ["Kim_Ostrander", "Bea Lund", "Jo"]
    assert document.title == "Was the canal worth its money?"


def test_replies_under_headings_in_a_row(read: Read) -> None:
    [document] = read(IMPORTER, HEADED)
    assert _turns(document) == [(name, None, "paragraph") for name in ("asker_9", "Ada Nwosu", "asker_9", "Farouk")]
    assert not any(block.kind == "heading" or block.heading for block in document.blocks)


def test_replies_in_lists(read: Read) -> None:
    [document] = read(IMPORTER, LISTED)
    assert _turns(document) == [
        ("Jo Birk", None, "item"),
        ("Ann", "Jo Birk", "item"),
        ("Jo Birk", "Ann", "item"),
        ("Lee", "Jo Birk", "item"),
    ]
    first = document.blocks[1]
    assert document.text[first.start : first.end] == "Tariffs fell after the war."


def test_a_wrapped_comment_reads_without_its_quote_marks_and_a_quote_is_whose_it_was() -> None:
    seen = view(NESTED, None, "canal.md")
    said = {draft.words or seen.text[draft.start : draft.end]: draft.speaker for draft in extract(seen).statements}
    assert not any(" > " in (draft.words or "") for draft in extract(seen).statements)
    assert next(speaker for words, speaker in said.items() if words.startswith("The canal")) == "Kim_Ostrander"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("**Ada Nwosu** · 2021-05-04 09:12", "Ada Nwosu"),
        ("**Ada Nwosu** · 12 points · 3h ago", "Ada Nwosu"),
        ("[Ada Nwosu](https://x.example/u/ada) — 3 hours ago (edited)", "Ada Nwosu"),
        ("*Ada van der Berg*, May 4th, 2021 at 9:12 am", "Ada van der Berg"),
        ("u/long_wave · 2 days ago", "long_wave"),
        ("@ada commented on 4 May 2021", "ada"),
        ("Ada Nwosu (2021-05-04): That is too dear.", None),  # no mark tells a name from any other words
        ("**Ada Nwosu** (2021-05-04): That is too dear.", "Ada Nwosu"),
        ("Ada Nwosu wrote on 12 June 2020 at 10:11:", "Ada Nwosu"),
        ("↳ **u/long_wave** (OP) · 5d ago", "long_wave"),
        ("**Ngozi Bello**\n*2 April 2023, 18:20*", "Ngozi Bello"),
        ("**Ngozi Bello**\nwas here on 2 April 2023", None),
        ("**Version 2** · 2021-05-04", None),
        ("**Updated** · 2021-05-04 09:12", None),
        ("**Ada Nwosu** was born on 4 May 1921 in Enugu.", None),
        ("**Meeting** · 2021-05-04 09:12", None),
        ("**Rent** rose by 12 % in 2021", None),
    ],
)
def test_heads(line: str, name: str | None) -> None:
    found = head(line)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    "text",
    [
        "# Changes\n\n## Version 2, 4 May 2021\n\nFaster.\n\n## Version 1, 3 May 2021\n\nSlower.\n",
        "# Journey\n\n## Lisbon, 3 May\n\nSun.\n\n## Porto, 4 May\n\nRain.\n\n## Vigo, 5 May\n\nFog.\n",
        "# Log\n\n**Monday** · 09:12\n\nSlept.\n\n**Tuesday** · 10:10\n\nRead.\n\n**Monday** · 11:11\n\nWrote.\n",
        "# Essay\n\n" + "A paragraph of the essay itself.\n\n" * 30 + NESTED,
    ],
)
def test_what_is_dated_and_no_thread(text: str) -> None:
    assert IMPORTER.sniff(Input(text, "x.md", "x.md", text.encode())) == 0.0


@pytest.mark.parametrize("text", [NESTED, HEADED, LISTED])
def test_it_is_recognised(text: str) -> None:
    assert IMPORTER.sniff(Input(text, "x.md", "x.md", text.encode())) == 0.9


LETTERS = """Is the ferry worth it? - board, archived

---
Posted by: Lotte Vos
Date: 14 September

I propose that we sell the ferry. It runs empty in winter.

---
Posted by: Ben Aker
Date: 14 September
In reply to: Lotte Vos

It runs full in summer, and summer pays for it.

---
Posted by: Grace Holt
Date: 15 September
In reply to: Lotte Vos

A bridge would cost more than thirty winters.
"""


def test_lines_as_of_a_letter_say_who_wrote_and_whom_they_answer(read: Read) -> None:
    document = read(IMPORTER, LETTERS)[0]
    said = {document.text[b.start : b.end]: b for b in document.blocks if b.speaker}
    assert [b.speaker for b in said.values()] == ["Lotte Vos", "Ben Aker", "Grace Holt"]
    first = document.blocks.index(next(iter(said.values())))
    assert [b.parent for b in said.values()] == [None, first, first]
    assert not any("Posted by" in words for words in said)
