"""Choosing a part of the argument graph: where to start (`start`, `roots`), how far from there (`neighbourhood`)."""

from kb.maps.select.neighbourhood import MOST, PER_NODE, around
from kb.maps.select.roots import among, of_hits, of_source

__all__ = ["MOST", "PER_NODE", "among", "around", "of_hits", "of_source"]
