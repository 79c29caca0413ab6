"""What a person may do in a vault, and what may happen to the store meanwhile: the steps of the campaign.

Every line that anybody writes carries a word of its own, so that nothing can get lost unseen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from importers import intake
from importers.given import Given
from kb.model.document import Author
from kb.model.source import StoredSource
from kb.review import decide
from kb.sources import removal
from kb.sources.edit import SourceEdit, edit
from kb.store import sources, statements
from kb.store.open import Store
from notes.vault import remarks
from notes.vault.note_file import is_note

WORD = re.compile(r"\bw\d+q\b")
TEXTS = ("frogs", "toads", "newts")


@dataclass
class State:
    """Both sides on their way. `taken_out` are words that somebody deleted or wrote over."""

    root: Path
    random: Random
    store: Store
    count: int = 0
    written: set[str] = field(default_factory=set)
    taken_out: set[str] = field(default_factory=set)
    own: dict[str, bytes] = field(default_factory=dict)  # the person's files, by path, as they wrote them
    said: list[str] = field(default_factory=list)

    @property
    def vault(self) -> Path:
        return self.root / "vault"

    def word(self) -> str:
        self.count += 1
        word = f"w{self.count}q"
        self.written.add(word)
        return word

    def sentence(self) -> str:
        return f"I think that {self.word()} is right, because counts of it differ."

    def out(self, text: str) -> None:
        """Words that are no longer where somebody had them, by their own hand."""
        self.taken_out |= set(WORD.findall(text))

    def notes(self, kind: str = "") -> list[Path]:
        """Notes of kb's in the vault whose id begins so."""
        found = [path for path in sorted(self.vault.rglob("*.md")) if f"\nkb: {kind}" in path.read_text()[:40]]
        return [path for path in found if is_note(path.read_text())]

    def pick(self, paths: list[Path]) -> Path | None:
        return self.random.choice(paths) if paths else None


# What a person does in the vault


def edit_text(state: State) -> None:
    if (path := state.pick([p for p in state.notes("s") if "<!-- kb:text" in p.read_text()])) is None:
        return
    head, text, rest = _text(path.read_text())
    parts = text.split("\n\n")
    at = state.random.randrange(len(parts))
    what = state.random.choice(["change", "delete", "insert", "extend"])
    if what == "insert":
        parts.insert(at, state.sentence())
    elif what == "extend":
        parts[at] += f" And {state.word()}."
    elif what == "delete" and len(parts) > 2:
        state.out(parts.pop(at))
    else:
        state.out(parts[at])
        parts[at] = state.sentence()
    path.write_text(head + "\n\n".join(parts) + rest)


def write_below(state: State) -> None:
    if (path := state.pick(state.notes())) is not None:
        line = state.random.choice(["{}", "claim:: {}", "- {}", "> {}", "#tag {}", "[[frogs]] {}"])
        path.write_text(path.read_text().rstrip("\n") + "\n\n" + line.format(state.sentence()) + "\n")


def change_below(state: State) -> None:
    if (path := state.pick([p for p in state.notes() if WORD.search(_below(p.read_text()))])) is None:
        return
    raw = path.read_text()
    below = _below(raw)
    lines = below.split("\n")
    at = state.random.choice([n for n, line in enumerate(lines) if WORD.search(line)])
    state.out(lines[at])
    lines[at] = state.sentence() if state.random.random() < 0.5 else ""
    path.write_text(raw[: len(raw) - len(below)] + "\n".join(lines))


def write_between(state: State) -> None:
    """Words where kb writes: above the text, or among the links."""
    if (path := state.pick(state.notes())) is None:
        return
    raw = path.read_text()
    mark = state.random.choice(["<!-- kb:text", "<!-- kb:note", "## "])
    at = raw.find("\n" + mark, raw.find("\n---\n", 4))
    end = raw.find("<!-- kb:end")
    if at > 0 and (mark != "## " or at > end > 0):
        path.write_text(f"{raw[:at]}\n{state.sentence()}\n{raw[at:]}")


def properties(state: State) -> None:
    if (path := state.pick(state.notes("s"))) is None:
        return
    raw = path.read_text()
    word = state.word()
    what = state.random.choice(["title", "tags", "authors", "rating", "published"])
    if what == "title":
        state.out(re.search(r"^title: .*$", raw, re.M)[0])  # type: ignore[index]
        raw = re.sub(r"^title: .*$", f"title: The {word} of it", raw, count=1, flags=re.M)
        aliases = re.search(r"^aliases:\n(?:  - .*\n)+", raw, re.M)
        raw = raw.replace(aliases[0], "") if aliases else raw
    elif what == "published":
        state.written.discard(word)
        raw = re.sub(
            r"^(published: .*\n)?added:", f"published: 20{state.count % 80 + 10}-01-02\nadded:", raw, flags=re.M
        )
    elif what == "rating":
        raw = raw.replace("\n---\n", f"\nrating: {word}\n---\n", 1)
    else:
        if found := re.search(rf"^{what}:\n(?:  - .*\n)+", raw, re.M):
            raw = raw.replace(found[0], f"{found[0]}  - {word}\n")
        else:
            raw = raw.replace("\n---\n", f"\n{what}:\n  - {word}\n---\n", 1)
    path.write_text(raw)


def rename_note(state: State) -> None:
    if (path := state.pick(state.notes())) is not None:
        folder = state.random.choice([path.parent, state.vault / "sorted", state.vault])
        folder.mkdir(exist_ok=True)
        path.rename(folder / f"named {state.count} {state.random.randrange(10**6)}.md")


