"""Directives that docutils knows, with options that Sphinx and others add: what an option does is lost, never words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, DirectiveError, directives
from docutils.parsers.rst.languages import en
from docutils.utils import new_document

_IGNORED = object()
_NUMBERS = "number-lines"  # writes numbers into the code


class _Options(dict[str, Any]):
    """The options of a directive; one that it does not know, or a value that it cannot read, is passed over."""

    def __getitem__(self, name: str) -> Callable[[str | None], Any]:
        known: Callable[[str | None], Any] = self.get(name, lambda _said: _IGNORED)
        if name == "caption":
            return lambda said: said or ""

        def read(said: str | None) -> Any:
            try:
                return known(said)
            except (ValueError, TypeError):
                return _IGNORED

        return read

    def __bool__(self) -> bool:
        return True


@cache
def tolerant(name: str) -> type[Directive] | None:
    """The directive of docutils with this name, for any options; None where there is none."""
    made, _ = directives.directive(name, en, new_document(""))
    if not isinstance(made, type) or not issubclass(made, Directive):
        return None

    class Tolerant(made):  # type: ignore[misc, valid-type]
        options: dict[str, Any]
        option_spec = _Options(made.option_spec or {})

        def run(self) -> Sequence[nodes.Node]:
            caption = self.options.pop("caption", "")
            self.options = {key: said for key, said in self.options.items() if said is not _IGNORED and key != _NUMBERS}
            try:
                found: Sequence[nodes.Node] = super().run()
            except DirectiveError:
                return [nodes.literal_block("", self.block_text, broken=self.name)]
            return [nodes.paragraph("", "", nodes.strong("", caption)), *found] if caption else found

    return Tolerant
