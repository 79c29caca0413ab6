"""Entries as styles have them, where the processor alone would do otherwise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.citations import styles
from kb.citations.item import Item
from kb.errors import KbError, UsageError
from kb.model.bibliography import Bibliography, Name, bibliography

ROE, DOE = Name(family="Roe", given="Jean-Paul"), Name(family="Doe", given="Ada Maria")


def item(facts: Bibliography, name: str = "s1") -> Item:
    return Item(name, name, facts)


def work(type: str = "article-journal", issued: str = "2019", who: tuple[Name, ...] = (ROE,), **fields: str) -> Item:
    given = {name.replace("_", "-"): value for name, value in fields.items()}
    return item(bibliography(type, {"title": "Counting frogs", **given}, {"author": who}, {"issued": issued}))


def entry(one: Item, style: str = "apa") -> str:
    return styles.formatted([one], style)[0]


def test_initials_of_a_hyphenated_name() -> None:
    assert entry(work()) == "Roe, J.-P. (2019). Counting frogs."
    assert entry(work(), "chicago").startswith("Roe, Jean-Paul. 2019.")


def test_a_mark_at_the_end_of_a_title_is_enough() -> None:
    assert entry(work(title="Who counts?")) == "Roe, J.-P. (2019). Who counts?"


def test_quotes_of_a_typewriter_are_printed_as_the_language_of_the_style_has_them() -> None:
    one = work(title='Why "frogs" don\'t count', container_title="Pond")
    assert "Why “frogs” don’t count" in entry(one)
    assert "“Why ‘frogs’ don’t count,” Pond" in entry(one, "ieee")


def test_who_stands_for_the_authors_is_not_printed_again() -> None:
    facts = bibliography("book", {"title": "Frogs", "publisher": "P"}, {"editor": (ROE, DOE)}, {"issued": "1980"})
    assert entry(item(facts)) == "Roe, J.-P., & Doe, A. M. (Eds.). (1980). Frogs. P."
    nobody = bibliography("document", {"title": "Frogs"}, {}, {})
    assert entry(item(nobody)) == "Frogs. (n.d.)."


def test_words_that_begin_small_stay_so() -> None:
    one = work("article", number="arXiv:1903.00001", publisher="arXiv")
    assert entry(one) == "Roe, J.-P. (2019). Counting frogs (arXiv:1903.00001). arXiv."


def test_pages_are_not_cut_short() -> None:
    assert "pp. 3–14" in entry(work(page="3-14", container_title="Pond"), "mla")


def test_title_case_leaves_small_words_and_goes_on_after_a_hyphen() -> None:
    told = entry(work(title="A multi-pond study of frogs under ice: the long view"), "chicago")
    assert "A Multi-Pond Study of Frogs under Ice: The Long View." in told


def test_a_range_within_a_year_does_not_lose_the_year() -> None:
    assert "(2019)" in entry(work(issued="2019-03-05/2019-06-01", container_title="Pond"))


def test_works_of_one_year_by_the_same_people_have_letters() -> None:
    first, second = work(title="B"), work(title="A")
    both = styles.formatted([Item("1", "1", first.facts), Item("2", "2", second.facts)], "apa")
    assert both == ["Roe, J.-P. (2019b). B.", "Roe, J.-P. (2019a). A."]
    assert "[1] J.-P. Roe" in styles.formatted([first], "ieee")[0]


def test_a_list_is_sorted_as_the_style_has_it() -> None:
    late = item(bibliography("book", {"title": "Z"}, {"author": (Name(family="Zoe", given="A"),)}, {}), "z")
    accent = item(bibliography("book", {"title": "O"}, {"author": (Name(family="Öst", given="A"),)}, {}), "o")
    assert [one.id for one in styles.in_order([late, accent], "apa")] == ["o", "z"]
    assert [one.id for one in styles.in_order([late, accent], "ieee")] == ["z", "o"]


def test_a_kind_of_work_that_a_style_does_not_list_is_told_plainly() -> None:
    assert entry(work("personal_communication")) == "Jean-Paul Roe. 2019. Counting frogs"


def test_the_usual_styles_are_there_and_an_unknown_one_is_told_with_those_near_it() -> None:
    for name in styles.USUAL:
        assert entry(work(), name)
    with pytest.raises(UsageError) as told:
        entry(work(), "nautre")
    assert "nature" in str(told.value.hint)


def test_a_style_of_ones_own_is_a_file(tmp_path: Path) -> None:
    own = tmp_path / "own.csl"
    own.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>x</title></info>'
        '<citation><layout><text variable="title"/></layout></citation>'
        '<bibliography><layout suffix="!"><text variable="title"/></layout></bibliography></style>'
    )
    assert entry(work(), str(own)) == "Counting frogs!"
    own.write_text("no style")
    with pytest.raises(KbError):
        entry(work(), str(own))
    with pytest.raises(UsageError):
        entry(work(), str(tmp_path / "absent.csl"))


@pytest.mark.parametrize(
    "wrong", ["nosuchthing", "vancouver-x", "chicago-note", "chicago-notes-x", "note", "ieeee", "-"]
)
def test_every_style_that_is_offered_for_another_works(wrong: str) -> None:
    with pytest.raises(UsageError) as refused:
        styles.formatted([Item("s", "k", bibliography("book", {"title": "Frogs"}, {}, {}))], wrong)
    known = {*styles.names(), *styles._SHORT}
    offered = [name for name in re.split(r"[ ,?…]+", str(refused.value.hint)) if name in known]
    assert offered
    for name in {*offered, *styles.USUAL, *styles._SHORT}:
        assert styles.formatted([Item("s", "k", bibliography("book", {"title": "Frogs"}, {}, {}))], name)
