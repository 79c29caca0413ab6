"""The pages of `kb serve` over a large store: how long each takes, how heavy it is, and what many clients at once do.

    python -m benchmarks.pages --passages 100000 --statements 20000

The store is made up as in `benchmarks/made_passages.py`, from real passages, with as many statements as asked for,
three links for each two of them, and 40 texts of 10,000 words with 200 statements each. Times are those of the client
on one connection that stays open, in milliseconds: median and 95th percentile. While eight clients ask at once,
`kb add` reads a folder; a claim that one of them makes has to be there when it asks next.
"""

from __future__ import annotations

import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np

from benchmarks.data import fill, questions, texts
from benchmarks.made_notes import make
from benchmarks.made_passages import Made, fill_made
from benchmarks.measuring import kb, machine, parser
from kb.store import meta
from kb.store.open import open_store
from kb.text.strings import digest

_REAL = 500  # documents that the store is made from
_LONG, _WORDS, _STATEMENTS = 40, 10_000, 200  # long texts, and of each
_CLIENTS, _REQUESTS = 8, 200
_KINDS = ("claim", "claim", "claim", "critique", "critique", "theory_of_impact", "question", "evidence")
_RELATIONS = ("supports", "supports", "attacks", "attacks", "related")


def made_store(home: Path, passages: int, said: int) -> None:
    """Fill an empty home."""
    from kb.vectors.embed.update import update

    with tempfile.TemporaryDirectory() as folder:
        with open_store(Path(folder)) as store:
            fill(store, texts()[:_REAL], cutting=True)
            update(store)
            rows = store.execute("""SELECT p.text, e.vector FROM passage p JOIN embedding e
                ON e.content_hash = p.content_hash ORDER BY p.rowid""").fetchall()
            model = meta.get(store, meta.MODEL) or ""
        vectors = np.stack([np.frombuffer(row[1], "<f4") for row in rows])
        fill_made(home, passages, Made([row[0] for row in rows], vectors), model)
    with open_store(home) as store:
        _more_statements(store.connection, passages, said)
        for number in range(_LONG):
            _long_text(store.connection, number)
        meta.bump_generation(store)


def _more_statements(connection, passages: int, said: int) -> None:  # type: ignore[no-untyped-def]
    """Statements of every kind, by people, with links between near ones."""
    chance = random.Random(0)
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO person (rowid, name, name_key) VALUES (?, ?, ?)",
        [(n + 1, f"Writer {chr(65 + n)}", f"writer {chr(97 + n)}") for n in range(20)],
    )
    connection.execute(
        "INSERT INTO authorship (source_rowid, person_rowid, position) SELECT rowid, rowid % 20 + 1, 0 FROM source"
    )
    there = passages // 10
    rows = connection.execute(
        "SELECT rowid, source_rowid, ordinal, text, start FROM passage WHERE rowid % 10 = 5 ORDER BY rowid LIMIT ?",
        (max(said - there, 0),),
    ).fetchall()
    for row in rows:
        quote = row["text"].split(". ")[0]
        number = passages + row["rowid"]
        connection.execute(
            """INSERT INTO statement (rowid, id, kind, text, basis, rule, status, created, content_hash, confidence)
            VALUES (?, ?, 'claim', ?, 'cue', 'made', 'suggested', '2024-01-01', ?, 0.7)""",
            (number, f"c{number}", quote, digest(quote)),
        )
        connection.execute(
            """INSERT INTO mention (statement_rowid, source_rowid, passage_ordinal, quote, start, "end", lost)
            VALUES (?, ?, ?, ?, ?, ?, 0)""",
            (number, row["source_rowid"], row["ordinal"], quote, row["start"], row["start"] + len(quote)),
        )
    names = [row[0] for row in connection.execute("SELECT id FROM statement ORDER BY rowid")]
    for place, name in enumerate(names):
        connection.execute(
            "UPDATE statement SET kind = ?, confidence = 0.7 WHERE id = ?", (chance.choice(_KINDS), name)
        )
        for _ in range(1 + place % 2):
            other = names[(place + chance.randint(1, 40)) % len(names)]
            _link(connection, name, chance.choice(_RELATIONS), other)
    connection.execute("COMMIT")


