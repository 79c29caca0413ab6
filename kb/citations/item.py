"""A source as an item of CSL: the one place that says how a post, a comment, a paper or a note is cited.

What an export or a site said of it (`source.bibliography`) is the base. What a person said of title, authors or date
stands above it; authors are those of the source, and the base tells the parts of their names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.citations import markup
from kb.citations.names import parted
from kb.errors import KbError
from kb.model import identity
from kb.model.bibliography import OTHERS, Bibliography, Name, bibliography
from kb.model.source import Source
from kb.store import edits, sources
from kb.text.strings import fold

if TYPE_CHECKING:
    from kb.store.open import Store

ARXIV = "arXiv"
_FORUMS = {
    "lesswrong": "LessWrong",
    "eaforum": "Effective Altruism Forum",
    "progressforum": "Progress Forum",
}
_TYPES = {"post": "post-weblog", "comment": "post", "shortform": "post", "web": "webpage"}
_IS_ARXIV = re.compile(r"(?:arxiv|corr)\b", re.I)
_ON_THE_WEB = {"webpage", "post-weblog", "post"}


@dataclass(frozen=True, slots=True)
class Item:
    """What is cited: a source with all the facts that a citation may show. `arxiv` is its id there, "" elsewhere;
    `reading` is how far one is with it, "" where nobody said.
    """

    id: str
    citekey: str
    facts: Bibliography
    arxiv: str = ""
    reading: str = ""


def items(store: Store, source_ids: Sequence[str]) -> list[Item]:
    """The items of these sources, in their order.

    Raises:
        KbError: one of them is not there any more.
    """
    known = sources.read(store, source_ids)
    parents = sources.titles(store, (one.parent for one in known.values() if one.parent))
    told = sources.bibliographies(store, source_ids)
    fetched = sources.read_from_web(store, source_ids)
    titled = sources.with_given_title(store, source_ids)
    found = []
    for source_id in source_ids:
        if source_id not in known:
            raise KbError(f"{source_id} is no longer there", "run it again")
        source = known[source_id]
        held = {*edits.of(store, source_id), *(("title",) if source_id in titled else ())}
        found.append(
            _item(source, told[source_id], held, parents.get(source.parent or "", ""), fetched=source_id in fetched)
        )
    return found


def _item(source: Source, told: Bibliography, held: Collection[str], parent: str, *, fetched: bool) -> Item:
    """`held` names the facts that a person said; `parent` is the title of what the source answers; `fetched`: its text
    was read from the web on the day on which it came."""
    arxiv = source.external_ids.get("arxiv", "")
    type_ = told.type or _type(source, arxiv)
    if arxiv and type_ == "document":
        type_ = "article"
    # In this order: what is known of every source, what its export says, what is sure.
    fields: dict[str, str] = {}
    dates: dict[str, str] = {}
    if type_ in _ON_THE_WEB:
        fields["container-title"] = _site(source)
        if fetched:
            dates["accessed"] = source.added[:10]
    if type_ == "article" and arxiv:
        fields |= {"number": f"{ARXIV}:{arxiv}", "publisher": ARXIV}
    fields |= told.fields
    if arxiv and _IS_ARXIV.match(fields.get("container-title", "")):  # as BibTeX has it: journal = {arXiv preprint …}
        type_ = "article"
        fields = {n: value for n, value in fields.items() if n not in ("container-title", "volume", "issue", "page")}
        fields |= {"number": f"{ARXIV}:{arxiv}", "publisher": ARXIV}
    fields |= {"title": _title(source, told, held, parent), "keyword": ", ".join(source.tags)}
    fields |= _addresses(source, told)
    dates |= told.dates
    if "published" in held or "issued" not in dates:
        dates["issued"] = (source.published or "")[:10]
    role, people = _people(source, told)
    if OTHERS in told.names.get(role, ()) and "authors" not in held:
        people += (OTHERS,)
    names = {**told.names, role: people}
    return Item(source.id, source.citekey, bibliography(type_, fields, names, dates), arxiv, source.reading or "")


def _type(source: Source, arxiv: str) -> str:
    if arxiv:
        return "article"
    if source.kind == "paper":
        return "article-journal" if "doi" in source.external_ids else "document"
    if source.kind in _TYPES:
        return _TYPES[source.kind]
    return "webpage" if source.url else "document"


def _title(source: Source, told: Bibliography, held: Collection[str], parent: str) -> str:
    """The title as an export has it, with its markup, unless a person gave another one."""
    rich = told.get("title")
    if rich and ("title" not in held or fold(markup.plain(rich)) == fold(source.title)):
        return rich
    if source.kind == "comment" and parent and fold(source.title) == fold(parent):
        return f"Comment on “{parent}”"
    return source.title


def _people(source: Source, told: Bibliography) -> tuple[str, tuple[Name, ...]]:
    """The people that a source is by, and as what: an entry that names editors alone has no author."""
    by_name = {
        fold(one.said): one for names in (told.names.get("editor", ()), told.names.get("author", ())) for one in names
    }
    people = tuple(by_name.get(fold(name)) or parted(name) for name in source.authors)
    editors = tuple(name for name in told.names.get("editor", ()) if name != OTHERS)
    if editors and "author" not in told.names and people == editors:
        return "editor", people
    return "author", people


def _addresses(source: Source, told: Bibliography) -> dict[str, str]:
    """Where the work is: its DOI with the capitals that its export has, and its address unless the DOI says it."""
    doi, own = source.external_ids.get("doi", ""), told.get("DOI")
    if own and (not doi or own.lower() == doi):
        doi = own
    if not doi and (arxiv := source.external_ids.get("arxiv")):
        doi = f"10.48550/arXiv.{arxiv}"
    url, written = source.url or told.get("URL"), told.get("URL")
    if url and written and _same_address(url, written):
        url = written  # as the person has it, with its fragment and its spelling
    return {"DOI": doi, "URL": "" if doi and identity.of_url(url or "https://").external_ids.get("doi") else url}


def _same_address(url: str, written: str) -> bool:
    try:
        return identity.of_url(written).url == url
    except ValueError:
        return False


def _site(source: Source) -> str:
    """The name of the forum where it is published; that of another site its address tells."""
    return next((name for key, name in _FORUMS.items() if key in source.external_ids), "")
