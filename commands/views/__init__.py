"""How answers look: lines for a terminal, and values for JSON. Nothing here prints."""
