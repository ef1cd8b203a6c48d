# %% [markdown]
r"""
# "Which two, and how would you know?" A plan that can be refuted

**Module 09 · capstone · about 40 minutes · nothing here is graded**

> *Tarek is made up.* He is 37, lives with borderline personality disorder (BPD) and with {{term methamphetamine-use-disorder}}, and has not used for fourteen months. Once a month he sits in the planning group of a clinic as a person with experience. "There is money for two things," says the head of the clinic, "and nine wishes." Tarek reads the list of wishes and puts it down. "I have had four of these," he says. "I cannot tell you which one it was. **Which two would you take? And how would you know if you were wrong?**"

There is no new theory today. You make a plan, with what you have: two interventions, each as a change of one number in a model that you know, an effect in people of a hundred, a grade for the evidence, and one observation that would make you give the plan up.

**Know before:** modules 03 to 08, each in outline. No programming: each grey cell is one line that is already written; run it with **Shift+Enter**.

**You will be able to**

| | objective | level |
|---|---|---|
| O1 | express an intervention as a change of one parameter, and say what is lost on the way to people | apply |
| O2 | report absolute effects, with the band that the assumptions leave | analyse |
| O3 | say whether two effects add, and on which scale | analyse |
| O4 | grade the evidence for an intervention apart from what a model promises | evaluate |
| O5 | state one observation that would refute a plan | create |

**Content note.** This module speaks of treatment and of {{term relapse|return to use}} as numbers in groups. It is no advice for anybody's treatment and names no doses. Skip any cell you like: nothing graded depends on personal experience. People to talk to are listed on the [START page](../START.md).
"""

# %%
from course import questions, simulators

my_points = my_both = my_supported = ...  # your predictions: still open

# %% [markdown]
r"""
## Recall

Three questions from the modules before; you will need their models in a minute.
"""

# %%
questions.ask("09", "recall-kappa", answer=...)

# %%
questions.ask("09", "recall-learnt-elsewhere", answer=...)

# %%
questions.ask("09", "recall-scale", answer=...)

# %% [markdown]
r"""
## From an intervention to a parameter

### Predict

Somebody thinks: "{{term naltrexone-bupropion|Naltrexone and bupropion}} turn down the *state* that makes a cue pull", which in module 04 was κ, the number that multiplies the reward next to come. Say that κ falls from 3 to 1.8, by 40 %. **By how many percentage points does the share who return to use within a year fall?** Without anything it is {{ma-relapse-1y}}.

No study has measured this κ in people, or what a medicine does to it. Both numbers are **assumed**, and so is every range and every link from here on. The question is what *follows*.
"""

# %%
my_points = ...  # percentage points: a number from 0 to 61; there is no penalty for a wrong guess

# %% [markdown]
r"""
### Explore

**One question: on which step of the way is most lost?** Then choose others, and find one whose parameter changes by a large share while hardly anybody notices.
"""

# %%
simulators.intervention_chain.explore(prediction=my_points)

# %% [markdown]
r"""
Without the mouse, one line draws the same picture. Change a value and run it again:
"""

# %%
simulators.intervention_chain.draw(intervention="nac", strength=100)

