"""Short quotations that say something are somebody else's; words and titles in quotation marks are the writer's."""

from __future__ import annotations

import pytest

from kb.extract import voice
from kb.text import sentences
from tests.kb.extract.views import view


def _said(text: str) -> list[tuple[str, str | None]]:
    read = voice.read(view(text))
    return [
        (said.voice, said.speaker)
        for block in read.blocks.values()
        for span in sentences.split(read.text, block.start, block.end)
        if (said := voice.of_span(read, block, *span))
    ]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ('"We built it twice and it leaked."', None),
        ('Mary Kent once wrote: "Famine is the rule in war."', "Mary Kent"),
        ('Hume once put it like this: "Reason is a slave."', "Hume"),
        ('"A dose a day is enough," claims Ida Holm.', "Ida Holm"),
        ('"Steel never tires", Tom Ash keeps telling us.', "Tom Ash"),
        ('As one commenter put it, "rents never fall".', None),
        ('My opponent says, "Rents never fall."', None),
        ('To quote a friend: "Rents never fall."', None),
        ('She adds that "rents never fall".', None),
    ],
)
def test_a_short_quotation_is_somebody_elses(sentence: str, who: str | None) -> None:
    assert _said(sentence) == [("named" if who else "quoted", who)]


def test_a_quotation_with_its_source_is_of_whom_that_names() -> None:
    assert _said("“We are not free.” (Holm 2001)")[0] == ("named", "Holm")


@pytest.mark.parametrize(
    "sentence",
    [
        'The so-called "experts" say nothing.',
        'I call this "the long way home."',
        '"The Wealth of the Valley" is long.',
        'The title was "Rents Never Fall."',
        '"Expert" is a word.',
        'I said: "Rents never fall."',
        'I read "Do Rents Fall?" by Ada Holm.',
    ],
)
def test_words_and_titles_in_quotation_marks_are_the_writers(sentence: str) -> None:
    assert {who for who, _ in _said(sentence)} == {"author"}
