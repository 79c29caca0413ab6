"""Sentences in which a text does not speak for what it holds: what it grants, lets others say, or turns round with a but."""

from __future__ import annotations

import re

GRANTS = re.compile(
    r"^\W*(?:admittedly|granted|to be sure|to be fair|of course|it(?:['’]s| is) (?:certainly |of course |perhaps )?true that"
    r"|undoubtedly|no doubt|perhaps|maybe|I (?:grant|concede|admit)(?: you)? that|one (?:must|has to) (?:grant|concede|admit)"
    r"|(?:true|certainly|naturally|sure|granted)(?=,))\b|^[^.;:]{5,},\s(?:admittedly|to be sure|of course|granted)(?:,\s|\W*$)",
    re.I,
)
_SAY = (
    r"(?:argue[sd]?|object(?:s|ed)?|sa(?:y|ys|id)|claim(?:s|ed)?|think|thinks|thought|worr(?:y|ies)|repl(?:y|ies|ied)|respond(?:s|ed)?"
    r"|complain(?:s|ed)?|point(?:s|ed)? out|believe[sd]?|maintain(?:s|ed)?|insist(?:s|ed)?|fear(?:s|ed)?|protest(?:s|ed)?"
    r"|counter(?:s|ed)?|feel|held|hold|contend(?:s|ed)?|wonder)"
)
OTHERS = re.compile(
    r"^\W*(?:(?:now|here|of course),? )?(?:"
    rf"(?:some|many|several|most|others|a few)(?: [\w’'-]+){{0,3}}? (?:(?:may|might|could|would|will|also|still|have) )?{_SAY}\b"
    rf"|(?:one|you|someone|somebody|a (?:critic|skeptic|sceptic|reader|defender)) (?:may|might|could|can|would|will) (?:\w+ )?{_SAY}\b"
    rf"|(?:the )?[\w’'-]*(?:(?:critic|opponent|defender|supporter|proponent|skeptic|sceptic|advocate|detractor|objector|enthusiast|optimist"
    rf"|pessimist|apologist|traditionalist|purist)s)(?: (?:of|for|to)(?: [\w’'-]+){{1,5}}?)? (?:(?:may|might|could|would|will|often|sometimes) )?{_SAY}\b"
    rf"|(?!(?:we|they|I|you|these|those|this|researchers|authors|results|studies)\b)[A-Z][\w’'-]+s (?:may|might|could|would|will) {_SAY}\b"
    r"|it (?:may|might|could|can|will|is (?:often|sometimes|commonly))(?: well)? (?:be )?(?:said|objected|argued|replied|claimed|thought)\b"
    r"|(?:an?|one|another|the)(?: \w+){0,2} (?:objection|counter-?argument|rejoinder|worry)(?: (?:here|to this))? is (?:that )?"
    r")",
    re.I,
)
REBUTS = re.compile(
    r"^\W*(?:but|yet|however|still,?|nevertheless|nonetheless|even so|all the same)\b(?! (?:even|if) )"
    r"|^[^.;:]{3,60}, (?:however|nevertheless|though|nonetheless),",
    re.I,
)


def of(sentence: str) -> bool:
    """Whether it is one."""
    return bool(GRANTS.match(sentence) or OTHERS.match(sentence) or REBUTS.match(sentence))
