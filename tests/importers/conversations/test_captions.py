"""Subtitles and transcripts: each word once, by speakers, with times."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.base import Importer, Input
from importers.conversations.captions import panel, recognised, subtitles, youtube
from importers.conversations.captions.cues import cues
from kb.errors import KbError
from kb.model.document import Document
from tests.importers.importer_checks import check

Read = Callable[..., list[Document]]


def rolled(lines: list[str]) -> str:
    """As YouTube writes captions made by a machine: each line stands there again above the next."""
    out, before, at = ["WEBVTT\nKind: captions\nLanguage: en\n"], " ", 0.0
    for line in lines:
        words = line.split()
        marked = words[0] + "".join(f"<00:00:{at:06.3f}><c> {word}</c>" for word in words[1:])
        out.append(f"00:00:{at:06.3f} --> 00:00:{at + 2:06.3f} align:start position:0%\n{before}\n{marked}\n")
        out.append(f"00:00:{at + 2:06.3f} --> 00:00:{at + 2.01:06.3f} align:start position:0%\n{line}\n \n")
        before, at = line, at + 2.01
    return "\n".join(out)


def test_lines_that_roll_up_give_each_word_once(read: Read) -> None:
    lines = ["so today we look", "at the weir and", "the weir is old", "and it leaks a lot"]
    (found,) = read(subtitles.IMPORTER, rolled(lines), "Weirs [aBcDeFgHiJk].en.vtt")
    (block,) = found.blocks
    assert found.text[block.start : block.end] == " ".join(lines)
    assert (found.title, found.url) == ("Weirs", "https://www.youtube.com/watch?v=aBcDeFgHiJk")
    assert found.text.startswith("[0:00](https://www.youtube.com/watch?v=aBcDeFgHiJk&t=0s) so today")
    assert dict(found.external_ids) == {"youtube": "aBcDeFgHiJk/en"}


def test_a_word_said_twice_stays_where_nothing_rolls_up() -> None:
    text = "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\nNo.\n\n" for n in range(1, 4))
    assert [cue.lines for cue in cues(text)] == [("No.",)] * 3


def test_voices_settings_notes_and_styles(read: Read) -> None:
    text = (
        "WEBVTT - Weirs\n\nSTYLE\n::cue { color: red }\n\nNOTE\nnot said\n\nintro\n00:01.000 --> 00:03.000 line:0\n"
        "<v.loud Ines Roth>The weir &amp; the <i>mill</i></v>\n\n00:03.000 --> 00:04.000\n<v Ines Roth>are old.</v>\n\n"
        "01:00:05.000 --> 01:00:06.000\n<v Tom Ek>Are they?\n"
    )
    (found,) = read(subtitles.IMPORTER, text, "talk.vtt")
    assert [(one.speaker, one.label, found.text[one.start : one.end]) for one in found.blocks] == [
        ("Ines Roth", "0:01", "The weir & the mill are old."), ("Tom Ek", "1:00:05", "Are they?"),
    ]  # fmt: skip
    assert [one.name for one in found.authors] == ["Ines Roth", "Tom Ek"]


def test_names_marks_and_sounds_of_subrip(read: Read) -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\n- Who is there?\n- The miller.\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\n[door]\n\n"
        "3\n00:00:05,000 --> 00:00:06,000\n>> INES: Come in.\n\n4\n00:00:07,000 --> 00:00:09,000\n{\\an8}>> I am\n"
        "5\n00:00:09,100 --> 00:00:10,000\ncoming.\n"
    )
    (found,) = read(subtitles.IMPORTER, text, "film.srt")
    assert [(one.speaker, found.text[one.start : one.end]) for one in found.blocks] == [
        ("Unknown speaker", "Who is there?"), ("Unknown speaker", "The miller."), ("Ines", "Come in."),
        ("Unknown speaker", "I am coming."),
    ]  # fmt: skip
    assert found.problems == ("sounds in brackets are left out: 1",)


def test_what_yt_dlp_wrote_beside_it(tmp_path: Path) -> None:
    (tmp_path / "x.info.json").write_text(
        json.dumps({"id": "aBcDeFgHiJk", "title": "On weirs", "extractor": "youtube", "channel": "Weir friends",
                    "webpage_url": "https://www.youtube.com/watch?v=aBcDeFgHiJk", "upload_date": "20240501"})
    )  # fmt: skip
    (found,) = subtitles.IMPORTER.read(Input(rolled(["a b", "c d"]), "x.en.vtt", str(tmp_path / "x.en.vtt"), b""))
    assert (found.title, found.published, found.authors[0].name) == ("On weirs", "2024-05-01", "Weir friends")


@pytest.mark.parametrize(
    "value",
    [
        {"text": "…", "segments": [{"start": 0.0, "end": 2, "text": " Hello there.", "speaker": "Ines"},
                                   {"start": 65.5, "end": 70, "text": " Bye.", "speaker": "Tom"}]},
        {"entries": [{"speakerDisplayName": "Ines", "text": "Hello there.", "startOffset": "00:00:00.12"},
                     {"speakerDisplayName": "Tom", "text": "Bye.", "startOffset": "00:01:05.5"}]},
        {"utterances": [{"speaker": "Ines", "text": "Hello there.", "start": 120, "end": 3000},
                        {"speaker": "Tom", "text": "Bye.", "start": 65_120, "end": 66_000}]},
        [{"transcript": "Hello there.", "start_time": 0, "speaker": {"name": "Ines"}},
         {"transcript": "Bye.", "start_time": 65, "speaker": {"name": "Tom"}}],
    ],
)  # fmt: skip
def test_recognisers_differ_only_in_their_words(read: Read, value: object) -> None:
    text = json.dumps(value)
    assert recognised.IMPORTER.sniff(Input(text, "a.json")) == 0.9
    (found,) = read(recognised.IMPORTER, text, "a.json")
    assert [(one.speaker, one.label, found.text[one.start : one.end]) for one in found.blocks] == [
        ("Ines", "0:00", "Hello there."), ("Tom", "1:05", "Bye."),
    ]  # fmt: skip


def test_other_records_are_no_transcript() -> None:
    for value in ([{"title": "A", "start": 1}], {"items": [{"text": "a", "id": 1}]}, {"segments": []}):
        assert recognised.IMPORTER.sniff(Input(json.dumps(value), "a.json")) == 0


def test_a_copied_panel_and_named_times(read: Read) -> None:
    (found,) = read(panel.IMPORTER, "0:00\nthe weir\n0:04\n4 secondsis old\n0:08\nand leaks\n1:00:02\nso\n", "a.txt")
    assert [(one.label, found.text[one.start : one.end]) for one in found.blocks] == [
        ("0:00", "the weir is old and leaks"), ("1:00:02", "so"),
    ]  # fmt: skip
    named = "Ines Roth  0:05\nIt is old.\n\nTom Ek  0:12\nIt is.\n\nInes Roth  0:20\nSo?\n\nTom Ek  0:25\nSo.\n"
    assert panel.IMPORTER.sniff(Input(named, "a.txt")) > 0.9
    assert [one.speaker for one in read(panel.IMPORTER, named, "a.txt")[0].blocks] == ["Ines Roth", "Tom Ek"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "0:00 Introduction\n5:30 The weir\n12:10 The mill\n30:00 Questions\n41:00 End\n",  # chapters
        "# Day\n\n9:00\nbreakfast\n\nThe rest of the day I read about weirs and mills, and nothing came of it.\n",
        "Ratio 1:20\nRatio 1:10\nRatio 1:05\nRatio 1:02\n",
    ],
)
def test_other_times_are_no_transcript(text: str) -> None:
    assert panel.IMPORTER.sniff(Input(text, "a.txt")) == 0


@pytest.mark.parametrize("importer", [subtitles.IMPORTER, youtube.IMPORTER, recognised.IMPORTER, panel.IMPORTER])
def test_damage_gives_a_document_or_one_clear_error(importer: Importer) -> None:
    @settings(max_examples=12, deadline=None)
    @given(st.integers(0, 400), st.text(max_size=4))
    def run(at: int, put: str) -> None:
        at %= len(importer.sample)
        text = importer.sample[:at] + put + importer.sample[at + 2 * len(put) :]
        try:
            for one in importer.read(Input(text, "a.json", "-", text.encode("utf-8", "replace"))):
                check(importer, one)
        except KbError:
            pass

    run()
