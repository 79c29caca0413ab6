"""What a link points at: the target, alias and fragment of wikilinks, markdown links and bare URLs.

Every function takes a span of a text and gives a `kb.model.document.Reference` for it, or None where the markup
points nowhere a source could be.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from kb.model.document import Reference, ReferenceKind
from kb.text.note_names import NOTE_ENDING
from notes.markdown.dialect import PLAIN, Dialect

_PIPE = re.compile(r"\s*\\?\|{1,2}\s*")  # `\|` is how a pipe is written inside a table
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")  # two letters at least: `C:` is a drive
_WEB = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_HOST = re.compile(r"(?:[A-Za-z0-9-]+\.)+(?:com|org|net|edu|gov|io)/(?!.*\.(?:md|markdown|org|rst)$)", re.IGNORECASE)
_NO_SOURCE = re.compile(r"(?:mailto|tel|sms|javascript|data|about):|obsidian://(?!open)", re.IGNORECASE)
_EXTENSION = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,5})$")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
_IMAGE = re.compile(r"!\[([^\]\[]*)\]\([^()]*\)")
_CONTINUATION = re.compile(r"\s*\n[ \t>]*")
_UUID = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_DENDRON = re.compile(r"dendron://[^/\s\[\]|]*/", re.IGNORECASE)
_PICTURE_TAG = re.compile(r"<(?:img|source|video|audio|track|embed)\b[^<>]*$", re.IGNORECASE)
_TAG_LENGTH = 500  # characters in which a tag says what its address is for
_LOGSEQ_BLOCK = re.compile(r"\(\(([\w-]+)\)\)$")

BLOCK = re.compile(rf"\{{\{{embed[ \t]+\(\((?P<embedded>{_UUID})\)\)[ \t]*\}}\}}|\(\((?P<block>{_UUID})\)\)")
"""A block of any page by its id, and its embedding, as Logseq writes them."""

BARE_URL = re.compile(
    r"(?:https?|ftp)://(?=[^\W_])"
    '(?:[^\\s<>"`|\\\\^{}\\[\\]“”‘’«»、。，）」】\x00]'
    r"|\\[_*~&#().!-])++",
    re.IGNORECASE,
)
"""A URL in running text, with whatever punctuation follows it; `url_end` cuts that off."""


def wikilink(text: str, start: int, end: int, *, embed: bool = False, dialect: Dialect = PLAIN) -> Reference | None:
    """The reference `text[start:end]`, a whole `[[…]]` or `![[…]]`; None where it names nothing."""
    inner = text[start + (3 if embed else 2) : end - 2]
    name, alias = _split_alias(inner)
    if alias and (dialect.title_first or _DENDRON.match(alias)):
        name, alias = alias, _clean(name) or None
    name = _DENDRON.sub("", name, count=1)
    if _SCHEME.match(name) and "://" in name:
        return _reference("embed" if embed else "url", text, start, end, name.strip(), alias)
    name, _, fragment = name.partition("#")
    name, fragment = _clean(name), _clean(fragment).strip("# ")
    if name and (file := _defined(dialect.destination(inner) or dialect.destination(name))):
        name, alias = file, alias or name
    if not name and not fragment:
        return None
    return _reference("embed" if embed else "wikilink", text, start, end, name, alias, fragment or None)


def _split_alias(inner: str) -> tuple[str, str | None]:
    pipe = _PIPE.search(inner)
    if pipe is None:
        return inner, None
    return inner[: pipe.start()], _clean(inner[pipe.end() :]) or None


def _defined(destination: str | None) -> str | None:
    """The file that the definition of a wikilink's target means, as a path from the folder of its note."""
    path = _clean(unquote((destination or "").partition("#")[0]))
    if not path or _SCHEME.match(path):
        return None
    path = NOTE_ENDING.sub("", path)
    return path if path.startswith(("/", "./", "../")) else f"./{path}"


