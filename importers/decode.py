"""From the bytes of a file to a repaired text, or one clear error: binary, empty, another encoding."""

from __future__ import annotations

import codecs
import re
import zlib

from kb.errors import KbError, UsageError
from kb.text.repair import repair

_WIDE_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MARKUP_EXTENSIONS = frozenset({"html", "htm", "xhtml", "xml", "opml", "rss", "atom"})
"""Files that may say their encoding themselves."""

OFFICE_EXTENSIONS = frozenset({"docx", "docm", "dotx", "odt", "ott", "fodt", "epub"})
"""Documents of office programs and books, most of them archives: they are read from their bytes."""

DATA_EXTENSIONS = (
    MARKUP_EXTENSIONS
    | OFFICE_EXTENSIONS
    | frozenset({"pdf", "json", "csv", "bib", "bibtex", "ris", "nbib", "enw", "ciw", "canvas", "sqlite", "enex"})
    | frozenset({"srt", "vtt", "json3", "js", "zip", "eml", "mbox", "tex", "ltx", "gz", "tgz"})
)
"""Files that are read only by an importer that knows their form: none of them is prose as it stands."""

LENIENT_EXTENSIONS = MARKUP_EXTENSIONS | {"srt", "vtt", "tex", "ltx"}
"""Files in whatever encoding their program had: a wrong byte costs one character, never the file."""

_HEAD = 4096  # bytes in which a page says its encoding
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']""", re.I)
_COMMENT_ENCODING = re.compile(rb"""^%[^\n]{0,200}?\b(?:encoding|coding)\s*[:=]\s*([\w.:-]{2,40})""", re.I | re.M)
"""How JabRef and editors say the encoding of a bibliography."""
_PAGE = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_PACKED_HEAD = 200_000  # bytes in which an archive says what is in it
_SQLITE = b"SQLite format 3\x00"
_ZIP = b"PK\x03\x04"
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (_ZIP, "a ZIP archive or an office file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (_SQLITE, "a SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"{\\rtf", "an RTF file"),
)


class BinaryError(KbError):
    """The bytes are no text in any encoding."""


class EmptyError(KbError):
    """The bytes hold no text, or nothing but blanks."""


def repaired(name: str, data: bytes, encoding: str | None = None) -> str:
    """The text in some bytes, decoded and repaired.

    UTF-8 is recognised, and UTF-16 and UTF-32 by their marks; `encoding` is for what is neither.

    Raises:
        EmptyError: there is no text. KbError: it is in another encoding.
    """
    if not data.strip():
        raise EmptyError(f"{name} is empty", "nothing to add")
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
        raise EmptyError(f"{name} is empty", "nothing to add")
    return text


