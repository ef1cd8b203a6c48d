# %% [markdown]
r"""
# "Was it all for nothing?" One street corner

**Module 06 · preoccupation and anticipation · about 45 minutes · nothing here is graded**

> *Vera is made up.* She is 31 and lives with borderline personality disorder (BPD) and with methamphetamine use disorder. She has spent three months in a residential programme; week by week the wish to use became quieter, and at the end it was hardly there. On her first Saturday at home the tram passes the corner where she used to buy. The wish is back at once, as strong as ever. She rides on and calls her counsellor. "I thought that was over," she says. "**Was it all for nothing?**"

This is the third of the three stages (module 04), **preoccupation and anticipation**: no drug is there, and the thought of it is. Four ideas shed light on that corner: why a plan can turn shortly before its day, what a fast choice is made of, why what was learnt in one place may be silent in another, and why a thought can go on when its trigger is gone.

**Know before:** what a prediction error teaches (module 02), how far two groups overlap (module 03), and that wanting is not liking (module 04). No programming: each grey cell is one line that is already written; run it with **Shift+Enter**.

**You will be able to**

| | objective | level |
|---|---|---|
| O1 | predict when a preference turns as a date comes near | apply |
| O2 | tell a head start from a stronger pull, by choices *and* times | analyse |
| O3 | say what extinction leaves behind, and what a change of place may bring back | analyse |
| O4 | say when taking a trigger away does not end a state | analyse |
| O5 | judge what is claimed about this stage, in BPD and in general | evaluate |

**Content note.** This module speaks of {{term craving}} and of return to use in a scientific way. Skip any cell you like: nothing graded depends on personal experience. People to talk to are listed on the START page.
"""

# %%
from course import questions, simulators

my_days = my_stops = my_faster = my_return = my_off = ...  # your predictions: still open
my_responses = ""  # what you will do in a game further down

# %% [markdown]
r"""
## Recall

Three questions from the modules before, so that they stay.
"""

# %%
questions.ask("06", "recall-wanting-liking", answer=...)

# %%
questions.ask("06", "recall-overlap", answer=...)

# %%
questions.ask("06", "recall-left-out", answer=...)

# %% [markdown]
r"""
## The nearer, the larger

### Predict

On Monday Vera plans to spend Sunday with her sister. On Saturday evening something nearer looks better. Did she change her mind because she is impatient?

A reward loses worth the longer one must wait: {{term delay-discounting}}. Take a reward of 40 points, and one of 100 points that comes 30 days after it. Seen from far away, the 100 look better. In a model with {{term hyperbolic-discounting}} and a rate of $k = 0.1$ per day, the preference turns at some point as the first date draws near. **How many days before the 40 points?** Put a number in place of the three dots, then run the cell.
"""

# %%
my_days = ...  # days: a number from 0 to 60; there is no penalty for a wrong guess

# %% [markdown]
r"""
### Explore

On the left discounting is hyperbolic, on the right exponential. **One question: can you make the two curves on the *right* cross, by whatever value of $k$?** Then look on the left at what a smaller $k$ does to the day.
"""

# %%
simulators.preference_reversal.explore(prediction=my_days)

# %% [markdown]
r"""
Without the mouse, one line draws the same picture. Change a value and run it again:
"""

# %%
simulators.preference_reversal.draw(k=0.2, smaller=40.0, gap=30.0, today=5.0)

