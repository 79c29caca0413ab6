"""What a text grants or lets others say, and how it answers that."""

from __future__ import annotations

import pytest

from benchmarks import paragraphs
from kb.extract import extract
from tests.kb.extract.reasons import links
from tests.kb.extract.views import view

ANSWERED, GRANTED, ARGUED = "answered-objection", "granted-objection", "argued-paragraph"
THESIS = "The dam should be taken down."


@pytest.mark.parametrize(
    ("objection", "answer"),
    [
        ("Admittedly, it feeds forty farms.", "But the farms could be fed from the canal."),
        ("Of course, some fish have learnt to use the ladder.", "Yet most of them never find it."),
        ("It is true that the dam is a monument.", "However, monuments can be moved."),
        ("Some argue that the valley would be flooded.", "But the valley was dry before the dam was built."),
        ("One might think that salmon no longer matter.", "Nevertheless, three villages live on salmon."),
        ("It may be objected that power would be lost.", "Still, two windmills make as much power."),
        ("Farmers will say that they were promised water.", "That promise, however, ran out in spring."),
        ("Critics of the plan say it is too dear.", "That objection overlooks the price of repairs."),
        ("It feeds forty farms, admittedly.", "But the farms could be fed from the canal."),
    ],
)
def test_an_objection_attacks_the_thesis_and_is_attacked_by_its_answer(objection: str, answer: str) -> None:
    text = f"{THESIS} {objection} {answer}"
    assert links(text, ANSWERED, GRANTED) == [
        (answer, "attacks", objection), (objection, "attacks", THESIS),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Coal is cheap. However, wind is clean.",
        "The dam is old. But it holds.",
        "Of course, the dam is old and grey. It was built by the monks of the valley.",
        "As some argue, the dam is far too old. But nobody listens to them.",
        "Admittedly, the dam holds well. But who will pay for it?",
        "Results may say little about this. But the tables are complete.",
    ],
)
def test_contrast_alone_and_what_nobody_answers_have_no_sign(text: str) -> None:
    assert links(text, ANSWERED, GRANTED, ARGUED) == []


def test_what_others_are_made_to_say_is_not_the_authors() -> None:
    text = f"{THESIS} Some argue that the valley would be flooded. But it was dry before the dam was built."
    seen = view(text)
    voices = {seen.text[s.start : s.end]: (s.speaker, s.voice) for s in extract(seen).statements}
    assert voices["Some argue that the valley would be flooded."] == (None, "quoted")
    assert voices[THESIS] == ("Ada", "author")


def test_what_stands_between_thesis_and_objection_is_a_reason() -> None:
    reason = "Its concrete has begun to crack."
    text = f"{THESIS} {reason} Admittedly, it feeds forty farms. But the farms could be fed from the canal."
    assert links(text, ARGUED) == [(reason, "supports", THESIS)]
    answered = f"{THESIS} {reason} It feeds forty farms. The farms could be fed from the canal."
    assert links(answered, ARGUED) == []


def test_of_thirty_paragraphs_most_attacks_are_found_and_nearly_all_are_right() -> None:
    every = [part for path in sorted(paragraphs.FOLDER.glob("*.md")) for part in paragraphs.load(path)]
    assert len(every) == 30
    gold = [{x for x in part.links if x[1] == "attacks"} for part in every]
    made = [{x for x in paragraphs.links(part) if x[1] == "attacks"} for part in every]
    right = sum(len(a & b) for a, b in zip(gold, made, strict=True))
    assert right >= 0.75 * sum(map(len, gold))
    assert right >= 0.9 * sum(map(len, made))
