# %% [markdown]
r"""
# "It did nothing, and I took more." Relief, or pleasure?

**Module 04 · binge and intoxication · about 45 minutes · nothing here is graded**

> *Leyla is made up.* She is 31, works nights in a bakery and lives with borderline personality disorder (BPD). On a weekend in spring she used methamphetamine for two days. "The first time on Friday was good," she tells the doctor on Monday. "After that it did nothing, and I took more. And people say to me: you only wanted the pain to stop. Did I? **Why do you take more when it is already there, and was it relief or was it fun?**"

The review tells addiction as a circle of {{term three-stages|three stages}}. This is the first, **binge and intoxication**; module 05 is about the second, withdrawal and negative affect, and module 06 about the third, preoccupation and anticipation. The circle sorts findings; it is no timetable for anybody.

Leyla asks two questions in one. This module has three ideas for them: a state can raise the *wanting* of a thing at once, without raising the liking; a drug can be taken to *hold a level*; and the same dose can count as much or little, depending on where one stands. Then it asks what has really been measured in people like Leyla.

**Know before:** half-lives (module 01), values and cues (module 02). No programming: each grey cell is one line that is already written; run it with **Shift+Enter**.

**You will be able to**

| | objective | level |
|---|---|---|
| O1 | say what a change of state does to the wanting of a cue | apply |
| O2 | read presses, intervals and intake of a session | analyse |
| O3 | compute the reward of a dose from its distance to a set point, and tell relief from punishment | apply |
| O4 | say what would separate relief from euphoria, and what was measured | evaluate |
| O5 | write these mechanisms as short functions (in the exercises) | create |

**Content note.** This module speaks of drug use and of how it feels. It holds no advice on using, and its amounts belong to rats. Skip any cell you like: nothing graded depends on personal experience. People to talk to are listed on the START page.
"""

# %%
from course import questions, simulators

my_cue = my_interval = my_reward = ...  # your predictions: still open

# %% [markdown]
r"""
## Recall

Three questions from two and three modules ago.
"""

# %%
questions.ask("04", "recall-half-lives", answer=...)

# %%
questions.ask("04", "recall-where-surprise-goes", answer=...)

# %%
questions.ask("04", "recall-liking-habit", answer=...)

# %% [markdown]
r"""
## Wanting that jumps

A {{term binge}} is a stretch of use with little pause; {{term intoxication}} is the state while the drug acts. The first idea is about the moment just before.

### Predict

A {{term cue}} can pull like a magnet. This pull is called {{term incentive-salience|wanting}} here; {{term liking}} is the pleasure of the thing itself. A rat has learnt: cue 1, then cue 2, then a reward of size 1. Then its state changes, from one moment to the next: what is about to come counts three times as much. Neither cue has been shown in this state before.

**Which cue is wanted more at once, before anything new is learnt?** Write `"cue 1"`, `"cue 2"` or `"both"` in place of the three dots, then run the cell.
"""

# %%
my_cue = ...  # "cue 1", "cue 2" or "both"; there is no penalty for a wrong guess

# %% [markdown]
r"""
### Explore

**One question: what does the state change at once, and what comes only with trials?** On the left nothing is learnt; on the right the reward has really become larger and is learnt anew. Then set $\kappa$ to 0.
"""

# %%
simulators.wanting.explore(prediction=my_cue)

# %% [markdown]
r"""
Without the mouse, one line draws the same picture. Change a value and run it again:
"""

# %%
simulators.wanting.draw(kappa=0.0, gamma=0.9, trials=20)

