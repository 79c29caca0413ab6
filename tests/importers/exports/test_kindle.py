"""Kindle: clippings in the languages of its devices, whose words are whose, and files that are cut or shuffled."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import choose
from importers.base import Input
from importers.exports import highlights, kindle
from importers.exports.clipping_lines import facts
from importers.files import read_files
from kb.errors import KbError
from kb.model.document import Document
from kb.text.repair import repair
from tests.importers.exports.interchange_checks import quotes, take
from tests.importers.importer_checks import check

SAMPLE = Path(__file__).parents[3] / "docs/samples/My Clippings.txt"
SEPARATOR = "==========\n"


def entry(words: str, line: str, title: str = "Ponds (Moss, Ada)") -> str:
    return f"{title}\n- {line} | Added on Friday, May 1, 2026 9:05:00 AM\n\n{words}\n{SEPARATOR}"


def read(text: str) -> list[Document]:
    return take(kindle.IMPORTER, text, "My Clippings.txt")


def test_a_file_of_a_device_gives_a_source_a_book_with_quotes_and_the_readers_notes() -> None:
    source = next(iter(read_files(SAMPLE)))  # with a mark and CRLF
    assert isinstance(source, Input)
    assert choose(source) is kindle.IMPORTER
    observer, note, moor, other = kindle.read(source)
    assert (observer.title, [one.name for one in observer.authors]) == ("Nine Summers at the Pond", ["Ada Lindqvist"])
    assert quotes(note) == [
        (
            "We counted for nine summers, and the tenth would have told us the same.",
            ["I disagree: the tenth summer was the dry one."],
        )
    ]
    assert note.blocks[1].label == "p. 12, location 180-182"
    assert note.published == "2026-02-14T21:40:30"
    assert [one.name for one in moor.authors] == ["Bram Holt", "Pim Vasquez"]
    assert quotes(other) == [("Ein Weg, den niemand geht, steht in keiner Karte.", [])]
    assert observer.problems == (
        "bookmarks are left out: 1",
        "earlier forms of highlights and notes that were changed, and doubles, are left out: 1",
    )


@pytest.mark.parametrize(
    ("line", "kind", "page", "location", "when"),
    [
        (
            "- Highlight Loc. 605-07  | Added on Friday, May 15, 2009, 02:46 PM",
            "highlight",
            None,
            (605, 607),
            "2009-05-15T14:46:00",
        ),
        (
            "- Your Note on page xii | Added on Monday, 2 June 2025 12:01:02 AM",
            "note",
            "xii",
            None,
            "2025-06-02T00:01:02",
        ),
        (
            "- Ihre Notiz auf Seite 4 | Position 23 | Hinzugefügt am Dienstag, 5. März 2024 um 21:12:45 Uhr",
            "note",
            "4",
            (23, 23),
            "2024-03-05T21:12:45",
        ),
        (
            "- Votre signet sur la page 2 | Emplacement 30 | Ajouté le jeudi 16 août 2018 à 11:51:19",
            "bookmark",
            "2",
            (30, 30),
            "2018-08-16T11:51:19",
        ),
        (
            "- Tu subrayado en la página 6 | posición 36-40 | Añadido el martes, 5 de enero de 2021 1:02:03 p. m.",
            "highlight",
            "6",
            (36, 40),
            "2021-01-05T13:02:03",
        ),
        (
            "- La tua nota alla posizione 12 | Aggiunto in data martedì 5 maggio 2020 18:40:02",
            "note",
            None,
            (12, 12),
            "2020-05-05T18:40:02",
        ),
        (
            "- Seu destaque ou posição 8-9 | Adicionado: sexta-feira, 29 de novembro de 2019 18:00:13",
            "highlight",
            None,
            (8, 9),
            "2019-11-29T18:00:13",
        ),
        (
            "- Je markering op pagina 6 | locatie 36-40 | Toegevoegd op maandag 30 maart 2020 18:00:39",
            "highlight",
            "6",
            (36, 40),
            "2020-03-30T18:00:39",
        ),
        (
            "- 7ページ｜位置No. 114-116のメモ |作成日: 2024年12月30日月曜日 14:46:33",
            "note",
            "7",
            (114, 116),
            "2024-12-30T14:46:33",
        ),
        (
            "- 您在第 7 页（位置 #11-12）的标注 | 添加于 2019年9月30日星期一 下午6:00:39",
            "highlight",
            "7",
            (11, 12),
            "2019-09-30T18:00:39",
        ),
    ],
)
def test_the_line_of_facts_in_the_languages_of_the_devices(
    line: str, kind: str, page: str | None, location: tuple[int, int] | None, when: str
) -> None:
    found = facts(line)
    assert found
    assert (found.kind, found.page, found.location, found.when) == (kind, page, location, when)


def test_a_language_that_is_not_known_gives_no_claims_of_the_reader() -> None:
    line = "- Þú merktir á síðu 5 | staðsetning 60-62 | Bætt við 30. 12. 2024"
    work, note = kindle.read(Input(f"Ponds (Moss, Ada)\n{line}\n\nNine frogs.\n{SEPARATOR}", "My Clippings.txt"))
    assert quotes(note) == [("Nine frogs.", [])]
    assert work.problems == ("entries in a language that kb does not know are taken for highlights: 1",)


def test_notes_without_a_location_hang_by_their_page_and_others_stand_alone() -> None:
    _, note = read(
        entry("One.", "Your Highlight on page 3")
        + entry("Hm.", "Your Note on page 3")
        + entry("Elsewhere.", "Your Note on page 9")
    )
    assert quotes(note) == [("One.", ["Hm."])]
    assert "Elsewhere. (p. 9 · 2026-05-01)" in note.text


def test_titles_with_brackets_and_entries_without_words_or_author() -> None:
    line, limit = "Your Highlight on page 3", "<You have reached the clipping limit for this item>"
    documents = read(
        entry("One.", line, "Ponds (2nd ed.) (Inconnu(e))")
        + entry("Two.", line, "Fens (2019)")
        + entry("", line)
        + entry(limit, line)
    )
    works = [one for one in documents if not one.text]
    assert [(one.title, one.authors) for one in works] == [("Ponds (2nd ed.)", ()), ("Fens (2019)", ())]
    assert [line.rpartition(": ")[2] for line in works[0].problems] == ["1", "1"]


@pytest.mark.parametrize("text", ["", "# Log\n- Note 3 | 2024-05-01 we met\n", "Title\n==========\n\nWords.\n"])
def test_what_only_looks_a_little_like_it_is_none(text: str) -> None:
    assert kindle.sniff(Input(text, "log.md")) == 0.0


WHOLE = [
    entry(f"Frog number {place} sat still.", f"Your Highlight at location {place}0-{place}5") for place in range(9)
]


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_cut_and_shuffled_files_keep_their_whole_entries(chance: random.Random) -> None:
    kept = chance.sample(WHOLE, chance.randint(2, 9))
    lines = "".join(kept).split("\n")
    torn = "\n".join(lines[: chance.randint(0, len(lines))]) + "\n" + "".join(kept)
    junk = "".join(chance.sample(torn, len(torn)))
    for text in (torn, torn.replace(SEPARATOR, "", 1), repair(junk), torn[chance.randint(0, len(torn)) :], junk + torn):
        try:
            documents = kindle.read(Input(text, "My Clippings.txt"))
        except KbError:
            assert text not in (torn, junk + torn)
            continue
        for document in documents:
            check(highlights.IMPORTER if document.importer == "highlights" else kindle.IMPORTER, document)
        if text is torn:
            said = "\n".join(document.text for document in documents)
            assert all(one.split("\n")[3] in said for one in kept)
