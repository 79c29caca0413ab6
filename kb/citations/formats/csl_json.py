"""CSL-JSON: what pandoc, Zotero and every citation processor read."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kb.citations.format import Format
from kb.citations.item import Item
from kb.model.bibliography import to_csl
from kb.model.json_form import JsonObject


def item_object(item: Item) -> JsonObject:
    """An item as an object of CSL-JSON; its `id` is the citekey."""
    return {"id": item.citekey, **to_csl(item.facts)}


def entries(items: Sequence[Item], _: str = "") -> list[str]:
    """Each item as a JSON object."""
    return [json.dumps(item_object(item), ensure_ascii=False, indent=2) for item in items]


def whole(texts: Sequence[str]) -> str:
    """A JSON list."""
    inner = ",\n".join("\n".join(f"  {line}" for line in text.split("\n")) for text in texts)
    return f"[\n{inner}\n]\n" if texts else "[]\n"


FORMAT = Format("csl-json", "what pandoc, Zotero and citation processors read", (".json",),
                "application/vnd.citationstyles.csl+json", entries, whole)  # fmt: skip
