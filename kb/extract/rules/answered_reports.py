"""Views that a text reports and answers, and answers that it reports.

"Harcourt explains this by inattention. We believe that this gets the explanandum wrong", "Says that more data wins" with
"Didn't convince me" in the next bullet: the answer is against what is reported. "The host replies that nobody has the
weights": what is reported is against what stands before it. What somebody says to words that stand as a quote is in
`replies`, and what follows "Some argue" with a "But" in `concessions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from kb.extract import propositions, speech
from kb.extract.model import Block, Extraction, LinkDraft, Span, View, Whole
from kb.extract.persons import may_be_person
from kb.extract.stages import Stage
from kb.extract.stances import bearers, rejoinders
from kb.extract.stances.markers import Marker
from kb.model.rules import Rule
from kb.model.words import Relation
from kb.text.caseless import Caseless

ANSWER, REJOINDER, BELOW = "answer-to-report", "reported-rejoinder", "remark-below"
STAGE = Stage.ANSWERS + 1
RULES = (
    Rule(
        ANSWER,
        "link",
        "cue",
        what='what follows a sentence or bullet that reports a view ("Ekdahl (2009) explains this by …", "Argues that …", '
        '"The usual answer is …") and takes a stance towards it in one of its first two sentences',
        gives="attacks or supports what is reported",
        score="0.60",
    ),
    Rule(
        REJOINDER,
        "link",
        "cue",
        what='a report of an answer: "The host replies that …", "Tarn disputes this in …, where she shows that …", "She objects '
        'that …"',
        gives="attacks the sentence or bullet before it",
        score="0.60",
    ),
    Rule(
        BELOW,
        "link",
        "cue",
        what='a bullet below another that takes a stance with its first words ("Didn\'t convince me", "I doubt that …")',
        gives="attacks or supports the bullet above",
        score="0.60",
    ),
)

_REPORTS = Caseless(
    r"^\W*(?:\*\*[^*\n]{2,30}\*\*\W*)?(?:(?:summary|abstract|thesis|main claim|claim|gist|argument): "
    r"|(?:(?:he|she|they|the (?:authors?|paper|book|article|chapter|essay|post|piece|talk)) )?"
    r"(?:says?|argues?|claims?|holds?|maintains?|contends?|thinks?|suggests?|concludes?|believes?) that\b"
    r"|(?:their|his|her|the|its)(?: (?:central|main|core|key|basic|big|first|second))? (?:claim|thesis|argument|point|idea) (?:here )?is\b"
    r"|(?:the|a|another|one)(?: \w+)? (?:usual|standard|common|popular|obvious|natural|typical|stock|best|serious)(?: \w+)? (?:is|says|goes)\b"
    r"|(?:people|critics|sceptics|skeptics|everyone|everybody|some) (?:\w+ )?(?:say|claim|think|believe|argue|object|worry)\b)",
)
_EXPLAINS = re.compile(
    r"^\W*(?P<who>[A-Z][\w'’-]+)(?:,? (?:and|&) [A-Z][\w'’-]+| et al\.?| and (?:co-authors|colleagues))? ?(?:\((?:19|20)\d\d[a-z]?\))?,? "
    r"(?:\w+ly )?(?:explains?|attributes?|traces?|blames?|holds?|argues?|claims?|proposes?|sees?|reads?|interprets?|takes?|treats?"
    r"|regards?|defines?|dismiss(?:es)?)\b"
)
_OF_SOMEBODY = re.compile(
    r"\b[A-Z][\w-]+['’]s? (?:\w+ )?(?:claim|argument|view|point|thesis|idea|objection|theory) that\b"
)
_WROTE = re.compile(
    r"\b(?:who|(?:s?he|they)|[A-Z][\w-]+) (?:says?|said|told (?:me|us|\w+ \w+)|wrote|writes|argues?|argued|claims?|claimed|maintains?|said so)"
    r",? (?:that\b|[\"“])|\b[A-Z][\w-]+ (?:\w+ )?(?:pointed out|points out|put it)\b"
)
_REPLIES = re.compile(
    r"\b(?:repl(?:ies|ied)|(?:(?:s?he|who|host|guest|critic|referee|reviewer|author|paper)|(?-i:[A-Z])[\w'’-]+) objects|objected|counter(?:s|ed)|retort(?:s|ed)|protest(?:s|ed))(?: to (?:me|this|that))?(?::| that\b)"
    r"|\b(?:disputes?|disputed|denie[sd]|contest(?:s|ed)|challeng(?:es|ed)|reject(?:s|ed)) (?:this|that)(?=[,.;:]| (?:in|on|by|because|since"
    r"|and|with|as)\b)",
    re.I,
)
_MINE = Caseless(
    r"^\W*(?:I|we)\b|\b(?:I|we) (?:\w+ )?(?:repl|object|counter|retort|protest|disput|den[yi]|contest|reject)"
)
_GOES_ON = Caseless(
    r"^\W*(?:s?he|they|the (?:authors?|paper|book)|according to) (?:also |then |further(?:more)? |even )?(?!(?:is|are|was|were|has|seems?|would|gets?"
    r"|miss\w*|ignor\w*|overlook\w*|forg\w*|confus\w*|assum\w*|conflat\w*|never|does|do|did|cannot|can)\b)\w+",
)
"""How a report goes on."""
_MAY = Caseless("|".join((
    "say", "said", "argu", "claim", "hold", "held", "maintain", "conten", "think", "thought", "suggest", "conclu",
    "believ", "thesis", "point", "idea", "view", "summary", "abstract", "gist", "explain", "attribut", "trace", "blame",
    "propos", "see", "read", "interpret", "take", "treat", "regard", "dismiss", "write", "wrote", "told", "answer",
    "repl", "worr", "object", "counter", "retort", "protest", "disput", "deny", "denie", "contest", "challeng",
    "reject", "accord", "put it",
)))  # fmt: skip
"""Without one of these a sentence reports nothing."""
_FIRST = Caseless(r"^\W*(?:(?:so|and|but),? )?(?:I|my|we|our)\b(?!.{0,60}\bwho\b)")
_LABEL = re.compile(r"^\W*\*\*\W*\w+(?: \w+)?\W*$")  # "**Commentary.**"
_SHORT = 3


@dataclass(frozen=True)
class _Said:
    """A sentence with its block and its place there."""

    span: Span
    block: Block
    words: str


def find(view: View, found: Extraction) -> None:
    """Link what a text answers with the answer, where it reports either."""
    if len({block.speaker for block in view.blocks.values() if block.turn is not None}) > 1:
        return  # a talk: `dialogue` knows who answers whom
    run: list[_Said] = []
    for block in view.blocks.values():
        if block.kind not in {"paragraph", "item"} or not view.own(block):
            _read(view, found, run)
            run = []
            continue
        if run and not _goes_on(run[-1].block, block):
            _read(view, found, run)
            run = []
        said = [_Said(span, block, view.text[slice(*span)]) for span in view.sentences(block)]
        run += [one for one in said if not _LABEL.match(one.words)]
        _below(view, found, block)
    _read(view, found, run)


def _goes_on(before: Block, block: Block) -> bool:
    """Whether a block may answer the one before: bullets of one entry, and paragraphs under one heading."""
    if before.heading != block.heading or before.speaker != block.speaker:
        return False
    if block.kind == "item":
        return before.kind == "item" and block.about == before.about and block.parent in {before.parent, before.number}
    return before.kind == "paragraph" and block.parent == before.parent


def _read(view: View, found: Extraction, run: list[_Said]) -> None:
    number = 0
    while number < len(run):
        said = run[number]
        if _MAY.search(said.words):
            if number and _REPLIES.search(said.words) and not _MINE.search(said.words):
                _rejoinder(view, found, run, number)
            if number + 1 < len(run) and _reports(view, found, said):
                _answered(view, found, run, number)
        number += 1


def _reports(view: View, found: Extraction, said: _Said) -> bool:
    """Whether a sentence tells what somebody else holds."""
    words = said.words
    if _FIRST.match(words) or words.rstrip().endswith("?") or words.count(" ") < _SHORT:
        return False
    over = [found.statements[i] for i in found.overlapping(*said.span)]
    if any(s.voice != "author" and s.start < said.span[1] and said.span[0] < s.end for s in over):
        return True
    if re.search(r"[,;] (?:but|yet|though)\b", words):
        return False  # it answers itself
    explains = _EXPLAINS.match(words)
    if explains and may_be_person(explains["who"]):
        return True
    return bool(_REPORTS.match(words) or _OF_SOMEBODY.search(words) or _WROTE.search(words)
                or speech.reported(view.text, words))  # fmt: skip


def _over(found: Extraction, said: _Said) -> list[int]:
    return [
        i
        for i in found.in_block(said.block.number)
        if found.statements[i].start < said.span[1] and said.span[0] < found.statements[i].end
    ]


def _answered(view: View, found: Extraction, run: list[_Said], number: int) -> None:
    after: list[_Said] = []
    following = _following(view, found, run, number, after)
    answers = rejoinders.answers((said.words for said in following), run[number].words)
    for _ in islice(following, bearers.AHEAD):
        pass  # where the point of the last answer may come
    spans = [(said.span, said.block.number) for said in after]
    for at, relation in answers:
        marker = Marker("disagrees" if relation == "attacks" else "agrees", 0, 0, back=True)
        source = bearers.bearer(found, bearers.Said(view.text, spans, at, view.speaker(after[at].block)), marker)
        if source is None:
            continue
        target = _meant(view, found, run[number])
        if target is None or source == target:
            continue
        if found.statements[target].voice == "author":  # it is reported: not the writer's own words
            found.statements[target] = replace(found.statements[target], voice="quoted", speaker=None)
        _link(found, source, target, relation, ANSWER, after[at].span)


def _following(view: View, found: Extraction, run: list[_Said], number: int, after: list[_Said]) -> Iterator[_Said]:
    """What follows a report up to the next one, put into `after` as far as it is asked for."""
    for at in range(number + 1, len(run)):
        said = run[at]
        if _GOES_ON.match(said.words) or (_reports(view, found, said) and not rejoinders.stands(said.words)):
            break
        after.append(said)
        yield said


def _rejoinder(view: View, found: Extraction, run: list[_Said], number: int) -> None:
    before = next((s for s in reversed(run[:number]) if not s.words.rstrip().endswith("?")), None)
    if before is None:
        return
    source, target = _meant(view, found, run[number]), _meant(view, found, before)
    if source is not None and target is not None:
        _link(found, source, target, "attacks", REJOINDER, run[number].span)


def _meant(view: View, found: Extraction, said: _Said) -> int | None:
    """The statement of a sentence, made where there is none."""
    there = [i for i in _over(found, said) if found.statements[i].kind != "question"]
    if there:
        return max(there, key=lambda i: found.statements[i].voice != "author")
    spans = view.sentences(said.block)
    return propositions.sentence(view, found, said.block, spans, spans.index(said.span))


def _below(view: View, found: Extraction, block: Block) -> None:
    """A bullet that takes a stance towards the one above it."""
    above = view.blocks.get(block.parent) if block.kind == "item" and block.parent is not None else None
    if above is None or above.kind != "item" or block.about is not None or view.in_task(block):
        return
    spans = [(span, block.number) for span in view.sentences(block)]
    if not spans:
        return
    first = view.text[slice(*spans[0][0])]
    if any(found.statements[i].voice != "author" for i in _over(found, _Said(spans[0][0], block, first))):
        return
    asked = view.quote(above).rstrip(" *_").endswith("?")
    if asked or _REPORTS.match(first) or not rejoinders.stands(first) or _signed(found, block):
        return
    relation = rejoinders.of(first, view.quote(above))
    if relation is None:
        return
    marker = Marker("disagrees" if relation == "attacks" else "agrees", 0, 0, back=True)
    source = bearers.bearer(found, bearers.Said(view.text, spans, 0, view.speaker(block)), marker)
    there = [i for i in found.in_block(above.number) if found.statements[i].kind != "question"]
    if source is not None:
        target = there[0] if len(there) == 1 else Whole(above.number)
        _link(found, source, target, relation, BELOW, spans[0][0])


def _signed(found: Extraction, block: Block) -> bool:
    """Whether a rule has said what the bullet is for or against."""
    own = set(found.in_block(block.number))
    return any(x.source in own and x.relation != "related" for x in found.links)


def _link(found: Extraction, source: int, target: int | Whole, relation: Relation, rule: str, evidence: Span) -> None:
    if source != target and not any(x.source == source and x.target == target for x in found.links):
        found.links.append(LinkDraft(source, target, relation, rule, "cue", 0.6, evidence))
