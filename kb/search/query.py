"""What a person typed, turned into a full-text query. Any text is legal: nothing typed reaches FTS5 unquoted.

Words are joined by OR and stop words dropped, which costs a sixth of the time and no quality (docs/search.md).
A word made of several (`multi-agent`, `20.04`, a URL) is looked for as a phrase and, where they say enough, by its
parts. Text in straight double quotes must occur as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.text import squash

MOST_WORDS = 64
"""Of a long text only that many different words are searched for; its meaning is searched for all the same."""

_PHRASE = re.compile(r'"([^"]+)"')
_WORD = re.compile(r"[^\W_]+(?:[-'’._/+@#:&=?%~]+[^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_SHORTEST_PART = 3

_STOP = """
    a about above after again against all also am an and any are as at be because been before being below
    between both but by can could did do does doing don down during each few for from further had has have
    having he her here hers him his how i if in into is it its itself just ll may me might more most my no
    nor not now of off on once only or other our ours out over own re s same she should so some such t than
    that the their theirs them then there these they this those through to too under until up ve very was
    we were what when where which while who whom why will with would you your yours
"""
STOP_WORDS = frozenset(_STOP.split())


@dataclass(frozen=True, slots=True)
class Query:
    """`text` is what is embedded; `words` and `phrases` are FTS5 strings, each already in quotes."""

    text: str
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.words and not self.phrases

    @property
    def required(self) -> str:
        """MATCH expression of what must occur; empty if nothing must."""
        return " AND ".join(self.phrases)

    @property
    def match(self) -> str:
        """MATCH expression that finds and ranks; empty for an empty query."""
        any_of = " OR ".join(dict.fromkeys((*self.phrases, *self.words)))
        return f"{self.required} AND ({any_of})" if self.phrases else any_of

    def without_phrases(self) -> Query:
        """The same words with no demand that they stand together."""
        return parse(self.text)


def parse(typed: str) -> Query:
    """The query in any text. Never raises."""
    typed = typed.encode("utf-8", "ignore").decode("utf-8")
    phrases = [phrase for found in _PHRASE.findall(typed) if (phrase := _phrase(found))]
    rest = _PHRASE.sub(" ", typed)
    words = list(dict.fromkeys(_words(rest)))
    telling = [word for word in words if word.strip('"') not in STOP_WORDS]
    if not telling and not phrases:
        telling = words  # "to be or not to be"
    plain = squash(typed.replace('"', " "))
    return Query(plain, tuple(telling[:MOST_WORDS]), tuple(dict.fromkeys(phrases))[:MOST_WORDS])


def _words(text: str) -> Iterator[str]:
    for found in _WORD.finditer(text.lower()):
        parts = _PART.findall(found[0])
        yield _quoted(parts)
        if len(parts) > 1:
            yield from (_quoted([p]) for p in parts if len(p) >= _SHORTEST_PART and not p.isdigit())


def _phrase(text: str) -> str:
    parts = _PART.findall(text.lower())
    return _quoted(parts[:MOST_WORDS]) if parts else ""


def _quoted(parts: list[str]) -> str:
    return f'"{" ".join(parts)}"'
