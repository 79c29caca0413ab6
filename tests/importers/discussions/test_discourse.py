"""Topics of Discourse: what answers what, what is quoted, and what is not there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from importers.base import Input
from importers.discussions.discourse import IMPORTER
from kb.errors import KbError
from kb.model.document import Author, Document
from tests.importers.discussions.shapes import answers, facts, topic, topic_post, written

Read = Callable[..., list[Document]]
_QUOTE = (
    '<aside class="quote" data-username="bo" data-post="2" data-topic="7"><div class="title">Bo:</div>'
    "<blockquote><p>Late.</p></blockquote></aside><p>No.</p>"
)


def test_a_topic_gives_its_first_post_and_answers_by_their_numbers(read: Read) -> None:
    likes = [{"id": 2, "count": 6}, {"id": 3, "count": 1}]
    text = written(topic(
        topic_post(1, actions_summary=likes, reactions=[{"id": "heart", "count": 4}, {"id": "open_mouth", "count": 2}]),
        topic_post(2, "<p>Late.</p>", username="bo", name=None),
        topic_post(3, "<p>Why?</p>", reply_to_post_number=2),
        topic_post(4, _QUOTE), closed=True,
    ))  # fmt: skip
    assert IMPORTER.sniff(Input(text, "7.json")) > 0.9
    found = read(IMPORTER, text)
    assert answers(found) == {"2": "7", "3": "2", "4": "2"}
    first = found[0]
    assert (first.kind, first.title, first.url, first.tags) == (
        "post",
        "Frogs",
        "https://ponds.example/t/frogs/7",
        ("ponds",),
    )
    assert facts(first) == {"likes": 6, "reactions": 6, "state": "closed"}
    assert first.authors == (Author("Ada Moss", "ada"),)
    assert found[1].authors == (Author("bo", "bo"),)
    assert found[3].text == "> Late.\n\nNo."


def test_boxes_pictures_of_feelings_and_mentions_are_what_they_stand_for(read: Read) -> None:
    html = (
        '<p>Hm <img src="/e.png" class="emoji" alt=":frog:"> <a class="mention" href="/u/bo">@bo</a></p>'
        '<aside class="onebox" data-onebox-src="https://p.example/a"><article><h3>Ponds</h3><p>Long.</p></article></aside>'
    )
    [post] = read(IMPORTER, written(topic(topic_post(1, html))))
    assert post.text == "Hm :frog: @bo\n\n<https://p.example/a>"
    assert [one.target for one in post.references if one.kind == "url"] == ["https://p.example/a"]


def test_raw_text_is_markdown_with_its_own_quotes(read: Read) -> None:
    raw = '[quote="bo, post:2, topic:7"]\nLate.\nVery.\n[/quote]\n\n**No.**'
    posts = [topic_post(1), topic_post(2), topic_post(3, raw=raw)]
    for post in posts:
        del post["cooked"]
        post.setdefault("raw", "Frogs are late.")
    found = read(IMPORTER, written(topic(*posts)))
    assert found[2].text == "> Late.\n> Very.\n\n**No.**"
    assert answers(found)["3"] == "2"


def test_what_is_left_out_or_missing_is_counted(read: Read) -> None:
    made = topic(
        topic_post(1), topic_post(2, post_type=3), topic_post(3, user_deleted=True), topic_post(4, post_type=4),
        topic_post(5, "<p></p>"), topic_post(6, reply_to_post_number=3),
    )  # fmt: skip
    made["post_stream"]["stream"] += [901, 902]
    found = read(IMPORTER, written(made))
    assert answers(found) == {"6": "7"}
    assert sorted(problem.rpartition(": ")[2] for problem in found[0].problems) == ["1", "1", "1", "1", "1", "2"]


def test_two_posts_of_the_same_words_are_two_and_loose_posts_keep_their_topic(read: Read) -> None:
    found = read(IMPORTER, written([topic_post(2), topic_post(3)]))
    assert [one.external_ids for one in found] == [
        {"discourse": "ponds.example/7/2"},
        {"discourse": "ponds.example/7/3"},
    ]
    assert {one.parent.url for one in found if one.parent} == {"https://ponds.example/t/frogs/7"}


def test_a_file_that_does_not_tell_its_site_is_read_all_the_same(read: Read) -> None:
    [first, second] = read(
        IMPORTER, written(topic(topic_post(1, avatar_template="/a.png"), topic_post(2, avatar_template="")))
    )
    assert (first.url, second.url) == (None, None)
    assert first.external_ids != second.external_ids


@pytest.mark.parametrize("text", ["{}", '{"post_number": 1, "topic_id": 2, "cooked": 3}', '["post_number topic_id"]'])
def test_other_json_is_none(text: str) -> None:
    assert IMPORTER.sniff(Input(text, "x.json")) == 0
    with pytest.raises(KbError):
        IMPORTER.read(Input(text, "x.json"))
