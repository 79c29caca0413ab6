"""A person with all that is recorded of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import NotFoundError
from kb.graph.questions import person
from kb.store.open import open_reader


def test_a_person_is_found_with_texts_and_statements_by_any_of_their_names(corpus: Path) -> None:
    with open_reader(corpus) as store:
        found = person.of(store, "wren okafor")
        assert found.person.name == "Wren Okafor"
        assert all("Wren Okafor" in text.authors for text in found.texts if text.kind == "comment")
        assert len(found.said) == found.person.statements > 0
        with pytest.raises(NotFoundError):
            person.of(store, "Nobody Of That Name")