# %% [markdown]
r"""
### Explain

The way has four steps, and each is one that you know.

1. **The parameter** moves what its model gives: a cue's pull (04), the low after the drug (05), what renews elsewhere (06), the chance to choose use (06), cortisol under stress (03), or a gain of the loop (07).
2. **The loop** (07) takes it in. Cues feed craving and distress feeds overload; of one input only its own part gets through.
3. **The {{term hazard}}** of a return is, we assume, proportional to craving at rest and to the chance to choose use.
4. **The share** follows from the {{term hazard-ratio}} $h$ as in module 08, with $S$ the share who do not return without the plan:

$$\text{share who return} = 1 - S^{\,h}$$

**Worked example:** κ falls from 3 to 2.4. The pull of cues is $2.4/3 = 0.8$ of what it was. Cues make up 58 % of craving here, distress the rest, so craving is $0.58 \times 0.8 + 0.42 = 0.884$ of what it was, and so is the hazard. With $S = 0.39$: $1 - 0.39^{0.884} = 0.565$. From 61 to 56.5 %: a fifth off the parameter became **4.5 points**.

**Your turn:** contingency management acts on the choice itself. Say that it lowers the chance to choose use to 0.75 of what it was; craving stays. So $h = 0.75$ and the share is $1 - 0.39^{0.75} = \;?$

<details><summary>Show the last step</summary>

0.506, so about 51 of 100 return, 10 points fewer. What acts near the end of the way loses less on it.

</details>

Three warnings on the same way. A change of a *parameter* in per cent says nothing yet about people. A mechanism can be right and its effect too small to count. And most of these treatments would touch several parameters, while harm may enter at others: a plan with one number for each is a sketch.

**{{term harm-reduction|Harm reduction}}** is not among the nine, for a good reason: clean needles or {{term naloxone}} change what a return to use *costs*, and not how often it happens. A plan that counts only returns cannot see them. A clinic's plan must.

### Check
"""

# %%
questions.ask("09", "lost-on-the-way", answer=...)

# %% [markdown]
r"""
## Two interventions, a hundred people

### Predict

Two of the nine act on the same loop: {{term dbt}} (DBT) is thought to lower the gain from overload to impaired regulation, {{term mbt}} (MBT) the gain from craving to overload. At the strong ends of their assumed ranges the one alone lowers the share who return by 15.6 points and the other by 8.9 points. **By how many points do both together?**
"""

# %%
my_both = ...  # percentage points: a number from 0 to 61

# %% [markdown]
r"""
### Explore

**One question: for which pairs does the open mark ("if the two falls added") stand away from the mark for both?** Then look at the bar of both: that is what the assumed ranges leave open.
"""

# %%
simulators.intervention_pair.explore(prediction=my_both)

# %%
simulators.intervention_pair.draw("contingency-management", 50, "naltrexone-bupropion", 50)

# %% [markdown]
r"""
### Explain

**Say it in people.** With $r_0$ the share who return with neither and $r$ with the plan, the {{term risk-difference|absolute effect}} is $r_0 - r$, in percentage points, and the {{term number-needed-to-treat}} is $1/(r_0 - r)$. The relative reduction, $(r_0 - r)/r_0$, is always the larger number, and the one that flatters.

**Do they add?** Where two act in *different* places, their hazard ratios multiply, and the falls in points nearly add. Where two act on gains of *one* loop, each leaves the other less to do: once the first has calmed the loop, its {{term loop-gain}} is smaller, and a cut in another gain counts for less. So they do not add, on either scale. Which of the two a real pair does, only a trial with four groups can show: neither, either, both (module 07).

**Say how far you might be off.** Nobody knows the parameters. So run the plan at all four *corners* of the two ranges: weak and weak, weak and strong, strong and weak, strong and strong. The smallest and the largest fall make the band. It is no {{term confidence-interval}}: no data have been near it, and chance is not in it.

**Worked example:** hazard ratios 0.8 and 0.7, in different places, $S = 0.39$.

1. Alone: $1 - 0.39^{0.8} = 52.9$ % and $1 - 0.39^{0.7} = 48.3$ %: falls of 8.1 and 12.7 points; added, 20.8.
2. Both: $h = 0.8 \times 0.7 = 0.56$, and $1 - 0.39^{0.56} = 41.0$ %: a fall of 20.0 points.
3. On the scale of points they do $20.0 - 20.8 = -0.8$: a little less than their sum. On the scale of hazards there is no {{term interaction-multiplicative|interaction}} at all.

**Your turn:** the fall with both is 20 points, so one in $100/20 = 5$ people would make the difference. Over the four corners it goes from 4 to 20 points. So the number needed to treat goes from 5 to $\;?$

<details><summary>Show the last step</summary>

$100/4 = 25$. The band of a plan is often wider than the difference between two plans.

</details>

### Check
"""

