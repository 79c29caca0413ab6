"""From the bytes of a file to a repaired text, or one clear error: binary, empty, another encoding."""

from __future__ import annotations

import codecs

from kb.errors import KbError, UsageError
from kb.text import repair

_WIDE_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"{\\rtf", "an RTF file"),
)


class BinaryError(KbError):
    """The bytes are no text in any encoding."""


def repaired(name: str, data: bytes, encoding: str | None = None) -> str:
    """The text in some bytes, decoded and repaired.

    UTF-8 is recognised; `encoding` is for what is not UTF-8.

    Raises:
        KbError: there is no text, or it is in another encoding.
    """
    if not data.strip():
        raise KbError(f"{name} is empty", "nothing to add")
    chosen = _encoding(name, data, encoding)
    try:
        text = data.decode(chosen)
    except UnicodeDecodeError as error:
        where = f"byte 0x{data[error.start]:02x} at offset {error.start:,}" if error.start < len(data) else "its end"
        hint = "convert it to UTF-8, or name its encoding: --encoding latin-1"
        raise KbError(f"{name} is not valid {chosen.upper()} ({where})", hint) from None
    except (UnicodeError, ValueError):
        raise KbError(f"{name} cannot be read as {chosen}", "convert it to UTF-8") from None
    text = repair(text.encode("utf-8", "replace").decode("utf-8"))
    if not text.strip():
        raise KbError(f"{name} is empty", "nothing to add")
    return text


def _encoding(name: str, data: bytes, given: str | None) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise BinaryError(f"{name} is {what}, not text", "convert it to text or Markdown first")
    wide = next((encoding for mark, encoding in _WIDE_BOMS if data.startswith(mark)), None)
    if given is not None:
        given = _codec(given)
        if given.startswith(("utf-16", "utf-32")):
            # In a folder most files are UTF-8 all the same.
            return given if wide or b"\0" in data or not _is_utf8(data) else "utf-8"
    elif wide:
        raise KbError(f"{name} is {wide.upper()}", f"add it with --encoding {wide}, or convert it to UTF-8")
    _refuse_nul(name, data)
    if given is None or (not data.isascii() and _is_utf8(data)):
        return "utf-8"
    return given


def _codec(name: str) -> str:
    try:
        codec = codecs.lookup(name).name
        b"    ".decode(codec)  # some codecs turn bytes into bytes
    except UnicodeError:
        return codec
    except (LookupError, ValueError):
        raise UsageError(f"no encoding {name!r}", "for example: --encoding latin-1, cp1252, utf-16") from None
    return codec


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _refuse_nul(name: str, data: bytes) -> None:
    if b"\0" in data:
        sample = data[:4096]
        if not sample[0::2].strip(b"\0") or not sample[1::2].strip(b"\0"):
            ending = "utf-16-be" if not sample[0::2].strip(b"\0") else "utf-16-le"
            raise KbError(f"{name} looks like UTF-16 without a mark", f"add it with --encoding {ending}")
        raise BinaryError(f"{name} is binary, not text", "convert it to text or Markdown first")
