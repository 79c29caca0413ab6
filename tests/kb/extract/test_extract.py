"""What the rules find in texts of each shape, and what they must not."""

from __future__ import annotations

from itertools import pairwise

import pytest

from importers import read
from importers.base import Input
from kb.extract import extract, wording
from kb.extract.model import Extraction, LinkDraft, View, Whole
from kb.model import passages
from kb.model.document import Block, Document
from tests.kb.extract.views import view_of


def _document(text: str, importer: str) -> Document:
    (document,) = read(Input(text, "text.md"), importer)
    return document


def _texts(view: View, found: Extraction) -> dict[str, str]:
    return {view.text[s.start : s.end]: s.kind for s in found.statements}


def _links(view: View, found: Extraction) -> set[tuple[str, str, str]]:
    def name(end: int | str | LinkDraft | Whole) -> str:
        if isinstance(end, Whole):
            return view.quote(view.blocks[end.block])
        assert not isinstance(end, LinkDraft)
        if isinstance(end, str):
            return end
        return view.text[found.statements[end].start : found.statements[end].end]

    return {(name(link.source), link.relation, name(link.target)) for link in found.links}


THEORIES = """# Post

## Theories of impact for preregistration, with my answers

Here is a list of theories of impact. Theories proposed by Ruth are in plain type.

1. Fewer flukes : If hypotheses are fixed first, fewer flukes are published.
    - I think this is not clear at all, because flukes are published anyway.
2. Trust : Readers can trust a result whose plan was public.
    - Critiqued in section "Plans are not read by anybody".
3. Training : Students learn to plan before they measure.
    - Same critique as 1. Fewer flukes

## Plans are not read by anybody

Nobody has ever looked at one.
"""


def test_listed_theories_are_attacked_by_their_answers_and_by_what_these_point_to() -> None:
    view = view_of(_document(THEORIES, "markdown"))
    found = extract(view)
    theories = [t for t, kind in _texts(view, found).items() if kind == "theory_of_impact"]
    assert [t.split(" :")[0] for t in theories] == ["Fewer flukes", "Trust", "Training"]
    assert {s.speaker for s in found.statements if s.kind == "theory_of_impact"} == {"Ruth"}
    answer = "I think this is not clear at all, because flukes are published anyway."
    links = _links(view, found)
    assert (answer, "attacks", theories[0]) in links
    assert (answer, "attacks", theories[2]) in links
    assert ("Plans are not read by anybody", "attacks", theories[1]) in links


OUTLINE = """Here is the list of claims that I will defend:

- Surveys are not a good measure of wellbeing
- Diaries work better than surveys
- Conclusion

## Surveys are not a good measure of wellbeing

I don't think that people can sum up a year in one number. The question is doomed to fail in any language.

## Diaries work better than surveys

Some sentence here.
"""


def test_the_authors_outline_gives_claims_and_their_headings_are_mentions_of_them() -> None:
    view = view_of(_document(OUTLINE, "markdown"))
    found = extract(view)
    (first,) = [s for s in found.statements if view.text[s.start : s.end].startswith("Surveys are")]
    assert (first.kind, first.rule, len(first.also)) == ("critique", "outline-item", 1)
    assert _texts(view, found)["Diaries work better than surveys"] == "claim"
    assert "Conclusion" not in _texts(view, found)
    reasons = {a for a, relation, b in _links(view, found) if relation == "supports" and b.startswith("Surveys are")}
    assert "I don't think that people can sum up a year in one number." in reasons


def test_commentary_takes_its_sign_from_a_stance_marker_only() -> None:
    text = """### 20240101
[First](https://example.org/1)
- I didn't like this one, it depends on a cherry-picked sample.
- Basically this describes an ambitious standard for surveys.
[Second](https://example.org/2)
- I do agree with several of the things he said, such as:
    - Diaries are worth their cost in most studies.
"""
    view = view_of(_document(text, "readingnotes"))
    links = {(a[:20], relation, b) for a, relation, b in _links(view, extract(view))}
    assert ("I didn't like this o", "attacks", "s0x") in links
    assert ("Basically this descr", "related", "s0x") in links
    assert ("Diaries are worth th", "supports", "s1x") in links


def test_a_turn_answers_the_turn_before() -> None:
    text = """The following is a transcript of a discussion between Ann Lee and Bo Ray.

Ann: I think that surveys are a good measure of wellbeing in large samples.

Bo: I don't agree. I believe that diaries are a better measure than surveys.

Ann: Yes, I agree that diaries should be used where they are cheap enough.

Bo: I expect that phones will make diaries cheap within a few years.
"""
    view = view_of(_document(text, "transcript"))
    found = extract(view)
    links = _links(view, found)
    diaries = "I believe that diaries are a better measure than surveys."
    assert any(
        a == diaries and relation == "attacks" and b.startswith("I think that surveys") for a, relation, b in links
    )
    assert any(relation == "supports" and b.endswith(diaries) for _, relation, b in links)  # the turn
    assert {s.speaker for s in found.statements} == {"Ann", "Bo"}


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("I think that the approach is doomed from the start.", "critique"),
        ("It's not clear how this would help with deception at all.", "critique"),
        ("I expect that diaries will be cheaper than surveys.", "claim"),
        ("We should focus on training before anything else.", "claim"),
        ("Why should anyone believe the survey results?", "question"),
        ("A recent study found that 40% of diaries were incomplete.", "evidence"),
    ],
)
def test_wording_tells_the_kind(sentence: str, kind: str) -> None:
    found, _, confidence = wording.classify(sentence)
    assert found == kind
    assert confidence >= wording.KEEP


@pytest.mark.parametrize(
    "sentence",
    [
        "Thanks for the detailed responses, they are great!",
        "This section is more technical than the others.",
        "See here.",
        "I gave a talk about it last year in Berlin.",
    ],
)
def test_talk_about_the_text_is_no_statement(sentence: str) -> None:
    view = view_of(_document(sentence + "\n", "plain"))
    assert extract(view).statements == []


def test_reported_speech_is_the_reported_persons() -> None:
    view = view_of(_document("Marta argues that surveys should be given up for good.\n", "plain"))
    assert [s.speaker for s in extract(view).statements] == ["Marta"]


def test_long_blocks_are_cut_between_sentences_into_even_parts() -> None:
    text = " ".join(f"Sentence number {n} has exactly seven words." for n in range(40))
    parts = passages.cut(text, [Block("paragraph", 0, len(text))])
    lengths = [len(text[p.start : p.end].split()) for p in parts]
    assert max(lengths) <= passages.MAX_WORDS
    assert max(lengths) - min(lengths) <= 14
    assert all(a.end < b.start for a, b in pairwise(parts))
    assert {p.block for p in parts} == {0}
