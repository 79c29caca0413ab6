"""What is kept: the only room with SQL. One object, the `Store` (`open`), is passed to all that reads or writes.

`schema` declares the tables, `migrations` make them. One module a table reads it, and where that is much a second
one (`…_writing`) writes it; both give and take the typed records of `kb.model`. `conditions` are what filters mean,
`search_rows` what search asks for, `wholes` what an export needs, `health` what `kb check` and `kb stats` count.
What only one engine has stands in `engine`.
"""
