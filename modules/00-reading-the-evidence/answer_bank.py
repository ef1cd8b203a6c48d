# %% [markdown]
"""
# Answer bank of module 00

Every kind of answer we expect, right and wrong, with the verdict and the sentence it must get. The real judge grades all of it in the test suite, and the demo class hands in answers drawn from here. The reference answers are the solutions in `exercises.py` themselves.
"""

# %% answer="c1-bracket-depth" label="alternative-counted-with-code" status="passed" points=3
c1 = searching.APPENDIX_A.count("(") - searching.APPENDIX_A.count(")")

# %% answer="c1-bracket-depth" label="alternative-with-a-decimal-point" status="passed" points=3 message="never opened"
c1 = -1.0

# %% answer="c1-bracket-depth" label="taken-as-balanced" status="failed" points=0 misconception="taken-as-balanced" message="nothing has opened"
c1 = 0

# %% answer="c1-bracket-depth" label="sign-reversed" status="failed" points=0 misconception="sign-reversed" message="the sign is not"
c1 = 1

# %% answer="c1-bracket-depth" label="all-brackets-counted" status="failed" points=0 misconception="all-brackets-counted" message="every round bracket once"
c1 = 7

# %% answer="c1-bracket-depth" label="square-brackets-too" status="failed" points=0 misconception="square-brackets-too" message="field tags"
c1 = 11

# %% answer="c1-bracket-depth" label="openings-only" status="failed" points=0 misconception="openings-only" message="brackets that open"
c1 = 3

# %% answer="c1-bracket-depth" label="closings-only" status="failed" points=0 misconception="closings-only" message="brackets that close"
c1 = 4

# %% answer="c1-bracket-depth" label="elsewhere" status="failed" points=0 message="The count ends elsewhere"
c1 = -3

# %% answer="c1-bracket-depth" label="as-text" status="failed" points=0 message="without quotes or unit"
c1 = "-1"

# %% answer="c1-bracket-depth" label="in-a-list" status="failed" points=0 message="Write one number"
c1 = [-1]

# %% answer="c2-broken-sum" label="alternative-capital-letter" status="passed" points=3 message="three records appear from nowhere"
c2 = "B"

# %% answer="c2-broken-sum" label="overlap-taken-out-twice" status="failed" points=0 misconception="overlap-taken-out-twice" message="leave as duplicates in the next step"
c2 = "a"

# %% answer="c2-broken-sum" label="error-carried-forward" status="failed" points=0 misconception="error-carried-forward" message="Check each step on its own"
c2 = "c"

# %% answer="c2-broken-sum" label="only-the-ends-checked" status="failed" points=0 misconception="only-the-ends-checked" message="not where"
c2 = "d"

# %% answer="c2-broken-sum" label="boxes-need-not-add-up" status="failed" points=0 misconception="boxes-need-not-add-up" message="Every record that enters a step must leave it"
c2 = "e"

# %% answer="c2-broken-sum" label="name-of-the-box" status="failed" points=0 message="one letter in quotation marks"
c2 = "screened"

# %% answer="c2-broken-sum" label="number-of-the-box" status="failed" points=0 message="one letter in quotation marks"
c2 = 318

# %% answer="c3-missed-studies" label="alternative-computed" status="passed" points=3 message="no later step can bring back"
c3 = 1000 * 0.05 * (1 - 0.866)

# %% answer="c3-missed-studies" label="alternative-rounded" status="passed" points=3
c3 = 7

# %% answer="c3-missed-studies" label="alternative-rounded-down" status="passed" points=3
c3 = 6

# %% answer="c3-missed-studies" label="share-of-all-records" status="failed" points=0 misconception="share-of-all-records" message="the relevant ones only"
c3 = 134

# %% answer="c3-missed-studies" label="share-for-count" status="failed" points=0 misconception="share-for-count" message="how many records that is"
c3 = 13.4

# %% answer="c3-missed-studies" label="two-reviewers" status="failed" points=0 misconception="two-reviewers" message="one reviewer works alone"
c3 = 1.25

# %% answer="c3-missed-studies" label="rate-per-hundred-records" status="failed" points=0 misconception="rate-per-hundred-records" message="ten times as many"
c3 = 0.67

# %% answer="c3-missed-studies" label="found-for-missed" status="failed" points=0 misconception="found-for-missed" message="that are *kept*"
c3 = 43.3

