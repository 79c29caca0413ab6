"""Wording that tells what a sentence does. Each pattern is one cue; the rules add them up.

The lists come from reading argumentative prose; they hold words of judgement and stance, no words of a topic.
"""

from __future__ import annotations

import re

from kb.text.caseless import Caseless


def _any(*patterns: str, cased: str = "") -> Caseless:
    return Caseless("|".join(f"(?:{p})" for p in patterns), cased)


STANCE = _any(
    r"\bI (?:\w+ )?(?:think|believe|claim|argue|suspect|expect|predict|doubt|hold|maintain|contend|feel like"
    r"|would say|'d say|am (?:very |quite |more |less |fairly |pretty )?(?:skeptical|sceptical|convinced|confident"
    r"|unconvinced|pessimistic|optimistic|worried|concerned))\b",
    r"\bI(?:'|’)(?:m|d) (?:\w+ )?(?:say|argue|guess|expect|claim|skeptical|sceptical|convinced|confident|unconvinced"
    r"|pessimistic|optimistic|worried|argue)\b",
    r"\b(?:it )?seems? (?:to me|like|likely|unlikely|plausible|implausible|clear|that)\b",
    r"\b(?:in my (?:view|opinion)|imo|imho|my (?:sense|view|guess|impression|take|claim|point|main \w+|best guess"
    r"|bottom line))\b",
    r"\bI (?:don(?:'|’)t|do not|can(?:'|’)t|cannot) (?:think|believe|see|expect|buy|trust|feel)\b",
    r"\bI (?:dis)?agree\b",
)

CONCLUSION = _any(
    r"^(?:so|thus|therefore|hence|overall|in short|in conclusion|ultimately|fundamentally|basically|in particular"
    r"|more generally|in other words|to me)\b,?",
    r"\b(?:the (?:main|core|central|key|real|fundamental|biggest|root|bottom) (?:\w+ )?(?:problem|point|reason"
    r"|question|claim|issue|difference|lesson|concern|line|cause|challenge|worry))\b",
    r"\b(?:this|which) (?:means|implies|shows|suggests) that\b",
)

NORMATIVE = _any(
    r"\b(?:should|must|ought to|need to|needs to|have to|had better|it is (?:important|better|necessary|crucial)"
    r"|it's (?:important|better|crucial)|is (?:crucial|essential|necessary|needed|required|key))\b",
)

EVALUATION = _any(
    r"\b(?:is|are|was|were|be|seems?|looks?|remains?|would be|will be|becomes?) (?:\w+ ){0,3}(?:better|worse|harder"
    r"|easier|best|worst|important|promising|useful|likely|unlikely|possible|plausible|feasible|tractable|neglected"
    r"|simpler|cheaper|faster|safer|dangerous|robust|competitive|necessary|sufficient|valuable|reasonable|right|true"
    r"|false|good|high|low|hard|easy|difficult)\b",
    r"\b(?:more|less|most|least) (?:\w+ )?(?:than|likely|important|useful|promising|workable|direct|reliable"
    r"|effective)\b",
    r"\b(?:depends? on|leads? to|causes?|requires?|improves?|reduces?|increases?|explains?|enables?|prevents?|allows?"
    r"|generali[sz]es?)\b",
    r"\b(?:can|could|will|would|may|might) (?:\w+ )?(?:be|not|only|lead|make|help|allow|work|fail|reduce|increase"
    r"|give|enable|provide)\b",
)

