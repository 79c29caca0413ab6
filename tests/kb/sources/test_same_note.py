"""Which of the missing notes a new file is: told by text, id and likeness, and never by what a template says."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from kb.sources.same_note import Note, Question, tell

MILLS = """# Tide mills

The mill at the mouth of the river turned for three centuries, and its wooden gates were renewed every sixty years.
Nobody has measured what the silt did to the basin behind it, though the miller complained about it in every letter.
"""
DAILY = """## Plan for the day

Write down three things that matter today, and one that can wait until the week is over.

## What went well

Name at least one person who helped, and say how you thanked them for their help.

"""


def _front(text: str) -> tuple[Mapping[str, str], int]:
    """As little front matter as a test needs: `id=x` on the first line."""
    first, _, rest = text.partition("\n")
    return ({"id": first[3:]}, len(text) - len(rest)) if first.startswith("id=") else ({}, 0)


def _new(path: str, text: str, *, settled: bool = False) -> Note:
    return Note("new " + path, path, text, _front, settled)


def _lost(path: str, text: str) -> Note:
    return Note("lost " + path, path, text, _front)


def _same(
    new: list[Note], lost: list[Note], others: list[Note] | None = None, copied: set[str] | None = None
) -> object:
    told = tell(new, lost, others or (), copied or ())
    return {ours.removeprefix("new "): theirs.removeprefix("lost ") for ours, theirs in told.same.items()}


def test_an_equal_text_is_the_note_whatever_its_name() -> None:
    assert _same([_new("n/b.md", MILLS), _new("n/c.md", DAILY)], [_lost("n/a.md", MILLS)]) == {"n/b.md": "n/a.md"}


def test_a_text_that_a_note_still_there_has_too_says_nothing_without_the_name() -> None:
    copied = {_new("", MILLS).digest}
    assert _same([_new("n/b.md", MILLS)], [_lost("n/a.md", MILLS)], copied=copied) == {}
    assert _same([_new("n/m/a.md", MILLS)], [_lost("n/a.md", MILLS)], copied=copied) == {"n/m/a.md": "n/a.md"}


def test_a_few_words_or_none_say_nothing_without_the_name() -> None:
    for text in ("", "To do", "id=7\n"):
        assert _same([_new("n/b.md", text)], [_lost("n/a.md", text)]) == {} or text.startswith("id=")
        assert _same([_new("m/a.md", text)], [_lost("n/a.md", text)]) == {"m/a.md": "n/a.md"}


def test_several_of_one_text_are_told_apart_by_the_end_of_their_paths() -> None:
    lost = [_lost(f"v/old/{name}/index.md", MILLS) for name in "abc"]
    new = [_new(f"v/new/{name}/index.md", MILLS) for name in "abc"]
    assert _same(new, lost) == {f"v/new/{name}/index.md": f"v/old/{name}/index.md" for name in "abc"}
    assert _same([_new("v/x.md", MILLS), _new("v/y.md", MILLS)], lost) == {}


def test_an_id_of_one_note_each_decides_even_where_all_words_are_new() -> None:
    assert _same([_new("b.md", "id=42\n" + DAILY)], [_lost("a.md", "id=42\n" + MILLS)]) == {"b.md": "a.md"}
    two = [_lost("a.md", "id=42\nOne."), _lost("c.md", "id=42\nTwo.")]
    assert _same([_new("b.md", "id=42\n" + DAILY)], two) == {}


def test_different_ids_keep_like_notes_apart() -> None:
    edited = MILLS.replace("three centuries", "two centuries")
    assert _same([_new("b.md", "id=2\n" + edited)], [_lost("a.md", "id=1\n" + MILLS)]) == {}
    assert _same([_new("b.md", edited)], [_lost("a.md", "id=1\n" + MILLS)]) == {"b.md": "a.md"}


def test_an_edited_note_is_known_by_most_of_its_words_and_a_question_by_half_of_them() -> None:
    edited = MILLS.replace("three centuries", "two centuries")
    assert _same([_new("b.md", edited)], [_lost("a.md", MILLS)]) == {"b.md": "a.md"}
    half = (
        "\n".join(MILLS.splitlines()[2:3])
        + "\nOwls breed in the loft of a barn nearby, and hunt over the marsh at dusk in winter.\n"
    )
    told = tell([_new("b.md", half)], [_lost("a.md", MILLS)])
    assert told.same == {}
    ((ours, theirs),) = [(q.new, q.lost) for q in told.questions]
    assert (ours, theirs) == ("new b.md", "lost a.md")


def test_what_a_template_says_is_no_likeness() -> None:
    others = [_lost(f"d/{name}.md", DAILY + word) for name, word in (("x", "Herons."), ("y", "Mills."), ("z", "Owls."))]
    told = tell([_new("d/b.md", DAILY + "Barns.")], [_lost("d/a.md", DAILY + "Frogs.")], others)
    assert told.same == {}


def test_notes_that_are_numbered_or_dated_differently_are_not_compared() -> None:
    for old, new in (("2024-05-01.md", "2024-05-02.md"), ("Meeting 3.md", "Meeting 4.md")):
        told = tell([_new(new, DAILY + "Frogs.")], [_lost(old, DAILY + "Barns.")])
        assert (told.same, told.questions) == ({}, [])
        assert _same([_new(new, MILLS)], [_lost(old, MILLS)]) == {new: old}  # the date was wrong


def test_one_of_two_notes_that_are_as_like_is_a_question() -> None:
    new = _new("c.md", MILLS.replace("letter", "book"))
    told = tell(
        [new], [_lost("a.md", MILLS.replace("letter", "note")), _lost("b.md", MILLS.replace("letter", "diary"))]
    )
    assert told.same == {}
    assert [(q.new, q.lost) for q in told.questions] in [[("new c.md", "lost a.md")], [("new c.md", "lost b.md")]]


def test_likeness_says_nothing_of_a_file_that_was_there_before() -> None:
    changed = _new("b.md", MILLS.replace("letter", "book"), settled=True)
    assert tell([changed], [_lost("a.md", MILLS)]) == tell([], [])
    assert _same([_new("b.md", MILLS, settled=True)], [_lost("a.md", MILLS)]) == {"b.md": "a.md"}


TEXTS = st.sampled_from(["", "To do", "id=1\nx", MILLS, MILLS + "More.", DAILY + "Frogs.", DAILY + "Owls."])
PATHS = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map("/".join)
NOTES = st.lists(st.tuples(PATHS, TEXTS), max_size=5, unique_by=lambda note: note[0])


@given(NOTES, NOTES, NOTES)
def test_each_note_is_one_other_at_most_and_a_question_is_about_neither(
    new: list[tuple[str, str]], lost: list[tuple[str, str]], others: list[tuple[str, str]]
) -> None:
    told = tell([_new(*one) for one in new], [_lost(*one) for one in lost], [Note("o " + p, p, t) for p, t in others])
    assert len(set(told.same.values())) == len(told.same)
    assert told.same.keys() <= {"new " + path for path, _ in new}
    assert set(told.same.values()) <= {"lost " + path for path, _ in lost}
    asked = [end for question in told.questions for end in (question.new, question.lost)]
    assert len(set(asked)) == len(asked)
    assert not {*asked} & {*told.same, *told.same.values()}
    assert all(isinstance(question, Question) and 0.4 <= question.share <= 1.001 for question in told.questions)