def is_pdf(data: bytes) -> bool:
    """Whether the bytes are a PDF; its mark may stand after some others."""
    return b"%PDF-" in data[:1024]


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin as a zip does."""
    return data.startswith(_ZIP)


def is_office_file(data: bytes) -> bool:
    """Whether the bytes are an archive with a text or a book in it."""
    return is_docx(data) or is_epub(data) or is_odt(data)


def is_docx(data: bytes) -> bool:
    """Whether the bytes are an archive with a text of Word in it."""
    return is_zip(data) and b"word/document" in data


def is_epub(data: bytes) -> bool:
    """Whether the bytes are an archive that says first of all, as it must, that it is an EPUB."""
    return is_zip(data) and data[30:58] == b"mimetypeapplication/epub+zip"


def is_odt(data: bytes) -> bool:
    """Whether the bytes are an archive that says first of all that it is a text of OpenDocument."""
    return is_zip(data) and data[30:77] == b"mimetypeapplication/vnd.oasis.opendocument.text"


def is_source_archive(data: bytes) -> bool:
    """Whether the bytes are an archive with sources in LaTeX in it: a zip, or what gzip packed."""
    if data.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data[:_PACKED_HEAD], _PACKED_HEAD)
        except zlib.error:
            return False
        return b".tex" in head if head[257:262] == b"ustar" else b"\\documentclass" in head
    return is_zip(data) and b".tex" in data and not is_office_file(data) and not is_export_archive(data)


def is_device_database(data: bytes) -> bool:
    """Whether the bytes are a database whose tables an importer reads: of a Kobo or of Apple Books."""
    return is_kobo(data) or is_apple_annotations(data)


def is_kobo(data: bytes) -> bool:
    """Whether the bytes are the database of a Kobo."""
    return data.startswith(_SQLITE) and b"VolumeID" in data and b"Bookmark" in data


def is_apple_annotations(data: bytes) -> bool:
    """Whether the bytes are the database in which Apple Books keeps what was marked."""
    return data.startswith(_SQLITE) and b"ZAEANNOTATION" in data and b"ZANNOTATIONSELECTEDTEXT" in data


_EXPORTS = (b"conversations.json", b"channels.json", b"users.json", b"/tweets.js", b"/tweet.js")
_MAIL = re.compile(
    rb"(?:From \S+[^\r\n]{0,80}\d{4}[^\r\n]{0,20}\r?\n|\s*)"
    rb"(?:[A-Za-z][A-Za-z\d-]{1,60}:[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n)*)+"
)
_OF_MAIL = re.compile(rb"^(?:Message-ID|Received|Return-Path|MIME-Version|X-Mozilla-Status|X-GM-THRID):", re.I | re.M)


def is_export_archive(data: bytes) -> bool:
    """Whether the bytes are a zip with an export of chats, messages or posts, which an importer unpacks."""
    return is_zip(data) and any(name in data for name in _EXPORTS)


def is_mail(data: bytes) -> bool:
    """Whether the bytes begin as a mail does, or as a mailbox: headers, one of which only mail has."""
    found = _MAIL.match(data[: 16 * _HEAD].lstrip(b"\xef\xbb\xbf"))
    return found is not None and _OF_MAIL.search(found[0]) is not None


def is_page(data: bytes) -> bool:
    """Whether the bytes begin as a web page does."""
    return _PAGE.match(data[:_HEAD]) is not None


def markup(name: str, data: bytes, encoding: str | None = None) -> str:
    """The repaired text of a page or an XML file, which may itself name its encoding.

    What the text is taken for in the end: its byte order mark, UTF-8 where it is that, `encoding` (what a person
    or a server says), its own word, Windows-1252. A wrong byte costs one character, never the page.

    Raises:
        EmptyError: there is no text. KbError: it is no page.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise EmptyError(f"{name} is empty", "nothing to add")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise BinaryError(f"{name} is {what}, not a page", "save the page again as HTML")
    text = repair(data.decode(_markup_encoding(data, encoding), "replace").removeprefix("\ufeff"))
    if not text.strip():
        raise EmptyError(f"{name} is empty", "nothing to add")
    return text.encode("utf-8", "replace").decode("utf-8")


def _markup_encoding(data: bytes, given: str | None) -> str:
    wide = next((encoding for mark, encoding in _WIDE_BOMS if data.startswith(mark)), None)
    if wide or _is_utf8(data):
        return wide or "utf-8"
    declared = _XML_ENCODING.search(data[:_HEAD]) or _CHARSET.search(data[:_HEAD])
    for name in (given, declared[1].decode("ascii") if declared else None):
        try:
            codec = codecs.lookup(name or "").name
            b"    ".decode(codec)
        except (LookupError, ValueError):
            continue
        # Browsers take Latin-1 and ASCII for Windows-1252: that is what such pages are.
        return "cp1252" if codec in {"iso8859-1", "ascii", "utf-8"} else codec
    return "cp1252"


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
        return wide
    _refuse_nul(name, data)
    if data.isascii() or _is_utf8(data):
        return given if given and data.isascii() else "utf-8"
    return given or _declared(data) or "utf-8"


def _declared(data: bytes) -> str | None:
    """The encoding that a comment at the top of a bibliography says; None where there is none that is known."""
    found = _COMMENT_ENCODING.search(data[:_HEAD])
    try:
        return _codec(found[1].decode("ascii")) if found else None
    except UsageError:
        return None


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
