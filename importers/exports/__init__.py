"""Exports of reference managers, highlighters, feeds and reading lists."""
