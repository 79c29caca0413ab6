"""reStructuredText, that of Sphinx too, as Markdown."""
