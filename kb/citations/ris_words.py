"""The tags of RIS for the names of CSL, and back: one table for reader and writer."""

from __future__ import annotations

import re

from kb.model import bibliography

WRITTEN_TYPES = {
    "article": "GEN", "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK", "broadcast": "VIDEO", "chapter": "CHAP", "dataset": "DATA", "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC", "graphic": "ART", "hearing": "HEAR", "legal_case": "CASE", "legislation": "STAT",
    "manuscript": "UNPB", "map": "MAP", "motion_picture": "MPCT", "musical_score": "MUSIC", "paper-conference": "CONF",
    "pamphlet": "PAMP", "patent": "PAT", "periodical": "SER", "personal_communication": "PCOMM", "post-weblog": "BLOG",
    "report": "RPRT", "software": "COMP", "song": "SOUND", "standard": "STAND", "thesis": "THES", "webpage": "ELEC",
}  # fmt: skip
"""`GEN` for the others."""

READ_TYPES = {tag: name for name, tag in WRITTEN_TYPES.items() if tag != "GEN"} | {
    "ABST": "article-journal", "AGGR": "dataset", "CPAPER": "paper-conference", "CTLG": "book", "EBOOK": "book",
    "ECHAP": "chapter", "EDBOOK": "book", "EJOUR": "article-journal", "ICOMM": "personal_communication",
    "INPR": "article-journal",
    "JFULL": "periodical", "MANSCPT": "manuscript", "SLIDE": "speech", "VIDEO": "motion_picture",
    "GOVDOC": "report", "UNPD": "manuscript", "BLOG": "post-weblog", "PREPRINT": "article",
}  # fmt: skip

SPARE = "C7"
"""The field of ours that says which type of CSL it is, where RIS has no type for it."""

FIELDS = {
    "abstract": ("AB", "N2"), "annote": ("RN",), "archive": ("DB",), "archive_location": ("AN",),
    "call-number": ("CN",), "collection-title": ("T3",), "container-title-short": ("J2", "JA"), "DOI": ("DO",),
    "edition": ("ET",), "genre": ("M3",), "issue": ("IS",), "language": ("LA",), "note": ("N1",),
    "number-of-volumes": ("NV",), "original-title": ("OP",), "publisher": ("PB",), "publisher-place": ("CY", "PP"),
    "section": ("SE",), "source": ("DP",), "title": ("TI", "T1", "CT", "BT"), "title-short": ("ST",), "URL": ("UR",),
    "volume": ("VL", "VO"), "container-title": ("T2", "JO", "JF"), "number": ("M1",), "event-title": ("C3",),
    "event-place": ("C1",), "reviewed-title": ("RI",), "chapter-number": ("C4",), "status": ("C5",),
    "version": ("C6",),
}  # fmt: skip
"""The tags of a field: the first is written, all are read. Pages, ISBN and ISSN have ways of their own."""

NAMES = {
    "author": ("AU", "A1"), "editor": ("A2", "ED"), "collection-editor": ("A3",), "translator": ("A4",),
    "contributor": ("A5",), "recipient": ("A6",),
}  # fmt: skip

LONG_TAGS = ("PMID", "PMC", "FAU", "LID", "AID", "FED", "BTI", "CTI", "STAT", "PMCR", "PHST", "SO", "MH", "OT")
"""Tags of PubMed that stand in files of RIS; only these are read there."""

OTHER_TAGS = {
    "FAU": "AU", "AF": "AU", "FED": "A2", "BTI": "T2", "LID": "DO", "AID": "DO", "DI": "DO", "SO": "T2", "JT": "T2",
    "DE": "KW", "MH": "KW", "OT": "KW", "BP": "SP",
}  # fmt: skip
"""Tags of PubMed and Web of Science by those of RIS that mean the same, where RIS has no such tag itself."""

_IN_WORDS = {
    "article": "article-journal", "blog": "post-weblog", "blog post": "post-weblog", "book": "book",
    "book section": "chapter", "book chapter": "chapter", "case": "legal_case", "classical work": "classic",
    "computer program": "software", "conference paper": "paper-conference",
    "conference proceedings": "paper-conference", "data set": "dataset", "edited book": "book",
    "editorial": "article-journal", "editorial material": "article-journal",
    "electronic article": "article-journal", "electronic book": "book", "electronic book section": "chapter",
    "encyclopedia": "entry-encyclopedia", "film or broadcast": "motion_picture", "government document": "report",
    "journal article": "article-journal", "journal": "article-journal", "letter": "article-journal",
    "magazine article": "article-magazine", "newspaper article": "article-newspaper",
    "meeting abstract": "paper-conference", "proceedings paper": "paper-conference",
    "review": "article-journal", "statute": "legislation", "unpublished work": "manuscript",
    "web page": "webpage", "website": "webpage", "clinical trial": "article-journal",
    "randomized controlled trial": "article-journal", "systematic review": "article-journal",
    "meta-analysis": "article-journal", "case reports": "article-journal", "technical report": "report",
}  # fmt: skip


def type_of(said: str) -> str:
    """The type of CSL for one of RIS, or for words ("Journal Article"); "document" for what is neither."""
    if known := READ_TYPES.get(said.upper()):
        return known
    plain = " ".join(said.lower().split())
    named = bibliography.type_of(said)
    return _IN_WORDS.get(plain) or (named if named in bibliography.TYPES else "document")


def without_label(tag: str, value: str) -> str:
    """A value without what PubMed writes behind it: `10.1/x [doi]`; of its other ids none is a DOI."""
    if tag != "DO":
        return value
    found = re.fullmatch(r"(.*?)\s*\[(\w+)\]", value)
    return value if not found else found[1] if found[2].lower() == "doi" else ""
