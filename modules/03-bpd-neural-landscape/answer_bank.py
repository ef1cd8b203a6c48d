# %% [markdown]
"""
# Answer bank of module 03

Every kind of answer we expect, right and wrong, with the verdict and the sentence it must get. The real judge grades all of it in the test suite, and the demo class hands in answers drawn from here. The reference answers are the solutions in `exercises.py` themselves.
"""

# %% answer="c1-heritability-sentence" label="alternative-capital-letter" status="passed" points=3 message="whose differences"
c1 = "C"

# %% answer="c1-heritability-sentence" label="heritability-is-individual" status="failed" points=0 misconception="heritability-is-individual" message="in one person there is nothing to divide"
c1 = "a"

# %% answer="c1-heritability-sentence" label="heritability-is-share-of-people" status="failed" points=0 misconception="heritability-is-share-of-people" message="share of variance for a share of people"
c1 = "b"

# %% answer="c1-heritability-sentence" label="heritable-is-fixed" status="failed" points=0 misconception="heritable-is-fixed" message="heritable for unchangeable"
c1 = "d"

# %% answer="c1-heritability-sentence" label="not-a-letter" status="failed" points=0 message="one letter in quotation marks"
c1 = 42

# %% answer="c2-twins" label="alternative-computed" status="passed" points=3
c2 = 2 * (0.55 - 0.34)

# %% answer="c2-twins" label="h2-is-rmz" status="failed" points=0 misconception="h2-is-rmz" message="correlation of identical twins"
c2 = 0.55

# %% answer="c2-twins" label="not-doubled" status="failed" points=0 misconception="not-doubled" message="only half of the heritability"
c2 = 0.21

# %% answer="c2-twins" label="shared-environment" status="failed" points=0 misconception="shared-environment" message="shared environment"
c2 = 2 * 0.34 - 0.55

# %% answer="c2-twins" label="unique-environment" status="failed" points=0 misconception="unique-environment" message="unique environment"
c2 = 1 - 0.55

# %% answer="c2-twins" label="percent-for-share" status="failed" points=0 misconception="percent-for-share" message="a share from 0 to 1"
c2 = 42

# %% answer="c2-twins" label="as-text" status="failed" points=0 message="without quotes or unit"
c2 = "42 %"

# %% answer="c2-twins" label="elsewhere" status="failed" points=0 message="differ"
c2 = 0.7

# %% answer="c3-weak-receptor" label="alternative-with-space" status="passed" points=3
c3 = " c "

# %% answer="c3-weak-receptor" label="receptor-acts-at-rest" status="failed" points=0 misconception="receptor-acts-at-rest" message="hardly acts"
c3 = "a"

# %% answer="c3-weak-receptor" label="weak-receptor-less-cortisol" status="failed" points=0 misconception="weak-receptor-less-cortisol" message="lets more of it through"
c3 = "b"

# %% answer="c3-weak-receptor" label="higher-means-faster-back" status="failed" points=0 misconception="higher-means-faster-back" message="does not lower the resting level"
c3 = "d"

# %% answer="c3-weak-receptor" label="name-of-the-curve" status="failed" points=0 message="one letter in quotation marks"
c3 = "usual"

# %% answer="c4-raised-and-blunted" label="alternative-single-quotes" status="passed" points=3
c4 = "d"

# %% answer="c4-raised-and-blunted" label="output-is-response" status="failed" points=0 misconception="output-is-response" message="output and response for one quantity"
c4 = "a"

# %% answer="c4-raised-and-blunted" label="exhausted-axis" status="failed" points=0 misconception="exhausted-axis" message="inferred the output from the response"
c4 = "b"

# %% answer="c4-raised-and-blunted" label="one-cause-for-a-pattern" status="failed" points=0 misconception="one-cause-for-a-pattern" message="neither measured the receptor"
c4 = "c"

# %% answer="c4-raised-and-blunted" label="a-yes" status="failed" points=0 message="one letter in quotation marks"
c4 = "no"

