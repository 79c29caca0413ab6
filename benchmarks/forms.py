"""Which passage size and which context rank best, on the questions of `ranking.py`, whose home this needs too.

    python benchmarks/forms.py --home DIR

Some 5,000 passages, those of the documents asked about first, are cut anew in each size and embedded with each
context: none, the title, title and headings, or these and the last sentence of the passage before. A cut passage is
right if the answer begins in it. What the store has no vector of is embedded, which takes some minutes.
"""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from ranking import Corpus, Passage, Question, asked, by_meaning, combination, embedded, pairs, report, statements

from kb.model import passages
from kb.model.document import Block, BlockKind
from kb.model.embedded_text import in_context
from kb.store import rows as _rows
from kb.store.open import open_reader
from kb.text import sentences
from kb.text.strings import digest, squash
from kb.vectors.embed.bulk import embed_texts
from kb.vectors.embed.model import resolve

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

ABOUT = 5_000  # passages
SIZES = (60, 90, 120, 180)  # words
CONTEXTS = ("none", "title", "headings", "neighbour")


class Stored(NamedTuple):
    """A passage as the home has it."""

    source: int
    block: int
    kind: BlockKind
    start: int
    end: int
    context: str
    text: str


class Cut(NamedTuple):
    """A passage cut anew; `before` is the last sentence of the one before it under the same headings."""

    source: int
    start: int
    end: int
    context: str
    text: str
    before: str


def chosen(connection: sqlite3.Connection) -> tuple[dict[int, list[Stored]], dict[int, list[tuple[int, str]]]]:
    """Passages by source, and (place, digest) of the answers in each."""
    where = {str(pair["passage"]): int(pair["at"]) for pair in pairs()}
    sql = """SELECT s.rowid, p.block, p.kind, p.start, p.end, p.context, p.text FROM passage p
        JOIN source s ON s.rowid = p.source_rowid WHERE p.kind <> 'heading' ORDER BY p.source_rowid, p.ordinal"""
    sources: dict[int, list[Stored]] = {}
    answers: dict[int, list[tuple[int, str]]] = {}
    for row in map(Stored._make, connection.execute(sql)):
        sources.setdefault(row.source, []).append(row)
        if (key := digest(squash(row.text))) in where:
            answers.setdefault(row.source, []).append((row.start + where[key], key))
    kept = {source: sources[source] for source in answers}
    for source in sorted(sources, key=lambda rowid: digest(str(rowid))):
        if sum(map(len, kept.values())) >= ABOUT:
            break
        kept[source] = sources[source]
    return kept, answers


def cut(text: str, rows: list[Stored]) -> Iterator[Cut]:
    """The passages of a source in the size that is set."""
    last: Cut | None = None
    for _, group in groupby(rows, key=lambda row: row.block):
        block = list(group)
        first = block[0]
        for part in passages.cut(text, [Block(first.kind, first.start, block[-1].end)]):
            before = ""
            if last and last.context == first.context and (spans := sentences.split(last.text)):
                before = last.text[slice(*spans[-1])]
            last = Cut(first.source, part.start, part.end, first.context, text[part.start : part.end], before)
            yield last


def in_form(row: Cut, context: str) -> str:
    """What is embedded."""
    above = {"none": "", "title": row.context.split(" › ")[0]}.get(context, row.context)
    return in_context(above, f"{row.before} {row.text}" if context == "neighbour" and row.before else row.text)


def vectors(connection: sqlite3.Connection, home: Path, texts: list[str], made: dict[str, bytes]) -> Matrix:
    """From the store or from those `made` before, where they have them."""
    import numpy as np

    model = resolve(None)
    sql = "SELECT content_hash, vector FROM embedding WHERE model = ? AND content_hash IN ({})"
    keys = [digest(text) for text in texts]
    known = {**made, **{row[0]: row[1] for row in _rows.in_chunks(connection, sql, keys, before=(model.fingerprint,))}}
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    for key, vector in zip(missing, embed_texts(list(missing.values()), model, home), strict=True):
        known[key] = made[key] = vector.tobytes()
    return np.stack([np.frombuffer(known[key], dtype="<f4") for key in keys])


def measured(connection: sqlite3.Connection, home: Path, questions: list[Question], asking: Matrix) -> None:
    """A line by the combination and one by meaning for each size and context."""
    sources, answers = chosen(connection)
    sql = "SELECT text FROM source WHERE rowid = ?"
    texts = {source: cast(str, connection.execute(sql, (source,)).fetchone()[0]) for source in sources}
    mentions = connection.execute("SELECT statement_rowid, source_rowid, start FROM mention WHERE NOT lost").fetchall()
    known: dict[str, bytes] = {}
    for size in SIZES:
        passages.MAX_WORDS = size
        rows = [row for source in sources for row in cut(texts[source], sources[source])]
        spans: dict[int, list[tuple[int, int, int]]] = {}
        for number, row in enumerate(rows):
            spans.setdefault(row.source, []).append((row.start, row.end, number))
        made = [(s, n) for s, source, at in mentions for start, end, n in spans.get(source, ()) if start <= at < end]
        judged = [
            Passage(
                next(
                    (k for at, k in answers.get(row.source, ()) if row.start <= at < row.end),
                    f"{row.source} {row.start}",
                ),
                row.text,
                row.context,
            )
            for row in rows
        ]
        for context in CONTEXTS:
            stacked = vectors(connection, home, [in_form(row, context) for row in rows], known)
            corpus = Corpus.of(judged, stacked, *statements(connection, home, made))
            name = f"{size} words, {context}, {len(rows)}"
            report(corpus, questions, asking, {name: combination(), "    by meaning": by_meaning(False)}, False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    home = parser.parse_args().home
    connection = open_reader(home)
    keys = [digest(squash(row[0])) for row in connection.execute("SELECT text FROM passage WHERE kind <> 'heading'")]
    questions = asked(keys)
    measured(connection, home, questions, embedded(connection, home, questions))


if __name__ == "__main__":
    main()
