"""The map as a PDF of one page: that of `svg`, to print or to put into a paper."""

from __future__ import annotations

from kb.maps.drawing import printed
from kb.maps.format import Format
from kb.maps.formats import svg

FORMAT = Format(
    name="pdf",
    what="one page to print, whose words can be searched; needs the extra `pdf`",
    endings=(".pdf",),
    media_type="application/pdf",
    render=svg.render,
    binary=printed.pdf,
)
