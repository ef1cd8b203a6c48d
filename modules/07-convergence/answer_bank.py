# %% [markdown]
"""
# Answer bank of module 07

Every kind of answer we expect, right and wrong, with the verdict and the sentence it must get. The real judge grades all of it in the test suite, and the demo class hands in answers drawn from here. The reference answers are the solutions in `exercises.py` themselves.
"""

# %% answer="c1-what-was-sampled" label="alternative-capital-letter" status="passed" points=3 message="it had to agree"
c1 = "C"

# %% answer="c1-what-was-sampled" label="tiny-p" status="failed" points=0 misconception="tiny-p" message="answers another question"
c1 = "a"

# %% answer="c1-what-was-sampled" label="more-would-do" status="failed" points=0 misconception="more-would-do" message="the picking"
c1 = "b"

# %% answer="c1-what-was-sampled" label="point-for-tail" status="failed" points=0 misconception="point-for-tail" message="how the lists were made"
c1 = "d"

# %% answer="c1-what-was-sampled" label="a-number" status="failed" points=0 message="one letter in quotation marks"
c1 = 1

# %% answer="c2-of-whom" label="alternative-with-space" status="passed" points=3 message="keeps the denominator"
c2 = "b "

# %% answer="c2-of-whom" label="transposed" status="failed" points=0 misconception="transposed" message="turned the share round"
c2 = "a"

# %% answer="c2-of-whom" label="sample-is-everybody" status="failed" points=0 misconception="sample-is-everybody" message="compulsory centres"
c2 = "c"

# %% answer="c2-of-whom" label="association-is-cause" status="failed" points=0 misconception="association-is-cause" message="found at one time"
c2 = "d"

# %% answer="c2-of-whom" label="two-letters" status="failed" points=0 message="one letter in quotation marks"
c2 = "bc"

# %% answer="c3-odds-to-risk" label="alternative-computed" status="passed" points=3 message="half as high again"
c3 = 1.91 / (1 - 0.28 + 0.28 * 1.91)

# %% answer="c3-odds-to-risk" label="odds-ratio-is-risk-ratio" status="failed" points=0 misconception="odds-ratio-is-risk-ratio" message="only where the outcome is rare"
c3 = 1.91

# %% answer="c3-odds-to-risk" label="risk-for-ratio" status="failed" points=0 misconception="risk-for-ratio" message="the risk with BPD. Divide"
c3 = 0.426

# %% answer="c3-odds-to-risk" label="risk-in-per-cent" status="failed" points=0 misconception="risk-in-per-cent" message="in per cent"
c3 = 42.62

# %% answer="c3-odds-to-risk" label="odds-for-risk" status="failed" points=0 misconception="odds-for-risk" message="Make a risk of them"
c3 = 1.91 * 0.28 / 0.72

# %% answer="c3-odds-to-risk" label="excess" status="failed" points=0 misconception="excess" message="by how much the risk is higher"
c3 = 0.52

# %% answer="c3-odds-to-risk" label="as-text" status="failed" points=0 message="without quotes or unit"
c3 = "1.52"

# %% answer="c3-odds-to-risk" label="elsewhere" status="failed" points=0 message="differ"
c3 = 2.5

# %% answer="c4-which-scale" label="alternative-capital-letter" status="passed" points=3 message="beyond the sum"
c4 = "B"

# %% answer="c4-which-scale" label="synergy-without-scale" status="failed" points=0 misconception="synergy-without-scale" message="exactly what is there"
c4 = "a"

# %% answer="c4-which-scale" label="scales-exchanged" status="failed" points=0 misconception="scales-exchanged" message="exchanged the scales"
c4 = "c"

# %% answer="c4-which-scale" label="one-scale-for-all" status="failed" points=0 misconception="one-scale-for-all" message="was to be expected"
c4 = "d"

# %% answer="c4-which-scale" label="a-yes" status="failed" points=0 message="one letter in quotation marks"
c4 = True

# %% answer="c5-fourth-cell" label="alternative-computed" status="passed" points=3 message="The cohort cannot tell"
c5 = 8 + (45 - 20)

# %% answer="c5-fourth-cell" label="baseline-forgotten" status="failed" points=0 misconception="baseline-forgotten" message="that everybody has"
c5 = 25

# %% answer="c5-fourth-cell" label="baseline-taken-twice" status="failed" points=0 misconception="baseline-taken-twice" message="so they come back"
c5 = 17

