"""Sentences that keep a talk or a text going and say nothing of its subject: no statement is made of them.

What the speaker is about to say, how their mind changed, whether they followed the other, what the other said, what
stands where, an aside in brackets, an invitation to imagine, what is left of a derivation whose formulas are lost.
"""

from __future__ import annotations

import re

from kb.text.caseless import Caseless

_LINKS = r"^\W*(?:(?:so|and|but|or|now|then|well|ok(?:ay)?|yes|yeah|no|oh|maybe|perhaps|just|also|first|second|third|finally|in contrast|that said|currently|right now),? )*"
_OPENS = Caseless(
    _LINKS
    + "(?:"
    + "|".join(
        (
            # oneself as a hearer
            r"(?:oh|ah),? I\b|I (?:indeed |had |may have |might have )?misunderstood\b|how my (?:views?|mind|thinking)\b|I (?:\w+ )?(?:dis)?agree(?: with (?:that|this|you))?[.!]?\W*$",
            r"my (?:answers?|views?) (?:to|on) (?:\w+ ){1,2}(?:is|are|might|may|would) (?:be )?(?:very |quite |maybe |not |somewhat |a bit )*(?:different|similar|mainstream|exactly)\b",
            # what the other said, summed up
            r"(?:my (?:sense|impression|understanding) is (?:that )?you|you(?:['’]re| are) (?:saying|claiming|arguing|suggesting|assuming)|you (?:said|mentioned|claimed|suggested|wrote))\b",
            r"(?:a lot|some|most|many) of (?:your|the) (?:other )?(?:writing|points?|arguments?|comments?) (?:you (?:bring|make|mention)|suggests?|seem)\b",
            # what comes next
            r"(?:let['’]s|let us) (?:start|begin|go|move|turn|look|see|investigate|take|say|talk|come|get|try|assume|focus|think about|consider|discuss)\b",
            r"(?:maybe |perhaps )?I['’]ll (?:start|begin|go|try|say|just|now|first|leave|come back|get to)\b",
            r"I(?: want|(?:['’]d| would) (?:also )?like) to (?:start|begin|briefly|quickly|talk|mention|flag|note|add|clarify|thank)\b",
            r"I(?:['’]m| am) going to (?:start|begin|talk|say|go|try|assume|focus|skip)\b|we(?:['’]ll| will| are going to) (?:start|begin|see|look|now|turn|talk|discuss|come back|return)\b",
            r"(?:the|my) (?:last|first|second|third|next|final|other) (?:point|thing|question|topic) (?:here )?is (?:about|on)\b|this is (?:also )?getting into\b",
            # the text itself
            r"(?:the )?most important (?:articles|papers|posts|readings)\b|finally, we (?:critique|discuss|describe|present|conclude|summari[sz]e)\b|an aside:|side ?note\b|for the record\b|as an aside\b",
            r"I (?:really |also )?(?:like|liked|enjoy|enjoyed|love|loved|didn['’]t like) (?:this|that|the|it)\b(?! (?:idea|argument|point|plan|proposal))\W*(?:one|post|paper|article|talk|book|comment)?\W*$",
            r"(?:here|there),? [\"“'‘][^\"”]{2,40}[\"”'’] (?:means|refers)\b|the intended (?:interpretation|meaning|reading) is\b",
            # an invitation
            r"(?:imagine|picture|think of|suppose|consider)\b|(?:for example|for instance|e\.g\.?),? (?:trying|we could|you could|imagine|suppose|people think|say|let)\b(?!.*\?)(?! .*, (?:it|they|that|this|we) can)",
        )
    )
    + ")",
)
_SELF = Caseless(
    "|".join(
        (
            r"\bI feel like I(?:['’]m| might| may| am)\b|\bI(?:['’]d| would) (?:also )?be (?:very |really |quite )?(?:interested|curious|keen) (?:to|in)\b|\bdon['’]t think I (?:have|currently have|fully)\b",
            r"\bwe (?:can (?:most|all|both|probably) agree on|(?:\w+ )?agree on (?:a lot|most|much|this|that))\b|\bwhy we have differing\b|\bhopefully this (?:is|gets|helps|clarifies)\b",
            r"\bI(?:['’]d| would) (?:\w+ )?update (?:back|down|up|to|on|toward)|\b(?:change|lengthen|shorten) (?:my|timelines)\b.{0,40}\bby a\b|\bchange my numbers\b|\bI just (?:wasn['’]t|didn['’]t|hadn['’]t) (?:think|thinking|thought|consider)",
            r"\bI(?:['’]m| am) (?:a bit |somewhat |much |a lot )?less confident\b\W*$|\bhaven['’]t (?:factored|thought about (?:it|this|that) (?:a lot|much))\b|\bI(?:['’]m| am) also (?:very )?unsure\b|\bhard to be sure\b",
            r"\b(?:are you|what you(?:['’]re| are)) (?:saying|claiming)\b|\bdo you think this\b|\bI assume you(?:['’]d| would) have\b|\bthe arguments you (?:bring|make|gave)\b|\bI might (?:still )?have misunderstood\b",
            r"\bI(?:['’]ve| have)? defined? (?:the|a) (?:relation|term|word)\b",
        )
    ),
)
_PERSON = re.compile(r"\b(?:I|you|we|We|You)\b")
_TEXT = Caseless(
    r"\b(?:caveats?|details|references|links) (?:are|is|can be found) in the (?:section|appendix|footnotes?|comments?|next)\b|\blists (?:a (?:bunch|lot|number)|some|several|many) (?:of )?(?:\w+ )?"
    r"(?:papers?|examples?|resources?|links?|articles?|posts?)\b|\bwhich is criti(?:que|cize|cise)d (?:above|below)\b|\bby letting (?:if|for|be)\b|\b(?:infimum|supremum|poset)\b|^\W*similarly, since must\b",
)
_ASIDE = re.compile(r"^\W{0,2}\((?!\w{1,3}\))[^()]*\)\W*$")


def of(sentence: str) -> bool:
    """Whether a sentence is one."""
    if _OPENS.match(sentence) or _ASIDE.match(sentence) or _TEXT.search(sentence):
        return True
    return bool(_PERSON.search(sentence) and _SELF.search(sentence))
