"""Org, the format of Emacs, as Markdown."""
