"""Works to cite in tests, and ways to make hostile ones."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import strategies as st

from kb.citations.item import Item
from kb.model.bibliography import Name, bibliography

_SIGNS = st.sampled_from(
    [*"{}%&#_~^\\$\"'`-,=@()<>[]:;.!?|/*+ ", "and ", "von ", "Jr", "--", "''", "``", "$x^2$", "\\&"]
)
_LETTERS = st.characters(blacklist_categories=("Cs", "Co", "Cc", "Zl", "Zp", "Cf", "Cn"))
WORDS = (
    st.lists(_SIGNS | _LETTERS, min_size=1, max_size=14)
    .map(lambda signs: unicodedata.normalize("NFC", " ".join("".join(signs).split())))
    .filter(lambda text: bool(text) and not re.search(r"</?(?:i|b|sup|sub|sc|span)\b", text))
)
NAMES = st.one_of(
    st.builds(Name, family=WORDS, given=WORDS),
    st.builds(Name, literal=WORDS),
    st.builds(
        Name,
        family=st.sampled_from(["Cruz", "Roe and Co", "Roe, Bo", "roe"]),
        given=st.just("Ada"),
        particle=st.sampled_from(["von", "de la", ""]),
        suffix=st.sampled_from(["Jr.", "III", ""]),
    ),
)
SURE = {"page": "3-14", "volume": "2", "issue": "5", "DOI": "10.1000/a_b--c", "URL": "https://x.example/a_b?c=%7e&d#e"}


def article(title: str, people: tuple[Name, ...], journal: str = "Pond", abstract: str = "", **more: str) -> Item:
    """An article of 3 May 2019."""
    fields = {**SURE, "title": title, "container-title": journal, "abstract": abstract, **more}
    return Item("s1", "key2019", bibliography("article-journal", fields, {"author": people}, {"issued": "2019-05-03"}))
