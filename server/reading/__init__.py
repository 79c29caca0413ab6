"""A text as a page shows it: its Markdown as HTML, with the statements marked where they stand."""
