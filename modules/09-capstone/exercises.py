# %% [markdown]
"""
# Exercises 09: a plan of your own

**40 points · about 75 minutes · save often (Ctrl+S)**

How it works:

1. An **answer cell** holds three dots, `...`. Put your answer in their place and run the cell with Shift+Enter.
2. The **check cell** under it is locked. Run it: it says in one sentence whether your answer has the right form, and how many hidden checks decide the points.
3. The **last cell** of this notebook judges everything, with the reasons. Use it as often as you like.

The first seven items need no programming and are worth 21 points; the three functions after them 12; the text at the end, which a person reads, 7. Items 2 to 6 are judged with *your* plan: their right answers are computed from what you chose in item 1. If you change the plan, run the cells below it again and answer them anew.

What you show here: **O1** express an intervention as a change of one parameter · **O2** report absolute effects, with the band that the assumptions leave · **O3** say whether two effects add · **O4** grade the evidence for your own choices · **O5** state what would refute a plan.

Every range in this model is **assumed**: no study has linked one of these treatments to one of these parameters. Nothing here is advice, and nothing asks about your own life.
"""

# %% locked="setup"
import numpy as np

from autograder import expect
from course import evidence, simulators
from course.models import plan


def plan_of(written):
    """The plan of item 1 as names and values; one sentence if it cannot be used."""
    if written is ... or isinstance(written, dict) and (... in written or ... in written.values()):
        raise expect.NotAnswered("Not answered yet: write your plan in item 1, and run its cell.")
    try:
        return plan.checked(written)
    except ValueError as error:
        raise expect.CheckFailed(f"The plan in item 1 cannot be used. {error}") from error


# %% [markdown]
"""
## 1. Choose ({{points c1-plan}}, O1)

A plan names **two** interventions. For each it gives the value that one parameter takes with it. Choose from this table; any value from the weak to the strong end will do, so long as it differs from the value without.

| write | parameter (module) | without | weak end | strong end |
|---|---|---|---|---|
| `"contingency-management"` | drift towards use, v (06) | 0.8 | 0.6 | 0.2 |
| `"naltrexone-bupropion"` | state of the body, κ (04) | 3 | 2.7 | 1.8 |
| `"mirtazapine"` | strength of the opponent, k_b (05) | 1.5 | 1.4 | 0.9 |
| `"dbt"` | gain, overload to impaired regulation (07) | 0.85 | 0.82 | 0.64 |
| `"mbt"` | gain, craving to overload (07) | 0.85 | 0.85 | 0.7 |
| `"tms"` | gain, impaired regulation to craving (07) | 0.85 | 0.85 | 0.74 |
| `"ssri"` | strength of the stressor, u (03) | 2 | 2 | 1.4 |
| `"nac"` | learning rate of extinction, α (06) | 0.03 | 0.03 | 0.06 |
| `"anti-inflammatory"` | cortisol at which its receptor is half as strong, K (03) | 8 | 8 | 3 |

**Write the plan like this**, with the names in quotation marks and your own choice: `my_plan = {"ssri": 1.7, "nac": 0.045}`
"""

# %% answer="c1-plan"
my_plan = ...  # {"name": value, "other-name": value}
### BEGIN SOLUTION
my_plan = {"dbt": 0.7, "mbt": 0.75}
### END SOLUTION

# %% test="c1-plan" points=3 objective="O1" read="From an intervention to a parameter"
with expect.item("c1-plan", points=3, hidden=1) as item:
    ### BEGIN HIDDEN TESTS
    # Named before the range is complained of: the two mistakes that say something about the idea.
    if isinstance(my_plan, dict):
        for name, written in my_plan.items():
            each = evidence.interventions().get(name) if isinstance(name, str) else None
            if each is not None and isinstance(written, int | float) and not isinstance(written, bool):
                if (written - each.before) * (each.strong - each.before) < 0 and written > 0:
                    item.fail(
                        f"With this value of {name} the parameter moves the other way, and more people would return to use. Look in which direction its range leads away from the value without.",
                        misconception="wrong-direction",
                    )
                if written < 0 or written == round(100 * (each.strong / each.before - 1)):
                    item.fail(
                        f"For {name} you wrote a change. A plan gives the value that the parameter takes.",
                        misconception="change-for-value",
                    )
    ### END HIDDEN TESTS
    chosen = plan_of(my_plan)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "your two choices"):
        for name, value in chosen.items():
            if value == evidence.interventions()[name].before:
                item.fail(
                    f"At this value {name} changes nothing: it is the value without the intervention. Go further into its range.",
                    misconception="no-change",
                )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
