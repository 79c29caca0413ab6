"""Choosing a part of the argument graph to draw: where to start (`start`), and how far from there (`spread`)."""

from kb.maps.select.neighbourhood import MOST, PER_NODE, around
from kb.maps.select.roots import HITS, among, of_hits, of_source

__all__ = ["HITS", "MOST", "PER_NODE", "among", "around", "of_hits", "of_source"]