# %% answer="c3-missed-studies" label="relevant-for-missed" status="failed" points=0 misconception="relevant-for-missed" message="how many records are relevant"
c3 = 50

# %% answer="c3-missed-studies" label="false-alarms" status="failed" points=0 misconception="false-alarms" message="specificity"
c3 = 197.6

# %% answer="c3-missed-studies" label="perfect-reviewer" status="failed" points=0 misconception="perfect-reviewer" message="nobody looks at those again"
c3 = 0

# %% answer="c3-missed-studies" label="with-unit-as-text" status="failed" points=0 message="without quotes or unit"
c3 = "7 studies"

# %% answer="c3-missed-studies" label="elsewhere" status="failed" points=0 message="differ"
c3 = 25

# %% answer="c4-cited-paper" label="alternative-with-space" status="passed" points=3 message="claims nothing beyond"
c4 = " b "

# %% answer="c4-cited-paper" label="citation-is-support" status="failed" points=0 misconception="citation-is-support" message="not that it says so"
c4 = "a"

# %% answer="c4-cited-paper" label="one-diagnosis-for-another" status="failed" points=0 misconception="one-diagnosis-for-another" message="kept the diagnosis"
c4 = "c"

# %% answer="c4-cited-paper" label="difference-is-cause" status="failed" points=0 misconception="difference-is-cause" message="two groups that differ in many ways"
c4 = "d"

# %% answer="c4-cited-paper" label="two-letters" status="failed" points=0 message="one letter in quotation marks"
c4 = "a, b"

# %% answer="c4-cited-paper" label="truth-value" status="failed" points=0 message="one letter in quotation marks"
c4 = True

# %% answer="c5-recovery-times" label="alternative-capital-letter" status="passed" points=3 message="do not date its end"
c5 = "C"

# %% answer="c5-recovery-times" label="region-of-another-study" status="failed" points=0 misconception="region-of-another-study" message="looked at the striatum"
c5 = "a"

# %% answer="c5-recovery-times" label="slide-is-a-source" status="failed" points=0 misconception="slide-is-a-source" message="A slide measures nothing"
c5 = "b"

# %% answer="c5-recovery-times" label="second-scan-dates-recovery" status="failed" points=0 misconception="second-scan-dates-recovery" message="when somebody looked"
c5 = "d"

# %% answer="c5-recovery-times" label="another-quantity" status="failed" points=0 misconception="another-quantity" message="Metabolism is also another quantity"
c5 = "e"

# %% answer="c5-recovery-times" label="months-with-unit" status="failed" points=0 message="one letter in quotation marks"
c5 = "14 months"

# %% answer="c6-base-rates" label="alternative-by-natural-frequencies" status="passed" points=3 message="The survey itself reports"
with_drug_use = 200  # of 10,000 adults
with_both = 95.4
with_personality = 1480
c6 = 100 * with_both / with_personality

# %% answer="c6-base-rates" label="alternative-from-the-odds" status="passed" points=3
odds = 0.02 / 0.98 * 0.477 / ((0.148 - 0.02 * 0.477) / 0.98)
c6 = 100 * odds / (1 + odds)

# %% answer="c6-base-rates" label="alternative-as-published" status="passed" points=3
c6 = 6.5

# %% answer="c6-base-rates" label="converse" status="failed" points=0 misconception="converse" message="different denominators"
c6 = 47.7

# %% answer="c6-base-rates" label="complement" status="failed" points=0 misconception="complement" message="changes the denominator"
c6 = 52.3

# %% answer="c6-base-rates" label="joint-for-conditional" status="failed" points=0 misconception="joint-for-conditional" message="*all* adults who have both"
c6 = 0.95

# %% answer="c6-base-rates" label="base-rate-only" status="failed" points=0 misconception="base-rate-only" message="made no difference"
c6 = 2

# %% answer="c6-base-rates" label="wrong-base-rate" status="failed" points=0 misconception="wrong-base-rate" message="begin with how many of these there are"
c6 = 7.06

# %% answer="c6-base-rates" label="share-for-percent" status="failed" points=0 misconception="share-for-percent" message="multiply it by 100"
c6 = 0.0645

