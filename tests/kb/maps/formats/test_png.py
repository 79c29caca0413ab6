"""The map as a PNG picture: a whole one, with its words, on white, of bounded size."""

from __future__ import annotations

import struct
import zlib

import pytest

from kb.errors import KbError
from kb.maps.drawing import picture
from kb.maps.formats import png
from kb.model.argument_map import ArgumentMap, Node
from tests.kb.maps.formats.example_maps import argument, hostile, wide


def drawn(map_: ArgumentMap) -> bytes:
    assert png.FORMAT.binary
    return png.FORMAT.binary(png.FORMAT.render(map_))


def size(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", content[16:24])
    return int(width), int(height)


@pytest.mark.parametrize("map_", [argument(), hostile(), wide(12), ArgumentMap((), ())])
def test_any_map_is_a_picture_of_twice_its_size_in_points(map_: ArgumentMap) -> None:
    content = drawn(map_)
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert content.endswith(b"IEND\xaeB`\x82")
    found = picture._SIZE.search(png.FORMAT.render(map_))
    assert found
    assert size(content) == (2 * int(found[1]), 2 * int(found[2]))
    assert content == drawn(map_)


def test_its_words_can_be_seen() -> None:
    def of(text: str) -> bytes:
        return drawn(ArgumentMap((Node("c1", "claim", text),), (), ("c1",), title="Wings"))

    assert len({of("Flight"), of("Fights"), of("Größe")}) == 3


def test_it_is_drawn_on_white() -> None:
    content, data, place = drawn(argument()), b"", 8
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        if content[place + 4 : place + 8] == b"IDAT":
            data += content[place + 8 : place + 8 + length]
        place += 12 + length
    first_row = zlib.decompress(data)[:9]
    assert first_row[0] in range(5)  # the filters, all of which leave the first pixel as it is
    assert first_row[1:5] == b"\xff\xff\xff\xff"


def test_a_huge_one_is_drawn_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "_MOST_PIXELS", 40_000)
    width, height = size(drawn(argument()))
    assert 30_000 < width * height < 45_000


def test_characters_without_a_font_are_told(monkeypatch: pytest.MonkeyPatch, notices: list[str]) -> None:
    drawn(ArgumentMap((Node("c1", "claim", "Größe → Ærø"),), (), ("c1",)))
    assert notices == []
    blank = picture._probe(picture._family(), picture._MISSING)
    real = picture._probe
    monkeypatch.setattr(picture, "_probe", lambda family, one: blank if one in "量子" else real(family, one))
    drawn(ArgumentMap((Node("c1", "claim", "量子, a question of 量 <title> & more"),), (), ("c1",)))
    assert notices == ["no font on this machine has 量子: boxes stand for them; install one, or write an .svg or .html"]


def test_without_any_font_there_is_an_error_and_no_picture_without_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "_probe", lambda _family, _one: b"nothing")
    picture._family.cache_clear()
    with pytest.raises(KbError, match="no font"):
        drawn(argument())
    picture._family.cache_clear()
