"""What a fetch from a forum gives, checked as every importer's documents are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from importers.base import Failure
from importers.web.forum.fetch import FETCHER
from importers.web.forum.posts import IMPORTER
from kb.model.document import Document
from tests.importers.importer_checks import check
from tests.importers.web.forum.forum_server import FakeForum, an_id, forum_at

POST = f"https://www.lesswrong.com/posts/{an_id(1, 'p')}/counting-herons"


def fetched(
    forum: FakeForum, target: str = POST, home: Path | None = None, **options: Any
) -> tuple[list[Document], list[Failure]]:
    with forum_at(forum, home) as (client, usual):
        got = list(FETCHER.fetch(target, client, replace(usual, **options)))
    documents = [one for one in got if isinstance(one, Document)]
    for document in documents:
        check(IMPORTER, document)
    return documents, [one for one in got if isinstance(one, Failure)]
