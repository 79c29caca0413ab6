"""Who speaks in a transcript: the names that open turns, told from words that merely stand before a colon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

_WORD = r"[^\W\d_a-z][\w'’.\-]*"
_NUMBERED = r"(?:Speaker|SPEAKER|Participant|PARTICIPANT|Guest|Panelist|Interviewer|Person) \d{1,2}"
_ROLE = r"(?:Audience|Panel|Crowd|Unidentified|Unknown) (?:member|speaker|voice|question|questioner)(?: \d{1,2})?"
_NAME = rf"(?:{_NUMBERED}|{_ROLE}|{_WORD}(?: (?:{_WORD}|de|van|von|der|la|al)){{0,3}})"
_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:\.\d+)?"
_OPENER = re.compile(
    rf"(?:[\[(]?(?P<before>{_CLOCK})[\])]?[ \t]+(?:-[ \t]+)?)?"
    rf"(?P<bold>\*\*|__)?(?P<name>{_NAME})(?:\*\*|__)?"
    rf"(?:[ \t]*[\[(](?P<after>{_CLOCK})[\])])?"
    rf":(?!:|//)(?:\*\*|__)?(?:[ \t]+|(?=\n|$))"
)
MAX_NAME = 40
_WORDS = 6  # of a turn that says something
_TO_EACH_OTHER = re.compile(r"\b(?:I|you|your|me|my|we|our|us)\b|\?\s*$", re.I)

# Words that stand before a colon and are nobody's name.
_LABEL_WORDS = """
    abstract acknowledgements action actions added addendum advantage advantages against agenda aim aka
    aliases and answer answers antithesis appendices appendix argument arxiv aside assumption assumptions
    attendees author authors background backing bad because benefit benefits best better blog bonus bottom
    but case categories category caution caveat caveats challenge chapter citation cite claim claims
    clarification code comment comments con conclusion conclusions cons consider contents context
    corollary correction counter counterargument counterclaim counterpoint created credits criticism
    critique data dataset date day debate defence defense definition description details disadvantage
    disadvantages disclaimer discussion doi drawback drawbacks duration edit edited edition editor editors
    eg email episode epistemic error eta evidence example examples exercise experiment explanation fact fig figure
    finally first footnote footnotes for format fourth from genre github goal goals good grounds guests here high
    hint how however hypothesis idea ideas ie if image imagine implementation important info input
    interview intuition isbn issue issues it item journal key keyword keywords language lemma length lesson lessons
    level license limitations link links location long low main medium meta method methods model month
    moral motivation music myth name nb next no note notes now objection observation option options or
    outline output overview page pages paper part participants phase photo place podcast point points
    postscript pps prediction premise prerequisites priority pro problem problems proof proposal
    proposition pros ps publication published publisher purpose question questions quote rating reason
    reasons rebuttal recall recap recommendation reference references rejoinder related remark remember
    reminder reply response result results review rule scenario second section see short slides so
    solution source sources speakers spoiler stage status step steps strength strengths subject suggestion
    summary suppose synthesis table tag tags takeaway takeaways task thanks that then theme theorem theory there
    therefore these thesis third this thought thoughts thus time tip title tldr to today todo topic topics
    total transcript translation twitter type update updated url usage value venue version via video
    volume warning warrant weakness weaknesses website week what when where which who why worse worst year
    yes
"""
_LABELS = frozenset(_LABEL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Opener:
    """The words that open a turn: `Name: `. The turn's text starts at `end`."""

    name: str
    end: int
    clock: str | None = None


def opener(text: str) -> Opener | None:
    """The opener at the start of a paragraph, by its form alone."""
    found = _OPENER.match(text)
    if not found or len(found["name"]) > MAX_NAME:
        return None
    return Opener(found["name"].rstrip("."), found.end(), found["before"] or found["after"])


def speakers(paragraphs: Iterable[str]) -> frozenset[str]:
    """The names that speak, empty where the text is no transcript.

    At least two names must open several turns between them; then a name that opens one only speaks too,
    unless the word is a usual label.
    """
    order = [found.name for text in paragraphs if (found := opener(text))]
    counts = Counter(name for name in order if not is_label(name))
    regular = [name for name, count in counts.items() if count >= 2]
    if len(regular) < 2 and not (len(counts) >= 2 and len(regular) == 1 and counts[regular[0]] >= 3):
        return frozenset()
    return frozenset(name for name, count in counts.items() if count >= 2 or len(name.split()) <= 3)


def is_label(name: str) -> bool:
    """Whether the words are a usual label ("Note", "Open Question 2") rather than a name."""
    words = re.findall(r"[^\W\d_]+", name.casefold().replace(".", "").replace("’", "'"))
    return not words or any(word in _LABELS for word in words)


def dialogue(paragraphs: Sequence[str]) -> float:
    """How much the paragraphs look like people taking turns, 0 to 1."""
    names = speakers(paragraphs)
    # Cards for learning have Q and A as well; such a text is a transcript only when a person says so.
    if len(names) < 2 or names & {"Q", "A"}:
        return 0.0
    turns = [
        (number, found.name)
        for number, text in enumerate(paragraphs)
        if (found := opener(text)) and found.name in names
    ]
    order = [name for _, name in turns]
    if len(turns) < 4 or len(names) > max(3, len(turns) // 2) or _are_records(paragraphs, order, names):
        return 0.0
    changes = sum(one != other for one, other in pairwise(order)) / (len(order) - 1)
    share = len(turns) / len(paragraphs)
    # A few lines of dialogue somewhere in an essay make no transcript of it.
    ends = list(accumulate(text.count("\n") + 1 for text in paragraphs))
    spread = ends[turns[0][0]] <= 0.4 * ends[-1] and ends[turns[-1][0]] >= 0.5 * ends[-1]
    if changes < 0.4 or share < 0.08 or not spread:
        return 0.0
    return 0.6 + 0.4 * min(changes, 2 * share, 1.0)


def _are_records(paragraphs: Sequence[str], order: list[str], names: frozenset[str]) -> bool:
    """Whether the "names" are the keys of records: each once a section, or always one after the same other."""
    sections: list[list[str]] = [[]]
    for text in paragraphs:
        if text.startswith("#"):
            sections.append([])
        elif (found := opener(text)) and found.name in names:
            sections[-1].append(found.name)
    filled = [section for section in sections if section]
    if len(filled) >= 2 and all(len(set(section)) == len(section) for section in filled):
        return True
    following = Counter(pairwise(order))
    usual = sum(max(following[one, other] for other in names) for one in names)
    in_rotation = len(names) >= 3 and len(order) >= 2 * len(names) and usual >= 0.9 * (len(order) - 1)
    return in_rotation and not _talk(paragraphs, names)


def _talk(paragraphs: Sequence[str], names: frozenset[str]) -> bool:
    """Whether what the names open are sentences that people say to each other: a panel may speak in strict rotation."""
    said = [text[found.end :].strip() for text in paragraphs if (found := opener(text)) and found.name in names]
    whole = sum(len(text.split()) >= _WORDS and text.endswith((".", "?", "!", "…", '"', "”")) for text in said)
    return whole >= 0.6 * len(said) and sum(bool(_TO_EACH_OTHER.search(text)) for text in said) >= 0.4 * len(said)
