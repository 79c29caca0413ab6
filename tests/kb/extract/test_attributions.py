"""Whose words a block quote has: whom the text names before, in or below it."""

from __future__ import annotations

import pytest

from kb.extract import voice
from kb.extract.attributions import announces
from tests.kb.extract.views import view


@pytest.mark.parametrize(
    ("lead", "who"),
    [
        ("Jane Doe writes:", "Jane Doe"),
        ("Jane Doe wrote, in a comment on the dams:", "Jane Doe"),
        ("As Jane Doe puts it:", "Jane Doe"),
        ("From Jane Doe's comment:", "Jane Doe"),
        ("From [Jane Doe's comment](https://dams.example/1):", "Jane Doe"),
        ("Jane Doe (2019):", "Jane Doe"),
        ("**Jane Doe**:", "Jane Doe"),
        ("The sluice is old. As Maria Ruiz said in May:", "Maria Ruiz"),
        ("Here is how Keynes put it in 1936:", "Keynes"),
        ("Quoting Hume:", "Hume"),
        ("On Tue, 3 May 2022, Jane Doe <j@dams.example> wrote:", "Jane Doe"),
    ],
)
def test_the_paragraph_before_a_quote_names_who_wrote_it(lead: str, who: str) -> None:
    assert announces(lead) == who


@pytest.mark.parametrize(
    "lead",
    [
        "Objection:",
        "Key Takeaways:",
        "Release notes:",
        "The report states:",
        "As the manual says:",
        "Wikipedia says:",
        "See what happens:",
        "From [Slow Rivers](https://dams.example/slow-rivers):",
        "From [Beware the Spring Flood](https://dams.example/beware):",
        "Minor comment on the dams:",
        "I wrote to Jane Doe about the dams.",
    ],
)
def test_what_names_nobody_names_nobody(lead: str) -> None:
    assert announces(lead) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Jane Doe writes:\n\n> Dams are a mistake.\n>\n> They should go.\n\nI doubt it.", [("named", "Jane Doe")] * 2),
        ("> Dams are a mistake.\n>\n> — Jane Doe, *On Dams*\n\nI doubt it.", [("named", "Jane Doe")] * 2),
        ("> Dams are a mistake.\n\n— Jane Doe\n\nI doubt it.", [("named", "Jane Doe")]),
        ("> Dams are a mistake.\n> — [Slow Rivers](https://dams.example/slow)\n\nI doubt it.", [("quoted", None)]),
        ("Dams are old.\n\n> Dams are a mistake.\n\nI doubt it.", [("quoted", None)]),
        ("Last year I wrote:\n\n> Dams are a mistake.\n\nI doubt it now.", []),
    ],
)
def test_a_block_quote_is_said_by_whom_the_text_names_else_by_somebody(
    text: str, said: list[tuple[str, str | None]]
) -> None:
    voices = voice.read(view(text)).voices
    assert [(one.voice, one.speaker) for one in voices.quoted.values()] == said


def test_what_follows_a_quote_answers_it_up_to_the_next_heading() -> None:
    seen = voice.read(view("Jane Doe writes:\n\n> Dams are a mistake.\n\nI doubt it.\n\n# Rivers\n\nThey are long.\n"))
    answered = {seen.quote(b): seen.quote(q) for b in seen.blocks.values() if (q := seen.answered(b))}
    assert answered == {"I doubt it.": "Dams are a mistake."}
