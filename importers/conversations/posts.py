"""The archive of X (Twitter) that a person downloads: their own posts, each thread of answers to oneself as one."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from importers.base import Importer, Input
from importers.conversations import packed, times
from importers.conversations.talk import contained, counted, with_problems
from importers.decode import is_zip
from importers.exports.parsing import held, objects
from importers.layout import layout
from importers.titles import first_sentence
from kb.errors import KbError
from kb.model.document import Author, Document
from kb.text import dates
from kb.text.json_values import json_value
from kb.text.repair import repair
from kb.text.strings import squash
from notes.markdown.structure import structure

_PREFIX = re.compile(r"\s*window\.YTD\.(?P<what>\w+)\.part\d+\s*=\s*")
_FILE = re.compile(r"(?:^|/)tweets?(?:-part\d+)?\.js$")
_NOTES, _ACCOUNT = "note-tweet.js", "account.js"
_EPOCH_MS = 1_288_834_974_657
_WHAT = {"tweets", "tweet"}


@dataclass(frozen=True, slots=True)
class _Account:
    id: str = ""
    name: str = ""
    handle: str = ""


def sniff(source: Input) -> float:
    """Sure by the words with which its files begin, or by the files of the zip."""
    if is_zip(source.original):
        return 0.95 if packed.named(source, _FILE) else 0.0
    found = _PREFIX.match(source.text[:200])
    return 0.97 if found and found["what"] in _WHAT else 0.0


def read(source: Input) -> list[Document]:
    """One source a post, or a thread of one's own.

    Raises:
        KbError: the file is damaged, or holds no post of one's own.
    """
    if is_zip(source.original):
        archive = packed.opened(source)
        there = {name.rpartition("/")[2]: name for name in archive.names if "/assets/" not in name}
        texts = [_decoded(archive.read(name)) for name in sorted(archive.names) if _FILE.search(name)]
        beside = {name: _decoded(archive.read(there[name])) for name in (_NOTES, _ACCOUNT) if name in there}
    else:
        texts = [source.text]
        beside = {name: _decoded(data) for name in (_NOTES, _ACCOUNT) if (data := packed.beside(source, name))}
    rows = [row for text in texts for row in _rows(source, text, "tweet")]
    account = _account(_rows(source, beside.get(_ACCOUNT, "[]"), "account"))
    long = _long(_rows(source, beside.get(_NOTES, "[]"), "noteTweet"))
    left: Counter[str] = Counter()
    posts = {str(row.get("id_str") or row.get("id") or ""): row for row in rows if _is_own(row, left)}
    posts.pop("", None)
    threads = _threads(posts)
    found = [_document(source, account, thread, long) for thread in threads]
    if not found:
        raise KbError(f"{source.called} holds no post of one's own", "nothing to add")
    return with_problems(found, source, counted(left))


def _decoded(data: bytes) -> str:
    return repair(data.decode("utf-8-sig", "replace"))


def _rows(source: Input, text: str, name: str) -> list[dict[str, Any]]:
    """The records in one file of the archive; each may lie under a name of its own."""
    found = _PREFIX.match(text[:200])
    try:
        value = json_value(text[found.end() :] if found else text)
    except (ValueError, RecursionError) as error:
        raise KbError(
            f"{source.called} is no file of an archive of X that can be read: {error}", "export it again"
        ) from None
    rows = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    return [inner if isinstance(inner := one.get(name), dict) else one for one in rows]


def _account(rows: Sequence[Mapping[str, Any]]) -> _Account:
    one = rows[0] if rows else {}
    return _Account(
        str(one.get("accountId") or ""),
        squash(str(one.get("accountDisplayName") or "")),
        str(one.get("username") or ""),
    )


def _long(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The full texts of long posts, by how they begin and the second in which they were written."""
    found: dict[str, str] = {}
    for row in rows:
        core = row.get("core")
        if isinstance(core, dict) and isinstance(text := core.get("text"), str):
            for one in objects(core, "urls"):
                text = text.replace(str(one.get("shortUrl") or "\0"), str(one.get("expandedUrl") or ""))
            found[_beginning(text)] = text
    return found


def _beginning(text: str) -> str:
    return re.sub(r"https?://\S*", "", squash(unescape(text)))[:80].rstrip(" …")


