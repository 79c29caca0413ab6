from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.document import Author
from notes.markdown import front_matter, properties


def test_scalars_stay_strings() -> None:
    text = "---\nn: 007\nyes: yes\nday: 2024-05-01\ntime: 12:30\nnothing:\nlist: [1, two]\n---\nBody"
    metadata, start, problems = front_matter.split(text)
    assert metadata == {
        "n": "007",
        "yes": "yes",
        "day": "2024-05-01",
        "time": "12:30",
        "nothing": "",
        "list": ["1", "two"],
    }
    assert (text[start:], problems) == ("Body", [])


def test_json() -> None:
    text = '---\n{"title": "T", "n": 1.50, "ok": true, "none": null, "list": ["J"]}\n---\nBody'
    metadata, start, problems = front_matter.split(text)
    assert metadata == {"title": "T", "n": "1.50", "ok": "true", "none": "", "list": ["J"]}
    assert (text[start:], problems) == ("Body", [])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "---\ntitle: never closed\n\n# H\n",
        "\n---\ntitle: not at the top\n---\nBody",
        "---\nOnly a sentence between two rules.\n---\nBody",
        "---\n- a\n- list\n---\n",
        "---\nHe said: this: no.\nAnd then he left.\nIt ended\nso.\n---\nBody",
        "----\na: b\n----\n",
    ],
)
def test_no_front_matter_is_body(text: str) -> None:
    assert front_matter.split(text) == ({}, 0, [])


@pytest.mark.parametrize("text", ["---\n---\nBody", "---\n\n---\nBody", "---\n# only a comment\n---\nBody"])
def test_blank_front_matter(text: str) -> None:
    metadata, start, problems = front_matter.split(text)
    assert (metadata, text[start:], problems) == ({}, "Body", [])


def test_broken_yaml_is_read_line_by_line() -> None:
    text = "---\ntitle: a: b: c\n\ttab: x\nlinks: [[A]], [[B]]\ntags:\n  - one\n  - 'two'\n---\nBody stays."
    metadata, start, problems = front_matter.split(text)
    assert metadata == {"title": "a: b: c", "tab": "x", "links": "[[A]], [[B]]", "tags": ["one", "two"]}
    assert text[start:] == "Body stays."
    assert problems == ["front matter: mapping values are not allowed here, line 2"]


def test_windows_lines_and_dots() -> None:
    text = "---\r\ntitle: T\r\n...\r\nBody"
    metadata, start, _ = front_matter.split(text)
    assert (metadata, text[start:]) == ({"title": "T"}, "Body")


def test_unquoted_wikilinks_are_links() -> None:
    metadata, _, problems = front_matter.split("---\none: [[A]]\nmany:\n  - [[B]]\n  - [[C|c]]\n---\n")
    assert metadata == {"one": "[[A]]", "many": ["[[B]]", "[[C|c]]"]}
    assert problems == []


@pytest.mark.parametrize(
    "raw",
    [
        "a: " + "[" * 1500,
        '{"a":' * 1500,
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "\n".join(
            f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]" for old, new in zip("abcdef", "bcdefg", strict=True)
        ),
    ],
)
def test_hostile_yaml_is_a_problem_not_an_error(raw: str) -> None:
    text = f"---\ntitle: T\n{raw}\n---\nBody"
    _, start, problems = front_matter.split(text)
    assert text[start:] == "Body"
    assert problems


def test_a_value_inside_itself() -> None:
    assert front_matter.split("---\ntitle: T\na: &a [*a]\n---\nBody")[1] == 28


def test_references_have_exact_offsets() -> None:
    text = (
        '---\nrelated: "[[A]]"\nlist:\n  - "[[B|b]]"\nhref: https://x.example/a\nimage: https://x.example/no.png\n'
        "links: [https://x.example/b, https://x.example/c]\nsource:\n  - https://x.example/d\n---\n[[Body]]"
    )
    _, start, _ = front_matter.split(text)
    references = front_matter.references(text, start)
    assert [one.target for one in references] == ["A", "B", *(f"https://x.example/{letter}" for letter in "abcd")]
    assert all(text[one.start : one.end] == one.raw for one in references)


@given(st.text(alphabet=st.sampled_from("a: -[]{}\"'\n#&*!|>%@\t"), max_size=80))
def test_any_front_matter_is_read(raw: str) -> None:
    text = f"---\n{raw}\n---\nBody"
    metadata, start, _ = front_matter.split(text)
    assert text[start:].endswith("Body")
    assert start == 0 or start >= 8
    properties.tags(properties.field(metadata, "a"))
    front_matter.references(text, start)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["#a", "b/c", "A", ""], ("a", "b/c")),
        ("a, b c,#d", ("a", "b c", "d")),
        ("a #b", ("a", "b")),
        ("~", ()),
        ("", ()),
        (["[[Topic]]"], ("Topic",)),
    ],
)
def test_tags(value: front_matter.Value, expected: tuple[str, ...]) -> None:
    assert properties.tags(value) == expected


def test_aliases_and_authors() -> None:
    assert properties.aliases({"aliases": ["A, b", "C"], "alias": "D, E"}) == ("A, b", "C", "D", "E")
    assert properties.authors({"author": "Doe, Jane"}) == (Author("Jane Doe"),)
    assert properties.authors({"authors": "Jane Doe, John Roe and [[Ann Poe]]"}) == (
        Author("Jane Doe"),
        Author("John Roe"),
        Author("Ann Poe"),
    )
    assert properties.authors({"authors": [{"name": "Jane"}, "John"]}) == (Author("Jane"), Author("John"))


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (["Doe, Jane", "Smith, Jr., Bob"], ["Jane Doe", "Bob Smith Jr."]),
        (["de la Cruz, María", "Roe, Ann B., III"], ["María de la Cruz", "Ann B. Roe III"]),
        (
            ["Ünal & Sons", "Arts and Letters Review", "Acme, Inc."],
            ["Ünal & Sons", "Arts and Letters Review", "Acme, Inc."],
        ),
        (["Jane Doe, PhD", {"name": "Roe, John"}], ["Jane Doe, PhD", "John Roe"]),
        (["[[Ann Poe]]", "[[Roe, John]]"], ["Ann Poe", "John Roe"]),
        ("Ünal & Sons", ["Ünal & Sons"]),
        ("Jane Doe & John Roe", ["Jane Doe", "John Roe"]),
        ("Smith, Jr., Bob", ["Bob Smith Jr."]),
        ("Ann, Bob, Cy", ["Ann", "Bob", "Cy"]),
    ],
)
def test_each_item_of_a_list_is_one_author(value: front_matter.Value, names: list[str]) -> None:
    assert [one.name for one in properties.authors({"authors": value})] == names


def test_the_date_of_a_note_is_the_first_that_is_one() -> None:
    assert properties.published({"created": "2023-01-02", "Date": "[[2024-05-01]]"}) == "2024-05-01"
    assert properties.published({"date": "last spring", "posted": ["1st May 2024"]}) == "2024-05-01"
    assert properties.published({"date": "none"}) is None
