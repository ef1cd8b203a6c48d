# %% [markdown]
"""
# Exercises 06: preoccupation and anticipation

**42 points · about 60 minutes · save often (Ctrl+S)**

How it works:

1. An **answer cell** holds three dots, `...`. Put your answer in their place and run the cell with Shift+Enter.
2. The **check cell** under it is locked. Run it: it says in one sentence whether your answer has the right form, and how many hidden checks decide the points.
3. The **last cell** of this notebook judges everything, with the reasons. Use it as often as you like.

The first five items need no programming and are worth 20 points; the four functions after them 16; the short text at the end, which a person reads, 6.

What you show here: **O1** predict when a preference turns as a date comes near · **O2** tell a head start from a stronger pull, by choices *and* times · **O3** say what extinction leaves behind, and what a change of place may bring back · **O4** say when taking a trigger away does not end a state · **O5** judge what is claimed about this stage.

All people, studies and numbers here are made up. Nothing asks about your own life, and nothing here predicts a person.
"""

# %% locked="setup"
import numpy as np

from autograder import expect


def two_numbers(item, result):
    """The result is a pair of numbers; one sentence if it is not."""
    if not hasattr(result, "__len__") or len(result) != 2:
        item.fail("Give back two numbers, the share and the mean time: end with `return p, mean_t`.")
    for part in result:
        item.shape(part, ())


def two_places(item, result, length):
    """The result is two arrays of this length; one sentence if it is not."""
    if not hasattr(result, "__len__") or len(result) != 2:
        item.fail("Give back two arrays, the responses in B and in A: end with `return resp_B, resp_A`.")
    for part in result:
        item.shape(part, (length,))


# %% [markdown]
r"""
## 1. The day on which the preference turns ({{points c1-reversal}}, O1)

A made-up person can have 60 points on a certain day, or 100 points 24 days later than that. Seen from long before, the 100 look better. The person discounts hyperbolically: with $D$ the days until a reward comes, its value now is

$$V = \frac{A}{1 + kD}, \qquad k = 0.05 \text{ per day}$$

**1. How many days before the 60 points does the preference turn to them?** (One day more or less is counted as right.)

**2. Somebody else discounts *exponentially*, $V = A\,e^{-kD}$, and very steeply: seen from long before, the 60 points already look better. How many times does this preference turn as the day of the 60 points comes near?**
"""

# %% answer="c1-reversal"
c1_days = ...  # days before the 60 points
c1_times = ...  # how many times it turns
### BEGIN SOLUTION
c1_days = 16
c1_times = 0
### END SOLUTION

