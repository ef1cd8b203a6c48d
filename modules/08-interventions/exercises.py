# %% [markdown]
"""
# Exercises 08: what helps, for how many, and how sure

**45 points · about 75 minutes · save often (Ctrl+S)**

How it works:

1. An **answer cell** holds three dots, `...`. Put your answer in their place and run the cell with Shift+Enter.
2. The **check cell** under it is locked. Run it: it says in one sentence whether your answer has the right form, and how many hidden checks decide the points.
3. The **last cell** of this notebook judges everything, with the reasons. Use it as often as you like.

The first seven items need no programming and are worth 21 points; the five functions after them 18; the short text at the end, which a person reads, 6.

What you show here: **O1** read a survival curve with people who were lost, and compute it · **O2** say what a hazard ratio does to a share, and why a group's hazard may fall · **O3** turn a relative effect into people per hundred · **O4** judge a treatment by design, population, outcome, size and harm · **O5** write these measures as short functions.

Nothing here asks about your own life, and nothing is advice for a treatment. Take the items in any order.
"""

# %% locked="setup"
import numpy as np

from autograder import expect
from course import evidence


def pair_of(item, result, what):
    """The two parts of a result; anything else is answered in one sentence."""
    if not hasattr(result, "__len__") or len(result) != 2:
        item.fail(f"Return two things, with a comma between them: {what}.")
    return result[0], result[1]


# %% [markdown]
"""
## 1. How many more? ({{points c1-more-of-a-hundred}}, O3)

In the second stage of the trial of naltrexone–bupropion, the share who responded was, on the medicines: {{tx-adapt2-stage-2-active}}; on placebo: {{tx-adapt2-stage-2-placebo}}. A headline says: "Six times as many respond."

**Of 100 such people who are treated, how many respond who would not have responded on placebo?** Being within 0.3 is enough.
"""

# %% answer="c1-more-of-a-hundred"
c1 = ...  # people of 100
### BEGIN SOLUTION
c1 = 9.6
### END SOLUTION

