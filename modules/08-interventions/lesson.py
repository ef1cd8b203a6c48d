# %% [markdown]
r"""
# "What helps, and for how many?" Interventions and recovery

**Module 08 · interventions · about 45 minutes · nothing here is graded**

> *Mirela is made up.* She is 33, lives with borderline personality disorder (BPD) and with {{term methamphetamine-use-disorder}}, and has come to a first appointment. Her brother came along; he has read the last page of the review and made a list of eight treatments from it. "Which of these works?" he asks. Mirela asks better: "**What helps? For how many, for how long, and how sure are you?**"

Each of her questions has a measure of its own. You will meet five ideas: a curve of people who stay well although some are lost from sight, a hazard that falls with time, the few among a hundred for whom a treatment makes the difference, how large a trial must be, and where in a loop help counts for most. Then the list of the brother, beside what it leaves out.

**Know before:** what a {{term risk-ratio}} is, and that a loop multiplies (module 07); what one scan, or one group without a comparison, cannot show (modules 00 and 03). No programming: each grey cell is one line that is already written; run it with **Shift+Enter**.

**You will be able to**

| | objective | level |
|---|---|---|
| O1 | read a survival curve with people who were lost, and compute it | apply |
| O2 | say what a hazard ratio does to a share, and why a group's hazard may fall | analyse |
| O3 | turn a relative effect into people per hundred | apply |
| O4 | judge a treatment by design, population, outcome, size and harm | evaluate |
| O5 | write these measures as short functions (in the exercises) | create |

**Content note.** This module speaks of {{term relapse|return to use}}, treatment and, in two rows near the end, of infection and death as outcomes of studies. It tells you what was studied; it is no advice for anybody's treatment, and it names no doses. Skip any cell you like: nothing graded depends on personal experience. People to talk to are listed on the [START page](../START.md).
"""

# %%
from course import questions, simulators

my_share = my_doubled = my_more = my_size = my_fall = ...  # your predictions: still open

# %% [markdown]
r"""
## Three questions from earlier modules
"""

# %%
questions.ask("08", "recall-two-scans", answer=...)

# %%
questions.ask("08", "recall-other-place", answer=...)

# %%
questions.ask("08", "recall-loop", answer=...)

# %% [markdown]
r"""
## People who are lost from sight

### Predict

A study follows people after treatment and notes the month in which each returns to use. Some move away, change their number or no longer wish to be asked. They are **censored**: until that month we know that they had not returned, and after it we know nothing ({{term censoring}}).

In a model, 39 of 100 people have truly not returned within 12 months. In that time, 40 of 100 would be lost from sight if nobody returned first. Somebody computes the share from the rest alone and leaves out everybody who was lost. **What per cent seems not to have returned?**
"""

# %%
my_share = ...  # per cent: a number from 0 to 100; there is no penalty for a wrong guess

# %% [markdown]
r"""
### Explore

Each line is a person; it ends in a return or in a mark where sight was lost. **One question: which way of treating the lost is too gloomy, which is too rosy, and why?**
"""

# %%
simulators.survival.explore(prediction=my_share)

# %% [markdown]
r"""
Without the mouse, one line draws the same picture. Change a value and run it again:
"""

# %%
simulators.survival.draw(lost_percent=40.0, people=100, treat="as no return")

# %% [markdown]
r"""
### Explain

A {{term survival-curve}} $S(t)$ is the share of people to whom the event has not happened by the time $t$. The {{term kaplan-meier}} builds it from one event time to the next:

$$S(t) = \prod_{t_i \le t} \left(1 - \frac{d_i}{n_i}\right)$$

At the event time $t_i$, $d_i$ people return, out of $n_i$ who are **at risk**: neither returned nor lost before. Somebody lost in that very month still counts as at risk. So each person counts for as long as they were seen, and no longer.

**Worked example, made up:** six people. One returns in month 2, one is lost in month 3, one returns in month 4, one is lost in month 6, one returns in month 7, and one is well in month 9, when the study ends.

1. Month 2: six at risk, one returns. $S = 5/6 = 0.83$.
2. Month 4: four at risk (one has returned, one is lost). $S = 0.83 \times 3/4 = 0.62$.

**Your turn:** in month 7, how many are at risk, and what is $S$?

<details><summary>Show the last step</summary>

Two are at risk: the one who returns and the one who is well to the end. $S = 0.62 \times 1/2 = 0.31$.

</details>

Why is leaving out the lost too gloomy? Those who stay well for long have more time to be lost. Take them out, and you take out mostly people who were well.

**What it rests on.** The estimate treats the lost as if they went on like those who were still in sight. If people stop answering *because* they use again, even this curve is too rosy. {{term attrition|Attrition}} must be reported, and no formula repairs it.

### Check
"""

