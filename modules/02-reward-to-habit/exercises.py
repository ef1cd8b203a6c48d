# %% [markdown]
"""
# Exercises 02: from reward to habit

**46 points · about 60 minutes · save often (Ctrl+S)**

How it works:

1. An **answer cell** holds three dots, `...`. Put your answer in their place and run the cell with Shift+Enter.
2. The **check cell** under it is locked. Run it: it says in one sentence whether your answer has the right form, and how many hidden checks decide the points.
3. The **last cell** of this notebook judges everything, with the reasons. Use it as often as you like.

The first five items need no programming and are worth 20 points; the five functions after them 20; the short text at the end, which a person reads, 6.

What you show here: **O1** compute a prediction error · **O2** say what a drug does to it in a model, and which finding speaks against that model · **O3** predict what each level of the spiral comes to want · **O4** tell a plan from a habit in data · **O5** write these mechanisms as functions.

All learners and rats here are models or made up. Rewards and values are counted in units of one ordinary reward, errors too.
"""

# %% locked="setup"
import numpy as np

from autograder import expect


def two_arrays(item, result, length):
    """The result is two arrays of this length; one sentence if it is not."""
    if not hasattr(result, "__len__") or len(result) != 2:
        item.fail("Give back two arrays, the new values and the errors: end with `return V_new, delta`.")
    for part in result:
        item.shape(part, (length,))


# %% [markdown]
"""
## 1. When the reward is no longer news ({{points c1-expected-reward}}, O1)

A tone has been followed by a reward of size 4 on so many trials that the prediction has stopped changing: when the reward is due, a value of exactly 4 is expected.

**How large is the prediction error at the moment at which the reward is due, when it comes as always, and how large when it is left out for once?** Write two numbers, with a minus sign where one is needed.
"""

# %% answer="c1-expected-reward"
c1_comes = ...  # the error when the reward comes
c1_left_out = ...  # the error when it is left out
### BEGIN SOLUTION
c1_comes = 0
c1_left_out = -4
### END SOLUTION

