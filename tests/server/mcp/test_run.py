"""The server for models over HTTP: only with its token."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from tests.conftest import ROOT


@pytest.fixture
def address(corpus: Path) -> Iterator[tuple[str, str]]:
    """The address and the line with the token."""
    command = [sys.executable, "-m", "cli", "--home", str(corpus), "mcp", "--http", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip(), process.stdout.readline().strip()
        process.terminate()


def search(url: str, header: str) -> Any:
    name, _, token = header.partition(": ")

    async def run() -> Any:
        async with (
            httpx.AsyncClient(headers={name: token}, timeout=30) as http,
            Client(streamable_http_client(url, http_client=http)) as client,
        ):
            return await client.call_tool("search", {"query": "records", "limit": 1})

    return asyncio.run(run())


def test_clients_with_the_token_are_answered_eight_at_once(address: tuple[str, str]) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: search(*address), range(8)))
    assert [len(json.loads(one.content[0].text)["hits"]) for one in found] == [1] * 8


def test_without_the_token_or_by_another_host_nobody_is(address: tuple[str, str]) -> None:
    url, header = address
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    name, _, token = header.partition(": ")
    for headers in ({}, {name: "Bearer guess"}, {name: token.upper()}):
        assert httpx.post(url, json=body, headers=headers).status_code == 401
    accept = "application/json, text/event-stream"
    rebound = httpx.post(url, json=body, headers={name: token, "Host": "evil.example", "Accept": accept})
    assert rebound.status_code in (400, 403, 421)