# %% answer="c5-overlap" label="alternative-nearest-in-the-table" status="passed" points=3
c5 = 0.76

# %% answer="c5-overlap" label="alternative-computed" status="passed" points=3
c5 = float(2 * Phi(-8 / 14 / 2))

# %% answer="c5-overlap" label="one-minus-percent" status="failed" points=0 misconception="one-minus-percent" message="how widely people scatter"
c5 = 0.92

# %% answer="c5-overlap" label="difference-for-overlap" status="failed" points=0 misconception="difference-for-overlap" message="Look up the overlap"
c5 = 0.57

# %% answer="c5-overlap" label="ratio-upside-down" status="failed" points=0 misconception="ratio-upside-down" message="the spread by the difference"
c5 = 0.38

# %% answer="c5-overlap" label="overlap-for-difference" status="failed" points=0 misconception="overlap-for-difference" message="outside the common part"
c5 = 0.22

# %% answer="c5-overlap" label="percent-for-share" status="failed" points=0 misconception="percent-for-share" message="a share from 0 to 1"
c5 = 78

# %% answer="c5-overlap" label="elsewhere" status="failed" points=0 message="differ"
c5 = 0.5

# %% answer="c6-interaction" label="alternative-capital-letter" status="passed" points=3 message="belongs to a scale"
c6 = "B"

# %% answer="c6-interaction" label="interaction-proves-mechanism" status="failed" points=0 misconception="interaction-proves-mechanism" message="there is no common mechanism"
c6 = "a"

# %% answer="c6-interaction" label="interaction-on-every-scale" status="failed" points=0 misconception="interaction-on-every-scale" message="on the scale of the liability"
c6 = "c"

# %% answer="c6-interaction" label="interaction-is-portable" status="failed" points=0 misconception="interaction-is-portable" message="less than half as large"
c6 = "d"

# %% answer="c6-interaction" label="a-number" status="failed" points=0 message="one letter in quotation marks"
c6 = 11.5


# %% answer="m1-falconer" label="alternative-linear-system" status="passed" points=3
def falconer(r_mz, r_dz):
    system = np.array([[1.0, 1.0, 0.0], [0.5, 1.0, 0.0], [1.0, 1.0, 1.0]])
    return np.linalg.solve(system, np.array([r_mz, r_dz, 1.0]))


# %% answer="m1-falconer" label="alternative-stepwise" status="passed" points=3
def falconer(r_mz, r_dz):
    h2 = 2 * (r_mz - r_dz)
    c2 = r_mz - h2
    return [h2, c2, 1 - h2 - c2]


# %% answer="m1-falconer" label="h2-is-rmz" status="failed" points=0 misconception="h2-is-rmz" message="compare them with the other twins"
def falconer(r_mz, r_dz):
    return r_mz, 2 * r_dz - r_mz, 1 - r_mz


# %% answer="m1-falconer" label="not-doubled" status="failed" points=0 misconception="not-doubled" message="did not double"
def falconer(r_mz, r_dz):
    return r_mz - r_dz, 2 * r_dz - r_mz, 1 - r_mz


# %% answer="m1-falconer" label="e2-from-dz" status="failed" points=0 misconception="e2-from-dz" message="from the other twins"
def falconer(r_mz, r_dz):
    return 2 * (r_mz - r_dz), 2 * r_dz - r_mz, 1 - r_dz


# %% answer="m1-falconer" label="clipped" status="partial" points=2 misconception="clipped" message="return it as it is"
def falconer(r_mz, r_dz):
    return max(0, 2 * (r_mz - r_dz)), max(0, 2 * r_dz - r_mz), 1 - r_mz


# %% answer="m1-falconer" label="heritability-only" status="failed" points=0 message="should be a list or array of 3 numbers"
def falconer(r_mz, r_dz):
    return 2 * (r_mz - r_dz)


