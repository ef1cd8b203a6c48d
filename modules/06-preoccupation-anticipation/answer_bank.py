# %% [markdown]
"""
# Answer bank of module 06

Every kind of answer we expect, right and wrong, with the verdict and the sentence it must get. The real judge grades all of it in the test suite, and the demo class hands in answers drawn from here. The reference answers are the solutions in `exercises.py` themselves.
"""

# %% answer="c1-reversal" label="alternative-computed" status="passed" points=4
c1_days = (60 * (1 + 0.05 * 24) - 100) / (0.05 * 40)
c1_times = 0

# %% answer="c1-reversal" label="alternative-a-day-off" status="passed" points=4
c1_days = 15
c1_times = 0.0

# %% answer="c1-reversal" label="counted-to-the-larger" status="partial" points=2 misconception="counted-to-the-larger" message="counted to the larger"
c1_days = 40
c1_times = 0

# %% answer="c1-reversal" label="half-value-delay" status="partial" points=2 misconception="half-value-delay" message="worth half"
c1_days = 20
c1_times = 0

# %% answer="c1-reversal" label="gap-is-the-answer" status="partial" points=2 misconception="gap-is-the-answer" message="the gap between"
c1_days = 24
c1_times = 0

# %% answer="c1-reversal" label="gap-ignored" status="partial" points=2 misconception="gap-ignored" message="discount both"
c1_days = 13.3
c1_times = 0

# %% answer="c1-reversal" label="k-missing" status="failed" points=0 misconception="k-missing" message="divide by k"
c1_days = 0.8
c1_times = 1

# %% answer="c1-reversal" label="impatience-reverses" status="partial" points=2 misconception="impatience-reverses" message="Impatience alone"
c1_days = 16
c1_times = 1

# %% answer="c1-reversal" label="turns-back" status="partial" points=2 misconception="turns-back" message="do not cross at all"
c1_days = 16
c1_times = 2

# %% answer="c1-reversal" label="elsewhere" status="partial" points=2 message="differ"
c1_days = 7
c1_times = 0

# %% answer="c1-reversal" label="one-of-two" status="unanswered" points=0 message="Not answered yet"
c1_days = 16
c1_times = ...

# %% answer="c1-reversal" label="in-words" status="failed" points=0 message="without quotes"
c1_days = "16 days"
c1_times = 0

# %% answer="c2-bias-or-drift" label="alternative-capital-letter" status="passed" points=4
c2 = "C"

# %% answer="c2-bias-or-drift" label="share-shows-drift" status="failed" points=0 misconception="share-shows-drift" message="part the two"
c2 = "a"

# %% answer="c2-bias-or-drift" label="share-shows-bias" status="failed" points=0 misconception="share-shows-bias" message="part the two"
c2 = "b"

# %% answer="c2-bias-or-drift" label="bounds-change-an-even-share" status="failed" points=0 misconception="bounds-change-an-even-share" message="stays even"
c2 = "d"

# %% answer="c2-bias-or-drift" label="not-a-letter" status="failed" points=0 message="one letter in quotation marks"
c2 = "drift"

# %% answer="c3-where-to-extinguish" label="alternative-with-space" status="passed" points=4
c3 = " b"

# %% answer="c3-where-to-extinguish" label="extinction-erases" status="failed" points=0 misconception="extinction-erases" message="does not erase"
c3 = "a"

# %% answer="c3-where-to-extinguish" label="renewal-means-nothing-learnt" status="failed" points=0 misconception="renewal-means-nothing-learnt" message="tied to the place"
c3 = "c"

# %% answer="c3-where-to-extinguish" label="more-trials-instead-of-places" status="failed" points=0 misconception="more-trials-instead-of-places" message="a separate matter"
c3 = "d"

# %% answer="c4-hysteresis" label="alternative-as-float" status="passed" points=4
c4 = 3.0

# %% answer="c4-hysteresis" label="alternative-computed" status="passed" points=4
c4, high = 0, False
for level in (-4, -3, -3.3, -2.5, -3, -3.3, -3.5, -3):
    high = level > (-3.415 if high else -2.585)
    c4 = c4 + high

