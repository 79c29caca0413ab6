"""Labels in the notations that people write them in: what each gives, and what it hangs on."""

from __future__ import annotations

from typing import Any

import pytest

from kb.extract import extract
from kb.extract.model import Draft
from tests.kb.extract.views import view

Relations = set[tuple[str, str, str]]
RULES = {"label", "objection-section", "reply-to-objection"}


def relations(text: str, name: str = "text.md", **more: Any) -> Relations:
    """The links that labels give: first word of what speaks, +, - and first word of what it speaks about."""
    seen = view(text, None, name, **more)
    found = extract(seen)

    def first(end: object) -> str:
        if not isinstance(end, int):
            return str(end)
        there = found.statements[end]
        return (there.words or seen.text[there.start : there.end]).strip('"*_ ').split()[0].strip('".,?')

    sign = {"supports": "+", "attacks": "-"}
    return {(first(x.source), sign[x.relation], first(x.target)) for x in found.links if x.rule in RULES}


def drafts(text: str) -> dict[str, Draft]:
    seen = view(text)
    return {(x.words or seen.text[x.start : x.end]): x for x in extract(seen).statements if x.rule in RULES}


HEADINGS = """# Should the town plant plane trees?

## Arguments for

- Shade cools streets by several degrees.
- Roots hold the ground of slopes.

## Arguments against

1. Pollen makes many people ill.
2. Roots lift the pavement.

## Replies to objections

1. Planes of the male kind can be left out.
2. Trenches keep them down.
"""
RUN_IN = """# Compatibilism

**Thesis.** Freedom does not need chance.

**Objection 1.** Nobody could have acted otherwise.

*Reply.* Otherwise means: had she wanted to.

*Rejoinder.* Wanting is caused as well.

**Objection 2.** Blame makes no sense then.

More on blame, which fills a page.

Reply to objection 1: Chance would not help either.

Reply to the second objection: Praise and blame still teach.
"""
NESTED = """- Minimum wages should rise
    - Pro: Turnover falls where pay is better
        - Con: Studies of it are small
            - Con: Newer ones are large
    - Con: Youths lose their first jobs
        - **Response:** Few did in Seattle
"""
DOTTED = """1. Grain should be taxed by weight
1.1. Pro: Scales are cheap
1.1.1. Con: Stones were put into sacks
1.2. Con: Millers moved away
"""
DEFINED = """Claim
: The dam caused the flood.

Counterclaim
: Rain alone would have done it.

Rebuttal
: Villages above the dam stayed dry.
"""
COLUMNS = """## Move the archive to tapes?

| Pro | Con |
|-----|-----|
| Tapes last thirty years | Readers break<br>Search takes hours |
| Nobody can encrypt them | |

## Objections

| Objection | Reply |
|---|---|
| Drives are rare | Two firms make them |

## Which medium

| Medium | Advantages | Disadvantages |
|---|---|---|
| Disks | quick | costly |
| Glass | lasting | rare |
"""
CALLOUTS = """# Fasting may help the sick

> [!pro] Cells repair themselves without food.

> [!con] The trial had nine patients.

> [!objection] Muscles shrink within days.

> [!reply] Protein on every second day prevents it.
"""
DECISION = """# Keep events in Postgres

## Decision Outcome

Chosen option: "Postgres", because we run it already.

### Consequences

* Good, because backups exist
* Bad, because partitions need care

## Pros and Cons of the Options

### Kafka

* Good, because replay is simple
* Neutral, because it is old
* Bad, because nobody knows it
"""
TOULMIN = """**Claim:** The scurvy came from the stores.

**Grounds:** Crews with lemons stayed well.

**Warrant:** What cures by being added was missing before.

**Backing:** Pellagra and goitre behave alike.

**Rebuttal:** Lemons were given to officers first.
"""
SYLLOGISM = """Premise 1: Whatever begins has a cause.

Premise 2: The world began.

Conclusion: Something caused the world.

Objection to premise 2: Beginnings need a time before them.
"""
SIDES = """The museum should return the bronzes.

**For:**

- Taken by force, they were never owned.
- Scholars can travel.

**Against:**

- Here millions see them.
"""
LINES = """Motion: Schools should start at ten.
Pro 1: Teenagers fall asleep late.
Pro 2: Crashes on the way fall.
Con 1: Parents leave at eight.
Response to con 1: Buses and breakfast clubs exist.
"""
ANSWERED = """# The famine was made by policy

## Criticism

Harvests failed in every province that year.

## Response

Exports rose in the same months.
"""
MYTHS = """Myth: Heat escapes through the head.

Fact: Any bare part loses the same.
"""


