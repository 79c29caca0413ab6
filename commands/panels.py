"""Where help lists a verb. A module of `commands` that has a `PANEL` is a verb."""

from __future__ import annotations

READ, ARGUE, KEEP = "Read", "Argue", "Look after"
PANELS = (READ, ARGUE, KEEP)
"""In the order of help."""
