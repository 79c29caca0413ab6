"""The fields that the interface promises."""

SOURCE = {"id", "citekey", "state", "kind", "title", "authors", "url", "published", "added", "parent",
          "external_ids", "tags", "passages", "statements"}  # fmt: skip
STATEMENT = {"id", "kind", "text", "status", "basis", "confidence", "mentions"}
LINK = {"id", "from", "to", "relation", "basis", "status", "score", "evidence"}
