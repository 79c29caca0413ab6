"""An export of Roam: a note a page, what refers to blocks and pages led there, attributes as facts."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.base import Input
from importers.texts.roam import IMPORTER
from importers.texts.roam_text import Graph, outline
from kb.errors import KbError
from kb.model.document import Document
from tests.conftest import Kb
from tests.importers.importer_checks import check


def block(string: str, uid: str = "", *children: dict[str, object], **more: object) -> dict[str, object]:
    return {"string": string, "uid": uid or "u" * 9, "children": list(children), **more}


def page(title: str, *children: dict[str, object], **more: object) -> dict[str, object]:
    return {"title": title, "uid": title[:9], "children": list(children)} | more


def read(*pages: dict[str, object]) -> list[Document]:
    text = json.dumps(list(pages))
    found = IMPORTER.read(Input(text, "roam.json", "roam.json", text.encode()))
    for one in found:
        check(IMPORTER, one)
    return found


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("**a** __b__ ^^c^^ ~~d~~", "- **a** *b* ==c== ~~d~~"),
        ("$$x^2$$ and `__x__`", "- $x^2$ and `__x__`"),
        ("{{[[TODO]]}} count", "- [ ] count"),
        ("{{DONE}} counted", "- [x] counted"),
        ("[frogs]([[Pond frogs]]) and [[Ponds [[by]] lot]]", "- [[Pond frogs|frogs]] and [[Ponds by lot]]"),
        ("See {{[[video]]: https://a.example/v}}", "- See https://a.example/v"),
        ("{{[[query]]: {and: [[a]] [[b]]}}}", ""),
        ("One\ntwo", "- One\n  two"),
        ("Do ```python\nx = 1```", "- Do\n  ```python\n  x = 1\n  ```"),
    ],
)
def test_the_forms_of_roam(written: str, read_as: str) -> None:
    assert outline([{"string": written, "uid": "abcdefghi"}], Graph(), Counter()) == read_as


def test_blocks_below_blocks_are_a_list_and_headings_stand_over_theirs() -> None:
    (found,) = read(page("Ponds", block("Frogs", "", block("By day", "", block("At noon")), heading=2), block("Toads")))
    assert found.text == "## Frogs\n\n- By day\n    - At noon\n- Toads\n"


def test_a_reference_leads_to_the_block_and_the_block_has_its_name() -> None:
    ponds, days = read(
        page("Ponds", block("Drawn by lot.", "q1w2e3_4t")),
        page("June 5th, 2022", block("Again ((q1w2e3_4t)), [there](((q1w2e3_4t))), {{embed: ((q1w2e3_4t))}}")),
    )
    assert ponds.text == "- Drawn by lot. ^q1w2e3-4t\n"
    place = "Ponds#^q1w2e3-4t"
    assert days.text == f"- Again [[{place}]], [[{place}|there]], ![[{place}]]\n"
    assert days.published == "2022-06-05"


def test_attributes_of_a_page_are_facts_of_it() -> None:
    said = ("Author:: [[Ada Moss]]", "Source:: https://ponds.example/lot", "Tags:: #frogs #[[by lot]]", "Text.")
    (found,) = read(page("Ponds", *map(block, said), **{"create-time": 1654467952000}))
    assert [one.name for one in found.authors] == ["Ada Moss"]
    assert (found.url, set(found.tags), found.published) == (
        "https://ponds.example/lot",
        {"frogs", "by lot"},
        "2022-06-05",
    )
    assert found.text.endswith("---\n- Text.\n")


def test_what_is_left_out_is_counted() -> None:
    (found,) = read(page("Ponds", block("{{[[query]]: a}}"), block("{{roam/render: x}} Frogs")), page("Frogs"))
    assert set(found.problems) == {"left out: 1 query, 1 macro roam/render", "left out: 1 page without blocks"}


@pytest.mark.parametrize("text", ["[]", '[{"title": "a"}]', "{", '[{"title": 1, "children": []}]'])
def test_what_is_no_export_is_one_error(text: str) -> None:
    with pytest.raises(KbError):
        IMPORTER.read(Input(text, "roam.json", "roam.json", text.encode()))


@given(st.text(alphabet="[](){}`^_*~$#:-!\n aTODOembed", max_size=60))
def test_signs_in_any_order_are_read(said: str) -> None:
    for one in IMPORTER.read(Input(json.dumps([page("Ponds", block(said), block("Frogs"))]), "roam.json")):
        check(IMPORTER, one)


def test_pages_link_to_each_other_in_the_store(kb: Kb, tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    path.write_text(json.dumps([page("Ponds", block("Drawn by lot.", "q1w2e3r4t")),
                                page("Days", block("See ((q1w2e3r4t)) on [[Ponds]]."))]), encoding="utf-8")  # fmt: skip
    assert kb("add", str(path), "--no-embed").code == 0
    shown = kb("show", "Ponds").out
    assert "Days" in shown


def test_a_page_that_changed_is_updated_and_days_of_two_graphs_are_two(kb: Kb, tmp_path: Path) -> None:
    for name, said in (("mine", "Drawn by lot."), ("mine", "Drawn by lot, at last."), ("work", "Drawn at work.")):
        path = tmp_path / f"{name}.json"
        day = page("June 5th, 2022", block(said), uid="06-05-2022")
        path.write_text(json.dumps([page("Ponds", block(said)), day] if name == "mine" else [day]), encoding="utf-8")
        kb("add", str(path), "--no-embed")
    assert sorted(one["title"] for one in kb("list", "--json").json["sources"]) == ["June 5th, 2022"] * 2 + ["Ponds"]
    assert "at last" in kb("show", "Ponds").out


@pytest.mark.real
def test_the_sample_is_read_whole(shared: Path) -> None:
    path = shared / "samples/obsidian/roam_export_sample.json"
    data = path.read_bytes()
    source = Input(data.decode(), path.name, str(path), data)
    assert IMPORTER.sniff(source) > 0.9
    assert [one.title for one in IMPORTER.read(source)] == ["AGI Ruin (post)", "June 5th, 2022"]
