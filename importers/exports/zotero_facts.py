"""The bibliographic facts of an item of Zotero under their names in CSL."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from importers.exports.fields import field_in_note
from kb.model.bibliography import DATE_FIELDS, FIELDS, Bibliography, Name, bibliography, days, type_of
from kb.text.dates import read_loosely
from kb.text.strings import squash

_TYPES = {
    "artwork": "graphic", "attachment": "document", "audioRecording": "song", "bill": "bill", "blogPost": "post-weblog",
    "book": "book", "bookSection": "chapter", "case": "legal_case", "computerProgram": "software",
    "conferencePaper": "paper-conference", "dataset": "dataset", "dictionaryEntry": "entry-dictionary",
    "document": "document", "email": "personal_communication", "encyclopediaArticle": "entry-encyclopedia",
    "film": "motion_picture", "forumPost": "post", "hearing": "hearing", "instantMessage": "personal_communication",
    "interview": "interview", "journalArticle": "article-journal", "letter": "personal_communication",
    "magazineArticle": "article-magazine", "manuscript": "manuscript", "map": "map", "newspaperArticle":
    "article-newspaper", "patent": "patent", "podcast": "broadcast", "preprint": "article", "presentation": "speech",
    "radioBroadcast": "broadcast", "report": "report", "standard": "standard", "statute": "legislation",
    "thesis": "thesis", "tvBroadcast": "broadcast", "videoRecording": "motion_picture", "webpage": "webpage",
}  # fmt: skip
_FIELDS = {
    "abstractNote": "abstract", "applicationNumber": "call-number", "archive": "archive", "archiveID": "number",
    "archiveLocation": "archive_location", "artworkMedium": "medium", "artworkSize": "dimensions",
    "audioRecordingFormat": "medium", "billNumber": "number", "blogTitle": "container-title",
    "bookTitle": "container-title", "callNumber": "call-number", "code": "container-title", "codeNumber": "volume",
    "committee": "section", "company": "publisher", "conferenceName": "event-title", "country": "publisher-place",
    "court": "authority", "dictionaryTitle": "container-title", "distributor": "publisher", "docketNumber": "number",
    "documentNumber": "number", "DOI": "DOI", "edition": "edition", "encyclopediaTitle": "container-title",
    "episodeNumber": "number", "forumTitle": "container-title", "genre": "genre", "institution": "publisher",
    "ISBN": "ISBN", "ISSN": "ISSN", "issue": "issue", "issuingAuthority": "authority",
    "journalAbbreviation": "container-title-short", "label": "publisher", "language": "language",
    "legislativeBody": "authority", "letterType": "genre", "libraryCatalog": "source", "manuscriptType": "genre",
    "mapType": "genre", "meetingName": "event-title", "network": "publisher", "number": "number",
    "numberOfVolumes": "number-of-volumes", "numPages": "number-of-pages", "organization": "publisher", "pages": "page",
    "patentNumber": "number", "place": "publisher-place", "postType": "genre", "presentationType": "genre",
    "proceedingsTitle": "container-title", "programTitle": "container-title", "publicationTitle": "container-title",
    "publicLawNumber": "number", "publisher": "publisher", "reporter": "container-title", "reportNumber": "number",
    "reportType": "genre", "repository": "publisher", "rights": "license", "runningTime": "dimensions",
    "scale": "scale", "section": "section", "series": "collection-title", "seriesNumber": "collection-number",
    "seriesTitle": "collection-title", "session": "chapter-number", "shortTitle": "title-short", "studio": "publisher",
    "thesisType": "genre", "title": "title", "subject": "title", "caseName": "title", "nameOfAct": "title",
    "university": "publisher", "url": "URL", "versionNumber": "version", "videoRecordingFormat": "medium",
    "volume": "volume", "websiteTitle": "container-title", "websiteType": "genre", "archivePlace": "archive-place",
    "identifier": "number", "type": "genre", "status": "status",
}  # fmt: skip
_PEOPLE = {
    "author": "author", "artist": "author", "inventor": "author", "programmer": "author", "presenter": "author",
    "interviewee": "author", "sponsor": "author", "cartographer": "author", "podcaster": "author",
    "director": "director", "performer": "performer", "editor": "editor", "translator": "translator",
    "seriesEditor": "collection-editor", "bookAuthor": "container-author", "contributor": "contributor",
    "interviewer": "interviewer", "recipient": "recipient", "reviewedAuthor": "reviewed-author",
    "composer": "composer", "guest": "guest", "producer": "producer", "scriptwriter": "script-writer",
    "castMember": "performer", "commenter": "author", "counsel": "contributor", "attorneyAgent": "contributor",
}  # fmt: skip
_DATES = {"date": "issued", "dateDecided": "issued", "dateEnacted": "issued", "issueDate": "issued",
          "accessDate": "accessed", "filingDate": "submitted", "originalDate": "original-date"}  # fmt: skip


def facts(item: Mapping[str, Any], creators: Sequence[Mapping[str, Any]], extra: Mapping[str, str]) -> Bibliography:
    """The facts of an item; `extra` has the lines of its field Extra that are fields (`field_in_note`)."""
    found: dict[str, str] = {}
    for name, value in item.items():
        if name in _FIELDS and isinstance(value, str | int) and (text := str(value).strip()):
            found.setdefault(_FIELDS[name], text)
    names: dict[str, list[Name]] = {}
    for one in creators:
        if (who := _person(one)).said:
            names.setdefault(_PEOPLE.get(str(one.get("creatorType")), "author"), []).append(who)
    dates: dict[str, str] = {}
    for name, known in _DATES.items():
        if said := squash(str(item.get(name) or "")):
            dates.setdefault(known, said if days(said) else read_loosely(said) or said)
    for name, value in extra.items():
        meant = next((one for one in (*FIELDS, *DATE_FIELDS) if one.lower() == name), "")
        if meant in FIELDS:
            found.setdefault(meant, value)
        elif meant and days(value):
            dates.setdefault(meant, value)
    if note := _remarks(str(item.get("extra") or "")):
        found["note"] = note
    type_ = type_of(extra.get("type", "")) or _TYPES.get(str(item.get("itemType")), "document")
    return bibliography(type_, found, {name: tuple(people) for name, people in names.items()}, dates)


def _remarks(extra: str) -> str:
    """The lines of the field Extra that are neither fields nor an arXiv id."""
    lines = (line.strip() for line in extra.split("\n"))
    return "\n".join(line for line in lines if line and not field_in_note(line))


def _person(one: Mapping[str, Any]) -> Name:
    family, given = squash(str(one.get("lastName") or "")), squash(str(one.get("firstName") or ""))
    if one.get("name") or not (family and given):
        return Name(literal=squash(str(one.get("name") or "")) or family or given)
    particle = re.match(r"((?:[a-z][\w’']* )*)(.+)", family)
    if particle and particle[1]:
        return Name(family=particle[2], given=given, particle=particle[1].strip())
    return Name(family=family, given=given)
