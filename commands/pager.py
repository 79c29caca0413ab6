"""A pager for what is longer than the terminal: which one, whether it is wanted, and showing a text in it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from commands.home import SETTINGS

_DEFAULT = "less -FRX"  # leaves at once what fits, keeps colours, and leaves the text on the terminal
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_NOT_STARTED = {126, 127}  # what the shell says of a program that it cannot run


def wanted() -> bool:
    """Whether long output goes to a pager: there is one, nobody has said no, and a person sees the output."""
    return SETTINGS.pager and sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and bool(_command())


def too_long(text: str) -> bool:
    """Whether the text has more lines than the terminal shows at once."""
    width, height = shutil.get_terminal_size()
    rows = sum(max(1, -(-len(_COLOUR.sub("", line)) // max(width, 1))) for line in text.split("\n"))
    return rows >= height


def show(text: str) -> bool:
    """Show a text until the person leaves the pager. Whether it was shown: without such a program it is not."""
    import subprocess

    told = {"LESS": "FRX", "LV": "-c"}  # as git does: for a pager that the person named without options
    if (sys.stdout.encoding or "").lower().startswith("utf"):
        told["LESSCHARSET"] = "utf-8"
    sys.stdout.flush()
    with _ctrl_c_is_the_pagers():
        try:
            pager = subprocess.Popen(_command(), shell=True, stdin=subprocess.PIPE, env=told | os.environ)
        except OSError:
            return False
        pager.communicate(text.encode("utf-8", "replace"))
    return pager.returncode not in _NOT_STARTED


def _command() -> str:
    """The pager: KB_PAGER, else PAGER, else less; "" for none, which an empty variable or `cat` says."""
    named = os.environ.get("KB_PAGER", os.environ.get("PAGER", _DEFAULT)).strip()
    return "" if named == "cat" else named


@contextmanager
def _ctrl_c_is_the_pagers() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: None)  # to ignore it would be handed down to the pager
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
