"""Argument maps: which part of the graph is drawn (`select`), and how (`formats`, `drawing`)."""
