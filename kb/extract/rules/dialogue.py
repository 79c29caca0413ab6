"""A turn answers what others have said before it: signed where it takes a stance, unsigned otherwise."""

from __future__ import annotations

import re

from kb.extract import polarity
from kb.extract.model import Draft, Extraction, LinkDraft, Span, View, Whole
from kb.extract.stages import Stage
from kb.extract.stances import aims, bearers, exchange, markers, rejoinders, remarks, telling
from kb.extract.stances.aims import Aim
from kb.extract.stances.exchange import Names, Turn
from kb.extract.stances.markers import Marker
from kb.model.rules import ANSWERED, DOES_NOT_FOLLOW, STANCE, TURN_ANSWERS, Rule
from kb.text.strings import fold

STAGE = Stage.ANSWERS + 2
REVISION = 3
RULES = (
    Rule(
        STANCE,
        "statement",
        "cue",
        what="a sentence that takes a stance towards what another has said and is in no statement",
        gives="a claim or critique: that sentence",
        score="0.45",
    ),
    Rule(
        ANSWERED,
        "statement",
        "cue",
        what="a sentence of a turn that a later turn clearly answers, in which no other rule found a statement",
        gives="a claim, critique or evidence: that sentence",
        score="0.45",
    ),
    Rule(
        TURN_ANSWERS,
        "link",
        "cue, else structure",
        what="a sentence of a turn that takes a stance towards what another said in an earlier one; else the "
        "first statement of a turn",
        gives="supports or attacks the statement that is meant, by the other's words in quotation marks or rare words "
        "of it that come again; where none stands out, the turn. Summing the other up, and what takes no stance, is "
        "related",
        score="0.60; 0.50 where what is meant is not named; 0.45 unsigned",
    ),
)

_OPENING = 2  # sentences of a turn in which "Yes, but" still speaks of what is answered
_AT_ONCE = 14  # characters before words that begin an answer
_SAYS_LITTLE = 16  # words of an opening sentence that speaks of what was said and says little itself
_DOUBTED = 0.5  # `polarity.against` from which what is said to a proposal is against it
_TELLS = 3  # telling words of a sentence that says itself what it is about
_TOLD = 3  # sentences that tell what the other said
_SPEAKS_TO = re.compile(r"^(?=(?:\S+\s+){0,11}\S+$).*\b(?:that|your?|this)\b", re.I)  # short, and of what was said
_YOU = re.compile(r"\byou(?:r|rs|['’](?:re|ve|d|ll))?\b", re.I)


def find(view: View, found: Extraction) -> None:
    """Link what each turn says to what it answers."""
    turns = exchange.turns(view)
    if not turns:
        return
    talk = _Talk(view, found, turns)
    for turn in turns:
        talk.take(turn)


