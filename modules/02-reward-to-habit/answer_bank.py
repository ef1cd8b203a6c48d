# %% [markdown]
"""
# Answer bank of module 02

Every kind of answer we expect, right and wrong, with the verdict and the sentence it must get. The real judge grades all of it in the test suite, and the demo class hands in answers drawn from here. The reference answers are the solutions in `exercises.py` themselves.
"""

# %% answer="c1-expected-reward" label="alternative-with-point" status="passed" points=4
c1_comes = 0.0
c1_left_out = -4.0

# %% answer="c1-expected-reward" label="alternative-computed" status="passed" points=4
c1_comes = 4 - 4
c1_left_out = 0 - 4

# %% answer="c1-expected-reward" label="error-is-reward" status="failed" points=0 misconception="error-is-reward" message="size of the reward"
c1_comes = 4
c1_left_out = 0

# %% answer="c1-expected-reward" label="nothing-came-nothing-signalled" status="partial" points=2 misconception="nothing-came-nothing-signalled" message="stays away is news"
c1_comes = 0
c1_left_out = 0

# %% answer="c1-expected-reward" label="sign-reversed" status="partial" points=2 misconception="sign-reversed" message="a disappointment is negative"
c1_comes = 0
c1_left_out = 4

# %% answer="c1-expected-reward" label="expected-reward-disappoints" status="partial" points=2 misconception="expected-reward-disappoints" message="forgot the reward"
c1_comes = -4
c1_left_out = -4

# %% answer="c1-expected-reward" label="elsewhere" status="partial" points=2 message="differ"
c1_comes = 0
c1_left_out = -1

# %% answer="c1-expected-reward" label="one-of-two" status="unanswered" points=0 message="Not answered yet"
c1_comes = 0
c1_left_out = ...

# %% answer="c1-expected-reward" label="in-words" status="failed" points=0 message="without quotes"
c1_comes = "none"
c1_left_out = "minus four"

# %% answer="c2-passes-reward" label="alternative-as-float" status="passed" points=4
c2 = 14.0

# %% answer="c2-passes-reward" label="alternative-computed" status="passed" points=4
c2 = next(n for n in range(1, 100) if 1.3 * (1 - 0.9**n) > 1)

# %% answer="c2-passes-reward" label="drug-value-saturates" status="failed" points=0 misconception="drug-value-saturates" message="heads for r + D"
c2 = 0

# %% answer="c2-passes-reward" label="last-trial-below" status="failed" points=0 misconception="last-trial-below" message="still just below 1"
c2 = 13

# %% answer="c2-passes-reward" label="trials-come-whole" status="failed" points=0 misconception="trials-come-whole" message="trials come whole"
c2 = np.log(1 - 1 / 1.3) / np.log(0.9)

# %% answer="c2-passes-reward" label="first-trial-is-zero" status="failed" points=0 misconception="first-trial-is-zero" message="One trial too many"
c2 = 15

# %% answer="c2-passes-reward" label="linear-growth" status="failed" points=0 misconception="linear-growth" message="each step is smaller"
c2 = 8

# %% answer="c2-passes-reward" label="one-over-rate" status="failed" points=0 misconception="one-over-rate" message="One over the learning rate"
c2 = 10

# %% answer="c2-passes-reward" label="left-for-done" status="failed" points=0 misconception="left-for-done" message="still *missing*"
c2 = 3

# %% answer="c2-passes-reward" label="elsewhere" status="failed" points=0 message="another trial"
c2 = 30

# %% answer="c3-three-learners" label="alternative-capital-letter" status="passed" points=4
c3 = "C"

# %% answer="c3-three-learners" label="more-staying-is-planning" status="failed" points=0 misconception="more-staying-is-planning" message="needs no plan"
c3 = "a"

# %% answer="c3-three-learners" label="any-win-stay-is-habit" status="failed" points=0 misconception="any-win-stay-is-habit" message="A planner also repeats"
c3 = "b"

# %% answer="c3-three-learners" label="no-main-effect-is-guessing" status="failed" points=0 misconception="no-main-effect-is-guessing" message="a plan at its clearest"
c3 = "d"

