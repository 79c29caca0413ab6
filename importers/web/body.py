"""The body of an answer as it comes in: unpacked, never beyond the size limit, never for ever."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

CODINGS = "gzip, deflate"
_PIECE = 1 << 18


class TooLargeError(Exception):
    """More bytes than allowed."""


class CutError(Exception):
    """The body ended before it was complete, or is damaged."""


class TooSlowError(Exception):
    """The body did not end in time."""


def read(chunks: Iterable[bytes], coding: str, limit: int, late: Callable[[], bool]) -> bytes:
    """All of a body.

    `coding` is its Content-Encoding. Unpacking goes piece by piece, so that a small answer cannot swell beyond the
    limit. `late` says when to give up.

    Raises:
        TooLargeError: beyond `limit` bytes, packed or not.
        CutError: the packed data ends early or is damaged.
        TooSlowError: `late` said so.
    """
    body = bytearray()
    for piece in _unpacked(_limited(chunks, limit), coding.strip().lower()):
        body += piece
        if len(body) > limit:
            raise TooLargeError
        if late():
            raise TooSlowError
    return bytes(body)


def _limited(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limit:
            raise TooLargeError
        yield chunk


def _unpacked(chunks: Iterator[bytes], coding: str) -> Iterator[bytes]:
    if coding in {"", "identity"}:
        yield from chunks
        return
    if coding not in {"gzip", "x-gzip", "deflate"}:
        raise CutError(f"it is packed as {coding}, which was not asked for")
    unpacker, rest = None, b""
    for chunk in chunks:
        rest = chunk
        if unpacker is None:
            # "deflate" is zlib by the standard and bare by some servers.
            bare = coding == "deflate" and (chunk[:1] or b"\0")[0] & 0x0F != 8
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32)
        try:
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, _PIECE)
                rest = unpacker.unconsumed_tail
        except zlib.error as error:
            raise CutError("its packed data is damaged") from error
    if unpacker is not None and not unpacker.eof:
        yield unpacker.flush()
    if unpacker is not None and not unpacker.eof:
        raise CutError("its packed data ends early")
