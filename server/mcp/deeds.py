"""What a model may write, where a person has allowed it: each as the command of the same name does it."""

from __future__ import annotations

from collections.abc import Sequence

from kb import config
from kb.errors import UsageError
from kb.model.json_form import JsonObject, json_form, json_object
from kb.store.open import Store


def claim(store: Store, text: str, kind: str, relation: str, ref: str, source: str, quote: str) -> JsonObject:
    """A statement, of one's own or read off a source with its quote, and its link to another."""
    from kb.review import write
    from kb.store import statements
    from kb.vectors.embed.update import at_once

    if bool(relation) != bool(ref):
        raise UsageError("a link needs a relation and what it is to", "give both, or neither")
    me = config.load(store.home).me
    name = write.claim(store, text, me, kind=kind, source=source or None, quote=quote or None)
    if ref:
        write.link(store, name, relation, ref)
    at_once(store, [name])
    return json_object(statements.read(store, [name])[name])


def link(store: Store, first: str, relation: str, second: str) -> JsonObject:
    """A link between two statements, or a statement and a source."""
    from kb.review import write
    from kb.store import links

    name = write.link(store, first, relation, second)
    return json_object(links.read(store, [name])[name])


def note(store: Store, text: str, on: str) -> JsonObject:
    """A note, on a source where one is named."""
    from importers.base import Input
    from importers.texts import markdown
    from kb.review import write
    from kb.store import sources
    from kb.vectors.embed.update import at_once

    me = config.load(store.home).me
    name = write.note(store, text, on, me) if on else write.jotting(store, markdown.read(Input(text, "stdin"))[0], me)
    at_once(store, [name])
    return json_object(sources.read(store, [name])[name])


def believe(store: Store, ref: str, credence: str, why: str) -> JsonObject:
    """How likely the person holds a statement to be."""
    from kb.review import credences

    low, high = credences.parse(credence)
    change = credences.believe(store, ref, low, high, note=why)
    return {"statement": change.statement_id, "old": json_form(change.before), "new": json_form(change.now)}


def add(store: Store, targets: Sequence[str]) -> JsonObject:
    """Texts by their addresses. Files are a person's to add."""
    from importers import intake
    from importers.given import Given
    from importers.report import as_json
    from importers.web import registry
    from kb.suggest import update

    for one in targets:
        if registry.fetcher(one) is None:
            raise UsageError(f"{one!r} is no address", "addresses, DOIs and arXiv ids can be added; files by kb add")
    report = intake.run(store, list(targets), Given(), lambda: b"", lambda _item: None)
    update.update(store)
    return as_json(report)
