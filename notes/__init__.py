"""Markdown notes: read their structure, write a vault of them."""
