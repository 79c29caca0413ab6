"""Words that are labels elsewhere, in texts where they are none; and labels whose target nobody could tell."""

from __future__ import annotations

import pytest

from tests.kb.extract.rules.test_labelled import relations


@pytest.mark.parametrize(
    "text",
    [
        "For example: herons.\n\nAgainst this, some say that they eat fish.\n",
        "Response time: 3 ms\n\nStrength: 5 N\n\nReason: maintenance\n",
        "Con: I went to the mill.\n\nAda: So did I, and it was shut.\n",
        "For: Ada Lovelace\n\nFrom: the committee\n",
        "# Rice\n\n1. Wash the rice.\n2. Boil it.\n2.1. Keep the water.\n",
        "Q: What is a weir?\n\nA: A wall across a river.\n\nQ1: Why?\n\nAnswer: To keep water.\n",
        "Question: Does it leak?\n\nAnswer: It did not leak in June.\n",
        "## Evidence\n\n- Two bones\n- One pot\n",
        "## Strengths\n\n- Oak 12\n- Ash 9\n",
        "## Problems\n\n1. Show that x is even.\n2. Prove it.\n",
        "## Conclusion\n\nThe weir should stay.\n",
        "Reply: see you on Monday at the mill.\n",
        "Resolution: 1080p\n\nPosition: left of the door\n",
        "- [ ] Pro: write it down\n- [ ] Con: ask Ada\n",
        "claim:: Herons nest.\n\ncritique:: They do not.\n",
        "A: 3\n\nB: 4\n\nData: none\n",
        "P. Reed, On mills, 1998.\n\nC. Ash, On weirs, 2001.\n",
        "The **positive** pole is red and the *negative* one is black.\n",
        "[Critique](https://x.org/1) of the plan, and a [Reply](https://x.org/2) to it.\n",
    ],
)
def test_no_label(text: str) -> None:
    assert relations(text) == set()


def test_a_product_without_a_thesis_keeps_its_pros_at_its_heading() -> None:
    text = "# Lamps\n\n## Lumo 3\n\n### Pros\n\n- Bright enough to read by\n\n### Cons\n\n- Hums\n"
    assert relations(text) == {("Bright", "+", "Lumo"), ("Hums", "-", "Lumo")}


def test_a_reply_after_several_objections_that_names_none_of_them_hangs_on_none() -> None:
    text = "# A\n\n## Objections\n\n- Salt kills the reeds.\n- Boats scare the birds.\n\nReply: It does not last.\n"
    assert {x for x in relations(text) if x[0] == "It"} == set()


def test_a_reply_that_repeats_the_words_of_one_of_several_objections_is_to_that_one() -> None:
    text = "# A\n\n## Objections\n\n- Salt kills the reeds.\n- Boats scare birds.\n\nReply: Reeds stand far from it.\n"
    assert {x for x in relations(text) if x[0] == "Reeds"} == {("Reeds", "-", "Salt")}


def test_a_reply_to_a_number_that_there_is_not_hangs_on_none() -> None:
    text = "Objection 1: Salt kills the reeds.\n\nReply to objection 4: It does not last.\n"
    assert {x for x in relations(text) if x[0] == "It"} == set()


def test_as_many_replies_as_objections_or_none() -> None:
    text = (
        "## Objections\n\n- Salt kills reeds.\n- Boats scare birds.\n\n## Replies to objections\n\n- Not in spring.\n"
    )
    assert {x for x in relations(text) if x[0] == "Not"} == set()


def test_turns_of_speakers_have_no_labels() -> None:
    talk = "".join(f"Ada Reed: Pro {n} counts.\n\nBen Ash: Con {n} counts as well.\n\n" for n in range(4))
    assert relations(talk, "talk.txt") == set()


def test_a_page_about_objections_is_not_attacked_by_them() -> None:
    text = "# Objections to canals\n\n- They are dug too deep.\n- They silt up.\n"
    assert relations(text, "Objections to canals.md") == set()


def test_what_points_elsewhere_is_nothing_that_is_said() -> None:
    text = "# Weirs\n\n## Pros\n\n- See section 3\n- TODO\n\n## Cons\n\n- None\n"
    assert relations(text) == set()
