"""Each shell itself, with its script: what the line is after TAB. zsh and fish where they are installed."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from commands.completion import scripts, shells
from commands.completion.candidates import Answer, Candidate
from kb.errors import KbError
from tests.commands.completion.conftest import SIGNS
from tests.conftest import ROOT, Kb

STARTS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder with a `kb` that runs this tree."""
    folder = tmp_path / "bin"
    folder.mkdir()
    kb = folder / "kb"
    kb.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m cli "$@"\n')
    kb.chmod(0o755)
    return folder


def _bash(named: Path, program: Path, line: str, word: str, kind: int = 9, point: int | None = None) -> list[str]:
    """What bash puts in for the word that ends at the cursor, or lists."""
    script = """source "$SCRIPT"; COMP_LINE=$1 COMP_POINT=$2 COMP_TYPE=$3
        _kb_complete kb "$4" x; printf '%s\\n' "${COMPREPLY[@]}" """
    at = len(line) if point is None else point
    ran = subprocess.run(
        ["bash", "--norc", "-c", script, "bash", line, str(at), str(kind), word],
        env={**os.environ, "SCRIPT": str(_script(program, "bash")), "KB_HOME": str(named), "LC_ALL": "C.UTF-8",
             "PATH": f"{program}:{os.environ['PATH']}"},
        capture_output=True, text=True, check=True, cwd=program,
    )  # fmt: skip
    assert "rror" not in ran.stderr.replace("compopt: not currently executing completion function", "")
    return [line for line in ran.stdout.split("\n") if line]


def _script(folder: Path, shell: str) -> Path:
    path = folder / f"kb.{shell}"
    path.write_text(scripts.SCRIPTS[shell], encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "word", "expected"),
    [
        ("kb sho", "sho", ["show"]),
        ("kb show toy", "toy", ["elhagetoy"]),
        ("kb show 学习", "学习", ["obrien"]),
        ("kb list --author Neel", "Neel", ["Neel\\ Nanda"]),
        ("kb list --author Neel\\ N", "Neel\\ N", ["Neel\\ Nanda"]),
        ('kb list --author "Neel N', "Neel N", ["Neel Nanda"]),
        ("kb list --author 'Neel N", "Neel N", ["Neel Nanda"]),
        ("kb list --author nora", "nora", ["Nora\\ O\\'Brien"]),
        ("kb list --author 'nora", "nora", ["Nora O'\\''Brien"]),
        ("kb list --author=Neel", "Neel", ["Neel\\ Nanda"]),
        ("kb list --author=", "", ["Neel\\ Nanda", "Nelson\\ Elhage", "Nora\\ O\\'Brien"]),
        ("kb list --author = Neel", "Neel", []),
        ("kb list --tag two", "two", ["two\\ words"]),
        ("kb show quokka", "quokka", []),
        ("kb add x", "x", []),
    ],
)
def test_what_bash_puts_in(named: Path, program: Path, line: str, word: str, expected: list[str]) -> None:
    assert _bash(named, program, line, word) == expected


def test_bash_lists_several_with_their_titles(named: Path, program: Path) -> None:
    listed = _bash(named, program, "kb show ", "")
    told = {name: title.strip() for name, title in (line.split(maxsplit=1) for line in listed)}
    assert told == {"obrien": "机器学习的未来", "elhagetoy": "Toy models of superposition", "nandaprogress": SIGNS}
    assert sorted(_bash(named, program, "kb show ", "", kind=37)) == ["elhagetoy", "nandaprogress", "obrien"]


def test_bash_completes_where_the_cursor_is(named: Path, program: Path) -> None:
    assert _bash(named, program, "kb show toy --outline", "toy", point=len("kb show toy")) == ["elhagetoy"]
    assert _bash(named, program, "kb show 学习 --outline", "学习", point=len("kb show 学习")) == ["obrien"]


def test_what_was_typed_stays_where_several_are_meant_by_other_words() -> None:
    found = [Candidate("smith2020a", "On frogs", "On frogs"), Candidate("smith2021b", "Of frogs", "Of frogs")]
    asked = {"_KB_COMPLETE": "bash", "_KB_LINE": "kb show frogs", "_KB_WORD": "frogs", "_KB_TYPE": "9"}
    first, *listed, last = shells.told(Answer("words", found), "frogs", asked).split("\n")
    assert (first, last, len(listed)) == ("meant", "", 3)
    assert _common(listed) == ""
    begun = shells.told(Answer("words", found), "smi", {**asked, "_KB_LINE": "kb show smi", "_KB_WORD": "smi"})
    assert _common(begun.split("\n")[1:-1]) == "smith202"


def _common(lines: Sequence[str]) -> str:
    """What bash puts in for several."""
    return min(lines)[: next(at for at in range(99) if len({line[at : at + 1] for line in lines}) > 1)]


