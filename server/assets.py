"""The files that pages load: scripts, styles and fonts, all of them ours or kept here (`static/vendor/README.md`)."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from functools import cache
from importlib.resources import files
from pathlib import Path

from starlette.responses import PlainTextResponse, Response

from kb.maps import formats

_TYPES = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
_PACKED = (".css", ".js", ".svg")


@cache
def _every() -> dict[str, Path]:
    """Each file by its name below /static: what is not in here cannot be asked for, whatever a path may say."""
    root = Path(str(files("server") / "static"))
    found = {file.relative_to(root).as_posix(): file for file in root.rglob("*") if file.suffix in _TYPES}
    maps = (
        file for folder in formats.__path__ for file in Path(folder).glob("map.*")
    )  # what drawings need in any page
    return found | {file.name: file for file in maps if file.suffix in _TYPES}


@cache
def _content(name: str) -> tuple[bytes, bytes]:
    """A file, as it is and packed (of what is packed already the same)."""
    plain = _every()[name].read_bytes()
    return plain, gzip.compress(plain, 9, mtime=0) if name.endswith(_PACKED) else plain


@cache
def address(name: str) -> str:
    """Where a page loads a file from. It changes with the file, so a browser may keep what it has."""
    return f"/static/{name}?{hashlib.sha256(_content(name)[0]).hexdigest()[:12]}"


def answer(name: str, packed: bool) -> Response:
    """The file of this name."""
    if name not in _every():
        return PlainTextResponse("no such file", 404)
    plain, small = _content(name)
    suffix = Path(name).suffix
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    if packed and small is not plain:
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(
        small if packed else plain, media_type=_TYPES.get(suffix) or mimetypes.types_map[suffix], headers=headers
    )
