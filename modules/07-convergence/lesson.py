# %% [markdown]
r"""
# "Is it twice as bad, or more?" Where two disorders meet

**Module 07 · convergence · about 45 minutes · nothing here is graded**

> *Noor is made up.* She is 26, lives with borderline personality disorder (BPD) and, for three years, with methamphetamine use disorder. Her brother has read that the two together are "not additive". He asks her psychiatrist: "So is it twice as bad? Or three times? And is that in her brain, or is it in the arithmetic?" Noor looks up. "I would like to know that too," she says. "**Do the two add up, or do they multiply? Does anybody know?**"

The review has an answer in five parts: the same ten brain regions, many people with both, more than the sum, a loop that feeds itself, and two bridges between the disorders. You will go through all five, and ask of each which data would be needed to say it.

**Know before:** how two groups overlap and what an fMRI difference does not say (module 03), how a set point can run away (module 05), what a base rate does to a test (module 06). No programming: each grey cell is one line that is already written; run it with **Shift+Enter**.

**You will be able to**

| | objective | level |
|---|---|---|
| O1 | say what a list of overlaps shows, and what its universe does to *p* | evaluate |
| O2 | turn a share round, with people in place of percentages | apply |
| O3 | compute an interaction on two scales, and name the scale in every sentence about synergy | analyse |
| O4 | say what a loop can and cannot show about two conditions together | analyse |
| O5 | judge what is claimed about the two together, and say which study would test it | evaluate |

**Content note.** This module speaks of substance use, {{term psychosis}} and return to use in a scientific way. Skip any cell you like, in any order: nothing graded depends on personal experience. People to talk to are listed on the [START page](../START.md).
"""

# %%
from course import questions, simulators

my_ticks = my_share = my_both = my_rest = my_wait = ...  # your predictions: still open

# %% [markdown]
r"""
## Three questions from earlier modules
"""

# %%
questions.ask("07", "recall-larger-dose", answer=...)

# %%
questions.ask("07", "recall-set-point-settles", answer=...)

# %%
questions.ask("07", "recall-adds-on-the-liability", answer=...)

# %% [markdown]
r"""
## Ten out of ten

### Predict

The review's Table 1 lists ten brain regions. Behind each stand a few words on BPD, a few on methamphetamine, and in the last column a tick: overlap. Ten regions, ten ticks. **How many of the ten does the literature support outright?** Write a number from 0 to 10, then run the cell.
"""

# %%
my_ticks = ...  # ticks, out of ten; there is no penalty for a wrong guess

# %% [markdown]
r"""
### Explore

The matrix has three layers: what the review prints, what the literature says, and how strong that is. Stay on the first and **be the one who has to justify each tick**. Choose a row; what the review cites for it stands below the picture. For at least three rows (take the {{term hippocampus}}, the {{term ofc}} and the {{term nucleus-accumbens}}) say what you would have to know:

1. Was something measured in people with BPD, and in people who use methamphetamine?
2. Was it the same kind of thing: volume, blood flow in a task, glucose at rest, receptors?
3. Does it point the same way in both?
4. What else do the two groups have in common?

Then uncover the second layer, where what was measured stands below, and answer; then the third. After that use the other two controls. **One question: the number of shared regions stays at ten. What makes *p* small?**
"""

# %%
simulators.overlap_matrix.explore(prediction=my_ticks)

# %% [markdown]
r"""
Without the mouse, one line draws the same picture. Change a value and run it again:
"""

# %%
simulators.overlap_matrix.draw(layers=3, region="ofc", universe=90, shared=10)

