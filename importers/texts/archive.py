"""A reader's archive of one person: a list of posts with their times, then comments with header lines.

The form is that of the LW and EA Forum reader, as people copy it from the browser.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from importers.assemble import original_lines
from importers.base import Importer, Input
from importers.layout import layout
from kb.model.document import Author, Block, Document, Pointer, Reference
from kb.text.strings import clip
from notes.markdown import structure as markdown

_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z"
# Read from the right: a title may hold " · ", and the words "on" and "by".
_HEADER = re.compile(
    rf"^Comment by (?P<rest>.+) · (?P<time>{_TIME}) · (?P<site>LW|EA|AF)(?:\(p\))?(?: · GW(?:\(p\))?)?\s*$"
)
_ORPHAN = re.compile(rf"^Comment by (?P<who>.+?) on \[deleted post\] (?:· )?(?P<time>{_TIME})(?: · .*)?$")
_POST = re.compile(rf"^(?P<title>\S.*?) (?P<time>{_TIME})\s*$")
_WHO = re.compile(r"^(?P<name>.*?)(?: \((?P<slug>[^()\s]+)\))?$")
_SITE_LINE = re.compile(r"^(?P<site>LW|EA|AF) · GW$")
_SITE_MARK = re.compile(r" \[(?:LW|EA|AF)(?:\(p\))? · GW(?:\(p\))?\]")
_FIELDS = {"display name", "karma", "location", "biography", "post count", "comment count", "website"}
_FURNITURE = {"posts", "comments", "user info"}


@dataclass(frozen=True, slots=True)
class _Header:
    line: int
    who: str
    title: str | None  # None: the post was deleted
    time: str
    site: str | None


@dataclass(frozen=True, slots=True)
class _Front:
    """What stands above the comments."""

    posts: tuple[tuple[int, str, str], ...]  # line, title, time
    fields: dict[str, str]
    site: str | None
    odd: tuple[str, ...]  # lines that mean nothing here


def sniff(source: Input) -> float:
    """How sure it is that the text is such an archive."""
    if "Comment by " in source.text:
        found = sum(1 for _ in _comment_lines(source.text))
        if found:
            return 0.95 if found > 1 else 0.8
    lines = [line for line in source.text[:4000].splitlines() if line.strip()]
    if "Posts" in lines[:20] and sum(bool(_POST.match(line)) for line in lines) >= 2:
        return 0.8
    return 0.0


def read(source: Input) -> list[Document]:
    """The posts of the list, without text, and then the comments."""
    lines = source.text.split("\n")
    headers = _headers(source.text)
    front = _front(lines[: headers[0].line] if headers else lines)
    sites = Counter(header.site for header in headers if header.site)
    site = front.site or (sites.most_common(1)[0][0] if sites else "LW")
    problems = tuple(f"not understood: {clip(line, 80)}" for line in front.odd[:5])
    owner = _owner(headers, front)
    original = original_lines(source)
    documents = [
        Document(
            kind="post",
            title=title,
            text="",
            authors=(owner,) if owner else (),
            published=time,
            namespace=_namespace(site),
            original=original(line, line + 1),
            importer=IMPORTER.name,
            target=source.target,
            problems=source.problems + problems if number == 0 else source.problems,
        )
        for number, (line, title, time) in enumerate(front.posts)
    ]
    return documents + list(_comments(source, lines, headers, site))


def structure(text: str) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """The blocks of a comment: it is Markdown."""
    return markdown.structure(text)


def _comments(source: Input, lines: list[str], headers: list[_Header], site: str) -> Iterator[Document]:
    seen: dict[tuple[str, str], str] = {}
    original = original_lines(source)
    ends = [*(header.line for header in headers), len(lines)][1:]
    for header, end in zip(headers, ends, strict=False):
        body = [_SITE_MARK.sub("", line) for line in lines[header.line + 1 : end]]
        text = layout(body)
        # The page gives no ids; a person writes one comment in a millisecond.
        if seen.get((header.who, header.time)) == text:
            continue
        problems = source.problems
        if (header.who, header.time) in seen:
            problems += (f"two texts by {header.who} at {header.time}",)
        seen[header.who, header.time] = text
        blocks, references = structure(text)
        yield Document(
            kind="comment",
            title=f"Comment on {header.title or 'a deleted post'}",
            text=text,
            blocks=blocks,
            references=references,
            authors=(_author(header.who),),
            published=header.time,
            # Deleted posts have no name to tell them apart by.
            parent=Pointer(header.title, _namespace(header.site or site)) if header.title else None,
            namespace=_namespace(header.site or site),
            original=original(header.line, end),
            importer=IMPORTER.name,
            target=source.target,
            problems=problems if text else (*problems, "the comment is empty"),
        )


def _comment_lines(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    for number, line in enumerate(text.split("\n")):
        if line.startswith("Comment by ") and (found := _ORPHAN.match(line) or _HEADER.match(line)):
            yield number, found


def _headers(text: str) -> list[_Header]:
    found = list(_comment_lines(text))
    # "NAME on TITLE" can be cut at any " on ". A page is mostly one person's, so the name that most headers
    # share is the name; among those the longest that ends with an account in brackets, else the shortest.
    shared = Counter(who for _, match in found if match.re is _HEADER for who in _cuts(match["rest"]))
    headers = []
    for line, match in found:
        if match.re is _ORPHAN:
            headers.append(_Header(line, match["who"], None, match["time"], None))
            continue
        rest = match["rest"]
        cuts = _cuts(rest)
        if not cuts:
            headers.append(_Header(line, rest, None, match["time"], match["site"]))
            continue
        most = max(shared[who] for who in cuts)
        likely = [who for who in cuts if shared[who] == most]
        who = next((who for who in reversed(likely) if _parts(who)[1]), likely[0])
        headers.append(_Header(line, who, rest[len(who) + 4 :], match["time"], match["site"]))
    return headers


def _cuts(rest: str) -> list[str]:
    return [rest[: found.start()] for found in islice(re.finditer(r"(?<=\S) on (?=\S)", rest), 20)]


def _front(lines: list[str]) -> _Front:
    posts: list[tuple[int, str, str]] = []
    fields: dict[str, str] = {}
    site = None
    odd: list[str] = []
    name = ""  # of the field whose value follows, indented
    for number, line in enumerate(lines):
        bare = line.strip()
        if not bare:
            continue
        if bare.casefold() in _FIELDS and not line[:1].isspace():
            name = bare.casefold()
        elif name and line[:1].isspace() and bare.casefold() not in _FURNITURE:
            fields[name] = f"{fields[name]} {bare}" if name in fields else bare
        elif found := _POST.match(bare):
            posts.append((number, found["title"], found["time"]))
            name = ""
        elif found := _SITE_LINE.match(bare):
            site = found["site"]
        elif bare.casefold() not in _FURNITURE:
            odd.append(bare)
    return _Front(tuple(dict.fromkeys(posts)), fields, site, tuple(odd))


def _owner(headers: list[_Header], front: _Front) -> Author | None:
    """Whose archive it is: who the page names, else who wrote its comments."""
    writers = [_author(who) for who, _ in Counter(header.who for header in headers).most_common()]
    if name := front.fields.get("display name"):
        return next((writer for writer in writers if writer.name == name), Author(name))
    return writers[0] if writers else None


def _author(who: str) -> Author:
    name, slug = _parts(who)
    # The reader shows one name where display name and account are the same.
    return Author(name, slug or (name if " " not in name else None))


def _parts(who: str) -> tuple[str, str | None]:
    found = _WHO.match(who)
    return (found["name"], found["slug"]) if found and found["name"] else (who, None)


def _namespace(site: str) -> str:
    # LessWrong and the Alignment Forum are one database.
    return "ea" if site == "EA" else "lw"


IMPORTER = Importer(
    name="archive",
    version="1",
    what="a reader's archive of one person's posts and comments (LW and EA Forum reader)",
    recognised_by="lines `Comment by NAME (account) on TITLE · TIME · LW · GW`, or a list of titles with "
    'times under "Posts"',
    gives="one a post, one a comment",
    keeps="posts and comments with writer, day and address, whom a comment answers",
    loses="navigation of the page",
    sniff=sniff,
    read=read,
    structure=structure,
    examples=("archive.txt",),
    precedence=60,
    prose=True,
)
