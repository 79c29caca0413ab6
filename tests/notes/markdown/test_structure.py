from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes.markdown.structure import structure
from tests.notes.markdown.notes_checks import check, lost_lines, slices


def test_headings_and_their_paths() -> None:
    text = "# One\ntext\n\n## Two ##\nmore\n\nThree\n=====\n\n## Four\n"
    blocks, _ = check(text)
    assert slices(text) == [
        ("heading", "One"),
        ("paragraph", "text"),
        ("heading", "Two"),
        ("paragraph", "more"),
        ("heading", "Three"),
        ("heading", "Four"),
    ]
    assert [block.heading for block in blocks] == [(), ("One",), ("One",), ("One", "Two"), (), ("Three",)]
    assert [block.level for block in blocks if block.kind == "heading"] == [1, 2, 1, 2]


def test_a_long_underlined_text_is_a_paragraph_above_a_rule() -> None:
    assert slices("A sentence over\ntwo lines.\n---\nNext") == [
        ("paragraph", "A sentence over\ntwo lines."),
        ("paragraph", "Next"),
    ]


def test_bold_lines_stay_paragraphs() -> None:
    assert slices("**Short and bold**\n\ntext") == [("paragraph", "**Short and bold**"), ("paragraph", "text")]


def test_items() -> None:
    text = (
        "- first\n  goes on\n\n  another paragraph\n  - [ ] nested task\n    > quoted\n- [x] done\n"
        "\n3. third\n4) fourth\n"
    )
    blocks, _ = check(text)
    assert [(b.kind, text[b.start : b.end], b.level, b.parent, b.label) for b in blocks] == [
        ("item", "first\n  goes on", 0, None, None),
        ("paragraph", "another paragraph", 0, 0, None),
        ("item", "nested task", 1, 0, None),
        ("quote", "quoted", 0, 2, None),
        ("item", "done", 0, None, None),
        ("item", "third", 0, None, "3"),
        ("item", "fourth", 0, None, "4"),
    ]


def test_quotes_and_callouts() -> None:
    text = "> one\n> two\n>\n> three\n\n> [!Claim]- Moths *fly*\n> at night\n> - and day\n> > [!note]\n> > inner\n"
    blocks, _ = check(text)
    assert [(b.kind, text[b.start : b.end], b.label, b.parent) for b in blocks] == [
        ("quote", "one\n> two", None, None),
        ("quote", "three", None, None),
        ("quote", "Moths *fly*", "claim", None),
        ("quote", "at night", "claim", 2),
        ("quote", "and day", "claim", 2),
        ("quote", "inner", "note", 2),
    ]


def test_my_words_below_a_quote_or_list_are_mine() -> None:
    text = "> Their words\nMy answer.\n\n- item\n[A title](https://x.example)\n- item\nreads on\n"
    assert slices(text) == [
        ("quote", "Their words"),
        ("paragraph", "My answer."),
        ("item", "item"),
        ("paragraph", "[A title](https://x.example)"),
        ("item", "item\nreads on"),
    ]


def test_footnotes() -> None:
    text = "Text[^1].\n\n[^1]: First [[A]]\n[^long]: Second\n\n    goes on\n"
    blocks, references = check(text)
    assert [(b.kind, text[b.start : b.end], b.label, b.parent) for b in blocks[1:]] == [
        ("footnote", "First [[A]]", "^1", None),
        ("footnote", "Second", "^long", None),
        ("footnote", "goes on", "^long", 2),
    ]
    assert [one.target for one in references] == ["A"]


def test_code_table_math_html() -> None:
    text = (
        "```py\nx = [[1]]\n```\n\n| a | b |\n|---|---|\n| [[A\\|c]] | 2 |\n\n$$\ny\n$$\n\n"
        '<div>[[no]] <a href="https://x.example">t</a></div>\n'
    )
    blocks, references = check(text)
    assert [(b.kind, text[b.start : b.end]) for b in blocks[:3]] == [
        ("code", "x = [[1]]"),
        ("table", "| a | b |\n|---|---|\n| [[A\\|c]] | 2 |"),
        ("math", "$$\ny\n$$"),
    ]
    assert blocks[3].kind == "html"
    assert [one.target for one in references] == ["A", "https://x.example"]


