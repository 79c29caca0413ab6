"""Which sentences become statements, as what, and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract import extract, polarity, standing, wording
from kb.extract.rules import outline
from kb.text.plain import plain
from tests.conftest import Kb
from tests.kb.extract.test_extract import _document, _texts
from tests.kb.extract.views import view_of


def _found(text: str, importer: str = "plain") -> dict[str, str]:
    view = view_of(_document(text, importer))
    return _texts(view, extract(view))


@pytest.mark.parametrize(
    "sentence",
    [
        "There is no particular reason to believe that it is difficult.",
        "I don't think the low response rate is a problem.",
        "The plan is far from pointless.",
        "Nobody has found a flaw in the sampling plan.",
    ],
)
def test_what_negates_a_blame_is_no_critique(sentence: str) -> None:
    assert polarity.against(sentence) < 1
    assert wording.classify(sentence)[0] == "claim"


@pytest.mark.parametrize(
    "sentence",
    [
        "The sampling plan is misleading.",
        "I don't think diaries can measure wellbeing at all.",
        "It is not clear how a survey would help with that.",
        "The diaries have not been useful in any of the trials.",
        "The problem with surveys is that people forget.",
    ],
)
def test_blame_and_negated_praise_are_critiques(sentence: str) -> None:
    assert wording.classify(sentence)[0] == "critique"


def test_what_stands_in_brackets_or_quotation_marks_blames_nothing() -> None:
    assert polarity.against('We call the first group "useless gadgets" (a misleading name).') < 1


@pytest.mark.parametrize(
    "sentence",
    [
        "This is why surveys fail.",
        "I think they are too long.",
        "My sense is that these are rarely read.",
        "If so, then the diaries should be dropped.",
        "It depends on the weather.",
        "So I suspect that's the reason.",
    ],
)
def test_a_pronoun_that_points_back_leans(sentence: str) -> None:
    assert standing.leans(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It is hard to say how many people keep a diary.",
        "I think that surveys are too long.",
        "It seems to me that surveys are too long.",
        "The diaries that people keep are honest.",
        "I agree that releasing the data was right.",
        "It turns out that nobody reads the plans.",
    ],
)
def test_a_pronoun_that_stands_for_what_follows_does_not_lean(sentence: str) -> None:
    assert not standing.leans(sentence)


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("**Diaries** are _honest_.", "Diaries are honest."),
        ("3.2 Diaries are honest", "Diaries are honest"),
        ("- [x] Diaries are ==honest==", "Diaries are honest"),
        ("See [[Notes/Diaries|the diaries]] and [a study](https://example.org/a_(b)).", "See the diaries and a study."),
        ("Diaries are honest.[^2]", "Diaries are honest."),
        ("Diaries are honest. [section Diaries]", "Diaries are honest."),
        ("(Diaries are honest", "Diaries are honest"),
        ("Use `kb add` twice.", "Use kb add twice."),
        ("2 + 2 = 4 and a_b_c stays.", "2 + 2 = 4 and a_b_c stays."),
        ("Diaries are honest (in my view).", "Diaries are honest (in my view)."),
    ],
)
def test_a_statement_is_its_words_without_the_marks(marked: str, words: str) -> None:
    assert plain(marked) == words


@given(st.text())
def test_plain_never_fails_and_is_one_line(text: str) -> None:
    words = plain(text)
    assert "\n" not in words
    assert bool(words) == bool(text.split())


def test_the_mention_keeps_the_marks_that_the_statement_drops(kb: Kb, tmp_path: Path) -> None:
    text = "# Notes\n\nI think that **diaries** are *more useful* than [surveys](https://example.org) in small labs.\n"
    (tmp_path / "note.md").write_text(text, encoding="utf-8")
    assert kb("add", tmp_path / "note.md", "--no-embed").code == 0
    (statement,) = kb("statements", "--all", "--json").json["statements"]
    assert statement["text"] == "I think that diaries are more useful than surveys in small labs."
    (mention,) = statement["mentions"]
    assert "**diaries**" in mention["quote"]


@pytest.mark.parametrize(
    ("title", "says"),
    [
        ("Diaries work better than surveys", True),
        ("5.4 Surveys are not a good measure", True),
        ("3 What could be done about it", False),
        ("Using a template to create new notes", False),
        ("Related work on survey methods", False),
        ("Release notes for May 4th 2024", False),
        ("How to keep a diary well", False),
        ("Add a command to the main toolbar", False),
    ],
)
def test_a_heading_is_a_claim_only_if_it_says_something(title: str, says: bool) -> None:
    assert outline.proposition(title) is says


@pytest.mark.parametrize(
    "text",
    [
        "- [Why diaries are more useful than surveys](https://example.org/1)\n",
        "- [[Diaries are more useful than surveys]] (`= [[Diaries]].status`)\n",
        "Click the button that opens the survey panel in the sidebar.\n",
        "Lee et al. (2019) : Identify people who keep a useful diary.\n",
        "Why Diaries Are More Useful Than Surveys Against Diaries And Surveys\n",
        "Critiqued in section “Surveys are a better measure”.\n",
        "A bundle of poor paper without a lock or any key.\n",
    ],
)
def test_links_orders_citations_titles_and_fragments_are_no_statements(text: str) -> None:
    assert _found(text, "markdown") == {}


@pytest.mark.parametrize(
    ("sentence", "there"),
    [
        ("I think that diaries are more useful than surveys in small labs: https://example.org/1", True),
        ("I disagree that diaries are useless in small labs (https://example.org/1).", True),
        ("Diaries are more useful than surveys in small labs: https://example.org/1", False),
    ],
)
def test_an_address_at_the_end_of_a_stance_does_not_make_it_an_entry(sentence: str, there: bool) -> None:
    assert bool(_found(f"{sentence}\n")) == there


def test_a_flat_assertion_is_kept_below_what_is_listed() -> None:
    view = view_of(_document("Most farmland in the valley has no survey.\n", "plain"))
    (statement,) = extract(view).statements
    assert (statement.rule, statement.kind) == ("flat-claim", "claim")
    assert statement.confidence < 0.5


def test_a_long_quotation_is_said_by_who_is_named_and_by_nobody_else() -> None:
    quoted = "“I believe that a good diary is worth more than ten years of surveys in a small lab.”"
    for text, speakers in ((f"{quoted} from Marta Ruiz.\n", {"Marta Ruiz"}), (f"{quoted}\n", set())):
        view = view_of(_document(text, "plain"))
        assert {s.speaker for s in extract(view).statements} == speakers