# %%
questions.ask("09", "one-loop-two-cuts", answer=...)

# %%
questions.ask("09", "which-number-to-say", answer=...)

# %% [markdown]
r"""
## A grade for the evidence, and a plan that can be refuted

### Predict

Here are all nine wishes: what the model promises for each, and what the ledger says. **For how many of the nine is the claim we grade it by supported?**
"""

# %%
my_supported = ...  # a whole number from 0 to 9

# %% [markdown]
r"""
### Explore

Order the rows by the size of the model's effect, then by the grade. **One question: what would you have chosen from the left column alone?**
"""

# %%
simulators.intervention_board.explore(prediction=my_supported)

# %%
simulators.intervention_board.draw(order="evidence")

# %% [markdown]
r"""
### Explain

The left column was set by the authors of this course, by hand. It would look as convincing if every treatment in it did nothing. The right column was found by people who measured something. A plan needs both, and must not take the one for the other.

**A grade has four parts** (module 08): *design* (drawn by lot or not, how often), *whom* (people like those of the plan?), *outcome* (return to use, or craving, or days), *size and steadiness* (in people of a hundred; do trials agree?). "Supported" means that the sentence in the ledger says what was found. It does not mean that the treatment helps in people whom nobody studied: for all nine, people with *both* conditions are a step beyond the evidence.

**A plan that can be refuted** says beforehand what it forbids:

1. *what* is measured, and *when* (any use by month 12, by samples);
2. *in whom*, and beside which {{term control-group|comparison}} (drawn by lot, or a reason why not);
3. *a size*: "at least so many points fewer".

**Worked example.** The plan says: at least eight points fewer. A trial finds 3 points fewer, and its 95 % interval goes from 1 to 5. Is that a success, since the interval is above zero? For the plan it is a refutation: everything in the interval is below eight.

**Your turn:** another trial finds 4 points fewer, with an interval from 7 more to 15 fewer. Does it refute "at least eight"?

<details><summary>Show the last step</summary>

No. Eight lies within the interval. The trial was too small to say, and the answer is a larger trial, not the end of the plan.

</details>

What does *not* refute a plan about groups: one person who returned to use; a comparison of those who wanted the treatment with those who did not; that the mechanism turns out to be another one. And what does not confirm it: that people liked it, that the model fits, that Tarek is well. He said so himself.

### Check
"""

# %%
questions.ask("09", "large-and-untested", answer=...)

# %%
questions.ask("09", "forbids-something", answer=...)

# %% [markdown]
r"""
## What the review says, what the evidence says

The nine wishes once more, with what each rests on. Read the column of those who took part before that of the numbers.

**Left out by the review.**

{{table tx-cm-cra-or, tx-adapt2-difference, tx-mirtazapine-rr, tx-dbt-sud-abstinence}}

**Proposed by the review.**

{{table tx-mbt-proven, tx-tms, tx-ssri-bpd, tx-nac, tx-tlr4-vaccine, tx-nsaids}}

**What a plan for a year must also read.** The outcome of our chain is a year; most trials end after weeks.

{{table tx-cm-long-term-or, tx-cm-prize-6-months, tx-adapt2-serious-events, tx-conventional-insufficient}}

The chain's only measured number is its start: {{ma-relapse-1y}}, in one county, for any use at all. The other side of it is as true: about four in ten did not return in that year, and of people with BPD who also had a substance use disorder {{bpd-sud-remission-10y}} had a {{term remission}} of it within ten years. A plan begins from there, and not from zero.

### What can be said to Tarek

"Which one it was, nobody can tell from your course alone, and you were right to say so. For two of the wishes we would begin with what was found in people like yours, as far as there are any, and say aloud that nobody tried it in people with exactly both. What we would expect, we write down today, in people of a hundred, and the result that would end it. And you would sit at the table when we look."

All claims, with their sources, stand in the [evidence ledger](../EVIDENCE.html).
"""

