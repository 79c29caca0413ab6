"""Texts as vectors: making them (`embed`), finding the nearest (`index`), and what a topic leaves of them."""
