"""Markdown notes read: structure, front matter, links, tags, dates."""