# %% answer="c3-three-learners" label="not-a-letter" status="failed" points=0 message="one letter in quotation marks"
c3 = ["P", "Q", "R"]

# %% answer="c4-devaluation" label="alternative-computed" status="passed" points=4
c4 = 100 * (1 - (0.4 * 0 + 0.6 * 1))

# %% answer="c4-devaluation" label="alternative-as-float" status="passed" points=4
c4 = 40.0

# %% answer="c4-devaluation" label="habit-never-falls" status="failed" points=0 misconception="habit-never-falls" message="Part of this learner plans"
c4 = 0

# %% answer="c4-devaluation" label="devaluation-stops-everything" status="failed" points=0 misconception="devaluation-stops-everything" message="goes on as before"
c4 = 100

# %% answer="c4-devaluation" label="left-for-fallen" status="failed" points=0 misconception="left-for-fallen" message="what is left"
c4 = 60

# %% answer="c4-devaluation" label="half-and-half" status="failed" points=0 misconception="half-and-half" message="the same weight"
c4 = 50

# %% answer="c4-devaluation" label="share-for-percent" status="failed" points=0 misconception="share-for-percent" message="multiply the share by 100"
c4 = 0.4

# %% answer="c4-devaluation" label="elsewhere" status="failed" points=0 message="differ"
c4 = 16

# %% answer="c5-falsify" label="alternative-with-space" status="passed" points=4
c5 = " b "

# %% answer="c5-falsify" label="outcome-rates-test-a-mechanism" status="failed" points=0 misconception="outcome-rates-test-a-mechanism" message="says nothing about that number"
c5 = "a"

# %% answer="c5-falsify" label="cue-transfer-refutes" status="failed" points=0 misconception="cue-transfer-refutes" message="value moves back to the cue"
c5 = "c"

# %% answer="c5-falsify" label="what-fits-refutes" status="failed" points=0 misconception="what-fits-refutes" message="what the model predicts"
c5 = "d"


# %% answer="m1-td-trial" label="alternative-loop" status="passed" points=4
def td_trial(V, r, alpha, gamma, drug, noncomp):
    n = len(V)
    delta = [0.0] * n
    for s in range(n):
        if s == n - 1:
            error = r + drug - V[s]
            delta[s] = drug if noncomp and error < drug else error
        else:
            delta[s] = gamma * V[s + 1] - V[s]
    return [V[s] + alpha * delta[s] for s in range(n)], delta


# %% answer="m1-td-trial" label="alternative-roll-and-floor" status="passed" points=4
def td_trial(V, r, alpha, gamma, drug, noncomp):
    ahead = gamma * np.roll(V, -1)
    ahead[-1] = r
    floor = np.full(len(V), -np.inf)
    extra = np.zeros(len(V))
    extra[-1] = drug
    if noncomp:
        floor[-1] = drug
    delta = np.maximum(ahead - V + extra, floor)
    return V + alpha * delta, delta


# %% answer="m1-td-trial" label="alternative-forwards-in-place" status="passed" points=4
def td_trial(V, r, alpha, gamma, drug, noncomp):
    delta = np.zeros(len(V))
    for s in range(len(V) - 1):
        delta[s] = gamma * V[s + 1] - V[s]  # V[s + 1] has not changed yet
        V[s] += alpha * delta[s]
    last = r + drug - V[-1]
    delta[-1] = max(last, drug) if noncomp else last
    V[-1] += alpha * delta[-1]
    return np.array([V, delta])


# %% answer="m1-td-trial" label="reward-as-delta" status="failed" points=0 misconception="reward-as-delta" message="the reward itself for the error"
def td_trial(V, r, alpha, gamma, drug, noncomp):
    delta = np.append(gamma * V[1:] - V[:-1], r + drug)
    return V + alpha * delta, delta


# %% answer="m1-td-trial" label="no-gamma" status="failed" points=0 misconception="no-gamma" message="left out the discount"
def td_trial(V, r, alpha, gamma, drug, noncomp):
    delta = np.append(V[1:], r + drug) - V
    if noncomp:
        delta[-1] = max(delta[-1], drug)
    return V + alpha * delta, delta


