"""What only one database engine has: opening and copying (`sqlite`), full text (`fulltext`), words (`sql`).

The other modules of the store are written in SQL that PostgreSQL understands as well.
"""
