"""The comments of a docx: who said what on which words, and what was answered."""

from __future__ import annotations

from importers.documents.docx.body import read_blocks
from importers.documents.docx.runs import Reading
from importers.documents.made import to_markdown
from importers.documents.office.reviews import Remark, threads
from importers.documents.zipped import attribute, local


def comments_of(reading: Reading) -> list[Remark]:
    """The comments that begin a thread, in the order of the text; to be asked for when the text was read."""
    root = reading.package.part("comments")
    if root is None:
        return []
    for name in list(reading.open):  # one whose end is missing
        reading.quotes[name] = "".join(reading.open.pop(name)).strip()
    quotes = reading.quotes
    names: dict[str, str] = {}  # by the ids of their last paragraphs
    found: list[tuple[str, Remark]] = []
    for one in root:
        if local(one) != "comment":
            continue
        name = attribute(one, "id")
        paragraphs = [part for part in one.iter() if local(part) == "p"]
        names |= {attribute(part, "paraId"): name for part in paragraphs if attribute(part, "paraId")}
        words = to_markdown(read_blocks(one, reading).made)
        when = attribute(one, "date")[:10] or None
        found.append((name, Remark(attribute(one, "author"), words, when, quotes.get(name, ""))))
    order = {name: at for at, name in enumerate(quotes)}
    found.sort(key=lambda pair: order.get(pair[0], len(order)))
    return threads(found, _answers(reading, names))


def _answers(reading: Reading, names: dict[str, str]) -> dict[str, str]:
    root = reading.package.part("commentsExtended")
    found = {}
    for one in root if root is not None else ():
        answer, above = names.get(attribute(one, "paraId")), names.get(attribute(one, "paraIdParent"))
        if answer and above and answer != above:
            found[answer] = above
    return found