# %%
questions.ask("08", "lost-in-the-same-month", answer=...)

# %%
questions.ask("08", "who-is-lost", answer=...)

# %% [markdown]
r"""
## A hazard that falls

### Predict

The {{term hazard}} is the rate of return *among those who have not returned yet*. A {{term hazard-ratio}} of 2 says: at each moment, twice that rate.

In one study of people discharged from treatment, the share who had returned after a year was {{ma-relapse-1y}}. **In a group with a hazard ratio of 2 beside these people, what per cent have returned within a year?**
"""

# %%
my_doubled = ...  # per cent: a number from 0 to 100

# %% [markdown]
r"""
### Explore

Two curves go through the point at a year: one with a hazard that never changes (exponential), one with a hazard that may rise or fall (Weibull). **One question: which of them comes near the other measured points, and what does its hazard do?** Then move the hazard ratio.
"""

# %%
simulators.hazard_shape.explore(prediction=my_doubled)

# %%
simulators.hazard_shape.draw(hazard_ratio=0.5, months=12, shape="Weibull")

# %% [markdown]
r"""
### Explain

If the hazard is multiplied by a number $HR$ at all times, the share without a return is raised to that power:

$$S_1(t) = S_0(t)^{HR}$$

**Worked example:** half have not returned, $S_0 = 0.5$. With $HR = 2$, $S_1 = 0.5^2 = 0.25$: 75 % have returned. It cannot be "twice 50 %", because then nobody would be left, and with more than 50 % there would be more returns than people.

**Your turn:** with $HR = 0.5$, $S_1 = 0.5^{0.5} = \;?$

<details><summary>Show the last step</summary>

0.71, so 29 % have returned. Half the hazard is not half the share: that would be 25 %.

</details>

**The measured course.** By one month: {{ma-relapse-month-1}}. By six: {{ma-relapse-month-6}}. By about five years: {{ma-relapse-year-5}}. A constant hazard through the point at one year would give 7.5 % at the first month and 99 % after five years. It is far off at both ends: much happens early, little late. A Weibull curve with a falling hazard fits. So *somebody who has stayed well for a year belongs to a group with a far lower hazard than at the start.* That is one of the most hopeful facts in this course.

**But why does it fall?** Imagine two groups of equal size in which nobody ever changes: in one, half of those left return each month; in the other, one in twenty. In the first month 27.5 % of all return. Most of them come from the first group, so in the second month it is only 20.5 % of those left, and so on down. Perhaps each person grows steadier; perhaps those at high risk return first and leave the steady ones behind. **Both bend the curve in the same way**, and a curve of a group cannot tell which.

**From one month to a whole course.** A {{term markov-chain}} writes the same idea as a table: with which probability does a person go from each state to each other one within a month? Take one state, *in treatment*: stays with 0.8, goes on to stable remission with 0.15, drops out with 0.05. The expected time in treatment is $1 / (1 - 0.8) = 5$ months, and $0.15 / 0.2 = 75$ % end in remission. With several states, a matrix $Q$ of the ways between them takes the place of the 0.8, and $(I - Q)^{-1}$ the place of the 5. The exercises build it.

**A hazard ratio is only as good as its study.** In the same cohort, taking part in self-help or other treatment while abstinent went with a {{ma-relapse-hr-selfhelp}}. Nobody was assigned to it. Those who go may be those who are doing well. And to take part while abstinent one must first *be* abstinent for some time: those who return in the first week never get the chance. That is {{term immortal-time-bias}}, and it makes whatever takes time to begin look good.

### Check
"""

# %%
questions.ask("08", "hazard-ratio-three", answer=...)

# %%
questions.ask("08", "why-it-falls", answer=...)

# %% [markdown]
r"""
## The few among a hundred

### Predict

{{term contingency-management|Contingency management}} means: a voucher or a prize for an agreed step that was checked, such as a negative test. Together with a {{term community-reinforcement}}, its effect on abstinence at the end of treatment was {{tx-cm-cra-or}}. Suppose that of 100 people 30 would be abstinent anyway. **How many *more* are abstinent with the treatment?**
"""

