"""Which stubs `kb check` takes for a source that is here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Kb


def _findings(kb: Kb) -> list[tuple[str, str]]:
    return [(one["severity"], one["fix"]) for one in kb("check", "--json").json["findings"] if one["check"] == "stub"]


@pytest.fixture
def source(kb: Kb, tmp_path: Path) -> str:
    page = tmp_path / "page.txt"
    page.write_text("Tide mills of the north\n\nI think that tide mills should be built in every small harbour.\n")
    ran = kb("add", page, "--url", "http://www.example.org/north/mills", "--title", "Tide mills of the north",
             "--author", "Ada Brandt", "--date", "2023-05-01", "--no-embed", "--json")  # fmt: skip
    return str(ran.json["items"][0]["source"]["id"])


@pytest.mark.parametrize(
    ("link", "certain"),
    [
        ("- [North](https://example.org/north/mills/index.html)", True),
        ("- [North](http://m.example.org/north/mills.html?ref=feed)", True),
        ("See [[Tide mills of the North!]].", False),
        ("See [[@{citekey}]].", None),
        ("- [North](https://example.org/north/mills?page=2)", None),
        ("- [North](https://example.org/south/mills)", None),
        ("See [[Tide mills]].", None),
    ],
)
def test_a_stub_is_told_by_its_address_or_title(
    kb: Kb, tmp_path: Path, source: str, link: str, certain: bool | None
) -> None:
    citekey = kb("show", source, "--json").json["citekey"]
    (tmp_path / "note.md").write_text(f"# Reading\n\n{link.format(citekey=citekey)}\n")
    kb("add", tmp_path / "note.md", "--no-embed")
    found = _findings(kb)
    if certain is None:
        assert found == []
        return
    ((severity, cure),) = found
    assert severity == ("warning" if certain else "note")
    assert cure.startswith(f"kb merge {source} s")
    assert kb("check", "--fix").code == 0
    assert len(_findings(kb)) == (0 if certain else 1)
    assert kb(*cure.split()[1:], "--no-embed").code == (2 if certain else 0)
    assert _findings(kb) == []
    targets = {one["target"] for one in kb("show", "Reading", "--json").json["references"]}
    assert targets == {source}


def test_what_was_declined_is_not_offered_again(kb: Kb, tmp_path: Path, source: str) -> None:
    (tmp_path / "note.md").write_text("# Reading\n\nSee [[Tide mills of the North!]].\n")
    kb("add", tmp_path / "note.md", "--no-embed")
    ((_, cure),) = _findings(kb)
    _, _, one, other = cure.split()
    assert one == source
    assert kb("merge", "--never", one, other).code == 0
    assert _findings(kb) == []


def test_a_note_called_like_a_work_is_about_it(kb: Kb, tmp_path: Path) -> None:
    body = "# On tide mills again\n\n- [On tide mills again](https://example.org/on-mills)\n"
    (tmp_path / "On tide mills again.md").write_text(body)
    kb("add", tmp_path, "--no-embed")
    assert _findings(kb) == []