def _is_own(row: Mapping[str, Any], left: Counter[str]) -> bool:
    if row.get("retweeted_status") or row.get("retweetedStatus") or _text(row).startswith("RT @"):
        left["posts of others that were passed on"] += 1
        return False
    return bool(_text(row).strip())


def _text(row: Mapping[str, Any]) -> str:
    text = row.get("full_text") or row.get("text")
    return text if isinstance(text, str) else ""


def _threads(posts: Mapping[str, Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """The posts, those that answer a post of one's own with it; each thread by its first post, in order of time."""
    roots: dict[str, str] = {}
    for id_ in sorted(posts, key=_number):
        above = str(posts[id_].get("in_reply_to_status_id_str") or posts[id_].get("in_reply_to_status_id") or "")
        roots[id_] = roots.get(above, above) if above in posts else id_
    gathered: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for id_, root in roots.items():
        gathered[root].append(posts[id_])
    return list(gathered.values())


def _number(id_: str) -> tuple[int, str]:
    return (int(id_) if id_.isdigit() and len(id_) < 25 else 0, id_)


def _when(row: Mapping[str, Any], id_: str) -> str | None:
    try:
        return dates.utc(datetime.strptime(str(row.get("created_at")), "%a %b %d %H:%M:%S %z %Y"))
    except ValueError:
        return times.of_iso(row.get("created_at")) or times.of_snowflake(id_, _EPOCH_MS)


def _document(
    source: Input, account: _Account, thread: Sequence[Mapping[str, Any]], long: Mapping[str, str]
) -> Document:
    id_ = str(thread[0].get("id_str") or thread[0].get("id"))
    text = repair("\n\n".join(filter(None, (_markdown(row, long) for row in thread)))).strip()
    blocks, references = structure(text)
    problems = []
    if to := thread[0].get("in_reply_to_screen_name"):
        problems = [] if to == account.handle else [f"answers a post of @{to}, which the archive does not have"]
    handle = account.handle or "i"
    return Document(
        kind="shortform",
        title=first_sentence(re.sub(r"^(?:@\w+ )+", "", text)),
        text=text,
        blocks=blocks,
        references=references,
        authors=(Author(account.name or account.handle or source.reader, account.handle or None),),
        url=f"https://x.com/{handle}/status/{id_}" if id_.isdigit() else None,
        published=_when(thread[0], id_),
        external_ids={"x": id_},
        original=json.dumps(thread).encode(),
        importer=IMPORTER.name,
        target=source.target,
        problems=tuple(problems),
    )


def _markdown(row: Mapping[str, Any], long: Mapping[str, str]) -> str:
    """The words of a post: addresses as they lead, pictures left out, a long post whole."""
    text = _text(row)
    entities = held(row, "entities")
    for one in objects(entities, "urls"):
        if short := str(one.get("url") or ""):
            text = text.replace(short, str(one.get("expanded_url") or short))
    for one in [*objects(entities, "media"), *objects(held(row, "extended_entities"), "media")]:
        if short := str(one.get("url") or ""):
            text = text.replace(short, "")
    start = _beginning(text)
    whole = long.get(start)
    if whole is None and len(text) > 200:
        whole = next((words for key, words in long.items() if start and key[:60] == start[:60]), None)
    words = unescape(whole or text)
    lines = [re.sub(r"^(?=#{1,6}\s|>)", r"\\", line) for line in words.split("\n")]
    return contained(layout(lines))


IMPORTER = Importer(
    name="posts",
    version="1",
    what="one's own posts in the archive of X (`tweets.js`, or the zip)",
    recognised_by="a file that begins `window.YTD.tweets.part0 =`",
    gives="one a post, or a thread of one's own",
    keeps="your posts and threads, where their links lead, favourites and reposts",
    loses="reposts of others, pictures, likes and messages",
    sniff=sniff,
    read=read,
    structure=structure,
    sample='window.YTD.tweets.part0 = [{"tweet": {"id_str": "1000000000000000001", "full_text": "The mill should be'
    ' mended. https://t.co/a", "created_at": "Wed May 01 09:00:00 +0000 2024", "entities": {"urls": [{"url":'
    ' "https://t.co/a", "expanded_url": "https://mill.example"}]}}}]',
    examples=("tweets.js",),
    precedence=23,
)