_COUNT = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|a (?:third|quarter|fifth|tenth))"
)
EVIDENCE = _any(
    r"\b(?:(?:the|this|that|their|our|one|recent|another|an?|some|several|two|many|these) (?:[\w-]+ ){0,3}(?:papers?|stud(?:y|ies)|experiments?|surveys?|trials?|datasets?|benchmarks?|results?|findings?|analys[ie]s|evaluations?|meta-analysis|ablations?|data) (?:\w+ ){0,1}(?:shows?|showed|shown|finds?|found|demonstrates?|demonstrated|suggests?|indicates?|reports?|reported|measured|reveals?|revealed|confirms?|confirmed))\b",
    r"\b(?:we|they|authors|researchers) (?:\w+ )?(?:found|observed|measured|showed|replicated|report(?:ed)?|conclude[ds]?) (?:that|a|an|no|the|little|any)\b",
    r"\b(?:achiev|improv|increas|decreas|reduc|drop|rose|rise|fell|outperform|accura|recall|precision|fraction|proportion|rate|share|average|score)\w*\b[^.;]{0,60}\b\d+(?:\.\d+)? ?(?:%|percent\b)|\b\d+(?:\.\d+)? ?(?:%|percent) (?:of|improvement|increase|decrease|drop|higher|lower|more|less|fewer|better|worse|detection|faster)\b",
    r"\b\d+(?:\.\d+)?(?:x| times) (?:as|more|fewer|less|better|faster|higher|lower)\b|\bout of \d+\b",
    r"\bempirically\b",
    rf"\b(?:\d[\d,.]*|{_COUNT}) (?:out )?of (?:(?:the|our|its|these|those|all) )?(?:\w+ )?(?:\d[\d,.]*|{_COUNT}|hundred|thousand)\b",
    rf"\b(?:rose|fell|grew|shrank|dropped|declined|increased|decreased|lengthened|shortened|improved|halved|doubled|tripled)"
    rf" (?:\w+ )?(?:by|from|to) (?:\w+ ){{0,3}}?(?:\d|half\b|a (?:third|quarter|fifth|sixth|tenth)|(?:two|three|four) (?:thirds|quarters|fifths)|{_COUNT}\b)",
    rf"\b(?:was|were|fell|rose|averaged|amounted to|came to|stood at|cost|paid|counts?|counted|recorded) (?:\w+ ){{0,2}}(?:\d[\d,.]*|{_COUNT}) ?(?:%|per ?cent|percent|points?|days|hours|minutes|weeks|months|cases|deaths|patients|people|homes|crowns|dollars|euros|pounds|million|billion)",
    cased=r"\b[A-Z]\w+ et al\.?(?: ?\(?\d{4}\)?)? (?:\w+ )?(?:found|observed|measured|showed|replicated|report(?:ed)?|conclude[ds]?) (?:that|a|an|no|the|little|any)\b|\b[Aa]ccording to [A-Z]\w+\b",
)

FORECAST = Caseless(
    r"\b(?:by|end of|until|before) (?:the )?(?:end of )?20[2-9]\d\b|\b(?:probability|chance|likely|odds|would|will|expect)\b",
)
"""A percentage in a forecast is a degree of belief, not a measurement."""

QUESTION = _any(
    r"^(?:so |but |and |or |then |also,? |okay,? |relatedly,? )?(?:what|how|why|when|where|which|who|whether|is|are"
    r"|does|do|can|could|should|would|will|if|to what extent|under what|in what)\b",
)

THEORY = _any(r"\btheor(?:y|ies) of (?:impact|change|victory)\b")

SMALL_TALK = _any(
    r"\b(?:am I|do I|did I|I ask|do you (?:mean|know|think)|can you|could you|would you|are you|have you"
    r"|deal with (?:that|this)|right\?|do we (?:really|want|watch|know that)|would(?:n['’]t)? (?:have|this|that|it)\b"
    r"|if we had|would be the|let['’]s|what do you|not sure|whoever|no\?)",
)
"""Questions to the other person, or to oneself: they keep a talk going and ask nothing of the subject."""