# %% [markdown]
r"""
### Explain

**The ticks.** One of the ten stands: the hippocampus, smaller on average in both groups. It stands by its *volume*; what its activity does is open in both. And there, too, the fourth question bites: trauma, alcohol, smoking and low mood are more frequent in both groups, and each could be behind it ({{term confounding}}). Some ticks stand in part. For others one side has not been studied, or the two directions differ.

**The count.** Two lists $A$ and $B$ share some of their entries. The {{term jaccard}} says how many:

$$J = \frac{|A \cap B|}{|A \cup B|}$$

and *p* says how often chance would give at least $k$ shared entries, if the two lists, $K$ and $n$ long, had been drawn blindly from $N$ candidates, the **universe**:

$$p = \sum_{i \ge k} \frac{\binom{K}{i}\binom{N-K}{n-i}}{\binom{N}{n}}$$

$\binom{N}{n}$ is the number of ways to choose $n$ out of $N$.

**Worked example.** Both lists hold the same 2 entries, and there were 6 candidates. $J = 2/2 = 1$. There are $\binom{6}{2} = 15$ ways to choose two, and one of them agrees fully: $p = 1/15 = 0.067$.

**Your turn.** The same two lists, but somebody says that there were 10 candidates. $\binom{10}{2} = 45$. $J$ is still 1, and $p = \;?$

<details><summary>Show the last step</summary>

$1/45 = 0.022$, and now it is "significant". Nothing was measured in between. Only the universe has grown.

</details>

**And which universe is right for Table 1?** The table holds regions that somebody chose *because* they were thought to overlap. A region found in one disorder alone had no way into it. So the ten rows are the whole universe, both lists hold all of them, $J = 1$ and $p = 1$: an overlap of ten out of ten **by construction**. Whoever writes a tiny *p* here has put in all the regions that nobody looked at. Nor are regions drawn blindly: everybody looks at the {{term amygdala}}.

A list that could have come out otherwise starts from *all* regions of an atlas, applies one rule to each disorder, and says which regions are in neither.

### Check
"""

# %%
questions.ask("07", "what-was-listed", answer=...)

# %%
questions.ask("07", "same-word-same-thing", answer=...)

# %% [markdown]
r"""
## Many with both: of whom?

### Predict

In a hospital in Iran, BPD was found in {{bpd-in-ma-psychosis}}. The review takes this as the share among everybody who uses methamphetamine. Now turn it round. Say that BPD is found in {{bpd-prevalence-nesarc}}, and suppose (it is our assumption) that one adult in 500 (0.2 %) has had a psychosis from methamphetamine. **How many per cent of people with *BPD* have had one?**
"""

# %%
my_share = ...  # per cent of people with BPD: a number from 0 to 100

# %% [markdown]
r"""
### Explore

In module 00 you turned a share round in per cent; here you do it with people. Each dot is a person. The filled dots on the left and on the right are **the same people**. **One question: which of the controls changes the left share, and which changes only the right one?**
"""

# %%
simulators.natural_frequencies.explore(prediction=my_share)

# %%
simulators.natural_frequencies.draw(psychosis_percent=1.0, bpd_percent=2.7, bpd_in_psychosis_percent=35.5)

# %% [markdown]
r"""
### Explain

A {{term conditional-probability}} has a {{term denominator}} hidden in its second half. {{term bayes-theorem|Bayes' theorem}} changes it:

$$P(A \mid B) = \frac{P(B \mid A)\, P(A)}{P(B)}$$

Read it with people ({{term natural-frequencies}}): above the line are those who have both, below it all who have $B$.

**Worked example, with made-up numbers.** Of 10,000 adults, 100 have $A$ and 300 have $B$. Of those with $A$, 30 % have $B$: 30 people. Turned round: $30/300 = 10\,\%$.

**Your turn.** In another place $A$ is rarer: 20 adults. Again 30 % of them have $B$: 6 people. Turned round: $6/300 = \;?$

<details><summary>Show the last step</summary>

2 %. The first share is the same in both places, and its reverse is five times smaller. To forget this is {{term base-rate-neglect}}.

</details>

**A ward is not the street.** Somebody with two conditions has two reasons to be admitted. So a ward holds more people with both, even if the two have nothing to do with each other outside. And the sample was small: the {{term confidence-interval}} of that share reaches from 28 to 44 %. The same holds for a test (module 06). Take a questionnaire for BPD that is right in eight of ten on both sides: of those whom it marks, seven in ten have BPD on that ward and one in ten in the survey (the {{term predictive-value}}).

**Here are the shares of the review, each with its denominator.** Read what stands in brackets, and say aloud: of whom?

{{table bpd-in-ma-psychosis, aspd-in-ma-psychosis, bpd-in-men-using-ma, aspd-in-men-using-ma, pd-sud-50-92, p-pd-given-dud, p-dud-given-pd}}

In the hospital in Iran and in the centres in China, people who use methamphetamine were asked about {{term personality-disorder|personality disorders}}, and among the men in China {{term aspd|antisocial personality disorder}} was the most frequent one. Turned round, how many people with BPD use methamphetamine, none of these studies can say. For all substances together others have counted, and there the time matters as well ({{term prevalence}} over a lifetime, now, or new cases: {{term incidence}}):

{{table bpd-sud-80, bpd-sud-current, sud-bpd-25, bpd-stimulants-over-alcohol, bpd-new-onset-dud, mud-prevalence-us}}

So BPD and substance use disorders do meet often. {{term comorbidity|Comorbidity}} is real. How much of it is methamphetamine, and which came first, these numbers do not say.

### Check
"""