# %% [markdown]
r"""
### Explain

Zhang and colleagues (2009) put the state of the moment into the formula of module 02:

$$\tilde V = \kappa\, r + \gamma\, V_{\text{next}}$$

$\tilde V$ is the wanting of a cue, $r$ the reward that follows it *directly*, $V_{\text{next}}$ the learnt value of the cue that follows, and $\gamma$ the discount. The new letter is $\kappa$ (kappa; only the letter is shared with Cohen's kappa in module 00): how many times a reward counts in the present state. $\kappa = 1$ is the state of the training, and then the formula is that of module 02. Hunger, a drug in the body, or {{term sensitisation}} of the dopamine system raise it in the model; satiety lowers it.

**Worked example:** cue A, then cue B, then a reward $r = 4$; $\gamma = 0.5$, $\kappa = 1.5$.

1. Learnt, at $\kappa = 1$: B is worth 4, A is worth $0.5 \times 4 = 2$.
2. B now: $1.5 \times 4 + 0.5 \times 0 = 6$. It jumps.
3. A now: $1.5 \times 0 + 0.5 \times 4 = 2$. Nothing has happened.

**Your turn:** the animal has just eaten its fill, $\kappa = 0.2$. B is now at $0.2 \times 4 + 0.5 \times 0 = \;?$

<details><summary>Show the last step</summary>

0.8, at once, and A is still at 2. A cue may go on promising what its animal hardly wants at the moment.

</details>

So learning and state pull at different ends of the chain. Learning carries value back to the *first* cue; a state raises the cue *nearest to the reward*. The model was built on rats, on salt hunger and on amphetamine: a cue for strong salt can become wanted in the very first salt hunger of an animal's life.

**And liking?** $\kappa$ says nothing about pleasure. In people the two have been pulled apart a little: in an experiment with {{catecholamine-craving-euphoria}}, a drink that withholds the building blocks of dopamine for some hours lowered the craving after cocaine and its cues, but neither the euphoria nor how much they took. That is one small study. Still, Leyla's "it did nothing, and I took more" need not be a contradiction.

### Check
"""

# %%
questions.ask("04", "which-cue-grows", answer=...)

# %%
questions.ask("04", "craving-without-liking", answer=...)

# %% [markdown]
r"""
## A session: the level that is defended

### Predict

Now the drug is there already. In {{term self-administration}}, a rat presses a lever and receives a small dose of cocaine into a vein. At first it presses a few times in a row; then the presses come as regularly as a clock, for hours. Tsibulsky and Norman (1999) explained this by two numbers. One is a *threshold*, below which the rat presses: {{rat-cocaine-satiety-threshold}}. The other is the {{term half-life}} with which the drug wanes: {{rat-cocaine-functional-half-life}}. Both are read from the presses of rats; people clear cocaine far more slowly.

The dose of a press is doubled, from 1 to 2 mg per kg of rat. **How many times as long is the time from one press to the next?** (1: no change.)
"""

# %%
my_interval = ...  # times as long: a number from 0.25 to 4

# %% [markdown]
r"""
### Explore

**Two questions: why do presses become rarer when the dose grows? And what would a *rising* threshold look like to somebody who sees nothing but a counter of presses?** Let the session run, then change one thing at a time.
"""

# %%
simulators.self_administration.explore(prediction=my_interval)

# %%
simulators.self_administration.draw(unit_dose=0.5, minutes=60)