# %% answer="c6-base-rates" label="base-rates-upside-down" status="failed" points=0 message="from 0 to 100 was expected"
c6 = 47.7 * 14.8 / 2.0

# %% answer="c6-base-rates" label="with-unit-as-text" status="failed" points=0 message="without quotes or unit"
c6 = "6.5 %"

# %% answer="c6-base-rates" label="elsewhere" status="failed" points=0 message="differ"
c6 = 30

# %% answer="c7-not-in-the-list" label="alternative-counted-with-code" status="passed" points=3
c7 = [
    work.first_author
    for work in evidence.cited_works()
    if (work.first_author, work.year) in shown and not work.listed_key
]

# %% answer="c7-not-in-the-list" label="alternative-as-cited-in-another-order" status="passed" points=3
c7 = ["Trull 2000", "Okita 2016", "Ochsner and Gross 2014", "leichsenring, 2011", "Gowin", " Chang "]

# %% answer="c7-not-in-the-list" label="alternative-tuple" status="passed" points=3
c7 = "Chang", "Gowin", "Leichsenring", "Ochsner", "Okita", "Trull"

# %% answer="c7-not-in-the-list" label="author-is-enough" status="partial" points=2 misconception="author-is-enough" message="*something* by that author"
c7 = ["Chang", "Gowin", "Okita"]

# %% answer="c7-not-in-the-list" label="one-other-work-overlooked" status="partial" points=2 misconception="author-is-enough" message="*something* by that author"
c7 = ["Chang", "Gowin", "Leichsenring", "Okita", "Trull"]

# %% answer="c7-not-in-the-list" label="year-alone-decides" status="partial" points=2 misconception="year-alone-decides" message="carelessly cited"
c7 = ["Chang", "Goldstein", "Gowin", "Leichsenring", "Ochsner", "Okita", "Svrakic", "Trull"]

# %% answer="c7-not-in-the-list" label="cited-means-listed" status="partial" points=1 misconception="cited-means-listed" message="does not put it into the list"
c7 = ["Leichsenring", "Ochsner", "Trull"]

# %% answer="c7-not-in-the-list" label="listed-for-missing" status="failed" points=0 misconception="listed-for-missing" message="*without* an entry"
c7 = ["Frazzetto", "Friedel", "Johnson", "Stevens", "Goldstein", "Svrakic"]

# %% answer="c7-not-in-the-list" label="all-twelve" status="failed" points=0 misconception="listed-for-missing" message="*without* an entry"
c7 = [author for author, year in shown]

# %% answer="c7-not-in-the-list" label="a-number" status="failed" points=0 message="Write a list in square brackets"
c7 = 6

# %% answer="c7-not-in-the-list" label="one-long-text" status="failed" points=0 message="Write a list in square brackets"
c7 = "Chang, Gowin, Leichsenring, Ochsner, Okita, Trull"

# %% answer="c7-not-in-the-list" label="not-one-of-the-twelve" status="failed" points=0 message="one or more of these"
c7 = ["Chang", "Koob"]

# %% answer="c7-not-in-the-list" label="empty-list" status="failed" points=0 message="one or more of these"
c7 = []

# %% answer="c7-not-in-the-list" label="numbers-in-the-list" status="failed" points=0 message="in quotation marks"
c7 = [1, 5, 7, 8, 9, 12]

# %% answer="c7-not-in-the-list" label="list-begun" status="unanswered" points=0 message="Not answered yet"
c7 = ["Chang", ...]

# %% answer="c8-four-groups" label="alternative-other-order" status="passed" points=3 message="difference of two differences"
c8_groups = ["f", "D", "c", "a"]
c8_comparison = "R"

# %% answer="c8-four-groups" label="alternative-tuple" status="passed" points=3
c8_groups = ("a", "c", "d", "f")
c8_comparison = " r"

# %% answer="c8-four-groups" label="no-reference-group" status="partial" points=1 misconception="no-reference-group" message="neither condition"
c8_groups = ["a", "c", "d"]
c8_comparison = "r"

# %% answer="c8-four-groups" label="never-studied-together" status="partial" points=1 misconception="never-studied-together" message="two separate literatures"
c8_groups = ["a", "c", "f"]
c8_comparison = "r"

# %% answer="c8-four-groups" label="one-condition-alone-missing" status="partial" points=1 misconception="one-condition-alone-missing" message="each of them alone"
c8_groups = ["a", "d", "f"]
c8_comparison = "r"

