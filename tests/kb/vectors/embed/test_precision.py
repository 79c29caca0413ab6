"""The model in bytes: nearly the same vectors, beside those in single precision, as the setting and processor say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb import config
from kb.errors import UsageError
from kb.store import embeddings
from kb.store.open import open_store
from kb.vectors.embed import encoder, export, model, precision, query
from kb.vectors.embed.update import update
from tests.exported import exported
from tests.kb.vectors.embed.tiny_bert import saved
from tests.small_store import add_source

TEXTS = [
    "Herons wade in the shallows and wait for fish.",
    "The records of volunteers are fit for ecology where effort is known. " * 6,
    "What speaks for it?",
    "Überraschend — naïve café, 20.04 % of “C++” 数学 🙂",
]
FAST = frozenset({"avx2", "avx512_vnni"})


def _in_bytes(place: Path) -> Path:
    """A home that wants them."""
    place.mkdir()
    config.set_value(place, "embedding.precision", "int8")
    return place


@pytest.mark.parametrize("flags", [FAST, frozenset({"avx2"})], ids=["all bits", "a bit less"])
def test_vectors_in_bytes_are_nearly_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: frozenset[str]):
    monkeypatch.setattr("kb.vectors.embed.precision.flags", lambda: flags)
    folder = export.ensure(model.resolve(), _in_bytes(tmp_path / "home"))
    assert folder
    assert folder.name.endswith("-int8-127" if flags == FAST else "-int8-63")
    whole, made = encoder.Encoder(exported()), encoder.Encoder(folder)
    assert made.facts["precision"] == "int8"
    for text in TEXTS:
        one, other = made.read_document(text), whole.read_document(text)
        assert 0.97 < float(one.vector @ other.vector) < 1
        assert np.array_equal(one.offsets, other.offsets)
        assert np.array_equal(one.vector, made.encode_document(text))
    assert (folder / encoder.WEIGHTS).stat().st_size < 0.7 * (exported() / encoder.WEIGHTS).stat().st_size


@pytest.mark.parametrize(
    ("said", "flags", "runs"),
    [
        ("auto", FAST, "int8"),
        ("auto", frozenset({"avx_vnni"}), "int8"),
        ("auto", frozenset({"avx2", "asimddp"}), "float32"),
        ("int8", frozenset(), "int8"),
        ("float32", FAST, "float32"),
    ],
)
def test_the_setting_decides_and_else_the_processor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, flags: frozenset[str], runs: str
):
    monkeypatch.setattr("kb.vectors.embed.precision.flags", lambda: flags)
    config.set_value(tmp_path, "embedding.precision", said)
    assert precision.wanted(tmp_path) == runs


def test_a_precision_that_there_is_not_is_refused(tmp_path: Path):
    with pytest.raises(UsageError, match="bfloat16") as caught:
        config.set_value(tmp_path, "embedding.precision", "bfloat16")
    assert "int8" in caught.value.hint
    assert not (tmp_path / config.FILE).exists()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("processor\t: 0\nflags\t\t: fpu avx2 avx512_vnni\n", {"fpu", "avx2", "avx512_vnni"}),
        ("processor\t: 0\nFeatures\t: fp asimd asimddp\n", {"fp", "asimd", "asimddp"}),
        ("no such line\n", set()),
        (None, set()),
    ],
)
def test_what_a_processor_says_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str | None, found: set[str]
):
    monkeypatch.undo()
    if said is not None:
        (tmp_path / "cpuinfo").write_text(said)
    monkeypatch.setattr(precision, "_CPUINFO", tmp_path / "cpuinfo")
    monkeypatch.setattr("sys.platform", "linux")
    assert precision.flags.__wrapped__() == found


@pytest.mark.usefixtures("empty_cache")
def test_another_precision_embeds_nothing_again_and_answers_at_once(tmp_path: Path, notices: list[str]):
    home = tmp_path / "home"
    with open_store(home) as store:
        add_source(store, "On herons", ["Herons wade in the shallows."])
        assert update(store).embedded == 1
        config.set_value(home, "embedding.precision", "int8")
        assert np.array_equal(  # until the other export is made, by what there is
            query.embed_query("herons", home, model.fingerprint()), encoder.Encoder(exported()).encode_query("herons")
        )
        assert update(store).embedded == 0
        add_source(store, "On storks", ["Storks nest on chimneys."])
        assert update(store).embedded == 1
        assert embeddings.count(store, model.fingerprint()) == 2
    assert encoder.precision_of(model.fingerprint(), home) == "int8"
    assert notices == []


@pytest.mark.usefixtures("empty_cache")
@pytest.mark.parametrize("written", [True, False], ids=["written", "traced"])
def test_other_models_run_in_bytes_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: bool):
    folder, loaded = saved(tmp_path / "tiny", {"query": "question: "})
    if not written:
        monkeypatch.setattr(export.bert_folder, "read", lambda _: None)
    made = export.ready(model.resolve(str(folder)), _in_bytes(tmp_path / "home"))
    assert made
    assert made.facts["precision"] == "int8"
    alike = float(made.encode_query("the cat and the dog") @ loaded.encode("question: the cat and the dog"))
    assert 0.95 < alike < 1


@pytest.mark.usefixtures("empty_cache")
def test_a_model_that_does_not_bear_it_runs_in_single_precision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notices: list[str]
):
    home, chosen = _in_bytes(tmp_path / "home"), model.resolve()
    monkeypatch.setattr("kb.vectors.embed.export_facts.LEAST_COSINE", 1.1)
    folder = export.ensure(chosen, home)
    assert folder
    assert encoder.Encoder(folder).facts["precision"] == "float32"
    assert "does not run in int8" in notices.pop()
    assert export.ensure(chosen, home) == folder == encoder.export_folder(chosen.fingerprint, home)
    assert encoder.precision_of(chosen.fingerprint, home) == "float32"
    assert notices == []