# %%
questions.ask("07", "turn-it-round", answer=...)

# %%
questions.ask("07", "both-on-the-ward", answer=...)

# %% [markdown]
r"""
## More than the sum: on which scale?

### Predict

Picture an outcome that anybody can have: an emergency admission within a year. Made-up {{term risk|risks}}: 5 % in people with neither condition, 15 % with BPD alone, 20 % with methamphetamine use disorder alone. **What would you expect in people with both, if the two do nothing *extra* together?**
"""

# %%
my_both = ...  # per cent: a number from 0 to 100

# %% [markdown]
r"""
### Explore

The same four numbers twice: on an even axis on the left, on a logarithmic one on the right. Parallel lines mean "nothing extra" on that scale. **One question: is there a fourth number for which the lines part on the left and close in on the right?**
"""

# %%
simulators.interaction_scales.explore(prediction=my_both)

# %%
simulators.interaction_scales.draw(neither=5.0, first=10.0, second=20.0, both=40.0)

# %% [markdown]
r"""
### Explain

Write $r_{00}$ for the risk with neither, $r_{10}$ and $r_{01}$ for one alone, $r_{11}$ for both. Divide each by $r_{00}$: three {{term risk-ratio|risk ratios}}, $RR_{10}$, $RR_{01}$, $RR_{11}$. "Nothing extra" has at least two meanings.

- **Adding:** each brings its own extra people. {{term interaction-additive|What goes beyond}} is the **{{term reri|RERI}}** $= RR_{11} - RR_{10} - RR_{01} + 1$; 0 means additive.
- **Multiplying:** each multiplies what is there. {{term interaction-multiplicative|What goes beyond}} is the **ratio** $= \dfrac{RR_{11}}{RR_{10}\, RR_{01}}$; 1 means multiplicative.

**Worked example.** Risks 5, 10, 20 and 40 %. The risk ratios are 2, 4 and 8.

1. RERI $= 8 - 2 - 4 + 1 = 3$: more than the sum.
2. Ratio $= 8 / (2 \times 4) = 1$: exactly the product, nothing extra.

**Your turn.** With both it is 25 % instead of 40 %, so the risk ratios are 2, 4 and 5. RERI is $5 - 2 - 4 + 1 = 0$: exactly the sum. The ratio is $\;?$

<details><summary>Show the last step</summary>

$5/8 = 0.63$: *less* than the product. So the first set is "{{term synergy}}" to one author and "no interaction" to another, the second "no interaction" to one and "antagonism" to another. All four sentences are true, and none is complete without its scale.

</details>

For your prediction: adding gives $5 + 10 + 15 = 30\,\%$, multiplying $5 \times 3 \times 4 = 60\,\%$. Both are "nothing extra".

For the question how many more people will need help, the additive scale is the one that counts. No scale shows a mechanism. (In module 03 two influences that simply add on the liability came out beyond the sum in per cent.)

**Odds are not risks.** Between the two lies a third scale. Many papers report an {{term odds-ratio}} $OR$, a ratio of {{term odds}}. If the risk without the condition is $p_0$,

$$RR = \frac{OR}{1 - p_0 + p_0\, OR}$$

Where $p_0$ is small the two agree. At $p_0 = 50\,\%$ an odds ratio of 3 is a risk ratio of $3/(0.5 + 1.5) = 1.5$. Nobody may read it as "three times as likely".

**And for BPD and methamphetamine?** An interaction needs four risks of one and the same outcome, in people who were followed in the same way: the {{term four-group-design}}. What there is fills two of the four cells at a time, or none:

{{table bpd-ma-worse-than-either, bpd-predicts-relapse-fenton, bpd-ma-dependence-aor, bpd-heroin-36-months}}

There is a trap in the outcome as well. {{term relapse|Return to use}} cannot happen to somebody who never used, so two of the four cells stay empty. One has to choose an outcome that all four groups can have.

### Check
"""

