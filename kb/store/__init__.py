"""What is kept: one module a table, and the only place with SQL for it.

Functions that read take a `sqlite3.Connection` and give plain dicts in the shapes of the interface; functions
that write take a SQLModel `Session` inside a transaction of `kb.store.open.Store`.
"""