# %% answer="m1-falconer" label="prints-instead-of-returning" status="failed" points=0 message="gives nothing back"
def falconer(r_mz, r_dz):
    print(2 * (r_mz - r_dz))


# %% answer="m2-recurrence" label="alternative-random-pairs" status="passed" points=4
def recurrence_ratio(K, h2, relatedness):
    rng = np.random.default_rng(3)
    threshold, rho = Phi_inverse(1 - K), h2 * relatedness
    affected, both = 0, 0
    for _ in range(9):
        x = rng.standard_normal(1_000_000)
        y = rho * x + np.sqrt(1 - rho**2) * rng.standard_normal(1_000_000)
        affected += np.sum(x > threshold)
        both += np.sum((x > threshold) & (y > threshold))
    return both / affected / K


# %% answer="m2-recurrence" label="alternative-gauss-legendre" status="passed" points=4
def recurrence_ratio(K, h2, relatedness):
    threshold, rho = Phi_inverse(1 - K), h2 * relatedness
    node, weight = np.polynomial.legendre.leggauss(60)
    x = threshold + 4 * (node + 1)
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    both = 4 * np.sum(weight * density * Phi((rho * x - threshold) / np.sqrt(1 - rho**2)))
    return both / K / K


# %% answer="m2-recurrence" label="alternative-python-sum" status="passed" points=4
def recurrence_ratio(K, h2, relatedness):
    bell = NormalDist()
    threshold, rho, step = bell.inv_cdf(1 - K), h2 * relatedness, 0.005
    risk = 0.0
    for number in range(1600):
        x = threshold + (number + 0.5) * step
        risk += bell.pdf(x) * step * bell.cdf((rho * x - threshold) / (1 - rho**2) ** 0.5)
    return risk / K**2


# %% answer="m2-recurrence" label="forgot-relatedness" status="failed" points=0 misconception="forgot-relatedness" message="multiply it by the relatedness"
def recurrence_ratio(K, h2, relatedness):
    threshold, rho = Phi_inverse(1 - K), h2
    x = np.linspace(threshold, threshold + 8, 2001)
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return np.trapezoid(density * Phi((rho * x - threshold) / np.sqrt(1 - rho**2)), x) / K**2


# %% answer="m2-recurrence" label="linear-in-rho" status="failed" points=0 misconception="linear-in-rho" message="in proportion to the correlation"
def recurrence_ratio(K, h2, relatedness):
    rho = h2 * relatedness
    return (K + rho * (1 - K)) / K


# %% answer="m2-recurrence" label="heritability-is-risk" status="failed" points=0 misconception="heritability-is-risk" message="a share of variance"
def recurrence_ratio(K, h2, relatedness):
    return h2 / K


# %% answer="m2-recurrence" label="joint-probability" status="failed" points=0 misconception="joint-probability" message="both"
def recurrence_ratio(K, h2, relatedness):
    threshold, rho = Phi_inverse(1 - K), h2 * relatedness
    x = np.linspace(threshold, threshold + 8, 2001)
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return np.trapezoid(density * Phi((rho * x - threshold) / np.sqrt(1 - rho**2)), x)


# %% answer="m2-recurrence" label="risk-for-ratio" status="failed" points=0 misconception="risk-for-ratio" message="divide by K once more"
def recurrence_ratio(K, h2, relatedness):
    threshold, rho = Phi_inverse(1 - K), h2 * relatedness
    x = np.linspace(threshold, threshold + 8, 2001)
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return np.trapezoid(density * Phi((rho * x - threshold) / np.sqrt(1 - rho**2)), x) / K


# %% answer="m2-recurrence" label="root-of-h2" status="failed" points=0 misconception="root-of-h2" message="square root of the heritability"
def recurrence_ratio(K, h2, relatedness):
    threshold, rho = Phi_inverse(1 - K), np.sqrt(h2) * relatedness
    x = np.linspace(threshold, threshold + 8, 2001)
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return np.trapezoid(density * Phi((rho * x - threshold) / np.sqrt(1 - rho**2)), x) / K**2


