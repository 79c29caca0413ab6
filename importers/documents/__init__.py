"""Documents with a form of their own: PDF, HTML, LaTeXML."""