# %% [markdown]
r"""
### Explain

When the level has fallen to the threshold $\theta$, the rat presses. The dose $D$ comes on top, and the level falls from $\theta + D$ back to $\theta$. That takes

$$T = \frac{t_{1/2}}{\ln 2}\,\ln\!\left(1 + \frac{D}{\theta}\right)$$

with $t_{1/2}$ the half-life. In words: count how often $\theta + D$ must be halved to come back to $\theta$. At the start nothing is there, so several presses come at once, until the level stands above $\theta$: the *loading*.

**Worked example:** $\theta = 4$, $D = 4$, $t_{1/2} = 5$ minutes (made-up units).

1. After a press: $4 + 4 = 8$.
2. Back at 4 after one halving: 5 minutes, 12 presses an hour, 48 units an hour.

**Your turn:** seven times the dose, $D = 28$. After a press the level is 32; back at 4 after three halvings, so after $3 \times 5 = \;?$ minutes.

<details><summary>Show the last step</summary>

15 minutes. Seven times the dose, three times the time: 4 presses an hour, 112 units an hour. Fewer presses, and *more* drug.

</details>

So **few presses do not mean little reward**. They mean that a dose lasts. This has misled many readers: a rate of pressing, in a session like this, is a measure of pharmacology. How much a dose is worth to the animal must be asked otherwise, for example by raising the price, press by press, until it gives up.

The authors tested their idea from the other side: an infusion that ran by itself and held the level above the threshold stopped the rats' pressing. And when dopamine receptors were blocked, rats pressed *more*, because the threshold had risen. Whoever sees the counter alone would have called the drug more rewarding. The authors also note that their equations need no "wanting" and no "liking" at all. Good models of the same behaviour need not agree on words.

And Leyla's weekend? A defended level would be one way to take more although it is already there. But this is a rat, cocaine, a steady state. Methamphetamine stays many times longer, the stores of dopamine run down meanwhile (module 01), and a weekend of use is no clockwork. Nobody has measured such a threshold in her.

### Check
"""

# %%
questions.ask("04", "twice-the-dose", answer=...)

# %%
questions.ask("04", "rising-threshold", answer=...)

# %% [markdown]
r"""
## Relief and euphoria on one line

### Predict

A body keeps many things near a {{term set-point}}: warmth, salt, sugar ({{term homeostasis}}). In {{term drive-reduction}}, an outcome is rewarding as far as it brings the state nearer to the set point. Keramati and Gutkin (2014) made a theory of it; let us ask what it would say if something like *mood* were kept in the same way. That step is ours, and nobody has measured such a set point.

The same dose, which lifts the state by 1, is given 1 unit below the set point (a *deficit* of 1) and 4 units below it. The drive grows somewhat faster than the distance ($p = 4/3$). **How many times as rewarding is it at a deficit of 4?**
"""

# %%
my_reward = ...  # times as rewarding: a number from 0 to 10

# %% [markdown]
r"""
### Explore

**One question: where on this line would you draw the border between relief and euphoria?** Move the deficit and the dose. The picture calls the way up to the set point *relief*; what goes beyond it is hatched. Then add some *distress*. That control is **hypothetical**: it moves the starting point farther down, as if a person began lower. It stands for an idea, not for a measurement.
"""

# %%
simulators.drive_reward.explore(prediction=my_reward)

# %%
simulators.drive_reward.draw(deficit=1.0, effect=2.5, distress=2.0)

# %% [markdown]
r"""
### Explain

$$d(H) = |H^* - H|^{\,p}, \qquad \text{reward} = d(H) - d(H + K)$$

$H$ is the state, $H^*$ the set point, $d$ the drive, $K$ what the dose adds, and $p$ how steeply the drive grows. With $p$ above 1 the first step out of a large deficit is worth the most.

**Worked example,** $p = 2$, a dose of $K = 2$.

1. Deficit 2: the drive falls from $2^2 = 4$ to 0. Reward 4.
2. Deficit 5: it falls from $5^2 = 25$ to $3^2 = 9$. Reward 16, for the same dose.

**Your turn:** deficit 0, the same dose. The drive goes from 0 to $2^2 = 4$. Reward $= 0 - 4 = \;?$

<details><summary>Show the last step</summary>

−4. Whoever lacks nothing gets a *loss*. That is where the model's world ends.

</details>

Four things to take from it.

- What brings the animal back is **{{term negative-reinforcement}}**: an act is repeated because something unpleasant ends. Negative means *taken away*, not bad. In **{{term positive-reinforcement}}** something welcome is added.
- In the model an effect just as large as the deficit earns the most. What goes beyond counts against it, and twice the deficit earns nothing at all.
- A greater deficit makes the *same* dose worth more. So a large effect in people with much {{term dysphoria}} fits the idea of relief.
- **But it does not prove it.** In this model *every* reward is a way back. It has no room for a pleasure that nobody lacked; it cannot lose against a rival that it leaves out. To test relief against euphoria one needs a model that allows both:

| | if it is relief | if it is euphoria |
|---|---|---|
| before use | distress rises | anything, also a good evening |
| after use | distress falls, most where it was highest | good feelings rise, whatever went before |
| where there is no distress | little effect | the same effect |

The columns are pure cases; a person may have both, and first the one and then the other.

### Check
"""

