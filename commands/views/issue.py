"""Issues as lines: one of a list in two or three, and one by itself with all that is said on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from commands import output
from commands.views.item import doubt, quote_lines
from kb.graph.questions.clauses import shorten

if TYPE_CHECKING:
    from kb.graph.questions.issues import Issue
    from kb.graph.questions.items import Item

_TITLE = 160  # characters of a title that are shown; --json has all
_INDENT = " " * 10
_NOBODY = "nobody named"
_DOES = {"supports": "+", "attacks": "−", "undercuts": "⊣"}


def items_of(found: Iterable[Issue]) -> Iterator[str]:
    """Ids of what is shown of issues that are shown by themselves."""
    for issue in found:
        yield from issue.statements
        yield from (edge.from_id for edge in issue.answers)


def lines(issue: Issue) -> Iterator[str]:
    """An issue in a list: its title, who speaks, and what is unanswered."""
    yield from _title(issue, shorten(issue.title, _TITLE))
    yield from (output.style(line, "dim") for line in output.wrapped(_told(issue), _INDENT))


def whole(issue: Issue, known: Mapping[str, Item]) -> Iterator[str]:
    """An issue by itself: each side with its statements, under each what supports or attacks it."""
    yield from _title(issue, issue.title)
    said: set[str] = set()
    for side in issue.sides:
        yield ""
        yield output.style(side.speaker or _NOBODY, "bold")
        for name in side.statements:
            yield from quote_lines(known.get(name), "  ")
            if name in said:  # of two speakers: what answers it stands under the first
                continue
            said.add(name)
            for edge in issue.answers:
                if edge.to_id == name:
                    yield from quote_lines(known.get(edge.from_id), f"    {_DOES[edge.relation]}{doubt(edge)} ")
            if name in issue.unanswered:
                yield output.style("    no reply recorded", "dim")


def _title(issue: Issue, words: str) -> Iterator[str]:
    for number, line in enumerate(output.wrapped(words, _INDENT)):
        yield (_INDENT if number else f"{issue.id}  ") + output.style(line[len(_INDENT) :], "bold")
    if issue.gloss:
        told = output.wrapped(f"{issue.gloss.text} ({issue.gloss.by})", " " * 12, "          ≈ ")
        yield from (output.style(line, "dim") for line in told)


def _told(issue: Issue) -> str:
    """How many speak in how many texts, and what is answered."""
    parts = [output.count(len(issue.sources), "text")]
    if any(side.speaker for side in issue.sides):
        parts.append(", ".join(f"{side.speaker or _NOBODY} {len(side.statements)}" for side in issue.sides))
    else:
        parts.append(output.count(len(issue.statements), "statement"))
    if issue.answers:
        parts.append(output.count(len(issue.answers), "answer"))
    if issue.unanswered:
        parts.append(f"{len(issue.unanswered)} without a reply")
    return " · ".join(parts)
