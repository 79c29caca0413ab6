"""docs/importers.md: every session that it shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from importers import importers
from importers.base import Importer
from scripts.pages.importers import section, shown

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "importers.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("one", shown(), ids=lambda one: one.name)
def test_the_session_of_an_importer_is_what_happens(one: Importer) -> None:
    assert section(one) in PAGE, "run: python -m scripts.reference"


def test_the_page_has_a_section_for_each_importer_that_reads_files_and_for_no_other() -> None:
    heads = re.findall(r"^## (.*)\n\n.*Sources: ", PAGE, re.M)
    assert heads == [one.name for one in shown()]
    assert {one.name for one in importers().values() if one.gives} >= set(heads)
