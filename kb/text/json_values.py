"""JSON that other programs wrote, as values that can be stored: without halves of characters.

JSON may escape one of two surrogates alone ("\\ud83d", where a text was cut in the middle of a sign); Python reads it
as a string that no file or database takes (RFC 8259, section 8.2).
"""

from __future__ import annotations

import json
import re
from typing import Any

_ALONE = re.compile(
    r"\\u[dD](?:[89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD])[c-fC-F])"
)
_ESCAPE = re.compile(
    r"\\(?:(?P<pair>u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.S,
)


def json_value(data: str | bytes) -> Any:
    """The value of a JSON text; a surrogate alone becomes U+FFFD.

    Raises:
        ValueError: it is none (bytes are UTF-8, UTF-16 or UTF-32). RecursionError: it is nested too deep.
    """
    text = data.decode(json.detect_encoding(data)) if isinstance(data, bytes) else data
    text = text.removeprefix("\ufeff")
    if _ALONE.search(text):
        text = _ESCAPE.sub(lambda found: r"\ufffd" if found["half"] else found[0], text)
    return json.loads(text)