# %% answer="m3-overlap" label="alternative-numerical-area" status="passed" points=3
def overlap_from_percent(pct, cv_pct):
    d = pct / cv_pct
    x = np.linspace(-12, 12, 48001)
    lower = np.minimum(np.exp(-(x**2) / 2), np.exp(-((x - d) ** 2) / 2)) / np.sqrt(2 * np.pi)
    return d, np.trapezoid(lower, x)


# %% answer="m3-overlap" label="alternative-erfc" status="passed" points=3
def overlap_from_percent(pct, cv_pct):
    import math

    d = pct / cv_pct
    return np.array([d, math.erfc(abs(d) / math.sqrt(8))])


# %% answer="m3-overlap" label="percent-is-d" status="failed" points=0 misconception="percent-is-d" message="divided by the spread"
def overlap_from_percent(pct, cv_pct):
    d = pct / 100
    return d, float(2 * Phi(-abs(d) / 2))


# %% answer="m3-overlap" label="ratio-upside-down" status="failed" points=0 misconception="ratio-upside-down" message="divided the spread by the difference"
def overlap_from_percent(pct, cv_pct):
    d = cv_pct / pct
    return d, float(2 * Phi(-abs(d) / 2))


# %% answer="m3-overlap" label="one-minus-percent" status="failed" points=0 misconception="one-minus-percent" message="common area"
def overlap_from_percent(pct, cv_pct):
    return pct / cv_pct, 1 - pct / 100


# %% answer="m3-overlap" label="not-halved" status="failed" points=0 misconception="not-halved" message="d/2 belongs"
def overlap_from_percent(pct, cv_pct):
    d = pct / cv_pct
    return d, float(2 * Phi(-abs(d)))


# %% answer="m3-overlap" label="share-below-mean" status="failed" points=0 misconception="share-below-mean" message="beyond the mean of the other"
def overlap_from_percent(pct, cv_pct):
    d = pct / cv_pct
    return d, float(Phi(d))


# %% answer="m3-overlap" label="one-tail" status="failed" points=0 misconception="one-tail" message="one tail"
def overlap_from_percent(pct, cv_pct):
    d = pct / cv_pct
    return d, float(Phi(-abs(d) / 2))


# %% answer="m3-overlap" label="sign-in-overlap" status="partial" points=2 misconception="sign-in-overlap" message="exceeds 1"
def overlap_from_percent(pct, cv_pct):
    d = pct / cv_pct
    return d, float(2 * Phi(-d / 2))


# %% answer="m3-overlap" label="sign-lost" status="partial" points=2 misconception="sign-lost" message="dropped the sign"
def overlap_from_percent(pct, cv_pct):
    d = abs(pct / cv_pct)
    return d, float(2 * Phi(-d / 2))


# %% answer="m4-pooling" label="alternative-loop" status="passed" points=4
def dersimonian_laird(y, v):
    k = len(y)
    total = sum(1 / v[i] for i in range(k))
    squares = sum(1 / v[i] ** 2 for i in range(k))
    fixed = sum(y[i] / v[i] for i in range(k)) / total
    q = sum((y[i] - fixed) ** 2 / v[i] for i in range(k))
    tau2 = (q - (k - 1)) / (total - squares / total)
    if tau2 < 0:
        tau2 = 0.0
    total = sum(1 / (v[i] + tau2) for i in range(k))
    mu = sum(y[i] / (v[i] + tau2) for i in range(k)) / total
    share = 1 - (k - 1) / q if q > k - 1 else 0.0
    return mu, total**-0.5, tau2, share


# %% answer="m4-pooling" label="alternative-average" status="passed" points=4
def dersimonian_laird(y, v):
    k, w = y.size, 1 / v
    Q = w @ (y - np.average(y, weights=w)) ** 2
    H = max(1.0, Q / (k - 1))
    tau2 = (H - 1) * (k - 1) / (w.sum() - (w @ w) / w.sum())
    w = 1 / (v + tau2)
    return np.array([np.average(y, weights=w), w.sum() ** -0.5, tau2, 1 - 1 / H])