# %% [markdown]
r"""
### Explain

With $A$ the reward, $D$ the days until it comes and $k$ the discount rate per day, the value now is

$$V = \frac{A}{1 + kD}$$

At a delay of $1/k$ days, half is left. Such a curve is steep near the reward and flat far from it. So a small reward that is close can overtake a large one behind it. Both are worth the same at $t^*$ days before the smaller one $A_1$, when the larger one $A_2$ comes $\Delta$ days later:

$$t^* = \frac{A_1 (1 + k\Delta) - A_2}{k\,(A_2 - A_1)}$$

**Worked example:** $A_1 = 40$, $A_2 = 80$, $\Delta = 10$ days, $k = 0.2$.

1. Above the line: $40 \times (1 + 2) - 80 = 40$.
2. Below the line: $0.2 \times 40 = 8$.
3. The preference turns $40 / 8 = 5$ days before the smaller reward.

**Your turn:** the same with $\Delta = 15$ days. Above the line: $40 \times (1 + 3) - 80 = 80$. The preference turns $\;?$ days before.

<details><summary>Show the last step</summary>

$80 / 8 = 10$ days before. The farther the better reward lies behind, the earlier the turn.

</details>

**Impatience alone does not turn a preference.** With exponential discounting, $V = A\,e^{-kD}$ (the $\gamma$ of modules 02 and 04 is this, one step at a time), the *ratio* of two values stays the same however near they come. Somebody very impatient then prefers the smaller reward from the start, and keeps to it. What turns a preference is the *shape* of the curve. And the same shape shows a way out: what is decided early, while both are still far, is decided by the larger one. An arrangement made on Monday is a help for Saturday, not a distrust of oneself.

**In people.** Groups with an addictive disorder discount more steeply: {{discounting-addiction-clinical}} between groups. At that distance about three quarters of the two curves lie on top of each other, and nobody's $k$ tells a diagnosis. These were mostly points or money, not drugs, and a comparison of groups cannot say what came first.

### Check
"""

# %%
questions.ask("06", "does-impatience-turn", answer=...)

# %%
questions.ask("06", "day-it-turns", answer=...)

# %% [markdown]
r"""
## A head start or a stronger pull

### Predict

Now you play, for a few minutes. Arrows come, and you press the matching key, fast; in one of four trials the word STOP follows, and you try to hold back. This is the {{term stop-signal-task}}. STOP comes later after each success, and earlier after each miss. **In how many per cent of the stop trials will you manage to stop?**

And a guess for after the game. Somebody picks "use" in three of four choices. That can come from a **head start** (they begin nearer to "use") or from a **stronger pull** while they weigh. **With which of the two is the frequent choice also the *faster* one?** Write `"bias"` (the head start), `"drift"` (the pull), `"both"` or `"neither"`.
"""

# %%
my_stops = ...  # per cent of the stop trials: a number from 0 to 100
my_faster = ...  # "bias", "drift", "both" or "neither"

# %% [markdown]
r"""
### Explore

Play with the arrow keys or the two buttons, and pause whenever you like. No result is good or bad, and nobody sees yours. If you would rather not play against the clock, take the made-up run that the panel offers. **One question: was stopping hard because you were careless, or because the task saw to it?**
"""

# %%
simulators.stop_task.explore(prediction=my_stops, responses=my_responses, trials=40)

# %% [markdown]
r"""
The game shows a line that begins with `my_responses =`. Put it in place of the first line here and run the cell: your times stand beside the model's. `simulators.stop_task.MADE_UP` in place of `my_responses` shows a made-up run.
"""

# %%
my_responses = ""
simulators.stop_task.draw(responses=my_responses, prediction=my_stops)

# %% [markdown]
r"""
Now the model of a choice. Keep the share of "use" as it is and move it from pull to head start. **One question: which of the pictures would look the same if nobody had measured times?**
"""

# %%
simulators.bias_or_drift.explore(prediction=my_faster)

# %%
simulators.bias_or_drift.draw(share_percent=75.0, bias_percent=0.0, boundary=2.0)

