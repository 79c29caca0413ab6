"""What Crossref's record of a work has beyond metadata: references, licence, open copies, the preprint; and Crossref
itself, where doi.org cannot say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from importers.exports.fields import web_identity
from importers.exports.parsing import listed
from importers.web import catalogue
from importers.web.base import Options
from importers.web.catalogue import words
from importers.web.cited import Cited, sections
from importers.web.errors import FetchError
from kb.model import identity
from kb.model.json_form import JsonObject

if TYPE_CHECKING:
    from importers.web.client import Client

OWN = frozenset({"reference", "license", "link", "relation", "update-to", "updated-by", "assertion"})
"""Fields that no citation needs."""

_HOST = "api.crossref.org"
_OPEN = re.compile(r"creativecommons\.org/|opensource\.org/", re.I)


def record(doi: str, client: Client, options: Options) -> JsonObject | None:
    """Crossref's record of a DOI; None where it has none or does not answer."""
    base = options.endpoints.get(_HOST, f"https://{_HOST}")
    try:
        return catalogue.asked(
            client, f"{base}/works/{quote(doi, safe='')}", "application/json", refresh=options.refresh
        )
    except FetchError:
        return None


def preprint(item: Mapping[str, object]) -> dict[str, str]:
    """The arXiv id of the preprint of a work, by which both are one source."""
    for _, known in _related(item, "has-preprint", "is-version-of", "has-version"):
        if known and "arxiv" in known.external_ids:
            return {"arxiv": known.external_ids["arxiv"]}
    return {}


def problems(item: Mapping[str, object]) -> tuple[str, ...]:
    """What a reader should know of a work: that it is a preprint of another, corrected or retracted."""
    found = [f"a preprint; published as {name}" for name, _ in _related(item, "is-preprint-of")]
    found += [
        f"{kind.replace('_', ' ')}, says Crossref: {words(one.get('DOI'))}".rstrip(": ")
        for one in listed(item, "updated-by")
        if isinstance(one, dict) and (kind := words(one.get("type")))
    ]
    return tuple(dict.fromkeys(found))


def more(item: Mapping[str, object]) -> str:
    """Licence, open copies and references, as Markdown."""
    licences = [words(one.get("URL")) for one in listed(item, "license") if isinstance(one, dict)]
    licence = next((one for one in licences if _OPEN.search(one)), "")
    copies = [words(one.get("URL")) for one in listed(item, "link") if isinstance(one, dict) and licence]
    lines = [f"Licence: <{licence}>"] if _is_address(licence) else []
    lines += [f"Open copy: <{one}>" for one in dict.fromkeys(copies) if _is_address(one)][:3]
    references = [_cited(one) for one in listed(item, "reference") if isinstance(one, dict)]
    return "\n\n".join(filter(None, ("  \n".join(lines), sections(references))))


def _cited(one: Mapping[str, object]) -> Cited:
    title = words(one.get("article-title")) or words(one.get("volume-title"))
    place = words(one.get("journal-title"))
    known = identity.of_doi(doi) if (doi := words(one.get("DOI"))) else None
    author = words(one.get("author"))
    return Cited(
        title=title or (place if not one.get("unstructured") else ""),
        authors=(author,) if author else (),
        year=words(one.get("year")),
        doi=doi,
        arxiv=known.external_ids.get("arxiv", "") if known else "",
        unstructured=words(one.get("unstructured")),
    )


def _related(item: Mapping[str, object], *kinds: str) -> Iterator[tuple[str, identity.Identity | None]]:
    relation = item.get("relation")
    for kind in kinds:
        for one in listed(relation, kind) if isinstance(relation, dict) else []:
            if isinstance(one, dict) and (name := words(one.get("id"))):
                yield name, identity.of_target(name)


def _is_address(url: str) -> bool:
    return web_identity(url) is not None and not re.search(r"[\s<>]", url)
