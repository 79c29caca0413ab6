"""The map as a PDF: one page, of the drawing's size, with its words."""

from __future__ import annotations

import sys

import pypdfium2
import pytest

from kb.errors import KbError
from kb.maps.drawing import printed
from kb.maps.formats import pdf
from kb.model.argument_map import ArgumentMap, Node
from tests.kb.maps.formats.example_maps import argument, hostile, wide


def drawn(map_: ArgumentMap) -> bytes:
    pytest.importorskip("typst", reason="needs the extra `pdf`")
    assert pdf.FORMAT.binary
    return pdf.FORMAT.binary(pdf.FORMAT.render(map_))


@pytest.mark.parametrize("map_", [argument(), hostile(), wide(300), ArgumentMap((), ())])
def test_any_map_is_one_page_of_its_own_size(map_: ArgumentMap) -> None:
    document = pypdfium2.PdfDocument(drawn(map_))
    assert len(document) == 1
    found = printed._SIZE.search(pdf.FORMAT.render(map_))
    assert found
    width, height = document[0].get_size()
    assert max(width, height) <= printed._LARGEST + 1
    assert width / height == pytest.approx(float(found[1]) / float(found[2]), rel=0.01)


def test_its_words_can_be_searched() -> None:
    map_ = ArgumentMap((Node("c1", "claim", "Beetles cannot be counted by ear"),), (), ("c1",), title="Wings")
    words = pypdfium2.PdfDocument(drawn(map_))[0].get_textpage().get_text_bounded()
    assert "Beetles cannot be counted" in " ".join(words.split())


def test_without_the_library_it_says_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(KbError, match="typst") as raised:
        printed.pdf(pdf.FORMAT.render(argument()))
    assert "kb[pdf]" in raised.value.hint