LETTERS = """P1. Pain is bad wherever it is felt.
P2. Fish feel pain.
C. Angling needs an excuse.

Objection to P2: Fish have no cortex.
Reply: Birds have none and feel pain.
"""
SECTIONS = """# The canal should stay open

## Arguments against

### Upkeep

Locks break every second winter of the ten.

*Response:* Volunteers repair them.

### It drowns the meadows of three farms

Water stands there until May.

### Response

The farms sold that land.
"""
CHAIN = """**Claim.** Coins came from Lydia.

**Argument.** The oldest hoards lie there.

**Counterclaim.** India had coins as early.

**Rebuttal.** These were cut later.
"""
CODED = """# A wage study

**Weaknesses**

W1: The sample is small.

W2: Wages in kind are left out.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEADINGS, "Shade + Should, Roots + Should, Pollen - Should, Roots - Should, Planes - Pollen, "
                   "Trenches - Roots"),
        (RUN_IN, "Nobody - Freedom, Otherwise - Nobody, Wanting - Otherwise, Blame - Freedom, Chance - Nobody, "
                 "Praise - Blame"),
        (NESTED, "Turnover + Minimum, Studies - Turnover, Newer - Studies, Youths - Minimum, Few - Youths"),
        (DOTTED, "Scales + Grain, Stones - Scales, Millers - Grain"),
        (DEFINED, "Rain - The, Villages - Rain"),
        (COLUMNS, "Tapes + Move, Readers - Move, Search - Move, Nobody + Move, Drives - Move, Two - Drives, "
                  "Quick + Disks, Costly - Disks, Lasting + Glass, Rare - Glass"),
        (CALLOUTS, "Cells + Fasting, The - Fasting, Muscles - Fasting, Protein - Muscles"),
        (DECISION, "Backups + Postgres, Partitions - Postgres, Replay + Kafka, Nobody - Kafka"),
        (TOULMIN, "Crews + The, What + The, Pellagra + What, Lemons - The"),
        (SYLLOGISM, "Whatever + Something, The + Something, Beginnings - The"),
        (SIDES, "Taken + The, Scholars + The, Here - The"),
        (LINES, "Teenagers + Schools, Crashes + Schools, Parents - Schools, Buses - Parents"),
        (ANSWERED, "Harvests - The, Exports - Harvests"),
        (MYTHS, "Any - Heat"),
        (LETTERS, "Pain + Angling, Fish + Angling, Fish - Fish, Birds - Fish"),
        (SECTIONS, "Locks - The, Volunteers - Locks, It - The, The - It"),
        (CHAIN, "The + Coins, India - Coins, These - India"),
        (CODED, "The - s1, Wages - s1"),
    ],
)  # fmt: skip
def test_a_notation_gives_its_relations(text: str, expected: str) -> None:
    assert relations(text) == {tuple(one.split()) for one in expected.split(", ")}


def test_a_statement_has_the_kind_of_its_label_and_not_its_words_and_the_label_is_the_evidence() -> None:
    seen = view(
        "# Notes\n\nThesis: Wells dry up.\n\nEvidence: Half of them did in 1921.\n\n**Con 1.** Rain was scarce.\n"
    )
    found = extract(seen)
    kinds = {seen.text[x.start : x.end]: x.kind for x in found.statements if x.rule == "label"}
    assert kinds == {"Wells dry up.": "claim", "Half of them did in 1921.": "evidence", "Rain was scarce.": "critique"}
    evidence = {seen.text[slice(*x.evidence)] for x in found.links if x.evidence}
    assert "**Con 1.** Rain was scarce." in evidence


def test_a_heading_with_its_label_is_a_statement_without_it_and_holds_what_is_under_it() -> None:
    text = "# Ponds\n\n## Objection 1: Ducks spread weeds\n\nThey do.\n\n### Reply\n\nOnly in May do they visit.\n"
    made = drafts(text)
    assert made["Ducks spread weeds"].kind == "critique"
    assert relations(text) == {("Ducks", "-", "s1"), ("Only", "-", "Ducks")}


def test_what_is_no_sentence_is_read_with_what_it_hangs_on() -> None:
    seen = view("- Steel bridges\n    - Pro: light\n    - Con: Rust weakens them within a few decades.\n")
    pro, con = (x for x in extract(seen).statements if x.rule == "label" and x.start > 5)
    assert pro.context
    assert seen.text[slice(*pro.context)] == "Steel bridges"
    assert (pro.confidence, con.confidence) == (0.4, 0.8)
