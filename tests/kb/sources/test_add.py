"""Identity, idempotence and what survives an update, on a real SQLite file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from importers import read
from importers.base import Input
from kb.errors import KbError, NotFoundError
from kb.model.document import Author, Document, Pointer
from kb.model.source import StoredSource
from kb.review import write
from kb.sources import add, naming
from kb.store import references, sources, statements
from kb.store.open import Store, open_store
from kb.text.repair import repair

POST = "https://www.lesswrong.com/posts/ABCDEFGHJKLMNPQRS/a-post"
NOTE = f"""### 20240101
[A post]({POST})
- I disagree with this post, because its central claim is not clear at all.
- [[Other Thing|alias]] is a paper whose approach I appreciate more than this one.

[A page](https://example.org/page)
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "home")
    yield opened
    opened.close()


def _documents(text: str, name: str = "note.md", path: str | None = None) -> list[Document]:
    return read(Input(repair(text), name, f"/somewhere/{name}", text.encode(), path))


def _add(store: Store, document: Document) -> add.Added:
    return add.add(store, document, "1")


def _stored(store: Store, source_id: str | None) -> StoredSource:
    found = sources.stored(store, source_id or "")
    assert found
    return found


def _id(store: Store, rowid: int) -> str:
    return sources.stored_at(store, rowid).id


def test_adding_the_same_again_is_unchanged(store: Store) -> None:
    (document,) = _documents(NOTE)
    assert _add(store, document).status == "added"
    assert _add(store, document).status == "unchanged"


def test_a_stub_becomes_the_text_when_it_arrives(store: Store) -> None:
    (note,) = _documents(NOTE)
    _add(store, note)
    (stub,) = sources.by_keys(store, ["lesswrong:ABCDEFGHJKLMNPQRS"])
    assert stub.kind == "stub"
    text = "We should publish every null result.\n"
    (post,) = _documents(text, "post.md")
    added = _add(store, replace(post, kind="post", title="A post", url=POST.replace("lesswrong", "greaterwrong")))
    assert added.source_id == stub.id
    assert sources.read(store, [stub.id])[stub.id].kind == "post"


def test_text_first_then_its_address_merges_with_the_stub(store: Store) -> None:
    (post,) = _documents("We should publish every null result.\n", "post.md")
    first = _add(store, post)
    (note,) = _documents(NOTE)
    _add(store, note)
    (stub,) = sources.by_keys(store, ["lesswrong:ABCDEFGHJKLMNPQRS"])
    again = _add(store, replace(post, url=POST))
    assert (again.source_id, again.status) == (first.source_id, "updated")
    targets = [r.target for r in references.of_source(store, _id(store, 2))]
    assert first.source_id in targets
    assert sources.stored(store, stub.id) is None
    from kb.sources import resolve

    assert resolve.source(store, stub.id) == first.source_id  # the stub's id still names it


def test_a_changed_text_keeps_statements_whose_quotes_stand_and_every_decision(store: Store) -> None:
    kept = "I think that replication should be paid for by journals."
    gone = "I believe that peer review is not reliable at all."
    (document,) = _documents(f"{kept}\n\n{gone}\n")
    source_id = _add(store, document).source_id
    found = {s.text: s.id for s in statements.of_source(store, source_id)}
    write.decide(store, [found[kept], found[gone]], "accepted")
    (changed,) = _documents(f"A new beginning stands here now.\n\n{kept}\n")
    assert _add(store, changed).status == "updated"
    now = {s.text: s for s in statements.of_source(store, source_id)}
    assert now[kept].id == found[kept]
    assert now[kept].status == "accepted"
    mention = now[kept].mentions[0]
    assert _stored(store, source_id).text[mention.start : mention.end] == kept
    assert gone not in now
    assert store.execute("SELECT verdict FROM decision WHERE target = ?", (found[gone],)).fetchone()[0] == "accepted"
    (restored,) = _documents(f"{kept}\n\n{gone}\n")
    _add(store, restored)
    again = {s.text: s for s in statements.of_source(store, source_id)}
    assert again[gone].status == "accepted"


def test_a_rejected_link_is_not_proposed_again(store: Store) -> None:
    (note,) = _documents(NOTE)
    _add(store, note)
    (link,) = [row[0] for row in store.execute("SELECT id FROM link WHERE relation = 'attacks'")]
    write.decide(store, [link], "rejected")
    (longer,) = _documents(NOTE + "- Another remark that I think should be here as well.\n")
    _add(store, longer)
    assert store.execute("SELECT status FROM link WHERE id = ?", (link,)).fetchone()[0] == "rejected"


def test_two_notes_with_one_text_are_two_but_one_file_met_twice_is_one(store: Store) -> None:
    text = "# Template\n\nNothing here yet.\n"
    (a,) = _documents(text, "a.md", "one/a")
    (b,) = _documents(text, "b.md", "one/b")
    first, second = _add(store, a), _add(store, replace(b, target="/somewhere/one/b.md"))
    assert first.source_id != second.source_id
    (moved,) = _documents(text, "a.md")
    assert _add(store, replace(moved, target="/elsewhere/a.md")) == add.Added(first.source_id, "unchanged")


def test_a_document_without_a_title_is_stored(store: Store) -> None:
    one, two = (_add(store, Document("note", "", text)) for text in ("Herons decline.", "Otters do not."))
    assert [_stored(store, added.source_id).title for added in (one, two)] == ["untitled", "untitled"]
    assert one.source_id != two.source_id
    assert _add(store, Document("note", "", "Herons decline.")).status == "unchanged"


