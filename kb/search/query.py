"""What a person typed, turned into words that rank and demands that a text must meet. Any text is legal.

`kb.search.grammar` reads it. Plain words rank. Quotes, OR, AND, minus and fields demand where they are nearly all that
was typed. Beside more words than that, texts with what is asked for lead and the others follow them; in a sentence,
which is asked or pasted, only its quotes do so where few texts have them, and dashes and capitals are what they are in
any sentence; in a paragraph only quotes of several words do. Stop words are dropped from the words that rank, which
costs a sixth of the time and no quality (docs/search.md). A word made of several (`multi-agent`, `20.04`, a URL) is
looked for as a phrase and, where they say enough, by its parts. So is what stands without blanks in Chinese, Japanese,
Thai and the like, of which each few letters may be a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.search import grammar
from kb.search.grammar import Known, Node, Not, Read, Text, expression, has_field, positive
from kb.store.fulltext import MOST_WORDS, phrase
from kb.text import blankless
from kb.text.stop_words import STOP_WORDS
from kb.text.strings import composed, squash
from kb.text.usual_letters import without_umlauts

LONGEST = 1_000
"""Characters of a query; a longer one is a text, whose quotes and dashes demand nothing."""
_READ = 10_000  # characters; a model reads some 1,200
_SHORTEST_PART = 3

_BESIDE = 2
"""Words beside a demand that leave it one: `"mason bees" nests`."""
_SENTENCE = 8
"""Words beside a demand from which on a query without a full stop is a sentence too."""
_PARAGRAPH = 32
"""Words from which on it is a paragraph, in which a word in quotes is no more than a word."""
_ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Query:
    """`text` is what is embedded; `words` and `phrases` rank, as FTS5 strings, each already in quotes.

    Each part of `demand` must hold of a row: quoted phrases, groups, fields, and what is left out. Rows of which a
    part of `lead` holds come before all others; `prose` says that it stands in a sentence.
    """

    text: str
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    demand: tuple[Node, ...] = ()
    lead: tuple[Node, ...] = ()
    prose: bool = False

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


def parse(typed: str, known: Known | None = None) -> Query:
    """The query in any text. `known` says whether a field with a value makes sense. Never raises."""
    typed = composed(typed)
    if len(typed) > LONGEST:
        return plain(typed)
    read = grammar.read(typed, known)
    if prose := read.around > _BESIDE and bool(_ENDS.search(typed) or read.around > _SENTENCE):
        read = grammar.read_prose(typed, known)
    demand = tuple(part for part in read.parts if not (isinstance(part, Text) and not part.quoted))
    if not any(has_field(part) or list(positive(part)) for part in read.parts):
        return plain(typed)  # nothing to leave anything out of
    lead = _leading(demand, read, prose)
    demand = tuple(part for part in demand if read.around <= _BESIDE or not expression(part))
    said = [text for part in read.parts for text in positive(part)]
    phrases = [text.match for text in said if text.quoted]
    text = " ".join(text.typed for text in said) if read.operators else typed.replace('"', " ")
    words = _telling(" ".join(text.typed for text in said if not text.quoted), also=bool(phrases))
    return Query(squash(text), words, tuple(dict.fromkeys(phrases))[:MOST_WORDS], demand[:MOST_WORDS], lead, prose)


def _leading(demand: tuple[Node, ...], read: Read, prose: bool) -> tuple[Node, ...]:
    """What of it only leads, in a query that says more than it demands."""
    if read.around <= _BESIDE:
        return ()
    long = prose and read.around > _PARAGRAPH
    found = [part for part in demand if expression(part) and not (long and _one_word(part))]
    return tuple(found[:MOST_WORDS])


def _one_word(node: Node) -> bool:
    return isinstance(node, Text) and " " not in node.match


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
    text = text.lower()
    if (written_out := without_umlauts(text)) != text:
        yield from (phrase([word]) for word in blankless.words(written_out) if word not in text)
    for found in blankless.joined_words(text):
        parts = blankless.words(found)
        yield phrase(parts)
        if len(parts) > 1:
            yield from (phrase([p]) for p in parts if len(p) >= _SHORTEST_PART and not p.isdigit())
        yield from (phrase([short]) for part in parts for short in blankless.parts(part))
