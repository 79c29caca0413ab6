"""Folders taken in as they change: what is heard, what differs from before, and a run for each batch of it.

`listening` hears of paths, `snapshot` knows what was there, `watching` makes batches of the two, `session` takes them
into the store and has embeddings follow. What one run does with a batch stands in `taking`.
"""
