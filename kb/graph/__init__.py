"""The argument graph, the questions put to it, and what it comes to."""
