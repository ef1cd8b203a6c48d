# %% [markdown]
"""
# Answer bank of module 05

Every kind of answer we expect, right and wrong, with the verdict and the sentence it must get. The real judge grades all of it in the test suite, and the demo class hands in answers drawn from here. The reference answers are the solutions in `exercises.py` themselves.
"""

# %% answer="c1-percent-of-what" label="alternative-computed" status="passed" points=3 message="a share of where these people stood"
c1 = (100 - 34) * 1.22

# %% answer="c1-percent-of-what" label="percent-is-points" status="failed" points=0 misconception="percent-is-points" message="You added 22 points"
c1 = 88

# %% answer="c1-percent-of-what" label="share-of-the-gap" status="failed" points=0 misconception="share-of-the-gap" message="of what was missing"
c1 = 66 + 0.22 * 34

# %% answer="c1-percent-of-what" label="rise-is-the-rest" status="failed" points=0 misconception="rise-is-the-rest" message="still missing"
c1 = 78

# %% answer="c1-percent-of-what" label="first-scan" status="failed" points=0 misconception="first-scan" message="The question asks for the second"
c1 = 66

# %% answer="c1-percent-of-what" label="share-for-percent" status="failed" points=0 misconception="share-for-percent" message="Write it in per cent"
c1 = 0.805

# %% answer="c1-percent-of-what" label="as-text" status="failed" points=0 message="without quotes or unit"
c1 = "80.5 %"

# %% answer="c1-percent-of-what" label="elsewhere" status="failed" points=0 message="differ"
c1 = 95

# %% answer="c2-area" label="alternative-computed" status="passed" points=3 message="does not matter"
c2 = 4.1 - 6 * (1 - 1.4)

# %% answer="c2-area" label="always-cancels" status="failed" points=0 misconception="always-cancels" message="exactly as strong as the lift"
c2 = 4.1

# %% answer="c2-area" label="high-times-strength" status="failed" points=0 misconception="high-times-strength" message="multiplied the high"
c2 = 4.1 * 1.4

# %% answer="c2-area" label="difference-for-low" status="failed" points=0 misconception="difference-for-low" message="Add the high"
c2 = 2.4

# %% answer="c2-area" label="low-is-weaker" status="failed" points=0 misconception="low-is-weaker" message="shallower and longer"
c2 = 4.1 - 2.4

# %% answer="c2-area" label="area-of-the-answer" status="failed" points=0 misconception="area-of-the-answer" message="eats into the lift"
c2 = 8.4

# %% answer="c2-area" label="negative-area" status="failed" points=0 misconception="negative-area" message="without the sign"
c2 = -6.5

# %% answer="c2-area" label="as-text" status="failed" points=0 message="without quotes or unit"
c2 = "6.5"

# %% answer="c3-three-years" label="alternative-capital-letter" status="passed" points=3 message="cannot show change"
c3 = "B"

# %% answer="c3-three-years" label="low-is-not-recovering" status="failed" points=0 misconception="low-is-not-recovering" message="a level as a course"
c3 = "a"

# %% answer="c3-three-years" label="small-is-nothing" status="failed" points=0 misconception="small-is-nothing" message="with six hundred"
c3 = "c"

# %% answer="c3-three-years" label="people-are-points-of-a-curve" status="failed" points=0 misconception="people-are-points-of-a-curve" message="two groups into one curve"
c3 = "d"

# %% answer="c3-three-years" label="a-yes" status="failed" points=0 message="one letter in quotation marks"
c3 = True

# %% answer="c4-ratio" label="alternative-with-space" status="passed" points=3 message="below 1"
c4 = " c"

# %% answer="c4-ratio" label="smaller-amounts-only" status="failed" points=0 misconception="smaller-amounts-only" message="grows again from there"
c4 = "a"

# %% answer="c4-ratio" label="start-decides" status="failed" points=0 misconception="start-decides" message="sets the scale of everything"
c4 = "b"

# %% answer="c4-ratio" label="ratio-upside-down" status="failed" points=0 misconception="ratio-upside-down" message="raises the ratio"
c4 = "d"

