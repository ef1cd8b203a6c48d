# %% [markdown]
"""
# Answer bank of module 01

Every kind of answer we expect, right and wrong, with the verdict and the sentence it must get. The real judge grades all of it in the test suite, and the demo class hands in answers drawn from here. The reference answers are the solutions in `exercises.py` themselves.
"""

# %% answer="c1-half-life" label="alternative-read-by-eye" status="passed" points=3
c1 = 11.0

# %% answer="c1-half-life" label="alternative-whole-number-upper" status="passed" points=3
c1 = 11.9

# %% answer="c1-half-life" label="time-to-zero" status="failed" points=0 misconception="time-to-zero" message="the level falls to a half"
c1 = 48

# %% answer="c1-half-life" label="two-halvings" status="failed" points=0 misconception="two-halvings" message="two half-lives have passed"
c1 = 22.8

# %% answer="c1-half-life" label="linear-axis" status="failed" points=0 misconception="linear-axis" message="middle of the time axis"
c1 = 24

# %% answer="c1-half-life" label="rate-for-half-life" status="failed" points=0 misconception="rate-for-half-life" message="ln 2 / k"
c1 = 0.0608

# %% answer="c1-half-life" label="with-unit-as-text" status="failed" points=0 message="without quotes or unit"
c1 = "11.4 h"

# %% answer="c1-half-life" label="elsewhere" status="failed" points=0 message="differ"
c1 = 7

# %% answer="c2-left-after-a-day" label="alternative-computed" status="passed" points=3
c2 = 100 * np.exp(-np.log(2) / 10.7 * 24)

# %% answer="c2-left-after-a-day" label="alternative-rounded" status="passed" points=3
c2 = 21

# %% answer="c2-left-after-a-day" label="intravenous-half-life" status="failed" points=0 misconception="intravenous-half-life" message="Here the drug was smoked"
c2 = 23.2

# %% answer="c2-left-after-a-day" label="whole-half-lives-only" status="failed" points=0 misconception="whole-half-lives-only" message="a little less than a quarter"
c2 = 25

# %% answer="c2-left-after-a-day" label="two-half-lives-gone" status="failed" points=0 misconception="two-half-lives-gone" message="no fixed time at which nothing is left"
c2 = 0

# %% answer="c2-left-after-a-day" label="eliminated-for-left" status="failed" points=0 misconception="eliminated-for-left" message="already eliminated"
c2 = 79

# %% answer="c2-left-after-a-day" label="one-halving" status="failed" points=0 misconception="one-halving" message="halved once"
c2 = 50

# %% answer="c2-left-after-a-day" label="half-life-as-rate" status="failed" points=0 misconception="half-life-as-rate" message="ln 2"
c2 = 100 * np.exp(-24 / 10.7)

# %% answer="c2-left-after-a-day" label="share-for-percent" status="failed" points=0 misconception="share-for-percent" message="multiply the share by 100"
c2 = 0.21

# %% answer="c3-flat-plateau" label="alternative-capital-letter" status="passed" points=3
c3 = "B"

# %% answer="c3-flat-plateau" label="every-stimulant-releases" status="failed" points=0 misconception="every-stimulant-releases" message="Curve A is release"
c3 = "a"

# %% answer="c3-flat-plateau" label="block-needs-firing-stop" status="failed" points=0 misconception="block-needs-firing-stop" message="no effect at all"
c3 = "c"

# %% answer="c3-flat-plateau" label="block-lowers-dopamine" status="failed" points=0 misconception="block-lowers-dopamine" message="Curve D falls"
c3 = "d"

# %% answer="c3-flat-plateau" label="not-a-letter" status="failed" points=0 message="one letter in quotation marks"
c3 = "the flat one"

# %% answer="c4-depletion" label="alternative-with-space" status="passed" points=3
c4 = " b "

# %% answer="c4-depletion" label="effect-gone-means-drug-gone" status="failed" points=0 misconception="effect-gone-means-drug-gone" message="90 %"
c4 = "a"

