"""Vectors: one at a time and many, the same whichever way they are made."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kb.errors import KbError
from kb.model.embedded_text import embedded_text, in_context
from kb.store import embeddings, meta
from kb.store.open import open_reader, open_store
from kb.vectors.embed import bulk, encoder, export, model, query, torch_model
from kb.vectors.embed.update import Updated, update
from tests.exported import exported
from tests.small_store import add_source, add_statement, delete_source

TEXTS = [
    "Interpretability may help to find deception.",
    "",
    "x",
    "Café, naïve, 数学, 🙂 and “quotes”",
    "  blanks around  ",
    "A long text that goes on and on. " * 60,
]


def test_the_packaged_weights_are_the_expected_ones():
    known = model.resolve()
    assert known.name == model.DEFAULT
    assert model.resolve("sentence-transformers/all-MiniLM-L6-v2").fingerprint == known.fingerprint
    model.verify(known)


def test_other_weights_are_refused(tmp_path: Path):
    (tmp_path / "model.safetensors").write_bytes(b"not those")
    with pytest.raises(KbError, match="SHA-256 differs"):
        model.verify(model.Model("m", tmp_path, "f", model.PACKAGE_SHA256))


def test_a_model_that_is_not_here_is_a_clear_error():
    for name in ("nobody/no-such-model", "no such name at all?"):
        with pytest.raises(KbError, match="not on this machine"):
            model.resolve(name)


def test_a_folder_is_a_model_with_its_own_fingerprint(tmp_path: Path):
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    (tmp_path / "modules.json").write_text("[]")
    first = model.resolve(str(tmp_path))
    assert model.name_in(first.fingerprint) == str(tmp_path)
    (tmp_path / "modules.json").write_text('[{"type": "Pooling"}]')
    model.resolve.cache_clear()
    assert model.resolve(str(tmp_path)).fingerprint != first.fingerprint


def test_the_export_gives_the_vectors_of_sentence_transformers(home: Path):
    chosen = model.resolve()
    fast = bulk.embed_texts(TEXTS, chosen, home)
    slow = bulk._in_batches(TEXTS, chosen, None, "cpu")
    assert fast.shape == slow.shape == (len(TEXTS), 384)
    assert fast.dtype == np.float32
    assert np.abs(fast - slow).max() < 1e-5
    assert np.allclose(np.linalg.norm(fast, axis=1), 1, atol=1e-5)
    one = query.embed_query(TEXTS[0], home, chosen.fingerprint)
    assert np.abs(one - slow[0]).max() < 1e-5


def test_a_gpu_that_does_not_work_is_said_once_and_done_without(home: Path, notices: list[str]):
    if torch_model.cuda():
        pytest.skip("here is a GPU that works")
    chosen = model.resolve()
    found = bulk.embed_texts(TEXTS, chosen, home, device="cuda")
    assert np.array_equal(found, bulk.embed_texts(TEXTS, chosen, home))
    assert len(notices) == 1
    assert "going on without it" in notices[0]
    assert bulk.device(10**6) == "cpu"


def test_progress_counts_what_is_read_of_every_text(home: Path):
    seen: list[tuple[int, int]] = []
    bulk.embed_texts(TEXTS, model.resolve(), home, lambda done, total: seen.append((done, total)))
    assert len(seen) == len(TEXTS)
    assert seen[0][0] > 200  # the long one, of which no more is read than the model can
    assert seen[-1][0] == seen[-1][1] < 300
    assert bulk.embed_texts([], model.resolve(), home).shape[0] == 0


def test_a_query_loads_nothing_heavy(home: Path):
    code = f"""
