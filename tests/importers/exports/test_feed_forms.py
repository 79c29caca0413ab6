"""Forms of feeds: what is one, entities that would swell, and damaged ones."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.base import Input
from importers.exports import feeds
from kb.errors import KbError
from tests.importers.importer_checks import check

RSS = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>Ponds &amp; reeds</title><item><title>Nine</title>"
    "<link>https://ponds.example/9</link><guid>9</guid><description>&lt;p&gt;Nine ponds.&lt;/p&gt;</description></item>"
    "<item><title>Ten</title><link>https://ponds.example/10</link></item></channel></rss>"
)
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1",
        "title": "Ponds",
        "items": [
            {
                "id": 9, "url": "https://ponds.example/9", "title": "Nine", "content_html": "<p>Nine ponds.</p>",
                "author": {"name": "Ada Moss"}, "tags": ["frogs", 3], "date_published": "2026-05-04T09:00:00Z",
            },
            "no item",
        ],
    }
)  # fmt: skip


def read(text: str) -> list[tuple[str, str]]:
    source = Input(text, "feed", "/f/feed", text.encode("utf-8", "replace"))
    documents = feeds.read(source)
    for document in documents:
        check(feeds.IMPORTER, document)
    return [(one.title, one.text) for one in documents]


def test_json_feed_is_one_by_its_version_and_other_json_is_none() -> None:
    assert feeds.sniff(Input(JSON, "feed.json")) > 0.9
    assert feeds.sniff(Input('{"version": "1", "items": []}', "other.json")) == 0.0
    (document,) = feeds.read(Input(JSON, "feed.json", "/f/feed.json"))
    assert (document.title, document.text, document.tags) == ("Nine", "Nine ponds.", ("frogs",))
    assert (document.authors[0].name, document.published) == ("Ada Moss", "2026-05-04T09:00:00Z")


def test_entities_are_not_expanded_though_the_rest_is_broken() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel><item><title>&b;'
    with pytest.raises(KbError, match="declares XML entities"):
        read(bomb)


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from([RSS, JSON]), st.lists(st.tuples(st.integers(0, 420), st.text(max_size=2)), max_size=8), st.data()
)
def test_damaged_feeds_give_entries_or_one_clear_error(
    text: str, changes: list[tuple[int, str]], data: st.DataObject
) -> None:
    for place, sign in changes:
        text = text[:place] + sign + text[place + 1 :]
    try:
        read(text[: data.draw(st.integers(0, len(text)))])
    except KbError:
        return
