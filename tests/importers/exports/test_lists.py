"""Feeds and reading lists, and the counts of all real samples of exports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from importers.exports import bibtex, csl_json, feeds, hypothesis, read_later, readwise, ris, zotero
from kb.text.repair import repair
from tests.importers.exports.interchange_checks import POST, quotes, take

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Ours</title>
<item><title>A Post</title><link>%s</link><guid isPermaLink="false">x</guid><dc:creator>Ann Doe</dc:creator>
<pubDate>Sun, 05 Jun 2022 22:05:52 GMT</pubDate>
<description><![CDATA[<p>First <b>words</b>.</p><br/><br/><a href="%s#comments">Discuss</a>]]></description></item>
<item><title>Comment on A Post</title><link>%s?commentId=cB3dE5gH7jK9mN2pQ</link>
<description>&lt;p&gt;No.&lt;/p&gt;</description></item>
<item><title>Elsewhere</title><link>https://example.org/x</link><category>t</category><author>a@b.c (Bob Roe)</author>
<pubDate>Sun, 05 Jun 2022 23:30:00 -0100</pubDate>
<description>Published on January 2, 2020 3:04 AM GMT&lt;br/&gt;&lt;br/&gt;Hi</description></item>
<item></item></channel></rss>""".replace("%s", POST)


def test_a_feed_gives_posts_and_its_dates_are_not_those_of_the_forum() -> None:
    post, comment, other = take(feeds.IMPORTER, RSS, "feed.xml")
    assert (post.kind, post.text, post.published) == ("post", "First **words**.", None)
    assert post.external_ids == {"lesswrong": "aB3dE5gH7jK9mN2pQ"}
    assert [a.name for a in post.authors] == ["Ann Doe"]
    assert (comment.kind, comment.parent and comment.parent.title) == ("comment", "A Post")
    assert (other.published, other.tags, other.text) == ("2020-01-02", ("t",), "Hi")
    assert other.authors[0].name == "Bob Roe"
    assert post.problems == ("item 4 has neither a link nor a title, it is left out",)


def test_an_atom_feed() -> None:
    text = """<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>
    <entry><title type="html">A &lt;i&gt;b&lt;/i&gt;</title>
    <id>tag:x</id><link rel="self" href="https://example.org/self"/><link href="https://example.org/a"/>
    <published>2020-01-02T03:04:05+01:00</published><author><name>Ann Doe</name></author>
    <author><name>Bob</name></author>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hello <em>you</em></p></div>
    </content></entry></feed>"""
    (entry,) = take(feeds.IMPORTER, text, "atom.xml")
    assert (entry.title, entry.url, entry.published) == ("A b", "https://example.org/a", "2020-01-02T02:04:05Z")
    assert [a.name for a in entry.authors] == ["Ann Doe", "Bob"]
    assert "Hello *you*" in entry.text


def test_a_list_of_feeds_is_tagged_with_its_folders() -> None:
    text = """<opml version="2.0"><head/><body><outline text="AI"><outline text="Safety"><outline type="rss" text="F"
    xmlUrl="https://example.org/f" htmlUrl="https://example.org"/></outline></outline>
    <outline text="G" xmlUrl="http://example.org/g?x=1"/></body></opml>"""
    documents = take(feeds.IMPORTER, text, "feeds.opml")
    assert [(d.kind, d.title, d.url, d.tags) for d in documents] == [
        ("web", "F", "https://example.org/f", ("feed", "AI", "Safety")),
        ("web", "G", "https://example.org/g?x=1", ("feed",)),
    ]