def _link(connection, start: str, relation: str, end: str) -> None:  # type: ignore[no-untyped-def]
    connection.execute(
        """INSERT OR IGNORE INTO link (id, from_id, to_id, relation, basis, rule, status, score, created)
        VALUES (?, ?, ?, ?, 'cue', 'made', 'suggested', 0.6, '2024-01-01')""",
        (f"e{digest(start + relation + end)[:9]}", start, end, relation),
    )


def _long_text(connection, text: int) -> None:  # type: ignore[no-untyped-def]
    """One text as long as a long post, with links, lists and emphasis, and statements all over it."""
    connection.execute("BEGIN")
    found = connection.execute("SELECT text FROM passage WHERE rowid > ? ORDER BY rowid LIMIT 400", (400 * text,))
    words = " ".join(row[0] for row in found).split()
    words = words[:_WORDS]
    parts = []
    for number, at in enumerate(range(0, _WORDS, 80)):
        part = words[at : at + 80]
        part[3:5] = [f"**{' '.join(part[3:5])}**"]
        part[10:12] = [f"[{' '.join(part[10:12])}](https://example.org/{number})"]
        mark = "## A heading\n\n" if number % 8 == 0 else "- " if number % 5 == 0 else "> " if number % 7 == 0 else ""
        parts.append(mark + " ".join(part))
    whole = "\n\n".join(parts)
    row = connection.execute(
        """INSERT INTO source (id, citekey, kind, title, title_key, title_given, added, updated, external_ids,
        text, importer, importer_version, problems)
        VALUES (?, ?, 'post', 'A long text', 'a long text', 0, '2024-01-01', '2024-01-01', '{}', ?, '', '',
        '[]')""",
        (_long_name(text), f"long{text}", whole),
    ).lastrowid
    for number in range(_STATEMENTS):
        start = whole.index(" ", number * len(whole) // _STATEMENTS) + 1
        quote = whole[start : start + 90]
        made = connection.execute(
            """INSERT INTO statement (id, kind, text, basis, rule, status, created, content_hash, confidence)
            VALUES (?, ?, ?, 'cue', 'made', 'suggested', '2024-01-01', ?, 0.7)""",
            (f"cg{text:03d}{number:03d}", _KINDS[number % 8], quote, digest(quote)),
        ).lastrowid
        connection.execute(
            """INSERT INTO mention (statement_rowid, source_rowid, passage_ordinal, quote, start, "end", lost)
            VALUES (?, ?, 0, ?, ?, ?, 0)""",
            (made, row, quote, start, start + len(quote)),
        )
        _link(connection, f"cg{text:03d}{number:03d}", "supports", f"cg{text:03d}{number // 6:03d}")
    connection.execute("COMMIT")


def _long_name(number: int) -> str:
    return f"sgr{number:05d}"


@dataclass(frozen=True)
class Running:
    """A server in a process of its own, and how long its first page took from the command on, in seconds."""

    base: str
    client: httpx.Client
    first: float


@contextmanager
def running(home: Path) -> Iterator[Running]:
    """`kb serve` of this home."""
    began = time.perf_counter()
    command = [*kb(home, "serve", "--no-open", "--port", "0")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        base = address.partition("/?")[0]
        client = httpx.Client(base_url=base, follow_redirects=True, timeout=60, headers={"Accept-Encoding": "gzip"})
        assert client.get(address).status_code == 200
        first = time.perf_counter() - began
        client.headers["Origin"] = base
        try:
            yield Running(base, client, first)
        finally:
            client.close()
            process.terminate()


def times(client: httpx.Client, paths: Sequence[str], **headers: str) -> tuple[float, float]:
    """Median and 95th percentile of these requests, in milliseconds."""
    took = []
    for path in paths:
        began = time.perf_counter()
        answer = client.get(path, headers=headers)
        took.append(1000 * (time.perf_counter() - began))
        assert answer.status_code == 200, (path, answer.status_code)
    return statistics.median(took), sorted(took)[int(0.95 * (len(took) - 1))]


def typed(count: int) -> list[str]:
    """Queries as they grow under the fingers, a few letters at a time."""
    every = [text[:end] for text in questions(count // 5) for end in range(6, min(len(text), 60), 5)]
    return [str(httpx.URL("/", params={"q": text})) for text in every][:count]


def weight(client: httpx.Client, path: str) -> int:
    """Bytes of a page with all that it loads, as they are sent."""
    page = client.get(path).text
    total = len(page.encode())
    for asset in dict.fromkeys(re.findall(r'(?:src|href)="(/static/[^"]+)"', page)):
        with client.stream("GET", asset) as answer:
            total += sum(map(len, answer.iter_raw()))
    return total


def at_once(served: Running, home: Path, paths: Sequence[str]) -> tuple[int, int, int]:
    """How many requests of eight clients failed and were stale, of how many, while an import runs."""
    failed, stale, done = [], [], []
    cookies = served.client.cookies

    def ask(number: int) -> None:
        with httpx.Client(base_url=served.base, cookies=cookies, follow_redirects=True, timeout=60) as client:
            client.headers["Origin"] = served.base
            for turn in range(_REQUESTS // _CLIENTS):
                path = paths[(number * 31 + turn) % len(paths)]
                answer = client.get(path)
                done.append(path)
                if answer.status_code != 200:
                    failed.append((path, answer.status_code))
                if turn % 8 == 3:
                    text = f"Client {number} said so at turn {turn}."
                    made = client.post("/claim", data={"text": text})
                    done.append("claim")
                    if made.status_code != 200:
                        failed.append(("claim", made.status_code))
                    elif text not in made.text:
                        stale.append(text)

    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), 600)
        importing = subprocess.Popen(kb(home, "add", folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(1)
        threads = [threading.Thread(target=ask, args=(number,)) for number in range(_CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if importing.poll() is not None:
            print("  the import had ended before: ask for more notes", file=sys.stderr)
        importing.wait()
    for line in failed[:5]:
        print("  failed:", line)
    return len(failed), len(stale), len(done)


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--passages", type=int, default=100_000)
    options.add_argument("--statements", type=int, default=20_000)
    options.add_argument("--home", type=Path, help="where the store is made, and kept")
    options.add_argument("--requests", type=int, default=200)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = chosen.home or Path(scratch) / "home"
        if not (home / "kb.sqlite").exists():
            made_store(home, chosen.passages, chosen.statements)
        print(f"{machine()}; {chosen.passages:,} passages, {chosen.statements:,} statements")
        with running(home) as served:
            measure(served, home, chosen.requests)


def measure(served: Running, home: Path, count: int) -> None:
    """All figures of a server that runs."""
    client = served.client
    rows = [f"c{number}" for number in range(10_000, 10_000 + 10 * count, 10)]
    sources = [f"/source/s{number}" for number in range(1000, 1000 + count)]
    statements = [f"/statement/{name}" for name in rows]
    client.get("/?q=warm+up")
    print(f"  first page after the command: {served.first:.2f} s")
    for what, paths, headers in (
        ("search while typing", typed(count), {"HX-Request": "true"}),
        ("a source of 20 passages", sources, {}),
        ("a source of 10,000 words", [f"/source/{_long_name(number)}" for number in range(_LONG)], {}),
        ("the same again", [f"/source/{_long_name(_LONG - 1)}"] * 20, {}),
        ("a statement", statements, {}),
        ("a map of 50 nodes", [f"/map?about={name}&nodes=50&depth=4" for name in rows[:60]], {}),
        ("theories", ["/theories"] * 5, {}),
        ("review", ["/review"] * 5, {}),
    ):
        median, high = times(client, paths, **headers)
        print(f"  {what:32} {median:7.1f} {high:7.1f} ms", flush=True)
    for what, path in (
        ("search", "/?q=cells"),
        ("a long text", f"/source/{_long_name(0)}"),
        ("statement", statements[0]),
    ):
        print(f"  first visit, {what:19} {weight(client, path) / 1000:7.0f} KB")
    mixed = [*typed(60), *sources[:60], *statements[:60]]
    failed, stale, done = at_once(served, home, mixed)
    print(f"  {_CLIENTS} clients during an import: {done} requests, {failed} failed, {stale} stale")


if __name__ == "__main__":
    main()
