"""Whose a note under an entry is that only tells what the text says: "Argues that X" under "Cartwright (2007)".

Without such words it is the note-taker's. Where the entry names no author, what it tells is somebody's.
"""

from __future__ import annotations

import re

from kb.extract.model import Block, Said, View
from kb.extract.persons import NAME, may_be_person
from kb.text.caseless import Caseless

_VERB = (
    r"(?:says?|said|argues?|argued|claims?|claimed|points? out|pointed out|suggests?|suggested|maintains?|concludes?"
    r"|concluded|thinks?|believes?|holds?|contends?|proposes?|asserts?|observes?|explains?|states?|insists?|worries"
    r"|warns?"
    r"|predicts?|defends the (?:\w+ )?(?:view|idea|claim|thesis)|makes the (?:\w+ )?(?:point|case|claim|argument))"
)
_SUBJECTLESS = Caseless(
    r"^\W*(?:(?:Also|Then|Rightly|Correctly|Wrongly|Further|Later|Convincingly|Plausibly|Again|Finally|First|Second"
    r"|Third"
    rf"|Basically|Mostly|\w+ly),? )?{_VERB.replace('s?', 's')}(?: (?:here|convincingly|correctly|rightly|again|further"
    r"|persuasively|at length))?(?: that\b|: )",
)
_THEIRS = Caseless(
    r"^\W*(?:(?:So|But|And|Also|Then|In \w+ \d+),? )?(?:"
    r"(?:their|his|her|its|the (?:author|authors|paper|post|book|article|essay|chapter|talk)(?:['’]s?)?) "
    r"(?:\w+ ){0,2}(?:claim|argument|point|thesis|idea|view|conclusion|objection|worry|contention|position|suggestion"
    r"|message|answer|proposal) (?:here )?(?:is|was|seems to be)(?: roughly| basically| simply)? that\b"
    r"|(?:the )?(?:authors?|paper|post|book|article|essay|chapter|talk|piece|guest|speaker|lecturer) "
    rf"(?:\w+ly |also |then |here )?{_VERB}(?: that\b|: )"
    rf"|(?:he|she|they) (?:\w+ly |also |then |even )?{_VERB}(?: that\b|: | (?:\w+ ){{1,3}}(?:is|are|was|were|can|will"
    rf"|would)\b)"
    r"|(?:the )?(?:main|central|key|core|basic) (?:claim|argument|point|thesis|idea) is(?: that\b|: )"
    r"|(?:central|main|key|core) (?:claim|argument|point|thesis|idea): )",
)
_TOLD = Caseless(
    r"^\W*(?:(?:summary|abstract|gist|thesis|main (?:claim|point|idea)|central claim|key claim|in brief|in short"
    r"|the argument|argument)(?: so far)?: "
    r"|(?:a |an |the |one )?(?:very )?(?:nice|good|great|best|strongest|interesting|neat|useful|clever|lovely|fine"
    r"|better) "
    r"(?:aside|bit|part|point|observation|passage|line|remark|idea|argument|section|insight)\b(?! (?:that"
    r"|but)\b)[^:.;?!]{0,70}: )",
)
_MAY = Caseless(
    r"\b(?:sa(?:ys?|id)|argu|claim|point|suggest|maintain|conclu|think|believ|holds?\b|conten|propos|assert|observ"
    r"|expla"
    r"|states?\b|insist|worr|warn|predict|defend|thesis|idea|view|answer|objecti|position|message|makes?\b)|: ",
)
_TURNS = re.compile(
    r"[,;–—-] ?(?:but|yet|though|although|however|which (?:is|seems|strikes|I)|and I|I )|\bbut (?:I|this|that|it)\b"
    r"|\b(?:I|my|me)\b"
)
_QUOTE = r"[\"“”‘«*_\[]"
_MORE = r"(?:,? (?:&|and) [A-Z][\w’'-]+| et al\.?)?"
_OCCASION = r"\b(?:[Ii]nterview|[Cc]onversation|[Pp]odcast|[Ee]pisode|[Qq]&A|[Tt]alk|[Ll]ecture|[Ss]eminar)"
_AUTHOR = (
    re.compile(rf"^\W*{NAME}{_MORE}(?:,? \(?(?:19|20)\d\d[a-z]?\)?)?[,:.]? ?{_QUOTE}"),
    re.compile(rf"^\W*{NAME}(?:,? (?:&|and) [A-Z][\w’'-]+| et al\.?)?,? \(?(?:19|20)\d\d[a-z]?\)?"),
    re.compile(rf"\({NAME}(?:,? (?:&|and) [A-Z][\w’'-]+| et al\.?)?(?:,? (?:19|20)\d\d[a-z]?)?\)\W*$"),
    re.compile(rf"[\])\"”*_] ?\W{{0,3}}{NAME}(?: (?:&|and) [A-Z][\w’'-]+)?(?:,? \(?(?:19|20)\d\d\)?)?\W*$"),
    re.compile(rf"{_OCCASION}(?: \w+)? (?:with|by) {NAME}"),
    re.compile(rf"\b(?:by|By|BY) {NAME}(?=\W*$|,| \(| in\b| on\b|\W*(?:19|20)\d\d)"),
    re.compile(rf" [—–-] {NAME}(?:,? (?:19|20)\d\d)?\W*$"),
)
_LINK = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")
_LONGEST = 200  # characters of an entry


def said(view: View, block: Block, start: int, end: int) -> Said | None:
    """Whose a sentence is that tells what the text it is noted on says; None where it tells nothing of that."""
    sentence = view.text[start:end].partition("←")[0]  # "← strongest point that I heard"
    if not _MAY.search(sentence):
        return None
    tells = _TOLD.match(sentence)
    if _TURNS.search(sentence, tells.end() if tells else 0):
        return None
    bare = _SUBJECTLESS.match(sentence) is not None
    told = bare or _THEIRS.match(sentence) is not None
    if not told and not tells:
        return None
    entry = _entry(view, block)
    if entry is None:
        return Said("quoted", None) if bare and view.kind in {"note", "web"} else None
    name = _author(entry)
    if name is not None:
        return Said("named", name)
    return Said("quoted", None) if told or block.about is not None else None


def _entry(view: View, block: Block) -> str | None:
    """The line that names the text a note is on: the item above it, the line of a link, or a heading with an author."""
    if view.kind != "note":
        return None
    above = view.blocks.get(block.parent) if block.parent is not None else None
    while above is not None and above.parent is not None:
        above = view.blocks.get(above.parent)
    if above is None and block.about is not None:
        number = block.number - 1
        while (there := view.blocks.get(number)) is not None and there.kind != "heading":
            if there.kind == "paragraph" and there.about is None:
                above = there
                break
            number -= 1
    if above is not None:
        return view.quote(above) if above.end - above.start <= _LONGEST else None
    if block.heading and block.parent is None and _author(block.heading[-1]):
        return block.heading[-1]
    return None


def _author(entry: str) -> str | None:
    for words in (entry, _LINK.sub("]", entry)):
        for pattern in _AUTHOR:
            found = pattern.search(words)
            if found and may_be_person(name := re.sub(r"[’']s?$", "", found["who"]).rstrip(".,:")):
                return name
    return None
