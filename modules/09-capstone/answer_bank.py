# %% [markdown]
"""
# Answer bank of module 09

Every kind of answer we expect, right and wrong, with the verdict and the sentence it must get. The real judge grades all of it in the test suite, and the demo class hands in answers drawn from here. The reference answers are the solutions in `exercises.py` themselves.

Items 2 to 6 are judged with the plan of item 1, and the test suite puts the n-th answer of every item into one notebook. So item 1 begins with as many usable plans as any of those items has answers, each another one, and its wrong answers come last; and the answers to items 2 to 6 are computed from whatever plan stands there.
"""

# %% answer="c1-plan" label="alternative-both-left-out" status="passed" points=3
my_plan = {"contingency-management": 0.4, "naltrexone-bupropion": 2.1}

# %% answer="c1-plan" label="alternative-review-only" status="passed" points=3
my_plan = {"mbt": 0.72, "ssri": 1.5}

# %% answer="c1-plan" label="alternative-strong-ends" status="passed" points=3
my_plan = {"dbt": 0.64, "tms": 0.74}

# %% answer="c1-plan" label="alternative-weak-end-that-changes" status="passed" points=3
my_plan = {"naltrexone-bupropion": 2.7, "dbt": 0.66}

# %% answer="c1-plan" label="alternative-computed" status="passed" points=3
my_plan = {"contingency-management": 0.2, "dbt": 0.85 * 0.8}

# %% answer="c1-plan" label="alternative-refuted-and-untested" status="passed" points=3
my_plan = {"nac": 0.06, "anti-inflammatory": 3}

# %% answer="c1-plan" label="alternative-built-up" status="passed" points=3
my_plan = dict()
my_plan["naltrexone-bupropion"] = 1.9
my_plan["mirtazapine"] = 0.95

# %% answer="c1-plan" label="alternative-numpy-number" status="passed" points=3
my_plan = {"dbt": np.float64(0.7), "tms": 0.75}

# %% answer="c1-plan" label="alternative-two-gains" status="passed" points=3
my_plan = {"mbt": 0.74, "tms": 0.76}

# %% answer="c1-plan" label="alternative-other-order" status="passed" points=3
my_plan = {"tms": 0.77, "dbt": 0.67}

# %% answer="c1-plan" label="wrong-direction" status="failed" points=0 misconception="wrong-direction" message="the other way"
my_plan = {"dbt": 0.95, "nac": 0.05}

# %% answer="c1-plan" label="change-for-value" status="failed" points=0 misconception="change-for-value" message="the value that the parameter takes"
my_plan = {"dbt": -20, "nac": 0.05}

# %% answer="c1-plan" label="no-change" status="failed" points=0 misconception="no-change" message="changes nothing"
my_plan = {"mbt": 0.85, "dbt": 0.7}

# %% answer="c1-plan" label="only-one" status="failed" points=0 message="yours names 1"
my_plan = {"dbt": 0.7}

# %% answer="c1-plan" label="three" status="failed" points=0 message="yours names 3"
my_plan = {"dbt": 0.7, "mbt": 0.75, "tms": 0.76}

# %% answer="c1-plan" label="not-in-the-table" status="failed" points=0 message="There is no intervention"
my_plan = {"dbt": 0.7, "deep brain stimulation": 0.5}

# %% answer="c1-plan" label="outside-the-range" status="failed" points=0 message="dbt needs a number from 0.64 to 0.82"
my_plan = {"dbt": 0.3, "nac": 0.05}

# %% answer="c1-plan" label="value-as-text" status="failed" points=0 message="the plan gives"
my_plan = {"dbt": "0.7", "nac": 0.05}

# %% answer="c1-plan" label="a-list" status="failed" points=0 message="in curly brackets"
my_plan = ["dbt", "nac"]

# %% answer="c2-absolute" label="alternative-from-the-shares" status="passed" points=3 message="Of 100 people"
found = plan.run(my_plan)
c2 = 100 * found.neither - 100 * found.both.value

# %% answer="c2-absolute" label="alternative-one-decimal-off-by-little" status="passed" points=3
c2 = round(plan.run(my_plan).fall("both").value, 2) + 0.02

# %% answer="c2-absolute" label="relative-for-absolute" status="failed" points=0 misconception="relative-for-absolute" message="relative reduction"
found = plan.run(my_plan)
c2 = 100 * (1 - found.both.value / found.neither)

