"""`kb cite`: sources as citations; the citekeys that are out stay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Kb

BIB = r"""@inproceedings{roe2017frogs,
  title = {{DNA} of frogs \& toads: $O(n)$ ponds}, author = {von Roe, Jr., Ada and {Pond Institute}},
  editor = {Doe, Bo}, booktitle = {Proceedings of the Pond}, year = 2017, month = dec, pages = {3--14}, volume = 30,
  publisher = {Pond Press}, address = {Oslo}, doi = {10.5555/a_b}, abstract = {We count.}, keywords = {frogs, counting}
}
"""


@pytest.fixture
def library(kb: Kb, tmp_path: Path) -> Path:
    path = tmp_path / "lib.bib"
    path.write_text(BIB, encoding="utf-8")
    assert kb("add", path, "--no-embed").code == 0
    return path


@pytest.fixture
def post(kb: Kb, tmp_path: Path) -> str:
    path = tmp_path / "post.md"
    path.write_text("# Counting well\n\nBeginners leave half of it out.\n", encoding="utf-8")
    kb("add", path, "--author", "Ada Roe", "--date", "2022-08-09", "--url", "https://ponds.example/well", "--no-embed")
    return str(kb("show", "Counting well", "--json").json["id"])


@pytest.mark.usefixtures("library")
def test_text_is_in_the_style_that_is_asked_for(kb: Kb) -> None:
    cited = kb("cite", "roe2017frogs")
    assert cited.out == (
        "von Roe, A., Jr., & Pond Institute. (2017). DNA of frogs & toads: $O(n)$ ponds. In B. Doe (Ed.), Proceedings "
        "of the Pond (Vol. 30, pp. 3–14). Pond Press. https://doi.org/10.5555/a_b\n"
    )
    assert kb("cite", "roe2017frogs", "--style", "ieee").out.startswith("[1] A. von Roe Jr. and Pond Institute, “DNA")


@pytest.mark.usefixtures("library")
def test_json_has_id_citekey_and_text(kb: Kb) -> None:
    [one] = kb("cite", "roe2017frogs", "--format", "csl-json", "--json").json["citations"]
    assert (one["id"], one["citekey"]) == (kb("show", "roe2017frogs", "--json").json["id"], "roe2017frogs")
    item = json.loads(one["text"])
    assert item["author"][0] == {"family": "Roe", "given": "Ada", "non-dropping-particle": "von", "suffix": "Jr."}
    assert (item["container-title"], item["page"], item["publisher-place"]) == (
        "Proceedings of the Pond",
        "3-14",
        "Oslo",
    )
    assert (item["issued"], item["editor"]) == ({"date-parts": [[2017, 12]]}, [{"family": "Doe", "given": "Bo"}])
    assert (item["abstract"], item["keyword"], item["DOI"]) == ("We count.", "counting, frogs", "10.5555/a_b")


@pytest.mark.usefixtures("library")
def test_the_entry_that_came_in_goes_out(kb: Kb, tmp_path: Path) -> None:
    out = tmp_path / "out.bib"
    assert "1 citation" in kb("cite", "roe2017frogs", "-o", out).err
    text = out.read_text(encoding="utf-8")
    for field in (
        r"{DNA} of frogs \& toads: $O(n)$ ponds",
        "{von Roe, Jr., Ada and {Pond Institute}}",
        "month     = dec",
    ):
        assert field in text
    kb("--home", tmp_path / "other", "add", out, "--no-embed")
    again = kb("--home", tmp_path / "other", "cite", "roe2017frogs", "--format", "bibtex").out
    assert again == text


def test_a_post_is_online(kb: Kb, post: str) -> None:
    text = kb("cite", post, "--format", "bibtex").out
    assert text.startswith("@online{roe2022counting,")
    for field in ("  date   = {2022-08-09}", "  url    = {https://ponds.example/well}"):
        assert field in text
    assert "urldate" not in text  # kb did not fetch it
    assert "Counting well" in kb("cite", post, "--format", "ris").out


def test_people_who_are_not_named_and_an_address_go_out_as_they_came_in(kb: Kb, tmp_path: Path) -> None:
    address = "https://www.Ponds.example/a%20b/?utm_source=x#sec-2"
    entry = "@article{a, title = {Ponds}, author = {Roe, Ann and others}, year = 2019, journal = {P}, url = {URL}}\n"
    book = "@book{b, title = {Pools}, editor = {Roe, Ann and Doe, Bo and others}, year = 2019}\n"
    (tmp_path / "more.bib").write_text(entry.replace("URL", address) + book, encoding="utf-8")
    kb("add", tmp_path / "more.bib", "--no-embed")
    text = kb("cite", "a", "b", "--format", "bibtex").out
    for field in ("{Roe, Ann and others}", "{Roe, Ann and Doe, Bo and others}", "{" + address + "}"):
        assert field in text
    assert "urldate" not in text
    assert kb("cite", "a", "b").out.splitlines() == [
        f"Roe, A., et al. (2019). Ponds. P. {address}", "Roe, A., Doe, B., et al. (Eds.). (2019). Pools.",
    ]  # fmt: skip
    assert "et al., “Ponds" in kb("cite", "a", "--style", "ieee").out
    assert "others" not in kb("cite", "a", "--format", "ris").out
    other = tmp_path / "other"
    for format in ("bibtex", "csl-json"):
        out = kb("cite", "a", "b", "--format", format).out
        (tmp_path / "back").write_text(out, encoding="utf-8")
        kb("--home", other, "add", tmp_path / "back", "--no-embed")
        assert kb("--home", other, "cite", "a", "b", "--format", "bibtex").out == text
        assert kb("--home", other, "show", "a", "--json").json["authors"] == ["Ann Roe"]
    kb("edit", "a", "--url", "https://pools.example/x", "--author", "Bea Roe")
    assert kb("cite", "a").out == "Roe, B. (2019). Ponds. P. https://pools.example/x\n"


def test_what_a_person_said_of_a_source_stands_above_its_entry(kb: Kb, library: Path) -> None:
    kb("edit", "roe2017frogs", "--title", "Frogs, corrected", "--author", "Bea Roe", "--date", "2018")
    kb("add", library, "--no-embed")
    assert kb("cite", "roe2017frogs").out.startswith("Roe, B. (2018). Frogs, corrected. In B. Doe (Ed.)")


@pytest.mark.usefixtures("library")
def test_an_entry_keeps_what_it_said_when_the_text_comes(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "text.md").write_text("# Ponds\n\nWe count frogs.\n", encoding="utf-8")
    kb("add", tmp_path / "text.md", "--url", "https://doi.org/10.5555/a_b", "--no-embed")
    assert "Proceedings of the Pond (Vol. 30, pp. 3–14)" in kb("cite", "roe2017frogs").out


def test_a_statement_stands_for_the_source_it_is_from(kb: Kb, mills: list[str]) -> None:
    source = kb("statements", "--json").json["statements"][0]["mentions"][0]["source"]
    assert [one["id"] for one in kb("cite", mills[0], mills[0], "--json").json["citations"]] == [source]


@pytest.mark.usefixtures("library")
def test_filters_choose_sources(kb: Kb, post: str) -> None:
    assert [one["citekey"] for one in kb("cite", "--tag", "frogs", "--json").json["citations"]] == ["roe2017frogs"]
    assert kb("cite", "--tag", "nothing", "--json").json == {"citations": []}
    assert kb("cite").code == kb("cite", post, "--tag", "frogs").code == 2


@pytest.mark.usefixtures("library")
def test_errors_name_the_cure(kb: Kb, tmp_path: Path) -> None:
    assert "ieee" in kb("cite", "roe2017frogs", "--style", "ieeee").err
    assert kb("cite", "roe2017frogs", "--style", "ieeee").code == 2
    assert kb("cite", "roe2017frogs", "--format", "word").code == 2
    assert kb("cite", "roe2017frogs", "--format", "ris", "--style", "apa").code == 2
    assert kb("cite", "nobody2000").code == 3
    assert kb("cite", "roe2017frogs", "-o", tmp_path / "no" / "where.bib").code in (0, 1)


def test_a_citekey_follows_title_and_date_until_it_is_cited(kb: Kb, post: str) -> None:
    def citekey() -> str:
        return str(kb("show", post, "--json").json["citekey"])

    kb("edit", post, "--title", "Listing well")
    assert citekey() == "roe2022listing"
    assert kb("show", "roe2022counting", "--json").json["id"] == post  # it goes on answering
    kb("edit", post, "--date", "2023")
    assert citekey() == "roe2023listing"
    kb("cite", post)
    kb("edit", post, "--title", "Something else")
    assert citekey() == "roe2023listing"


def test_citing_is_no_command_that_could_be_undone(kb: Kb, post: str) -> None:
    kb("edit", post, "--title", "Listing well")
    kb("cite", post)
    kb("undo")
    assert kb("show", post, "--json").json["title"] == "Counting well"


@pytest.mark.parametrize("way", ["@roe2022counting", "[@roe2022counting, p. 3]", "[[@roe2022counting]]"])
def test_a_citekey_that_a_note_names_stays(kb: Kb, post: str, tmp_path: Path, way: str) -> None:
    (tmp_path / "n.md").write_text(f"I doubt what {way} says.\n", encoding="utf-8")
    kb("add", tmp_path / "n.md", "--no-embed")
    kb("edit", post, "--title", "Listing well")
    assert kb("show", post, "--json").json["citekey"] == "roe2022counting"


def test_a_citekey_that_a_vault_has_stays(kb: Kb, post: str, tmp_path: Path) -> None:
    kb("export", tmp_path / "vault")
    kb("edit", post, "--title", "Listing well")
    assert kb("show", post, "--json").json["citekey"] == "roe2022counting"


def test_a_citekey_given_by_hand_stays_and_the_old_one_answers(kb: Kb, post: str) -> None:
    kb("edit", post, "--citekey", "mine")
    kb("edit", post, "--title", "Listing well")
    assert kb("show", post, "--json").json["citekey"] == "mine"
    assert kb("show", "roe2022counting", "--json").json["id"] == post


def test_a_vault_carries_what_a_citation_needs(kb: Kb, library: Path, tmp_path: Path) -> None:
    before = kb("cite", "roe2017frogs", "--format", "csl-json").out
    kb("export", tmp_path / "vault")
    kb("--home", tmp_path / "other", "add", tmp_path / "vault", "--no-embed")
    assert kb("--home", tmp_path / "other", "cite", "roe2017frogs", "--format", "csl-json").out == before
    library.write_text(BIB.replace("3--14", "5--14"), encoding="utf-8")
    kb("add", library, "--no-embed")
    kb("sync", tmp_path / "vault")
    assert "pp. 5–14" in kb("cite", "roe2017frogs").out
