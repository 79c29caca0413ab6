"""Addresses to fetch, the client that a run asks with, and the documents that come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from importers.base import Failure
from importers.web.base import Fetcher, Options
from kb import config
from kb.errors import KbError
from kb.model.document import Document

if TYPE_CHECKING:
    from importers.web.client import Client


@dataclass(frozen=True, slots=True)
class Address:
    """A target on the web, or several that are asked for together, with who fetches them."""

    targets: tuple[str, ...]
    fetcher: Fetcher

    @property
    def several(self) -> bool:
        """Whether each document is of a target of its own."""
        return len(self.targets) > 1


def client_for(home: Path, options: Options, *, allow_private: bool) -> Client:
    """The HTTP client that the settings of a home ask for."""
    from importers.web.client import Client

    settings = config.load(home)
    return Client(
        home,
        contact=settings.contact,
        max_mb=settings.max_download_mb,
        allow_private=allow_private,
        refresh=options.refresh,
    )


def documents(address: Address, client: Client, options: Options) -> Iterator[Document | Failure]:
    """What an address gives, as it comes; a failure that ends it is the last thing that comes."""
    by, target = address.fetcher, address.targets[0]
    try:
        if address.several and by.together:
            yield from by.together(address.targets, client, options)
        else:
            yield from by.fetch(target, client, options)
    except KbError as error:
        yield Failure(target, error)
