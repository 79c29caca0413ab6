"""RIS with the tags and words of others, and the tagged formats of PubMed and Web of Science."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from importers.base import Input
from importers.exports import medline, ris, web_of_science
from kb.errors import KbError
from kb.model.document import Document
from tests.importers.exports.interchange_checks import take

NBIB = """
PMID- 101
OWN - NLM
IS  - 1234-5678 (Electronic)
TI  - Fronds by the wall and what
      grows below them.
PG  - 3-9
LID - S1 [pii]
LID - 10.5555/fronds.1 [doi]
AB  - First we count. DNA - as it
      is called - we leave.
FAU - Fern, Ada B
AU  - Fern AB
CN  - The Wall Group
LA  - eng
PT  - Comparative Study
PT  - Journal Article
DP  - 2010 Mar 3
TA  - Walls
JT  - The journal of walls
VI  - 4
MH  - *Ferns/growth
PMC - PMC77

PMID- 102
TI  - Moss.
AU  - Moss B
DP  - 2011 Spring
"""

WOS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Fern, A
   Moss, B
AF Fern, Ada
   Moss, Bo
TI Fronds by the wall
   and below
SO WALLS
DT Proceedings Paper
DE ferns; walls
AB We count.
PD MAR 3
PY 2010
VL 4
BP 3
EP 9
DI 10.5555/fronds.2
UT WOS:01
ER

PT B
AU Moss, B
TI Cut off
PY 2011
"""


def works(documents: list[Document]) -> list[Document]:
    return [one for one in documents if one.kind != "note"]


def test_pubmed() -> None:
    first, second = works(take(medline.IMPORTER, NBIB, "own.nbib"))
    assert first.title == "Fronds by the wall and what grows below them."
    assert [one.name for one in first.authors] == ["Ada B Fern", "The Wall Group"]
    assert (first.published, first.external_ids["doi"], first.tags) == (
        "2010-03-03",
        "10.5555/fronds.1",
        ("Ferns/growth",),
    )
    facts = first.bibliography
    assert [facts.get(name) for name in ("container-title", "page", "volume", "PMID", "PMCID", "ISSN")] == [
        "The journal of walls", "3-9", "4", "101", "PMC77", "1234-5678",
    ]  # fmt: skip
    assert (facts.type, "DNA - as it is" in facts.get("abstract")) == ("article-journal", True)
    assert (second.authors[0].name, second.published, second.title) == ("B. Moss", "2011", "Moss.")


def test_web_of_science() -> None:
    first, second = works(take(web_of_science.IMPORTER, WOS, "savedrecs.txt"))
    assert (first.title, first.published, first.tags) == (
        "Fronds by the wall and below",
        "2010-03-03",
        ("ferns", "walls"),
    )
    assert [one.name for one in first.authors] == ["Ada Fern", "Bo Moss"]
    assert (first.bibliography.type, first.bibliography.get("page")) == ("paper-conference", "3-9")
    assert first.external_ids["doi"] == "10.5555/fronds.2"
    assert (second.title, second.bibliography.type) == ("Cut off", "book")
    assert "no end" in first.problems[0]


def test_ris_with_types_in_words_and_tags_of_others() -> None:
    text = (
        "TY  - Journal Article\nPMID- 101\nFAU - Fern, Ada\nTI  - Fronds\nSO  - Walls\n"
        "LID - 10.5555/f [doi]\nLID - S1 [pii]\n"
        "AB  - Of DNA\nRNA - too\nBP  - 3\nEP  - 9\nER  - \n"
        "TY  - Book Section\nAF  - Moss, Bo\nTI  - Moss\nDI  - 10.5555/m\nER  - \n"
        "TY  - JOUR\nT2  - Walls\nPY  - 2010\nER  - \n"
    )
    first, second, third = works(take(ris.IMPORTER, text, "own.ris"))
    assert first.external_ids["doi"] == "10.5555/f"
    facts = first.bibliography
    assert (facts.type, facts.get("PMID"), facts.get("container-title"), facts.get("page")) == (
        "article-journal", "101", "Walls", "3-9",
    )  # fmt: skip
    assert facts.get("abstract") == "Of DNA\nRNA - too"
    assert (second.bibliography.type, second.authors[0].name, second.external_ids["doi"]) == (
        "chapter", "Bo Moss", "10.5555/m",
    )  # fmt: skip
    assert third.title == "Walls"


@settings(max_examples=30)
@given(st.sampled_from([(medline, NBIB), (web_of_science, WOS)]), st.floats(0, 1), st.text("A -\n1", max_size=3))
def test_cut_off_anywhere_they_are_read_or_refused(one: tuple[Any, str], where: float, more: str) -> None:
    module, text = one
    at = int(len(text) * where)
    for changed in (text[:at], text[:at] + more + text[at:]):
        with suppress(KbError):
            module.read(Input(changed, "x"))