# %% test="c1-expected-reward" points=4 objective="O1" read="Surprise: the prediction error"
with expect.item("c1-expected-reward", points=4, hidden=2) as item:
    item.number(c1_comes, unit="units of reward", low=-10, high=10)
    item.number(c1_left_out, unit="units of reward", low=-10, high=10)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "a reward that comes as expected"):
        item.diagnose(
            c1_comes,
            misconceptions={
                "error-is-reward": (
                    4,
                    "You gave the size of the reward. The error is what came minus what was expected, and here the whole reward was expected.",
                ),
                "expected-reward-disappoints": (
                    -4,
                    "You took away the prediction but forgot the reward. The error is what came minus what was expected.",
                ),
            },
        )
        item.close(c1_comes, 0, atol=1e-9)
    with item.part(2, "a reward that is left out"):
        item.diagnose(
            c1_left_out,
            misconceptions={
                "nothing-came-nothing-signalled": (
                    0,
                    "Nothing came, but something was expected, and an expected reward that stays away is news: what came (0) minus what was expected.",
                ),
                "sign-reversed": (
                    4,
                    "The size is right, the sign is not: the error is what came *minus* what was expected, so a disappointment is negative.",
                ),
            },
        )
        item.within(
            c1_left_out,
            -4,
            1e-9,
            why="What came minus what was expected: 4 − 4 = 0 for a reward that was fully expected, 0 − 4 = −4 for one that stays away.",
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 2. When does the drug's value pass the reward's? ({{points c2-passes-reward}}, O2)

In the lesson's model of a drug whose error cannot be predicted away (a *non-compensable* one), the drug brings a reward of $r = 1$ and, whatever was expected, adds $D = 0.3$ to the error. The learning rate is $\alpha = 0.1$; the value $V$ begins at 0. As long as $V$ is at most $r$, the added term makes no other difference than a larger reward would:

$$V_n = (r + D)\,\bigl(1 - (1-\alpha)^n\bigr)$$

Here $n$ counts the trials. So that nobody needs a calculator:

| $n$ | 3 | 5 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 20 | 30 |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
| $0.9^n$ | 0.729 | 0.590 | 0.478 | 0.430 | 0.387 | 0.349 | 0.314 | 0.282 | 0.254 | 0.229 | 0.206 | 0.185 | 0.122 | 0.042 |

**After how many trials does $V$ stand above $r = 1$ for the first time?** Write a whole number, or 0 if that never happens.
"""

# %% answer="c2-passes-reward"
c2 = ...  # trials
### BEGIN SOLUTION
c2 = 14
### END SOLUTION

# %% test="c2-passes-reward" points=4 objective="O2" read="Surprise: the prediction error"
with expect.item("c2-passes-reward", points=4, hidden=1) as item:
    item.number(c2, unit="trials", low=0, high=100000)
    ### BEGIN HIDDEN TESTS
    with item.part(4, "the trial"):
        exact = float(np.log(1 - 1 / 1.3) / np.log(0.9))
        right = int(np.ceil(exact))
        if c2 != right:
            item.diagnose(
                c2,
                atol=0.2,
                misconceptions={
                    "drug-value-saturates": (
                        0,
                        "You let the value stop at the reward, as it would without the drug. Here it heads for r + D, which lies above r, so it passes r on the way.",
                    ),
                    "last-trial-below": (
                        right - 1,
                        "After that trial the value is still just below 1. The question asks for the first trial after which it stands above.",
                    ),
                    "trials-come-whole": (
                        exact,
                        "The curve crosses 1 there, but trials come whole: the value passes 1 with the next one.",
                    ),
                    "first-trial-is-zero": (
                        right + 1,
                        "One trial too many: the value already stands above 1 after the trial before.",
                    ),
                    "linear-growth": (
                        8,
                        "You let the value grow by the same amount every trial, α(r + D). The error shrinks as the value grows, so each step is smaller than the one before.",
                    ),
                    "one-over-rate": (
                        10,
                        "One over the learning rate is the trial at which almost two thirds of the way are done, whatever the drug. Put the numbers into the formula: where does V pass 1?",
                    ),
                    "left-for-done": (
                        3,
                        "You looked for the trial at which 0.9ⁿ falls to 1/1.3. That is the share still *missing*; the share that is *done*, 1 − 0.9ⁿ, must pass it.",
                    ),
                },
            )
            item.fail(
                "The value passes 1 at another trial. Divide 1 by r + D: that share must be passed by 1 − 0.9ⁿ. Then look it up."
            )
        item.within(
            c2,
            right,
            0,
            why="1 / 1.3 = 0.769, so 0.9ⁿ must fall below 0.231: with 13 trials it has not, with 14 it has. From there on the error of this model never falls below D, and the value climbs by αD each time, without end.",
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 3. Who plans, who repeats? ({{points c3-three-learners}}, O4)

Three model learners have played the two-step task for so many trials that chance plays no part. The table says how often, in per cent, each chose the **same** first option again, by what had happened on the trial before.

| learner | rewarded, common way | rewarded, rare way | not rewarded, common way | not rewarded, rare way |
|---|---|---|---|---|
| P | 77 | 77 | 48 | 49 |
| Q | 68 | 64 | 44 | 50 |
| R | 57 | 46 | 46 | 58 |

**Which statement fits all three?**

- **a**: P is model-based, because it makes most of a reward; R is model-free, because reward hardly moves it.
- **b**: All three are model-free, because each repeats a choice more often after a reward on the common way than after none.
- **c**: P is model-free, Q a mixture, R model-based.
- **d**: P is model-free and Q model-based; R guesses, because on average it repeats as often without a reward as with one.

Write the letter in quotation marks.
"""

# %% answer="c3-three-learners"
c3 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c3 = "c"
### END SOLUTION

# %% test="c3-three-learners" points=4 objective="O4" read="Plan or repeat: two ways to choose"
with expect.item("c3-three-learners", points=4, hidden=1) as item:
    item.letter(c3, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(4, "the three learners"):
        item.choice(
            c3,
            "c",
            why="P asks only whether it paid. R asks by which way the reward came, and turns round after the rare way. Q does some of both: reward matters, and so does the way.",
            wrong={
                "a": (
                    "more-staying-is-planning",
                    "Staying after a reward, however often, needs no plan. Look at the rare way: P repeats what paid even when the reward came by chance from the other side.",
                ),
                "b": (
                    "any-win-stay-is-habit",
                    "A planner also repeats what paid, if it came by the common way. The two differ after the *rare* way: does the learner then stay, as if the choice had earned it, or change?",
                ),
                "d": (
                    "no-main-effect-is-guessing",
                    "Averaged over the two ways R looks like guessing. Read the ways apart: reward pulls it back to its choice after the common way and away from it after the rare one. That is a plan at its clearest.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 4. A snack that has lost its appeal ({{points c4-devaluation}}, O4)

A model learner presses a lever for a snack. How often it presses is proportional to

$$Q = w\,Q_{MB} + (1 - w)\,Q_{MF}, \qquad w = 0.4$$

At first both values are 1. Then the learner eats its fill of the snack, away from the lever: now the snack is worth 0 to it. In the test the lever is there, but no snack follows. The model-based value knows at once; the model-free value would have to be tasted to change.

**By how many per cent does the pressing fall at the start of the test?** Write a number from 0 to 100.
"""

# %% answer="c4-devaluation"
c4 = ...  # per cent of the pressing before
### BEGIN SOLUTION
c4 = 40
### END SOLUTION

# %% test="c4-devaluation" points=4 objective="O4" read="When the outcome loses its worth"
with expect.item("c4-devaluation", points=4, hidden=1) as item:
    item.number(c4, unit="per cent", low=0, high=100)
    ### BEGIN HIDDEN TESTS
    with item.part(4, "the fall"):
        if 0 < c4 < 1:
            item.fail(
                "That is a share between 0 and 1, or less than one per cent. The question asks for per cent: multiply the share by 100.",
                misconception="share-for-percent",
            )
        item.within(
            c4,
            40,
            0.5,
            why="Only the model-based part, w = 0.4, takes the new worth into account: from 1 to 0.6. A habit shows in what is *left*, and a mixture falls in part.",
            misconceptions={
                "habit-never-falls": (
                    0,
                    "You took the pressing for pure habit. Part of this learner plans, and that part knows at once that the snack is worth nothing now.",
                ),
                "devaluation-stops-everything": (
                    100,
                    "You took the pressing to be all plan. The model-free part has not met the new worth yet and goes on as before.",
                ),
                "left-for-fallen": (
                    60,
                    "That is what is left. The question asks by how much the pressing falls. (Or you gave w to the model-free part.)",
                ),
                "half-and-half": (
                    50,
                    "You gave both parts the same weight. Here w = 0.4.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 5. What would prove the model wrong? ({{points c5-falsify}}, O2)

The model of item 2 says: each dose adds at least $D$ to the prediction error, *whatever was expected*. So there is always something left to learn from it.

**Which of these (made-up) results speaks against the model?**

- **a**: Of the people who finish a treatment programme, about half have returned to use a year later, and the others have not.
- **b**: Rats learn that a tone announces the drug. Then a light is added, and tone and light together announce the same drug. Tested alone, the light means little to them. Other rats that had never met the tone learnt about the light well.
- **c**: After many trials a cue that announces the drug raises dopamine by itself, before the drug arrives.
- **d**: Rats that have had the drug a hundred times go on choosing it over food.

Write the letter in quotation marks.
"""

# %% answer="c5-falsify"
c5 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c5 = "b"
### END SOLUTION

# %% test="c5-falsify" points=4 objective="O2" read="Surprise: the prediction error"
with expect.item("c5-falsify", points=4, hidden=1) as item:
    item.letter(c5, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(4, "the result"):
        item.choice(
            c5,
            "b",
            why="This is blocking: the tone has used up the error, so nothing is left from which the light could learn. The model says that something is always left, and so it forbids this result.",
            wrong={
                "a": (
                    "outcome-rates-test-a-mechanism",
                    "How many people return to use depends on very much: their lives, help, chance. The model says nothing about that number, so no such number can speak against it.",
                ),
                "c": (
                    "cue-transfer-refutes",
                    "Any learning from prediction errors does this, with or without a drug: value moves back to the cue. The model predicts it too.",
                ),
                "d": (
                    "what-fits-refutes",
                    "This is what the model predicts, so it cannot speak against it. It does not prove it either: other models predict it as well.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 6. One trial of learning ({{points m1-td-trial}}, O5)

From here on you write functions. NumPy is loaded as `np`.

A trial goes through `n` states in a row, from the cue (state 0) to the last one, in which the reward arrives. `V[s]` is the value expected in state `s`. After the trial each state has an error:

$$\delta_s = \gamma V_{s+1} - V_s \;\;(\text{all but the last}), \qquad \delta_{n-1} = r + D - V_{n-1}, \qquad V_s \leftarrow V_s + \alpha\,\delta_s$$

All errors are worked out from the **old** values. If the drug is non-compensable (`noncomp` is `True`), the error of the **last state** is never smaller than the drug's own term: it is the larger of $r + D - V_{n-1}$ and $D$. The drug acts nowhere else.

Write `td_trial(V, r, alpha, gamma, drug, noncomp)`:

| name | meaning |
|---|---|
| `V` | values before the trial, array of `n` ≥ 1 numbers |
| `r` | reward |
| `alpha` | learning rate, 0–1 per trial |
| `gamma` | discount, 0–1 per state |
| `drug` | the drug's term $D$ ≥ 0 |
| `noncomp` | `True` or `False` |

**Returns** two arrays of `n` numbers, `V_new, delta`.
"""


# %% answer="m1-td-trial"
def td_trial(V, r, alpha, gamma, drug, noncomp):
    """Values after one trial, and the prediction error of each state."""
    ### BEGIN SOLUTION
    delta = np.append(gamma * V[1:], r + drug) - V
    if noncomp:
        delta[-1] = max(delta[-1], drug)
    return V + alpha * delta, delta
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m1-td-trial" points=4 objective="O5" read="Surprise: the prediction error"
with expect.item("m1-td-trial", points=4, hidden=3) as item:
    first = item.call(td_trial, np.zeros(4), 1.0, 0.1, 0.9, 0.0, False)
    two_arrays(item, first, 4)

    ### BEGIN HIDDEN TESTS
    def after(V, alpha, delta):
        return np.concatenate([V + alpha * delta, delta])

    item.diagnose(
        first,
        misconceptions={
            "learning-rate-ignored": (
                [0, 0, 0, 1, 0, 0, 0, 1],
                "Your values move by the whole error. Only the share alpha of it is learnt in one trial: add alpha * delta.",
            ),
            "wrong-way": (
                [0, 0, 0, -0.1, 0, 0, 0, -1],
                "Your error is what was expected minus what came. Turn it round.",
            ),
            "reward-in-every-state": (
                [0.1, 0.1, 0.1, 0.1, 1, 1, 1, 1],
                "The reward arrives in every state of your trial. It belongs to the last one only.",
            ),
            "new-values-used": (
                np.outer([0.1, 1], [0.09**3, 0.09**2, 0.09, 1]),
                "You went from the end to the beginning and used values that this same trial had already changed. Work out all errors from the old values first.",
            ),
        },
    )
    ### END HIDDEN TESTS
    item.close(first, [0, 0, 0, 0.1, 0, 0, 0, 1], atol=1e-12)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "values learnt before and no drug"):
        V, gamma, alpha, r = np.array([0.2, 0.5, 0.1, 0.4]), 0.8, 0.3, 0.7
        delta = np.array([0.8 * 0.5 - 0.2, 0.8 * 0.1 - 0.5, 0.8 * 0.4 - 0.1, 0.7 - 0.4])
        found = item.call(td_trial, V, r, alpha, gamma, 0.0, False)
        two_arrays(item, found, 4)
        item.close(
            found,
            after(V, alpha, delta),
            rtol=1e-6,
            atol=1e-12,
            misconceptions={
                "reward-as-delta": (
                    after(V, alpha, np.append(delta[:-1], r)),
                    "In the last state you took the reward itself for the error. Take away what was expected there, V[-1].",
                ),
                "no-gamma": (
                    after(V, alpha, np.append(V[1:], r) - V),
                    "You left out the discount: the next state's value counts gamma times.",
                ),
                "own-value-discounted": (
                    after(V, alpha, np.append(V[1:] - gamma * V[:-1], r - V[-1])),
                    "You discounted the state's own value. The discount belongs to the next state's value, which lies in the future.",
                ),
            },
        )
    V, gamma, alpha, r, drug = np.array([0.2, 0.5, 0.1, 1.2]), 0.8, 0.3, 0.7, 0.3
    delta = np.array([0.8 * 0.5 - 0.2, 0.8 * 0.1 - 0.5, 0.8 * 1.2 - 0.1, 0.7 + 0.3 - 1.2])
    floored = np.append(delta[:-1], drug)
    with item.part(1, "a drug whose error can be predicted away"):
        found = item.call(td_trial, V, r, alpha, gamma, drug, False)
        two_arrays(item, found, 4)
        item.close(
            found,
            after(V, alpha, delta),
            rtol=1e-6,
            atol=1e-12,
            misconceptions={
                "always-non-compensable": (
                    after(V, alpha, floored),
                    "Your drug's error has a floor even when `noncomp` is False. Then it may fall below D, and below zero.",
                ),
                "drug-in-every-state": (
                    after(V, alpha, delta + np.array([drug, drug, drug, 0])),
                    "You added the drug's term in every state. It acts in the last one only.",
                ),
                "drug-left-out": (
                    after(V, alpha, delta - np.array([0, 0, 0, drug])),
                    "The drug's term is missing. It adds to the reward in the last state.",
                ),
            },
        )
    with item.part(1, "a drug whose error cannot be predicted away"):
        found = item.call(td_trial, V, r, alpha, gamma, drug, True)
        two_arrays(item, found, 4)
        item.close(
            found,
            after(V, alpha, floored),
            rtol=1e-6,
            atol=1e-12,
            misconceptions={
                "always-compensable": (
                    after(V, alpha, delta),
                    "In your trial the drug's error can be predicted away even when `noncomp` is True. Then it is never smaller than D: take the larger of the two.",
                ),
                "floor-in-every-state": (
                    after(V, alpha, np.maximum(delta, drug)),
                    "You put the floor under the error of every state. It belongs to the last one, where the drug acts.",
                ),
                "no-error-below-zero": (
                    after(V, alpha, np.maximum(floored, 0)),
                    "Your other states have no negative errors any more. The floor belongs to the last state only.",
                ),
                "floor-at-zero": (
                    after(V, alpha, np.append(delta[:-1], 0)),
                    "Your floor under the last error is zero. It is the drug's own term, D.",
                ),
            },
        )
        single = item.call(td_trial, np.array([2.0]), 1.0, 0.1, 0.9, 0.3, True)
        two_arrays(item, single, 1)
        item.close(single, [2.03, 0.3], rtol=1e-6)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 7. The table of staying ({{points m2-stay-table}}, O4)

Write `stay_table(choice, common, reward)` for data from the two-step task. All three are arrays of `n` whole numbers, one for each trial:

- `choice`: the first choice, 0 or 1;
- `common`: 1 when the choice led to where it usually leads (the common way), 0 for the rare way;
- `reward`: 1 when the trial ended with a reward, 0 when not.

A trial is followed by a **stay** when the next trial has the same first choice. Sort every trial that has a next one by *its own* reward and way, and work out the share of stays in each group.

**Returns** an array of 2 × 2 shares from 0 to 1:

| | common | rare |
|---|---|---|
| **rewarded** | `[0, 0]` | `[0, 1]` |
| **not rewarded** | `[1, 0]` | `[1, 1]` |

**Edge case:** a group without a single trial has no share; put `np.nan` there.
"""


# %% answer="m2-stay-table"
def stay_table(choice, common, reward):
    """Share of repeated first choices by reward (rows: yes, no) and way (columns: common, rare)."""
    ### BEGIN SOLUTION
    stay = choice[1:] == choice[:-1]
    table = np.full((2, 2), np.nan)
    for row, rewarded in enumerate((1, 0)):
        for column, way in enumerate((1, 0)):
            group = (reward[:-1] == rewarded) & (common[:-1] == way)
            if group.any():
                table[row, column] = stay[group].mean()
    return table
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m2-stay-table" points=4 objective="O4" read="Plan or repeat: two ways to choose"
with expect.item("m2-stay-table", points=4, hidden=2) as item:
    small = (np.array([0, 0, 1, 1, 1]), np.array([1, 1, 0, 0, 1]), np.array([1, 0, 1, 0, 0]))
    table = item.call(stay_table, *small)
    item.shape(table, (2, 2))
    ### BEGIN HIDDEN TESTS
    item.diagnose(
        table,
        misconceptions={
            "transposed": (
                [[1, 0], [1, 1]],
                "Rows and columns are exchanged in your table: rows are rewarded and not rewarded, columns common and rare.",
            ),
            "switch-for-stay": (
                [[0, 0], [1, 0]],
                "You counted how often the choice *changed*. A stay is the same choice again.",
            ),
            "rows-exchanged": (
                [[0, 1], [1, 1]],
                "The rows are exchanged: rewarded trials stand in the first row.",
            ),
            "columns-exchanged": (
                [[1, 1], [1, 0]],
                "The columns are exchanged: the common way stands in the first column.",
            ),
            "sorted-by-current-trial": (
                [[np.nan, 0], [1, 1]],
                "You sorted by the trial on which the choice is repeated. What matters is what happened on the trial *before*.",
            ),
            "joint-share": (
                [[0.25, 0.25], [0, 0.25]],
                "You divided by the number of all trials. Divide by the number of trials in the group: of those that were rewarded on the common way, which share stayed?",
            ),
        },
    )
    ### END HIDDEN TESTS
    item.close(table, [[1, 1], [0, 1]], atol=1e-12)
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(2024)
    choice, common = rng.integers(0, 2, 80), (rng.random(80) < 0.7).astype(int)
    reward = rng.integers(0, 2, 80)

    def shares(stay, rewarded, way):
        return np.array([[stay[(rewarded == a) & (way == b)].mean() for b in (1, 0)] for a in (1, 0)])

    stay = choice[1:] == choice[:-1]
    with item.part(3, "eighty trials"):
        found = item.call(stay_table, choice, common, reward)
        item.shape(found, (2, 2))
        item.close(
            found,
            shares(stay, reward[:-1], common[:-1]),
            rtol=1e-6,
            misconceptions={
                "last-trial-counted": (
                    shares(np.roll(choice, -1) == choice, reward, common),
                    "You compared the last trial with the first one. The last trial has no next one: leave it out.",
                ),
            },
        )
    with item.part(1, "a game in which the rare way never happened"):
        found = item.call(stay_table, np.ones(5, dtype=int), np.ones(5, dtype=int), np.array([1, 1, 0, 0, 1]))
        item.shape(found, (2, 2))
        item.close(
            found,
            [[1, np.nan], [1, np.nan]],
            rtol=1e-6,
            misconceptions={
                "zero-for-empty": (
                    [[1, 0], [1, 0]],
                    "Where there was no trial you say 0, as if nobody had stayed. A share of nothing is not zero but unknown: np.nan.",
                )
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 8. Mix the plan with the habit ({{points m3-mix-values}}, O4)

The two first choices of the two-step task lead to one of two places; in each place there are two options to choose from. The planner asks how good the *best* option of each place is, and how likely each place is after each choice:

$$Q_{MB}(a) = \sum_s T_{as}\, \max_b Q_2(s, b), \qquad Q(a) = w\,Q_{MB}(a) + (1 - w)\,Q_{MF}(a)$$

Write `mix_values(Q_mf, T, Q2, w)`:

- `Q_mf`: array of 2, the model-free value of each first choice;
- `T`: array 2 × 2; `T[a, s]` is the probability that choice `a` leads to place `s` (each row adds up to 1);
- `Q2`: array 2 × 2; `Q2[s, b]` is the value of option `b` in place `s`;
- `w`: the weight of the plan, 0–1.

**Returns** an array of 2, the mixed value of each first choice.
"""


# %% answer="m3-mix-values"
def mix_values(Q_mf, T, Q2, w):
    """Value of each first choice: `w` times the plan plus (1 − w) times the habit."""
    ### BEGIN SOLUTION
    return w * (T @ Q2.max(axis=1)) + (1 - w) * Q_mf
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m3-mix-values" points=4 objective="O4" read="Plan or repeat: two ways to choose"
with expect.item("m3-mix-values", points=4, hidden=2) as item:
    T, Q2 = np.array([[0.7, 0.3], [0.3, 0.7]]), np.array([[0.6, 0.2], [0.7, 0.8]])
    mixed = item.call(mix_values, np.array([0.5, 0.4]), T, Q2, 0.5)
    item.shape(mixed, (2,))

    ### BEGIN HIDDEN TESTS
    def mixture(Q_mf, plan, w):
        return w * plan + (1 - w) * Q_mf

    item.diagnose(
        mixed,
        misconceptions={
            "mean-not-best": (
                mixture(np.array([0.5, 0.4]), T @ Q2.mean(axis=1), 0.5),
                "You averaged the options of each place. A planner would take the better one there: use the maximum.",
            ),
            "sum-without-weight": (
                np.array([0.5, 0.4]) + T @ Q2.max(axis=1),
                "You added plan and habit in full. Weigh them: w for the plan, 1 − w for the habit.",
            ),
            "best-over-places": (
                mixture(np.array([0.5, 0.4]), T @ Q2.max(axis=0), 0.5),
                "You took the maximum over the places. In each place the planner takes the best *option*: the maximum of each row of Q2.",
            ),
        },
    )
    ### END HIDDEN TESTS
    item.close(mixed, [0.58, 0.57], rtol=1e-6)
    ### BEGIN HIDDEN TESTS
    Q_mf, T, Q2 = np.array([0.2, 0.9]), np.array([[0.8, 0.2], [0.35, 0.65]]), np.array([[0.7, 0.1], [0.3, 0.45]])
    plan = np.array([0.8 * 0.7 + 0.2 * 0.45, 0.35 * 0.7 + 0.65 * 0.45])
    with item.part(3, "two places that are not mirror images"):
        found = item.call(mix_values, Q_mf, T, Q2, 0.3)
        item.shape(found, (2,))
        item.close(
            found,
            mixture(Q_mf, plan, 0.3),
            rtol=1e-6,
            misconceptions={
                "weights-exchanged": (
                    mixture(Q_mf, plan, 0.7),
                    "You gave w to the habit. It is the weight of the plan; the habit gets 1 − w.",
                ),
                "transitions-transposed": (
                    mixture(Q_mf, np.array([0.8 * 0.7 + 0.35 * 0.45, 0.2 * 0.7 + 0.65 * 0.45]), 0.3),
                    "Rows and columns of T are exchanged. `T[a]`, a row, says where choice a leads: T @ best, not T.T @ best.",
                ),
                "likeliest-place-only": (
                    mixture(Q_mf, np.array([0.7, 0.45]), 0.3),
                    "You looked only at the place each choice leads to most often. Weigh both places with their probabilities.",
                ),
            },
        )
    with item.part(1, "nothing but habit, and nothing but plan"):
        item.close(item.call(mix_values, Q_mf, T, Q2, 0.0), Q_mf, rtol=1e-6)
        item.close(item.call(mix_values, Q_mf, T, Q2, 1.0), plan, rtol=1e-6)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 9. How many trials until a value is passed? ({{points m4-trials-to-pass}}, O2)

One state, one value $V$, which begins at 0. Each trial brings the reward $r$ and the drug's term $D$:

$$\delta = r + D - V, \qquad V \leftarrow V + \alpha\,\delta$$

If `noncomp` is `True`, $\delta$ is never smaller than $D$: it is the larger of $r + D - V$ and $D$.

Write `trials_to_pass(target, r, alpha, drug, noncomp)`: the number of trials after which $V$ stands **above** `target` for the first time. All numbers are positive, `drug` may be 0, and `alpha` is below 1.

**Edge case:** when $V$ never comes to stand above `target`, return `np.inf`. Decide this *before* you begin to count: a loop that waits for what never happens does not end, and is stopped without points. (When can it happen? Without a floor $V$ only ever approaches $r + D$. With a floor above zero it climbs without end.)
"""


# %% answer="m4-trials-to-pass"
def trials_to_pass(target, r, alpha, drug, noncomp):
    """Number of trials after which the value first stands above `target`; inf if it never does."""
    ### BEGIN SOLUTION
    climbs_without_end = noncomp and drug > 0
    if target >= r + drug and not climbs_without_end:
        return np.inf
    V, trials = 0.0, 0
    while V <= target:
        delta = r + drug - V
        if noncomp:
            delta = max(delta, drug)
        V = V + alpha * delta
        trials = trials + 1
    return trials
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m4-trials-to-pass" points=4 objective="O2" read="Surprise: the prediction error"
with expect.item("m4-trials-to-pass", points=4, hidden=3) as item:
    count = item.call(trials_to_pass, 0.6, 1.0, 0.5, 0.0, False)
    item.shape(count, ())
    ### BEGIN HIDDEN TESTS
    item.diagnose(
        count,
        misconceptions={
            "one-trial-short": (
                1,
                "You are one trial short: after the first trial the value is alpha times the error, not yet above the target.",
            ),
            "one-trial-too-many": (
                3,
                "You count one trial too many. Before the first trial the count is 0; look at the value after each trial.",
            ),
        },
    )
    ### END HIDDEN TESTS
    item.close(count, 2)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "a drug whose error can be predicted away"):
        count = item.call(trials_to_pass, 1.25, 1.0, 0.2, 0.3, False)
        item.shape(count, ())
        item.close(
            count,
            15,
            misconceptions={
                "linear-growth": (
                    5,
                    "Your value grows by the same amount each trial. The error shrinks as the value grows: work it out anew each time.",
                ),
                "drug-value-saturates": (
                    np.inf,
                    "Your value stops at the reward. With the drug it heads for r + D, which lies above this target.",
                ),
                "always-non-compensable": (
                    11,
                    "Your error has a floor even when `noncomp` is False. Then it may fall below D.",
                ),
                "trials-come-whole": (
                    float(np.log(1 - 1.25 / 1.3) / np.log(0.8)),
                    "Trials come whole: round up to the first trial after which the value stands above the target.",
                ),
            },
        )
    with item.part(1, "a drug whose error cannot be predicted away, and a target far above"):
        count = item.call(trials_to_pass, 2.0, 1.0, 0.2, 0.3, True)
        item.shape(count, ())
        item.close(
            count,
            24,
            misconceptions={
                "always-compensable": (
                    np.inf,
                    "Your value never gets there. When `noncomp` is True the error is never smaller than D, so the value climbs without end.",
                ),
                "whole-term-each-trial": (
                    11,
                    "Above the reward your value climbs by D each trial. Only the share alpha of an error is learnt: it climbs by alpha times D.",
                ),
                "floor-from-the-start": (
                    34,
                    "Your error is D from the first trial on. At first r + D − V is larger, and the larger of the two counts.",
                ),
            },
        )
    with item.part(1, "a target that is never passed"):
        for never in ((1.5, 1.0, 0.2, 0.3, False), (1.2, 1.0, 0.2, 0.0, True)):
            count = item.call(trials_to_pass, *never)
            item.shape(count, ())
            if np.isfinite(count):
                item.fail(
                    "You name a trial for a target that is never passed. Give back np.inf where the value only approaches r + D, or where there is no drug to hold it up.",
                    misconception="never-is-not-a-number",
                )
            item.close(count, np.inf)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 10. Where the spiral settles ({{points m5-spiral-settled}}, O3)

In the spiral each level learns from the level above it. Level 0, the top, meets the reward $r$ and the punishment $p$ itself; the drug adds its term $D$ to the error of every level:

$$\delta_0 = r - p + D - Q_0, \qquad \delta_k = Q_{k-1} + D - Q_k \;\;(k \ge 1)$$

Learning goes on until every error is zero.

Write `spiral_settled(levels, r, punishment, drug)`: the values $Q_0, Q_1, \dots$ at which this happens, as an array of `levels` numbers with the top first (`levels` ≥ 1).
"""


# %% answer="m5-spiral-settled"
def spiral_settled(levels, r, punishment, drug):
    """Settled value of each level, the top first."""
    ### BEGIN SOLUTION
    return r - punishment + drug * np.arange(1, levels + 1)
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m5-spiral-settled" points=4 objective="O3" read="From the top to the bottom: the spiral"
with expect.item("m5-spiral-settled", points=4, hidden=2) as item:
    settled = item.call(spiral_settled, 3, 1.0, 0.25, 0.0)
    item.shape(settled, (3,))
    ### BEGIN HIDDEN TESTS
    item.diagnose(
        settled,
        misconceptions={
            "punished-at-every-level": (
                [0.75, 0.5, 0.25],
                "You punished every level again. Only the top meets the punishment itself; the others learn from the level above.",
            ),
            "punishment-left-out": (
                [1, 1, 1],
                "The punishment is missing: the top meets r − p.",
            ),
            "reward-at-every-level": (
                [0.75, 1.75, 2.75],
                "You rewarded every level again. Only the top meets the reward itself; the others learn from the level above.",
            ),
        },
    )
    ### END HIDDEN TESTS
    item.close(settled, [0.75, 0.75, 0.75], atol=1e-12)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "five levels, a drug and a punishment above the reward"):
        top = 2.0 - 3.5
        settled = item.call(spiral_settled, 5, 2.0, 3.5, 0.4)
        item.shape(settled, (5,))
        item.close(
            settled,
            [-1.1, -0.7, -0.3, 0.1, 0.5],
            rtol=1e-6,
            atol=1e-9,
            misconceptions={
                "drug-at-the-top-only": (
                    np.full(5, top + 0.4),
                    "Your drug acts at the top only, so all levels settle alike. It adds D to the error of every level.",
                ),
                "drug-missing-at-the-top": (
                    top + 0.4 * np.arange(5),
                    "The drug is missing at the top. Set its error to zero: Q₀ = r − p + D.",
                ),
                "bottom-first": (
                    (top + 0.4 * np.arange(1, 6))[::-1],
                    "The values are right, their order is not: the top comes first.",
                ),
                "drug-taken-away": (
                    top - 0.4 * np.arange(1, 6),
                    "Your drug lowers the values. Set each error to zero and solve for the value: D stands on the same side as the level above.",
                ),
                "everything-learns-from-the-top": (
                    top + 0.4 + 0.4 * np.minimum(np.arange(5), 1),
                    "You let every level learn from the top. Each one learns from the level just above it.",
                ),
            },
        )
    with item.part(1, "a single level"):
        settled = item.call(spiral_settled, 1, 1.0, 0.5, 0.2)
        item.shape(settled, (1,))
        item.close(settled, [0.7], rtol=1e-6)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 11. In your own words ({{points f1-no-choice-left}}, O3)

On the ward, a colleague says of a (made-up) person who has returned to using methamphetamine and says that he no longer enjoys it: *"By now it's all dorsal striatum. He can't choose any more; it has been shown. If there were real consequences each time, he'd learn."*

**Answer your colleague in at most 150 words.** Say what a habit is and how one would test for it; where the evidence for a shift from ventral to dorsal comes from, and how far it reaches; what the model of the spiral says about punishment that comes late; and what does *not* follow about this person. A person reads this; nobody expects perfect prose.
"""

# %% [markdown] free="f1-no-choice-left" points=6 objective="O3" read="What the review says, what the evidence says"
"""
=== BEGIN MARK SCHEME ===
Two points each for the first two criteria, one each for the others.

1. **Habit** (2): an act that goes on although its outcome has lost its worth; tested by devaluation (or: by whether it adapts to new knowledge). 1 point for a definition without a test, or a test without a definition. Not enjoying it any more, or use despite harm, does not by itself show a habit.
2. **Evidence** (2): the anatomy is from primates, the shift to habit from rodents, mostly with other drugs; in people it is contested, and nobody measured it in this person. 1 point for animals *or* contested alone.
3. **Punishment** (1): in the model punishment reaches the top level only, and a late one silences the top while the lower levels still want; or: consequences that come late are not where the value sits. No point for advice to punish.
4. **No leap to one person** (1): a group-level model does not show that he cannot choose; behaviour is a mixture, and change is common. Person-first language.
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
