"""Threads of Hacker News in the three forms that people save them in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from importers.base import Input
from importers.discussions.hacker_news import IMPORTER
from kb.errors import KbError
from kb.model.document import Document
from tests.importers.discussions.shapes import answers, facts, item, written

Read = Callable[..., list[Document]]


def test_nested_items_give_a_story_and_its_comments_each_below_what_it_answers(read: Read) -> None:
    text = written(
        item(1, None, None, item(2, 1, "Late.", item(3, 2, "Why?")), item(4, 1, "Early."), url="https://p.example/")
    )
    assert IMPORTER.sniff(Input(text, "1.json")) > 0.9
    found = read(IMPORTER, text)
    assert answers(found) == {"item?id=2": "item?id=1", "item?id=3": "item?id=2", "item?id=4": "item?id=1"}
    assert [one.kind for one in found] == ["post", "comment", "comment", "comment"]
    story = found[0]
    assert (story.title, story.text) == ("Frogs in May", "This is a linkpost for <https://p.example/>")
    assert (facts(story), story.published) == ({"points": 9}, "2024-05-02T08:00:00Z")
    assert found[1].title == "Comment on Frogs in May"


def test_html_is_read_and_what_stands_behind_an_arrow_is_a_quote(read: Read) -> None:
    text = "&gt; Frogs &amp; toads<p>No: it&#x27;s <i>toads</i>.<p><pre><code>a &gt; b\n</code></pre>"
    [_, comment] = read(IMPORTER, written(item(1, None, None, item(2, 1, text))))
    assert comment.text.split("\n\n")[:2] == ["> Frogs & toads", "No: it's *toads*."]
    assert [block.kind for block in comment.blocks] == ["quote", "paragraph", "code"]


def test_deleted_and_dead_ones_are_counted_and_what_answers_them_hangs_under_the_story(read: Read) -> None:
    gone = item(2, 1, None, item(3, 2, "Still here."), author=None)
    found = read(IMPORTER, written(item(1, None, None, gone, item(4, 1, "Bad.", dead=True))))
    assert answers(found) == {"item?id=3": "item?id=1"}
    assert found[0].problems == (
        "deleted or dead comments and stories are left out: 2", "posts answer one that is not in the file: 1",
    )  # fmt: skip


@pytest.mark.parametrize("form", ["list", "object", "lines"])
def test_items_of_firebase(read: Read, form: str) -> None:
    items = [
        {"id": 3, "type": "comment", "by": "bo", "time": 1714636900, "text": "Why?", "parent": 2},
        {"id": 1, "type": "story", "by": "ada", "time": 1714636800, "title": "Ask: frogs?", "score": 5, "kids": [2]},
        {"id": 2, "type": "comment", "by": "cy", "time": 1714636850, "text": "Late.", "parent": 1, "kids": [3]},
        {"id": 4, "type": "comment", "time": 1714636850, "deleted": True, "parent": 1},
    ]
    text = written(items) if form == "list" else written({str(one["id"]): one for one in items})
    if form == "lines":
        text = "\n".join(map(written, items))
    assert IMPORTER.sniff(Input(text, "dump.json")) > 0.9
    found = read(IMPORTER, text)
    assert [one.authors[0].name for one in found] == ["ada", "cy", "bo"]
    assert answers(found) == {"item?id=3": "item?id=2", "item?id=2": "item?id=1"}
    assert (found[0].published, facts(found[0])) == ("2024-05-02T08:00:00Z", {"points": 5})


def test_hits_of_a_search_name_their_story(read: Read) -> None:
    hit = {"objectID": "8", "author": "bo", "comment_text": "Late.", "story_id": 1, "story_title": "Frogs",
           "parent_id": 2, "created_at": "2024-05-02T08:00:00Z", "created_at_i": 1,
           "_tags": ["comment", "author_bo"]}  # fmt: skip
    [comment] = read(IMPORTER, written({"hits": [hit], "nbHits": 1}))
    assert comment.parent is not None
    assert (comment.parent.title, comment.parent.url) == ("Frogs", "https://news.ycombinator.com/item?id=1")


@pytest.mark.parametrize("text", ["[]", '{"author": "a", "created_at_i": 1}', "not JSON", '[{"id": 1, "type": "x"}]'])
def test_other_json_is_none(text: str) -> None:
    assert IMPORTER.sniff(Input(text, "x.json")) == 0
    with pytest.raises(KbError):
        IMPORTER.read(Input(text, "x.json"))
