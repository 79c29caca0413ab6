"""People as lines: how much they say, and under which names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from commands import output
from commands.views.source import source_line
from commands.views.statement import statement_lines
from kb.text.strings import clip

if TYPE_CHECKING:
    from kb.graph.questions.answers import Answered, Answers
    from kb.model.person import Person
    from kb.model.source import Source
    from kb.model.statement import Statement

_ALSO = 60  # characters of a name, and of the other names, on a line


def people_lines(people: Iterable[Person]) -> list[str]:
    """A line a person, the columns in line."""
    return output.table([[*_amount(one), _named(one)] for one in people])


def _amount(person: Person) -> Iterator[str]:
    yield output.count(person.statements, "statement")
    yield output.count(person.sources, "source")


def _named(person: Person) -> str:
    also = f"  also {clip(', '.join(person.also), _ALSO)}" if person.also else ""
    return output.style(clip(person.name, _ALSO), "bold") + output.style(also, "dim")


def person_lines(
    person: Person, texts: Sequence[Source], said: Sequence[Statement], between: Answers, most: int
) -> Iterator[str]:
    """A person with their other names, texts, statements, whom they answer and who answers them; `most` of each."""
    yield output.style(person.name, "bold")
    if person.also:
        yield f"also {', '.join(person.also)}"
    if person.accounts:
        yield f"accounts: {', '.join(person.accounts)}"
    yield output.count(len(texts), "source") + ":"
    yield from (f"  {source_line(source)}" for source in texts[:most])
    yield from _more(len(texts) - most)
    titles = {source.id: source.title for source in texts}
    yield output.count(len(said), "statement") + ":"
    for statement in said[:most]:
        yield from statement_lines(statement, titles)
    yield from _more(len(said) - most)
    for what, rows in (("answers", between.given), ("is answered by", between.received)):
        if rows:
            yield f"{what}:"
            yield from (f"  {_answered(row)}" for row in rows[:most])
            yield from _more(len(rows) - most)


def _answered(row: Answered) -> str:
    counts = [output.count(row.attacks, "attack")] * bool(row.attacks) + [f"{row.supports:,} in support"] * bool(
        row.supports
    )
    return f"{row.name}: {', '.join(counts)}"


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield f"  … and {count:,} more"
