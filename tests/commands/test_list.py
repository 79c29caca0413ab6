"""`kb list`: the sources there are, and what filters leave."""

from __future__ import annotations

from pathlib import Path

from tests.commands.conftest import Ask
from tests.commands.shapes import SOURCE
from tests.conftest import Kb


def test_sources_have_the_shape_of_the_interface(ask: Ask) -> None:
    sources = ask("list")["sources"]
    assert {s["kind"] for s in sources} >= {"note", "post", "comment", "transcript", "shortform"}
    assert all(set(s) >= SOURCE for s in sources)


def test_filters_narrow_and_an_empty_result_is_no_error(ask: Ask) -> None:
    assert ask("list", "--kind", "paper") == {"sources": []}
    assert len(ask("list", "--kind", "note,transcript", "-n", "1")["sources"]) == 1


def test_stubs_are_left_out_unless_asked_for_and_their_number_is_told(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "mills.md").write_text("# Mills\n\nSee [[Gates]] and [[Weirs]] on the price of mills.\n")
    assert kb("add", tmp_path / "mills.md", "--no-embed").code == 0

    def listed(*more: str) -> tuple[set[str], str]:
        ran = kb("list", *more, "--json")
        return {one["title"] for one in ran.json["sources"]}, ran.err

    assert listed() == ({"Mills"}, "1 source; 2 stubs left out, --stubs lists them too\n")
    assert listed("-n", "1") == listed()
    assert listed("--stubs") == ({"Mills", "Gates", "Weirs"}, "")
    assert listed("--kind", "stub") == ({"Gates", "Weirs"}, "")
    assert listed("--kind", "note,stub")[0] == {"Mills", "Gates", "Weirs"}
    assert listed("--source", "Gates") == ({"Gates"}, "")
    assert listed("--kind", "note") == ({"Mills"}, "")
    assert listed("--state", "all")[0] == {"Mills"}
    plain = kb("list")
    assert "Gates" not in plain.out
    assert plain.err == "1 source; 2 stubs left out, --stubs lists them too\n"


def test_they_are_sorted_by_a_field_or_a_fact_and_those_without_it_come_last(kb: Kb) -> None:
    samples = Path(__file__).resolve().parents[2] / "docs" / "samples"
    assert kb("add", samples / "discourse-topic.json", samples / "hacker-news.json", "--no-embed").code == 0

    def values(sort: str, name: str) -> list[object]:
        found = kb("list", "--sort", sort, "--json").json["sources"]
        return [one["facts"].get(name) if name == "likes" else one[name] for one in found]

    likes = values("likes", "likes")
    known = [one for one in likes if one is not None]
    assert likes == [*sorted(known, key=float, reverse=True), *[None] * (len(likes) - len(known))]  # type: ignore[arg-type]
    assert len(set(known)) > 1
    assert values("-likes", "likes")[: len(known)] == known[::-1]
    for field in ("added", "published"):
        assert values(f"-{field}", field) == sorted(values(field, field))  # type: ignore[type-var]
    titles = [str(one).casefold() for one in values("title", "title")]
    assert titles == sorted(titles)
    assert f"(likes {known[0]})" in kb("list", "--sort", "likes").out.split("\n")[0]


def test_a_field_that_there_is_not_is_told_with_those_that_there_are(kb: Kb) -> None:
    ran = kb("list", "--sort", "karm")
    assert ran.code == 2
    assert "did you mean karma?" in ran.err
