"""Titles that name what the text answers: "Against X", "Contra X", "Why X won't work", "A reply to X".

The text that is meant must be linked: a resolved reference whose title or shown words are X, or, where the title names
an opponent, the first text linked in the opening. A title "against" speaks against that text; "reply to" alone has no
sign, unless the sentence with the link marks a stance.
"""

from __future__ import annotations

import re

from kb.extract import thesis
from kb.extract.model import Extraction, LinkDraft, Pointer, View
from kb.extract.stages import Stage
from kb.extract.stances import remarks
from kb.model.rules import Rule
from kb.model.words import Basis, Relation
from kb.text.strings import fold

RULE = "title-answers"
STAGE = Stage.WITHIN + 2
REVISION = 0
RULES = (
    Rule(
        RULE,
        "link",
        "structure, else cue",
        what='a title "Against X", "Contra X", "Critique of X", "Objections to X", "Why X is wrong", "Why X won\'t '
        'work" where a reference is called X, or "Contra Ekdahl on X" where the opening refers to one text only; '
        '"A reply to X", "Response to X"',
        gives='the text (its title, where that is a statement) attacks what is referred to; "Reply to X" is related '
        "unless the sentence with the link, or the next two, takes a stance",
        score="0.75; 0.55 by the opening; 0.60 and 0.50 for replies",
    ),
)

_AGAINST = re.compile(
    r"^\W*(?:(?:the|a|my|some|an?)\s+)?(?:(?:short|brief|partial|quick|few)\s+)?(?:arguments? |the case |case )?"
    r"(?:against|contra|critiqu(?:e|es|ing)(?: of)?|criticisms? of|objections? to|(?:rebutting|refuting|debunking)"
    r"|(?:rebuttal|refutation) (?:of|to)|problems? with|counter-?arguments? (?:to|against))\s+(?P<x>.+)$",
    re.I,
)
_WRONG = re.compile(
    r"^\W*(?:why|how)\s+(?P<x>.+?)\s+(?:is|are|was|were|goes|got it|gets it|will)\s*"
    r"(?:all |so |still |deeply |mostly )?"
    r"(?:wrong|false|mistaken|misguided|flawed|doomed|a mistake|not enough|not going to work|fail)\b"
    r"|^\W*why\s+(?P<y>.+?)\s+(?:won['’]t|will not|doesn['’]t|does not|can['’]t|cannot|fails?)\b.*$"
    r"|^(?P<z>.+?)\s+(?:is|are) (?:wrong|false|mistaken|misguided)\W*$",
    re.I,
)
_ANSWERS = re.compile(
    r"^\W*(?:(?:a|an|the|my|our|some)\s+)?(?:(?:short|brief|partial|quick|few|belated)\s+)?"
    r"(?:repl(?:y|ies)|responses?|rejoinders?|comments?|thoughts|remarks|re)(?::| to| on)\s+(?P<x>.+)$",
    re.I,
)
_NAMES = re.compile(r"\b(?:on|about|regarding|re)\b\s+(?P<topic>.+)$", re.I)
_NO_OPPONENT = {"all", "every", "any", "the", "my", "your", "our"}
_WORD = re.compile(r"\w{3,}")
_SMALL = frozenset(
    {
        "the",
        "and",
        "for",
        "with",
        "from",
        "that",
        "this",
        "are",
        "was",
        "not",
        "why",
        "how",
        "what",
        "against",
        "almost",
        "every",
        "about",
        "into",
        "on",
    }
)
_OPENING = 1500  # characters in which a text names what it answers
_NEAR = 0.6  # share of the words of X that the reference must have


def find(view: View, found: Extraction) -> None:
    """Link the text, or the statement that its title makes, to what the title answers."""
    if view.kind in {"comment", "transcript"}:
        return
    title = view.title.strip()
    against = _AGAINST.match(title) or _WRONG.match(title)
    answers = None if against else _ANSWERS.match(title)
    match = against or answers
    if match is None:
        return
    meant = next(filter(None, (match.groupdict().get(name) for name in "xyz")), "")
    pointer, sure = _meant(view, meant)
    if pointer is None or pointer.target is None or pointer.target == view.source_id:
        return
    relation: Relation = "attacks"
    basis: Basis = "structure"
    score, evidence = 0.75 if sure else 0.55, (pointer.start, pointer.end)
    if not against:
        relation, score = "related", 0.5
        if marked := _stance(view, pointer):
            relation, basis, score, evidence = marked[0], "cue", 0.6, marked[1]
    source = thesis.of_text(view, found)
    found.links.append(LinkDraft(source, pointer.target, relation, RULE, basis, score, evidence))


def _meant(view: View, wanted: str) -> tuple[Pointer | None, bool]:
    """The reference that the title means, and whether its own name says so."""
    own = set(_WORD.findall(fold(view.title)))  # a copy of the text links to where it was taken from
    known = [
        p
        for p in view.pointers
        if p.target and p.target != view.source_id and not own <= set(_WORD.findall(fold(f"{p.name} {p.title}")))
    ]
    best = max(known, key=lambda p: _likeness(wanted, p), default=None)
    if best is not None and _likeness(wanted, best) >= _NEAR:
        return best, True
    # "Contra Ekdahl on herons": who is answered is a name, and the text comes first among the links.
    opening = _start(view)
    near = [p for p in known if opening <= p.start < opening + _OPENING]
    if near and _names_somebody(wanted) and len({p.target for p in near}) == 1:
        return near[0], False
    return None, False


def _likeness(wanted: str, pointer: Pointer) -> float:
    """The share of the words of X in the reference's name or title, of X no more than half of whose title it is."""
    x = _words(wanted)
    if not x:
        return 0.0
    return max(
        len(x & there) / max(len(x), 0.5 * len(there)) if there else 0.0
        for there in (_words(pointer.name), _words(pointer.title))
    )


def _words(text: str) -> set[str]:
    return {word for word in _WORD.findall(fold(text)) if word not in _SMALL}


def _names_somebody(wanted: str) -> bool:
    first = wanted.split()[0] if wanted.split() else ""
    named = first[:1].isupper() and first.lower() not in _NO_OPPONENT
    return named and bool(_NAMES.search(wanted) or re.match(r"^[A-Z][\w’'-]+['’]s\b", wanted))


def _start(view: View) -> int:
    return next((b.start for b in view.blocks.values() if b.kind != "heading"), 0)


def _stance(view: View, pointer: Pointer) -> tuple[Relation, tuple[int, int]] | None:
    """The stance in the sentence that has the link, or in the two after it."""
    for block in view.prose():
        if block.start <= pointer.start < block.end:
            spans = [s for s in view.sentences(block) if s[1] > pointer.start][:3]
            marked = remarks.of([view.text[slice(*s)] for s in spans])
            return (marked[0], spans[marked[1]]) if marked else None
    return None