# %% answer="m4-pooling" label="fixed-effect" status="failed" points=0 misconception="fixed-effect" message="belongs into them"
def dersimonian_laird(y, v):
    w = 1 / v
    fixed = np.sum(w * y) / np.sum(w)
    Q = np.sum(w * (y - fixed) ** 2)
    excess = max(0.0, Q - (len(y) - 1))
    tau2 = excess / (np.sum(w) - np.sum(w**2) / np.sum(w))
    return fixed, 1 / np.sqrt(np.sum(w)), tau2, excess / Q if excess > 0 else 0.0


# %% answer="m4-pooling" label="not-truncated" status="partial" points=2 misconception="not-truncated" message="cannot lie below 0"
def dersimonian_laird(y, v):
    w = 1 / v
    fixed = np.sum(w * y) / np.sum(w)
    Q = np.sum(w * (y - fixed) ** 2)
    tau2 = (Q - (len(y) - 1)) / (np.sum(w) - np.sum(w**2) / np.sum(w))
    I2 = (Q - (len(y) - 1)) / Q
    w = 1 / (v + tau2)
    return np.sum(w * y) / np.sum(w), 1 / np.sqrt(np.sum(w)), tau2, I2


# %% answer="m4-pooling" label="sd-weights" status="failed" points=0 misconception="sd-weights" message="over its *variance*"
def dersimonian_laird(y, v):
    w = 1 / np.sqrt(v)
    fixed = np.sum(w * y) / np.sum(w)
    Q = np.sum(w * (y - fixed) ** 2)
    excess = max(0.0, Q - (len(y) - 1))
    tau2 = excess / (np.sum(w) - np.sum(w**2) / np.sum(w))
    w = 1 / (v + tau2)
    return np.sum(w * y) / np.sum(w), 1 / np.sqrt(np.sum(w)), tau2, excess / Q if excess > 0 else 0.0


# %% answer="m4-pooling" label="unweighted" status="partial" points=1 misconception="unweighted" message="plain mean"
def dersimonian_laird(y, v):
    w = 1 / v
    fixed = np.sum(w * y) / np.sum(w)
    Q = np.sum(w * (y - fixed) ** 2)
    excess = max(0.0, Q - (len(y) - 1))
    tau2 = excess / (np.sum(w) - np.sum(w**2) / np.sum(w))
    return np.mean(y), 1 / np.sqrt(np.sum(1 / (v + tau2))), tau2, excess / Q if excess > 0 else 0.0


# %% answer="m4-pooling" label="variance-for-error" status="failed" points=0 misconception="variance-for-error" message="square root"
def dersimonian_laird(y, v):
    w = 1 / v
    fixed = np.sum(w * y) / np.sum(w)
    Q = np.sum(w * (y - fixed) ** 2)
    excess = max(0.0, Q - (len(y) - 1))
    tau2 = excess / (np.sum(w) - np.sum(w**2) / np.sum(w))
    w = 1 / (v + tau2)
    return np.sum(w * y) / np.sum(w), 1 / np.sum(w), tau2, excess / Q if excess > 0 else 0.0


# %% answer="m4-pooling" label="percent-for-share" status="failed" points=0 misconception="percent-for-share" message="Return a share"
def dersimonian_laird(y, v):
    w = 1 / v
    fixed = np.sum(w * y) / np.sum(w)
    Q = np.sum(w * (y - fixed) ** 2)
    excess = max(0.0, Q - (len(y) - 1))
    tau2 = excess / (np.sum(w) - np.sum(w**2) / np.sum(w))
    w = 1 / (v + tau2)
    return np.sum(w * y) / np.sum(w), 1 / np.sqrt(np.sum(w)), tau2, 100 * excess / Q if excess > 0 else 0.0


