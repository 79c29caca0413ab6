"""docs/formats.md: the tables of importers, fetchers and map formats, from what each says of itself."""

from __future__ import annotations

from importers import importers
from importers.web.registry import fetchers
from kb.maps import formats
from scripts.pages.tables import code, table


def tables() -> dict[str, str]:
    """The tables by the names of their places."""
    read = [(code([one.name]), one.recognised_by, one.gives, code(one.examples)) for one in importers().values()]
    drawn = [
        (code([one.name]), one.what, code(one.endings), one.quotes, one.unsigned)
        for one in map(formats.named, formats.names())
    ]
    return {
        "importers": table(("name", "recognised by", "sources", "example"), read),
        "fetchers": table(("name", "takes"), [(code([one.name]), one.what) for one in fetchers()]),
        "formats": table(("`--format`", "what it is", "files", "quotes", "unsigned links"), drawn),
    }
