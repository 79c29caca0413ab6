"""Words that turn a sentence round when one stands in the other's place, and a few that do not."""

from __future__ import annotations

from functools import lru_cache

_PAIRS = """increase/decrease/reduce/lower/diminish/shrink/fall/drop/decline/cut increase/raise~
rise/fall/drop/sink/decline grow/shrink/decline/dwindle raise/lower/reduce/cut more/less/fewer most/least
better/worse best/worst good/bad/evil/poor strong/weak strengthen/weaken/undermine high/low higher/lower
large/small/tiny big/small/little long/short wide/narrow broad/narrow deep/shallow fast/slow quick/slow
early/late earlier/later sooner/later old/new/young cheap/expensive/costly easy/hard/difficult easier/harder
simple/complex/complicated safe/dangerous/unsafe/risky/harmful safety/danger/risk safer/riskier
possible/impossible likely/unlikely true/false right/wrong correct/incorrect/wrong/mistaken
accept/reject/refuse/deny agree/disagree/dispute support/oppose/attack/undermine/contradict/refute
confirm/refute/deny prove/disprove/refute allow/forbid/ban/prohibit/prevent/block
permit/forbid/ban/prohibit/prevent legal/illegal encourage/discourage/deter enable/disable/prevent/block
cause/prevent/cure help/harm/hinder/hurt helpful/harmful/useless benefit/harm/cost/damage
beneficial/harmful/detrimental useful/useless/pointless/worthless valuable/worthless
improve/worsen/harm/degrade/damage/impair advance/retreat/hinder advantage/disadvantage/drawback pro/con
success/failure succeed/fail win/lose gain/lose/loss profit/loss pass/fail begin/end/stop
start/stop/end/finish open/close/closed/shut create/destroy build/destroy/demolish include/exclude/omit
add/remove/subtract accelerate/slow/delay/decelerate speed/slow~ before/after above/below over/under~
inside/outside internal/external with/without always/never/rarely often/rarely/seldom/never
frequently/rarely/seldom usually/rarely/seldom everyone/nobody everybody/nobody everything/nothing
all/none/some many/few both/neither either/neither because/despite/although presence/absence
present/absent/missing public/private/secret local/global national/international rich/poor wealthy/poor
strength/weakness hot/cold warm/cool/cold wet/dry light/dark/heavy bright/dark full/empty clean/dirty
healthy/sick/ill/unhealthy alive/dead live/die life/death love/hate like/dislike trust/distrust/mistrust
hope/fear optimistic/pessimistic optimism/pessimism friend/enemy war/peace attack/defend/defence
offence/defence positive/negative active/passive static/dynamic necessary/unnecessary/superfluous
sufficient/insufficient/inadequate adequate/inadequate essential/superfluous/optional
important/unimportant/trivial/minor major/minor relevant/irrelevant reliable/unreliable
certain/uncertain/doubtful clear/unclear/vague/obscure clarify/obscure/confuse reveal/hide/conceal/obscure
show/hide~ transparent/opaque visible/invisible/hidden honest/dishonest/deceptive truth/lie/falsehood
trustworthy/untrustworthy accurate/inaccurate/wrong precise/vague overestimate/underestimate
overstate/understate exaggerate/understate/downplay ahead/behind lead/follow/trail north/south east/west
left/right~ male/female man/woman men/women parent/child~ teacher/student~ buyer/seller buy/sell lend/borrow
give/take push/pull attract/repel send/receive import/export upstream/downstream up/down upward/downward
forward/backward maximum/minimum maximise/minimise maximize/minimize optimal/suboptimal superior/inferior
majority/minority rule/exception theory/practice~ random/deliberate/systematic natural/artificial
voluntary/compulsory/mandatory mandatory/optional permanent/temporary temporary/lasting permanent/transient
constant/variable stable/unstable rigid/flexible centralise/decentralise centralize/decentralize
centralised/decentralised centralized/decentralized unite/divide/split together/apart/alone same/different
similar/different/dissimilar identical/different equal/unequal fair/unfair/unjust just/unjust moral/immoral
rational/irrational legitimate/illegitimate justified/unjustified reasonable/unreasonable/absurd
plausible/implausible aligned/misaligned tractable/intractable feasible/infeasible solvable/unsolvable
robust/brittle/fragile overrated/underrated worth/worthless worthwhile/pointless/futile
promising/hopeless/doomed continue/stop/cease/abandon keep/abandon/drop/discard/lose
remain/leave/vanish/disappear appear/disappear/vanish survive/die/perish exist/vanish~
protect/endanger/threaten/expose preserve/destroy ignore/consider/heed neglect/attend overlook/notice
remember/forget understand/misunderstand know/ignore~ solve/worsen~ for/against pro/anti
expand/contract/shrink/narrow widen/narrow extend/shorten lengthen/shorten tighten/loosen/relax
strict/lax/lenient harsh/lenient/mild severe/mild scarce/abundant/plentiful common/rare
frequent/rare/infrequent ordinary/unusual normal/abnormal average~/exceptional today/tomorrow/yesterday
summer/winter spring/autumn morning/evening day/night past/future previous/next former/latter
first/last/second monday/friday/tuesday/sunday/saturday/wednesday/thursday enough/insufficient~ lack/have~
gain/forfeit fund/defund hire/fire employ/dismiss praise/blame/criticise/criticize reward/punish/penalise
approve/disapprove/reject recommend/discourage~ welcome/reject endorse/reject/oppose favour/oppose
favor/oppose delay/hasten/speed hasten/slow shorten/prolong outperform/underperform/trail exceed/trail~
overfit/underfit converge/diverge correlate/anticorrelate cooperate/compete/defect
cooperation/conflict/competition democracy/dictatorship freedom/slavery/oppression liberate/oppress
guilty/innocent cheaper/dearer/costlier stronger/weaker larger/smaller bigger/smaller longer/shorter
faster/slower earliest/latest highest/lowest largest/smallest strongest/weakest fastest/slowest
safest/riskiest simpler/harder~ greater/lesser/smaller/less overwhelmingly/barely mainly/hardly
well/badly/poorly"""
_SAME = """think/believe/hold show/demonstrate/reveal/indicate/suggest help/aid/assist big/large/huge need/require
important/crucial/vital/essential/key method/approach/technique/way start/begin stop/halt/end buy/purchase
use/employ/utilise/utilize make/render get/obtain/receive give/provide/offer large/sizeable cheap/inexpensive
expensive/costly/dear hard/difficult/tough easy/simple fast/quick/rapid quickly/fast/rapidly often/frequently
usually/typically/normally people/humans/persons kid/child/youngster mislead/deceive
wrong/mistaken/incorrect/false flaw/defect/fault problem/issue/trouble result/outcome/finding
study/research/investigation increase/raise/boost/rise/grow/climb
decrease/reduce/lower/cut/fall/drop/decline/shrink better/superior worse/inferior error/mistake
improve/enhance/better harm/damage/hurt choose/pick/select answer/reply/response measure/gauge/assess
test/examine/check find/discover job/work/task goal/aim/objective/purpose car/vehicle/automobile
doctor/physician student/pupil school/college~ error/inaccuracy dangerous/risky/hazardous/unsafe safe/secure
likely/probable probably/likely also/too/additionally main/chief/principal/primary/central
reliable/dependable/trustworthy useful/helpful/valuable/beneficial money/funds/cash funding/money cost/price
pay/spend many/numerous several/some entirely/completely/fully/wholly/totally lead/cause/result/bring
cause/produce/create/generate predict/forecast/foresee future/coming explain/account clarify
understand/grasp/comprehend keep/retain/maintain/preserve teach/instruct/train learn/study small/little/tiny
quit/leave/abandon quality/standard smart/clever/intelligent rich/wealthy ill/sick happy/glad/content
wellbeing/happiness/welfare world/globe/planet country/nation state/government law/rule/regulation
firm/company/business worker/employee boss/employer talk/speak/discuss say/state/claim/argue write/author
read/peruse see/observe/notice/watch allow/permit/let/enable/make forbid/ban/prohibit/outlaw
rarely/seldom/hardly/infrequently never/hardly whole/entire/complete"""


