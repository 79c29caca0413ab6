"""Alembic migrations of the store, run from inside the program (`kb.store.open`)."""
