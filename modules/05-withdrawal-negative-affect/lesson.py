# %% [markdown]
r"""
# "I've stopped. Why is it harder now?" What fades, what lasts, what recovers

**Module 05 · withdrawal and negative affect · about 45 minutes · nothing here is graded**

> *Hana is made up.* She is 29, lives with borderline personality disorder (BPD) and with methamphetamine use disorder, and has not used for sixteen days. "The first days were awful, but I slept, and everybody said that it would pass," she says to the nurse. "Now it has passed, and this is harder. I have read that the brain takes two years, and that somebody like me starts again anyway. **Why are these weeks harder than the first days? And what comes back?**"

This is the second of the three stages (module 04), **withdrawal and negative affect**. Several clocks run at once after the last use. You will meet four ideas: an answer of the body that outlasts the drug, a {{term set-point}} that moves, a recovery of which two scans say less than it seems, and relief as a teacher.

**Know before:** modules 01 to 04 (half-lives, what {{term pet|PET}} counts, level and recovery as two measures, relief and the set point). No programming: each grey cell is one line that is already written; run it with **Shift+Enter**.

**You will be able to**

| | objective | level |
|---|---|---|
| O1 | say what the opponent-process model predicts for the hours after a drug, and compute it | apply |
| O2 | tell a fixed set point from one that moves, and say when use escalates | analyse |
| O3 | read a recovery off two scans, and say what two scans leave open | evaluate |
| O4 | judge sentences about withdrawal, in BPD too, by what was measured | evaluate |
| O5 | write these models as short functions (in the exercises) | create |

**Content note.** This module speaks of {{term withdrawal}}, low mood, return to use and, in one short part, of thoughts of suicide. A line marked *Before you read on* stands in front of that part and says what you may skip. Nothing graded depends on it, and nothing asks about your own life. You may stop, skip or change the order at any time. People to talk to are listed on the [START page](../START.md), and they are there for you too.
"""

# %%
from course import questions, simulators

my_low = my_times = my_transporter = my_relief = ...  # your predictions: still open

# %% [markdown]
r"""
## Three questions from earlier modules
"""

# %%
questions.ask("05", "recall-plateau", answer=...)

# %%
questions.ask("05", "recall-what-pet-counts", answer=...)

# %%
questions.ask("05", "recall-after-the-stressor", answer=...)

# %% [markdown]
r"""
## The answer that outlasts the question

### Predict

A drug lifts the mood. The body answers with something that pushes the other way; it comes slowly and it goes slowly. This is the idea of the {{term opponent-process}} (Solomon and Corbit 1974).

In a model of it the drug acts for 10 hours, and the answer is in the end just as strong as the lift. Draw mood against time: first a high, above the line, then a low, below it. **How large is the area of the low, in per cent of the area of the high?** Put a number in place of the three dots, then run the cell.
"""

# %%
my_low = ...  # per cent; there is no penalty for a wrong guess

# %% [markdown]
r"""
### Explore

**One question: which control changes how *long* the low is, and which changes how *much* of it there is in all?** Move the time constant of the answer first, then its strength.
"""

# %%
simulators.opponent_process.explore(prediction=my_low)

# %% [markdown]
r"""
Without the mouse, one line draws the same picture. Change a value and run it again:
"""

# %%
simulators.opponent_process.draw(duration_h=10.0, k_b=1.5, tau_b_h=40.0)

