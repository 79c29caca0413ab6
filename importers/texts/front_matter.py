"""Properties that other programs keep in their own way, as the front matter of a Markdown note."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence


def front_matter(properties: Mapping[str, str | Sequence[str]]) -> list[str]:
    """The lines of the front matter, a list for several words; none where there are no properties."""
    lines = []
    for key, value in properties.items():
        name = key if re.fullmatch(r"[a-z][\w-]*", key) else json.dumps(key, ensure_ascii=False)
        said = [json.dumps(part, ensure_ascii=False) for part in ([value] if isinstance(value, str) else value)]
        lines.append(f"{name}: " + (said[0] if isinstance(value, str) else f"[{', '.join(said)}]"))
    return ["---", *lines, "---"] if lines else []