# %% answer="c2-absolute" label="share-for-points" status="failed" points=0 misconception="share-for-points" message="a hundred times as much"
c2 = plan.run(my_plan).fall("both").value / 100

# %% answer="c2-absolute" label="what-is-left" status="failed" points=0 misconception="what-is-left" message="who return with both"
c2 = 100 * plan.run(my_plan).both.value

# %% answer="c2-absolute" label="sign" status="failed" points=0 misconception="sign" message="without the minus"
c2 = -plan.run(my_plan).fall("both").value

# %% answer="c2-absolute" label="first-alone" status="failed" points=0 misconception="first-alone" message="the first intervention does alone"
c2 = plan.run(my_plan).fall("first").value

# %% answer="c2-absolute" label="second-alone" status="failed" points=0 misconception="second-alone" message="the second intervention does alone"
c2 = plan.run(my_plan).fall("second").value

# %% answer="c2-absolute" label="adding-both" status="failed" points=0 misconception="adding-both" message="added the two single falls"
found = plan.run(my_plan)
c2 = found.fall("first").value + found.fall("second").value

# %% answer="c2-absolute" label="another-plan" status="failed" points=0 message="With your plan"
c2 = round(plan.run({"ssri": 1.7, "nac": 0.04}).fall("both").value, 2)

# %% answer="c3-nnt" label="alternative-not-rounded" status="passed" points=3 message="100 divided by the fall"
c3 = 100 / plan.run(my_plan).fall("both").value

# %% answer="c3-nnt" label="alternative-from-two-decimals" status="passed" points=3
c3 = round(100 / round(plan.run(my_plan).fall("both").value, 2), 1)

# %% answer="c3-nnt" label="nnt-from-relative" status="failed" points=0 misconception="nnt-from-relative" message="divided by the relative reduction"
found = plan.run(my_plan)
c3 = found.neither / (found.neither - found.both.value)

# %% answer="c3-nnt" label="nnt-from-relative-rounded-up" status="failed" points=0 misconception="nnt-from-relative" message="divided by the relative reduction"
found = plan.run(my_plan)
c3 = int(np.ceil(found.neither / (found.neither - found.both.value)))

# %% answer="c3-nnt" label="fall-for-nnt" status="failed" points=0 misconception="fall-for-nnt" message="Divide 100 by it"
c3 = plan.run(my_plan).fall("both").value

# %% answer="c3-nnt" label="one-over-points" status="failed" points=0 misconception="one-over-points" message="divided 1 by points"
c3 = 1 / plan.run(my_plan).fall("both").value

# %% answer="c3-nnt" label="nnt-of-what-is-left" status="failed" points=0 misconception="nnt-of-what-is-left" message="who still return"
c3 = 1 / plan.run(my_plan).both.value

# %% answer="c3-nnt" label="nnts-added" status="failed" points=0 misconception="nnts-added" message="added the numbers of the two"
found = plan.run(my_plan)
c3 = 100 / found.fall("first").value + 100 / found.fall("second").value

# %% answer="c3-nnt" label="nnt-of-the-first" status="failed" points=0 misconception="nnt-of-the-first" message="first intervention alone"
c3 = 100 / plan.run(my_plan).fall("first").value

# %% answer="c3-nnt" label="rounded-down" status="failed" points=0 misconception="rounded-down" message="round up"
c3 = int(100 / plan.run(my_plan).fall("both").value)

# %% answer="c4-band" label="alternative-tuple-not-rounded" status="passed" points=3
band = plan.run(my_plan).fall("both")
c4 = (band.low, band.high)

# %% answer="c4-band" label="alternative-by-corners" status="passed" points=3
table = evidence.interventions()
falls = [
    100 * (plan.chain({}).share - plan.chain(dict(zip(my_plan, (x, y), strict=True))).share)
    for x in (table[list(my_plan)[0]].weak, table[list(my_plan)[0]].strong)
    for y in (table[list(my_plan)[1]].weak, table[list(my_plan)[1]].strong)
]
c4 = [min(falls), max(falls)]

# %% answer="c4-band" label="larger-first" status="failed" points=0 misconception="larger-first" message="the smaller one first"
c4 = [plan.run(my_plan).fall("both").high, plan.run(my_plan).fall("both").low]

