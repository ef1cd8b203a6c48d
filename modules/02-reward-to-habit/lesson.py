# %% [markdown]
r"""
# "I had decided not to." So who decided?

**Module 02 · from reward to habit · about 45 minutes · nothing here is graded**

> *Sami is made up.* He is 26 and lives with borderline personality disorder (BPD) and with methamphetamine use disorder. On Thursday he tells his psychologist: "I don't even like it any more, and I had decided not to. Then I got off the bus two stops early, like I used to, and only noticed when I stood there. I didn't want it, and I went. **So who decided?**"

One answer is that there is more than one way to choose, and that they are not taught by the same thing. You will meet four ideas: how a value is learnt, how it may wander to where plans do not reach, how a plan differs from a habit in data, and how one tests for a habit.

**Know before:** what dopamine does at a synapse (module 01) and how to read a claim (module 00). No programming: each grey cell is one line that is already written; run it with **Shift+Enter**.

**You will be able to**

| | objective | level |
|---|---|---|
| O1 | compute a prediction error and say what it teaches | apply |
| O2 | say what a drug does to it in a model, and which finding speaks against that model | evaluate |
| O3 | predict what each level of the spiral comes to want | analyse |
| O4 | tell a plan from a habit in data | analyse |
| O5 | write these mechanisms as short functions (in the exercises) | create |

**Content note.** This module speaks of wanting and of return to use in a scientific way. Skip any cell you like: nothing graded depends on personal experience. People to talk to are listed on the START page.
"""

# %%
from course import questions, simulators

my_error = my_levels = my_repeats = my_rare_win = my_fall = my_connections = ...  # your predictions: still open
my_choices = ""  # what you will choose in a game further down

# %% [markdown]
r"""
## Recall

Three questions from the modules before, so that they stay.
"""

# %%
questions.ask("02", "recall-effect-and-level", answer=...)

# %%
questions.ask("02", "recall-two-bars", answer=...)

# %%
questions.ask("02", "recall-scanned-once", answer=...)

# %% [markdown]
r"""
## Surprise: the prediction error

### Predict

A {{term cue}} is followed, a few moments later, by a {{term reward}} of size 1. At first the reward is news; after many trials it is expected. What teaches is not the reward but the surprise, the **{{term prediction-error|prediction error}}**: what came minus what was expected. The firing of {{term dopamine}} neurons in the {{term vta|midbrain}} follows it closely in many experiments, the first of them in monkeys.

Now let the outcome be a *drug*. In this model it adds 0.5 to the error each time, and no expectation can take that away. **How large is the error at the outcome on trial 150?** (A natural reward's is zero by then.) Put a number in place of the three dots, then run the cell.
"""

# %%
my_error = ...  # units of one ordinary reward; there is no penalty for a wrong guess

# %% [markdown]
r"""
### Explore

**One question: where does the surprise go while a reward is learnt, and where does the drug's surprise stay?** Then leave the outcome out for once, and after that the cue. Set the drug to zero to see a natural reward.
"""

# %%
simulators.prediction_errors.explore(prediction=my_error)

# %% [markdown]
r"""
Without the mouse, one line draws the same picture. Change a value and run it again:
"""

# %%
simulators.prediction_errors.draw(drug=0.0, trial=150, event="no outcome")

# %% [markdown]
r"""
### Explain

In {{term temporal-difference-learning}} every moment has a value $V$, what is expected from here on. Each trial it is corrected:

$$\delta = r + \gamma V_{\text{next}} - V, \qquad V \leftarrow V + \alpha\,\delta$$

$\delta$ is the error, $r$ the reward at this moment, $V_{\text{next}}$ the value of the next moment, $\gamma$ how much the future counts (0 to 1), and $\alpha$ the {{term learning-rate}}, the share of the error that is learnt. A better next moment is good news too. So value moves back from the reward to the first thing that announces it, and the surprise moves with it, to the cue.

**Worked example: more than expected.** $V = 0.6$, $\alpha = 0.2$, a reward of 1 comes, and nothing follows.

1. Error: $1 - 0.6 = 0.4$.
2. New value: $0.6 + 0.2 \times 0.4 = 0.68$.

**Your turn: less than expected.** $V = 0.6$ again, and nothing comes. The error is $0 - 0.6 = -0.6$. The new value is $0.6 + 0.2 \times (-0.6) = \;?$

<details><summary>Show the last step</summary>

0.48. A disappointment teaches as much as a gift, in the other direction.

</details>

**What a drug might do to it.** Module 01 showed that methamphetamine raises dopamine by itself, whatever was expected. Redish (2004) built a model on this: the drug adds a term $D$, and the error at the drug can never fall below it.

$$\delta = \max(r + \gamma V_{\text{next}} - V + D,\; D)$$

Such an error is *non-compensable*: learning cannot make it disappear. Once the value has passed the reward, it rises by $\alpha D$ on every trial, without end. With $\alpha = 0.2$ and $D = 0.5$ that is 0.1 a trial. If $D$ were only more reward (*compensable*), the value would stop at $r + D$.

**And what speaks against it.** A good model forbids something. This one forbids **{{term blocking}}** with drugs: if an old cue already predicts everything, a new cue beside it should teach nothing, but a drug's error leaves something to learn each time. In rats that worked for cocaine, Panlilio and colleagues (2007) looked, and blocking was there. So the sentence "a drug's surprise never fades" was wrong in that experiment. Later models let the bar for what counts as a reward rise with use (Dezfouli and colleagues 2009), and then blocking can occur. The lasting part of the idea is smaller: drugs act on the very signal by which values are learnt.

### Check
"""

