"""Whatever is edited, imported and extracted anew, in any order: the person's word stands, and can be taken back."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from importers.cutting import cut
from kb.model.document import Author, Block, Document
from kb.model.words import SourceKind
from kb.sources import add, given_back, wording
from kb.sources.edit import SourceEdit, edit
from kb.sources.extraction import infer
from kb.sources.wording import StatementEdit
from kb.store import edits, sources, statements
from kb.store.open import now, open_store

CLAIM = "I think that tide mills should be built in every small harbour."
URL = "https://example.org/{}"
WORDS = st.sampled_from(("frogs", "toads", "newts", "ponds"))
DATES = st.sampled_from(("2019", "2020-05", "2021-06-07", ""))
KINDS = st.sampled_from(("post", "paper", "web"))
PEOPLE = st.sampled_from(("Ada Brandt", "Bo Lee", "Cy Ott"))
AUTHORS = st.lists(PEOPLE, max_size=2, unique=True)
TAGS = st.sets(st.sampled_from(("a", "a/b", "c", "d")), max_size=3)
Value = str | tuple[str, ...]


class EditsAndImports(RuleBasedStateMachine):
    """A post that is imported again and again; `imported` is what the last import said, `said` the person."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = open_store(Path(self.folder.name))
        self.imported: dict[str, Value] = {}
        self.said: dict[str, Value] = {}
        self.tags: set[str] = set()
        self.imported_tags: set[str] = set()
        self.refused: set[str] = set()
        self.number = 0
        self.judged = False
        self.name = ""
        self.read("mills", "2018", "post", ["Ada Brandt"], {"c"})
        (self.claim,) = (one.id for one in statements.of_source(self.store, self.name) if one.text == CLAIM)
        self.found: dict[str, Value] = {"text": CLAIM, "kind": "claim", "speaker": "Ada Brandt"}
        self.put_right: dict[str, Value] = {}

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @rule(
        title=WORDS,
        date=DATES.map(lambda date: date or "2022"),
        kind=KINDS,
        authors=st.lists(PEOPLE, min_size=1, max_size=2, unique=True),
        tags=TAGS,
    )
    def read(self, title: str, date: str, kind: str, authors: Sequence[str], tags: set[str]) -> None:
        """A new version, with other words around the claim."""
        self.number += 1
        text = f"Version {self.number}.\n\n{CLAIM}\n"
        start = text.index(CLAIM)
        document = Document(
            kind=cast(SourceKind, kind), title=title, text=text, url=URL.format("mills"), published=date,
            blocks=(Block("paragraph", 0, start - 2), Block("paragraph", start, start + len(CLAIM))),
            authors=tuple(map(Author, authors)), tags=tuple(tags), importer="markdown", original=text.encode(),
        )  # fmt: skip
        self.name = add.add(self.store, document, "1").source_id
        self.imported = {
            "title": title,
            "date": date,
            "kind": kind,
            "authors": tuple(authors),
            "url": document.url or "",
        }
        self.imported_tags |= tags
        self.tags |= tags - self.refused

    def _say(self, field: str, value: Value, change: SourceEdit) -> None:
        with self.store.transaction():
            edit(self.store, self.name, change)
        if value == self.said.get(field, self.imported[field]):
            return
        if value == self.imported[field]:
            del self.said[field]
        else:
            self.said[field] = value

    @rule(title=WORDS)
    def say_title(self, title: str) -> None:
        self._say("title", title, SourceEdit(title=title))

    @rule(date=DATES)
    def say_date(self, date: str) -> None:
        self._say("date", date, SourceEdit(published=date))

    @rule(kind=KINDS)
    def say_kind(self, kind: str) -> None:
        self._say("kind", kind, SourceEdit(kind=cast(SourceKind, kind)))

    @rule(authors=AUTHORS)
    def say_authors(self, authors: Sequence[str]) -> None:
        self._say("authors", tuple(authors), SourceEdit(authors=tuple(map(Author, authors))))

    @rule(place=st.sampled_from(("mills", "a", "b", "")))
    def say_url(self, place: str) -> None:
        url = URL.format(place) if place else ""
        self._say("url", url, SourceEdit(url=url))

    @rule(on=TAGS, off=TAGS)
    def say_tags(self, on: set[str], off: set[str]) -> None:
        before = set(self.tags)
        self.tags = before - off | on
        with self.store.transaction():
            edit(self.store, self.name, SourceEdit(tagged=tuple(on), untagged=tuple(off - on)))
        if self.tags != before:
            self.refused = (self.refused - self.tags) | (before - self.tags)
            if self.tags == self.imported_tags:
                self.refused = set()

    @rule(words=WORDS, kind=st.sampled_from(("claim", "critique", "evidence", None)))
    def say_words(self, words: str, kind: str | None) -> None:
        change = StatementEdit(f"I think that {words} matter.", kind)
        with self.store.transaction():
            wording.edit(self.store, statements.read(self.store, [self.claim])[self.claim], change)
        self.put_right |= {"text": change.text or ""} | ({"kind": kind} if kind else {})

    @rule(speaker=st.sampled_from(("Di Ek", "Bo Lee", "")))
    def say_speaker(self, speaker: str) -> None:
        with self.store.transaction():
            statement = statements.read(self.store, [self.claim])[self.claim]
            wording.edit(self.store, statement, StatementEdit(speaker=speaker))
        if not speaker:  # that nobody is known to say it is more than that no author is named
            self.put_right["speaker"] = ""
        elif speaker == self._speaker():
            return
        elif speaker == self._author():
            del self.put_right["speaker"]
        else:
            self.put_right["speaker"] = speaker

    def _author(self) -> str:
        return (*self.said.get("authors", self.imported["authors"]), "")[0]

    def _speaker(self) -> str:
        return str(self.put_right.get("speaker", self._author()))

    @rule()
    def extract(self) -> None:
        with self.store.transaction():
            infer(self.store, self.name, now())

    @rule()
    def take_words_back(self) -> None:
        with self.store.transaction():
            statement = statements.read(self.store, [self.claim])[self.claim]
            given_back.give_statement_back(self.store, statement, ["text", "kind"])
        self.put_right.pop("text", None)
        self.put_right.pop("kind", None)

    @rule()
    def take_all_back(self) -> None:
        row = sources.stored(self.store, self.name)
        assert row is not None
        with self.store.transaction():
            given_back.give_back(self.store, row, ["all"], cut)
        self.said, self.refused, self.tags = {}, set(), set(self.imported_tags)
        assert edits.of(self.store, self.name) == {}
        assert not sources.stored_at(self.store, row.rowid).title_given

    @invariant()
    def the_person_has_the_last_word(self) -> None:
        source = sources.read(self.store, [self.name])[self.name]
        found = {
            "title": source.title, "date": source.published or "", "kind": source.kind, "authors": source.authors,
            "url": source.url or "",
        }  # fmt: skip
        assert found == {**self.imported, **self.said}
        assert set(source.tags) == self.tags
        held = set(edits.of(self.store, self.name)) - {edits.UNTAGGED}
        assert held == {"published" if name == "date" else name for name in self.said}

    @invariant()
    def the_statement_is_as_it_was_put_right(self) -> None:
        statement = statements.read(self.store, [self.claim])[self.claim]
        wanted = {**self.found, **self.put_right}
        assert (statement.text, statement.kind) == (wanted["text"], wanted["kind"])
        (mention,) = statement.mentions
        assert mention.quote == CLAIM
        assert mention.speaker == (self._speaker() or None)


EditsAndImports.TestCase.settings = settings(
    max_examples=15, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
TestEditsAndImports = EditsAndImports.TestCase
