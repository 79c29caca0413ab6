"""A made folder of small notes that link to one another, to see how an import grows with their number."""

from __future__ import annotations

import random
from pathlib import Path

_NOUNS = (
    "heron", "river", "ledger", "harvest", "engine", "garden", "market", "signal", "archive", "winter", "copper",
    "letter", "bridge", "school", "theatre", "island", "forest", "committee", "harbour", "census", "orchard", "railway",
    "hospital", "treaty", "glacier", "novel", "lantern", "parish", "union", "colony",
)  # fmt: skip
_VERBS = ("explains", "shows", "limits", "supports", "undermines", "predicts", "measures", "follows", "delays")
_OPENINGS = (
    "I think that", "However,", "It follows that", "For example,", "Critics object that", "The evidence is that", "",
    "", "", "Because of the weather,",
)  # fmt: skip
_IN_A_FOLDER = 500


def make(folder: Path, count: int, seed: int = 1) -> None:
    """Write so many notes of about a hundred words, in folders of a few hundred; the same ones for the same seed."""
    chance = random.Random(seed)
    for number in range(count):
        place = folder / f"part {number // _IN_A_FOLDER}"
        if number % _IN_A_FOLDER == 0:
            place.mkdir(parents=True)
        (place / f"{_title(number)}.md").write_text(_note(chance, number, count), encoding="utf-8")


def _title(number: int) -> str:
    return f"{_NOUNS[number % len(_NOUNS)].capitalize()} note {number}"


def _note(chance: random.Random, number: int, count: int) -> str:
    paragraphs = [" ".join(_sentence(chance) for _ in range(4)) for _ in range(3)]
    linked = [_title(chance.randrange(count)) for _ in range(2)]
    paragraphs.insert(1, f"See [[{linked[0]}]] and [[{linked[1]}]].")
    return f"---\ntags: [{chance.choice(_NOUNS)}]\n---\n\n# {_title(number)}\n\n" + "\n\n".join(paragraphs) + "\n"


def _sentence(chance: random.Random) -> str:
    one, other, third = chance.sample(_NOUNS, 3)
    words = f"{chance.choice(_OPENINGS)} the {one} of the {other} {chance.choice(_VERBS)} the {third}".strip()
    return f"{words[0].upper()}{words[1:]} in {chance.randrange(1800, 2020)}."
