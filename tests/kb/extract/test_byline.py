"""Who wrote a text by its first lines."""

from __future__ import annotations

import pytest

from kb.extract import extract, voice
from tests.kb.extract.views import view

REST = "\n\nThe dam is old. I think that the dam should go before the winter floods come.\n"


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("This is a guest post by Jane Doe. It is about dams.", "Jane Doe"),
        ("My name is Jane Doe and I build dams.", "Jane Doe"),
        ("I'm Jane Doe, an engineer from Ohio.", "Jane Doe"),
        ("*by Jane Doe*", "Jane Doe"),
        ("By Jane Doe | 3 May 2020", "Jane Doe"),
        ("Cross-posted from [Dams](https://dams.example), written by Jane Doe.", "Jane Doe"),
        ("By the river there is a mill.", None),
        ("The miller said: “My name is Jane Doe, and I am the miller.”", None),
        ("Translated by Jane Doe from the German.", None),
        ("Photo by Jane Doe", None),
        ("The term was originally proposed by Jane Doe in 1990.", None),
        ("Cross-posted from my blog. Edited by Jane Doe.", None),
    ],
)
def test_the_first_lines_say_who_wrote_it(line: str, who: str | None) -> None:
    assert voice.read(view(f"# Dams\n\n{line}{REST}")).voices.author == who


def test_a_guest_speaks_in_a_guest_post_and_not_who_put_it_up() -> None:
    seen = view(f"# Dams\n\nThis is a guest post by Jane Doe.{REST}", authors=("Bob Roe",))
    assert {(s.voice, s.speaker) for s in extract(seen).statements} == {("author", "Jane Doe")}


def test_an_author_who_gives_a_first_name_is_that_author() -> None:
    seen = view(f"# Dams\n\nHi, my name is Bob and I build dams.{REST}", authors=("Bob Roe",))
    assert voice.read(seen).voices.author == "Bob Roe"