# %% answer="c4-band" label="shares-for-falls" status="failed" points=0 misconception="shares-for-falls" message="the shares who return"
c4 = [100 * plan.run(my_plan).both.low, 100 * plan.run(my_plan).both.high]

# %% answer="c4-band" label="ends-added" status="failed" points=0 misconception="ends-added" message="have to be run together"
first, second = plan.run(my_plan).fall("first"), plan.run(my_plan).fall("second")
c4 = [first.low + second.low, first.high + second.high]

# %% answer="c4-band" label="band-of-the-first" status="failed" points=0 misconception="band-of-the-first" message="band of the first"
c4 = [plan.run(my_plan).fall("first").low, plan.run(my_plan).fall("first").high]

# %% answer="c4-band" label="single-falls" status="failed" points=0 misconception="single-falls" message="from the ends of the ranges"
c4 = sorted(plan.run(my_plan).fall(which).value for which in ("first", "second"))

# %% answer="c4-band" label="one-number" status="failed" points=0 message="list or array of 2 numbers"
c4 = plan.run(my_plan).fall("both").high

# %% answer="c4-band" label="another-plan" status="failed" points=0 message="With your two ranges"
c4 = [plan.run({"ssri": 1.7, "nac": 0.04}).fall("both").low, plan.run({"ssri": 1.7, "nac": 0.04}).fall("both").high]

# %% answer="c5-interaction" label="alternative-from-two-decimals" status="passed" points=3 message="the scale of points"
found = plan.run(my_plan)
both, first, second = (round(found.fall(which).value, 2) for which in ("both", "first", "second"))
c5 = both - (first + second)

# %% answer="c5-interaction" label="alternative-from-shares" status="passed" points=3
found = plan.run(my_plan)
c5 = 100 * (found.first.value + found.second.value - found.both.value - found.neither)

# %% answer="c5-interaction" label="no-interaction" status="failed" points=0 misconception="no-interaction" message="Compute it with both decimals"
c5 = 0

# %% answer="c5-interaction" label="sum-for-interaction" status="failed" points=0 misconception="sum-for-interaction" message="the sum of the single falls"
c5 = plan.run(my_plan).fall("first").value + plan.run(my_plan).fall("second").value

# %% answer="c5-interaction" label="second-on-top" status="failed" points=0 misconception="second-on-top" message="what the second adds"
c5 = plan.run(my_plan).fall("both").value - plan.run(my_plan).fall("first").value

# %% answer="c5-interaction" label="first-on-top" status="failed" points=0 misconception="first-on-top" message="what the first adds"
c5 = plan.run(my_plan).fall("both").value - plan.run(my_plan).fall("second").value

# %% answer="c5-interaction" label="sign" status="failed" points=0 misconception="sign" message="the sign is not"
c5 = -plan.run(my_plan).interaction

# %% answer="c5-interaction" label="fall-for-interaction" status="failed" points=0 misconception="fall-for-interaction" message="the whole fall with both"
c5 = plan.run(my_plan).fall("both").value

# %% answer="c6-grades" label="alternative-from-the-claims" status="passed" points=3
c6 = {}
for name in my_plan:
    c6[name] = evidence.claim(evidence.interventions()[name].claims[0].id).status

# %% answer="c6-grades" label="alternative-capitals-and-one-too-many" status="passed" points=3
c6 = {each.id: each.claims[0].status.upper() for each in evidence.interventions().values()}

# %% answer="c6-grades" label="named-is-supported" status="partial" points=1.5 misconception="named-is-supported" message="or whether it was tried at all"
c6 = {"dbt": "supported", "tms": "supported"}

# %% answer="c6-grades" label="names-of-another-plan" status="failed" points=0 message="There is no status for naltrexone-bupropion"
c6 = {"ssri": "conflicts", "nac": "conflicts"}

# %% answer="c6-grades" label="another-word" status="failed" points=0 message="For contingency-management, write one of these"
c6 = {"contingency-management": "works", "dbt": "supported"}

# %% answer="c6-grades" label="untested-is-refuted" status="failed" points=0 misconception="untested-is-refuted" message="untested for refuted"
c6 = {"nac": "unverified", "anti-inflammatory": "conflicts"}