# %% answer="c4-depletion" label="receptors-change-dopamine" status="failed" points=0 misconception="receptors-change-dopamine" message="Receptor sensitivity"
c4 = "c"

# %% answer="c4-depletion" label="uptake-speeds-up" status="failed" points=0 misconception="uptake-speeds-up" message="runs it backwards"
c4 = "d"

# %% answer="c5-missing-dose" label="alternative-single-quotes" status="passed" points=3
c5 = "c"

# %% answer="c5-missing-dose" label="labels-before-design" status="failed" points=0 misconception="labels-before-design" message="colour code"
c5 = "a"

# %% answer="c5-missing-dose" label="any-missing-detail-is-decisive" status="failed" points=0 misconception="any-missing-detail-is-decisive" message="how much of the drug"
c5 = "b"

# %% answer="c5-missing-dose" label="bigger-bar-stronger-drug" status="failed" points=0 misconception="bigger-bar-stronger-drug" message="one point of a dose–response curve"
c5 = "d"

# %% answer="c6-of-or-above" label="alternative-as-float" status="passed" points=3
c6 = 1250.0 - 100.0

# %% answer="c6-of-or-above" label="of-equals-above" status="failed" points=0 misconception="of-equals-above" message="take 100 away"
c6 = 1250

# %% answer="c6-of-or-above" label="fold-for-percent" status="failed" points=0 misconception="fold-for-percent" message="the factor"
c6 = 12.5

# %% answer="c6-of-or-above" label="fold-above" status="failed" points=0 misconception="fold-above" message="factor above basal"
c6 = 11.5

# %% answer="c6-of-or-above" label="added-instead" status="failed" points=0 misconception="added-instead" message="You added 100"
c6 = 1350


# %% answer="m1-plasma" label="alternative-powers-of-two" status="passed" points=4
def plasma(t_h, dose_mg, F, V_L, ka, t_half_h):
    half_lives = np.asarray(t_h) / t_half_h
    ke = np.log(2) / t_half_h
    start = F * dose_mg / V_L
    if abs(ka - ke) < 1e-9 * ke:
        return start * ke * np.asarray(t_h) * 2.0**-half_lives
    return start * ka * (2.0**-half_lives - np.exp(-ka * np.asarray(t_h))) / (ka - ke)


# %% answer="m1-plasma" label="alternative-runge-kutta" status="passed" points=4
def plasma(t_h, dose_mg, F, V_L, ka, t_half_h):
    ke = np.log(2) / t_half_h

    def change(state):
        gut, blood = state
        return np.array([-ka * gut, ka * gut - ke * blood])

    def level_at(t):
        steps = 400
        h = t / steps
        state = np.array([F * dose_mg, 0.0])
        for _ in range(steps):
            k1 = change(state)
            k2 = change(state + h / 2 * k1)
            k3 = change(state + h / 2 * k2)
            k4 = change(state + h * k3)
            state = state + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        return state[1] / V_L

    times = np.asarray(t_h, dtype=float)
    return np.array([level_at(t) for t in times.ravel()]).reshape(times.shape)


# %% answer="m1-plasma" label="alternative-expm1" status="passed" points=4
def plasma(t_h, dose_mg, F, V_L, ka, t_half_h):
    ke = np.log(2) / t_half_h
    gap = ka - ke
    growth = t_h if gap == 0 else -np.expm1(-gap * t_h) / gap
    return F * dose_mg / V_L * ka * np.exp(-ke * t_h) * growth


# %% answer="m1-plasma" label="half-life-as-rate" status="failed" points=0 misconception="half-life-as-rate" message="the half-life itself as the rate constant"
def plasma(t_h, dose_mg, F, V_L, ka, t_half_h):
    ke = t_half_h
    return F * dose_mg / V_L * ka / (ka - ke) * (np.exp(-ke * t_h) - np.exp(-ka * t_h))


# %% answer="m1-plasma" label="no-ln-two" status="failed" points=0 misconception="no-ln-two" message="37 %"
def plasma(t_h, dose_mg, F, V_L, ka, t_half_h):
    ke = 1 / t_half_h
    return F * dose_mg / V_L * ka / (ka - ke) * (np.exp(-ke * t_h) - np.exp(-ka * t_h))


