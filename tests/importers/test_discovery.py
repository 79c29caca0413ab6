"""Importers and fetchers are found where they stand, say what they are, and can be written as the contracts show."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from inspect import cleandoc
from pathlib import Path
from types import ModuleType

import pytest

import importers
from importers import base
from importers.base import Importer, Input
from importers.files import read_files
from importers.web import base as web_base
from importers.web.base import Fetcher
from importers.web.registry import fetcher, fetchers
from kb.errors import UsageError
from tests.conftest import Kb
from tests.importers.importer_checks import check

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = (ROOT / "examples", ROOT / "docs" / "samples")
ALL = list(importers.importers().values())
Put = Callable[[str, str, str], None]


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Put]:
    """Puts a module into a package of importers for the time of a test."""

    def put(package: str, name: str, code: str) -> None:
        (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
        monkeypatch.setattr(sys.modules[package], "__path__", [*sys.modules[package].__path__, str(tmp_path)])
        importers.importers.cache_clear()
        fetchers.cache_clear()

    before = set(sys.modules)
    yield put
    monkeypatch.undo()
    for name in set(sys.modules) - before:
        if name.endswith(".minutes"):
            del sys.modules[name]
    importers.importers.cache_clear()
    fetchers.cache_clear()


def shown(contract: ModuleType) -> str:
    """The module that a contract shows as its example."""
    return cleandoc("\n".join(re.findall(r"^(?: {4}.*)?$", contract.__doc__ or "", re.M)))


@pytest.mark.parametrize(("kind", "found"), [("IMPORTER", len(ALL)), ("FETCHER", len(fetchers()))])
def test_all_that_are_defined_are_found_and_no_two_have_a_name(kind: str, found: int) -> None:
    defined = [path for path in (ROOT / "importers").rglob("*.py") if f"\n{kind} = " in path.read_text("utf-8")]
    assert found == len(defined) > 2


def test_the_most_particular_is_preferred() -> None:
    names = [one.name for one in ALL]
    assert names[0] == "vaultnote"
    assert names[-2:] == ["markdown", "plain"]
    assert fetchers()[-1].matches("https://a.example/whatever")


@pytest.mark.parametrize("one", [*ALL, *fetchers()], ids=lambda one: f"{type(one).__name__}-{one.name}")
def test_says_what_it_is(one: Importer | Fetcher) -> None:
    told = (one.recognised_by, one.gives, one.keeps, one.loses) if isinstance(one, Importer) else ()
    words = (one.name, one.what, *told)
    assert all(word and "\n" not in word and "|" not in word for word in words)


@pytest.mark.parametrize(("name", "example"), [(one.name, example) for one in ALL for example in one.examples])
def test_knows_its_examples(name: str, example: str) -> None:
    (path,) = (folder / example for folder in SAMPLES if (folder / example).exists())
    (item,) = read_files(path)
    assert isinstance(item, Input)
    assert importers.choose(item).name == name
    for document in importers.read(item):
        check(importers.importer(document.importer), document)


@pytest.mark.parametrize("one", [one for one in ALL if one.sample], ids=lambda one: one.name)
def test_knows_its_sample(one: Importer) -> None:
    item = Input(one.sample, "stdin", "-", one.sample.encode())
    assert importers.choose(item).name == one.name
    for document in importers.read(item):
        check(one, document)


WITHOUT = {
    "forum", "arxiv", "doi", "isbn", "openalex", "acl-anthology", "feed", "semantic-scholar",
    "vaultnote", "highlights",
}  # fmt: skip
"""Not told by a text alone."""


@pytest.mark.parametrize("one", [one for one in ALL if one.name not in WITHOUT], ids=lambda one: one.name)
def test_has_a_sample_or_an_example(one: Importer) -> None:
    assert one.sample or one.examples


def test_an_importer_written_as_the_contract_shows_reads(put: Put) -> None:
    put("importers.texts", "minutes", shown(base))
    item = Input("Minutes of the frog group\n\nAda counted nine.", "stdin", "-", b"")
    (document,) = importers.read(item)
    assert (document.kind, document.importer) == ("transcript", "minutes")
    check(importers.importer("minutes"), document)
    test_knows_its_sample(importers.importer("minutes"))
    assert importers.choose(Input("Nine frogs.", "stdin")).name == "plain"


def test_a_fetcher_written_as_the_contract_shows_is_asked_before_the_one_for_any_page(put: Put) -> None:
    put("importers.web", "minutes", shown(web_base))
    for target, name in (("https://minutes.example/1", "minutes"), ("https://other.example/1", "web")):
        found = fetcher(target)
        assert found is not None
        assert found.name == name


def test_an_unknown_name_is_a_usage_error_that_names_the_known_ones(kb: Kb, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        importers.importer("poem")
    assert all(one.name in error.value.hint for one in ALL)
    (tmp_path / "a.txt").write_text("A frog.", encoding="utf-8")
    assert "readingnotes" in kb("add", tmp_path / "a.txt", "--as", "poem").err