def test_comments_are_no_text() -> None:
    text = "before\n\n%%\n- card [[A]]\n\n# not a heading\n%%\n\n%% TODO %%\n\nafter %%hidden [[B]]%% words\n"
    blocks, references = check(text)
    assert slices(text) == [("paragraph", "before"), ("paragraph", "after %%hidden [[B]]%% words")]
    assert references == ()
    assert all(block.heading == () for block in blocks)


def test_an_open_comment_hides_nothing() -> None:
    assert slices("%% never closed\n\ntext") == [("paragraph", "%% never closed"), ("paragraph", "text")]


def test_a_formula_inside_a_sentence_does_not_swallow_what_follows() -> None:
    text = "We have $$\nx\n$$\n\nwords [[A]]\n\nand $$\ny\n$$\n"
    assert [kind for kind, _ in slices(text)] == ["paragraph", "paragraph", "paragraph"]
    assert [one.target for one in check(text)[1]] == ["A"]


def test_a_formula_at_the_margin_belongs_to_the_item_above() -> None:
    text = "- so that\n$$\nx\n$$\n\twhere x is small\n- next\n"
    blocks, _ = check(text)
    assert [(b.kind, text[b.start : b.end], b.parent) for b in blocks] == [
        ("item", "so that", None),
        ("math", "$$\nx\n$$", 0),
        ("paragraph", "where x is small", 0),
        ("item", "next", None),
    ]


def test_block_ids_name_their_block() -> None:
    blocks, _ = check("Words. ^p-1\n\n- item ^i-1\n\n> quoted\n\n^q-1\n")
    assert [block.label for block in blocks] == ["^p-1", "^i-1", "^q-1"]


def test_definitions_are_signs_but_their_urls_count() -> None:
    text = "See [x].\n\n[x]: https://x.example 'T'\n[Ann]: hello\n"
    assert ("paragraph", "[x]: https://x.example 'T'\n[Ann]: hello") in slices(text)
    text = "See [x].\n\n[x]: https://x.example 'T'\n"
    assert slices(text) == [("paragraph", "See [x].")]
    assert [one.target for one in check(text)[1]] == ["https://x.example"]


def test_outliner_pages() -> None:
    text = "type:: [[Feature]]\n\n- ## Usage\n\t- one\n\t\t- two\n\t-\n\n### Next\n\t- three\n\t\t- four\n"
    blocks, _ = check(text)
    assert [(b.kind, text[b.start : b.end], b.level, b.parent, b.heading) for b in blocks] == [
        ("paragraph", "type:: [[Feature]]", 0, None, ()),
        ("heading", "Usage", 2, None, ()),
        ("item", "one", 1, 1, ("Usage",)),
        ("item", "two", 2, 2, ("Usage",)),
        ("heading", "Next", 3, None, ()),
        ("item", "three", 0, None, ("Next",)),
        ("item", "four", 1, 5, ("Next",)),
    ]


def test_indentation_code_stays_code() -> None:
    assert slices("text\n\n    a: b\n    - c\n") == [("paragraph", "text"), ("code", "a: b\n    - c")]


def test_front_matter_is_no_block_but_has_references() -> None:
    text = '---\nup: "[[A]]"\n---\n[[B]]'
    blocks, references = check(text)
    assert [text[b.start : b.end] for b in blocks] == ["[[B]]"]
    assert [one.target for one in references] == ["A", "B"]


def test_carriage_returns() -> None:
    text = "# H\r\n- a\r\n  b\r\n\r\nlast\rline"
    check(text)
    assert slices(text) == [("heading", "H"), ("item", "a\r\n  b"), ("paragraph", "last\rline")]


