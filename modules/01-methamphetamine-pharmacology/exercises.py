# %% [markdown]
"""
# Exercises 01: methamphetamine in the body and at the synapse

**40 points · about 60 minutes · save often (Ctrl+S)**

How it works:

1. An **answer cell** holds three dots, `...`. Put your answer in their place and run the cell with Shift+Enter.
2. The **check cell** under it is locked. Run it: it says in one sentence whether your answer has the right form, and how many hidden checks decide the points.
3. The **last cell** of this notebook judges everything, with the reasons. Use it as often as you like.

The first six items need no programming and are worth 18 points; the four functions after them 16; the short text at the end, which a person reads, 6.

What you show here: **O1** read a half-life and say how much drug is left · **O2** predict how repeated exposures add up · **O3** tell uptake block from release · **O4** judge a dose–response claim · **O5** write a mechanism as a function.
"""

# %% locked="setup"
import numpy as np

from autograder import expect
from course import evidence, simulators

# %% [markdown]
"""
## 1. Read a half-life ({{points c1-half-life}}, O1)

The picture shows how the plasma level of one drug falls after a single intravenous dose in people. The level axis is logarithmic. The same numbers stand in the table under the picture.

**What is the elimination half-life, in hours?** Write a number; being within half an hour is enough.
"""

# %% locked="c1-picture" tags=["skip-execution"]
simulators.semilog_decay.draw()

# %% answer="c1-half-life"
c1 = ...  # hours
### BEGIN SOLUTION
c1 = 11.4
### END SOLUTION

