"""The recorded and composed answers of forums, and the texts in which people have the same posts."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from importers.base import Input
from importers.documents.html.convert import to_markdown
from importers.texts import archive, reading_notes
from importers.web.forum import posts
from importers.web.forum.ask import _read, _refusal
from importers.web.forum.posts import IMPORTER
from importers.web.forum.sites import SITES
from kb.sources import add as ingest
from kb.store.open import open_store
from tests.conftest import SHARED
from tests.importers.importer_checks import check

pytestmark = pytest.mark.real
LW = SITES["lesswrong"]

SAMPLES = SHARED / "samples" / "lesswrong"


def _recorded() -> dict[str, Any]:
    answer = json.loads((SAMPLES / "recorded" / "graphql_raw_response.json").read_text())
    node: dict[str, Any] = answer["data"]["post"]["result"]
    return node


def test_the_recorded_post_loses_nothing() -> None:
    node = _recorded()
    document = posts.post(LW, node)
    check(IMPORTER, document)
    root = lxml_html.fromstring(f"<div>{node['contents']['html']}</div>")
    links = [a.get("href") for a in root.iter("a")]
    items = len(list(root.iter("li")))
    headings = [h.text_content().strip() for h in root.iter("h3")]
    for element in root.iter("p", "li", "h3"):
        element.tail = " " + (element.tail or "")
    seen = re.findall(r"\w+", root.text_content())
    got = re.findall(r"\w+", re.sub(r"\]\([^)\s]*\)", "]", document.text))
    matching = SequenceMatcher(None, seen, got, autojunk=False).get_matching_blocks()
    assert sum(block.size for block in matching) == len(seen) > 9000
    assert len(got) - len(seen) == items  # the numbers of its list
    kinds = Counter(block.kind for block in document.blocks)
    assert (kinds["heading"], kinds["item"]) == (4, 2)
    assert [document.text[b.start : b.end] for b in document.blocks if b.kind == "heading"] == headings
    shown = [f"#{r.fragment}" if not r.target else r.target for r in document.references]
    assert shown == links
    assert document.text.count("\\") <= 2  # hardly any sign needs saving
    assert "\xa0" not in document.text


def test_the_composed_body_has_each_construct() -> None:
    text = to_markdown((SAMPLES / "synthetic" / "post_markup.html").read_text(), "https://www.lesswrong.com/posts/x/y")
    for part in (
        "$x^2$ and a footnote[^1]", "$\\pi(a|s)$", "$e^{i\\pi}$", ">! Hidden **text**", "> Quote with nbsp",
        "- one\n  - nested\n- two", "| a | b \\| c |", ".png)\ncap", "> [!llm] Claude\n> LLM text",
        "> [!details]- Title\n> Body", "```\ncode <b>\n```", "(https://www.lesswrong.com/lw/k8/", "[^1]: The note.",
    ):  # fmt: skip
        assert part in text
    assert "mjx" not in text


def test_the_composed_comments() -> None:
    answer = json.loads((SAMPLES / "synthetic" / "comments_response.json").read_text())
    problems: list[str] = []
    found = posts.comments(LW, answer["data"]["comments"]["results"], _recorded(), problems)
    assert [d.external_ids["lesswrong"] for d in found] == ["aaaaaaaaaaaaaaaa2", "cccccccccccccccc2"]
    assert found[1].external_ids["lesswrong_parent"] == "zzzzzzzzzzzzzzzz2"
    assert found[1].authors[0].slug == "bob_1"
    assert len(found[0].references) == 2
    assert problems == ["deleted comments are left out: 1", "comments answer one that is not there: 1"]


@pytest.mark.parametrize("name", ["validation_400", "missing_document", "allow_null", "partial"])
def test_the_composed_errors(name: str) -> None:
    errors, found = _read(json.loads((SAMPLES / "synthetic" / "errors.json").read_text())[name], ("post", "result"))
    assert (found is not None) == (name == "partial")
    if errors and found is None:
        assert _refusal(LW, "the post", errors).hint


def test_posts_meet_what_people_have_of_them(seed: Callable[[str], Input], tmp_path: Path) -> None:
    store = open_store(tmp_path)

    def add(*documents: Any) -> list[str]:
        return [ingest.add(store, document, "1", sole=False).source_id for document in documents]

    pasted = archive.read(seed("001"))
    notes = reading_notes.read(seed("000"))
    before = add(*pasted, *notes)
    comment = next(d for d in pasted if d.kind == "comment" and d.parent)
    listed = next(d for d in pasted if d.kind == "post")
    linked = next(r for d in notes for r in d.references if "/posts/LNA8mubrByG7SFacm/" in r.target)
    count = store.execute("SELECT count(*) FROM source").fetchone()[0]
    assert comment.parent is not None
    user = {"_id": "u", "slug": "x", "username": listed.authors[0].slug, "displayName": listed.authors[0].name}
    nodes = [
        {"_id": "aaaaaaaaaaaaaaaa2", "title": comment.parent.title, "user": None, "author": "Somebody"},
        {"_id": "aaaaaaaaaaaaaaaa3", "title": listed.title, "user": user, "postedAt": listed.published},
        {"_id": "LNA8mubrByG7SFacm", "title": "Any title", "slug": "s", "user": None, "author": "Somebody else"},
    ]
    got = add(*(posts.post(LW, {**node, "contents": {"html": f"<p>Text of {node['title']}.</p>"}}) for node in nodes))
    assert store.execute("SELECT count(*) FROM source").fetchone()[0] == count
    answered = {r["parent"] for r in store.execute("SELECT parent FROM source WHERE kind = 'comment'")}
    assert got[0] in answered
    assert got[1] in before
    targets = {r[0] for r in store.execute("SELECT target FROM reference WHERE raw = ?", (linked.raw,))}
    assert targets == {got[2]}