# %% answer="c4-hysteresis" label="symptom-tracks-trigger" status="failed" points=0 misconception="symptom-tracks-trigger" message="*other* threshold"
c4 = 1

# %% answer="c4-hysteresis" label="never-comes-back" status="failed" points=0 misconception="never-comes-back" message="does come down"
c4 = 5

# %% answer="c4-hysteresis" label="one-threshold-below" status="failed" points=0 misconception="one-threshold-below" message="a *high* state ends"
c4 = 6

# %% answer="c4-hysteresis" label="one-threshold-between" status="failed" points=0 misconception="one-threshold-between" message="There are two"
c4 = 4

# %% answer="c4-hysteresis" label="up-step-not-counted" status="failed" points=0 misconception="up-step-not-counted" message="the jump itself"
c4 = 2

# %% answer="c4-hysteresis" label="elsewhere" status="failed" points=0 message="differ"
c4 = 8

# %% answer="c5-base-rate" label="alternative-computed" status="passed" points=4
c5 = 100 * 9 / (9 + 9)

# %% answer="c5-base-rate" label="alternative-as-float" status="passed" points=4
c5 = 50.0

# %% answer="c5-base-rate" label="sensitivity-for-predictive-value" status="failed" points=0 misconception="sensitivity-for-predictive-value" message="turns it round"
c5 = 90

# %% answer="c5-base-rate" label="base-rate-for-predictive-value" status="failed" points=0 misconception="base-rate-for-predictive-value" message="before anybody is marked"
c5 = 10

# %% answer="c5-base-rate" label="true-positives-of-all" status="failed" points=0 misconception="true-positives-of-all" message="those marked wrongly"
c5 = 9

# %% answer="c5-base-rate" label="marked-of-all" status="failed" points=0 misconception="marked-of-all" message="How many of these return"
c5 = 18

# %% answer="c5-base-rate" label="specificity-multiplied" status="failed" points=0 misconception="specificity-multiplied" message="two different groups"
c5 = 81

# %% answer="c5-base-rate" label="share-for-percent" status="failed" points=0 misconception="share-for-percent" message="multiply by 100"
c5 = 0.5

# %% answer="c5-base-rate" label="elsewhere" status="failed" points=0 message="differ"
c5 = 33


# %% answer="m1-reversal-delay" label="alternative-bisection" status="passed" points=4
def reversal_delay(A1, A2, gap, k):
    def lead(t):
        return A1 / (1 + k * t) - A2 / (1 + k * (t + gap))

    if lead(0) < 0:
        return np.nan
    low, high = 0.0, 1e6
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if lead(middle) > 0 else (low, middle)
    return low


# %% answer="m1-reversal-delay" label="alternative-scan" status="passed" points=4
def reversal_delay(A1, A2, gap, k):
    t = np.linspace(0, 500, 500001)
    ahead = A1 / (1 + k * t) > A2 / (1 + k * (t + gap))
    if not ahead[0]:
        return float("nan")
    return t[np.argmin(ahead)]


# %% answer="m1-reversal-delay" label="alternative-in-units-of-k" status="passed" points=4
def reversal_delay(A1, A2, gap, k):
    ratio = A2 / A1
    days = gap / (ratio - 1) - 1 / k
    if days < 0:
        return np.nan
    return np.array(days)


# %% answer="m1-reversal-delay" label="exponential" status="failed" points=0 misconception="exponential" message="keep their ratio"
def reversal_delay(A1, A2, gap, k):
    return np.log(A2 / A1) / k


# %% answer="m1-reversal-delay" label="gap-ignored" status="failed" points=0 misconception="gap-ignored" message="both are discounted"
def reversal_delay(A1, A2, gap, k):
    return (A2 / A1 - 1) / k


# %% answer="m1-reversal-delay" label="counted-to-the-larger" status="failed" points=0 misconception="counted-to-the-larger" message="days before the *smaller* one"
def reversal_delay(A1, A2, gap, k):
    return (A1 * (1 + k * gap) - A2) / (k * (A2 - A1)) + gap