# %% test="c1-half-life" points=3 objective="O1" read="How long: the half-life"
with expect.item("c1-half-life", points=3, hidden=1) as item:
    item.number(c1, unit="hours", low=0, high=100)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the picture"):
        item.within(
            c1,
            evidence.value("ma-half-life-iv"),
            0.5,
            why="After one half-life the level stands at 50 %, after two at 25 %; on a logarithmic axis these steps are equally long.",
            misconceptions={
                "time-to-zero": (
                    48.0,
                    "You read how long the picture runs, as if the drug were gone there. The half-life is the time in which the level falls to a half: find 100 %, then 50 %.",
                ),
                "two-halvings": (
                    22.8,
                    "That is where 25 % is left, so two half-lives have passed. The half-life is the time from 100 % to 50 %.",
                ),
                "linear-axis": (
                    24.0,
                    "That is the middle of the time axis. The half-life is where the level has fallen to 50 %; on this axis 50 % is not half-way down.",
                ),
                "rate-for-half-life": (
                    0.061,
                    "That is the rate constant k (per hour). The half-life is ln 2 / k.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 2. What is left a day later ({{points c2-left-after-a-day}}, O1)

In people, methamphetamine's half-life after smoking is {{ma-half-life-smoked}}.

**How many per cent of the drug are still in the body 24 hours after the dose?** Write a number from 0 to 100; being within 1 is enough.
"""

# %% answer="c2-left-after-a-day"
c2 = ...  # per cent of the dose
### BEGIN SOLUTION
c2 = 21.1
### END SOLUTION

# %% test="c2-left-after-a-day" points=3 objective="O1" read="How long: the half-life"
with expect.item("c2-left-after-a-day", points=3, hidden=1) as item:
    item.number(c2, unit="per cent", low=0, high=100)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "24 hours"):
        if 0 < c2 < 1:
            item.fail(
                "That is a share between 0 and 1, or less than one per cent. The question asks for per cent: multiply the share by 100.",
                misconception="share-for-percent",
            )
        item.within(
            c2,
            100 * 0.5 ** (24 / evidence.value("ma-half-life-smoked")),
            1.0,
            why="24 h are 24 / 10.7 = 2.2 half-lives, and 0.5 to the power of 2.2 is 0.21: about a fifth is still there.",
            misconceptions={
                "two-half-lives-gone": (
                    0.0,
                    "You took the drug to be gone after two half-lives. Each half-life removes half of what is left, so two leave a quarter; there is no fixed time at which nothing is left.",
                ),
                "eliminated-for-left": (
                    100 * (1 - 0.5 ** (24 / evidence.value("ma-half-life-smoked"))),
                    "That is the share already eliminated; the question asks for the share still in the body.",
                ),
                "intravenous-half-life": (
                    100 * 0.5 ** (24 / evidence.value("ma-half-life-iv")),
                    "That fits the intravenous half-life from the lesson. Here the drug was smoked: use the half-life this question gives.",
                ),
                "whole-half-lives-only": (
                    25.0,
                    "You rounded to two whole half-lives. 24 h hold a little more than two, so a little less than a quarter is left.",
                ),
                "one-halving": (
                    50.0,
                    "You halved once. 24 h hold a little more than two half-lives, so halve twice and a bit.",
                ),
                "half-life-as-rate": (
                    100 * float(np.exp(-24 / evidence.value("ma-half-life-smoked"))),
                    "You divided by the half-life inside exp(). The rate constant is k = ln 2 / t½, so the share left is exp(−k·24).",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 3. Which drug made this curve? ({{points c3-flat-plateau}}, O3)

In a model synapse four substances are held at a *constant* level for three hours. Dopamine outside the cell, in per cent of its basal value, does this:

| curve | at 10 min | at 1 h | at 3 h |
|---|---|---|---|
| A | rises steeply | has passed its peak | back near basal or below, although the drug is still there |
| B | has risen to 300 % | 300 % | 300 % |
| C | stays at 100 % | 100 % | 100 % |
| D | falls below 100 % | stays below | stays below |

**Which curve is a substance that only *blocks the uptake* of dopamine?** Write the letter, small, in quotation marks.
"""

# %% answer="c3-flat-plateau"
c3 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c3 = "b"
### END SOLUTION

# %% test="c3-flat-plateau" points=3 objective="O3" read="How dopamine rises: block or release"
with expect.item("c3-flat-plateau", points=3, hidden=1) as item:
    item.letter(c3, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the curve"):
        item.choice(
            c3,
            "b",
            why="A blocker slows removal while release goes on, so dopamine settles at a new, flat level: with uptake slowed three-fold, at 300 %.",
            wrong={
                "a": (
                    "every-stimulant-releases",
                    "Curve A is release: it empties the stores, so dopamine falls although the drug is still there. A blocker takes nothing out of the stores.",
                ),
                "c": (
                    "block-needs-firing-stop",
                    "Curve C is no effect at all. Release goes on while uptake is slowed, so dopamine must rise until removal catches up.",
                ),
                "d": (
                    "block-lowers-dopamine",
                    "Curve D falls. Blocking the *removal* of dopamine leaves more of it outside the cell, not less.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 4. The dopamine is down, the drug is not ({{points c4-depletion}}, O3)

In the model of a full releaser, dopamine peaks early and three hours later stands below a quarter of its peak. At that moment the drug level is still 90 % of what it was.

**What is the best explanation?**

- **a**: The drug has been eliminated.
- **b**: The stores the drug releases from have run down.
- **c**: The receptors have become less sensitive.
- **d**: The transporter has started to pump dopamine back twice as fast.

Write the letter in quotation marks.
"""

# %% answer="c4-depletion"
c4 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c4 = "b"
### END SOLUTION

# %% test="c4-depletion" points=3 objective="O3" read="How dopamine rises: block or release"
with expect.item("c4-depletion", points=3, hidden=1) as item:
    item.letter(c4, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the explanation"):
        item.choice(
            c4,
            "b",
            why="Release came out of the vesicles, and synthesis refills them slowly: an effect can fade while the drug stays. That is acute tolerance by depletion.",
            wrong={
                "a": (
                    "effect-gone-means-drug-gone",
                    "The question says that 90 % of the drug is still there. A fading effect does not show that the drug is gone: read the drug level and the effect separately.",
                ),
                "c": (
                    "receptors-change-dopamine",
                    "Receptor sensitivity would change what dopamine *does*. What fell here is the amount of dopamine itself, measured outside the cell.",
                ),
                "d": (
                    "uptake-speeds-up",
                    "The drug slows the transporter and runs it backwards; nothing in this model makes uptake faster. Look at what is left in the vesicles.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 5. 1,500 % against 350 % ({{points c5-missing-dose}}, O4)

A made-up slide shows dopamine in the nucleus accumbens of rats: one bar for methamphetamine reaches "1,500 %", one for cocaine "350 %". The speaker concludes: *methamphetamine is the stronger drug*.

**Which missing piece of information matters most before anyone may compare the two bars?**

- **a**: The colour code of the bars.
- **b**: Whether the rats were male or female.
- **c**: The dose of each drug.
- **d**: Nothing is missing; the higher bar is the stronger drug.

Write the letter in quotation marks.
"""

# %% answer="c5-missing-dose"
c5 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c5 = "c"
### END SOLUTION

# %% test="c5-missing-dose" points=3 objective="O4" read="How much: the dose decides"
with expect.item("c5-missing-dose", points=3, hidden=1) as item:
    item.letter(c5, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the missing information"):
        item.choice(
            c5,
            "c",
            why="Each drug has a dose–response curve. In one laboratory with several doses of each, both reached about the same maximum, so one bar per drug mostly shows which dose was chosen.",
            wrong={
                "a": (
                    "labels-before-design",
                    "A colour code helps to read a figure, but it cannot make two different experiments comparable. Ask what the animals were given.",
                ),
                "b": (
                    "any-missing-detail-is-decisive",
                    "Sex may matter and should be reported, but the height of each bar depends first of all on how much of the drug was given.",
                ),
                "d": (
                    "bigger-bar-stronger-drug",
                    "A bar is one point of a dose–response curve. Without the doses, a higher bar may only mean a higher dose.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 6. Per cent *of* and per cent *above* ({{points c6-of-or-above}}, O4)

At high doses methamphetamine raised dopamine to {{ma-da-peak-nac}}. Take the middle of that range, {{ma-da-peak-nac.number}} % **of** basal.

**By how many per cent does that stand *above* basal?** Write a number.
"""

# %% answer="c6-of-or-above"
c6 = ...  # per cent above basal
### BEGIN SOLUTION
c6 = 1150
### END SOLUTION

# %% test="c6-of-or-above" points=3 objective="O4" read="How much: the dose decides"
with expect.item("c6-of-or-above", points=3, hidden=1) as item:
    item.number(c6, unit="per cent above basal", low=0, high=100000)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the conversion"):
        item.within(
            c6,
            evidence.value("ma-da-peak-nac") - 100,
            0.5,
            why="Basal itself is 100 % of basal, so 'of' and 'above' always differ by 100 points: 1,250 % of is 1,150 % above.",
            misconceptions={
                "of-equals-above": (
                    evidence.value("ma-da-peak-nac"),
                    "You took 'per cent of' for 'per cent above'. Basal itself is 100 % of basal and 0 % above it: take 100 away.",
                ),
                "fold-for-percent": (
                    evidence.value("ma-da-peak-nac") / 100,
                    "That is the factor (12.5 times basal). The question asks for per cent above basal: (12.5 − 1) × 100.",
                ),
                "fold-above": (
                    evidence.value("ma-da-peak-nac") / 100 - 1,
                    "That is the factor above basal; as per cent it is 100 times as much.",
                ),
                "added-instead": (
                    evidence.value("ma-da-peak-nac") + 100,
                    "You added 100 points. What is *above* basal leaves the basal 100 % out: take 100 away.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 7. The plasma level over time ({{points m1-plasma}}, O5)

From here on you write functions. NumPy is loaded as `np`. A function that works for one number works for an array too if you use `np.exp` and `np.log`.

Write `plasma(t_h, dose_mg, F, V_L, ka, t_half_h)`: the plasma concentration after one dose that is absorbed first (one compartment, first-order absorption).

$$C(t) = \frac{F \cdot D}{V}\,\frac{k_a}{k_a - k_e}\left(e^{-k_e t} - e^{-k_a t}\right), \qquad k_e = \frac{\ln 2}{t_{1/2}}$$

| name | meaning | unit |
|---|---|---|
| `t_h` | times since the dose, array (any shape, all ≥ 0) | h |
| `dose_mg` | dose | mg |
| `F` | share of the dose that reaches the blood | 0–1 |
| `V_L` | volume of distribution | L |
| `ka` | absorption rate constant | 1/h |
| `t_half_h` | elimination half-life | h |

**Returns** the concentration in mg/L, with the shape of `t_h`. **Edge case:** when `ka` equals $k_e$ the formula divides zero by zero; return its limit, $C(t) = \frac{F D}{V}\, k_e\, t\, e^{-k_e t}$.

The numbers in the check are a calculation example, not a dose for anyone.
"""


# %% answer="m1-plasma"
def plasma(t_h, dose_mg, F, V_L, ka, t_half_h):
    """Plasma concentration (mg/L) after one absorbed dose."""
    ### BEGIN SOLUTION
    ke = np.log(2) / t_half_h
    if np.isclose(ka, ke, rtol=1e-9):
        return F * dose_mg / V_L * ke * t_h * np.exp(-ke * t_h)
    return F * dose_mg / V_L * ka / (ka - ke) * (np.exp(-ke * t_h) - np.exp(-ka * t_h))
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m1-plasma" points=4 objective="O5" read="How long: the half-life"
with expect.item("m1-plasma", points=4, hidden=2) as item:
    level = item.call(plasma, np.array([1.0, 2.0, 3.0]), 30, 0.67, 294, 1.2, 10.7)
    item.shape(level, (3,))

    ### BEGIN HIDDEN TESTS
    def bateman(t, ke, F=0.67, with_prefactor=True):
        prefactor = 1.2 / (1.2 - ke) if with_prefactor else 1.0
        return F * 30 / 294 * prefactor * (np.exp(-ke * t) - np.exp(-1.2 * t))

    times = np.array([1.0, 2.0, 3.0])
    item.diagnose(
        level,
        rtol=1e-3,
        misconceptions={
            "half-life-as-rate": (
                bateman(times, 10.7),
                "You used the half-life itself as the rate constant. A rate constant is per hour: k = ln 2 / t½.",
            ),
            "no-ln-two": (
                bateman(times, 1 / 10.7),
                "You used 1 / t½ as the rate constant. With 1 / t½ the level falls to 37 %, not to a half, in one half-life: k = ln 2 / t½.",
            ),
            "bioavailability-ignored": (
                bateman(times, np.log(2) / 10.7, F=1.0),
                "The whole dose reaches the blood in your function. Multiply the dose by F, the share that gets there.",
            ),
            "prefactor-missing": (
                bateman(times, np.log(2) / 10.7, with_prefactor=False),
                "The factor ka / (ka − ke) in front of the bracket is missing.",
            ),
        },
    )
    ### END HIDDEN TESTS
    item.close(level, [0.0460, 0.0569, 0.0575], rtol=2e-3)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "another drug, route and set of times"):
        times = np.array([[0.0, 0.5], [6.0, 30.0]])
        ke = np.log(2) / 1.3
        expected = 0.8 * 12 / 150 * 3.5 / (3.5 - ke) * (np.exp(-ke * times) - np.exp(-3.5 * times))
        level = item.call(plasma, times, 12, 0.8, 150, 3.5, 1.3)
        item.shape(level, (2, 2))
        item.close(level, expected, rtol=1e-3, atol=1e-12)
    with item.part(1, "an absorption rate equal to the elimination rate"):
        ke = np.log(2) / 5.0
        level = item.call(plasma, np.array([1.0, 4.0, 12.0]), 10, 0.9, 100, ke, 5.0)
        if not np.all(np.isfinite(level)):
            item.fail(
                "When ka equals ke your function divides zero by zero (nan or inf). Return the limit the prompt gives for that case.",
                misconception="singular-limit-ignored",
            )
        item.close(
            level,
            0.9 * 10 / 100 * ke * np.array([1.0, 4.0, 12.0]) * np.exp(-ke * np.array([1.0, 4.0, 12.0])),
            rtol=1e-3,
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 8. Repeated exposures add up ({{points m2-superpose}}, O2)

Levels of repeated doses add (superposition): each dose contributes what it would contribute alone, counted from its own time.

Write `superpose(t, dose_times, c_single)`:

- `t`: array of times (h);
- `dose_times`: list or array of the times at which a dose was taken (h);
- `c_single`: a *function*; `c_single(x)` gives the level `x` hours after one dose, for arrays `x` ≥ 0. It means nothing for negative `x`.

**Returns** an array like `t` with the summed level. A dose that lies in the future contributes nothing; at the moment of a dose (`x` = 0) it counts.
"""


# %% answer="m2-superpose"
def superpose(t, dose_times, c_single):
    """Summed level at the times `t` of doses taken at `dose_times`."""
    ### BEGIN SOLUTION
    t = np.asarray(t, dtype=float)
    total = np.zeros_like(t)
    for dose_time in dose_times:
        since = t - dose_time
        total = total + np.where(since >= 0, c_single(np.maximum(since, 0)), 0.0)
    return total
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m2-superpose" points=4 objective="O2" read="How repeated exposures add up"
with expect.item("m2-superpose", points=4, hidden=2) as item:

    def c_single(x):
        return np.exp(-0.2 * x)

    level = item.call(superpose, np.array([0.0, 1.0, 5.0]), [0.0], c_single)
    item.shape(level, (3,))
    item.close(level, np.exp(-0.2 * np.array([0.0, 1.0, 5.0])), rtol=1e-6)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "three doses"):
        times, doses = np.array([0.0, 2.0, 4.0, 6.0, 10.0]), np.array([0.0, 4.0, 8.0])
        since = times[:, None] - doses
        each = np.where(since >= 0, np.exp(-0.2 * since), 0.0)
        level = item.call(superpose, times, doses, c_single)
        item.shape(level, (5,))
        item.close(
            level,
            each.sum(axis=1),
            rtol=1e-6,
            misconceptions={
                "future-doses-count": (
                    np.exp(-0.2 * since).sum(axis=1),
                    "Doses that lie in the future already contribute in your sum. Count a dose only from its own time on.",
                ),
                "only-last-dose": (
                    np.array([1.0, np.exp(-0.4), 1.0, np.exp(-0.4), np.exp(-0.4)]),
                    "Only the last dose is left in your sum. Earlier doses are still being eliminated and add to it.",
                ),
                "mean-of-doses": (
                    each.mean(axis=1),
                    "You averaged over the doses. Levels add: use the sum.",
                ),
                "distance-in-time": (
                    np.exp(-0.2 * np.abs(since)).sum(axis=1),
                    "You used the distance in time, so a future dose counts as if it lay in the past. Leave out every dose with t before its time.",
                ),
            },
        )
    with item.part(1, "times before the first dose"):
        level = item.call(superpose, np.array([0.0, 3.0, 5.0]), [3.0], c_single)
        item.close(level, [0.0, 1.0, np.exp(-0.4)], rtol=1e-6)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 9. Dopamine when uptake is blocked ({{points m3-dopamine-steady}}, O3)

Outside the cell, dopamine settles where release equals uptake. Uptake follows Michaelis–Menten, and a competitive blocker at level $i$ (in units of its inhibition constant) makes the transporter's affinity look $(1+i)$ times weaker:

$$R = \frac{V_{max}\,e}{K_m(1+i) + e}$$

Write `dopamine_steady(release, Vmax, Km, i)`: solve this for $e$ and return it, a number in µM (`release` and `Vmax` in µM/s, `Km` in µM).

**Edge case:** when `release` is at least `Vmax`, uptake can never catch up; return `np.inf`.
"""


# %% answer="m3-dopamine-steady"
def dopamine_steady(release, Vmax, Km, i):
    """Steady extracellular dopamine (µM) under a competitive uptake blocker."""
    ### BEGIN SOLUTION
    if release >= Vmax:
        return np.inf
    return Km * (1 + i) * release / (Vmax - release)
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m3-dopamine-steady" points=4 objective="O3" read="How dopamine rises: block or release"
with expect.item("m3-dopamine-steady", points=4, hidden=2) as item:
    basal = item.call(dopamine_steady, 0.4, 4.0, 0.2, 0.0)
    item.shape(basal, ())
    ### BEGIN HIDDEN TESTS
    item.diagnose(
        basal,
        rtol=1e-4,
        misconceptions={
            "linear-uptake": (
                0.2 * 0.4 / 4.0,
                "You left out that uptake saturates: solving for e gives Vmax − release below the line, not Vmax.",
            )
        },
    )
    ### END HIDDEN TESTS
    item.close(basal, 0.022222, rtol=1e-4)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "a blocker present"):
        blocked = item.call(dopamine_steady, 0.5, 4.5, 0.25, 3.0)
        item.close(
            blocked,
            0.25 * 4 * 0.5 / 4.0,
            rtol=1e-4,
            misconceptions={
                "block-cuts-vmax": (
                    0.25 * 0.5 / (4.5 / 4 - 0.5),
                    "You divided Vmax by (1 + i). That is what removing transporters does; a competitive blocker leaves Vmax and raises the apparent Km.",
                ),
                "block-raises-affinity": (
                    0.25 / 4 * 0.5 / 4.0,
                    "You divided Km by (1 + i), so blocking lowers dopamine. A blocker makes the affinity look weaker: multiply Km.",
                ),
                "level-as-percent": (
                    0.25 * 1.03 * 0.5 / 4.0,
                    "You took i for per cent. It is the blocker's level in units of its inhibition constant: use (1 + i).",
                ),
            },
        )
    with item.part(1, "release as fast as the fastest uptake"):
        item.close(item.call(dopamine_steady, 4.0, 4.0, 0.2, 1.0), np.inf)
        item.close(item.call(dopamine_steady, 5.0, 4.0, 0.2, 0.0), np.inf)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 10. What the kidney does to the half-life ({{points m4-urinary-half-life}}, O1)

Clearance is the volume of plasma freed of drug per hour. Part of methamphetamine's clearance, `CL_renal`, leaves by the urine and changes with the acidity of the urine; the rest of `CL_total` does not. With the volume of distribution unchanged, the half-life is inversely proportional to the total clearance.

Write `urinary_half_life(t_half_h, CL_total, CL_renal, factor)`: the new half-life (h) when the *renal part alone* is multiplied by `factor` (0 = no urinary elimination, 1 = unchanged, 2 = doubled). `CL_total` includes `CL_renal`; both are in L/h per kg.

**Edge case:** when no clearance at all is left, return `np.inf`.
"""


# %% answer="m4-urinary-half-life"
def urinary_half_life(t_half_h, CL_total, CL_renal, factor):
    """Half-life (h) after the renal part of the clearance is multiplied by `factor`."""
    ### BEGIN SOLUTION
    new_total = CL_total - CL_renal + factor * CL_renal
    return t_half_h * CL_total / new_total if new_total > 0 else np.inf
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m4-urinary-half-life" points=4 objective="O1" read="How long: the half-life"
with expect.item("m4-urinary-half-life", points=4, hidden=2) as item:
    unchanged = item.call(urinary_half_life, 11.4, 0.272, 0.1, 1.0)
    item.shape(unchanged, ())
    ### BEGIN HIDDEN TESTS
    item.diagnose(
        unchanged,
        rtol=1e-4,
        misconceptions={
            "renal-on-top": (
                11.4 * 0.272 / 0.372,
                "You added the renal clearance to a total that already includes it. Take the old renal part out first, then put the new one in.",
            ),
            "renal-is-all": (
                11.4 * 0.272 / 0.1,
                "Only the renal part is left in your new clearance. The rest of the body goes on eliminating: add what is not renal.",
            ),
        },
    )
    ### END HIDDEN TESTS
    item.close(unchanged, 11.4, rtol=1e-4)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "a changed urine"):
        longer = item.call(urinary_half_life, 11.4, 0.272, 0.1, 0.0)
        item.close(
            longer,
            11.4 * 0.272 / 0.172,
            rtol=1e-4,
            misconceptions={
                "clearance-lengthens": (
                    11.4 * 0.172 / 0.272,
                    "Less clearance makes your half-life shorter. Half-life and clearance run in opposite directions: t½ = ln 2 · V / CL.",
                ),
                "factor-on-half-life": (
                    0.0,
                    "You multiplied the half-life by the factor. The factor acts on the renal part of the clearance only.",
                ),
                "factor-on-total": (
                    np.inf,
                    "You multiplied the whole clearance by the factor. Only its renal part changes.",
                ),
            },
        )
        item.close(item.call(urinary_half_life, 10.0, 0.3, 0.12, 2.0), 10.0 * 0.3 / 0.42, rtol=1e-4)
    with item.part(1, "no clearance left"):
        item.close(item.call(urinary_half_life, 8.0, 0.2, 0.2, 0.0), np.inf)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 11. In your own words ({{points f1-one-bar-per-drug}}, O4)

A friend shows you the review's Figure 2 and says: *"Methamphetamine gives you four times the dopamine of cocaine and keeps it up for twelve hours. No wonder nobody stops."*

**Answer your friend in at most 150 words.** Say what the figure can and cannot show, keep the rat and the human clock apart, and say what does *not* follow about people. A person reads this; nobody expects perfect prose.
"""

# %% [markdown] free="f1-one-bar-per-drug" points=6 objective="O4" read="What the review says, what the evidence says"
"""
=== BEGIN MARK SCHEME ===
Two points each for the first two criteria, one each for the others.

1. **Dose** (2): says that each bar is one dose and that the ranking depends on the doses chosen; 1 point if dose is named without saying why it matters.
2. **Two clocks** (2): the dopamine curve is rat microdialysis over about three hours, the twelve hours are (roughly) a human plasma half-life; 1 point for species *or* quantity alone.
3. **Effect is not level** (1): a dopamine rise fades while the drug is still there, or: a half-life is not a duration of effect.
4. **No leap to people** (1): a rat's dopamine peak does not show that "nobody stops"; mentions that many people do, or that return to use has other causes. Person-first language.
=== END MARK SCHEME ===
"""

# %% [markdown]
"""
## Check everything

Save first (Ctrl+S), then run the next cell. It judges the saved notebook with all checks, hidden ones included, and says why. The text in item 11 is read by a person; studying alone, compare yours with the lesson's section *What the review says, what the evidence says*. The same in a terminal: `autograder check exercises.ipynb`.
"""

# %% tags=["skip-execution"]
import autograder

autograder.check_notebook("exercises.ipynb")
