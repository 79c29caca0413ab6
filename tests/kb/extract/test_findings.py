"""What is put forward as a fact that was found, and what has numbers, years and studies without being one."""

from __future__ import annotations

import pytest

from kb.extract.findings import finding


@pytest.mark.parametrize(
    "sentence",
    [
        "In the trial from Lyon, eighty per cent of the rashes also appeared under the blank ointment.",
        "Of the ninety bridges built in 1890, fifty-one were in use when the war began.",
        "At ours, we lost a quarter of the nurses, and with them the night shift.",
        "By contrast, looms that were oiled weekly reached 92%.",
        "In the parishes with a school, fewer than one in thirty signed with a cross, and the count was made twice.",
        "In our pilot the two readers agreed within six minutes.",
        "Last autumn I asked thirty of them what a tariff is; twelve had an answer.",
        "In Marsh and Doyle's work rats pressed the lever more often when they were fasted.",
        "Studies which compare towns on both banks of the river find no fall in rents.",
        "There were more weavers in the county in 1850 than there were in 1800: we counted 10 of 12 parishes.",
    ],
)
def test_findings(sentence: str) -> None:
    assert finding(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "One of the things that people feared was the plague.",
        "I think that eighty per cent of the rashes were imagined.",
        "The share should have been cut to a tenth in 1890.",
        "You can pick more than one file at a time, as we tested.",
        "Marsh argued that nine of ten rats were ill.",
        "Was the share of the poor 12% in 1850?",
        "The term was defined in 1890.",
        "Because the mill closed in 1890, the town was poor.",
        "The mill is 100% owned by the town.",
        "Sales will have doubled by 2031.",
        "A vector in a 3-dimensional space has components along each of the 3 dimensions.",
        "The work was dull.",
    ],
)
def test_no_findings(sentence: str) -> None:
    assert not finding(sentence)