# %% answer="m1-plasma" label="bioavailability-ignored" status="failed" points=0 misconception="bioavailability-ignored" message="Multiply the dose by F"
def plasma(t_h, dose_mg, F, V_L, ka, t_half_h):
    ke = np.log(2) / t_half_h
    return dose_mg / V_L * ka / (ka - ke) * (np.exp(-ke * t_h) - np.exp(-ka * t_h))


# %% answer="m1-plasma" label="prefactor-missing" status="failed" points=0 misconception="prefactor-missing" message="in front of the bracket"
def plasma(t_h, dose_mg, F, V_L, ka, t_half_h):
    ke = np.log(2) / t_half_h
    return F * dose_mg / V_L * (np.exp(-ke * t_h) - np.exp(-ka * t_h))


# %% answer="m1-plasma" label="singular-limit-ignored" status="partial" points=3 misconception="singular-limit-ignored" message="zero by zero"
def plasma(t_h, dose_mg, F, V_L, ka, t_half_h):
    ke = np.log(2) / t_half_h
    return F * dose_mg / V_L * ka / (ka - ke) * (np.exp(-ke * t_h) - np.exp(-ka * t_h))


# %% answer="m1-plasma" label="prints-instead-of-returning" status="failed" points=0 message="gives nothing back"
def plasma(t_h, dose_mg, F, V_L, ka, t_half_h):
    ke = np.log(2) / t_half_h
    print(F * dose_mg / V_L * ka / (ka - ke) * (np.exp(-ke * t_h) - np.exp(-ka * t_h)))


# %% answer="m1-plasma" label="math-module-on-an-array" status="failed" points=0 message="stopped with TypeError"
def plasma(t_h, dose_mg, F, V_L, ka, t_half_h):
    import math

    ke = math.log(2) / t_half_h
    return F * dose_mg / V_L * ka / (ka - ke) * (math.exp(-ke * t_h) - math.exp(-ka * t_h))


# %% answer="m2-superpose" label="alternative-broadcast" status="passed" points=4
def superpose(t, dose_times, c_single):
    since = np.asarray(t)[:, None] - np.asarray(dose_times)[None, :]
    return np.where(since >= 0, c_single(np.abs(since)), 0.0).sum(axis=1)


# %% answer="m2-superpose" label="alternative-double-loop" status="passed" points=4
def superpose(t, dose_times, c_single):
    levels = []
    for now in t:
        level = 0.0
        for then in dose_times:
            if then <= now:
                level = level + float(c_single(np.array([now - then]))[0])
        levels.append(level)
    return np.array(levels)


# %% answer="m2-superpose" label="future-doses-count" status="failed" points=0 misconception="future-doses-count" message="lie in the future"
def superpose(t, dose_times, c_single):
    return sum(c_single(t - dose_time) for dose_time in dose_times)


# %% answer="m2-superpose" label="only-last-dose" status="partial" points=1 misconception="only-last-dose" message="Only the last dose"
def superpose(t, dose_times, c_single):
    level = np.zeros(len(t))
    for dose_time in dose_times:
        after = t >= dose_time
        level[after] = c_single(t[after] - dose_time)
    return level


# %% answer="m2-superpose" label="mean-of-doses" status="partial" points=1 misconception="mean-of-doses" message="averaged"
def superpose(t, dose_times, c_single):
    since = t[:, None] - np.asarray(dose_times)
    return np.where(since >= 0, c_single(np.maximum(since, 0)), 0).mean(axis=1)


# %% answer="m2-superpose" label="distance-in-time" status="failed" points=0 misconception="distance-in-time" message="distance in time"
def superpose(t, dose_times, c_single):
    return sum(c_single(np.abs(t - dose_time)) for dose_time in dose_times)


