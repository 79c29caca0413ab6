"""Citations out: a source as the facts of CSL, and these in the formats that others read."""
