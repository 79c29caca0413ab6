"""From a link on the command line to the store, against a forum on this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import Kb
from tests.importers.web.forum.forum_server import FakeForum, a_comment, a_post, a_refusal, an_id
from tests.importers.web.web_server import Server, busy, serve

POST = f"https://www.lesswrong.com/posts/{an_id(1, 'p')}/counting-herons"
BODY = "<p>I think that herons should be counted twice a year.</p><p>I believe that ducks are not worth it.</p>"
REPLY = (
    "<blockquote><p>I think that herons should be counted twice a year.</p></blockquote>"
    "<p>I disagree, because one good count is better than two bad ones.</p>"
)


@pytest.fixture
def forum() -> FakeForum:
    comments = [a_comment(1, html=REPLY), a_comment(2, parent=1), a_comment(3, parent=2)]
    return FakeForum(posts=[a_post(html=BODY, commentCount=3)], comments=comments)


@pytest.fixture
def server(forum: FakeForum, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serve({"/graphql": forum.answer}) as running:
        monkeypatch.setenv("KB_ENDPOINTS", f"www.lesswrong.com={running.base_url}")
        yield running


def _add(kb: Kb, *more: str) -> dict[str, object]:
    ran = kb("add", POST, "--allow-private", "--no-embed", "--json", *more)
    assert ran.code == 0, ran.err + ran.out
    return dict(ran.json["counts"])


@pytest.mark.usefixtures("server")
def test_a_link_brings_the_post_its_thread_and_what_quotes_are_about(kb: Kb, forum: FakeForum) -> None:
    assert _add(kb) == {"added": 4, "updated": 0, "unchanged": 0, "failed": 0}
    twin = POST.replace("www.lesswrong.com", "www.alignmentforum.org")
    post = kb("show", twin, "--json").json
    assert (post["kind"], post["authors"], post["tags"]) == ("post", ["Ann Lee"], ["Birds"])
    comments = {s["external_ids"]["lesswrong"]: s for s in kb("list", "--kind", "comment", "--json").json["sources"]}
    assert comments[an_id(1)]["parent"] == post["id"]
    assert comments[an_id(3)]["parent"] == comments[an_id(2)]["id"]
    (quoted,) = [s["id"] for s in post["statement_list"] if "herons" in s["text"]]
    (link,) = [x for x in kb("links", quoted, "--json").json["links"] if x["to"] == quoted]
    assert (link["relation"], link["rule"]) == ("attacks", "quoted-reply")
    assert link["evidence"]["quote"] == "I think that herons should be counted twice a year."
    asked = len(forum.asked)
    assert _add(kb)["unchanged"] == 4
    assert len(forum.asked) == asked  # the cache answers
    assert kb("check", "--json").json["ok"]


@pytest.mark.usefixtures("server")
def test_refresh_takes_up_what_changed_and_keeps_what_was_judged(kb: Kb, forum: FakeForum) -> None:
    _add(kb)
    post = kb("show", POST, "--json").json
    (herons,) = [s["id"] for s in post["statement_list"] if "herons" in s["text"]]
    kb("accept", herons)
    forum.posts[0]["baseScore"] = 99
    ran = kb("refresh", POST, "--allow-private", "--no-embed", "--json")
    assert ran.code == 0, ran.err
    assert ran.json["counts"] == {"added": 0, "updated": 0, "unchanged": 1, "failed": 0}
    changed = BODY.replace("<p>I believe that ducks are not worth it.</p>", "<p>Ducks were taken out.</p>")
    forum.posts[0] |= {"contents": {"_id": "rev2", "version": "1.1.0", "html": changed}, "commentCount": 4}
    forum.posts[0]["contents_latest"] = "rev2"
    forum.comments.append(a_comment(4))
    ran = kb("refresh", "--allow-private", "--no-embed", "--json")
    assert ran.json["counts"] == {"added": 1, "updated": 1, "unchanged": 3, "failed": 0}
    kept = {s["id"]: s for s in kb("show", POST, "--json").json["statement_list"]}
    assert kept[herons]["status"] == "accepted"
    assert not any("ducks" in s["text"] for s in kept.values())
    again = kb("refresh", "--allow-private", "--no-embed", "--json")
    assert again.json["counts"] == {"added": 0, "updated": 0, "unchanged": 1, "failed": 0}


@pytest.mark.usefixtures("server")
def test_a_person_who_was_renamed_stays_so_through_a_refresh(kb: Kb, forum: FakeForum) -> None:
    _add(kb)
    before = kb("show", POST, "--json").json
    kb("people", "rename", "Ann Lee", "Ann B. Lee")
    changed = BODY.replace("<p>I believe that ducks are not worth it.</p>", "<p>I believe that ducks count too.</p>")
    forum.posts[0] |= {"contents": {"_id": "rev2", "version": "1.1.0", "html": changed}, "contents_latest": "rev2"}
    assert kb("refresh", "--allow-private", "--no-embed", "--json").json["counts"]["updated"] == 1
    post = kb("show", POST, "--json").json
    assert (before["authors"], post["authors"]) == (["Ann Lee"], ["Ann B. Lee"])
    assert {one["speaker"] for made in post["statement_list"] for one in made["mentions"]} == {"Ann B. Lee"}
    assert kb("refresh", "--allow-private", "--no-embed", "--json").json["counts"]["updated"] == 0
    kb("people", "split", "Ann B. Lee")
    assert kb("show", POST, "--json").json["authors"] == ["Ann Lee"]


@pytest.mark.usefixtures("server")
def test_a_refusal_is_one_clear_error_and_leaves_nothing(kb: Kb, forum: FakeForum) -> None:
    forum.fault = lambda _number, _asked: a_refusal("app.operation_not_allowed")
    ran = kb("add", POST, "--allow-private", "--no-embed", "--json")
    assert ran.code == 4
    (item,) = ran.json["items"]
    assert item["status"] == "failed"
    assert item["error"]["hint"]
    assert kb("list", "--json").json == {"sources": []}


@pytest.mark.usefixtures("server")
def test_a_busy_forum_is_asked_again(kb: Kb, forum: FakeForum) -> None:
    forum.fault = lambda number, _asked: busy(retry_after="0") if number == 1 else None
    assert _add(kb)["added"] == 4


def test_a_private_address_is_refused_without_the_flag(kb: Kb, server: Server) -> None:
    ran = kb("add", f"{server.base_url}/page", "--no-embed", "--json")
    assert ran.code == 4
    assert re.search("--allow-private", ran.json["items"][0]["error"]["hint"])


@pytest.mark.usefixtures("server")
def test_one_client_keeps_the_pace_for_all_targets(kb: Kb, forum: FakeForum, monkeypatch: pytest.MonkeyPatch) -> None:
    from importers import fetching

    made: list[object] = []
    real = fetching.client_for

    def counted(*given: Any, **more: Any) -> Any:
        made.append(given)
        return real(*given, **more)

    monkeypatch.setattr(fetching, "client_for", counted)
    forum.posts.append(a_post(2, slug="more-herons", html="<p>More.</p>", title="More Herons"))
    other = POST.replace(an_id(1, "p"), an_id(2, "p"))
    assert kb("add", POST, other, "--allow-private", "--no-embed", "--json").json["counts"]["added"] == 5
    assert len(made) == 1