# %%
questions.ask("07", "sum-or-product", answer=...)

# %%
questions.ask("07", "odds-into-risk", answer=...)

# %% [markdown]
r"""
## The loop

### Predict

The review ends in a loop: craving leads to emotional overload, overload to impaired regulation, impaired regulation to return to use and to more craving. Make it a ring of three, each of which passes on what it gets, times a **gain** (a factor, not an increase). All three gains are 0.95, and craving gets a steady push of 1 from outside. **At how many times the push does craving come to rest?** Write a number from 1 to 20.

And one more, for the second simulator. A loop that can saturate rests in one of two states, and chance shakes it. The shaking gets weaker, from 0.5 to 0.35. **How many times longer does the loop stay in one state, on average?**
"""

# %%
my_rest = ...  # times the push: a number from 1 to 20
my_wait = ...  # times longer: a number from 1 to 50

# %% [markdown]
r"""
### Explore

**One question: two hits, once as a push from outside and once on a gain. With which of the two do they do more together than the sum?** Then bring the loop near the edge, and look at how long it takes to come to rest.
"""

# %%
simulators.relapse_loop.explore(prediction=my_rest)

# %%
simulators.relapse_loop.draw(gain_overload=0.8, gain_regulation=1.0, gain_craving=0.5, hits="inputs")

# %% [markdown]
r"""
A ring like this has no upper end; nothing real is like that. Here is its form with an end, and with chance. **One question: can you make a run that stays in one state to the end, and another draw, with the same settings, that does not?**
"""

# %%
simulators.cusp.explore(prediction=my_wait)

# %%
simulators.cusp.draw(tilt=0.2, split=1.0, noise=0.5, run=2)

# %% [markdown]
r"""
### Explain

$$\tau\, \dot{x}_i = -x_i + g_i\, x_{i-1} + u_i \qquad (i = 1, 2, 3 \text{ in a ring})$$

$x_i$ is how far craving, overload and impaired regulation are from their usual level, $g_i$ the gain with which one drives the next, $u_i$ a push from outside, $\tau$ a {{term time-constant}}. Once round the {{term feedback-loop}}, a change has been multiplied by the {{term loop-gain}} $G = g_1 g_2 g_3$. The push comes back as $G$, again as $G^2$, and so on:

$$1 + G + G^2 + \dots = \frac{1}{1 - G} \qquad \text{for } G < 1$$

With $G \ge 1$ it does not end. And near 1 everything is slow: the slowest part settles at the rate $(1 - G^{1/3})/\tau$.

**Worked example.** Gains 0.5, 0.8 and 1: $G = 0.4$, and craving rests at $1/0.6 = 1.67$ times the push.

**Your turn.** A first hit raises one gain from 0.5 to 0.75: $G = 0.6$ and $1/0.4 = 2.5$. A second hit alone raises another from 0.8 to 1: $G = 0.5$ and $1/0.5 = 2$. Both: $G = 0.75$ and $1/0.25 = \;?$

<details><summary>Show the last step</summary>

4. The sum of the two separate rises would bring it to $1.67 + 0.83 + 0.33 = 2.83$. The two hits do more together, on this scale, and yet neither hit changes what the other does to its gain. The loop makes the rest.

</details>

As pushes from outside the two hits add exactly, in the same ring. So **what is beyond the sum in the outcome need not be so in the cause**, and a loop is one way to get there. That is what the model can show: it *could* be so. Nobody has measured a single one of these gains, in BPD or out of it.

**With an end.** When what comes back saturates, the ring turns into something like

$$\dot{x} = a + b\,x - x^3 \; (+ \text{ noise})$$

the **cusp**: $a$ tilts it, $b$ is how strongly it feeds itself. Two states hold ({{term bistability}}, module 06) as long as $|a| < 2\,(b/3)^{3/2}$; at that edge, a {{term tipping-point}}, one of them disappears. Inside it, chance alone can carry the loop across. The weaker the shaking, the longer it waits, and the wait grows far faster than the shaking shrinks. Two runs with the same settings end differently: that is why such a model, even if it were true, would tell nothing about one person. Is it true of people?

{{table relapse-catastrophe-alcohol}}

### Check
"""

