"""Raw answers on disk, so that adding again and going on after an interruption cost nothing.

One file an answer: a line of JSON about it, then the compressed body. The folder may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from kb.text import files


@dataclass(frozen=True, slots=True)
class Stored:
    """A complete answer. `fetched` is in seconds since 1970; `url` is where it came from after redirects."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    fetched: float


class Cache:
    """Answers under their keys, in a folder that is made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @staticmethod
    def key(method: str, url: str, accept: str, body: bytes) -> str:
        """What makes two requests the same: method, address, form asked for and what was sent."""
        parts = (method, url, accept, hashlib.sha256(body).hexdigest())
        return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def get(self, key: str) -> Stored | None:
        """The answer under a key; None where there is none, or it was damaged."""
        try:
            head, _, packed = self._path(key).read_bytes().partition(b"\n")
            about = json.loads(head)
            digest = about.pop("sha256")
            stored = Stored(**about, body=zlib.decompress(packed))
        except (OSError, ValueError, KeyError, TypeError, zlib.error):
            return None
        return stored if hashlib.sha256(stored.body).hexdigest() == digest else None

    def put(self, key: str, stored: Stored) -> None:
        """Write an answer, whole or not at all. A disk that is full or read-only is no reason to fail."""
        about = {name: value for name, value in asdict(stored).items() if name != "body"}
        about["sha256"] = hashlib.sha256(stored.body).hexdigest()
        path = self._path(key)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            files.write_bytes(path, json.dumps(about).encode() + b"\n" + zlib.compress(stored.body, 6))

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.http"