INSTRUCTION = Caseless(
    r"^\W*(?:first|then|next|now|finally|optionally|to \w+[^,.]{0,60}|in [^,.]{3,50}|on [^,.]{3,50}|from [^,.]{3,50}|under [^,.]{3,50}|once \w+[^,.]{0,40}|if (?:necessary|prompted|needed|you)[^,.]{0,50}),? *"
    r"(?:click|select|open|go|run|type|press|choose|enter|install|add|create|copy|paste|navigate|drag|use|set|check|make|put|write|paste|clone|restart|enable|disable|commit|import|export|download|save|remove|delete|tap|close|scroll|hover|right-click|replace|include|specify|follow|look|plot|filter|parse|emit|build|define|draw|calculate|repeat|combine|compute|place|turn|switch|learn|explore|try|visit|refer|see|browse|note|remember|consider|suppose|imagine|assume|recall|let)\b"
    r"|^\W*(?:click|select|open|go to|run|type|press|choose|enter|install|add|create|copy|paste|navigate|drag|use|set|check|make sure|put|write|clone|restart|enable|disable|commit|import|export|download|save|remove|delete|tap|close|scroll|hover|right-click|replace|include|specify|follow|plot|filter|define|draw|calculate|repeat|combine|compute|place|turn|switch|learn|explore|try|visit|refer|browse|note that|remember|consider|suppose|imagine|assume|recall|look|find|take|give|ask|read|watch|let|say|test|compare|identify|debug|procedure|showing|making|creating|building|explaining)\b(?! (?:of|in|is|are|was|has|can|will|may|that))",
)
ADDRESSES = _any(
    r"\byou(?:['’]re| are| were)? (?:\w+ )?(?:claim|claiming|say|saying|said|seem|sound|sounds|mean|meant|wrote"
    r"|describ\w+|mentioned?|point out|brought|asked|agree|assuming|aware|think of|list|excited|trying|correctly|then"
    r"|might be|probably|looking|call)\b|\byour (?:\w+ )?(?:objection|points?|comment|post|intuitions?|claim|question"
    r"|argument|earlier|view|agenda|work|plans|reply|framing|statement|description)\b|\b(?:thanks|sorry|glad you"
    r"|curious (?:what|how|whether))\b|\bdo you\b|\blet me\b|\bto be clear\b",
)
"""Speech to one other person: it keeps a talk going, and is understood only there."""
NARRATES = _any(
    r"\bI(?:['’]ve| have)? (?:\w+ )?(?:used to|wrote|written|worked|was|had|did|didn['’]t|read|gave|organi[sz]ed"
    r"|started|noticed|tried|went|spent|came|saw|seen|learned|talked|found|described|struggled|recently|edited"
    r"|hadn['’]t|misunderstood|rediscovered|live|teach|co-mentored)\b|\b(?:I(?:['’]ll| will|['’]m (?:going to"
    r"|planning|working|trying|looking|interested|happy|excited)))\b|\bmy (?:reading list|attitude|phd|classes|team"
    r"|ingroup)\b",
)
UNSURE = _any(
    r"\b(?:I(?:['’]m| am)? (?:\w+ )?(?:not (?:\w+ )?sure|no idea|confused|torn|pretty unsure)"
    r"|I don['’]t (?:\w+ )?(?:know|understand|recall|remember)|idk|no idea|haven['’]t (?:thought|read|factored|seen"
    r"|tested)|hard to be sure|not sure)\b",
)
POINTER = Caseless(
    r"^\W*(?:(?:mostly )?(?:the )?same (?:critique|answer|objection|problem)s?\b|critiqued? in\b|dual use\W+(?:for|refer|see)|see\b|cf\b|refer to\b|more on this\b|source:|related:|credits?(?=:| to\b| goes\b)|photo)"
    r"|\b(?:see (?:here|also|the|this|section|my|appendix)|refer to|are (?:listed|presented|described) (?:in|here)|in (?:the )?(?:figure|table|appendix) (?:\d|[A-Z]\b)|(?:figure|table) \d+(?:\.\d+)?:)\b",
)
CITATION = re.compile(
    r"^\W*(?:[A-Z][\w'’-]+(?: (?:and|&) [A-Z][\w'’-]+)?(?: et al\.?)?,? ?\((?:19|20)\d\d\)\s*[:.]"
    r"|.{0,80}\b(?:arXiv(?: preprint)?:|doi:|pp?\. \d|vol\. ?\d|University Press|Proceedings of|Journal of)"
    r"|\[?\d+\]\s)|^\W*(?:https?://|\[.{3,200}\]\(\S+\)\W*(?:by [\w .\[\]|]+)?$)"
)
ADDRESS_LAST = re.compile(r"https?://\S+\W*$")
"""A sentence that ends with an address is an entry of a list, unless somebody takes a stance in it."""