# %% [markdown]
r"""
### Explain

$$\tau_a \frac{da}{dt} = u - a, \qquad \tau_b \frac{db}{dt} = k_b\,u - b, \qquad y = a - b$$

$u$ is the effect of the drug (1: on, 0: off), $a$ the lift and $b$ the answer. Each follows its input with a {{term time-constant}}: $\tau_a$ is short, $\tau_b$ long. $k_b$ is how strong the answer is in the end, beside the lift. $y$ is what is felt, in arbitrary units: above zero the high, below zero the low.

Whatever the time constants, a process that follows its input has in all the same area as the input. If the drug acts for $T$ hours, the area of $a$ is $T$ and that of $b$ is $k_b T$. So

$$\text{high} - \text{low} = T\,(1 - k_b)$$

The slow clock spreads the low thinly over many hours. It does not make it smaller.

**Worked example:** $T = 8$ hours, $k_b = 0.5$. High minus low is $8 \times 0.5 = 4$: more high than low.

**Your turn:** after much use the answer has grown to $k_b = 1.25$, and again $T = 8$. High minus low is $8 \times (1 - 1.25) = \;?$

<details><summary>Show the last step</summary>

−2. Now there is more low than high.

</details>

That the answer grows with use while the high shrinks, one form of {{term tolerance}}, is the second half of the theory. Look at what it rests on:

{{table opponent-strengthened-by-use}}

**What the model forbids.** Its low is deepest soon after the effect of the drug has gone, and from then on it only fades, late on with the slow clock $\tau_b$. So it does *not* say that the second week is worse than the second day. Is that so in people?

{{table withdrawal-symptoms-first-week, withdrawal-mood-first-week, withdrawal-craving-weeks, cue-craving-months}}

Acute withdrawal from methamphetamine is put at {{ma-withdrawal-duration}}. On average, then, the first days *are* the worst, as the model says: long sleep, {{term dysphoria}}, {{term anhedonia}}. Mood has mostly recovered after a week or two. Craving keeps another clock, and what a cue can set off keeps a third; one opponent process has no room for them. And these are means over people who stayed on a ward. Hana's third week may be harder for reasons that no curve shows: the ward and the long sleep are behind her, and everyday life is back.

### Check
"""

# %%
questions.ask("05", "slow-means-more", answer=...)

# %%
questions.ask("05", "which-clock", answer=...)

# %% [markdown]
r"""
*Before you read on: the next cell is about thoughts of suicide. It is short, has no numbers, and nothing later needs it; you can go on at "A set point that moves". If such thoughts are near to you now, the [START page](../START.md) lists people who answer today.*
"""

# %% [markdown]
r"""
### When the low is deep

In the first days after stopping, mood can fall far, and for some people thoughts of suicide come with it. They are a reason to ask and to stay near. Some people hesitate to ask, for fear of putting the thought into somebody's head. So this was studied:

{{table asking-about-suicide}}

So one can ask plainly, listen, and make sure that nobody is alone with it: someone to call, a place to go, a next appointment. The low of the first days is also the part that, on average, lifts soonest. Where somebody is in danger now, call the emergency number of the place where you are.
"""

# %% [markdown]
r"""
## A set point that moves

### Predict

In module 04 the set point stood still, like a thermostat that nobody touches ({{term homeostasis}}). Now let the thermostat itself move: every hour of heating turns it up a little, and at night it creeps back. That is {{term allostasis}}: keeping stable by changing the set point.

In the model, use on a day covers the distance to the set point, and it moves the set point up by a share; the set point also creeps back by a share of its way home. Let the first share be 0.8 times the second. **At how many times its first level does daily intake settle?**
"""

# %%
my_times = ...  # times the intake of the first day: a number from 1 to 50

# %% [markdown]
r"""
### Explore

**One question: at which point does intake no longer settle at all?** Then let the days of use end and watch the set point in the days of {{term abstinence}}: what makes it come home slowly?
"""

# %%
simulators.set_point.explore(prediction=my_times)

# %%
simulators.set_point.draw(drift=0.03, reset=0.02)