# %% answer="m1-reversal-delay" label="rewards-exchanged" status="failed" points=0 misconception="rewards-exchanged" message="exchanged in your equation"
def reversal_delay(A1, A2, gap, k):
    return (A2 * (1 + k * gap) - A1) / (k * (A1 - A2))


# %% answer="m1-reversal-delay" label="k-missing" status="failed" points=0 misconception="k-missing" message="in units of 1/k"
def reversal_delay(A1, A2, gap, k):
    return (A1 * (1 + k * gap) - A2) / (A2 - A1)


# %% answer="m1-reversal-delay" label="negative-day" status="partial" points=3 misconception="negative-day" message="the choice is over"
def reversal_delay(A1, A2, gap, k):
    return (A1 * (1 + k * gap) - A2) / (k * (A2 - A1))


# %% answer="m1-reversal-delay" label="zero-for-never" status="partial" points=3 misconception="zero-for-never" message="never turns"
def reversal_delay(A1, A2, gap, k):
    return max(0.0, (A1 * (1 + k * gap) - A2) / (k * (A2 - A1)))


# %% answer="m1-reversal-delay" label="sign-dropped" status="partial" points=3 misconception="sign-dropped" message="dropped the minus sign"
def reversal_delay(A1, A2, gap, k):
    return abs((A1 * (1 + k * gap) - A2) / (k * (A2 - A1)))


# %% answer="m1-reversal-delay" label="values-not-days" status="failed" points=0 message="a single number"
def reversal_delay(A1, A2, gap, k):
    return A1 / (1 + k * gap), A2


# %% answer="m1-reversal-delay" label="prints-instead-of-returning" status="failed" points=0 message="gives nothing back"
def reversal_delay(A1, A2, gap, k):
    print((A1 * (1 + k * gap) - A2) / (k * (A2 - A1)))


# %% answer="m2-ddm-stats" label="alternative-expm1" status="passed" points=4
def ddm_stats(v, a, z, s):
    if v == 0:
        return [z / a, z * (a - z) / (s * s)]
    c = -2 * v / s**2
    p = np.expm1(c * z) / np.expm1(c * a)
    return np.array([p, (a * p - z) / v])


# %% answer="m2-ddm-stats" label="alternative-weighted-exits" status="passed" points=4
def ddm_stats(v, a, z, s):
    if abs(v) < 1e-12:
        return z / a, (z / a) * (a * a - z * z) / (3 * s**2) + (1 - z / a) * z * (2 * a - z) / (3 * s**2)
    k = 2 * v / s**2
    up = (1 - np.exp(-k * z)) / (1 - np.exp(-k * a))
    down = 1 - up
    return up, (up * (a - z) - down * z) / v


# %% answer="m2-ddm-stats" label="alternative-grid-of-starts" status="passed" points=4
def ddm_stats(v, a, z, s):
    points = 4001
    x = np.linspace(0, a, points)
    step = x[1] - x[0]
    D, inside = s**2 / 2, points - 2
    below, middle, above = D / step**2 - v / (2 * step), -2 * D / step**2, D / step**2 + v / (2 * step)
    answers = []
    for source, at_top in ((0.0, 1.0), (-1.0, 0.0)):
        right = np.full(inside, source)
        c, d = np.zeros(inside), np.zeros(inside)
        c[0], d[0] = above / middle, right[0] / middle
        for j in range(1, inside):
            scale = middle - below * c[j - 1]
            c[j], d[j] = above / scale, (right[j] - below * d[j - 1]) / scale
        solution = np.zeros(points)
        solution[-1] = at_top
        for j in range(inside - 1, -1, -1):
            solution[j + 1] = d[j] - c[j] * solution[j + 2]
        answers.append(np.interp(z, x, solution))
    return answers[0], answers[1]


# %% answer="m2-ddm-stats" label="no-factor-2" status="failed" points=0 misconception="no-factor-2" message="factor 2 is missing"
def ddm_stats(v, a, z, s):
    if v == 0:
        return z / a, z * (a - z) / s**2
    p = (1 - np.exp(-v * z / s**2)) / (1 - np.exp(-v * a / s**2))
    return p, (a * p - z) / v


