"""Reading with the checks that hold for every importer, and the real texts beside the repository."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from importers.base import Importer, Input
from importers.files import read_files
from kb.model.document import Document
from kb.store.open import Store, open_store
from tests.conftest import SHARED
from tests.importers.folders import HERONS, INDEX, MILLS
from tests.importers.importer_checks import check


@pytest.fixture(scope="session")
def read() -> Callable[..., list[Document]]:
    """Reads a text with an importer and checks what comes out."""

    def read(importer: Importer, text: str, name: str = "stdin") -> list[Document]:
        documents = importer.read(Input(text, name, "-", text.encode()))
        for document in documents:
            check(importer, document)
        return documents

    return read


@pytest.fixture(scope="session")
def seed() -> Callable[[str], Input]:
    """One of the real texts, by the number it begins with; the test is skipped where it is absent."""

    def seed(number: str) -> Input:
        found = sorted((SHARED / "seeds").glob(f"{number}_*.txt"))
        if not found:
            pytest.skip("the real texts are absent")
        item = next(iter(read_files(found[0])))
        assert isinstance(item, Input)
        return item

    return seed


@pytest.fixture(scope="session")
def vaults() -> list[Path]:
    """The folders of real notes."""
    found = sorted(path for path in (SHARED / "vaults").glob("*") if path.is_dir())
    if not found:
        pytest.skip("the real vaults are absent")
    return found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store to write into."""
    with open_store(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A folder of three notes: two with statements, and an index that links to both."""
    made = tmp_path / "vault"
    made.mkdir()
    for name, text in (("mills", MILLS), ("herons", HERONS), ("index", INDEX)):
        (made / f"{name}.md").write_text(text, encoding="utf-8")
    return made
