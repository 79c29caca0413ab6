"""What became of targets: an item for each source, counts, and what was odd; and its form for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from kb.errors import KbError
from kb.model import identity
from kb.model.document import Document
from kb.model.json_form import JsonObject, json_form
from kb.model.source import Source
from notes.vault.outcome import Outcome

Status = Literal["added", "updated", "unchanged", "failed"]
STATUSES: tuple[Status, ...] = ("added", "updated", "unchanged", "failed")


@dataclass(frozen=True, slots=True)
class Preview:
    """A source as a dry run sees it; of one on the web only where it is and who would fetch it."""

    kind: str
    title: str
    authors: tuple[str, ...] = ()
    published: str | None = None
    url: str | None = None
    importer: str = ""

    @classmethod
    def of(cls, document: Document) -> Preview:
        """What would be added with a document."""
        return cls(
            kind=document.kind,
            title=document.title,
            importer=document.importer,
            authors=tuple(author.name for author in document.authors),
            published=document.published,
            url=identity.of_url(document.url).url if document.url else None,
        )


@dataclass(frozen=True, slots=True)
class Item:
    """One source of a target. Its id stands in `source` once it is stored; a failed one has an error instead."""

    target: str
    status: Status
    source: str | Preview | None = None
    error: KbError | None = None


@dataclass(frozen=True, slots=True)
class Renamed:
    """A source whose file has another name now: both are paths."""

    source: str
    before: str
    now: str


@dataclass
class Report:
    """What an import did. `skipped` is what folders held beside texts, `problems` what was odd, `notes` what else there
    is to know; in lines. `gone` are ids of sources whose files are no longer there.

    `sources` are those that items name by id, once `importers.intake.describe` has read them; `vaults` is what notes of
    exported vaults gave. `tell` hears of each
    item as it comes.
    """

    items: list[Item] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    renamed: list[Renamed] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    sources: Mapping[str, Source] = field(default_factory=dict)
    vaults: Outcome = field(default_factory=Outcome)
    tell: Callable[[Item], None] = field(default=lambda _: None, repr=False, compare=False)

    @property
    def counts(self) -> dict[str, int]:
        """How many items have each status."""
        statuses = [item.status for item in self.items]
        return {status: statuses.count(status) for status in STATUSES}

    @property
    def failures(self) -> list[dict[str, str]]:
        """What failed, as the store keeps it: target, message and hint."""
        failed = [(item.target, item.error) for item in self.items if item.error]
        return [{"target": target, "message": error.message, "hint": error.hint} for target, error in failed]

    def fail(self, target: str, error: KbError) -> None:
        """Note what could not be had."""
        self._note(Item(target, "failed", error=error))

    def took(self, target: str, status: Status, source: str | Preview) -> None:
        """Note a source that went in, was there, or would go in."""
        self._note(Item(target, status, source))

    def _note(self, item: Item) -> None:
        self.items.append(item)
        self.tell(item)


def as_json(report: Report, *, unchanged: bool = True) -> JsonObject:
    """The report in the shape of the interface: `{items: [{target, status, source, error}], counts, renamed, gone}`.

    Items that are `unchanged` may be left out; they are counted all the same.
    """
    shown = [item for item in report.items if unchanged or item.status != "unchanged"]
    return {
        "items": [_item(item, report.sources) for item in shown],
        "counts": json_form(report.counts),
        "renamed": json_form(report.renamed),
        "gone": [json_form(report.sources[name]) for name in report.gone],
    }


def _item(item: Item, sources: Mapping[str, Source]) -> JsonObject:
    source = item.source
    return {
        "target": item.target,
        "status": item.status,
        "source": json_form(sources.get(source) if isinstance(source, str) else source),
        "error": {"message": item.error.message, "hint": item.error.hint} if item.error else None,
    }