# %% [markdown]
r"""
### Explain

$$I = \frac{h}{K}, \qquad h_{\text{next day}} = h + \mu I - \rho\,(h - h_0)$$

$h$ is the set point (the $H^*$ of module 04, which now moves), $h_0$ where it lay before, $I$ the intake of a day, $K$ what one unit of intake does, $\mu$ how far one unit moves the set point, $\rho$ the share of the way back that is made each day. Where drift and return balance,

$$I_\infty = \frac{I_1}{1 - \dfrac{\mu}{\rho K}}$$

with $I_1$ the intake of the first day. It is the *ratio* $\mu/(\rho K)$ that decides. Below 1, intake settles. At 1 it grows by the same amount every day, and above 1 it grows faster and faster.

**Worked example:** $\mu = 0.05$, $\rho = 0.1$, $K = 1$. The ratio is 0.5, and intake settles at $1 / (1 - 0.5) = 2$ times the first level.

**Your turn:** $\mu = 0.03$, $\rho = 0.04$, $K = 1$. The ratio is 0.75, and intake settles at $\;?$ times the first level.

<details><summary>Show the last step</summary>

$1 / (1 - 0.75) = 4$. From a ratio of 0.5 to one of 0.75 is a small step; the result has doubled. Near a threshold small differences count for much.

</details>

**After the last use** nothing drives the set point any more, and a share $\rho$ of the distance goes each day. With $\rho = 0.1$ half of it is gone after a week; with $\rho = 0.02$, after five weeks. In those weeks ordinary days fall short of what the body has come to expect, and that is felt as {{term negative-affect}}. This is a second possible answer to Hana: not a deeper low, but a line that is drawn too high for a while. *It comes home in the model.* Whether it does in a person, fully or in part, nobody has measured.

**Where the idea comes from.** Rats with long daily access to cocaine took more and more; rats with short access did not (Ahmed and Koob 1998). That a set point has moved is an interpretation. Our equations are a much reduced form of a model by Keramati and colleagues (2017):

{{table set-point-drift}}

**And in the tissue?** One candidate for the slow answer is {{term dynorphin}}, which acts on the {{term kappa-opioid-receptor}} (a name; nothing to do with the $\kappa$ of module 04). The review calls on it, and it is worth reading in whom it was seen:

{{table dynorphin-withdrawal, kappa-agonist-lowers-da}}

### Check
"""

# %%
questions.ask("05", "two-settled-animals", answer=...)

# %%
questions.ask("05", "whose-dynorphin", answer=...)

# %% [markdown]
r"""
## What two scans can say: Figure 4 rebuilt

### Predict

The review's Figure 4 is famous: three pictures of the {{term dopamine-transporter}} (DAT), in somebody who never used, after one month without methamphetamine, and much later. The study behind it scanned the same few people twice: first early ({{dat-first-scan}}), and again more than a year after the last use. **What will the caudate show after 36 months, in per cent of people who never used?**
"""

# %%
my_transporter = ...  # per cent of controls: a number from 50 to 110

# %% [markdown]
r"""
### Explore

**Two questions: how many end points fit the two scans? And which of the review's four times has a point above it?** Then ask the picture for the {{term ofc}}.
"""

# %%
simulators.transporter_recovery.explore(prediction=my_transporter)

# %%
simulators.transporter_recovery.draw(region="putamen", months=24.0, plateau=95.0)

