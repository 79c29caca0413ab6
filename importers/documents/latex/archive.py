"""The sources of a paper in one archive, as arXiv gives them: a zip, a tar or one file, packed with gzip.

Nothing is written to a disk; how much may be in it is bounded.
"""

from __future__ import annotations

import io
import posixpath
import re
import tarfile
import zlib

from importers import archives
from importers.archives import Limits
from importers.decode import is_zip
from kb.errors import KbError

_MOST_FILES, _MOST_BYTES, _LARGEST = 5_000, 200_000_000, 20_000_000
_CURE = "unpack it, and add the folder"
_LIMITS = Limits(files=_MOST_FILES, bytes=_MOST_BYTES, one=_LARGEST, cure=_CURE, times=None)
_TEXTS = re.compile(r"\.(?:tex|ltx|bbl|sty|cls|txt)$", re.I)
_WHOLE = re.compile(rb"\\documentclass\b|\\documentstyle\b")
_FIRST = ("main.tex", "ms.tex", "paper.tex", "article.tex")


def unpacked(data: bytes, name: str) -> dict[str, bytes]:
    """The texts in an archive by their paths.

    Raises:
        KbError: it is damaged, or holds more than a paper can.
    """
    if is_zip(data):
        archive = archives.opened(data, name, _LIMITS)
        return {one: archive.read(one) for one in archive.names if _TEXTS.search(one)}
    plain = _inflated(data, name)
    if plain[257:262] != b"ustar":
        return {"main.tex": plain}
    found: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
            for member in tar:
                if member.isfile() and _TEXTS.search(member.name) and member.size <= _LARGEST:
                    file = tar.extractfile(member)
                    found[posixpath.normpath(member.name)] = file.read() if file else b""
                if len(found) > _MOST_FILES:
                    raise KbError(f"{name} holds more than {_MOST_FILES:,} files", _CURE)
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise KbError(f"{name} is damaged: it cannot be unpacked: {error}", "get the file again") from None
    return found


def main_of(files: dict[str, bytes], name: str) -> str:
    """The path of the document among some files: the one with a class, the usual names and what lies highest first.

    Raises:
        KbError: there is none.
    """
    whole = [path for path, data in files.items() if path.lower().endswith((".tex", ".ltx")) and _WHOLE.search(data)]
    if not whole:
        raise KbError(f"{name} has no LaTeX document in it", "a paper has a file with \\documentclass")
    return min(whole, key=lambda path: (posixpath.basename(path).lower() not in _FIRST, path.count("/"), path))


def _inflated(data: bytes, name: str) -> bytes:
    """What gzip packed, no more than a paper can be."""
    try:
        stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
        plain = stream.decompress(data, _MOST_BYTES)
    except zlib.error as error:
        raise KbError(f"{name} is damaged: it cannot be unpacked: {error}", "get the file again") from None
    if stream.unconsumed_tail:
        raise KbError(f"{name} unpacks to more than {_MOST_BYTES // 1_000_000} MB, which is too much", _CURE)
    return plain
