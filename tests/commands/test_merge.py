"""`kb merge`: two sources made one keep what was said, decided and linked, and stay one when they are read again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.commands.shapes import SOURCE
from tests.conftest import Kb

SAME = "I think that tide mills should be built in every small harbour."
PRICE = "I doubt that tide mills can ever be worth their price in a small harbour."
GATES = "I believe that wooden gates will last for sixty years in brackish water."
MILLER = "I believe that the miller will be paid by the harbour for his work."


@pytest.fixture
def folder(kb: Kb, tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "mills.md").write_text(f"---\ntags: [sea]\n---\n# Tide mills\n\n{SAME}\n\n{PRICE}\n\n{GATES}\n")
    (folder / "copy.md").write_text(
        f"---\ntags: [wood]\ndate: 2023-05-01\n---\n# Mills of the tide\n\n{SAME}\n\n{PRICE}\n\n{MILLER}\n"
    )
    (folder / "about.md").write_text(
        "# About\n\nSee [[copy]]. I disagree with [[Mills of the tide]], which is wrong.\n"
    )
    assert kb("add", folder, "--no-embed").code == 0
    return folder


def _id(kb: Kb, ref: str) -> str:
    return str(kb("show", ref, "--json").json["id"])


def _statement(kb: Kb, words: str, source: str) -> str:
    found = kb("statements", words, "--all", "--source", source, "--json").json["statements"]
    return str(found[0]["id"])


def _titles(kb: Kb, *options: str) -> list[str]:
    return sorted(one["title"] for one in kb("list", "--json", *options).json["sources"])


def _merge(kb: Kb, *refs: str) -> dict[str, Any]:
    ran = kb("merge", *refs, "--no-embed", "--json")
    assert ran.code == 0, ran.out + ran.err
    return dict(ran.json)


@pytest.mark.usefixtures("folder")
def test_the_first_stays_and_every_name_of_the_other_leads_to_it(kb: Kb) -> None:
    kept, gone = _id(kb, "Tide mills"), _id(kb, "Mills of the tide")
    citekey = kb("show", gone, "--json").json["citekey"]
    merged = _merge(kb, "Tide mills", gone)
    assert set(merged) >= SOURCE
    assert (merged["id"], merged["merged"]) == (kept, [gone])
    assert merged["published"] == "2023-05-01"
    assert merged["tags"] == ["sea", "wood"]
    for ref in (gone, gone[:-1], citekey, "Mills of the tide"):
        assert _id(kb, ref) == kept
    assert _titles(kb) == ["About", "Tide mills"]
    assert _titles(kb, "--state", "all") == ["About", "Tide mills"]
    assert kb("check", "--json").json["ok"]
    shown = kb("show", "About", "--json").json
    assert {one["target"] for one in shown["references"]} == {kept}
    assert len(kb("show", kept, "--json").json["backlinks"]) == 2


@pytest.mark.usefixtures("folder")
def test_decisions_credences_links_and_notes_are_those_of_the_one_that_stays(kb: Kb) -> None:
    kept, gone = _id(kb, "Tide mills"), _id(kb, "Mills of the tide")
    same, price, miller = (_statement(kb, words, gone) for words in ("built", "price", "miller"))
    kb("accept", same)
    kb("believe", price, "0.3")
    kb("reject", miller)
    claim = kb("claim", "Harbours are full.", "--attacks", same, "--json").json["id"]
    kb("note", "Read this again.", "--on", gone)
    merged = _merge(kb, kept, gone)
    assert merged["moved"][0]["one"] == 2
    said = {one["text"]: one for one in kb("statements", "--all", "--source", kept, "--json").json["statements"]}
    assert said[SAME]["status"] == "accepted"
    assert len(said[SAME]["mentions"]) == 1
    assert kb("show", same, "--json").json["id"] == said[SAME]["id"] != same
    believed = kb("beliefs", "--json").out
    assert said[PRICE]["id"] in believed
    assert price not in believed
    (attack,) = kb("links", said[SAME]["id"], "--json").json["links"]
    assert (attack["from"], attack["to"], attack["status"]) == (claim, said[SAME]["id"], "accepted")
    assert "Read this again." in kb("show", kept).out
    assert kb("show", miller, "--json").json["status"] == "rejected"


def test_what_the_text_that_stays_lacks_is_known_and_lost(kb: Kb, folder: Path) -> None:
    kept, gone = _id(kb, "Tide mills"), _id(kb, "Mills of the tide")
    miller, gates = _statement(kb, "miller", gone), _statement(kb, "gates", kept)
    kb("accept", miller)
    kb("link", miller, "supports", gates)
    assert _merge(kb, kept, gone)["moved"][0]["lost"] == 1
    assert [one["from"] for one in kb("links", gates, "--json").json["links"]] == [miller]
    assert any(one["check"] == "lost-quote" for one in kb("check", "--json").json["findings"])
    (folder / "mills.md").write_text((folder / "mills.md").read_text() + f"\n{MILLER}\n")
    kb("add", folder, "--no-embed")
    found = kb("statements", "miller", "--all", "--json").json["statements"]
    assert [(one["id"], one["status"]) for one in found] == [(miller, "accepted")]
    assert found[0]["mentions"][0]["source"] == kept


def test_reading_the_files_again_changes_nothing_and_the_text_does_not_flip(kb: Kb, folder: Path) -> None:
    kept = _merge(kb, "Tide mills", "Mills of the tide")["id"]
    text = kb("show", kept, "--json").json["text"]
    assert kb("add", folder, "--no-embed", "--json").json["counts"]["unchanged"] == 3
    (folder / "copy.md").write_text((folder / "copy.md").read_text() + "\nI think that this is new.\n")
    ran = kb("add", folder, "--no-embed", "--json").json
    assert {(item["status"], item["source"]["id"]) for item in ran["items"] if "copy" in item["target"]} == {
        ("unchanged", kept)
    }
    assert kb("show", kept, "--json").json["text"] == text
    assert _titles(kb) == ["About", "Tide mills"]
    back = kb("split", kept, "--no-embed", "--json").json["split"]
    assert "this is new" in kb("show", back[0]["id"], "--json").json["text"]
    assert kb("check", "--json").json["ok"]


def test_a_renamed_or_copied_file_of_the_other_is_still_the_one_that_stays(kb: Kb, folder: Path) -> None:
    kept = _merge(kb, "Tide mills", "Mills of the tide")["id"]
    (folder / "copy.md").rename(folder / "other.md")
    kb("add", folder, "--no-embed")
    assert _titles(kb) == ["About", "Tide mills"]
    assert _id(kb, "Mills of the tide") == kept


def test_where_its_file_is_gone_the_other_takes_over(kb: Kb, folder: Path) -> None:
    kept = _merge(kb, "Tide mills", "Mills of the tide")["id"]
    (folder / "mills.md").unlink()
    kb("add", folder, "--no-embed")
    assert kb("show", kept, "--json").json["state"] == "here"
    (folder / "copy.md").write_text("# Mills of the tide\n\nI think that only this is left.\n")
    kb("add", folder, "--no-embed")
    assert "only this is left" in kb("show", kept, "--json").json["text"]
    assert len(_titles(kb)) == 2


def test_a_stub_is_joined_to_its_source_whichever_is_named_first(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("See [[The long one]] and [[The short one]].\n")
    (tmp_path / "b.md").write_text("# A very long one\n\nI think that it is long.\n")
    kb("add", tmp_path / "a.md", tmp_path / "b.md", "--no-embed")
    source = _id(kb, "A very long one")
    ran = kb("merge", "The long one", source, "--no-embed", "--json")
    assert ran.json["id"] == source
    assert "has the text" in ran.err
    assert {one["target"] for one in kb("show", "a", "--json").json["references"]} >= {source}
    refused = kb("merge", source, "--into", "The short one")
    assert refused.code == 2
    assert f"kb merge {source}" in refused.err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("refs", [("Tide mills", "Tide mills"), ("Tide mills",)])
def test_a_source_is_not_joined_to_itself(kb: Kb, refs: tuple[str, ...]) -> None:
    assert kb("merge", *refs).code == 2


@pytest.mark.usefixtures("folder")
def test_what_hangs_on_a_source_is_not_that_source(kb: Kb) -> None:
    note = kb("note", "Read this.", "--on", "Tide mills", "--json").json["id"]
    assert "your note on" in kb("merge", "Tide mills", note).err
    kb("rm", "Mills of the tide")
    assert "kb restore" in kb("merge", "Tide mills", "Mills of the tide").err
    assert kb("merge", "Tide mills", "nothing of the kind").code == 3


@pytest.mark.usefixtures("folder")
def test_a_dry_run_says_what_moves_and_changes_nothing(kb: Kb) -> None:
    ran = kb("merge", "Tide mills", "Mills of the tide", "--dry-run")
    assert "would join" in ran.out
    assert "2 statements made one" in ran.out
    assert len(_titles(kb)) == 3


def test_several_at_once_and_one_after_the_other(kb: Kb, folder: Path) -> None:
    (folder / "third.md").write_text(f"# Third\n\n{SAME}\n\nI believe that a third text has words of its own.\n")
    kb("add", folder, "--no-embed")
    third, copy = _id(kb, "Third"), _id(kb, "Mills of the tide")
    before = {name: kb("show", name, "--json").json for name in (third, copy)}
    assert _merge(kb, third, copy)["merged"] == [copy]
    assert _merge(kb, "Tide mills", "Third")["merged"] == [third]
    assert _id(kb, copy) == _id(kb, "Tide mills")
    kb("split", third, "--no-embed")
    assert _id(kb, copy) == third
    kb("split", third, "--no-embed")
    assert {name: kb("show", name, "--json").json for name in (third, copy)} == before


@pytest.mark.usefixtures("folder")
def test_undo_takes_a_joining_back(kb: Kb) -> None:
    if kb("undo", "--help").code:
        pytest.skip("no such verb yet")
    before = kb("list", "--state", "all", "--json").json
    _merge(kb, "Tide mills", "Mills of the tide")
    assert kb("undo", "--json").code == 0
    assert kb("list", "--state", "all", "--json").json == before


def test_adding_the_address_of_the_other_meets_the_one_that_stays(kb: Kb, folder: Path) -> None:
    page = folder.parent / "page.txt"
    page.write_text(f"Tide mills, again\n\n{SAME}\n\n{PRICE}\n")
    kb("add", page, "--url", "https://example.org/mills?utm_source=x", "--title", "Again", "--no-embed")
    merged = _merge(kb, "Tide mills", "https://example.org/mills")
    assert merged["url"] == "https://example.org/mills"
    page.write_text(f"Tide mills, again\n\n{SAME}\n\n{PRICE}\n\nI think that this line is new.\n")
    ran = kb("add", page, "--url", "https://www.example.org/mills/", "--tag", "seen", "--no-embed", "--json").json
    assert [item["source"]["id"] for item in ran["items"]] == [merged["id"]]
    shown = kb("show", "https://example.org/mills", "--json").json
    assert (shown["id"], shown["title"], shown["tags"]) == (merged["id"], "Tide mills", ["sea", "seen"])
    assert "this line is new" not in shown["text"]


def test_what_a_citation_needs_is_filled_and_given_back(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text("# On tide mills\n\nI think that tide mills should be built in every harbour.\n")
    (tmp_path / "refs.bib").write_text(
        "@article{brandt2019, author={Brandt, Ada}, title={Tide mills reconsidered}, journal={Mills}, volume={7},"
        " year={2019}, doi={10.5555/mills.7}}\n"
    )
    kb("add", tmp_path, "--no-embed")
    before = kb("cite", "On tide mills", "--format", "csl-json").out
    merged = _merge(kb, "On tide mills", "10.5555/mills.7")
    assert merged["authors"] == ["Ada Brandt"]
    assert '"volume": "7"' in kb("cite", "10.5555/mills.7", "--format", "csl-json").out.replace(
        '"volume": 7', '"volume": "7"'
    )
    assert kb("add", tmp_path, "--no-embed", "--json").json["counts"]["unchanged"] == 2
    kb("split", merged["id"], "--no-embed")
    assert kb("cite", "On tide mills", "--format", "csl-json").out == before


TWO = """@article{a1, title={First ponds}, author={Roe, Ann}, year=2019, journal={Pond}}
@article{%s, title={%s}, author={Doe, Bo}, year=2020, journal={Pool}%s}
"""


@pytest.mark.parametrize(
    ("key", "title", "more"),
    [
        ("a2", "Later pools", ""),
        ("a2new", "Later pools", ""),
        ("a2", "Later pools, corrected", ""),
        ("a2", "Later pools", ", doi = {10.5555/pools}, volume = 7"),
    ],
)
def test_an_entry_that_was_joined_goes_on_telling_of_itself(
    kb: Kb, tmp_path: Path, key: str, title: str, more: str
) -> None:
    path = tmp_path / "lib.bib"
    path.write_text(TWO % ("a2", "Later pools", ""), encoding="utf-8")
    kb("add", path, "--no-embed")
    kept = _merge(kb, "a1", "a2")["id"]
    cited = kb("cite", "a1").out.replace("https://doi.org/10.5555/pools", "").strip()
    path.write_text(TWO % (key, title, more), encoding="utf-8")
    assert kb("add", path, "--no-embed").code == 0
    shown = kb("show", "a1", "--json").json
    assert (shown["id"], shown["citekey"], shown["title"], shown["published"]) == (kept, "a1", "First ponds", "2019")
    assert kb("cite", "a1").out.replace("https://doi.org/10.5555/pools", "").strip() == cited
    assert {_id(kb, ref) for ref in ("a1", "a2", key)} == {kept}
    assert _titles(kb) == ["First ponds"]
    (back,) = kb("split", "a1", "--no-embed", "--json").json["split"]
    assert (back["title"], _id(kb, "a2"), _id(kb, key)) == (title, back["id"], back["id"])
    assert _titles(kb) == sorted(["First ponds", title])


def test_words_of_a_title_are_no_order_to_join(kb: Kb, tmp_path: Path) -> None:
    for title in ("Fixed routes against free counts", "Counting herons by ear"):
        (tmp_path / f"{title}.md").write_text(f"# {title}\n\nI think that herons are best counted in spring.\n")
        kb("add", tmp_path / f"{title}.md", "--no-embed")
    refused = kb("merge", "fixed routes", "Counting herons by ear", "--no-embed", "--json")
    assert refused.code == 3
    assert refused.json["error"]["candidates"][0]["title"] == "Fixed routes against free counts"
    assert kb("merge", "fixed routes", "counting ear", "--no-embed", "--dry-run").code == 0
    assert kb("merge", "fixed routes", "counting ear", "--no-embed", "--yes").code == 0