# %% answer="c5-fourth-cell" label="multiplicative" status="failed" points=0 misconception="multiplicative" message="would *multiply* exactly"
c5 = 18

# %% answer="c5-fourth-cell" label="nothing-but-both" status="failed" points=0 misconception="nothing-but-both" message="would add nothing"
c5 = 45

# %% answer="c5-fourth-cell" label="share-for-percent" status="failed" points=0 misconception="share-for-percent" message="multiply it by 100"
c5 = 0.33

# %% answer="c5-fourth-cell" label="as-text" status="failed" points=0 message="without quotes or unit"
c5 = "33 %"

# %% answer="c5-fourth-cell" label="elsewhere" status="failed" points=0 message="differ"
c5 = 60

# %% answer="c6-what-the-ring-shows" label="alternative-capital-letter" status="passed" points=3 message="an assumption into a consequence"
c6 = "B"

# %% answer="c6-what-the-ring-shows" label="possible-is-proved" status="failed" points=0 misconception="possible-is-proved" message="gains that she chose"
c6 = "a"

# %% answer="c6-what-the-ring-shows" label="pushes-are-gains" status="failed" points=0 misconception="pushes-are-gains" message="Pushes from outside add"
c6 = "c"

# %% answer="c6-what-the-ring-shows" label="interaction-is-mechanism" status="failed" points=0 misconception="interaction-is-mechanism" message="changed its own gain alone"
c6 = "d"

# %% answer="c6-what-the-ring-shows" label="the-number" status="failed" points=0 message="one letter in quotation marks"
c6 = 3.6


# %% answer="m1-overlap-stats" label="alternative-complement" status="passed" points=4
def overlap_stats(N, K, n, k):
    fewer = 0
    for i in range(k):
        fewer += comb(K, i) * comb(N - K, n - i)
    return np.array([k / (K + n - k), 1 - fewer / comb(N, n)])


# %% answer="m1-overlap-stats" label="alternative-logarithms" status="passed" points=4
def overlap_stats(N, K, n, k):
    from math import exp, lgamma

    def log_comb(total, chosen):
        return lgamma(total + 1) - lgamma(chosen + 1) - lgamma(total - chosen + 1)

    p = 0.0
    for i in range(k, min(K, n) + 1):
        if n - i <= N - K:
            p += exp(log_comb(K, i) + log_comb(N - K, n - i) - log_comb(N, n))
    return k / (K + n - k), p


# %% answer="m1-overlap-stats" label="point-for-tail" status="failed" points=0 misconception="point-for-tail" message="exactly"
def overlap_stats(N, K, n, k):
    return k / (K + n - k), comb(K, k) * comb(N - K, n - k) / comb(N, n)


# %% answer="m1-overlap-stats" label="strictly-more" status="failed" points=0 misconception="strictly-more" message="leaves out k itself"
def overlap_stats(N, K, n, k):
    ways = sum(comb(K, i) * comb(N - K, n - i) for i in range(k + 1, min(K, n) + 1))
    return k / (K + n - k), ways / comb(N, n)


# %% answer="m1-overlap-stats" label="fewer-for-more" status="failed" points=0 misconception="fewer-for-more" message="at most"
def overlap_stats(N, K, n, k):
    ways = sum(comb(K, i) * comb(N - K, n - i) for i in range(k + 1))
    return k / (K + n - k), ways / comb(N, n)


# %% answer="m1-overlap-stats" label="with-replacement" status="failed" points=0 misconception="with-replacement" message="drawn twice"
def overlap_stats(N, K, n, k):
    p = K / N
    tail = sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))
    return k / (K + n - k), tail


# %% answer="m1-overlap-stats" label="overlap-of-the-shorter" status="failed" points=0 misconception="overlap-of-the-shorter" message="the shorter list"
def overlap_stats(N, K, n, k):
    ways = sum(comb(K, i) * comb(N - K, n - i) for i in range(k, min(K, n) + 1))
    return k / min(K, n), ways / comb(N, n)


# %% answer="m1-overlap-stats" label="shared-counted-twice" status="failed" points=0 misconception="shared-counted-twice" message="take them off once"
def overlap_stats(N, K, n, k):
    ways = sum(comb(K, i) * comb(N - K, n - i) for i in range(k, min(K, n) + 1))
    return k / (K + n), ways / comb(N, n)


