"""Whether a sentence says how a line of work, a measure or a norm would lead to something good: a theory of impact."""

from __future__ import annotations

import re

from kb.text.caseless import Caseless

_GOOD = r"(?:let|allow|enable|help|give|save|spare|end|prevent|protect|free|reduce|cut|speed|improve|increase|make it (?:easier|possible|cheaper|safer)|lower|stop|take|remove|turn|move|raise|restore|keep|buy|catch|reveal)"
_WOULD = Caseless(
    rf"^\W*(?:(?:so|and|then|also|in turn|again|thus|therefore),? )*(?:this|that|it|such an? [\w-]+|a (?:\S+ ){{1,6}}?|the (?:\S+ ){{1,4}}?)\s?(?:\w+ )?(?:would|could) (?:also |then |thus |thereby )?(?:\w+ly )?{_GOOD}\b"
    rf"|\bif (?:[^\s,]+ ){{2,12}}?[^\s,]+, (?:\S+ ){{1,5}}?(?:would|could|might) (?:\w+ )?{_GOOD}\b"
    rf"|\b(?:so|and) that (?:alone )?would {_GOOD}\b|(?:\bwould|['’]d) (?:waste|lose|spend|need|cost) (?:\S+ ){{0,3}}?(?:less|fewer)\b|\bwould do more for \w+ than\b"
    r"|\b(?:helps|is useful|is valuable) (?:\S+ ){0,6}?(?:because|since) (?:it|this|that|they)\b"
    r"|\bso (?:that )?(?:auditors|patients|pupils|regulators|researchers|workers|readers) (?:can|could|would be able to)\b",
)
_LETS_US = Caseless(
    r"^\W*(?:\w+,? )?(?:this|that|such \w+) (?:would |could |may )?(?:also )?(?:lets?|allows?|enables?|helps?) us (?:to )?(?:better|\w+)\b",
)
_BAD = Caseless(
    r"n['’]t\b|\b(?:not|never|no|nobody|but|worse|only|you|your|risk|harm|kill|fails?|failed|wrong|danger\w*|problem|deceiv\w*|evade|unless|however|already)\b",
)
_MAY = Caseless(r"\b(?:would|could|may|might|will|can|helps?|lets?|allows?|enables?|useful|valuable)\b|['’]d\b")
_RELATIVE = re.compile(r"\b(?:whose|which|who|where|that nobody)\b.*")


def leads_to_good(sentence: str) -> bool:
    """Whether it says what good would come of something; nothing that is denied, feared or taken back."""
    if not _MAY.search(sentence) or sentence.rstrip('*_"”’) ').endswith("?"):
        return False
    if not (_WOULD.search(sentence) or _LETS_US.match(sentence)):
        return False
    return not _BAD.search(_RELATIVE.sub("", sentence))
