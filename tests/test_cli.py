"""The command line's contract: verbs, JSON shapes, exit codes, errors with their cure."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Kb

EXAMPLES = ROOT / "examples"
SOURCE = {"id", "citekey", "kind", "title", "authors", "url", "published", "added", "parent", "external_ids", "tags",
          "passages", "statements"}  # fmt: skip
STATEMENT = {"id", "kind", "text", "status", "basis", "confidence", "mentions"}
LINK = {"id", "from", "to", "relation", "basis", "status", "score", "evidence"}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example corpus in a home, with vectors."""
    import cli

    home = tmp_path_factory.mktemp("corpus") / "home"
    assert cli.run(["--home", str(home), "add", str(EXAMPLES)]) == 0
    return home


def _json(kb: Kb, home: Path, *arguments: str | Path) -> Any:
    ran = kb(*arguments, "--json", home=home)
    assert ran.code == 0, ran.err + ran.out
    return ran.json


def test_list_and_show_have_the_shapes_of_the_interface(kb: Kb, corpus: Path) -> None:
    sources = _json(kb, corpus, "list")["sources"]
    assert {s["kind"] for s in sources} >= {"note", "post", "comment", "transcript", "shortform"}
    assert all(set(s) >= SOURCE for s in sources)
    for wanted in [s for s in sources if s["passages"]][:6]:
        shown = _json(kb, corpus, "show", wanted["id"])
        assert set(shown) >= SOURCE | {"text", "references", "backlinks", "statement_list"}
        for statement in shown["statement_list"]:
            assert set(statement) >= STATEMENT
            for mention in statement["mentions"]:
                if mention["source"] == shown["id"]:
                    assert shown["text"][mention["start"] : mention["end"]] == mention["quote"]
        for reference in shown["references"]:
            assert shown["text"][reference["start"] : reference["end"]] == reference["raw"]


def test_search_and_similar_have_the_shapes_of_the_interface(kb: Kb, corpus: Path) -> None:
    for where in ("passages", "statements", "all"):
        found = _json(kb, corpus, "search", "what does the evidence say?", "--in", where, "--explain")
        assert found["mode"] == "hybrid"
        assert found["hits"]
        for number, hit in enumerate(found["hits"], 1):
            assert hit["rank"] == number
            assert set(hit) >= {"rank", "score", "type", "id", "text", "source", "locator", "explain"}
            assert set(hit["source"]) >= {"id", "citekey", "kind", "title", "authors", "url", "published"}
            assert set(hit["locator"]) >= {"heading", "speaker", "start", "end"}
    first = _json(kb, corpus, "search", "evidence")["hits"][0]
    near = _json(kb, corpus, "similar", first["id"], "--elsewhere")["hits"]
    assert near
    assert _json(kb, corpus, "show", first["id"])["id"] == first["source"]["id"]  # a passage is shown in its source
    assert all(hit["source"]["id"] != first["source"]["id"] for hit in near)
    assert _json(kb, corpus, "similar", "--text", "a sentence about measuring")["hits"]


@pytest.mark.parametrize(
    "query", ["multi-agent", "20.04", '"quoted', "C++", "@x", "", "the of", "NEAR(", "a AND", "*", "🤷"]
)
def test_any_text_is_a_legal_query(kb: Kb, corpus: Path, query: str) -> None:
    ran = kb("search", "--json", "--", query, home=corpus)
    assert ran.code == 0, ran.err
    assert isinstance(ran.json["hits"], list)


def test_statements_links_and_maps_have_the_shapes_of_the_interface(kb: Kb, corpus: Path) -> None:
    statements = _json(kb, corpus, "statements")["statements"]
    assert statements
    assert all(set(s) >= STATEMENT and s["mentions"] for s in statements)
    assert {s["status"] for s in statements} == {"suggested"}
    links = _json(kb, corpus, "links")["links"]
    assert {link["relation"] for link in links} >= {"attacks", "supports", "related"}
    assert all(set(link) >= LINK for link in links)
    assert all(link["relation"] == "related" for link in links if link["basis"] == "embedding")
    drawn = _json(kb, corpus, "map")
    assert set(drawn) >= {"nodes", "edges", "hidden"}
    assert all(set(node) >= {"id", "kind", "text", "source", "quote", "url"} for node in drawn["nodes"])
    names = {node["id"] for node in drawn["nodes"]}
    assert all(edge["from"] in names and edge["to"] in names for edge in drawn["edges"])


@pytest.mark.parametrize("format_", ["tree", "json", "markdown", "mermaid", "dot", "svg", "html", "argdown"])
def test_every_map_format_is_drawn_and_written(kb: Kb, corpus: Path, tmp_path: Path, format_: str) -> None:
    out = tmp_path / "map"
    assert kb("map", "--format", format_, "-o", out, home=corpus).code == 0
    assert out.stat().st_size > 100
    assert kb("map", "--format", format_, home=corpus).out.strip()


