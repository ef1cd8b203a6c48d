# %% [markdown]
"""
# Exercises 05: withdrawal, set points and recovery

**40 points · about 60 minutes · save often (Ctrl+S)**

How it works:

1. An **answer cell** holds three dots, `...`. Put your answer in their place and run the cell with Shift+Enter.
2. The **check cell** under it is locked. Run it: it says in one sentence whether your answer has the right form, and how many hidden checks decide the points.
3. The **last cell** of this notebook judges everything, with the reasons. Use it as often as you like.

The first six items need no programming and are worth 18 points; the four functions after them 16; the short text at the end, which a person reads, 6.

What you show here: **O1** say what the opponent-process model predicts, and compute it · **O2** tell a fixed set point from one that moves · **O3** read a recovery off two scans · **O4** judge sentences about withdrawal by what was measured · **O5** write these models as short functions.

Nothing here asks about your own life, and no item is about thoughts of suicide. Take the items in any order.
"""

# %% locked="setup"
import numpy as np

from autograder import expect

# %% [markdown]
"""
## 1. Lower, then higher ({{points c1-percent-of-what}}, O3)

Made-up scans of one group: at the first scan a transporter is **34 % lower** than in the controls. At the second scan it has **risen by 22 %** in the same people.

**Where does it stand now, in per cent of the controls?** Being within 0.3 is enough.
"""

# %% answer="c1-percent-of-what"
c1 = ...  # per cent of the controls
### BEGIN SOLUTION
c1 = 80.5
### END SOLUTION

