# %% [markdown]
"""
# Exercises 00: reading the evidence

**42 points · about 60 minutes · save often (Ctrl+S)**

How it works:

1. An **answer cell** holds three dots, `...`. Put your answer in their place and run the cell with Shift+Enter.
2. The **check cell** under it is locked. Run it: it says in one sentence whether your answer has the right form, and how many hidden checks decide the points.
3. The **last cell** of this notebook judges everything, with the reasons. Use it as often as you like.

The first eight items need no programming and are worth 24 points; the three functions after them 12; the short text at the end, which a person reads, 6.

What you show here: **O1** read and repair a search string · **O2** say what a search or a screening loses, in numbers · **O3** follow a claim to its source and say what the source supports · **O4** tell a base rate from its converse, and a cause from an association · **O5** write these measures as short functions.

The last item mentions maltreatment in childhood. Nothing here asks about your own life; skip what you like, in any order.
"""

# %% locked="setup"
import numpy as np

from autograder import expect
from course import evidence, searching


def picked(answer, allowed):
    """The first words of a list of texts, in small letters; one sentence if the list is no choice from `allowed`."""
    if answer is ... or (isinstance(answer, list | tuple | set) and ... in answer):
        raise expect.NotAnswered("Not answered yet: put a list in place of the three dots.")
    names = ", ".join(f'"{name}"' for name in allowed)
    if isinstance(answer, list | tuple | set) and answer and all(isinstance(entry, str) for entry in answer):
        words = {entry.replace(",", " ").lower().partition(" ")[0] for entry in map(str.strip, answer)}
        if words <= {name.lower() for name in allowed}:
            return words
    raise expect.CheckFailed(f"Write a list in square brackets, with one or more of these in quotation marks: {names}.")


# %% [markdown]
"""
## 1. Count the brackets ({{points c1-bracket-depth}}, O1)

Here is the PubMed string from the review's Appendix A, exactly as it is printed:

```text
"Borderline Personality Disorder"[MeSH] OR "Emotionally Unstable Personality Disorder" OR "BPD")
AND
("Methamphetamine"[MeSH] OR "Methamphetamine Addiction" OR "MA" OR "Stimulant Use Disorder")
AND
("Relapse" OR "Recurrence" OR "Treatment Outcome" OR "Recovery")
AND
("Neuroimaging" OR "Prefrontal Cortex" OR "Amygdala" OR "Neurocircuitry" OR "Emotion Regulation")
```

Read it from left to right and keep a count that begins at zero: one up for each round bracket that opens, one down for each that closes.

**Where does the count stand at the end?** Write a whole number, with its sign.
"""

# %% answer="c1-bracket-depth"
c1 = ...  # a whole number
### BEGIN SOLUTION
c1 = -1
### END SOLUTION

