"""Whose words a block quote has, where the text says so: "Jane Doe writes:" before it, "— Jane Doe" at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.extract.model import Block, Said, View
from kb.extract.persons import NAME, may_be_person
from kb.extract.speech import QUOTED

_VERB = (
    r"(?:(?P<noun>notes|comments|posts|claims|answers|replies|objects|states)|writes|wrote|says|said|asks|asked"
    r"|argues|argued"
    r"|claimed|replied|responds|responded|answered|explains|explained|noted|observes|observed|objected|commented"
    r"|adds|added"
    r"|puts? it|stated|points out|pointed out|suggests|suggested|continues|continued|concludes|concluded"
    r"|complains|complained"
    r"|describes|described|posted|ha[sd] (?:this |the following )?to say|ha[sd] written|remarks|remarked|warns|warned)"
)
"""Some of these are plural nouns as well: "Release notes:"."""
_THING = (
    r"(?:comments?|reply|replies|post|answer|response|review|letter|e-?mail|message|tweet|thread|essay|article"
    r"|paper|book"
    r"|objections?|arguments?|criticisms?|critique|words|claims?|points?|questions?|summary|view|definition"
    r"|version|take"
    r"|formulation|explanation|description|account|remarks?|note|rebuttal|position|theory|thesis|talk|speech|blog)"
)
_SAYS = re.compile(
    rf"(?:^|[.!?;:,)\]”\"–—] |\b(?:As|as|And|and|But|but|Here|here|where|what|how|that|which|like|Then"
    rf"|then) )\W{{0,3}}{NAME}(?: \([^()]*\))?,? "
    rf"(?:(?:\w+ly|also|then|has|had|again|once|recently|later|even|just|here"
    rf"|first) ){{0,2}}{_VERB}\b(?! by\b)[^.!?;:]{{0,90}}[:,]?\W*$"
)
_ITS = re.compile(
    rf"(?:^|[.!?;:,)\]”\"–—] |\b(?:[Ff]rom|[Ii]n|[Ss]ee|[Hh]ere(?:['’]s| is)|[Cc]onsider|[Qq]uot(?:e|ing)|[Tt]o quote"
    rf"|is|was) )\W{{0,3}}"
    rf"{NAME}[’']s? (?:[\w“”\"-]+ ){{0,4}}?{_THING}(?: (?:on|in|about|of|to|from|here|again|is|was|reads|runs|begins"
    r"|goes|says)\b[^.!?;:]{0,60})?:\W*$"
)
_FROM = re.compile(
    rf"(?:\b(?:[Qq]uot(?:e|ing)(?: from)?|[Tt]o quote|[Ii]n the words of|[Aa]ccording to|[Pp]er) {NAME}"
    rf"|\b(?P<weak>[Ff]rom|[Bb]y|[Hh]ere(?:['’]s| is)) {NAME.replace('who', 'source')})(?=['’]s\b|[,:*]| \(| in\b"
    rf"| on\b| at\b)[^.!?;:]{{0,60}}:\W*$"
)
_BARE = re.compile(rf"^\W{{0,3}}{NAME}(?: \([^()]{{1,40}}\)|,? (?:19|20)\d\d|,? again)?\W{{0,3}}:\W{{0,3}}$")
_MAIL = re.compile(rf"^\W*On [^\n]{{6,60}}, {NAME}(?: <[^<>\n]+>)? wrote:\W*$", re.M)
_SIGNED = re.compile(rf"(?:^|\n)[ \t>*_]*(?:—|–|--|~) ?\W{{0,2}}{NAME}(?=[\W\d]*$|[,(*_:])", re.M)
_HEAD = re.compile(
    rf"^[>\s]*(?:(?:\*\*|__){NAME}:?(?:\*\*|__)|{NAME.replace('who', 'plain')} (?:writes?|wrote|says?|said))\s*:?\s"
)
_PAGE = re.compile(r"/(?:users?|authors?|people|profiles?|members?|u)/|/[@~]|//(?:x|twitter)\.com/")
_OF_SOMEBODY = re.compile(r"[’']s? \w+")
_LINK = re.compile(r"\[([^\[\]\n]*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)|\[\[(?:[^\[\]|\n]*\|)?([^\[\]\n]*)\]\]")
_OWN = re.compile(
    r"\bI (?:\w+ )?(?:wrote|said|argued|claimed|commented|replied|posted)\b[^.!?;]{0,80}:\W*$"
    r"|\bmy (?:\w+ ){0,2}(?:comment|reply|post|answer|abstract|summary)\b[^.!?;]{0,60}:\W*$",
    re.I,
)
_BEGINS = re.compile(r"^(?:As|And|But|Then|Here|So|Now|Like|What|When|Where|Also|In|To|From|By|Per|Quoting|Or)\s+")
_ABOUT = re.compile(r"^\W*(?:[Tt]hat\b|He\b|She\b|They\b|His\b|Her\b|\$|\\\\|!\[|\|)")
"""What tells in the writer's words what was said, or shows something."""
_ANNOUNCES = 160  # characters of a paragraph that only announces
_TAIL = 200  # characters before a quote in which its author is named


