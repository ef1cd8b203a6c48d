# %% [markdown]
"""
# Exercises 07: where two disorders meet

**40 points · about 60 minutes · save often (Ctrl+S)**

How it works:

1. An **answer cell** holds three dots, `...`. Put your answer in their place and run the cell with Shift+Enter.
2. The **check cell** under it is locked. Run it: it says in one sentence whether your answer has the right form, and how many hidden checks decide the points.
3. The **last cell** of this notebook judges everything, with the reasons. Use it as often as you like.

The first six items need no programming and are worth 18 points; the four functions after them 16; the short text at the end, which a person reads, 6.

What you show here: **O1** say what a list of overlaps shows · **O2** turn a share round · **O3** compute an interaction on two scales and name the scale · **O4** say what a loop can and cannot show · **O5** judge what is claimed about the two together, and name the study that would test it.

Nothing here asks about your own life. Take the items in any order.
"""

# %% locked="setup"
from math import comb

import numpy as np

from autograder import expect
from course import evidence

# %% [markdown]
"""
## 1. Ten genes of ten ({{points c1-what-was-sampled}}, O1)

A made-up paper has a table "genes shared by disorder A and disorder B". Its ten genes were collected by reading papers on both disorders and keeping every gene that was reported for A *and* for B. The authors write: "All ten are shared. Among 20,000 human genes, the probability of that by chance is below one in a billion."

**What is wrong with the sentence?**

- **a**: Nothing. With so small a probability, chance is ruled out.
- **b**: Ten genes are too few; with a hundred shared genes it would hold.
- **c**: Only shared genes could enter the table. With these ten as the universe, the probability of full agreement is 1.
- **d**: The probability should be that of *exactly* ten shared genes, not of at least ten.

Write the letter, small, in quotation marks.
"""

# %% answer="c1-what-was-sampled"
c1 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c1 = "c"
### END SOLUTION

