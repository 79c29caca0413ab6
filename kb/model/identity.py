"""What makes two addresses the same source: forum ids, arXiv ids, DOIs, ISBNs, OpenAlex ids, canonical URLs.

LessWrong and the Alignment Forum are one database, so a forum document is (forum, 17-character id), never its
slug or host. An arXiv paper is its id without version.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from kb.model import isbn, talk_addresses
from kb.text.strings import fold

CITEKEY = "citekey:"
"""Begins the key of a source that a reference manager calls so, or did: it goes on answering to an old citekey."""
ONCE = "once:"
"""Begins the key of a source that had this citekey, which is a mere word: it answers to it, but no link means it."""

FORUM_ID = re.compile(r"^[A-Za-z0-9]{17}$")

FORUM_HOSTS = {
    "lesswrong.com": "lesswrong",
    "lesserwrong.com": "lesswrong",
    "lessestwrong.com": "lesswrong",
    "baserates.org": "lesswrong",
    "alignmentforum.org": "lesswrong",
    "alignment-forum.com": "lesswrong",
    "greaterwrong.com": "lesswrong",
    "lw2.issarice.com": "lesswrong",
    "forum.effectivealtruism.org": "eaforum",
    "forum-bots.effectivealtruism.org": "eaforum",
    "ea.greaterwrong.com": "eaforum",
    "eaforum.issarice.com": "eaforum",
    "effective-altruism.com": "eaforum",
    "progressforum.org": "progressforum",
}
_FORUM_SITE = {
    "lesswrong": "https://www.lesswrong.com",
    "eaforum": "https://forum.effectivealtruism.org",
    "progressforum": "https://progressforum.org",
}
_POST_PATH = re.compile(
    r"^/(?:posts|events|g/[^/]+/p|s/[^/]+/p)/([A-Za-z0-9]{17})(?:/([^/]*))?(?:/(?:comment|answer)/([A-Za-z0-9]{17}))?"
)
FORUMS = frozenset(_FORUM_SITE)
"""Names of external ids that a forum gave."""
_FORUM_PAGES: tuple[tuple[re.Pattern[str], dict[str, str], str], ...] = (
    (re.compile(r"^/(?:w|tag|topics|concepts)/([^/]+)/?$"), {"lesswrong": "w"}, "topics"),
    (re.compile(r"^/s/([A-Za-z0-9]{17})/?$"), {}, "s"),
    (re.compile(r"^/(?:users?|u)/([^/]+)(?:/(?:overview|submitted|comments|posts))?/?$"), {}, "users"),
)
"""Wikitags, sequences and users: the same page on every twin host, each with the path the forum uses today."""
# A bare #ID is where the reader happened to be on the post's page: the link still means the post.
_COMMENT_FRAGMENT = re.compile(r"^comment-([A-Za-z0-9]{17})$")

ARXIV = r"\d{4}\.\d{4,5}(?:v\d+)?|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?"
"""A regular expression for what may be an arXiv id, with its version or without; `of_arxiv` knows."""
DOI = r"10\.\d{4,9}/\S+"
"""A regular expression for a DOI and all that follows it without a blank."""

_ARXIV_NEW = re.compile(r"(?P<id>(?P<yy>\d{2})(?P<mm>\d{2})\.\d{4,5})(?:v(?P<v>\d+))?")
_ARXIV_OLD = re.compile(r"(?P<arch>[a-z]+(?:-[a-z]+)?)(?:\.[A-Z]{2})?/(?P<num>\d{7})(?:v(?P<v>\d+))?")
_ARXIV_HOSTS = {
    "arxiv.org",
    "export.arxiv.org",
    "xxx.lanl.gov",
    "ar5iv.org",
    "ar5iv.labs.arxiv.org",
    "alphaxiv.org",
    "arxiv-vanity.com",
    "huggingface.co",
}
_ARXIV_PATH = re.compile(r"^/(?:abs|pdf|html|src|e-print|format|ps|papers)/(.+?)(?:\.pdf)?/?$")
_DOI = re.compile(rf"^{DOI}$")
_DOI_TYPED = re.compile(rf"(?:doi\b[:\s]*|(?:dx\.|www\.)?doi\.org/)?({DOI}?)[.,;]*", re.I)
_OPENALEX = re.compile(r"(?:openalex:\s*(?:works/)?|openalex\.org/(?:works/)?)(W\d+)|(W\d{4,})", re.I)
_OPENALEX_HOSTS = {"openalex.org", "api.openalex.org", "explore.openalex.org"}
_OPENALEX_PATH = re.compile(r"/(?:works/)?(W\d+)/?", re.I)
_S2 = re.compile(r"s2:\s*([0-9a-f]{40})", re.I)
_S2_CORPUS = re.compile(r"(?:corpus\s?id|s2):\s*(\d{1,12})", re.I)
_S2_PATH = re.compile(r"/(?:paper|reader)/(?:[^/]+/)?([0-9a-f]{40})(?:/.*)?", re.I)
_S2_CORPUS_PATH = re.compile(r"/(?:paper/)?corpusid:(\d{1,12})/?", re.I)
_ANTHOLOGY = r"[A-Z]\d\d-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+"
_ANTHOLOGY_PATH = re.compile(
    rf"/(?:anthology/)?(?:papers/(?:[A-Z]/[A-Z]\d\d/)?)?({_ANTHOLOGY})(?:v\d+)?(?:\.(?:pdf|bib|xml|endf))?/?"
)
_ANTHOLOGY_HOSTS = {"aclanthology.org", "aclweb.org", "aclanthology.info", "aclanthology.coli.uni-saarland.de"}
_BOOK_PATH = re.compile(r"/isbn/([^/]+?)(?:\.json)?/?")
_SCHEMES = ("arxiv:", "doi:", "isbn:", "openalex:", "s2:", "corpusid:")
_TRACKING = re.compile(r"^(utm_|fbclid$|gclid$|mc_|ref$|ref_src$)")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a source is. `keys` are the ids that make two sources the same, strongest first."""

    url: str | None = None
    external_ids: dict[str, str] = field(default_factory=dict)
    fragment: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """ "lesswrong:ID", "arxiv:ID", "doi:DOI", "isbn:DIGITS", "openalex:ID", "url:URL", as far as known."""
        keys = [f"{name}:{value}" for name, value in self.external_ids.items() if name not in _NOT_KEYS]
        if self.url and not keys:
            keys.append("url:" + _without_scheme(self.url))
        return tuple(keys)