# %%
questions.ask("04", "negative-means", answer=...)

# %%
questions.ask("04", "too-much", answer=...)

# %%
questions.ask("04", "one-observation", answer=...)

# %% [markdown]
r"""
## This stage in BPD: said, measured, not measured

**What the review says.** In people with BPD a binge is above all a way out of bad feelings; the striatum responds more strongly to the drug, because of their genes; and the way to habit is shorter.

**What was measured**, in people with BPD, and none of it with methamphetamine:

- {{term emotion-dysregulation|Emotions}} in daily life and alcohol: at moments of drinking, *both* bad and good feelings ran higher ({{bpd-alcohol-affect-diary}}).
- Amphetamine, once, beside placebo: well-being rose more than in people without BPD ({{bpd-amphetamine-wellbeing}}). In half of this group symptoms of psychosis came too. A risk, then, as well as a pleasure or a relief.
- Waiting for money: the {{term ventral-striatum}} responded *less*, not more ({{bpd-striatum-anticipation}}).
- Anger after being rejected: insula and dorsal striatum responded more ({{bpd-insula-dorsal-striatum}}).

**What was not found, by us or in the review:** any study of methamphetamine, mood before and after, and BPD; any scan of dopamine released by a drug in people with BPD; any test of habits in people with both conditions; any measure of a set point of mood. (We read abstracts and made no systematic search; module 00 says what that can cost.)

**And without BPD?** Asked for their reasons, most people dependent on methamphetamine named pleasure ({{ma-pleasure-seeking-share}}). In a later table made from the same survey, {{ma-negative-reinforcement-share}} named relief (the badge belongs to the review's sentence about BPD). A reason that somebody gives is a fact about what they say; it is not yet the mechanism.

**So what can be said to Leyla?** "That it did nothing and that you took more can both be true. If people tell you what you 'only' wanted: nobody has measured that, in you or in others with your diagnosis. You know best how Friday began. Would you like to look at it with me, hour by hour, bad and good feelings apart?"
"""

# %% [markdown]
r"""
## What the review says, what the evidence says

First the review's claims on this stage. Two of them have no data behind them, and the {{term opioid-receptors}} and {{term oxytocin}} come from a paper that proposes an idea.

{{table ma-negative-reinforcement-share, bpd-insula-dorsal-striatum, bpd-genes-amplify-ma, bpd-opioid-oxytocin-deficit, bpd-ma-habit-acceleration}}

Then what the course adds, because a review of this question should have had it:

{{table ma-pleasure-seeking-share, bpd-alcohol-affect-diary, bpd-amphetamine-wellbeing, bpd-striatum-anticipation, catecholamine-craving-euphoria}}

And what the three models rest on:

{{table cue-wanting-on-the-fly, rat-cocaine-satiety-threshold, rat-cocaine-functional-half-life, rat-cocaine-threshold-infusion, rat-threshold-raised, drive-reduction-theory}}

Notice a pattern in the first table: a gene, a region and a drug are each known to matter *somewhere*, and a verb ties them together ("amplify", "accelerate"). The verb is the claim, and the verb was not studied.
"""

# %% [markdown]
r"""
## What these models cannot tell you

- **The session is a rat's, with cocaine, in a steady state.** It is no model of a person's weekend, and nothing in it can be turned into an amount for anybody.
- **The threshold and the half-life are fitted to the presses.** That the curve fits does not show that an animal "defends" anything.
- **Wanting in the model is a number that multiplies a reward.** That it is dopamine, or one thing at all, is an idea with good evidence in rats and little in people. Wanting is not liking, and neither is craving as a person feels it.
- **The set point of mood is an analogy.** "Distress" in the simulator has been measured in nobody, and the model has no pleasure without a deficit.
- **No model here predicts one person**, or says what somebody's use is *for*.
"""