# %% answer="m1-td-trial" label="own-value-discounted" status="failed" points=0 misconception="own-value-discounted" message="which lies in the future"
def td_trial(V, r, alpha, gamma, drug, noncomp):
    delta = np.append(V[1:] - gamma * V[:-1], r + drug - V[-1])
    if noncomp:
        delta[-1] = max(delta[-1], drug)
    return V + alpha * delta, delta


# %% answer="m1-td-trial" label="reward-in-every-state" status="failed" points=0 misconception="reward-in-every-state" message="the last one only"
def td_trial(V, r, alpha, gamma, drug, noncomp):
    delta = r + gamma * np.append(V[1:], 0) - V
    delta[-1] += drug
    return V + alpha * delta, delta


# %% answer="m1-td-trial" label="learning-rate-ignored" status="failed" points=0 misconception="learning-rate-ignored" message="add alpha * delta"
def td_trial(V, r, alpha, gamma, drug, noncomp):
    delta = np.append(gamma * V[1:], r + drug) - V
    if noncomp:
        delta[-1] = max(delta[-1], drug)
    return V + delta, delta


# %% answer="m1-td-trial" label="wrong-way" status="failed" points=0 misconception="wrong-way" message="Turn it round"
def td_trial(V, r, alpha, gamma, drug, noncomp):
    delta = V - np.append(gamma * V[1:], r + drug)
    return V + alpha * delta, delta


# %% answer="m1-td-trial" label="new-values-used" status="failed" points=0 misconception="new-values-used" message="from the old values first"
def td_trial(V, r, alpha, gamma, drug, noncomp):
    V, delta = V.copy(), np.zeros(len(V))
    for s in reversed(range(len(V))):
        delta[s] = r + drug - V[s] if s == len(V) - 1 else gamma * V[s + 1] - V[s]
        if noncomp and s == len(V) - 1:
            delta[s] = max(delta[s], drug)
        V[s] += alpha * delta[s]
    return V, delta


# %% answer="m1-td-trial" label="always-compensable" status="partial" points=3 misconception="always-compensable" message="take the larger of the two"
def td_trial(V, r, alpha, gamma, drug, noncomp):
    delta = np.append(gamma * V[1:], r + drug) - V
    return V + alpha * delta, delta


# %% answer="m1-td-trial" label="always-non-compensable" status="partial" points=3 misconception="always-non-compensable" message="even when `noncomp` is False"
def td_trial(V, r, alpha, gamma, drug, noncomp):
    delta = np.append(gamma * V[1:], r + drug) - V
    delta[-1] = max(delta[-1], drug)
    return V + alpha * delta, delta


# %% answer="m1-td-trial" label="drug-in-every-state" status="partial" points=2 misconception="drug-in-every-state" message="acts in the last one only"
def td_trial(V, r, alpha, gamma, drug, noncomp):
    delta = np.append(gamma * V[1:], r) - V + drug
    if noncomp:
        delta = np.maximum(delta, drug)
    return V + alpha * delta, delta


# %% answer="m1-td-trial" label="floor-in-every-state" status="partial" points=3 misconception="floor-in-every-state" message="the error of every state"
def td_trial(V, r, alpha, gamma, drug, noncomp):
    delta = np.append(gamma * V[1:], r + drug) - V
    if noncomp:
        delta = np.maximum(delta, drug)
    return V + alpha * delta, delta


# %% answer="m1-td-trial" label="no-error-below-zero" status="partial" points=3 misconception="no-error-below-zero" message="no negative errors any more"
def td_trial(V, r, alpha, gamma, drug, noncomp):
    term = np.zeros(len(V))
    term[-1] = drug
    delta = np.append(gamma * V[1:], r) - V + term
    if noncomp:
        delta = np.maximum(delta, term)
    return V + alpha * delta, delta


# %% answer="m1-td-trial" label="floor-at-zero" status="partial" points=3 misconception="floor-at-zero" message="the drug's own term"
def td_trial(V, r, alpha, gamma, drug, noncomp):
    delta = np.append(gamma * V[1:], r + drug) - V
    if noncomp:
        delta[-1] = max(delta[-1], 0)
    return V + alpha * delta, delta


