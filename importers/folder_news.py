"""What became of the files of a folder since it was read last: notes with another name, and notes that are gone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from importers.base import Input
from importers.known_files import KnownFiles
from importers.report import Report
from kb import config
from kb.model.document import Document
from kb.sources import presence
from kb.store import files, source_writing
from kb.store.open import Store, now
from notes.vault import joining

Ask = Callable[[str], bool]
"""Puts a question to the person: yes or no."""


def told_apart(
    known: KnownFiles, report: Report, read: Callable[[Input], Sequence[Document]], ask: Ask | None
) -> Iterator[tuple[Input, Sequence[Document], str | None]]:
    """The files that were held, with their documents, and the source that each is, where its file had another name.

    Those come first, so that no other file is taken for the source by its place. `read` gives the documents of a file,
    none where it fails. What is not sure is asked; a line of the report says so where nobody can be.
    """
    for one in known.held:
        documents = read(one.found)
        if documents and documents[0].is_source and all(other.attached for other in documents[1:]):
            one.document, one.attached = documents[0], documents[1:]
        else:
            yield one.found, documents, None
    told = known.tell()
    same = dict(told.same)
    for question in told.questions:
        new, old = names(question.new, known.missing[question.lost])
        if ask and ask(f"{new} reads like {old}, which is gone. The same note?"):
            same[question.new] = question.lost
        else:
            share = f"{question.share:.0%} of the words"
            report.notes.append(f"{new} reads like {old}, which is gone ({share}): two sources; if it is one note, "
                                f"kb add --yes {question.new}")  # fmt: skip
    for one in sorted(known.held, key=lambda one: one.found.target not in same):
        source = same.get(one.found.target)
        if one.apart and one.known and source:
            joining.merge(known.store, source, one.known, config.load(known.store.home).me)
        if one.document:
            yield one.found, [one.document, *one.attached], source


def conclude(store: Store, known: KnownFiles, report: Report) -> None:
    """Have the sources gone whose files are not there any more, inside a transaction; the report names them."""
    taken = {one.now for one in report.renamed}
    for one in report.renamed:
        if one.before in taken:  # two notes that changed places: neither is meant by the other's name
            source_writing.drop_old_names(store, one.source)
    places, lines = known.gone()
    report.notes += lines
    report.gone = [name for name, place in places.items() if not place]
    files.forget(store, [known.missing[name] for name in places if name not in known.driven_out])
    for name, place in places.items():
        if place:
            source_writing.set_target(store, name, place)
    if report.gone:
        presence.withdraw(store, report.gone, "gone", now())


def names(new: str, old: str) -> tuple[str, str]:
    """Two paths, short: the names of the files, or, where these are equal, all below the last folder of both."""
    if os.path.basename(new) != os.path.basename(old):
        return os.path.basename(new), os.path.basename(old)
    above = os.path.commonpath([new, old])
    return os.path.relpath(new, above), os.path.relpath(old, above)