Run the next cell: it draws **your** plan. The sentence under the picture and the table below it ("The data of this picture as a table") hold the numbers that you need for items 2 to 5, to two decimals.
"""

# %% locked="your-plan" tags=["skip-execution"]
simulators.intervention_pair.of_plan(my_plan)

# %% [markdown]
"""
## 2. In points ({{points c2-absolute}}, O2)

**By how many percentage points is the share who return to use within a year lower with both of your interventions than with neither?** Being within 0.05 is enough.
"""

# %% answer="c2-absolute"
c2 = ...  # percentage points
### BEGIN SOLUTION
c2 = round(plan.run(my_plan).fall("both").value, 2)
### END SOLUTION

# %% test="c2-absolute" points=3 objective="O2" read="Two interventions, a hundred people"
with expect.item("c2-absolute", points=3, hidden=1) as item:
    item.number(c2, unit="percentage points", low=-100, high=100)
    chosen = plan_of(my_plan)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "your plan"):
        found = plan.run(chosen)
        fall, start = found.fall("both").value, 100 * found.neither
        item.within(
            c2,
            fall,
            0.05,
            why="Share with neither minus share with both. Of 100 people, so many fewer return within a year, in this model.",
            misconceptions={
                "relative-for-absolute": (
                    100 * fall / start,
                    "That is the relative reduction: a share of those who would return. In points it is the one share minus the other.",
                ),
                "share-for-points": (
                    fall / 100,
                    "That is a share. Written in percentage points it is a hundred times as much.",
                ),
                "what-is-left": (
                    start - fall,
                    "That is the share who return with both. Subtract it from the share with neither.",
                ),
                "sign": (
                    -fall,
                    "The size is right. The question asks by how much the share is lower, so write it without the minus.",
                ),
                "adding-both": (
                    found.fall("first").value + found.fall("second").value,
                    "You added the two single falls. Together they give another one: read the row for both.",
                ),
                "first-alone": (found.fall("first").value, "That is what the first intervention does alone."),
                "second-alone": (found.fall("second").value, "That is what the second intervention does alone."),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 3. How many for one? ({{points c3-nnt}}, O2)

**How many people would have to get both interventions, in this model, so that one person fewer returns to use within a year?** Round up to a whole number, or leave it as it is.
"""

# %% answer="c3-nnt"
c3 = ...  # people
### BEGIN SOLUTION
c3 = int(np.ceil(100 / plan.run(my_plan).fall("both").value))
### END SOLUTION

