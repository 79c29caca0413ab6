"""The texts and labels that benchmarks measure on, and what stands in for them where they are not there.

No data set is part of the repository. Each lies in a folder of its own in `datasets` in the folder that KB_SHARED
names, else in `shared` beside the repository. Where one is missing a line on stderr says so, and the texts of
`examples/` are measured instead: figures then show that everything runs, and no more.
"""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measuring import ROOT, say
from kb.text.sentences import split
from scripts.shared_folder import shared

if TYPE_CHECKING:
    from kb.store.open import Store

EXAMPLES = ROOT / "examples"


@dataclass(frozen=True)
class Dataset:
    """A public data set: the name of its folder, and what it is known as."""

    folder: str
    name: str


SCIFACT = Dataset("scifact", "SciFact (as BEIR has it, with claims.jsonl of its authors)")
PERSPECTRUM = Dataset("perspectrum", "Perspectrum (Chen et al. 2019)")
ARGKP = Dataset("argkp", "ArgKP-2021 (IBM Debater; the shared task KPA-2021)")
DISAPERE = Dataset("disapere", "DISAPERE (Kennard et al. 2022; non-commercial)")


@dataclass(frozen=True)
class Text:
    """A document: an abstract, or one of the examples."""

    name: str
    title: str
    text: str


@dataclass(frozen=True)
class Query:
    """What is asked, and the names of the texts that answer it."""

    text: str
    right: frozenset[str]


@cache
def found(data: Dataset, otherwise: str) -> Path | None:
    """The folder of a data set; None, and a line that says what is done `otherwise`, where it is not there."""
    folder = shared() / "datasets" / data.folder
    if folder.is_dir():
        return folder
    say(f"{data.name} is not in {folder}: {otherwise}")
    return None


def nothing_to_measure(what: str) -> None:
    """The end of a benchmark that needs texts of its own."""
    say(f"nothing to measure: {what}")


def texts() -> list[Text]:
    """SciFact's abstracts, else the examples."""
    folder = _scifact()
    if folder is None:
        return [Text(file.name, file.stem, file.read_text(encoding="utf-8").strip()) for file in _examples()]
    return [Text(row["_id"], row["title"], row["text"].strip()) for row in lines(folder / "corpus.jsonl")]


def test_queries() -> list[Query]:
    """SciFact's test claims with the abstracts that answer them, else questions made of the examples' sentences."""
    folder = _scifact()
    if folder is None:
        return made_up()
    right: dict[str, set[str]] = {}
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if int(row["score"]) > 0:
                right.setdefault(row["query-id"], set()).add(row["corpus-id"])
    queries = [row for row in lines(folder / "queries.jsonl") if row["_id"] in right]
    return [Query(row["text"], frozenset(right[row["_id"]])) for row in queries]


def train_claims(folder: Path) -> list[Query]:
    """SciFact's train claims with the abstracts that they cite, less those that are test queries too."""
    seen = {query.text for query in test_queries()}
    queries = []
    for claim in lines(folder / "claims.jsonl"):
        cited = re.findall(r"\d+", claim["cited_doc_ids"])
        if claim["split"] == "train" and cited and claim["claim"] not in seen:
            seen.add(claim["claim"])
            queries.append(Query(claim["claim"], frozenset(cited)))
    return queries


def questions(count: int) -> list[str]:
    """So many texts to ask for, over and over where there are fewer."""
    folder = _scifact()
    every = [row["text"] for row in lines(folder / "queries.jsonl")] if folder else [one.text for one in made_up()]
    return (every * (count // len(every) + 1))[:count]


def made_up() -> list[Query]:
    """Every other word of each longer sentence of the examples; right is the text that has the sentence."""
    queries = []
    for file in _examples():
        text = file.read_text(encoding="utf-8")
        words = [text[start:end].split() for start, end in split(text)]
        queries += [Query(" ".join(some[::2]), frozenset([file.name])) for some in words if 12 <= len(some) <= 40]
    return queries


def lines(path: Path) -> list[dict[str, Any]]:
    """The records of a file that has one JSON document a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def fill(store: Store, documents: list[Text], cutting: bool) -> None:
    """Put texts into an empty store: each as one passage, or cut as an import cuts them."""
    from kb.model.document import Block
    from kb.model.embedded_text import embedded_text
    from kb.model.passages import cut
    from kb.store import access, meta
    from kb.store.schema import Passage, Source
    from kb.text.strings import digest

    sources, passages = [], []
    for rowid, document in enumerate(documents, 1):
        title, text = document.title, document.text
        sources.append(
            {"rowid": rowid, "id": document.name, "citekey": document.name, "kind": "paper", "title": title}
            | {"title_key": title, "added": "2024-01-01", "updated": "2024-01-01", "text": text}
        )
        spans = [(0, len(text))]
        if cutting:
            spans = [(p.start, p.end) for p in cut(text, [Block("paragraph", 0, len(text))])]
        for ordinal, (start, end) in enumerate(spans):
            quote = text[start:end]
            passages.append(
                {"id": f"{document.name}-{ordinal}", "source_rowid": rowid, "ordinal": ordinal, "block": 0}
                | {"kind": "paragraph", "start": start, "end": end, "text": quote, "context": title}
                | {"content_hash": digest(embedded_text(title, (), quote))}
            )
    with store.transaction():
        access.insert(store, Source, sources)
        access.insert(store, Passage, passages)
        meta.bump_generation(store)


def _scifact() -> Path | None:
    return found(SCIFACT, "measuring on the texts of examples/ instead")


def _examples() -> list[Path]:
    return sorted(file for file in EXAMPLES.iterdir() if file.suffix in {".txt", ".md"})