# %% answer="c8-four-groups" label="any-substance-will-do" status="partial" points=1 misconception="any-substance-will-do" message="Keep to one substance"
c8_groups = ["a", "b", "c", "f"]
c8_comparison = "r"

# %% answer="c8-four-groups" label="selected-by-outcome" status="partial" points=1 misconception="selected-by-outcome" message="builds the answer into the sample"
c8_groups = ["a", "c", "e", "f"]
c8_comparison = "r"

# %% answer="c8-four-groups" label="treatment-mixed-in" status="partial" points=1 misconception="treatment-mixed-in" message="one thing only"
c8_groups = ["a", "c", "d", "f", "g"]
c8_comparison = "r"

# %% answer="c8-four-groups" label="total-effect-for-interaction" status="partial" points=2 misconception="total-effect-for-interaction" message="what the two conditions do in all"
c8_groups = ["a", "c", "d", "f"]
c8_comparison = "p"

# %% answer="c8-four-groups" label="worse-than-each-is-synergy" status="partial" points=2 misconception="worse-than-each-is-synergy" message="already make *both* worse than each alone"
c8_groups = ["a", "c", "d", "f"]
c8_comparison = "q"

# %% answer="c8-four-groups" label="any-difference-will-do" status="partial" points=2 misconception="any-difference-will-do" message="some group differs from some other"
c8_groups = ["a", "c", "d", "f"]
c8_comparison = "s"

# %% answer="c8-four-groups" label="three-groups-and-two-comparisons" status="failed" points=0 misconception="no-reference-group" message="neither condition"
c8_groups = ["a", "c", "d"]
c8_comparison = "q"

# %% answer="c8-four-groups" label="letters-in-one-text" status="failed" points=0 message="Write a list in square brackets"
c8_groups = "acdf"
c8_comparison = "r"

# %% answer="c8-four-groups" label="letters-of-the-other-question" status="failed" points=0 message="one or more of these"
c8_groups = ["p", "r"]
c8_comparison = "r"

# %% answer="c8-four-groups" label="comparison-in-words" status="failed" points=0 message="one letter in quotation marks"
c8_groups = ["a", "c", "d", "f"]
c8_comparison = "interaction"

# %% answer="c8-four-groups" label="comparison-still-open" status="unanswered" points=0 message="Not answered yet"
c8_groups = ["a", "c", "d", "f"]
c8_comparison = ...


# %% answer="m1-search-scores" label="alternative-loop" status="passed" points=4
def search_scores(retrieved, relevant):
    hits = 0
    for record in retrieved:
        if record in relevant:
            hits = hits + 1
    if len(retrieved) == 0:
        return float("nan"), 0.0
    return hits / len(retrieved), hits / len(relevant)


# %% answer="m1-search-scores" label="alternative-isin" status="passed" points=4
def search_scores(retrieved, relevant):
    found, wanted = np.array(sorted(retrieved)), np.array(sorted(relevant))
    if found.size == 0:
        return [np.nan, 0]
    return np.array([np.isin(found, wanted).mean(), np.isin(wanted, found).mean()])


# %% answer="m1-search-scores" label="alternative-empties-its-sets" status="passed" points=4
def search_scores(retrieved, relevant):
    returned, wanted = len(retrieved), len(relevant)
    retrieved.intersection_update(relevant)
    hits = np.float64(len(retrieved))
    return hits / returned, hits / wanted


# %% answer="m1-search-scores" label="swapped" status="failed" points=0 misconception="swapped" message="precision comes first"
def search_scores(retrieved, relevant):
    hits = len(retrieved & relevant)
    return hits / len(relevant), hits / len(retrieved) if retrieved else np.nan


# %% answer="m1-search-scores" label="jaccard" status="failed" points=0 misconception="jaccard" message="the Jaccard index"
def search_scores(retrieved, relevant):
    share = len(retrieved & relevant) / len(retrieved | relevant)
    return share, share


# %% answer="m1-search-scores" label="jaccard-for-precision" status="partial" points=1 misconception="jaccard" message="divides by the retrieved records alone"
def search_scores(retrieved, relevant):
    hits = len(retrieved & relevant)
    precision = hits / len(retrieved | relevant) if retrieved else np.nan
    return precision, hits / len(relevant)


