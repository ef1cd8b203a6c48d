# %% [markdown]
"""
# Answer bank of module 08

Every kind of answer we expect, right and wrong, with the verdict and the sentence it must get. The real judge grades all of it in the test suite, and the demo class hands in answers drawn from here. The reference answers are the solutions in `exercises.py` themselves.
"""

# %% answer="c1-more-of-a-hundred" label="alternative-computed" status="passed" points=3 message="nine of ten people treated did not"
c1 = 100 * (13 / 114 - 2 / 111)

# %% answer="c1-more-of-a-hundred" label="all-responders" status="failed" points=0 misconception="all-responders" message="take those off"
c1 = 11.4

# %% answer="c1-more-of-a-hundred" label="ratio-is-people" status="failed" points=0 misconception="ratio-is-people" message="A ratio has no people"
c1 = 11.4 / 1.8

# %% answer="c1-more-of-a-hundred" label="share-of-responders" status="failed" points=0 misconception="share-of-responders" message="part of the *responses*"
c1 = 84.2

# %% answer="c1-more-of-a-hundred" label="nnt-for-people" status="failed" points=0 misconception="nnt-for-people" message="for one more response"
c1 = 10.42

# %% answer="c1-more-of-a-hundred" label="sum-for-difference" status="failed" points=0 misconception="sum-for-difference" message="You added the shares"
c1 = 11.4 + 1.8

# %% answer="c1-more-of-a-hundred" label="share-for-percent" status="failed" points=0 misconception="share-for-percent" message="Write it in people of 100"
c1 = 0.096

# %% answer="c1-more-of-a-hundred" label="as-text" status="failed" points=0 message="without quotes or unit"
c1 = "9.6 people"

# %% answer="c2-order" label="alternative-tuple" status="passed" points=3 message="look at the design first"
c2 = ("trials", "trial", "pilot", "rats")

# %% answer="c2-order" label="effect-for-certainty" status="failed" points=0 misconception="effect-for-certainty" message="the largest effect first"
c2 = ["rats", "pilot", "trial", "trials"]

# %% answer="c2-order" label="one-trial-over-many" status="failed" points=0 misconception="one-trial-over-many" message="it stands alone"
c2 = ["trial", "trials", "pilot", "rats"]

# %% answer="c2-order" label="mechanism-over-comparison" status="failed" points=0 misconception="mechanism-over-comparison" message="a reason to try"
c2 = ["trials", "trial", "rats", "pilot"]

# %% answer="c2-order" label="before-after-is-effect" status="failed" points=0 misconception="before-after-is-effect" message="who would have used less anyway"
c2 = ["trials", "pilot", "trial", "rats"]

# %% answer="c2-order" label="another-order" status="failed" points=0 message="The order differs"
c2 = ["pilot", "rats", "trial", "trials"]

# %% answer="c2-order" label="one-left-out" status="failed" points=0 message="each of these once"
c2 = ["trials", "trial", "pilot"]

# %% answer="c3-by-hand" label="alternative-computed" status="passed" points=3 message="as long as they were seen"
c3 = 100 * 0.9 * 0.75 * 2 / 3

# %% answer="c3-by-hand" label="drop-censored" status="failed" points=0 misconception="drop-censored" message="You left the four out"
c3 = 33.3

# %% answer="c3-by-hand" label="censor-is-event" status="failed" points=0 misconception="censor-is-event" message="as if they had returned"
c3 = 20

# %% answer="c3-by-hand" label="censor-is-well" status="failed" points=0 misconception="censor-is-well" message="stayed well to the end"
c3 = 60

# %% answer="c3-by-hand" label="returned-for-well" status="failed" points=0 misconception="returned-for-well" message="who have returned"
c3 = 55

# %% answer="c3-by-hand" label="last-step-only" status="failed" points=0 misconception="last-step-only" message="the last factor alone"
c3 = 66.7

