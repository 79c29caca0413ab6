"""A forum that is busy, broken or refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.base import Failure
from importers.web.forum.fetch import FETCHER
from kb.errors import KbError
from kb.model.document import Document
from tests.importers.web.forum.fetched import POST, fetched
from tests.importers.web.forum.forum_server import FakeForum, a_comment, a_post, a_refusal, forum_at
from tests.importers.web.web_server import Answer, answer_json, busy

# Faults


def test_busy_broken_and_cut_answers_are_asked_for_again() -> None:
    forum = FakeForum([a_post()], [a_comment(n) for n in range(1, 30)])
    faults = {1: busy(retry_after="1"), 2: Answer(b"", 500), 4: Answer(b'{"data": {"comm', cut=8)}
    forum.fault = lambda number, _: faults.get(number)
    documents, missed = fetched(forum)
    assert len(documents) == 30
    assert not missed


def test_an_interrupted_import_asks_only_for_what_is_missing(tmp_path: Path) -> None:
    forum = FakeForum([a_post()], [a_comment(n) for n in range(1, 500)])
    forum.fault = lambda _number, a: Answer(b"", 503) if a["variables"].get("offset") == 400 else None
    with forum_at(forum, tmp_path) as (client, options):
        post, missed = FETCHER.fetch(POST, client, options)
        assert isinstance(post, Document)  # it goes in; its discussion is told apart
        assert isinstance(missed, Failure)
        assert missed.target == f"{POST}#comments"
        assert "503" in missed.error.message
        forum.fault = lambda _number, _asked: None
        forum.asked.clear()
        assert len(list(FETCHER.fetch(POST, client, options))) == 500
        again = [(a["operationName"], a["variables"].get("offset")) for a in forum.asked]
        assert again == [("CommentsOfPost", 400), ("CommentsOfPost", 600)]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (a_refusal("app.missing_document", data={"post": None}), "has nothing under this address"),
        (answer_json({"data": {"post": {"result": None}}}), "has nothing under this address"),
        (a_refusal("app.operation_not_allowed"), "does not show it to everyone"),
        (a_refusal('Cannot query field "x" on type "Post".', 400), "does not understand the question"),
        (a_refusal("Something broke"), "answered with an error (Something broke)"),
        (Answer(b"<html>log in", 200, {"Content-Type": "text/html"}), "did not answer with JSON"),
        (Answer(b"no", 403), "refuses"),
        (answer_json([1]), "no GraphQL"),
        (answer_json({"data": {"post": {"result": {"title": "x"}}}}), "without an id"),
    ],
)
def test_refusals_name_the_target_and_a_cure(answer: Answer, said: str) -> None:
    forum = FakeForum(fault=lambda _number, _asked: answer)
    with pytest.raises(KbError) as caught:
        fetched(forum)
    assert said in caught.value.message
    assert "lesswrong.com/posts" in caught.value.message or "127.0.0.1" in caught.value.message
    assert caught.value.hint


def test_a_partial_answer_is_taken_as_far_as_it_goes() -> None:
    post = a_post(contents=None)
    whole = {"errors": [{"message": "app.operation_not_allowed"}], "data": {"post": {"result": post}}}
    forum = FakeForum([post], fault=lambda _number, a: answer_json(whole) if a["operationName"] == "PostById" else None)
    (document,), _ = fetched(forum)
    assert document.text == ""
    assert document.problems == ("the forum sent no text for this post",)


def test_a_refusal_of_yesterday_is_not_believed_today(tmp_path: Path) -> None:
    forum = FakeForum([a_post()], fault=lambda _number, _asked: a_refusal("Something broke"))
    with forum_at(forum, tmp_path) as (client, options):
        with pytest.raises(KbError):
            list(FETCHER.fetch(POST, client, options))
        forum.fault = lambda _number, _asked: None
        assert len(list(FETCHER.fetch(POST, client, options))) == 1
