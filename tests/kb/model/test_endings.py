"""Footnotes and references at the end of a text are no part of its last section."""

from __future__ import annotations

import pytest

from kb.model.passages import cut
from notes.markdown.structure import structure

_BODY = "# Herons\n\n## Methods\n\nWe counted nests.[^1] Twice.[^2]\n\n## Conclusion\n\nThey decline.\n\n"
_NOTES = "[^1]: From a boat.\n\n[^2]: In spring.\n"
_ENTRIES = "- Lee, A. and Poe, K. (1999). Nests.\n- Okafor, B. (2004). Boats.\n- Kim, C. (2011). Reeds and counts.\n"


def _headings(text: str, said: str) -> tuple[str, ...]:
    (found,) = {p.heading for p in cut(text, structure(text)[0]) if said in text[p.start : p.end]}
    return found


@pytest.mark.parametrize("after", ["", "\n## References\n\n" + _ENTRIES])
def test_footnotes_at_the_end_stand_apart(after: str) -> None:
    text = _BODY + _NOTES + after
    assert _headings(text, "From a boat") == _headings(text, "In spring") == ("Footnotes",)
    assert _headings(text, "They decline") == ("Herons", "Conclusion")


def test_footnotes_under_their_own_heading_or_among_the_text_stay() -> None:
    assert _headings(_BODY + "## Anmerkungen\n\n" + _NOTES, "From a boat") == ("Herons", "Anmerkungen")
    assert _headings(_NOTES + "\n" + _BODY, "From a boat") == ()
    among = "## Methods\n\nWe counted.[^1]\n\n[^1]: From a boat.\n\nThey decline.\n"
    assert _headings(among, "From a boat") == ("Methods",)


def test_a_list_of_references_stands_apart() -> None:
    assert _headings(_BODY + _ENTRIES, "Boats") == ("References",)
    assert _headings(_BODY + "**Works cited**\n\n" + _ENTRIES, "Boats") == ("Works cited",)
    assert _headings(_BODY + "### Sources\n\n" + _ENTRIES, "Boats") == ("Herons", "Conclusion", "Sources")
    assert _headings(_BODY + _ENTRIES + "\n" + _NOTES, "Boats") == ("References",)


@pytest.mark.parametrize(
    "items",
    [
        "- Lee counted in 1999.\n- Okafor did in 2004.\n- Kim in 2011.\n",
        "- Lee, A. and Poe, K. (1999). Nests.\n- They are few.\n",
        "1. In 1999 few nests were left.\n2. They were counted from a boat.\n",
    ],
)
def test_what_is_said_at_the_end_stays_under_its_heading(items: str) -> None:
    text = _BODY + items
    for passage in cut(text, structure(text)[0]):
        assert passage.heading != ("References",)
