"""Mails that belong together, and the talk that they are: by what they refer to, else by their subject."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from importers.conversations import times
from importers.conversations.mail import quoting
from importers.conversations.mail.letters import Letter
from importers.conversations.talk import Message, quote
from importers.layout import layout
from kb.text.strings import digest, fold

_ANSWER = re.compile(
    r"^(?:\s*(?:\[[^\]\n]{1,40}\]\s*)?(?:re|aw|wg|fwd?|sv|vs|vb|antw|tr|rv|res|enc|rif|odp|pd|ynt|vá|回复|答复|转发|返信)"
    r"(?:\[\d+\]|\(\d+\))?\s*[:：])+\s*",
    re.I,
)
_LIST = re.compile(r"^\s*\[[^\]\n]{1,40}\]\s*")
_APART_DAYS = 90  # a subject that comes again later is another thread


@dataclass(frozen=True, slots=True)
class Thread:
    """Mails in the order of time; `root` is the id of the first, whether it is among them or not."""

    root: str
    letters: tuple[Letter, ...]

    @property
    def subject(self) -> str:
        """What it is about."""
        return next((bare for one in self.letters if (bare := bare_subject(one.subject))), "")


def bare_subject(subject: str) -> str:
    """The subject without "Re:" and its kin."""
    return _ANSWER.sub("", subject).strip()


def gathered(letters: Sequence[Letter]) -> list[Thread]:
    """The threads among some mails, in the order of their first mails."""
    ordered = sorted(letters, key=lambda one: one.when or "9")
    above: dict[str, str] = {}

    def root(id_: str) -> str:
        way = []
        while (parent := above.get(id_, id_)) != id_:
            way.append(id_)
            id_ = parent
        for one in way:
            above[one] = id_
        return id_

    by_subject: dict[str, Letter] = {}
    named: list[Letter] = []
    for one in ordered:
        one = one if one.id else replace(one, id="made:" + digest(f"{one.when}\0{one.who}\0{one.subject}")[:32])
        chain = list(one.refers)
        key = fold(_LIST.sub("", bare_subject(one.subject)))
        if not chain and key and _ANSWER.match(one.subject) and (before := by_subject.get(key)) and _near(before, one):
            chain = [before.id]
        for earlier, later in pairwise([*chain, one.id]):
            first, second = root(earlier), root(later)
            if first != second:
                above[second] = first
        if key:
            by_subject[key] = one
        named.append(one)
    found: dict[str, list[Letter]] = {}
    for one in named:
        found.setdefault(root(one.id), []).append(one)
    return [Thread(id_, tuple(some)) for id_, some in found.items()]


def _near(before: Letter, after: Letter) -> bool:
    if not before.when or not after.when:
        return True
    days = date.fromisoformat(after.when[:10]) - date.fromisoformat(before.when[:10])
    return days.days <= _APART_DAYS


def messages(thread: Thread, left: Counter[str]) -> list[Message]:
    """What was said in a thread: of each mail the words that its writer wrote.

    What it quotes of a mail that is there stands there; of others it stays, as a quote of who wrote it.
    """
    known: Mapping[str, Letter] = {one.id: one for one in thread.letters}
    said: list[Message] = []
    told = ""  # all that was said so far, to find quotes in
    for one in thread.letters:
        body: list[str] = []
        own: list[str] = []
        for part in quoting.parts(quoting.unflowed(one.text) if one.flowed else one.text, left):
            if not part.quoted:
                own.append(part.words)
                body.append(layout(part.words.split("\n")))
            elif rest := _unsaid(quoting.unsigned(part.words), told):
                body.append(quote(rest, part.who))
            else:
                left["quotes of earlier mails"] += 1
        if one.files:
            body.append(f"(attached: {', '.join(one.files)})")
            left["attached files"] += len(one.files)
        told += " ".join(_plain(words) for words in own) + " "
        if any(words.strip() for words in body):
            to = next((known[id_] for id_ in reversed(one.refers) if id_ in known), None)
            said.append(
                Message(
                    who=one.who,
                    body="\n\n".join(filter(None, body)),
                    when=times.shown(one.when),
                    to=to.who if to else "",
                    at=times.shown(to.when) if to else "",
                )
            )
    return said


def _unsaid(words: str, told: str) -> str:
    """What of a quote was not said in the mails before: whole paragraphs of it, without deeper quotes of the same."""
    kept = []
    for paragraph in re.split(r"\n[>\s]*\n", words):
        plain = _plain(paragraph)
        if not plain or plain in told:
            continue
        lines = [line for line in paragraph.split("\n") if (bare := _plain(line)) and bare not in told]
        if lines:
            kept.append("\n".join(lines))
    return "\n\n".join(kept)


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", fold(re.sub(r"(?m)^[>\s]+", "", words))))