# %% [markdown]
r"""
### Explain

In the {{term drift-diffusion|drift–diffusion model}} evidence adds up, shaken by noise, until it reaches the upper bound $a$ ("use") or the lower one at 0 ("not"). It starts at $z$; the pull is the drift $v$ (only the word is shared with the drift of a set point, module 05); the noise has the strength $s$. The share of trials that end above, and the mean time until either bound, are

$$P = \frac{1 - e^{-2vz/s^2}}{1 - e^{-2va/s^2}}, \qquad E[T] = \frac{aP - z}{v}$$

Without a pull, $v = 0$, these become $P = z/a$ and $E[T] = z(a - z)/s^2$.

**Worked example: three of four, by a head start.** $a = 2$, $s = 1$, $v = 0$, $z = 1.5$.

1. Share above: $1.5 / 2 = 0.75$.
2. Mean time: $1.5 \times 0.5 = 0.75$. It is 0.58 for "use" and 1.25 for "not": the frequent choice is near its bound, the rare one has far to go.

**Your turn: three of four, by a pull from the middle.** $z = 1$, $v = 0.549$ gives the same share, 0.75. The mean time is $(2 \times 0.75 - 1) / 0.549 = \;?$

<details><summary>Show the last step</summary>

0.91, and it is the same for both choices. Same share, other times.

</details>

So a share says that *something* favours one side. Only with the times of both kinds of answer can one say whether it is the start or the drift. That is a difference one can act on: a head start is there before the picture comes, a pull works while one looks.

**And the stopping?** The task moves its STOP until you manage about half of the trials, whoever you are; the half is made by the task. What is compared between people is the *time* that stopping takes, reckoned from the whole game.

**In people.** In a small study stopping took longer some days after the last use, while going was as fast as in others: the first row. The second is about another moment of the same stage.

{{table ma-stop-signal, ma-craving-regulated}}

### Check
"""

# %%
questions.ask("06", "same-share", answer=...)

# %%
questions.ask("06", "stopped-half", answer=...)

# %% [markdown]
r"""
## Quiet here, loud there

### Predict

A {{term cue}} that announced the drug comes again and again, and nothing follows. Each time the error is negative (module 02), and the response fades: {{term extinction}}. In the programme that has happened, in the programme's rooms. Now to the corner.

In a model, a response has faded over 20 trials in one place. Of what was learnt there, three tenths also count in the first place. **How strong is the response on return to the first place, in per cent of what it was?**
"""

# %%
my_return = ...  # per cent of the response before: a number from 0 to 100

# %% [markdown]
r"""
### Explore

**One question: can more trials make up for a place that is too different?** Then weaken the link between place and learning, once *before* the learning and once *after* it, and compare.
"""

# %%
simulators.renewal.explore(prediction=my_return)

# %%
simulators.renewal.draw(trials=20, elsewhere=0.3, link=0.5, weakened="after learning")

# %% [markdown]
r"""
### Explain

What happens in extinction is not forgetting. The old link stays, and something new is learnt beside it: "here, nothing follows". Call what is learnt $L$, an inhibition. It is tied to the {{term context}}, the place in which it was learnt. There it counts with a weight $h$, elsewhere with a weight $g$:

$$\text{response there} = 1 - hL, \qquad \text{response elsewhere} = 1 - gL, \qquad L \leftarrow L + \alpha\,h\,(1 - hL)$$

$\alpha$ is the learning rate; $1 - hL$ is what still surprises. When the response comes back elsewhere, that is {{term renewal}}: in a model without forgetting, nothing that was learnt is lost.

**Worked example:** $\alpha = 0.5$, $h = 1$, $g = 0.2$.

1. Before the first trial $L = 0$. After it $L = 0.5$, after the second $L = 0.75$.
2. There, the response is $1 - 0.75 = 0.25$.
3. Elsewhere it is $1 - 0.2 \times 0.75 = 0.85$.

**Your turn:** after very many trials $L = 1$. There, the response is 0. Elsewhere it is $1 - 0.2 \times 1 = \;?$

<details><summary>Show the last step</summary>

0.8. More trials in the one place bring hardly anything here; a larger $g$ would. Practising in more than one place, or in places that resemble the corner, is a way to a larger $g$ *in the model*.

</details>

**The review's sentence about the {{term hippocampus}}.** It says that a smaller hippocampus, in BPD and after methamphetamine, takes away the control by context, so that cues become overpowering. In the model that sentence is not yet a prediction, because it does not say *which* link is weak. Halve the weight of the place *after* learning, and half of the response is back even in the safe place, so that the *difference* between the places gets smaller. Halve it *before*, and the learning itself is slower. Here is what was found, in rats and then in people:

{{table renewal-drug-rats, hippocampus-renewal, renewal-alcohol-people, cue-exposure-treatment}}

Read the third row twice. Vera's corner is an everyday experience, and in rats it is among the most reliable of findings; in people who were tested in a laboratory, it came back in some experiments and not in others. That is no reason to doubt her. It is a reason to say "in the model" when one explains why several places should help.

**And time?** {{cue-craving-months}} was when the answer to cues ({{term cue-reactivity}}) stood highest in one {{term cross-sectional|cross-sectional}} study ({{term incubation}}), while everyday craving was lower the longer people had been abstinent. So a strong answer after quiet months is no sign that something went wrong; and in the groups that had been abstinent for longer it was weaker.

### Check
"""