# %% answer="c6-grades" label="only-words" status="failed" points=0 message="curly brackets"
c6 = ["supported", "supported"]

# %% answer="c6-grades" label="elsewhere" status="failed" points=0 message="is another one"
c6 = {name: "imprecise" if name == "dbt" else "conflicts" for name in my_plan}

# %% answer="c7-refute" label="alternative-capital-letter" status="passed" points=3 message="The plan forbade that"
c7 = "B"

# %% answer="c7-refute" label="not-significant-is-no-effect" status="failed" points=0 misconception="not-significant-is-no-effect" message="it holds six points"
c7 = "a"

# %% answer="c7-refute" label="asked-for-is-assigned" status="failed" points=0 misconception="asked-for-is-assigned" message="drawing lots"
c7 = "c"

# %% answer="c7-refute" label="one-person-refutes" status="failed" points=0 misconception="one-person-refutes" message="speaks of shares"
c7 = "d"

# %% answer="c7-refute" label="two-letters" status="failed" points=0 message="one letter in quotation marks"
c7 = "bc"


# %% answer="m1-effect" label="alternative-infinity-by-math" status="passed" points=4
def absolute_effect(neither, both):
    import math

    points = (neither - both) * 100
    return points, (math.inf if points == 0 else 100 / abs(points))


# %% answer="m1-effect" label="alternative-numpy" status="passed" points=4
def absolute_effect(neither, both):
    difference = np.subtract(neither, both)
    with np.errstate(divide="ignore"):
        return np.array([100 * difference, np.float64(1) / np.abs(difference)])


# %% answer="m1-effect" label="relative-for-absolute" status="failed" points=0 misconception="relative-for-absolute" message="count everybody"
def absolute_effect(neither, both):
    relative = (neither - both) / neither
    return 100 * relative, 1 / abs(relative) if relative else np.inf


# %% answer="m1-effect" label="nnt-from-relative" status="failed" points=0 misconception="nnt-from-relative" message="not from the relative reduction"
def absolute_effect(neither, both):
    return 100 * (neither - both), neither / abs(neither - both) if neither != both else np.inf


# %% answer="m1-effect" label="share-for-points" status="failed" points=0 misconception="share-for-points" message="In percentage points"
def absolute_effect(neither, both):
    return neither - both, 1 / abs(neither - both) if neither != both else np.inf


# %% answer="m1-effect" label="sign" status="failed" points=0 misconception="sign" message="the share without, minus the share with"
def absolute_effect(neither, both):
    return 100 * (both - neither), 1 / abs(neither - both) if neither != both else np.inf


# %% answer="m1-effect" label="nnt-per-hundred" status="failed" points=0 misconception="nnt-per-hundred" message="divided 1 by points"
def absolute_effect(neither, both):
    points = 100 * (neither - both)
    return points, 1 / abs(points) if points else np.inf


# %% answer="m1-effect" label="negative-number-needed" status="partial" points=3 misconception="negative-number-needed" message="cannot be negative"
def absolute_effect(neither, both):
    return 100 * (neither - both), 1 / (neither - both) if neither != both else np.inf


# %% answer="m1-effect" label="rise-as-fall" status="partial" points=3 misconception="rise-as-fall" message="Keep its sign"
def absolute_effect(neither, both):
    return 100 * abs(neither - both), 1 / abs(neither - both) if neither != both else np.inf


# %% answer="m1-effect" label="divides-by-zero" status="partial" points=3 message="ZeroDivisionError"
def absolute_effect(neither, both):
    return 100 * (neither - both), 1 / abs(neither - both)


# %% answer="m2-combine" label="alternative-cumulative-hazard" status="passed" points=4
def combine(base, first, second):
    hazard = -np.log(1 - base)

    def returned(ratio):
        return 1 - np.exp(-hazard * ratio)

    extra = returned(first) + returned(second) - returned(first * second) - base
    return returned(first * second), 100 * extra


# %% answer="m2-combine" label="alternative-one-after-the-other" status="passed" points=4
def combine(base, first, second):
    import math

    kept_first = math.pow(1 - base, first)
    kept_both = math.pow(kept_first, second)
    kept_second = math.pow(1 - base, second)
    fall_first, fall_second, fall_both = (kept - (1 - base) for kept in (kept_first, kept_second, kept_both))
    return [1 - kept_both, (fall_both - fall_first - fall_second) * 100]


