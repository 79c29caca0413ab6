"""The whole store's health: does everything in it still hold, and how much is there? Findings say how to mend them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kb.sources import answered, same_text
from kb.store import (
    alike,
    credences,
    decisions,
    embeddings,
    fulltext,
    health,
    link_writing,
    links,
    meta,
    runs,
    word_bits,
)
from kb.store.figures import Counts, counts
from kb.store.open import DB_NAME, INDEX_NAME, Store
from kb.store.runs import Run
from kb.store.word_bits import Kept
from kb.text.strings import clip

if TYPE_CHECKING:
    from kb.review.calibration import Figures
    from kb.suggest.confidence.adapt import Adaptation

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, and what to do about it."""

    check: str
    severity: Severity
    message: str
    fix: str = ""


def findings(store: Store) -> list[Finding]:
    """All findings, errors first."""
    found = [finding for check in _CHECKS for finding in check(store)]
    order = {"error": 0, "warning": 1, "note": 2}
    return sorted(found, key=lambda finding: order[finding.severity])


def _integrity(store: Store) -> Iterator[Finding]:
    for problem in health.damage(store):
        yield Finding("integrity", "error", problem, "restore it from a backup")


def _full_text(store: Store) -> Iterator[Finding]:
    for problem in fulltext.incomplete(store):
        yield Finding("full-text", "error", problem, "kb check --fix")


def _quotes(store: Store) -> Iterator[Finding]:
    """Every span says what its quote says."""
    for kind, what, title in health.wrong_spans(store):
        yield Finding("quotes", "error", f"{kind} {what} is not what {title!r} says there", "kb add the source again")


def _lost(store: Store) -> Iterator[Finding]:
    for name, title in health.lost_quotes(store):
        message = f"the quote of {name} is no longer in {title!r}; your decision about it is kept"
        yield Finding("lost-quote", "warning", message, f"kb show {name}")


def _dangling(store: Store) -> Iterator[Finding]:
    for edge in links.dangling(store):
        message = f"link {edge.id} has lost an end ({edge.from_id} → {edge.to_id})"
        yield Finding("dangling-link", "warning", message, "kb check --fix")


def _credences(store: Store) -> Iterator[Finding]:
    for name, count in credences.of_gone(store).items():
        yield Finding(
            "credence", "note", f"the statement {name} is gone; what was believed of it ({count}) is kept, and counts "
            "again when it is found again", "kb add its source again",
        )  # fmt: skip


def _targets(store: Store) -> Iterator[Finding]:
    for raw, title in health.missing_targets(store):
        yield Finding("references", "error", f"{raw} in {title!r} points to a source that is gone", "kb add it again")


def _twins(store: Store) -> Iterator[Finding]:
    """Equal titles raise a question, never a merge."""
    apart = alike.apart(store)
    for title, names in health.same_titles(store):
        if all(frozenset(pair) in apart for pair in combinations(names, 2)):
            continue
        named = " ".join(names)
        message = f"{title!r} is the title of several sources: one work? kb merge --never {named} if not"
        yield Finding("same-title", "note", message, f"kb merge {named}")


def _people(store: Store) -> Iterator[Finding]:
    """Names that may be one person's: offered, never joined."""
    from kb.sources import twins

    for one in twins.offered(store):
        message = f"{one.names[0]!r} and {one.names[1]!r} may be one person ({one.why})"
        yield Finding("twin-people", "note", message, one.fix)


def _same_texts(store: Store) -> Iterator[Finding]:
    for group in same_text.found(store):
        names = [one.id for one in group.sources]
        titles = " and ".join(f"{clip(one.title, 60)!r} ({one.place})" for one in group.sources)
        share = "the same text" if group.share == 1 else f"nearly the same text ({group.share:.0%} in common)"
        message = f"{titles} hold {share}; kb merge --never {' '.join(names)} if they are not one"
        yield Finding("same-text", "warning", message, f"kb merge {' '.join(names)}")


def _answered(store: Store) -> Iterator[Finding]:
    for one in answered.found(store):
        message = f"the stub {clip(one.stub.title, 60)!r} is {clip(one.source.title, 60)!r} by {one.by}"
        cure = f"kb merge {one.source.id} {one.stub.id}"
        if one.certain:
            yield Finding("stub", "warning", message, cure)
        else:
            message += f"; kb merge --never {one.source.id} {one.stub.id} if it is another"
            yield Finding("stub", "note", message, cure)


def _gone(store: Store) -> Iterator[Finding]:
    for name, title, file in health.gone(store):
        message = (
            f"the file of {title!r} is no longer there ({file}); what you decided about it is kept; "
            f"kb restore {name} keeps it without its file"
        )
        yield Finding("gone", "note", message, f"kb rm {name}")


def _oddities(store: Store) -> Iterator[Finding]:
    for title, problem in health.oddities(store):
        yield Finding("import", "note", f"{title!r}: {problem}")


def _index(store: Store) -> Iterator[Finding]:
    model = meta.get(store, meta.MODEL)
    missing = len(embeddings.missing(store, model)) if model else 0
    if missing:
        what = "text has" if missing == 1 else "texts have"
        yield Finding("vectors", "warning", f"{missing:,} {what} no vector yet", "kb index")
    if model and not missing:
        from kb.vectors.index import health

        for problem in health.problems(store):
            yield Finding("index", "warning", problem, "kb index --rebuild")


_CHECKS: tuple[Callable[[Store], Iterator[Finding]], ...] = (
    _integrity, _full_text, _quotes, _targets, _dangling, _lost, _credences, _gone, _same_texts, _answered,
    _twins, _people, _oddities, _index,
)  # fmt: skip


def fix(store: Store) -> None:
    """Mend what can be mended without a person: full-text search anew, inferred links without ends away."""
    with store.transaction():
        fulltext.rebuild(store)
        link_writing.clear_dangling(store)


@dataclass(frozen=True, slots=True)
class Stats:
    """How much there is, by kind, how the person judged what was proposed, and how large the files are, in bytes."""

    home: Path
    rows: Counts
    decisions: dict[str, dict[str, int]]
    corrections: dict[str, int]
    credences: int
    calibration: Figures
    adaptation: Adaptation
    model: str | None
    precision: str | None
    generation: int
    last_import: Run | None
    late_interaction: Kept
    store_bytes: int
    index_bytes: int


def stats(store: Store) -> Stats:
    """Everything counted."""
    from kb.review import calibration
    from kb.suggest.confidence import adapt
    from kb.vectors.embed.encoder import precision_of

    model = meta.get(store, meta.MODEL)
    file, index = store.home / DB_NAME, store.home / INDEX_NAME
    return Stats(
        home=store.home,
        rows=counts(store),
        decisions=decisions.count(store),
        corrections=decisions.corrections(store),
        credences=credences.count(store),
        calibration=calibration.figures(store),
        adaptation=adapt.known(store),
        model=model,
        precision=precision_of(model, store.home) if model else None,
        generation=meta.generation(store),
        last_import=runs.last(store),
        late_interaction=word_bits.kept(store),
        store_bytes=file.stat().st_size if file.exists() else 0,
        index_bytes=sum(path.stat().st_size for path in index.rglob("*") if path.is_file()),
    )
