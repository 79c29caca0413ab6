"""arXiv: metadata by its interface, and the text of a paper."""
