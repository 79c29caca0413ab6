"""A vault and a store that both change at random, brought to agree: what must hold whatever was done.

Every word that nobody took out stands on both sides, both say the same, a person's files are as they wrote them, and
once all is done nothing more happens.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

from importers import intake
from importers.given import Given
from importers.sync import Synced, sync
from kb.store import sources, wholes
from kb.store.open import open_store
from notes.vault import note_file, remarks
from notes.vault.note_file import is_note
from tests.vault_steps import STEPS, TEXTS, WORD, State


def begin(root: Path) -> None:
    """A home with three texts, a vault of it with a person's own note, both agreed."""
    (root / "texts").mkdir(parents=True)
    number = 0
    for name in TEXTS:
        parts = []
        for _ in range(5):
            number += 1
            parts.append(f"I think that w{number}q is right, because counts of it differ.")
        others = " ".join(f"[[{other}]]" for other in TEXTS if other != name)
        objection = "## Objection\n\nI disagree with this, because w9000q is not clear at all."
        text = "\n\n".join([f"# {name}", *parts, f"See {others}.", objection.replace("9000", f"900{number}")])
        (root / "texts" / f"{name}.md").write_text(text)
    with open_store(root / "home") as store:
        intake.run(store, [str(root / "texts" / f"{name}.md") for name in TEXTS], Given(), lambda: b"", lambda _: None)
        (root / "vault").mkdir()
        (root / "vault" / "own.md").write_text("# Own\n\nI think that w8000q is mine.\n\nSee [[frogs]].\n")
        sync(store, root / "vault")
        sync(store, root / "vault")


def play(template: Path, root: Path, seed: int, rounds: int, steps: int) -> list[str]:
    """Some rounds of random steps on a copy of what `begin` made, each followed by syncs. What does not hold."""
    shutil.copytree(template, root)
    with open_store(root / "home") as store:
        # The copy's folders have other names: the first sync knows the notes by themselves.
        for path in (root / "texts").iterdir():
            intake.run(store, [str(path)], Given(), lambda: b"", lambda _: None)
        state = State(root, Random(seed), store, 100)
        state.own["own.md"] = (state.vault / "own.md").read_bytes()
        state.written |= {word for path in root.rglob("*.md") for word in WORD.findall(path.read_text())}
        quiet(state)
        for _ in range(rounds):
            for _ in range(state.random.randint(1, steps)):
                step = state.random.choice(STEPS)
                state.said.append(step.__name__)
                step(state)
            if broken := [*quiet(state), *holds(state)]:
                return [*broken, f"seed {seed}: {' '.join(state.said)}"]
    return []


def quiet(state: State) -> list[str]:
    """Sync until nothing happens; the third must write nothing."""
    for _ in range(2):
        done = _sync(state)
    done = _sync(state)
    busy = [*done.written, *done.removed, *done.taken]
    return [f"the third sync still did {busy}"] if busy else []


def holds(state: State) -> list[str]:
    """What is wrong now."""
    broken = []
    files = {path: path.read_text() for path in state.vault.rglob("*.md")}
    in_vault = set(WORD.findall("\n".join(files.values())))
    rows = [sources.stored(state.store, one.id) for one in sources.read(state.store, _all(state)).values()]
    here = [row for row in rows if row is not None and row.state == "here"]
    said = [text for row in here for text in (row.text, row.title)]
    said += [author.name for row in here for author in sources.authors(state.store, row.rowid)]
    said += [tag for row in here for tag in sources.tags(state.store, row.rowid)]
    in_store = set(WORD.findall("\n".join(said)))
    live = state.written - state.taken_out
    # Somebody changed the note of what went from the store meanwhile: it stays, as a conflict, and is theirs alone.
    shown_ids = {row.id for row in here} | {name for name, _, _ in wholes.statement_heads(state.store, 0)}
    alone = [raw for raw in files.values() if is_note(raw) and note_file.subject_of(raw) not in shown_ids]
    in_store |= set(WORD.findall("\n".join(alone)))
    if lost := sorted(live - in_vault):
        broken.append(f"lost in the vault: {lost}")
    if lost := sorted(live - in_store):
        broken.append(f"lost in the store: {lost}")
    for name, content in state.own.items():
        if (state.vault / name).read_bytes() != content:
            broken.append(f"{name} of the person's own was changed")
    shown = set()
    for path, raw in files.items():
        if not is_note(raw):
            continue
        note = note_file.read(raw)
        shown.add(note.subject)
        row = sources.stored(state.store, note.subject) if note.source else None
        if row and row.state == "here" and note.source and note.source.text != row.text:
            broken.append(f"{path.name} has another text than the store")
        if row and row.state == "here" and remarks.text(note.own) != remarks.of(state.store, note.subject):
            broken.append(f"{path.name} has other words of the person's than the store")
    own = {str(state.vault / name) for name in state.own}
    noted = [row for row in here if row.importer != remarks.REMARKS and row.target not in own]
    return [*broken, *(f"{row.title} has no note" for row in noted if row.id not in shown)]


def _sync(state: State) -> Synced:
    return sync(state.store, state.vault, follow=lambda _: True)


def _all(state: State) -> list[str]:
    return [row[0] for row in state.store.execute("SELECT id FROM source")]
