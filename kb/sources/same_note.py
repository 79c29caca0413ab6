"""Which of the notes whose files are missing a new file is: by equal text, by an id, by likeness; or a question.

A wrong answer mixes two notes, a missing one only leaves two sources to join. So likeness is of words that are rare
among the notes (a template's are not), has to be clear of the next best one, and short notes have none. Measured on
five public vaults, see docs/importing.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from kb.text.strings import digest, fold

ALIKE = 0.75
"""From this share of words in common on, two notes are one."""
MAYBE = 0.4
"""From this share on it is a question."""
NAMED = 0.5
"""With the same title or file name, from this share on."""
CLEAR = 0.1
"""By so much the next best note must be less alike."""
FEW = 20
"""Words below which likeness says nothing."""
HARDLY_ANY = 5
"""Words below which not even an equal text says which note it is: then the name has to."""
_CANDIDATES = 8  # lost notes that share rare words with a new one, of which likeness is calculated
_COMMON = 50  # a word of more lost notes than this finds nobody

_WORD = re.compile(r"\w+")
_HEADING = re.compile(r"^#{1,6}[ \t]+(\S.*)$", re.M)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Note:
    """A note to be told apart from others.

    `key` is what the caller knows it by, another for each note, `path` where its file is, "/" between parts. `front`
    reads of a text what its front matter calls an id, by the key, and where the text after it begins. `settled`: its
    file is known, only its text is new, so that likeness has nothing to say.
    """

    key: str
    path: str
    text: str
    front: Callable[[str], tuple[Mapping[str, str], int]] = lambda _: ({}, 0)
    settled: bool = False

    @cached_property
    def _front(self) -> tuple[Mapping[str, str], int]:
        return self.front(self.text)

    @property
    def ids(self) -> Mapping[str, str]:
        return self._front[0]

    @property
    def body(self) -> int:
        return self._front[1]

    @cached_property
    def words(self) -> Counter[str]:
        return Counter(word.casefold() for word in _WORD.findall(self.text, self.body))

    @cached_property
    def digest(self) -> str:
        return digest(self.text)

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    @cached_property
    def titles(self) -> set[str]:
        """Its file's name, and its first heading."""
        heading = _HEADING.search(self.text, self.body)
        return {fold(self.name.rsplit(".", 1)[0]), *([fold(heading[1])] if heading else [])}


@dataclass(frozen=True, slots=True)
class Question:
    """A new note (key) that reads like a lost one (key), by this share of its words; a person has to say."""

    new: str
    lost: str
    share: float


@dataclass(frozen=True, slots=True)
class Told:
    """Keys of lost notes by the keys of the new ones that they are, and what is not sure."""

    same: dict[str, str]
    questions: list[Question]


def tell(new: Sequence[Note], lost: Sequence[Note], others: Sequence[Note] = (), copied: Iterable[str] = ()) -> Told:
    """Which of the lost notes the new ones are; each is one at most.

    `others` are notes that are still there, some of them: against these a template shows. `copied` are digests of
    texts that notes still there have too.
    """
    same: dict[str, str] = {}
    copied = set(copied)
    _by_text(new, lost, same, copied)
    _by_id(new, lost, same)
    taken = set(same.values())
    rest = [note for note in new if note.key not in same and not note.settled and note.digest not in copied]
    left = [note for note in lost if note.key not in taken and not note.settled]
    return Told(same, _by_likeness(rest, left, others, same))


def contradict(one: Note, other: Note) -> bool:
    """Whether both have an id of one name, and not the same."""
    return any(one.ids[key] != other.ids[key] for key in one.ids.keys() & other.ids.keys())


def _by_id(new: Sequence[Note], lost: Sequence[Note], same: dict[str, str]) -> None:
    """Ids that one note of each side has; equal texts, which have equal ids, are told apart already."""

    def unique(notes: Sequence[Note]) -> dict[tuple[str, str], Note]:
        count = Counter(item for note in notes for item in note.ids.items())
        return {item: note for note in notes for item in note.ids.items() if count[item] == 1}

    taken = set(same.values())
    known = unique([note for note in lost if note.key not in taken])
    for item, note in unique([note for note in new if note.key not in same]).items():
        other = known.get(item)
        if other and other.key not in taken and not contradict(note, other):
            same[note.key] = other.key
            taken.add(other.key)


def _by_text(new: Sequence[Note], lost: Sequence[Note], same: dict[str, str], copied: set[str]) -> None:
    taken: set[str] = set()
    fresh, missing = _by_digest(new), _by_digest(lost)
    for text in fresh.keys() & missing.keys():
        ours, theirs = fresh[text], missing[text]
        # Several of one text are told apart by their names: those that share most of their path, clearly.
        for one, other in _by_path(ours, theirs):
            same[one.key] = other.key
            taken.add(other.key)
        ours = [note for note in ours if note.key not in same]
        theirs = [note for note in theirs if note.key not in taken]
        if len(ours) == len(theirs) == 1 and text not in copied and ours[0].words.total() >= HARDLY_ANY:
            same[ours[0].key] = theirs[0].key