# %% [markdown]
r"""
### Explain

**First, per cent of what?** In the {{term caudate-putamen|putamen}}, DAT was {{dat-reduction-putamen}}: it stood at 78.9 % of the controls. Then it rose by {{dat-recovery-putamen}}. The gain is a share of where *these people* stood, so they came to $78.9 \times 1.16 = 91.5$ % of the controls, and not to $78.9 + 16 = 94.9$ %. Even this arithmetic joins the people of two studies. And the gain (in the caudate: {{dat-recovery-caudate}}) carries the badge *unverified*: it was written down from memory. Keep the arithmetic, not the result.

**Second, how fast, and where to?** Say that the way to the end value $P$ shrinks by the same share in every month:

$$D(t) = P - (P - D_1)\,e^{-(t - t_1)/\tau}, \qquad \tau = \frac{t_2 - t_1}{\ln \dfrac{P - D_1}{P - D_2}}$$

$D_1$ and $D_2$ are what was measured at the times $t_1$ and $t_2$, and $\tau$ is the time constant.

**Worked example, with made-up scans.** 60 % at month 2 and 80 % at month 8. If the end is $P = 100$: the way still to go halves from 40 to 20, so $\tau = 6 / \ln 2 = 8.7$ months.

**Your turn:** the same two scans, but the end is $P = 90$. The way to go shrinks from 30 to 10, so $\tau = 6 / \ln 3 = \;?$

<details><summary>Show the last step</summary>

5.5 months. Both curves go exactly through both points. One says "slowly, and in the end completely", the other "quickly, and never completely". Two scans cannot tell which is true.

</details>

A model has an {{term identifiability|identifiability}} problem when several sets of values fit the same data. It is cured by other data, not by a better fit. And a straight line through the two points, drawn on to "24 months: normal", is no measurement at all.

**Third, what is DAT a sign of?** PET counts free sites ({{term binding-potential}}). Fewer sites may mean fewer nerve endings, or endings that show fewer of them. Here is what the review says of the time and the place, and what others found:

{{table dat-recovery-15-months, dat-recovery-24-months, dat-recovery-12-20-months, dat-ofc-region, dat-early-recovery, dat-recovery-vs-release}}

So something comes back, in the striatum, on average, in few people, and in part by the second scan. How far it goes in the end is open. That *feeling* better follows the transporter is not what was found.

### Check
"""

# %%
questions.ask("05", "gain-of-what", answer=...)

# %%
questions.ask("05", "two-points-many-curves", answer=...)

# %% [markdown]
r"""
## Relief as a teacher: Figure 5

### Predict

Module 04 called it {{term negative-reinforcement}}: an act is repeated because something unpleasant *stops*. The review's Figure 5 shows the loop: low, use, relief, deeper low. It says that in BPD this loop is the main one, because there is more distress to begin with.

In our model a group has **no** distress to begin with. It uses every third day for other reasons, and each use makes the opponent process a little stronger. **After four weeks, what share of all its uses was for relief?**
"""

# %%
my_relief = ...  # per cent of all uses: a number from 0 to 100

# %% [markdown]
r"""
### Explore

**One question: find two settings, one with distress and one without, that end with about the same share of relief.** Could you tell the two groups apart by their use? Then read the last bar: what people themselves gave as their reason.
"""

# %%
simulators.negative_reinforcement.explore(prediction=my_relief)

# %%
simulators.negative_reinforcement.draw(distress=0.2, k_b=1.0, strengthening=0.0)

# %% [markdown]
r"""
### Explain

Without the drug, somebody in this model feels

$$y = -s - b$$

where $s \ge 0$ is the distress that was there before any use (*hypothetical*: nobody has measured it for this model) and $b$ what is left of the opponent process. Where $y$ falls to a threshold, use for relief begins.

**Worked example.** Person A had no distress, $s = 0$, and has used often, $b = 0.35$. So $y = -0.35$. Person B had distress, $s = 0.2$, and is nearer the beginning, $b = 0.15$. Also $y = -0.35$. They feel the same, and relief teaches them the same.

**Your turn.** Now both stop for a month, and $b$ fades to nothing. For A, $y$ is 0. For B it is $\;?$

<details><summary>Show the last step</summary>

−0.2: the distress that was there before. So one observation could separate the two: what remains after a long time without use. Looking at *why* somebody uses today cannot.

</details>

Two things follow. "Uses for relief" is no proof of a more severe biology: in the model, use alone makes relief matter. And what has to be measured to show a difference in BPD is the state before use or long after it, in people with and without BPD.

How many people say that relief is their reason? In the paper from which the figure comes (May and colleagues 2020), {{ma-negative-reinforcement-share}}; the badge belongs to the review's sentence about BPD, for which there are no data. So most of those people did not give relief as a reason. A self-report is no measurement of motives, but it is what there is.

### Check
"""