# %% test="c3-nnt" points=3 objective="O2" read="Two interventions, a hundred people"
with expect.item("c3-nnt", points=3, hidden=1) as item:
    item.number(c3, unit="people", low=0, high=100000)
    chosen = plan_of(my_plan)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "your plan"):
        found = plan.run(chosen)
        fall, start = found.fall("both").value, 100 * found.neither
        # Whoever writes a whole number has rounded up, and so are the wrong ones here. Two decimals of the fall and one of the answer are enough.
        needed, shown = 100 / fall, np.ceil if float(c3).is_integer() else float
        item.within(
            c3,
            shown(needed),
            0.02 * needed / fall + 0.06,
            why="100 divided by the fall in points. It holds for this outcome, this year and these assumptions.",
            misconceptions={
                "nnt-from-relative": (
                    shown(start / fall),
                    "You divided by the relative reduction. That counts only people who would return; the number needed to treat counts everybody who gets it.",
                ),
                "fall-for-nnt": (fall, "That is how many fewer return of 100. Divide 100 by it."),
                "one-over-points": (
                    1 / fall,
                    "You divided 1 by points. Divide 100 by them, or take the fall as a share.",
                ),
                "nnt-of-what-is-left": (
                    shown(100 / (start - fall)),
                    "You divided 100 by the share who still return. What counts is the difference.",
                ),
                "nnt-of-the-first": (
                    shown(100 / found.fall("first").value),
                    "That is the number for the first intervention alone. The plan gives both.",
                ),
                "nnts-added": (
                    shown(100 / found.fall("first").value + 100 / found.fall("second").value),
                    "You added the numbers of the two. With more help fewer people are needed: begin with the fall for both.",
                ),
                "rounded-down": (
                    np.floor(needed),
                    "So many people are just too few: round up.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 4. The band ({{points c4-band}}, O2)

The ranges are assumed. **Between which two numbers of percentage points does the fall with both lie, over all four corners of your two ranges?** Write a list, the smaller number first, for example `[1.5, 12.25]`. Being within 0.05 is enough.
"""

# %% answer="c4-band"
c4 = ...  # [smallest fall, largest fall], in percentage points
### BEGIN SOLUTION
c4 = [round(plan.run(my_plan).fall("both").low, 2), round(plan.run(my_plan).fall("both").high, 2)]
### END SOLUTION

# %% test="c4-band" points=3 objective="O2" read="Two interventions, a hundred people"
with expect.item("c4-band", points=3, hidden=1) as item:
    if c4 is ...:
        raise expect.NotAnswered("Not answered yet: put a list of two numbers in place of the three dots.")
    item.shape(c4, (2,))
    chosen = plan_of(my_plan)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "your two ranges"):
        found = plan.run(chosen)
        fall, first, second = (found.fall(which) for which in ("both", "first", "second"))
        item.close(
            c4,
            [fall.low, fall.high],
            rtol=0.0,
            atol=0.05,
            misconceptions={
                "larger-first": (
                    [fall.high, fall.low],
                    "The numbers are right and stand in the wrong order: the smaller one first.",
                ),
                "shares-for-falls": (
                    [100 * found.both.low, 100 * found.both.high],
                    "These are the shares who return. The question asks for the falls, in points.",
                ),
                "ends-added": (
                    [first.low + second.low, first.high + second.high],
                    "You added the ends of the two single bands. The corners have to be run together.",
                ),
                "band-of-the-first": ([first.low, first.high], "That is the band of the first intervention alone."),
                "single-falls": (
                    sorted([first.value, second.value]),
                    "These are the falls of the two interventions alone, at your values. The band comes from the ends of the ranges.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 5. Do they add? ({{points c5-interaction}}, O3)

**By how many percentage points is the fall with both larger than the two single falls added?** Write a minus if it is smaller. Being within 0.04 is enough, so use both decimals.
"""

# %% answer="c5-interaction"
c5 = ...  # percentage points, with its sign
### BEGIN SOLUTION
c5 = round(plan.run(my_plan).interaction, 2)
### END SOLUTION

# %% test="c5-interaction" points=3 objective="O3" read="Two interventions, a hundred people"
with expect.item("c5-interaction", points=3, hidden=1) as item:
    item.number(c5, unit="percentage points", low=-100, high=100)
    chosen = plan_of(my_plan)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "your plan"):
        found = plan.run(chosen)
        fall, first, second = (found.fall(which).value for which in ("both", "first", "second"))
        item.within(
            c5,
            found.interaction,
            0.04,
            why="Fall with both, minus the sum. It belongs to the scale of points; on the scale of hazards the same two may have no interaction at all.",
            misconceptions={
                "sign": (
                    -found.interaction,
                    "The size is right and the sign is not: take the sum away from the fall with both.",
                ),
                "sum-for-interaction": (
                    first + second,
                    "That is the sum of the single falls. Compare the fall with both to it.",
                ),
                "second-on-top": (
                    fall - first,
                    "That is what the second adds once the first is there. Take away what the second does alone, too.",
                ),
                "first-on-top": (
                    fall - second,
                    "That is what the first adds once the second is there. Take away what the first does alone, too.",
                ),
                "fall-for-interaction": (fall, "That is the whole fall with both. Take the two single falls away."),
                "no-interaction": (
                    0.0,
                    "You said that they add. Compute it with both decimals: fall with both, minus the two single falls.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 6. Grade your own choices ({{points c6-grades}}, O4)

Run the cell, and find your two interventions. **Which status has the claim for each of them?** Write both names with one of the four words `"supported"`, `"imprecise"`, `"unverified"`, `"conflicts"`, in this form (the names are those of your plan): `c6 = {"ssri": "…", "nac": "…"}`
"""

# %% locked="board" tags=["skip-execution"]
simulators.intervention_board.draw(order="evidence")

# %% answer="c6-grades"
c6 = ...  # {"name": "status", "other-name": "status"}
### BEGIN SOLUTION
c6 = {name: evidence.interventions()[name].claims[0].status for name in my_plan}
### END SOLUTION

# %% test="c6-grades" points=3 objective="O4" read="A grade for the evidence, and a plan that can be refuted"
with expect.item("c6-grades", points=3, hidden=2) as item:
    words = ("supported", "imprecise", "unverified", "conflicts")
    if c6 is ... or isinstance(c6, dict) and ... in c6.values():
        raise expect.NotAnswered("Not answered yet: write a status for each of your two interventions.")
    if not isinstance(c6, dict):
        item.fail('Write it in curly brackets, each name with a status: {"ssri": "…", "nac": "…"}.')
    chosen = plan_of(my_plan)
    for name in chosen:
        if name not in c6:
            item.fail(f"There is no status for {name}, which is in your plan.")
        if not isinstance(c6[name], str) or c6[name].strip().lower() not in words:
            item.fail(f"For {name}, write one of these in quotation marks: {', '.join(words)}.")

    ### BEGIN HIDDEN TESTS
    def grade(name):
        each = evidence.interventions()[name]
        given, right = c6[name].strip().lower(), each.claims[0].status
        if given == right:
            return
        if given == "supported":
            item.fail(
                f"You called the claim for {name} supported. Look at what was found where it was tried, or whether it was tried at all.",
                misconception="named-is-supported",
            )
        if {given, right} == {"unverified", "conflicts"}:
            item.fail(
                f"For {name} you took untested for refuted, or the other way round. A claim conflicts when a study found something else; it is unverified when we found no study.",
                misconception="untested-is-refuted",
            )
        item.fail(f"The status of {name} is another one. Find its row in the picture.")

    with item.part(1.5, "the first of your two"):
        grade(next(iter(chosen)))
    with item.part(1.5, "the second of your two"):
        grade(list(chosen)[1])
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 7. What would refute it? ({{points c7-refute}}, O5)

Somebody's plan says: *in people with BPD and methamphetamine use disorder, contingency management lowers the share who return to use within a year by **at least six percentage points**.*

Four made-up reports come in. **Which one speaks against the plan?**

- **a**: A randomised trial of 60 people: 4 points fewer return, with a 95 % interval from 21 points fewer to 13 more; "not significant".
- **b**: A large randomised trial: 1 point fewer, with a 95 % interval from 3 points fewer to 1 more.
- **c**: In a clinic, people who had asked for it returned to use as often as those who had not.
- **d**: A person who had it for twelve weeks returned to use in the thirteenth.

Write the letter, small, in quotation marks.
"""

# %% answer="c7-refute"
c7 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c7 = "b"
### END SOLUTION

# %% test="c7-refute" points=3 objective="O5" read="A grade for the evidence, and a plan that can be refuted"
with expect.item("c7-refute", points=3, hidden=1) as item:
    item.letter(c7, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the reports"):
        item.choice(
            c7,
            "b",
            why="Its whole interval lies on the wrong side of six points. The plan forbade that, and that is why it was worth writing down.",
            wrong={
                "a": (
                    "not-significant-is-no-effect",
                    "Look at the interval: it holds six points, and more. A small trial that finds nothing clear refutes nothing.",
                ),
                "c": (
                    "asked-for-is-assigned",
                    "Who asks for a treatment may have had the harder year before them. Without drawing lots this comparison cannot decide.",
                ),
                "d": (
                    "one-person-refutes",
                    "The plan speaks of shares. It expects many people to return all the same, and one of them says nothing about six points.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 8. Points and numbers needed ({{points m1-effect}}, O2)

From here on you write functions. NumPy is loaded as `np`.

Write `absolute_effect(neither, both)`: two shares between 0 and 1, without and with a plan.

**Returns** a pair: the fall in percentage points (below 0 if the share rose), and the number needed to treat, $1 / |\text{difference of the shares}|$, not rounded.

**Edge case:** equal shares: the pair is `(0.0, np.inf)`.
"""


# %% answer="m1-effect"
def absolute_effect(neither, both):
    """Fall of a share in percentage points, and how many have to be treated for one."""
    ### BEGIN SOLUTION
    difference = neither - both
    if difference == 0:
        return 0.0, np.inf
    return 100 * difference, 1 / abs(difference)
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m1-effect" points=4 objective="O2" read="Two interventions, a hundred people"
with expect.item("m1-effect", points=4, hidden=3) as item:
    found = item.call(absolute_effect, 0.5, 0.4)
    item.shape(found, (2,))

    ### BEGIN HIDDEN TESTS
    def wrong_effects(neither, both):
        d = neither - both
        return {
            "relative-for-absolute": (
                (100 * d / neither, neither / abs(d)),
                "You divided by the share without the plan. Points and the number needed count everybody.",
            ),
            "nnt-from-relative": (
                (100 * d, neither / abs(d)),
                "The points are right. The number needed comes from the difference of the shares, not from the relative reduction.",
            ),
            "share-for-points": (
                (d, 1 / abs(d)),
                "The first of your two is a share. In percentage points it is a hundred times as much.",
            ),
            "sign": (
                (-100 * d, 1 / abs(d)),
                "Your fall has the wrong sign: it is the share without, minus the share with.",
            ),
            "nnt-per-hundred": (
                (100 * d, 1 / abs(100 * d)),
                "You divided 1 by points. Take the difference of the shares, or divide 100 by the points.",
            ),
        }

    item.diagnose(found, rtol=1e-9, misconceptions=wrong_effects(0.5, 0.4))
    ### END HIDDEN TESTS
    item.close(found, (10.0, 10.0), rtol=1e-9)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "other shares"):
        for neither, both in ((0.61, 0.47), (0.025, 0.02), (0.9, 0.1)):
            item.close(
                item.call(absolute_effect, neither, both),
                (100 * (neither - both), 1 / (neither - both)),
                misconceptions=wrong_effects(neither, both),
            )
    with item.part(1, "a share that rises"):
        item.close(
            item.call(absolute_effect, 0.2, 0.25),
            (-5.0, 20.0),
            misconceptions={
                "negative-number-needed": (
                    (-5.0, -20.0),
                    "A number of people cannot be negative: take the size of the difference.",
                ),
                "rise-as-fall": ((5.0, 20.0), "Here the share rises, so the fall is negative. Keep its sign."),
            },
        )
    with item.part(1, "equal shares"):
        item.close(item.call(absolute_effect, 0.4, 0.4), (0.0, np.inf))
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 9. Two hazards, one share ({{points m2-combine}}, O3)

Two interventions act in different places, so their hazard ratios multiply. Without them the share $b$ returns within a year; with a hazard ratio $h$ it is

$$1 - (1 - b)^{h}$$

Write `combine(base, first, second)` with `base` $= b$ (between 0 and 1, ends excluded) and the two hazard ratios (above 0).

**Returns** a pair: the share who return with both; and by how many **percentage points** the fall with both is larger than the two single falls added (negative if it is smaller).
"""


# %% answer="m2-combine"
def combine(base, first, second):
    """Share with both of two hazard ratios, and their interaction in percentage points."""
    ### BEGIN SOLUTION
    kept = 1 - base
    both = 1 - kept ** (first * second)
    falls = [base - (1 - kept**ratio) for ratio in (first, second)]
    return both, 100 * ((base - both) - sum(falls))
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m2-combine" points=4 objective="O3" read="Two interventions, a hundred people"
with expect.item("m2-combine", points=4, hidden=3) as item:
    found = item.call(combine, 0.75, 0.5, 0.5)
    item.shape(found, (2,))

    ### BEGIN HIDDEN TESTS
    def by_logs(base, first, second):
        # The cumulative hazard, and the four shares from it.
        hazard = -np.log1p(-base)
        r00, r10, r01, r11 = (-np.expm1(-hazard * ratio) for ratio in (1.0, first, second, first * second))
        return r11, 100 * (r10 + r01 - r11 - r00)

    def wrong_pairs(base, first, second):
        share, extra = by_logs(base, first, second)
        kept = 1 - base

        def pair(both, one, other):
            return both, 100 * (one + other - both - base)

        alone = [1 - kept**ratio for ratio in (first, second)]
        return {
            "hazard-ratio-times-risk": (
                pair(base * first * second, base * first, base * second),
                "You multiplied the share by the hazard ratios. A hazard ratio is a power of the share who do not return.",
            ),
            "hazard-ratio-on-the-risk": (
                pair(base ** (first * second), base**first, base**second),
                "You raised the share who return to the power. It is the share who do *not* return that the formula raises.",
            ),
            "ratios-added": (
                pair(1 - kept ** (first + second), *alone),
                "You added the hazard ratios. Two that act in different places multiply.",
            ),
            "gains-added": (
                pair(1 - kept ** (first + second - 1), *alone),
                "You added what each takes from the hazard. The second acts on what the first has left, so multiply.",
            ),
            "sign": (
                (share, -extra),
                "The sign of the second number is wrong: fall with both, minus the two single falls.",
            ),
            "share-for-points": (
                (share, extra / 100),
                "The second number is asked for in percentage points, a hundred times as much.",
            ),
            "what-is-kept": ((1 - share, extra), "The first number is the share who do *not* return. Take it from 1."),
        }

    item.diagnose(found, rtol=1e-6, misconceptions=wrong_pairs(0.75, 0.5, 0.5))
    ### END HIDDEN TESTS
    item.close(found, (0.292893, -4.289322), rtol=1e-5)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "other shares and ratios"):
        for given in ((0.61, 0.85, 0.6), (0.2, 0.5, 0.9), (0.95, 0.6, 0.3)):
            item.close(item.call(combine, *given), by_logs(*given), atol=1e-9, misconceptions=wrong_pairs(*given))
    with item.part(1, "one that changes nothing"):
        item.close(item.call(combine, 0.4, 1.0, 0.6), (by_logs(0.4, 1.0, 0.6)[0], 0.0), atol=1e-9)
    with item.part(1, "one that does harm"):
        item.close(item.call(combine, 0.5, 1.4, 0.7), by_logs(0.5, 1.4, 0.7), atol=1e-9)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 10. Four corners ({{points m3-corners}}, O2)

A model `f(x, y)` gives a share for two parameters. Each has an assumed range, `first = (weak, strong)` and `second = (weak, strong)`; `strong` may be the larger or the smaller number.

Write `corners(f, first, second)`: run the model at all four corners.

**Returns** a pair: the smallest and the largest of the four results, in this order.
"""


# %% answer="m3-corners"
def corners(f, first, second):
    """Smallest and largest result of a model over the four corners of two ranges."""
    ### BEGIN SOLUTION
    results = [f(x, y) for x in first for y in second]
    return min(results), max(results)
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m3-corners" points=4 objective="O2" read="Two interventions, a hundred people"
with expect.item("m3-corners", points=4, hidden=3) as item:

    def model(x, y):
        return 10 * x - y

    found = item.call(corners, model, (1.0, 2.0), (3.0, 5.0))
    item.shape(found, (2,))

    ### BEGIN HIDDEN TESTS
    def right_ends(f, first, second):
        (a, b), (c, d) = first, second
        ordered = sorted((f(a, c), f(a, d), f(b, c), f(b, d)))
        return ordered[0], ordered[-1]

    def wrong_ends(f, first, second):
        (a, b), (c, d) = first, second
        low, high = right_ends(f, first, second)
        middle = (a + b) / 2, (c + d) / 2
        return {
            "weak-and-strong-only": (
                sorted((f(a, c), f(b, d))),
                "You ran both weak and both strong. When a result rises with one parameter and falls with the other, its ends lie at the mixed corners.",
            ),
            "weak-then-strong": (
                (f(a, c), f(b, d)),
                "You gave the result at both weak ends and at both strong ends. There are two more corners, and the smallest comes first.",
            ),
            "one-at-a-time": (
                (min(f(a, middle[1]), f(b, middle[1]), f(middle[0], c), f(middle[0], d)),
                 max(f(a, middle[1]), f(b, middle[1]), f(middle[0], c), f(middle[0], d))),
                "You moved one parameter and held the other in the middle. At a corner both are at an end.",
            ),
            "largest-first": ((high, low), "The smallest comes first, then the largest."),
            "half-of-the-width": ((low, high - low), "The second number is the largest result, not how far it is from the smallest."),
        }  # fmt: skip

    item.diagnose(found, rtol=1e-9, misconceptions=wrong_ends(model, (1.0, 2.0), (3.0, 5.0)))
    ### END HIDDEN TESTS
    item.close(found, (5.0, 17.0), rtol=1e-9)

    ### BEGIN HIDDEN TESTS
    def falling(x, y):
        return 1 - (1 - 0.61) ** (x * (2 - y))

    def mixed(x, y):
        return (3 - x) * y

    with item.part(2, "a result that rises with one and falls with the other"):
        for f, first, second in (
            (mixed, (1.0, 2.0), (1.0, 4.0)),
            (falling, (0.9, 0.6), (0.1, 0.4)),
            (falling, (0.6, 0.9), (0.1, 0.4)),
        ):
            item.close(
                item.call(corners, f, first, second),
                right_ends(f, first, second),
                misconceptions=wrong_ends(f, first, second),
            )
    with item.part(1, "negative results, and ranges written from strong to weak"):
        item.close(item.call(corners, lambda x, y: -x * y, (2.0, 1.0), (5.0, 3.0)), (-10.0, -3.0))
    with item.part(1, "a range without width"):
        item.close(item.call(corners, mixed, (1.5, 1.5), (1.0, 4.0)), (1.5, 6.0))
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 11. Your plan, in words ({{points f1-plan}}, O5)

**Answer in at most 250 words**, for the team of a clinic that treats people with borderline personality disorder and methamphetamine use disorder:

1. Your two interventions, and which part of the loop each is meant to change.
2. What your model says, in people of 100 with the band, and that its ranges are assumed.
3. What the evidence says for each: design, in whom, which outcome, which status; and what is not known for people with both.
4. **One observation that would make you give the plan up**: what is measured, in whom, after how long, and which result.

A person reads this; nobody expects perfect prose. A group may hand in one text; write who did what.
"""

# %% [markdown] free="f1-plan" points=7 objective="O5" read="A grade for the evidence, and a plan that can be refuted"
"""
=== BEGIN MARK SCHEME ===
Two points each for criteria 2 to 4 below, one for the first. Grade the reasoning, not the choice: any two interventions can get full points.

1. **The plan as a mechanism** (1): both interventions are named, each with the part of the loop it is meant to change, as an idea ("is thought to", "might").
2. **An absolute effect with its band** (2): people of 100 or percentage points, the same numbers as in items 2 and 4, with the band; and it says that the ranges are assumed, or that the model estimates nothing. 1 point if only relative effects are given, or the assumption is missing.
3. **The evidence, graded** (2): for each intervention the design, in whom and which outcome, as in the ledger (for example a trial in people with methamphetamine use disorder, response by urine samples; or no trial located), and that no trial was found in people with both conditions. 1 point if one of the two is missing or the gap is not named. A choice with weak evidence is fine if it is called weak.
4. **One observation that would refute it** (2): what is measured, in whom, when, and a result that the plan forbids, stated before it is seen; a comparison that could show it (drawn by lot, or a reason why not). 1 point if "no effect" is named without a size, a time or a comparison group.

Deduct nothing for language. If a text gives advice to a person or a dose, or calls return to use certain, comment kindly and ask for a sentence about groups. A model answer: "We chose DBT, which is thought to make overload impair regulation less, and contingency management, which gives the choice against use some pull of its own. In our chain 61 of 100 return within a year with neither and 45 with both: 16 fewer, from 5 to 24 over the ranges. All ranges are assumed, so this shows how effects combine and not how large they are. Contingency management: meta-analysis of randomised trials in people who use stimulants, abstinence at the end of treatment, supported; later effects are small or not found. DBT: two trials in people with BPD and substance use disorders, days of abstinence, supported, but small. We found no trial of either in people with BPD and methamphetamine use disorder, and none of both together. We would give the plan up if, in 600 people with both conditions drawn by lot to both treatments or to usual care, the share with any use by month 12, by weekly urine samples, were lower by less than three points with a 95 % interval that ends below five. We would also watch for people who leave treatment."
=== END MARK SCHEME ===
"""

# %% [markdown]
"""
## Check everything

Save first (Ctrl+S), then run the next cell. It judges the saved notebook with all checks, hidden ones included, and says why. The text in item 11 is read by a person; studying alone, compare yours with the lesson's section *A grade for the evidence, and a plan that can be refuted*. The same in a terminal: `autograder check exercises.ipynb`.
"""

# %% tags=["skip-execution"]
import autograder

autograder.check_notebook("exercises.ipynb")
