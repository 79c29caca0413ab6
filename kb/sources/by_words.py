"""Which sources a few words mean: the beginning of a title, words of it in any order, words of it and of its authors.

Names are compared without case, accents and signs. Words so short or common that they stand in most titles mean
nothing by themselves. `kb.sources.misspelt` says what words may have meant that mean nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kb.model.named import Manner, Named, Place
from kb.store import names
from kb.store.open import Store
from kb.text.spelling import plain, words

_SMALL = {"the", "and", "for", "are", "was", "not", "but", "from", "with", "that", "this", "what", "how", "why", "who"}
_SHORT = 3  # letters from which on a word means something
_RUNS_ON = "\u0e00"  # from here on lie most scripts that put no blanks between words
_MANNERS: tuple[Manner, ...] = ("whole", "begins", "words", "beginnings")
_MOST_WORDS = 16  # of a long text the first of these must do
_MANY = 1_000  # titles in which a part stands that are looked at


def telling(text: str) -> list[str]:
    """The words of a text, folded, that mean something by themselves."""
    return [word for word in dict.fromkeys(words(text)) if _tells(word)][:_MOST_WORDS]


def is_telling(text: str) -> bool:
    """Whether the words may mean one thing rather than many."""
    return bool(telling(text))


def by_title(store: Store, text: str, place: Place) -> list[Named]:
    """Sources with this title but for accents and signs; else those whose title begins so; else those with all words.

    A word of three letters or more may be the beginning of one, where none is a whole one. A few at most.
    """
    typed = words(text)
    if not is_telling(text):
        return []
    if any(map(runs_on, typed)):
        return _running_on(store, typed, place)
    for manner in _MANNERS:
        if found := names.titled(store, typed if manner in ("whole", "begins") else _few(typed), manner, place):
            return found
    return []


def by_people(store: Store, text: str) -> list[Named]:
    """Texts, else comments, that have each telling word in their title, their authors' names or their year.

    A few at most.
    """
    typed = telling(text)
    if not typed:
        return []
    places: tuple[Place, ...] = ("text", "comment")
    for place in places:
        for whole in (True, False):
            if found := names.titled_or_by(store, typed, place, whole=whole):
                return found
    return []


def likeliest(text: str, found: Sequence[Named]) -> list[Named]:
    """Of what is found already, that with the words in the manner that tells most; none where none has them."""
    typed = [word for word in words(plain(text)) if word]
    spoken = " ".join(typed)
    labels = [(" ".join(words(plain(one.label))), one) for one in found]
    manners: tuple[Callable[[str], bool], ...] = (
        lambda label: label == spoken,
        lambda label: label.startswith(spoken),
        lambda label: all(word in (label if runs_on(word) else label.split()) for word in typed),
        lambda label: all(word in label if runs_on(word) else _begins(label, word) for word in typed),
    )
    for has in manners:
        if likely := [one for label, one in labels if has(label)]:
            return likely
    return []


def _begins(label: str, word: str) -> bool:
    return any(one == word or (len(word) >= _SHORT and one.startswith(word)) for one in label.split())


def _few(typed: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(typed))[:_MOST_WORDS]


def _running_on(store: Store, typed: Sequence[str], place: Place) -> list[Named]:
    """The same where a word is of a script without blanks: it may stand anywhere in a title."""
    parts = [word for word in typed if runs_on(word)]
    found = names.containing(store, parts, [word for word in typed if not runs_on(word)], place, _MANY)
    return likeliest(" ".join(typed), found)[: names.MOST]


def _tells(word: str) -> bool:
    if runs_on(word):
        return len(word) >= 2
    return len(word) >= _SHORT and word not in _SMALL


def runs_on(word: str) -> bool:
    """Whether a word is of a script without blanks: it is a part of a sentence rather than a word."""
    return any(character >= _RUNS_ON for character in plain(word))
