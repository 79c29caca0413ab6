"""The knowledge base as a vault of Markdown notes: written, and read back."""