# %% test="c1-percent-of-what" points=3 objective="O3" read="What two scans can say: Figure 4 rebuilt"
with expect.item("c1-percent-of-what", points=3, hidden=1) as item:
    item.number(c1, unit="per cent of the controls", low=0, high=200)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the second scan"):
        lower, gain = 34, 22
        item.within(
            c1,
            (100 - lower) * (1 + gain / 100),
            0.3,
            why="The gain is a share of where these people stood: 66 × 1.22. So a fifth is still missing, and a headline that adds 22 to 66 would halve what is missing.",
            misconceptions={
                "percent-is-points": (
                    100 - lower + gain,
                    "You added 22 points to 66. The rise is 22 % of what *these people* had at the first scan, and that was less than 100.",
                ),
                "share-of-the-gap": (
                    100 - lower + gain / 100 * lower,
                    "You took 22 % of what was missing. The rise is a share of what was there at the first scan.",
                ),
                "rise-is-the-rest": (
                    100 - gain,
                    "You took the rise for what is still missing. Begin at the first scan, and let that grow by 22 %.",
                ),
                "first-scan": (
                    100 - lower,
                    "That is the first scan. The question asks for the second.",
                ),
                "share-for-percent": (
                    (1 - lower / 100) * (1 + gain / 100),
                    "That is the share. Write it in per cent of the controls.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 2. How much low? ({{points c2-area}}, O1)

In the opponent-process model a drug acts for $T = 6$ hours. After much use the answer has a strength of $k_b = 1.4$; it is 20 times slower than the lift. The **high** (the area of the mood curve above zero) comes to 4.1 units.

**How large is the area of the low?** Being within 0.1 is enough.
"""

# %% answer="c2-area"
c2 = ...  # units of area
### BEGIN SOLUTION
c2 = 6.5
### END SOLUTION

# %% test="c2-area" points=3 objective="O1" read="The answer that outlasts the question"
with expect.item("c2-area", points=3, hidden=1) as item:
    item.number(c2, unit="units of area", low=-100, high=200)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the area of the low"):
        T, k_b, high = 6, 1.4, 4.1
        if c2 < 0:
            item.fail(
                "You gave a negative area. How large the low is, is a size: write it without the sign.",
                misconception="negative-area",
            )
        item.within(
            c2,
            high - T * (1 - k_b),
            0.1,
            why="High minus low is T (1 − k_b) = −2.4, so the low is larger than the high by 2.4. How slow the answer is does not matter for this.",
            misconceptions={
                "always-cancels": (
                    high,
                    "You made the two areas equal. They are so only when the answer is exactly as strong as the lift, at k_b = 1.",
                ),
                "high-times-strength": (
                    high * k_b,
                    "You multiplied the high by k_b. It is the whole area of the answer that is k_b times the whole area of the lift, and part of each lies under the other.",
                ),
                "difference-for-low": (
                    T * (k_b - 1),
                    "That is by how much the low exceeds the high. Add the high to it.",
                ),
                "low-is-weaker": (
                    high - T * (k_b - 1),
                    "You made the low smaller than the high. It is shallower and longer; with k_b above 1 its area is the larger one.",
                ),
                "area-of-the-answer": (
                    k_b * T,
                    "That is the area of the answer b in all. During the use a part of it only eats into the lift; the low is what lies below zero.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 3. Three years later ({{points c3-three-years}}, O3)

A few people who had used methamphetamine and had been abstinent for about three years were scanned once. Their transporter: {{dat-abstinent-three-years}}, and {{dat-abstinent-three-years-putamen}}. In another study a few other people were scanned twice, and their transporter had *risen* by the second scan, more than a year after the last use.

**Does the first study refute the recovery that the second one reports?**

- **a**: Yes. After three years it is still low, so it does not recover.
- **b**: No. They are other people, scanned once; how low they had been before is not known, so they may have recovered a good deal or not at all.
- **c**: No, because a study of so few people shows nothing.
- **d**: Yes. Three years are longer than one, so the first study is simply a later point of the same curve.

Write the letter, small, in quotation marks.
"""

# %% answer="c3-three-years"
c3 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c3 = "b"
### END SOLUTION

# %% test="c3-three-years" points=3 objective="O3" read="What two scans can say: Figure 4 rebuilt"
with expect.item("c3-three-years", points=3, hidden=1) as item:
    item.letter(c3, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the two studies"):
        item.choice(
            c3,
            "b",
            why="One scan compares people; it cannot show change. A value that is low after three years may be the end of a long way up, or no way at all.",
            wrong={
                "a": (
                    "low-is-not-recovering",
                    "You read a level as a course. Low after three years may still be much higher than it was in the first month; one scan cannot say.",
                ),
                "c": (
                    "small-is-nothing",
                    "So few people make it uncertain. But with six hundred, scanned once, the question of recovery would be just as open: the design is what is missing.",
                ),
                "d": (
                    "people-are-points-of-a-curve",
                    "You joined two groups into one curve. The people of the first study may have started lower, used longer, or differ in other ways.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 4. What stops the escalation? ({{points c4-ratio}}, O2)

In the set-point model a made-up animal has $\mu/(\rho K) = 1.2$: its intake grows without an end. Four things are changed, one at a time, and the model runs on.

- **a**: On one day it gets only half of what it would take; afterwards it goes on as before.
- **b**: It starts with a set point $h_0$ half as high.
- **c**: Its set point makes half as much again of the way back each day ($\rho$ becomes 1.5 times as large).
- **d**: Each unit moves its set point a little further ($\mu$ becomes 1.1 times as large).

**After which change does intake settle?** Write the letter in quotation marks.
"""

# %% answer="c4-ratio"
c4 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c4 = "c"
### END SOLUTION

# %% test="c4-ratio" points=3 objective="O2" read="A set point that moves"
with expect.item("c4-ratio", points=3, hidden=1) as item:
    item.letter(c4, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the change"):
        item.choice(
            c4,
            "c",
            why="The ratio becomes 1.2 / 1.5 = 0.8, below 1. What decides is how the drift compares with the way back, not how much was taken on one day.",
            wrong={
                "a": (
                    "smaller-amounts-only",
                    "One smaller day sets the curve back a little. The ratio is still 1.2, so it grows again from there.",
                ),
                "b": (
                    "start-decides",
                    "The start sets the scale of everything: half the set point, half the intake. The ratio is still 1.2, and it grows all the same.",
                ),
                "d": (
                    "ratio-upside-down",
                    "That raises the ratio, to 1.32. The drift has to become smaller beside the return, not larger.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 5. The same share of relief ({{points c5-relief}}, O4)

Made-up measurements of mood without the drug (0 is neutral) in two groups of people. In both groups, 60 % of the uses in the second year are for relief.

| mood without the drug | before the first use | in the second year of use | after six months without use |
|---|---|---|---|
| **group A** | 0.0 | −0.5 | −0.1 |
| **group B** | −0.4 | −0.5 | −0.4 |

**What do these numbers show?**

- **a**: The same share of relief, so the low has the same origin in both groups.
- **b**: In group A the low came almost wholly with the use and went with it; in group B most of it was there before.
- **c**: Use did more lasting harm in group B, since its low stays.
- **d**: In group A relief cannot be the motive, since there was no distress to begin with.

Write the letter in quotation marks.
"""

# %% answer="c5-relief"
c5 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c5 = "b"
### END SOLUTION

# %% test="c5-relief" points=3 objective="O4" read="Relief as a teacher: Figure 5"
with expect.item("c5-relief", points=3, hidden=1) as item:
    item.letter(c5, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the two groups"):
        item.choice(
            c5,
            "b",
            why="The two columns outside the time of use tell the groups apart; the use itself does not. That is the measurement that a sentence about baseline distress in BPD would need.",
            wrong={
                "a": (
                    "motive-shows-origin",
                    "You read the origin off the motive. Both groups use for relief from about the same low, and the first and last columns show where it came from.",
                ),
                "c": (
                    "after-is-because",
                    "Look at the first column: group B was as low before the first use. What was there before cannot be a harm done by it.",
                ),
                "d": (
                    "relief-needs-distress-first",
                    "Use itself can bring the low that the next use relieves. That is the point of the loop.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 6. The third scan ({{points c6-third-scan}}, O3)

A group was scanned at 2 and at 10 months of abstinence: 65 and 85 % of the controls. Two curves go exactly through both points. One goes on rising, slowly, to 100 %. The other is almost at its end, 87 %.

There is money for **one** more scan of the same people, and each scan has an error of about 2 points. **When does it tell most about which curve is nearer?**

- **a**: At 6 months, half-way between the two scans.
- **b**: At 10 months once more, to make the second point exact.
- **c**: At 30 months.
- **d**: It is not needed; both curves fit, so the mean of 100 and 87 is the best guess.

Write the letter in quotation marks.
"""

# %% answer="c6-third-scan"
c6 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c6 = "c"
### END SOLUTION

# %% test="c6-third-scan" points=3 objective="O3" read="What two scans can say: Figure 4 rebuilt"
with expect.item("c6-third-scan", points=3, hidden=1) as item:
    item.letter(c6, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the time of the scan"):
        item.choice(
            c6,
            "c",
            why="There the curves are about eleven points apart, more than five times the error. A measurement is worth most where the models disagree most.",
            wrong={
                "a": (
                    "between-is-enough",
                    "Between two points that both curves share, they stay close: about three points apart, hardly beyond the error. Look where they part.",
                ),
                "b": (
                    "precision-for-information",
                    "At 10 months both curves give the same value. However exact that point becomes, it cannot choose between them.",
                ),
                "d": (
                    "fit-is-enough",
                    "That both fit is the problem, not the answer. Their mean is a number that neither curve gives.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 7. The opponent process ({{points m1-opponent}}, O5)

From here on you write functions. NumPy is loaded as `np`.

Write `opponent(u, dt, tau_a, tau_b, k_b)`:

- `u`: array of length $n$, the effect of the drug at the times $0, dt, 2\,dt, \dots$ (1: on, 0: off);
- `dt`: the step, in hours; `tau_a`, `tau_b`: time constants, in hours; `k_b`: the strength of the answer.

$$\tau_a \frac{da}{dt} = u - a, \qquad \tau_b \frac{db}{dt} = k_b\,u - b, \qquad y = a - b$$

Both begin at 0. In one step, $a$ moves by $dt\,(u - a)/\tau_a$, and $b$ likewise, with the `u` at the *beginning* of the step.

**Returns** the array `y` of length $n$; `y[0]` is 0. Being within 0.012 everywhere is enough, and a more exact method is welcome.
"""


# %% answer="m1-opponent"
def opponent(u, dt, tau_a, tau_b, k_b):
    """Felt state at each time: the lift by the drug minus the slower answer to it."""
    ### BEGIN SOLUTION
    a, b = 0.0, 0.0
    y = np.zeros(len(u))
    for i in range(len(u) - 1):
        a += dt * (u[i] - a) / tau_a
        b += dt * (k_b * u[i] - b) / tau_b
        y[i + 1] = a - b
    return y
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m1-opponent" points=4 objective="O5" read="The answer that outlasts the question"
with expect.item("m1-opponent", points=4, hidden=3) as item:
    y = item.call(opponent, np.ones(401), 0.01, 1.0, 20.0, 1.0)
    item.shape(y, (401,))

    ### BEGIN HIDDEN TESTS
    def followed(u, dt, tau, gain=1.0):
        x = np.zeros(len(u))
        for i in range(len(u) - 1):
            x[i + 1] = gain * u[i] + (x[i] - gain * u[i]) * np.exp(-dt / tau)
        return x

    def felt(u, dt, tau_a, tau_b, k_b):
        return followed(u, dt, tau_a) - followed(u, dt, tau_b, k_b)

    def wrong_curves(u, dt, tau_a, tau_b, k_b):
        a, b = followed(u, dt, tau_a), followed(u, dt, tau_b, k_b)
        return {
            "no-opponent": (a, "Your result is the lift alone. Take the answer b away from it."),
            "sum-for-difference": (
                a + b,
                "You added the answer to the lift. It pushes the other way: y = a − b.",
            ),
            "tau-swapped": (
                felt(u, dt, tau_b, tau_a, k_b),
                "You exchanged the time constants. The lift follows with tau_a, the answer with tau_b.",
            ),
            "one-time-constant": (
                felt(u, dt, tau_a, tau_a, k_b),
                "You used tau_a for both. The answer follows with its own time constant, tau_b.",
            ),
            "answer-to-the-lift": (
                a - followed(a, dt, tau_b, k_b),
                "You let the answer follow the lift. In this model it follows the drug: k_b times u.",
            ),
            "step-ignored": (
                felt(u, 1.0, tau_a, tau_b, k_b),
                "The step dt has no effect in your function. Each process moves by dt times its rate.",
            ),
            "answer-without-strength": (
                felt(u, dt, tau_a, tau_b, 1.0),
                "The strength k_b has no effect in your function. The answer follows k_b times u.",
            ),
        }

    first = {
        name: wrong
        for name, wrong in wrong_curves(np.ones(401), 0.01, 1.0, 20.0, 1.0).items()
        if name != "answer-without-strength"
    }
    # Without dt, the lift is there after one step, and the answer gains a twentieth of the rest in each.
    first["step-ignored"] = (np.append(0.0, 0.95 ** np.arange(1, 401)), first["step-ignored"][1])
    item.diagnose(y, atol=0.012, rtol=0, misconceptions=first)
    ### END HIDDEN TESTS
    at = np.array([0, 100, 200, 400])
    item.close(np.asarray(y)[at], [0.0, 0.5834, 0.7695, 0.8004], rtol=0, atol=0.012)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "a drug that stops acting"):
        u = (np.arange(4000) * 0.01 < 8).astype(float)
        for arguments in ((u, 0.01, 1.0, 12.0, 1.6), (u, 0.01, 0.7, 15.0, 0.6)):
            item.close(
                item.call(opponent, *arguments),
                felt(*arguments),
                rtol=0,
                atol=0.012,
                misconceptions=wrong_curves(*arguments),
            )
    with item.part(1, "a drug that acts twice, in other steps"):
        hours = np.arange(1500) * 0.02
        u = ((hours < 4) | ((hours >= 9) & (hours < 12))).astype(float)
        item.close(item.call(opponent, u, 0.02, 1.5, 10.0, 1.2), felt(u, 0.02, 1.5, 10.0, 1.2), rtol=0, atol=0.012)
    with item.part(1, "no drug at all, and a weaker effect"):
        item.close(item.call(opponent, np.zeros(50), 0.01, 1.0, 20.0, 1.5), np.zeros(50), atol=0.012)
        u = np.full(300, 0.4)
        item.close(item.call(opponent, u, 0.01, 0.5, 6.0, 1.5), felt(u, 0.01, 0.5, 6.0, 1.5), rtol=0, atol=0.012)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 8. A time constant from two scans ({{points m2-tau}}, O5)

A measure recovers towards an end value $P$, and the way still to go shrinks by the same share in each month:

$$D(t) = P - (P - D_1)\,e^{-(t - t_1)/\tau}$$

Write `tau_from_two(t1, d1, t2, d2, plateau)`: the time constant $\tau$ of the curve that goes through $D_1$ at the time $t_1$ and $D_2$ at the later time $t_2$, for the end value `plateau`. One number, in the unit of the times.

You may count on $D_1 < D_2 < P$.
"""


# %% answer="m2-tau"
def tau_from_two(t1, d1, t2, d2, plateau):
    """Time constant of the exponential recovery through two measurements, for a given end value."""
    ### BEGIN SOLUTION
    return (t2 - t1) / np.log((plateau - d1) / (plateau - d2))
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m2-tau" points=4 objective="O5" read="What two scans can say: Figure 4 rebuilt"
with expect.item("m2-tau", points=4, hidden=2) as item:
    tau = item.call(tau_from_two, 3.0, 72.2, 14.0, 85.9, 100.0)
    item.shape(tau, ())

    ### BEGIN HIDDEN TESTS
    def wrong_times(t1, d1, t2, d2, plateau):
        gap = np.log((plateau - d1) / (plateau - d2))
        return {
            "half-life-for-tau": (
                (t2 - t1) * np.log(2) / gap,
                "That is the time in which the way to go halves. The time constant is longer: divide by ln 2, or leave it out.",
            ),
            "log10": (
                (t2 - t1) / np.log10((plateau - d1) / (plateau - d2)),
                "You used the logarithm to base 10. The e in the equation asks for the natural one, np.log.",
            ),
            "straight-line": (
                (t2 - t1) * (plateau - d1) / (d2 - d1),
                "You drew a straight line to the end value. The way to go shrinks by the same *share* each month, so take logarithms.",
            ),
            "ratio-of-levels": (
                (t2 - t1) / np.log(d2 / d1),
                "You used the ratio of the two values. What shrinks exponentially is the way still to go, plateau minus value.",
            ),
            "time-from-zero": (
                t2 / gap,
                "You counted the time from 0. The first value was measured at t1: use t2 − t1.",
            ),
            "sign": (
                -(t2 - t1) / gap,
                "Your time constant is negative. Put the larger way to go, plateau − d1, on top.",
            ),
            "rate-for-tau": (
                gap / (t2 - t1),
                "That is the rate, per month. The time constant is 1 divided by it.",
            ),
        }

    item.diagnose(tau, rtol=1e-4, misconceptions=wrong_times(3.0, 72.2, 14.0, 85.9, 100.0))
    ### END HIDDEN TESTS
    item.close(tau, 16.204, rtol=1e-4)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "other scans"):
        for t1, d1, t2, d2 in ((1.0, 40.0, 6.0, 75.0), (0.0, 62.0, 20.0, 88.0)):
            item.close(item.call(tau_from_two, t1, d1, t2, d2, 100.0), (t2 - t1) / np.log((100 - d1) / (100 - d2)))
    with item.part(2, "another end value"):
        for t1, d1, t2, d2, plateau in ((3.0, 72.2, 14.0, 85.9, 88.0), (0.5, 0.2, 2.0, 0.7, 0.9)):
            item.close(
                item.call(tau_from_two, t1, d1, t2, d2, plateau),
                (t2 - t1) / np.log((plateau - d1) / (plateau - d2)),
                misconceptions={
                    "plateau-ignored": (
                        (t2 - t1) / np.log((100 - d1) / (100 - d2)),
                        "You took 100 for the end value. It is an argument: with another plateau the same two scans give another time constant.",
                    )
                },
            )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 9. A set point that moves ({{points m3-escalate}}, O5)

$$I = \frac{h}{K}, \qquad h_{\text{next day}} = h + \mu I - \rho\,(h - h_0)$$

Write `escalate(n, mu, rho, K, h0)`: the daily intake on days $1, 2, \dots, n$, with $h = h_0$ on the first day.

**Returns** an array of length $n$; its first entry is $h_0 / K$. You may count on $n \ge 1$ and $K > 0$.
"""


# %% answer="m3-escalate"
def escalate(n, mu, rho, K, h0):
    """Daily intake while use moves the set point up and it creeps back by a share of its way home."""
    ### BEGIN SOLUTION
    intake = np.zeros(n)
    h = h0
    for day in range(n):
        intake[day] = h / K
        h = h + mu * intake[day] - rho * (h - h0)
    return intake
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m3-escalate" points=4 objective="O5" read="A set point that moves"
with expect.item("m3-escalate", points=4, hidden=3) as item:
    intake = item.call(escalate, 3, 0.02, 0.1, 1.0, 1.0)
    item.shape(intake, (3,))

    ### BEGIN HIDDEN TESTS
    def by_sum(n, mu, rho, K, h0):
        # The excess over h0 is a geometric series: each day adds mu h0/K and keeps the share q of what was there.
        q, days = 1 + mu / K - rho, np.arange(n)
        sums = np.array([np.sum(q ** np.arange(day)) for day in days])
        return (h0 + mu * h0 / K * sums) / K

    def wrong_days(n, mu, rho, K, h0):
        right, days = by_sum(n + 1, mu, rho, K, h0), np.arange(n)
        return {
            "no-return": (
                h0 / K * (1 + mu / K) ** days,
                "The set point never comes back in your function. Take the share rho of its way home off each day.",
            ),
            "returns-to-zero": (
                h0 / K * (1 + mu / K - rho) ** days,
                "Your set point creeps towards 0. It goes home to h0: take off rho times (h − h0).",
            ),
            "constant": (
                np.full(n, h0 / K),
                "Intake is the same every day in your function. Each day's use moves the set point for the next.",
            ),
            "starts-a-day-late": (
                right[1:],
                "You moved the set point before the first day's intake. The first entry is h0 / K.",
            ),
            "straight-up": (
                h0 / K * (1 + mu / K * days),
                "Your intake rises by the same amount each day. Both the drift and the return depend on where the set point is that day.",
            ),
        }

    item.diagnose(intake, rtol=1e-6, misconceptions=wrong_days(3, 0.02, 0.1, 1.0, 1.0))
    ### END HIDDEN TESTS
    item.close(intake, [1.0, 1.02, 1.0384], rtol=1e-6)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "another effect of a unit and another start"):
        for arguments in ((40, 0.06, 0.1, 2.0, 1.5), (25, 0.03, 0.05, 0.8, 2.0)):
            n, mu, rho, K, h0 = arguments
            item.close(
                item.call(escalate, *arguments),
                by_sum(*arguments),
                misconceptions={
                    **wrong_days(*arguments),
                    "set-point-for-intake": (
                        by_sum(*arguments) * K,
                        "You gave back the set point. The intake is the set point divided by K.",
                    ),
                    "effect-ignored": (
                        by_sum(n, mu, rho, 1.0, h0),
                        "K has no effect in your function. The intake of a day is h / K.",
                    ),
                },
            )
    with item.part(1, "a ratio of 1 and above, where nothing settles"):
        item.close(item.call(escalate, 30, 0.1, 0.1, 1.0, 1.0), 1 + 0.1 * np.arange(30))
        item.close(item.call(escalate, 30, 0.12, 0.05, 1.5, 1.0), by_sum(30, 0.12, 0.05, 1.5, 1.0))
    with item.part(1, "a single day, and no drift"):
        item.close(item.call(escalate, 1, 0.05, 0.1, 2.0, 3.0), [1.5])
        item.close(item.call(escalate, 5, 0.0, 0.1, 1.0, 2.0), np.full(5, 2.0))
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 10. Where do the curves part? ({{points m4-spread}}, O5)

For each end value $P$ there is one curve through the two scans:

$$D(t) = P - (P - D_1)\,e^{-(t - t_1)/\tau}, \qquad \tau = \frac{t_2 - t_1}{\ln\dfrac{P - D_1}{P - D_2}}$$

Write `scan_spread(t, t1, d1, t2, d2, plateaus)`: how far apart the curves are at the time `t`, that is the largest $D(t)$ minus the smallest, over all end values in the array `plateaus`. One number. (It is how much a third scan at the time `t` could tell.)

You may count on $D_1 < D_2 <$ every end value. `t` may lie before, between or after the two scans.

**Edge cases:** at `t1` and at `t2` all curves meet, and with a single end value there is one curve: then the spread is 0.
"""


# %% answer="m4-spread"
def scan_spread(t, t1, d1, t2, d2, plateaus):
    """Range at time t of all exponential recoveries through two measurements, one for each end value."""
    ### BEGIN SOLUTION
    tau = (t2 - t1) / np.log((plateaus - d1) / (plateaus - d2))
    values = plateaus - (plateaus - d1) * np.exp(-(t - t1) / tau)
    return np.max(values) - np.min(values)
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m4-spread" points=4 objective="O5" read="What two scans can say: Figure 4 rebuilt"
with expect.item("m4-spread", points=4, hidden=3) as item:
    spread = item.call(scan_spread, 18.0, 2.0, 60.0, 10.0, 80.0, np.array([100.0, 90.0]))
    item.shape(spread, ())

    ### BEGIN HIDDEN TESTS
    def curves(t, t1, d1, t2, d2, plateaus):
        # The way to go shrinks by one ratio from scan to scan, so it is that ratio to a power: no time constant needed.
        way = np.asarray(plateaus, dtype=float) - d1
        return plateaus - way * ((plateaus - d2) / way) ** ((t - t1) / (t2 - t1))

    def wrong_spreads(t, t1, d1, t2, d2, plateaus):
        way, last = plateaus - d1, plateaus - d2
        tau = (t2 - t1) / np.log(way / last)
        from_zero = plateaus - way * np.exp(-t / tau)
        half_life = plateaus - way * np.exp(-(t - t1) / (tau * np.log(2)))
        one_tau = plateaus - way * np.exp(-(t - t1) / tau[0])
        return {
            "end-values": (
                np.ptp(plateaus),
                "That is how far apart the end values are. At the time t the curves have not arrived there.",
            ),
            "time-from-zero": (
                np.ptp(from_zero),
                "You counted the time from 0. The curve starts with D₁ at t1: use t − t1.",
            ),
            "one-time-constant": (
                np.ptp(one_tau),
                "You used one time constant for all curves. Each end value has its own, or its curve misses the second scan.",
            ),
            "half-life-for-tau": (
                np.ptp(half_life),
                "You multiplied the time constant by ln 2. Such a curve misses the second scan.",
            ),
            "largest-value": (
                np.max(curves(t, t1, d1, t2, d2, plateaus)),
                "That is the largest value at the time t. The spread is the largest minus the smallest.",
            ),
        }

    first = (18.0, 2.0, 60.0, 10.0, 80.0, np.array([100.0, 90.0]))
    item.diagnose(spread, rtol=1e-4, misconceptions=wrong_spreads(*first))
    ### END HIDDEN TESTS
    item.close(spread, 3.3333, rtol=1e-4)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "other times and end values"):
        for arguments in (
            (36.0, 3.0, 55.0, 12.0, 82.0, np.array([100.0, 85.0, 92.0])),
            (0.5, 3.0, 55.0, 12.0, 82.0, np.array([84.0, 97.0, 90.0])),
        ):
            item.close(
                item.call(scan_spread, *arguments),
                np.ptp(curves(*arguments)),
                misconceptions={
                    **wrong_spreads(*arguments),
                    "first-minus-last": (
                        abs(float(curves(*arguments)[0] - curves(*arguments)[-1])),
                        "You compared the first end value with the last. The largest and the smallest value may belong to any of them.",
                    ),
                },
            )
    with item.part(1, "a time between the two scans"):
        arguments = (6.0, 3.0, 55.0, 12.0, 82.0, np.array([100.0, 83.0]))
        spread = item.call(scan_spread, *arguments)
        item.shape(spread, ())
        if np.ravel(spread)[0] < 0:
            item.fail(
                "Your spread is negative here, where the curve with the *lower* end value lies higher. Take the largest minus the smallest.",
                misconception="order-of-the-curves",
            )
        item.close(spread, np.ptp(curves(*arguments)))
    with item.part(1, "the times of the scans, and a single end value"):
        ends = np.array([100.0, 90.0, 86.0])
        for t in (2.0, 10.0):
            item.close(item.call(scan_spread, t, 2.0, 60.0, 10.0, 80.0, ends), 0.0, atol=1e-6)
        item.close(item.call(scan_spread, 25.0, 2.0, 60.0, 10.0, 80.0, np.array([95.0])), 0.0, atol=1e-6)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 11. A sentence, and the study that it needs ({{points f1-study}}, O4)

Somebody has written this for a clinic's website; the wording is ours:

*In people with BPD, dynorphin rises more after the last use of methamphetamine. So their withdrawal is more severe, and they start again.*

**Answer in at most 150 words.** Rewrite it so that every part says what was measured and in whom, or that it is untested. Then sketch the study that could test the middle part: who, what is measured, when; and say which result would speak *against* it. A person reads this; nobody expects perfect prose.
"""

# %% [markdown] free="f1-study" points=6 objective="O4" read="This stage in BPD: what the review says, what was measured, what was not"
"""
=== BEGIN MARK SCHEME ===
Two points each for the first two criteria, one each for the others.

1. **What was measured, in whom** (2): dynorphin and the kappa-opioid receptor were studied in animals (rats), not in people with BPD in withdrawal; and no study comparing withdrawal with and without BPD was found, so the middle part is a hypothesis. 1 point if one of the two is said.
2. **A study that could test it** (2): people who stop methamphetamine, *with and without BPD*; the same measure of withdrawal or mood at the same days after the last use, more than once. 1 point if the comparison group is there but only one time is measured, or the other way round. Measuring distress before or long after withdrawal (so that baseline and withdrawal are not taken for one another) deserves praise and can make up for a missing detail.
3. **What would speak against it** (1): a result is named, for example the same rise and fall in both groups, or a difference that is already there before and stays the same.
4. **No fate** (1): "they start again" becomes a share, a risk or an open question; people first, no cause claimed from a comparison.

Nothing about suicide is expected; if it comes up, look for safe wording and comment kindly. A model answer: "In rats, drugs that act on the kappa-opioid receptor lower dopamine; whether dynorphin rises in people with BPD who stop methamphetamine has not been measured. Whether their withdrawal is more severe is not known either: we found no study that compared. Many people return to use in the first year, many do not, and nobody has shown that BPD decides it for methamphetamine. Study: a hundred people starting in-patient treatment, half of them with BPD, matched for amount and years of use; the same withdrawal scale and mood rating every day for three weeks, and mood again after six months, to know the level without the drug. Against it would speak: both groups start at different levels, and fall by the same amount at the same pace; then the difference is distress, not withdrawal."
=== END MARK SCHEME ===
"""

# %% [markdown]
"""
## Check everything

Save first (Ctrl+S), then run the next cell. It judges the saved notebook with all checks, hidden ones included, and says why. The text in item 11 is read by a person; studying alone, compare yours with the lesson's section *This stage in BPD*. The same in a terminal: `autograder check exercises.ipynb`.
"""

# %% tags=["skip-execution"]
import autograder

autograder.check_notebook("exercises.ipynb")