# %% answer="m2-combine" label="hazard-ratio-times-risk" status="failed" points=0 misconception="hazard-ratio-times-risk" message="multiplied the share"
def combine(base, first, second):
    both = base * first * second
    return both, 100 * (base * first + base * second - both - base)


# %% answer="m2-combine" label="hazard-ratio-on-the-risk" status="failed" points=0 misconception="hazard-ratio-on-the-risk" message="who do *not* return"
def combine(base, first, second):
    both = base ** (first * second)
    return both, 100 * (base**first + base**second - both - base)


# %% answer="m2-combine" label="ratios-added" status="failed" points=0 misconception="ratios-added" message="added the hazard ratios"
def combine(base, first, second):
    kept = 1 - base
    both = 1 - kept ** (first + second)
    return both, 100 * (1 - kept**first + 1 - kept**second - both - base)


# %% answer="m2-combine" label="gains-added" status="failed" points=0 misconception="gains-added" message="what the first has left"
def combine(base, first, second):
    kept = 1 - base
    both = 1 - kept ** (1 - (1 - first) - (1 - second))
    return both, 100 * (1 - kept**first + 1 - kept**second - both - base)


# %% answer="m2-combine" label="sign" status="failed" points=0 misconception="sign" message="minus the two single falls"
def combine(base, first, second):
    kept = 1 - base
    both = 1 - kept ** (first * second)
    return both, -100 * (1 - kept**first + 1 - kept**second - both - base)


# %% answer="m2-combine" label="share-for-points" status="failed" points=0 misconception="share-for-points" message="in percentage points"
def combine(base, first, second):
    kept = 1 - base
    both = 1 - kept ** (first * second)
    return both, 1 - kept**first + 1 - kept**second - both - base


# %% answer="m2-combine" label="what-is-kept" status="failed" points=0 misconception="what-is-kept" message="Take it from 1"
def combine(base, first, second):
    kept = 1 - base
    both = kept ** (first * second)
    return both, 100 * (1 - kept**first + 1 - kept**second - (1 - both) - base)


# %% answer="m2-combine" label="one-number" status="failed" points=0 message="list or array of 2 numbers"
def combine(base, first, second):
    return 1 - (1 - base) ** (first * second)


# %% answer="m3-corners" label="alternative-product" status="passed" points=4
def corners(f, first, second):
    from itertools import product

    results = np.array([f(x, y) for x, y in product(first, second)])
    return results.min(), results.max()


# %% answer="m3-corners" label="alternative-written-out" status="passed" points=4
def corners(f, first, second):
    a, b = first
    c, d = second
    results = sorted([f(a, c), f(a, d), f(b, c), f(b, d)])
    return [results[0], results[3]]


# %% answer="m3-corners" label="weak-then-strong" status="failed" points=0 misconception="weak-and-strong-only" message="mixed corners"
def corners(f, first, second):
    return f(first[0], second[0]), f(first[1], second[1])


# %% answer="m3-corners" label="weak-and-strong-only" status="failed" points=0 misconception="weak-and-strong-only" message="mixed corners"
def corners(f, first, second):
    ends = f(first[0], second[0]), f(first[1], second[1])
    return min(ends), max(ends)


# %% answer="m3-corners" label="one-at-a-time" status="failed" points=0 misconception="one-at-a-time" message="both are at an end"
def corners(f, first, second):
    x, y = sum(first) / 2, sum(second) / 2
    results = [f(first[0], y), f(first[1], y), f(x, second[0]), f(x, second[1])]
    return min(results), max(results)


# %% answer="m3-corners" label="largest-first" status="failed" points=0 misconception="largest-first" message="The smallest comes first"
def corners(f, first, second):
    results = [f(x, y) for x in first for y in second]
    return max(results), min(results)


# %% answer="m3-corners" label="half-of-the-width" status="failed" points=0 misconception="half-of-the-width" message="not how far"
def corners(f, first, second):
    results = [f(x, y) for x in first for y in second]
    return min(results), max(results) - min(results)


# %% answer="m3-corners" label="all-four" status="failed" points=0 message="list or array of 2 numbers"
def corners(f, first, second):
    return [f(x, y) for x in first for y in second]
