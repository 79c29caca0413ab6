"""The benchmark of web pages on two of its pages: what kb reads is nearer to the text than what trafilatura does."""

from __future__ import annotations

import pytest

from benchmarks import web_pages
from kb.errors import KbError


@pytest.mark.parametrize("name", ["hugo_notes", "hostile_wrappers"])
def test_pages_are_read_at_least_as_well_as_by_trafilatura(name: str) -> None:
    page = web_pages.page_of(name, (web_pages.PAGES / f"{name}.html").read_text("utf-8"))
    assert "data-gold" not in page.html
    ours, plain = (web_pages.score(page, read(page)) for read in (web_pages.ours, web_pages.plain))
    assert (ours.recall, ours.precision) >= (plain.recall, plain.precision)
    assert ours.recall > 0.97
    assert ours.precision > 0.97
    assert ours.authors
    assert ours.date
    assert ours.kept == {form: len(found) for form, found in page.forms.items()}


def test_gold_counts_in_order_and_without_what_is_free() -> None:
    head = '<!-- gold {"authors": [], "date": null} -->\n<html><body>'
    page = web_pages.page_of(
        "a", f"{head}<h1 data-free>Ponds</h1><p data-gold>Ada saw <i data-not>no</i> nine frogs</p>"
    )
    found = web_pages.score(page, web_pages.Read("# Ponds\n\nAda saw nine frogs today", (), None))
    assert (found.recall, found.precision) == (1.0, 0.8)
    assert web_pages.score(page, web_pages.Read("frogs nine saw Ada", (), None)).recall == 0.25
    with pytest.raises(KbError, match="has no gold"):
        web_pages.page_of("a", "<p>Ponds</p>")