# %% answer="c3-by-hand" label="share-for-percent" status="failed" points=0 misconception="share-for-percent" message="Write it in per cent"
c3 = 0.45

# %% answer="c3-by-hand" label="as-text" status="failed" points=0 message="without quotes or unit"
c3 = "45 %"

# %% answer="c4-falling" label="alternative-capital-letter" status="passed" points=3 message="again and again"
c4 = "C"

# %% answer="c4-falling" label="falling-is-recovery" status="failed" points=0 misconception="falling-is-recovery" message="a group of people who never change"
c4 = "a"

# %% answer="c4-falling" label="falling-is-selection" status="failed" points=0 misconception="falling-is-selection" message="all grow steadier"
c4 = "b"

# %% answer="c4-falling" label="hazard-of-all" status="failed" points=0 misconception="hazard-of-all" message="already accounted for"
c4 = "d"

# %% answer="c4-falling" label="two-letters" status="failed" points=0 message="one letter in quotation marks"
c4 = "ab"

# %% answer="c5-after" label="alternative-with-space" status="passed" points=3 message="Effect, time and limit"
c5 = "c "

# %% answer="c5-after" label="effect-lasts" status="failed" points=0 misconception="effect-lasts" message="no detectable difference"
c5 = "a"

# %% answer="c5-after" label="no-lasting-is-no-effect" status="failed" points=0 misconception="no-lasting-is-no-effect" message="for as long as it is given"
c5 = "b"

# %% answer="c5-after" label="estimate-without-interval" status="failed" points=0 misconception="estimate-without-interval" message="Read the range before the sign"
c5 = "d"

# %% answer="c5-after" label="the-number" status="failed" points=0 message="one letter in quotation marks"
c5 = -0.09

# %% answer="c6-immortal" label="alternative-capital-letter" status="passed" points=3 message="Immortal time bias"
c6 = "A"

# %% answer="c6-immortal" label="bias-is-size" status="failed" points=0 misconception="bias-is-size" message="narrower interval"
c6 = "b"

# %% answer="c6-immortal" label="wrong-measure" status="failed" points=0 misconception="wrong-measure" message="get into the first group"
c6 = "c"

# %% answer="c6-immortal" label="losses-only" status="failed" points=0 misconception="losses-only" message="what the first six months decide"
c6 = "d"

# %% answer="c6-immortal" label="a-yes" status="failed" points=0 message="one letter in quotation marks"
c6 = True

# %% answer="c7-lever" label="alternative-computed" status="passed" points=3 message="The loop is strong here"
c7 = 100 * (1 - (1 / (1 - 0.525)) / 4)

# %% answer="c7-lever" label="input-instead" status="failed" points=0 misconception="input-instead" message="what lowering the input does"
c7 = 30

# %% answer="c7-lever" label="all-links" status="failed" points=0 misconception="all-links" message="all three links"
c7 = 100 * (1 - 0.25 / (1 - 0.75 * 0.343))

# %% answer="c7-lever" label="points-off-the-gain" status="failed" points=0 misconception="points-off-the-gain" message="30 % *of* it"
c7 = 100 * (1 - 0.25 / 0.55)

# %% answer="c7-lever" label="what-is-left" status="failed" points=0 misconception="what-is-left" message="by how much it falls"
c7 = 52.6

# %% answer="c7-lever" label="elasticity-for-a-large-cut" status="failed" points=0 misconception="elasticity-for-a-large-cut" message="small changes"
c7 = 90

# %% answer="c7-lever" label="share-for-percent" status="failed" points=0 misconception="share-for-percent" message="Write it in per cent"
c7 = 0.474

# %% answer="c7-lever" label="as-text" status="failed" points=0 message="without quotes or unit"
c7 = "47.4"


