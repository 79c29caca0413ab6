"""The run of an import: what becomes of each target, and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from importers import intake
from importers.base import Failure, Input
from importers.fetching import Address, documents
from importers.given import Given
from importers.report import Item, Preview, Report, as_json
from importers.targets import inputs
from importers.web.base import Fetcher, Options
from kb.errors import KbError, UsageError
from kb.model.document import Author, Document
from kb.store.open import Store, open_store

KEYS = ["target", "status", "source", "error"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "texts"
    made.mkdir()
    (made / "Herons.md").write_text("Herons return because the river is cleaner.\n", encoding="utf-8")
    (made / "Broken.md").write_bytes(b"PK\x03\x04")
    (made / "picture.png").write_bytes(b"\x89PNG")
    return made


def run(store: Store, *targets: Path, given: Given = Given()) -> Report:  # noqa: B008  # frozen
    heard: list[Item] = []
    report = intake.run(store, [str(target) for target in targets], given, lambda: b"", heard.append)
    assert heard == report.items
    return report


def test_a_broken_target_fails_alone_and_again_is_unchanged(store: Store, folder: Path) -> None:
    report = run(store, folder)
    assert report.counts == {"added": 1, "updated": 0, "unchanged": 0, "failed": 1}
    assert report.skipped == ["skipped 1 files that are not text (1 .png)"]
    shown = as_json(report)
    assert [list(item) for item in shown["items"]] == [KEYS, KEYS]
    failed, added = shown["items"]
    assert failed == {
        "target": str(folder / "Broken.md"),
        "status": "failed",
        "source": None,
        "error": {
            "message": f"{folder / 'Broken.md'} is a ZIP archive or an office file, not text",
            "hint": "convert it to text or Markdown first",
        },
    }
    assert (added["source"]["title"], added["error"]) == ("Herons", None)
    again = as_json(run(store, folder))
    assert again["items"][1] == added | {"status": "unchanged"}
    (folder / "Herons.md").write_text("Herons return because the fish do.\n", encoding="utf-8")
    assert as_json(run(store, folder))["items"][1]["status"] == "updated"


def test_what_a_person_says_has_every_file_read(store: Store, folder: Path) -> None:
    run(store, folder / "Herons.md")
    said = run(store, folder / "Herons.md", given=Given(authors=("Ada Brandt",), date="2024-05-01", tags=("birds",)))
    (source,) = said.sources.values()
    assert (source.authors, source.published, source.tags) == (("Ada Brandt",), "2024-05-01", ("birds",))


def test_a_dry_run_says_what_would_go_in(folder: Path, tmp_path: Path) -> None:
    targets = [str(folder / "Herons.md"), "https://arxiv.org/abs/1706.03762"]
    given = Given(title="Birds", url="http://www.example.org/a/")
    heard: list[Item] = []
    report = intake.preview(tmp_path / "nowhere", targets, given, lambda: b"", heard.append)
    assert heard == report.items
    assert not (tmp_path / "nowhere").exists()
    assert [item.source for item in report.items] == [
        Preview("note", "Birds", url="https://www.example.org/a", importer="markdown"),
        Preview("web", targets[1], url="https://arxiv.org/abs/1706.03762", importer="arxiv"),
    ]
    shown = as_json(report)["items"][0]
    assert list(shown) == KEYS
    assert list(shown["source"]) == ["kind", "title", "authors", "published", "url", "importer"]


def test_what_is_of_one_source_is_no_matter_of_several(store: Store, tmp_path: Path) -> None:
    (tmp_path / "two.bib").write_text("@book{a, title={A}}\n@book{b, title={B}}\n", encoding="utf-8")
    (item,) = run(store, tmp_path / "two.bib", given=Given(title="One")).items
    assert isinstance(item.error, UsageError)
    assert "2 sources" in item.error.message


def test_the_words_of_a_person_stand_above_those_of_the_text() -> None:
    found = Document("note", "Found", "text", authors=(Author("A"),), tags=("x",))
    assert Given().apply(found) == found
    said = Given(title="Said", authors=("B",), url="u", date="2024", tags=("y", "x")).apply(found)
    assert (said.title, said.title_given, said.authors, said.url) == ("Said", True, (Author("B"),), "u")
    assert (said.published, said.tags) == ("2024", ("x", "y"))


# Targets and addresses


def test_papers_are_asked_for_together_after_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    targets = ["arXiv:1706.03762", "www.example.org/a", "-", "arXiv:2304.15004"]
    page, piped, papers = inputs(targets, lambda: b"Words.", None, 1)
    assert isinstance(piped, Input)
    assert piped.text == "Words."
    assert isinstance(page, Address)
    assert isinstance(papers, Address)
    assert (page.targets, page.several) == (("https://www.example.org/a",), False)
    assert (papers.targets, papers.several) == (("arXiv:1706.03762", "arXiv:2304.15004"), True)


def test_a_failure_that_ends_a_fetch_comes_last() -> None:
    def fetch(*_: object) -> Iterator[Document | Failure]:
        yield Document("web", "First", "text")
        raise KbError("cut off", "run it again")

    by = Fetcher("test", "a test", lambda _: True, fetch)
    first, last = documents(Address(("https://example.org",), by), None, Options())  # type: ignore[arg-type]
    assert isinstance(first, Document)
    assert isinstance(last, Failure)
    assert (last.target, last.error.message) == ("https://example.org", "cut off")
