"""Words of SQL that each engine says in its own way."""

from __future__ import annotations

import json
from collections.abc import Iterable

SEPARATOR = "\x1f"
"""Between the values that `joined` puts into one; no name or id holds it."""


def listed(values: Iterable[str | int]) -> str:
    """A list as the one value that `IN {MEMBERS}` takes: it may be longer than there are placeholders."""
    return json.dumps(list(values))


MEMBERS = "(SELECT value FROM json_each(?))"
"""What stands behind IN for a value that `listed` made."""


def joined(expression: str) -> str:
    """An aggregate: the values of the expression in a group, as one text (`SEPARATOR`)."""
    return f"group_concat({expression}, char(31))"


def count_words(column: str) -> str:
    """How many blank-separated words a column holds, about."""
    return f"length({column}) - length(replace({column}, ' ', '')) + 1"


NEVER_AGAIN = {"sqlite_autoincrement": True}
"""Of a table: the number of a row that is deleted is not given to another one."""