# %% answer="m1-kaplan-meier" label="alternative-walk" status="passed" points=4
def kaplan_meier(time, event):
    people = sorted(zip(time, event, strict=True), key=lambda person: (person[0], -person[1]))
    at_risk, share, steps = len(people), 1.0, {}
    for t, returned in people:
        if returned:
            share *= (at_risk - 1) / at_risk
            steps[t] = share
        at_risk -= 1
    return list(steps), list(steps.values())


# %% answer="m1-kaplan-meier" label="alternative-cumprod" status="passed" points=4
def kaplan_meier(time, event):
    times, events = np.asarray(time), np.asarray(event).astype(bool)
    t_events, d = np.unique(times[events], return_counts=True)
    n = len(times) - np.searchsorted(np.sort(times), t_events)
    return t_events, np.cumprod(1 - d / n)


# %% answer="m1-kaplan-meier" label="drop-censored" status="failed" points=0 misconception="drop-censored" message="left out the people who were lost"
def kaplan_meier(time, event):
    seen = time[event == 1]
    t_events = np.unique(seen)
    return t_events, np.array([np.mean(seen > t) for t in t_events])


# %% answer="m1-kaplan-meier" label="censor-is-event" status="failed" points=0 misconception="censor-is-event" message="counted the people who were lost as returns"
def kaplan_meier(time, event):
    t_events = np.unique(time)
    return t_events, np.array([np.mean(time > t) for t in t_events])


# %% answer="m1-kaplan-meier" label="strict-risk" status="failed" points=0 misconception="strict-risk" message="still count"
def kaplan_meier(time, event):
    t_events = np.unique(time[event == 1])
    share, S = 1.0, []
    for t in t_events:
        d = np.sum((time == t) & (event == 1))
        share *= 1 - d / (np.sum(time > t) + d)
        S.append(share)
    return t_events, np.array(S)


# %% answer="m1-kaplan-meier" label="lost-stay-at-risk" status="failed" points=0 misconception="lost-stay-at-risk" message="everybody from the start"
def kaplan_meier(time, event):
    t_events = np.unique(time[event == 1])
    return t_events, np.array([1 - np.sum((time <= t) & (event == 1)) / len(time) for t in t_events])


# %% answer="m1-kaplan-meier" label="returned-for-well" status="failed" points=0 misconception="returned-for-well" message="share who have returned"
def kaplan_meier(time, event):
    t_events = np.unique(time[event == 1])
    factors = [1 - np.sum((time == t) & (event == 1)) / np.sum(time >= t) for t in t_events]
    return t_events, 1 - np.cumprod(factors)


# %% answer="m1-kaplan-meier" label="no-product" status="failed" points=0 misconception="no-product" message="product of all factors"
def kaplan_meier(time, event):
    t_events = np.unique(time[event == 1])
    return t_events, np.array([1 - np.sum((time == t) & (event == 1)) / np.sum(time >= t) for t in t_events])


# %% answer="m1-kaplan-meier" label="file-order" status="partial" points=1 message="differ"
def kaplan_meier(time, event):
    at_risk, share, steps = len(time), 1.0, {}
    for t, returned in zip(time, event, strict=True):
        if returned:
            share *= 1 - 1 / at_risk
            steps[t] = share
        at_risk -= 1
    return np.array(list(steps)), np.array(list(steps.values()))


# %% answer="m1-kaplan-meier" label="starts-at-one" status="partial" points=3 misconception="empty-curve" message="both arrays should be empty"
def kaplan_meier(time, event):
    t_events = np.unique(time[event == 1])
    if len(t_events) == 0:
        return np.array([0.0]), np.array([1.0])
    return t_events, np.cumprod([1 - np.sum((time == t) & (event == 1)) / np.sum(time >= t) for t in t_events])


# %% answer="m1-kaplan-meier" label="curve-without-times" status="failed" points=0 message="Return two things"
def kaplan_meier(time, event):
    t_events = np.unique(time[event == 1])
    return np.cumprod([1 - np.sum((time == t) & (event == 1)) / np.sum(time >= t) for t in t_events])