# %% answer="c4-ratio" label="a-number" status="failed" points=0 message="one letter in quotation marks"
c4 = 0.8

# %% answer="c5-relief" label="alternative-capital-letter" status="passed" points=3 message="outside the time of use"
c5 = "B"

# %% answer="c5-relief" label="motive-shows-origin" status="failed" points=0 misconception="motive-shows-origin" message="origin off the motive"
c5 = "a"

# %% answer="c5-relief" label="after-is-because" status="failed" points=0 misconception="after-is-because" message="before the first use"
c5 = "c"

# %% answer="c5-relief" label="relief-needs-distress-first" status="failed" points=0 misconception="relief-needs-distress-first" message="the low that the next use relieves"
c5 = "d"

# %% answer="c5-relief" label="two-letters" status="failed" points=0 message="one letter in quotation marks"
c5 = "ab"

# %% answer="c6-third-scan" label="alternative-capital-letter" status="passed" points=3 message="disagree most"
c6 = "C"

# %% answer="c6-third-scan" label="between-is-enough" status="failed" points=0 misconception="between-is-enough" message="they stay close"
c6 = "a"

# %% answer="c6-third-scan" label="precision-for-information" status="failed" points=0 misconception="precision-for-information" message="give the same value"
c6 = "b"

# %% answer="c6-third-scan" label="fit-is-enough" status="failed" points=0 misconception="fit-is-enough" message="neither curve gives"
c6 = "d"

# %% answer="c6-third-scan" label="the-month" status="failed" points=0 message="one letter in quotation marks"
c6 = 30


# %% answer="m1-opponent" label="alternative-exact-steps" status="passed" points=4
def opponent(u, dt, tau_a, tau_b, k_b):
    keep_a, keep_b = np.exp(-dt / tau_a), np.exp(-dt / tau_b)
    a, b, y = 0.0, 0.0, [0.0]
    for now in u[:-1]:
        a = now + (a - now) * keep_a
        b = k_b * now + (b - k_b * now) * keep_b
        y.append(a - b)
    return np.array(y)


# %% answer="m1-opponent" label="alternative-convolution" status="passed" points=4
def opponent(u, dt, tau_a, tau_b, k_b):
    t = np.arange(len(u)) * dt
    kernel = (1 - np.exp(-dt / tau_a)) * np.exp(-t / tau_a) - k_b * (1 - np.exp(-dt / tau_b)) * np.exp(-t / tau_b)
    return np.concatenate([[0.0], np.convolve(u, kernel)[: len(u) - 1]])


# %% answer="m1-opponent" label="alternative-matrix" status="passed" points=4
def opponent(u, dt, tau_a, tau_b, k_b):
    state, rates, gains = np.zeros(2), np.array([1 / tau_a, 1 / tau_b]), np.array([1.0, k_b])
    y = np.empty(len(u))
    for i, now in enumerate(u):
        y[i] = state[0] - state[1]
        state = state + dt * rates * (gains * now - state)
    return y


# %% answer="m1-opponent" label="no-opponent" status="failed" points=0 misconception="no-opponent" message="Take the answer b away"
def opponent(u, dt, tau_a, tau_b, k_b):
    a, y = 0.0, np.zeros(len(u))
    for i in range(len(u) - 1):
        a += dt * (u[i] - a) / tau_a
        y[i + 1] = a
    return y


# %% answer="m1-opponent" label="sum-for-difference" status="failed" points=0 misconception="sum-for-difference" message="y = a − b"
def opponent(u, dt, tau_a, tau_b, k_b):
    a, b, y = 0.0, 0.0, np.zeros(len(u))
    for i in range(len(u) - 1):
        a += dt * (u[i] - a) / tau_a
        b += dt * (k_b * u[i] - b) / tau_b
        y[i + 1] = a + b
    return y


# %% answer="m1-opponent" label="tau-swapped" status="failed" points=0 misconception="tau-swapped" message="exchanged the time constants"
def opponent(u, dt, tau_a, tau_b, k_b):
    a, b, y = 0.0, 0.0, np.zeros(len(u))
    for i in range(len(u) - 1):
        a += dt * (u[i] - a) / tau_b
        b += dt * (k_b * u[i] - b) / tau_a
        y[i + 1] = a - b
    return y


