# %% [markdown]
"""
# Exercises 04: binge and intoxication

**42 points · about 60 minutes · save often (Ctrl+S)**

How it works:

1. An **answer cell** holds three dots, `...`. Put your answer in their place and run the cell with Shift+Enter.
2. The **check cell** under it is locked. Run it: it says in one sentence whether your answer has the right form, and how many hidden checks decide the points.
3. The **last cell** of this notebook judges everything, with the reasons. Use it as often as you like.

The first five items need no programming and are worth 20 points; the four functions after them 16; the short text at the end, which a person reads, 6.

What you show here: **O1** say what a change of state does to the wanting of a cue · **O2** read presses, intervals and intake of a session · **O3** compute the reward of a dose from its distance to a set point, and tell relief from punishment · **O4** say what would separate relief from euphoria, and what was measured · **O5** write these mechanisms as functions.

All animals here are models, and all amounts are in made-up units. None of it says anything about an amount for a person.
"""

# %% locked="setup"
import numpy as np

from autograder import expect

# %% [markdown]
r"""
## 1. Two cues, and a state that was never there before ({{points c1-two-cues}}, O1)

A rat has learnt, over many days: a tone, then a light, then sugar water, which counts 2. The discount is $\gamma = 0.5$. So the *learnt* value of the light is 2, and that of the tone is $0.5 \times 2 = 1$.

Today, for the first time, the rat is in a new state: what is about to come counts three times as much, $\kappa = 3$. In the lesson's model the wanting of a cue is

$$\tilde V = \kappa\, r + \gamma\, V_{\text{next}}$$

with $r$ the reward that follows the cue *directly*, and $V_{\text{next}}$ the learnt value of the cue that follows it (0 if none does). The tone and the light are shown once each; no sugar water has come yet.

**How large is the wanting of the tone, and how large that of the light?** Write two numbers.
"""

# %% answer="c1-two-cues"
c1_tone = ...  # wanting of the tone, the far cue
c1_light = ...  # wanting of the light, the near cue
### BEGIN SOLUTION
c1_tone = 1
c1_light = 6
### END SOLUTION

