"""Passages that only name other texts: entries of a list of references, links without a word about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kb.text.strings import fold

_LINK = re.compile(
    r"!?\[\[[^\[\]\n]+\]\]|!?\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?: \"[^\"\n]*\")?\)|https?://\S+"
)
_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"`[^`\n]*`")
_NUMBER = re.compile(r"^[\W\d]+|\W+$")
_BESIDE = 4
"""Words beside a link that say no more than whose it is."""

_HEADINGS = """
    references/reference list/references and notes/notes and references/bibliography/works cited/literature/
    literature cited/cited literature/sources/citations/further reading/further reading & references/
    further reading and references/additional reading/external links/external references/links/additional links/
    see also/related links/related pages/
    literatur/literaturverzeichnis/quellen/einzelnachweise/weblinks/siehe auch/weiterführende literatur/
    références/bibliographie/liens externes/voir aussi/referencias/bibliografía/enlaces externos/véase también/
    riferimenti/bibliografia/collegamenti esterni/referências/ver também/referenties/literatuur/
    литература/список литературы/ссылки/см. также/参考文献/参考资料/參考文獻/外部リンク/関連項目/참고문헌/المراجع
"""


@cache
def _headings() -> frozenset[str]:
    return frozenset(fold(heading.strip()) for heading in _HEADINGS.split("/"))


def names_a_list(heading: str) -> bool:
    """Whether a heading is that of a list of references: "References", "7. Further reading"."""
    return fold(_NUMBER.sub("", heading)) in _headings()


def only_refers(text: str, heading: Sequence[str]) -> bool:
    """Whether a passage under these headings only names other texts."""
    if heading and names_a_list(heading[-1]):
        return True
    rest, links = _LINK.subn(" ", _CODE.sub(" ", text))
    return links > 0 and len(_WORD.findall(rest)) <= _BESIDE
