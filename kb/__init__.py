"""The core: documents in, a store of texts and arguments, search, maps and text out."""