# %% answer="m1-td-trial" label="values-without-errors" status="failed" points=0 message="return V_new, delta"
def td_trial(V, r, alpha, gamma, drug, noncomp):
    delta = np.append(gamma * V[1:], r + drug) - V
    return V + alpha * delta


# %% answer="m1-td-trial" label="out-of-range" status="failed" points=0 message="stopped with IndexError"
def td_trial(V, r, alpha, gamma, drug, noncomp):
    delta = np.zeros(len(V))
    for s in range(len(V)):
        delta[s] = gamma * V[s + 1] - V[s]
    return V + alpha * delta, delta


# %% answer="m2-stay-table" label="alternative-loop" status="passed" points=4
def stay_table(choice, common, reward):
    stays = [[0, 0], [0, 0]]
    trials = [[0, 0], [0, 0]]
    for t in range(len(choice) - 1):
        row, column = 1 - int(reward[t]), 1 - int(common[t])
        trials[row][column] += 1
        if choice[t + 1] == choice[t]:
            stays[row][column] += 1
    return [[stays[i][j] / trials[i][j] if trials[i][j] else float("nan") for j in range(2)] for i in range(2)]


# %% answer="m2-stay-table" label="alternative-bincount" status="passed" points=4
def stay_table(choice, common, reward):
    group = 2 * (1 - reward[:-1]) + (1 - common[:-1])
    stay = (choice[1:] == choice[:-1]).astype(float)
    count = np.bincount(group, minlength=4)
    return (np.bincount(group, weights=stay, minlength=4) / count).reshape(2, 2)


# %% answer="m2-stay-table" label="alternative-diff" status="passed" points=4
def stay_table(choice, common, reward):
    stay = 1 - np.abs(np.diff(choice))
    r, c = reward[:-1].astype(bool), common[:-1].astype(bool)
    groups = [[r & c, r & ~c], [~r & c, ~r & ~c]]
    return np.array([[np.mean(stay[g]) if g.sum() > 0 else np.nan for g in row] for row in groups])


# %% answer="m2-stay-table" label="sorted-by-current-trial" status="failed" points=0 misconception="sorted-by-current-trial" message="on the trial *before*"
def stay_table(choice, common, reward):
    stay = choice[1:] == choice[:-1]
    r, c = reward[1:], common[1:]
    return np.array([[np.mean(stay[(r == a) & (c == b)]) for b in (1, 0)] for a in (1, 0)])


# %% answer="m2-stay-table" label="transposed" status="failed" points=0 misconception="transposed" message="Rows and columns are exchanged"
def stay_table(choice, common, reward):
    stay = choice[1:] == choice[:-1]
    r, c = reward[:-1], common[:-1]
    return np.array([[np.mean(stay[(r == a) & (c == b)]) for a in (1, 0)] for b in (1, 0)])


# %% answer="m2-stay-table" label="switch-for-stay" status="failed" points=0 misconception="switch-for-stay" message="the same choice again"
def stay_table(choice, common, reward):
    switch = choice[1:] != choice[:-1]
    r, c = reward[:-1], common[:-1]
    return np.array([[np.mean(switch[(r == a) & (c == b)]) for b in (1, 0)] for a in (1, 0)])


# %% answer="m2-stay-table" label="joint-share" status="failed" points=0 misconception="joint-share" message="number of all trials"
def stay_table(choice, common, reward):
    stay = choice[1:] == choice[:-1]
    r, c = reward[:-1], common[:-1]
    return np.array([[np.mean(stay & (r == a) & (c == b)) for b in (1, 0)] for a in (1, 0)])


# %% answer="m2-stay-table" label="last-trial-counted" status="partial" points=1 misconception="last-trial-counted" message="leave it out"
def stay_table(choice, common, reward):
    stay = np.roll(choice, -1) == choice
    return np.array([[np.mean(stay[(reward == a) & (common == b)]) for b in (1, 0)] for a in (1, 0)])


# %% answer="m2-stay-table" label="rows-exchanged" status="failed" points=0 misconception="rows-exchanged" message="stand in the first row"
def stay_table(choice, common, reward):
    stay = choice[1:] == choice[:-1]
    r, c = reward[:-1], common[:-1]
    return np.array([[np.mean(stay[(r == a) & (c == b)]) for b in (1, 0)] for a in (0, 1)])


