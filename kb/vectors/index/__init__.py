"""The index of meanings: derived files of vectors, mapped; scanned exactly, or by a shortlist where there are many."""

from kb.vectors.index.files import followed, load, rebuild, refresh
from kb.vectors.index.vectors import Vectors

__all__ = ["Vectors", "followed", "load", "rebuild", "refresh"]
