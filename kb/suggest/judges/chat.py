"""A client of the chat completions interface that OpenAI began and local servers share."""

from __future__ import annotations

import ipaddress
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kb.errors import KbError, UsageError
from kb.text.strings import clip

if TYPE_CHECKING:
    import httpx

_TRIES = 4
_TRIES_TIMEOUT = 2  # each costs the whole timeout
_FIRST_WAIT = 1.0  # seconds, doubled each time
_LONGEST_WAIT = 60.0  # a server that asks for more is told about, not waited for
_MOST_BYTES = 4 << 20
_MOST_TOKENS = 800
_LATER = "run it again later: what was answered is kept"


@dataclass(frozen=True, slots=True)
class Reply:
    """The text answered, whether it was cut off at the limit of tokens, and the tokens that the server counted."""

    text: str
    cut: bool = False
    tokens_in: int = 0
    tokens_out: int = 0


class _AgainError(Exception):
    """Worth another try, after `wait` seconds if the server said so. `tries` is how many it is worth in all."""

    def __init__(self, problem: KbError, wait: float | None = None, tries: int = _TRIES) -> None:
        super().__init__(problem.message)
        self.problem, self.wait, self.tries = problem, wait, tries


class Chat:
    """An endpoint and a model; use it as a context manager.

    Args:
        url: as servers give it, such as "https://host/v1"; "/chat/completions" is put behind it.
        model: what the server calls the model.
        key_variable: environment variable that holds the key; "" for none.
        timeout: seconds for a store and for each wait for data.
        sleep: for tests.

    Raises:
        UsageError: the address is none, the variable is empty, or the key would go over the network in the clear.
    """

    def __init__(
        self, url: str, model: str, key_variable: str = "", timeout: float = 120.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        import httpx

        self.model, self.host, self._url = model, *_checked(url)
        self._sleep = sleep
        self._optional: dict[str, Any] = {
            "temperature": 0, "max_tokens": _MOST_TOKENS, "response_format": {"type": "json_object"},
        }  # fmt: skip
        own = _is_loopback(urlsplit(self._url).hostname or "")
        headers = {"Authorization": f"Bearer {key}"} if (key := _key(key_variable)) else {}
        if key and self._url.startswith("http:") and not own:
            raise UsageError(f"the key would go to {self.host} unencrypted", "give an https address in judge.llm.url")
        self._timeout = timeout
        self._client = httpx.Client(timeout=timeout, headers=headers, trust_env=not own)

    def __enter__(self) -> Chat:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def ask(self, messages: Sequence[dict[str, str]]) -> Reply:
        """The model's answer.

        Raises:
            KbError: the server cannot be reached, refuses, or stays busy.
        """
        tries = 0
        while True:
            tries += 1
            try:
                return self._once(messages)
            except _AgainError as again:
                if tries >= again.tries or (again.wait or 0) > _LONGEST_WAIT:
                    raise again.problem from again
                self._sleep(_FIRST_WAIT * 2 ** (tries - 1) if again.wait is None else again.wait)

    def _once(self, messages: Sequence[dict[str, str]]) -> Reply:
        import httpx

        try:
            status, headers, body = self._post({"model": self.model, "messages": list(messages), **self._optional})
        except httpx.TimeoutException as error:
            problem = KbError(f"{self.host} did not answer within {self._timeout:g} seconds", _LATER)
            raise _AgainError(problem, tries=_TRIES_TIMEOUT) from error
        except httpx.ConnectError as error:
            raise KbError(f"cannot connect to {self.host}", "is the server running? see judge.llm.url") from error
        except httpx.HTTPError as error:
            raise _AgainError(KbError(f"the store to {self.host} broke", _LATER)) from error
        if status == 200:
            return self._reply(body)
        said = _message(body)
        if status == 400 and (refused := [name for name in self._optional if name in said]):
            for name in refused:  # some servers and models do not know all of the interface
                del self._optional[name]
            return self._once(messages)
        raise self._refusal(status, headers, said)

    def _post(self, payload: dict[str, Any]) -> tuple[int, httpx.Headers, bytes]:
        content = json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace")
        with self._client.stream(
            "POST", self._url, content=content, headers={"Content-Type": "application/json"}
        ) as answer:
            body = b""
            for part in answer.iter_bytes():
                body += part
                if len(body) > _MOST_BYTES:
                    raise KbError(f"{self.host} answers without end", "is judge.llm.url the right address?")
            return answer.status_code, answer.headers, body

    def _reply(self, body: bytes) -> Reply:
        try:
            answer = json.loads(body)
            choice = answer["choices"][0]
            text = choice["message"]["content"]
            usage = answer.get("usage") or {}
            return Reply(
                str(text or ""), choice.get("finish_reason") == "length",
                int(usage.get("prompt_tokens") or 0), int(usage.get("completion_tokens") or 0),
            )  # fmt: skip
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
            problem = KbError(
                f"{self.host} does not answer as an OpenAI-compatible endpoint does",
                "judge.llm.url is mostly an address that ends in /v1",
            )
            raise _AgainError(problem, tries=2) from error

    def _refusal(self, status: int, headers: httpx.Headers, said: str) -> Exception:
        says = f": {said}" if said else ""
        if status in (401, 403):
            return KbError(f"{self.host} refuses access{says}", "judge.llm.key_variable names the variable of the key")
        if status == 404:
            return KbError(f"{self.host} knows no such address or model{says}", "see judge.llm.url and judge.llm.model")
        problem = KbError(f"{self.host} answers with status {status}{says}", _LATER)
        if status in (408, 429) or status >= 500:
            return _AgainError(problem, _retry_after(headers.get("retry-after")))
        return problem


def _checked(url: str) -> tuple[str, str]:
    """Host and port, and the address that is asked."""
    try:
        parts = urlsplit(url.strip())
        host = parts.netloc.rpartition("@")[2]
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable:
        raise UsageError(f"judge.llm.url cannot be {url!r}", "an address such as http://localhost:11434/v1")
    whole = parts.path.rstrip("/")
    path = whole if whole.endswith("/chat/completions") else whole + "/chat/completions"
    return host, parts._replace(path=path, fragment="").geturl()


def _key(variable: str) -> str:
    if not variable:
        return ""
    key = os.environ.get(variable, "").strip()
    if not key or not key.isascii() or not key.isprintable():
        raise UsageError(
            f"the variable {variable} holds no key", f"export {variable}=…, or unset judge.llm.key_variable"
        )
    return key


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _message(body: bytes) -> str:
    """What the server says is wrong, in a line."""
    try:
        error = json.loads(body)["error"]
        said = error["message"] if isinstance(error, dict) else error
    except (ValueError, KeyError, TypeError, RecursionError):
        said = body[:500].decode("utf-8", "replace")
    return "".join(c for c in clip(str(said), 200) if c.isprintable())


def _retry_after(value: str | None) -> float | None:
    """Seconds that a Retry-After header asks for: a number or a date; None for neither."""
    if not value:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value.strip()).timestamp() - time.time())
    except (ValueError, TypeError):
        return None
