"""Citations as they go out: printed or written to a file in a format, with their citekeys then in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import out_file, output
from commands.home import home, writing
from commands.options import Replace
from kb.citations import formats
from kb.errors import KbError, notify
from kb.model.json_form import JsonObject

if TYPE_CHECKING:
    from kb.citations.item import Item


def _styles(incomplete: str) -> list[str]:
    from kb.citations.styles import beginning

    return beginning(incomplete)


@dataclass(frozen=True)
class Look:
    """How citations look, and where they go."""

    style: Annotated[
        str | None,
        typer.Option(
            "--style",
            help="Citation style: apa, ieee, nature …, or a .csl file.",
            metavar="NAME",
            autocompletion=_styles,
        ),
    ] = None
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            help=f"{', '.join(formats.names()[:-1])} or {formats.names()[-1]}. "
            "By default what the name of the file says, or text.",
            autocompletion=formats.names,
        ),
    ] = None
    out: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None
    yes: Replace = False

    @property
    def file(self) -> Path | None:
        """The file to write; None for standard output."""
        return out_file.named(self.out)

    @property
    def wanted(self) -> str:
        """The name of the format."""
        return self.format or ("text" if self.style else formats.for_file(self.out.name if self.out else ""))


def show(items: Sequence[Item], look: Look, *, json: bool, more: JsonObject | None = None) -> None:
    """Print the items, or write them to a file; `more` is what the JSON document has besides.

    Raises:
        KbError: there is no such format or style, or the file cannot be written.
    """
    from kb.citations.styles import DEFAULT
    from kb.errors import UsageError

    format = formats.named(look.wanted)
    if look.style and format.name != "text":
        raise UsageError(f"a style is for text, not for {format.name}", "leave out --style, or take --format text")
    texts = format.entries(items, look.style or DEFAULT)
    _use(items)
    if look.file is not None:
        out_file.write(look.file, format.whole(texts))
        output.say(f"{look.file}: {output.count(len(items), 'citation')}")
    if json:
        cited = [{"id": i.id, "citekey": i.citekey, "text": text} for i, text in zip(items, texts, strict=True)]
        output.as_json({"citations": cited, **(more or {})})
    elif look.file is None:
        output.text(format.whole(texts).rstrip("\n") if texts else [])


def _use(items: Sequence[Item]) -> None:
    """Note that these citekeys are out, so that they stay."""
    from commands.home import reading
    from kb.sources import citekeys
    from kb.store import sources

    with reading() as store:
        unused = sources.unused_citekeys(store, [item.id for item in items])
    if not unused:
        return
    try:
        with writing() as store:
            citekeys.use(store, unused)
    except (KbError, OSError) as error:
        notify(f"citekeys that were made up may still change: {home()} cannot be written ({error})")