def markdown_link(
    text: str, start: int, end: int, shown: str, destination: str, *, image: bool = False
) -> Reference | None:
    """The reference `text[start:end]`, a whole `[shown](destination)`; None for mail addresses and the like.

    A relative path to a note is a wikilink by other means; one to any other file, or an image, is an embed.
    """
    alias = _alias(shown)
    dest = _ESCAPE.sub(r"\1", destination).replace("&amp;", "&").strip()
    if _LOGSEQ_BLOCK.match(dest):
        block = BLOCK.match(dest)
        return block_reference(text, start, end, block["block"], alias) if block else None
    if not dest or _NO_SOURCE.match(dest):
        return None
    if _SCHEME.match(dest) or dest.startswith(("//", "www.")) or _HOST.match(dest):
        url = dest if _SCHEME.match(dest) else f"https:{dest}" if dest.startswith("//") else f"https://{dest}"
        return _reference("embed" if image else "url", text, start, end, url, alias)
    path, _, fragment = dest.partition("#")
    name, kind = _path(path, image=image)
    fragment = _clean(unquote(fragment))
    if not name and not fragment:
        return None
    return _reference(kind, text, start, end, name, alias, fragment or None)


def _path(path: str, *, image: bool) -> tuple[str, ReferenceKind]:
    name = _clean(unquote(path))
    if NOTE_ENDING.search(name) and not image:
        return NOTE_ENDING.sub("", name), "wikilink"
    extension = _EXTENSION.search(name)
    return name, "embed" if image or extension else "wikilink"


def page_link(text: str, start: int, end: int, shown: str, page: str) -> Reference | None:
    """The reference `text[start:end]` of the form `[shown]([[page]])`, as Logseq and Roam write aliases."""
    name, _, fragment = page.partition("#")
    if not _clean(name):
        return None
    return _reference("wikilink", text, start, end, _clean(name), _alias(shown), _clean(fragment) or None)


def block_reference(
    text: str, start: int, end: int, block: str, alias: str | None = None, *, embed: bool = False
) -> Reference:
    """The reference `text[start:end]` to the block with this id, which stands in a page that it does not name."""
    kind: ReferenceKind = "embed" if embed else "wikilink"
    return _reference(kind, text, start, end, f"(({block.lower()}))", alias, f"^{block.lower()}")


def citation(text: str, start: int, end: int, citekey: str, *, sure: bool = True) -> Reference:
    """The reference `text[start:end]` to the work of a citekey; one that is not `sure` may be somebody's handle."""
    return Reference("citation", text[start:end], start, end, citekey, sure=sure)


def url(text: str, start: int, end: int) -> Reference:
    """The reference `text[start:end]`, a bare URL or one between angle brackets; an embed in the tag of a picture."""
    target = text[start:end].strip("<>")
    target = _ESCAPE.sub(r"\1", target).replace("&amp;", "&")
    tag = text.rfind("<", max(0, start - _TAG_LENGTH), start)
    kind: ReferenceKind = "embed" if tag >= 0 and _PICTURE_TAG.match(text, tag, start) else "url"
    return _reference(kind, text, start, end, target, None)


def is_web(destination: str) -> bool:
    """Whether a link destination is a URL of the web."""
    return bool(_WEB.match(destination))


def url_end(text: str, start: int, end: int) -> int:
    """Where the URL in `text[start:end]` ends, without the punctuation of the sentence around it."""
    closing = text.count(")", start, end) - text.count("(", start, end)
    while end > start:
        last = text[end - 1]
        if last == ")" and closing > 0:
            closing -= 1
        elif last not in ".,:;!?*_~'\\":
            break
        end -= 1
    return end


def _alias(shown: str) -> str | None:
    shown = _CONTINUATION.sub(" ", _IMAGE.sub(r"\1", shown))
    return _clean(shown) or None


def _clean(name: str) -> str:
    return " ".join(_INVISIBLE.sub("", name).split())


def _reference(
    kind: ReferenceKind,
    text: str,
    start: int,
    end: int,
    target: str,
    alias: str | None,
    fragment: str | None = None,
) -> Reference:
    return Reference(kind, text[start:end], start, end, target, alias, fragment)
