"""The map as a PNG picture: that of `svg`, drawn at twice its size on white."""

from __future__ import annotations

from kb.maps.drawing import picture
from kb.maps.format import Format
from kb.maps.formats import svg

FORMAT = Format(
    name="png",
    what="picture for a document or a message, without links",
    endings=(".png",),
    media_type="image/png",
    render=svg.render,
    binary=picture.png,
)