# %% answer="m2-ddm-stats" label="relative-start" status="failed" points=0 misconception="relative-start" message="units of a"
def ddm_stats(v, a, z, s):
    z = z * a
    if v == 0:
        return z / a, z * (a - z) / s**2
    p = (1 - np.exp(-2 * v * z / s**2)) / (1 - np.exp(-2 * v * a / s**2))
    return p, (a * p - z) / v


# %% answer="m2-ddm-stats" label="deterministic-time" status="failed" points=0 misconception="deterministic-time" message="straight walk"
def ddm_stats(v, a, z, s):
    if v == 0:
        return z / a, z * (a - z) / s**2
    p = (1 - np.exp(-2 * v * z / s**2)) / (1 - np.exp(-2 * v * a / s**2))
    return p, (a - z) / v


# %% answer="m2-ddm-stats" label="lower-bound-share" status="failed" points=0 misconception="lower-bound-share" message="belongs to the lower bound"
def ddm_stats(v, a, z, s):
    if v == 0:
        return z / a, z * (a - z) / s**2
    p = (1 - np.exp(-2 * v * z / s**2)) / (1 - np.exp(-2 * v * a / s**2))
    return 1 - p, (a * p - z) / v


# %% answer="m2-ddm-stats" label="numbers-exchanged" status="failed" points=0 misconception="numbers-exchanged" message="first the share"
def ddm_stats(v, a, z, s):
    if v == 0:
        return z / a, z * (a - z) / s**2
    p = (1 - np.exp(-2 * v * z / s**2)) / (1 - np.exp(-2 * v * a / s**2))
    return (a * p - z) / v, p


# %% answer="m2-ddm-stats" label="time-upside-down" status="failed" points=0 misconception="time-upside-down" message="below zero"
def ddm_stats(v, a, z, s):
    if v == 0:
        return z / a, z * (a - z) / s**2
    p = (1 - np.exp(-2 * v * z / s**2)) / (1 - np.exp(-2 * v * a / s**2))
    return p, (z - a * p) / v


# %% answer="m2-ddm-stats" label="always-from-the-middle" status="failed" points=0 misconception="always-from-the-middle" message="started in the middle"
def ddm_stats(v, a, z, s):
    z = a / 2
    if v == 0:
        return z / a, z * (a - z) / s**2
    p = (1 - np.exp(-2 * v * z / s**2)) / (1 - np.exp(-2 * v * a / s**2))
    return p, (a * p - z) / v


# %% answer="m2-ddm-stats" label="s-not-squared" status="partial" points=2 misconception="s-not-squared" message="it is squared"
def ddm_stats(v, a, z, s):
    if v == 0:
        return z / a, z * (a - z) / s
    p = (1 - np.exp(-2 * v * z / s)) / (1 - np.exp(-2 * v * a / s))
    return p, (a * p - z) / v


# %% answer="m2-ddm-stats" label="noise-ignored" status="partial" points=2 misconception="noise-ignored" message="left the noise out"
def ddm_stats(v, a, z, s):
    if v == 0:
        return z / a, z * (a - z)
    p = (1 - np.exp(-2 * v * z)) / (1 - np.exp(-2 * v * a))
    return p, (a * p - z) / v


# %% answer="m2-ddm-stats" label="nan-at-zero-drift" status="partial" points=3 misconception="nan-at-zero-drift" message="0/0"
def ddm_stats(v, a, z, s):
    p = (1 - np.exp(-2 * v * z / s**2)) / (1 - np.exp(-2 * v * a / s**2))
    return p, (a * p - z) / v


# %% answer="m2-ddm-stats" label="even-without-drift" status="partial" points=3 misconception="even-without-drift" message="only from the middle"
def ddm_stats(v, a, z, s):
    if v == 0:
        return 0.5, z * (a - z) / s**2
    p = (1 - np.exp(-2 * v * z / s**2)) / (1 - np.exp(-2 * v * a / s**2))
    return p, (a * p - z) / v


# %% answer="m2-ddm-stats" label="share-alone" status="failed" points=0 message="Give back two numbers"
def ddm_stats(v, a, z, s):
    if v == 0:
        return z / a, z * (a - z) / s**2
    p = (1 - np.exp(-2 * v * z / s**2)) / (1 - np.exp(-2 * v * a / s**2))
    return p


