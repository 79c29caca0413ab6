"""Citations lead to the work of their citekey, whichever comes first, and to it still when its citekey has changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Kb

WAYS = ["[@chen2014]", "[@chen2014, p. 4]", "[see @chen2014, pp. 3-5]", "[-@chen2014]", "@chen2014", "-@chen2014",
        "@{chen2014}", "[[@chen2014]]", "[[chen2014]]", "[[chen2014|Chen]]", "cite:chen2014", "cite:&chen2014",
        "citep:chen2014", "[[cite:chen2014]]"]  # fmt: skip
NO = ["ada@chen2014.example", "me@chen2014", "`@chen2014`", "\\@chen2014", "https://example.org/@chen2014"]


def bib(key: str, title: str = "Counting Well", doi: str = "10.5555/cw") -> str:
    return f"@article{{{key},\n title={{{title}}},\n author={{Chen, Ada}},\n year={{2014}},\n doi={{{doi}}}\n}}\n"


def _show(kb: Kb, ref: str) -> Any:
    ran = kb("show", ref, "--json")
    assert ran.code == 0, ran.out + ran.err
    return ran.json


def _references(kb: Kb, ref: str) -> dict[str, str | None]:
    shown = _show(kb, ref)
    assert all(shown["text"][one["start"] : one["end"]] == one["raw"] for one in shown["references"])
    return {one["raw"]: one["target"] for one in shown["references"]}


def _add(kb: Kb, path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    assert kb("add", path, "--no-embed").code == 0


@pytest.mark.parametrize("first", ["note", "bibliography"])
def test_every_way_to_cite_leads_to_the_work(kb: Kb, tmp_path: Path, first: str) -> None:
    note = "I disagree.\n\n" + "".join(f"So says {way} here.\n\n" for way in [*WAYS, *NO])
    steps = [(tmp_path / "n.md", note), (tmp_path / "lib.bib", bib("chen2014"))]
    for path, text in steps if first == "note" else reversed(steps):
        _add(kb, path, text)
    work = _show(kb, "chen2014")
    assert work["title"] == "Counting Well"
    found = _references(kb, "n")
    assert {way: target for way, target in found.items() if way in WAYS and target != work["id"]} == {}
    assert set(WAYS) <= set(found)
    assert len(work["backlinks"]) == len(WAYS)
    assert kb("list", "--kind", "stub", "--json").json["sources"] == []


def test_several_in_one_bracket_are_one_each(kb: Kb, tmp_path: Path) -> None:
    _add(kb, tmp_path / "lib.bib", bib("chen2014") + bib("roe2015", "Nests", "10.5555/ne"))
    _add(kb, tmp_path / "n.md", "It is so [see @chen2014, p. 4; @roe2015; -@nobody]. And cite:chen2014,roe2015 too.\n")
    chen, roe = _show(kb, "chen2014")["id"], _show(kb, "roe2015")["id"]
    assert _references(kb, "n") == {
        "see @chen2014, p. 4": chen, "@roe2015": roe, "-@nobody": None, "cite:chen2014": chen, "roe2015": roe,
    }  # fmt: skip


def test_a_handle_is_no_reference_and_an_unknown_citation_waits(kb: Kb, tmp_path: Path) -> None:
    _add(kb, tmp_path / "here.md", "Hello to all of you in the room.\n")  # its own citekey is "here"
    _add(
        kb, tmp_path / "n.md", "Thanks @ada and @here. As [@later2020] says.\n\n- claim:: @ada is right about nests.\n"
    )
    assert _references(kb, "n") == {"[@later2020]": None}
    assert kb("list", "--kind", "stub", "--json").json["sources"] == []
    _add(kb, tmp_path / "lib.bib", bib("later2020"))
    assert _references(kb, "n") == {"[@later2020]": _show(kb, "later2020")["id"]}


def test_notation_that_cites_takes_effect_when_the_work_comes(kb: Kb, tmp_path: Path) -> None:
    _add(
        kb,
        tmp_path / "n.md",
        "---\nattacks: '[@chen2014]'\n---\nclaim:: Lists are enough.\nsupports:: [@chen2014, p. 4]\n",
    )
    assert kb("links", "--json").json["links"] == []
    _add(kb, tmp_path / "lib.bib", bib("chen2014"))
    work = _show(kb, "chen2014")["id"]
    assert {(one["relation"], one["to"]) for one in kb("links", "--json").json["links"]} == {
        ("attacks", work), ("supports", work),
    }  # fmt: skip


@pytest.mark.parametrize("form", ["bib", "json", "ris"])
def test_a_citekey_in_use_stays_when_it_is_another_one_in_the_file_which_answers_too(
    kb: Kb, tmp_path: Path, form: str
) -> None:
    _add(kb, tmp_path / "n.md", "[@chen2014] and [@chen2014counting] and [[chen2014]].\n")
    _add(kb, tmp_path / "lib.bib", bib("chen2014"))
    before = _show(kb, "chen2014")["id"]
    key = "chen2014counting"
    later = {
        "bib": bib(key),
        "json": f'[{{"id": "{key}", "type": "article-journal", "title": "Counting Well", "DOI": "10.5555/cw", '
        '"author": [{"family": "Chen", "given": "Ada"}], "issued": {"date-parts": [[2014]]}}]',
        "ris": f"TY  - JOUR\nTI  - Counting Well\nAU  - Chen, Ada\nPY  - 2014\nDO  - 10.5555/cw\nLB  - {key}\nER  - \n",
    }
    _add(kb, tmp_path / f"lib.{form}", later[form])
    assert _show(kb, key)["citekey"] == "chen2014"
    assert _show(kb, key)["id"] == _show(kb, "chen2014")["id"] == before
    assert set(_references(kb, "n").values()) == {before}
    _add(kb, tmp_path / "m.md", "Later: [@chen2014] and @chen2014.\n")
    assert set(_references(kb, "m").values()) == {before}
    assert kb("add", tmp_path / f"lib.{form}", "--no-embed", "--json").json["counts"]["unchanged"] == 1


def test_no_source_loses_its_citekey_to_another(kb: Kb, tmp_path: Path) -> None:
    _add(kb, tmp_path / "lib.bib", bib("chen2014") + bib("roe2015", "Nests", "10.5555/ne"))
    chen, roe = _show(kb, "chen2014")["id"], _show(kb, "roe2015")["id"]
    _add(kb, tmp_path / "lib.bib", bib("roe2015"))  # by mistake the key that the other one has
    assert (_show(kb, "roe2015")["id"], _show(kb, "chen2014")["id"]) == (roe, chen)
    _add(kb, tmp_path / "lib.bib", bib("chen2020"))
    _add(kb, tmp_path / "chen2014.md", "# chen2014\n\nA note whose citekey would be the old one of the work.\n")
    assert _show(kb, "chen2014")["id"] == _show(kb, "chen2020")["id"] == chen
    assert {one["citekey"] for one in kb("list", "--json").json["sources"]} == {"chen2014", "roe2015", "chen2014a"}


def test_a_citekey_that_was_made_up_is_that_of_the_file_until_it_was_printed(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "ponds.md").write_text("# Ponds of Oslo\n\nWe count frogs in all of them.\n", encoding="utf-8")
    for key, printed in (("roe2019first", False), ("roe2019second", True)):
        home = tmp_path / key
        kb("--home", home, "add", tmp_path / "ponds.md", "--url", "https://doi.org/10.5555/po", "--no-embed")
        made = kb("--home", home, "list", "--json").json["sources"][0]["citekey"]
        if printed:
            kb("--home", home, "cite", made)
        (tmp_path / "lib.bib").write_text(bib(key, "Ponds of Oslo", "10.5555/po"), encoding="utf-8")
        kb("--home", home, "add", tmp_path / "lib.bib", "--no-embed")
        (one,) = kb("--home", home, "list", "--json").json["sources"]
        assert one["citekey"] == (made if printed else key)
        assert {kb("--home", home, "show", name, "--json").json["id"] for name in (made, key)} == {one["id"]}