# %% [markdown]
r"""
## Take-away

1. A state can raise the pull of the cue next to the reward at once; only learning moves it to the first cue.
2. Wanting is not liking. "It did nothing, and I took more" can be true.
3. Where a level is held, a larger dose means fewer presses and somewhat more drug. The rate of pressing is not the reward.
4. Relief makes an act more frequent, like any reinforcement. The same dose counts more at a larger deficit, in a model.
5. That methamphetamine is mainly relief in BPD has not been tested. Measure bad and good feelings apart, before and after.

### Three questions to close
"""

# %%
questions.ask("04", "closing-state-and-cue", answer=...)

# %%
questions.ask("04", "closing-rate", answer=...)

# %%
questions.ask("04", "closing-bpd", answer=...)

# %% [markdown]
r"""
### Words

{{words binge, cue, drive-reduction, dysphoria, emotion-dysregulation, half-life, homeostasis, incentive-salience, intoxication, liking, negative-reinforcement, opioid-receptors, oxytocin, positive-reinforcement, self-administration, sensitisation, set-point, three-stages, ventral-striatum}}

### Read further

- Zhang and colleagues 2009, wanting as a computation: [doi:10.1371/journal.pcbi.1000437](https://doi.org/10.1371/journal.pcbi.1000437)
- Tsibulsky and Norman 1999, the threshold of a session: [doi:10.1016/s0006-8993(99)01717-5](https://doi.org/10.1016/s0006-8993%2899%2901717-5)
- Keramati and Gutkin 2014, reward as a way to a set point: [doi:10.7554/eLife.04811](https://doi.org/10.7554/eLife.04811)
- Leyton and colleagues 2005, craving and euphoria pulled apart: [doi:10.1037/0735-7044.119.6.1619](https://doi.org/10.1037/0735-7044.119.6.1619)
- Jahng and colleagues 2011, mood and drinking in women with BPD, in daily life: [doi:10.1037/a0024686](https://doi.org/10.1037/a0024686)
- May and colleagues 2020, the case for negative reinforcement in methamphetamine use: [doi:10.3389/fpsyt.2020.00114](https://doi.org/10.3389/fpsyt.2020.00114)

## To discuss in class

1. A colleague says: "Relief, pleasure, it makes no difference; the drug is the drug." For which decision in treatment would the difference matter, and for which would it not?
2. In the drive model a person who begins lower gets more from the same dose. Somebody concludes that people with BPD are "wired to want it". Which steps lie between the model and this sentence, and which of them has been measured?

Now open **exercises.ipynb** in the same folder.
"""

# %% [markdown] tags=["instructor"]
r"""
### For the instructor

**Timing (45 min):** recall 3, wanting 10, session 10, drive 10, BPD and evidence 9, closing 3. If time is short, show the session as a demonstration and let the class call out the next press.

**What learners get wrong**

- "The state must be learnt first." Ask when you last wanted water more than usual. Did you need trials?
- "κ raises everything." Let them compute the far cue with pencil and paper, from the *learnt* value of the near one.
- "Fewer presses, weaker reward." Ask for drug per hour before they answer.
- "Negative reinforcement is punishment." Have them say *taken away* and *more often* aloud, with an umbrella in the rain as the example.
- "The effect is larger when the distress is larger, so it is relief." Ask for a second explanation. Then ask which column would have to be empty.

**What to say when asked "so is it self-medication or not?"** The word takes the answer for granted. It may be, for some people at some times. No study that could show it for methamphetamine in BPD was found, and whoever treats somebody can ask that person.

**Care.** Do not let a discussion of amounts start, and stop comparisons of ways of taking a drug. Never ask for personal experience. Name a contact at the start.
"""