# %% test="c1-reversal" points=4 objective="O1" read="The nearer, the larger"
with expect.item("c1-reversal", points=4, hidden=2) as item:
    item.number(c1_days, unit="days", low=0, high=10000)
    item.number(c1_times, unit="times", low=0, high=100)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "the day"):
        item.diagnose(
            c1_days,
            atol=0.9,
            misconceptions={
                "counted-to-the-larger": (
                    40,
                    "You counted to the larger reward. The question asks for the days before the smaller one, which comes 24 days earlier.",
                ),
                "half-value-delay": (
                    20,
                    "That is 1/k, the delay at which a reward is worth half. The preference turns where the two values are equal: set them equal and solve for the days.",
                ),
                "gap-is-the-answer": (
                    24,
                    "That is the gap between the two rewards. Ask how far away the smaller one must be for both to have the same value now.",
                ),
                "gap-ignored": (
                    13.3,
                    "You asked when the 100 points are worth 60. But the 60 points lie in the future as well: discount both.",
                ),
                "k-missing": (
                    0.8,
                    "The equation is almost solved: divide by k as well, so that the result is in days.",
                ),
            },
        )
        item.close(c1_days, 16, atol=1.0)
    with item.part(2, "exponential discounting"):
        item.diagnose(
            c1_times,
            misconceptions={
                "impatience-reverses": (
                    1,
                    "Impatience alone does not turn a preference. With exponential discounting the ratio of the two values stays the same however near they come, so whoever prefers one keeps preferring it.",
                ),
                "turns-back": (
                    2,
                    "The two curves do not cross at all: their ratio is the same at every distance. So nothing turns, and nothing turns back.",
                ),
            },
        )
        item.within(
            c1_times,
            0,
            1e-9,
            why="Hyperbolic: 60/(1 + 0.05·16) = 100/(1 + 0.05·40), both 33.3. Exponential: the ratio of the values never changes, so even a very impatient person stays with one choice.",
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 2. From half to four fifths ({{points c2-bias-or-drift}}, O2)

In a choice task a group pressed "go" in half of the trials. After a picture that reminds them of the drug they press it in four fifths. Only these two shares were written down.

**In terms of the drift–diffusion model, what has changed?**

- **a**: The drift: the picture makes "go" more attractive at every moment.
- **b**: The starting point: the picture gives "go" a head start.
- **c**: The shares do not tell; one would have to look at the times of both kinds of answer.
- **d**: The bounds have come closer, so that people answer with less evidence.

Write the letter in quotation marks.
"""

# %% answer="c2-bias-or-drift"
c2 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c2 = "c"
### END SOLUTION

# %% test="c2-bias-or-drift" points=4 objective="O2" read="A head start or a stronger pull"
with expect.item("c2-bias-or-drift", points=4, hidden=1) as item:
    item.letter(c2, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(4, "what the shares tell"):
        item.choice(
            c2,
            "c",
            why="A head start and a stronger pull can each make any share from a half upwards. They part in the times: with a head start the frequent answer is also the fast one, with a pull from a start in the middle both take equally long.",
            wrong={
                "a": (
                    "share-shows-drift",
                    "It may be the drift. But a start nearer to 'go' makes the very same share with no drift at all. Which further measurement would part the two?",
                ),
                "b": (
                    "share-shows-bias",
                    "It may be the starting point. But a drift from the middle makes the very same share. Which further measurement would part the two?",
                ),
                "d": (
                    "bounds-change-an-even-share",
                    "With closer bounds an even choice stays even and only becomes faster. Something must favour one side: the start or the drift.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 3. Where to practise ({{points c3-where-to-extinguish}}, O3)

A clinic plans sessions in which people look at things that remind them of the drug, without any use following, until the wish fades. Where should they be held?

**Which reason holds, by the lesson's model *and* by what has been found?**

- **a**: In the quiet room of the clinic, until nothing is left; what is gone there is gone everywhere.
- **b**: In several places, some of them like those of everyday life. The model expects less to come back then; in people, that advantage has still to be shown.
- **c**: Nowhere. Since a wish can come back in another place, nothing is learnt in such sessions.
- **d**: In the quiet room, but with twice as many sessions. If enough is learnt there, it carries over by itself.

Write the letter in quotation marks.
"""

# %% answer="c3-where-to-extinguish"
c3 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c3 = "b"
### END SOLUTION

# %% test="c3-where-to-extinguish" points=4 objective="O3" read="Quiet here, loud there"
with expect.item("c3-where-to-extinguish", points=4, hidden=1) as item:
    item.letter(c3, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(4, "the reason"):
        item.choice(
            c3,
            "b",
            why="What is learnt is tied to where it is learnt, so the model wants it learnt where it will be needed. And whoever says so adds how far it has been tested in people.",
            wrong={
                "a": (
                    "extinction-erases",
                    "Extinction does not erase. It adds something new, 'nothing follows here', which hides the old as long as the place speaks for it.",
                ),
                "c": (
                    "renewal-means-nothing-learnt",
                    "Something was learnt, or the wish would not have faded in that place. What came back shows that it was tied to the place, not that it was nothing.",
                ),
                "d": (
                    "more-trials-instead-of-places",
                    "More sessions in one place make the response there smaller. What carries over to another place is a separate matter: with g = 0 it is nothing, after however many sessions.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 4. Up at one place, down at another ({{points c4-hysteresis}}, O4)

In the lesson's switch, with $w = 6$, a low state jumps **up** when the input rises above −2.585, and a high state jumps **down** when the input falls below −3.415. (A more negative input means a weaker trigger.)

A made-up week begins in the low state. The input is, step by step:

| step | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |
|---|---|---|---|---|---|---|---|---|
| input | −4 | −3 | −3.3 | −2.5 | −3 | −3.3 | −3.5 | −3 |

At each step the state has time to settle. **In how many of the eight steps is the state high at the end of the step?**
"""

# %% answer="c4-hysteresis"
c4 = ...  # steps, 0 to 8
### BEGIN SOLUTION
c4 = 3
### END SOLUTION

# %% test="c4-hysteresis" points=4 objective="O4" read="A thought that keeps itself going"
with expect.item("c4-hysteresis", points=4, hidden=1) as item:
    item.number(c4, unit="steps", low=0, high=8)
    ### BEGIN HIDDEN TESTS
    with item.part(4, "the number of steps"):
        item.within(
            c4,
            3,
            1e-9,
            why="Low, low, low; up at −2.5; still high at −3 and −3.3, where it had been low before; down at −3.5; and low at −3, where two steps earlier it was high. The input alone does not tell the state: one must know where it came from.",
            misconceptions={
                "symptom-tracks-trigger": (
                    1,
                    "You let the state follow the input, high only while the trigger is strong. Once up, it stays up until the input falls below the *other* threshold.",
                ),
                "never-comes-back": (
                    5,
                    "You let it stay high for good. It does come down, at the step at which the input falls below −3.415.",
                ),
                "one-threshold-below": (
                    6,
                    "You counted every input above −3.415. That is where a *high* state ends; a low state stays low until the input passes −2.585.",
                ),
                "one-threshold-between": (
                    4,
                    "You used one threshold between the two. There are two, and which of them counts depends on the state before.",
                ),
                "up-step-not-counted": (
                    2,
                    "You left out the step of the jump itself. At its end the state is high.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 5. A good test in another place ({{points c5-base-rate}}, O5)

In a made-up study, an app that listens to the voice marked 9 of 10 people who returned to use within a month, and 1 of 10 of those who did not. Half of the people in the study returned.

In a clinic that wants to use the app, 10 of 100 people return to use within a month. **Of those whom the app marks there, how many per cent will return?** (Take both shares, nine tenths and one tenth, to be the same in the clinic.)
"""

# %% answer="c5-base-rate"
c5 = ...  # per cent of those marked
### BEGIN SOLUTION
c5 = 50
### END SOLUTION

# %% test="c5-base-rate" points=4 objective="O5" read="What the review says, what the evidence says"
with expect.item("c5-base-rate", points=4, hidden=1) as item:
    item.number(c5, unit="per cent", low=0, high=100)
    ### BEGIN HIDDEN TESTS
    with item.part(4, "the share"):
        if 0 < c5 < 1:
            item.fail(
                "That is a share between 0 and 1. The question asks for per cent: multiply by 100.",
                misconception="share-for-percent",
            )
        item.diagnose(
            c5,
            atol=0.4,
            misconceptions={
                "sensitivity-for-predictive-value": (
                    90,
                    "Nine tenths is the share of those who *return* that are marked. The question turns it round: the share of those *marked* who return. Count both groups of marked people among 100.",
                ),
                "base-rate-for-predictive-value": (
                    10,
                    "That is how many return before anybody is marked. Among the marked it is more. Count both groups of marked people among 100.",
                ),
                "true-positives-of-all": (
                    9,
                    "Nine people are marked and return, out of 100. Divide by the marked people only: nine, and those marked wrongly.",
                ),
                "marked-of-all": (
                    18,
                    "That is how many of 100 people are marked. How many of these return?",
                ),
                "specificity-multiplied": (
                    81,
                    "You multiplied the two shares of right answers. They belong to two different groups of people; count the marked ones in each group.",
                ),
            },
        )
        item.within(
            c5,
            50,
            1.0,
            why="Of 100 people 10 return and 9 of them are marked; of the 90 others 9 are marked too. So 9 of 18 marked people return. In the study, where half returned, it was 9 of 10: the app has not become worse, the base rate has changed.",
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 6. When does the preference turn? ({{points m1-reversal-delay}}, O1)

From here on you write functions. NumPy is loaded as `np`.

A smaller reward `A1` comes first, a larger one `A2` comes `gap` days after it. Both are discounted hyperbolically, $V = A/(1 + kD)$, where $D$ is the delay of each.

Write `reversal_delay(A1, A2, gap, k)`: how many days *before the smaller reward* both have the same value.

| name | meaning |
|---|---|
| `A1`, `A2` | the two rewards, 0 < `A1` < `A2` |
| `gap` | days from the smaller to the larger reward, > 0 |
| `k` | discount rate per day, > 0 |

**Returns** one number, in days.

**Edge case:** when the larger reward is still preferred at the very moment at which the smaller one is there, there is no such day: return `np.nan`. (You will notice: the formula then gives a number below zero.)
"""


# %% answer="m1-reversal-delay"
def reversal_delay(A1, A2, gap, k):
    """Days before the smaller reward at which both have the same value; nan if that never happens."""
    ### BEGIN SOLUTION
    days = (A1 * (1 + k * gap) - A2) / (k * (A2 - A1))
    return days if days >= 0 else np.nan
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m1-reversal-delay" points=4 objective="O1" read="The nearer, the larger"
with expect.item("m1-reversal-delay", points=4, hidden=2) as item:
    days = item.call(reversal_delay, 50.0, 100.0, 30.0, 0.1)
    item.shape(days, ())
    ### BEGIN HIDDEN TESTS
    item.diagnose(
        days,
        rtol=1e-3,
        misconceptions={
            "exponential": (
                np.log(2) / 0.1,
                "You discounted exponentially. Then the two values keep their ratio and no day exists at which they meet. Use V = A / (1 + kD).",
            ),
            "gap-ignored": (
                10,
                "You asked when the larger reward alone is worth as much as the smaller one in hand. Here both are discounted: the smaller over t days, the larger over t + gap.",
            ),
            "counted-to-the-larger": (
                50,
                "You counted to the larger reward. Take the gap away: the days before the *smaller* one are asked for.",
            ),
            "rewards-exchanged": (
                -70,
                "A1 and A2 are exchanged in your equation. The smaller reward, A1, comes first.",
            ),
            "k-missing": (
                2,
                "Divide by k as well: without it your result is in units of 1/k, not in days.",
            ),
        },
    )
    ### END HIDDEN TESTS
    item.close(days, 20, rtol=1e-3)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "other rewards and a slower discounting"):
        cases = [(30.0, 45.0, 40.0, 0.02), (80.0, 100.0, 12.5, 0.3), (5.0, 20.0, 100.0, 0.08)]
        found = [item.call(reversal_delay, *case) for case in cases]
        for each in found:
            item.shape(each, ())
        item.close(
            found,
            [(A1 * (1 + k * gap) - A2) / (k * (A2 - A1)) for A1, A2, gap, k in cases],
            rtol=1e-3,
        )
    with item.part(1, "a larger reward that is never passed"):
        found = item.call(reversal_delay, 40.0, 100.0, 10.0, 0.1)
        item.shape(found, ())
        item.close(
            found,
            np.nan,
            misconceptions={
                "negative-day": (
                    (40 * 2 - 100) / 6,
                    "A day below zero lies after the smaller reward, and by then the choice is over: return np.nan.",
                ),
                "zero-for-never": (
                    0,
                    "Zero would mean that it turns at the last moment. Here it never turns: return np.nan.",
                ),
                "sign-dropped": (
                    20 / 6,
                    "You dropped the minus sign. A negative result means that there is no such day: return np.nan.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 7. How often, and how fast? ({{points m2-ddm-stats}}, O2)

Evidence starts at `z`, between a lower bound at 0 and an upper bound at `a`. It drifts upwards by `v` per second and is shaken by noise of strength `s`. The share of trials that end at the **upper** bound, and the mean time until *either* bound is reached, are

$$P = \frac{1 - e^{-2vz/s^2}}{1 - e^{-2va/s^2}}, \qquad E[T] = \frac{aP - z}{v}$$

Without a drift these become $P = z/a$ and $E[T] = z\,(a - z)/s^2$.

Write `ddm_stats(v, a, z, s)`:

| name | meaning |
|---|---|
| `v` | drift per second; may be negative or 0 |
| `a` | upper bound, > 0 |
| `z` | starting point, in the same units as `a`, 0 < `z` < `a` |
| `s` | strength of the noise, > 0 |

**Returns** two numbers, `p, mean_t`: the share (0–1) and the mean time in seconds.

**Edge case:** for `v = 0` the first formulas are 0/0; use the second ones.
"""


# %% answer="m2-ddm-stats"
def ddm_stats(v, a, z, s):
    """Share of trials that end at the upper bound, and the mean time to either bound."""
    ### BEGIN SOLUTION
    if v == 0:
        return z / a, z * (a - z) / s**2
    p = (1 - np.exp(-2 * v * z / s**2)) / (1 - np.exp(-2 * v * a / s**2))
    return p, (a * p - z) / v
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m2-ddm-stats" points=4 objective="O2" read="A head start or a stronger pull"
with expect.item("m2-ddm-stats", points=4, hidden=3) as item:
    result = item.call(ddm_stats, 1.0, 1.5, 0.75, 1.0)
    two_numbers(item, result)

    ### BEGIN HIDDEN TESTS
    def share(v, a, z, s2, factor=2.0):
        return (1 - np.exp(-factor * v * z / s2)) / (1 - np.exp(-factor * v * a / s2))

    def stats(v, a, z, s):
        p = share(v, a, z, s**2)
        return np.array([p, (a * p - z) / v])

    right = stats(1.0, 1.5, 0.75, 1.0)
    item.diagnose(
        result,
        rtol=2e-3,
        misconceptions={
            "no-factor-2": (
                [share(1.0, 1.5, 0.75, 1.0, 1.0), 1.5 * share(1.0, 1.5, 0.75, 1.0, 1.0) - 0.75],
                "The factor 2 is missing in the exponents: 2vz/s² and 2va/s².",
            ),
            "relative-start": (
                stats(1.0, 1.5, 0.75 * 1.5, 1.0),
                "You took z for a share of a and multiplied the two. z is already in the units of a.",
            ),
            "deterministic-time": (
                [right[0], 0.75],
                "Your time is that of a straight walk to the upper bound, (a − z)/v. The noise ends many trials earlier, some of them at the lower bound.",
            ),
            "lower-bound-share": (
                [1 - right[0], right[1]],
                "Your share belongs to the lower bound. P counts the trials that end at the upper one.",
            ),
            "numbers-exchanged": (
                right[::-1],
                "The two numbers are exchanged: first the share, then the time.",
            ),
            "time-upside-down": (
                [right[0], -right[1]],
                "Your mean time is below zero. It is (aP − z)/v, not (z − aP)/v.",
            ),
        },
    )
    ### END HIDDEN TESTS
    item.close(result, [0.8176, 0.4764], rtol=2e-3)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "a start off the middle, and a drift downwards"):
        cases = [(0.6, 2.0, 0.5, 1.0), (-0.9, 1.2, 0.8, 1.0)]
        found = [item.call(ddm_stats, *case) for case in cases]
        for each in found:
            two_numbers(item, each)
        item.close(
            found,
            [stats(*case) for case in cases],
            rtol=2e-3,
            misconceptions={
                "always-from-the-middle": (
                    [stats(0.6, 2.0, 1.0, 1.0), stats(-0.9, 1.2, 0.6, 1.0)],
                    "You started in the middle. The start z is given.",
                ),
            },
        )
    with item.part(1, "another strength of the noise"):
        found = item.call(ddm_stats, 0.8, 1.4, 0.5, 0.6)
        two_numbers(item, found)
        p_unsquared, p_one = share(0.8, 1.4, 0.5, 0.6), share(0.8, 1.4, 0.5, 1.0)
        item.close(
            found,
            stats(0.8, 1.4, 0.5, 0.6),
            rtol=2e-3,
            misconceptions={
                "s-not-squared": (
                    [p_unsquared, (1.4 * p_unsquared - 0.5) / 0.8],
                    "You divided by s. In the exponents it is squared: s².",
                ),
                "noise-ignored": (
                    [p_one, (1.4 * p_one - 0.5) / 0.8],
                    "You left the noise out. It divides the exponents, as s².",
                ),
            },
        )
    with item.part(1, "no drift"):
        found = item.call(ddm_stats, 0.0, 2.0, 0.6, 1.5)
        two_numbers(item, found)
        if np.any(np.isnan(np.asarray(found, dtype=float))):
            item.fail(
                "Without a drift your formula is 0/0. For v = 0 use P = z/a and E[T] = z(a − z)/s².",
                misconception="nan-at-zero-drift",
            )
        item.close(
            found,
            [0.3, 0.6 * 1.4 / 2.25],
            rtol=2e-3,
            misconceptions={
                "even-without-drift": (
                    [0.5, 0.6 * 1.4 / 2.25],
                    "Without a drift the choice is even only from the middle. From z it is z/a.",
                ),
                "s-not-squared": (
                    [0.3, 0.6 * 1.4 / 1.5],
                    "You divided the time by s. It is s², here too.",
                ),
                "noise-ignored": (
                    [0.3, 0.6 * 1.4],
                    "You left the noise out of the time: z(a − z) is divided by s².",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 8. Extinction here, renewal there ({{points m3-extinction-renewal}}, O3)

A response is 1 at first, in place A. Then, in place B, the cue comes `n` times and nothing follows. What is learnt there is an inhibition $L$, which begins at 0. It counts `h` times in B and `g` times in A:

$$\text{response in B} = 1 - hL, \qquad \text{response in A} = 1 - gL, \qquad L \leftarrow L + \alpha\,h\,(1 - hL)$$

The arrow happens once a trial, in B. Write `extinction_renewal(n, alpha, h, g)`:

| name | meaning |
|---|---|
| `n` | number of trials in B, a whole number ≥ 0 |
| `alpha` | learning rate, 0–1 |
| `h` | how strongly place B brings the inhibition up, ≥ 0 |
| `g` | how strongly place A does, ≥ 0 |

**Returns** two arrays of `n + 1` numbers, `resp_B, resp_A`: the responses before the first trial, after it, after the second, and so on.

**Edge case:** with `h = 0` nothing is learnt, and both stay at 1.
"""


# %% answer="m3-extinction-renewal"
def extinction_renewal(n, alpha, h, g):
    """Responses in B and in A before and after each of n trials of extinction in B."""
    ### BEGIN SOLUTION
    inhibition = np.zeros(n + 1)
    for trial in range(n):
        inhibition[trial + 1] = inhibition[trial] + alpha * h * (1 - h * inhibition[trial])
    return 1 - h * inhibition, 1 - g * inhibition
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m3-extinction-renewal" points=4 objective="O3" read="Quiet here, loud there"
with expect.item("m3-extinction-renewal", points=4, hidden=3) as item:
    result = item.call(extinction_renewal, 20, 0.2, 1.0, 0.0)
    two_places(item, result, 21)
    ### BEGIN HIDDEN TESTS
    faded = 0.8 ** np.arange(21)
    item.diagnose(
        result,
        misconceptions={
            "erasure": (
                [faded, faded],
                "In your function the response fades in A as well. That would be erasing. What is learnt in B counts only g times in A, and here g is 0.",
            ),
            "places-exchanged": (
                [np.ones(21), faded],
                "The two places are exchanged: B, where extinction happens, comes first.",
            ),
            "one-trial-early": (
                [0.8 ** np.arange(1, 22), np.ones(21)],
                "You begin after the first trial. The first entry is the response *before* it, 1.",
            ),
            "g-and-h-exchanged": (
                np.ones((2, 21)),
                "Nothing fades in your function. Is the arrow of the learning in it, and does place B, in which it is learnt, count h times and not g times?",
            ),
            "inhibition-given-back": (
                [1 - faded, np.zeros(21)],
                "You gave back the inhibition. The response is what it leaves: 1 − hL and 1 − gL.",
            ),
        },
    )
    ### END HIDDEN TESTS
    item.close(result, [0.8 ** np.arange(21), np.ones(21)], rtol=1e-6)
    ### BEGIN HIDDEN TESTS
    n, alpha, h, g = 8, 0.3, 0.7, 0.2
    trials = np.arange(n + 1)

    def fading(rate):
        return (1 - rate) ** trials

    with item.part(2, "a place that counts in part, and some of it elsewhere"):
        found = item.call(extinction_renewal, n, alpha, h, g)
        two_places(item, found, n + 1)
        kept = fading(alpha * h * h)
        item.close(
            found,
            [kept, 1 - g / h * (1 - kept)],
            rtol=1e-6,
            misconceptions={
                "erasure": (
                    [kept, kept],
                    "In A the inhibition counts g times, not h times. Extinction does not erase.",
                ),
                "transfer-ignored": (
                    [kept, np.ones(n + 1)],
                    "In A your response never moves. A part g of the inhibition counts there too: 1 − gL.",
                ),
                "h-once": (
                    [fading(alpha * h), 1 - g / h * (1 - fading(alpha * h))],
                    "Your inhibition grows by α(1 − hL). The place counts in learning too: α·h·(1 − hL).",
                ),
                "share-for-inhibition": (
                    [kept, 1 - g * (1 - kept)],
                    "You took what was lost in B for the inhibition. With h below 1 the inhibition is larger than that: keep L itself, and take 1 − gL.",
                ),
                "place-ignored": (
                    [fading(alpha), 1 - g * (1 - fading(alpha))],
                    "You left h out. It counts in learning and in the response.",
                ),
            },
        )
    with item.part(1, "a place A that counts more than B"):
        found = item.call(extinction_renewal, 5, 0.4, 0.5, 0.8)
        two_places(item, found, 6)
        kept = 0.9 ** np.arange(6)
        item.close(found, [kept, 1 - 1.6 * (1 - kept)], rtol=1e-6)
    with item.part(1, "no trial at all, and a place that brings up nothing"):
        found = item.call(extinction_renewal, 0, 0.2, 1.0, 0.5)
        two_places(item, found, 1)
        item.close(found, [1, 1])
        found = item.call(extinction_renewal, 3, 0.2, 0.0, 0.5)
        two_places(item, found, 4)
        if np.any(np.isnan(np.asarray(found, dtype=float))):
            item.fail(
                "With h = 0 your formula divides by zero. Nothing is learnt then, and both responses stay at 1.",
                misconception="nan-without-place",
            )
        item.close(found, np.ones(8))
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 9. How many states? ({{points m4-count-states}}, O4)

The switch of the lesson rests where

$$x = S(w x + I), \qquad S(u) = \frac{1}{1 + e^{-u}}$$

with $x$ from 0 to 1, $w$ how strongly the state keeps itself going, and $I$ the input, the trigger. Depending on $w$ and $I$ this equation has one solution or three; with three, the middle one is the ridge between the other two.

Write `count_states(w, trigger)`: the number of **all** its solutions, the ridge included. (`trigger` is the $I$ of the equation.)

Two ways lead there. *Search:* count how often $S(wx + I) - x$ changes its sign on a fine grid of $x$ from 0 to 1. *Reason:* for $w > 4$ there are three exactly when $I$ lies between the two folds, which are at $x = \tfrac12\left(1 \pm \sqrt{1 - 4/w}\right)$, $I = \ln\frac{x}{1-x} - wx$; otherwise there is one.

**Returns** a whole number. It is never asked for an input exactly at a fold.
"""


# %% answer="m4-count-states"
def count_states(w, trigger):
    """Number of solutions of x = S(w x + trigger)."""
    ### BEGIN SOLUTION
    if w <= 4:
        return 1
    x = (1 + np.array([1, -1]) * np.sqrt(1 - 4 / w)) / 2
    jump_down, jump_up = np.log(x / (1 - x)) - w * x
    return 3 if jump_down < trigger < jump_up else 1
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m4-count-states" points=4 objective="O4" read="A thought that keeps itself going"
with expect.item("m4-count-states", points=4, hidden=3) as item:
    count = item.call(count_states, 6.0, -3.05)
    item.shape(count, ())
    ### BEGIN HIDDEN TESTS
    item.diagnose(
        count,
        misconceptions={
            "stable-only": (
                2,
                "You counted the two states that hold. The ridge between them is a solution too: count all.",
            ),
            "input-ignored": (
                1,
                "You found one solution where there are three. Is the trigger in your equation, and does your search reach from 0 to 1?",
            ),
        },
    )
    ### END HIDDEN TESTS
    item.close(count, 3)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "inputs below, between and above the folds"):
        found = [item.call(count_states, *case) for case in [(6.0, -2.0), (6.0, -4.5), (6.0, -3.2), (4.5, -2.0)]]
        item.shape(found, (4,))
        item.close(
            found,
            [1, 1, 3, 1],
            misconceptions={
                "w-only": (
                    [3, 3, 3, 3],
                    "You looked at w alone. w > 4 makes three states possible; whether they are there depends on the input.",
                ),
            },
        )
    with item.part(1, "a state that hardly keeps itself going"):
        found = [item.call(count_states, *case) for case in [(3.0, -1.4), (1.5, -0.7), (-2.0, 0.5)]]
        item.shape(found, (3,))
        item.close(
            found,
            [1, 1, 1],
            misconceptions={
                "w-above-1": (
                    [3, 3, 1],
                    "Your border is w = 1. The steepest slope of S is a quarter, so the state must feed itself with w > 4 before the curve can cross the line three times.",
                ),
            },
        )
    with item.part(1, "a state that keeps itself going strongly"):
        found = [item.call(count_states, *case) for case in [(12.0, -6.4), (12.0, -2.0), (12.0, -9.5)]]
        item.shape(found, (3,))
        item.close(found, [3, 1, 1])
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 10. In your own words ({{points f1-no-use}}, O5)

A colleague on the ward says of a (made-up) woman with borderline personality disorder who has come back after a return to use: *"Her hippocampus is too small to learn where a cue is harmless, so all that exposure was wiped out when she went home. Next time we scan first: the scan knows with over ninety per cent who will relapse."*

**Answer your colleague in at most 150 words.** Say what extinction does and what a change of place shows; how far the sentence about the hippocampus is supported; what the number from the scan means and what would have to be known before it is used; and what you would tell the woman. A person reads this; nobody expects perfect prose.
"""

# %% [markdown] free="f1-no-use" points=6 objective="O5" read="What the review says, what the evidence says"
"""
=== BEGIN MARK SCHEME ===
Two points each for the first two criteria, one each for the others.

1. **Extinction and renewal** (2): extinction is new learning that hides the old and does not erase it; a response that comes back in another place shows that the learning was tied to a place, not that it is gone or was nothing. 1 point for one of the two halves. In people renewal was found in some experiments only: welcome, not required.
2. **Hippocampus** (2): in rats, damage to the hippocampus left renewal as it was or made it weaker, depending on the place of the test, so the direction is not given; nobody has measured it in people with BPD who use methamphetamine (and a group's mean volume says nothing of her). 1 point for one of the two halves.
3. **The scan** (1): the share was found in the people from whom the rule was made (men, few events, no other sample), and what a mark means depends on the base rate. Either is enough.
4. **What to tell her** (1): something true, useful and without blame, such as: what you learnt is still there; we will practise where you need it; most people's course goes up and down. Person-first language; no prediction.
=== END MARK SCHEME ===
"""

# %% [markdown]
"""
## Check everything

Save first (Ctrl+S), then run the next cell. It judges the saved notebook with all checks, hidden ones included, and says why. The text in item 10 is read by a person; studying alone, compare yours with the lesson's section *What the review says, what the evidence says*. The same in a terminal: `autograder check exercises.ipynb`.
"""

# %% tags=["skip-execution"]
import autograder

autograder.check_notebook("exercises.ipynb")