# %% answer="m2-stay-table" label="zero-for-empty" status="partial" points=3 misconception="zero-for-empty" message="not zero but unknown"
def stay_table(choice, common, reward):
    stay = choice[1:] == choice[:-1]
    table = np.zeros((2, 2))
    for i, a in enumerate((1, 0)):
        for j, b in enumerate((1, 0)):
            group = (reward[:-1] == a) & (common[:-1] == b)
            if group.sum() > 0:
                table[i, j] = stay[group].sum() / group.sum()
    return table


# %% answer="m2-stay-table" label="counts-nothing" status="partial" points=3 message="stopped with ZeroDivisionError"
def stay_table(choice, common, reward):
    table = [[0, 0], [0, 0]]
    for i, a in enumerate((1, 0)):
        for j, b in enumerate((1, 0)):
            stays = [
                int(choice[t + 1] == choice[t]) for t in range(len(choice) - 1) if reward[t] == a and common[t] == b
            ]
            table[i][j] = sum(stays) / len(stays)
    return table


# %% answer="m3-mix-values" label="alternative-einsum" status="passed" points=4
def mix_values(Q_mf, T, Q2, w):
    plan = np.einsum("as,s->a", T, np.max(Q2, axis=1))
    return plan * w + Q_mf - w * Q_mf


# %% answer="m3-mix-values" label="alternative-loop" status="passed" points=4
def mix_values(Q_mf, T, Q2, w):
    mixed = []
    for a in range(2):
        plan = sum(T[a, s] * max(Q2[s, 0], Q2[s, 1]) for s in range(2))
        mixed.append(w * plan + (1 - w) * Q_mf[a])
    return mixed


# %% answer="m3-mix-values" label="alternative-average" status="passed" points=4
def mix_values(Q_mf, T, Q2, w):
    plan = (T * Q2.max(axis=1)).sum(axis=1)
    return np.average([plan, Q_mf], axis=0, weights=[w, 1 - w])


# %% answer="m3-mix-values" label="weights-exchanged" status="failed" points=0 misconception="weights-exchanged" message="the weight of the plan"
def mix_values(Q_mf, T, Q2, w):
    return (1 - w) * (T @ Q2.max(axis=1)) + w * Q_mf


# %% answer="m3-mix-values" label="transitions-transposed" status="failed" points=0 misconception="transitions-transposed" message="Rows and columns of T"
def mix_values(Q_mf, T, Q2, w):
    return w * (T.T @ Q2.max(axis=1)) + (1 - w) * Q_mf


# %% answer="m3-mix-values" label="mean-not-best" status="failed" points=0 misconception="mean-not-best" message="use the maximum"
def mix_values(Q_mf, T, Q2, w):
    return w * (T @ Q2.mean(axis=1)) + (1 - w) * Q_mf


# %% answer="m3-mix-values" label="sum-without-weight" status="failed" points=0 misconception="sum-without-weight" message="Weigh them"
def mix_values(Q_mf, T, Q2, w):
    return T @ Q2.max(axis=1) + Q_mf


# %% answer="m3-mix-values" label="best-over-places" status="failed" points=0 misconception="best-over-places" message="the best *option*"
def mix_values(Q_mf, T, Q2, w):
    return w * (T @ Q2.max(axis=0)) + (1 - w) * Q_mf


# %% answer="m3-mix-values" label="likeliest-place-only" status="failed" points=0 message="Expected"
def mix_values(Q_mf, T, Q2, w):
    best = Q2.max(axis=1)
    return w * best[T.argmax(axis=1)] + (1 - w) * Q_mf


# %% answer="m4-trials-to-pass" label="alternative-logarithm" status="passed" points=4
def trials_to_pass(target, r, alpha, drug, noncomp):
    def below_the_floor(level):
        return int(np.floor(np.log(1 - level / (r + drug)) / np.log(1 - alpha))) + 1

    if target < (r if noncomp and drug > 0 else r + drug):
        return below_the_floor(target)
    if not noncomp or drug == 0:
        return np.inf
    first = below_the_floor(r)
    reached = (r + drug) * (1 - (1 - alpha) ** first)
    if reached > target:
        return first
    return first + int(np.floor((target - reached) / (alpha * drug))) + 1


