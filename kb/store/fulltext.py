"""Full text as the engine in use does it: finding by word, and the words that are found."""

from kb.store.engine.fulltext import contains, having, incomplete, rebuild, rows_with, search, texts
from kb.store.engine.marks import JOINERS, Span, found
from kb.store.engine.match import MOST_WORDS, every_word, phrase

__all__ = [
    "JOINERS", "MOST_WORDS", "Span", "contains", "every_word", "found", "having", "incomplete", "phrase", "rebuild",
    "rows_with", "search", "texts",
]  # fmt: skip
