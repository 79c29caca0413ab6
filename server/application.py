"""The application: every page with its store, its errors as pages, and the files that pages load."""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kb.errors import EXIT_NOT_FOUND, EXIT_USAGE, KbError, NotFoundError, listening
from server import assets, live
from server.asked import Asked, Place
from server.imports import Upload
from server.pages import every
from server.routes import Handler, Page
from server.view import error_page

_STATUS = {EXIT_USAGE: 400, EXIT_NOT_FOUND: 404}
_MOST_FIELDS = 200
_WORTH_PACKING = 40_000  # bytes of a page


def application(place: Place, log: Callable[[str], None], watcher: live.Watcher) -> Starlette:
    """All pages over one home. `log` hears of what went wrong and is no one's fault but ours."""
    routes = [Route("/static/{name:path}", _asset), Route("/live", watcher.stream)]
    routes += [Route(page.path, _endpoint(page, place, log), methods=[page.method]) for page in every()]
    routes.append(Route("/{rest:path}", _endpoint(Page("", _nowhere), place, log)))
    return Starlette(
        routes=routes, middleware=[Middleware(GZipMiddleware, minimum_size=_WORTH_PACKING, compresslevel=1)]
    )


def _endpoint(page: Page, place: Place, log: Callable[[str], None]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        words = {name: request.query_params.getlist(name) for name in request.query_params}
        uploads: list[Upload] = []
        if page.method == "POST":
            async with request.form(max_fields=_MOST_FIELDS) as form:
                for name, value in form.multi_items():
                    if isinstance(value, UploadFile):
                        uploads.append(Upload(value.filename or "file", await value.read()))
                    else:
                        words.setdefault(name, []).append(value)
        given = _Given(
            request.url.path + (f"?{request.url.query}" if request.url.query else ""), dict(request.path_params), words,
            request.headers.get("hx-request") == "true" and request.headers.get("hx-boosted") != "true",
            dict(request.cookies), uploads,
        )  # fmt: skip
        return await run_in_threadpool(_answered, page.handler, place, given, log)

    return answer


@dataclass(frozen=True, slots=True)
class _Given:
    """What a request says, before there is a store to answer it from."""

    address: str
    path: Mapping[str, str]
    words: Mapping[str, Sequence[str]]
    part: bool
    cookies: Mapping[str, str]
    uploads: Sequence[Upload]

    def asked(self, place: Place, stack: ExitStack) -> Asked:
        """The same with a store, which is open as long as the stack is."""
        store = stack.enter_context(place.stores.reading())
        return Asked(place, store, self.address, self.path, self.words, self.part, self.cookies, self.uploads)


def _answered(handler: Handler, place: Place, given: _Given, log: Callable[[str], None]) -> Response:
    """What the handler answers; an error is a page that says what is wrong, and what to do."""
    with ExitStack() as stack:
        try:
            asked = given.asked(place, stack)
        except KbError as error:  # no page can be shown without a store: only the message
            return error_page(None, error, 500)
        stack.enter_context(listening(asked.notices.append))
        try:
            return handler(asked)
        except KbError as error:
            return error_page(asked, error, _STATUS.get(error.exit_code, 409))
        except Exception as error:
            log(f"500 {given.path or given.address}: " + traceback.format_exc())
            problem = KbError(f"{type(error).__name__}: {error}", "this is a bug; the terminal has the details")
            return error_page(asked, problem, 500)


def _nowhere(asked: Asked) -> Response:
    raise NotFoundError(f"there is no page {asked.path.get('rest', '')!r}", "the search is at /")


async def _asset(request: Request) -> Response:
    return assets.answer(request.path_params["name"], "gzip" in request.headers.get("accept-encoding", ""))
