"""The export without torch: right, made once a user, mended where it is harmed, and clear where torch is needed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kb.errors import KbError
from kb.suggest.judges.nli import Nli
from kb.vectors.embed import bert_folder, encoder, export, model, query, torch_model
from tests.conftest import ROOT
from tests.exported import exported
from tests.kb.vectors.embed.tiny_bert import saved

TEXTS = [
    "",
    "x",
    "   blanks\taround \n it  ",
    "What speaks for it?",
    "Überraschend — naïve café, 20.04 % of “C++” 数学 🙂 Ελληνικά кириллица",
    "THE SAME IN CAPITALS, the same in none",
    "[SEP] [CLS] [MASK] <b>tags</b> \x00\x07 control",
    "The records of volunteers are fit for ecology where effort is known. " * 4,
    "A long text that goes on and on, over the limit of the model, and so is cut. " * 60,
    "Unbroken" * 400,
    "\N{COMBINING ACUTE ACCENT}" * 30 + "़ा",
]
NO_TORCH = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"torch", "sentence_transformers", "transformers"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
import cli
sys.exit(cli.run(sys.argv[1:]))
"""


def without_torch(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", NO_TORCH, "--home", str(home), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


def test_the_vectors_are_those_of_sentence_transformers():
    loaded = torch_model.load(model.resolve())
    made = encoder.Encoder(exported())
    with torch_model.silenced():
        expected = loaded.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    found = np.stack([made.encode(text) for text in TEXTS])
    assert found.dtype == np.float32
    assert (found * expected).sum(axis=1).min() >= 0.99999
    assert np.abs(found - expected).max() < 1e-5


@pytest.mark.parametrize("prompts", [{}, {"query": "question: ", "document": "text: "}])
def test_another_bert_is_written_too(tmp_path: Path, empty_cache: Path, prompts: dict[str, str]):
    folder, loaded = saved(tmp_path / "tiny", prompts)
    assert bert_folder.read(folder)
    made = export.ready(model.resolve(str(folder)))
    assert made
    assert empty_cache.exists()
    for text in ("a cat", "the dog and the cat", "cat " * 100):
        assert np.abs(made.encode_query(text) - loaded.encode(prompts.get("query", "") + text)).max() < 1e-5
        assert np.abs(made.encode_document(text) - loaded.encode(prompts.get("document", "") + text)).max() < 1e-5


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("config.json", {"model_type": "roberta"}),
        ("config.json", {"hidden_act": "gelu_new"}),
        ("config.json", {"position_embedding_type": "relative_key"}),
        ("config.json", {"num_hidden_layers": 7}),
        ("sentence_bert_config.json", {"do_lower_case": True}),
        ("sentence_bert_config.json", {"max_seq_length": 1000}),
        ("1_Pooling/config.json", {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}),
        ("1_Pooling/config.json", {"pooling_mode_max_tokens": True}),
        ("1_Pooling/config.json", {"include_prompt": False}),
        ("modules.json", None),
        ("model.safetensors", None),
    ],
)
def test_other_models_are_not_taken_for_one(tmp_path: Path, name: str, change: dict[str, object] | None):
    folder = shutil.copytree(model.resolve().folder, tmp_path / "m", copy_function=os.link)
    assert bert_folder.read(folder)
    settings = (folder / name).read_bytes()
    (folder / name).unlink()
    if change is None:
        (folder / name).write_bytes(b"not that")
    else:
        (folder / name).write_text(json.dumps(json.loads(settings) | change))
    assert bert_folder.read(folder) is None


def test_wrong_vectors_are_thrown_away(empty_cache: Path, monkeypatch, notices):
    monkeypatch.setattr("kb.vectors.embed.bert_numpy.vector", lambda *_: np.full(384, np.nan))
    monkeypatch.setattr(
        export.traced, "fill", lambda part, *_: export.write_facts(part, {"files": {}, "reason": "no way"}) or "no way"
    )
    assert export.ensure(model.resolve()) is None
    assert any("no way" in line for line in notices)
    assert not list(empty_cache.rglob("*.part"))


def test_a_home_is_filled_and_searched_without_torch_and_loses_its_old_model(tmp_path: Path, empty_cache: Path):
    home, note = tmp_path / "home", tmp_path / "note.md"
    old = home / "index" / "model-0123456789ab"
    old.mkdir(parents=True)
    (old / "model.bin").write_bytes(b"88 MB")
    (home / "index" / "models.txt").write_text("of somebody else")
    note.write_text("Felines sleep through most of the day in the sun.\n")
    added = without_torch(home, "add", note)
    assert added.returncode == 0, added.stderr
    assert "Traceback" not in added.stderr
    found = without_torch(home, "search", "cats nap at noon", "--mode", "semantic", "--json")
    assert "Felines sleep" in json.loads(found.stdout)["hits"][0]["text"]
    assert len(list(empty_cache.iterdir())) == 1
    assert not old.exists()
    assert (home / "index" / "models.txt").exists()


