"""What a person marks in a note as an argument: fields, callouts, signs, Argdown. It is theirs, and accepted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import read
from importers.base import Input
from kb.extract import extract
from kb.extract.model import View
from kb.model import passages
from tests.conftest import Kb

Link = tuple[str, str, str]


@pytest.fixture
def added(kb: Kb, tmp_path: Path) -> Any:
    """Adds notes by name, and gives statements by text and the links as (from, relation, to); the note is "@Title"."""

    def add(**notes: str) -> tuple[dict[str, dict[str, Any]], set[Link]]:
        folder = tmp_path / "notes"
        folder.mkdir(exist_ok=True)
        for name, text in notes.items():
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
        assert kb("add", folder, "--no-embed").code == 0
        return graph(kb)

    return add


def graph(kb: Kb, home: Path | None = None) -> tuple[dict[str, dict[str, Any]], set[Link]]:
    statements = kb("statements", "--all", "--json", home=home).json["statements"]
    links = kb("links", "--json", home=home).json["links"]
    names = {s["id"]: s["text"] for s in statements} | {
        s["id"]: "@" + s["title"] for s in kb("list", "--stubs", "--json", home=home).json["sources"]
    }
    said = {link["id"]: (names.get(link["from"]), link["relation"], names.get(link["to"])) for link in links}
    names |= {name: f"[{a} {relation} {b}]" for name, (a, relation, b) in said.items()}
    authored = {
        (names[link["from"]], link["relation"], names[link["to"]])
        for link in links
        if link["basis"] == "authored" and link["status"] == "accepted"
    }
    return {s["text"]: s for s in statements}, authored


def test_fields_make_statements_and_the_critiques_and_evidence_of_a_section_are_about_its_claim(added: Any) -> None:
    statements, links = added(
        A="""# Surveys

claim:: Surveys mislead about wellbeing.
critique:: Large surveys agree with diaries.
evidence:: In 2019 a panel gave two answers to one question.
question:: Do diaries do better?
**theory of impact**:: Better numbers lead to better laws.
"""
    )
    kinds = {text: (s["kind"], s["basis"], s["status"]) for text, s in statements.items()}
    assert kinds["Surveys mislead about wellbeing."] == ("claim", "authored", "accepted")
    assert kinds["Large surveys agree with diaries."][0] == "critique"
    assert kinds["In 2019 a panel gave two answers to one question."][0] == "evidence"
    assert kinds["Do diaries do better?"][0] == "question"
    assert kinds["Better numbers lead to better laws."][0] == "theory_of_impact"
    assert links == {
        ("Large surveys agree with diaries.", "attacks", "Surveys mislead about wellbeing."),
        ("In 2019 a panel gave two answers to one question.", "supports", "Surveys mislead about wellbeing."),
    }


def test_a_field_under_an_item_is_about_the_item(added: Any) -> None:
    _, links = added(
        A="""- Diaries cost too much for a small lab.
    - critique:: A diary costs a euro a day.
        - evidence:: Three labs paid less.
- Plans help [supports:: [[B]]]
""",
        B="# Plans\n\nNothing yet.\n",
    )
    assert links == {
        ("A diary costs a euro a day.", "attacks", "Diaries cost too much for a small lab."),
        ("Three labs paid less.", "supports", "A diary costs a euro a day."),
        ("Plans help", "supports", "@Plans"),
    }


def test_a_field_on_its_own_speaks_of_the_note(added: Any) -> None:
    _, links = added(A="# Mine\n\nattacks:: [[B]]\n", B="# Theirs\n\nText.\n")
    assert links == {("@Mine", "attacks", "@Theirs")}


@pytest.mark.parametrize("first", ["A", "B"])
def test_a_fragment_means_the_statement_there_whichever_note_comes_first(kb: Kb, tmp_path: Path, first: str) -> None:
    notes = {
        "A": "claim:: Memory is short.\nattacks:: [[B#Memory holds for years.]]\nsupports:: [[B#Costs]], [[B#^c2]]\n",
        "B": "claim:: Memory holds for years.\n\n# Costs\n\nclaim:: Diaries are dear.\n\n- claim:: Pens cost. ^c2\n",
    }
    for name in sorted(notes, key=lambda name: name != first):
        path = tmp_path / f"{name}.md"
        path.write_text(notes[name], encoding="utf-8")
        kb("add", path, "--no-embed")
    _, links = graph(kb)
    assert links == {
        ("Memory is short.", "attacks", "Memory holds for years."),
        ("Memory is short.", "supports", "Diaries are dear."),
        ("Memory is short.", "supports", "Pens cost."),
    }


def test_words_mean_the_statement_with_just_these_words_or_are_one(added: Any) -> None:
    statements, links = added(
        A="claim:: Memory is short.\nattacks:: Memory holds for years.\nrestates:: We forget within a week.\n",
        B="claim:: Memory holds for years.\n",
    )
    assert ("Memory is short.", "attacks", "Memory holds for years.") in links
    assert ("Memory is short.", "restates", "We forget within a week.") in links
    assert statements["We forget within a week."]["status"] == "accepted"


def test_a_link_as_the_value_of_critique_says_that_the_critique_is_there(added: Any) -> None:
    _, links = added(A="claim:: Memory is short.\ncritique:: [[B]]\n", B="# Long memories\n\nText.\n")
    assert links == {("@Long memories", "attacks", "Memory is short.")}


def test_undercuts_is_aimed_at_the_step(added: Any) -> None:
    _, links = added(
        A="""claim:: Herons are few.
