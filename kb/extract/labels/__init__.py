"""Labels by which a writer says what a part is there for: "Objection 2:", "**Pros**", "Reply to objection 2".

`vocabulary` has the words and their roles, `reading` reads one at the beginning of some words or as a whole heading,
`pieces` and `tables` cut blocks at them, `points` says what each labelled or grouped part is, and `targets` what it
hangs on. The rule over them is `kb.extract.rules.labelled`.
"""
