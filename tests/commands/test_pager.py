"""Long output on a terminal goes through a pager; what is short, or goes elsewhere, does not."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from commands import output, pager
from tests.conftest import ROOT, Kb

TITLES = [f"Note {number}" for number in range(12)]


@pytest.fixture
def home(kb: Kb, tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    for title in TITLES:
        (folder / f"{title}.md").write_text(f"# {title}\n\nMills grind slowly.\n")
    assert kb("add", folder, "--no-embed").code == 0
    return tmp_path / "home"


def on_a_terminal(home: Path, *arguments: str, stop_at: str = "", lines: int = 8, **told: str) -> tuple[int, str]:
    """The exit code of a command on a terminal of so many lines, and what it showed there.

    Once it shows `stop_at`, Ctrl-C is pressed.
    """
    ours, theirs = pty.openpty()
    env = {name: value for name, value in os.environ.items() if name not in {"PAGER", "KB_PAGER", "NO_COLOR"}}
    env |= {"LINES": str(lines), "COLUMNS": "80", "TERM": "xterm", **told}
    command = [sys.executable, "-m", "cli", "--home", str(home), *arguments]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=env, start_new_session=True
    )
    shown = b""
    while select.select([ours], [], [], 0.2)[0] or process.poll() is None:
        if select.select([ours], [], [], 0)[0]:
            shown += os.read(ours, 65536)
        if stop_at and stop_at.encode() in shown:
            os.killpg(process.pid, signal.SIGINT)
            stop_at = ""
    os.close(theirs)  # before, what is on its way might be lost
    os.close(ours)
    return process.wait(), shown.decode().replace("\r\n", "\n")


def test_a_long_list_goes_through_the_pager_in_colour_and_its_count_follows(home: Path) -> None:
    code, shown = on_a_terminal(home, "list", KB_PAGER="sed 's/^/| /'")
    assert code == 0
    *rows, count, end = shown.split("\n")
    assert len(rows) == len(TITLES)
    assert all(row.startswith("| ") and "\033[" in row for row in rows)
    assert (count, end) == ("12 sources", "")


def test_what_fits_is_shown_without_it(home: Path) -> None:
    assert "| " not in on_a_terminal(home, "list", lines=14, KB_PAGER="sed 's/^/| /'")[1]
    assert "| " in on_a_terminal(home, "list", lines=12, KB_PAGER="sed 's/^/| /'")[1]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--no-pager", "list"], {"PAGER": "sed 's/^/| /'"}),
        (["list", "--no-pager"], {"PAGER": "sed 's/^/| /'"}),
        (["list"], {"PAGER": "sed 's/^/| /'", "KB_PAGER": ""}),
        (["list"], {"PAGER": "cat"}),
        (["list"], {"PAGER": ""}),
        (["list"], {"PAGER": "sed 's/^/| /'", "TERM": "dumb"}),
        (["list"], {"PAGER": "no-such-pager-anywhere"}),
    ],
)
def test_it_can_be_left_out_and_a_missing_one_loses_nothing(
    home: Path, arguments: list[str], told: dict[str, str]
) -> None:
    code, shown = on_a_terminal(home, *arguments, **told)
    assert code == 0
    assert "| " not in shown
    assert [title for title in TITLES if title not in shown] == [], shown


def test_leaving_it_early_or_with_ctrl_c_is_quiet(home: Path) -> None:
    code, shown = on_a_terminal(home, "list", KB_PAGER="head -n 1")
    assert (code, shown.count("Note "), shown.count("\n")) == (0, 1, 2)
    code, shown = on_a_terminal(home, "list", KB_PAGER="echo open; sleep 60", stop_at="open")
    assert code == 0
    assert "Traceback" not in shown
    assert "interrupted" not in shown


def test_in_a_pipe_there_is_none(kb: Kb, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_PAGER", "sed 's/^/| /'")
    monkeypatch.setenv("LINES", "3")
    assert "| " not in kb("list", home=home).out


def test_what_a_failed_command_had_printed_is_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @output.paging()
    def fails() -> None:
        output.text("first")
        output.say("beside")
        raise ValueError("broken")

    monkeypatch.setattr(pager, "wanted", lambda: True)
    with pytest.raises(ValueError, match="broken"):
        fails()
    assert capsys.readouterr() == ("first\n", "beside\n")


def test_rows_are_counted_as_the_terminal_breaks_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINES", "4")
    monkeypatch.setenv("COLUMNS", "10")
    assert not pager.too_long("\033[33mnine char\033[0m\n2\n3")
    assert pager.too_long("this takes two\n2\n3")
