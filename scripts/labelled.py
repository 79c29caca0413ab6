"""Our labels of sentences, and where the texts lie that they are labels of: most of them beside the repository.

`scripts/labels/statements.txt` holds no text. A line "@ SPLIT FILE" names a file by the digest of its path below the
folder of shared texts; each line after it names a sentence, or two where the second leans on the first, by the digest
of its folded words, with its label: c claim, x critique, b claim or critique, e evidence, a claim, critique or
evidence, q question, t theory of impact; o said, but not worth listing; - no statement of the text. A capital letter:
it needs the sentence before it. The split `train` was labelled for training, `test` (the seeds) for measuring while
developing, `held` for the figures of docs/models.md: no tuning sees it.

The texts of `scripts/labels/texts` were written for the purpose and are part of the repository: sentence by sentence
labelled, in fields that the shared texts lack, a third of them `held`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kb.extract.model import View
from kb.text.strings import digest, fold, squash
from scripts.shared_folder import shared

LABELS = Path(__file__).parent / "labels" / "statements.txt"
TEXTS = LABELS.with_name("texts")
SUFFIXES = {".md", ".txt", ".pdf", ".html", ".json", ".csv"}
KINDS = {
    "c": {"claim"},
    "x": {"critique"},
    "b": {"claim", "critique"},
    "e": {"evidence"},
    "a": {"claim", "critique", "evidence"},
    "q": {"question"},
    "t": {"theory_of_impact"},
}


def key(words: str) -> str:
    return digest(fold(squash(words)))[:10]


@cache
def read() -> dict[str, dict[str, dict[str, str]]]:
    """Split, then file, then sentence: the label."""
    labels: dict[str, dict[str, dict[str, str]]] = {}
    here: dict[str, str] = {}
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        first, *rest = line.split()
        if first == "@":
            here = labels.setdefault(rest[0], {}).setdefault(rest[1], {})
        elif first != "#":
            here[first] = rest[0]
    return labels


def files(split: str) -> dict[str, Path]:
    """The labelled files of a split that are there, by their key."""
    wanted = read()[split]
    found: dict[str, Path] = {}
    for folder in (*(shared() / name for name in ("seeds", "vaults", "samples")), TEXTS):
        for path in sorted(folder.rglob("*")):
            if path.suffix in SUFFIXES and (name := key(str(path.relative_to(folder.parent)))) in wanted:
                found[name] = path
    return found


def of_span(labels: dict[str, str], view: View, start: int, end: int, *, context: bool = False) -> str | None:
    """The label of a statement's span: its own, or that of the sentences in it.

    "l" where it leans on what is not in it, unless it has a context; None where nothing of it was labelled.
    """
    if (label := labels.get(key(view.text[start:end]))) is not None:
        return label.lower() if context else "l" if label.isupper() else label
    within = [label for words in _sentences(view, start, end) if (label := labels.get(key(words))) is not None]
    if not within:
        return None
    good = [label for label in within if label not in "-o"]
    if not good:
        return "o" if "o" in within else "-"
    leans = within[0].isupper() and within[0] == good[0] and not context
    return "l" if leans else good[-1].lower()


def _sentences(view: View, start: int, end: int) -> Iterator[str]:
    for block in view.blocks.values():
        if block.start < end and start < block.end:
            for a, b in view.sentences(block):
                if min(b, end) - max(a, start) > 0.5 * (b - a):
                    yield view.text[a:b]
