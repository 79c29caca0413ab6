"""Reads one label: at the beginning of some words ("**Objection 2.** It …"), or as a heading ("Arguments against")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.extract.labels.vocabulary import WORDS, Role
from kb.text.strings import squash


@dataclass(frozen=True, slots=True)
class Label:
    """A label as it stands in a text."""

    role: Role
    word: str  # in the singular, small
    number: str | None  # "2" of "Objection 2"
    answers: str | None  # "2" of "Reply to objection 2", or the role of what it says it answers
    plural: bool
    end: int  # where the words begin that it is the label of
    answered: Role | None = None


_NAMES = "|".join(re.escape(word).replace(r"\ ", r"[ ]") for word in sorted(WORDS, key=len, reverse=True))
_ORDINALS = {
    word: str(number)
    for number, pair in enumerate(("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"), 1)
    for word in (pair,)
}
_ADJECTIVES = (
    r"(?:(?:the|a|an|my|our|some|other|another|further|possible|potential|common|main|major|minor|key|important"
    r"|anticipated|obvious|standard|strongest|best|known|likely|general|typical|additional|expected|moral|economic"
    r"|practical|technical|ethical|legal|scientific) )"
)
_ORDINAL = rf"(?:(?P<ordinal>{'|'.join(_ORDINALS)}) )?"
FIRST = frozenset(
    {re.split(r"[^\w]", word)[0] for word in WORDS}
    | set(_ORDINALS)
    | set(re.findall(r"\w+", _ADJECTIVES.replace("(?:", "")))
)
"""The first words of labels, in small letters, with what may stand before them."""
_OF_IT = r"(?:#|no\.? ?|number )?"
_NUMBER = rf"(?: ?{_OF_IT}(?P<number>\d{{1,2}}(?:\.\d{{1,2}})*[a-c]?|(?-i:[IVX]{{1,4}}|[A-H]))\b)?"
_ANSWERED = (
    rf"(?: (?:to|of) (?:(?:the|this|that|my|our|your|these|an?) )?(?:(?P<nth>{'|'.join(_ORDINALS)}) )?"
    rf"(?:(?P<answered>{_NAMES})(?![a-z]))? ?"
    rf"{_OF_IT}(?P<answers>\d{{1,2}}(?:\.\d{{1,2}})*|(?-i:[IVX]{{1,4}}|[A-H])\b)?)?"
)
_CORE = rf"(?P<lead>{_ADJECTIVES}{{0,2}}{_ORDINAL})(?P<word>{_NAMES}){_NUMBER}{_ANSWERED}"
_ASIDE = r"(?: \([^()\n]{1,40}\))?"  # "Objection (cost):"
_STOP = r"(?:[:：](?!:)|[.)](?=[\s*_]|$)| [—–-](?= )|[—–])"
_AT_START = re.compile(
    r"(?:[*_]{1,3}|==|[\[(])?"
    rf"(?P<core>{_CORE}){_ASIDE}(?P<in>{_STOP})?(?P<close>[*_]{{1,3}}|==|[\])])?(?P<out>{_STOP})?[ \t]*",
    re.I,
)
_MARKED = re.compile(r"[*_=\[(]")
_BECAUSE = re.compile(
    r"[*_]{0,2}(?P<word>good|bad|positive|negative)[*_]{0,2}(?:,[*_]{0,2}| [—–-])? (?:because|since|as)\b[ \t]*", re.I
)
_WHOLE = re.compile(
    rf"(?:[\dA-Z]{{1,2}}(?:\.\d+)*[.):]? )?(?P<core>{_CORE})"
    r"(?P<rest>(?: (?:of|to|for|against|with|on|about|from|in) .{1,80}|(?:(?<=\bfor)|(?<=\bagainst)) .{1,80})?)[\W_]*$",
    re.I,
)
_BOTH = re.compile(r"\b(?:and|&|or|vs\.?|versus)\b|/", re.I)
_WITH_REPLIES = re.compile(
    r"(?:\W|\d)*(?:[\w-]+ ){0,2}"
    r"(?P<word>objections|criticisms|critiques|counter-?arguments|concerns|arguments against)(?: to .{1,60})?"
    r" (?:and|&|with) (?:\w+ )?(?:repl(?:y|ies)|responses?|rebuttals?|answers?)\b.{0,40}$",
    re.I,
)
_BARE = frozenset(
    ["for", "against", "good", "bad", "plus", "minus", "positive", "negative", "fact", "reality", "truth"]
)
_LETTERS = frozenset([("p", True), ("c", False), ("q", True)])  # "P1", "C" and "Q2" are labels, "P" and "C2" are not
_WITH_OBJECT = frozenset(["criticism", "critique", "case for", "case against", "the case for", "the case against"])
_NEVER_HEADS = frozenset(
    ["p", "c", "conclusion", "therefore", "question", "q", "issue", "comment", "remark", "suggestion"]
)


def at_start(text: str, start: int, end: int) -> Label | None:
    """The label with which `text[start:end]` begins: set in bold or brackets, or followed by a colon, dash or stop.

    "For example:", "Response time: 3 ms" and "Against this …" have none.
    """
    if found := _BECAUSE.match(text, start, end):
        word, role = WORDS[found["word"].lower()]
        return Label(role, word, None, None, False, found.end())
    found = _AT_START.match(text, start, end)
    if found is None:
        return None
    if (found["word"].lower(), found["number"] is None) in _LETTERS:
        return None  # somebody's initial
    stop = (found["in"] or found["out"] or "").strip()
    marked = _MARKED.match(text[start]) is not None and (
        found["close"] is not None or (text[start], stop) == ("(", ")")
    )
    bare = found.end() >= end
    if not (marked or stop or bare) or (text[start] in "[(" and not marked):
        return None
    if text[found.end() - 1 : found.end() + 1] == "](":
        return None  # a link of that name
    if (
        not bare
        and not stop
        and text[start] not in "[("
        and not (text[found.end() : end][:1].isupper() and text[found.start("core")].isupper())
    ):
        return None  # "**positive** results" are stressed, no label
    if not marked and not bare and stop in {".", ")"} and not _stands(found):
        return None
    if not (marked or text[found.start("core")].isupper() or stop in {":", "："}):
        return None
    return _label(found, found.end())


def whole(title: str) -> Label | None:
    """The label that a whole heading is: "Pros", "Arguments against tolls", "Objection 2". None for "Pros and cons".

    "Objections and replies" has objections, with `answered` for what hangs under them.
    """
    if both := _WITH_REPLIES.match(title):
        return Label(Role.ATTACK, WORDS[both["word"].lower()][0], None, None, True, len(title), Role.REPLY)
    found = _WHOLE.match(squash(title))
    if found is None or len(title.split()) > 12:
        return None
    word = WORDS[found["word"].lower()][0]
    if word in _NEVER_HEADS or (found["rest"] and word in _BARE):
        return None
    if found["rest"] and _BOTH.search(found["rest"]):
        return None
    if found["rest"] and not _is_plural(found) and word not in _WITH_OBJECT:
        return None  # "Argument from design", "Response to stress", "Evidence for plate tectonics" name a subject
    return _label(found, len(title))


def _stands(found: re.Match[str]) -> bool:
    """Whether a stop after the label ends the label: "Objection 2. It …", "Reply. It …", not "For. …"."""
    word, role = WORDS[found["word"].lower()]
    return bool(found["number"] or found["answers"] or found["answered"]) or (
        role in {Role.COUNTER, Role.REPLY, Role.REJOINDER, Role.PREMISE, Role.CONCLUSION}
        or word in {"objection", "thesis"}
    )


def _is_plural(found: re.Match[str]) -> bool:
    said = found["word"].lower()
    return said != WORDS[said][0]


def _label(found: re.Match[str], end: int) -> Label:
    word, role = WORDS[found["word"].lower()]
    number = found["number"] or _ORDINALS.get((found["ordinal"] or "").lower())
    answers = found["answers"] or _ORDINALS.get((found["nth"] or "").lower())
    answered = WORDS[found["answered"].lower()][1] if found["answered"] else None
    if role is Role.REPLY and answered in {Role.REPLY, Role.REJOINDER}:
        role = Role.REJOINDER
    plural = _is_plural(found)
    return Label(role, word, number and number.upper(), answers and answers.upper(), plural, end, answered)