class _Talk:
    """One talk as it is read, turn by turn."""

    def __init__(self, view: View, found: Extraction, turns: list[Turn]) -> None:
        self.view, self.found, self.turns = view, found, turns
        self.said, self.names, self.leaders = aims.Said(turns), Names(turns), exchange.leaders(turns)
        self.people = frozenset(fold(word) for one in turns for word in re.findall(r"[^\W\d_]+", one.speaker))

    def take(self, turn: Turn) -> None:
        answered = exchange.answered(self.turns, turn)
        if answered is None:
            return
        drafts = [self._stance(turn, answered, number) for number in range(len(turn.sentences))]
        links = _consistent([(draft, aim) for one in drafts if one for draft, aim in [one]])
        for link in links:
            if not any((x.source, x.target, x.relation) == (link.source, link.target, link.relation)
                       for x in self.found.links):  # fmt: skip
                self.found.links.append(link)
        own = {block.number for block in answered.blocks}
        if not any(link.relation != "related" and self._within(link.target, own) for link in links):
            self._unsigned(turn, answered)
        self._step(turn, answered)

    def _stance(self, turn: Turn, answered: Turn, number: int) -> tuple[LinkDraft, Aim] | None:
        """The link that a sentence makes, if it turns to what another has said."""
        span = turn.sentences[number][0]
        sentence = turn.words(span)
        before, after = self._beside(turn, number, -1), self._beside(turn, number, 1)
        opening = number < _OPENING
        marker = markers.find(sentence, opening=opening, after=after, before=before, asked=answered.asks)
        if marker is None or (marker.relation == "related" and marker.sense != "sums up"):
            marker = self._rejoinder(turn, answered, number) or marker
        if marker is None or markers.overall(sentence) or markers.with_somebody_else(sentence, marker, self.people):
            return None
        if (
            number == 0 and not answered.asserts and rejoinders.elliptic(sentence, "")
        ):  # "Ours did." – "Yours was rich!"
            whole = Aim(Whole(answered.blocks[0].number), answered, 0.0)
            return LinkDraft(
                self._ellipsis(turn, answered, 0), whole.target, "attacks", TURN_ANSWERS, "cue", 0.5, span
            ), whole
        among = self._among(turn, answered, f"{before} {sentence}" if marker.back else sentence)
        topic = rejoinders.TURNS_TO.match(sentence)
        corrects = marker.sense == "objects" and marker.back
        last: Turn | None = answered
        if not (opening and answered in among and (answered.asserts or corrects)):
            last = exchange.asserted(self.turns, turn, among)
        if last is None:
            return None
        at_once = last is answered and opening and not markers.told(sentence, marker)
        at_once &= marker.back or marker.start < _AT_ONCE or len(sentence.split()) <= _SAYS_LITTLE
        at_once &= topic is None
        relation, bears, score = marker.relation, number, 0.6
        if marker.sense == "partly" and not markers.objection_at(sentence[marker.end :]):
            bears = number + 1
        elif marker.sense == "takes up":
            if markers.opens_objection(after) and markers.find(after, before=sentence) is None:
                relation, bears, at_once = "attacks", number + 1, False
            elif markers.proposal(sentence) and polarity.against(sentence) >= _DOUBTED:
                relation, score, at_once = "attacks", 0.5, False
        words = sentence if topic else self._meant(turn, number, marker, before, after)
        aim = self.said.aimed(self.found, words, among, last, at_once=at_once)
        if aim is None:
            return None
        if isinstance(aim.target, Whole):
            if relation == "related" and marker.sense != "sums up":
                return None
            if relation != "related" and not corrects and (not aim.turn.asserts or aim.turn.speaker in self.leaders):
                return None
            if markers.concedes(sentence, marker) and aim.worth < aims.CLEAR:
                return None
            score = min(score, 0.5 if not at_once else score)
        if relation == "related":
            score = 0.45
        said = bearers.Said(self.view.text, turn.sentences, bears, turn.speaker)
        if number < _OPENING and rejoinders.elliptic(sentence, answered.words(answered.sentences[-1][0])):
            source: int | None = self._ellipsis(turn, answered, number)
        elif relation == "related":
            source = bearers.over(self.found, said, bears)
        else:
            source = bearers.bearer(self.found, said, marker if bears == number else Marker("objects", 0, 0))
        if source is None:
            return None
        evidence = (span[0], turn.sentences[bears][0][1]) if bears != number else span
        return LinkDraft(source, aim.target, relation, TURN_ANSWERS, "cue", score, evidence), aim

    def _ellipsis(self, turn: Turn, answered: Turn, number: int) -> int:
        """The statement that a bare "Ours did." makes, which says something only with what it answers."""
        span, block = turn.sentences[number]
        context = answered.sentences[-1][0] if answered.sentences else None
        return self.found.add(Draft("critique", *span, STANCE, "cue", 0.45, turn.speaker, block, context=context))

    def _rejoinder(self, turn: Turn, answered: Turn, number: int) -> Marker | None:
        """The stance of a sentence that opens an answer, or turns to a point of it: "As for the gates, no town …"."""
        words = turn.words(turn.sentences[number][0])
        topic = rejoinders.TURNS_TO.match(words)
        opens = number >= _OPENING and turn.sentences[number][1] != turn.sentences[number - 1][1]
        if not topic and ((number >= _OPENING and not (opens and rejoinders.stands(words))) or answered.asks):
            return None
        meant = [one for one in self.turns[: turn.order] if one.speaker != turn.speaker] if topic else [answered]
        said = " ".join(one.words(span) for one in meant for span, _ in one.sentences)
        before = self._beside(turn, number, -1)
        turns = number == 1 and not rejoinders.TURNS_TO.match(before) and bool(_SPEAKS_TO.search(before))
        at = 0 if topic or turns else number
        relation = rejoinders.of(words[topic.end() :] if topic else words, said, at=at, talk=True)
        if relation is None and rejoinders.contradicts(words, said):
            relation = "attacks"
        if relation is None and not number:
            relation = rejoinders.denial(words, answered.words(answered.sentences[-1][0]))
        if relation is None:
            return None
        if relation == "supports" and markers.opens_objection(self._beside(turn, number, 1)):
            return Marker("partly", 0, len(words))
        return Marker(
            "disagrees" if relation == "attacks" else "agrees", 0, topic.end() if topic else 0, back=not topic
        )

    def _beside(self, turn: Turn, number: int, step: int) -> str:
        """The sentence before or after one in its paragraph."""
        there = number + step
        if not 0 <= there < len(turn.sentences) or turn.sentences[there][1] != turn.sentences[number][1]:
            return ""
        return turn.words(turn.sentences[there][0])

    def _meant(self, turn: Turn, number: int, marker: Marker, before: str, after: str) -> str:
        """The words that tell what a stance is towards."""
        sentence = turn.words(turn.sentences[number][0])
        for back in range(2, _TOLD + 1):  # "You mentioned X. You said Y. I disagree."
            earlier = self._beside(turn, number, -back)
            if not (markers.takes_up(before) and markers.takes_up(earlier)):
                break
            before = f"{earlier} {before}"
        if marker.sense == "partly":  # what is granted is not what is objected to
            at = markers.objection_at(sentence[marker.end :])
            if at:
                return sentence[marker.end + at :]
            return f"{before} {after}" if marker.back and markers.takes_up(before) else after
        if marker.sense == "objects" and not marker.back:
            if told := markers.told(sentence, marker):
                return told
            return sentence if markers.concedes(sentence, marker) else sentence[marker.start :]
        if marker.back:
            return f"{before} {sentence} {after if number < _OPENING else ''}"
        return sentence if len(telling.words(sentence).single) >= _TELLS else f"{before} {sentence}"

    def _among(self, turn: Turn, answered: Turn, sentence: str) -> list[Turn]:
        """The turns in which what is meant may stand: of whom the sentence names, or of whoever it speaks to."""
        others = [one for one in self.turns[: turn.order] if one.speaker != turn.speaker]
        others = [one for one in others if one.speaker not in self.leaders or one is answered]
        if named := self.names.named(sentence, turn.speaker):
            there = [one for one in others if one.speaker in named]
            return there or others
        if _YOU.search(sentence) and answered.speaker not in self.leaders:
            return [one for one in others if one.speaker == answered.speaker]
        return others

    def _unsigned(self, turn: Turn, answered: Turn) -> None:
        """That a turn answers another: its first statement and what that is nearest to."""
        source = next(
            (i for span, block in turn.sentences if (i := aims.asserting(self.found, span, block)) is not None), None
        )
        if source is None or any(x.source == source and x.rule == TURN_ANSWERS for x in self.found.links):
            return
        draft = self.found.statements[source]
        words = self.view.text[draft.start : draft.end]
        aim = self.said.aimed(self.found, words, [answered], answered, at_once=True)
        assert aim is not None  # at once: it is towards the turn before
        evidence = (draft.start, draft.end)
        link = LinkDraft(source, aim.target, "related", TURN_ANSWERS, "structure", 0.45, evidence)
        self.found.links.append(link)

    def _step(self, turn: Turn, answered: Turn) -> None:
        """ "That does not follow" undercuts the one step that the turn before took, if it took one."""
        opening: list[Span] = [span for span, _ in turn.sentences[:3]]
        number = remarks.step([turn.words(span) for span in opening])
        if number is None:
            return
        blocks = {block.number for block in answered.blocks}
        steps = [
            x
            for x in self.found.links
            if x.relation == "supports" and x.rule != TURN_ANSWERS and self._within(x.source, blocks)
        ]
        if len(steps) != 1:
            return
        said = bearers.Said(self.view.text, turn.sentences, number, turn.speaker)
        source = bearers.bearer(self.found, said, Marker("disagrees", 0, 0))
        if source is not None:
            self.found.links.append(
                LinkDraft(source, steps[0], "undercuts", DOES_NOT_FOLLOW, "cue", 0.55, opening[number])
            )

    def _within(self, end: object, blocks: set[int]) -> bool:
        if isinstance(end, Whole):
            return end.block in blocks
        return isinstance(end, int) and self.found.statements[end].block in blocks


def _consistent(drafts: list[tuple[LinkDraft, Aim]]) -> list[LinkDraft]:
    """Without what a turn grants before it objects: it supports neither what it attacks, nor that turn as a whole."""
    attacked = {(draft.source, draft.target) for draft, _ in drafts if draft.relation == "attacks"}
    turns = {aim.turn.order for draft, aim in drafts if draft.relation == "attacks"}
    kept = []
    for draft, aim in drafts:
        granted = isinstance(draft.target, Whole) and aim.turn.order in turns
        if draft.relation == "supports" and (granted or (draft.source, draft.target) in attacked):
            continue
        kept.append(draft)
    return kept
