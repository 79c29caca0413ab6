"""The file that `-o` names: what lies there is replaced only by who says so, and never by what was made from it."""

from __future__ import annotations

from pathlib import Path

from kb.errors import KbError


def named(out: Path | None) -> Path | None:
    """The file to write; None for standard output, which `-` means too."""
    return None if out is None or str(out) == "-" else out


def check(file: Path | None, *, yes: bool, made_from: Path | None = None) -> None:
    """See, before anything is done, that a file may be written; None is standard output. What is no plain file
    (`/dev/null`, a pipe) holds nothing that could be lost.

    Raises:
        KbError: it is there and `yes` was not said, or it is the file that is read, whatever was said.
    """
    if file is None or not file.is_file():
        return
    if made_from is not None and made_from.exists() and file.samefile(made_from):
        raise KbError(f"{file} is the file that is read", "choose another name")
    if not yes:
        raise KbError(f"{file} exists", "choose another name, or --yes to replace it")


def write(file: Path, content: str | bytes) -> None:
    """Write the file, whole or not at all.

    Raises:
        KbError: it cannot be written.
    """
    from kb.text import files

    try:
        files.write_bytes(file, content) if isinstance(content, bytes) else files.write_text(file, content)
    except OSError as error:
        raise KbError(f"cannot write {file}: {error.strerror}", "choose another file") from error
