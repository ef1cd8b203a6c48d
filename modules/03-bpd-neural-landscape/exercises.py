# %% [markdown]
"""
# Exercises 03: genes, stress and scans in borderline personality disorder

**42 points · about 60 minutes · save often (Ctrl+S)**

How it works:

1. An **answer cell** holds three dots, `...`. Put your answer in their place and run the cell with Shift+Enter.
2. The **check cell** under it is locked. Run it: it says in one sentence whether your answer has the right form, and how many hidden checks decide the points.
3. The **last cell** of this notebook judges everything, with the reasons. Use it as often as you like.

The first six items need no programming and are worth 18 points; the five functions after them 18; the short text at the end, which a person reads, 6.

What you show here: **O1** say what a heritability means, and what it does not · **O2** keep apart level, response and recovery of a stress hormone · **O3** turn "per cent smaller" into an overlap, and pool studies · **O4** judge a claim that rests on a candidate gene, a rat or a scan · **O5** write these measures as short functions.

Item 6 mentions hardship in childhood as a word in a model. Nothing here asks about your own life, and no item is about self-harm or deaths by suicide; take the items in any order.
"""

# %% locked="setup"
from statistics import NormalDist

import numpy as np

from autograder import expect
from course import evidence

Phi = np.vectorize(NormalDist().cdf, otypes=[float])  # area under the normal curve to the left of x; arrays too
Phi_inverse = NormalDist().inv_cdf  # the x to whose left this area lies; one number


# %% [markdown]
"""
## 1. Read a heritability ({{points c1-heritability-sentence}}, O1)

A study of twins gives the heritability of borderline features: {{bpd-heritability}}.

**Which sentence is true?**

- **a**: In each person with BPD, about {{bpd-heritability.number}} % of the disorder comes from the genes.
- **b**: About {{bpd-heritability.number}} of every 100 people with BPD have inherited it.
- **c**: In the population that was studied, about {{bpd-heritability.number}} % of the differences between people in these features go with genetic differences.
- **d**: About {{bpd-heritability.number}} % of BPD can be changed neither by treatment nor by other circumstances.

Write the letter, small, in quotation marks.
"""

# %% answer="c1-heritability-sentence"
c1 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c1 = "c"
### END SOLUTION

