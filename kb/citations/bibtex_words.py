"""The words of BibTeX and BibLaTeX for those of CSL, and back: one table for reader and writer.

Written are the names that both know. What BibTeX has no name for is written under CSL's, in small letters: programs
pass over a field that they do not know.
"""

from __future__ import annotations

from kb.model.bibliography import DATE_FIELDS, FIELDS, NAME_FIELDS, PRIMARY_CLASS

ENTRIES = {
    "article": "misc", "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "book": "book", "chapter": "incollection", "dataset": "dataset", "entry": "inreference",
    "entry-dictionary": "inreference", "entry-encyclopedia": "inreference", "graphic": "artwork",
    "legal_case": "jurisdiction", "legislation": "legislation", "manuscript": "unpublished",
    "motion_picture": "movie", "paper-conference": "inproceedings", "pamphlet": "booklet", "patent": "patent",
    "periodical": "periodical", "personal_communication": "letter", "post": "online", "post-weblog": "online",
    "report": "techreport", "software": "software", "song": "audio", "standard": "standard", "thesis": "phdthesis",
    "webpage": "online",
}  # fmt: skip
"""The kind of entry for a type of CSL; `misc` for the others."""

TYPES = {
    "article": "article-journal", "artwork": "graphic", "audio": "song", "book": "book", "bookinbook": "chapter",
    "booklet": "pamphlet", "collection": "book", "conference": "paper-conference", "dataset": "dataset",
    "electronic": "webpage", "image": "graphic", "inbook": "chapter", "incollection": "chapter",
    "inproceedings": "paper-conference", "inreference": "entry-encyclopedia", "jurisdiction": "legal_case",
    "legislation": "legislation", "letter": "personal_communication", "manual": "report",
    "mastersthesis": "thesis", "misc": "document", "movie": "motion_picture", "music": "song", "mvbook": "book",
    "mvcollection": "book", "mvproceedings": "book", "mvreference": "book", "online": "webpage", "patent": "patent",
    "periodical": "periodical", "phdthesis": "thesis", "proceedings": "book", "reference": "book", "report": "report",
    "software": "software", "standard": "standard", "suppbook": "chapter", "suppcollection": "chapter",
    "suppperiodical": "article-journal", "techreport": "report", "thesis": "thesis", "unpublished": "manuscript",
    "video": "motion_picture", "webpage": "webpage", "www": "webpage",
}  # fmt: skip
"""The type of CSL for a kind of entry."""

IN_BOOKS = {"incollection", "inproceedings", "inreference"}
"""Kinds of entry whose number is that of the series."""

RICH = {
    "title", "title-short", "container-title", "collection-title", "event-title", "original-title", "volume-title",
    "part-title", "container-title-short", "volume-title-short", "reviewed-title",
}  # fmt: skip
"""Fields that may hold markup."""

VERBATIM = {"url", "doi", "eprint", "isbn", "issn", "pmid", "pmcid"}
"""Fields of BibTeX in which nothing is escaped."""

_SAME = {
    "abstract": "abstract", "annote": "annote", "chapter-number": "chapter", "collection-title": "series",
    "DOI": "doi", "edition": "edition", "event-place": "venue", "event-title": "eventtitle", "genre": "type",
    "ISBN": "isbn", "ISSN": "issn", "keyword": "keywords", "language": "language", "note": "note",
    "number-of-pages": "pagetotal", "number-of-volumes": "volumes", "page": "pages", "PMCID": "pmcid", "PMID": "pmid",
    "publisher-place": "address", "status": "pubstate", "title": "title", "title-short": "shorttitle", "URL": "url",
    "version": "version", "volume": "volume", "container-title-short": "shortjournal", "part-number": "part",
    "original-title": "origtitle", "original-publisher": "origpublisher", "original-publisher-place": "origlocation",
    PRIMARY_CLASS: "primaryclass",
}  # fmt: skip
_OTHER_SPELLINGS = {
    "annotation": "annote", "booktitle": "container-title", "eprintclass": PRIMARY_CLASS, "howpublished": "publisher",
    "institution": "publisher", "journal": "container-title", "journaltitle": "container-title", "keyword": "keyword",
    "location": "publisher-place", "organization": "publisher", "publisher": "publisher", "school": "publisher",
    "eid": "number", "comment": "annote", "langid": "language",
}  # fmt: skip

WRITTEN = {name: _SAME.get(name, name.lower()) for name in (*FIELDS, PRIMARY_CLASS)}
"""What a field of CSL is called in an entry; what depends on the kind of entry is not here (`names_for`)."""

READ = {
    **{name.lower(): name for name in FIELDS},
    **{theirs: name for name, theirs in _SAME.items()},
    **_OTHER_SPELLINGS,
}
"""The field of CSL for one of an entry; `number` and what stands for the container depend on its kind."""

WRITTEN_NAMES = {name: {"container-author": "bookauthor"}.get(name, name) for name in NAME_FIELDS}
READ_NAMES = {theirs: name for name, theirs in WRITTEN_NAMES.items()}
WRITTEN_DATES = {
    **{name: name for name in DATE_FIELDS},
    "issued": "date", "accessed": "urldate", "original-date": "origdate", "event-date": "eventdate",
}  # fmt: skip
READ_DATES = {theirs: name for name, theirs in WRITTEN_DATES.items()}


def names_for(entry: str) -> dict[str, str]:
    """What fields of CSL are called whose name depends on the kind of entry."""
    found = {"container-title": "booktitle", "publisher": "publisher", "number": "number"}
    if entry == "article":
        found |= {"container-title": "journal", "issue": "number", "number": "eid"}
    elif entry in IN_BOOKS or entry == "book":
        found |= {"collection-number": "number", "number": "eid"}
    elif entry == "online":
        found |= {"container-title": "organization"}
    elif entry in ("phdthesis", "mastersthesis", "techreport"):
        found |= {"publisher": "institution" if entry == "techreport" else "school"}
    return found
