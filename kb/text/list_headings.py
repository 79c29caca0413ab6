"""Headings of what is no part of the argument: lists of references, and footnotes, in the words of some languages."""

from __future__ import annotations

import re
from functools import cache

from kb.text.strings import fold

_REFERENCES = """
    references/reference list/references and notes/notes and references/bibliography/works cited/literature/
    literature cited/cited literature/sources/citations/further reading/further reading & references/
    further reading and references/additional reading/external links/external references/links/additional links/
    see also/related links/related pages/
    literatur/literaturverzeichnis/quellen/einzelnachweise/weblinks/siehe auch/weiterführende literatur/
    références/bibliographie/liens externes/voir aussi/referencias/bibliografía/enlaces externos/véase también/
    riferimenti/bibliografia/collegamenti esterni/referências/ver também/referenties/literatuur/
    литература/список литературы/ссылки/см. также/参考文献/参考资料/參考文獻/外部リンク/関連項目/참고문헌/المراجع
"""
_FOOTNOTES = """
    footnotes/notes/endnotes/end notes/fußnoten/anmerkungen/endnoten/notes de bas de page/notas/note/voetnoten/noten/
    примечания/сноски/脚注/注释/注釋/注/각주
"""
_AROUND = re.compile(r"^[\W\d]+|\W+$")


@cache
def _named(table: str) -> frozenset[str]:
    return frozenset(fold(heading.strip()) for heading in table.split("/"))


def of_references(heading: str) -> bool:
    """Whether it is that of a list of references: "References", "7. Further reading"."""
    return fold(_AROUND.sub("", heading)) in _named(_REFERENCES)


def of_footnotes(heading: str) -> bool:
    """Whether it is that of footnotes: "Footnotes", "Anmerkungen:"."""
    return fold(_AROUND.sub("", heading)) in _named(_FOOTNOTES)
