"""What a person typed, turned into words that rank and demands that a text must meet. Any text is legal.

    query  := { term { "OR" term } }             one after another; OR joins its two neighbours
    term   := factor { "AND" factor }
    factor := [ "-" ] ( "(" query ")" | '"' phrase '"' | field ":" value | word )

Plain words rank. Quotes, OR, AND, minus and fields demand. NOT is a minus after OR and AND only: people shout it. What
does not fit is a word, an open parenthesis is closed at the end, and nothing typed reaches FTS5 unquoted. Stop words
are dropped from the words that rank, which costs a sixth of the time and no quality (docs/search.md). A word made of
several (`multi-agent`, `20.04`, a URL) is looked for as a phrase and, where they say enough, by its parts. So is what
stands without blanks in Chinese, Japanese, Thai and the like, of which each few letters may be a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kb.store.fulltext import MOST_WORDS, phrase
from kb.text import blankless
from kb.text.stop_words import STOP_WORDS
from kb.text.strings import squash, without_surrogates

FIELDS = ("author", "speaker", "tag", "kind", "status", "reading", "source", "heading", "before", "after")
LONGEST = 1_000
"""Characters of a query; a longer one is a text, whose quotes and dashes demand nothing."""
_READ = 10_000  # characters; a model reads some 1,200
_DEEPEST = 20  # parentheses in each other; further ones are ignored

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
_SHORTEST_PART = 3


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


@dataclass(frozen=True, slots=True)
class Query:
    """`text` is what is embedded; `words` and `phrases` rank, as FTS5 strings, each already in quotes.

    Each part of `demand` must hold of a row: quoted phrases, groups, fields, and what is left out.
    """

    text: str
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    demand: tuple[Node, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is no word to search for."""
        return not self.words and not self.phrases

    @property
    def texts(self) -> tuple[Node, ...]:
        """The demands that texts meet by containing something."""
        return tuple(part for part in self.demand if expression(part))

    @property
    def required(self) -> str:
        """MATCH expression of what must occur; empty if nothing must."""
        return " AND ".join(expression(part) for part in self.texts)

    @property
    def excluded(self) -> str:
        """MATCH expression of what must not occur; empty if there is nothing."""
        left_out = [expression(part.part) for part in self.demand if isinstance(part, Not)]
        return " OR ".join(found for found in left_out if found)

    @property
    def ranking(self) -> str:
        """MATCH expression of all that ranks, whatever is demanded; empty for an empty query."""
        return " OR ".join(dict.fromkeys((*self.phrases, *self.words)))

    @property
    def match(self) -> str:
        """MATCH expression that finds and ranks; empty for an empty query."""
        found = f"{self.required} AND ({self.ranking})" if self.required else self.ranking
        return f"({found}) NOT ({self.excluded})" if found and self.excluded else found

    def without_texts(self) -> Query:
        """The same words with no demand that they occur."""
        words = dict.fromkeys((*self.words, *_telling(" ".join(self.phrases))))
        return replace(self, words=tuple(words), phrases=(), demand=tuple(p for p in self.demand if not expression(p)))


def parse(typed: str, known: Callable[[str, str], bool] | None = None) -> Query:
    """The query in any text. `known` says whether a field with a value makes sense. Never raises."""
    typed = without_surrogates(typed)
    if len(typed) > LONGEST:
        return plain(typed)
    parser = _Parser(typed, known)
    parts = parser.row(0)
    demand = tuple(part for part in parts if not (isinstance(part, Text) and not part.quoted))
    if not any(_fields(part) or list(_positive(part)) for part in parts):
        return plain(typed)  # nothing to leave anything out of
    said = [text for part in parts for text in _positive(part)]
    phrases = [text.match for text in said if text.quoted]
    text = " ".join(text.typed for text in said) if parser.operators else typed.replace('"', " ")
    words = _telling(" ".join(text.typed for text in said if not text.quoted), also=bool(phrases))
    return Query(squash(text), words, tuple(dict.fromkeys(phrases))[:MOST_WORDS], demand[:MOST_WORDS])


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


class _Parser:
    """Recursive descent over the tokens of one query."""

    def __init__(self, typed: str, known: Callable[[str, str], bool] | None) -> None:
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
        self.at += 1
        if token["open"]:
            parts = self.row(depth + 1) if depth < _DEEPEST else []
            return parts[0] if len(parts) == 1 else Every(tuple(parts), row=True) if parts else None
        if token["close"]:
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


def _positive(node: Node) -> Iterator[Text]:
    """The texts that are looked for, not those left out."""
    if isinstance(node, Text):
        yield node
    elif isinstance(node, Every | Some):
        for part in node.parts:
            yield from _positive(part)


def _fields(node: Node) -> bool:
    if isinstance(node, Every | Some):
        return any(map(_fields, node.parts))
    return isinstance(node, Field) or (isinstance(node, Not) and _fields(node.part))


def plain(typed: str) -> Query:
    """A query for the words of a text, whatever else it holds. Of a long one only the beginning is read."""
    typed = typed[:_READ]
    return Query(squash(typed.replace('"', " ")), _telling(typed))


def _telling(text: str, also: bool = False) -> tuple[str, ...]:
    """The words that rank; stop words only if there are no others, here or `also` elsewhere."""
    words = list(dict.fromkeys(_words(text)))
    telling = [word for word in words if word.strip('"') not in STOP_WORDS]
    return tuple((telling if telling or also else words)[:MOST_WORDS])  # "to be or not to be"


def _words(text: str) -> Iterator[str]:
    for found in blankless.joined_words(text.lower()):
        parts = blankless.words(found)
        yield phrase(parts)
        if len(parts) > 1:
            yield from (phrase([p]) for p in parts if len(p) >= _SHORTEST_PART and not p.isdigit())
        yield from (phrase([short]) for part in parts for short in blankless.parts(part))
