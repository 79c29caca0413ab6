"""Transcripts: who speaks, where a turn begins, what is not the speaker's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from importers.base import Input
from importers.texts.transcript import IMPORTER
from importers.texts.turns import is_label
from kb.model.document import Author, Block, Document

Read = Callable[..., list[Document]]

DEBATE = """This is a transcript of a debate between Ana-Maria Kovač and Bo Lindqvist, held on the 3rd of May at \
the spring workshop 2022.


Tove: Welcome. Ana thinks probes are oversold, Bo builds them. Ana, go ahead.

What probes show

Ana-Maria: A probe that reads a feature shows that the feature can be read. It does not show that the model uses it. \
I said so in March [Ana-Maria comment: see also the control task in my note (2)]. So we need interventions.

And one more thing: nobody reports the failures.

Bo: I agree on interventions. But we do ablate, and the behaviour goes. Would that convince you of it?
 Would that convince you of this?

[Editor's note: a pause.] It took us a year.

Ana-Maria: Partly.

Ablation, and its limits (1/2)

Bo: Good.

Note: the slides are online.

Ana-Maria: Ablation breaks other things too [laughter].

12 comments, sorted by top scoring
New Comment
"""


def _said(document: Document, block: Block) -> str:
    return document.text[block.start : block.end]


def test_turns(read: Read) -> None:
    (document,) = read(IMPORTER, DEBATE)
    turns: dict[int, list[Block]] = {}
    for block in document.blocks:
        if block.turn is not None:
            turns.setdefault(block.turn, []).append(block)
    assert [blocks[0].speaker for blocks in turns.values()] == [
        "Tove",
        "Ana-Maria",
        "Bo",
        "Ana-Maria",
        "Bo",
        "Ana-Maria",
    ]
    assert _said(document, turns[0][0]).startswith("Welcome.")
    assert [_said(document, block)[:20] for block in turns[1]] == [
        "A probe that reads a",
        "So we need intervent",
        "And one more thing: ",
    ]
    assert [_said(document, block) for block in turns[4]] == ["Good.", "Note: the slides are online."]
    headings = [_said(document, block) for block in document.blocks if block.kind == "heading"]
    assert headings == ["What probes show", "Ablation, and its limits (1/2)"]
    assert document.blocks[0].speaker is None


def test_insertions(read: Read) -> None:
    (document,) = read(IMPORTER, DEBATE)
    insertions = [block for block in document.blocks if block.kind == "insertion"]
    assert [(_said(document, b), b.speaker, b.label) for b in insertions] == [
        ("see also the control task in my note (2)", "Ana-Maria", "Ana-Maria comment"),
        ("a pause.", None, "Editor's note"),
    ]
    assert insertions[0].parent is not None
    assert document.blocks[insertions[0].parent].turn == 1
    assert insertions[1].parent is None
    assert "[laughter]" in document.text


def test_what_the_page_says_about_itself(read: Read) -> None:
    (document,) = read(IMPORTER, DEBATE, "1f2e3d4c5b6a7988.txt")
    assert document.title == "Debate between Ana-Maria Kovač and Bo Lindqvist"
    assert document.authors == (Author("Tove"), Author("Ana-Maria Kovač"), Author("Bo Lindqvist"))
    assert document.published == "2022-05-03"
    assert document.kind == "transcript"


def test_front_matter(read: Read) -> None:
    head = "---\ntitle: On probes\ndate: 2022-05-04\ntags: [probes]\n---\n"
    (document,) = read(IMPORTER, head + DEBATE, "x.md")
    assert document.text.startswith(head)
    assert (document.title, document.published, document.tags) == ("On probes", "2022-05-04", ("probes",))
    assert document.blocks[1].speaker == "Tove"


def test_title_line(read: Read) -> None:
    (document,) = read(IMPORTER, "Probes, a debate\n\nAna: One.\n\nBo: Two.\n\nAna: Three.\n\nBo: Four.\n")
    assert document.title == "Probes, a debate"
    assert document.text.startswith("# Probes, a debate\n\nAna: One.")


def test_faults_of_the_copy_are_removed_and_said(read: Read) -> None:
    (document,) = read(IMPORTER, DEBATE)
    assert "convince you of this" not in document.text
    assert "New Comment" not in document.text
    assert "sorted by" not in document.text
    assert len(document.problems) == 2


@pytest.mark.parametrize(
    "lines",
    [
        ["ANA: One.", "BO: Two, and more.", "ANA: Three.", "BO: Four."],
        ["**Ana:** One.", "**Bo:** Two, and more.", "**Ana:** Three.", "**Bo:** Four."],
        ["[00:12:30] Ana: One.", "[00:12:41] Bo: Two, and more.", "[00:13:00] Ana: Three.", "[1:00:00] Bo: Four."],
        ["Ana (00:12): One.", "Bo (00:14): Two, and more.", "Ana (00:15): Three.", "Bo (00:20): Four."],
        ["Speaker 1: One.", "Speaker 2: Two, and more.", "Speaker 1: Three.", "Speaker 2: Four."],
        ["Ana:\nOne.", "Bo:\nTwo, and more.", "Ana:\nThree.", "Bo:\nFour."],
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_other_forms(read: Read, lines: list[str], between: str) -> None:
    text = between.join(lines)
    assert IMPORTER.sniff(Input(text, "x.txt")) > 0.6
    (document,) = read(IMPORTER, text)
    spoken = [block for block in document.blocks if block.turn is not None]
    assert [_said(document, block) for block in spoken] == ["One.", "Two, and more.", "Three.", "Four."]
    assert [block.turn for block in spoken] == [0, 1, 2, 3]
    assert len({block.speaker for block in spoken}) == 2


def test_clock_is_kept_as_label(read: Read) -> None:
    (document,) = read(IMPORTER, "\n".join(f"[00:0{n}] {'AB'[n % 2]}na: Words." for n in range(4)))
    assert [block.label for block in document.blocks] == ["00:00", "00:01", "00:02", "00:03"]


def test_wrapped_lines_stay_one_paragraph(read: Read) -> None:
    words = "words that go on and on until the margin of the page cuts them off here"
    (document,) = read(IMPORTER, "\n".join(f"{name}: {words}\n{words}\nand end." for name in ["Ana", "Bo"] * 3))
    assert len(document.blocks) == 6


@pytest.mark.parametrize(
    "text",
    [
        "An essay.\n\nNote: this is long.\n\nMore words.\n\nNote: and again.\n\nExample: one.\n\nExample: two.\n\nEnd.",
        "Title: A\nAuthor: B\nYear: 2020\n\nTitle: C\nAuthor: D\nYear: 2021\n\nTitle: E\nAuthor: F\nYear: 2022\n",
        "\n\n".join(f"# Set {n}\n\n**Purpose**: p\n\n**Images**: many\n\n**Split**: none" for n in range(4)),
        "\n".join(f"Colour: red\nShape: {n}\nWeight: heavy\n" for n in range(5)),
        "Ana: hi\n\nBo: ho\n\nAna: hum\n\nBo: ha\n\n" + "\n\n".join(["A long essay goes on."] * 30),
        "\n\n".join(f"Q: What is {n}?\n\nA: A number." for n in range(5)),
        "one line",
        "",
    ],
)
def test_no_transcript(text: str) -> None:
    assert IMPORTER.sniff(Input(text, "x.md")) == 0


def test_a_panel_in_strict_rotation_is_a_transcript() -> None:
    said = [
        "What do you make of the new dam?",
        "I think that it is far too dear.",
        "I doubt that we can do without it.",
    ]
    panel = "\n\n".join(
        f"{name}: {words}" for _ in range(3) for name, words in zip(["Ana", "Bo", "Cy"], said, strict=True)
    )
    assert IMPORTER.sniff(Input(panel, "x.md")) > 0
    records = "\n\n".join(
        ["Oak: It grows on dry slopes of chalk.\n\nElm: It grows in wet soils.\n\nAsh: It is tall."] * 3
    )
    assert IMPORTER.sniff(Input(records, "x.md")) == 0


@pytest.mark.parametrize("word", ["Interview", "Debate", "Episode", "Theme", "Guests"])
def test_lines_of_the_head_are_no_speakers(word: str) -> None:
    assert is_label(word)


def test_links_are_no_insertions(read: Read) -> None:
    text = (
        "Ana: See [note: here](https://example.org/a).\n\nBo: And [[Note: b]].\n\nAna: So [Note: unclosed.\n\nBo: Yes."
    )
    (document,) = read(IMPORTER, text)
    assert not [block for block in document.blocks if block.kind == "insertion"]
    assert len(document.references) == 2


@pytest.mark.real
def test_seed(seed: Callable[[str], Input], read: Read) -> None:
    source = seed("003")
    (document,) = read(IMPORTER, source.text, source.name)
    assert len({block.turn for block in document.blocks} - {None}) == 26
    assert len({block.speaker for block in document.blocks if block.turn is not None}) == 3
    assert sum(block.kind == "insertion" for block in document.blocks) == 4
    assert sum(block.kind == "heading" for block in document.blocks) == 5
    assert document.published == "2023-09-23"
    full = [author.name for author in document.authors if " " in author.name]
    assert document.title == "Discussion between " + " and ".join(full)
    assert "New Comment" not in document.text
    assert len(document.problems) == 2
