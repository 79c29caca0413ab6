"""Trees of lxml, in which the words behind an element hang on it: taking an element out leaves them."""

from __future__ import annotations

from lxml import etree


def take_out(element: etree._Element) -> None:
    """Removes an element and all in it; what stands behind it stays. The outermost one is left where it is."""
    above = element.getparent()
    if above is None:
        return
    before, tail = element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        above.text = (above.text or "") + tail
    above.remove(element)