# %%
questions.ask("02", "better-than-expected", answer=...)

# %%
questions.ask("02", "above-the-reward", answer=...)

# %% [markdown]
r"""
## From the top to the bottom: the spiral

### Predict

The {{term striatum}} has a {{term ventral-striatum|ventral}} part (below, with the {{term nucleus-accumbens}}: shell and core), close to wishes and goals, and a {{term dorsal-striatum|dorsal}} part (above), close to movements. In monkeys each part reaches the midbrain cells that send dopamine to itself *and* to the part next to it: a spiral from shell to core to dorsal.

Our model makes that a staircase of five levels and turns the brain over: the ventral level, close to goals, is the top. The top level weighs the goal ("is it good for me?"); each level below learns from the level above it ("then get off here", "then stand up"). The drug adds its term, 0.5, at every level. For 500 trials there is a reward of 1; from then on each trial also brings a punishment of 1.8, which only the top level feels. **How many of the five levels still value the drug, with a value above zero, at trial 1,000?**
"""

# %%
my_levels = ...  # a whole number from 0 to 5

# %% [markdown]
r"""
### Explore

**One question: how small must the drug's term be so that the second level from the top also turns to no?** Then look at the second picture, where the punishment begins with the first trial: does that change where the levels *end*, or only how they get there?
"""

# %%
simulators.spiral.explore(prediction=my_levels)

# %%
simulators.spiral.draw(punished_from=0)

# %% [markdown]
r"""
### Explain

Level 0 is the top. With $r$ the reward, $p$ the punishment and $D$ the drug's term, the errors are

$$\delta_0 = r - p + D - Q_0, \qquad \delta_k = Q_{k-1} + D - Q_k$$

where $Q_k$ is the value at level $k$. Each level learns until its error is zero. This is a reduction, to straight lines, of a model by Keramati and Gutkin (2013).

**Worked example:** $r = 1$, $p = 1.5$, $D = 0.3$.

1. The top settles at $1 - 1.5 + 0.3 = -0.2$: it says no.
2. The next one learns from it, plus the drug's term: $-0.2 + 0.3 = 0.1$: yes.
3. The one below: $0.1 + 0.3 = 0.4$: a stronger yes.

**Your turn:** the same with $D = 0.2$. The top settles at $-0.3$, the next at $-0.1$, the one below at $\;?$

<details><summary>Show the last step</summary>

$-0.1 + 0.2 = 0.1$. Now two levels say no, and the third still says yes.

</details>

Two things follow *in the model*. A drug that acts on the learning signal everywhere lets the bottom want what the top rejects. And every level learns from the one above, so what happens at the top arrives at the bottom late: a punishment silences the top long before it reaches the bottom, and with a drug it may never turn the bottom. A punishment from the first trial on ends at the same values; but a top that says no from the start may keep an act from being repeated often enough to get down there at all.

What the model does *not* say is that a person is their bottom level. And the signs in the spiral are worth a look. The cells of the striatum that send signals back to the midbrain *inhibit*. If such a cell quiets another inhibiting cell, the dopamine cell behind it is freed of a brake: minus times minus. To say that they "activate" the midbrain hides this.

### Check
"""

# %%
questions.ask("02", "bottom-still-wants", answer=...)

# %%
questions.ask("02", "minus-times-minus", answer=...)