def test_filters_narrow_and_an_empty_result_is_no_error(kb: Kb, corpus: Path) -> None:
    assert _json(kb, corpus, "list", "--kind", "paper") == {"sources": []}
    assert _json(kb, corpus, "statements", "--author", "Nobody At All") == {"statements": []}
    notes = _json(kb, corpus, "list", "--kind", "note,transcript", "-n", "1")["sources"]
    assert len(notes) == 1
    critiques = _json(kb, corpus, "statements", "--kind", "critique")["statements"]
    assert {s["kind"] for s in critiques} == {"critique"}


def test_a_query_for_statements_leaves_out_before_it_cuts(kb: Kb, corpus: Path) -> None:
    """The best hit that is shown is found however many better ones are not."""
    ranked = _json(kb, corpus, "statements", "records", "--all", "-n", "50")["statements"]
    unanswered = _json(kb, corpus, "statements", "--unanswered")["statements"]
    best = next(s["id"] for s in ranked if s["id"] in {u["id"] for u in unanswered})
    assert ranked[0]["id"] != best
    assert [s["id"] for s in _json(kb, corpus, "statements", "records", "--unanswered", "-n", "1")["statements"]] == [
        best
    ]


def test_a_person_judges_and_writes(kb: Kb, tmp_path: Path) -> None:
    text = tmp_path / "a.md"
    text.write_text("I think that small samples should not be trusted at all.\n")
    kb("add", text, "--no-embed")
    (found,) = kb("statements", "--json").json["statements"]
    claim = kb("claim", "Small samples can be fine.", "--attacks", found["id"][:5], "--json").json
    assert set(claim) >= STATEMENT
    assert (claim["status"], claim["basis"]) == ("accepted", "authored")
    (link,) = kb("links", claim["id"], "--json").json["links"]
    assert (link["from"], link["relation"], link["to"], link["status"]) == (
        claim["id"], "attacks", found["id"], "accepted",
    )  # fmt: skip
    assert kb("accept", found["id"], "--json").json["statements"][0]["status"] == "accepted"
    assert kb("reject", link["id"], "--json").json["links"][0]["status"] == "rejected"
    assert kb("links", "--json").json["links"] == []
    again = kb("link", claim["id"], "attacks", found["id"], "--json").json["links"][0]
    assert (again["id"], again["status"]) == (link["id"], "accepted")
    source = kb("list", "--kind", "note", "--json").json["sources"][-1]
    note = kb("note", "I wonder about this.", "--on", found["mentions"][0]["source"], "--json").json
    assert note["kind"] == "note"
    assert source["id"] != note["id"]
    backlinks = kb("show", found["mentions"][0]["source"], "--json").json["backlinks"]
    assert [b["source"] for b in backlinks] == [note["id"]]
    assert kb("check", "--json").json["ok"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["show", "nothing-like-this"], 3),
        (["accept", "e0000000"], 3),
        (["list", "--kind", "novel"], 2),
        (["list", "--since", "blursday"], 2),
        (["search"], 2),
        (["nonsense"], 2),
        (["map", "--format", "crayon"], 2),
        (["config", "no_such_setting"], 2),
        (["add", "does-not-exist.md"], 4),
        (["add", "https://example.org/page"], 4),
    ],
)
def test_errors_have_an_exit_code_a_line_and_a_cure(kb: Kb, tmp_path: Path, arguments: list[str], code: int) -> None:
    (tmp_path / "x.md").write_text("Some text.\n")
    kb("add", tmp_path / "x.md", "--no-embed")
    ran = kb(*arguments)
    assert ran.code == code
    assert "Traceback" not in ran.err
    assert ran.err.strip()
    shown = kb(*arguments, "--json")
    assert shown.code == code
    problem = shown.json["items"][0]["error"] if code == 4 else shown.json["error"]
    assert problem["message"]


def test_an_ambiguous_reference_names_the_candidates(kb: Kb, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "Same.md").write_text(f"Text of {folder}.\n")
    kb("add", tmp_path / "a", tmp_path / "b", "--no-embed")
    ran = kb("show", "Same", "--json")
    assert ran.code == 3
    assert len(ran.json["error"]["candidates"]) == 2


def test_bad_files_fail_alone_and_the_rest_goes_in(kb: Kb, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "good.md").write_text("A good text stands here.\n")
    (folder / "binary.md").write_bytes(b"\x7fELF\x00\x01\x02\x03" * 50)
    (folder / "empty.md").write_bytes(b"")
    (folder / "latin.md").write_bytes("café".encode("latin-1") * 20)
    (folder / "utf16.md").write_bytes("hello there".encode("utf-16"))
    (folder / "huge.txt").write_bytes(b"x" * (33 * 1024 * 1024))
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "gone.md").symlink_to(folder / "nowhere.md")
    (folder / "bad.md").write_text("---\ntitle: a: b: c\n\ttab: x\n---\nThe body stays.\n")
    ran = kb("add", folder, "--no-embed", "--json")
    assert ran.code == 4
    items = {Path(i["target"]).name: i for i in ran.json["items"]}
    assert items["good.md"]["status"] == items["bad.md"]["status"] == "added"
    for name in ("binary.md", "empty.md", "latin.md", "utf16.md", "huge.txt", "loop", "gone.md"):
        assert items[name]["status"] == "failed", name
        assert items[name]["error"]["message"], name
    assert kb("check", "--json").json["ok"]
    assert kb("add", folder / "latin.md", "--encoding", "latin-1", "--no-embed").code == 0
    if os.geteuid() != 0:  # root may read everything
        (folder / "good.md").chmod(0)
        assert kb("add", folder / "good.md").code == 4