# %% answer="m4-trials-to-pass" label="alternative-whole-curve" status="passed" points=4
def trials_to_pass(target, r, alpha, drug, noncomp):
    values = [0.0]
    for _ in range(100000):
        error = r + drug - values[-1]
        values.append(values[-1] + alpha * (max(error, drug) if noncomp else error))
    passed = np.flatnonzero(np.array(values) > target + 1e-9)
    return float(passed[0]) if len(passed) else float("inf")


# %% answer="m4-trials-to-pass" label="one-trial-short" status="failed" points=0 misconception="one-trial-short" message="one trial short"
def trials_to_pass(target, r, alpha, drug, noncomp):
    if target >= r + drug and not (noncomp and drug > 0):
        return np.inf
    V = 0.0
    for n in range(100000):
        error = r + drug - V
        V += alpha * (max(error, drug) if noncomp else error)
        if V > target:
            return n


# %% answer="m4-trials-to-pass" label="one-trial-too-many" status="failed" points=0 misconception="one-trial-too-many" message="one trial too many"
def trials_to_pass(target, r, alpha, drug, noncomp):
    if target >= r + drug and not (noncomp and drug > 0):
        return np.inf
    V, n = 0.0, 1
    while V <= target:
        error = r + drug - V
        V += alpha * (max(error, drug) if noncomp else error)
        n += 1
    return n


# %% answer="m4-trials-to-pass" label="linear-growth" status="partial" points=1 misconception="linear-growth" message="work it out anew"
def trials_to_pass(target, r, alpha, drug, noncomp):
    if target >= r + drug and not (noncomp and drug > 0):
        return np.inf
    return int(np.floor(target / (alpha * (r + drug)))) + 1


# %% answer="m4-trials-to-pass" label="drug-value-saturates" status="partial" points=1 misconception="drug-value-saturates" message="heads for r + D"
def trials_to_pass(target, r, alpha, drug, noncomp):
    if target >= r:
        return np.inf
    V, n = 0.0, 0
    while V <= target:
        V += alpha * (r - V)
        n += 1
    return n


# %% answer="m4-trials-to-pass" label="trials-come-whole" status="failed" points=0 message="Expected"
def trials_to_pass(target, r, alpha, drug, noncomp):
    if target >= r + drug:
        return np.inf
    return np.log(1 - target / (r + drug)) / np.log(1 - alpha)


# %% answer="m4-trials-to-pass" label="always-non-compensable" status="partial" points=1 misconception="always-non-compensable" message="even when `noncomp` is False"
def trials_to_pass(target, r, alpha, drug, noncomp):
    V, n = 0.0, 0
    while V <= target and n < 10000:
        V += alpha * max(r + drug - V, drug)
        n += 1
    return n


# %% answer="m4-trials-to-pass" label="always-compensable" status="partial" points=3 misconception="always-compensable" message="climbs without end"
def trials_to_pass(target, r, alpha, drug, noncomp):
    if target >= r + drug:
        return np.inf
    V, n = 0.0, 0
    while V <= target:
        V += alpha * (r + drug - V)
        n += 1
    return n


# %% answer="m4-trials-to-pass" label="whole-term-each-trial" status="partial" points=3 misconception="whole-term-each-trial" message="alpha times D"
def trials_to_pass(target, r, alpha, drug, noncomp):
    if target >= r + drug and not (noncomp and drug > 0):
        return np.inf
    V, n = 0.0, 0
    while V <= target:
        error = r + drug - V
        V += drug if noncomp and error < drug else alpha * error
        n += 1
    return n


# %% answer="m4-trials-to-pass" label="floor-from-the-start" status="partial" points=3 misconception="floor-from-the-start" message="the larger of the two counts"
def trials_to_pass(target, r, alpha, drug, noncomp):
    if target >= r + drug and not (noncomp and drug > 0):
        return np.inf
    V, n = 0.0, 0
    while V <= target:
        V += alpha * (drug if noncomp else r + drug - V)
        n += 1
    return n