# %% answer="m2-hazard-ratio" label="alternative-exp-log" status="passed" points=3
def survival_from_hr(S0, hr):
    return np.exp(hr * np.log(S0))


# %% answer="m2-hazard-ratio" label="alternative-cumulative-hazard" status="passed" points=3
def survival_from_hr(S0, hr):
    cumulative_hazard = -np.log(np.asarray(S0, dtype=float))
    return np.exp(-hr * cumulative_hazard)


# %% answer="m2-hazard-ratio" label="risk-times-hr" status="failed" points=0 misconception="risk-times-hr" message="multiplied the share who returned"
def survival_from_hr(S0, hr):
    return 1 - hr * (1 - S0)


# %% answer="m2-hazard-ratio" label="survival-over-hr" status="failed" points=0 misconception="survival-over-hr" message="You divided the share"
def survival_from_hr(S0, hr):
    return S0 / hr


# %% answer="m2-hazard-ratio" label="survival-times-hr" status="failed" points=0 misconception="survival-times-hr" message="multiplied the share by the ratio"
def survival_from_hr(S0, hr):
    return S0 * hr


# %% answer="m2-hazard-ratio" label="odds-for-hazard" status="failed" points=0 misconception="odds-for-hazard" message="not an odds ratio"
def survival_from_hr(S0, hr):
    odds = S0 / (1 - S0) / hr
    return odds / (1 + odds)


# %% answer="m2-hazard-ratio" label="returned-for-well" status="failed" points=0 misconception="returned-for-well" message="share who returned"
def survival_from_hr(S0, hr):
    return 1 - S0**hr


# %% answer="m2-hazard-ratio" label="power-upside-down" status="failed" points=0 misconception="power-upside-down" message="1 divided by the ratio"
def survival_from_hr(S0, hr):
    return S0 ** (1 / hr)


# %% answer="m2-hazard-ratio" label="one-number-only" status="partial" points=2 message="stopped with"
def survival_from_hr(S0, hr):
    import math

    return math.exp(hr * math.log(S0))


# %% answer="m2-hazard-ratio" label="prints-instead-of-returning" status="failed" points=0 message="gives nothing back"
def survival_from_hr(S0, hr):
    print(S0**hr)


# %% answer="m3-effects" label="alternative-cross-multiply" status="passed" points=4
def trial_effects(a, n1, c, n0):
    top = a * n0 - c * n1
    return top / (n1 * n0), (a * n0) / (c * n1), n1 * n0 / top if top else np.inf


# %% answer="m3-effects" label="alternative-numpy" status="passed" points=4
def trial_effects(a, n1, c, n0):
    p1, p0 = np.divide([a, c], [n1, n0])
    return np.array([p1 - p0, p1 / p0, np.divide(1.0, p1 - p0)])


# %% answer="m3-effects" label="percent" status="failed" points=0 misconception="percent" message="in per cent"
def trial_effects(a, n1, c, n0):
    rd = a / n1 - c / n0
    return 100 * rd, (a / n1) / (c / n0), 1 / rd if rd else np.inf


# %% answer="m3-effects" label="percent-everywhere" status="failed" points=0 misconception="percent-everywhere" message="a hundred times too small"
def trial_effects(a, n1, c, n0):
    rd = 100 * a / n1 - 100 * c / n0
    return rd, (a / n1) / (c / n0), 1 / rd if rd else np.inf


# %% answer="m3-effects" label="nnt-from-rr" status="failed" points=0 misconception="nnt-from-rr" message="number needed to treat from the ratio"
def trial_effects(a, n1, c, n0):
    rd, rr = a / n1 - c / n0, (a / n1) / (c / n0)
    return rd, rr, 1 / (rr - 1) if rr != 1 else np.inf