# %%
questions.ask("06", "what-extinction-leaves", answer=...)

# %%
questions.ask("06", "response-elsewhere", answer=...)

# %% [markdown]
r"""
## A thought that keeps itself going

### Predict

The tram has long passed the corner. The thought goes on, through the evening, round and round: {{term rumination}}. Must the trigger not still be there?

Here is a model of a state that feeds itself, with activity from 0 to 1. As the trigger rises past −2.78, it switches on. **How low must the trigger fall until it switches off again?** (The trigger is counted so that more negative means weaker.)
"""

# %%
my_off = ...  # in the units of the trigger: a number from -8 to 0

# %% [markdown]
r"""
### Explore

**One question: how small must $w$ be, the strength with which the state feeds itself, so that the way down is the same as the way up?**
"""

# %%
simulators.hysteresis.explore(prediction=my_off)

# %%
simulators.hysteresis.draw(weight=5.0, peak=-2.0, now=-2.5)

# %% [markdown]
r"""
### Explain

The activity $x$ moves towards what its input makes of it, and its input holds *itself*:

$$\dot{x} = -x + S(w x + I), \qquad S(u) = \frac{1}{1 + e^{-u}}$$

$I$ is the trigger (the input), $w$ the weight with which the state feeds itself, and $S$ an S-shaped curve from 0 to 1. It rests where $x = S(wx + I)$. Up to $w = 4$ there is one such state, and it follows the trigger up and down by the same way. Above, there can be two that hold ({{term bistability}}) with a ridge between them. Each disappears at its own **fold**:

$$x = \tfrac12\left(1 \pm \sqrt{1 - \tfrac{4}{w}}\right), \qquad I = \ln\frac{x}{1 - x} - w x$$

So the jump up happens at one value of the trigger and the jump down at a lower one. Between the two, the trigger does not tell the state; its history does. The name of that is hysteresis.

**Worked example: $w = 5$.** The folds lie at −2.34 (up) and −2.66 (down). The state is low, and the trigger rises to −2: it jumps up. The trigger falls back to −2.5. That is below −2.34, where the jump came, but above −2.66: the state stays high.

**Your turn:** now the trigger falls on to −2.7. The state is $\;?$

<details><summary>Show the last step</summary>

Low: −2.7 lies below −2.66. If the trigger then rises to −2.5 again, it stays low. Same trigger as before, other state.

</details>

For a person this would mean: leaving the corner may not be enough, *and* nothing needs to be torn out by the roots either. To push the state once below its lower fold is enough, or to make $w$ smaller for a while: a call, another activity, another company. Vera called. What the model cannot say is whether thoughts work like this. Nobody has measured a $w$.

### Check
"""

# %%
questions.ask("06", "trigger-gone", answer=...)

# %%
questions.ask("06", "one-way-or-two", answer=...)