def test_dry_run_stores_nothing(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("Some text.\n")
    assert kb("add", tmp_path / "x.md", "--dry-run", "--json").json["counts"]["added"] == 1
    assert not (tmp_path / "home").exists()
    assert kb("list", "--json").json == {"sources": []}


def test_backup_config_stats_and_index_name_their_figures(kb: Kb, corpus: Path, tmp_path: Path) -> None:
    made = _json(kb, corpus, "backup", tmp_path / "copy.sqlite")
    assert made["bytes"] == (tmp_path / "copy.sqlite").stat().st_size
    assert kb("backup", tmp_path / "copy.sqlite", home=corpus).code == 1
    figures = _json(kb, corpus, "stats")
    assert sum(figures["sources"].values()) == len(_json(kb, corpus, "list")["sources"])
    assert _json(kb, corpus, "index")["embedded"] == 0
    kb("config", "me", "Ada")
    assert kb("config", "--json").json["me"] == "Ada"
    kb("config", "me", "--unset")
    assert kb("config", "me", "--json").json == {"me": "me"}


def test_a_damaged_store_says_so(kb: Kb, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "kb.sqlite").write_bytes(b"this is no database at all, whatever its name says" * 40)
    ran = kb("list")
    assert ran.code == 5
    assert "backup" in ran.err


def _process(home: Path, *arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", "--home", str(home), *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)


def test_a_pipe_goes_in_and_a_closed_one_is_no_error(tmp_path: Path, corpus: Path) -> None:
    ran = _process(tmp_path / "h", "add", "-", "--no-embed", "--json", stdin="A thought from a pipe.\n")
    assert json.loads(ran.stdout)["counts"]["added"] == 1
    command = f"{sys.executable} -m cli --home {corpus} list | head -1"
    piped = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert piped.returncode == 0
    assert piped.stderr == "" or "source" in piped.stderr


def test_reading_loads_nothing_heavy(corpus: Path) -> None:
    script = (
        "import sys, cli; code = cli.run(sys.argv[1:]); "
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'sqlmodel', 'sqlalchemy', 'alembic'}; "
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr); sys.exit(code)"
    )
    for arguments in (["--help"], ["list"], ["search", "evidence"], ["map"], ["statements"]):
        command = [sys.executable, "-c", script, "--home", str(corpus), *arguments]
        ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        assert ran.returncode == 0, ran.stderr
        assert ran.stderr.strip().endswith("[]"), (arguments, ran.stderr)
    command = [sys.executable, "-c", script.replace("'torch'", "'torch', 'numpy'"), "--home", str(corpus), "--help"]
    assert subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stderr.strip() == "[]"


def test_processes_that_open_a_new_home_at_once_all_succeed(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("I think that many should be able to write at once.\n")
    command = [sys.executable, "-m", "cli", "--home", str(tmp_path / "h"), "add", str(tmp_path / "x.md"), "--no-embed"]
    running = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) for _ in range(6)]
    results = [(process.communicate()[1], process.returncode) for process in running]
    assert all(code == 0 for _, code in results), results
    listed = _process(tmp_path / "h", "list", "--json")
    assert len(json.loads(listed.stdout)["sources"]) == 1


def test_a_killed_import_leaves_a_clean_store(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number}.md").write_text(f"I think that note {number} should be kept.\n\nSee [[{number + 1}]].\n")
    command = [sys.executable, "-m", "cli", "--home", str(tmp_path / "h"), "add", str(folder), "--no-embed"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        process.wait(1.2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if (tmp_path / "h" / "kb.sqlite").exists():
        assert json.loads(_process(tmp_path / "h", "check", "--json").stdout)["ok"]
    ran = _process(tmp_path / "h", "add", str(folder), "--no-embed", "--json")
    counts = json.loads(ran.stdout)["counts"]
    assert counts["failed"] == 0
    assert counts["added"] + counts["updated"] + counts["unchanged"] == 400
    assert json.loads(_process(tmp_path / "h", "check", "--json").stdout)["ok"]


def test_an_interrupted_import_says_so_and_keeps_what_was_done(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(3000):
        (folder / f"{number}.md").write_text(f"I think that note {number} should be kept.\n")
    command = [sys.executable, "-m", "cli", "--home", str(tmp_path / "h"), "add", str(folder), "--no-embed"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    while not (tmp_path / "h" / "kb.sqlite-wal").exists():
        time.sleep(0.02)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted" in said
    assert json.loads(_process(tmp_path / "h", "check", "--json").stdout)["ok"]