# %%
questions.ask("05", "which-is-negative-reinforcement", answer=...)

# %%
questions.ask("05", "what-would-separate-them", answer=...)

# %% [markdown]
r"""
## This stage in BPD: what the review says, what was measured, what was not

The review calls this stage the most critical one for people with BPD. Its argument has five steps.

| step | what the review says | what was measured, and in whom | what we found no study of |
|---|---|---|---|
| the syndrome | withdrawal is more severe in BPD | its course, in people with methamphetamine use disorder; BPD was not asked about | withdrawal in people with BPD beside people without |
| the messenger | dynorphin rises and makes the low | in rodents | dynorphin in people with BPD in withdrawal |
| the stress axis | genes and early life have set the same axis on high | in BPD without the drug, and not "on high" (module 03) | the axis in people with both, before and after stopping |
| the regions | the same ones are underactive in both | each group by itself, beside people with neither | one scan study with both, either and neither |
| the outcome | return to use is certain | time to use again, over all people in treatment; for heroin, by BPD | the same for methamphetamine, by BPD |

{{table great-withdrawal-bpd, relapse-foregone, bpd-heroin-36-months}}

"Not measured" is not "not so". Withdrawal may well be harder for somebody whose emotions run high and settle slowly; clinicians have reasons to expect it, and to offer more help in these weeks. It is a **hypothesis**, and the course calls it one. What is false is the word "certain".
"""

# %% [markdown]
r"""
## What the review says, what the evidence says

**Regions in early and late abstinence.** {{term glucose-metabolism}} shows how hard a region works: the {{term acc}} (ACC), the {{term insula}}, the {{term thalamus}}.

{{table withdrawal-metabolism-acc-insula, global-metabolism-early-abstinence, thalamus-recovers-striatum-not}}

**Volumes.**

{{table ma-hippocampus-volume, ma-cingulate-gm}}

Three patterns to keep. A difference in a {{term cross-sectional|cross-sectional}} study is written down as damage by the drug. One of three regions goes the other way, and the sentence keeps all three. And recovery is not one thing: at the same scan the thalamus had recovered and the striatum had not. Only a {{term longitudinal|longitudinal}} study, the same people twice, speaks about recovery at all.

**What can be said to Hana.** "For most people who were followed, the first days were the deepest, and mood came back within a week or two. The wish to use is slower, and a street or a song can bring it back for months. So that these weeks are hard is no sign that you do it wrong. Something in the brain is on its way back as well; nobody can tell you a date, and the two years come from a slide. And that somebody like you starts again anyway is not what was found. Many do, many do not, and nobody has shown that BPD decides it. What does this week need?"

All claims, with their sources, stand in the [evidence ledger](../EVIDENCE.html).
"""

# %% [markdown]
r"""
## What these models cannot tell you

- **Affect has no unit.** The scales of the first, second and fourth model are arbitrary, and their time constants assumed. Equal areas on a screen are not equal suffering.
- **Opponent process and set point are two stories for one curve.** Both give a low after use and less effect with time. Which of the two, or whether either, goes on in a person is open.
- **The escalation was seen in rats.** That a person's use grows has many reasons that no set point knows: supply, company, money, pain.
- **Figure 4 joins two groups and a handful of people.** The months of the scans are set in the middle of a window. The exponential form is assumed. DAT that can be counted is not neurons, and neither is function.
- **Baseline distress in the loop is hypothetical.** It is no measure of BPD. And in the loop the opponent grows with use and never weakens again, which makes it look more final than life is.
- **None of it may be used to predict a person**, or to plan how somebody stops.
"""

