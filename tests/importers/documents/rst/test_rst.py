"""reStructuredText: its forms as Markdown, what only Sphinx knows by its form, nothing run and nothing else read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.base import Input
from importers.documents.rst.convert import IMPORTER
from kb.errors import KbError
from kb.model.document import Document
from tests.conftest import Kb
from tests.importers.importer_checks import check


def read(text: str) -> Document:
    (document,) = IMPORTER.read(Input(text, "counting.rst", "counting.rst", text.encode()))
    check(IMPORTER, document)
    return document


def test_the_title_and_what_stands_below_it() -> None:
    text = (
        "Blank squares\n=============\n\n:Author: Ada Moss\n:Date: 2024-05-01\n:Tags: ponds, frogs\n\n"
        "One\n---\n\nFrogs.\n\nBy day\n~~~~~~\n\nMore.\n"
    )
    found = read(text)
    assert (found.title, found.published, set(found.tags)) == ("Blank squares", "2024-05-01", {"ponds", "frogs"})
    assert [one.name for one in found.authors] == ["Ada Moss"]
    assert found.text == "# One\n\nFrogs.\n\n## By day\n\nMore."


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("*a* **b** ``c`` :sup:`d` `site <https://a.example>`_", "*a* **b** `c` ^d^ [site](https://a.example)"),
        ("Nine [#x]_ and [Moss2024]_.\n\n.. [#x] Summers.\n.. [Moss2024] Ada Moss.",
         "Nine [^1] and [^Moss2024].\n\n[^1]: Summers.\n\n[^Moss2024]: Ada Moss."),
        ("So :math:`x_1 < 2`.\n\n.. math::\n\n   y = 1", "So $x_1 < 2$.\n\n$$\ny = 1\n$$"),
        (".. code-block:: python\n\n   f(1)", "```python\nf(1)\n```"),
        ("Like so::\n\n   f(1)", "Like so:\n\n```\nf(1)\n```"),
        (".. note:: A zero.", "> **Note**\n>\n> A zero."),
        ("Said:\n\n   A zero is one.\n\n   -- Ada", "Said:\n\n> A zero is one.\n>\n> Ada"),
        ("Here:\n\n  - one\n  - two", "Here:\n\n- one\n- two"),
        ("====  =====\npond  frogs\n====  =====\na     9\n====  =====", "| pond | frogs |\n| --- | --- |\n| a | 9 |"),
        ("frog\n   An animal.", "frog\n\nAn animal."),
        ("See :doc:`routes/lot`, :doc:`the other <../other>`.", "See [lot](./routes/lot), [the other](../other)."),
        ("See :ref:`counting <c>` and :class:`~kb.Pond`, :cite:t:`moss2024,lind`.",
         "See counting and `Pond`, [@moss2024; @lind]."),
        ("By :rfc:`5335`.", "By [RFC 5335](https://datatracker.ietf.org/doc/html/rfc5335)."),
        (".. toctree::\n   :maxdepth: 2\n\n   one\n   Two <sub/two>\n   */all", "- [one](./one)\n- [Two](./sub/two)"),
        (".. versionadded:: 2.0\n   Lots.", "> **New 2.0**\n>\n> Lots."),
        ("| one\n| two", "one\ntwo"),
    ],
)  # fmt: skip
def test_forms(written: str, read_as: str) -> None:
    assert read(written).text == read_as


def test_what_is_left_out_is_counted_and_words_of_unknown_directives_stay() -> None:
    found = read(
        "Frogs.\n\n.. image:: a.png\n\n.. raw:: html\n\n   <b>x</b>\n\n.. include:: /etc/passwd\n\n.. a remark\n\n"
        ".. whatever:: x\n   :opt: 1\n\n   Kept words.\n\n.. autoclass:: kb.Pond\n"
    )
    assert found.text == "Frogs.\n\nKept words."
    assert set(found.problems[0].removeprefix("left out: ").split(", ")) == {
        "1 picture", "1 raw block", "1 included file", "1 comment", "1 form of the directive whatever",
        "1 directive autoclass",
    }  # fmt: skip


def test_no_other_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("a,hidden word", encoding="utf-8")
    path = tmp_path / "secret.txt"
    text = f".. include:: {path}\n\n.. csv-table:: t\n   :file: {path}\n\n.. literalinclude:: {path}\n\nFrogs.\n"
    assert "hidden word" not in read(text).text


def test_links_between_texts_of_a_folder_lead_there(kb: Kb, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "one.rst").write_text("One\n===\n\nSee :doc:`two`.\n", encoding="utf-8")
    (folder / "two.rst").write_text("Two\n===\n\nFrogs.\n", encoding="utf-8")
    assert kb("add", folder, "--no-embed").code == 0
    assert [one["title"] for one in kb("show", "Two", "--json").json["backlinks"]] == ["One"]


def test_nothing_in_it_is_one_error() -> None:
    with pytest.raises(KbError, match="no text"):
        read(".. a remark\n")


SIGNS = st.sampled_from(["*", "`", ":doc:`a`", ".. note::", "::", "\n", "\n\n", "  ", "===", "---", "[1]_", "|a|",
                         "a", "_", "- ", "+--+", ".. [1] ", "..", ":a: b", "\\", "<a>", "1. "])  # fmt: skip


@settings(max_examples=50)
@given(st.lists(SIGNS, max_size=30).map("".join))
def test_signs_in_any_order_are_read_or_refused(text: str) -> None:
    try:
        read(text + "\n\nFrogs.")
    except KbError:
        return


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (".. math::\n   :label: a\n\n   x = 1\n", "$$\nx = 1\n$$"),
        (".. code-block:: python\n   :linenos:\n   :emphasize-lines: 2\n\n   x = 1\n", "```python\nx = 1\n```"),
        (".. Code:: python\n   :number-lines: 4\n\n   y = 2\n", "```python\ny = 2\n```"),
        (".. code-block:: c\n   :caption: Frogs\n\n   y;\n", "**Frogs**\n\n```c\ny;\n```"),
        (".. note::\n   :collapsible:\n\n   Frogs.\n", "> **Note**\n>\n> Frogs."),
        (".. table:: Frogs\n   :nowrap:\n\n   == ==\n   a  b\n   == ==\n   1  2\n   == ==\n", "Frogs\n\n| a | b |"),
        (".. figure:: x.png\n   :align: nowhere\n\n   Frogs.\n", "Frogs."),
    ],
)
def test_a_directive_says_what_it_says_whatever_options_sphinx_gives_it(written: str, kept: str) -> None:
    assert kept in read(f"Ponds\n=====\n\nOne.\n\n{written}\nTwo.\n").text


@pytest.mark.parametrize(
    "written",
    [
        ".. list-table::\n\n   * - frogs\n     - b\n   * - c\n",
        '.. csv-table:: Broken\n\n   "frogs", "2\n   3, 4, 5\n',
        ".. csv-table:: frogs\n   :file: some.csv\n",
        "=== ==\nfrogs   b\n1\ntoolong   x\n=== ==\n",
    ],
)
def test_what_is_broken_is_kept_as_it_stands_and_counted(written: str) -> None:
    found = read(f"Ponds\n=====\n\nOne.\n\n{written}\nTwo.\n")
    assert "frogs" in found.text
    assert "Two." in found.text
    assert any("form of a broken" in problem for problem in found.problems)


def test_a_lone_heading_below_the_title_is_one() -> None:
    found = read("Ponds\n=====\n\nFrogs\n-----\n\nOne.\n\nBy day\n~~~~~~\n\nTwo.\n")
    assert (found.title, found.text) == ("Ponds", "# Frogs\n\nOne.\n\n## By day\n\nTwo.")


@pytest.mark.parametrize("title", ["Ponds\n=====\n", "=====\nPonds\n=====\n"])
def test_fields_above_the_title_are_facts(title: str) -> None:
    found = read(f":orphan:\n:author: Ada Moss\n\n{title}\nOne.\n")
    assert (found.title, [one.name for one in found.authors], found.text) == ("Ponds", ["Ada Moss"], "One.")
