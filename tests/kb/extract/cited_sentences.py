"""Sentences that cite, with what they say of the work that is cited: + for it, - against it, 0 neither. Made up.

`[12]` and `(2019)` stand for links to what is cited. HELD_OUT was not looked at while the patterns were written.
"""

from __future__ import annotations

SEEN = """
- Moss et al. (2019) fail to explain why the ponds in the shade had more frogs.
- Contrary to [12], we find that reeds do not matter.
- However, Reed and Holt (2011) overlook the cost of the second visit.
- We disagree with [this post] about what a blank square means.
- Our results contradict the findings of Moss (2019).
- The argument of [3] is flawed, because it counts the same pond twice.
- [7] incorrectly assumes that all observers walk at one pace.
- Our data do not support the hypothesis of Sorel et al. (2020).
- I think that [the essay] misses the point of the debate on portals.
- We reject the claim of [4] that effort can be left out.
+ We agree with [12] that lists should be complete.
+ Our findings confirm those of Moss (2019).
+ Consistent with [5], we find fewer newts in deep water.
+ These results replicate Holt and Moss (2008).
+ Effort was lower in May, consistent with the findings of [7].
0 Contrary to [[Evidential Theory]] – the theory of causes looks at what an act brings about.
0 Moss (2019) counts frogs in nine ponds.
0 We follow [12] and walk each route twice.
0 Reed et al. (2015) fail to reject the null hypothesis for shaded ponds.
0 Critics say that [12] fails to explain the newts.
0 Does [12] fail to explain the newts?
0 If [12] overlooks the cost, the estimate is too low.
0 We do not disagree with [12] on this.
0 BERT [12] fails to tell frogs from toads.
0 The older methods fail to scale (Moss, 2019).
0 Holt argues that [12] is wrong about reeds.
0 In contrast to birds [12], frogs are counted by ear.
0 Many surveys overlook newts [3, 4].
"""
HELD_OUT = """
- Holt (2024) wrongly concludes that roads keep herons away.
- Yet [9] does not account for the hours of the day.
- I do not buy [the argument in this post], which rests on one summer.
- Pace Ekdahl (2020), the verifier is no bottleneck.
- These findings cast doubt on the conclusions of [8].
- While Moss and Reed (2013) neglect the weather, their counts are large.
- Sorel et al. (2020) conflate effort with skill.
- We take issue with the proposal of [6] to drop short visits.
- The problem with [2] is that nobody went back.
- Our replication refutes [11].
- [This paper] is simply wrong about the reserve.
- We challenge the view of Halloran (2018) that portals need no lists.
+ I fully agree with [her essay] on complete lists.
+ Our experiments are in line with the predictions of [10].
+ Moss (2019) is right that a road is a gradient.
+ In agreement with Reed (2001), our results show that depth is what counts.
0 Sorel (2020) shows that many portals overlook zeros.
0 Following [9], we ignore ponds below a metre.
0 Moss et al. (2019) failed to find newts in the north.
0 Unless [8] is mistaken, the herons left in May.
0 It is not that [8] is wrong.
0 We compare our counts with those of Moss (2019).
0 Our model fails where that of [3] works.
0 In line with [4], we use nets of one metre.
0 Whether Reed (2001) neglects depth is open.
0 The objections to [5] were answered long ago.
0 Holt (2024) criticises Moss (2019) for a lack of zeros.
0 Contrary to what many believe, [7] was the first count.
0 They doubt that [6] can be repeated.
"""

MISSED = """
+ As Reed et al. (2015) rightly note, a zero is an observation.
+ Holt et al. (2016) convincingly argue that night visits matter.
"""