@pytest.mark.parametrize("depth", [60, 300, 1500])
def test_deep_lists_lose_nothing(depth: int) -> None:
    text = "".join(f"{'  ' * level}- level {level}\n" for level in range(depth))
    blocks, _ = check(text)
    assert [block.level for block in blocks] == list(range(depth))
    assert [block.parent for block in blocks] == [None, *range(depth - 1)]
    assert lost_lines(text) == []


def test_too_deep_a_text_is_read_line_by_line() -> None:
    deep = "".join(f"{'  ' * level}- x\n" for level in range(600))
    text = f"# T\n\nwords\nmore\n\n> quoted\n> on\n\n```\ncode\n```\n\n{deep}\n## U\n1. [ ] one\n"
    blocks, _ = check(text)
    kinds = [(b.kind, text[b.start : b.end]) for b in blocks]
    assert kinds[:4] == [
        ("heading", "T"),
        ("paragraph", "words\nmore"),
        ("quote", "quoted\n> on"),
        ("code", "code"),
    ]
    assert kinds[-2:] == [("heading", "U"), ("item", "one")]
    assert (blocks[-1].heading, blocks[-1].label, blocks[-1].level) == (("T", "U"), "1", 0)


@pytest.mark.parametrize(
    "sign", ["[", "](", ">", "> ", "- ", "`", "$", "$$a\n", "%%", "%%a\n", "(", "[[", "```\n", "<"]
)
def test_long_runs_of_signs_are_quick(sign: str) -> None:
    check(sign * (20_000 // len(sign)))


WORDS = st.text(alphabet=st.sampled_from("abc É"), min_size=1, max_size=12).filter(lambda words: words.strip() == words)
Forest = list[tuple[str, "Forest"]]
FORESTS: st.SearchStrategy[Forest] = st.recursive(
    st.just([]),
    lambda below: st.lists(st.tuples(WORDS, below), min_size=1, max_size=3),
    max_leaves=12,
)


def written(forest: Forest, indent: str, marker: str, level: int = 0) -> str:
    return "".join(
        f"{indent * level}{marker} {words}\n{written(below, indent, marker, level + 1)}" for words, below in forest
    )


def rebuilt(text: str) -> Forest:
    top: Forest = []
    below: list[Forest] = []
    for block in structure(text)[0]:
        assert block.kind == "item"
        level = 0 if block.parent is None else structure(text)[0][block.parent].level + 1
        assert level == block.level
        own: Forest = []
        (top if block.parent is None else below[block.parent]).append((text[block.start : block.end], own))
        below.append(own)
    return top


@given(FORESTS, st.sampled_from(["  ", "   ", "    ", "\t", " " * 8]), st.sampled_from(["-", "*", "1.", "10)"]))
def test_a_list_written_from_a_tree_comes_back_as_that_tree(forest: Forest, indent: str, marker: str) -> None:
    assert rebuilt(written(forest, indent, marker)) == forest


LINES = st.sampled_from(
    [
        "words", "Words", "# H", "## H #", "- a", "  - b", "\t- c", "        - d", "1. x", "2) y", "- [ ] t", "-", ">",
        "> q", "> - i", ">> n", "> [!claim] T", "```", "~~~", "$$", "$$x$$", "a $$", "%%\nx\n%%", "%% c %%", "---",
        "===", "=",
        "| a | b |", "|---|---|", "[^1]: f", "[x]: https://x.example", "    code", "\tcode", "<div>", "</div>", "<!--",
        "-->", "^id", "[[A]]", "[t](https://x.example)", "k:: v", "", "", "", " ", "- - a", "- # h", "- > q", "- ```",
        "* * *", "\u2028", "\x0b", "\x00", "\r", "&amp;", "\\", "- \u00a0x", "#", "[]:", "[^]: x", "[^ ]: x",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=25).map("\n".join))
def test_no_line_is_lost(text: str) -> None:
    check(text)
    assert lost_lines(text) == []


@given(st.one_of(st.text(), st.text(alphabet=st.sampled_from("a #->`~$%|[]()^:!=\n\t\r1.*_<\\"), max_size=100)))
def test_any_text_is_read(text: str) -> None:
    check(text)