def delete_note(state: State) -> None:
    if (path := state.pick(state.notes())) is not None:
        state.out(path.read_text())
        path.unlink()


def judge_by_hand(state: State) -> None:
    if (path := state.pick(state.notes())) is None:
        return
    lines = path.read_text().split("\n")
    links = [n for n, line in enumerate(lines) if "(suggested" in line or re.match(r"- \w+:: \[\[", line)]
    if links:
        at = state.random.choice(links)
        if state.random.random() < 0.5:
            lines[at] = re.sub(r" \(suggested[^()]*\)", "", lines[at])
        else:
            state.out(lines.pop(at))
        path.write_text("\n".join(lines))


def add_own(state: State) -> None:
    folder = state.random.choice([state.vault, state.vault / "mine"])
    folder.mkdir(exist_ok=True)
    path = folder / f"own {state.count} {state.random.randrange(10**6)}.md"
    path.write_text(f"# Own {state.word()}\n\n{state.sentence()}\n\n{state.sentence()}\n\nSee [[frogs]].\n")
    state.own[path.relative_to(state.vault).as_posix()] = path.read_bytes()


def change_own(state: State) -> None:
    if not state.own:
        return
    name = state.random.choice(sorted(state.own))
    path = state.vault / name
    what = state.random.choice(["edit", "rename", "delete"])
    if what == "edit":
        path.write_text(path.read_text() + f"\n{state.sentence()}\n")
        state.own[name] = path.read_bytes()
    elif what == "rename":
        new = path.with_name(f"renamed {state.count} {state.random.randrange(10**6)}.md")
        path.rename(new)
        state.own[new.relative_to(state.vault).as_posix()] = state.own.pop(name)
    else:
        state.out(path.read_text())
        path.unlink()
        del state.own[name]


# What happens in the knowledge base


def import_news(state: State) -> None:
    path = state.root / "texts" / f"{state.random.choice(TEXTS)}.md"
    parts = path.read_text().split("\n\n")
    at = state.random.randrange(1, len(parts))
    what = state.random.choice(["change", "delete", "insert"])
    if what == "insert":
        parts.insert(at, state.sentence())
    elif what == "delete" and len(parts) > 3:
        state.out(parts.pop(at))
    else:
        state.out(parts[at])
        parts[at] = state.sentence()
    path.write_text("\n\n".join(parts))
    row = _source(state, path)
    if row and row.state == "removed":
        state.out(path.read_text())
    _add(state, path)


def import_new(state: State) -> None:
    path = state.root / "texts" / f"new {state.count} {state.random.randrange(10**6)}.md"
    path.write_text(f"# New {state.word()}\n\n{state.sentence()}\n\n{state.sentence()}\n")
    _add(state, path)


def remove_source(state: State) -> None:
    path = state.root / "texts" / f"{state.random.choice(TEXTS)}.md"
    row = _source(state, path)
    if row is None or row.state != "here":
        return
    with_it = [row.text, remarks.of(state.store, row.id), row.title]
    with_it += [remarks.of(state.store, one.id) for one in statements.of_source(state.store, row.id)]
    with_it += [path.read_text() for path in state.notes() if f"\nkb: {row.id}\n" in path.read_text()]
    tags = sources.tags(state.store, row.rowid)
    for text in [*with_it, *tags, *(a.name for a in sources.authors(state.store, row.rowid))]:
        state.out(text)
    for one in statements.of_source(state.store, row.id):
        for note in state.notes("c"):
            if f"\nkb: {one.id}\n" in note.read_text():
                state.out(note.read_text())
    removal.remove(state.store, removal.plan(state.store, [row.id]))


def edit_source(state: State) -> None:
    path = state.root / "texts" / f"{state.random.choice(TEXTS)}.md"
    row = _source(state, path)
    if row is None or row.state != "here":
        return
    word = state.word()
    what = state.random.choice(["title", "tag", "author"])
    state.said.append(what)
    if what == "title":
        state.out(row.title)
    change = {
        "title": SourceEdit(title=f"Its {word}"),
        "tag": SourceEdit(tagged=(word,)),
        "author": SourceEdit(authors=(*sources.authors(state.store, row.rowid), Author(word))),
    }[what]
    with state.store.transaction():
        edit(state.store, row.id, change)


def decide_there(state: State) -> None:
    ids = sorted(statements.ids_of(state.store))
    if ids:
        name = state.random.choice(ids)
        verdict = state.random.choice(["accepted", "rejected"])
        decide.verdict(state.store, name, verdict)


STEPS: tuple[Callable[[State], None], ...] = (
    edit_text, edit_text, write_below, write_below, change_below, write_between, properties, properties, rename_note,
    delete_note, judge_by_hand, add_own, change_own, import_news, import_news, import_new, remove_source, edit_source,
    decide_there,
)  # fmt: skip


def _add(state: State, path: Path) -> None:
    intake.run(state.store, [str(path)], Given(), lambda: b"", lambda _: None)


def _source(state: State, path: Path) -> StoredSource | None:
    found = sources.by_column(state.store, "target", str(path))
    return found[0] if found else None


def _text(raw: str) -> tuple[str, str, str]:
    begin = raw.index("-->\n", raw.index("<!-- kb:text")) + 4
    end = raw.index("\n<!-- kb:end", begin - 1)
    return raw[:begin], raw[begin:end], raw[end:]


def _below(raw: str) -> str:
    at = raw.rfind("<!-- kb:note")
    return raw[raw.index("-->", at) + 3 :] if at >= 0 else ""
