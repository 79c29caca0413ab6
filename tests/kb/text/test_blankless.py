"""Words within a run of letters."""

from __future__ import annotations

import re
import unicodedata

import pytest

from kb.text.blankless import LETTERS, parts


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("frog", []),
        ("свет", []),
        ("水", []),
        ("池塘", []),
        ("青蛙池塘", ["青蛙", "蛙池", "池塘"]),
        ("dna检测法", ["dna", "检测", "测法"]),
        ("カエルの池", ["カエ", "エル", "ルの", "の池"]),
        ("개구리는", ["개구", "구리", "리는"]),
        ("กบน้ำ", ["กบน", "บน้", "น้ำ"]),
    ],
)
def test_each_few_letters_may_be_a_word(word: str, found: list[str]) -> None:
    assert list(parts(word)) == found


def test_the_letters_are_no_punctuation_and_no_alphabet_with_blanks() -> None:
    letter = re.compile(f"[{LETTERS}]")
    every = [chr(code) for code in range(0x2FFFF) if letter.match(chr(code))]
    assert {unicodedata.category(one)[0] for one in every} <= {"L", "M", "N", "C", "S"}
    signs = [one for one in every if unicodedata.category(one)[0] == "S"]
    assert all(unicodedata.normalize("NFKC", one).isalpha() for one in signs)
    assert not letter.search("aßéжλעع देवनागरी 。、・「」？！…၊។๏฿")