# %% answer="m1-opponent" label="one-time-constant" status="failed" points=0 misconception="one-time-constant" message="its own time constant"
def opponent(u, dt, tau_a, tau_b, k_b):
    a, b, y = 0.0, 0.0, np.zeros(len(u))
    for i in range(len(u) - 1):
        a += dt * (u[i] - a) / tau_a
        b += dt * (k_b * u[i] - b) / tau_a
        y[i + 1] = a - b
    return y


# %% answer="m1-opponent" label="answer-to-the-lift" status="failed" points=0 misconception="answer-to-the-lift" message="it follows the drug"
def opponent(u, dt, tau_a, tau_b, k_b):
    a, b, y = 0.0, 0.0, np.zeros(len(u))
    for i in range(len(u) - 1):
        a, b = a + dt * (u[i] - a) / tau_a, b + dt * (k_b * a - b) / tau_b
        y[i + 1] = a - b
    return y


# %% answer="m1-opponent" label="step-ignored" status="failed" points=0 misconception="step-ignored" message="dt has no effect"
def opponent(u, dt, tau_a, tau_b, k_b):
    a, b, y = 0.0, 0.0, np.zeros(len(u))
    for i in range(len(u) - 1):
        a += (u[i] - a) / tau_a
        b += (k_b * u[i] - b) / tau_b
        y[i + 1] = a - b
    return y


# %% answer="m1-opponent" label="answer-without-strength" status="failed" points=0 misconception="answer-without-strength" message="k_b has no effect"
def opponent(u, dt, tau_a, tau_b, k_b):
    a, b, y = 0.0, 0.0, np.zeros(len(u))
    for i in range(len(u) - 1):
        a += dt * (u[i] - a) / tau_a
        b += dt * (u[i] - b) / tau_b
        y[i + 1] = a - b
    return y


# %% answer="m1-opponent" label="one-value-short" status="failed" points=0 message="401 numbers"
def opponent(u, dt, tau_a, tau_b, k_b):
    a, b, y = 0.0, 0.0, []
    for now in u[:-1]:
        a += dt * (now - a) / tau_a
        b += dt * (k_b * now - b) / tau_b
        y.append(a - b)
    return np.array(y)


# %% answer="m2-tau" label="alternative-bisect" status="passed" points=4
def tau_from_two(t1, d1, t2, d2, plateau):
    low, high = 1e-6, 1e6
    for _ in range(200):
        middle = (low * high) ** 0.5
        if plateau - (plateau - d1) * np.exp(-(t2 - t1) / middle) > d2:
            low = middle
        else:
            high = middle
    return low


# %% answer="m2-tau" label="alternative-difference-of-logs" status="passed" points=4
def tau_from_two(t1, d1, t2, d2, plateau):
    import math

    slope = (math.log(plateau - d2) - math.log(plateau - d1)) / (t2 - t1)
    return -1 / slope


# %% answer="m2-tau" label="half-life-for-tau" status="failed" points=0 misconception="half-life-for-tau" message="the way to go halves"
def tau_from_two(t1, d1, t2, d2, plateau):
    return (t2 - t1) * np.log(2) / np.log((plateau - d1) / (plateau - d2))


# %% answer="m2-tau" label="log10" status="failed" points=0 misconception="log10" message="natural one"
def tau_from_two(t1, d1, t2, d2, plateau):
    return (t2 - t1) / np.log10((plateau - d1) / (plateau - d2))


# %% answer="m2-tau" label="straight-line" status="failed" points=0 misconception="straight-line" message="straight line"
def tau_from_two(t1, d1, t2, d2, plateau):
    return (plateau - d1) / ((d2 - d1) / (t2 - t1))


# %% answer="m2-tau" label="ratio-of-levels" status="failed" points=0 misconception="ratio-of-levels" message="ratio of the two values"
def tau_from_two(t1, d1, t2, d2, plateau):
    return (t2 - t1) / np.log(d2 / d1)


