"""Headings of lists of references and of footnotes."""

from __future__ import annotations

from kb.text.list_headings import of_footnotes, of_references


def test_a_heading_is_known_whatever_stands_around_its_words() -> None:
    assert all(
        map(of_references, ("References", "7. REFERENCES:", "Further reading", "Literatur", "参考文献", "**Sources**"))
    )
    assert all(map(of_footnotes, ("Footnotes", "Notes:", "Anmerkungen", "脚注")))
    assert not any(map(of_references, ("References of the keeper", "Notes", "", "7.")))
    assert not any(map(of_footnotes, ("Field notes", "References", "")))
