"""The tags of RIS for the names of CSL, and back: one table for reader and writer."""

from __future__ import annotations

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
