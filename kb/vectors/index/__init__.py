"""The index of meanings: derived files of vectors, mapped; scanned exactly, or by a shortlist where there are many."""

from kb.vectors.index.files import figures, followed, load, problems, rebuild, refresh
from kb.vectors.index.vectors import Vectors

__all__ = ["Vectors", "figures", "followed", "load", "problems", "rebuild", "refresh"]