# %% answer="m3-dopamine-steady" label="alternative-bisection" status="passed" points=4
def dopamine_steady(release, Vmax, Km, i):
    if release >= Vmax:
        return float("inf")
    low, high = 0.0, 1.0
    while Vmax * high / (Km * (1 + i) + high) < release:
        high = high * 2
    for _ in range(200):
        middle = (low + high) / 2
        if Vmax * middle / (Km * (1 + i) + middle) < release:
            low = middle
        else:
            high = middle
    return (low + high) / 2


# %% answer="m3-dopamine-steady" label="alternative-share-of-vmax" status="passed" points=4
def dopamine_steady(release, Vmax, Km, i):
    busy = release / Vmax
    return Km * (1 + i) * busy / (1 - busy) if busy < 1 else np.inf


# %% answer="m3-dopamine-steady" label="block-cuts-vmax" status="partial" points=1 misconception="block-cuts-vmax" message="removing transporters"
def dopamine_steady(release, Vmax, Km, i):
    fastest = Vmax / (1 + i)
    return Km * release / (fastest - release) if release < fastest else np.inf


# %% answer="m3-dopamine-steady" label="block-raises-affinity" status="partial" points=1 misconception="block-raises-affinity" message="multiply Km"
def dopamine_steady(release, Vmax, Km, i):
    return Km / (1 + i) * release / (Vmax - release) if release < Vmax else np.inf


# %% answer="m3-dopamine-steady" label="linear-uptake" status="failed" points=0 misconception="linear-uptake" message="uptake saturates"
def dopamine_steady(release, Vmax, Km, i):
    return Km * (1 + i) * release / Vmax


# %% answer="m3-dopamine-steady" label="level-as-percent" status="partial" points=1 misconception="level-as-percent" message="per cent"
def dopamine_steady(release, Vmax, Km, i):
    return Km * (1 + i / 100) * release / (Vmax - release) if release < Vmax else np.inf


# %% answer="m3-dopamine-steady" label="no-limit-at-vmax" status="partial" points=3 message="ZeroDivisionError"
def dopamine_steady(release, Vmax, Km, i):
    return Km * (1 + i) * release / (Vmax - release)


# %% answer="m4-urinary-half-life" label="alternative-volume-first" status="passed" points=4
def urinary_half_life(t_half_h, CL_total, CL_renal, factor):
    volume = t_half_h * CL_total / np.log(2)
    clearance = (CL_total - CL_renal) + CL_renal * factor
    if clearance <= 0:
        return np.inf
    return np.log(2) * volume / clearance


# %% answer="m4-urinary-half-life" label="alternative-fractions" status="passed" points=4
def urinary_half_life(t_half_h, CL_total, CL_renal, factor):
    renal_share = CL_renal / CL_total
    remaining = 1 + (factor - 1) * renal_share
    return float("inf") if remaining == 0 else t_half_h / remaining


# %% answer="m4-urinary-half-life" label="renal-on-top" status="failed" points=0 misconception="renal-on-top" message="already includes it"
def urinary_half_life(t_half_h, CL_total, CL_renal, factor):
    return t_half_h * CL_total / (CL_total + factor * CL_renal)


# %% answer="m4-urinary-half-life" label="renal-is-all" status="failed" points=0 misconception="renal-is-all" message="what is not renal"
def urinary_half_life(t_half_h, CL_total, CL_renal, factor):
    return t_half_h * CL_total / (factor * CL_renal) if factor > 0 else np.inf


# %% answer="m4-urinary-half-life" label="clearance-lengthens" status="failed" points=0 misconception="clearance-lengthens" message="opposite directions"
def urinary_half_life(t_half_h, CL_total, CL_renal, factor):
    return t_half_h * (CL_total - CL_renal + factor * CL_renal) / CL_total


# %% answer="m4-urinary-half-life" label="factor-on-half-life" status="failed" points=0 misconception="factor-on-half-life" message="renal part of the clearance only"
def urinary_half_life(t_half_h, CL_total, CL_renal, factor):
    return t_half_h * factor


# %% answer="m4-urinary-half-life" label="factor-on-total" status="partial" points=1 misconception="factor-on-total" message="whole clearance"
def urinary_half_life(t_half_h, CL_total, CL_renal, factor):
    return np.inf if factor == 0 else t_half_h / factor
