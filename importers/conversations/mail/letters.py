"""One mail out of its bytes: who wrote it when to what, its own text, and what was attached."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from kb.errors import KbError
from kb.text import dates
from kb.text.repair import repair
from kb.text.strings import squash

_FROM = re.compile(rb"^From [^\r\n]*\r?\n(?=>?[A-Za-z][A-Za-z0-9-]*:)", re.M)
_ESCAPED = re.compile(rb"^>(>*From )", re.M)
_ID = re.compile(r"<([^<>\s]{1,400})>")
_MOST_PARTS = 500
_MOST_TEXT = 400_000  # characters of one mail
_DELETED = 0x0008  # of X-Mozilla-Status


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail. `text` is its body as it stands; `refers` are the ids of those that it answers, the first one first."""

    id: str
    refers: tuple[str, ...]
    subject: str
    who: str
    when: str | None  # ISO 8601
    text: str
    files: tuple[str, ...] = ()
    flowed: bool = False


def letters_in(data: bytes) -> Iterator[bytes]:
    """The bytes of each mail in a mailbox (mbox), one after the other; of a single mail its own."""
    starts = [found for found in _FROM.finditer(data) if _is_parted(data, found.start())]
    if not starts or data[: starts[0].start()].strip():
        yield data
        return
    ends = [*(found.start() for found in starts[1:]), len(data)]
    for found, end in zip(starts, ends, strict=True):
        yield _ESCAPED.sub(rb"\1", data[found.end() : end])


def _is_parted(data: bytes, at: int) -> bool:
    """Whether a line `From …` stands behind a blank line, as that between two mails does."""
    return at == 0 or data[max(0, at - 4) : at].replace(b"\r", b"").endswith(b"\n\n")


def read(data: bytes, left: Counter[str]) -> Letter | None:
    """The mail in some bytes; None of what is left out, which is counted by kind.

    Raises:
        KbError: it is none, or damaged.
    """
    try:
        mail = message_from_bytes(data, policy=policy.compat32)
        return _letter(mail, left)
    except KbError:
        raise
    except Exception as error:  # the parser and its codecs raise whatever they meet
        raise KbError(f"a mail cannot be read: {error}", "nothing to do: the others are read") from None


def _letter(mail: Message, left: Counter[str]) -> Letter | None:
    labels = _header(mail, "X-Gmail-Labels").casefold()
    if re.search(r"\b(?:spam|trash|papierkorb|corbeille|papelera|cestino|prullenbak)\b", labels):
        left["mails in trash and spam"] += 1
        return None
    status = _header(mail, "X-Mozilla-Status").strip()
    if re.fullmatch(r"[0-9a-fA-F]{4}", status) and int(status, 16) & _DELETED:
        left["deleted mails"] += 1
        return None
    if not mail.keys():
        raise KbError("a mail has no headers", "nothing to do: the others are read")
    text, files, flowed = _body(mail)
    if len(text) > _MOST_TEXT:
        left[f"ends of mails of more than {_MOST_TEXT:,} characters"] += 1
        text = text[:_MOST_TEXT]
    name, address = parseaddr(_header(mail, "From") or _header(mail, "Sender"))
    own = _ids(_header(mail, "Message-ID"))
    refers = [*_ids(_header(mail, "References")), *_ids(_header(mail, "In-Reply-To"))[:1]]
    return Letter(
        id=own[0] if own else "",
        refers=tuple(dict.fromkeys(one for one in refers if one not in own)),
        subject=squash(repair(_header(mail, "Subject"))),
        who=_name(name, address),
        when=_when(mail),
        text=text,
        files=tuple(files),
        flowed=flowed,
    )


def _header(mail: Message, name: str) -> str:
    value = mail.get(name)
    if value is None:
        return ""
    try:
        return str(make_header(decode_header(value)))
    except (UnicodeError, LookupError, ValueError, TypeError):
        return str(value)


def _ids(value: str) -> list[str]:
    return _ID.findall(value) or ([value.strip()] if value.strip() and " " not in value.strip() else [])


def _name(name: str, address: str) -> str:
    name = squash(repair(name)).strip("'\"")
    if found := re.fullmatch(r"([^,()@]{2,40}), ([^,()@]{2,40})", name):
        name = f"{found[2]} {found[1]}"
    name = re.sub(r"\s+(?:via|über) .*$|\s*\([^()]*\)$", "", name)
    return name if name and "@" not in name else (name or address).partition("@")[0] or "Somebody"


def _when(mail: Message) -> str | None:
    try:
        return dates.utc(parsedate_to_datetime(str(mail.get("Date"))))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _body(mail: Message) -> tuple[str, list[str], bool]:
    """The text, preferred as it was typed, the names of what is attached, and whether its lines flow."""
    plain: list[str] = []
    pages: list[str] = []
    files: list[str] = []
    flowed = False
    for part in _parts(mail):
        kind, name = part.get_content_type(), part.get_filename()
        shown = "attachment" not in str(part.get("Content-Disposition") or "").casefold()
        if kind == "text/plain" and shown and not name:
            plain.append(_decoded(part))
            flowed = flowed or str(part.get_param("format") or "").casefold() == "flowed"
        elif kind == "text/html" and shown and not name:
            pages.append(_decoded(part))
        elif name or not kind.startswith(("multipart/", "text/")):
            files.append(squash(str(make_header(decode_header(name)))) if name else kind)
    text = "\n\n".join(one for one in plain if one.strip())
    if not text.strip() and pages:
        from importers.documents.html.convert import to_markdown

        text, flowed = "\n\n".join(map(to_markdown, pages)), False
    return repair(text), files, flowed


def _parts(mail: Message) -> Iterator[Message]:
    """The leaves of a mail; one that is attached whole is one of them."""
    waiting: list[Message] = [mail]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        inside = part.get_payload()
        if isinstance(inside, list) and part.get_content_maintype() == "multipart":
            waiting[:0] = [one for one in inside if isinstance(one, Message)]
        else:
            yield part


def _decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return str(part.get_payload())
    for encoding in (part.get_content_charset() or "utf-8", "utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")
