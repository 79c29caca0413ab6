"""Texts of OpenDocument (odt) as Markdown, and what reviewers said on them."""