_ENDINGS = (
    ("ies", "y"), ("sses", "ss"), ("ingly", ""), ("edly", ""), ("ing", ""), ("ied", "y"), ("ed", ""), ("es", ""),
    ("s", ""),
)  # fmt: skip


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without the ending that grammar gives it; rough, and the same for all forms of most words."""
    for end, instead in _ENDINGS:
        if word.endswith(end) and len(word) - len(end) >= 3 and not word.endswith(("ss", "us", "is")):
            word = word[: -len(end)] + instead
            break
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word


def opposed(stemmed: str) -> frozenset[str]:
    """Stems of the words that say the opposite."""
    return _opposites().get(stemmed, frozenset())


def alike(mine: list[str], theirs: list[str]) -> bool:
    """Whether each of the words has a form of itself, or a word that means the same, among the others."""
    return all(any(same(word, other) for other in theirs) for word in mine) and all(
        any(same(word, other) for other in mine) for word in theirs
    )


def same(word: str, other: str) -> bool:
    """Whether they are forms of one word, or known to mean the same."""
    a, b = stem(word), stem(other)
    return a == b or (len(a) >= 5 and len(b) >= 5 and a[:5] == b[:5]) or b in _synonyms().get(a, frozenset())


@lru_cache(maxsize=1)
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for entry in _PAIRS.split():
        first, *others = entry.split("/")
        for other in others:
            if first.endswith("~") or other.endswith("~"):
                continue  # opposed only at times
            found.setdefault(stem(first), set()).add(stem(other))
            found.setdefault(stem(other), set()).add(stem(first))
    return {word: frozenset(others) for word, others in found.items()}


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for entry in _SAME.split():
        group = {stem(word) for word in entry.split("/") if not word.endswith("~")}
        for word in group:
            found.setdefault(word, set()).update(group - {word})
    return {word: frozenset(others) for word, others in found.items()}
