"""What everything else speaks of: documents, sources, passages, statements, links, and the ids and words they have."""
