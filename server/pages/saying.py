"""What a person says on a page: claims, notes and links, mostly of words that they have selected in a text."""

from __future__ import annotations

from starlette.responses import Response

from kb import config
from kb.errors import UsageError
from kb.model.words import RELATIONS, STATEMENT_KINDS
from kb.sources import completing, resolve
from kb.store import sources, statements
from server.asked import Asked
from server.pages.source import selected
from server.routes import get, post
from server.view import after, fragment, to

_OFFERED = 12


def claim(asked: Asked) -> Response:
    """A statement of one's own, or one read off a source by words selected there; and its link to another."""
    from kb.review import write
    from kb.vectors.embed.update import at_once

    text, kind = asked.text("text"), asked.one_of("kind", STATEMENT_KINDS)
    relation, ref = asked.one_of("relation", ("", *RELATIONS)), asked.text("ref")
    if bool(relation) != bool(ref):
        raise UsageError("a link needs a relation and what it is to", "choose both, or neither")
    where = resolve.source(asked.store, asked.text("source")) if asked.text("source") else None
    quote = selected(asked, where)[0] if where else None
    end = resolve.ref(asked.store, ref, "statement", "source").id if ref else ""
    with asked.writing(f"kb claim {text!r}") as store:
        name = write.claim(
            store, text or quote or "", config.load(asked.place.home).me, kind=kind, source=where, quote=quote
        )  # fmt: skip
        if end:
            write.link(store, name, relation, end)
        written = statements.read(store, [name])[name]
        at_once(store, [name, *(mention.source for mention in written.mentions if where is None)])
    return after(asked, to(name))


def note(asked: Asked) -> Response:
    """A note of one's own, on a source where one is named; the words selected there stand in it as a quotation."""
    from importers.base import Input
    from importers.texts import markdown
    from kb.review import write
    from kb.vectors.embed.update import at_once

    text, on = asked.text("text"), asked.text("source")
    with asked.writing(f"kb note {text!r}") as store:
        me = config.load(asked.place.home).me
        if on:
            where = resolve.source(asked.store, on)
            quote = selected(asked, where)[0] if asked.text("words") else ""
            quoted = "\n".join(f"> {line}".rstrip() for line in quote.splitlines())
            name = write.note(store, f"{quoted}\n\n{text}" if quote else text, where, me)
        else:
            name = write.jotting(store, markdown.read(Input(text, "stdin"))[0], me)
        at_once(store, [name])
    return after(asked, to(name))


def link(asked: Asked) -> Response:
    """A link between two statements, or a statement and a source."""
    from kb.review import write

    from_ref, relation, ref = asked.text("from"), asked.one_of("relation", RELATIONS), asked.text("ref")
    if not ref:
        raise UsageError("a link to what?", "an id, a citekey, or words of a title")
    with asked.writing(f"kb link {from_ref} {relation} {ref}") as store:
        write.link(store, from_ref, relation, ref)
    return after(asked, to(from_ref))


def refs(asked: Asked) -> Response:
    """What a reference that is being typed may become."""
    found = completing.refs(asked.store, asked.text("ref"))[:_OFFERED]
    named = [one.id for one in found]
    titles = sources.titles(asked.store, named) | {
        n: one.text for n, one in statements.read(asked.store, named).items()
    }
    return fragment(asked, "refs.html", found=[(one, titles.get(one.id, "")) for one in found])


ROUTES = (get("/refs", refs), post("/claim", claim), post("/note", note), post("/link", link))
