"""The trained head: how likely it is that a statement found by rule is one worth listing.

A linear model over the statement's stored vector and some cues of its wording (docs/models.md). `features`, `fit` and
`score` are what an adaptation to one person's decisions builds on; `update` sets the confidence of what is stored.
"""
