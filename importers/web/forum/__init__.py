"""LessWrong, the Alignment Forum, the EA Forum and their twins: posts with their discussions, by GraphQL.

`IMPORTER` cuts the texts of forum documents; `importers.web.forum.fetch.FETCHER` brings them in.
"""

from __future__ import annotations

from importers.web.forum.posts import IMPORTER

__all__ = ["IMPORTER"]