# %%
questions.ask("07", "round-and-round", answer=...)

# %%
questions.ask("07", "beyond-the-sum", answer=...)

# %% [markdown]
r"""
## Two bridges, read with their sources

Between the two disorders the review builds two bridges. On both, look where the pillars stand.

**"{{term alexithymia|Alexithymia}} is the root of relapse."** Trouble with naming one's feelings, it says, is typical of BPD, goes with methamphetamine use, and leads back to use.

{{table miller-alexithymia, bpd-alexithymia-meta, okita-alexithymia-d2, alexithymia-root-relapse}}

So there is a link with BPD, and it shrinks when low mood and anxiety are taken into account. There is a difference in people who use methamphetamine, and their mean lies in the ordinary range. The third step, from the scale to return to use, has no study under it. "Root" is {{term causal-language}}. The arrow could also point the other way ({{term reverse-causation}}: using, and stopping, may dull what one feels), or a third thing may stand behind both.

**"Opioids and dopamine."** The {{term opioid-receptors|mu-opioid}} tone is said to be lost and kappa raised, in BPD from early on, and in methamphetamine withdrawal once more; {{term oxytocin}} is said to be lacking too.

{{table bpd-opioid-oxytocin-deficit, bpd-mu-opioid-pet, amphetamine-opioid-release, gowin-mor-kor, okita-oxytocin}}

The one PET study of the opioid system in BPD that we know of found *more* free receptors in most places where the groups differed, fewer in one, and in sadness a change of either sign by region. "Tone is lost" is one reading of that and not the only one: a free receptor may be free because there is more of it, or because less is bound. For methamphetamine in withdrawal nobody has counted them.

Two sentences that are true of group A, and two that are true of group B, do not make one about people who belong to both. The bridge is a **hypothesis**, and a good one to test.
"""

# %% [markdown]
r"""
## What the review says, what the evidence says

**Does it come back?** Return to use after treatment for methamphetamine, from one {{term cohort}}:

{{table ma-relapse-month-1, ma-relapse-month-6, ma-relapse-1y, ma-relapse-year-5, ma-relapse-hr-selfhelp}}

The last row is a {{term hazard-ratio}}: at each moment the {{term hazard}} of those who went to self-help or further treatment was less than a third of that of the others. It looks like a remedy. But one has to stay well for a while to begin with self-help at all, and that time counts in its favour ({{term immortal-time-bias}}); and those who go may differ from those who do not. *Serious psychiatric problems related to methamphetamine* went with a lower hazard in this study. BPD was not a predictor in it.

**And with a {{term personality-disorder}}?** Here is who says what, and of whom:

{{table fletcher-reback-direction, ma-novelty-seeking, bpd-sud-remission-10y}}

The first row is about another diagnosis and points the other way. The second, on {{term novelty-seeking}}, was measured once; only a {{term longitudinal}} could say what came first. The third is the one to tell Noor's brother.

All claims, with their sources, stand in the [evidence ledger](../EVIDENCE.html).

### What can be said to Noor and her brother

"Nobody knows whether the two multiply, because nobody has followed four groups like that. Having both does mean two things that need help, and in one study of heroin use people with BPD had more harm besides, though they did not use more heroin. Most people with BPD who had a substance use disorder had a remission of it within ten years. And 'not additive' is a sentence about arithmetic until somebody says on which scale. It is nothing about you."
"""

# %% [markdown]
r"""
## What these models cannot tell you

- **The matrix has no measure of its own.** It shows what was published about ten regions, by people who chose where to look. A blank is not a "no".
- **The base rates come from different places.** A ward in Iran, centres in China and a survey of US households are joined in one sum, which is honest only as an "if".
- **The four risks are made up.** No {{term longitudinal|longitudinal}} data on BPD together with methamphetamine exist; the review says so itself.
- **RERI and ratio describe, they do not explain.** Neither shows a mechanism, and with confounding neither shows a cause.
- **The ring's gains and the cusp's shape are assumed.** They show that synergy is possible and prove none. A better fit of a more flexible curve is no proof of the curve.
- **None of it may be used to predict a person.**
"""