# %% test="c1-two-cues" points=4 objective="O1" read="Wanting that jumps"
with expect.item("c1-two-cues", points=4, hidden=2) as item:
    item.number(c1_tone, unit="units of reward", low=-20, high=20)
    item.number(c1_light, unit="units of reward", low=-20, high=20)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "the light"):
        item.diagnose(
            c1_light,
            misconceptions={
                "relearning-needed": (
                    2,
                    "You left the light at its learnt value, as if the new state had to be learnt first. In this model κ acts on the reward that follows, at once.",
                ),
                "kappa-is-added": (
                    5,
                    "You added κ to the reward. It multiplies it: κ times r.",
                ),
                "kappa-is-the-wanting": (
                    3,
                    "You gave κ itself. It says how many *times* the reward counts.",
                ),
                "reward-one-step-too-far": (
                    3.5,
                    "You discounted the reward. γ belongs to the cue that follows; the sugar water follows the light directly.",
                ),
            },
        )
        item.close(c1_light, 6, atol=1e-9)
    with item.part(2, "the tone"):
        item.diagnose(
            c1_tone,
            misconceptions={
                "kappa-on-every-cue": (
                    3,
                    "You let κ raise the tone as well. No reward follows the tone directly, and what follows it, the light, counts with its *learnt* value, which has not changed yet.",
                ),
                "far-cue-first": (
                    6,
                    "You gave the raised wanting to the tone. Learning moves value to the first cue; a change of state raises the cue right before the reward.",
                ),
                "far-cue-silent": (
                    0,
                    "κ leaves the tone alone, but the tone still has what it has learnt: γ times the value of the light.",
                ),
                "discount-forgotten": (
                    2,
                    "You left out the discount: what follows one step later counts γ times.",
                ),
            },
        )
        item.within(
            c1_tone,
            1,
            1e-9,
            why="The sugar water follows the light directly, so κ acts there: 3 × 2 = 6, at once, without any new learning. The tone announces the light, whose learnt value is still 2: 0.5 × 2 = 1, as before.",
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 2. Fewer presses ({{points c2-fewer-presses}}, O2)

A model rat obtains a drug by pressing a lever, one dose a press. The dose is changed from day to day:

| dose (units) | presses per hour | drug per hour (units) |
|---|---|---|
| 1 | 10 | 10 |
| 2 | 6 | 12 |
| 4 | 4 | 16 |

**Why does the rat press less when the dose is larger?**

- **a**: The larger dose is less rewarding to it.
- **b**: A larger dose keeps the level above the threshold for longer, so the next press comes later.
- **c**: The larger dose makes it too drowsy or too restless to press.
- **d**: It has become tolerant to the larger dose.

Write the letter in quotation marks.
"""

# %% answer="c2-fewer-presses"
c2 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c2 = "b"
### END SOLUTION

# %% test="c2-fewer-presses" points=4 objective="O2" read="A session: the level that is defended"
with expect.item("c2-fewer-presses", points=4, hidden=1) as item:
    item.letter(c2, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(4, "the reason"):
        item.choice(
            c2,
            "b",
            why="Presses are spaced so that the level stays near the threshold: four times the dose, less than half the presses, and drug per hour rises far less than the dose. The rate says how long a dose lasts, and very little about how good it is.",
            wrong={
                "a": (
                    "fewer-presses-less-rewarding",
                    "If a larger dose were worth less, the rat would take in less of the drug. Look at the last column: it takes in more, with fewer presses.",
                ),
                "c": (
                    "too-impaired-to-press",
                    "An animal that cannot press would miss its level, and drug per hour would fall. It rises a little. The presses come later because the level needs longer to fall.",
                ),
                "d": (
                    "tolerance-lowers-presses",
                    "With tolerance the same dose does less, so more would be taken, not less often. Nothing here says that a dose lost its effect.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 3. When is the next press? ({{points c3-next-press}}, O2)

A model rat presses as soon as the level of the drug has fallen to 2 units. Each press adds 6 units at once. The half-life of the drug is 8 minutes.

**How many minutes pass from one press to the next?** (You need no calculator: follow the level from press to press.)
"""

# %% answer="c3-next-press"
c3 = ...  # minutes
### BEGIN SOLUTION
c3 = 16
### END SOLUTION

# %% test="c3-next-press" points=4 objective="O2" read="A session: the level that is defended"
with expect.item("c3-next-press", points=4, hidden=1) as item:
    item.number(c3, unit="minutes", low=0, high=10000)
    ### BEGIN HIDDEN TESTS
    with item.part(4, "the time"):
        item.within(
            c3,
            16,
            0.05,
            why="Right after a press the level is 2 + 6 = 8. It falls to 4 in one half-life and to 2, the threshold, in another: 2 × 8 minutes.",
            misconceptions={
                "interval-proportional-to-dose": (
                    24,
                    "You took the time as proportional to the dose, three half-lives for three thresholds. The level falls fast at first and slower later: halve it step by step.",
                ),
                "rest-forgotten": (
                    8 * np.log2(3),
                    "You let the level start at the dose. The 2 units that were still there count too: the level starts at 8.",
                ),
                "half-life-as-time-constant": (
                    8 * np.log(4),
                    "You used the natural logarithm with the half-life. In one half-life the level falls to a half, so count halvings, or divide by ln 2.",
                ),
                "one-half-life": (
                    8,
                    "After one half-life the level has fallen from 8 to 4. The rat waits until it is at 2.",
                ),
                "until-gone": (
                    32,
                    "You waited until hardly anything was left. The next press comes when the level has fallen to the threshold.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 4. What kind of learning is it? ({{points c4-relief}}, O3)

In the drive model an animal stands *below* its set point. A dose brings it just back to the set point and no further, and it learns to press again.

**Which of these (made-up) experiments is of the same kind?**

- **a**: A rat that has eaten its fill presses a lever for a sweet drop, and presses more and more often.
- **b**: A lever gives a brief shock. The rat presses it less and less.
- **c**: A loud noise stops for a minute when the rat presses a lever. It presses more and more often.
- **d**: A lever that used to give food gives none. The rat presses it less and less.

Write the letter in quotation marks.
"""

# %% answer="c4-relief"
c4 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c4 = "c"
### END SOLUTION

# %% test="c4-relief" points=4 objective="O3" read="Relief and euphoria on one line"
with expect.item("c4-relief", points=4, hidden=1) as item:
    item.letter(c4, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(4, "the kind of learning"):
        item.choice(
            c4,
            "c",
            why="Something unpleasant ends and the act becomes *more* frequent: negative reinforcement, or relief. In the model the way back to the set point is just that.",
            wrong={
                "a": (
                    "any-reward-is-positive",
                    "Here nothing was missing before: something welcome is added, which is positive reinforcement. The animal in the model only gets rid of a lack.",
                ),
                "b": (
                    "negative-is-punishing",
                    "That is punishment: something unpleasant *begins* and the act becomes rarer. The negative in negative reinforcement means that something is taken away.",
                ),
                "d": (
                    "extinction-is-negative",
                    "That is extinction: nothing follows any more, and the act becomes rarer. Reinforcement, positive or negative, makes an act more frequent.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 5. Past the set point ({{points c5-overshoot}}, O3)

A model animal stands 1 unit below its set point. A dose lifts it by 4 units. The drive is the squared distance to the set point:

$$d = (H^* - H)^2, \qquad \text{reward} = d(\text{before}) - d(\text{after})$$

**How large is the reward of this dose?** Write a number, with a minus sign where one is needed.
"""

# %% answer="c5-overshoot"
c5 = ...  # reward, in units of drive
### BEGIN SOLUTION
c5 = -8
### END SOLUTION

# %% test="c5-overshoot" points=4 objective="O3" read="Relief and euphoria on one line"
with expect.item("c5-overshoot", points=4, hidden=1) as item:
    item.number(c5, unit="units of drive", low=-100, high=100)
    ### BEGIN HIDDEN TESTS
    with item.part(4, "the reward"):
        item.within(
            c5,
            -8,
            1e-9,
            why="Before: 1 unit away, drive 1. After: 3 units above the set point, drive 9. Reward 1 − 9 = −8. In this model going past the set point costs; it knows no pleasure beyond it, which is one of its limits.",
            misconceptions={
                "overshoot-is-free": (
                    1,
                    "You stopped at the set point, as if what lies beyond it cost nothing. The dose lifts the animal 3 units past it, and the drive counts distance on either side.",
                ),
                "dose-is-reward": (
                    4,
                    "You gave the dose. The reward is how much nearer to the set point it brings the animal, or how much farther.",
                ),
                "sign-reversed": (
                    8,
                    "The size is right. The drive is *larger* after the dose than before, so the reward is negative: before minus after.",
                ),
                "distance-not-squared": (
                    -2,
                    "You subtracted the distances. Here the drive is the squared distance.",
                ),
                "squared-dose": (
                    16,
                    "You squared the dose. Square the two distances to the set point, then subtract.",
                ),
                "only-after": (
                    -9,
                    "That is the drive after the dose, with a minus. Take it from the drive before, which was 1.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 6. How long until the next press ({{points m1-interval}}, O5)

From here on you write functions. NumPy is loaded as `np`.

When the level has fallen to the threshold $\theta$, the animal presses; a press adds the dose $D$ at once; then the level falls with the half-life $t_{1/2}$. So the time between two presses is

$$T = \frac{t_{1/2}}{\ln 2}\,\ln\!\left(1 + \frac{D}{\theta}\right)$$

Write `infusion_interval(dose, threshold, t_half_min)`:

| name | meaning |
|---|---|
| `dose` | array of `n` doses, units, 0 or more |
| `threshold` | $\theta$, the same units, above 0 |
| `t_half_min` | half-life, minutes |

**Returns** an array of `n` intervals in minutes. (A dose of 0 lasts 0 minutes; the formula says so by itself.)
"""


# %% answer="m1-interval"
def infusion_interval(dose, threshold, t_half_min):
    """Minutes between two presses, for each dose."""
    ### BEGIN SOLUTION
    return t_half_min / np.log(2) * np.log(1 + dose / threshold)
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m1-interval" points=4 objective="O5" read="A session: the level that is defended"
with expect.item("m1-interval", points=4, hidden=2) as item:
    interval = item.call(infusion_interval, np.array([1.5, 4.5]), 1.5, 10.0)
    item.shape(interval, (2,))

    ### BEGIN HIDDEN TESTS
    def wrong_intervals(dose, threshold, half):
        share = dose / threshold
        with np.errstate(divide="ignore"):
            return {
                "half-life-as-rate": (
                    np.log(1 + share) / half,
                    "You divided by the half-life, as if it were the rate constant. The rate constant is ln 2 / t½, so the half-life stands above.",
                ),
                "no-ln2": (
                    half * np.log(1 + share),
                    "You took the half-life for the time constant. Divide it by ln 2.",
                ),
                "rest-forgotten": (
                    half * np.log2(share),
                    "The 1 is missing. When the animal presses, the threshold's worth of drug is still there, and the dose comes on top: 1 + D/θ.",
                ),
                "log-base-ten": (
                    half / np.log(2) * np.log10(1 + share),
                    "You used the logarithm to base 10. In NumPy the natural one is np.log.",
                ),
                "interval-proportional-to-dose": (
                    half * share,
                    "Your interval grows in proportion to the dose. The level falls fast when it is high, so twice the dose lasts less than twice as long: take the logarithm.",
                ),
                "threshold-over-dose": (
                    half * np.log2(1 + threshold / dose),
                    "You divided the threshold by the dose. It is the other way round: D/θ.",
                ),
            }

    item.diagnose(interval, misconceptions=wrong_intervals(np.array([1.5, 4.5]), 1.5, 10.0))
    ### END HIDDEN TESTS
    item.close(interval, [10.0, 20.0], rtol=1e-6)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "four doses and another animal"):
        dose, threshold, half = np.array([0.3, 0.75, 2.0, 5.0]), 1.2, 7.0
        interval = item.call(infusion_interval, dose, threshold, half)
        item.shape(interval, (4,))
        item.close(
            interval, half * np.log2(1 + dose / threshold), misconceptions=wrong_intervals(dose, threshold, half)
        )
    with item.part(1, "a dose of nothing"):
        interval = item.call(infusion_interval, np.array([0.0, 3.0]), 1.0, 5.0)
        item.shape(interval, (2,))
        item.close(interval, [0.0, 10.0], atol=1e-12)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 7. Wanting, in the state of the moment ({{points m2-wanting}}, O5)

$$\tilde V = \kappa\, r + \gamma\, V_{\text{next}}$$

Write `wanting(r_next, v_next, gamma, kappa)` for one cue:

| name | meaning |
|---|---|
| `r_next` | $r$, the reward that follows the cue directly |
| `v_next` | $V_{\text{next}}$, the learnt value of the cue that follows (0 if none does) |
| `gamma` | discount, 0–1 |
| `kappa` | how many times the reward counts in the state of the moment, 0 or more; 1 as in training |

**Returns** one number, $\tilde V$.
"""


# %% answer="m2-wanting"
def wanting(r_next, v_next, gamma, kappa):
    """Incentive salience of a cue in the state of the moment."""
    ### BEGIN SOLUTION
    return kappa * r_next + gamma * v_next
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m2-wanting" points=4 objective="O5" read="Wanting that jumps"
with expect.item("m2-wanting", points=4, hidden=3) as item:
    near = item.call(wanting, 1.0, 0.0, 0.9, 3.0)
    item.shape(near, ())
    ### BEGIN HIDDEN TESTS
    item.diagnose(
        near,
        misconceptions={
            "kappa-left-out": (1, "κ has no effect in your function. It multiplies the reward that follows the cue."),
            "kappa-is-added": (4, "You added κ. It multiplies the reward: κ times r."),
            "reward-discounted": (
                2.7,
                "You discounted the reward that follows the cue directly. γ belongs to the value of the next cue alone.",
            ),
        },
    )
    ### END HIDDEN TESTS
    item.close(near, 3.0, atol=1e-12)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "a cue that another cue follows"):
        far = item.call(wanting, 0.0, 1.0, 0.9, 3.0)
        item.shape(far, ())
        item.close(
            far,
            0.9,
            misconceptions={
                "kappa-on-every-cue": (
                    2.7,
                    "κ raises the next cue's value in your function. That value was learnt, and the state of the moment has not changed it: κ acts on the reward alone.",
                ),
                "kappa-for-gamma": (
                    3.0,
                    "You put κ in the place of γ. The next cue's value is discounted by γ, whatever κ is.",
                ),
                "discount-left-out": (1.0, "You left out the discount: the next cue's value counts γ times."),
            },
        )
    with item.part(1, "a reward and a further cue"):
        both = item.call(wanting, 0.5, 2.0, 0.8, 2.5)
        item.shape(both, ())
        item.close(both, 2.85)
    with item.part(1, "the state of the training, and a state in which the reward counts nothing"):
        item.close(item.call(wanting, 0.7, 1.5, 0.6, 1.0), 1.6)
        item.close(item.call(wanting, 0.7, 1.5, 0.6, 0.0), 0.9)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 8. Reward as distance to a set point ({{points m3-drive-reward}}, O5)

$$d(H) = |H^* - H|^{\,p}, \qquad \text{reward} = d(H) - d(H + K)$$

Write `drive_reward(h, setpoint, K, p)`:

| name | meaning |
|---|---|
| `h` | $H$, the state before the dose |
| `setpoint` | $H^*$ |
| `K` | what the dose adds to the state, 0 or more |
| `p` | how steeply the drive grows with the distance, 1 or more; need not be a whole number |

**Returns** one number, the reward. It is negative when the dose leads farther away from the set point than the animal stood before.
"""


# %% answer="m3-drive-reward"
def drive_reward(h, setpoint, K, p):
    """By how much a dose lowers the drive."""
    ### BEGIN SOLUTION
    return abs(setpoint - h) ** p - abs(setpoint - h - K) ** p
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m3-drive-reward" points=4 objective="O5" read="Relief and euphoria on one line"
with expect.item("m3-drive-reward", points=4, hidden=3) as item:
    reward = item.call(drive_reward, 0.0, 3.0, 1.0, 4 / 3)
    item.shape(reward, ())
    ### BEGIN HIDDEN TESTS
    item.diagnose(
        reward,
        rtol=1e-4,
        misconceptions={
            "sign-reversed": (
                2 ** (4 / 3) - 3 ** (4 / 3),
                "Your reward is the drive after the dose minus the drive before. Turn it round: what is lost in drive is the reward.",
            ),
            "p-ignored": (
                1,
                "Your reward is the distance covered, as for p = 1, or the dose itself. Raise both distances to the power p before you subtract.",
            ),
            "only-before": (
                3 ** (4 / 3),
                "That is the drive before the dose. Subtract the drive that is left after it.",
            ),
        },
    )
    ### END HIDDEN TESTS
    item.close(reward, 1.8069, rtol=1e-4)
    ### BEGIN HIDDEN TESTS
    not_absolute = "Past the set point your distance is negative, and its power fails. Take the size of the distance, without its sign, first."
    with item.part(2, "a dose that leads past the set point"):
        reward = item.call(drive_reward, 2.0, 3.0, 4.0, 1.5)
        item.shape(reward, ())
        if np.isnan(np.real(reward)) or np.iscomplexobj(reward):
            item.fail(not_absolute, misconception="no-absolute-value")
        item.close(
            reward,
            1 - 3**1.5,
            rtol=1e-4,
            misconceptions={
                "overshoot-is-free": (
                    1,
                    "You let the drive be zero past the set point. It counts the distance on either side, so too much costs as well.",
                ),
                "sign-kept": (
                    1 + 3**1.5,
                    "Past the set point your drive is negative. It is a distance, so take its size without the sign.",
                ),
            },
        )
    with item.part(1, "an animal that is above its set point already, and a steeper drive"):
        reward = item.call(drive_reward, 5.0, 3.0, 1.0, 3.0)
        item.shape(reward, ())
        item.close(
            reward,
            -19.0,
            rtol=1e-4,
            misconceptions={
                "sign-kept": (
                    19.0,
                    "Above the set point your drive is negative. It is a distance, so take its size without the sign.",
                )
            },
        )
    with item.part(1, "a dose as large as the lack, and no dose"):
        item.close(item.call(drive_reward, 1.0, 3.0, 2.0, 2.0), 4.0, rtol=1e-4)
        item.close(item.call(drive_reward, 1.0, 3.0, 0.0, 1.7), 0.0, atol=1e-9)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 9. Count the presses of a session ({{points m4-count-presses}}, O2)

A model animal begins a session without any drug. It presses **as long as the level is at or below the threshold** $\theta$, at once and without delay; a press adds the dose $D$. Then it waits until the level, falling with the half-life $t_{1/2}$, has come down to $\theta$, and presses again; and so on.

So several presses may come together at minute 0 (the *loading*), and single ones after that, more or less far apart. After the loading the level may stand higher or lower above $\theta$ than later on, so the **first wait** has its own length: from a level $L$ it takes $t_{1/2} \log_2 (L / \theta)$ minutes to fall to $\theta$.

Write `count_presses(dose, threshold, t_half_min, minutes)`: the number of presses from minute 0 to the end of the session, those at minute 0 included. `dose` and `threshold` are above 0 and in the same units. (No test asks for a press in the very moment in which the session ends.)

**Edge case:** in a session that ends before the first wait is over, there is nothing but the loading.
"""


# %% answer="m4-count-presses"
def count_presses(dose, threshold, t_half_min, minutes):
    """Number of presses in a session that begins without drug."""
    ### BEGIN SOLUTION
    level, presses, time = 0.0, 0, 0.0
    while time <= minutes:
        if level <= threshold:
            level, presses = level + dose, presses + 1
        else:
            time = time + t_half_min * np.log2(level / threshold)
            level = threshold
    return presses
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m4-count-presses" points=4 objective="O2" read="A session: the level that is defended"
with expect.item("m4-count-presses", points=4, hidden=3) as item:
    count = item.call(count_presses, 3.0, 1.0, 10.0, 55.0)
    item.shape(count, ())

    ### BEGIN HIDDEN TESTS
    def loading(dose, threshold):
        return int(np.floor(threshold / dose)) + 1

    def wait(level, threshold, half):
        return half * np.log2(level / threshold)

    def presses(dose, threshold, half, minutes, *, load=None, first=None, later=None):
        load = loading(dose, threshold) if load is None else load
        first = wait(load * dose, threshold, half) if first is None else first
        later = wait(threshold + dose, threshold, half) if later is None else later
        return load if minutes < first else load + 1 + int(np.floor((minutes - first) / later))

    no_loading = "You count a single press at minute 0. There the animal presses until the level stands above the threshold, and each of these presses counts."
    item.diagnose(
        count,
        misconceptions={
            "rest-forgotten": (
                presses(3, 1, 10, 55, later=wait(3, 1, 10)),
                "After a press your level is the dose alone. What was still there, the threshold's worth, stays: the dose comes on top.",
            ),
            "loading-left-out": (2, "One press is missing. Those at minute 0 count as well."),
            "half-life-as-time-constant": (
                presses(3, 1, 10, 55, first=10 * np.log(3), later=10 * np.log(4)),
                "You used the natural logarithm with the half-life. Count halvings: np.log2, or divide by ln 2.",
            ),
        },
    )
    ### END HIDDEN TESTS
    item.close(count, 3)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "a small dose and a long session"):
        case = (0.7, 2.5, 8.0, 200.0)
        dose, threshold, half, _ = case
        load, later = loading(dose, threshold), wait(threshold + dose, threshold, half)
        count = item.call(count_presses, *case)
        item.shape(count, ())
        item.close(
            count,
            presses(*case),
            misconceptions={
                "no-loading": (presses(*case, load=1, first=later), no_loading),
                "loading-left-out": (
                    presses(*case) - load,
                    "The presses of the loading are missing from your count, as if one could divide the session by the interval. They happen at minute 0, and they count.",
                ),
            },
        )
    with item.part(1, "a loading that ends just above the threshold"):
        case = (1.0, 2.96, 10.0, 16.0)
        count = item.call(count_presses, *case)
        item.shape(count, ())
        one = wait(case[1] + case[0], case[1], case[2])
        item.close(
            count,
            presses(*case),
            misconceptions={
                "one-interval-for-all": (
                    presses(*case, first=one),
                    "All your waits are equally long. After the loading the level stands at another height than after a later press, so the first wait has its own length.",
                )
            },
        )
    with item.part(1, "a session that ends before the first wait is over"):
        case = (0.9, 2.0, 12.0, 3.0)
        count = item.call(count_presses, *case)
        item.shape(count, ())
        item.close(count, loading(0.9, 2.0), misconceptions={"no-loading": (1, no_loading)})
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 10. Relief or euphoria? ({{points f1-relief-or-euphoria}}, O4)

At a case conference somebody says of a (made-up) woman who lives with borderline personality disorder and uses methamphetamine: *"With BPD it is always self-medication. She only wants the pain to stop; it has been shown."*

**Answer in at most 150 words.** Say which evidence would tell relief from euphoria in people with BPD: what you would measure and when, whom you would compare with whom, and which result would speak for the one and which for the other. Say also what has been measured so far, and what follows about this woman. A person reads this; nobody expects perfect prose.
"""

# %% [markdown] free="f1-relief-or-euphoria" points=6 objective="O4" read="This stage in BPD: said, measured, not measured"
"""
=== BEGIN MARK SCHEME ===
Two points each for the first two criteria, one each for the others.

1. **Measure** (2): bad feelings and good feelings *separately*, *before and after* use, close to the moment (diary prompts, or a laboratory study that an ethics committee would allow), not only a reason given later. 1 point for one of: separate scales; before and after.
2. **Comparison and prediction** (2): names who is compared (people who use, with and without BPD; or the same person at moments of high and of low distress) and what each idea predicts, for example: relief predicts that use follows distress, that distress falls, and that the effect is larger the greater the distress was; euphoria predicts a rise of good feelings that does not depend on the distress before. 1 point for a comparison without a prediction, or a prediction without a comparison.
3. **What is known** (1): no study of methamphetamine, BPD and mood around use was found; or: among people who use methamphetamine only a minority gave relief as the reason; or: in the diary study with alcohol both good and bad feelings ran high. "Shown" says too much.
4. **This woman** (1): a group result does not tell her reasons; relief and euphoria may both be there, and one can ask her. Person-first language.

A model answer: "I would ask people who use, with and without BPD, several times a day how bad and how good they feel, on separate scales, and note each use. Relief predicts that distress rises before use and falls after it, and that it falls most when it was highest, more so in BPD. Euphoria predicts that good feelings rise after use whatever went before. Both can be true. Such a study of methamphetamine in BPD has not been found; with alcohol, women with BPD reported more bad and more good feelings at moments of drinking, and of people who use methamphetamine most named pleasure. So 'it has been shown' is too much. What it is for her, we do not know yet. I would ask her."
=== END MARK SCHEME ===
"""

# %% [markdown]
"""
## Check everything

Save first (Ctrl+S), then run the next cell. It judges the saved notebook with all checks, hidden ones included, and says why. The text in item 10 is read by a person; studying alone, compare yours with the lesson's section *This stage in BPD: said, measured, not measured*. The same in a terminal: `autograder check exercises.ipynb`.
"""

# %% tags=["skip-execution"]
import autograder

autograder.check_notebook("exercises.ipynb")