# %% [markdown]
r"""
## What this model cannot tell you

- **It cannot tell which treatment is better.** All nine ranges were set by hand; other hands would set others, and the order of the left column with them.
- **No study links any of these treatments to any of these parameters.** That contingency management is a drift, or DBT a gain, is a picture to think with.
- **One parameter each, nothing that changes with time, no harm, no dropout, no cost.** Effects of contingency management, for one, become smaller after it ends.
- **The start has an error of its own** (one county, people asked afterwards), which the band leaves out. The band holds the assumptions alone.
- **The hazard need not follow craving in proportion**, and all people in the model are the same.
- **Nothing here predicts one person, or chooses for one.** That is done in a room, with the person, and looked at again.
"""

# %% [markdown]
r"""
## Take-away

1. A change of a parameter is not an effect. Follow it to people, and say what was lost on the way.
2. Report points, people and a band; let others compute the relative reduction.
3. Two that act in different places nearly add; two on one loop take from each other. Only four groups can show it.
4. The size a model promises and the grade of the evidence know nothing of each other.
5. A plan worth having says beforehand which result would end it.

### Three questions to close
"""

# %%
questions.ask("09", "closing-band", answer=...)

# %%
questions.ask("09", "closing-tarek", answer=...)

# %%
questions.ask("09", "closing-step", answer=...)

# %% [markdown]
r"""
### Words

{{words confidence-interval, contingency-management, control-group, dbt, harm-reduction, hazard, hazard-ratio, interaction-additive, interaction-multiplicative, loop-gain, mbt, mirtazapine, n-acetylcysteine, naloxone, naltrexone-bupropion, number-needed-to-treat, relapse, remission, risk-difference, ssri, tms}}

### Read further

- Trivedi and colleagues 2021, naltrexone–bupropion: [doi:10.1056/NEJMoa2020214](https://doi.org/10.1056/NEJMoa2020214)
- De Crescenzo and colleagues 2018, psychosocial treatments compared: [doi:10.1371/journal.pmed.1002715](https://doi.org/10.1371/journal.pmed.1002715)
- Kienast and colleagues 2014, BPD with addiction: [doi:10.3238/arztebl.2014.0280](https://doi.org/10.3238/arztebl.2014.0280)
- Brecht and Herbeck 2014, where the start comes from: [doi:10.1016/j.drugalcdep.2014.02.702](https://doi.org/10.1016/j.drugalcdep.2014.02.702)

## To discuss in class

1. Two groups chose the same two treatments and got bands of 5 to 24 and 12 to 15 points. Which plan is better, and what would you ask the second group?
2. "We cannot wait for a trial in people with both." What can a clinic do tomorrow that helps *and* teaches it something, and what must it not say meanwhile?

Now open **exercises.ipynb** in the same folder: the plan there is yours.
"""

# %% [markdown] tags=["instructor"]
r"""
### For the instructor

**Timing (40 min):** recall 3, from an intervention to a parameter 10, a hundred people 11, the grade and the refutation 10, evidence table 4, closing 2. For group work in class there is a plan of its own, with roles and a hand-out: *The capstone in groups* (`course/capstone-in-groups.md`).

**What learners get wrong**

- "The parameter falls by 40 %, so 40 % fewer return." Cover the last bar and ask for each step.
- "The band is a confidence interval." Ask which data it comes from.
- "The model shows that DBT is best." Ask who set the range; let them set it to nothing.
- "Not significant, so the plan is refuted", and "it helped one, so it is confirmed". Ask what the plan had forbidden.
- Choosing only what is supported. That is a good clinical reflex and no condition for points: a weak choice that is called weak, with a sharp observation against it, is a good plan.

**What to say when asked "what would you choose?"** Say what the guideline puts first, and that it was not tried in people with both. Then ask for the observation that would change *your* mind.

**Care.** Tarek's part is a person with experience who is asked as one. Nobody in class should be asked for theirs.
"""