@pytest.mark.parametrize(
    ("name", "text", "tags", "state", "marked"),
    [
        ("p.csv", f"title,url,time_added,tags,status\nA,{POST},1654467952,a|b,unread\n", ("a", "b"), "to-read", 0),
        ("i.csv", f'URL,Title,Selection,Folder,Timestamp\n{POST},A,"some\nwords",Archive,1654467952\n', (), "read", 1),
        ("r.csv", "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
         f'1,A,mine,,{POST},X / Y,"a, b",2022-06-05T22:25:52.000Z,,"Highlight:one\nNote:hm\nHighlight:two",true\n',
         ("a", "b", "X", "Y", "starred"), None, 2),
        ("o.json", json.dumps([{"slug": "a-18", "title": "A", "url": POST, "state": "Archived", "readingProgress": 100,
         "labels": [{"name": "a"}], "savedAt": "2022-06-05T22:25:52.000Z",
         "highlights": [{"quote": "q", "annotation": "n"}]}]),
         ("a",), "read", 1),
        ("p.html", f'<html><title>Pocket Export</title><h1>Read Archive</h1><ul>'
         f'<li><a href="{POST}" time_added="1654467952"'
         ' tags="a,b">A</a></ul>', ("a", "b"), "read", 0),
    ],
)  # fmt: skip
def test_reading_lists(name: str, text: str, tags: tuple[str, ...], state: str | None, marked: int) -> None:
    work, *notes = take(read_later.IMPORTER, text, name)
    assert (work.title, work.kind, work.added, work.tags) == ("A", "post", "2022-06-05T22:25:52Z", tags)
    assert (work.reading and work.reading.state) == state
    if state == "to-read":
        assert work.reading
        assert work.reading.at == work.added
    assert sum(len(quotes(note)) for note in notes) == marked


def test_a_file_of_omnivore_highlights_names_its_text_by_the_slug() -> None:
    text = "> first [⤴️](https://omnivore.app/me/a-post-18a1b2c3d4e#x)  #tag\n\nhm\n\n> second\n> line [⤴️](https://omnivore.app/me/a-post-18a1b2c3d4e#y)\n"
    (note,) = take(read_later.IMPORTER, text, "a-post-18a1b2c3d4e.md")
    assert quotes(note) == [("first", ["hm"]), ("second line", [])]
    assert (note.references[0].target, note.tags) == ("a-post-18a1b2c3d4e", ("tag",))


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "importer", "works", "notes", "marked", "ids"),
    [
        ("better-bibtex.json", zotero, 1, 1, 1, {"arxiv": 1}),
        ("zotero_annotation.json", zotero, 0, 1, 1, {}),
        ("library.bib", bibtex, 6, 0, 0, {"arxiv": 3, "lesswrong": 1}),
        ("library.csl.json", csl_json, 4, 1, 1, {"arxiv": 2, "lesswrong": 1}),
        ("library.ris", ris, 2, 1, 1, {"arxiv": 1, "lesswrong": 1}),
        ("readwise.csv", readwise, 2, 2, 2, {"asin": 1}),
        ("readwise_export.json", readwise, 1, 1, 1, {"lesswrong": 1}),
        ("hypothesis_search.json", hypothesis, 0, 1, 1, {}),
        ("lw_feed.xml", feeds, 1, 0, 0, {"lesswrong": 1}),
        ("feeds.opml", feeds, 3, 0, 0, {}),
        ("pocket.csv", read_later, 2, 0, 0, {"lesswrong": 1, "arxiv": 1}),
        ("pocket.html", read_later, 2, 0, 0, {"lesswrong": 1, "arxiv": 1}),
        ("instapaper.csv", read_later, 2, 1, 1, {"lesswrong": 1, "arxiv": 1}),
        ("raindrop.csv", read_later, 1, 1, 1, {"lesswrong": 1}),
        ("omnivore/metadata_0_to_20.json", read_later, 1, 0, 0, {"lesswrong": 1}),
        ("omnivore/highlights/agi-ruin-18a1b2c3d4e.md", read_later, 0, 1, 1, {}),
    ],
)
def test_the_samples_give_what_a_person_counts(
    shared: Path, name: str, importer: Any, works: int, notes: int, marked: int, ids: dict[str, int]
) -> None:
    path = shared / "samples" / "interchange" / name
    documents = take(importer.IMPORTER, repair(path.read_text()), path.name)
    found = [d for d in documents if d.kind != "note"]
    noted = [d for d in documents if d.kind == "note"]
    assert (len(found), len(noted), sum(len(quotes(d)) for d in noted)) == (works, notes, marked)
    for key in ("arxiv", "lesswrong", "asin"):
        assert sum(key in d.external_ids for d in found) == ids.get(key, 0)
