"""Embedding never holds anybody up: words find at once, what an interruption or a person left out comes later."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kb.store import embeddings, meta
from kb.store.open import open_reader, open_store
from kb.suggest import update as following
from tests.conftest import ROOT, Kb, process
from tests.exported import home_with_model

NOTES = 160


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Enough to embed that a process can be stopped in the middle."""
    made = tmp_path / "notes"
    made.mkdir()
    for number in range(NOTES):
        heron = f"I think that heron number {number} stood in pond {number + 1}"
        sentences = [f"{heron} for {hours} hours." for hours in range(1, 7)]
        (made / f"{number}.md").write_text("\n\n".join(sentences))
    return made


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return home_with_model(tmp_path / "home")


def _embedded(home: Path) -> int:
    with open_reader(home) as store:
        model = meta.get(store, meta.MODEL)
        return embeddings.count(store, model) if model else 0


def _started(home: Path, folder: Path) -> subprocess.Popen[str]:
    """A process that adds the folder and has embedded a part of it."""
    command = [sys.executable, "-m", "cli", "--home", str(home), "add", str(folder), "--json"]
    running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    while not (home / "kb.sqlite").exists() or not _embedded(home):
        assert running.poll() is None
        time.sleep(0.02)
    return running


def test_what_is_not_embedded_is_found_by_words_and_the_next_add_of_anything_embeds_it(
    kb: Kb, tmp_path: Path, home: Path
) -> None:
    (tmp_path / "a.md").write_text("Herons wade in the shallows.\n")
    (tmp_path / "b.md").write_text("Quokkas nap.\n")
    kb("add", tmp_path / "a.md", "--no-embed", home=home)
    assert len(kb("search", "herons", "--json", home=home).json["hits"]) == 1
    assert "not embedded yet" not in kb("search", "herons", "--mode", "lexical", home=home).err
    kb("add", tmp_path / "b.md", home=home)
    assert kb("search", "wading birds", "--mode", "semantic", home=home).err == "2 hits, semantic\n"


def test_adding_what_is_unchanged_embeds_what_was_left_out(kb: Kb, tmp_path: Path, home: Path) -> None:
    (tmp_path / "a.md").write_text("Herons wade in the shallows.\n")
    kb("add", tmp_path / "a.md", "--no-embed", home=home)
    ran = kb("add", tmp_path / "a.md", "--no-embed", "--json", home=home)
    assert (ran.json["counts"]["unchanged"], _embedded(home)) == (1, 0)
    ran = kb("add", tmp_path / "a.md", "--json", home=home)
    assert (ran.json["counts"]["unchanged"], _embedded(home)) == (1, 1)


def test_semantic_search_says_what_it_cannot_find(kb: Kb, tmp_path: Path, home: Path) -> None:
    (tmp_path / "a.md").write_text("Herons wade in the shallows.\n")
    (tmp_path / "b.md").write_text("Quokkas nap.\n\nQuokkas eat.\n\nI think that quokkas swim quite well.\n")
    kb("add", tmp_path / "a.md", home=home)
    kb("add", tmp_path / "b.md", "--no-embed", home=home)
    ran = kb("search", "quokkas", "--mode", "semantic", home=home)
    assert ran.err.splitlines()[0] == "3 of 4 passages are not embedded yet, and not found by meaning: kb index"
    ran = kb("search", "quokkas", "--in", "all", home=home)
    assert "3 of 4 passages and 1 of 1 statements are not embedded yet, found by words only: kb index" in ran.err


def test_an_add_without_a_model_is_made_up_for_once_there_is_one(kb: Kb, tmp_path: Path, home: Path) -> None:
    (tmp_path / "a.md").write_text("Herons wade in the shallows.\n")
    (home / "config.toml").write_text('model = "no/such-model"\n')
    ran = kb("add", tmp_path / "a.md", home=home)
    assert (ran.code, _embedded(home)) == (0, 0)
    assert "no vectors: the model 'no/such-model' is not on this machine" in ran.err
    (home / "config.toml").unlink()
    kb("add", tmp_path / "a.md", home=home)
    assert _embedded(home) == 1