# %% [markdown]
r"""
## This stage in BPD

**What the review says.** In BPD this stage is said to be worse, by four routes: an {{term ofc}} and a {{term vmpfc}} that give long-term goals too little weight, an {{term amygdala}} that amplifies cues, a hippocampus that loses the context, and a {{term default-mode-network}} that turns craving into rumination and weakens {{term cbt}}. {{term alexithymia|Alexithymia}} is called the root of it all; module 07 reads that sentence with its sources.

**What was measured**, in people with BPD or with its features:

{{table bpd-discounting, bpd-stress-withholding, bpd-emotional-stopping, bpd-rumination}}

The first two agree on something worth keeping about {{term impulsivity}}: choosing the nearer reward was more frequent in BPD, and *stopping* was not different. Holding back got worse under stress. Where feelings come in, as in the third row, the picture may be another one. "Impulsive" is thus one word for at least three things.

**What was not measured.** We know of no study in which people with BPD *and* methamphetamine use did any of the tasks of this lesson: no discounting, no stopping, no extinction or renewal, no course of craving. The routes above are put together from two literatures that never met in one person. This is what became of the fourth route:

{{table dmn-suppression-craving}}

A hypothesis is no shame. It is a plan for a study, as long as it is not told to Vera as a result.
"""

# %% [markdown]
r"""
## What the review says, what the evidence says

**Up or down?** The {{term insula}} takes part in {{term interoception}}, the sense of the own body, and with the {{term acc}} in what is called the salience network. The review has it overactive on one page and flattened on another.

{{table insula-opposite-signs, gowin-acc-insula-risk}}

"Active" needs its task: at rest, or while risking something? And from an active insula one cannot read that somebody craves ({{term reverse-inference}}).

**Steep or not?** The number for discounting depends on which studies one lets in; compare both rows with the note of the first.

{{table discounting-addiction, discounting-addiction-clinical}}

**Can a scan foretell it?** One study comes close to the question. Men in treatment for methamphetamine use were scanned by {{term fmri}} some weeks after their last use and followed for about a year:

{{table paulus-sensitivity, paulus-specificity, paulus-relapse-rate}}

The first row is the {{term sensitivity}}, the second the {{term specificity}}, the third the {{term base-rate}} of {{term relapse}} (how a study defines that decides what it finds). Two things keep these numbers from a clinic. The rule was made from the same people on whom it was tried, so it fits them best; new people are the test. And what a mark means hangs on the base rate. Here is an example with round numbers, a test that is right in eight of ten on both sides: where half of a group return to use, eight of ten marked people do (the {{term predictive-value}}); where one in five returns, it is five of ten, and the other five are {{term false-positive|false positives}}: people whom the test would have given up. The {{term negative-predictive-value}} moves the other way.

All claims, with their sources, stand in the [evidence ledger](../EVIDENCE.html).

### What can be said to Vera

"It was not for nothing. What you learnt is there; it was learnt in one place, and the corner is another. That a wish comes back there says how learning works, and nothing about your will. You rode on, and you called. If you like, we go on practising, one day at the tram stop too. I cannot promise that this makes it easier, because in people it has been tested too little; but it is our best idea, and we will see together. And the evening, when the thought went round: let us find what brings you below that edge."
"""

# %% [markdown]
r"""
## What these models cannot tell you

- **A discount rate is measured in points.** Whether it is the same for a drug, on a Saturday, in withdrawal, is another question; a group difference of this size can never diagnose.
- **The diffusion model describes choices of about a second** between two keys. A decision to use takes longer and has more than two sides. Your own result from a few dozen trials is mostly noise.
- **Context-gated extinction is a reduction** of a theory by Bouton, made from animals. It knows no forgetting, no reminder, no talk. Here a place has one number; in life it has a smell, a person, a time of the month.
- **The switch is a metaphor.** One population of cells stands for a thought. That the default mode network or the salience network is such a switch, nobody has shown.
- **Numbers in all four are assumed**, and none may be used to predict a person.
"""