# %% answer="m2-tau" label="time-from-zero" status="failed" points=0 misconception="time-from-zero" message="measured at t1"
def tau_from_two(t1, d1, t2, d2, plateau):
    return t2 / np.log((plateau - d1) / (plateau - d2))


# %% answer="m2-tau" label="sign" status="failed" points=0 misconception="sign" message="negative"
def tau_from_two(t1, d1, t2, d2, plateau):
    return (t2 - t1) / np.log((plateau - d2) / (plateau - d1))


# %% answer="m2-tau" label="rate-for-tau" status="failed" points=0 misconception="rate-for-tau" message="1 divided by it"
def tau_from_two(t1, d1, t2, d2, plateau):
    return np.log((plateau - d1) / (plateau - d2)) / (t2 - t1)


# %% answer="m2-tau" label="plateau-ignored" status="partial" points=2 misconception="plateau-ignored" message="It is an argument"
def tau_from_two(t1, d1, t2, d2, plateau):
    return (t2 - t1) / np.log((100 - d1) / (100 - d2))


# %% answer="m2-tau" label="prints-instead-of-returning" status="failed" points=0 message="gives nothing back"
def tau_from_two(t1, d1, t2, d2, plateau):
    print((t2 - t1) / np.log((plateau - d1) / (plateau - d2)))


# %% answer="m3-escalate" label="alternative-closed-form" status="passed" points=4
def escalate(n, mu, rho, K, h0):
    intake, added = [], 0.0
    for _ in range(n):
        intake.append((h0 + added) / K)
        added = added * (1 + mu / K - rho) + mu * h0 / K
    return np.array(intake)


# %% answer="m3-escalate" label="alternative-matrix-power" status="passed" points=4
def escalate(n, mu, rho, K, h0):
    step = np.array([[1 + mu / K - rho, rho * h0], [0.0, 1.0]])
    return [(np.linalg.matrix_power(step, day) @ np.array([h0, 1.0]))[0] / K for day in range(n)]


# %% answer="m3-escalate" label="no-return" status="failed" points=0 misconception="no-return" message="never comes back"
def escalate(n, mu, rho, K, h0):
    intake, h = np.zeros(n), h0
    for day in range(n):
        intake[day] = h / K
        h = h + mu * intake[day]
    return intake


# %% answer="m3-escalate" label="returns-to-zero" status="failed" points=0 misconception="returns-to-zero" message="goes home to h0"
def escalate(n, mu, rho, K, h0):
    intake, h = np.zeros(n), h0
    for day in range(n):
        intake[day] = h / K
        h = h + mu * intake[day] - rho * h
    return intake


# %% answer="m3-escalate" label="constant" status="failed" points=0 misconception="constant" message="the same every day"
def escalate(n, mu, rho, K, h0):
    return np.full(n, h0 / K)


# %% answer="m3-escalate" label="starts-a-day-late" status="failed" points=0 misconception="starts-a-day-late" message="before the first day"
def escalate(n, mu, rho, K, h0):
    intake, h = np.zeros(n), h0
    for day in range(n):
        h = h + mu * h / K - rho * (h - h0)
        intake[day] = h / K
    return intake


# %% answer="m3-escalate" label="straight-up" status="failed" points=0 misconception="straight-up" message="the same amount each day"
def escalate(n, mu, rho, K, h0):
    return h0 / K * (1 + mu / K * np.arange(n))


# %% answer="m3-escalate" label="set-point-for-intake" status="failed" points=0 misconception="set-point-for-intake" message="gave back the set point"
def escalate(n, mu, rho, K, h0):
    path, h = np.zeros(n), h0
    for day in range(n):
        path[day] = h
        h = h + mu * h / K - rho * (h - h0)
    return path


# %% answer="m3-escalate" label="effect-ignored" status="failed" points=0 misconception="effect-ignored" message="K has no effect"
def escalate(n, mu, rho, K, h0):
    intake, h = np.zeros(n), h0
    for day in range(n):
        intake[day] = h
        h = h + mu * h - rho * (h - h0)
    return intake


