"""Which passage size and which context rank best, on the questions of `ranking.py`, whose home this needs too.

    python -m benchmarks.forms --home ~/read

Some 5,000 passages, those of the documents asked about first, are cut anew in each size and embedded with each context:
none, the title, title and headings, or these and the last sentence of the passage before. A cut passage is right if the
answer begins in it. What the store has no vector of is embedded, which takes some minutes. The last line is the ratio
of what is used (120 words, title and headings) to the text alone. Without --home the examples are measured.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from benchmarks.measuring import machine, parser, say
from benchmarks.ranking import (
    Corpus,
    Passage,
    Question,
    asked,
    by_meaning,
    combination,
    embedded,
    examples,
    pairs,
    report,
    statements,
)
from kb.model import passages
from kb.model.document import Block, BlockKind
from kb.model.embedded_text import in_context
from kb.store import access
from kb.store.open import Store, open_reader
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


def chosen(store: Store, where: dict[str, int]) -> tuple[dict[int, list[Stored]], dict[int, list[tuple[int, str]]]]:
    """Passages by source, and (place, digest) of the answers in each; `where` in a passage its answer begins."""
    sql = """SELECT s.rowid, p.block, p.kind, p.start, p.end, p.context, p.text FROM passage p
        JOIN source s ON s.rowid = p.source_rowid WHERE p.kind <> 'heading' ORDER BY p.source_rowid, p.ordinal"""
    sources: dict[int, list[Stored]] = {}
    answers: dict[int, list[tuple[int, str]]] = {}
    for row in map(Stored._make, store.execute(sql)):
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


def vectors(store: Store, texts: list[str], made: dict[str, bytes]) -> Matrix:
    """From the store or from those `made` before, where they have them."""
    import numpy as np

    model = resolve(None)
    sql = "SELECT content_hash, vector FROM embedding WHERE model = ? AND content_hash IN ({})"
    keys = [digest(text) for text in texts]
    known = {**made, **{row[0]: row[1] for row in access.in_chunks(store, sql, keys, before=(model.fingerprint,))}}
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    for key, vector in zip(missing, embed_texts(list(missing.values()), model, store.home), strict=True):
        known[key] = made[key] = vector.tobytes()
    return np.stack([np.frombuffer(known[key], dtype="<f4") for key in keys])


def measured(store: Store, questions: list[Question], asking: Matrix, where: dict[str, int]) -> None:
    """A line by the combination and one by meaning for each size and context."""
    sources, answers = chosen(store, where)
    sql = "SELECT text FROM source WHERE rowid = ?"
    texts = {source: cast(str, store.execute(sql, (source,)).fetchone()[0]) for source in sources}
    mentions = store.execute("SELECT statement_rowid, source_rowid, start FROM mention WHERE NOT lost").fetchall()
    known: dict[str, bytes] = {}
    best: dict[tuple[int, str], float] = {}
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
            stacked = vectors(store, [in_form(row, context) for row in rows], known)
            corpus = Corpus.of(judged, stacked, *statements(store, made))
            name = f"{size} words, {context}, {len(rows)}"
            ways = {name: combination(), "    by meaning": by_meaning(False)}
            best[size, context] = report(corpus, questions, asking, ways, False)[name]
    print(f"MRR with title and headings is {best[120, 'headings'] / best[120, 'none']:.3f} × that of the text alone")


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--home", type=Path, help="with the texts asked for, embedded")
    home = options.parse_args().home
    with tempfile.TemporaryDirectory() as temporary:
        made_up: list[Question] = []
        if home is None:
            say("without --home the texts of examples/ are measured")
            made_up = examples(Path(temporary))
        with open_reader(home or Path(temporary)) as store:
            rows = store.execute("SELECT text FROM passage WHERE kind <> 'heading'")
            questions = made_up or asked(digest(squash(row[0])) for row in rows)
            where = dict.fromkeys((key for one in made_up for key in one.right), 0)
            asking = embedded(store, questions)
            if asking is not None:
                print(f"{machine()}; {len(questions)} questions")
                measured(store, questions, asking, where or {str(p["passage"]): int(p["at"]) for p in pairs()})


if __name__ == "__main__":
    main()
