"""Org: its forms as Markdown, what is no text left out and counted, links between the pages of a folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.base import Input
from importers.documents.org.convert import IMPORTER
from kb.model.document import Document
from tests.conftest import Kb
from tests.importers.importer_checks import check


def read(text: str, name: str = "counting.org") -> Document:
    (document,) = IMPORTER.read(Input(text, name, name, text.encode()))
    check(IMPORTER, document)
    return document


def test_what_a_page_says_of_itself() -> None:
    found = read(
        ":PROPERTIES:\n:ID: 11111111-2222-4333-8444-555555555555\n:ROAM_ALIASES: \"Empty squares\" zeros\n"
        ":ROAM_REFS: @moss2024 https://ponds.example\n:END:\n#+title: Blank squares\n#+author: Ada Moss\n"
        "#+date: [2024-05-01 Wed]\n#+filetags: :ponds:frogs:\n\nText.\n\n"
        "* Head\n:PROPERTIES:\n:ID: abc-1\n:END:\nMore.\n"
    )  # fmt: skip
    assert (found.title, found.published, found.tags) == ("Blank squares", "2024-05-01", ("ponds", "frogs"))
    assert [one.name for one in found.authors] == ["Ada Moss"]
    assert found.aliases == ("Empty squares", "zeros")
    assert found.addresses == ("11111111-2222-4333-8444-555555555555", "abc-1")
    assert found.text == "[@moss2024] <https://ponds.example>\n\nText.\n\n# Head\n\nMore."


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("*b* /i/ _u_ =v*= ~c~ +s+ a*b*c 2*3*4", "**b** *i* *u* `v*` `c` ~~s~~ a\\*b\\*c 2\\*3\\*4"),
        ("and/or, /usr/bin/x and a_b_c", "and/or, /usr/bin/x and a_b_c"),
        ("x^{2} \\alpha $n > 0$ \\(y\\) costs $5 and $6", "x^2^ α $n > 0$ $y$ costs \\$5 and \\$6"),
        ("\\begin{equation}\nx = 1\n\\end{equation}\n\n\\begin{align}\na &= b\n\\end{align}",
         "$$\nx = 1\n$$\n\n$$\n\\begin{align}\na &= b\n\\end{align}\n$$"),
        ("[[https://a.example][here]] https://b.example. [[file:x y.org::*Head][x]]",
         "[here](https://a.example) <https://b.example>. [x](./x%20y#Head)"),
        ("Nine[fn:1] and[fn:: said /here/].\n\n[fn:1] Summers.\nGo on.",
         "Nine[^1] and[^2].\n\n[^1]: Summers. Go on.\n\n[^2]: said *here*"),
        ("[cite:@moss2024; see @lind p. 3] cite:dee,eve", "[@moss2024; @lind] [@dee; @eve]"),
        ("- one\n  - in it\n    more\n- [X] two\n- [ ] three", "- one\n  - in it more\n- [x] two\n- [ ] three"),
        ("1. one\n2) two", "1. one\n2. two"),
        ("- frog :: An animal.", "frog\n\nAn animal."),
        ("| pond | frogs |\n|------+-------|\n| a | 9 |\n#+TBLFM: x", "| pond | frogs |\n| --- | --- |\n| a | 9 |"),
        ("#+begin_src python -n\nf(1)\n#+end_src\n: fixed", "```python\nf(1)\n```\n\n```\nfixed\n```"),
        ("#+BEGIN_QUOTE\nA zero\nis one.\n#+END_QUOTE", "> A zero is one."),
        ("#+begin_verse\none\ntwo\n#+end_verse", "one\ntwo"),
        ("#+begin_note\nMind.\n#+end_note", "> **Note**\n>\n> Mind."),
        ("* TODO [#A] Count [1/3] :ponds:\nSCHEDULED: <2024-06-01 Sat>\n** Day\nText.", "# Count\n\n## Day\n\nText."),
        ("a\n-----\nb", "a\n\n* * *\n\nb"),
    ],
)  # fmt: skip
def test_forms(written: str, read_as: str) -> None:
    assert read(written).text == read_as


def test_what_is_left_out_is_counted() -> None:
    found = read(
        "* One\n:LOGBOOK:\nCLOCK: [2024-05-01 Wed 10:00]\n:END:\nText {{{x(1)}}}.\n# a remark\n[[file:a.png]]\n"
        "#+INCLUDE: \"b.org\"\n#+begin_export html\n<b>\n#+end_export\n* COMMENT Two\nHidden.\n** In it\n"
        "Hidden.\n* Three :noexport:\nHidden.\n* Four\nSeen.\n"
    )  # fmt: skip
    assert found.text == "# One\n\nText .\n\n# Four\n\nSeen."
    assert set(found.problems[0].removeprefix("left out: ").split(", ")) == {
        "1 drawer", "1 macro", "1 comment", "1 picture or attached file", "1 included file", "1 raw block",
        "2 hidden sections",
    }  # fmt: skip


def test_links_between_pages_lead_there(kb: Kb, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    (folder / "sub").mkdir(parents=True)
    head = ":PROPERTIES:\n:ID: 11111111-2222-4333-8444-555555555555\n:END:\n#+title: Two\n"
    (folder / "two.org").write_text(f"{head}Frogs.\n", encoding="utf-8")
    links = {"by file": "[[file:../two.org][x]]", "by id": "[[id:11111111-2222-4333-8444-555555555555][x]]",
             "by path": "[[../two.org]]"}  # fmt: skip
    for name, link in links.items():
        (folder / "sub" / f"{name}.org").write_text(f"See {link}.\n", encoding="utf-8")
    assert kb("add", folder, "--no-embed").code == 0
    assert {one["title"] for one in kb("show", "Two", "--json").json["backlinks"]} == set(links)


def test_an_empty_page_is_an_empty_note() -> None:
    assert read("#+title: Later\n").title == "Later"


SIGNS = st.sampled_from(
    ["*", "* ", "/", "=", "[[a]]", "[fn:1]", "[fn:1:", "]", "#+begin_quote\n", "#+end_quote\n", "\n", "\n\n", "  ",
     "- ", "1. ", "| a |", "|-|", ":a:", ":END:\n", "$", "\\(", "\\[", "a", " :: ", "#+title: x", "@@a:", "{{{",
     "cite:a",
     "<<a>>", "\\begin{a}", "src_a{b}", "^{a}"]
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(SIGNS, max_size=40).map("".join))
def test_signs_in_any_order_are_read(text: str) -> None:
    read(text)


def test_what_other_habits_write() -> None:
    found = read(
        "#+title: Frogs\n#+author: Ada Moss and Ben Reed\n#+todo: READ(r) SKIM | GONE(g@/!)\n"
        '#+roam_alias: "Pond frogs" toads\n#+roam_tags: ponds\n\n'
        "* READ Counting\nSee <https://a.example> and [[https://b.example]].\n\n"
        "#+caption: How many *frogs*\n| Name | N |\n|------+---|\n| <l>  | <r10> |\n| /    | < |\n| a    | 3 |\n\n"
        "#+begin_src org\n,* Not a heading\n,#+title: x\n#+end_src\n* GONE away\n"
    )
    assert [one.name for one in found.authors] == ["Ada Moss", "Ben Reed"]
    assert (found.aliases, found.tags) == (("Pond frogs", "toads"), ("ponds",))
    assert found.text == (
        "# Counting\n\nSee <https://a.example> and <https://b.example>.\n\nHow many **frogs**\n\n"
        "| Name | N |\n| --- | --- |\n| a | 3 |\n\n```org\n* Not a heading\n#+title: x\n```\n\n# away"
    )


def test_emphasis_goes_over_one_end_of_a_line() -> None:
    assert read("*Bold\nover* lines").text == "**Bold over** lines"


@pytest.mark.parametrize(
    "hostile",
    [
        " *a /b =c ~d" * 4_000,
        "".join(f"#+begin_x{number}\n" for number in range(10_000)),
        ":A:\n" * 20_000,
        "\\( a " * 20_000,
        "\\begin{a}\n" * 20_000,
        "[[a][b " * 10_000,
    ],
)
def test_what_is_never_closed_comes_to_an_end(hostile: str) -> None:
    """Each of them took time by the square of its length."""
    assert len(read(f"Frogs.\n\n{hostile}").text) >= len(hostile) / 2