evidence:: Counts fell by half.

- The road was closed. [undercuts:: Counts fell by half.]
"""
    )
    step = "[Counts fell by half. supports Herons are few.]"
    assert ("The road was closed.", "undercuts", step) in links


def test_other_properties_say_nothing(added: Any) -> None:
    statements, links = added(
        A="alias:: PDF\ntype:: Object\nsupports:: Edit PDF, Mobile menu\n\n- plain item\n+ another one\n",
        B="Some text about std::vector and key::value.\n",
    )
    assert not links
    assert not [s for s in statements.values() if s["basis"] == "authored"]


def test_callouts_are_statements_and_one_inside_another_answers_it(added: Any) -> None:
    statements, links = added(
        A="""> [!claim] Counts should be weekly
> More words here.
>
> > [!critique]
> > Weekly counts are noisy
> > in winter.
> >
> > > [!reply] Noise averages out over a year.

> [!question] Who pays for it?

> [!note] Not one of ours
"""
    )
    assert links == {
        ("Weekly counts are noisy in winter.", "attacks", "Counts should be weekly"),
        ("Noise averages out over a year.", "attacks", "Weekly counts are noisy in winter."),
    }
    assert statements["Weekly counts are noisy in winter."]["mentions"][0]["quote"].startswith(
        "Weekly counts are noisy"
    )
    assert statements["Who pays for it?"]["kind"] == "question"
    assert "Not one of ours" not in statements


SIGNED = """---
kb-signs: true
---
* Diaries are better than surveys
    + They are written on the same day
        - Nobody keeps that up for long
"""


def test_list_signs_count_only_where_the_note_declares_them(added: Any) -> None:
    _, links = added(A=SIGNED)
    assert links == {
        ("They are written on the same day", "supports", "Diaries are better than surveys"),
        ("Nobody keeps that up for long", "attacks", "They are written on the same day"),
    }


def test_without_the_declaration_plus_and_minus_are_bullets(added: Any) -> None:
    _, links = added(A=SIGNED.replace("kb-signs: true\n", "title: Diaries\n"))
    assert not links


ARGDOWN = """# Herons

```argdown
[T]: Herons are few.
  + <R>: Counts fell
      by half. #evidence
    _ [U]: The road was \\#closed.
  - They moved upriver.
[T]
  - [Q]: Nobody looked.
```

```python
[T]: no = "argdown"
```
"""


def test_argdown_blocks_are_read_with_the_undercut_step(added: Any) -> None:
    statements, links = added(A=ARGDOWN)
    assert links == {
        ("Counts fell by half.", "supports", "Herons are few."),
        ("They moved upriver.", "attacks", "Herons are few."),
        ("Nobody looked.", "attacks", "Herons are few."),
        ("The road was #closed.", "undercuts", "[Counts fell by half. supports Herons are few.]"),
    }
    assert statements["Counts fell by half."]["kind"] == "evidence"
    for statement in statements.values():
        for mention in statement["mentions"]:
            assert ARGDOWN[mention["start"] : mention["end"]] == mention["quote"]


def test_what_is_taken_out_of_the_note_is_gone_and_the_rest_stays(kb: Kb, tmp_path: Path) -> None:
    note = tmp_path / "A.md"
    note.write_text("claim:: Memory is short.\ncritique:: It is long in some.\n", encoding="utf-8")
    kb("add", note, "--no-embed")
    note.write_text("claim:: Memory is short.\n", encoding="utf-8")
    kb("add", note, "--no-embed")
    statements, links = graph(kb)
    assert set(statements) == {"Memory is short."}
    assert not links


def test_an_exported_vault_gives_the_same_statements_and_links(added: Any, kb: Kb, tmp_path: Path) -> None:
    before = added(
        A=ARGDOWN, B="claim:: Memory is short.\nattacks:: [[C#Memory holds.]]\n", C="claim:: Memory holds.\n"
    )
    assert kb("export", tmp_path / "vault").code == 0
    other = tmp_path / "other"
    assert kb("add", tmp_path / "vault", "--no-embed", home=other).code == 0
    after = graph(kb, other)
    assert after[1] == before[1]
    assert {(t, s["kind"], s["status"], s["basis"]) for t, s in after[0].items()} == {
        (t, s["kind"], s["status"], s["basis"]) for t, s in before[0].items()
    }
    assert kb("check", "--json", home=other).json["ok"]


MARKS = st.sampled_from(
    ["claim:: ", "critique:: ", "supports:: ", "undercuts:: ", "[[B]]", "[[#x]]", "> [!claim] ", "> > [!critique]",
     "\n", "    - ", "- ", "```argdown\n", "```", "[T]: ", "  + ", "word ", "Two words. ", "(attacks:: x)",
     "---\nkb-signs: true\n---\n"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(MARKS, max_size=25).map("".join))
def test_any_note_can_be_read_and_every_quote_stands_in_it(text: str) -> None:
    (document,) = read(Input(text or "x", "note.md"), "markdown")
    cut = passages.cut(document.text, document.blocks)
    view = View("s1", "note", document.title, (), document.text, cut)
    found = extract(view)
    for draft in found.statements:
        assert view.text[draft.start : draft.end].strip()
    for link in found.links:
        assert link.source != link.target
        assert link.evidence is None or view.text[slice(*link.evidence)].strip()
