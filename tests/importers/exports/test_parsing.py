"""JSON out of files that people have."""

from __future__ import annotations

import pytest

from importers.base import Input
from importers.exports.parsing import read_json
from kb.errors import KbError


@pytest.mark.parametrize("text", ["[1,", "[" * 100_000, "1" * 5_000])
def test_what_cannot_be_read_is_an_error_for_a_person(text: str):
    with pytest.raises(KbError, match=r"list\.json"):
        read_json(Input(text, "list.json", "/somewhere/list.json", text.encode()))
