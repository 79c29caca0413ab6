"""The number of the newest migration, apart from the tables so that reading need not load SQLModel."""

from __future__ import annotations

SCHEMA_VERSION = 9
"""Kept in SQLite's `user_version` too. A test compares it with the migrations."""
