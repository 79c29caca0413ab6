"""The states of a text's tokens, which come with its vector in one pass, and where in the text each token stands."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from kb.vectors.embed import encoder, export, model, torch_model
from tests.exported import exported
from tests.kb.vectors.embed.tiny_bert import saved

TEXT = "  The café's bees — unbelievably — hum.\n"


def test_the_states_are_those_of_sentence_transformers():
    loaded = torch_model.load(model.resolve())
    with torch_model.silenced():
        states = loaded.encode(TEXT, output_value="token_embeddings").numpy()
    found = encoder.Encoder(exported()).read_document(TEXT)
    assert np.array_equal(found.vector, encoder.Encoder(exported()).encode_document(TEXT))
    assert np.abs(found.tokens - states[1:-1]).max() < 1e-4  # without [CLS] and [SEP]


def test_each_token_says_where_it_stands_in_the_text():
    found = encoder.Encoder(exported()).read_document(TEXT)
    words = [TEXT[start:end] for start, end in found.offsets]
    assert words[:4] == ["The", "café", "'", "s"]
    assert "".join(words) == "".join(TEXT.split())
    assert len(found.tokens) == len(words)


def test_a_text_of_nothing_has_no_tokens():
    found = encoder.Encoder(exported()).read_query(" ")
    assert (found.vector.shape, found.tokens.shape, found.offsets.shape) == ((384,), (0, 384), (0, 2))


def test_a_text_that_is_too_long_has_the_tokens_that_were_read():
    found = encoder.Encoder(exported()).read_document("word " * 700)
    assert found.tokens.shape == (254, 384)
    assert found.offsets[-1].tolist() == [253 * 5, 253 * 5 + 4]


@pytest.mark.usefixtures("empty_cache")
@pytest.mark.parametrize("written", [True, False], ids=["written", "traced"])
def test_the_tokens_of_a_prompt_are_no_tokens_of_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: bool
):
    folder, loaded = saved(tmp_path / "tiny", {"query": "question: ", "document": "text: "})
    if not written:
        monkeypatch.setattr(export.bert_folder, "read", lambda _: None)
    made = export.ready(model.resolve(str(folder)))
    assert made
    found = made.read_query(" the cat")
    assert found.offsets.tolist() == [[1, 4], [5, 8]]
    states = loaded.encode("question: the cat", output_value="token_embeddings").numpy()
    assert np.abs(found.tokens - states[-3:-1]).max() < 1e-5


def test_a_query_asks_for_its_vector_alone(monkeypatch: pytest.MonkeyPatch):
    made, asked = encoder.Encoder(exported()), []
    run = made._session.run
    monkeypatch.setattr(
        made, "_session", type("S", (), {"run": staticmethod(lambda o, f: asked.append(o) or run(o, f))})
    )
    made.encode_query("what is it for")
    assert asked == [[encoder.VECTOR]]


def test_an_export_of_another_format_is_made_again(own_export: Path, tmp_path: Path):
    known = json.loads((own_export / encoder.FACTS).read_text())
    for old in ({key: known[key] for key in known if key not in {"format", "outputs"}}, known | {"format": 1}):
        (own_export / encoder.FACTS).unlink()
        (own_export / encoder.FACTS).write_text(json.dumps(old))
        assert encoder.facts(own_export) is None
        made = export.ready(model.resolve(), tmp_path)
        assert made
        assert made.read_query("again").tokens.shape == (1, 384)