# %% test="c1-heritability-sentence" points=3 objective="O1" read="Genes: a share of what?"
with expect.item("c1-heritability-sentence", points=3, hidden=1) as item:
    item.letter(c1, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the sentence"):
        item.choice(
            c1,
            "c",
            why="It names whose differences, in which population, and in what. Among people whose lives differ more, the same genes would give a smaller share.",
            wrong={
                "a": (
                    "heritability-is-individual",
                    "You divided one person's disorder into parts. Heritability divides the *differences between people*; in one person there is nothing to divide.",
                ),
                "b": (
                    "heritability-is-share-of-people",
                    "You took a share of variance for a share of people. Nobody was sorted into those who inherited and those who did not.",
                ),
                "d": (
                    "heritable-is-fixed",
                    "You took heritable for unchangeable. The number says where today's differences come from, not what treatment or another life can do.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 2. From twins to a heritability ({{points c2-twins}}, O1)

In a made-up twin study of a questionnaire, the scores of identical twins correlate with 0.55 and those of other twins with 0.34.

**What is the heritability by Falconer's formula?** Write a share from 0 to 1; being within 0.01 is enough.
"""

# %% answer="c2-twins"
c2 = ...  # a share from 0 to 1
### BEGIN SOLUTION
c2 = 0.42
### END SOLUTION

# %% test="c2-twins" points=3 objective="O1" read="Genes: a share of what?"
with expect.item("c2-twins", points=3, hidden=1) as item:
    item.number(c2, unit="a share", low=0, high=100)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the two correlations"):
        r_mz, r_dz = 0.55, 0.34
        if c2 > 1:
            item.fail(
                "That looks like per cent. The question asks for a share from 0 to 1.",
                misconception="percent-for-share",
            )
        item.within(
            c2,
            2 * (r_mz - r_dz),
            0.01,
            why="Identical twins share twice as many of the genes that differ between people as other twins do, so the difference of the correlations is half of the heritability.",
            misconceptions={
                "h2-is-rmz": (
                    r_mz,
                    "That is the correlation of identical twins. They are also alike because they grew up together; compare them with the other twins.",
                ),
                "not-doubled": (
                    r_mz - r_dz,
                    "That is the difference of the two correlations. Other twins already share half of the genes, so the difference shows only half of the heritability.",
                ),
                "shared-environment": (
                    2 * r_dz - r_mz,
                    "That is the part of the shared environment. The heritability comes from how much *more* alike identical twins are.",
                ),
                "unique-environment": (
                    1 - r_mz,
                    "That is the part that makes even identical twins differ: the unique environment, with chance and errors of measurement.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 3. Which curve has the weak receptor? ({{points c3-weak-receptor}}, O2)

In the model of the stress axis, a strong stressor lasts for eight hours. This is cortisol, in multiples of the usual level. The first row is what the model gives with a usual receptor. Of the four others one is the model with a weaker receptor; three are made up.

| curve | before | at the end of the stressor | one hour later | two hours later |
|---|---|---|---|---|
| **usual** | 1.0 | 2.9 | 2.3 | 1.6 |
| **a** | 1.6 | 2.9 | 2.4 | 2.0 |
| **b** | 1.0 | 2.0 | 1.4 | 1.1 |
| **c** | 1.0 | 3.7 | 2.9 | 2.0 |
| **d** | 0.5 | 3.7 | 1.2 | 0.5 |

**Which curve has a weaker glucocorticoid receptor?** Write the letter in quotation marks.
"""

# %% answer="c3-weak-receptor"
c3 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c3 = "c"
### END SOLUTION

# %% test="c3-weak-receptor" points=3 objective="O2" read="The stress axis: level, response, recovery"
with expect.item("c3-weak-receptor", points=3, hidden=1) as item:
    item.letter(c3, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the curve"):
        item.choice(
            c3,
            "c",
            why="This receptor is a brake that acts at high levels. Weakened, it leaves the resting level as it was; under the stressor cortisol goes higher and takes longer to come down.",
            wrong={
                "a": (
                    "receptor-acts-at-rest",
                    "Curve a is raised at rest and usual under the stressor. At the usual level this receptor hardly acts, so weakening it hardly moves the resting level; look where the brake is needed.",
                ),
                "b": (
                    "weak-receptor-less-cortisol",
                    "Curve b rises less than usual. The receptor slows the release of cortisol, so a weaker one lets more of it through, not less.",
                ),
                "d": (
                    "higher-means-faster-back",
                    "Curve d starts low and is back within an hour. A weaker brake does not lower the resting level, and what went higher is still above the usual curve an hour later.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 4. Raised and blunted ({{points c4-raised-and-blunted}}, O2)

Two made-up studies of the same people: the first finds *more* cortisol than in a comparison group when it is summed over the day; the second finds that cortisol *rises less* than in the comparison group when they give a talk before strangers.

**Does the second study refute the first?**

- **a**: Yes. An axis that puts out too much must also respond too much, so one of the two is wrong.
- **b**: Yes. The small rise shows that the axis is exhausted, so the output over the day must be low.
- **c**: No, and together they show that the receptor for cortisol is defective.
- **d**: No. Output over the day and rise under a stressor are two measures, and one can be high while the other is low.

Write the letter in quotation marks.
"""

# %% answer="c4-raised-and-blunted"
c4 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c4 = "d"
### END SOLUTION

# %% test="c4-raised-and-blunted" points=3 objective="O2" read="The stress axis: level, response, recovery"
with expect.item("c4-raised-and-blunted", points=3, hidden=1) as item:
    item.letter(c4, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the two studies"):
        item.choice(
            c4,
            "d",
            why="They answer two questions. After a long stressor the model with growing glands has a high output of cortisol and a blunted response of ACTH at once; why the two are found in people is another matter.",
            wrong={
                "a": (
                    "output-is-response",
                    "You took output and response for one quantity. A system that runs at a high level may well respond less: the two must be measured separately.",
                ),
                "b": (
                    "exhausted-axis",
                    "You inferred the output from the response. The output was measured, and it was high; a small rise does not lower it.",
                ),
                "c": (
                    "one-cause-for-a-pattern",
                    "The two findings can stand together, but neither measured the receptor. Other causes give the same pattern.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 5. How much do two groups share? ({{points c5-overlap}}, O3)

The review says that the amygdala is 8 % smaller in BPD. (Pooled over studies it is {{bpd-amygdala-volume}}.) Take the 8 % at its word for a moment, and assume that within each group people scatter around their mean with a standard deviation of 14 % of that mean.

For two bell curves of equal width, the overlap depends on the difference in standard deviations, $d$:

| $d$ | 0.2 | 0.4 | 0.5 | 0.6 | 0.8 | 1.0 | 1.5 | 2.0 |
|---|---|---|---|---|---|---|---|---|
| overlap | 0.92 | 0.84 | 0.80 | 0.76 | 0.69 | 0.62 | 0.45 | 0.32 |

**Which share of the two curves overlaps?** Write a share from 0 to 1; being within 0.02 is enough.
"""

# %% answer="c5-overlap"
c5 = ...  # a share from 0 to 1
### BEGIN SOLUTION
c5 = 0.77
### END SOLUTION

# %% test="c5-overlap" points=3 objective="O3" read='"So many per cent smaller": two groups, one person'
with expect.item("c5-overlap", points=3, hidden=1) as item:
    item.number(c5, unit="a share", low=0, high=100)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the overlap"):
        smaller, spread = evidence.claim("bpd-amygdala-volume").value, 14
        if c5 > 2:
            item.fail(
                "That looks like per cent. The question asks for a share from 0 to 1.",
                misconception="percent-for-share",
            )
        d = smaller / spread
        item.within(
            c5,
            2 * NormalDist().cdf(-d / 2),
            0.0201,
            why="The difference is 8 / 14 = 0.57 standard deviations, and two such curves share more than three quarters. For most people the volume does not tell the group.",
            misconceptions={
                "one-minus-percent": (
                    1 - smaller / 100,
                    "You took the percentage away from 1. How far two groups overlap depends on how widely people scatter: divide the difference by the spread first.",
                ),
                "difference-for-overlap": (
                    d,
                    "That is the difference in standard deviations, d. Look up the overlap that belongs to it.",
                ),
                "ratio-upside-down": (
                    2 * NormalDist().cdf(-1 / d / 2),
                    "You divided the spread by the difference. It is the other way round: a small difference in a wide scatter gives a small d.",
                ),
                "overlap-for-difference": (
                    1 - 2 * NormalDist().cdf(-d / 2),
                    "That is the share of each curve outside the common part. The question asks for the common part itself.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 6. What does an interaction show? ({{points c6-interaction}}, O4)

In a model two influences on the liability, a genetic variant and hardship in childhood, simply **add**: 0.6 and 0.9 standard deviations, in everybody. Nothing else is in the model. These are the risks that it gives in one population where the condition is rare, and in one where it is frequent:

| | neither | variant only | hardship only | both | both, beyond the sum of the two |
|---|---|---|---|---|---|
| **rare** | 2.3 % | 8.1 % | 13.6 % | 30.9 % | 11.5 points |
| **frequent** | 15.9 % | 34.5 % | 46.0 % | 69.1 % | 4.5 points |

A paper on the rare population reports the 11.5 points and concludes that the variant and the hardship *act through a common mechanism*.

**What do the 11.5 points show?**

- **a**: That the two share a mechanism, as the paper says.
- **b**: Nothing about a mechanism: influences that simply add give such a number too, and its size depends on how frequent the condition is.
- **c**: That the two cannot be adding up on any scale.
- **d**: That they strengthen each other, and by as much in any other population.

Write the letter in quotation marks.
"""

# %% answer="c6-interaction"
c6 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c6 = "b"
### END SOLUTION

# %% test="c6-interaction" points=3 objective="O4" read="Two influences that simply add"
with expect.item("c6-interaction", points=3, hidden=1) as item:
    item.letter(c6, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the extra points"):
        item.choice(
            c6,
            "b",
            why="The model has no interaction in it; the curve that turns liability into risk bends. An interaction always belongs to a scale, and a mechanism needs another kind of evidence.",
            wrong={
                "a": (
                    "interaction-proves-mechanism",
                    "In this model there is no common mechanism: the two only add, and the extra points come out all the same. So they cannot be evidence for one.",
                ),
                "c": (
                    "interaction-on-every-scale",
                    "They do add, on the scale of the liability; that is how the table was made. An interaction on one scale may be none on another.",
                ),
                "d": (
                    "interaction-is-portable",
                    "Look at the second row: the same two influences, another frequency of the condition, and the extra is less than half as large.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 7. Falconer's formulas ({{points m1-falconer}}, O5)

From here on you write functions. NumPy is loaded as `np`.

Write `falconer(r_mz, r_dz)` for the correlations of identical (MZ) and other (DZ) twins:

$$h^2 = 2\,(r_{MZ} - r_{DZ}), \qquad c^2 = 2\,r_{DZ} - r_{MZ}, \qquad e^2 = 1 - r_{MZ}$$

**Returns** `(h2, c2, e2)`, three numbers that add up to 1.

**Edge case:** an estimate may come out below 0. That is news (chance, or a model that does not fit): return it as it is.
"""


# %% answer="m1-falconer"
def falconer(r_mz, r_dz):
    """Heritability, shared and unique environment from two twin correlations."""
    ### BEGIN SOLUTION
    return 2 * (r_mz - r_dz), 2 * r_dz - r_mz, 1 - r_mz
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m1-falconer" points=3 objective="O5" read="Genes: a share of what?"
with expect.item("m1-falconer", points=3, hidden=2) as item:
    parts = item.call(falconer, 0.7, 0.45)
    item.shape(parts, (3,))
    ### BEGIN HIDDEN TESTS
    item.diagnose(
        np.ravel(parts)[0],
        misconceptions={
            "h2-is-rmz": (
                0.7,
                "You took the correlation of identical twins for the heritability. They are also alike because they grew up together: compare them with the other twins.",
            ),
            "not-doubled": (
                0.25,
                "You did not double the difference. Other twins share half of the genes, so the difference of the correlations is half of the heritability.",
            ),
        },
    )
    item.diagnose(
        np.ravel(parts)[2],
        misconceptions={
            "e2-from-dz": (
                0.55,
                "You took the unique environment from the other twins. What makes *identical* twins differ cannot be genes: use their correlation.",
            )
        },
    )
    ### END HIDDEN TESTS
    item.close(parts, (0.5, 0.2, 0.3))
    ### BEGIN HIDDEN TESTS
    with item.part(2, "other twins"):
        item.close(item.call(falconer, 0.52, 0.31), (0.42, 0.10, 0.48))
        item.close(item.call(falconer, 0.8, 0.4), (0.8, 0.0, 0.2), atol=1e-9)
    with item.part(1, "correlations that give an estimate below 0"):
        parts = item.call(falconer, 0.46, 0.17)
        item.shape(parts, (3,))
        item.diagnose(
            np.ravel(parts)[1],
            atol=1e-9,
            misconceptions={
                "clipped": (
                    0.0,
                    "You cut a negative estimate off at 0. Then the three no longer add up to 1, and the reader does not learn that the model fits badly: return it as it is.",
                )
            },
        )
        item.close(parts, (0.58, -0.12, 0.54))
        item.close(item.call(falconer, 0.2, 0.3), (-0.2, 0.4, 0.8))
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 8. How much higher is a relative's risk? ({{points m2-recurrence}}, O5)

In the threshold model everybody has a liability, normal with mean 0 and standard deviation 1; who lies above the threshold $T$ has the condition. A share $K$ of all people does, so $T = \Phi^{-1}(1-K)$. The liabilities of two relatives correlate with $\rho = h^2 \times$ relatedness (the share of genes in common: 1 for identical twins, 0.5 for full siblings).

Write `recurrence_ratio(K, h2, relatedness)`: the risk of a relative of somebody who *has* the condition, divided by $K$. One number.

$$\text{ratio} = \frac{P(X > T \text{ and } Y > T)}{K} \cdot \frac{1}{K}, \qquad P(X > T \text{ and } Y > T) = \int_T^{\infty} \varphi(x)\; \Phi\!\left(\frac{\rho x - T}{\sqrt{1-\rho^2}}\right) dx$$

with $\varphi(x) = e^{-x^2/2} / \sqrt{2\pi}$. You have `Phi(x)` (numbers and arrays) and `Phi_inverse(p)` (a number); the integral is a sum over a fine grid from $T$ to about $T + 8$, for example with `np.trapezoid(y, x)`. Drawing millions of random pairs is fine too: being within 3 % is enough, and a call may take a second.

You may count on $0 < K < 1$ and $0 \le \rho < 1$.
"""


# %% answer="m2-recurrence"
def recurrence_ratio(K, h2, relatedness):
    """Risk in relatives of somebody with the condition, divided by the risk of everybody."""
    ### BEGIN SOLUTION
    threshold = Phi_inverse(1 - K)
    rho = h2 * relatedness
    x = np.linspace(threshold, threshold + 10, 4001)
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    both = np.trapezoid(density * Phi((rho * x - threshold) / np.sqrt(1 - rho**2)), x)
    return both / K**2
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m2-recurrence" points=4 objective="O5" read="Genes: a share of what?"
with expect.item("m2-recurrence", points=4, hidden=2) as item:
    ratio = item.call(recurrence_ratio, 0.1, 0.46, 0.0)
    item.shape(ratio, ())

    ### BEGIN HIDDEN TESTS
    def both_above(K, rho):
        threshold = NormalDist().inv_cdf(1 - K)
        x = np.linspace(threshold, threshold + 12, 6001)
        density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
        return float(np.trapezoid(density * Phi((rho * x - threshold) / np.sqrt(1 - rho**2)), x))

    forgot_relatedness = "You used the heritability itself as the correlation. Relatives share only part of their genes: multiply it by the relatedness."
    item.diagnose(
        ratio,
        rtol=0.02,
        misconceptions={
            "joint-probability": (
                0.01,
                "That is the probability that *both* relatives have the condition. Divide by K to get the risk of one whose relative has it, and by K once more for the ratio.",
            ),
            "risk-for-ratio": (
                0.1,
                "That is the risk of the relative. The ratio compares it with everybody's risk: divide by K once more.",
            ),
            "heritability-is-risk": (
                4.6,
                "You took the heritability for the relative's risk. It is a share of variance; the risk comes from the correlation of two liabilities and the threshold.",
            ),
            "forgot-relatedness": (both_above(0.1, 0.46) / 0.01, forgot_relatedness),
        },
    )
    ### END HIDDEN TESTS
    item.close(ratio, 1.0, rtol=0.03)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "siblings and half-siblings"):
        for K, h2, relatedness in ((0.02, evidence.value("bpd-heritability-diagnosed") / 100, 0.5), (0.05, 0.6, 0.25)):
            rho = h2 * relatedness
            item.close(
                item.call(recurrence_ratio, K, h2, relatedness),
                both_above(K, rho) / K**2,
                rtol=0.03,
                misconceptions={
                    "forgot-relatedness": (both_above(K, h2) / K**2, forgot_relatedness),
                    "linear-in-rho": (
                        (K + rho * (1 - K)) / K,
                        "You moved the risk from K towards 1 in proportion to the correlation. What correlates are the liabilities; the risk is the area beyond the threshold, and far smaller.",
                    ),
                    "root-of-h2": (
                        both_above(K, np.sqrt(h2) * relatedness) / K**2,
                        "You used the square root of the heritability. h² itself is the share of variance, and the correlation of relatives is h² times the relatedness.",
                    ),
                },
            )
    with item.part(1, "a condition that half of all people have"):
        item.close(item.call(recurrence_ratio, 0.5, 0.3, 0.5), (0.25 + np.arcsin(0.15) / (2 * np.pi)) / 0.25, rtol=0.03)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 9. From per cent to overlap ({{points m3-overlap}}, O5)

Write `overlap_from_percent(pct, cv_pct)`:

- `pct`: by how many per cent the mean of the second group is smaller (negative: larger);
- `cv_pct`: the standard deviation within each group, in per cent of the mean; above 0.

$$d = \frac{\text{pct}}{\text{cv}}, \qquad \text{overlap} = 2\,\Phi\!\left(-\frac{|d|}{2}\right)$$

**Returns** `(d, overlap)`: the difference in standard deviations, with its sign, and the common share of the two curves, from 0 to 1. `Phi` is there.
"""


# %% answer="m3-overlap"
def overlap_from_percent(pct, cv_pct):
    """Standardised difference and overlap of two normal groups of equal spread."""
    ### BEGIN SOLUTION
    d = pct / cv_pct
    return d, float(2 * Phi(-abs(d) / 2))
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m3-overlap" points=3 objective="O5" read='"So many per cent smaller": two groups, one person'
with expect.item("m3-overlap", points=3, hidden=2) as item:
    pair = item.call(overlap_from_percent, 16, 12)
    item.shape(pair, (2,))
    ### BEGIN HIDDEN TESTS
    d = 16 / 12
    item.diagnose(
        np.ravel(pair)[0],
        rtol=1e-3,
        misconceptions={
            "percent-is-d": (
                0.16,
                "You took the percentage for d. It says nothing until it is divided by the spread: d = pct / cv.",
            ),
            "ratio-upside-down": (
                12 / 16,
                "You divided the spread by the difference. It is the other way round: d = pct / cv.",
            ),
        },
    )
    item.diagnose(
        np.ravel(pair)[1],
        rtol=1e-3,
        misconceptions={
            "one-minus-percent": (
                0.84,
                "You took the percentage away from 1. The overlap is the common area of the two curves, and needs the spread.",
            ),
            "not-halved": (
                2 * NormalDist().cdf(-d),
                "You used d where d/2 belongs: the curves cross half-way between the two means.",
            ),
            "share-below-mean": (
                NormalDist().cdf(d),
                "That is the share of one group that lies beyond the mean of the other. The overlap is twice the area beyond the point where the curves cross.",
            ),
            "one-tail": (
                NormalDist().cdf(-d / 2),
                "That is one tail. The common area has two, one of each curve.",
            ),
        },
    )
    ### END HIDDEN TESTS
    item.close(pair, (1.3333, 0.5050), rtol=1e-3)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "another difference and spread"):
        for pct, cv in ((7.5, 10), (22, 13)):
            item.close(
                item.call(overlap_from_percent, pct, cv), (pct / cv, 2 * NormalDist().cdf(-pct / cv / 2)), rtol=1e-3
            )
    with item.part(1, "no difference, and a mean that is larger"):
        item.close(item.call(overlap_from_percent, 0, 12), (0.0, 1.0), rtol=1e-3, atol=1e-9)
        pair = item.call(overlap_from_percent, -6, 12)
        item.shape(pair, (2,))
        if np.ravel(pair)[1] > 1:
            item.fail(
                "Your overlap exceeds 1 when the second mean is larger. Use the size of d, without its sign, in the overlap.",
                misconception="sign-in-overlap",
            )
        item.diagnose(
            np.ravel(pair)[0],
            misconceptions={
                "sign-lost": (
                    0.5,
                    "You dropped the sign of d. It says which mean is smaller: keep it in d, and leave it out of the overlap only.",
                )
            },
        )
        item.close(pair, (-0.5, 2 * NormalDist().cdf(-0.25)), rtol=1e-3)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 10. Pool some studies ({{points m4-pooling}}, O5)

A random-effects meta-analysis after DerSimonian and Laird. Study $i$ of $k$ gives an effect $y_i$ with variance $v_i$. First with the weights $w_i = 1/v_i$:

$$\bar y = \frac{\sum w_i y_i}{\sum w_i}, \qquad Q = \sum w_i (y_i - \bar y)^2, \qquad \tau^2 = \max\!\left(0,\; \frac{Q - (k-1)}{\sum w_i - \sum w_i^2 / \sum w_i}\right)$$

Then with the weights $w_i^* = 1/(v_i + \tau^2)$:

$$\mu = \frac{\sum w_i^* y_i}{\sum w_i^*}, \qquad se = \frac{1}{\sqrt{\sum w_i^*}}, \qquad I^2 = \max\!\left(0,\; \frac{Q - (k-1)}{Q}\right)$$

Write `dersimonian_laird(y, v)` for two arrays of the same length $k \ge 2$. **Returns** `(mu, se, tau2, I2)`, with `I2` as a share from 0 to 1.

**Edge case:** when all studies agree exactly, $Q$ is 0 and so is $I^2$.
"""


# %% answer="m4-pooling"
def dersimonian_laird(y, v):
    """Pooled effect, its standard error, between-study variance and I² of a random-effects meta-analysis."""
    ### BEGIN SOLUTION
    w = 1 / v
    fixed = np.sum(w * y) / np.sum(w)
    Q = np.sum(w * (y - fixed) ** 2)
    excess = max(0.0, Q - (len(y) - 1))
    tau2 = excess / (np.sum(w) - np.sum(w**2) / np.sum(w))
    w = 1 / (v + tau2)
    return np.sum(w * y) / np.sum(w), 1 / np.sqrt(np.sum(w)), tau2, excess / Q if excess > 0 else 0.0
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m4-pooling" points=4 objective="O5" read='"So many per cent smaller": two groups, one person'
with expect.item("m4-pooling", points=4, hidden=3) as item:
    pooled = item.call(dersimonian_laird, np.array([0.2, 0.6, 1.0]), np.array([0.02, 0.02, 0.02]))
    item.shape(pooled, (4,))

    ### BEGIN HIDDEN TESTS
    def pool(y, v, weights=None):
        w = 1 / v if weights is None else weights
        Q = np.sum(w * (y - np.sum(w * y) / np.sum(w)) ** 2)
        tau2 = max(0.0, (Q - (len(y) - 1)) / (np.sum(w) - np.sum(w**2) / np.sum(w)))
        final = 1 / (v + tau2)
        return np.array(
            [np.sum(final * y) / np.sum(final), 1 / np.sqrt(np.sum(final)), tau2, max(0.0, 1 - (len(y) - 1) / Q)]
        )

    y, v = np.array([0.2, 0.6, 1.0]), np.array([0.02, 0.02, 0.02])
    fixed_weights = "You pooled with the first weights, 1/v, in the end. In the second step the variance between studies belongs into them: 1/(v + τ²)."
    item.diagnose(
        np.ravel(pooled)[1],
        rtol=1e-4,
        misconceptions={
            "fixed-effect": (np.sqrt(0.02 / 3), fixed_weights),
            "variance-for-error": (
                0.16 / 3,
                "That is the variance of the pooled effect. Its standard error is the square root.",
            ),
        },
    )
    item.diagnose(
        np.ravel(pooled)[2],
        rtol=1e-4,
        misconceptions={
            "sd-weights": (
                pool(y, v, 1 / np.sqrt(v))[2],
                "You weighed by the standard error, 1/√v. The weight of a study is one over its *variance*.",
            )
        },
    )
    item.diagnose(
        np.ravel(pooled)[3],
        rtol=1e-4,
        misconceptions={"percent-for-share": (87.5, "Your I² is in per cent. Return a share from 0 to 1.")},
    )
    ### END HIDDEN TESTS
    item.close(pooled, (0.6, np.sqrt(0.16 / 3), 0.14, 0.875), rtol=1e-6)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "studies of different size that disagree"):
        y, v = np.array([0.9, 0.1, 0.5, 0.75, 0.2]), np.array([0.09, 0.01, 0.04, 0.02, 0.015])
        pooled = item.call(dersimonian_laird, y, v)
        item.shape(pooled, (4,))
        item.diagnose(
            np.ravel(pooled)[0],
            misconceptions={
                "unweighted": (
                    y.mean(),
                    "You took the plain mean of the effects. Weigh each study by 1/(v + τ²), so that the exact ones count for more.",
                ),
                "fixed-effect": (np.sum(y / v) / np.sum(1 / v), fixed_weights),
            },
        )
        item.close(pooled, pool(y, v))
    with item.part(1, "studies that differ by no more than chance"):
        y, v = np.array([0.48, 0.52, 0.55]), np.array([0.02, 0.03, 0.08])
        pooled = item.call(dersimonian_laird, y, v)
        item.shape(pooled, (4,))
        if np.ravel(pooled)[2] < 0 or np.ravel(pooled)[3] < 0:
            item.fail(
                "A variance between studies cannot lie below 0. When Q is smaller than k − 1, set τ² and I² to 0.",
                misconception="not-truncated",
            )
        item.close(pooled, (np.sum(y / v) / np.sum(1 / v), 1 / np.sqrt(np.sum(1 / v)), 0.0, 0.0), atol=1e-12)
    with item.part(1, "studies that agree exactly"):
        item.close(
            item.call(dersimonian_laird, np.array([0.5, 0.5]), np.array([0.02, 0.02])), (0.5, 0.1, 0.0, 0.0), atol=1e-9
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 11. Cortisol some hours into a stressor ({{points m5-cortisol}}, O5)

Within hours, before the glands have changed, cortisol $x$ (in multiples of the usual level) settles where

$$x \left(1 + \left(\frac{x}{K}\right)^{3}\right) = \sqrt{u}$$

$u > 0$ is the input from the brain (1: as usual), and $K > 0$ the level at which the glucocorticoid receptor works at half strength: a large $K$ is a weak receptor.

Write `cortisol_steady(u, K_GR)`. **Returns** $x$, one number; being within one part in ten thousand is enough.

The left side grows with $x$ and exceeds the right one at $x = \sqrt u$, so the solution lies between 0 and $\sqrt u$: halve the interval again and again, or use Newton's method.
"""


# %% answer="m5-cortisol"
def cortisol_steady(u, K_GR):
    """Cortisol (multiples of the usual level) some hours into a stressor of strength u."""
    ### BEGIN SOLUTION
    low, high = 0.0, np.sqrt(u)
    for _ in range(60):
        middle = (low + high) / 2
        if middle * (1 + (middle / K_GR) ** 3) < np.sqrt(u):
            low = middle
        else:
            high = middle
    return (low + high) / 2
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m5-cortisol" points=4 objective="O5" read="The stress axis: level, response, recovery"
with expect.item("m5-cortisol", points=4, hidden=2) as item:
    x = item.call(cortisol_steady, 9.0, 4.0)
    item.shape(x, ())

    ### BEGIN HIDDEN TESTS
    def root(left_side, right_side):
        low, high = 0.0, 1e3
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if left_side(middle) < right_side else (low, middle)
        return low

    def wrong_answers(u, K):
        return {
            "first-power": (
                root(lambda x: x * (1 + x / K), np.sqrt(u)),
                "The receptor works with the third power of the level; you used the first. That makes it act at rest, where it should be almost silent.",
            ),
            "after-weeks": (
                root(lambda x: x * (1 + (x / K) ** 3), u),
                "The right side is the square root of u; you used u itself. That is where cortisol settles after many weeks, when the glands have adapted.",
            ),
            "brake-twice": (
                root(lambda x: x * (1 + (x / K) ** 3) ** 2, u),
                "You let the glucocorticoid receptor brake twice and left out the other feedback, which is where the square root comes from. Solve the equation as it is printed.",
            ),
            "no-feedback": (
                np.sqrt(u),
                "The receptor has no effect in your function. Solve for x with the factor 1 + (x/K)³ in place.",
            ),
            "input-for-cortisol": (
                u,
                "You gave back the input itself. Cortisol is what the axis makes of it, with both feedbacks: solve the equation for x.",
            ),
        }

    item.diagnose(x, rtol=1e-4, misconceptions=wrong_answers(9.0, 4.0))
    ### END HIDDEN TESTS
    item.close(x, 2.44323, rtol=1e-4)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "other stressors and receptors"):
        for u, K in ((1.0, 4.0), (16.0, 4.0), (16.0, 8.0), (20.0, 2.5)):
            item.close(
                item.call(cortisol_steady, u, K), root(lambda x, K=K: x * (1 + (x / K) ** 3), np.sqrt(u)), rtol=1e-4
            )
    with item.part(1, "a receptor that hardly acts, and an input below the usual"):
        item.close(item.call(cortisol_steady, 9.0, 1e6), 3.0, rtol=1e-4)
        item.close(item.call(cortisol_steady, 0.25, 4.0), root(lambda x: x * (1 + (x / 4.0) ** 3), 0.5), rtol=1e-4)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 12. A letter to Nadia ({{points f1-letter}}, O4)

Nadia, who is made up, has read three sentences about BPD; the wording is ours:

1. *Almost half of it is genetic.*
2. *The stress axis is stuck on high.*
3. *A part of the brain is a fifth too small.*

She asks you whether it is written into her. **Answer in at most 150 words.** Say for each sentence what the finding behind it does and does not say about one person, and end with something true that the three sentences leave out. A person reads this; nobody expects perfect prose.
"""

# %% [markdown] free="f1-letter" points=6 objective="O4" read="What can be said to Nadia"
"""
=== BEGIN MARK SCHEME ===
Two points each for the first two criteria, one each for the others.

1. **Genes and scans are about groups** (2): the heritability is a share of *differences between people in a population*, not of Nadia's condition; the volume is a difference of *means*, with wide overlap (or: from small early studies, the pooled one is smaller), so a scan cannot place her. 1 point if one of the two is said.
2. **The stress axis is several measures** (2): raised output over the day and a smaller rise under stress have both been found (or: a single sample shows little), so "stuck on high" says more than was found; and nobody has measured *hers*. 1 point for either half.
3. **No cause, no fate** (1): nowhere says that genes, hormones or a small region *cause* BPD in her, and says or implies that heritable is not unchangeable.
4. **What is left out** (1): ends with something true and helpful: most people followed for years reach remission, or treatments made for BPD help; said without a promise to one person. A number is welcome and not needed.

Person-first language throughout; where it is missing, say so in the comment, without taking points. Nothing about self-harm or suicide is expected; if it comes up, look for safe wording and comment kindly. A model answer: "Dear Nadia, these sentences are about groups. 'Almost half' is a share of the differences between people in a questionnaire; nobody can split one person like that, and what is heritable can change. Some studies find more cortisol over the day, others a smaller rise under stress; 'stuck on high' is neither, and yours was not measured. The fifth comes from small early studies; pooled it is about half of that, and most people in both groups overlap, so a scan could not find you. None of this shows what caused what. What the page leaves out: most people with your diagnosis who were followed for years no longer met its criteria. I cannot promise it to you. But it is not written."
=== END MARK SCHEME ===
"""

# %% [markdown]
"""
## Check everything

Save first (Ctrl+S), then run the next cell. It judges the saved notebook with all checks, hidden ones included, and says why. The text in item 12 is read by a person; studying alone, compare yours with the lesson's section *What can be said to Nadia*. The same in a terminal: `autograder check exercises.ipynb`.
"""

# %% tags=["skip-execution"]
import autograder

autograder.check_notebook("exercises.ipynb")
