"""Files that went wrong: a short campaign, and what longer ones found."""

from __future__ import annotations

from pathlib import Path

import pytest

import importers
from importers.base import Input
from importers.discussions.openreview_notes import words_of
from importers.exports.parsing import root_tag
from kb.errors import KbError
from tests.importers.fuzzing import run
from tests.importers.importer_checks import check

ROWS = {
    "canvas.json": '{"nodes": [{"id": "1", "type": [], "text": "a", "x": 0}], "edges": []}',
    "2024-05-01.json": '[{"type": "message", "subtype": [], "user": "U1", "text": "a", "ts": "1714554000.1"}]',
    "kialo.txt": "1. Towns close.\n1.1. Pro: Pupils\n### Before\n1.2. Con: Fans\n1.3. Pro: b\n1.4. Pro: c\n",
    "half.json": '[{"type": "book", "title": "Frogs \\ud83d", "id": "a"}]',
    "rules.md": "* " * 3000 + "\n",
    "comments.md": "<!-- %% $$ " * 5000 + "\n",
}


def test_what_went_wrong_in_any_way_is_read_or_refused_with_one_error(tmp_path: Path) -> None:
    outcome = run(150, 3, tmp_path)
    assert [told for _, told, _ in outcome.faults] == []
    assert sum(outcome.ends.values()) == 150
    assert len(outcome.ends) > 10


@pytest.mark.parametrize("name", ROWS)
def test_what_a_campaign_found(name: str) -> None:
    text = ROWS[name]
    try:
        documents = importers.read(Input(text, name, name, text.encode()))
    except KbError:
        return
    for document in documents:
        check(importers.importer(document.importer), document)
        document.text.encode()
        document.title.encode()


def test_signs_without_words_do_not_hold_a_review_up() -> None:
    assert words_of({"weaknesses": "- " * 20_000 + "x"}, "review").endswith("x")


def test_many_prologues_do_not_hold_a_file_up() -> None:
    assert root_tag('<?xml version="1.0"?><!-- a -->\n' * 300) == ""
    assert root_tag('<?xml version="1.0"?>\n<!-- a -->\n<opml>') == "opml"
