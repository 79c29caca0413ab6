"""The grammar of a query: what was typed, as a tree of words, phrases, fields and operators. Any text has one.

    query  := { term { "OR" term } }             one after another; OR joins its two neighbours
    term   := factor { "AND" factor }
    factor := [ "-" ] ( "(" query ")" | '"' phrase '"' | field ":" value | word )

NOT is a minus after OR and AND only: people shout it. What does not fit is a word, an open parenthesis is closed at the
end, and nothing typed reaches FTS5 unquoted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kb.model import facts
from kb.store.fulltext import MOST_WORDS, phrase
from kb.text import blankless
from kb.text.stop_words import STOP_WORDS
from kb.text.strings import squash

FIELDS = ("author", "speaker", "tag", "kind", "status", "reading", "source", "heading", "before", "after",
          *facts.NAMES)  # fmt: skip
_DEEPEST = 20  # parentheses in each other; further ones are ignored
Known = Callable[[str, str], bool]
"""Whether a field with a value makes sense."""

_TOKEN = re.compile(
    rf"""(?P<minus>(?<![^\s(-])-(?=["(]|[^\W\d_][^\s"()]))?(?:
      (?P<open>\()
    | (?P<close>\))
    | "(?P<phrase>[^"]*)"
    | (?<![^\s(-])(?P<field>{"|".join(FIELDS)}):(?:"(?P<quoted>[^"]+)"|(?P<value>[^\s"()]+))
    | (?P<word>[^\s"()]+)
    )""",
    re.X | re.I,
)


@dataclass(frozen=True, slots=True)
class Text:
    """It contains these words as they stand. `match` is an FTS5 string, in quotes."""

    match: str
    typed: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """`name:value`, known to make sense."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


@dataclass(frozen=True, slots=True)
class Every:
    """All of them hold. A `row` is one of words beside each other, which outside of OR, AND and NOT only rank."""

    parts: tuple[Node, ...]
    row: bool = False


@dataclass(frozen=True, slots=True)
class Some:
    """At least one holds."""

    parts: tuple[Node, ...]


Node = Text | Field | Not | Every | Some


def expression(node: Node) -> str:
    """A node as a MATCH expression; empty if it is more than texts to find."""
    if isinstance(node, Text):
        return node.match
    if isinstance(node, Every | Some):
        parts = [expression(part) for part in node.parts]
        return f"({(' AND ' if isinstance(node, Every) else ' OR ').join(parts)})" if all(parts) else ""
    return ""


def in_words(node: Node) -> str:
    """A node in a person's words."""
    if isinstance(node, Text):
        return f'"{node.typed}"' if node.quoted else node.typed
    if isinstance(node, Field):
        return f"{node.name}:{node.value}"
    if isinstance(node, Not):
        return f"not {in_words(node.part)}"
    return (" and " if isinstance(node, Every) else " or ").join(map(in_words, node.parts))


@dataclass(frozen=True, slots=True)
class Read:
    """What stands side by side in a query; `operators` says whether anything but words and phrases was read."""

    parts: tuple[Node, ...]
    operators: bool

    @property
    def around(self) -> int:
        """How many words stand beside what demands something."""
        plain = (part.typed for part in self.parts if isinstance(part, Text) and not part.quoted)
        return sum(len([*blankless.parts(word)]) or 1 for typed in plain for word in blankless.words(typed))


def read(typed: str, known: Known | None) -> Read:
    """A query by the grammar."""
    parser = _Parser(typed, known)
    parts = tuple(parser.row(0))
    return Read(parts, parser.operators)


def read_prose(typed: str, known: Known | None) -> Read:
    """A text in which dashes, parentheses and capitals are what they are in any sentence; quotes and fields stay."""
    parser = _Parser(typed, known)
    parts = tuple(found for _ in parser.tokens if (found := parser.spoken()))
    return Read(parts, parser.operators)


class _Parser:
    """Recursive descent over the tokens of one query."""

    def __init__(self, typed: str, known: Known | None) -> None:
        self.tokens = list(_TOKEN.finditer(typed))
        self.known = known
        self.at = 0
        self.operators = False  # whether anything but words and phrases was read

    def row(self, depth: int) -> list[Node]:
        """What stands side by side, up to the closing parenthesis or the end."""
        parts: list[Node] = []
        while self.at < len(self.tokens):
            if self.tokens[self.at]["close"]:
                self.at += 1
                if depth:
                    break
                continue
            found = self.joined("OR", lambda: self.joined("AND", lambda: self.factor(depth), Every), Some)
            if isinstance(found, Every) and found.row:
                parts += found.parts  # parentheses around mere words
            elif found:
                parts.append(found)
        return parts

    def joined(self, operator: str, part: Callable[[], Node | None], into: type[Every] | type[Some]) -> Node | None:
        parts = [part()]
        while self.peek(operator) and self.operand_follows() and not _stop(parts[-1]):
            while self.peek(operator):
                self.at += 1
            self.operators = True
            parts.append(part() if self.at < len(self.tokens) else None)
        found = [p for p in parts if p]
        return into(tuple(found)) if len(found) > 1 else found[0] if found else None

    def factor(self, depth: int) -> Node | None:
        negated = self.peek("NOT") and self.operand_follows() and self.tokens[self.at - 1][0] in {"AND", "OR"}
        if negated or self.tokens[self.at]["minus"]:
            self.operators = True
            self.at += negated
            part = self.plain(depth)
            if isinstance(part, Every) and part.row:
                part = Some(part.parts)
            return Not(part) if part else None
        return self.plain(depth)

    def plain(self, depth: int) -> Node | None:
        token = self.tokens[self.at]
        if token["open"]:
            self.at += 1
            parts = self.row(depth + 1) if depth < _DEEPEST else []
            return parts[0] if len(parts) == 1 else Every(tuple(parts), row=True) if parts else None
        return self.leaf()

    def spoken(self) -> Node | None:
        """The next token, in prose."""
        negated = self.tokens[self.at]["minus"]
        found = self.leaf()
        return Not(found) if negated and isinstance(found, Field) else found

    def leaf(self) -> Node | None:
        token = self.tokens[self.at]
        self.at += 1
        if token["open"] or token["close"]:
            return None
        if token["phrase"] is not None:
            return _text(token["phrase"], quoted=True)
        if token["field"]:
            name, value = token["field"].lower(), token["quoted"] or token["value"]
            if self.known and self.known(name, value):
                self.operators = True
                return Field(name, value)
            return _text(token[0].lstrip("-").replace('"', " "))
        return _text(token["word"])

    def peek(self, word: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at][0] == word

    def operand_follows(self) -> bool:
        return self.at + 1 < len(self.tokens) and not self.tokens[self.at + 1]["close"]


def _stop(node: Node | None) -> bool:
    """Whether it is nothing to demand: what is emphasised in "take it OR leave it" is no operator."""
    return node is None or (isinstance(node, Text) and not node.quoted and node.match.strip('"') in STOP_WORDS)


def _text(typed: str, quoted: bool = False) -> Text | None:
    parts = blankless.words(typed.lower())[:MOST_WORDS]
    return Text(phrase(parts), squash(typed), quoted) if parts else None


def positive(node: Node) -> Iterator[Text]:
    """The texts that are looked for, not those left out."""
    if isinstance(node, Text):
        yield node
    elif isinstance(node, Every | Some):
        for part in node.parts:
            yield from positive(part)


def has_field(node: Node) -> bool:
    """Whether a field stands anywhere in it."""
    if isinstance(node, Every | Some):
        return any(map(has_field, node.parts))
    return isinstance(node, Field) or (isinstance(node, Not) and has_field(node.part))
