"""A document that is a ZIP archive of XML files (docx): its parts, bounded in number, size and depth.

Nothing of it is written to a disk, and XML declares no entities here: what a part refers to outside is not asked for.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

from kb.errors import KbError

MOST_PARTS = 20_000
MOST_BYTES = 200_000_000
"""Of all parts that are read together, unpacked; the text of the longest books has a twentieth of it."""
DEEPEST = 250
"""Elements inside elements; what programs write has some thirty."""


@dataclass(slots=True)
class Zipped:
    """An open archive. `name` is what an error calls it."""

    name: str
    names: frozenset[str]
    _archive: zipfile.ZipFile
    _left: int = field(default=MOST_BYTES)

    def data(self, part: str) -> bytes | None:
        """The bytes of a part; None where there is none.

        Raises:
            KbError: it is damaged, encrypted, or the archive unpacks to more than can be a text.
        """
        if part not in self.names:
            return None
        try:
            with self._archive.open(part) as file:
                found = file.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
            raise KbError(f"{self.name} is damaged: its part {part} cannot be read", "get the file again") from None
        except RuntimeError:
            raise KbError(f"{self.name} is protected by a password", "save a copy without it") from None
        self._left -= len(found)
        if self._left < 0:
            size = MOST_BYTES // 1_000_000
            raise KbError(f"{self.name} unpacks to more than {size} MB of text", "it may be broken, or made to do harm")
        return found

    def xml(self, part: str) -> etree._Element | None:
        """The tree of a part; None where there is none.

        Raises:
            KbError: as `data`, or it is no XML.
        """
        data = self.data(part)
        return None if data is None else xml(data, f"the part {part} of {self.name}")

    def has(self, part: str) -> bool:
        return part in self.names


def open_zip(data: bytes, name: str) -> Zipped:
    """The archive in some bytes.

    Raises:
        KbError: it is none, or a damaged one.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise KbError(f"{name} is damaged: it cannot be opened", "get the file again") from None
    if len(names) > MOST_PARTS:
        raise KbError(f"{name} has {len(names):,} parts, over the limit of {MOST_PARTS:,}", "no document has so many")
    return Zipped(name, names, archive)


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
        above = reference.getparent()
        if above is not None:  # what it stood for was declared in the file: nobody needs that in a document
            _take_out(above, reference)
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


def _take_out(above: etree._Element, gone: etree._Element) -> None:
    tail, before = gone.tail or "", gone.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        above.text = (above.text or "") + tail
    above.remove(gone)
