"""A document that is a ZIP archive of XML files (docx): its parts, bounded in number, size and depth.

Nothing of it is written to a disk, and XML declares no entities here: what a part refers to outside is not asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from importers import archives
from importers.archives import Archive, Limits
from importers.documents.trees import take_out
from kb.errors import KbError

_MOST_BYTES = 200_000_000  # the text of the longest books has a twentieth of it
LIMITS = Limits(files=20_000, bytes=_MOST_BYTES, one=_MOST_BYTES, cure="it may be broken, or made to do harm")
DEEPEST = 250
"""Elements inside elements; what programs write has some thirty."""


@dataclass(frozen=True, slots=True)
class Zipped:
    """An open document."""

    archive: Archive

    @property
    def name(self) -> str:
        """What an error calls it."""
        return self.archive.called

    def xml(self, part: str) -> etree._Element | None:
        """The tree of a part; None where there is none.

        Raises:
            KbError: it is damaged, encrypted, no XML, or the archive unpacks to more than can be a text.
        """
        return xml(self.archive.read(part), f"the part {part} of {self.name}") if self.has(part) else None

    def has(self, part: str) -> bool:
        return part in self.archive.names


def open_zip(data: bytes, name: str) -> Zipped:
    """The document in some bytes.

    Raises:
        KbError: it is no archive, or a damaged one.
    """
    return Zipped(archives.opened(data, name, LIMITS))


def xml(data: bytes, name: str) -> etree._Element:
    """The tree of an XML file: no entities of its own, nothing from outside, no deeper than `DEEPEST`.

    Raises:
        KbError: it is no XML, or not such.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.LxmlError, ValueError):
        raise KbError(f"{name} is damaged: it is no XML", "get the file again") from None
    if root is None:
        raise KbError(f"{name} is empty", "get the file again")
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise KbError(f"{name} has elements {deepest:,} deep", "it may be broken, or made to do harm")
    for reference in list(root.iter(etree.Entity)):
        take_out(reference)  # what it stood for was declared in the file: nobody needs that in a document
    return root


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; "" of what is none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """An attribute by its name without namespace; "" where there is none."""
    pairs = ((str(key), str(value)) for key, value in element.attrib.items())
    return next((value for key, value in pairs if key.rpartition("}")[2] == name), "")


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element down a path of names without namespaces."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def nearest(element: etree._Element, name: str) -> etree._Element | None:
    """The element of a name that holds another most closely."""
    return next((above for above in element.iterancestors() if local(above) == name), None)