# %%
my_more = ...  # people of 100: a number from 0 to 100

# %% [markdown]
r"""
### Explore

A hundred people, each a mark: who responds anyway, who because of the treatment, and who does not. **One question: move the share who respond anyway. The {{term odds-ratio}} stays; what happens to the number of people who are helped?**
"""

# %%
simulators.nnt_people.explore(prediction=my_more)

# %%
simulators.nnt_people.draw(source="naltrexone-bupropion, both stages")

# %% [markdown]
r"""
### Explain

With $p_1$ the share who respond with the treatment and $p_0$ the share who respond without it,

$$RD = p_1 - p_0, \qquad RR = \frac{p_1}{p_0}, \qquad NNT = \frac{1}{RD}$$

$RD$ is the {{term risk-difference}}: people helped, per person treated. The {{term number-needed-to-treat}} says the same the other way round: how many must be treated for one more good outcome.

An odds ratio needs one more step. Odds are $p/(1-p)$. Multiply the odds without treatment by the odds ratio, then turn the result back: $p_1 = \text{odds}/(1 + \text{odds})$.

**Worked example:** 20 of 100 respond anyway, and the odds ratio is 3. Odds without treatment: $20/80 = 0.25$. With it: $0.75$. So $p_1 = 0.75/1.75 = 43$ %. $RD$ is 23 percentage points, $NNT$ about 4.

**Your turn:** the same odds ratio, but 2 of 100 respond anyway. Odds: $2/98 = 0.0204$, times 3 is $0.0612$. So $p_1 = 5.8$ %, and the $NNT$ is $\;?$

<details><summary>Show the last step</summary>

$1 / (0.058 - 0.02) = 26$. The same odds ratio, six times as many people to treat for one more response.

</details>

**A real pair.** {{term naltrexone-bupropion|Naltrexone and bupropion}} are given together: one blocks {{term opioid-receptors}}, the other slows the uptake of dopamine and {{term noradrenaline}}. In the largest trial, double-blind, with {{term placebo}} in the {{term control-group}}, {{tx-adapt2-active}} responded beside {{tx-adapt2-placebo}}. "More than five times as many" is true. "{{tx-adapt2-difference}}" is true as well: nine people treated for one more response. And so is this: 86 of 100 people treated did not respond. All three are the same result; the second is the one that answers Mirela's "for how many?".

**And the harm, on the same scale.** Serious adverse events in that trial: {{tx-adapt2-serious-events}} on the treatment. To judge it, ask for the same share on placebo too. A benefit without the harms of the same trial is half a result.

### Check
"""

# %%
questions.ask("08", "five-times", answer=...)

# %%
questions.ask("08", "nnt-from-shares", answer=...)

# %% [markdown]
r"""
## How large must a trial be?

### Predict

Suppose a treatment brings the share who return within a year from {{ma-relapse-1y.number}} down to 50 %. That would be well worth having. **How many people does a trial need *in each of its two groups* to find it in four of five cases (80 % power, at the usual 5 % level)?**
"""

# %%
my_size = ...  # people per group: a number from 10 to 2000

# %% [markdown]
r"""
### Explore

The same trial is run a thousand times. **Two questions: at 50 people per group, how often is the difference found? And when it is found, how large does it look?**
"""

# %%
simulators.trial_size.explore(prediction=my_size)

# %%
simulators.trial_size.draw(per_arm=50, control_percent=61.0, treated_percent=50.0)

# %% [markdown]
r"""
### Explain

A good rule for 80 % power at the 5 % level: people per group

$$n \approx \frac{8\,\big[\,p_1(1-p_1) + p_0(1-p_0)\,\big]}{(p_1 - p_0)^2}$$

Above the line stands how much such shares scatter by chance, below it the *square* of the difference.

**Worked example:** 60 against 40 %. Above: $8 \times (0.24 + 0.24) = 3.84$. Below: $0.2^2 = 0.04$. So $n = 96$ per group.

**Your turn:** half that difference, 55 against 45 %. Above: $8 \times (0.2475 + 0.2475) = 3.96$. Below: $0.1^2 = 0.01$. So $n = \;?$

<details><summary>Show the last step</summary>

396. Half the difference needs four times as many people.

</details>

Two things follow, and both matter for the list below.

- **"No difference" in a small trial is no proof of no effect.** With 50 per group, a useful treatment is missed most of the time. A {{term null-result}} says much only if the trial was large enough; look at the {{term confidence-interval}}, which shows the effects that are still possible. Nor is it a reason to write "proven".
- **The {{term winners-curse}}, again (module 03).** In a small trial only a large difference comes out as significant, and mostly chance has helped to make it large. So the first one that "works" shows too much, and the next one disappoints. A {{term p-value}} below 0.05 does not protect from this; size does.

### Check
"""