# %% answer="m4-trials-to-pass" label="never-is-not-a-number" status="partial" points=3 misconception="never-is-not-a-number" message="Give back np.inf"
def trials_to_pass(target, r, alpha, drug, noncomp):
    V, n = 0.0, 0
    while V <= target and n < 10000:
        error = r + drug - V
        V += alpha * (max(error, drug) if noncomp else error)
        n += 1
    return n


# %% answer="m4-trials-to-pass" label="prints-instead-of-returning" status="failed" points=0 message="gives nothing back"
def trials_to_pass(target, r, alpha, drug, noncomp):
    V, n = 0.0, 0
    while V <= target and n < 10000:
        V += alpha * (r + drug - V)
        n += 1
    print(n)


# %% answer="m5-spiral-settled" label="alternative-running-sum" status="passed" points=4
def spiral_settled(levels, r, punishment, drug):
    steps = np.full(levels, float(drug))
    steps[0] += r - punishment
    return np.cumsum(steps)


# %% answer="m5-spiral-settled" label="alternative-learn-until-still" status="passed" points=4
def spiral_settled(levels, r, punishment, drug):
    Q = np.zeros(levels)
    for _ in range(5000):
        above = np.concatenate([[r - punishment], Q[:-1]])
        Q = Q + 0.3 * (above + drug - Q)
    return Q


# %% answer="m5-spiral-settled" label="alternative-solve" status="passed" points=4
def spiral_settled(levels, r, punishment, drug):
    A = np.eye(levels) - np.eye(levels, k=-1)
    b = np.full(levels, float(drug))
    b[0] = r - punishment + drug
    return np.linalg.solve(A, b)


# %% answer="m5-spiral-settled" label="alternative-list" status="passed" points=4
def spiral_settled(levels, r, punishment, drug):
    values = [r - punishment + drug]
    while len(values) < levels:
        values.append(values[-1] + drug)
    return values


# %% answer="m5-spiral-settled" label="drug-at-the-top-only" status="partial" points=1 misconception="drug-at-the-top-only" message="the top only"
def spiral_settled(levels, r, punishment, drug):
    return np.full(levels, r - punishment + drug)


# %% answer="m5-spiral-settled" label="drug-missing-at-the-top" status="failed" points=0 misconception="drug-missing-at-the-top" message="missing at the top"
def spiral_settled(levels, r, punishment, drug):
    return r - punishment + drug * np.arange(levels)


# %% answer="m5-spiral-settled" label="bottom-first" status="partial" points=1 misconception="bottom-first" message="the top comes first"
def spiral_settled(levels, r, punishment, drug):
    return r - punishment + drug * np.arange(levels, 0, -1)


# %% answer="m5-spiral-settled" label="drug-taken-away" status="failed" points=0 misconception="drug-taken-away" message="solve for the value"
def spiral_settled(levels, r, punishment, drug):
    return r - punishment - drug * np.arange(1, levels + 1)


# %% answer="m5-spiral-settled" label="everything-learns-from-the-top" status="partial" points=1 misconception="everything-learns-from-the-top" message="just above it"
def spiral_settled(levels, r, punishment, drug):
    top = r - punishment + drug
    return np.array([top] + [top + drug] * (levels - 1))


# %% answer="m5-spiral-settled" label="punished-at-every-level" status="failed" points=0 misconception="punished-at-every-level" message="punished every level again"
def spiral_settled(levels, r, punishment, drug):
    return r + (drug - punishment) * np.arange(1, levels + 1)


# %% answer="m5-spiral-settled" label="reward-at-every-level" status="failed" points=0 misconception="reward-at-every-level" message="rewarded every level again"
def spiral_settled(levels, r, punishment, drug):
    return (r + drug) * np.arange(1, levels + 1) - punishment


# %% answer="m5-spiral-settled" label="punishment-left-out" status="failed" points=0 misconception="punishment-left-out" message="The punishment is missing"
def spiral_settled(levels, r, punishment, drug):
    return r + drug * np.arange(1, levels + 1)


# %% answer="m5-spiral-settled" label="one-number" status="failed" points=0 message="a list or array of 3 numbers"
def spiral_settled(levels, r, punishment, drug):
    return r - punishment + levels * drug