_NOT_KEYS = {"arxiv_version", *talk_addresses.KNOWN_BY_URL} | {
    f"{forum}_{what}" for forum in _FORUM_SITE for what in ("post", "parent")
}
"""The version of a paper; the post a comment stands under, and the comment it answered where that is gone; the number
of a post on a site of discussions."""


def of_url(url: str) -> Identity:
    """The identity behind a web address in any of its known forms."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").lower().removeprefix("www.")
    if parts.path.startswith("/out") and (inner := dict(parse_qsl(parts.query)).get("url")):
        return of_url(inner)
    if (forum := FORUM_HOSTS.get(host)) and (found := _forum(forum, parts.path, parts.query, parts.fragment)):
        return found
    if post := talk_addresses.read(host, parts.path, parts.query, parts.fragment):
        return Identity(url=post.url, external_ids=dict(post.external_ids))
    if host in _ARXIV_HOSTS and (path := _ARXIV_PATH.match(parts.path)) and (paper := of_arxiv(path[1])):
        return paper
    if host in {"doi.org", "dx.doi.org"} and _DOI.match(doi := unquote(parts.path.lstrip("/"))):
        return of_doi(doi)
    if host in _OPENALEX_HOSTS and (work := _OPENALEX_PATH.fullmatch(parts.path)):
        return of_openalex(work[1])
    if host in {"semanticscholar.org", "api.semanticscholar.org"} and (paper := _of_s2_path(parts.path)):
        return paper
    if host in _ANTHOLOGY_HOSTS and (path := _ANTHOLOGY_PATH.fullmatch(parts.path)):
        return of_anthology(path[1])
    if host == "openlibrary.org" and (path := _BOOK_PATH.fullmatch(parts.path)) and (book := of_isbn(path[1])):
        return book
    return Identity(url=canonical_url(url), fragment=parts.fragment or None)


def of_arxiv(text: str) -> Identity | None:
    """The paper an arXiv id names (`1706.03762v5`, `arXiv:…`, `astro-ph/0601001`), or None."""
    text = re.sub(r"^arxiv:\s*", "", text.strip(), flags=re.I)
    if m := _ARXIV_NEW.fullmatch(text):
        digits = len(m["id"].split(".")[1])
        if not 1 <= int(m["mm"]) <= 12 or digits != (5 if int(m["yy"]) >= 15 else 4):
            return None
        base = m["id"]
    elif m := _ARXIV_OLD.fullmatch(text):
        base = f"{m['arch']}/{m['num']}"
    else:
        return None
    ids = {"arxiv": base} | ({"arxiv_version": m["v"]} if m["v"] else {})
    return Identity(url=f"https://arxiv.org/abs/{base}", external_ids=ids)


def of_doi(doi: str) -> Identity:
    """The work a DOI names; arXiv's own DOIs are the arXiv paper."""
    if (m := re.match(r"^10\.48550/arxiv\.(.+)$", doi, re.I)) and (paper := of_arxiv(m[1])):
        return paper
    return Identity(url=f"https://doi.org/{doi}", external_ids={"doi": doi.lower()})


def of_isbn(text: str) -> Identity | None:
    """The book an ISBN names (`0-306-40615-2`, `isbn:9780306406157`), by its 13 digits; None where it is wrong."""
    digits = isbn.read(text)
    return Identity(url=f"https://openlibrary.org/isbn/{digits}", external_ids={"isbn": digits}) if digits else None


def of_openalex(work: str) -> Identity:
    """The work an OpenAlex id (`W…`) names."""
    return Identity(url=f"https://openalex.org/{work.upper()}", external_ids={"openalex": work.upper()})


