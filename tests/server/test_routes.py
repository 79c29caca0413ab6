"""The addresses of pages."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from jinja2 import FileSystemLoader

from kb.store.open import open_reader
from server.pages import every
from tests.browsing import Served
from tests.server.test_application import PAGES, names

DOCS = Path(__file__).resolve().parents[2] / "docs" / "pages.md"


def test_each_page_is_in_the_docs() -> None:
    told = DOCS.read_text(encoding="utf-8")
    missing = [page.path for page in every() if page.method == "GET" and f"`{page.path}`" not in told]
    assert not missing


def test_no_address_is_there_twice() -> None:
    known = [(page.method, page.path) for page in every()]
    assert len(known) == len(set(known))


def test_looking_writes_nothing(client: httpx.Client, served: Served) -> None:
    def state() -> list[tuple[object, ...]]:
        with open_reader(served.home) as store:
            tables = [row[0] for row in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return [(name, *store.execute(f"SELECT count(*) FROM '{name}'").fetchone()) for name in sorted(tables)]

    before = state()
    for path in PAGES:
        client.get(path.format_map(names(served.home, client)))
    assert state() == before
    assert not (served.home / "config.toml").exists()


def test_what_writes_is_not_had_by_looking(client: httpx.Client) -> None:
    shown = {page.path for page in every() if page.method == "GET"}
    for page in every():
        if page.method == "POST" and page.path not in shown:
            path = page.path.replace("{ref}", "x").replace("{action}", "accept")
            assert client.get(path).status_code in (404, 405), path


def test_a_page_written_as_the_contract_shows_is_there(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scripts.pages.architecture import example
    from server import pages, routes, view
    from tests.browsing import serving

    (tmp_path / "hello.py").write_text(example(routes), encoding="utf-8")
    shown = '{% extends "page.html" %}{% block main %}<h1>{{ title }}, {{ asked.text("name") }}</h1>{% endblock %}'
    (tmp_path / "hello.html").write_text(shown, encoding="utf-8")
    monkeypatch.setattr(pages, "__path__", [*pages.__path__, str(tmp_path)])
    loader = view._templates().loader
    assert isinstance(loader, FileSystemLoader)
    monkeypatch.setattr(loader, "searchpath", [*loader.searchpath, str(tmp_path)])
    with serving(home) as served, served.client() as friend:
        assert "<h1>Hello, &lt;Ada&gt;</h1>" in friend.get("/hello", params={"name": "<Ada>"}).text
