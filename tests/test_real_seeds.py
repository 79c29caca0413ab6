"""The five real texts, from `kb add` to the map: what a first user has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import cli
from tests.conftest import SHARED, Kb, Ran

pytestmark = pytest.mark.real

POST = "https://www.lesswrong.com/posts/LNA8mubrByG7SFacm/against-almost-every-theory-of-impact-of-interpretability-1"
TITLE = "Against Almost Every Theory of Impact of Interpretability"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds, added in one command into an empty home."""
    path = tmp_path_factory.mktemp("seeds") / "home"
    assert cli.run(["--home", str(path), "add", str(SHARED / "seeds"), "--json"]) == 0
    return path


@pytest.fixture
def ask(home: Path, kb: Kb) -> Callable[..., Any]:
    def run(*arguments: str) -> Any:
        ran = kb(*arguments, "--json", home=home)
        assert ran.code == 0, ran.err
        return ran.json

    return run


def _only(ask: Callable[..., Any], kind: str) -> dict[str, Any]:
    (source,) = [s for s in ask("list", "--kind", kind)["sources"] if s["passages"]]
    return dict(ask("show", source["id"]))


def test_reading_notes_keep_references_entries_and_dates(ask: Callable[..., Any]) -> None:
    note = _only(ask, "note")
    assert Counter(r["kind"] for r in note["references"]) == {"url": 4, "wikilink": 3}
    assert all(r["target"] for r in note["references"])
    assert [h["text"] for h in note["outline"]["headings"]] == ["20241009", "Before 202410"]
    assert "just below can be overwhelming" in note["text"]
    assert "Â" not in note["text"]
    entries = Counter(c["about"] for c in note["outline"]["commentary"])
    assert len(entries) == 4  # three entries, and a paper praised within the commentary on one
    commented = {link["to"] for link in ask("links", note["id"])["links"] if link["to"].startswith("s")}
    by_raw = {r["raw"][:20]: r["target"] for r in note["references"]}
    assert by_raw["[Automating Auditing"] in commented
    assert by_raw["[Are Emergent Abilit"] in commented
    assert by_raw["[Against Almost Ever"] in commented


def test_archive_gives_every_post_and_comment_with_author_title_and_time(ask: Callable[..., Any]) -> None:
    sources = ask("list", "--author", "Erik Jenner")["sources"]
    kinds = Counter(s["kind"] for s in sources)
    # The file has 50 comment headers, all at different times, and 22 posts.
    assert kinds["post"] == 22
    assert kinds["comment"] == 50
    assert len({s["published"] for s in sources}) == 72
    parents = {s["id"] for s in ask("list", "--stubs")["sources"]}
    assert all(s["parent"] in parents for s in sources if s["kind"] == "comment")


def test_flattened_post_has_its_outline_its_theories_and_their_critiques(ask: Callable[..., Any]) -> None:
    post = _only(ask, "post")
    assert len(post["outline"]["headings"]) >= 20
    theories = [s for s in post["statement_list"] if s["kind"] == "theory_of_impact"]
    assert len(theories) >= 20
    attacks = ask("links", post["id"], "--relation", "attacks")["links"]
    critiques = {s["id"] for s in post["statement_list"] if s["kind"] == "critique"}
    attacked = {link["to"] for link in attacks if link["from"] in critiques}
    assert sum(t["id"] in attacked for t in theories) >= 17


def test_no_passage_is_longer_than_120_words_unless_one_sentence_is(home: Path) -> None:
    from kb.store.open import open_reader
    from kb.text import sentences

    connection = open_reader(home)
    for (text,) in connection.execute("SELECT text FROM passage WHERE kind NOT IN ('code', 'table')"):
        assert len(text.split()) <= 120 or len(sentences.split(text)) == 1, text


def test_transcript_has_turns_speakers_and_insertions_and_no_furniture(ask: Callable[..., Any]) -> None:
    debate = _only(ask, "transcript")
    turns = {t["speaker"]: t["turns"] for t in debate["outline"]["turns"]}
    assert len(turns) == 3
    assert sum(turns.values()) == 26
    assert len(debate["outline"]["insertions"]) == 4
    assert "New Comment" not in debate["text"]
    assert debate["text"].count("what do you think is wrong") == 1


def test_shortform_gives_each_take_once(ask: Callable[..., Any]) -> None:
    takes = ask("list", "--kind", "shortform")["sources"]
    assert len(takes) == 3


def test_every_span_says_what_its_quote_says(home: Path) -> None:
    from kb.store.open import open_reader

    connection = open_reader(home)
    spans = [
        "SELECT s.text, x.start, x.end, x.text FROM passage x JOIN source s ON s.rowid = x.source_rowid",
        "SELECT s.text, x.start, x.end, x.raw FROM reference x JOIN source s ON s.rowid = x.source_rowid",
        "SELECT s.text, x.start, x.end, x.quote FROM mention x JOIN source s ON s.rowid = x.source_rowid",
        "SELECT s.text, x.evidence_start, x.evidence_end, x.evidence_quote FROM link x "
        "JOIN source s ON s.rowid = x.evidence_rowid",
    ]
    for sql in spans:
        rows = connection.execute(sql).fetchall()
        assert rows
        assert all(text[start:end] == quote for text, start, end, quote in rows)


def test_check_is_clean_and_a_second_add_changes_nothing(ask: Callable[..., Any]) -> None:
    assert ask("check")["ok"]
    counts = ask("add", str(SHARED / "seeds"))["counts"]
    assert counts == {"added": 0, "updated": 0, "unchanged": 78, "failed": 0}


def _add_post(kb: Kb) -> Ran:
    (file,) = (SHARED / "seeds").glob("002*")
    return kb("add", file, "--title", TITLE, "--author", "Charbel-Raphaël", "--url", POST, "--no-embed", "--json")


@pytest.mark.parametrize("post_first", [True, False])
def test_post_link_and_file_in_the_folder_are_one_source_in_either_order(kb: Kb, post_first: bool) -> None:
    if post_first:
        _add_post(kb)
        items = kb("add", SHARED / "seeds", "--no-embed", "--json").json["items"]
        (again,) = [i for i in items if "/002" in i["target"]]
        assert again["status"] == "unchanged"
    else:
        kb("add", SHARED / "seeds", "--no-embed", "--json")
        assert _add_post(kb).json["items"][0]["status"] == "updated"
    (post,) = [s for s in kb("list", "--json").json["sources"] if s["title"] == TITLE]
    assert post["kind"] == "post"
    assert post["passages"]
    assert post["authors"] == ["Charbel-Raphaël"]
    (note,) = kb("list", "--kind", "note", "--json").json["sources"]
    links = kb("links", note["id"], "--json").json["links"]
    assert sum(link["to"] == post["id"] for link in links) >= 4
    references = kb("show", note["id"], "--json").json["references"]
    assert sum(r["target"] == post["id"] for r in references) == 1
    assert kb("check", "--json").json["ok"]
    assert kb("show", POST + "#7fNRMke9Gc4QghYyf", "--json").json["id"] == post["id"]
