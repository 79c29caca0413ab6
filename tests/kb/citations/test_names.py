"""Names as they are said, in parts."""

from __future__ import annotations

import pytest

from kb.citations.names import parted
from kb.model.bibliography import Name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Ada Roe", Name(family="Roe", given="Ada")),
        ("J. R. R. Roe", Name(family="Roe", given="J. R. R.")),
        ("Ada van Beek Jr.", Name(family="Beek", given="Ada", particle="van", suffix="Jr.")),
        ("María de la Cruz", Name(family="Cruz", given="María", particle="de la")),
        ("van Gogh", Name(family="Gogh", particle="van")),
        ("Roe, Ada", Name(family="Roe", given="Ada")),
        ("von Roe, Ada", Name(family="Roe", given="Ada", particle="von")),
        ("山田 太郎", Name(family="山田", given="太郎")),
        ("pondkeeper", Name(literal="pondkeeper")),
        ("Pond Research Institute", Name(literal="Pond Research Institute")),
        ("Roe, Doe and Co", Name(literal="Roe, Doe and Co")),
        ("1a3orn", Name(literal="1a3orn")),
    ],
)
def test_the_parts_of_a_name(said: str, name: Name) -> None:
    assert parted(said) == name
