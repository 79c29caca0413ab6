"""In which numbers the model runs: single precision, or bytes where the processor multiplies these faster.

Vectors of both may lie in one store: the cosine of the two of a text is .995 (docs/models.md). So the setting changes
what is embedded from then on, and nothing is embedded again.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Literal

from kb import config

Precision = Literal["float32", "int8"]

_CPUINFO = Path("/proc/cpuinfo")
_WIDE = {"avx512_vnni", "avx_vnni"}  # flags of processors with an instruction for sums of products of bytes
_SAFE = _WIDE | {"asimddp"}  # and those on which such sums do not overflow


def wanted(home: Path | None = None) -> Precision:
    """What the home is set to; where that is "auto", bytes on processors on which that was measured to be faster.

    Raises:
        KbError: the settings cannot be read.
    """
    said = config.current(home).embedding_precision if home else "auto"
    if said == "auto":
        return "int8" if _WIDE & flags() else "float32"
    return "int8" if said == "int8" else "float32"


def largest_byte() -> int:
    """The largest weight in bytes: 127, or 63 where the sum of two products of bytes overflows above that."""
    return 127 if _SAFE & flags() else 63


@cache
def flags() -> frozenset[str]:
    """What the processor says that it can do, as far as the system tells."""
    import platform

    if sys.platform == "darwin" and platform.machine() == "arm64":  # all of them can
        return frozenset({"asimddp"})
    try:
        text = _CPUINFO.read_text(encoding="utf-8", errors="replace")
    except OSError:  # not on Windows
        return frozenset()
    lines = (line.partition(":") for line in text.splitlines())
    return next(
        (frozenset(words.split()) for name, _, words in lines if name.strip() in {"flags", "Features"}), frozenset()
    )