def of_s2(paper: str) -> Identity:
    """The paper of a Semantic Scholar id: 40 hexadecimal digits, or the number of its corpus."""
    if paper.isdecimal() and len(paper) < 40:
        url = f"https://www.semanticscholar.org/paper/CorpusID:{paper}"
        return Identity(url=url, external_ids={"s2corpus": paper.lstrip("0") or "0"})
    return Identity(url=f"https://www.semanticscholar.org/paper/{paper.lower()}", external_ids={"s2": paper.lower()})


def of_anthology(paper: str) -> Identity:
    """The paper of an id of the ACL Anthology (`P19-1001`, `2020.acl-main.1`)."""
    return Identity(url=f"https://aclanthology.org/{paper}", external_ids={"acl": paper})


def _of_s2_path(path: str) -> Identity | None:
    path = re.sub(r"^/(?:graph/v1/|v1/)", "/", unquote(path))
    found = _S2_PATH.fullmatch(path) or _S2_CORPUS_PATH.fullmatch(path)
    return of_s2(found[1]) if found else None


def of_target(text: str) -> Identity | None:
    """The identity that a bare word on the command line names, by a URL, DOI, ISBN or another of these ids."""
    text = text.strip()
    if re.match(r"^https?://", text, re.I):
        try:
            return of_url(text)
        except ValueError:  # "http://["
            return None
    if paper := of_arxiv(text):
        return paper
    if doi := _DOI_TYPED.fullmatch(text):
        return of_doi(doi[1])
    if found := _S2.fullmatch(text) or _S2_CORPUS.fullmatch(text):
        return of_s2(found[1])
    if work := _OPENALEX.fullmatch(text):
        return of_openalex(work[1] or work[2])
    return of_isbn(text)


def is_address(text: str) -> bool:
    """Whether a word on the command line may name something on the web, rather than a file.

    True also for what only claims to, so that the error can say what is wrong with it.
    """
    return text.lower().startswith(_SCHEMES) or isbn.is_shaped(text) or of_target(text) is not None


def _forum(forum: str, path: str, query: str, fragment: str) -> Identity | None:
    m = _POST_PATH.match(path)
    if not m:
        for pattern, paths, usual in _FORUM_PAGES:
            if (page := pattern.match(path)) and not query:
                url = f"{_FORUM_SITE[forum]}/{paths.get(forum, usual)}/{page[1]}"
                return Identity(url=url, fragment=fragment or None)
        return None
    post, slug, comment = m.groups()
    comment = comment or dict(parse_qsl(query)).get("commentId")
    if not comment and (c := _COMMENT_FRAGMENT.match(fragment)):
        comment = c[1]
    base = f"{_FORUM_SITE[forum]}/posts/{post}" + (f"/{slug}" if slug else "")
    if comment and FORUM_ID.match(comment):
        ids = {forum: comment, f"{forum}_post": post}
        return Identity(url=f"{base}?commentId={comment}", external_ids=ids)
    return Identity(url=base, external_ids={forum: post}, fragment=fragment or None)


def post_of_comment(identity: Identity) -> Identity | None:
    """The post under which a forum comment stands."""
    for forum, site in _FORUM_SITE.items():
        if post := identity.external_ids.get(f"{forum}_post"):
            url = (identity.url or f"{site}/posts/{post}").split("?")[0]
            return Identity(url=url, external_ids={forum: post})
    return None


_NAMESPACES = {"lesswrong": "lw", "eaforum": "ea", "progressforum": "pf"}


def title_keys(identity: Identity, title: str, namespace: str | None = None) -> list[str]:
    """What a forum post's title identifies: on one site, as long as no other id speaks against it."""
    sites = {_NAMESPACES[forum] for forum in identity.external_ids if forum in _NAMESPACES}
    if any(forum.endswith("_post") for forum in identity.external_ids):
        return []  # a comment
    return [f"title:{site}:{fold(title)}" for site in sorted(sites | ({namespace} if namespace else set()))]


def title_in(identity: Identity) -> str:
    """A title for what is known by its address only: the words of its last part, or the address."""
    url = identity.url or ""
    if arxiv := identity.external_ids.get("arxiv"):
        return f"arXiv:{arxiv}"
    last = urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1]
    words = re.sub(r"\.\w{2,4}$", "", unquote(last)).replace("-", " ").replace("_", " ").strip()
    return words[0].upper() + words[1:] if len(words.split()) >= 2 else url


def canonical_url(url: str) -> str:
    """One spelling of a web address: https, lower-case host, no fragment, no tracking parameters, no final slash."""
    parts = urlsplit(url.strip())
    scheme = "https" if parts.scheme.lower() in {"http", "https", ""} else parts.scheme.lower()
    host = (parts.hostname or "").lower()
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)])
    path = parts.path.rstrip("/") if parts.path != "/" else ""
    return urlunsplit((scheme, host + port, path, query, ""))


def _without_scheme(url: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", url)
