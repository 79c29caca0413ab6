from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.extract.model import Draft, Extraction, Span
from kb.extract.places import Places

_SPANS = st.tuples(st.integers(0, 3000), st.integers(1, 1500)).map(lambda at: (at[0], sum(at)))


def _draft(span: Span, block: int = 0) -> Draft:
    return Draft("claim", *span, "rule", "cue", 0.5, None, block)


@settings(max_examples=50)
@given(st.lists(_SPANS, max_size=20), _SPANS)
def test_what_overlaps_is_found_by_its_place(spans: list[Span], asked: Span) -> None:
    places = Places()
    for span in spans:
        places.add(0, span)
    wanted = [i for i, (start, end) in enumerate(spans) if start < asked[1] and asked[0] < end]
    assert places.overlapping(*asked) == wanted


def test_one_span_is_one_statement() -> None:
    found = Extraction()
    assert [found.add(_draft(span)) for span in ((0, 9), (20, 30), (0, 9))] == [0, 1, 0]
    assert len(found.statements) == 2


def test_a_statement_put_in_by_hand_and_a_mention_are_found() -> None:
    found = Extraction()
    found.statements.append(_draft((0, 9), block=3))
    found.add(_draft((20, 30), block=4))
    found.mention(0, (600, 640))
    assert found.in_block(3) == [0]
    assert found.overlapping(610, 612) == [0]
    assert found.overlapping(5, 25) == [0, 1]
    assert found.statements[0].also == ((600, 640),)
