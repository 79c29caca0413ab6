"""What a person may have meant by words that mean nothing: a slip in a word of a title, in a name, in a citekey.

The words that titles and names have are looked up by their beginnings, and by what a slip in the first letters would
have made of them, so that no answer needs all words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest

from kb.model.named import Named, Names
from kb.sources.by_words import runs_on, telling
from kb.store import names
from kb.store.open import Store
from kb.text import spelling
from kb.text.strings import fold

_ENOUGH = 0.6  # of the words that were typed
_MOST_WORDS = 8
_SURE = 3  # letters at the beginning of a word that are right where not only one is wrong
_SURE_OF_CITEKEY = 5
_BEGINS = 0.9  # likeness of a word to the beginning of another
_FEW = 20  # citekeys that begin so
_OF_PEOPLE = 0.99  # what a text is called comes before who wrote it
_MANY = 20_000  # sources with a word that count; what is in more of them tells little
_ALIKE = 200  # of those that are as likely as each other, so many are compared by length


def sources(store: Store, text: str, most: int = 3) -> list[Named]:
    """Sources whose titles and authors have nearly these words, or whose citekey is nearly this; the best first."""
    typed = telling(text)[:_MOST_WORDS]
    if any(map(runs_on, typed)):
        return _running_on(store, typed, most)
    scores: dict[int, float] = {}
    for word in typed:
        for rowid, likeness in _with_nearly(store, word).items():
            scores[rowid] = scores.get(rowid, 0.0) + likeness / len(typed)
    for rowid, likeness in _by_citekey(store, text.strip()).items():
        scores[rowid] = max(scores.get(rowid, 0.0), likeness)
    best = nlargest(_ALIKE, ((score, -rowid) for rowid, score in scores.items() if score >= _ENOUGH))
    found = names.in_places(store, [-rowid for _, rowid in best])
    said = set(spelling.words(text))

    def order(one: tuple[int, int, Named]) -> tuple[bool, float, int, int]:
        row, place, named = one  # small words tell nothing by themselves, but among titles that are as likely
        return place != 0, -scores[row], -len(said.intersection(spelling.words(named.label))), len(named.label)

    return [one for _, _, one in sorted(found, key=order)[:most]]


def people(text: str, names: Iterable[str], most: int = 3) -> list[str]:
    """Of the names of people, those that are nearly this one; the best first."""
    by_word: dict[str, set[str]] = {}
    for name in names:
        for part in spelling.words(name):
            by_word.setdefault(spelling.plain(part), set()).add(name)
    near = {one for word in spelling.words(text) for one in spelling.nearest(spelling.plain(word), by_word)}
    return nearest_names(text, set().union(*(by_word[one] for one in near)), most)


def nearest_names(text: str, candidates: Iterable[str], most: int = 3) -> list[str]:
    """Of some names, those that have nearly all of the words; the best first."""
    typed = spelling.words(text)
    scored = []
    for name in candidates:
        parts = spelling.words(name)
        score = sum(_likeness(word, parts) for word in typed) / (len(typed) or 1)
        if score >= spelling.CLOSE:
            scored.append((-score, len(parts), name))
    return [name for _, _, name in sorted(scored)[:most]]


def _likeness(word: str, parts: Sequence[str]) -> float:
    word, parts = spelling.plain(word), [spelling.plain(part) for part in parts]
    begins = _BEGINS if any(len(word) >= _SURE and part.startswith(word) for part in parts) else 0.0
    return max([begins, *spelling.nearest(word, parts).values()])


def _with_nearly(store: Store, word: str) -> dict[int, float]:
    """Sources that have the word, or nearly, in title or authors, with the best likeness."""
    found: dict[int, float] = {}
    for kind, near, likeness, whole in _meant(store, word):
        for rowid in names.rows_with_word(store, kind, near, _MANY, whole=whole):
            found[rowid] = max(found.get(rowid, 0.0), likeness)
    joined = {spelling.plain(one): one for one in names.joined_words(store)}
    for near, likeness in spelling.nearest(spelling.plain(word), joined).items():
        for rowid in names.rows_by_joined(store, joined[near]):
            found[rowid] = max(found.get(rowid, 0.0), _OF_PEOPLE * likeness)
    return found


def _meant(store: Store, word: str) -> Iterator[tuple[Names, str, float, bool]]:
    """(whose words, a word, its likeness, whether it is a whole one) that a typed one may mean."""
    kinds: tuple[Names, ...] = ("source", "person")
    for kind in kinds:
        weight = 1.0 if kind == "source" else _OF_PEOPLE
        for near, likeness in _nearly(store, kind, word).items():
            yield kind, near, weight * likeness, True
        yield kind, word, weight * _BEGINS, False


def _nearly(store: Store, kind: Names, word: str) -> dict[str, float]:
    """The words that titles or names have which are nearly this one."""
    word = spelling.plain(word)
    likely = set(names.vocabulary(store, kind, word[:_SURE]))
    if word not in likely:
        likely.update(names.known(store, kind, spelling.slips(word, _SURE)))
    return spelling.nearest(word, likely)


def _by_citekey(store: Store, typed: str) -> dict[int, float]:
    """Sources whose citekey is nearly what was typed, by rowid."""
    if not typed or " " in typed:
        return {}
    likely = set(names.citekeys(store, typed[:_SURE_OF_CITEKEY]))
    folded = fold(typed)
    if folded != typed:
        likely.update(names.citekeys(store, folded[:_SURE_OF_CITEKEY]))
    likely.update(names.rows_of_citekeys(store, spelling.slips(typed, _SURE_OF_CITEKEY)).values())
    near = spelling.nearest(typed, likely)
    if len(typed) > _SURE:
        near.update({one.citekey: _BEGINS for one in names.by_citekeys(store, typed, _FEW)} | near)
    return {rowid: near[key] for rowid, key in names.rows_of_citekeys(store, near).items()}


def _running_on(store: Store, typed: Sequence[str], most: int) -> list[Named]:
    """The same where a word is of a script without blanks: by the pairs of letters that a title has."""
    pairs = list(dict.fromkeys(word[at : at + 2] for word in typed for at in range(len(word) - 1)))
    return names.containing_most(store, pairs[:50], _ENOUGH, most) if len(pairs) > 1 else []
