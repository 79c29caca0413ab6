"""Which passages only name other texts."""

from __future__ import annotations

import pytest

from kb.search.referring import only_refers


@pytest.mark.parametrize(
    ("text", "heading", "refers"),
    [
        ("[[Grey herons]]", (), True),
        ('"[Counting herons (a study)](https://example.org/a_(b))" by Ann Lee', ("Related",), True),
        ("https://example.org/herons - homepage", (), True),
        ("Lee, Ann (1999). Counting Herons. Lund: Reed Press.", ("Methods", "7. References"), True),
        ("Lee, Ann (1999). Counting Herons.", ("Literaturverzeichnis",), True),
        ("李安 (1999)", ("参考文献",), True),
        ("[[Grey herons]] nest in colonies that a volunteer counts twice a year.", (), False),
        ("See [the study](https://example.org) for how the nests of each colony were counted.", (), False),
        ("The references were given by three of the keepers.", ("References of the keeper",), False),
        ("Herons decline.", ("References", "What is said of them"), False),
        ("", (), False),
    ],
)
def test_only_refers(text: str, heading: tuple[str, ...], refers: bool) -> None:
    assert only_refers(text, heading) == refers
