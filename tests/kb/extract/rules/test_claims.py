"""How many sentences of a text are statements: all of one that argues, a few of one that describes or instructs."""

from __future__ import annotations

from kb.extract import extract
from tests.kb.extract.views import view

ARGUING = (
    "Night trains should be paid for by a levy on short flights. A levy is better than a subsidy. "
    "A bus is slow but can carry forty people. The ministry has bought sixty carriages since spring. "
    "I don't think that the ministry can be trusted with them."
)
DESCRIBING = (
    "The depot stands north of the river. It was built in 1911 and has nine tracks. The roof covers six of them. "
    "A clock hangs over the gate. The depot keeps forty carriages. The carriages carry eighty people."
)


def _texts(text: str) -> list[str]:
    seen = view(text)
    return [seen.text[draft.start : draft.end] for draft in extract(seen).statements]


def test_a_text_that_argues_gives_every_sentence_that_asserts_something() -> None:
    assert len(_texts(ARGUING)) == 5


def test_a_text_that_describes_gives_a_few_of_each_paragraph() -> None:
    assert len(_texts(DESCRIBING)) <= 2


def test_an_item_of_notes_may_begin_without_a_capital() -> None:
    found = _texts("- a levy should pay for the night trains\n- the second one of these things\n")
    assert found == ["a levy should pay for the night trains"]


def test_a_paragraph_may_not() -> None:
    assert _texts("a levy should pay for the night trains, and that is what they said.") == []
