"""Pages and journals of Logseq: what is a fact of the page, what is text, and what only the program reads."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import choose
from importers.base import Input
from importers.texts.logseq import IMPORTER
from importers.texts.logseq_text import to_markdown
from kb.model.document import Document
from tests.importers.importer_checks import check

UUID = "64b5c1f2-1111-4222-8333-944455556666"
PAGE = f"""title:: Frog counts
alias:: census, [[night count]]
tags:: method, [[field work]]
author:: [[Ada Lindqvist]]
date:: [[Jun 8th, 2024]]
icon:: 🐸
about:: [[Ponds]]

- A count is a visit with a number. #zero
  id:: {UUID}
  collapsed:: true
  source:: [[Lindqvist 2004]]
\t- TODO [#A] ask about boats {{{{embed [[Piers]]}}}}
\t  SCHEDULED: <2024-05-02 Thu>
\t  :LOGBOOK:
\t  CLOCK: [2024-06-08 Sat 10:00:00]
\t  :END:
- {{{{query (todo TODO)}}}}
- #+BEGIN_QUOTE
  Boats are quiet.
  Frogs are not.
  #+END_QUOTE
- #+BEGIN_NOTE
  Mind the gap.
  #+END_NOTE
- ```python
  id:: not a property
  ```
- See (({UUID})) and {{{{youtube https://video.example/1}}}}
"""


def _read(text: str, path: str = "pages/Frogs") -> Document:
    source = Input(text, path.rpartition("/")[2] + ".md", f"/v/{path}.md", text.encode(), path)
    assert choose(source) is IMPORTER
    (document,) = IMPORTER.read(source)
    check(IMPORTER, document)
    return document


def test_properties_of_a_page_are_its_facts() -> None:
    page = _read(PAGE)
    assert (page.title, page.published) == ("Frog counts", "2024-06-08")
    assert page.aliases == ("census", "night count")
    assert page.tags == ("method", "field work", "zero")
    assert [one.name for one in page.authors] == ["Ada Lindqvist"]
    assert "Ponds" in {one.target for one in page.references}
    assert "icon" not in page.text


def test_bookkeeping_is_no_text_and_is_told() -> None:
    page = _read(PAGE)
    for word in ("collapsed::", "LOGBOOK", "CLOCK", "SCHEDULED", "{{query", "id:: 64", "[#A]", "#+BEGIN"):
        assert word not in page.text
    assert page.problems == ("left out: 1 date of tasks, 1 time log, 1 query",)


def test_blocks_keep_their_words_ids_and_kinds() -> None:
    page = _read(PAGE)
    found = {page.text[one.start : one.end]: one for one in page.blocks}
    first = next(one for words, one in found.items() if words.startswith("A count"))
    assert first.label == f"^{UUID}"
    assert found["TODO ask about boats ![[Piers]]"].level == 1
    assert found["Boats are quiet.\n  > Frogs are not."].kind == "quote"
    assert found["Mind the gap."].label == "note"
    assert found["id:: not a property"].kind == "code"
    assert {"https://video.example/1", f"(({UUID}))", "Lindqvist 2004"} <= {one.target for one in page.references}


@pytest.mark.parametrize(
    ("path", "title", "published"),
    [
        ("pages/Birds___Terns", "Birds/Terns", None),
        ("pages/Birds%2FTerns", "Birds/Terns", None),
        ("pages/What%3F", "What?", None),
        ("journals/2024_06_08", "2024_06_08", "2024-06-08"),
    ],
)
def test_what_a_page_is_called(path: str, title: str, published: str | None) -> None:
    page = _read("- Out there.\n", path)
    assert (page.title, page.published, page.text) == (title, published, "- Out there.\n")


@pytest.mark.parametrize(
    "text",
    [
        "key:: value of somebody else\n\nProse about frogs.\n",
        "- one\n- two [[x]]\n",
        "# Title\n\nid:: 5\n",
        "",
        "---\na: b\n---\n",
    ],
)
def test_notes_of_other_programs_are_left_to_others(text: str) -> None:
    assert choose(Input(text, "n.md", "/v/notes/n.md", b"", "notes/n")).name != "logseq"


def test_ids_stand_at_the_end_of_their_blocks() -> None:
    page = to_markdown(f"- ## Usage\n  id:: {UUID}\n\t- first\n\t  id:: {UUID[:-1]}7\n\t  second\n")
    assert page.text == f"- ## Usage\n  ^{UUID}\n\t- first\n\t  second\n\t  ^{UUID[:-1]}7\n"


_LINES = st.sampled_from(
    ["- a", "\t- b", f"  id:: {UUID}", "id:: x", "tags:: a", ":LOGBOOK:", ":END:", "#+BEGIN_QUOTE", "#+END_QUOTE",
     "- #+BEGIN_SRC py", "#+END_SRC", "```", "{{query x}}", "- {{embed [[x]]}}", "", "words", "- "]
)  # fmt: skip


@settings(max_examples=50)
@given(st.lists(_LINES | st.text(max_size=20), max_size=12))
def test_any_page_is_read_and_keeps_its_words(lines: list[str]) -> None:
    text = "\n".join(line.replace("\r", "") for line in lines)
    page = to_markdown(text)
    (document,) = IMPORTER.read(Input(text, "x.md"))
    check(IMPORTER, document)
    if not page.left:
        for word in re.findall(r"\bwords\b", text):
            assert word in page.text