# %% answer="m1-overlap-stats" label="one-length-for-both" status="partial" points=2 misconception="one-length-for-both" message="The second holds n"
def overlap_stats(N, K, n, k):
    ways = sum(comb(K, i) * comb(N - K, K - i) for i in range(k, K + 1))
    return k / (2 * K - k), ways / comb(N, K)


# %% answer="m1-overlap-stats" label="index-only" status="failed" points=0 message="2 numbers"
def overlap_stats(N, K, n, k):
    return k / (K + n - k)


# %% answer="m2-invert" label="alternative-people" status="passed" points=4
def invert(p_b_given_a, p_a, p_b):
    people = 1_000_000
    both = people * p_a * p_b_given_a
    with_b = people * p_b
    if both > with_b * (1 + 1e-12):
        return float("nan")
    return both / with_b


# %% answer="m2-invert" label="alternative-odds" status="passed" points=4
def invert(p_b_given_a, p_a, p_b):
    both = p_a * p_b_given_a
    b_only = p_b - both
    if b_only < 0:
        return np.nan
    return both / (both + b_only)


# %% answer="m2-invert" label="transposed" status="failed" points=0 misconception="transposed" message="gave the share back"
def invert(p_b_given_a, p_a, p_b):
    return p_b_given_a


# %% answer="m2-invert" label="joint-for-conditional" status="failed" points=0 misconception="joint-for-conditional" message="Divide it by those who have B"
def invert(p_b_given_a, p_a, p_b):
    return p_b_given_a * p_a


# %% answer="m2-invert" label="base-rates-exchanged" status="failed" points=0 misconception="base-rates-exchanged" message="exchanged the two base rates"
def invert(p_b_given_a, p_a, p_b):
    return p_b_given_a * p_b / p_a


# %% answer="m2-invert" label="complement" status="failed" points=0 misconception="complement" message="*without* B among those with A"
def invert(p_b_given_a, p_a, p_b):
    return 1 - p_b_given_a


# %% answer="m2-invert" label="without-b" status="failed" points=0 misconception="without-b" message="counted among those *without* B"
def invert(p_b_given_a, p_a, p_b):
    return (1 - p_b_given_a) * p_a / (1 - p_b)


# %% answer="m2-invert" label="base-rate-only" status="failed" points=0 misconception="base-rate-only" message="as if B made no difference"
def invert(p_b_given_a, p_a, p_b):
    return p_a


# %% answer="m2-invert" label="divided-twice" status="failed" points=0 misconception="divided-twice" message="multiply by p_a first"
def invert(p_b_given_a, p_a, p_b):
    return p_b_given_a / p_b


# %% answer="m2-invert" label="more-than-everybody" status="partial" points=2 misconception="more-than-everybody" message="a probability above 1"
def invert(p_b_given_a, p_a, p_b):
    return p_b_given_a * p_a / p_b


# %% answer="m2-invert" label="cut-at-one" status="partial" points=2 misconception="cut-at-one" message="cutting at 1"
def invert(p_b_given_a, p_a, p_b):
    return min(1.0, p_b_given_a * p_a / p_b)


# %% answer="m3-interaction" label="alternative-differences" status="passed" points=4
def interaction(r00, r10, r01, r11):
    extra = (r11 - r00) - (r10 - r00) - (r01 - r00)
    return [extra / r00, r11 * r00 / (r10 * r01)]


# %% answer="m3-interaction" label="alternative-logarithms" status="passed" points=4
def interaction(r00, r10, r01, r11):
    ratios = np.array([r10, r01, r11]) / r00
    return ratios[2] - ratios[0] - ratios[1] + 1, np.exp(np.log(ratios) @ [-1, -1, 1])


# %% answer="m3-interaction" label="one-missing" status="failed" points=0 misconception="one-missing" message="1 comes back"
def interaction(r00, r10, r01, r11):
    return (r11 - r10 - r01) / r00, r11 * r00 / (r10 * r01)


# %% answer="m3-interaction" label="risk-differences" status="failed" points=0 misconception="risk-differences" message="difference of risks"
def interaction(r00, r10, r01, r11):
    return r11 - r10 - r01 + r00, r11 * r00 / (r10 * r01)


# %% answer="m3-interaction" label="odds-for-risks" status="failed" points=0 misconception="odds-for-risks" message="You used odds"
def interaction(r00, r10, r01, r11):
    o00, o10, o01, o11 = (r / (1 - r) for r in (r00, r10, r01, r11))
    return (o11 - o10 - o01) / o00 + 1, o11 * o00 / (o10 * o01)


