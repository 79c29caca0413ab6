"""Citations in running text, by Pandoc's rules; whatever the text, each holds its words at its offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes.markdown import inline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@doe99]", [("[@doe99]", "doe99", True)]),
        ("[-@doe99, p. 3]", [("[-@doe99, p. 3]", "doe99", True)]),
        ("[@a; see @b, pp. 3]", [("@a", "a", True), ("see @b, pp. 3", "b", True)]),
        ("@doe99 says", [("@doe99", "doe99", False)]),
        ("(@doe99)", [("@doe99", "doe99", False)]),
        ("@doe99.", [("@doe99", "doe99", False)]),
        ("@doe:99-b_c/d.", [("@doe:99-b_c/d", "doe:99-b_c/d", False)]),
        ("@Foo.bar, and", [("@Foo.bar", "Foo.bar", False)]),
        ("@{http://x.org/a.b}", [("@{http://x.org/a.b}", "http://x.org/a.b", False)]),
        ("**@doe99**", [("@doe99", "doe99", False)]),
        ("cite:a,b", [("cite:a", "a", True), ("b", "b", True)]),
        ("citep:&a;&b.", [("citep:&a", "a", True), ("b", "b", True)]),
        ("ada@example.org", []),
        ("a@b", []),
        ("@ home, @@x", []),
        ("x/@scope/name", []),
        ("excite:a and cite: a", []),
        ("[ada@example.org]", []),
        ("`[@doe99]` and $@doe99$", []),
    ],
)
def test_what_is_cited(text: str, expected: list[tuple[str, str, bool]]) -> None:
    found = inline.scan(text).references
    assert [(one.raw, one.target, one.sure) for one in found if one.kind == "citation"] == expected


@given(st.text(alphabet="@[]{};:,.-& \n|()a1_cite", max_size=60))
def test_any_text_gives_exact_offsets_and_keys_that_stand_there(text: str) -> None:
    end = 0
    for one in inline.scan(text).references:
        assert text[one.start : one.end] == one.raw
        assert one.start >= end
        end = one.end
        assert one.kind != "citation" or one.target in one.raw


def test_a_link_is_no_citation() -> None:
    (link,) = inline.scan("[@ada](https://example.org/ada)").references
    assert (link.kind, link.alias) == ("url", "@ada")
