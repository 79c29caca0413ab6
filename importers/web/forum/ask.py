"""Asking a forum: one question at a time, and what its refusals mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from importers.web.base import Options
from importers.web.forum.posts import Node
from importers.web.forum.queries import Ask, Deprecated, Modern
from importers.web.forum.sites import Site
from kb.errors import KbError
from kb.text.json_values import json_value

if TYPE_CHECKING:
    from importers.web.client import Client


@dataclass(frozen=True)
class Forum:
    """One site, asked through one client."""

    site: Site
    client: Client
    options: Options

    @property
    def questions(self) -> Modern:
        return Modern() if self.site.modern else Deprecated()

    def one(self, ask: Ask, what: str) -> Node:
        """The one thing asked for.

        Raises:
            KbError: it is not there, or not for everyone's eyes.
        """
        found = self._asked(ask, what)
        if isinstance(found, list):
            found = next((item for item in found if isinstance(item, Mapping)), None)
        if not isinstance(found, Mapping):
            raise _not_there(self.site, what)
        return found

    def many(self, ask: Ask, what: str, *, fresh: bool = False) -> list[Node]:
        """The things asked for, without what the forum could not give. `fresh` takes no kept answer."""
        found = self._asked(ask, what, fresh=fresh)
        return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []

    def _asked(self, ask: Ask, what: str, *, fresh: bool = False) -> Any:
        answer = self._sent(ask, what, 0 if fresh or self.options.refresh else None)
        errors, found = _read(answer.json(), ask.path)
        if errors and found is None and answer.from_cache:
            # A refusal from yesterday need not be one today.
            errors, found = _read(self._sent(ask, what, 0).json(), ask.path)
        if errors and found is None:
            raise _refusal(self.site, what, errors)
        return found

    def _sent(self, ask: Ask, what: str, max_age: float | None) -> Any:
        from importers.web.errors import FetchError

        host = urlsplit(self.site.endpoint).hostname or ""
        base = self.options.endpoints.get(host)
        url = f"{base.rstrip('/')}/graphql" if base else self.site.endpoint
        headers = {"X-Apollo-Operation-Name": ask.name}
        try:
            return self.client.post_json(url, ask.payload, headers=headers, max_age=max_age)
        except FetchError as error:
            if error.status == 400 and (said := _errors_in(error.body)):
                raise _refusal(self.site, what, said) from error
            raise KbError(f"{what}: {error.message}", error.hint, exit_code=error.exit_code) from error


def _read(answer: Any, path: tuple[str, ...]) -> tuple[list[str], Any]:
    """What went wrong, and what came; both where only a part could be given."""
    errors = _messages(answer)
    found = answer.get("data") if isinstance(answer, Mapping) else None
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return errors, found


def _messages(answer: Any) -> list[str]:
    if not isinstance(answer, Mapping):
        return ["the answer is no GraphQL"]
    errors = answer.get("errors")
    listed = errors if isinstance(errors, list) else []
    return [str(e.get("message") or "an error without words") for e in listed if isinstance(e, Mapping)]


def _errors_in(body: bytes) -> list[str]:
    try:
        return _messages(json_value(body))
    except ValueError:
        return []


def _not_there(site: Site, what: str) -> KbError:
    return KbError(f"{what}: {site.label} has nothing under this address", "check it in a browser; it may be deleted")


_REFUSALS: tuple[tuple[str, Callable[[Site, str, str], KbError]], ...] = (
    ("app.missing_document", lambda site, what, _: _not_there(site, what)),
    (
        "app.operation_not_allowed",
        lambda site, what, _: KbError(
            f"{what}: {site.label} does not show it to everyone (a draft, deleted or private)",
            "if you can read it in your browser, save the page and add the file",
        ),
    ),
)


def _refusal(site: Site, what: str, errors: list[str]) -> KbError:
    for sign, error in _REFUSALS:
        if any(sign in message for message in errors):
            return error(site, what, errors[0])
    said = " ".join(errors[0].split())[:200]
    if any(
        sign in said for sign in ("Cannot query field", "is not defined by type", "Unknown argument", "Unknown type")
    ):
        hint = "the forum's interface has changed: update kb, or save the page in a browser and add the file"
        return KbError(f"{what}: {site.label} does not understand the question ({said})", hint)
    return KbError(f"{what}: {site.label} answered with an error ({said})", "run it again later: what has come is kept")
