"""An entry that was corrected in its file is the same work, with all that hangs on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Kb

ENTRY = "@article{%s, title = {%s}, author = {%s}, year = 2019, journal = {Pond}%s}\n"


def _add(kb: Kb, path: Path, *entries: tuple[str, str, str, str]) -> list[str]:
    path.write_text("".join(ENTRY % entry for entry in entries), encoding="utf-8")
    ran = kb("add", path, "--no-embed", "--json")
    assert ran.code == 0
    return [item["status"] for item in ran.json["items"]]


def _titles(kb: Kb) -> dict[str, str]:
    return {one["citekey"]: one["title"] for one in kb("list", "--json").json["sources"]}


@pytest.mark.parametrize(
    ("title", "author", "more"),
    [
        ("Nesting birds", "Roe, Ann", ""),
        ("Nesting brids", "Rowe, Anna and Doe, Bo", ""),
        ("Nesting birds", "Rowe, Ann", ""),
        ("Quite another heading", "Roe, Ann", ""),
        ("Nesting birds", "Roe, Ann", ", doi = {10.5555/nest}"),
        ("Nesting birds", "Roe, Ann", ", url = {https://birds.example/nests}"),
    ],
)
@pytest.mark.parametrize("others", [(), (("k2", "Frogs", "Doe, Bo", ""),)])
def test_a_corrected_entry_is_the_same_work(
    kb: Kb, tmp_path: Path, title: str, author: str, more: str, others: tuple[tuple[str, str, str, str], ...]
) -> None:
    path = tmp_path / "lib.bib"
    _add(kb, path, ("k1", "Nesting brids", "Roe, Ann", ""), *others)
    before = kb("show", "k1", "--json").json["id"]
    kb("status", "k1", "read")
    assert _add(kb, path, ("k1", title, author, more), *others) == ["updated", *("unchanged" for _ in others)]
    shown = kb("show", "k1", "--json").json
    assert (shown["id"], shown["title"], shown["reading"]) == (before, title, "read")
    assert _titles(kb) == {"k1": title, **{key: name for key, name, *_ in others}}
    assert title in kb("cite", "k1").out
    assert _add(kb, path, ("k1", title, author, more), *others) == ["unchanged"] * (1 + len(others))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (", doi = {10.5555/nest}", ", doi = {10.5555/frogs}"),
        (", url = {https://birds.example/nests}", ", url = {https://birds.example/frogs}"),
        (", isbn = {978-0-306-40615-7}", ", isbn = {0-19-852663-6}"),
        (", eprint = {2001.00001}, archiveprefix = {arXiv}", ", eprint = {2001.00002}, archiveprefix = {arXiv}"),
    ],
)
def test_another_identifier_is_another_work(kb: Kb, tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "lib.bib"
    _add(kb, path, ("k1", "Nesting birds", "Roe, Ann", before))
    assert _add(kb, path, ("k1", "Nesting birds of Oslo", "Roe, Ann", after)) == ["added"]
    assert len(_titles(kb)) == 2


def test_a_key_that_went_to_another_work_or_stands_in_another_file_is_another_work(kb: Kb, tmp_path: Path) -> None:
    path = tmp_path / "lib.bib"
    _add(kb, path, ("k1", "Nesting birds", "Roe, Ann", ""))
    assert _add(kb, path, ("k1", "Counting frogs", "Doe, Bo", ""), ("k9", "Nesting birds", "Roe, Ann", "")) == [
        "added",
        "updated",
    ]
    assert _add(kb, tmp_path / "other.bib", ("k1", "Ponds", "Poe, Cy", "")) == ["added"]
    assert sorted(_titles(kb).values()) == ["Counting frogs", "Nesting birds", "Ponds"]


def test_what_a_person_said_of_it_stays(kb: Kb, tmp_path: Path) -> None:
    path = tmp_path / "lib.bib"
    _add(kb, path, ("k1", "Nesting brids", "Roe, Ann", ""))
    kb("edit", "k1", "--title", "My title")
    _add(kb, path, ("k1", "Nesting birds", "Roe, Ann", ""))
    assert _titles(kb) == {"k1": "My title"}


def test_the_abstract_and_the_remarks_of_a_corrected_entry_are_the_same_notes(kb: Kb, tmp_path: Path) -> None:
    path = tmp_path / "lib.bib"
    more = ", abstract = {We counted all the nests.}, annote = {I doubt the nests of the north.}"
    _add(kb, path, ("k1", "Nesting brids", "Roe, Ann", more))
    assert _add(kb, path, ("k1", "Nesting birds", "Roe, Ann", more)) == ["updated"] * 3
    assert sorted(_titles(kb).values()) == ["Abstract of Nesting birds", "Nesting birds", "Notes on Nesting birds"]


@pytest.mark.parametrize("form", ["ris", "json"])
def test_the_other_exports_too_and_two_records_of_one_key_stay_two(kb: Kb, tmp_path: Path, form: str) -> None:
    def write(*works: tuple[str, str]) -> list[str]:
        ris = "".join(f"TY  - BOOK\nID  - {key}\nTI  - {title}\nAU  - Roe, Ann\nER  - \n" for key, title in works)
        items = [{"id": k, "type": "book", "title": t, "author": [{"family": "Roe", "given": "Ann"}]} for k, t in works]
        (tmp_path / f"lib.{form}").write_text(ris if form == "ris" else json.dumps(items), encoding="utf-8")
        return [item["status"] for item in kb("add", tmp_path / f"lib.{form}", "--no-embed", "--json").json["items"]]

    write(("k1", "Nesting brids"))
    assert write(("k1", "Nesting birds")) == ["updated"]
    write(("k2", "Frogs"), ("k2", "Toads"))
    assert sorted(_titles(kb).values()) == ["Frogs", "Nesting birds", "Toads"]