# %% answer="m1-search-scores" label="crash-on-empty" status="partial" points=3 misconception="crash-on-empty" message="divides by zero"
def search_scores(retrieved, relevant):
    hits = len(retrieved & relevant)
    return hits / len(retrieved), hits / len(relevant)


# %% answer="m1-search-scores" label="zero-on-empty" status="partial" points=3 misconception="zero-on-empty" message="no such share"
def search_scores(retrieved, relevant):
    if not retrieved:
        return 0.0, 0.0
    hits = len(retrieved & relevant)
    return hits / len(retrieved), hits / len(relevant)


# %% answer="m1-search-scores" label="percent-for-share" status="failed" points=0 misconception="percent-for-share" message="shares from 0 to 1"
def search_scores(retrieved, relevant):
    hits = len(retrieved & relevant)
    return 100 * hits / len(retrieved), 100 * hits / len(relevant)


# %% answer="m1-search-scores" label="recall-always-one" status="partial" points=1 message="With another search"
def search_scores(retrieved, relevant):
    if not retrieved:
        return np.nan, 0.0
    return len(retrieved & relevant) / len(retrieved), 1.0


# %% answer="m1-search-scores" label="wrong-answer-on-empty" status="partial" points=3 message="With a search that returns nothing"
def search_scores(retrieved, relevant):
    if not retrieved:
        return 1.0, 0.0
    return len(retrieved & relevant) / len(retrieved), len(retrieved & relevant) / len(relevant)


# %% answer="m1-search-scores" label="precision-only" status="failed" points=0 message="a list or array of 2 numbers"
def search_scores(retrieved, relevant):
    return len(retrieved & relevant) / len(retrieved)


# %% answer="m1-search-scores" label="text-with-unit" status="failed" points=0 message="should be numbers"
def search_scores(retrieved, relevant):
    return f"{100 * len(retrieved & relevant) / len(retrieved):.0f} %", "100 %"


# %% answer="m2-cohen-kappa" label="alternative-outer-product" status="passed" points=4
def cohen_kappa(T):
    n = T.sum()
    by_chance = np.outer(T.sum(axis=1), T.sum(axis=0)) / n
    return (np.trace(T) - np.trace(by_chance)) / (n - np.trace(by_chance))


# %% answer="m2-cohen-kappa" label="alternative-disagreement" status="passed" points=4
def cohen_kappa(T):
    off = 1 - np.eye(len(T))
    expected = np.outer(T.sum(axis=1), T.sum(axis=0)) / T.sum()
    return 1 - np.sum(off * T) / np.sum(off * expected)


# %% answer="m2-cohen-kappa" label="alternative-double-loop" status="passed" points=4
def cohen_kappa(T):
    k, n = len(T), 0
    rows, columns, same = [0] * k, [0] * k, 0
    for i in range(k):
        for j in range(k):
            n += T[i][j]
            rows[i] += T[i][j]
            columns[j] += T[i][j]
            if i == j:
                same += T[i][j]
    chance = sum(rows[i] * columns[i] for i in range(k))
    if chance == n * n:
        return float("nan")
    return (same / n - chance / n**2) / (1 - chance / n**2)


# %% answer="m2-cohen-kappa" label="raw-agreement" status="failed" points=0 misconception="raw-agreement" message="the observed agreement"
def cohen_kappa(T):
    return np.trace(T) / T.sum()


# %% answer="m2-cohen-kappa" label="pe-half" status="failed" points=0 misconception="pe-half" message="one half for the agreement by chance"
def cohen_kappa(T):
    return (np.trace(T) / T.sum() - 0.5) / 0.5


# %% answer="m2-cohen-kappa" label="rows-only" status="partial" points=1 misconception="rows-only" message="from the first reviewer alone"
def cohen_kappa(T):
    rows = T.sum(axis=1) / T.sum()
    return (np.trace(T) / T.sum() - np.sum(rows**2)) / (1 - np.sum(rows**2))


# %% answer="m2-cohen-kappa" label="over-pe" status="failed" points=0 misconception="over-pe" message="divided by the agreement by chance"
def cohen_kappa(T):
    shares = T / T.sum()
    expected = np.sum(shares.sum(axis=1) * shares.sum(axis=0))
    return (np.trace(shares) - expected) / expected


