"""Papers as LaTeXML makes them, as Markdown."""