import sys
from pathlib import Path
from kb.vectors.embed.query import embed_query
vector = embed_query("what is it for", Path({str(home)!r}), {model.fingerprint()!r})
heavy = {{"torch", "transformers", "sentence_transformers", "sqlmodel", "sqlalchemy", "onnx", "faiss"}}
print(vector.shape, sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(384,) []"
    assert done.stderr == ""


@pytest.mark.usefixtures("empty_cache")
def test_a_model_that_cannot_be_exported_is_tried_once(tmp_path: Path, monkeypatch, notices):
    def fail(*_: object) -> list[str]:
        raise RuntimeError("unknown operator\nand more")

    monkeypatch.setattr(export.traced, "_trace", fail)
    monkeypatch.setattr(export.bert_folder, "read", lambda _: None)
    assert not export.ensure(model.resolve())
    assert "unknown operator" in notices.pop()
    assert not export.ensure(model.resolve())
    assert notices == []
    assert query.embed_query("what is it for", tmp_path, model.fingerprint()).shape == (384,)
    assert len(notices) == 1
    assert "unknown operator" in notices[0]


@pytest.mark.usefixtures("empty_cache")
def test_what_torch_traces_gives_the_same_vectors(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(export.bert_folder, "read", lambda _: None)
    folder = export.ensure(model.resolve())
    assert folder
    traced, written = encoder.Encoder(folder), encoder.Encoder(exported())
    for text in TEXTS:
        assert np.abs(traced.encode_document(text) - written.encode_document(text)).max() < 1e-5


def test_libraries_print_nothing(capfd: pytest.CaptureFixture[str]):
    with torch_model.silenced():
        print("python")
        print("error", file=sys.stderr)
        subprocess.run(["sh", "-c", "echo native; echo native >&2"], check=True)
    print("after")
    assert capfd.readouterr() == ("after\n", "")


def test_what_is_embedded_is_the_same_from_the_row_and_from_the_text():
    assert embedded_text("Title", ["One", "Two"], "Text") == in_context("Title › One › Two", "Text")
    assert embedded_text("Title", ["One"], "Text") == "Title. One\nText"
    assert embedded_text("", [], "Text") == "Text"
    assert len(embedded_text("t" * 5000, [], "Text")) < 400


def test_update_embeds_each_text_once_and_forgets_what_is_gone(home: Path):
    store = open_store(home)
    first = add_source(store, "On cats", ["Cats sleep most of the day.", "Dogs guard the house."])
    add_source(store, "On cats", ["Cats sleep most of the day."])  # the same text in another source
    add_statement(store, first, "Cats are lazy.")
    seen: list[tuple[int, int]] = []
    assert update(store, lambda done, total: seen.append((done, total))) == Updated(3, 0, 3)
    assert seen[0] == (0, seen[-1][1])
    assert seen[-1][0] == seen[-1][1] > 3 * 5
    assert update(store) == Updated(0, 0, 3)
    delete_source(store, first)
    with store.transaction():
        store.execute("DELETE FROM statement")
        meta.bump_generation(store)
    assert update(store) == Updated(0, 2, 1)
    store.close()


def test_little_is_embedded_at_one_time_however_long_the_texts_are(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kb.vectors.embed.bulk._cores", lambda: 2)
    tokens = [bulk.work(letters) for letters in [900] * 30 + [60] * 300 + [10**6]]
    found = list(bulk.chunks(tokens, "cpu"))
    assert [number for some in found for number in some] == list(range(len(tokens)))
    assert max(sum(tokens[number] for number in some) for some in found) <= 3_000
    assert len(found[0]) < len(found[-2])
    assert list(bulk.chunks([10**6, 1], "cpu")) == [range(1), range(1, 2)]
    assert list(bulk.chunks([], "cpu")) == []
    assert [len(some) for some in bulk.chunks([200] * 10_000, "cuda")] == [bulk.GPU_CHUNK, 10_000 - bulk.GPU_CHUNK]


def _by_four(tokens: list[int], _: str) -> list[range]:
    return [range(at, min(at + 4, len(tokens))) for at in range(0, len(tokens), 4)]


def test_an_interrupted_update_keeps_what_is_done(home: Path, monkeypatch: pytest.MonkeyPatch):
    store = open_store(home)
    add_source(store, "Numbers", [f"This is sentence number {n}." for n in range(10)])
    monkeypatch.setattr("kb.vectors.embed.bulk.chunks", _by_four)

    def interrupt(done: int, total: int) -> None:
        if done > 0.6 * total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update(store, interrupt)
    with open_reader(home) as reader:
        assert embeddings.counts(reader, model.fingerprint()) == {"vectors": 4, "missing": 6}
    assert update(store).embedded == 6
    store.close()


def test_facts_of_the_export_name_the_weights():
    known = json.loads((exported() / encoder.FACTS).read_text())
    assert known["weights"] == model.PACKAGE_SHA256
    assert known["inputs"] == ["input_ids", "token_type_ids"]