# %% answer="m2-cohen-kappa" label="two-by-two-only" status="partial" points=3 message="With three possible answers"
def cohen_kappa(T):
    (a, b), (c, d) = T[0][:2], T[1][:2]
    n = a + b + c + d
    expected = ((a + b) * (a + c) + (c + d) * (b + d)) / n**2
    return ((a + d) / n - expected) / (1 - expected)


# %% answer="m2-cohen-kappa" label="full-agreement-is-one" status="partial" points=3 message="With reviewers who always give the same answer"
def cohen_kappa(T):
    shares = T / T.sum()
    expected = np.sum(shares.sum(axis=1) * shares.sum(axis=0))
    return 1.0 if expected == 1 else (np.trace(shares) - expected) / (1 - expected)


# %% answer="m2-cohen-kappa" label="one-per-row" status="failed" points=0 message="a single number"
def cohen_kappa(T):
    shares = T / T.sum()
    expected = shares.sum(axis=1) * shares.sum(axis=0)
    return (np.diag(shares) - expected) / (1 - expected)


# %% answer="m2-cohen-kappa" label="prints-instead-of-returning" status="failed" points=0 message="gives nothing back"
def cohen_kappa(T):
    print(np.trace(T) / T.sum())


# %% answer="m3-dual-screen" label="alternative-expanded" status="passed" points=4
def dual_screen_either(se, sp):
    return se + se - se * se, sp * sp


# %% answer="m3-dual-screen" label="alternative-enumerated" status="passed" points=4
def dual_screen_either(se, sp):
    kept_relevant = set_aside_irrelevant = 0.0
    for first in (True, False):
        for second in (True, False):
            chance_relevant = (se if first else 1 - se) * (se if second else 1 - se)
            chance_irrelevant = ((1 - sp) if first else sp) * ((1 - sp) if second else sp)
            if first or second:
                kept_relevant += chance_relevant
            else:
                set_aside_irrelevant += chance_irrelevant
    return np.array([kept_relevant, set_aside_irrelevant])


# %% answer="m3-dual-screen" label="alternative-one-after-the-other" status="passed" points=4
def dual_screen_either(se, sp):
    found_by_second_alone = (1 - se) * se
    kept_by_second_alone = sp * (1 - sp)
    return [se + found_by_second_alone, sp - kept_by_second_alone]


# %% answer="m3-dual-screen" label="both-rule" status="failed" points=0 misconception="both-rule" message="*both* must keep a record"
def dual_screen_either(se, sp):
    return se**2, 1 - (1 - sp) ** 2


# %% answer="m3-dual-screen" label="doubles" status="failed" points=0 misconception="doubles" message="a share cannot exceed 1"
def dual_screen_either(se, sp):
    return 2 * se, sp


# %% answer="m3-dual-screen" label="doubles-up-to-one" status="partial" points=2 misconception="doubles" message="less than twice as many"
def dual_screen_either(se, sp):
    return min(1.0, 2 * se), sp**2


# %% answer="m3-dual-screen" label="averages" status="failed" points=0 misconception="averages" message="as if their judgements were averaged"
def dual_screen_either(se, sp):
    return (se + se) / 2, (sp + sp) / 2


# %% answer="m3-dual-screen" label="spec-unchanged" status="partial" points=2 misconception="spec-unchanged" message="costs nothing in your function"
def dual_screen_either(se, sp):
    return 1 - (1 - se) ** 2, sp


# %% answer="m3-dual-screen" label="specificity-rises-too" status="partial" points=2 misconception="both-rule" message="*both* must keep a record"
def dual_screen_either(se, sp):
    return 1 - (1 - se) ** 2, 1 - (1 - sp) ** 2


# %% answer="m3-dual-screen" label="per-cent-expected" status="failed" points=0 message="Expected 1, 1"
def dual_screen_either(se, sp):
    return 100 - (100 - se) ** 2 / 100, sp**2 / 100


# %% answer="m3-dual-screen" label="sensitivity-only" status="failed" points=0 message="a list or array of 2 numbers"
def dual_screen_either(se, sp):
    return 1 - (1 - se) ** 2


# %% answer="m3-dual-screen" label="unknown-name" status="failed" points=0 message="NameError"
def dual_screen_either(se, sp):
    return 1 - (1 - sensitivity) ** 2, specificity**2
