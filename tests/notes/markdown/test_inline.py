from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes.markdown.inline import scan


def found(text: str) -> list[tuple[str, str, str | None, str | None]]:
    references = scan(text).references
    assert all(text[one.start : one.end] == one.raw for one in references)
    return [(one.kind, one.target, one.alias, one.fragment) for one in references]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[Moths]]", ("wikilink", "Moths", None, None)),
        ("[[Moths|the *grey* ones]]", ("wikilink", "Moths", "the *grey* ones", None)),
        ("[[Moths||the grey ones]]", ("wikilink", "Moths", "the grey ones", None)),
        (r"| [[Moths\|grey]] |", ("wikilink", "Moths", "grey", None)),
        ("[[ Moths  at night | grey ]]", ("wikilink", "Moths at night", "grey", None)),
        ("[[Moths#Wings]]", ("wikilink", "Moths", None, "Wings")),
        ("[[Moths#Wings#Colour]]", ("wikilink", "Moths", None, "Wings#Colour")),
        ("[[Moths#^m1]]", ("wikilink", "Moths", None, "^m1")),
        ("[[#Wings]]", ("wikilink", "", None, "Wings")),
        ("[[Moths [sic] again]]", ("wikilink", "Moths [sic] again", None, None)),
        ("![[moth.png|100x50]]", ("embed", "moth.png", "100x50", None)),
        ("![[book.pdf#page=3]]", ("embed", "book.pdf", None, "page=3")),
        ("![[https://a.example/b.png]]", ("embed", "https://a.example/b.png", None, None)),
        ("[t](Two%20Moths.md#First%20wing)", ("wikilink", "Two Moths", "t", "First wing")),
        ("[t](<Two Moths.md>)", ("wikilink", "Two Moths", "t", None)),
        ("[t](../a/Moth.md)", ("wikilink", "../a/Moth", "t", None)),
        ("[t](#Wings)", ("wikilink", "", "t", "Wings")),
        ("[t](telephone.md)", ("wikilink", "telephone", "t", None)),
        ("[t](zotero://select/items/A)", ("url", "zotero://select/items/A", "t", None)),
        ("[t](scan.pdf)", ("embed", "scan.pdf", "t", None)),
        ("![t|50](scan.png)", ("embed", "scan.png", "t|50", None)),
        ("[t]([[Moths]])", ("wikilink", "Moths", "t", None)),
        ("[a `]` b](https://x.example)", ("url", "https://x.example", "a `]` b", None)),
        ('[t](https://x.example/a_(b) "A (title)")', ("url", "https://x.example/a_(b)", "t", None)),
        ("[[1]](https://x.example)", ("url", "https://x.example", "[1]", None)),
        ("[![pic](a.png)](https://x.example)", ("url", "https://x.example", "pic", None)),
        ("<https://x.example/a>", ("url", "https://x.example/a", None, None)),
        ("(see https://x.example/a_(b)).", ("url", "https://x.example/a_(b)", None, None)),
        ("so https://x.example/a?b=1&amp;c=2, then", ("url", "https://x.example/a?b=1&c=2", None, None)),
        (r"https://x.example/a\_b", ("url", "https://x.example/a_b", None, None)),
        ("**https://x.example/a**", ("url", "https://x.example/a", None, None)),
        ('<a href="https://x.example/a">t</a>', ("url", "https://x.example/a", None, None)),
        ("It costs $5, see [[Moths]], or $6.", ("wikilink", "Moths", None, None)),
    ],
)
def test_one_reference(text: str, expected: tuple[str, str, str | None, str | None]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "[[]]",
        "[[ | x]]",
        r"\[[Moths]]",
        "`[[Moths]]`",
        "``a ` [[Moths]]``",
        "$x_{[[y]]}$",
        "$$\n[[Moths]]\n$$",
        "%%see [[Moths]] and https://x.example%%",
        "<!-- [[Moths]] -->",
        "[[Mo\nths]]",
        "[t](a file with blanks.md)",
        "[t](mailto:a@b.example)",
        "[x] [not a link] (https)",
        "https://",
        "a footnote[^1]",
    ],
)
def test_no_reference(text: str) -> None:
    assert found(text) == []


def test_a_page_before_round_brackets_is_a_page() -> None:
    assert found("[[Moths]](not a link) and [[Bats]]") == [
        ("wikilink", "Moths", None, None),
        ("wikilink", "Bats", None, None),
    ]


def test_raw_is_the_whole_markup() -> None:
    text = "é [[A|b]], [t](https://x.example 'T'), <https://y.example>."
    assert [one.raw for one in scan(text).references] == [
        "[[A|b]]",
        "[t](https://x.example 'T')",
        "<https://y.example>",
    ]


def test_a_link_over_two_quoted_lines_is_one() -> None:
    assert found("[two\n> lines](https://x.example)") == [("url", "https://x.example", "two lines", None)]


def test_offsets_count_from_the_whole_text() -> None:
    text = "[[A]] and [[B]]"
    (reference,) = scan(text, 5).references
    assert (reference.start, reference.target) == (10, "B")


def test_tags() -> None:
    text = "#tag #a/b/c, #Über #1a (#no) #123 #not,tag x#no `#no` http://x.example/#no %%#no%% #[[two words]]"
    marks = scan(text).tags
    assert [mark.name for mark in marks] == ["tag", "a/b/c", "Über", "1a", "two words"]
    assert [text[mark.start : mark.end] for mark in marks][:2] == ["#tag", "#a/b/c"]


def test_block_id_stands_at_the_end_only() -> None:
    mark = scan("Moths fly. ^m-1").block_id
    assert mark is not None
    assert (mark.name, mark.start) == ("m-1", 11)
    assert scan("x ^not here").block_id is None
    assert scan("2^10").block_id is None


def test_footnotes() -> None:
    assert [mark.name for mark in scan("A[^1], b[^long-name] ^[inline]").footnotes] == ["1", "long-name"]


def test_fields() -> None:
    text = "supports:: [[A]], [[B]]\n- **mood**:: calm\nSure (confidence:: 0.7) [source:: [[C]]] std::vector"
    fields = scan(text).fields
    assert [(one.key, one.value) for one in fields] == [
        ("supports", "[[A]], [[B]]"),
        ("mood", "calm"),
        ("confidence", "0.7"),
        ("source", "[[C]]"),
    ]
    assert all(text[one.start : one.end] == one.value for one in fields)


SIGNS = st.text(alphabet=st.sampled_from("ab1 \n[]()!|#^`$%<>\\\"'*_:-.,/é\u200b"), max_size=80)
PIECES = st.lists(
    st.sampled_from(
        ["[[", "]]", "](", "![", "https://a.b", "`", "$$", "%%", "<!--", "-->", "x", " ", "\n", "::", "#t"]
    ),
    max_size=40,
).map("".join)


@given(st.one_of(st.text(), SIGNS, PIECES), st.integers(0, 20))
def test_any_text_gives_exact_offsets(text: str, start: int) -> None:
    result = scan(text, min(start, len(text)))
    end = start
    for reference in result.references:
        assert reference.start >= end
        assert text[reference.start : reference.end] == reference.raw != ""
        end = reference.end
    assert all(text[mark.start] == "#" for mark in result.tags)
