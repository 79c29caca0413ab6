"""The client of OpenAI-compatible endpoints against a server on this machine, faults included."""

from __future__ import annotations

from typing import Any

import pytest

from kb.errors import KbError, UsageError
from kb.suggest.judges.chat import Chat
from tests.importers.web.web_server import Answer, Request, answer_json, busy, cut, page, serve

PATH = "/v1/chat/completions"
MESSAGES = [{"role": "user", "content": "héllo"}]


def said(text: str | None, finish: str = "stop") -> Answer:
    """A chat completion."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return answer_json({"choices": [choice], "usage": {"prompt_tokens": 7, "completion_tokens": 3}})


def raises(words: str) -> Any:
    return pytest.raises(KbError, match=words)


def _chat(url: str, waits: list[float] | None = None, **given: Any) -> Chat:
    return Chat(url, "small", sleep=(waits if waits is not None else []).append, **given)


def test_an_answer_comes_with_what_the_server_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", "s3cret\n")
    with serve({PATH: [said("yes"), said("cut of", "length")]}) as server:
        with _chat(server.url("/v1/"), key_variable="MY_KEY") as chat:
            first, second = chat.ask(MESSAGES), chat.ask(MESSAGES)
        assert (first.text, first.cut, first.tokens_in, first.tokens_out) == ("yes", False, 7, 3)
        assert (second.text, second.cut) == ("cut of", True)
        request = server.requests[0]
        assert request.headers["authorization"] == "Bearer s3cret"
        assert request.json["model"] == "small"
        assert request.json["messages"] == MESSAGES


def test_without_a_key_none_is_sent() -> None:
    with serve({PATH: said("yes")}) as server, _chat(server.url("/v1")) as chat:
        chat.ask(MESSAGES)
        assert "authorization" not in server.requests[0].headers


def test_a_busy_server_is_asked_again_when_it_says() -> None:
    waits: list[float] = []
    with serve({PATH: [busy(retry_after="3"), busy(503), said("yes")]}) as server, _chat(server.url("/v1"), waits) as c:
        assert c.ask(MESSAGES).text == "yes"
    assert waits == [3.0, 2.0]


@pytest.mark.parametrize(("wait", "requests"), [("3600", 1), (None, 4)])
def test_a_server_that_stays_busy_or_asks_for_an_hour_ends_the_run(wait: str | None, requests: int) -> None:
    with serve({PATH: busy(retry_after=wait)}) as server, _chat(server.url("/v1")) as chat:
        with pytest.raises(KbError, match="429") as caught:
            chat.ask(MESSAGES)
        assert "kept" in caught.value.hint
        assert len(server.requests) == requests


def test_silence_is_given_two_tries() -> None:
    silent = Answer(b"", stall=True)
    with serve({PATH: silent}) as server, _chat(server.url("/v1"), timeout=0.2) as chat:
        with pytest.raises(KbError, match="did not answer within"):
            chat.ask(MESSAGES)
        assert len(server.requests) == 2


def test_a_broken_connection_is_tried_again() -> None:
    with serve({PATH: [cut('{"choices": [', 5), said("yes")]}) as server, _chat(server.url("/v1")) as chat:
        assert chat.ask(MESSAGES).text == "yes"


@pytest.mark.parametrize(
    "answer",
    [
        page("<html>log in</html>"),
        page("[]", "application/json"),
        answer_json({"choices": []}),
        answer_json({"choices": [{"message": "hello"}]}),
        answer_json({"choices": [{"message": {"content": "x"}}], "usage": {"prompt_tokens": "many"}}),
        page("[" * 100_000),
    ],
)
def test_an_answer_of_another_kind_is_told(answer: Answer) -> None:
    with serve({PATH: answer}) as server, _chat(server.url("/v1")) as chat, raises("OpenAI-compatible"):
        chat.ask(MESSAGES)


def test_no_text_is_an_empty_text() -> None:
    with serve({PATH: said(None)}) as server, _chat(server.url("/v1")) as chat:
        assert chat.ask(MESSAGES).text == ""


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "refuses access: no \\[31m key"), (404, "no such address or model"), (422, "status 422")],
)
def test_a_refusal_is_told_once_without_what_a_terminal_acts_on(status: int, words: str) -> None:
    refusal = answer_json({"error": {"message": "no \x1b[31m key"}}, status)
    with serve({PATH: refusal}) as server, _chat(server.url("/v1")) as chat:
        with pytest.raises(KbError, match=words):
            chat.ask(MESSAGES)
        assert len(server.requests) == 1


def test_what_a_server_does_not_know_is_left_out() -> None:
    def picky(request: Request) -> Answer:
        unknown = [name for name in ("temperature", "response_format") if name in request.json]
        return answer_json({"error": f"unsupported: {unknown[0]}"}, 400) if unknown else said("yes")

    with serve({PATH: picky}) as server, _chat(server.url("/v1")) as chat:
        assert chat.ask(MESSAGES).text == "yes"
        assert len(server.requests) == 3
        chat.ask(MESSAGES)
        assert len(server.requests) == 4  # it is remembered


def test_a_bad_request_that_is_not_about_the_options_is_an_error() -> None:
    with (
        serve({PATH: answer_json({"error": "too long"}, 400)}) as server,
        _chat(server.url("/v1")) as chat,
        raises("too long"),
    ):
        chat.ask(MESSAGES)


def test_an_endless_answer_is_cut() -> None:
    endless = Answer(pieces=iter([b" " * (1 << 20)] * 100))
    with serve({PATH: endless}) as server, _chat(server.url("/v1")) as chat, raises("without end"):
        chat.ask(MESSAGES)


def test_nobody_there_is_told_at_once() -> None:
    with serve({}) as server:
        url = server.url("/v1")
    with _chat(url) as chat, pytest.raises(KbError, match="cannot connect"):
        chat.ask(MESSAGES)


@pytest.mark.parametrize("url", ["", "localhost", "ftp://host/v1", "http://", "http://host:99999/v1", "http://[::1/v1"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match=r"judge\.llm\.url"):
        Chat(url, "small")


def test_a_key_does_not_travel_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", "s3cret")
    with pytest.raises(UsageError, match="unencrypted") as caught:
        Chat("http://models.example.org/v1", "small", "MY_KEY")
    assert "s3cret" not in str(caught.value)
    Chat("https://models.example.org/v1", "small", "MY_KEY")
    Chat("http://models.example.org/v1", "small")


@pytest.mark.parametrize("value", ["", "  ", "ké", "a\x00b"])
def test_a_variable_without_a_usable_key_is_told(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    if "\x00" not in value:  # the system itself refuses that one
        monkeypatch.setenv("MY_KEY", value)
    with pytest.raises(UsageError, match="MY_KEY"):
        Chat("https://models.example.org/v1", "small", "MY_KEY")
