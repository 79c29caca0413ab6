"""RSS, Atom and JSON feeds: each item a post with its text. OPML: each feed that a person follows is a source."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring, tostring

from importers.base import Importer, Input
from importers.exports.feed_forms import looks_so, tree
from importers.exports.fields import Work, kind_of, people, web_identity, work_of
from importers.exports.parsing import children, inner, local
from importers.exports.works import Record, to_documents
from kb.errors import KbError
from kb.model import identity
from kb.model.document import Author, Document, Pointer
from kb.text.dates import read_loosely
from kb.text.strings import squash, unique
from notes.markdown import structure

_SHORT = 800  # characters
_CUT = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|(?:continue reading|read (?:more|on|the rest)|keep reading|weiterlesen|lire la suite)"
    r"[^\n]{0,80})[\s\])*_>]*\Z",
    re.I,
)
_FORUMS = {"lesswrong", "eaforum", "progressforum"}
# What the forums put behind the text of an item, and what their older feeds put before it.
_DISCUSS = re.compile(r"(?:<\s*/?\s*br\s*/?>\s*){0,6}<a\b[^>]*>\s*Discuss\s*</a>\s*$", re.I)
_PUBLISHED = re.compile(r"^\s*Published on (?P<date>[^<]{8,60}?)\s*(?:<br\s*/?>\s*)+", re.I)
_ON = re.compile(r"^(?:Comment|\S.{0,80}?) on (?P<title>.+)$")


def sniff(source: Input) -> float:
    """How sure it is: by the outermost element."""
    return 0.95 if looks_so(source.text) else 0.0


def read(source: Input) -> list[Document]:
    """The items of a feed with their texts, or the feeds of a list.

    Raises:
        KbError: not well-formed, or nothing in it.
    """
    root, odd = tree(source)
    if local(root).lower() == "opml":
        return to_documents(_outlines(root), source, IMPORTER.name, odd)
    documents, more = entries(root, source)
    problems = [*source.problems, *odd, *more]
    if not documents:
        raise KbError(f"{source.called} holds no item", "a feed may be empty for a while; try again later")
    return [replace(documents[0], problems=(*problems, *documents[0].problems)), *documents[1:]]


def entries(root: Element, source: Input) -> tuple[list[Document], list[str]]:
    """The items of a feed, each once, and a line for those that are left out."""
    items = [one for one in root.iter() if local(one) in ("item", "entry")]
    problems: list[str] = []
    documents: dict[str, Document] = {}
    for number, item in enumerate(items, 1):
        document = _item(item, source)
        if document is None:
            problems.append(f"item {number} has neither a link nor a title, it is left out")
        elif documents.setdefault(document.target or str(number), document) is not document:
            problems.append(f"item {number} is in it twice: {document.title}")
    return list(documents.values()), problems


def address(document: Document) -> str:
    """The address of an item that `entries` gave, as its feed has it; "" where it has none."""
    return _link(fromstring(document.original)) or document.url or ""


def has_only_a_summary(document: Document) -> bool:
    """Whether an item that `entries` gave holds but the beginning of its text, or a few words on it."""
    item = fromstring(document.original)
    words = document.text.rstrip()
    cut = _CUT.search(words[-200:]) is not None
    if inner(item, "encoded", "content"):
        return cut and len(words) < _SHORT
    return len(words) < _SHORT or (cut and len(words) < 4 * _SHORT)


def _item(item: Element, source: Input) -> Document | None:
    guid = inner(item, "guid", "id")
    link = _link(item) or (guid if web_identity(guid) else "")
    title = squash(_bare(inner(item, "title")))
    if not title and not link:
        return None
    work = work_of([link], doi=inner(item, "doi"), texts=[guid])
    known = identity.Identity(url=work.url, external_ids=work.external_ids)
    forum = bool(_FORUMS & work.external_ids.keys())
    markup, when = _body(item)
    from importers.documents.html.convert import to_markdown

    text = to_markdown(markup, work.url or "")
    blocks, references = structure.structure(text)
    kind = kind_of(work, "blogPost")
    if not work.keys:
        work = Work(work.url, {"named": f"feed {guid or title}"})
    return Document(
        kind=kind,
        title=title or identity.title_in(known),
        text=text,
        blocks=blocks,
        references=references,
        authors=_authors(item),
        url=work.url,
        # A forum's feed tells when an item was promoted, which is not when it was written.
        published=when
        if forum
        else when or read_loosely(inner(item, "pubDate", "published", "date", "issued", "updated")),
        external_ids=work.external_ids,
        tags=unique(_category(one) for one in children(item, "category")),
        parent=_parent(known, title) if kind == "comment" else None,
        original=tostring(item),
        importer=IMPORTER.name,
        target=f"{source.target}#{guid or link}" if source.target else source.target,
    )


def _link(item: Element) -> str:
    """The address of an item: RSS has it as words, Atom in an attribute."""
    for one in children(item, "link"):
        if one.get("href") and one.get("rel", "alternate") == "alternate":
            return str(one.get("href"))
    return inner(item, "origLink", "link")


def _body(item: Element) -> tuple[str, str | None]:
    """The HTML of an item, without what its feed puts around it, and the date that an old feed put there."""
    markup = inner(item, "encoded", "content", "description", "summary")
    for one in children(item, "content") + children(item, "summary"):
        if one.get("type") == "xhtml" and len(one):
            for element in one.iter():
                element.tag = local(element)
            markup = tostring(one[0], encoding="unicode")
            break
    markup = _DISCUSS.sub("", markup.rstrip())
    if dated := _PUBLISHED.match(markup):
        return markup[dated.end() :], read_loosely(dated["date"])
    return markup, None


def _authors(item: Element) -> tuple[Author, ...]:
    named = [squash(inner(one, "name") or "".join(one.itertext())) for one in children(item, "author")]
    named += [squash("".join(one.itertext())) for one in children(item, "creator")] if not named else []
    # RSS wants "mail (name)" for an author.
    names = [found[1] if (found := re.search(r"\((.+)\)$", name)) and "@" in name else name for name in named]
    if len(names) == 1:
        return people(names[0])
    return tuple(Author(name) for name in dict.fromkeys(names) if name)


def _category(one: Element) -> str:
    return squash(one.get("label") or one.get("term") or "".join(one.itertext()))


def _parent(known: identity.Identity, title: str) -> Pointer | None:
    post = identity.post_of_comment(known)
    found = _ON.match(title)
    if post is None:
        return None
    namespace = {"eaforum": "ea", "progressforum": "pf"}.get(next(iter(post.external_ids)), "lw")
    return Pointer(squash(found["title"]) if found else identity.title_in(post), namespace, post.url)


def _bare(words: str) -> str:
    return re.sub(r"<[a-zA-Z/][^<>]*>", "", words)


def _outlines(root: Element) -> list[Record]:
    """The feeds of an OPML list; the folders around a feed are its tags."""
    records: list[Record] = []
    waiting: list[tuple[Element, tuple[str, ...]]] = [(body, ()) for body in reversed(children(root, "body"))]
    while waiting:
        element, folders = waiting.pop()
        fields = {name.lower(): squash(value) for name, value in element.attrib.items()}
        name = fields.get("title") or fields.get("text") or ""
        address = fields.get("xmlurl") or fields.get("url") or ""
        inside = folders
        if local(element) == "outline" and web_identity(address):
            # The feed's own address, not its site's: one site has many feeds.
            categories = (part.strip("/") for part in fields.get("category", "").split(","))
            records.append(
                Record(
                    title=name,
                    kind="web",
                    work=Work(identity.canonical_url(address)),
                    tags=unique(("feed", *folders, *categories) if fields.get("xmlurl") else (*folders, *categories)),
                    key=address,
                    raw=tostring(element, encoding="unicode"),
                )
            )
        elif local(element) == "outline" and name:
            inside = (*folders, name)
        waiting += [(child, inside) for child in reversed(children(element, "outline"))]
    return records


IMPORTER = Importer(
    name="feeds",
    version="1",
    what="an RSS, Atom or JSON feed, or an OPML list of feeds",
    recognised_by="an outermost element `rss`, `feed`, `rdf` or `opml`, or the name of JSON Feed",
    gives="a post each item with its text; each feed of an OPML list",
    keeps="the text of each item, author, day, tags",
    loses="enclosures, items without a link and a title",
    sniff=sniff,
    read=read,
    structure=structure.structure,
    examples=("feed.xml", "feeds.opml"),
    precedence=26,
)
