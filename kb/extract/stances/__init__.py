"""Where somebody stands towards what somebody else has said: the one place that knows.

`markers` reads the words that take a stance, `exchange` who answers whom and in which turns, `aims` which of the
other's statements is meant, `bearers` which statement takes the stance. The rules `dialogue`, `commentary` and `replies`
write what they find as links; what shows stances reads these links.
"""
