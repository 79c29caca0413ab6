"""Writes what is generated of the documentation: the command line's reference, and tables of the other pages.

    python -m scripts.reference

Run it after a change of a command, and after adding or changing an importer, a fetcher, a map format or a rule.
"""

from __future__ import annotations

from pathlib import Path

from scripts.pages import architecture, commands, extraction, formats, importers
from scripts.pages.tables import filled

DOCS = Path(__file__).resolve().parents[1] / "docs"


def pages() -> dict[Path, str]:
    """Each page that is generated, in whole or in part, as it should be, without docs/importers.md, which is played."""
    with_tables = {
        DOCS / "formats.md": formats.tables(),
        DOCS / "importing.md": importers.tables(),
        DOCS / "extraction.md": extraction.tables(),
        DOCS / "architecture.md": architecture.tables(),
    }
    written = {page: filled(page.read_text(encoding="utf-8"), tables) for page, tables in with_tables.items()}
    return {DOCS / "cli.md": commands.page(), **written}


if __name__ == "__main__":
    for page, text in {**pages(), DOCS / "importers.md": importers.page()}.items():
        page.write_text(text, encoding="utf-8")