# %% answer="m3-effects" label="nnt-inverse-rr" status="failed" points=0 misconception="nnt-inverse-rr" message="1 divided by the ratio"
def trial_effects(a, n1, c, n0):
    rr = (a / n1) / (c / n0)
    return a / n1 - c / n0, rr, 1 / rr


# %% answer="m3-effects" label="odds-ratio" status="failed" points=0 misconception="odds-ratio" message="is the odds ratio"
def trial_effects(a, n1, c, n0):
    rd = a / n1 - c / n0
    return rd, (a / (n1 - a)) / (c / (n0 - c)), 1 / rd if rd else np.inf


# %% answer="m3-effects" label="counts" status="failed" points=0 misconception="counts" message="The groups differ in size"
def trial_effects(a, n1, c, n0):
    return a - c, a / c, 1 / (a - c)


# %% answer="m3-effects" label="swapped" status="failed" points=0 misconception="swapped" message="You exchanged the groups"
def trial_effects(a, n1, c, n0):
    rd = c / n0 - a / n1
    return rd, (c / n0) / (a / n1), 1 / rd if rd else np.inf


# %% answer="m3-effects" label="size-without-sign" status="partial" points=3 misconception="size-without-sign" message="took the sign away"
def trial_effects(a, n1, c, n0):
    rd = abs(a / n1 - c / n0)
    return rd, (a / n1) / (c / n0), 1 / rd if rd else np.inf


# %% answer="m3-effects" label="no-infinity" status="partial" points=3 message="stopped with ZeroDivisionError"
def trial_effects(a, n1, c, n0):
    rd = a / n1 - c / n0
    return rd, (a / n1) / (c / n0), 1 / rd


# %% answer="m3-effects" label="two-of-three" status="failed" points=0 message="3 numbers"
def trial_effects(a, n1, c, n0):
    return a / n1 - c / n0, (a / n1) / (c / n0)


# %% answer="m4-absorb" label="alternative-month-by-month" status="passed" points=4
def absorb(P, n_transient):
    still, steps, ends = np.eye(n_transient), np.zeros(n_transient), 0.0
    for _ in range(5000):
        steps = steps + still.sum(axis=1)
        ends = ends + still @ P[:n_transient, n_transient:]
        still = still @ P[:n_transient, :n_transient]
    return steps, ends


# %% answer="m4-absorb" label="alternative-solve" status="passed" points=4
def absorb(P, n_transient):
    way = np.eye(n_transient) - P[:n_transient, :n_transient]
    both = np.linalg.solve(way, np.hstack([np.ones((n_transient, 1)), P[:n_transient, n_transient:]]))
    return both[:, 0], both[:, 1:]


# %% answer="m4-absorb" label="columns" status="failed" points=0 misconception="columns" message="added up the columns"
def absorb(P, n_transient):
    N = np.linalg.inv(np.eye(n_transient) - P[:n_transient, :n_transient])
    return N.sum(axis=0), N @ P[:n_transient, n_transient:]


# %% answer="m4-absorb" label="minus-one" status="failed" points=0 misconception="minus-one" message="one too few"
def absorb(P, n_transient):
    N = np.linalg.inv(np.eye(n_transient) - P[:n_transient, :n_transient])
    return N.sum(axis=1) - 1, N @ P[:n_transient, n_transient:]


# %% answer="m4-absorb" label="own-state-only" status="failed" points=0 misconception="own-state-only" message="the starting state alone"
def absorb(P, n_transient):
    N = np.linalg.inv(np.eye(n_transient) - P[:n_transient, :n_transient])
    return np.diag(N), N @ P[:n_transient, n_transient:]


# %% answer="m4-absorb" label="no-feedback" status="failed" points=0 misconception="no-feedback" message="come back to a state once left"
def absorb(P, n_transient):
    N = np.linalg.inv(np.eye(n_transient) - P[:n_transient, :n_transient])
    return 1 / (1 - np.diag(P)[:n_transient]), N @ P[:n_transient, n_transient:]