# %% answer="m3-escalate" label="last-day-only" status="failed" points=0 message="3 numbers"
def escalate(n, mu, rho, K, h0):
    h = h0
    for _ in range(n - 1):
        h = h + mu * h / K - rho * (h - h0)
    return h / K


# %% answer="m4-spread" label="alternative-loop" status="passed" points=4
def scan_spread(t, t1, d1, t2, d2, plateaus):
    values = []
    for end in plateaus:
        tau = (t2 - t1) / np.log((end - d1) / (end - d2))
        values.append(end - (end - d1) * np.exp(-(t - t1) / tau))
    return max(values) - min(values)


# %% answer="m4-spread" label="alternative-powers" status="passed" points=4
def scan_spread(t, t1, d1, t2, d2, plateaus):
    share = (plateaus - d2) / (plateaus - d1)
    return np.ptp(plateaus - (plateaus - d1) * share ** ((t - t1) / (t2 - t1)))


# %% answer="m4-spread" label="end-values" status="failed" points=0 misconception="end-values" message="have not arrived"
def scan_spread(t, t1, d1, t2, d2, plateaus):
    return np.max(plateaus) - np.min(plateaus)


# %% answer="m4-spread" label="time-from-zero" status="failed" points=0 misconception="time-from-zero" message="use t − t1"
def scan_spread(t, t1, d1, t2, d2, plateaus):
    tau = (t2 - t1) / np.log((plateaus - d1) / (plateaus - d2))
    values = plateaus - (plateaus - d1) * np.exp(-t / tau)
    return np.max(values) - np.min(values)


# %% answer="m4-spread" label="one-time-constant" status="failed" points=0 misconception="one-time-constant" message="Each end value has its own"
def scan_spread(t, t1, d1, t2, d2, plateaus):
    tau = (t2 - t1) / np.log((plateaus[0] - d1) / (plateaus[0] - d2))
    values = plateaus - (plateaus - d1) * np.exp(-(t - t1) / tau)
    return np.max(values) - np.min(values)


# %% answer="m4-spread" label="half-life-for-tau" status="failed" points=0 misconception="half-life-for-tau" message="misses the second scan"
def scan_spread(t, t1, d1, t2, d2, plateaus):
    tau = (t2 - t1) * np.log(2) / np.log((plateaus - d1) / (plateaus - d2))
    values = plateaus - (plateaus - d1) * np.exp(-(t - t1) / tau)
    return np.max(values) - np.min(values)


# %% answer="m4-spread" label="largest-value" status="failed" points=0 misconception="largest-value" message="largest minus the smallest"
def scan_spread(t, t1, d1, t2, d2, plateaus):
    tau = (t2 - t1) / np.log((plateaus - d1) / (plateaus - d2))
    return np.max(plateaus - (plateaus - d1) * np.exp(-(t - t1) / tau))


# %% answer="m4-spread" label="first-minus-last" status="partial" points=2 misconception="first-minus-last" message="may belong to any of them"
def scan_spread(t, t1, d1, t2, d2, plateaus):
    tau = (t2 - t1) / np.log((plateaus - d1) / (plateaus - d2))
    values = plateaus - (plateaus - d1) * np.exp(-(t - t1) / tau)
    return abs(values[0] - values[-1])


# %% answer="m4-spread" label="order-of-the-curves" status="partial" points=3 misconception="order-of-the-curves" message="lower"
def scan_spread(t, t1, d1, t2, d2, plateaus):
    top, bottom = np.max(plateaus), np.min(plateaus)
    values = []
    for end in (top, bottom):
        tau = (t2 - t1) / np.log((end - d1) / (end - d2))
        values.append(end - (end - d1) * np.exp(-(t - t1) / tau))
    return values[0] - values[1]


# %% answer="m4-spread" label="all-values" status="failed" points=0 message="single number"
def scan_spread(t, t1, d1, t2, d2, plateaus):
    tau = (t2 - t1) / np.log((plateaus - d1) / (plateaus - d2))
    return plateaus - (plateaus - d1) * np.exp(-(t - t1) / tau)