# %% [markdown]
r"""
## Plan or repeat: two ways to choose

### Predict

Now you play. In the **two-step task** you first choose left or right. Each choice leads *usually* to its own place (the common way) and now and then to the other one (the rare way). There you choose again, and either it pays or it does not; the chances drift slowly, so keep learning.

Two guesses before you begin. **In how many per cent of the cases will you repeat your first choice after a trial that paid?** And for later: a learner that only plans has just been paid after the *rare* way. **Is it now more, less or equally likely to repeat its first choice, compared with a rare way that did not pay?** Write `"more"`, `"less"` or `"equally"`.
"""

# %%
my_repeats = ...  # per cent: a number from 0 to 100
my_rare_win = ...  # "more", "less" or "equally"

# %% [markdown]
r"""
### Explore

Play with the mouse or with the arrow keys; you may stop and go on later. There is no good or bad result, and nobody sees it. **One question: after a reward that came by the rare way, what did you do?**
"""

# %%
simulators.two_step_task.explore(prediction=my_repeats, choices=my_choices, trials=60)

# %% [markdown]
r"""
The game shows a line that begins with `my_choices =`. Put it in place of the first line here and run the cell: then you see your own shares of staying beside two model learners. (A few dozen trials leave wide margins. Do not read a character into them.)
"""

# %%
my_choices = ""
simulators.two_step_task.draw(choices=my_choices, prediction=my_repeats)

# %% [markdown]
r"""
Now look at model learners that have played so long that chance hardly plays a part. Move the weight of the plan.
"""

# %%
simulators.stay_probabilities.explore(prediction=my_rare_win)

# %%
simulators.stay_probabilities.draw(weight=0.5)

# %% [markdown]
r"""
### Explain

**{{term model-free|Model-free}}** choosing asks one thing: did it pay? A choice that paid is repeated, by whichever way the payment came. **{{term model-based|Model-based}}** choosing uses a map: if the good place was reached by the *rare* way, the *other* choice is the better road to it. So the four shares of staying tell the two apart:

- reward matters, the way does not: model-free;
- reward pulls towards the choice after the common way and away from it after the rare way: model-based;
- some of both: a mixture,

$$Q = w\,Q_{MB} + (1 - w)\,Q_{MF}$$

with $Q_{MB}$ the planned value, $Q_{MF}$ the value learnt from what paid, and $w$ the weight of the plan, from 0 to 1.

**Worked example:** $Q_{MB} = 0.6$, $Q_{MF} = 0.2$, $w = 0.75$. Then $Q = 0.75 \times 0.6 + 0.25 \times 0.2 = 0.5$.

**Your turn:** the same person is tired, and $w$ falls to 0.25. $Q = 0.25 \times 0.6 + 0.75 \times 0.2 = \;?$

<details><summary>Show the last step</summary>

0.3. Nothing has been unlearnt; the plan just counts for less.

</details>

**What was found in people.** Most look like a mixture (Daw and colleagues 2011). In one {{term cross-sectional}} study people with methamphetamine dependence leaned more to the model-free side than a comparison group, and so did people with binge eating and with obsessive–compulsive disorder (Voon and colleagues 2015). So it is not a mark of one drug, and one visit cannot say what came first. And when the task is explained better, most people plan almost all the time, while a planner with a wrong map of the task *looks* like a mixture (Feher da Silva and Hare 2020). $w$ describes how somebody played a game. It is not the size of a "habit system".

### Check
"""

# %%
questions.ask("02", "paid-the-rare-way", answer=...)

# %%
questions.ask("02", "what-w-is", answer=...)

# %% [markdown]
r"""
## When the outcome loses its worth

### Predict

"I don't even like it any more, and I went": that sounds like a **{{term habit}}**. In learning theory the word has a test, **{{term devaluation|outcome devaluation}}**. A rat has learnt to press a lever for food. Then the food is made worthless, for example by letting it eat its fill. Back at the lever, with no food coming, does it still press? If it acts *for* the food ({{term goal-directed|goal-directed}}), it stops at once. If the lever alone sets off the act, it goes on.

A model rat chooses with $w = 0.7$. **By how many per cent does its pressing fall when the food has lost all its worth?**
"""

# %%
my_fall = ...  # per cent: a number from 0 to 100

# %% [markdown]
r"""
### Explore

**One question: what must happen before the habitual part falls too?** Try the number of trials in which the worthless food is really delivered.
"""

# %%
simulators.devaluation.explore(prediction=my_fall)