def test_nothing_is_done_where_nothing_is_missing(
    kb: Kb, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text("Herons wade in the shallows.\n")
    with open_reader(home) as empty:
        assert following.is_current(empty)
    kb("add", tmp_path / "a.md", home=home)
    monkeypatch.setattr("kb.suggest.update.update", lambda *_: pytest.fail("there was nothing to do"))
    assert kb("add", tmp_path / "a.md", home=home).code == 0


def test_links_and_confidences_left_behind_are_caught_up_too(
    kb: Kb, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(f"I think that a weekly census of herons is not feasible in {name}.\n")

    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("kb.suggest.relate.update", interrupted)
        ran = kb("add", tmp_path / "a.md", tmp_path / "b.md", home=home)
    assert ran.code == 130
    assert "2 added" in ran.err
    assert ran.err.splitlines()[-1].startswith("interrupted: all is embedded, but links by meaning are not up to date")
    assert kb("links", "--json", home=home).json["links"] == []
    kb("add", tmp_path / "a.md", home=home)
    assert len(kb("links", "--json", home=home).json["links"]) == 1


def test_decisions_leave_nothing_to_embed(kb: Kb, tmp_path: Path, home: Path) -> None:
    (tmp_path / "a.md").write_text("I think that a weekly census of herons is not feasible.\n")
    kb("add", tmp_path / "a.md", home=home)
    (statement,) = kb("statements", "--all", "--json", home=home).json["statements"]
    kb("accept", statement["id"], home=home)
    with open_reader(home) as store:
        assert following.is_current(store)


def test_what_a_person_writes_is_embedded_at_once(kb: Kb, tmp_path: Path, home: Path) -> None:
    (tmp_path / "a.md").write_text("Herons wade in the shallows.\n")
    (tmp_path / "later.md").write_text("Quokkas nap.\n")
    kb("add", tmp_path / "a.md", home=home)
    kb("claim", "Herons are patient fishers", home=home)
    kb("note", "I think that this is too short.", "--on", "a", home=home)
    kb("claim", "Herons wade", "--source", "a", "--quote", "Herons wade", home=home)
    assert kb("check", "--json", home=home).json == {"ok": True, "findings": []}
    kb("add", tmp_path / "later.md", "--no-embed", home=home)
    kb("claim", "Quokkas are rare", home=home)  # and nothing else that is missing
    assert "1 text has no vector" in kb("check", home=home).out
    kb("add", tmp_path / "a.md", home=home)
    assert kb("check", "--json", home=home).json == {"ok": True, "findings": []}


def test_what_a_person_writes_waits_where_nothing_is_embedded(kb: Kb, home: Path) -> None:
    assert kb("claim", "Herons are patient fishers", home=home).err == ""
    assert _embedded(home) == 0


def test_ctrl_c_keeps_what_is_embedded_and_says_what_is_left(home: Path, folder: Path) -> None:
    running = _started(home, folder)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert json.loads(out)["counts"]["added"] == NOTES  # one document, although it was interrupted
    (line,) = [line for line in err.splitlines() if "interrupted" in line]
    told = re.match(r"interrupted: ([\d,]+) texts are not embedded yet; .*the next kb add or kb index goes on", line)
    assert told
    with open_store(home) as store:
        model = meta.get(store, meta.MODEL)
        assert model
        assert embeddings.count(store, model) > 0
        assert following.left(store) == int(told[1].replace(",", ""))
        following.update(store)
        assert following.left(store) == 0


def test_a_killed_embedding_is_resumed_by_the_next_add(home: Path, folder: Path, tmp_path: Path) -> None:
    running = _started(home, folder)
    running.kill()
    running.communicate()
    before = _embedded(home)
    with open_reader(home) as store:
        assert following.left(store) > 0
    (tmp_path / "one.md").write_text("Quokkas nap.\n")
    ran = process(home, "add", str(tmp_path / "one.md"))
    assert ran.returncode == 0
    assert _embedded(home) > before
    assert json.loads(process(home, "check", "--json").stdout) == {"ok": True, "findings": []}


def test_an_index_that_is_stopped_says_what_is_left(
    kb: Kb, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text("Herons wade in the shallows.\n")
    kb("add", tmp_path / "a.md", "--no-embed", home=home)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kb.vectors.embed.bulk.embed", interrupted)
    ran = kb("index", home=home)
    assert ran.code == 130
    assert ran.err == (
        "interrupted: 1 text is not embedded yet; what was done is kept, and the next kb add or kb index goes on\n"
    )