# %% [markdown]
r"""
## Take-away

1. A slow opponent spreads the low over a longer time; how much low there is depends on its strength, not on its slowness.
2. Where a set point moves, use settles or runs away, by the ratio of drift to return. The same return sets how long it takes to come home.
3. On average the first days of withdrawal are the worst; craving and cues keep slower clocks.
4. Two scans fit many recoveries. Something comes back in the striatum; how far is open.
5. Relief can drive use without a more severe biology. More severe withdrawal in BPD is a hypothesis, and return to use is not certain.

### Three questions to close
"""

# %%
questions.ask("05", "closing-second-week", answer=...)

# %%
questions.ask("05", "closing-two-years", answer=...)

# %%
questions.ask("05", "closing-certain", answer=...)

# %% [markdown]
r"""
### Words

{{words abstinence, acc, allostasis, anhedonia, binding-potential, caudate-putamen, cross-sectional, dopamine-transporter, dynorphin, dysphoria, glucose-metabolism, homeostasis, identifiability, insula, kappa-opioid-receptor, longitudinal, negative-affect, negative-reinforcement, ofc, opponent-process, pet, set-point, thalamus, time-constant, tolerance, withdrawal}}

### Read further

- Solomon and Corbit 1974, the opponent process: [doi:10.1037/h0036128](https://doi.org/10.1037/h0036128)
- Ahmed and Koob 1998, escalation and the set point, in rats: [doi:10.1126/science.282.5387.298](https://doi.org/10.1126/science.282.5387.298)
- Zorick and colleagues 2010, withdrawal day by day: [doi:10.1111/j.1360-0443.2010.03066.x](https://doi.org/10.1111/j.1360-0443.2010.03066.x)
- Volkow and colleagues 2001, the study behind Figure 4: [doi:10.1523/JNEUROSCI.21-23-09414.2001](https://doi.org/10.1523/JNEUROSCI.21-23-09414.2001)
- May, Aupperle and Stewart 2020, negative reinforcement, the source of Figure 5: [doi:10.3389/fpsyt.2020.00114](https://doi.org/10.3389/fpsyt.2020.00114)
- Brecht and Herbeck 2014, time to return to use after treatment: [doi:10.1016/j.drugalcdep.2014.02.702](https://doi.org/10.1016/j.drugalcdep.2014.02.702)

## To discuss in class

1. A colleague wants to show Figure 4 in a group for people in early abstinence, "because it gives hope". What may be said with it, what not, and does the hope need the figure?
2. In the model, A and B use for the same reason today and differ only after a month without use. Someone proposes to offer help for distress to B alone, after that month. What does the model not know that you would want to know first?

Now open **exercises.ipynb** in the same folder.
"""

# %% [markdown] tags=["instructor"]
r"""
### For the instructor

**Timing (45 min):** recall 3, opponent process 9, set point 8, Figure 4 10, Figure 5 7, the screen on BPD 3, evidence 3, closing 2. With less time leave out the set point; with one hour, let pairs vote on question 1 before and after talking.

**What learners get wrong**

- "The slow low is the bigger one." Move the time constant and read the area. Then move the strength.
- "Withdrawal gets worse and worse for weeks." Ask for the day with the deepest mean, and then for the clock of craving.
- "Smaller amounts would stop the escalation." In the model the ratio decides. Do not let this turn into advice on amounts: it is a model of drift and return.
- "34 lower, 22 back, so 12 are missing." Ask: 22 per cent of what?
- "The curve fits both scans, so it is right." Move the plateau; it always fits.
- "Negative reinforcement means punishment." Let them find an everyday one: a headache that goes.

**What to say when asked "so is withdrawal in BPD not harder?"** Nobody who looked was found. One may expect it, prepare for it and offer more help, and still not write it down as a finding.

**Care.** Announce the marked part on thoughts of suicide before the lesson, say that skipping needs no reason, and name a contact. No numbers there, no stories of cases. Keep at hand that mood lifts soonest and that many stay abstinent.
"""