def _by_digest(notes: Iterable[Note]) -> dict[str, list[Note]]:
    found: dict[str, list[Note]] = {}
    for note in notes:
        found.setdefault(note.digest, []).append(note)
    return found


def _by_path(new: Sequence[Note], lost: Sequence[Note]) -> list[tuple[Note, Note]]:
    """Pairs that share the end of their paths, the longest first, where each has no second one that shares as much."""
    pairs: list[tuple[Note, Note]] = []
    left, right = list(new), list(lost)
    deepest = max(note.path.count("/") + 1 for note in (*new, *lost))
    for depth in range(min(deepest, 12), 0, -1):
        ours, theirs = _ends(left, depth), _ends(right, depth)
        for end in ours.keys() & theirs.keys():
            if len(ours[end]) == len(theirs[end]) == 1:
                pairs.append((ours[end][0], theirs[end][0]))
                left.remove(ours[end][0])
                right.remove(theirs[end][0])
    return pairs


def _ends(notes: Iterable[Note], depth: int) -> dict[str, list[Note]]:
    found: dict[str, list[Note]] = {}
    for note in notes:
        parts = note.path.split("/")
        if len(parts) >= depth:
            found.setdefault("/".join(parts[-depth:]).casefold(), []).append(note)
    return found


# Likeness


class _Rarity:
    """How much each word says: the logarithm of one over the share of notes that have it."""

    def __init__(self, notes: Sequence[Note]) -> None:
        having = Counter(word for note in notes for word in note.words)
        self.most = log(len(notes) + 1)
        self.says = {word: self.most - log(count) for word, count in having.items()}
        self.whole: dict[str, float] = {}

    def _weight(self, note: Note) -> float:
        if note.key not in self.whole:
            self.whole[note.key] = sum(n * self.says.get(word, self.most) for word, n in note.words.items())
        return self.whole[note.key]

    def share(self, one: Note, other: Note) -> float:
        """The words that two notes have in common, 0 to 1, each by how much it says."""
        theirs = other.words
        common = sum(min(n, theirs[word]) * self.says.get(word, self.most) for word, n in one.words.items())
        whole = self._weight(one) + self._weight(other)
        return 2 * common / whole if whole else 0.0


def _by_likeness(
    new: Sequence[Note], lost: Sequence[Note], others: Sequence[Note], same: dict[str, str]
) -> list[Question]:
    """Adds to `same` what is alike and clear; returns what is a question. The most alike come first."""
    if not new or not lost:
        return []
    rarity = _Rarity([*lost, *others])  # without the new ones: what one of them shares would not seem rare
    near = _Near(lost)
    pairs = sorted(
        (
            (rarity.share(note, other), note, other)
            for note in new
            for other in near.to(note)
            if _comparable(note, other)
        ),
        key=lambda pair: (-pair[0], pair[1].key, pair[2].key),
    )
    shares: dict[str, list[tuple[float, str]]] = {}  # of each note, with what, the most alike first
    for share, ours, theirs in pairs:
        shares.setdefault(ours.key, []).append((share, theirs.key))
        shares.setdefault(theirs.key, []).append((share, ours.key))
    questions: list[Question] = []
    settled: set[str] = set()
    for share, ours, theirs in pairs:
        if share < MAYBE:
            break
        if settled & {ours.key, theirs.key}:
            continue
        rivals = [s for one, other in ((ours, theirs), (theirs, ours)) for s, key in shares[one.key][:3]
                  if key != other.key and key not in settled]  # fmt: skip
        next_best = max([*rivals, *(rarity.share(ours, other) for other in others)], default=0.0)
        named = bool(ours.titles & theirs.titles)
        if share >= (NAMED if named else ALIKE) and share - next_best >= CLEAR:
            same[ours.key] = theirs.key
        elif share >= next_best:
            questions.append(Question(ours.key, theirs.key, share))
        else:
            continue
        settled |= {ours.key, theirs.key}
    return questions


def _comparable(one: Note, other: Note) -> bool:
    """Whether likeness may say that they are one: not of short notes, nor of what is numbered or dated differently."""
    if contradict(one, other) or _numbered(one.name, other.name):
        return False
    return min(one.words.total(), other.words.total()) >= FEW or bool(one.titles & other.titles)


def _numbered(one: str, other: str) -> bool:
    """2024-05-01.md and 2024-05-02.md, Meeting 3.md and Meeting 4.md."""
    return one != other and bool(_DIGITS.search(one)) and _DIGITS.sub("0", one) == _DIGITS.sub("0", other)


class _Near:
    """Finds the lost notes that share the rarest words with a new one: to compare all with all takes minutes."""

    def __init__(self, lost: Sequence[Note]) -> None:
        self.lost = lost
        self.having: dict[str, list[int]] = {}
        for place, note in enumerate(lost):
            for word in note.words:
                self.having.setdefault(word, []).append(place)

    def to(self, note: Note) -> list[Note]:
        if len(self.lost) <= _CANDIDATES:
            return list(self.lost)
        hits: Counter[int] = Counter()
        for word in note.words:
            places = self.having.get(word, ())
            if len(places) <= _COMMON:
                for place in places:
                    hits[place] += 1
        return [self.lost[place] for place, _ in hits.most_common(_CANDIDATES)]
