"""A sitting of `kb review`: one suggestion at a time, and a key for each thing to say about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from commands import output
from commands.views import suggestion
from kb.model.link import Link
from kb.model.proposed import Proposed

if TYPE_CHECKING:
    from kb.model.statement import Statement
    from kb.review.decide import Done, Suggestion
    from kb.store.open import Store

HELP = """a  accept: it counts as known from now on        r  reject: not shown or proposed again
t  turn round: it is the other end that speaks   c  change the relation (supports, attacks, …)
o  other target: say what it is to (an id, or words that only one statement has)
e  edit: put a statement in your own words, or say what kind it is; that accepts it
w  who: say who makes a statement; that accepts it
s  skip, until you run kb review again           u  undo your last decision
q  quit; what you decided is kept                ?  this help
t, c and o reject the suggestion and write the right link as yours, with the same evidence.

Order: rules that you have said little about come first, in turn; among the suggestions of a rule those that would
answer a critique that nothing accepted answers, those that touch many other links, then the best scored."""

RELATION_KEYS = {"s": "supports", "a": "attacks", "u": "undercuts", "r": "restates", "n": "related"}
KIND_KEYS = {"c": "claim", "k": "critique", "t": "theory_of_impact", "q": "question", "e": "evidence"}


@dataclass
class Session:
    """One sitting: where it is, what was decided in it, and the keys that it reads.

    Args:
        names: ids of what to go through, in order.
        key: reads one key.
        line: asks for a line of text, with the one there is to be changed.
    """

    store: Store
    names: list[str]
    key: Callable[[], str]
    line: Callable[[str, str], str]
    done: list[tuple[int, Done]] = field(default_factory=list)

    def run(self) -> None:
        """Until the last suggestion, or q."""
        from kb.errors import KbError

        at = 0
        while at < len(self.names):
            item = self._show(at)
            if item is None:
                at += 1
                continue
            keys = "artcoewsuq?" if isinstance(item, Link) else "arsuq?" if isinstance(item, Proposed) else "arewsuq?"
            stay = True
            while stay:
                pressed = self._ask(keys)
                if pressed == "q":
                    return
                if pressed == "?":
                    output.say(HELP)
                elif pressed == "s":
                    at, stay = at + 1, False
                elif pressed == "u":
                    at, stay = self._undo(at), False
                else:
                    try:
                        done = self._decide(pressed, item)
                    except KbError as error:
                        output.error(error, json_wanted=False)
                        continue
                    if done is None:
                        output.say("nothing changed")
                        continue
                    self.done.append((at, done))
                    output.say(done.what)
                    stay = done.target != item.id and isinstance(item, Link)  # an end of the link was edited
                    if not stay:
                        at += 1
                    elif self._show(at) is None:
                        break

    def summary(self, waiting: int) -> str:
        """What was decided, and how much still waits."""
        from collections import Counter

        what = Counter(done.what for _, done in self.done)
        decided = {done.target for _, done in self.done}
        parts = ", ".join(f"{count} {name}" for name, count in what.items())
        left = waiting - len(decided & set(self.names))
        return (f"{parts}; " if parts else "") + (
            output.count(left, "suggestion waits", "suggestions wait") if left else "no more to review"
        )

    def _show(self, at: int) -> Suggestion | None:
        """Show a suggestion; None where it is gone or decided by now."""
        item = suggestion.read(self.store, self.names[at])
        if item is not None:
            output.say(suggestion.lines(self.store, item, f"{at + 1} of {len(self.names)}"))
        return item

    def _ask(self, keys: str) -> str:
        words = {"a": "accept", "r": "reject", "t": "turn round", "c": "change", "o": "other target", "e": "edit",
                 "w": "who", "s": "skip", "u": "undo", "q": "quit", "?": "help"}  # fmt: skip
        output.say("  ".join(f"{output.style(key, 'bold', err=True)} {words[key]}" for key in keys))
        return self._one_of(keys)

    def _one_of(self, keys: str) -> str:
        """The next of these keys that is pressed; the end of the input means q."""
        while True:
            try:
                pressed = self.key().lower()
            except EOFError:
                return "q"
            if len(pressed) == 1 and pressed in keys:
                return pressed
            if "q" not in keys:  # a smaller question: any other key leaves it
                return ""

    def _decide(self, pressed: str, item: Suggestion) -> Done | None:
        from kb.review import decide

        name = item.id
        if pressed in "ar":
            return decide.verdict(self.store, name, "accepted" if pressed == "a" else "rejected")
        if pressed == "t":
            return decide.turn_round(self.store, name)
        if pressed == "c":
            output.say(_choices(RELATION_KEYS) + "; another key leaves it")
            relation = RELATION_KEYS.get(self._one_of("".join(RELATION_KEYS)))
            return decide.change_relation(self.store, name, relation) if relation else None
        if pressed == "o":
            return self._other_target(name)
        return self._other_speaker(item) if pressed == "w" else self._edit(item)

    def _other_target(self, name: str) -> Done | None:
        from kb.review import decide
        from kb.sources import resolve

        ref = self.line("to (a REF; Enter leaves it): ", "").strip()
        if not ref:
            return None
        return decide.change_target(self.store, name, resolve.ref(self.store, ref, "statement", "source").id)

    def _edit(self, item: Suggestion) -> Done | None:
        from kb.review import decide

        statement = self._statement(item)
        if statement is None:
            return None
        output.say(f"it is a {statement.kind.replace('_', ' ')}: {_choices(KIND_KEYS)}; another key leaves it so")
        kind = KIND_KEYS.get(self._one_of("".join(KIND_KEYS)), statement.kind)
        text = self.line("text (Enter keeps it): ", statement.text).strip() or statement.text
        return decide.edit(self.store, statement.id, text, kind)

    def _other_speaker(self, item: Suggestion) -> Done | None:
        from kb.review import decide

        statement = self._statement(item)
        if statement is None:
            return None
        shown = "; ".join(dict.fromkeys(one.speaker for one in statement.mentions if one.speaker))
        speaker = self.line("who says it (Enter keeps it, - for nobody known): ", shown).strip() or shown
        if speaker == shown:
            return None
        return decide.edit(self.store, statement.id, statement.text, statement.kind, speaker.removeprefix("-"))

    def _statement(self, item: Suggestion) -> Statement | None:
        """The statement that is meant: itself, or an end of a link."""
        from kb.store import statements

        name = item.id
        if isinstance(item, Link):
            output.say("which one?  f from  t to; another key leaves it")
            name = {"f": item.from_id, "t": item.to_id}.get(self._one_of("ft"), "")
        statement = statements.read(self.store, [name]).get(name)
        if statement is None:
            output.say("that is no statement")
        return statement

    def _undo(self, at: int) -> int:
        """Take the last decision of this sitting back. Returns the place of what it was about."""
        from kb.review import decide

        if not self.done:
            output.say("nothing to undo; kb accept and kb reject change older decisions")
            return at
        place, done = self.done.pop()
        decide.undo(self.store, done)
        output.say(f"taken back: {done.what}")
        return place


def _choices(keys: dict[str, str]) -> str:
    return "  ".join(f"{output.style(key, 'bold', err=True)} {word.replace('_', ' ')}" for key, word in keys.items())
