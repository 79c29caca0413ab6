"""`kb serve` as a person starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT, Kb


def test_it_prints_its_address_logs_each_request_and_ends_by_ctrl_c(corpus: Path) -> None:
    command = [sys.executable, "-m", "cli", "--home", str(corpus), "serve", "--no-open", "--port", "0", "--read-only"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        with httpx.Client(follow_redirects=True, timeout=30) as client:
            assert client.get(address).status_code == 200
            assert client.get(address.replace("token=", "token=x")).status_code == 403
        os.kill(process.pid, signal.SIGINT)
        told = process.stderr.read()
        assert process.wait(15) in (0, 130)
    lines = told.strip().splitlines()
    assert any(line.startswith("200") and "GET /" in line for line in lines)
    assert any("refused" in line for line in lines)
    assert "Traceback" not in told
    assert address.partition("token=")[2] not in told


def test_a_port_that_is_none_is_an_error(kb: Kb) -> None:
    assert kb("serve", "--port", "70000").code == 2


@pytest.mark.parametrize("option", ["--port", "--no-open", "--read-only"])
def test_help_tells_of_the_options(kb: Kb, option: str) -> None:
    assert option in kb("serve", "--help").out