# %% [markdown]
r"""
## Take-away

1. Ten of ten overlap because only overlaps were listed. A *p* is a statement about the universe that somebody assumed.
2. Of whom? A share turned round needs two base rates, and a ward is not the street.
3. Synergy depends on the scale: adding or multiplying. A sentence without the scale is not finished.
4. A loop can turn hits that are independent into more than their sum. That it could be so does not show that it is.
5. Whether BPD and methamphetamine together are worse than either is open. Four groups, one outcome that all can have, followed over time, would tell.

### Three questions to close
"""

# %%
questions.ask("07", "closing-tiny-p", answer=...)

# %%
questions.ask("07", "closing-synergy", answer=...)

# %%
questions.ask("07", "closing-noor", answer=...)

# %% [markdown]
r"""
### Words

{{words alexithymia, amygdala, aspd, base-rate-neglect, bayes-theorem, bistability, causal-language, cohort, comorbidity, conditional-probability, confidence-interval, confounding, denominator, feedback-loop, four-group-design, hazard, hazard-ratio, hippocampus, immortal-time-bias, incidence, interaction-additive, interaction-multiplicative, jaccard, longitudinal, loop-gain, natural-frequencies, novelty-seeking, nucleus-accumbens, odds, odds-ratio, ofc, opioid-receptors, oxytocin, personality-disorder, predictive-value, prevalence, psychosis, relapse, reri, reverse-causation, risk, risk-ratio, synergy, time-constant, tipping-point}}

### Read further

- VanderWeele and Knol 2014, a tutorial on interaction: [doi:10.1515/em-2013-0005](https://doi.org/10.1515/em-2013-0005)
- Zhang and colleagues 2018, personality disorders in men who use methamphetamine: [doi:10.3389/fpsyt.2018.00698](https://doi.org/10.3389/fpsyt.2018.00698)
- Fenton and colleagues 2012, what keeps a drug use disorder going: [PMC3260401](https://pmc.ncbi.nlm.nih.gov/articles/PMC3260401/)
- Derks and colleagues 2017, emotional awareness in BPD, a meta-analysis: [at the first author's university](https://research.utwente.nl/en/publications/a-meta-analysis-on-the-association-between-emotional-awareness-an)
- Prossin and colleagues 2010, the opioid system in BPD: [doi:10.1176/appi.ajp.2010.09091348](https://doi.org/10.1176/appi.ajp.2010.09091348)
- Brecht and Herbeck 2014, time to return to use after treatment: [doi:10.1016/j.drugalcdep.2014.02.702](https://doi.org/10.1016/j.drugalcdep.2014.02.702)

## To discuss in class

1. A poster shows the ten ticked regions and a *p* with eleven zeros. What do you ask its author first, and what could they have done so that the same ten would mean something?
2. A ward wants to open a place for "the most severe group: BPD with methamphetamine". Which of today's numbers argue for such a place, which do not, and which would you collect from its first day so that in five years somebody knows?

Now open **exercises.ipynb** in the same folder.
"""

# %% [markdown] tags=["instructor"]
r"""
### For the instructor

**Timing (45 min):** recall 3, ten out of ten 9, of whom 8, the scales 10, the loop 8 (ring 5, cusp 3), bridges and evidence 5, closing 2. If time is short, leave out the cusp; if there is more, let groups of three justify one tick each before the third layer is uncovered.

**What learners get wrong**

- "Ten of ten, that cannot be chance." Ask how a region in one disorder only would have come into the table.
- "A third of people with BPD become psychotic on methamphetamine." Point at the filled dots, and ask which group of dots they were just counted against.
- "40 is more than 15 and 20, so it is synergy." Let them say what they would have *expected*, and then which of the three expectations that was.
- "An odds ratio of 3 means three times as likely." Have them do it once at a risk of one half.
- "The loop explains the relapse." Ask for a gain that somebody has measured.
- "Then they are not worse off." Not tested is not "no". Having both is two things to help with, whatever the arithmetic.

**What to say when asked "but you see it on the ward every day?"** You see the people who come back to the ward, and those with two conditions have two reasons to come. That is a good reason to help them there, and a bad sample to count from.

**Care.** Keep the language on groups and risks, away from anybody's family. The sentence "most had a remission within ten years" belongs in the room before the lesson ends.
"""