# %%
simulators.devaluation.draw(weight=0.5, worth_percent=0, test_trials=20)

# %% [markdown]
r"""
### Explain

The planned value follows the new worth at once. The model-free value is a memory of what paid; it changes only when the outcome is met again. So pressing falls by the planned part alone, and what is *left* is the habit.

**Worked example:** $w = 0.7$, all worth lost: pressing falls by $0.7 \times 100\,\% = 70\,\%$, and 30 % is left.

**Your turn:** $w = 0.25$, and *half* of the worth is lost. Pressing falls by $0.25 \times 50\,\% = \;?$

<details><summary>Show the last step</summary>

12.5 %. Hardly to be seen, and yet this rat plans, a little.

</details>

Three words that are often taken for one another:

- A **habit** goes on although its outcome has lost its worth. Most habits harm nobody.
- **{{term compulsive-use|Compulsive use}}** goes on although it harms, or although the person wants to stop. It may be very much planned.
- **Wanting** without liking is neither; module 04 comes to it.

Was Sami's walk a habit? Getting off at the old stop before he noticed might well be: the bus stop set off the act. What he did next, nobody has tested. In people the test is hard to do, and whether drug use in people is habitual in this sense is an open question. So the psychologist could say: "One part of you decides, and another repeats what has paid many times. Both are you. The second learns slowly and from what really happens; that is also how it can learn something new. And it needs a bus stop: let us look at the way home."

### Check
"""

# %%
questions.ask("02", "is-it-a-habit", answer=...)

# %%
questions.ask("02", "half-the-worth", answer=...)

# %% [markdown]
r"""
## What the review says, what the evidence says

The review's Figure 3 draws the way from impulse to compulsion through the striatum. Here it is as a circuit to walk through: choose a place or a connection, and read its messenger, its sign, its role and what the evidence says. **Guess first: of the ten connections, how many does the evidence support?**
"""

# %%
my_connections = ...  # a whole number from 0 to 10

# %%
simulators.circuit_walk.explore(prediction=my_connections)

# %%
simulators.circuit_walk.draw(at="NAcSh>VTA")

# %% [markdown]
r"""
**The circuit.** The idea of the spiral is a good one. Look at whom it was found in, and at what each sentence cites.

{{table ventral-dorsal-spiral, d1-msn-excite-midbrain, ofc-to-snc, liu-2024-glutamate, volkow-1997-citation}}

**What was measured in people.** {{term pet|PET}} follows a {{term tracer}} that binds to one kind of {{term receptor}} or transporter, and reports how many free sites it finds ({{term binding-potential}}).

{{table d2-reduction-caudate, dat-reduction-caudate, sert-reduction, vmat2-reduction, d1-no-difference, d2-ofc-metabolism}}

In the {{term caudate-putamen|putamen}}, the second part of the dorsal striatum, the same studies found {{d2-reduction-putamen}} for the {{term d2-receptor}} and {{dat-reduction-putamen}} for the dopamine transporter. (A minus means: lower than in the comparison group.) Pooled over studies, as a {{term smd}}, the transporter differs by {{dat-meta}}; D2-type receptors, in people who use stimulants of any kind, by {{d2-meta}}; the release of dopamine by a stimulant, mostly in people who use cocaine, by {{da-release-meta}}.

"Fewer dopamine receptors" is thus too short: one kind is lower, another is not, and one pump is *higher* soon after the last use. All of these compare groups once. A low value may have been there before the first use.

**What lasts, and what it foretells.** {{term tspo|TSPO}} is a protein by which PET follows {{term microglia}}; {{term glucose-metabolism}} shows how hard a region works.

{{table ofc-recovery-years, neuroinflammation-two-years, tspo-elevation, d2-release-relapse}}

Look at the first two rows: a time that nobody measured, and a time that says the opposite. The last row is the kind of study one would want, with people followed over months, and it rests on a handful of events.

None of the studies in these tables measured people with BPD. What borderline personality disorder adds to any of this is, so far, a question.
"""

# %% [markdown]
r"""
## What these models cannot tell you

- **The non-compensable drug is refuted in a detail.** It forbids blocking; with cocaine, in rats, blocking was found. Keep the question it asked, not its last term.
- **The staircase is a drawing of an idea.** Five levels, one learning rate, straight lines: nobody counted levels in a brain. The anatomy comes from monkeys, the shift to habit from rodents, mostly with other drugs; in people it is contested.
- **$w$ is not a habit system**, and instructions alter it. Your own $w$ from sixty trials is mostly noise.
- **A rat that presses on despite a shock is not a person.** The circuits that go with it in rats are correlations there and no cause here.
- **Nothing here predicts one person**, or says that somebody cannot choose. Values in these models are in units of "one reward", which exist in no one.
"""

