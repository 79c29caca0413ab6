"""The parts that importers of exports share: LaTeX, broken files, and notes of highlights that cut exactly."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from importers.base import Input
from importers.exports import bibtex, csl_json, feeds, highlights, hypothesis, read_later, readwise, ris, zotero
from importers.exports.fields import kind_of, people, work_of
from importers.exports.parsing import read_csv, read_json, read_xml
from importers.highlights import Highlight, compose, structure
from kb.errors import KbError
from kb.model.document import Document
from kb.text.latex import plain
from kb.text.strings import squash
from tests.importers.importer_checks import check


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"Na{\"\i}ve \& 50\% of {GPT-4}", "Naïve & 50% of GPT-4"),
        (r"\v{S}koda, Erd{\H o}s, {\L}uk, \AA{} b, Stra{\ss}e, G\"odel", "Škoda, Erdős, Łuk, Å b, Straße, Gödel"),
        (r"\textbf{\emph{a} b} \unknown{kept} ``q'' x---y 1--2", "a b kept “q” x—y 1–2"),
        (r"of $O(n^{2})$ and cost \$5 a~b", "of $O(n^{2})$ and cost $5 a b"),
        (r"100% sure, a_b {unclosed", "100% sure, a_b unclosed"),
        (r"\href{http://a.b}{here} \url{http://c.d/e_f}", "here (http://a.b) http://c.d/e_f"),
        ("one\nline\n\nanother", "one line\n\nanother"),
    ],
)
def test_latex(latex: str, words: str) -> None:
    assert plain(latex) == words


@given(st.text(alphabet="ab \\{}$~`'\"^-%&i\n", max_size=60))
def test_latex_loses_no_letter_of_plain_words(text: str) -> None:
    plain(text)
    assert plain(text.replace("\\", "")).count("a") == text.count("a")


def test_people() -> None:
    assert [a.name for a in people("Ann Doe, Bob Roe and Cy Poe")] == ["Ann Doe", "Bob Roe", "Cy Poe"]
    assert [a.name for a in people("Doe, Ann; Roe, Bob")] == ["Ann Doe", "Bob Roe"]
    assert [a.name for a in people("Ünal & Sons; Smith, Jr., Bob")] == ["Ünal & Sons", "Bob Smith Jr."]
    assert people("  ") == ()


def test_addresses_that_are_none_are_no_address() -> None:
    for url in ("file:///a", "urn:x-pdf:1", "http://[bad", "https://x:notaport/", "zotero://select/x", ""):
        assert work_of([url]).url is None
    assert kind_of(work_of([""]), "book") == "paper"
    assert kind_of(work_of(["https://example.org"]), "webpage") == "web"


TRUNCATED = '[{"id": 1,\n "title": "cut he'


def test_truncated_files_are_one_error_with_the_place() -> None:
    with pytest.raises(KbError, match=r"x\.json is not valid JSON at line 2, column 11"):
        read_json(Input(TRUNCATED, "x.json"))
    with pytest.raises(KbError, match=r"ends inside a quoted field that begins after line 2"):
        read_csv(Input('a,b\n1,2\n3,"four\nfive\n', "x.csv"))
    with pytest.raises(KbError, match=r"not well-formed XML at line 2, column"):
        read_xml(Input("<rss><channel>\n<item>", "x.xml"))
    with pytest.raises(KbError, match="nested too deep"):
        read_json(Input("[" * 100_000, "x.json"))


def test_entities_are_not_expanded() -> None:
    declared = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    bomb = declared + "<rss><channel><item><title>&b;</title></item></channel></rss>"
    for text in (
        bomb,
        '<?xml version="1.0"?><!-- x -->' + bomb,
        bomb.replace('"aaaa"', 'SYSTEM "file:///etc/hostname"'),
    ):
        assert feeds.IMPORTER.sniff(Input(text, "x.xml")) > 0.5
        with pytest.raises(KbError, match="declares XML entities"):
            feeds.IMPORTER.read(Input(text, "x.xml"))


def test_a_quote_in_the_middle_of_a_field_costs_no_row() -> None:
    rows, problems = read_csv(Input('a,b\n"x "y" z",2\n3,4\n', "x.csv"))
    assert (len(rows), rows[1]["b"]) == (2, "4")
    assert "not doubled" in problems[0]


ALL = (bibtex, ris, csl_json, zotero, readwise, hypothesis, feeds, read_later, highlights)


@pytest.mark.parametrize(
    "text",
    [
        "A note about @article{x, title={y}} and BibTeX.", "# Heading\n\n- item\n", "{not json", "[[wikilink]] first",
        "<p>some html</p>", "title,url\na,b\n", "> a quote\n\nwords", '{"a": 1}', "", "TY is a tag",
    ],
)  # fmt: skip
def test_other_texts_are_left_to_others(text: str) -> None:
    assert all(module.IMPORTER.sniff(Input(text, "stdin")) == 0 for module in ALL)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**12) | st.text(max_size=8),
    lambda inside: st.lists(inside, max_size=3)
    | st.dictionaries(
        st.sampled_from(["id", "title", "author", "issued", "date-parts", "data", "itemType", "key", "parentItem",
                         "highlights", "text", "note", "uri", "target", "selector", "document", "url", "creators",
                         "tags", "notes",
                         "results", "rows", "items", "references", "labels", "attachments", "collections",
                         "book_tags"]),
        inside, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(VALUES)
def test_odd_json_gives_documents_or_an_error_that_a_person_can_act_on(value: object) -> None:
    for module in (csl_json, zotero, readwise, hypothesis, read_later):
        text = json.dumps(value)
        if module is read_later and not text.startswith(("[", "{")):
            continue
        try:
            documents = module.IMPORTER.read(Input(text, "x.json", "x.json"))
        except KbError:
            continue
        assert all(isinstance(document, Document) for document in documents)


WORDS = st.text(
    alphabet=st.sampled_from("ab éB .,!?#>-*_=`~<[]()|$1\n\t\\:^%&'\""), min_size=1, max_size=40
).filter(lambda text: any(character.isalnum() for character in text))  # fmt: skip


@given(
    st.lists(st.tuples(WORDS, st.sampled_from(["", "I doubt it.", "First.\n\n- a list\n- of two"])), max_size=4), WORDS
)
@example([("---", "I doubt it."), ("a", "")], "[x](y) | `")
def test_each_highlight_is_quoted_and_each_comment_hangs_under_its_quote(
    marked: list[tuple[str, str]], title: str
) -> None:
    given_ = [Highlight(quote, comment, "red", "2024-05-01", "p. 5", ("t",)) for quote, comment in marked]
    text = compose(title, "https://example.org/a", given_)
    blocks, references = structure(text)
    check(highlights.IMPORTER, Document("note", "t", text, blocks, references, importer="highlights"))
    assert references[0].target == "https://example.org/a"
    # Signs of Markdown may make a heading or code of a quote, but what follows stays where it belongs.
    said = [b for b in blocks if b.kind == "item" and text[b.start : b.end] == "I doubt it."]
    assert len(said) == sum(comment == "I doubt it." for _, comment in marked)
    assert all(block.about == 0 for block in said)
    assert all(b.about == 0 for b in blocks[1:] if b.kind != "heading")
    assert "2024-05-01" not in "".join(text[b.start : b.end] for b in blocks)


def test_plain_highlights_come_out_word_for_word() -> None:
    marked = [
        Highlight("One sentence.\nAnd one more.", "A doubt.\n\nA second one.", "yellow",
                  "2024-05-01T10:00:00Z", "p. iv", ("a b",)),
        Highlight("# not a heading", replies=(("bob", "I agree."),)),
        Highlight(comment="On the whole.", place="p. 2"),
        Highlight("— Nietzsche said so"),
    ]  # fmt: skip
    text = compose("[Draft] of C# | x", None, marked, ["A remark."])
    blocks, references = structure(text)
    assert [(b.kind, b.parent, b.speaker, squash(text[b.start : b.end])) for b in blocks[1:]] == [
        ("paragraph", None, None, "A remark."),
        ("paragraph", None, None, "On the whole. (p. 2)"),
        ("quote", None, None, "One sentence. And one more."),
        ("item", 3, None, "A doubt."),
        ("paragraph", 4, None, "A second one."),
        ("quote", None, None, "\\# not a heading"),
        ("item", 6, "bob", "I agree."),
        ("quote", None, None, "— Nietzsche said so"),
    ]
    assert [b.label for b in blocks if b.kind == "quote"] == ["p. iv", None, None]
    assert references[0].target == "Draft of C x"
    assert highlights.IMPORTER.read(Input(text, "x.md"))[0].title == "Highlights from Draft of C x"