def test_equal_titles_alone_never_merge(store: Store) -> None:
    (one,) = _documents("First text of its own.\n", "one.md")
    (two,) = _documents("Second text, not like it.\n", "two.md")
    a = _add(store, replace(one, kind="post", title="Same"))
    b = _add(store, replace(two, kind="post", title="Same"))
    assert a.source_id != b.source_id


def test_comments_meet_by_author_and_time_and_share_their_post(store: Store) -> None:
    comment = Document(
        kind="comment",
        title="Comment on P",
        text="I agree.",
        authors=(Author("Ada L", "ada"),),
        published="2024-01-01T10:00:00.123Z",
        namespace="lw",
        parent=Pointer("P"),
    )
    first = _add(store, comment)
    assert _add(store, replace(comment, title="Another title")).source_id == first.source_id
    post = Document(
        kind="post",
        title="P",
        text="",
        authors=(Author("Bo"),),
        published="2023-01-01T00:00:00.000Z",
        namespace="lw",
    )
    added = _add(store, post)
    assert _stored(store, first.source_id).parent == added.source_id


def test_a_failed_source_leaves_nothing_behind(store: Store) -> None:
    (document,) = _documents(NOTE)
    broken = replace(document, blocks=(replace(document.blocks[0], start=5, end=5), *document.blocks[1:]))
    with pytest.raises(Exception, match="CHECK"):
        _add(store, broken)
    for table in ("source", "passage", "reference", "statement", "link"):
        assert store.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0


def test_wikilinks_mean_the_nearest_note(store: Store) -> None:
    names = []
    for path, text in (
        ("x/Dup", "x says hello.\n"),
        ("y/Dup", "y says hello.\n"),
        ("y/Here", "See [[Dup]] for more.\n"),
        ("z/Far", "See [[x/Dup]] and [[Nowhere]].\n"),
    ):
        (document,) = _documents(text, path.rsplit("/", 1)[1] + ".md", path)
        names.append(_add(store, replace(document, target=f"/v/{path}.md")).source_id)
    naming.settle(store, names)
    found = {r.raw: r.target for i in (3, 4) for r in references.of_source(store, _id(store, i))}
    by_path = {row["path"]: row["id"] for row in store.execute("SELECT path, id FROM source WHERE path IS NOT NULL")}
    assert found["[[Dup]]"] == by_path["y/Dup"]
    assert found["[[x/Dup]]"] == by_path["x/Dup"]
    assert _stored(store, found["[[Nowhere]]"]).kind == "stub"


def test_an_own_claim_stands_in_a_note_and_a_quoted_one_in_its_source(store: Store) -> None:
    (document,) = _documents("Some words before.\n\nThe effect does not\nreplicate in children.\n")
    source_id = _add(store, document).source_id
    own = write.claim(store, "Effects shrink with age.", "me")
    quoted = write.claim(
        store, "It fails in children.", "me", kind="critique", attacks=[own], source=source_id,
        quote="does not replicate in children",
    )  # fmt: skip
    read_back = statements.read(store, [own, quoted])
    assert read_back[own].status == read_back[quoted].status == "accepted"
    assert read_back[own].mentions[0].quote == "Effects shrink with age."
    assert read_back[quoted].mentions[0].quote == "does not\nreplicate in children"
    with pytest.raises(NotFoundError):
        write.claim(store, "x y", "me", source=source_id, quote="words that are not there")
    with pytest.raises(KbError):
        write.claim(store, " ", "me")
    _add(store, replace(document, text=document.text + "\nMore.\n"))
    assert statements.read(store, [quoted])[quoted].mentions


def test_a_pasted_comment_joins_the_fetched_one_and_does_not_replace_it(store: Store) -> None:
    pasted = Document(
        kind="comment", title="Comment on P", text="I agree.", authors=(Author("Ada L", "ada"),),
        published="2024-01-01T10:00:00.123Z", namespace="lw", importer="archive",
    )  # fmt: skip
    fetched = replace(pasted, text="I *agree*.", url=POST + "?commentId=abcdefghijkmnopqr", importer="forum")
    first = _add(store, pasted)
    assert _add(store, fetched) == add.Added(first.source_id, "updated")
    assert _add(store, pasted) == add.Added(first.source_id, "unchanged")
    assert _stored(store, first.source_id).text == "I *agree*."


def test_a_crosspost_is_two_sources(store: Store) -> None:
    (text,) = _documents("The same words on two sites.\n", "post.md")
    here = replace(text, kind="post", target="a", url=POST)
    there = replace(here, target="b", url="https://forum.effectivealtruism.org/posts/ZBCDEFGHJKLMNPQRS/a-post")
    assert _add(store, here).source_id != _add(store, there).source_id


def test_an_address_that_a_note_names_is_shown_and_is_not_what_the_note_is(store: Store) -> None:
    text = f"---\noriginal_url: {POST}\n---\nNull results"
    documents = [_documents(f"{text} {number}.\n", f"{number}.md")[0] for number in range(2)]
    notes = [_add(store, document).source_id for document in documents]
    assert len(set(notes)) == 2
    (post,) = sources.by_keys(store, ["lesswrong:ABCDEFGHJKLMNPQRS"])
    assert post.kind == "stub"
    assert post.id not in notes
    found = [sources.stored(store, name) for name in notes]
    assert [row and (row.url, row.external_ids) for row in found] == [(post.url, {})] * 2
    (other,) = _documents("Another text.\n", "other.md")
    assert _add(store, replace(other, url=POST)).source_id == post.id