# %% test="c1-bracket-depth" points=3 objective="O1" read="Reading a search string"
with expect.item("c1-bracket-depth", points=3, hidden=1) as item:
    item.number(c1, unit="brackets", low=-100, high=100)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the printed string"):
        depth = searching.net_depth(searching.APPENDIX_A)
        opened, closed = searching.APPENDIX_A.count("("), searching.APPENDIX_A.count(")")
        square = searching.APPENDIX_A.count("[") + searching.APPENDIX_A.count("]")
        item.diagnose(
            c1,
            misconceptions={
                "taken-as-balanced": (
                    0,
                    "You took the brackets to balance. Look at the very beginning: the first line closes a bracket that nothing has opened.",
                ),
                "sign-reversed": (
                    -depth,
                    "The size is right, the sign is not: an opening bracket counts up and a closing one down, and here one more closes than opens.",
                ),
                "all-brackets-counted": (
                    opened + closed,
                    "You counted every round bracket once. The closing ones count down, so that a pair comes to zero.",
                ),
                "square-brackets-too": (
                    opened + closed + square,
                    "You counted the square brackets too. They belong to the field tags; only round brackets group terms, and closing ones count down.",
                ),
                "openings-only": (
                    opened,
                    "You counted the brackets that open. Take away those that close.",
                ),
                "closings-only": (
                    closed,
                    "You counted the brackets that close. They count down, and those that open count up.",
                ),
            },
        )
        if c1 != depth:
            item.fail(
                "The count ends elsewhere. Put a finger on each round bracket in turn and say the count aloud: up, down, up …"
            )
        item.within(
            c1,
            depth,
            0,
            why='Below zero means that a bracket closes which was never opened: the one after "BPD". One opening bracket before the first term repairs it.',
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 2. A flow that does not add up ({{points c2-broken-sum}}, O2)

This flow of records is made up. Every box of such a flow should follow from the boxes above it.

| | box | records in it | how they came to be there |
|---|---|---|---|
| a | **identified** | 412 | 260 in the first database and 152 in the second |
| b | **screened** | 318 | 97 duplicates were removed before |
| c | **read in full** | 47 | 271 were set aside by title and abstract |
| d | **included** | 18 | 29 were not eligible |

**Which box does not follow from the one before it?** Write its letter, or `"e"` for *none: every box is counted by itself, so the numbers need not add up*.
"""

# %% answer="c2-broken-sum"
c2 = ...  # "a", "b", "c", "d" or "e"
### BEGIN SOLUTION
c2 = "b"
### END SOLUTION

# %% test="c2-broken-sum" points=3 objective="O2" read="Screening: who is lost"
with expect.item("c2-broken-sum", points=3, hidden=1) as item:
    item.letter(c2, "abcde")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the box"):
        item.choice(
            c2,
            "b",
            why="412 less 97 is 315, and the box says 318: three records appear from nowhere. All the other sums hold.",
            wrong={
                "a": (
                    "overlap-taken-out-twice",
                    "The two databases do add up to this box. Records that both of them hold are still counted twice there; they leave as duplicates in the next step.",
                ),
                "c": (
                    "error-carried-forward",
                    "This box follows from the one above it as printed. Check each step on its own, or one wrong number makes everything below it look wrong.",
                ),
                "d": (
                    "only-the-ends-checked",
                    "You may have taken all the losses from the first box at once; that shows that something is wrong, not where. This last step by itself holds.",
                ),
                "e": (
                    "boxes-need-not-add-up",
                    "Every record that enters a step must leave it: set aside, or in the next box. A sum that fails means lost or invented records, and a reader can find that without any other source.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 3. How many studies does one reviewer miss? ({{points c3-missed-studies}}, O2)

In a trial of screening by title and abstract, the sensitivity of one reviewer working alone was {{screening-sensitivity-single}}.

A search finds 1,000 records, and one in twenty is relevant. One reviewer screens them all.

**How many relevant records will be missed, on average?** Write a number of records; being within one is enough.
"""

# %% answer="c3-missed-studies"
c3 = ...  # records
### BEGIN SOLUTION
c3 = 6.7
### END SOLUTION

# %% test="c3-missed-studies" points=3 objective="O2" read="Screening: who is lost"
with expect.item("c3-missed-studies", points=3, hidden=1) as item:
    item.number(c3, unit="records", low=0, high=1000)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the missed records"):
        relevant = 1000 / 20
        share_kept = evidence.value("screening-sensitivity-single") / 100
        missed_by_two = relevant * (1 - evidence.value("screening-sensitivity-dual") / 100)
        item.diagnose(
            c3,
            atol=0.25,
            misconceptions={
                "perfect-reviewer": (
                    0,
                    "You let nothing be missed. A sensitivity below 100 % says that some relevant records are set aside, and nobody looks at those again.",
                ),
                "rate-per-hundred-records": (
                    relevant * (1 - share_kept) / 10,
                    "That is how many are missed per 100 records screened. The search found ten times as many.",
                ),
                "two-reviewers": (
                    missed_by_two,
                    "That is about what is missed when *two* people screen. Here one reviewer works alone: use the sensitivity this question gives.",
                ),
            },
        )
        item.within(
            c3,
            relevant * (1 - share_kept),
            1.0,
            why=f"{relevant:g} records are relevant, and {100 * (1 - share_kept):.1f} % of *those* are missed: about {relevant * (1 - share_kept):.0f} studies that no later step can bring back.",
            misconceptions={
                "share-of-all-records": (
                    1000 * (1 - share_kept),
                    "You took the missed share of *all* records. Sensitivity speaks of the relevant ones only: how many of the records are relevant at all?",
                ),
                "share-for-count": (
                    100 * (1 - share_kept),
                    "That is the missed share of the relevant records, in per cent. The question asks how many records that is: take this share of the relevant ones.",
                ),
                "found-for-missed": (
                    relevant * share_kept,
                    "Those are the relevant records that are *kept*. The missed ones are the rest of the relevant ones.",
                ),
                "relevant-for-missed": (
                    relevant,
                    "That is how many records are relevant. Only some of them are missed: the share that sensitivity leaves out.",
                ),
                "false-alarms": (
                    (1000 - relevant) * (1 - evidence.value("screening-specificity-single") / 100),
                    "Those are irrelevant records that are kept by mistake; that is what specificity is about. Missed are relevant ones.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 4. What does the cited paper support? ({{points c4-cited-paper}}, O3)

A review writes that a diagnosis of BPD predicts a poor outcome of treatment for methamphetamine use disorder, and cites a paper (Fletcher and Reback 2013).

What the paper did, in our words: in a treatment programme for men who had no home, had sex with men and used methamphetamine, it compared those with and without **antisocial personality disorder**. The outcome was the share of urine samples that tested negative for methamphetamine. That share was **higher** in the men *with* the diagnosis. BPD was not what it studied.

**Which sentence does this paper support?**

- **a**: BPD predicts a poor outcome of treatment for methamphetamine use disorder.
- **b**: In this programme, men with antisocial personality disorder gave more negative samples than men without it.
- **c**: BPD predicts a good outcome of treatment for methamphetamine use disorder.
- **d**: Antisocial personality disorder helps people to stop using methamphetamine.

Write the letter in quotation marks.
"""

# %% answer="c4-cited-paper"
c4 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
c4 = "b"
### END SOLUTION

# %% test="c4-cited-paper" points=3 objective="O3" read="From claim to source"
with expect.item("c4-cited-paper", points=3, hidden=1) as item:
    item.letter(c4, "abcd")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the sentence"):
        item.choice(
            c4,
            "b",
            why="Who, which diagnosis, which outcome, which direction: this sentence keeps all four as the paper has them, and claims nothing beyond.",
            wrong={
                "a": (
                    "citation-is-support",
                    "A name and a year behind a sentence show that a paper exists, not that it says so. This one studied another diagnosis and found the opposite direction.",
                ),
                "c": (
                    "one-diagnosis-for-another",
                    "You corrected the direction but kept the diagnosis. What holds for antisocial personality disorder says nothing about BPD: the paper did not study it.",
                ),
                "d": (
                    "difference-is-cause",
                    "The paper compared two groups that differ in many ways. A difference between them does not show that the diagnosis brought it about.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 5. Four times for one recovery ({{points c5-recovery-times}}, O3)

In four places the review says when the brain recovers after methamphetamine: three times of the dopamine transporter, once of metabolism. No two of them give the same time. Here is what lies behind them, as far as anybody could trace it:

| | what it is | what was measured | where in the brain | how often, and when |
|---|---|---|---|---|
| **I** | a study of people who had used methamphetamine | dopamine transporter | striatum | the same few people twice: within half a year of their last use, and again after {{dat-recovery-12-20-months}} |
| **II** | another study, with a comparison group | dopamine transporter | orbitofrontal cortex, among other regions | once |
| **III** | a further study of people who had used methamphetamine | glucose metabolism | thalamus and striatum | some of them twice, over about the same time as in I |
| **IV** | a teaching slide that shows pictures from I | nothing of its own | – | its copies print different months |

The badge in the table judges the review's wording, not study I. In study I the second scan showed *more* transporter than the first.

**Which sentence do these sources support?**

- **a**: In the orbitofrontal cortex, the dopamine transporter recovers in part in little more than a year.
- **b**: The transporter needs the time printed on the slide, since the slide is the newest of the four.
- **c**: In the striatum of a few people, more transporter was seen at the second scan, a year or more after their last use, than at the first.
- **d**: The transporter is back to normal at the time of the second scan, and not before.
- **e**: The metabolism of the orbitofrontal cortex takes several years to recover.

Write the letter in quotation marks.
"""

# %% answer="c5-recovery-times"
c5 = ...  # "a", "b", "c", "d" or "e"
### BEGIN SOLUTION
c5 = "c"
### END SOLUTION

# %% test="c5-recovery-times" points=3 objective="O3" read="What the review says, what the evidence says"
with expect.item("c5-recovery-times", points=3, hidden=1) as item:
    item.letter(c5, "abcde")
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the sentence"):
        item.choice(
            c5,
            "c",
            why="It says what was measured, where, in how many people and when they were scanned. Two scans show a change between them; they do not date its end.",
            wrong={
                "a": (
                    "region-of-another-study",
                    "You joined the region of study II to the times of study I. Study II scanned once, so it cannot show any recovery; study I looked at the striatum.",
                ),
                "b": (
                    "slide-is-a-source",
                    "A slide measures nothing. When its copies disagree, go back to the study that it shows; being newer does not make it a source.",
                ),
                "d": (
                    "second-scan-dates-recovery",
                    "The months of a scan are when somebody looked, not when recovery ended. And *more than at the first scan* is not *normal*.",
                ),
                "e": (
                    "another-quantity",
                    "None of the four measured the metabolism of the orbitofrontal cortex over several years. Metabolism is also another quantity than the transporter: recovery of one does not date the other.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 6. The same sentence the other way round ({{points c6-base-rates}}, O4)

A large survey asked adults in the United States about drug use disorders and about personality disorders. (BPD was not among those it asked about.) It found:

- a personality disorder, among people *with* a current drug use disorder: {{p-pd-given-dud}};
- a personality disorder, among all adults: {{pd-prevalence-us}};
- a current drug use disorder, among all adults: {{dud-prevalence-us}}.

**How many per cent of the people with a personality disorder have a current drug use disorder?** Write a number from 0 to 100; being within 0.3 is enough.

It helps to imagine 10,000 adults: how many have a drug use disorder, how many of *them* have a personality disorder too, and how many have a personality disorder in all?
"""

# %% answer="c6-base-rates"
c6 = ...  # per cent of the people with a personality disorder
### BEGIN SOLUTION
c6 = 6.4
### END SOLUTION

# %% test="c6-base-rates" points=3 objective="O4" read="From claim to source"
with expect.item("c6-base-rates", points=3, hidden=1) as item:
    item.number(c6, unit="per cent", low=0, high=100)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "the base rates"):
        pd_among_dud = evidence.value("p-pd-given-dud")
        pd, dud = evidence.value("pd-prevalence-us"), evidence.value("dud-prevalence-us")
        item.within(
            c6,
            pd_among_dud * dud / pd,
            0.3,
            why=f"Both disorders together are rare, since drug use disorders are; divided by the many people with a personality disorder, little is left. The survey itself reports {evidence.value('p-dud-given-pd'):g} %.",
            misconceptions={
                "converse": (
                    pd_among_dud,
                    "That is the first number again, read the other way round. *How many of these have that* and *how many of those have this* have different denominators.",
                ),
                "complement": (
                    100 - pd_among_dud,
                    "That is the share without a personality disorder among people with a drug use disorder. The question changes the denominator: people with a personality disorder.",
                ),
                "joint-for-conditional": (
                    pd_among_dud * dud / 100,
                    "That is the share of *all* adults who have both. Divide it by the share of those who have a personality disorder.",
                ),
                "base-rate-only": (
                    dud,
                    "That is the share of all adults, as if a personality disorder made no difference. Among people with one the share is higher.",
                ),
                "wrong-base-rate": (
                    pd_among_dud * pd / 100,
                    "You multiplied by the share of all adults with a *personality* disorder. The first number is a share of people with a *drug use* disorder: begin with how many of these there are.",
                ),
                "share-for-percent": (
                    pd_among_dud * dud / pd / 100,
                    "That looks like a share between 0 and 1. The question asks for per cent: multiply it by 100.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 7. Cited, but not in the list ({{points c7-not-in-the-list}}, O3)

On the left are twelve of the works that the text of the review cites, on the right everything that its reference list holds under the same first author.

| cited in the text | in the reference list |
|---|---|
| Chang and colleagues 2007 | – |
| Frazzetto and colleagues 2007 | Frazzetto and colleagues 2007 |
| Friedel 2004 | Friedel 2004 |
| Goldstein and Volkow 2012 | Goldstein and Volkow 2011 |
| Gowin and colleagues 2014 | – |
| Johnson and colleagues 2003 | Johnson and colleagues 2003 |
| Leichsenring and colleagues 2011 | Leichsenring and colleagues 2024 |
| Ochsner and Gross 2014 | Ochsner and six colleagues 2004 |
| Okita and colleagues 2016 | – |
| Stevens and colleagues 2011 | Stevens and colleagues 2011 |
| Svrakic and Zorumski, no year | Svrakic and Zorumski 2021 |
| Trull and colleagues 2000 | Trull and colleagues 2018 |

**Which of the twelve have no entry in the list?** Use this rule: the same authors with a year that is missing, or one off, are the same work, carelessly cited; it is listed. Any other year is another work.

Write a list of the first authors in any order, for example `["Name", "Name"]`. If you would rather count with code: `evidence.cited_works()` gives all works that the text cites, each with `first_author`, `year` and `listed_key` (empty where the list lacks it), and `shown` below holds our twelve.
"""

# %% locked="c7-extract"
shown = [
    ("Chang", "2007"), ("Frazzetto", "2007"), ("Friedel", "2004"), ("Goldstein", "2012"), ("Gowin", "2014"),
    ("Johnson", "2003"), ("Leichsenring", "2011"), ("Ochsner", "2014"), ("Okita", "2016"), ("Stevens", "2011"),
    ("Svrakic", "n.d."), ("Trull", "2000"),
]  # fmt: skip

# %% answer="c7-not-in-the-list"
c7 = ...  # a list of first authors
### BEGIN SOLUTION
c7 = ["Chang", "Gowin", "Leichsenring", "Ochsner", "Okita", "Trull"]
### END SOLUTION

# %% test="c7-not-in-the-list" points=3 objective="O3" read="From claim to source"
with expect.item("c7-not-in-the-list", points=3, hidden=2) as item:
    named = picked(c7, [author for author, _ in shown])
    ### BEGIN HIDDEN TESTS
    problem_of = {(work.first_author, work.year): work.problem for work in evidence.cited_works()}
    with_problem = {"": set(), "wrong-year": set(), "other-work-listed": set(), "not-listed": set()}
    for author, year in shown:
        with_problem[problem_of[author, year]].add(author.lower())
    with item.part(2, "the plain cases"):
        if named & with_problem[""]:
            item.fail(
                "You named a work that stands in the list with the same authors and year. Asked are the works *without* an entry.",
                misconception="listed-for-missing",
            )
        if not with_problem["not-listed"] <= named:
            item.fail(
                "You left out a work whose first author does not appear in the list at all. That the text cites a work does not put it into the list: check each one.",
                misconception="cited-means-listed",
            )
    with item.part(1, "the cases that need a second look"):
        if not with_problem["other-work-listed"] <= named:
            item.fail(
                "You took a work for listed because the list holds *something* by that author. Compare co-authors and year too: another paper is another source.",
                misconception="author-is-enough",
            )
        if named & with_problem["wrong-year"]:
            item.fail(
                "You named a work whose authors the list holds, with the year missing or one off. By the rule above it is the same work, carelessly cited.",
                misconception="year-alone-decides",
            )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 8. What would show that the two together are worse? ({{points c8-four-groups}}, O4)

The review calls the combination of BPD and methamphetamine use disorder worse than either alone, and more than additive. No study behind it has tested that. Design the study.

Everybody gets the same outcome measure: a score of difficulties in daily life, one year later (higher is worse). Return to methamphetamine use would not do, since people who never used it cannot return to it.

**Which groups does the study need?** Choose as few as can answer the question. Write a list of letters.

- **a**: people with BPD who have never had a methamphetamine use disorder
- **b**: people with BPD and any substance use disorder
- **c**: people with a methamphetamine use disorder who do not have BPD
- **d**: people with both
- **e**: people with both who returned to use within the year
- **f**: people with neither, otherwise much like the others
- **g**: people with BPD who are in a therapy for it

**And which comparison tells *more than additive* from two effects that simply add up?** Write one letter.

- **p**: *both* against *neither*
- **q**: *both* against each of the two single conditions, one comparison after the other
- **r**: what the methamphetamine use disorder adds in people with BPD, minus what it adds in people without BPD
- **s**: one test of whether all the groups are alike
"""

# %% answer="c8-four-groups"
c8_groups = ...  # a list of letters from a to g, each in quotation marks
c8_comparison = ...  # "p", "q", "r" or "s"
### BEGIN SOLUTION
c8_groups = ["a", "c", "d", "f"]
c8_comparison = "r"
### END SOLUTION

# %% test="c8-four-groups" points=3 objective="O4" read="What the review says, what the evidence says"
with expect.item("c8-four-groups", points=3, hidden=2) as item:
    groups = picked(c8_groups, "abcdefg")
    item.letter(c8_comparison, "pqrs")
    ### BEGIN HIDDEN TESTS
    with item.part(2, "the groups"):
        if "b" in groups:
            item.fail(
                "Group b mixes in every other substance, so nobody could say whether methamphetamine makes the difference. Keep to one substance.",
                misconception="any-substance-will-do",
            )
        if "e" in groups:
            item.fail(
                "Group e is chosen by how things turned out. Picking people by their outcome builds the answer into the sample.",
                misconception="selected-by-outcome",
            )
        if "g" in groups:
            item.fail(
                "Group g brings in a therapy, which is another question. A group may differ from the next in one thing only.",
                misconception="treatment-mixed-in",
            )
        if "f" not in groups:
            item.fail(
                "Without people who have neither condition nobody knows where one condition alone starts from, and so not what adding the two would give.",
                misconception="no-reference-group",
            )
        if "d" not in groups:
            item.fail(
                "People who have both are missing, and the question is about them: it cannot be answered by laying two separate literatures side by side.",
                misconception="never-studied-together",
            )
        if not {"a", "c"} <= groups:
            item.fail(
                "One of the two single conditions is missing. To know what the two together add, you need each of them alone.",
                misconception="one-condition-alone-missing",
            )
    with item.part(1, "the comparison"):
        item.choice(
            c8_comparison,
            "r",
            why="Two by two groups, and the difference of two differences: above zero means more than additive *on this scale*. That is an interaction.",
            wrong={
                "p": (
                    "total-effect-for-interaction",
                    "That shows what the two conditions do in all. It comes out large too when their effects simply add up.",
                ),
                "q": (
                    "worse-than-each-is-synergy",
                    "Two effects that simply add up already make *both* worse than each alone, so passing these two comparisons does not show more than that.",
                ),
                "s": (
                    "any-difference-will-do",
                    "Such a test says that some group differs from some other. It does not say whether two effects add up.",
                ),
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 9. Precision and recall ({{points m1-search-scores}}, O5)

From here on you write functions. NumPy is loaded as `np`. A `set` holds each record once; `a & b` is what two sets share, and `len(a)` counts.

Write `search_scores(retrieved, relevant)`:

- `retrieved`: the set of record numbers that a search returned;
- `relevant`: the set of record numbers that it should have returned, never empty.

**Returns** two shares from 0 to 1, `(precision, recall)`: the share of the retrieved records that are relevant, and the share of the relevant records that were retrieved.

**Edge case:** when nothing was retrieved, precision is not defined and recall is 0; return `(np.nan, 0.0)`.
"""


# %% answer="m1-search-scores"
def search_scores(retrieved, relevant):
    """Precision and recall of a search, two shares from 0 to 1."""
    ### BEGIN SOLUTION
    hits = len(retrieved & relevant)
    precision = hits / len(retrieved) if retrieved else np.nan
    return precision, hits / len(relevant)
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m1-search-scores" points=4 objective="O5" read="Searching: what AND costs"
with expect.item("m1-search-scores", points=4, hidden=2) as item:
    scores = item.call(search_scores, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {2, 4, 6, 8, 10})
    item.shape(scores, (2,))
    ### BEGIN HIDDEN TESTS
    item.diagnose(
        scores,
        misconceptions={
            "swapped": (
                (1.0, 0.5),
                "The two are swapped: precision is a share of what was retrieved, recall a share of what is relevant, and precision comes first.",
            ),
            "jaccard": (
                (0.5, 0.5),
                "You divided by everything that is retrieved *or* relevant (the Jaccard index). Precision divides by the retrieved records alone, recall by the relevant ones alone.",
            ),
            "percent-for-share": (
                (50.0, 100.0),
                "Those are per cent. Return shares from 0 to 1.",
            ),
        },
    )
    ### END HIDDEN TESTS
    item.close(scores, (0.5, 1.0))
    ### BEGIN HIDDEN TESTS
    with item.part(3, "another search"):
        retrieved = {101, 102, 103, 104, 105, 106, 107, 108, 120, 121, 122, 123}
        relevant = {3, 4, 5, 6, 7, 120, 122, 123}
        scores = item.call(search_scores, retrieved, relevant)
        item.shape(scores, (2,))
        item.diagnose(
            np.ravel(scores)[0],
            misconceptions={
                "jaccard": (
                    3 / 17,
                    "You divided by everything that is retrieved *or* relevant (the Jaccard index). Precision divides by the retrieved records alone.",
                )
            },
        )
        item.close(
            scores,
            (3 / 12, 3 / 8),
            misconceptions={
                "swapped": (
                    (3 / 8, 3 / 12),
                    "The two are swapped: precision is a share of what was retrieved, recall a share of what is relevant, and precision comes first.",
                )
            },
        )
        item.close(item.call(search_scores, {11, 12, 13}, {21, 22}), (0.0, 0.0))
    with item.part(1, "a search that returns nothing"):
        try:
            scores = item.call(search_scores, set(), {3, 5, 8})
        except expect.CheckFailed as failure:
            if "ZeroDivisionError" in failure.sentence:
                item.fail(
                    "When nothing was retrieved your function divides by zero and stops. Ask first whether the set is empty, and return nan for the precision then.",
                    misconception="crash-on-empty",
                )
            raise
        item.close(
            scores,
            (np.nan, 0.0),
            misconceptions={
                "zero-on-empty": (
                    (0.0, 0.0),
                    "A precision of 0 says that everything retrieved was irrelevant. When nothing was retrieved there is no such share: return nan.",
                )
            },
        )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 10. Agreement beyond chance ({{points m2-cohen-kappa}}, O5)

Two reviewers judge the same records. The table `T` counts how often each pair of judgements occurred: rows are the first reviewer's answers, columns the second's, in the same order. Cohen's kappa compares the observed agreement with the agreement that chance alone would give:

$$\kappa = \frac{p_o - p_e}{1 - p_e}, \qquad p_e = \sum_i r_i\, c_i$$

Here $p_o$ is the share of records on the diagonal of the table, $r_i$ the share of all records in row $i$, and $c_i$ the share in column $i$.

Write `cohen_kappa(T)`: `T` is an array of counts with $k$ rows and $k$ columns ($k \geq 2$). **Returns** one number.

**Edge case:** when both reviewers gave one and the same answer to every record, $p_e$ is 1 and kappa is not defined; return `np.nan`.
"""


# %% answer="m2-cohen-kappa"
def cohen_kappa(T):
    """Cohen's kappa of a k × k table of counts."""
    ### BEGIN SOLUTION
    shares = T / T.sum()
    observed = np.trace(shares)
    expected = np.sum(shares.sum(axis=1) * shares.sum(axis=0))
    return np.nan if expected == 1 else (observed - expected) / (1 - expected)
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m2-cohen-kappa" points=4 objective="O5" read="Screening: who is lost"
with expect.item("m2-cohen-kappa", points=4, hidden=3) as item:
    kappa = item.call(cohen_kappa, np.array([[20, 5], [10, 15]]))
    item.shape(kappa, ())
    ### BEGIN HIDDEN TESTS
    item.diagnose(
        kappa,
        misconceptions={
            "raw-agreement": (
                0.7,
                "That is the observed agreement. Part of it would happen by chance: take the expected agreement off, above and below the line.",
            )
        },
    )
    ### END HIDDEN TESTS
    item.close(kappa, 0.4)
    ### BEGIN HIDDEN TESTS
    with item.part(2, "other pairs of reviewers"):
        kappa = item.call(cohen_kappa, np.array([[60, 20], [5, 15]]))
        item.close(
            kappa,
            (0.75 - 0.59) / (1 - 0.59),
            misconceptions={
                "pe-half": (
                    (0.75 - 0.5) / (1 - 0.5),
                    "You took one half for the agreement by chance. It depends on how often each reviewer gives each answer: multiply the shares of row and column.",
                ),
                "rows-only": (
                    (0.75 - 0.68) / (1 - 0.68),
                    "You took the agreement by chance from the first reviewer alone (row times row). Each reviewer has shares of their own: multiply row by column.",
                ),
                "over-pe": (
                    (0.75 - 0.59) / 0.59,
                    "You divided by the agreement by chance. Divide by what is left above it, 1 minus that agreement.",
                ),
            },
        )
        item.close(item.call(cohen_kappa, np.array([[85, 5], [5, 5]])), (0.9 - 0.82) / (1 - 0.82))
        item.close(item.call(cohen_kappa, np.array([[12, 28], [18, 42]])), 0.0, atol=1e-9)
    with item.part(1, "three possible answers"):
        T = np.array([[10, 4, 6], [2, 12, 1], [3, 4, 8]])
        item.close(item.call(cohen_kappa, T), (0.6 - 0.33) / (1 - 0.33))
    with item.part(1, "reviewers who always give the same answer"):
        item.close(item.call(cohen_kappa, np.array([[30, 0], [0, 0]])), np.nan)
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
r"""
## 11. Two reviewers, either of whom may keep a record ({{points m3-dual-screen}}, O5)

Two reviewers screen the same records, each without seeing the other's judgement. They are equally good: of the relevant records each keeps the share `se` (sensitivity), and of the irrelevant records each sets aside the share `sp` (specificity). A record is kept if **either** of them keeps it. Suppose that they err independently.

Write `dual_screen_either(se, sp)`, with shares from 0 to 1.

**Returns** `(se2, sp2)`: the sensitivity and the specificity of the pair.

Ask yourself what has to happen for a relevant record to be lost, and what for an irrelevant record to be set aside.
"""


# %% answer="m3-dual-screen"
def dual_screen_either(se, sp):
    """Sensitivity and specificity of two like reviewers when a record is kept if either keeps it."""
    ### BEGIN SOLUTION
    return 1 - (1 - se) ** 2, sp**2
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m3-dual-screen" points=4 objective="O5" read="Screening: who is lost"
with expect.item("m3-dual-screen", points=4, hidden=2) as item:
    pair = item.call(dual_screen_either, 1.0, 1.0)
    item.shape(pair, (2,))
    ### BEGIN HIDDEN TESTS
    item.diagnose(
        np.ravel(pair)[0],
        misconceptions={
            "doubles": (
                2.0,
                "You doubled the sensitivity, and a share cannot exceed 1. Both reviewers find many of the *same* records: ask what both of them miss.",
            )
        },
    )
    ### END HIDDEN TESTS
    item.close(pair, (1.0, 1.0))
    ### BEGIN HIDDEN TESTS
    both_must_agree = "That is the rule that *both* must keep a record. Here one is enough: a relevant record is lost only if both miss it."
    measured_se = evidence.value("screening-sensitivity-single") / 100
    measured_sp = evidence.value("screening-specificity-single") / 100
    cases = [(0.4, 0.7), (measured_se, measured_sp)]
    with item.part(2, "the sensitivity of other pairs"):
        for se, sp in cases:
            pair = item.call(dual_screen_either, se, sp)
            item.shape(pair, (2,))
            item.close(
                np.ravel(pair)[0],
                1 - (1 - se) ** 2,
                misconceptions={
                    "both-rule": (se**2, both_must_agree),
                    "doubles": (
                        min(1.0, 2 * se),
                        "You doubled the sensitivity. Both reviewers find many of the *same* records, so two find less than twice as many: ask what both of them miss.",
                    ),
                    "averages": (
                        se,
                        "The pair is as sensitive as one reviewer in your function, as if their judgements were averaged. A record that one of them misses can still be kept by the other.",
                    ),
                },
            )
    with item.part(2, "the specificity of other pairs"):
        for se, sp in cases:
            pair = item.call(dual_screen_either, se, sp)
            item.shape(pair, (2,))
            item.close(
                np.ravel(pair)[1],
                sp**2,
                misconceptions={
                    "both-rule": (1 - (1 - sp) ** 2, both_must_agree),
                    "spec-unchanged": (
                        sp,
                        "The second reviewer costs nothing in your function. An irrelevant record is set aside only if *both* set it aside, so more of them are kept.",
                    ),
                },
            )
    ### END HIDDEN TESTS
item.verdict

# %% [markdown]
"""
## 12. Three sentences, made honest ({{points f1-honest-sentences}}, O4)

The review says things like these; the wording is ours. Beside each stands the kind of study behind it.

| | the sentence | the study behind it |
|---|---|---|
| **1** | *Methamphetamine makes the hippocampus shrink.* | One MRI scan each of people who use methamphetamine and of people who do not; the hippocampus was smaller on average in the first group. |
| **2** | *Adversity in childhood switches off a stress gene and so keeps cortisol high.* | Adults with BPD or depression reported from memory what had happened to them as children; the methylation of the gene was measured in their blood. |
| **3** | *Trouble in naming one's feelings is what makes people return to use.* | A questionnaire, filled in once, had higher scores in people who use methamphetamine than in others. |

**Rewrite the three sentences so that each says what its study can support, and no more. Then choose one and name a study that could test its original claim.** At most 150 words in all. A person reads this; nobody expects perfect prose.
"""

# %% [markdown] free="f1-honest-sentences" points=6 objective="O4" read="What the review says, what the evidence says"
"""
=== BEGIN MARK SCHEME ===
Two points each for the first two criteria, one each for the others.

1. **No cause left** (2): none of the three new sentences says or implies that one thing brings about the other ("makes", "switches off", "keeps", "leads to", "because of"); 1 point if one of the three still does.
2. **What was measured, in whom** (2): each sentence names the comparison or the relation and the measure: smaller average volume on one scan; methylation *in blood* and *reported* adversity, cortisol and brain not shown; questionnaire scores at one time, return to use not measured. 1 point if two of the three do.
3. **Another explanation** (1): for at least one sentence, names how else the finding could come about: a difference that was there before the use began, a third factor, recall, who was invited.
4. **A study that could test it** (1): for one sentence, a design that fits its claim: measured before and after, people followed over time with return to use as an outcome, a randomised trial of a treatment. "A bigger study" of the same kind does not count.

Person-first language throughout; where it is missing, say so in the comment, without taking points. A model answer: "On average the hippocampus was smaller in people who use methamphetamine than in people who do not; it may have been so before. Adults who reported more adversity had more methylation of the gene in blood; neither the brain nor cortisol was measured. People who use methamphetamine scored higher on a questionnaire about naming feelings; whether such scores come before a return to use was not studied. To test that: measure the scores at the start of treatment and follow everybody for a year."
=== END MARK SCHEME ===
"""

# %% [markdown]
"""
## Check everything

Save first (Ctrl+S), then run the next cell. It judges the saved notebook with all checks, hidden ones included, and says why. The text in item 12 is read by a person; studying alone, compare yours with the lesson's section *What the review says, what the evidence says*. The same in a terminal: `autograder check exercises.ipynb`.
"""

# %% tags=["skip-execution"]
import autograder

autograder.check_notebook("exercises.ipynb")