# %%
questions.ask("08", "half-the-difference", answer=...)

# %%
questions.ask("08", "small-and-significant", answer=...)

# %% [markdown]
r"""
## Where in the loop?

### Predict

Module 07 drew the review's loop as a ring of three links: craving, overload, impaired regulation, and craving again. The product of the three gains is the {{term loop-gain}} $G$; what goes in comes out multiplied by $1/(1 - G)$.

Let $G$ be 0.8. An intervention weakens *one* link by 20 %. **By how many per cent does the output of the loop fall?**
"""

# %%
my_fall = ...  # per cent: a number from 0 to 100

# %% [markdown]
r"""
### Explore

**One question: below which loop gain is it better to cut the input (fewer triggers, less stress from outside) than a link?** Then combine two interventions, and compare with what multiplying their single effects would promise.
"""

# %%
simulators.combine_interventions.explore(prediction=my_fall)

# %%
simulators.combine_interventions.draw(loop_gain=0.3, cut_percent=20.0, first="the input", second="another link")

# %% [markdown]
r"""
### Explain

The {{term elasticity}} of an output $y$ to a value $p$ says by how many per cent $y$ changes when $p$ changes by one per cent:

$$E = \frac{p}{y}\,\frac{dy}{dp}$$

For the loop $y = u/(1 - G)$ it is 1 for the input $u$, and $G/(1 - G)$ for each link. They are equal at $G = 0.5$ (for larger cuts, a little above it). So: **where the loop is strong, weaken a link; where it is weak, lower the input.** It does not matter *which* link.

**Worked example:** $G = 0.6$, so the output is $1/0.4 = 2.5$ times the input. One link is cut by 25 %: $G = 0.45$, output $1/0.55 = 1.82$. It has fallen by 27 %. The same cut of the input takes off 25 %.

**Your turn:** $G = 0.3$, output 1.43. One link is cut by 25 %: $G = 0.225$, output 1.29. It has fallen by $\;?$ per cent.

<details><summary>Show the last step</summary>

10 %. Here the input would have been the better place, with 25 %.

</details>

**Two at once.** An input and a link multiply exactly: what each leaves over, times what the other leaves over. Two links do less than that. So "more is better" holds in the model, and "the effects add up" does not.

**What this is worth.** It is a way to think about *where* a treatment acts: skills for distress on a link, a safer flat or fewer cues on the input. Nobody has measured $G$ in a person, and no trial has compared a link with an input.

### Check
"""

# %%
questions.ask("08", "weak-loop", answer=...)

# %%
questions.ask("08", "does-it-matter-which", answer=...)