# %% test="c1-what-was-sampled" points=3 objective="O1" read="Ten out of ten"
with expect.item("c1-what-was-sampled", points=3, hidden=1) as item:
    item.letter(c1, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the sentence"):
        item.choice(
            c1,
            "c",
            why="The table was made of agreements, so it had to agree. To learn something, list the genes of each disorder by one rule from all genes, and count afterwards.",
            wrong={
                "a": (
                    "tiny-p",
                    "The tiny number answers another question: what if ten genes had been drawn blindly, twice, from 20,000? Nobody drew; the ten were picked because they agree.",
                ),
                "b": (
                    "more-would-do",
                    "A hundred genes picked in the same way would agree just as fully. It is the picking that makes the overlap, not their number.",
                ),
                "d": (
                    "point-for-tail",
                    "With lists of ten, more than ten cannot be shared, so the two are the same number here. The fault lies in how the lists were made.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 2. One man in five ({{points c2-of-whom}}, O2)

Several hundred men in treatment centres in China, who had been sent there because of methamphetamine, were interviewed. BPD was found in {{bpd-in-men-using-ma}}.

**Which sentence says what was found, and no more?**

- **a**: About one in five people with BPD uses methamphetamine.
- **b**: Among these men, about one in five had BPD; how many people with BPD use methamphetamine cannot be read off it.
- **c**: About one in five people who use methamphetamine have BPD.
- **d**: Methamphetamine leads to BPD in about one man in five.

Write the letter in quotation marks.
"""

# %% answer="c2-of-whom"
c2 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c2 = "b"
### END SOLUTION

# %% test="c2-of-whom" points=3 objective="O2" read="Many with both: of whom?"
with expect.item("c2-of-whom", points=3, hidden=1) as item:
    item.letter(c2, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the sentence"):
        item.choice(
            c2,
            "b",
            why="It keeps the denominator (men, in these centres) and does not turn the share round. For that one needs two base rates, from the same place.",
            wrong={
                "a": (
                    "transposed",
                    "You turned the share round. The men were chosen because of methamphetamine; the denominator is not people with BPD.",
                ),
                "c": (
                    "sample-is-everybody",
                    "These were men, and men in compulsory centres. Women, and people who were never sent to one, may differ.",
                ),
                "d": (
                    "association-is-cause",
                    "Both were found at one time. BPD may have been there before, or a third thing may stand behind both.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 3. Odds and risk ({{points c3-odds-to-risk}}, O3)

In a survey, people with a drug use disorder were seen again after three years. For the disorder still being there in people with BPD, against people without, the paper gives this: {{bpd-predicts-relapse-fenton}}.

Suppose that of those *without* BPD it was still there in **28 %**. **How many times as high was the risk with BPD (the risk ratio)?** Being within 0.02 is enough.
"""

# %% answer="c3-odds-to-risk"
c3 = ...  # times the risk without BPD
### BEGIN SOLUTION
c3 = 1.52
### END SOLUTION

# %% test="c3-odds-to-risk" points=3 objective="O3" read="More than the sum: on which scale?"
with expect.item("c3-odds-to-risk", points=3, hidden=1) as item:
    item.number(c3, unit="times the risk without BPD", low=0, high=100)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the risk ratio"):
        odds_ratio, base = evidence.value("bpd-predicts-relapse-fenton"), 0.28
        ratio = odds_ratio / (1 - base + base * odds_ratio)
        item.within(
            c3,
            ratio,
            0.02,
            why="The risk goes from 28 to about 43 %: half as high again, not nearly twice. And it is persistence of any drug use disorder, in the community.",
            misconceptions={
                "odds-ratio-is-risk-ratio": (
                    odds_ratio,
                    "That is the odds ratio. It is close to the risk ratio only where the outcome is rare, and 28 % is not rare.",
                ),
                "risk-for-ratio": (
                    ratio * base,
                    "That is the risk with BPD. Divide it by the risk without.",
                ),
                "risk-in-per-cent": (
                    ratio * base * 100,
                    "That is the risk with BPD, in per cent. Divide it by the 28 % without.",
                ),
                "odds-for-risk": (
                    odds_ratio * base / (1 - base),
                    "Those are the odds with BPD. Make a risk of them (odds divided by 1 plus odds), then divide by 0.28.",
                ),
                "excess": (
                    ratio - 1,
                    "That is by how much the risk is higher. The question asks how many times as high it is.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 4. Synergy, yes or no? ({{points c4-which-scale}}, O3)

Made-up risks of an emergency admission within a year: **10 %** with neither condition, **20 %** with the first alone, **30 %** with the second alone, **60 %** with both.

**What is true?**

- **a**: Synergy on both scales.
- **b**: Synergy on the additive scale only.
- **c**: Synergy on the multiplicative scale only.
- **d**: No synergy on either, for 60 is what one gets by doubling and tripling.

Write the letter in quotation marks.
"""

# %% answer="c4-which-scale"
c4 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c4 = "b"
### END SOLUTION

# %% test="c4-which-scale" points=3 objective="O3" read="More than the sum: on which scale?"
with expect.item("c4-which-scale", points=3, hidden=1) as item:
    item.letter(c4, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the two scales"):
        item.choice(
            c4,
            "b",
            why="RERI is 6 − 2 − 3 + 1 = 2, so it is beyond the sum; the ratio is 6/(2 × 3) = 1, so it is the product exactly. Without the scale, the word means nothing.",
            wrong={
                "a": (
                    "synergy-without-scale",
                    "Beyond the sum, yes. But the product of the two risk ratios, 2 × 3, is exactly what is there: no synergy when multiplying.",
                ),
                "c": (
                    "scales-exchanged",
                    "You exchanged the scales. The product is met exactly; it is the sum that is exceeded.",
                ),
                "d": (
                    "one-scale-for-all",
                    "Doubling and tripling is the multiplicative expectation. On the other scale 40 % was to be expected: 10, and 10 more, and 20 more.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 5. The cell that is missing ({{points c5-fourth-cell}}, O5)

A made-up cohort followed three groups for a year. An emergency admission was seen in **8 %** of people with neither condition, in **20 %** with BPD alone, and in **45 %** with BPD and methamphetamine use disorder. The authors conclude that the two do more together than their sum. People with methamphetamine use disorder alone were not followed.

**With which risk in that fourth group would 45 % be *exactly* the sum of what each condition adds?** Write it in per cent; being within 0.5 is enough.
"""

# %% answer="c5-fourth-cell"
c5 = ...  # per cent
### BEGIN SOLUTION
c5 = 33
### END SOLUTION

# %% test="c5-fourth-cell" points=3 objective="O5" read="More than the sum: on which scale?"
with expect.item("c5-fourth-cell", points=3, hidden=1) as item:
    item.number(c5, unit="per cent", low=0, high=100)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the missing risk"):
        if 0 < c5 < 1:
            item.fail(
                "That looks like a share between 0 and 1. The question asks for per cent: multiply it by 100.",
                misconception="share-for-percent",
            )
        neither, first, both = 8, 20, 45
        item.within(
            c5,
            both - first + neither,
            0.5,
            why="With 33 %, methamphetamine adds 25 points to the 8 %, and 25 points to the 20 %. Below it the sum is exceeded, above it the two do less. The cohort cannot tell, for it did not look.",
            misconceptions={
                "baseline-forgotten": (
                    both - first,
                    "That is what the second condition has to *add*. The people of the fourth group also have the 8 % that everybody has.",
                ),
                "baseline-taken-twice": (
                    both - first - neither,
                    "You took the 8 % away once more. They are already in the 20 %, so they come back: 45 − 20 + 8.",
                ),
                "multiplicative": (
                    both * neither / first,
                    "That is the risk at which the two would *multiply* exactly. The authors speak of the sum.",
                ),
                "nothing-but-both": (
                    both,
                    "Then BPD would add nothing in people who use methamphetamine. In the sum it adds 12 points, as it does without.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 6. What the ring shows ({{points c6-what-the-ring-shows}}, O4)

A speaker shows the ring with its three gains. She raises two gains a little, one "because of BPD" and one "because of methamphetamine". Together they bring craving to 3.6, where the sum of the two rises would have been 2.3. "So this is why the two are synergistic," she says.

**Which reply is right?**

- **a**: She is right; the numbers follow from the equations.
- **b**: The model shows that more than the sum can come about without one condition acting on the other. That it does, in people, would take the gains and the outcomes, measured.
- **c**: She is wrong; in a linear model effects always add, so the 3.6 must be a mistake.
- **d**: She is wrong; each hit must have raised the other one's gain as well, or there could be nothing beyond the sum.

Write the letter in quotation marks.
"""

# %% answer="c6-what-the-ring-shows"
c6 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c6 = "b"
### END SOLUTION

# %% test="c6-what-the-ring-shows" points=3 objective="O4" read="The loop"
with expect.item("c6-what-the-ring-shows", points=3, hidden=1) as item:
    item.letter(c6, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the reply"):
        item.choice(
            c6,
            "b",
            why="A model turns an assumption into a consequence. The assumption here is a set of gains, and nobody has measured one of them.",
            wrong={
                "a": (
                    "possible-is-proved",
                    "The numbers do follow, from gains that she chose. With other gains the extra would be small; what holds for people is not in the equations.",
                ),
                "c": (
                    "pushes-are-gains",
                    "Pushes from outside add in this ring. Gains multiply on the way round, and raising two of them does more than the sum.",
                ),
                "d": (
                    "interaction-is-mechanism",
                    "Each hit changed its own gain alone. It is the way round the ring that makes the extra; that is why an extra shows no such mechanism.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 7. Overlap and its universe ({{points m1-overlap-stats}}, O1)

From here on you write functions. NumPy is loaded as `np`; `comb(N, n)` from Python's `math` is loaded too and counts the ways to choose $n$ out of $N$.

Of `N` candidates, one list holds `K` and the other `n`; they share `k`. Write `overlap_stats(N, K, n, k)`, which **returns two numbers**:

1. the Jaccard index: what is shared, divided by what is in either list;
2. the probability that two lists of these lengths, drawn blindly, share **at least** `k`:

$$p = \sum_{i = k}^{\min(K, n)} \frac{\binom{K}{i}\binom{N - K}{n - i}}{\binom{N}{n}}$$

You may count on whole numbers with $1 \le K, n \le N$ and a `k` that is possible; then `comb` gives 0 where there are no ways.

**Edge case:** when every candidate is in both lists, the answer is 1 and 1.
"""


# %% answer="m1-overlap-stats"
def overlap_stats(N, K, n, k):
    """Jaccard index of two lists, and the probability of at least k shared entries by chance."""
    ### BEGIN SOLUTION
    ways = sum(comb(K, i) * comb(N - K, n - i) for i in range(k, min(K, n) + 1))
    return k / (K + n - k), ways / comb(N, n)
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m1-overlap-stats" points=4 objective="O1" read="Ten out of ten"
with expect.item("m1-overlap-stats", points=4, hidden=3) as item:
    stats = item.call(overlap_stats, 90, 10, 10, 3)
    item.shape(stats, (2,))

    ### BEGIN HIDDEN TESTS
    def share_probabilities(N, K, n):
        # Entry by entry: the next entry of the second list is in the first one or not. No binomials needed.
        found = np.zeros(n + 1)
        found[0] = 1.0
        for drawn in range(n):
            hits = np.arange(n + 1)
            into = np.clip(K - hits, 0, None) / (N - drawn)
            found = np.append(0.0, (found * into)[:-1]) + found * np.clip(1 - into, 0, 1)
        return found

    def right_stats(N, K, n, k):
        return k / (K + n - k), float(share_probabilities(N, K, n)[k:].sum())

    def wrong_stats(N, K, n, k):
        found, (index, p) = share_probabilities(N, K, n), right_stats(N, K, n, k)
        each = K / N
        binomial = sum(comb(n, i) * each**i * (1 - each) ** (n - i) for i in range(k, n + 1))
        return {
            "point-for-tail": (
                (index, found[k]),
                "Your p is the probability of *exactly* k shared entries. At least k means: add those with more.",
            ),
            "strictly-more": (
                (index, found[k + 1 :].sum()),
                "Your p leaves out k itself. At least k begins with k.",
            ),
            "fewer-for-more": (
                (index, found[: k + 1].sum()),
                "Your p is the probability of *at most* k shared entries. Turn it round: at least k.",
            ),
            "with-replacement": (
                (index, binomial),
                "Your p is that of a binomial: as if an entry could be drawn twice. Every candidate is in a list once, so what is drawn is gone.",
            ),
            "overlap-of-the-shorter": (
                (k / min(K, n), p),
                "You divided what is shared by the shorter list. The Jaccard index divides by what is in *either*.",
            ),
            "shared-counted-twice": (
                (k / (K + n), p),
                "You divided by the two lengths together. The shared entries are in both, so take them off once.",
            ),
        }

    item.diagnose(stats, rtol=1e-6, misconceptions=wrong_stats(90, 10, 10, 3))
    ### END HIDDEN TESTS
    item.close(stats, [0.17647, 0.07884], rtol=1e-3)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "lists of different length"):
        for arguments in ((60, 12, 7, 2), (40, 5, 20, 4)):
            item.close(
                item.call(overlap_stats, *arguments),
                right_stats(*arguments),
                misconceptions={
                    **wrong_stats(*arguments),
                    "one-length-for-both": (
                        right_stats(arguments[0], arguments[1], arguments[1], arguments[3]),
                        "You used the length of the first list for both. The second holds n entries.",
                    ),
                },
            )
    with item.part(1, "every candidate in both lists"):
        item.close(item.call(overlap_stats, 10, 10, 10, 10), [1.0, 1.0])
    with item.part(1, "nothing shared"):
        item.close(item.call(overlap_stats, 50, 6, 9, 0), [0.0, 1.0], atol=1e-9)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 8. Turn a share round ({{points m2-invert}}, O2)

Write `invert(p_b_given_a, p_a, p_b)`: the probability of $A$ in those with $B$, from

- `p_b_given_a`: the probability of $B$ in those with $A$,
- `p_a` and `p_b`: the probabilities of $A$ and of $B$ in everybody.

All are between 0 and 1, and $p_b > 0$. **Returns** one number between 0 and 1.

**Edge case:** the three can contradict one another. If more people would have both than have $B$ at all, no population fits: return `np.nan`.
"""


# %% answer="m2-invert"
def invert(p_b_given_a, p_a, p_b):
    """P(A given B) from P(B given A) and the two base rates; nan if no population has all three."""
    ### BEGIN SOLUTION
    both = p_b_given_a * p_a
    return both / p_b if both <= p_b else np.nan
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m2-invert" points=4 objective="O2" read="Many with both: of whom?"
with expect.item("m2-invert", points=4, hidden=2) as item:
    share = item.call(invert, 0.202, 0.0035, 0.016)
    item.shape(share, ())

    ### BEGIN HIDDEN TESTS
    def wrong_shares(p_b_given_a, p_a, p_b):
        return {
            "transposed": (
                p_b_given_a,
                "You gave the share back as it was. In those with B it has another denominator.",
            ),
            "joint-for-conditional": (
                p_b_given_a * p_a,
                "That is the share of *everybody* who has both. Divide it by those who have B.",
            ),
            "base-rates-exchanged": (
                p_b_given_a * p_b / p_a,
                "You exchanged the two base rates. Those with both are p_b_given_a times p_a; divide by p_b.",
            ),
            "complement": (
                1 - p_b_given_a,
                "That is the share *without* B among those with A. The question is about those with B.",
            ),
            "without-b": (
                (1 - p_b_given_a) * p_a / (1 - p_b),
                "You counted among those *without* B. Stay with those who have it.",
            ),
            "base-rate-only": (
                p_a,
                "That is how frequent A is in everybody, as if B made no difference.",
            ),
            "divided-twice": (
                p_b_given_a / p_b,
                "You forgot how frequent A is: multiply by p_a first.",
            ),
        }

    item.diagnose(share, rtol=1e-6, misconceptions=wrong_shares(0.202, 0.0035, 0.016))
    ### END HIDDEN TESTS
    item.close(share, 0.0441875, rtol=1e-4)
    ### BEGIN HIDDEN TESTS

    def counted(p_b_given_a, p_a, p_b):
        # The odds form: A against not-A, in those with B.
        with_a, without_a = p_b_given_a * p_a, p_b - p_b_given_a * p_a
        return 1.0 if without_a == 0 else with_a / without_a / (1 + with_a / without_a)

    with item.part(2, "other shares"):
        for arguments in ((0.5, 0.02, 0.1), (0.05, 0.4, 0.3), (0.0, 0.2, 0.1), (1.0, 0.25, 0.25)):
            item.close(
                item.call(invert, *arguments),
                counted(*arguments),
                rtol=1e-6,
                atol=1e-12,
                misconceptions=wrong_shares(*arguments),
            )
    with item.part(2, "three shares that no population has"):
        for arguments in ((0.5, 0.4, 0.1), (0.9, 0.2, 0.17)):
            share = item.call(invert, *arguments)
            item.shape(share, ())
            impossible = arguments[0] * arguments[1] / arguments[2]
            item.close(
                share,
                np.nan,
                misconceptions={
                    "more-than-everybody": (
                        impossible,
                        "Your function gives a probability above 1 here: more people would have both than have B. Return np.nan then.",
                    ),
                    "cut-at-one": (
                        1.0,
                        "Your function says 1 here. The three numbers contradict one another, and cutting at 1 hides that: return np.nan.",
                    ),
                },
            )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 9. More than the sum, more than the product ({{points m3-interaction}}, O3)

Write `interaction(r00, r10, r01, r11)`: from the risks with neither, the first alone, the second alone and both, **two numbers**:

$$\text{RERI} = RR_{11} - RR_{10} - RR_{01} + 1, \qquad \text{ratio} = \frac{RR_{11}}{RR_{10}\, RR_{01}}$$

with each $RR$ the risk divided by `r00`. You may count on risks above 0.
"""


# %% answer="m3-interaction"
def interaction(r00, r10, r01, r11):
    """Relative excess risk due to interaction, and the multiplicative ratio."""
    ### BEGIN SOLUTION
    first, second, both = r10 / r00, r01 / r00, r11 / r00
    return both - first - second + 1, both / (first * second)
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m3-interaction" points=4 objective="O3" read="More than the sum: on which scale?"
with expect.item("m3-interaction", points=4, hidden=2) as item:
    pair = item.call(interaction, 0.1, 0.2, 0.3, 0.4)
    item.shape(pair, (2,))

    ### BEGIN HIDDEN TESTS
    def right_pair(r00, r10, r01, r11):
        return (r11 - r10 - r01 + r00) / r00, np.exp(np.log(r11) + np.log(r00) - np.log(r10) - np.log(r01))

    def wrong_pairs(r00, r10, r01, r11):
        reri, ratio = right_pair(r00, r10, r01, r11)

        def odds(r):
            return r / (1 - r)

        o10, o01, o11 = (odds(r) / odds(r00) for r in (r10, r01, r11))
        return {
            "one-missing": (
                (reri - 1, ratio),
                "Your RERI is 1 too small. The share that everybody has was taken off twice, so 1 comes back.",
            ),
            "risk-differences": (
                (reri * r00, ratio),
                "Your first number is a difference of risks. RERI is made of risk *ratios*: divide every risk by r00.",
            ),
            "odds-for-risks": (
                (o11 - o10 - o01 + 1, o11 / (o10 * o01)),
                "You used odds. Divide the risks themselves by r00.",
            ),
            "order-exchanged": (
                (ratio, reri),
                "The two numbers are exchanged: first RERI, then the ratio.",
            ),
            "ratio-upside-down": (
                (reri, 1 / ratio),
                "Your ratio is upside down. What was found, RR₁₁, stands above, the product below.",
            ),
            "sum-below": (
                (reri, r11 / (r10 + r01)),
                "You divided by a sum. The ratio compares with the *product* of the two risk ratios.",
            ),
            "both-without-r00": (
                (reri, r11 / (r10 * r01)),
                "Your second number uses the risks as they are. Divide each of them by r00 first.",
            ),
        }

    # Here RERI is 0, and so is any multiple of it: a difference of risks shows only further down.
    first = {name: wrong for name, wrong in wrong_pairs(0.1, 0.2, 0.3, 0.4).items() if name != "risk-differences"}
    item.diagnose(pair, rtol=1e-4, atol=1e-9, misconceptions=first)
    ### END HIDDEN TESTS
    item.close(pair, [0.0, 0.66667], rtol=1e-4, atol=1e-9)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "other risks"):
        for arguments in ((0.04, 0.1, 0.14, 0.45), (0.2, 0.5, 0.3, 0.35)):
            item.close(
                item.call(interaction, *arguments),
                right_pair(*arguments),
                atol=1e-9,
                misconceptions=wrong_pairs(*arguments),
            )
    with item.part(2, "conditions that protect, or change nothing"):
        for arguments in ((0.4, 0.2, 0.3, 0.2), (0.25, 0.25, 0.6, 0.6)):
            item.close(item.call(interaction, *arguments), right_pair(*arguments), atol=1e-9)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 10. Once round, and round again ({{points m4-loop-gain}}, O4)

A ring of three gains, $g_1, g_2, g_3$, none of them negative, gets a steady push of 1 at one place.

Write `loop_gain(g)`, with `g` an array of three gains: **how many times the push the ring comes to rest at** in that place. After one round the push comes back as the product of the gains, after two as its square, and so on; all of it adds up.

**Returns** one number. **Edge case:** where the rounds do not add up to a limit, return `np.inf`.
"""


# %% answer="m4-loop-gain"
def loop_gain(g):
    """Amplification of a steady input by a ring of gains; infinite where the ring does not come to rest."""
    ### BEGIN SOLUTION
    G = np.prod(g)
    return 1 / (1 - G) if G < 1 else np.inf
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m4-loop-gain" points=4 objective="O4" read="The loop"
with expect.item("m4-loop-gain", points=4, hidden=3) as item:
    rest = item.call(loop_gain, np.array([0.8, 0.8, 0.8]))
    item.shape(rest, ())

    ### BEGIN HIDDEN TESTS
    def at_rest(g):
        # The three equations x_i = g_i x_(i-1) + u_i, solved as they stand.
        system = np.eye(3)
        for i in range(3):
            system[i, i - 1] -= g[i]
        return np.linalg.solve(system, [1.0, 0.0, 0.0])[0]

    def wrong_rests(g):
        G = float(np.prod(g))
        return {
            "product-only": (
                G,
                "That is what comes back after one round. The push itself is there too, and every further round.",
            ),
            "one-pass": (
                1 + G,
                "You let the push go round once. What comes back goes round again: 1 + G + G² and so on.",
            ),
            "sum-of-gains": (
                1 / (1 - np.sum(g)) if np.sum(g) != 1 else np.inf,
                "You added the gains. Each multiplies what the one before has passed on.",
            ),
            "mean-gain": (
                1 / (1 - np.mean(g)) if np.mean(g) != 1 else np.inf,
                "You used one gain, or their mean, for the whole round. A round passes all three.",
            ),
            "push-left-out": (
                G / (1 - G) if G != 1 else np.inf,
                "You added up what comes back and left out the push itself. It belongs to the sum.",
            ),
            "minus-for-plus": (
                1 / (1 + G),
                "Your ring damps. What comes back here adds to the push: 1 divided by (1 − G).",
            ),
            "gains-added-to-one": (
                1 + np.sum(g),
                "You added the gains to the push. A round multiplies them, and it is not the last one.",
            ),
        }

    item.diagnose(rest, rtol=1e-4, misconceptions=wrong_rests(np.array([0.8, 0.8, 0.8])))
    ### END HIDDEN TESTS
    item.close(rest, 2.0492, rtol=1e-4)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "three different gains"):
        for g in (np.array([0.5, 0.9, 0.7]), np.array([1.4, 0.6, 0.8])):
            item.close(item.call(loop_gain, g), at_rest(g), misconceptions=wrong_rests(g))
    with item.part(1, "a ring that does not come to rest"):
        for g in (np.array([1.0, 1.0, 1.0]), np.array([2.0, 1.5, 0.9])):
            rest = item.call(loop_gain, g)
            item.shape(rest, ())
            if np.ravel(rest)[0] < 0:
                item.fail(
                    "Your ring rests at a negative value here. From a loop gain of 1 on each round is as large as the last or larger, so there is no limit: return np.inf.",
                    misconception="negative-when-unstable",
                )
            if np.isnan(np.ravel(rest)[0]):
                item.fail("Your function gives nan here. From a loop gain of 1 on, return np.inf.")
            if np.isfinite(np.ravel(rest)[0]):
                item.fail(
                    "Your function gives a finite number here. From a loop gain of 1 on the rounds do not add up to a limit: return np.inf.",
                    misconception="always-a-limit",
                )
    with item.part(1, "a broken ring"):
        item.close(item.call(loop_gain, np.array([0.0, 3.0, 2.0])), 1.0)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 11. The study that would tell ({{points f1-the-study}}, O5)

The review says of people with BPD *and* methamphetamine use disorder that they do worse than people with either, and more than additively so. Nobody has tested it.

**Sketch the study that would, in at most 150 words.** Say who is followed, what is measured and when; which comparison on which scale would show "more than the sum"; one thing other than the two conditions that could explain such a result, and what you would do about it; and which result would speak *against* the sentence. A person reads this; nobody expects perfect prose.
"""

# %% [markdown] free="f1-the-study" points=6 objective="O5" read="More than the sum: on which scale?"
"""
=== BEGIN MARK SCHEME ===
Two points each for the first two criteria, one each for the others.

1. **Four groups, one outcome** (2): people with neither, with BPD alone, with methamphetamine use disorder alone, and with both, found in the same way; followed over time; and an outcome that all four can have (an admission, a score of daily life, days in work). 1 point if a group is missing, or if the outcome is return to use, which two of the groups cannot have.
2. **A comparison with its scale** (2): names the scale and what is compared on it: RERI above 0, or the difference that methamphetamine makes with BPD minus the difference that it makes without; or the ratio above 1 on the multiplicative scale, said to be that. 1 point if "both against either" is compared but no scale or no expectation is named.
3. **Another explanation, and a remedy** (1): for example antisocial personality disorder, trauma, other drugs, severity or poverty, or that people with both are found on wards; and something that is done about it: measured at the start and taken into account, matched, recruited outside the hospital.
4. **What would speak against it** (1): a result is named: risks of both that equal the sum of what each adds, with a narrow interval; or less than that.

Person-first language; where it is missing, say so in the comment, without taking points. Praise an answer that does not take "more than the sum" for a mechanism. A model answer: "From general practices and drug services in one region, recruit four hundred adults: neither condition, BPD alone, methamphetamine use disorder alone, both. Interview all of them at the start and every six months for three years; the interviewer does not know the group. Outcome: an emergency admission within the three years, which anybody can have. Additive scale: RERI with its confidence interval; the sentence asks for one above 0. The multiplicative ratio is reported beside it. Antisocial personality disorder, childhood adversity and other drugs are measured at the start and adjusted for; what remains is still an association. Against the sentence: an interval around 0 so narrow that more than a small excess is ruled out, or below 0."
=== END MARK SCHEME ===
"""

# %% [markdown]
"""
## Check everything

Save first (Ctrl+S), then run the next cell. It judges the saved notebook with all checks, hidden ones included, and says why. The text in item 11 is read by a person; studying alone, compare yours with the lesson's section *More than the sum: on which scale?*. The same in a terminal: `autograder check exercises.ipynb`.
"""

# %% tags=["skip-execution"]
import autograder

autograder.check_notebook("exercises.ipynb")