# %% answer="m4-absorb" label="one-step" status="failed" points=0 misconception="one-step" message="within *one* month"
def absorb(P, n_transient):
    N = np.linalg.inv(np.eye(n_transient) - P[:n_transient, :n_transient])
    return N.sum(axis=1), P[:n_transient, n_transient:]


# %% answer="m4-absorb" label="transpose" status="failed" points=0 misconception="transpose" message="turned N on its side"
def absorb(P, n_transient):
    N = np.linalg.inv(np.eye(n_transient) - P[:n_transient, :n_transient])
    return N.sum(axis=1), N.T @ P[:n_transient, n_transient:]


# %% answer="m4-absorb" label="two-states-only" status="partial" points=1 message="2 numbers"
def absorb(P, n_transient):
    if n_transient == 1:
        return np.array([1 / (1 - P[0, 0])]), P[:1, 1:] / (1 - P[0, 0])
    N = np.linalg.inv(np.eye(2) - P[:2, :2])
    return N.sum(axis=1), N @ P[:2, 2:]


# %% answer="m4-absorb" label="steps-alone" status="failed" points=0 message="should be a list or array of 2 numbers"
def absorb(P, n_transient):
    N = np.linalg.inv(np.eye(n_transient) - P[:n_transient, :n_transient])
    return N.sum(axis=1)


# %% answer="m5-elasticity" label="alternative-small-forward" status="passed" points=3
def elasticity(f, params, name):
    changed = dict(params)
    changed[name] = changed[name] * (1 + 1e-7)
    return (f(changed) / f(params) - 1) / 1e-7


# %% answer="m5-elasticity" label="alternative-logarithms" status="passed" points=3
def elasticity(f, params, name):
    above, below = dict(params), dict(params)
    above[name] *= 1 + 1e-5
    below[name] *= 1 - 1e-5
    return np.log(f(above) / f(below)) / np.log(above[name] / below[name])


# %% answer="m5-elasticity" label="absolute-slope" status="failed" points=0 misconception="absolute-slope" message="That is the slope"
def elasticity(f, params, name):
    h = 1e-6 * params[name]
    return (f({**params, name: params[name] + h}) - f({**params, name: params[name] - h})) / (2 * h)


# %% answer="m5-elasticity" label="semi-elasticity" status="failed" points=0 misconception="semi-elasticity" message="did not multiply by p"
def elasticity(f, params, name):
    h = 1e-6 * params[name]
    return (f({**params, name: params[name] + h}) - f({**params, name: params[name] - h})) / (2 * h) / f(params)


# %% answer="m5-elasticity" label="slope-times-value" status="failed" points=0 misconception="slope-times-value" message="did not divide by y"
def elasticity(f, params, name):
    p = params[name]
    h = 1e-6 * p
    return (f({**params, name: p + h}) - f({**params, name: p - h})) / (2 * h) * p


# %% answer="m5-elasticity" label="big-step" status="failed" points=0 misconception="big-step" message="one per cent is too large"
def elasticity(f, params, name):
    return (f({**params, name: params[name] * 1.01}) / f(params) - 1) / 0.01


# %% answer="m5-elasticity" label="bigger-step" status="failed" points=0 misconception="bigger-step" message="ten per cent is too large"
def elasticity(f, params, name):
    return (f({**params, name: params[name] * 1.1}) / f(params) - 1) / 0.1


# %% answer="m5-elasticity" label="mutates" status="partial" points=2 misconception="mutates" message="work on a copy"
def elasticity(f, params, name):
    before, p = f(params), params[name]
    params[name] = p * (1 + 1e-7)
    return (f(params) / before - 1) / 1e-7


# %% answer="m5-elasticity" label="g-only" status="partial" points=1 message="stopped with KeyError"
def elasticity(f, params, name):
    changed = dict(params)
    changed["g"] = changed["g"] * (1 + 1e-7)
    return (f(changed) / f(params) - 1) / 1e-7