# %% [markdown]
r"""
## Take-away

1. A preference can turn as a date comes near because of the *shape* of discounting; impatience alone does not do it. So decide early.
2. A share of choices does not tell a head start from a stronger pull. The times do.
3. Extinction hides and does not erase. What is quiet in one place may be loud in another, surely in rats, less surely in people.
4. A state that feeds itself needs more than the end of its trigger, and less than its removal by the roots.
5. In BPD with methamphetamine use, nobody has measured any of this yet.

### Three questions to close
"""

# %%
questions.ask("06", "closing-monday-saturday", answer=...)

# %%
questions.ask("06", "closing-back-at-the-corner", answer=...)

# %%
questions.ask("06", "closing-scan-for-relapse", answer=...)

# %% [markdown]
r"""
### Words

{{words acc, alexithymia, amygdala, base-rate, bistability, cbt, context, craving, cross-sectional, cue, cue-reactivity, default-mode-network, delay-discounting, drift-diffusion, extinction, false-positive, fmri, hippocampus, hyperbolic-discounting, impulsivity, incubation, insula, interoception, negative-predictive-value, ofc, predictive-value, relapse, renewal, reverse-inference, rumination, sensitivity, specificity, stop-signal-task, vmpfc}}

### Read further

- MacKillop and colleagues 2011, discounting and addictive behaviour, a meta-analysis: [doi:10.1007/s00213-011-2229-0](https://doi.org/10.1007/s00213-011-2229-0)
- Monterosso and colleagues 2005, stopping after methamphetamine: [doi:10.1016/j.drugalcdep.2005.02.002](https://doi.org/10.1016/j.drugalcdep.2005.02.002)
- Conklin and Tiffany 2002, what extinction in animals says to treatment: [doi:10.1046/j.1360-0443.2002.00014.x](https://doi.org/10.1046/j.1360-0443.2002.00014.x)
- Stasiewicz and colleagues 2007, the renewal that did not come: [doi:10.1037/0893-164X.21.2.244](https://doi.org/10.1037/0893-164X.21.2.244)
- Tavakkoli and colleagues 2020, the hippocampus and renewal in a neutral place: [doi:10.1037/bne0000379](https://doi.org/10.1037/bne0000379)
- Wang and colleagues 2013, craving and the length of abstinence: [doi:10.1371/journal.pone.0068791](https://doi.org/10.1371/journal.pone.0068791)

## To discuss in class

1. A programme wants to refuse a place to people who discount steeply, "because they will not hold out". Which of today's numbers speak against it, and what could be offered to them instead?
2. A colleague plans exposure to cues in the clinic only, because "out there it is too risky". What does the model say, what do the experiments in people say, and what else would you have to weigh?

Now open **exercises.ipynb** in the same folder.
"""

# %% [markdown] tags=["instructor"]
r"""
### For the instructor

**Timing (45 min):** recall 3, discounting 8, choices 12 (of which 4 for playing), renewal 9, switch 6, BPD and evidence 5, closing 2. If time is short, play one run together and leave out the formulas of the choice model: the two pairs of times are enough.

**What learners get wrong**

- "She is impatient, so she changes her mind." Let them raise $k$ on the exponential side until they give up. Then ask what *does* make the curves cross.
- "More use choices, so more wanting." Cover the times and let pairs defend head start and pull against each other; neither can win.
- "I stopped in only half of the trials, I must be impulsive." The task makes the half. Nobody should take a result home as a trait.
- "It came back, so it was not gone, so treatment failed." Ask what was learnt, where, and what it would look like if it had been erased.
- "Take the trigger away and it stops." Let them drive the switch up and down with $w = 5$, then with $w = 3$.

**What to say when asked "so should she avoid the corner or go there?"** The model has an answer and the evidence has half of one. So there is no rule to hand on. Staying away can be wise, and so can practising there, later and in company. It is hers to choose, with somebody she trusts.

**Care.** Some in the room know such a corner. Never ask for personal experience, do not collect the results of the game, and name a contact at the start.
"""