META = _any(
    r"^(?:the following (?:is|are|post)|in the following|we (?:distill|summari[sz]e|describe|discuss|review"
    r"|organi[sz]e|refer)\b|related(?: (?:pages?|tags?|posts?|reading|work|concepts?|and wikis)\b.{0,12})?:|see also"
    r"|posts? (?:about|that|on)\b|for general discussion|a sequence on|currently done by|skills required|copyright"
    r"|lorem ipsum|comments sorted|contributor|thanks|thank you|sorry|i think we (?:can|could|should) start"
    r"|just one caveat|edit|eta|update|note:|tl;?dr|see |cf|source|image|photo|figure|nice post|great post|feel free"
    r"|let(?:'|’)s|let me|here (?:is|are|'s)|for now|fun fact|exercise|procedure|end story|spoiler|disclaimer"
    r"|epistemic status|many thanks|image from|from )\b",
    r"\b(?:this|the) (?:section|post|document|comment|appendix|article|sequence) (?:is|are|will|has|can|includes"
    r"|contains|was|to)\b",
    r"\b(?:in this (?:section|post|appendix|comment)|below is|see (?:section|also|appendix|here)|as (?:discussed"
    r"|explained|mentioned) (?:in|above)|i (?:will|shall|'ll) (?:now|first|then|describe|discuss|argue|explain)"
    r"|i hope (?:this|it)|i(?:'|’)m (?:happy|glad|curious|joking)|i(?:'|’)d be interested|feel free|more on this"
    r"|i(?:'|’)ve (?:added|copied)|the rest of (?:the|this) (?:post|paper|article|section)|we(?:'|’)ll (?:find out"
    r"|see (?:that|how|what))|i wrote|i edited|would like to thank|i(?:'|’)ll leave)\b",
    r"^(?:i|we) (?:gave|had|was|were|went|wrote|read|spent|started|originally|erred|organized|posted|came|got|tried"
    r"|made|used|forgot|just)\b",
)

OWN_STANCE = Caseless(
    r"^\W*(?:(?:and|but|so|however|still|personally|honestly|yet|also|now|overall|in fact|again),? )?"
    r"(?:I (?:\w+ ){0,2}?(?:think|believe|argue|claim|suspect|doubt|maintain|contend|predict|disagree)\b"
    r"(?! (?:so|of|about|you|we should (?:start|move|continue)))|in my (?:view|opinion)\b)"
)
"""Whoever begins a sentence so says themselves that it is a claim."""

AGREES = _any(
    r"\b(?:I (?:do |also |fully |strongly |mostly |definitely |'d definitely )?agree|agreed|good point"
    r"|correctly (?:points? out|says?)|makes sense|I(?:'|’)m sympathetic|you(?:'|’)re right|exactly right|well put"
    r"|I can buy|refreshing|I appreciate|good source|one of the best arguments|convincing|great post|I share"
    r"|I think (?:that|this)(?:'|’)s (?:right|true|correct))\b",
)
DISAGREES = _any(
    r"\b(?:I (?:strongly |respectfully |still )?(?:disagree|doubt)|I didn(?:'|’)t like|not (?:quite )?how I(?:'"
    r"|’)?(?: would|d)? put it|I don(?:'|’)t (?:buy|agree|think|see|believe)|I(?:'|’)m (?:not (?:sure|convinced)"
    r"|skeptical|sceptical|confused by|unconvinced)|struggled|boil down to|ill-formed|cherry-picked|on the flip-?side"
    r"|that(?:'|’)s (?:wrong|not (?:right|true))|I(?:'|’)d (?:disagree|push back)|not obvious|misses|overstates?)\b",
)
"""Stance towards what the text answers or comments on; they count only where structure names the target."""

BOILERPLATE = Caseless(
    r"\b(?:views|opinions)(?: and (?:views|opinions))?(?: expressed)?(?: (?:here|above|in this \w+))? (?:are|do not)\b"
    r"|\brate us\b|\bfive[- ]stars?\b.{0,20}\b(?:review|or)\b|\bwe use cookies\b|\bbrought to you by\b"
    r"|\ball rights reserved\b"
    r"|\bthat['’]s all (?:we have|the) time\b|\byou(?:['’]re| are) listening to\b|\banimals were harmed\b"
    r"|\bwas this (?:page|article|answer) helpful\b|\bthanks? (?:you )?for (?:listening|reading|watching|tuning in)\b"
    r"|\b(?:follow|join) us on\b|\b(?:share|like) this (?:post|article|video|episode)\b"
    r"|\bsign up (?:for|to) (?:our|the|my)\b|\bsubscribe (?:to|now|here|for|on)\b|\bdeclares? (?:that )?(?:no"
    r"|they have no"
    r"|to have no) (?:competing|conflict)|\bcomments are closed\b|\bedit this page\b|\bplease (?:like|share|subscribe"
    r"|donate)\b"
    r"|\b(?:this|today['’]s) episode (?:is|was) (?:sponsored|supported|brought)\b",
)
"""What pages and programmes print or say around any text."""
