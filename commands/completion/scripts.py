"""The script of each shell, which asks `kb` what may stand there (`commands.completion.shells`), and installing it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from kb.errors import KbError

_BASH = """_kb_complete() {
    local line kind=
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ -z $kind ]]; then kind=$line; else COMPREPLY+=("$line"); fi
    done < <(_KB_COMPLETE=bash _KB_LINE="${COMP_LINE:0:COMP_POINT}" _KB_WORD="$2" _KB_TYPE="$COMP_TYPE" \\
        "$1" 2>/dev/null)
    case $kind in
        files) compopt -o default 2>/dev/null ;;
        folders) compopt -o dirnames 2>/dev/null ;;
    esac
}
complete -F _kb_complete kb
"""

_ZSH = """#compdef kb
_kb() {
    local line kind=
    local -a values shown
    while IFS= read -r line; do
        if [[ -z $kind ]]; then kind=$line; continue; fi
        values+=("${line%%$'\\t'*}")
        if [[ $line == *$'\\t'* ]]; then shown+=("${line%%$'\\t'*}  -- ${line#*$'\\t'}"); else shown+=("$line"); fi
    done < <(_KB_COMPLETE=zsh "${(Q)words[1]}" "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)
    case $kind in
        files) _files; return ;;
        folders) _files -/; return ;;
        meant) (( $#values > 1 )) && compstate[insert]=menu ;;
    esac
    (( $#values )) && compadd -U -V kb -l -d shown -a values
}
if [[ $funcstack[1] == _kb ]]; then _kb "$@"; else compdef _kb kb; fi
"""

_FISH = """function __kb_complete
    set -l tokens (commandline -opc)
    set -l found (env _KB_COMPLETE=fish $tokens[1] $tokens[2..-1] (commandline -ct) 2>/dev/null)
    switch "$found[1]"
        case files
            __fish_complete_path (commandline -ct)
        case folders
            __fish_complete_directories (commandline -ct)
        case '*'
            test (count $found) -gt 1; and printf '%s\\n' $found[2..-1]
    end
end
complete --command kb --no-files --keep-order --arguments '(__kb_complete)'
"""

SCRIPTS: Mapping[str, str] = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
_FILES = {"bash": ".bash_completions/kb.sh", "zsh": ".zfunc/_kb", "fish": ".config/fish/completions/kb.fish"}
_READ: Mapping[str, tuple[str, str]] = {
    "bash": (".bashrc", "source '{}'"),
    "zsh": (".zshrc", "fpath+=~/.zfunc; autoload -Uz compinit; compinit"),
}
"""The file that a shell reads when it starts, and the line there without which it does not find the script."""


def current() -> str:
    """The shell that a person uses.

    Raises:
        KbError: it cannot be told, or is none that has a script.
    """
    import shellingham

    try:
        name = str(shellingham.detect_shell()[0])
    except (shellingham.ShellDetectionFailure, OSError, RuntimeError):
        name = Path(os.environ.get("SHELL", "")).name
    if name not in SCRIPTS:
        raise KbError(f"no completion for {name or 'an unknown shell'}", f"run it in {', '.join(SCRIPTS)}")
    return name


def install(shell: str, folder: Path) -> Path:
    """Write the script of a shell below a person's own folder, and a line that reads it where the shell needs one.

    Raises:
        KbError: it cannot be written.
    """
    from kb.text import files

    path = folder / _FILES[shell]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write_text(path, SCRIPTS[shell])
        if shell in _READ:
            name, line = _READ[shell]
            _add_line(folder / name, line.format(path))
    except OSError as error:
        raise KbError(f"cannot write {path}: {error.strerror}", "kb --show-completion prints the script") from error
    return path


def _add_line(path: Path, line: str) -> None:
    before = path.read_bytes() if path.exists() else b""
    if line.encode() in before.splitlines():
        return
    with path.open("ab") as file:
        file.write((b"\n" if before and not before.endswith(b"\n") else b"") + line.encode() + b"\n")
