"""Sources in LaTeX as Markdown."""
