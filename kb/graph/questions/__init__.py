"""Questions over the whole argument graph: one module each, with texts read afterwards.

Nothing here writes. A sign is only ever one that a link has, or that somebody's own words give and that is quoted.
"""