def test_a_word_that_bash_tears_apart_is_put_together() -> None:
    found = Answer("words", [Candidate("arxiv:2401.0001")])
    asked = {"_KB_COMPLETE": "bash", "_KB_LINE": "kb show arxiv:24", "_KB_WORD": "24", "_KB_TYPE": "9"}
    assert shells.told(found, "arxiv:24", asked) == "words\n2401.0001\n"
    asked = {**asked, "_KB_LINE": "kb show arxiv:", "_KB_WORD": ""}
    assert shells.told(found, "arxiv:", asked) == "words\n2401.0001\n"


def test_no_candidate_is_more_than_a_line_or_a_column() -> None:
    found = Answer("words", [Candidate("a\nb"), Candidate("c", "one\ttwo\nthree\x1b[31m")])
    assert shells.told(found, "", {"_KB_COMPLETE": "fish"}) == "words\nc\tone two three [31m\n"


def _typed(shell: str, named: Path, program: Path, keys: Sequence[tuple[str, str]]) -> str:
    """All that a shell shows while keys are typed, each once it shows what the one before was to bring, without what
    moves the cursor.
    """
    started, fd = pty.fork()
    if started == 0:
        os.chdir(program)
        path = f"{program}:{os.environ['PATH']}"
        os.execvpe(STARTS[shell][0], STARTS[shell], {
            "TERM": "xterm", "PATH": path, "HOME": str(program), "KB_HOME": str(named), "LC_ALL": "C.UTF-8",
        })  # fmt: skip
    shown = b""
    for key, awaited in keys:
        os.write(fd, key.encode())
        seen = len(_still(shown))
        late = time.monotonic() + 20
        while awaited not in _still(shown)[seen:] and time.monotonic() < late:
            if select.select([fd], [], [], 0.2)[0]:
                shown += (got := os.read(fd, 65536))
                if b"\x1b[c" in got or b"\x1b[0c" in got:  # fish asks what the terminal is
                    os.write(fd, b"\x1b[?62c")
    os.close(fd)
    os.waitpid(started, 0)
    return _still(shown)


def _still(shown: bytes) -> str:
    return re.sub(
        r"\x1b\[[0-9;?<>=]*[a-zA-Z]|\x1b[=>()][B0]?|\x1b\][^\x07]*\x07|\r", "", shown.decode(errors="replace")
    )


@pytest.mark.parametrize("shell", STARTS)
def test_a_shell_completes_with_the_script_and_runs_no_title(shell: str, named: Path, program: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    ready = "autoload -Uz compinit; compinit -u -D; " if shell == "zsh" else ""
    start = f"{ready}source {_script(program, shell)}; echo RE''ADY\r"
    one = r"Toy\ models\ of\ superposition" if shell == "fish" else "elhagetoy"
    shown = _typed(shell, named, program, [
        (start, "READY"), ("kb show superpos\t", one), ("\x15kb list --author Neel\t", r"Neel\ Nanda"),
        ("\x15kb show \t\t", SIGNS[:30]),
    ])  # fmt: skip
    assert "kb list --author Neel\\ Nanda" in shown
    assert one in shown
    assert "rror" not in shown
    assert SIGNS[:30] in shown  # signs in a title are no code
    assert "uid=" not in shown


def test_installing_writes_the_script_and_has_it_read_once(tmp_path: Path) -> None:
    (tmp_path / ".bashrc").write_bytes(b"alias x=y")
    for _ in range(2):
        path = scripts.install("bash", tmp_path)
    assert path.read_text() == scripts.SCRIPTS["bash"]
    assert (tmp_path / ".bashrc").read_text().splitlines() == ["alias x=y", f"source '{path}'"]
    assert scripts.install("fish", tmp_path).parent == tmp_path / ".config/fish/completions"
    assert scripts.install("zsh", tmp_path).name == "_kb"
    assert "compinit" in (tmp_path / ".zshrc").read_text()


def test_installing_where_it_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / ".bash_completions").write_text("a file")
    with pytest.raises(KbError, match="cannot write"):
        scripts.install("bash", tmp_path)


def test_the_script_of_the_shell_in_use_is_shown_and_installed(
    kb: Kb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripts, "current", lambda: "bash")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert kb("--show-completion").out == scripts.SCRIPTS["bash"]
    ran = kb("--install-completion")
    assert ran.code == 0
    assert str(tmp_path / ".bash_completions" / "kb.sh") in ran.err


def test_a_shell_without_a_script_is_told(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    import shellingham

    monkeypatch.setattr(shellingham, "detect_shell", lambda: ("tcsh", "/bin/tcsh"))
    ran = kb("--install-completion")
    assert ran.code == 1
    assert "no completion for tcsh" in ran.err
