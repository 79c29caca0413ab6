"""From a DOI, an ISBN or an OpenAlex id on the command line to the store: what is there is completed, never doubled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.web import catalogue
from tests.conftest import Kb
from tests.importers.web.arxiv import arxiv_server as arxiv
from tests.importers.web.catalogues import ROUTES, hosts
from tests.importers.web.web_server import Server, serve

BIB = """@article{moss19, title = {Counting {Rana} Frogs in Ponds}, author = {Moss, Ada}, year = 2019,
  doi = {10.1000/XYZ}}
"""


@pytest.fixture(autouse=True)
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    papers = {arxiv.QUERY: arxiv.feed(arxiv.entry()), arxiv.PAPER: arxiv.html()}
    with serve(ROUTES | papers) as running:
        told = hosts(running) | arxiv.options(running).endpoints
        monkeypatch.setenv("KB_ENDPOINTS", ",".join(f"{host}={base}" for host, base in told.items()))
        yield running


@pytest.fixture
def add(kb: Kb) -> Any:
    def run(*arguments: str | Path) -> list[tuple[str, dict[str, Any]]]:
        ran = kb("add", *arguments, "--allow-private", "--no-embed", "--json")
        assert ran.code == 0, ran.out + ran.err
        return [(item["status"], item["source"]) for item in ran.json["items"]]

    return run


def test_each_kind_of_id_is_a_target_and_a_ref(kb: Kb, add: Any) -> None:
    added = add("10.1000/xyz", "isbn:0306406152")
    assert [status for status, _ in added] == ["added", "added"]
    paper, book = (source["id"] for _, source in added)
    assert [source["citekey"] for _, source in added] == ["moss2019counting", "moss1980ponds"]
    for ref in ("10.1000/XYZ", "doi:10.1000/xyz", "https://doi.org/10.1000/xyz"):
        assert kb("show", ref, "--json").json["id"] == paper
    for ref in ("isbn:9780306406157", "0-306-40615-2", "https://openlibrary.org/isbn/0306406152"):
        assert kb("show", ref, "--json").json["id"] == book
    ((status, known),) = add("https://openalex.org/W2741809807")
    assert (status, known["id"]) == ("updated", paper)
    assert kb("show", "W2741809807", "--json").json["id"] == paper
    assert len(kb("list", "--json").json["sources"]) == 2
    assert {status for status, _ in add("10.1000/xyz", "978-0-306-40615-7", "W2741809807")} == {"unchanged"}
    assert kb("check", "--json").json["ok"]


def test_what_a_bibliography_told_of_is_completed_and_stays_as_it_was_told(kb: Kb, add: Any, tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(BIB)
    ((_, listed),) = add(tmp_path / "a.bib")
    dry = kb("add", "10.1000/xyz", "--dry-run", "--json").json["items"]
    assert [(item["status"], item["source"]["id"]) for item in dry] == [("updated", listed["id"])]
    ((status, found),) = add("10.1000/xyz")
    assert (status, found["id"], found["citekey"]) == ("updated", listed["id"], "moss19")
    assert (found["title"], found["published"]) == ("Counting Rana Frogs in Ponds", "2019-03-04")
    assert found["passages"] == 2
    assert [status for status, _ in add("10.1000/xyz", tmp_path / "a.bib")] == ["unchanged", "unchanged"]
    (tmp_path / "a.bib").write_text(BIB.replace("2019", "2019, keywords = {ponds}"))
    ((_, again),) = add(tmp_path / "a.bib")
    assert (again["tags"], again["passages"], again["published"]) == (["ponds"], 2, "2019-03-04")
    assert len(kb("list", "--json").json["sources"]) == 1


def test_a_book_of_a_bibliography_is_known_by_its_number_and_volumes_of_a_set_stay_apart(
    kb: Kb, add: Any, tmp_path: Path
) -> None:
    book = "@{}{{{}, title = {{{}}}, author = {{Moss, Ada}}, isbn = {{0-306-40615-2, 978-0-8044-2957-3}}}}\n"
    entries = [("book", "ponds", "Ponds"), ("book", "two", "Ponds, volume 2"), ("incollection", "part", "Mud")]
    (tmp_path / "a.bib").write_text("".join(book.format(*one) for one in entries))
    listed = {source["citekey"]: source["id"] for _, source in add(tmp_path / "a.bib")}
    assert len(listed) == 3
    assert kb("show", "978-0-306-40615-7", "--json").json["id"] == listed["ponds"]
    assert kb("show", "isbn:080442957X", "--json").json["id"] == listed["ponds"]
    ((status, found),) = add("isbn:0306406152")
    assert (status, found["id"], found["title"]) == ("updated", listed["ponds"], "Ponds")
    assert add("isbn:0306406152")[0][0] == "unchanged"
    with (tmp_path / "a.bib").open("a") as file:
        file.write("% read again\n")
    again = {source["citekey"]: status for status, source in add(tmp_path / "a.bib")}
    assert (again["two"], again["part"]) == ("unchanged", "unchanged")


def test_a_stub_becomes_the_work_and_links_lead_to_it(kb: Kb, add: Any, tmp_path: Path) -> None:
    (tmp_path / "n.md").write_text("# N\n\nSee [the count](https://doi.org/10.1000/xyz) of frogs in ponds.\n")
    add(tmp_path / "n.md")
    (stub,) = kb("list", "--kind", "stub", "--json").json["sources"]
    ((status, found),) = add("doi:10.1000/xyz")
    assert (status, found["id"], found["kind"]) == ("added", stub["id"], "paper")
    assert kb("list", "--kind", "stub", "--json").json["sources"] == []
    assert len(kb("show", stub["id"], "--json").json["backlinks"]) == 1


def test_an_abstract_takes_the_place_of_no_text_and_a_text_that_of_an_abstract(
    kb: Kb, add: Any, tmp_path: Path
) -> None:
    whole = "# Counting\n\nI think that ponds should be counted in spring.\n\nWe argue that frogs matter."
    (tmp_path / "w.md").write_text(whole)
    first = add("10.1000/xyz")[0][1]["id"]
    kb("claim", "Frogs count.", "--source", first, "--quote", "Ponds hold")
    assert add(tmp_path / "w.md", "--url", "https://doi.org/10.1000/xyz")[0][0] == "updated"
    text = kb("show", first, "--json").json["text"]
    assert "counted in spring" in text
    add("W2741809807")
    assert add("10.1000/xyz")[0][0] == "unchanged"
    assert kb("show", "W2741809807", "--json").json["text"] == text
    assert len(kb("list", "--kind", "paper,note", "--json").json["sources"]) == 1


def test_a_doi_of_arxiv_is_the_paper_of_arxiv(kb: Kb, add: Any) -> None:
    ((_, paper),) = add("https://doi.org/10.48550/arXiv.2405.01234")
    assert paper["external_ids"]["arxiv"] == "2405.01234"
    assert "Routes" in kb("show", "10.48550/arxiv.2405.01234", "--json").json["text"]


def test_a_person_says_what_it_is_called_and_failures_are_told_one_by_one(kb: Kb, add: Any) -> None:
    ((_, book),) = add("isbn:0306406152", "--title", "Wet places", "--author", "A. M.", "--tag", "ponds")
    assert (book["title"], book["authors"], book["tags"]) == ("Wet places", ["A. M."], ["ponds"])
    ran = kb("add", "10.1000/none", "isbn:0306406153", "10.5072/pond", "--allow-private", "--no-embed", "--json")
    assert ran.code == 4
    assert [item["status"] for item in ran.json["items"]] == ["failed", "failed", "added"]
    assert all(item["error"]["hint"] for item in ran.json["items"][:2])


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("Plain words.\nOn two lines.\n\nAnd 3 < 4 & more.", "Plain words. On two lines.\n\nAnd 3 < 4 & more."),
        ("<p>Abstract: none.</p>", "Abstract: none."),
        ("<jats:p>One.</jats:p><jats:p>Two &amp; three.</jats:p>", "One.\n\nTwo & three."),
        ("&lt;jats:p&gt;Twice &amp;amp; escaped.&lt;/jats:p&gt;", "Twice & escaped."),
        ("ABSTRACT\n\nThe frogs.", "The frogs."),
        ("<b>Abstract</b><p>The frogs.</p>", "The frogs."),
        ("Is a<b a pond?", "Is a<b a pond?"),
        ("", ""),
    ],
)
def test_abstracts_come_in_many_forms(given: str, text: str) -> None:
    assert catalogue._text(given) == text


@given(st.text("<>/&;jats:pbi \n") | st.text())
def test_no_abstract_breaks_anything(given: str) -> None:
    catalogue._text(given)
