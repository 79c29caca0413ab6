"""Files of Word made for tests: a body, and the parts beside it."""

from __future__ import annotations

import io
import zipfile

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STYLES = (
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="My part"/><w:basedOn w:val="berschrift1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>'
)
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator>"
    "<dcterms:created>2024-03-02T10:00:00Z</dcterms:created></cp:coreProperties>"
)


def words(text: str, form: str = "") -> str:
    """A run."""
    return f'<w:r>{f"<w:rPr>{form}</w:rPr>" if form else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, form: str = "") -> str:
    """A paragraph of runs, or of one text."""
    inside = "".join(run if run.startswith("<") else words(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{form}</w:pPr>' if form else ''}{inside}</w:p>"


def styled(text: str, style: str) -> str:
    return paragraph(text, form=f'<w:pStyle w:val="{style}"/>')


def word_file(body: str, title: str = "", creator: str = "Ada Moss", **parts: str) -> bytes:
    """The file; `parts` are `comments`, `commentsExtended`, `footnotes`, by what is inside."""
    roots = {"commentsExtended": ("w15", "commentsEx"), "styles": ("w", "styles"), "numbering": ("w", "numbering")}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        own = {"styles": _STYLES, "numbering": _NUMBERING, **parts}
        links = "".join(f'<Relationship Id="p{name}" Type="{_KIND}{name}" Target="{name}.xml"/>' for name in own)
        links += f'<Relationship Id="r1" Type="{_KIND}hyperlink" Target="https://ponds.example" TargetMode="External"/>'
        first = f'<Relationship Id="d" Type="{_KIND}officeDocument" Target="word/document.xml"/>'
        first += f'<Relationship Id="c" Type="{_KIND}metadata/core-properties" Target="docProps/core.xml"/>'
        archive.writestr("_rels/.rels", f"<Relationships>{first}</Relationships>")
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{links}</Relationships>")
        archive.writestr("word/document.xml", f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>")
        archive.writestr("docProps/core.xml", _CORE.format(title=title, creator=creator))
        for name, inside in own.items():
            space, root = roots.get(name, ("w", name))
            archive.writestr(f"word/{name}.xml", f"<{space}:{root} {_SPACES}>{inside}</{space}:{root}>")
    return made.getvalue()