# %% test="c1-more-of-a-hundred" points=3 objective="O3" read="The few among a hundred"
with expect.item("c1-more-of-a-hundred", points=3, hidden=1) as item:
    item.number(c1, unit="people of 100", low=-100, high=1000)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the trial"):
        treated = evidence.value("tx-adapt2-stage-2-active")
        placebo = evidence.value("tx-adapt2-stage-2-placebo")
        item.within(
            c1,
            treated - placebo,
            0.3,
            why="The difference of the two shares. The headline is true as well, and sounds as if most responded; nine of ten people treated did not.",
            misconceptions={
                "all-responders": (
                    treated,
                    "That is everybody who responds on the medicines. Some of them would have responded on placebo too: take those off.",
                ),
                "ratio-is-people": (
                    treated / placebo,
                    "That is the ratio of the two shares, the headline's number. A ratio has no people in it; take the difference.",
                ),
                "share-of-responders": (
                    100 * (treated - placebo) / treated,
                    "That is the part of the *responses* that is due to the medicines. The question asks about 100 people who are *treated*, and few of these respond.",
                ),
                "nnt-for-people": (
                    100 / (treated - placebo),
                    "That is how many must be treated for one more response. The question asks for the more of 100.",
                ),
                "sum-for-difference": (
                    treated + placebo,
                    "You added the shares. Those who would have responded anyway must be taken off.",
                ),
                "share-for-percent": (
                    (treated - placebo) / 100,
                    "That is the right difference as a share. Write it in people of 100.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 2. What may one lean on? ({{points c2-order}}, O4)

Four made-up reports about four treatments. The question is always the same: *does it lower methamphetamine use in people?*

- `"rats"`: In rats it abolished the return to self-administration, by a mechanism that is well understood.
- `"trials"`: 24 randomised trials agree; on average 9 more of 100 people tested negative.
- `"pilot"`: 30 people were treated, without a comparison; afterwards 70 % used less than before.
- `"trial"`: One randomised, double-blind trial of 400 people; 12 more of 100 tested negative.

**Put the four in order: first the one that answers the question most firmly, last the one that answers it least.**
"""

# %% answer="c2-order"
c2 = ...  # a list such as ["rats", "trials", "pilot", "trial"]
### BEGIN SOLUTION
c2 = ["trials", "trial", "pilot", "rats"]
### END SOLUTION

# %% test="c2-order" points=3 objective="O4" read="The brother's list, and what it leaves out"
with expect.item("c2-order", points=3, hidden=1) as item:
    item.listed(c2, ["rats", "trials", "pilot", "trial"])
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the order"):
        by_effect = (
            "effect-for-certainty",
            "You put the largest effect first. How large a reported effect is says nothing about how sure it is; here the effects grow as the designs grow weaker, as they often do.",
        )
        one_first = (
            "one-trial-over-many",
            "You put the single trial first. It is large and blinded, and it stands alone; what many trials find again and again is firmer, even with a somewhat smaller effect.",
        )
        mechanism = (
            "mechanism-over-comparison",
            "You put the rats before the pilot. A pilot without comparison is weak, but it is about people and their use; a mechanism in rats is a reason to try.",
        )
        pilot = (
            "before-after-is-effect",
            "You put the pilot before a randomised trial. Without a comparison nobody knows who would have used less anyway: people come to treatment at their worst, and many get better.",
        )
        item.ordered(
            c2,
            ["trials", "trial", "pilot", "rats"],
            why="Agreeing randomised trials, one good trial, people without a comparison, another species. The order of the effects is just the other way round, so look at the design first.",
            wrong={
                ("rats", "pilot", "trial", "trials"): by_effect,
                ("rats", "trial", "trials", "pilot"): by_effect,
                ("trial", "trials", "pilot", "rats"): one_first,
                ("trials", "trial", "rats", "pilot"): mechanism,
                ("trial", "trials", "rats", "pilot"): one_first,
                ("trials", "pilot", "trial", "rats"): pilot,
                ("pilot", "trials", "trial", "rats"): pilot,
                ("pilot", "trial", "trials", "rats"): pilot,
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 3. Ten people, four of them lost ({{points c3-by-hand}}, O1)

Ten made-up people are followed for a year after treatment.

| month | what happens |
|---|---|
| 1 | one returns to use |
| 3 | one is lost from sight |
| 5 | two return |
| 7 | three are lost |
| 9 | one returns |
| 12 | the study ends; two have not returned |

**What is the Kaplan–Meier estimate of the share who have not returned by month 12, in per cent?** Being within 0.5 is enough.
"""

# %% answer="c3-by-hand"
c3 = ...  # per cent
### BEGIN SOLUTION
c3 = 45
### END SOLUTION

# %% test="c3-by-hand" points=3 objective="O1" read="People who are lost from sight"
with expect.item("c3-by-hand", points=3, hidden=1) as item:
    item.number(c3, unit="per cent", low=-100, high=200)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the share at month 12"):
        item.within(
            c3,
            100 * 9 / 10 * 6 / 8 * 2 / 3,
            0.5,
            why="9/10 × 6/8 × 2/3. At risk are ten, then eight, then three: each person counts for as long as they were seen.",
            misconceptions={
                "drop-censored": (
                    100 * 2 / 6,
                    "You left the four out who were lost. They were well for three or seven months, and that counts; without them the share comes out too low.",
                ),
                "censor-is-event": (
                    100 * 2 / 10,
                    "You counted the lost as if they had returned. We know only that they had not, up to the month in which they were lost.",
                ),
                "censor-is-well": (
                    100 * 6 / 10,
                    "You counted the lost as if they had stayed well to the end. After the month in which they were lost nothing is known of them.",
                ),
                "returned-for-well": (
                    100 - 100 * 9 / 10 * 6 / 8 * 2 / 3,
                    "That is the share who have returned. The question asks for those who have not.",
                ),
                "last-step-only": (
                    100 * 2 / 3,
                    "That is the last factor alone. The share is the product of all steps, from month 1 on.",
                ),
                "share-for-percent": (
                    9 / 10 * 6 / 8 * 2 / 3,
                    "That is the share. Write it in per cent.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 4. Fewer and fewer ({{points c4-falling}}, O2)

In a made-up clinic 400 people are followed after treatment, and nobody is lost. Of those who have not returned to use yet, 30 % return in the first month, 12 % in the third, 4 % in the ninth and 2 % in the eighteenth.

**What do these numbers show?**

- **a**: Each person grows steadier from month to month; this is recovery at work.
- **b**: Nobody changes; those at high risk return early and leave the others behind.
- **c**: That either of the two, or both, may be going on; numbers of a whole group cannot tell them apart.
- **d**: Nothing: fewer return because fewer people are left who could.

Write the letter, small, in quotation marks.
"""

# %% answer="c4-falling"
c4 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c4 = "c"
### END SOLUTION

# %% test="c4-falling" points=3 objective="O2" read="A hazard that falls"
with expect.item("c4-falling", points=3, hidden=1) as item:
    item.letter(c4, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the four percentages"):
        item.choice(
            c4,
            "c",
            why="A hazard that falls in each person and a mixture of people who never change give the same numbers. To tell them apart one must measure the same people again and again.",
            wrong={
                "a": (
                    "falling-is-recovery",
                    "It may be so, and it would be good. But a group of people who never change, some at high and some at low risk, gives just such numbers as well.",
                ),
                "b": (
                    "falling-is-selection",
                    "It may be so. But people who all grow steadier give just such numbers as well; you cannot choose between the two from these.",
                ),
                "d": (
                    "hazard-of-all",
                    "The percentages are of those who have *not* returned yet, so the shrinking group is already accounted for. The rate itself has fallen.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 5. When the prizes end ({{points c5-after}}, O4)

A meta-analysis of randomised trials compared contingency management with prizes, added to usual treatment, with usual treatment alone, for several substances. The effect on abstinence: {{tx-cm-prize-end}}. Later, in six of the trials: {{tx-cm-prize-6-months}}.

**Which sentence may stand?**

- **a**: With prizes, people stay abstinent for good.
- **b**: It does not work, since nothing is left after six months.
- **c**: It raises abstinence while it runs; that this lasts for six months was not found in these trials.
- **d**: Six months later people are worse off for having had it: the effect is below zero.

Write the letter in quotation marks.
"""

# %% answer="c5-after"
c5 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c5 = "c"
### END SOLUTION

# %% test="c5-after" points=3 objective="O4" read="The brother's list, and what it leaves out"
with expect.item("c5-after", points=3, hidden=1) as item:
    item.letter(c5, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the sentence"):
        item.choice(
            c5,
            "c",
            why="Effect, time and limit in one sentence. Months of abstinence are worth having for themselves, and the question for practice is what comes next, or how long it should run.",
            wrong={
                "a": (
                    "effect-lasts",
                    "You took the effect at the end for a lasting one. Six months later there was no detectable difference between the groups.",
                ),
                "b": (
                    "no-lasting-is-no-effect",
                    "While it ran there was an effect of about half a standard deviation, and its interval is far from zero. Much treatment works for as long as it is given.",
                ),
                "d": (
                    "estimate-without-interval",
                    "The interval runs from below zero to above it, so harm is no more shown than benefit. Read the range before the sign.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 6. Half a year of aftercare ({{points c6-immortal}}, O2)

A made-up register holds 500 people from the day on which they left treatment. "Completed aftercare" are those who attended for six months without a return; all others are "not completed". From the *day of leaving treatment* on, the hazard of a return is four times as high in the second group, and the report concludes that completing aftercare prevents three of four returns.

**Which flaw would make this result appear even if aftercare did nothing at all?**

- **a**: Nobody could be in the first group who returned within six months, so all early returns fall to the second.
- **b**: The groups are too small.
- **c**: The register should have used the odds ratio in place of the hazard ratio.
- **d**: People in the second group may have been lost from sight more often.

Write the letter in quotation marks.
"""

# %% answer="c6-immortal"
c6 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c6 = "a"
### END SOLUTION

# %% test="c6-immortal" points=3 objective="O2" read="A hazard that falls"
with expect.item("c6-immortal", points=3, hidden=1) as item:
    item.letter(c6, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the flaw"):
        item.choice(
            c6,
            "a",
            why="Immortal time bias. Six months without a return are a condition for being in the first group, and are then counted as its success. Counting from month six on, for everybody still well then, would mend this part; randomising would mend the rest.",
            wrong={
                "b": (
                    "bias-is-size",
                    "Five hundred people are many. With five thousand the same flaw would give the same false result, only with a narrower interval.",
                ),
                "c": (
                    "wrong-measure",
                    "Any measure would show it. Ask who could get into the first group at all.",
                ),
                "d": (
                    "losses-only",
                    "Losses can bias a result, but nothing here says that there were any. Look at what the first six months decide.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 7. Where to lean ({{points c7-lever}}, O4)

A ring of three links has the loop gain $G = 0.75$; its output is the input times $1/(1 - G)$. There is room for one intervention. It can lower the **input** by 30 %, or weaken **one link** by 30 %.

**By how many per cent does the output fall with the better of the two?** Being within 0.5 is enough.
"""

# %% answer="c7-lever"
c7 = ...  # per cent
### BEGIN SOLUTION
c7 = 47.4
### END SOLUTION

# %% test="c7-lever" points=3 objective="O4" read="Where in the loop?"
with expect.item("c7-lever", points=3, hidden=1) as item:
    item.number(c7, unit="per cent", low=-100, high=200)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the better lever"):
        G, cut = 0.75, 0.3
        item.within(
            c7,
            100 * (1 - (1 - G) / (1 - G * (1 - cut))),
            0.5,
            why="The link: G falls to 0.525 and the output from 4 to 2.1 times the input. The loop is strong here, so weakening it does more than the 30 % that the input would give.",
            misconceptions={
                "input-instead": (
                    100 * cut,
                    "That is what lowering the input does. In a loop as strong as this one a link does more: work out 1 / (1 − G) before and after.",
                ),
                "all-links": (
                    100 * (1 - (1 - G) / (1 - G * (1 - cut) ** 3)),
                    "You weakened all three links. One of them is cut by 30 %, so G, their product, falls by 30 %.",
                ),
                "points-off-the-gain": (
                    100 * (1 - (1 - G) / (1 - (G - cut))),
                    "You took 0.3 off the loop gain. The cut is 30 % *of* it.",
                ),
                "what-is-left": (
                    100 * (1 - G) / (1 - G * (1 - cut)),
                    "That is what is left of the output. The question asks by how much it falls.",
                ),
                "elasticity-for-a-large-cut": (
                    100 * cut * G / (1 - G),
                    "You multiplied the elasticity by 30. It holds for small changes; for a cut of this size work out the output before and after.",
                ),
                "share-for-percent": (
                    1 - (1 - G) / (1 - G * (1 - cut)),
                    "That is the share. Write it in per cent.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 8. Kaplan and Meier ({{points m1-kaplan-meier}}, O5)

From here on you write functions. NumPy is loaded as `np`.

Write `kaplan_meier(time, event)`:

- `time`: array of length $n$, for each person the month of the return or of the last sight, in any order;
- `event`: array of length $n$; 1 if the person returned then, 0 if they were lost (censored) then.

$$S(t) = \prod_{t_i \le t} \left(1 - \frac{d_i}{n_i}\right)$$

**Returns** two arrays of the same length, `t_events, S`: the different times at which somebody returned, in rising order, and the estimate $S$ just after each of them.

**Edge cases:** several people may return at the same time: that is one entry. Somebody lost at a time $t_i$ is still at risk at $t_i$. If nobody returned, both arrays are empty.
"""


# %% answer="m1-kaplan-meier"
def kaplan_meier(time, event):
    """Times of events in rising order, and the share without an event just after each of them."""
    ### BEGIN SOLUTION
    t_events = np.unique(time[event == 1])
    S = np.ones(len(t_events))
    share = 1.0
    for i, t in enumerate(t_events):
        at_risk = np.sum(time >= t)
        returned = np.sum((time == t) & (event == 1))
        share = share * (1 - returned / at_risk)
        S[i] = share
    return t_events, S
    ### END SOLUTION
    return ..., ...  # replace the three dots


# %% test="m1-kaplan-meier" points=4 objective="O5" read="People who are lost from sight"
with expect.item("m1-kaplan-meier", points=4, hidden=3) as item:
    two = "the times of the returns, and S"
    seen, returned = np.array([1, 2, 2, 3, 4, 5, 5]), np.array([1, 1, 0, 1, 0, 1, 0])
    t_events, S = pair_of(item, item.call(kaplan_meier, seen, returned), two)

    ### BEGIN HIDDEN TESTS
    def by_factors(time, event, at_risk=lambda time, event, t: np.sum(time >= t)):
        times = sorted({t for t, e in zip(time, event, strict=True) if e})
        factors = [1 - np.sum((time == t) & (event == 1)) / at_risk(time, event, t) for t in times]
        return np.array(times), np.cumprod(factors)

    def wrong_curves(time, event):
        kept = event == 1
        times = np.unique(time[kept])
        dropped = by_factors(time[kept], event[kept])[1]
        everybody = len(time)
        return {
            "drop-censored": (
                dropped,
                "You left out the people who were lost. Each of them counts as at risk up to the time at which they were last seen.",
            ),
            "strict-risk": (
                by_factors(time, event, lambda time, event, t: np.sum((time > t) | ((time == t) & (event == 1))))[1],
                "You took people out of the risk set at the very time at which they were lost. At that time they still count: use time >= t.",
            ),
            "lost-stay-at-risk": (
                1 - np.array([np.sum(kept & (time <= t)) for t in times]) / everybody,
                "You divided by everybody from the start. At each time only those count who have neither returned nor been lost before.",
            ),
            "returned-for-well": (
                1 - by_factors(time, event)[1],
                "You gave back the share who have returned. S is the share who have not.",
            ),
            "no-product": (
                np.array([1 - np.sum((time == t) & kept) / np.sum(time >= t) for t in times]),
                "Each of your values is one factor alone. S is the product of all factors up to that time.",
            ),
        }

    if np.size(S) == 5:
        censored_too = by_factors(seen, np.ones(7, dtype=int))
        item.diagnose(
            np.concatenate([np.ravel(t_events), np.ravel(S)]),
            misconceptions={
                "censor-is-event": (
                    np.concatenate([censored_too[0], censored_too[1]]),
                    "You counted the people who were lost as returns. A step down belongs only to a time at which event is 1.",
                )
            },
        )
    item.diagnose(S, misconceptions=wrong_curves(seen, returned))
    ### END HIDDEN TESTS
    item.shape(t_events, (4,))
    item.shape(S, (4,))
    item.close(t_events, [1, 2, 3, 5])
    item.close(S, [0.857142857, 0.714285714, 0.535714286, 0.267857143], rtol=1e-6)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "other people, not in the order of their times"):
        seen = np.array([7.5, 2.0, 11.0, 2.0, 9.0, 4.5, 11.0, 7.5, 1.0, 9.0, 3.0])
        returned = np.array([1, 1, 0, 0, 0, 1, 0, 1, 0, 1, 1])
        t_events, S = pair_of(item, item.call(kaplan_meier, seen, returned), two)
        expected = by_factors(seen, returned)
        item.close(t_events, expected[0])
        item.close(S, expected[1], misconceptions=wrong_curves(seen, returned))
    with item.part(1, "several returns at one time, and nobody lost"):
        seen, returned = np.array([3, 1, 3, 6, 3, 8, 1, 6]), np.ones(8, dtype=int)
        t_events, S = pair_of(item, item.call(kaplan_meier, seen, returned), two)
        item.close(t_events, [1, 3, 6, 8])
        item.close(S, [6 / 8, 3 / 8, 1 / 8, 0.0], atol=1e-12)
    with item.part(1, "nobody who returned"):
        t_events, S = pair_of(item, item.call(kaplan_meier, np.array([4, 9, 2]), np.zeros(3, dtype=int)), two)
        if np.size(t_events) or np.size(S):
            item.fail(
                "Where nobody returned there is no time to list: both arrays should be empty.",
                misconception="empty-curve",
            )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 9. A hazard ratio at work ({{points m2-hazard-ratio}}, O5)

If one group has $HR$ times the hazard of another at all times, then

$$S_1(t) = S_0(t)^{HR}$$

Write `survival_from_hr(S0, hr)`: the share without a return in the group with the hazard ratio `hr`, where `S0` is that share in the other group: a number from 0 to 1, or an array of such numbers (a whole curve).

**Returns** a number, or an array of the same shape.

In one study, people with a parent who had alcohol or drug problems had a {{ma-relapse-hr-parent}}. The check begins with that ratio and with the share who had not returned after a year in all. **Edge cases:** a share of 0 stays 0 and a share of 1 stays 1.
"""


# %% answer="m2-hazard-ratio"
def survival_from_hr(S0, hr):
    """Share without an event under a hazard ratio, from the share in the comparison group."""
    ### BEGIN SOLUTION
    return S0**hr
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m2-hazard-ratio" points=3 objective="O5" read="A hazard that falls"
with expect.item("m2-hazard-ratio", points=3, hidden=2) as item:
    share = item.call(survival_from_hr, 0.39, 1.35)
    item.shape(share, ())

    ### BEGIN HIDDEN TESTS
    def wrong_shares(S0, hr):
        S0 = np.asarray(S0, dtype=float)
        with np.errstate(all="ignore"):
            odds = S0 / (1 - S0) / hr
            return {
                "risk-times-hr": (
                    1 - hr * (1 - S0),
                    "You multiplied the share who returned by the ratio. It multiplies the hazard, the rate among those still well; the share without a return is raised to its power.",
                ),
                "survival-over-hr": (
                    S0 / hr,
                    "You divided the share by the ratio. It is raised to the power of the ratio.",
                ),
                "survival-times-hr": (
                    S0 * hr,
                    "You multiplied the share by the ratio. More hazard must leave fewer people without a return: raise the share to its power.",
                ),
                "odds-for-hazard": (
                    odds / (1 + odds),
                    "You worked with odds. A hazard ratio is not an odds ratio: raise the share to its power.",
                ),
                "returned-for-well": (
                    1 - S0**hr,
                    "You gave back the share who returned. The question is for those who did not.",
                ),
                "power-upside-down": (
                    S0 ** (1 / hr),
                    "You raised the share to the power of 1 divided by the ratio. More hazard must leave fewer people without a return.",
                ),
            }

    item.diagnose(share, misconceptions=wrong_shares(0.39, 1.35))
    ### END HIDDEN TESTS
    item.close(share, 0.28050, rtol=1e-4)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "other ratios, below 1 too"):
        for S0, hr in ((0.62, 0.4), (0.85, 2.5), (0.31, 1.0)):
            wrong = {} if hr == 1 else wrong_shares(S0, hr)
            item.close(item.call(survival_from_hr, S0, hr), np.exp(hr * np.log(S0)), misconceptions=wrong)
    with item.part(1, "a whole curve, from 1 down to 0"):
        curve = np.array([1.0, 0.8, 0.45, 0.1, 0.0])
        shares = item.call(survival_from_hr, curve, 1.7)
        item.shape(shares, (5,))
        item.close(shares, [1.0, 0.8**1.7, 0.45**1.7, 0.1**1.7, 0.0], atol=1e-12)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 10. Three ways to say one result ({{points m3-effects}}, O5)

In a trial `a` of `n1` people respond with the treatment, and `c` of `n0` without it.

Write `trial_effects(a, n1, c, n0)`, which **returns** three numbers `rd, rr, nnt`:

- `rd`: the share who respond with the treatment minus the share without it (a share, not per cent);
- `rr`: the first share divided by the second;
- `nnt`: 1 divided by `rd`.

**Edge cases:** if both shares are the same, `nnt` is infinite (`np.inf`). If fewer respond with the treatment, `rd` and `nnt` are negative. You may count on $c > 0$.
"""


# %% answer="m3-effects"
def trial_effects(a, n1, c, n0):
    """Risk difference, risk ratio and number needed to treat of a two-group trial."""
    ### BEGIN SOLUTION
    with_treatment, without = a / n1, c / n0
    rd = with_treatment - without
    nnt = np.inf if rd == 0 else 1 / rd
    return rd, with_treatment / without, nnt
    ### END SOLUTION
    return ..., ..., ...  # replace the three dots


# %% test="m3-effects" points=4 objective="O5" read="The few among a hundred"
with expect.item("m3-effects", points=4, hidden=3) as item:
    effects = item.call(trial_effects, 18, 109, 10, 294)
    item.shape(effects, (3,))

    ### BEGIN HIDDEN TESTS
    def right_effects(a, n1, c, n0):
        # Over a common denominator: the shares themselves are never needed.
        top = a * n0 - c * n1
        return np.array([top / (n1 * n0), a * n0 / (c * n1), n1 * n0 / top if top else np.inf])

    def wrong_effects(a, n1, c, n0):
        rd, rr, nnt = right_effects(a, n1, c, n0)
        odds_ratio = (a / (n1 - a)) / (c / (n0 - c))
        return {
            "percent": (
                [100 * rd, rr, nnt],
                "Your difference is in per cent. Give it as a share, from −1 to 1.",
            ),
            "percent-everywhere": (
                [100 * rd, rr, nnt / 100],
                "Your difference is in per cent, and so the number needed to treat comes out a hundred times too small. Give the difference as a share.",
            ),
            "nnt-from-rr": (
                [rd, rr, 1 / (rr - 1)],
                "You took the number needed to treat from the ratio. It is 1 divided by the *difference*.",
            ),
            "nnt-inverse-rr": (
                [rd, rr, 1 / rr],
                "You took 1 divided by the ratio for the number needed to treat. It is 1 divided by the *difference*.",
            ),
            "odds-ratio": (
                [rd, odds_ratio, nnt],
                "Your second number is the odds ratio. The risk ratio is one share divided by the other.",
            ),
            "counts": (
                [a - c, a / c, 1 / (a - c)],
                "You compared the numbers of people. The groups differ in size, so compare shares: a / n1 and c / n0.",
            ),
            "swapped": (
                [-rd, 1 / rr, -nnt],
                "You exchanged the groups. It is treatment minus comparison, and treatment divided by comparison.",
            ),
            "size-without-sign": (
                [abs(rd), rr, abs(nnt)],
                "You took the sign away. If fewer respond with the treatment, the difference and the number needed to treat are negative.",
            ),
        }

    first = {name: wrong for name, wrong in wrong_effects(18, 109, 10, 294).items() if name != "size-without-sign"}
    item.diagnose(effects, rtol=1e-4, misconceptions=first)
    ### END HIDDEN TESTS
    item.close(effects, [0.131124, 4.85505, 7.62637], rtol=1e-4)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "other trials"):
        for counts in ((40, 160, 22, 150), (9, 30, 20, 90)):
            item.close(item.call(trial_effects, *counts), right_effects(*counts), misconceptions=wrong_effects(*counts))
    with item.part(1, "a treatment that does harm"):
        counts = (12, 80, 30, 100)
        item.close(item.call(trial_effects, *counts), right_effects(*counts), misconceptions=wrong_effects(*counts))
    with item.part(1, "two shares that are the same"):
        effects = item.call(trial_effects, 10, 40, 25, 100)
        item.close(effects, [0.0, 1.0, np.inf], atol=1e-12)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 11. How long, and where to? ({{points m4-absorb}}, O5)

A Markov chain has some states that people pass through (**transient**, such as *in treatment* or *using again*) and some in which they stay (**absorbing**, such as *in stable remission* or *no longer followed*). `P` is its table: row $i$ holds the probabilities to go from state $i$ to each state within a month, and each row adds up to 1. The transient states come first. Call the upper left part of the table, transient to transient, $Q$, and the part to its right, transient to absorbing, $R$. Then

$$N = (I - Q)^{-1}, \qquad \text{steps} = N \mathbf{1}, \qquad B = N R$$

$N_{ij}$ is the expected number of months spent in $j$ by somebody who starts in $i$; $\mathbf{1}$ is a column of ones.

Write `absorb(P, n_transient)`, which **returns** two arrays `steps, B`: for each of the $k$ transient states the expected number of months until an absorbing state is reached (length $k$), and the probability to end in each absorbing state (shape $k$ × number of absorbing states). You may count on it that an absorbing state is reached in the end. Being within 0.01 % is enough.
"""


# %% answer="m4-absorb"
def absorb(P, n_transient):
    """Expected steps to absorption from each transient state, and the probabilities to end in each absorbing state."""
    ### BEGIN SOLUTION
    Q = P[:n_transient, :n_transient]
    R = P[:n_transient, n_transient:]
    N = np.linalg.inv(np.eye(n_transient) - Q)
    return N @ np.ones(n_transient), N @ R
    ### END SOLUTION
    return ..., ...  # replace the three dots


# %% test="m4-absorb" points=4 objective="O5" read="A hazard that falls"
with expect.item("m4-absorb", points=4, hidden=3) as item:
    two = "the steps, and B"
    table = np.array([[0.7, 0.1, 0.15, 0.05], [0.2, 0.5, 0.1, 0.2], [0, 0, 1, 0], [0, 0, 0, 1]])
    steps, B = pair_of(item, item.call(absorb, table, 2), two)

    ### BEGIN HIDDEN TESTS
    def solved(P, k):
        way = np.eye(k) - P[:k, :k]
        return np.linalg.solve(way, np.ones(k)), np.linalg.solve(way, P[:k, k:])

    def wrong_steps(P, k):
        N = np.linalg.inv(np.eye(k) - P[:k, :k])
        return {
            "columns": (
                N.sum(axis=0),
                "You added up the columns of N. Somebody who starts in state i spends the months of *row* i.",
            ),
            "minus-one": (
                N.sum(axis=1) - 1,
                "Your steps are one too few: the first month counts as well.",
            ),
            "own-state-only": (
                np.diag(N),
                "You gave back the months in the starting state alone. Add the months in all transient states.",
            ),
            "no-feedback": (
                1 / (1 - np.diag(P[:k, :k])),
                "You let nobody come back to a state once left. The inverse of I − Q counts all ways, those round and round too.",
            ),
        }

    def wrong_ends(P, k):
        N = np.linalg.inv(np.eye(k) - P[:k, :k])
        return {
            "one-step": (
                P[:k, k:],
                "Your B is R, the chance to be absorbed within *one* month. Multiply it by N, which counts all months.",
            ),
            "transpose": (
                N.T @ P[:k, k:],
                "You turned N on its side. B is N times R, with the starting states as rows.",
            ),
        }

    if np.size(steps) == 2 and np.size(B) == 4:
        item.diagnose(steps, rtol=1e-4, misconceptions=wrong_steps(table, 2))
        item.diagnose(B, rtol=1e-4, misconceptions=wrong_ends(table, 2))
    ### END HIDDEN TESTS
    item.shape(steps, (2,))
    item.shape(B, (2, 2))
    item.close(steps, [4.61538, 3.84615], rtol=1e-4)
    item.close(B, [[0.653846, 0.346154], [0.461538, 0.538462]], rtol=1e-4)
    ### BEGIN HIDDEN TESTS
    three = np.array(
        [
            [0.55, 0.20, 0.05, 0.15, 0.05],
            [0.10, 0.60, 0.15, 0.05, 0.10],
            [0.25, 0.05, 0.65, 0.02, 0.03],
            [0, 0, 0, 1, 0],
            [0, 0, 0, 0, 1],
        ]
    )
    with item.part(2, "three states that people pass through: the steps"):
        steps, B = pair_of(item, item.call(absorb, three, 3), two)
        item.shape(steps, (3,))
        item.close(steps, solved(three, 3)[0], rtol=1e-4, misconceptions=wrong_steps(three, 3))
    with item.part(1, "the same: where people end"):
        item.shape(B, (3, 2))
        item.close(B, solved(three, 3)[1], rtol=1e-4, misconceptions=wrong_ends(three, 3))
    with item.part(1, "one state to pass through, and three ends"):
        single = np.array([[0.75, 0.05, 0.1, 0.1], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
        steps, B = pair_of(item, item.call(absorb, single, 1), two)
        item.shape(steps, (1,))
        item.shape(B, (1, 3))
        item.close(steps, [4.0], rtol=1e-4)
        item.close(B, [[0.2, 0.4, 0.4]], rtol=1e-4)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 12. Which value matters most? ({{points m5-elasticity}}, O5)

$$E = \frac{p}{y}\,\frac{dy}{dp}$$

is the elasticity of an output $y$ to a value $p$: by how many per cent $y$ changes when $p$ changes by one per cent. A computer finds the slope by a *small* step: $\frac{dy}{dp} \approx \frac{f(p + h) - f(p - h)}{2h}$, with $h$ a millionth of $p$ or so.

Write `elasticity(f, params, name)`:

- `f`: a function that takes a dictionary of values and gives back a number, for example `f({"g": 0.7, "h": 0.8})`;
- `params`: the dictionary of values at which the elasticity is wanted;
- `name`: the name of the value that is changed, for example `"g"`.

**Returns** the elasticity, one number. Being within 0.1 % is enough. **Edge case:** `params` must be the same after the call as before; work on a copy, `dict(params)`. You may count on a value and an output that are not 0.
"""


# %% answer="m5-elasticity"
def elasticity(f, params, name):
    """Relative change of f per relative change of one of its values."""
    ### BEGIN SOLUTION
    value = params[name]
    h = 1e-6 * value
    above = f({**params, name: value + h})
    below = f({**params, name: value - h})
    return (above - below) / (2 * h) * value / f(params)
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m5-elasticity" points=3 objective="O5" read="Where in the loop?"
with expect.item("m5-elasticity", points=3, hidden=2) as item:

    def loop(values):
        return 1 / (1 - values["g"] * values["h"])

    result = item.call(elasticity, loop, {"g": 0.7, "h": 0.8}, "g")
    item.shape(result, ())

    ### BEGIN HIDDEN TESTS
    def wrong_elasticities(f, params, name, right):
        value, y = params[name], f(params)

        def stepped(share):
            return (f({**params, name: value * (1 + share)}) / y - 1) / share

        return {
            "absolute-slope": (
                right * y / value,
                "That is the slope dy/dp, which depends on the units. Multiply it by p and divide it by y.",
            ),
            "semi-elasticity": (
                right / value,
                "You divided by y and did not multiply by p. The elasticity is a per cent for a per cent.",
            ),
            "slope-times-value": (
                right * y,
                "You multiplied by p and did not divide by y. The elasticity is a per cent for a per cent.",
            ),
            "big-step": (
                stepped(0.01),
                "Your step of one per cent is too large where the curve bends. Take a millionth of the value, on both sides.",
            ),
            "bigger-step": (
                stepped(0.1),
                "Your step of ten per cent is too large where the curve bends. Take a millionth of the value, on both sides.",
            ),
        }

    item.diagnose(
        result,
        rtol=1e-3,
        misconceptions=wrong_elasticities(loop, {"g": 0.7, "h": 0.8}, "g", 0.56 / 0.44),
    )
    ### END HIDDEN TESTS
    item.close(result, 1.2727, rtol=1e-3)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "other functions and values"):

        def power(values):
            return values["k"] * values["x"] ** 3 * values["z"] ** -0.5

        def wider(values):
            return values["u"] / (1 - values["a"] * values["b"] * values["c"])

        ring = {"u": 2.0, "a": 0.9, "b": 0.8, "c": 0.5}
        for f, params, name, right in (
            (power, {"k": 4.0, "x": 0.02, "z": 30.0}, "x", 3.0),
            (power, {"k": 4.0, "x": 0.02, "z": 30.0}, "z", -0.5),
            (wider, ring, "b", 0.36 / 0.64),
            (wider, ring, "u", 1.0),
        ):
            item.close(
                item.call(elasticity, f, params, name),
                right,
                rtol=1e-3,
                misconceptions=wrong_elasticities(f, params, name, right) if name != "u" else None,
            )
    with item.part(1, "the dictionary after the call"):
        kept = {"g": 0.5, "h": 0.6}

        def ask_and_look():
            return elasticity(loop, kept, "g"), kept["g"], kept["h"], len(kept)

        ask_and_look.__name__ = "elasticity"
        if not np.allclose(np.ravel(item.call(ask_and_look))[1:], [0.5, 0.6, 2], rtol=0, atol=0):
            item.fail(
                "Your function changed the dictionary that it was given. Whoever called it goes on with wrong values: work on a copy, dict(params).",
                misconception="mutates",
            )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 13. A trial for Tessa's question ({{points f1-trial}}, O4)

No treatment has been tested in people who live with BPD *and* methamphetamine use disorder. You may plan one trial.

**Answer in at most 200 words.** Say who takes part, which treatment from the lesson is compared with what, which outcome is measured and how long after, roughly how many people you need and why, and which harm you would watch for. Then name one result that would make you give the treatment up. A person reads this; nobody expects perfect prose, and no doses are needed.
"""

# %% [markdown] free="f1-trial" points=6 objective="O4" read="The brother's list, and what it leaves out"
"""
=== BEGIN MARK SCHEME ===
Two points for each of the first two criteria, one for each of the others.

1. **Who, and compared with what** (2): people with both diagnoses, and a randomised comparison that is named (treatment as usual described, another active treatment, or placebo for a medicine). 1 point if the population is right and the comparison missing or not randomised, or the other way round. A treatment with some evidence is chosen, or the choice of an untested one is justified.
2. **Outcome, time and number** (2): an outcome that matters and can be checked (for example tests for methamphetamine, time to return with losses handled, symptoms of BPD or everyday functioning), measured also some months *after* the treatment; and a number of people with a reason (an expected difference, the rule of the lesson, or power). 1 point if one of the two parts is missing.
3. **Harm** (1): at least one harm is named and watched for in both groups: side effects, distress when rewards are missed or end, self-harm, overdose after a time without use, or people who stop coming. Safe wording.
4. **What would speak against it** (1): a result is named in advance that would make the writer give up the treatment, for example an interval that excludes a useful difference, or more harm than benefit. "Not significant" in a small trial is not enough without the interval or the size.

Praise: whoever asks the people concerned what outcome counts for them; whoever keeps a four-group comparison (module 00) apart from a treatment trial; whoever says that even a good result is about a group. A model answer: "Two hundred and fifty adults with both diagnoses, from several clinics, randomised within each clinic to DBT skills training plus contingency management or to the clinic's usual counselling with as many appointments. Outcome: the share testing negative at the end and six months later, by Kaplan–Meier for the time to return, with people who are lost followed up by phone; second, BPD symptoms. If 40 % test negative with usual care, 58 % with the treatment would be worth having; the rule gives about 120 per group, and I would add people for losses. I would watch for self-harm and for overdose in both groups, in weeks when prizes are missed and after they end, and have staff call. I would give it up if after six months the interval excluded ten points of benefit, or if serious events were clearly more frequent."
=== END MARK SCHEME ===
"""

# %% [markdown]
"""
## Check everything

Save first (Ctrl+S), then run the next cell. It judges the saved notebook with all checks, hidden ones included, and says why. The text in item 13 is read by a person; studying alone, compare yours with the lesson's sections *How large must a trial be?* and *The brother's list, and what it leaves out*. The same in a terminal: `autograder check exercises.ipynb`.
"""

# %% tags=["skip-execution"]
import autograder

autograder.check_notebook("exercises.ipynb")
