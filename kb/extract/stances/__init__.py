"""Where somebody stands towards what somebody else has said: the one place that knows.

`markers` reads the words that take a stance (`patterns`), `remarks` those of a remark on a text; `exchange` tells who
answers whom, `aims` which of the other's statements is meant (by the words that are `telling`), `bearers` which
statement takes the stance. The rules `dialogue`, `commentary`, `replies` and `titles` write what they find as links,
and whatever shows stances reads these links.
"""