# %% [markdown]
r"""
## The brother's list, and what it leaves out

How sure one may be (the {{term certainty-of-evidence}}) depends on the design, on who took part, on what was measured and on how large and how steady the effect was; and on what could have bent the result ({{term risk-of-bias}}). Three words in the last column: **firm** (several {{term randomised-trial|randomised trials}}, agreeing), **some** (one good trial, or several small ones), **none** (no trial for this in people, or trials without an effect).

| on the review's list | best design we found | in whom | what was measured | for methamphetamine use |
|---|---|---|---|---|
| {{term ssri|SSRIs}} | many randomised trials, of all kinds of medicines | BPD | symptoms of BPD | none |
| "TLR-4 vaccine" | no such trial; a small laboratory study of another substance | methamphetamine use disorder | how a dose felt | none |
| NSAIDs (anti-inflammatory drugs) | none | – | – | none |
| NAC ({{term n-acetylcysteine}}) | one larger randomised trial, double-blind; one small earlier | methamphetamine use disorder | days of use | none (no effect) |
| MBT ({{term mbt}}) | one small randomised trial; a pilot without comparison | BPD *and* {{term substance-use-disorder}} | use, symptoms | none (no difference; too small to rule one out) |
| DDP ({{term ddp}}) | one small randomised trial | BPD and *alcohol* use disorder | use, symptoms | none |
| DBS ({{term dbs}}) | none | – | – | none |
| TMS ({{term tms}}) | small randomised trials | methamphetamine use disorder, mostly men in residential care | *craving* | some, for craving; none for use |

| not on the list | best design we found | in whom | effect | for methamphetamine use |
|---|---|---|---|---|
| contingency management | many randomised trials | {{term stimulant}} use disorder | {{tx-cm-cra-or}} | firm while it runs |
| the same, up to a year later | many randomised trials | several substances | {{tx-cm-long-term-or}} | some |
| naltrexone–bupropion | one large randomised trial, double-blind | moderate or severe methamphetamine use disorder | {{tx-adapt2-difference}} | some |
| {{term mirtazapine}} | two randomised trials | cisgender men and transgender women who have sex with men | {{tx-mirtazapine-rr}} of a positive test | some, in this group |
| DBT ({{term dbt}}) | two randomised trials | BPD and substance use disorder | {{tx-dbt-sud-abstinence}} | some, for substance use; not for methamphetamine alone |
| {{term harm-reduction}} | observational studies, a guideline | people who inject drugs; people who use stimulants | {{tx-needle-programmes-hiv}} | another aim: life and health, with or without use |

Read the tables by columns. Where the *population* is right, the *outcome* may be another; where both are right, the trial may be small. **No row has people with BPD and methamphetamine use disorder as its population.** Every use of these results for Mirela is a step from the people studied to her; one may take it, and one should say so. The guideline's advice for such a case is plain: treat both at the same time.
"""

# %% [markdown]
r"""
## What the review says, what the evidence says

**Medicines and devices of the list.**

{{table tx-ssri-bpd, tx-tlr4-vaccine, tx-nsaids, tx-nac, tx-dbs, tx-tms}}

**Psychotherapies, and the need for something new.** In most trials the comparison is {{term treatment-as-usual}}, so ask what that was.

{{table tx-mbt-proven, tx-ddp-proven, tx-bpd-psychotherapy-smd, tx-conventional-insufficient}}

**What the list leaves out.** All use of medicines here is {{term off-label|off-label}}. {{term naloxone|Naloxone}} stands here because what is sold as a stimulant may hold an opioid.

{{table tx-cm-standard, tx-fda-none, tx-dbt-sud-abstinence, tx-mirtazapine-rr, tx-cm-mortality, tx-needle-programmes-hiv, tx-naloxone-guideline}}

Three patterns to keep. The review recommends where a *mechanism* is attractive, and is silent where *trials* exist. It says "proven" of two treatments whose only trials in a related group found no clear difference. And it says that ordinary treatment is no longer enough, where nobody has tried.

**Recovery is in the data too.** Of people with BPD followed for sixteen years, {{bpd-remission-16y}} had a {{term remission}} of symptoms; of those who also had a substance use disorder, {{bpd-sud-remission-10y}} had a remission of it within ten years. {{term recovery|Recovery}}, with work and people in one's life, is rarer than remission and still frequent. These are courses with all the help that people found, not effects of one treatment; but they are what happened.

**A word that does harm by itself.** "No longer sufficient", "difficult", "resistant": such words lower what a team expects and offers. That is {{term stigma}} at work, and it needs no bad will. A treatment did not help somebody; nobody failed it.

**What can be said to Mirela.** "Some things help, and none helps everybody. The best tested one rewards steps that you choose with us; it makes the difference, very roughly, for one in four to one in seven of those who try it, as long as it runs; less is known about afterwards. One pair of medicines makes it for about one in nine, with side effects that one has to watch. There is a therapy for BPD that was tried together with substance use, in two studies, with good results. None of this was tried in people with exactly your two diagnoses, so we would look every few weeks whether it helps *you*, and change it if not. The list from the paper is mostly ideas. And time is on your side: with every month without use, the next return becomes less likely in the groups that were followed; and if it happens, it is no end."

All claims, with their sources, stand in the [evidence ledger](../EVIDENCE.html).
"""