def of_quote(view: View, quote: Sequence[Block], before: Block | None, after: Block | None) -> Said:
    """Who says what stands in a block quote, one or more blocks of it: whom the text names, else somebody unknown."""
    if before is not None and _OWN.search(_bare(view.quote(before)[-_TAIL:])):
        return Said("author", view.speaker(before))
    head, last = view.quote(quote[0]), view.quote(quote[-1])
    name = _headed(head) or _signed_inside(last) or _announced(view, before) or _signed(view, after)
    return Said("named", name) if name else QUOTED


def announces(text: str) -> str | None:
    """Whom a paragraph names as the author of the quote that follows it: "Jane Doe writes:"."""
    if not text.rstrip("*_ ”\"'\n").endswith((":", ",")) and not _SAYS.search(_bare(text[-_TAIL:])):
        return None
    tail, titled = _bare(text[-_TAIL:]), _bare(text[-_TAIL:], titles=True)
    for pattern in (_MAIL, _BARE, _SAYS, _FROM, _ITS):
        found = pattern.search(titled if pattern in (_FROM, _BARE) else tail)
        if found and (name := _person(found["who"] or found["source"])):
            told = found.groupdict()
            if " " in name or not (pattern is _BARE or told.get("noun") or told.get("weak")):
                return name  # "Objection:", "Release notes:": any one word may stand so before a quote
    return None


def told(view: View, before: Block, block: Block) -> str | None:
    """Who says a paragraph without quote marks that another of its own announces: "Tyler wrote to me last week:"."""
    if block.kind != "paragraph" or before.kind != "paragraph" or before.turn is not None or block.parent is not None:
        return None
    text = view.quote(before)
    if not text.rstrip("*_ ").endswith(":") or len(text) > _ANNOUNCES or view.kind in {"transcript", "paper"}:
        return None
    found = _SAYS.search(_bare(text))
    name = _person(found["who"]) if found and not found["noun"] else None
    if name is None or name.split()[-1] in view.quote(block).split() or _ABOUT.match(view.quote(block)):
        return None
    return name


def _announced(view: View, before: Block | None) -> str | None:
    if before is None or before.kind not in {"paragraph", "item"}:
        return None
    text = view.quote(before)
    if name := announces(text):
        return name
    # A name in one word that the text, or who speaks in it, has elsewhere.
    found = _BARE.match(_bare(text)) if len(text) < 60 else None
    if found and (name := _person(found["who"])) and _known(view, name):
        return name
    return None


def _known(view: View, name: str) -> bool:
    around = re.compile(rf"\b{re.escape(name)}(?:['’]s\b| (?:and|says?|said|writes?|wrote|argues?|thinks|believes)\b)")
    return any(name in author.split() for author in view.authors) or around.search(view.text) is not None


def _headed(words: str) -> str | None:
    found = _MAIL.match(words) or _HEAD.match(words)
    name = _person(next(filter(None, found.groups()))) if found else None
    return name if name and " " in name else None


def _signed_inside(words: str) -> str | None:
    signed = list(_SIGNED.finditer(_bare(words[-_TAIL:], titles=True)))
    return _person(signed[-1]["who"]) if signed else None


def _signed(view: View, after: Block | None) -> str | None:
    """A paragraph of its own below the quote: "— Jane Doe, On herons"."""
    if after is None or after.kind != "paragraph":
        return None
    text = view.quote(after)
    found = _SIGNED.match(_bare(text, titles=True)) if len(text) < 160 and "\n" not in text.strip() else None
    return _person(found["who"]) if found else None


def _bare(text: str, titles: bool = False) -> str:
    """Without emphasis and links, of which the words stay; with `titles` only those of links to a person's page: what
    else is linked is as often a text as somebody."""

    def words(link: re.Match[str]) -> str:
        name = link[1] or link[3] or ""
        return "a text" if titles and not _PAGE.search(link[2] or "") and not _OF_SOMEBODY.search(name) else name

    if "[" in text:
        text = _LINK.sub(words, text)
    return text.replace("*", "").replace("_", " ")


def _person(name: str) -> str | None:
    name = _BEGINS.sub("", re.split(r"[’']s?(?:\s|$)", name)[0]).rstrip(".,:")
    return name if may_be_person(name) else None
