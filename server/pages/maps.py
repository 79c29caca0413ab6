"""An argument map, drawn as `kb map` draws it."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from kb.maps import formats, select
from kb.maps.formats import html as drawing
from kb.maps.select.start import start, titled
from kb.model.argument_map import Node
from kb.review import calibration
from server.asked import Asked
from server.routes import get
from server.view import html, page, to

_ROOTS = 5
_NODES = (40, 20, 60, 120, 300)


def draw(asked: Asked) -> Response:
    """The map of statements, sources or words; with `format`, as a file in one of the formats."""
    about = [*asked.each("about")]
    nodes = asked.number("nodes", _NODES[0], 1000) or _NODES[0]
    depth = asked.number("depth", 2, 10)
    begin = start(asked.store, about, replace(asked.filters(_ROOTS), kind=asked.each("kind")))
    hider = calibration.Hider(calibration.hidden_rules(asked.store, "link"))
    accepted = bool(asked.text("accepted"))
    map_ = select.around(
        asked.store, begin.ids, depth=depth, statuses=("accepted",) if accepted else ("accepted", "suggested"),
        most=nodes, only=begin.only, skip=hider,
    )  # fmt: skip
    map_ = replace(map_, title=titled(map_, about, asked.text("author") or None, named=begin.named))
    if asked.text("format"):
        wanted = formats.named(asked.text("format"))
        drawn = wanted.render(map_)
        content = wanted.binary(drawn) if wanted.binary else drawn.encode()
        name = f'attachment; filename="map{wanted.endings[0] if wanted.endings else ".txt"}"'
        return Response(content, media_type=wanted.media_type, headers={"Content-Disposition": name})
    return page(
        asked, "map.html", title=f"Map: {map_.title}", about=about, map=map_, nodes=nodes, depth=depth,
        accepted=accepted, picture=html(drawing.fragment(map_, address=_address)) if map_.nodes else "",
        sizes=sorted(_NODES), formats=formats.names(),
    )  # fmt: skip


def _address(node: Node) -> str:
    return to(node.id) if node.kind not in ("source", "passage") else to(node.source_id)


ROUTES = (get("/map", draw),)
