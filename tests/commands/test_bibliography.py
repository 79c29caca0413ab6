"""`kb bibliography`: the list of references of a manuscript."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Kb

BIB = """@article{zoe2019ponds, title = {Ponds}, author = {Zoe, Ada}, year = 2019, journal = {Pond}, doi = {10.5555/zo}}
@article{adams2014lists, title = {Lists}, author = {Adams, Bo}, year = 2014, journal = {Pond}}
@book{other2000, title = {Other}, author = {Other, Bo}, year = 2000}
"""


@pytest.fixture(autouse=True)
def _library(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "lib.bib").write_text(BIB, encoding="utf-8")
    assert kb("add", tmp_path / "lib.bib", "--no-embed").code == 0


def manuscript(tmp_path: Path, text: str, name: str = "paper.md") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def keys(ran: object) -> list[str]:
    return [one["citekey"] for one in ran.json["citations"]]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "As [@zoe2019ponds, p. 3; -@adams2014lists] say.",
        "@zoe2019ponds and @adams2014lists.",
        "[[@zoe2019ponds]] and [[adams2014lists]].",
        "See [it](https://doi.org/10.5555/zo) and @adams2014lists; `@other2000` is code.",
        '---\nnocite: "@zoe2019ponds"\n---\n@adams2014lists in @fig:ponds, a@b.example.',
    ],
)
def test_what_a_manuscript_cites_in_the_order_of_first_mention(kb: Kb, tmp_path: Path, text: str) -> None:
    ran = kb("bibliography", manuscript(tmp_path, text), "--format", "bibtex", "--json")
    assert keys(ran) == ["zoe2019ponds", "adams2014lists"]
    assert (ran.code, ran.json["unknown"]) == (0, [])


def test_text_is_sorted_as_the_style_has_it(kb: Kb, tmp_path: Path) -> None:
    paper = manuscript(tmp_path, "@zoe2019ponds @adams2014lists")
    assert kb("bibliography", paper).out.splitlines() == [
        "Adams, B. (2014). Lists. Pond.",
        "Zoe, A. (2019). Ponds. Pond. https://doi.org/10.5555/zo",
    ]
    assert kb("bibliography", paper, "--style", "ieee").out.startswith("[1] A. Zoe")


def test_unknown_keys_are_named_with_what_may_be_meant_and_the_rest_is_printed(kb: Kb, tmp_path: Path) -> None:
    ran = kb("bibliography", manuscript(tmp_path, "@zoe2019ponds\n\nand @adams2014list, @adams2014list"))
    assert ran.code == 4
    assert ran.out.startswith("Zoe, A.")
    assert ran.err.count("@adams2014list in line 3 (did you mean @adams2014lists?)") == 1
    told = kb("bibliography", manuscript(tmp_path, "@nowhere"), "--json")
    assert (told.code, told.json) == (4, {"citations": [], "unknown": [{"key": "nowhere", "line": 1, "near": []}]})


def test_a_key_with_other_capitals_is_offered_first(kb: Kb, tmp_path: Path) -> None:
    kb("edit", "other2000", "--citekey", "Adams2014lists")
    ran = kb("bibliography", manuscript(tmp_path, "@ADAMS2014LISTS @adams2014Lists"), "--json")
    for one in ran.json["unknown"]:
        assert set(one["near"][:2]) == {"Adams2014lists", "adams2014lists"}


@pytest.mark.parametrize(
    "tag", ['<img alt="@nobody2020"/>', "<a title='see [@x]' href=#>A</a>", "<p data-by=@me\n id=a>"]
)
def test_what_stands_in_an_attribute_of_html_cites_nothing(kb: Kb, tmp_path: Path, tag: str) -> None:
    ran = kb("bibliography", manuscript(tmp_path, f"The {tag} of @other2000 is 1 < 2."), "--json")
    assert (keys(ran), ran.json["unknown"]) == (["other2000"], [])


def test_latex_and_files(kb: Kb, tmp_path: Path) -> None:
    paper = manuscript(tmp_path, r"\cite{adams2014lists} % \cite{other2000}", "paper.tex")
    assert keys(kb("bibliography", paper, "--json")) == ["adams2014lists"]
    everything = manuscript(tmp_path, r"\nocite{*}", "all.tex")
    assert len(keys(kb("bibliography", everything, "--json", "--format", "ris"))) == 3
    kb("bibliography", paper, "-o", tmp_path / "refs.bib")
    assert (tmp_path / "refs.bib").read_text(encoding="utf-8").startswith("@article{adams2014lists,")
    assert kb("bibliography", tmp_path / "absent.md").code == 1


def test_an_old_citekey_still_cites(kb: Kb, tmp_path: Path) -> None:
    kb("edit", "other2000", "--citekey", "newer")
    assert keys(kb("bibliography", manuscript(tmp_path, "@other2000"), "--json")) == ["newer"]


@pytest.mark.parametrize("format", ["bibtex", "csl-json", "ris"])
def test_each_key_that_the_manuscript_cites_has_an_entry(kb: Kb, tmp_path: Path, format: str) -> None:
    kb("merge", "zoe2019ponds", "adams2014lists")
    kb("edit", "other2000", "--citekey", "newer")
    paper = manuscript(tmp_path, "@adams2014lists, @other2000, @zoe2019ponds, @adams2014lists, [[Other]]")
    ran = kb("bibliography", paper, "--format", format, "-o", tmp_path / f"{format}.out")
    written = (tmp_path / f"{format}.out").read_text(encoding="utf-8")
    assert [key for key in ("adams2014lists", "zoe2019ponds", "other2000", "newer") if key in written] == [
        "adams2014lists", "zoe2019ponds", "other2000",
    ]  # fmt: skip
    assert "@adams2014lists, @zoe2019ponds mean zoe2019ponds: an entry for each" in ran.err
    assert "@other2000 means newer: its entry has the key that is cited" in ran.err
    ran = kb("bibliography", paper, "--format", format, "--json")
    assert keys(ran) == ["adams2014lists", "zoe2019ponds", "other2000"]
    assert len(kb("bibliography", paper).out.splitlines()) == 2  # as it is printed: each source once


@pytest.mark.parametrize("format", ["text", "bibtex", "csl-json", "ris"])
def test_a_file_that_is_there_is_replaced_only_by_who_says_so_and_the_manuscript_never(
    kb: Kb, tmp_path: Path, format: str
) -> None:
    paper, out = manuscript(tmp_path, "@other2000"), tmp_path / "refs.txt"
    out.write_text("mine", encoding="utf-8")
    for verb, about in (("bibliography", paper), ("cite", "other2000")):
        refused = kb(verb, about, "--format", format, "-o", out)
        assert (refused.code, out.read_text(encoding="utf-8")) == (1, "mine")
        assert "refs.txt exists" in refused.err
        assert "--yes" in refused.err
    assert kb("bibliography", paper, "--format", format, "-o", out, "--yes").code == 0
    assert "Other" in out.read_text(encoding="utf-8")
    (tmp_path / "other.md").symlink_to(paper)
    for name in (paper, tmp_path / "other.md"):
        assert "is the file that is read" in kb("bibliography", paper, "--format", format, "-o", name, "--yes").err
    assert paper.read_text(encoding="utf-8") == "@other2000"