# %% answer="m4-pooling" label="zero-by-zero" status="partial" points=3 message="nan or inf"
def dersimonian_laird(y, v):
    w = 1 / v
    fixed = np.sum(w * y) / np.sum(w)
    Q = np.sum(w * (y - fixed) ** 2)
    excess = np.maximum(0.0, Q - (len(y) - 1))
    tau2 = excess / (np.sum(w) - np.sum(w**2) / np.sum(w))
    w = 1 / (v + tau2)
    return np.sum(w * y) / np.sum(w), 1 / np.sqrt(np.sum(w)), tau2, excess / Q


# %% answer="m5-cortisol" label="alternative-newton" status="passed" points=4
def cortisol_steady(u, K_GR):
    x = np.sqrt(u)
    for _ in range(50):
        x = x - (x + x**4 / K_GR**3 - np.sqrt(u)) / (1 + 4 * x**3 / K_GR**3)
    return x


# %% answer="m5-cortisol" label="alternative-run-the-hormones" status="passed" points=4
def cortisol_steady(u, K_GR):
    crh = acth = cortisol = 1.0
    rates, step = np.log(2) / np.array([4.0, 20.0, 80.0]), 0.5
    for _ in range(12000):
        brake = 1 / (1 + (cortisol / K_GR) ** 3)
        crh += step * rates[0] * (u * brake / cortisol - crh)
        acth += step * rates[1] * (crh * brake - acth)
        cortisol += step * rates[2] * (acth - cortisol)
    return cortisol


# %% answer="m5-cortisol" label="alternative-polynomial" status="passed" points=4
def cortisol_steady(u, K_GR):
    roots = np.roots([K_GR**-3, 0, 0, 1, -np.sqrt(u)])
    return min(root.real for root in roots if abs(root.imag) < 1e-8 and 0 < root.real <= np.sqrt(u) * 1.001)


# %% answer="m5-cortisol" label="no-feedback" status="failed" points=0 misconception="no-feedback" message="no effect in your function"
def cortisol_steady(u, K_GR):
    return np.sqrt(u)


# %% answer="m5-cortisol" label="brake-twice" status="failed" points=0 misconception="brake-twice" message="where the square root comes from"
def cortisol_steady(u, K_GR):
    low, high = 0.0, u
    for _ in range(80):
        middle = (low + high) / 2
        if middle * (1 + (middle / K_GR) ** 3) ** 2 < u:
            low = middle
        else:
            high = middle
    return low


# %% answer="m5-cortisol" label="first-power" status="failed" points=0 misconception="first-power" message="third power"
def cortisol_steady(u, K_GR):
    low, high = 0.0, np.sqrt(u)
    for _ in range(80):
        middle = (low + high) / 2
        if middle * (1 + middle / K_GR) < np.sqrt(u):
            low = middle
        else:
            high = middle
    return low


# %% answer="m5-cortisol" label="input-for-cortisol" status="failed" points=0 misconception="input-for-cortisol" message="the input itself"
def cortisol_steady(u, K_GR):
    return u


# %% answer="m5-cortisol" label="after-weeks" status="failed" points=0 misconception="after-weeks" message="after many weeks"
def cortisol_steady(u, K_GR):
    low, high = 0.0, u
    for _ in range(80):
        middle = (low + high) / 2
        if middle * (1 + (middle / K_GR) ** 3) < u:
            low = middle
        else:
            high = middle
    return low


# %% answer="m5-cortisol" label="one-step-only" status="failed" points=0 message="Expected"
def cortisol_steady(u, K_GR):
    return np.sqrt(u) / (1 + (np.sqrt(u) / K_GR) ** 3)


# %% answer="m5-cortisol" label="iteration-that-swings" status="partial" points=1 message="differ from what the model gives"
def cortisol_steady(u, K_GR):
    x = np.sqrt(u)
    for _ in range(200):
        x = np.sqrt(u) / (1 + (x / K_GR) ** 3)
    return x