# %% [markdown]
r"""
## Take-away

1. What teaches is surprise: what came minus what was expected.
2. A drug acts on the teaching signal itself. That its error never fades is a model, and in one good test it failed.
3. In the spiral each level learns from the one above, so late punishment reaches the top first and the bottom last or never.
4. Plan or habit shows in what somebody does with *new* knowledge, after a rare way or a lost worth. Almost everyone is a mixture.
5. "I had decided not to, and I went" is no weakness of will and no proof of a habit. It is a reason to look at the bus stop.

### Three questions to close
"""

# %%
questions.ask("02", "closing-where-surprise-goes", answer=...)

# %%
questions.ask("02", "closing-late-punishment", answer=...)

# %%
questions.ask("02", "closing-test-for-habit", answer=...)

# %% [markdown]
r"""
### Words

{{words blocking, caudate-putamen, compulsive-use, cortex, cue, d2-receptor, devaluation, dorsal-striatum, glucose-metabolism, goal-directed, habit, learning-rate, microglia, model-based, model-free, ofc, pet, prediction-error, prefrontal-cortex, receptor, reward, striatum, substantia-nigra, temporal-difference-learning, tracer, tspo, ventral-striatum, vta}}

### Read further

- Schultz, Dayan and Montague 1997, dopamine as a prediction error: [doi:10.1126/science.275.5306.1593](https://doi.org/10.1126/science.275.5306.1593)
- Redish 2004, the drug whose error cannot be predicted away: [doi:10.1126/science.1102384](https://doi.org/10.1126/science.1102384); and Panlilio and colleagues 2007, the test it failed: [doi:10.1016/j.pbb.2007.03.005](https://doi.org/10.1016/j.pbb.2007.03.005)
- Haber and colleagues 2000, the spiral in monkeys: [doi:10.1523/JNEUROSCI.20-06-02369.2000](https://doi.org/10.1523/JNEUROSCI.20-06-02369.2000)
- Keramati and Gutkin 2013, the model of the spiral: [doi:10.1371/journal.pone.0061489](https://doi.org/10.1371/journal.pone.0061489)
- Daw and colleagues 2011, the two-step task: [doi:10.1016/j.neuron.2011.02.027](https://doi.org/10.1016/j.neuron.2011.02.027); Voon and colleagues 2015, in disorders of compulsivity: [doi:10.1038/mp.2014.44](https://doi.org/10.1038/mp.2014.44); Feher da Silva and Hare 2020, what instructions change: [doi:10.1038/s41562-020-0905-y](https://doi.org/10.1038/s41562-020-0905-y)
- Lüscher, Robbins and Everitt 2020, the transition to compulsion: [doi:10.1038/s41583-020-0289-z](https://doi.org/10.1038/s41583-020-0289-z)

## To discuss in class

1. A magazine writes: "Scans show that the drug has switched off their free will." Which of today's four ideas do you use to answer, and which finding would make you change your mind?
2. In the model, consequences that come late teach the top and not the bottom. Somebody concludes that only early and hard punishment helps. What is wrong with this step, from a model to a way of treating people?

Now open **exercises.ipynb** in the same folder.
"""

# %% [markdown] tags=["instructor"]
r"""
### For the instructor

**Timing (45 min):** recall 3, surprise 9, spiral 8, two-step 12 (of which 5 for playing), devaluation 5, evidence 6, closing 2. If time is short, let the class play together: one person at the keys, the others call out left or right.

**What learners get wrong**

- "The error is the reward." Ask for the error at a reward that everybody expected. Then at the salary that did not come.
- "Refuted, so useless." The model told people which experiment to do. Ask what would refute the spiral.
- "Any repetition after a win is a habit." Planners repeat too. Cover the two bars of the common way and ask again.
- "Habit, compulsion, addiction: the same." Let them find a habit that harms nobody, and a planned act that harms.
- "My $w$ is low." Sixty trials; show the margins. Nobody should take a result home as a trait.

**What to say when asked "so can he choose or not?"** The models do not contain that question. They say that acts can be taught in more than one way, and that some of them learn slowly. People do stop; module 08 shows how many and what helps.

**Care.** Some in the room know the bus stop from inside. Never ask for personal experience, do not collect results of the game, and name a contact at the start.
"""
