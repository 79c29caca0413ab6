"""The bibliography of a LaTeXML page, and what the citations in a text point to through it.

An entry is a list item that ends with its name (`^bib15`), a citation is a link to it (`[Kwon 2023](#^bib15)`): a
vault shows both, and the text alone says what is cited.
"""

from __future__ import annotations

import re
from dataclasses import replace

from importers.documents.latexml.inline import Element, Page, bib_label, classes, inline, is_dropped, paragraph
from kb.model import identity
from kb.model.document import Block, Reference
from notes.markdown.targets import url_end

_LINK = re.compile(r"\[(?:[^\[\]\\]|\\.)*\]\([^()\s]*\)|<https?://[^<>\s]*>|https?://[^\s<>]*")
_ARXIV = re.compile(rf"(?i:arXiv)(?: preprint)?[: ]+(?P<id>{identity.ARXIV})")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>|\]}]+")
_LONGEST = 5000  # characters of an entry
_TITLE = re.compile(r"\*\*((?:[^*]|\*(?!\*))+)\*\*")


def bibliography(section: Element, page: Page) -> list[str]:
    """Its heading and its entries; empty ones are left out."""
    found: list[str] = []
    entries: list[str] = []
    for element in section.iter():
        names = classes(element) if isinstance(element.tag, str) else frozenset()
        if "ltx_title_bibliography" in names:
            found.append(f"## {' '.join(inline(element, page).split())}")
        elif "ltx_bibitem" in names and (words := _entry(element, page)):
            entries.append(words)
    return [*found, "\n".join(entries)] if entries else found


def _entry(item: Element, page: Page) -> str:
    tag = next((one for one in item if "ltx_tag_bibitem" in classes(one)), None)
    name = " ".join(inline(tag, page).split()) if tag is not None else ""
    parts = [one for one in item if one is not tag and not is_dropped(one, page)]
    texts = [(part, " ".join(inline(part, page).split())) for part in parts]
    texts = [(part, words) for part, words in texts if words]
    titles = [part for part, _ in texts if any("ltx_bib_title" in classes(one) for one in part.iter())]
    if not titles and len(texts) >= 3:
        titles = [texts[1][0]]  # authors, title, where: so \newblock cuts them
    shown = [_strong(words) if part in titles[:1] else words for part, words in texts]
    rest = " ".join(" ".join(inline(item, page).split()).split()) if not parts else " ".join(shown)
    if not rest:
        return ""
    if name and not name.startswith(("[", "(")):
        name = name.rstrip(":") + ":"
    return f"- {paragraph(f'{name} {linked(rest)}')} ^{bib_label(item.get('id') or 'bib')}"


def _strong(words: str) -> str:
    return f"**{words}**" if "*" not in words and not words.endswith("\\") else words


def linked(text: str) -> str:
    """The text with bare arXiv ids and DOIs made links; those in links already stay, and so does what is no entry."""
    if len(text) > _LONGEST:
        return text
    pieces, at = [], 0
    for link in _LINK.finditer(text):
        pieces += [_link_ids(text[at : link.start()]), link[0]]
        at = link.end()
    return "".join([*pieces, _link_ids(text[at:])])


def _link_ids(text: str) -> str:
    def paper(found: re.Match[str]) -> str:
        known = identity.of_arxiv(found["id"])
        return f"[{found[0]}]({known.url})" if known else found[0]

    def work(found: re.Match[str]) -> str:
        end = url_end(found.string, *found.span())
        doi, rest = found.string[found.start() : end].replace("\\", ""), found.string[end : found.end()]
        return f"[{doi}](https://doi.org/{doi.replace('(', '%28').replace(')', '%29')}){rest}"

    pieces, at = [], 0
    for link in _LINK.finditer(linked := _ARXIV.sub(paper, text)):
        pieces += [_DOI.sub(work, linked[at : link.start()]), link[0]]
        at = link.end()
    return "".join([*pieces, _DOI.sub(work, linked[at:])])


def cited(
    text: str, blocks: tuple[Block, ...], references: tuple[Reference, ...]
) -> tuple[tuple[Block, ...], tuple[Reference, ...]]:
    """The blocks and references of a paper's text with its citations led to what they cite.

    A citation's target is the address of the cited work where its entry holds one (arXiv before DOI before any
    other), else empty; its alias is the title of the work. Entries become rows of a table: nobody says anything in
    them, so no statement is to be found there.
    """
    works: dict[str, tuple[str, str | None]] = {}
    spans: list[tuple[int, int, str]] = []
    kept: list[Block] = []
    for block in blocks:
        label = (block.label or "").partition(",")[0]
        if block.kind == "item" and label.startswith("^bib"):
            title = _TITLE.search(text, block.start, block.end)
            name = re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", title[1]).rstrip(" .") if title else None
            urls = [one.target for one in references if one.kind == "url" and block.start <= one.start < block.end]
            works[label] = (min(urls, key=_rank, default=""), name)
            spans.append((block.start, block.end, label))
            block = replace(block, kind="table")
        kept.append(block)
    return tuple(kept), tuple(_led(reference, works, spans) for reference in references)


def _rank(url: str) -> int:
    known = identity.of_url(url).external_ids
    return 0 if "arxiv" in known else 1 if known else 2


def _led(
    reference: Reference, works: dict[str, tuple[str, str | None]], spans: list[tuple[int, int, str]]
) -> Reference:
    if reference.kind == "wikilink" and not reference.target and (reference.fragment or "").startswith("^bib"):
        target, title = works.get(reference.fragment or "", ("", None))
        return replace(reference, kind="citation", target=target, alias=title)
    if reference.kind == "url":
        for start, end, label in spans:
            if start <= reference.start < end:
                target, title = works[label]
                if _rank(reference.target) < 2:  # the arXiv id and the DOI of one entry are one work
                    return replace(reference, kind="citation", target=target, alias=title)
                return replace(reference, alias=title)  # "Link" is no name for a work
    return reference
