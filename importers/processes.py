"""Processes that work beside this one, a pipe to each: what they are given and give back is pickled.

They are started as programs of their own, on every system in the same way: nothing of this process is copied into
them, and what it was started with is not run again. They go when their pipe is closed, however this process ends.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import BinaryIO, Generic, TypeVar, cast

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from importers.processes import serve; serve()"
_LENGTH = 8

T = TypeVar("T")
R = TypeVar("R")


class Processes(Generic[T, R]):
    """So many processes that do `work` with what they are given; each is started with its first task.

    `work` is a function of a module, or a partial one; what it takes and gives can be pickled.
    """

    def __init__(self, count: int, work: Callable[[T], R]) -> None:
        self._work = pickle.dumps(work)
        self._mine = threading.local()
        self._all: list[subprocess.Popen[bytes]] = []
        self._threads = ThreadPoolExecutor(count, "processes")

    def submit(self, task: T) -> Future[R]:
        """Have a process do it. What goes wrong, in it or with it, is the error of the future."""
        return self._threads.submit(self._do, task)

    def close(self) -> None:
        """Let go of what is not done, and end the processes."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._all:
            process.kill()
        self._threads.shutdown()
        for process in self._all:
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    cast("BinaryIO", pipe).close()
            process.wait()

    def _do(self, task: T) -> R:
        process = getattr(self._mine, "process", None) or self._start()
        _send(cast("BinaryIO", process.stdin), pickle.dumps(task, pickle.HIGHEST_PROTOCOL))
        done, result = pickle.loads(_receive(cast("BinaryIO", process.stdout)))
        if not done:
            raise RuntimeError(result)
        return cast("R", result)

    def _start(self) -> subprocess.Popen[bytes]:
        # Ctrl-C is for this process to hear, which ends the others.
        apart = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, json.dumps(sys.path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, creationflags=apart, start_new_session=os.name == "posix",
        )  # fmt: skip
        self._mine.process = process
        self._all.append(process)
        _send(cast("BinaryIO", process.stdin), self._work)
        return process


def serve() -> None:
    """What such a process does until there is nothing more to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    given, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    try:
        work = pickle.loads(_receive(given))
        while True:
            _send(answers, _done(work, _receive(given)))
    except (EOFError, OSError):
        os._exit(0)


def _done(work: Callable[[object], object], task: bytes) -> bytes:
    try:
        return pickle.dumps((True, work(pickle.loads(task))), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        return pickle.dumps((False, repr(error)))


def _send(pipe: BinaryIO, data: bytes) -> None:
    pipe.write(len(data).to_bytes(_LENGTH, "big"))
    pipe.write(data)
    pipe.flush()


def _receive(pipe: BinaryIO) -> bytes:
    """The next message.

    Raises:
        EOFError: whoever sent them is gone.
    """
    data = pipe.read(_LENGTH)
    if len(data) == _LENGTH:
        length = int.from_bytes(data, "big")
        data = pipe.read(length)
        if len(data) == length:
            return data
    raise EOFError