# %% answer="m3-extinction-renewal" label="alternative-closed-form" status="passed" points=4
def extinction_renewal(n, alpha, h, g):
    kept = (1 - alpha * h**2) ** np.arange(n + 1)
    if h == 0:
        return kept, np.ones(n + 1)
    return kept, 1 - g / h * (1 - kept)


# %% answer="m3-extinction-renewal" label="alternative-lists" status="passed" points=4
def extinction_renewal(n, alpha, h, g):
    learnt = 0.0
    here, there = [1.0], [1.0]
    for _ in range(n):
        learnt += alpha * h * here[-1]
        here.append(1 - h * learnt)
        there.append(1 - g * learnt)
    return here, there


# %% answer="m3-extinction-renewal" label="alternative-geometric-sum" status="passed" points=4
def extinction_renewal(n, alpha, h, g):
    steps = alpha * h * (1 - alpha * h * h) ** np.arange(n)
    learnt = np.concatenate([[0.0], np.cumsum(steps)])
    return np.array([1 - h * learnt, 1 - g * learnt])


# %% answer="m3-extinction-renewal" label="erasure" status="failed" points=0 misconception="erasure" message="That would be erasing"
def extinction_renewal(n, alpha, h, g):
    learnt = np.zeros(n + 1)
    for t in range(n):
        learnt[t + 1] = learnt[t] + alpha * h * (1 - h * learnt[t])
    return 1 - h * learnt, 1 - h * learnt


# %% answer="m3-extinction-renewal" label="places-exchanged" status="failed" points=0 misconception="places-exchanged" message="comes first"
def extinction_renewal(n, alpha, h, g):
    learnt = np.zeros(n + 1)
    for t in range(n):
        learnt[t + 1] = learnt[t] + alpha * h * (1 - h * learnt[t])
    return 1 - g * learnt, 1 - h * learnt


# %% answer="m3-extinction-renewal" label="one-trial-early" status="failed" points=0 misconception="one-trial-early" message="response *before* it"
def extinction_renewal(n, alpha, h, g):
    learnt = np.zeros(n + 2)
    for t in range(n + 1):
        learnt[t + 1] = learnt[t] + alpha * h * (1 - h * learnt[t])
    return 1 - h * learnt[1:], 1 - g * learnt[1:]


# %% answer="m3-extinction-renewal" label="inhibition-given-back" status="failed" points=0 misconception="inhibition-given-back" message="what it leaves"
def extinction_renewal(n, alpha, h, g):
    learnt = np.zeros(n + 1)
    for t in range(n):
        learnt[t + 1] = learnt[t] + alpha * h * (1 - h * learnt[t])
    return h * learnt, g * learnt


# %% answer="m3-extinction-renewal" label="transfer-ignored" status="partial" points=1 misconception="transfer-ignored" message="never moves"
def extinction_renewal(n, alpha, h, g):
    learnt = np.zeros(n + 1)
    for t in range(n):
        learnt[t + 1] = learnt[t] + alpha * h * (1 - h * learnt[t])
    return 1 - h * learnt, np.ones(n + 1)


# %% answer="m3-extinction-renewal" label="h-once" status="failed" points=0 misconception="h-once" message="counts in learning too"
def extinction_renewal(n, alpha, h, g):
    learnt = np.zeros(n + 1)
    for t in range(n):
        learnt[t + 1] = learnt[t] + alpha * (1 - h * learnt[t])
    return 1 - h * learnt, 1 - g * learnt


# %% answer="m3-extinction-renewal" label="g-and-h-exchanged" status="failed" points=0 misconception="g-and-h-exchanged" message="Nothing fades"
def extinction_renewal(n, alpha, h, g):
    learnt = np.zeros(n + 1)
    for t in range(n):
        learnt[t + 1] = learnt[t] + alpha * g * (1 - g * learnt[t])
    return 1 - g * learnt, 1 - h * learnt


# %% answer="m3-extinction-renewal" label="share-for-inhibition" status="partial" points=1 misconception="share-for-inhibition" message="larger than that"
def extinction_renewal(n, alpha, h, g):
    kept = (1 - alpha * h**2) ** np.arange(n + 1)
    return kept, 1 - g * (1 - kept)


