"""Archives within limits: what is too much, damaged or locked is said, and nothing of it is read."""

from __future__ import annotations

import io
import zipfile

import pytest

from importers.archives import Limits, opened
from kb.errors import KbError

LIMITS = Limits(files=3, bytes=4_000_000, one=3_000_000, cure="unpack it", times=200)


def packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def noise(size: int) -> bytes:
    import random

    return random.Random(7).randbytes(size)


def test_files_are_read_until_all_together_are_too_much() -> None:
    archive = opened(packed({"a": noise(2_500_000), "b": noise(2_000_000)}), "x.zip", LIMITS)
    assert len(archive.read("a")) == 2_500_000
    with pytest.raises(KbError, match="unpacks to more than 4 MB"):
        archive.read("b")


@pytest.mark.parametrize("data", [b" " * 2_900_000, noise(3_100_000)], ids=["bomb", "large"])
def test_a_file_that_is_too_much_is_refused(data: bytes) -> None:
    with pytest.raises(KbError, match="too much") as failed:
        opened(packed({"a": data}), "x.zip", LIMITS).read("a")
    assert failed.value.hint == "unpack it"


def test_too_many_files_are_refused() -> None:
    with pytest.raises(KbError, match="holds 4 files, more than 3"):
        opened(packed(dict.fromkeys("abcd", b"x")), "x.zip", LIMITS)


def test_damage_and_locks_are_told() -> None:
    good = packed({"a": noise(1000)})
    with pytest.raises(KbError, match="is damaged: it cannot be opened"):
        opened(good[:-30], "x.zip", LIMITS)
    broken = bytearray(good)
    broken[200:240] = bytes(40)
    with pytest.raises(KbError, match="is damaged: a cannot be read"):
        opened(bytes(broken), "x.zip", LIMITS).read("a")
    locked = bytearray(good)
    locked[good.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(KbError, match="protected by a password"):
        opened(bytes(locked), "x.zip", LIMITS).read("a")
