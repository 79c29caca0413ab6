"""A sitting of `kb revisit`: one statement at a time, and what one holds of it now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from commands import output
from commands.views import revisit as view

if TYPE_CHECKING:
    from kb.review.revisit import Agenda, Answered, Due
    from kb.review.schedule import Grade
    from kb.store.open import Store

HELP = """Enter  it stands as it did: it is asked again after a longer time
0-9 .  type what you hold now (0.6, 60%, 0.4-0.8) and Enter; the farther it moved, the sooner it is asked again
e      easy: it stands beyond doubt, and is asked much later
a      again: it stands, but ask within days
s      skip, until you run kb revisit again       q  quit; what you answered is kept       ?  this help
kb undo takes the last sitting back."""

_KEEP = ("\n", "\r")


@dataclass
class Revisiting:
    """One sitting: what is due, what was answered, and the keys that it reads.

    Args:
        key: reads one key.
        line: asks for a line of text, with the one there is to be changed.
    """

    store: Store
    agenda: Agenda
    due: list[Due]
    today: date
    key: Callable[[], str]
    line: Callable[[str, str], str]
    done: list[Answered] = field(default_factory=list)

    def run(self) -> None:
        """Until the last statement, or q."""
        for place, one in enumerate(self.due, 1):
            head = f"{output.style(f'{place} of {len(self.due)}', 'bold', err=True)}  "
            output.say(view.lines(one, self.agenda.said, self.today, head))
            if not self._ask(one):
                return

    def summary(self) -> str:
        """What was answered."""
        moved = sum(one.before != one.credence for one in self.done)
        left = len(self.agenda.due) - len(self.done)
        parts = [
            f"{len(self.done)} looked at",
            f"{moved} moved",
            f"{left} still due" if left else "nothing more is due",
        ]
        return ", ".join(parts)

    def _ask(self, one: Due) -> bool:
        """Read what is held now, and keep it. Whether to go on."""
        from kb.errors import KbError
        from kb.review import revisit
        from kb.review.credences import parse, range_text

        now = one.credence
        kept = f"keep {range_text(now.low, now.high)}" if now else "it stands"
        words = {
            "Enter": kept,
            "0-9": "a new credence",
            "e": "easy",
            "a": "again",
            "s": "skip",
            "q": "quit",
            "?": "help",
        }
        output.say("  ".join(f"{output.style(key, 'bold', err=True)} {word}" for key, word in words.items()))
        while True:
            try:
                pressed = self.key()
            except EOFError:
                return False
            if pressed in ("q", "Q"):
                return False
            if pressed == "s":
                return True
            if pressed == "?":
                output.say(HELP)
                continue
            grade: Grade | None = None
            credence: tuple[float, float] | None = None
            try:
                if pressed.isdigit() or pressed == ".":
                    typed = self.line("      now: ", pressed).strip()
                    if not typed:
                        continue
                    credence = parse(typed)
                elif pressed in ("e", "a"):
                    grade = "easy" if pressed == "e" else "again"
                elif pressed not in _KEEP:
                    continue
                answered = revisit.answer(self.store, one.item.id, credence, grade)
            except KbError as error:
                output.error(error, json_wanted=False)
                continue
            self.done.append(answered)
            output.say("      " + told(answered, self.today))
            return True


def told(answered: Answered, today: date) -> str:
    """What came of it: "0.70 → 0.60; again on 3 December"."""
    from kb.review.credences import range_text

    path = [range_text(c.low, c.high) for c in (answered.before, answered.credence) if c]
    moved = " → ".join(path if answered.before != answered.credence else path[-1:]) or "it stands"
    days = (date.fromisoformat(answered.due[:10]) - today).days
    return f"{moved}; asked again {f'in {days} days' if days > 1 else 'tomorrow' if days == 1 else 'today'}"
