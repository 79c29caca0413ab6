"""The tables of `kb.sqlite`. Alembic's migrations create them; a test holds the two together.

Ids that people see are text and stable (`kb.model.ids`); `rowid`s are for joins and full-text search only.
A link's ends and a decision's target are ids without a foreign key on purpose: a decision must outlive the
row it judged, so that the same suggestion found again is not asked about again.
"""

from kb.store.schema.arguments import Credence, Decision, Judgement, Link, Mention, Proposal, Statement
from kb.store.schema.bookkeeping import (
    AgreedBefore,
    Embedding,
    Exported,
    ImportRun,
    IndexChange,
    Meta,
    SeenFile,
    WordBits,
)
from kb.store.schema.history import Command, Event, RowChange, Step
from kb.store.schema.reading import Reading, Revisit
from kb.store.schema.sources import (
    Authorship,
    Copied,
    Edit,
    OtherPerson,
    Passage,
    Person,
    Reference,
    SameAs,
    SamePerson,
    Source,
    SourceFact,
    SourceKey,
    SourceName,
    Tag,
)

__all__ = [
    "AgreedBefore",
    "Authorship",
    "Command",
    "Copied",
    "Credence",
    "Decision",
    "Edit",
    "Embedding",
    "Event",
    "Exported",
    "ImportRun",
    "IndexChange",
    "Judgement",
    "Link",
    "Mention",
    "Meta",
    "OtherPerson",
    "Passage",
    "Person",
    "Proposal",
    "Reading",
    "Reference",
    "Revisit",
    "RowChange",
    "SameAs",
    "SamePerson",
    "SeenFile",
    "Source",
    "SourceFact",
    "SourceKey",
    "SourceName",
    "Statement",
    "Step",
    "Tag",
    "WordBits",
]