def test_what_needs_torch_says_so(tmp_path: Path):
    folder, home, note = tmp_path / "other", tmp_path / "home", tmp_path / "note.md"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"weights")
    note.write_text("Felines sleep through most of the day in the sun.\n")
    assert without_torch(home, "add", note).returncode == 0
    assert without_torch(home, "config", "model", folder).returncode == 0
    ran = without_torch(home, "index")
    assert "pip install 'kb[models]'" in ran.stderr
    assert "Traceback" not in ran.stderr
    still = without_torch(home, "search", "cats nap at noon", "--mode", "semantic", "--json")
    assert json.loads(still.stdout)["hits"]  # the vectors there are still those of the model before


def test_parts_that_need_torch_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for package in ("torch", "sentence_transformers"):
        monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setattr("shutil.which", lambda _: "nvidia-smi")
    torch_model.cuda.cache_clear()
    assert not torch_model.cuda()
    torch_model.cuda.cache_clear()
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    with pytest.raises(KbError, match="not installed") as caught:
        torch_model.load(model.resolve(str(tmp_path)))
    assert "kb[models]" in caught.value.hint
    with pytest.raises(KbError, match="not installed"):
        Nli(str(tmp_path))._loaded  # noqa: B018


def test_a_missing_export_is_made_again_by_a_query(
    tmp_path: Path, empty_cache: Path, capfd: pytest.CaptureFixture[str], notices: list[str]
):
    vector = query.embed_query("what is it for", tmp_path, model.fingerprint())
    assert np.array_equal(vector, encoder.Encoder(exported()).encode_query("what is it for"))
    assert capfd.readouterr() == ("", "")
    assert len(notices) == 1
    assert "making it again" in notices.pop()
    assert (empty_cache / exported().name).is_dir()
    query.embed_query("what is it for", tmp_path, model.fingerprint())
    assert capfd.readouterr() == ("", "")
    assert notices == []


@pytest.mark.parametrize("whole", [True, False], ids=["of the same size", "torn"])
def test_a_damaged_export_is_made_again(own_export: Path, tmp_path: Path, whole: bool):
    name = encoder.GRAPH if whole else encoder.WEIGHTS
    damaged = bytes((own_export / name).stat().st_size if whole else 1000)
    (own_export / name).unlink()
    (own_export / name).write_bytes(damaged)
    with pytest.raises(ValueError, match="export"):
        encoder.Encoder(own_export)
    made = export.ready(model.resolve(), tmp_path)
    assert made
    assert np.array_equal(made.encode("again"), encoder.Encoder(exported()).encode("again"))
    assert query.embed_query("again", tmp_path, model.fingerprint()).shape == (384,)


@pytest.mark.parametrize(
    "said", ["[]", "null", '{"files": {}}', '{"files": null}', '{"files": {"model.bin": 90392064}}', "x"]
)
def test_an_export_that_says_something_else_of_itself_is_made_again(own_export: Path, tmp_path: Path, said: str):
    (own_export / encoder.FACTS).unlink()
    (own_export / encoder.FACTS).write_text(said)
    assert encoder.facts(own_export) is None
    assert query.embed_query("again", tmp_path, model.fingerprint()).shape == (384,)
    assert encoder.facts(own_export)


def test_where_the_cache_cannot_be_written_the_home_takes_the_export(tmp_path: Path, monkeypatch, notices):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("KB_CACHE", str(tmp_path / "file" / "cache"))
    home = tmp_path / "home"
    folder = export.ensure(model.resolve(), home)
    assert folder == home / "index" / exported().name
    assert len(notices) == 1
    notices.clear()
    export.forget_old(home, folder)
    assert query.embed_query("what is it for", home, model.fingerprint()).shape == (384,)
    assert export.ensure(model.resolve(), home) == folder
    assert notices == []
    with pytest.raises(KbError, match="no place") as caught:
        export.ensure(model.resolve())
    assert "KB_CACHE" in caught.value.hint


def test_processes_that_export_at_once_all_succeed(empty_cache: Path):
    code = "from kb.vectors.embed import export, model; print(export.ready(model.resolve()).encode('at once').shape)"
    running = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    said = [process.communicate() for process in running]
    assert said == [(b"(384,)\n", b"")] * 3
    assert len(list(empty_cache.iterdir())) == 1