# %% answer="m3-interaction" label="order-exchanged" status="failed" points=0 misconception="order-exchanged" message="first RERI, then the ratio"
def interaction(r00, r10, r01, r11):
    return r11 * r00 / (r10 * r01), (r11 - r10 - r01) / r00 + 1


# %% answer="m3-interaction" label="ratio-upside-down" status="failed" points=0 misconception="ratio-upside-down" message="upside down"
def interaction(r00, r10, r01, r11):
    return (r11 - r10 - r01) / r00 + 1, r10 * r01 / (r11 * r00)


# %% answer="m3-interaction" label="sum-below" status="failed" points=0 misconception="sum-below" message="divided by a sum"
def interaction(r00, r10, r01, r11):
    return (r11 - r10 - r01) / r00 + 1, (r11 / r00) / (r10 / r00 + r01 / r00)


# %% answer="m3-interaction" label="both-without-r00" status="failed" points=0 misconception="both-without-r00" message="Divide each of them by r00"
def interaction(r00, r10, r01, r11):
    return (r11 - r10 - r01) / r00 + 1, r11 / (r10 * r01)


# %% answer="m3-interaction" label="never-below-zero" status="partial" points=2 message="protect, or change nothing"
def interaction(r00, r10, r01, r11):
    first, second, both = max(r10 / r00, 1), max(r01 / r00, 1), max(r11 / r00, 1)
    return both - first - second + 1, both / (first * second)


# %% answer="m4-loop-gain" label="alternative-linear-system" status="passed" points=4
def loop_gain(g):
    if g[0] * g[1] * g[2] >= 1:
        return np.inf
    ring = np.array([[0, 0, g[0]], [g[1], 0, 0], [0, g[2], 0]])
    return np.linalg.solve(np.eye(3) - ring, np.array([1.0, 0.0, 0.0]))[0]


# %% answer="m4-loop-gain" label="alternative-series" status="passed" points=4
def loop_gain(g):
    once = 1.0
    for gain in g:
        once = once * gain
    if once >= 1:
        return float("inf")
    total, term = 0.0, 1.0
    while term > 1e-15:
        total, term = total + term, term * once
    return total


# %% answer="m4-loop-gain" label="product-only" status="failed" points=0 misconception="product-only" message="The push itself is there too"
def loop_gain(g):
    return np.prod(g)


# %% answer="m4-loop-gain" label="one-pass" status="failed" points=0 misconception="one-pass" message="go round once"
def loop_gain(g):
    return 1 + np.prod(g)


# %% answer="m4-loop-gain" label="sum-of-gains" status="failed" points=0 misconception="sum-of-gains" message="You added the gains. Each"
def loop_gain(g):
    return 1 / (1 - np.sum(g))


# %% answer="m4-loop-gain" label="mean-gain" status="failed" points=0 misconception="mean-gain" message="A round passes all three"
def loop_gain(g):
    return 1 / (1 - np.mean(g))


# %% answer="m4-loop-gain" label="push-left-out" status="failed" points=0 misconception="push-left-out" message="left out the push itself"
def loop_gain(g):
    return np.prod(g) / (1 - np.prod(g))


# %% answer="m4-loop-gain" label="minus-for-plus" status="failed" points=0 misconception="minus-for-plus" message="Your ring damps"
def loop_gain(g):
    return 1 / (1 + np.prod(g))


# %% answer="m4-loop-gain" label="gains-added-to-one" status="failed" points=0 misconception="gains-added-to-one" message="A round multiplies them"
def loop_gain(g):
    return 1 + np.sum(g)


# %% answer="m4-loop-gain" label="negative-when-unstable" status="partial" points=3 misconception="negative-when-unstable" message="no limit"
def loop_gain(g):
    return 1 / (1 - np.prod(g))


# %% answer="m4-loop-gain" label="always-a-limit" status="partial" points=3 misconception="always-a-limit" message="finite number"
def loop_gain(g):
    total, term = 0.0, 1.0
    for _ in range(200):
        total, term = total + term, term * np.prod(g)
    return total


# %% answer="m4-loop-gain" label="prints-instead-of-returning" status="failed" points=0 message="gives nothing back"
def loop_gain(g):
    print(1 / (1 - np.prod(g)))