# %% [markdown]
r"""
## What these models cannot tell you

- **Kaplan–Meier assumes that the lost are like the rest.** In studies of drug use they often are not.
- **A hazard ratio that is the same at all times is an assumption**, and so is the Weibull shape. A falling hazard does not say that anybody recovers, only that the group changes.
- **The month points come from one county, from memory of the people asked, and partly from a second-hand summary.** "Return" meant any use at all.
- **NNT needs its comparison, its outcome and its time.** A number for the end of treatment says nothing about a year later, and the share who respond anyway differs from clinic to clinic.
- **A trial on the screen has no dropouts, no side effects and one true effect.** Real trials need more people than the rule says.
- **The loop's gains are unmeasured.** Elasticities tell how the *model* behaves. Nothing here chooses a treatment for a person, and no curve predicts one.
"""

# %% [markdown]
r"""
## Take-away

1. People who are lost count for as long as they were seen; leaving them out makes the picture too gloomy, if they are like the rest.
2. A hazard ratio multiplies a rate, not a share. The hazard of return falls with time, and a curve cannot say why.
3. Ask "how many of a hundred?". The same odds ratio can mean one in four or one in twenty-six.
4. Half the effect needs four times the people; small trials miss much, and what they find is too large.
5. What is best tested is not on the review's list. Nothing was tested in people with both; so measure, person by person.

### Three questions to close
"""

# %%
questions.ask("08", "closing-proven", answer=...)

# %%
questions.ask("08", "closing-a-year-well", answer=...)

# %%
questions.ask("08", "closing-for-both", answer=...)

# %% [markdown]
r"""
### Words

{{words attrition, censoring, certainty-of-evidence, community-reinforcement, confidence-interval, contingency-management, dbs, dbt, ddp, elasticity, harm-reduction, hazard, hazard-ratio, immortal-time-bias, kaplan-meier, loop-gain, markov-chain, mbt, mirtazapine, n-acetylcysteine, naloxone, naltrexone-bupropion, null-result, number-needed-to-treat, odds-ratio, off-label, p-value, placebo, randomised-trial, recovery, relapse, remission, risk-difference, risk-ratio, ssri, survival-curve, tms, treatment-as-usual, winners-curse}}

### Read further

- ASAM/AAAP 2024, the guideline on stimulant use disorder: [doi:10.1097/ADM.0000000000001299](https://doi.org/10.1097/ADM.0000000000001299)
- Trivedi and colleagues 2021, naltrexone–bupropion: [doi:10.1056/NEJMoa2020214](https://doi.org/10.1056/NEJMoa2020214)
- De Crescenzo and colleagues 2018, psychosocial treatments compared: [doi:10.1371/journal.pmed.1002715](https://doi.org/10.1371/journal.pmed.1002715)
- Brecht and Herbeck 2014, time to return to use: [doi:10.1016/j.drugalcdep.2014.02.702](https://doi.org/10.1016/j.drugalcdep.2014.02.702)
- Kienast and colleagues 2014, BPD with addiction: [doi:10.3238/arztebl.2014.0280](https://doi.org/10.3238/arztebl.2014.0280)
- McKetin and colleagues 2021, a large trial without an effect: [doi:10.1016/j.eclinm.2021.101005](https://doi.org/10.1016/j.eclinm.2021.101005)

## To discuss in class

1. A clinic may pay for one of two: a treatment that helps one more in eight while it runs, tested in many trials, or a new one that abolished relapse in rats. The director says: "The first only works while you pay." Which facts would change your mind, in either direction?
2. In the cohort, people in self-help had about a third of the hazard. Sketch a study that tells whether self-help *does* this, and say whom it could harm to be assigned to the other group.

Now open **exercises.ipynb** in the same folder.
"""

# %% [markdown] tags=["instructor"]
r"""
### For the instructor

**Timing (45 min):** recall 3, survival 7, hazard 8, the few among a hundred 7, trial size 6, loop 5, the list 5, closing 4. With less time leave out the loop; with one hour, let groups fill in the last column of the two tables before they see it.

**What learners get wrong**

- "The lost must be left out, we know nothing about them." Ask until when we know something.
- "Hazard ratio 2 means twice as many." Let them double 61.
- "A falling hazard shows that people recover." Let them find the second explanation before you give it.
- "Five times as many, so most respond." Ask for people, of a hundred.
- "Not significant, so it does not work", and its mirror, "significant, so it is as large as it looks". Run the small trial again with another sample.
- "It stops working when it stops, so it is useless." Ask the same of insulin.

**What to say when asked "so what should one give?"** Guidelines answer that, with the person in the room. The lesson answers how sure the answer is.

**Care.** Some in the room know these treatments from within. No stories of cases, no doses, no ranking of people by success. Put the remission data beside the return data each time.
"""