# %% answer="m3-extinction-renewal" label="place-ignored" status="failed" points=0 misconception="place-ignored" message="left h out"
def extinction_renewal(n, alpha, h, g):
    learnt = np.zeros(n + 1)
    for t in range(n):
        learnt[t + 1] = learnt[t] + alpha * (1 - learnt[t])
    return 1 - learnt, 1 - g * learnt


# %% answer="m3-extinction-renewal" label="nan-without-place" status="partial" points=3 misconception="nan-without-place" message="divides by zero"
def extinction_renewal(n, alpha, h, g):
    kept = (1 - alpha * h**2) ** np.arange(n + 1)
    return kept, 1 - np.divide(g, np.float64(h)) * (1 - kept)


# %% answer="m3-extinction-renewal" label="last-trial-missing" status="failed" points=0 message="21 numbers"
def extinction_renewal(n, alpha, h, g):
    kept = (1 - alpha * h**2) ** np.arange(n)
    return kept, 1 - g / h * (1 - kept)


# %% answer="m4-count-states" label="alternative-sign-changes" status="passed" points=4
def count_states(w, trigger):
    x = np.linspace(0, 1, 200001)
    above = 1 / (1 + np.exp(-(w * x + trigger))) > x
    return int(np.sum(above[1:] != above[:-1]))


# %% answer="m4-count-states" label="alternative-inverse" status="passed" points=4
def count_states(w, trigger):
    x = np.linspace(1e-9, 1 - 1e-9, 400001)
    needed = np.log(x / (1 - x)) - w * x
    return np.count_nonzero(np.diff(np.sign(needed - trigger)))


# %% answer="m4-count-states" label="alternative-loop" status="passed" points=4
def count_states(w, trigger):
    crossings, last = 0, None
    for step in range(20001):
        x = step / 20000
        sign = 1 / (1 + np.exp(-w * x - trigger)) - x > 0
        if last is not None and sign != last:
            crossings += 1
        last = sign
    return crossings


# %% answer="m4-count-states" label="w-only" status="partial" points=1 misconception="w-only" message="looked at w alone"
def count_states(w, trigger):
    return 3 if w > 4 else 1


# %% answer="m4-count-states" label="w-above-1" status="failed" points=0 misconception="w-only" message="looked at w alone"
def count_states(w, trigger):
    return 3 if w > 1 else 1


# %% answer="m4-count-states" label="border-at-1" status="partial" points=3 misconception="w-above-1" message="three times"
def count_states(w, trigger):
    if w <= 1:
        return 1
    x = np.linspace(0, 1, 200001)
    above = 1 / (1 + np.exp(-(w * x + trigger))) > x
    crossings = int(np.sum(above[1:] != above[:-1]))
    return 3 if w < 4 else crossings


# %% answer="m4-count-states" label="stable-only" status="failed" points=0 misconception="stable-only" message="The ridge between them"
def count_states(w, trigger):
    x = np.linspace(0, 1, 200001)
    above = 1 / (1 + np.exp(-(w * x + trigger))) > x
    return 2 if np.sum(above[1:] != above[:-1]) == 3 else 1


# %% answer="m4-count-states" label="input-ignored" status="failed" points=0 misconception="input-ignored" message="Is the trigger in your equation"
def count_states(w, trigger):
    x = np.linspace(0, 1, 200001)
    above = 1 / (1 + np.exp(-w * x)) > x
    return int(np.sum(above[1:] != above[:-1]))


# %% answer="m4-count-states" label="coarse-search" status="partial" points=3 message="differ"
def count_states(w, trigger):
    x = np.linspace(0.01, 1, 100)
    above = 1 / (1 + np.exp(-(w * x + trigger))) > x
    return int(np.sum(above[1:] != above[:-1]))


# %% answer="m4-count-states" label="states-instead-of-number" status="failed" points=0 message="a single number"
def count_states(w, trigger):
    x = np.linspace(0, 1, 200001)
    above = 1 / (1 + np.exp(-(w * x + trigger))) > x
    return x[1:][above[1:] != above[:-1]]
