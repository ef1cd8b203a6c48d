# %% [markdown]
r"""
# "Is it written into me?" Genes, stress and scans

**Module 03 · the neural landscape of borderline personality disorder · about 45 minutes · nothing here is graded**

> *Nadia is made up.* She is 23. Two months ago she was told that she has borderline personality disorder (BPD), a diagnosis that her aunt also had. She has read a review on her phone. "It says that almost half of it is in the genes, that my stress hormones are stuck on high, and that a part of my brain is a fifth too small," she says to the psychologist. "**So is it written into me? And would a scan show it?**"

Her question has four parts: genes, stress, brain volume, brain activity. Each time a number about *groups* is taken for a sentence about *one person*. This module shows where that step fails, and what the same numbers do tell.

**Know before:** modules 00 and 01 (a share needs its denominator; a rat is not a person). No programming: each grey cell is one line that is already written; run it with **Shift+Enter**.

**You will be able to**

| | objective | level |
|---|---|---|
| O1 | say what a heritability means, and what it does not | understand |
| O2 | keep apart the level, the response and the recovery of a stress hormone | analyse |
| O3 | turn "so many per cent smaller" into the overlap of two groups, and pool studies | apply |
| O4 | judge a claim that rests on a candidate gene, a rat or a scan | evaluate |
| O5 | write these measures as short functions (in the exercises) | create |

**Content note.** This module speaks of substance use, childhood {{term maltreatment|maltreatment}}, self-harm and deaths by suicide in a scientific way. A line marked *Before you read on* stands in front of each place and says what you may skip; nothing graded depends on it, and nothing asks about your own life. You may stop, skip or change the order at any time. People to talk to are listed on the START page.
"""

# %%
from course import questions, simulators

my_heritability = my_days_to_recover = my_overlap = my_effect_in_rats = my_regions = ...  # your predictions: still open

# %% [markdown]
r"""
## Three questions from earlier modules
"""

# %%
questions.ask("03", "recall-share", answer=...)

# %%
questions.ask("03", "recall-one-scan", answer=...)

# %%
questions.ask("03", "recall-two-clocks", answer=...)

# %% [markdown]
r"""
## Genes: a share of what?

### Predict

Thousands of twins answered a questionnaire on {{term borderline-features}}. The {{term heritability}} of their answers was {{bpd-heritability}}.

Now imagine the same people with the same genes, in a world in which their *lives* differ more from each other: the variance of all that is not genetic doubles. **What is the heritability there, in per cent?** Put a number in place of the three dots, then run the cell.
"""

# %%
my_heritability = ...  # per cent: your guess; there is no penalty for a wrong one

# %% [markdown]
r"""
### Explore

**One question while you move things: what changes the heritability, although nobody's genes change?** Then choose a relative of somebody with the diagnosis, and read how many of a hundred such relatives do *not* have it.
"""

# %%
simulators.heritability.explore(prediction=my_heritability)

# %% [markdown]
r"""
Without the mouse, one line draws the same picture. Change a value and run it again:
"""

# %%
simulators.heritability.draw(environment_times=2.0, measure="diagnosis", relative="full sibling")

# %% [markdown]
r"""
### Explain

People differ. Some of these differences go with differences in their genes (variance $V_G$), the rest with everything else (variance $V_E$):

$$h^2 = \frac{V_G}{V_G + V_E}$$

So heritability $h^2$ is a property of a *population*, and it moves when lives become more alike or more different. It is not the share of one person's condition. It does not say that the rest is a matter of will, nor that a heritable thing cannot change: short sight is highly heritable, and glasses work.

**Worked example.** $V_G = 40$, $V_E = 40$: $h^2 = 40 / 80 = 0.5$. In another country lives differ more, $V_E = 120$: $h^2 = 40 / 160 = 0.25$. Same genes.

**Your turn.** In a third country lives are very much alike, $V_E = 10$. Then $h^2 = 40 / 50 = \;?$

<details><summary>Show the last step</summary>

0.8. Where everybody has the same chances, the differences that remain are mostly genetic. A high heritability can be a sign of fairness.

</details>

**Where the number comes from.** In a {{term twin-study}}, identical twins (MZ) share all of their genes, other twins (DZ) half of them on average. From the two {{term correlation|correlations}} $r$ come {{term falconer}}:

$$h^2 = 2\,(r_{MZ} - r_{DZ}), \qquad c^2 = 2\,r_{DZ} - r_{MZ}, \qquad e^2 = 1 - r_{MZ}$$

with $c^2$ the {{term environment-shared-unique|shared environment}} and $e^2$ the unique one, chance and errors of measurement included. With $r_{MZ} = 0.60$ and $r_{DZ} = 0.35$: $h^2 = 0.50$, $c^2 = 0.10$, $e^2 = 0.40$. Three ways of asking about BPD agree fairly well: answers of twins {{bpd-heritability}}; the diagnosis in a national register {{bpd-heritability-diagnosed}}; answers in whole families {{bpd-heritability-extended-family}}.

**What it means for a relative.** In the threshold model, many small influences add up to a {{term liability}}; above a threshold the diagnosis is made. Two relatives' liabilities correlate with $h^2 \times$ the share of genes they have in common. Take a made-up condition of one person in a hundred, with $h^2 = 0.5$. A full sibling then has 4.4 times that risk. It sounds like fate and means: 4 or 5 of a hundred siblings have it, and about 95 do not. In the Swedish register this simple model comes close for most kinds of relatives, and misses for half-siblings through the father, where it predicts more than was found. A miss like that is where the next question begins.
"""

# %% [markdown]
r"""
### From a share to a gene: a cautionary tale

*Before you read on: the next table speaks of maltreatment in childhood and of aggression. You can go on at "Two influences that simply add".*

If genes matter, which ones? For twenty years the answer was sought in {{term candidate-gene|candidate genes}}: a theory names a gene, one common {{term polymorphism|variant}} of it is compared in a few dozen or hundred people, and a striking result is printed. The review still tells that story, with {{term serotonin}}, an enzyme and {{term bdnf}}:

{{table httlpr-bpd, maoa-frazzetto-population, bdnf-low-bpd}}

What went wrong has a pattern. Few people, many genes and many outcomes to choose from, and journals that print what is striking ({{term publication-bias}}). Today one compares hundreds of thousands of variants at once in many thousands of people, and what emerges is very many variants with a tiny influence each. No single gene carries BPD.
"""

# %% [markdown]
r"""
### Two influences that simply add

Here is a trap for stories of the form "gene times environment". Say that, in a model, influence A moves the liability up by half a {{term standard-deviation}} and influence B does too, and that is all: they add, and neither knows of the other. The threshold lies 1.5 standard deviations above the mean. The risks are then:

| neither | A only | B only | both |
|---|---|---|---|
| 6.7 % | 15.9 % | 15.9 % | 30.9 % |

A alone adds 9.2 points and so does B, but both together add 24.2. In *risk* this is an interaction, 5.8 points on top. Nothing interacts in the *model*: the bell curve is steeper there. So an interaction in risks does not show a shared mechanism, and its size depends on how common the condition is. (Module 07 takes this up.)

### Check
"""

# %%
questions.ask("03", "share-of-what", answer=...)

# %%
questions.ask("03", "why-small-genes-fail", answer=...)

# %% [markdown]
r"""
## The stress axis: level, response, recovery

### Predict

The {{term hpa-axis}} is a chain: the brain's hormone CRH calls the pituitary, whose {{term acth}} calls the adrenal glands, whose {{term cortisol}} slows the chain again, in part through the {{term glucocorticoid-receptor}}. The review calls this axis hyperactive in BPD.

In a model of it, the input is three times as strong as usual for 60 days. Then it is over. **How many days pass until cortisol is within 10 % of its old level again?**
"""

# %%
my_days_to_recover = ...  # days after the end of the stressor: a number from 0 to 365

# %% [markdown]
r"""
### Explore

The upper picture shows the first day, in hours; the lower one weeks. **One question: after a long stressor, which of the two hormones is high, which is low, and which comes back first?** Then weaken the receptor (raise its constant $K$), and compare a stressor of some hours with one of two months.
"""

# %%
simulators.stress_axis.explore(prediction=my_days_to_recover)

# %%
simulators.stress_axis.draw(stressor=10.0, duration_min=480.0, receptor_k=8.0)

# %% [markdown]
r"""
### Explain

All levels are in units of the usual level. Within hours, cortisol $x_3$ settles where

$$x_3 \left(1 + \left(\frac{x_3}{K}\right)^{3}\right) = \sqrt{u}$$

Here $u$ is the input from the brain (1 = as usual) and $K$ the cortisol level at which the glucocorticoid receptor works at half strength. At the usual level the receptor hardly acts, so $K$ matters little; under a strong input it is the brake. **A weaker receptor shows under strong or long stress, and hardly at rest.**

Over weeks, the glands themselves grow and shrink: CRH makes the pituitary grow, ACTH the adrenal glands. They come to rest only when CRH and ACTH are back at 1. Cortisol then stands where the same left side equals $u$, no longer $\sqrt{u}$: higher than in the first hours.

**Worked example: $u = 4$, and a receptor so weak that it does nothing.**

1. After hours: $x_3 = \sqrt{4} = 2$.
2. After many weeks: cortisol 4, ACTH 1.
3. In words: cortisol is high, and ACTH looks normal. A single ACTH sample would find nothing.

**Your turn: $u = 9$.** After hours: $x_3 = \sqrt{9} = 3$. After many weeks, cortisol stands at $\;?$ and ACTH at $\;?$

<details><summary>Show the last step</summary>

Cortisol at 9, ACTH at 1.

</details>

When the pressure ends, the grown adrenal glands are still there. Cortisol stays high for weeks and holds ACTH *below* its old level; cortisol is back first, ACTH later. In such weeks a test that measures the *response* of ACTH finds it blunted, while the *output* of cortisol is high.

**So which is it in BPD, raised or blunted?** One {{term meta-analysis}} found more cortisol over the day, a *smaller* rise after a social stressor ({{term stress-reactivity}}), and no clear difference in single samples ([Drews 2019](https://doi.org/10.1016/j.neubiorev.2018.11.008)). Another found the basal level somewhat *lower* ([Thomas 2019](https://pubmed.ncbi.nlm.nih.gov/30557762/)). "Hyperactive" is one word for three measures that point in different directions. The model shows that a high output and a blunted response *can* go together. It does not explain the findings in BPD: in the model it is ACTH whose response is blunted, while cortisol rises less only as a multiple of its raised level.

*Before you read on: the next table links a receptor's gene with maltreatment in childhood. You can go on at Check.*

The review explains the "hyperactive" axis by {{term methylation}} of that receptor's gene. Here is what lies behind it:

{{table nr3c1-citation, nr3c1-maltreatment}}

A correlation in blood, with events as people remember them, in groups with and without BPD. Not everybody with BPD was maltreated as a child, and most people who were do not develop BPD.

### Check
"""

# %%
questions.ask("03", "which-measure", answer=...)

# %%
questions.ask("03", "weak-receptor-at-rest", answer=...)

# %% [markdown]
r"""
## "So many per cent smaller": two groups, one person

### Predict

The review takes its number for the {{term hippocampus}} from the largest of the early studies. Take the smaller end of its range: {{bpd-hippocampus-driessen}}. Suppose that within each group people scatter around their mean with a standard deviation of 12 % of that mean.

Draw both groups as bell curves. **Which share of the two curves lies on top of each other, in per cent?** (0: no overlap. 100: the same curve.)
"""

# %%
my_overlap = ...  # per cent

# %% [markdown]
r"""
### Explore

**Two questions: how small must the spread be before a scan could tell two people apart? And what happens to the pooled difference as study after study arrives?** The tick on each row of the second picture marks the smallest difference that a study of that size could have called significant at all.
"""

# %%
simulators.volume_difference.explore(prediction=my_overlap)

# %%
simulators.volume_difference.draw(percent_smaller=11.0, spread_percent=12.0, studies=5)

# %% [markdown]
r"""
### Explain

A difference in per cent says nothing until one knows the spread. Divide by it:

$$d = \frac{\text{difference in \%}}{\text{spread in \%}}, \qquad \text{overlap} = 2\,\Phi\!\left(-\frac{|d|}{2}\right)$$

$d$ is the {{term smd}}, an {{term effect-size}} in standard deviations; the spread in per cent is the standard deviation divided by the mean; $\Phi$ is the area under the normal curve to the left of a point. The two curves cross half-way between the means, hence $d/2$; the {{term overlap}} is one tail of each, hence the 2.

**Worked example.** 10 % smaller, spread 10 %: $d = 1$, overlap $2\,\Phi(-0.5) = 0.62$.

**Your turn.** 5 % smaller, spread 10 %: $d = \;?$

<details><summary>Show the last step</summary>

0.5, and the overlap is 0.80. Four fifths of the two groups cannot be told apart.

</details>

**Pooling studies.** Each study's result $y_i$ has a variance $v_i$, small for many people. A meta-analysis weighs it by

$$w_i = \frac{1}{v_i + \tau^2}$$

with $\tau^2$ the variance *between* studies ({{term heterogeneity}}): zero when they differ no more than chance allows. Two made-up studies, $y = 0.2$ with $v = 0.01$ and $y = 0.8$ with $v = 0.04$: with $\tau^2 = 0$ the weights are 100 and 25, the mean 0.32. With a very large $\tau^2$ both weigh the same, and the mean is 0.5. The more studies disagree, the less a big one counts for, and the wider the {{term confidence-interval}}.

**Why the first studies are often the largest.** With 20 people in each group, a true difference of half a standard deviation usually fails to be significant. The studies that do make it, by luck, show it 1.7 times too large on average: the {{term winners-curse}}. The review quotes such studies for the hippocampus; pooled over all, the difference is {{bpd-hippocampus-volume}}. In the simulator, the four early studies by themselves pool well above that.

And none of these studies can say why. They are {{term case-control|case-control studies}}: trauma, depression, medicines or alcohol differ between the groups as well.

### Check
"""

# %%
questions.ask("03", "can-a-scan-tell", answer=...)

# %%
questions.ask("03", "first-is-largest", answer=...)

# %% [markdown]
r"""
## Early care, in rats: match and mismatch

*Before you read on: this section is about how much care rat pups get. If you would rather not, go on at "Ten regions, one signature?"; nothing after it needs it.*

### Predict

Some mother rats lick and groom their pups a lot, some little ({{term licking-grooming}}, LG). In the grown offspring of *low*-LG mothers the branches of hippocampal cells are shorter, and synapses strengthen less after use ({{term ltp}}). The review prints this half of the finding, as damage.

The same slices of brain were also bathed in a *high* level of the stress hormone corticosterone. **What does that do to LTP in the low-LG animals?** Write `"raises"`, `"lowers"` or `"no change"`.
"""

# %%
my_effect_in_rats = ...  # "raises", "lowers" or "no change"

# %% [markdown]
r"""
### Explore

**One question: is there a group that is simply "better"?** Then choose *all males* and *all females* in place of the extreme groups. A question mark in the picture means that the source we could read does not say.
"""

# %%
simulators.early_care.explore(prediction=my_effect_in_rats)

# %%
simulators.early_care.draw(measure="fear memory")

# %% [markdown]
r"""
### Explain

At rest, LTP was impaired in the low-LG animals. Under a high level of the stress hormone it was *enhanced* in them, and they remembered better where something frightening had happened. So which animal does better depends on the conditions of the test. That is not the shape of damage; it suggests that early life tunes the animal to the world it is likely to meet: **a match or a mismatch**. (What the hormone did in high-LG animals, the abstract does not say, and no numbers could be read. Hence the question mark.)

**Worked example, with made-up plants.** One comes from a dry valley, one from a wet one; the numbers are kilograms of fruit.

| | in dry soil | in wet soil |
|---|---|---|
| from the dry valley | 6 | 4 |
| from the wet valley | 3 | 9 |

In dry soil, the plant from the dry valley gives $6 - 3 = 3$ more.

**Your turn.** In wet soil, it gives $4 - 9 = \;?$

<details><summary>Show the last step</summary>

−5: five fewer. The sign turns round with the soil. Whoever tests in wet soil alone calls one plant damaged.

</details>

{{table champagne-ca1, lg-sex-specific, neurotrypsin-direction}}

The second row matters for Nadia. These animals are a {{term model-organism}}, chosen from the two ends of a range in which most pups lie between; and across the whole range the link with the branches was seen in males only. Nobody has shown it in women with BPD. The third row is a sentence with its sign turned round.

### Check
"""

# %%
questions.ask("03", "crossing-lines", answer=...)

# %% [markdown]
r"""
## Ten regions, one signature?

### Predict

The review's Table 1 lists ten brain regions and says for each what it does in BPD: more active, less active, or altered. **For how many of the ten, do you think, does the literature on BPD confirm the direction that is printed?** Write a number from 0 to 10.
"""

# %%
my_regions = ...  # regions, out of ten

# %% [markdown]
r"""
### Explore

Choose a region from the list; the drawing and the text follow. **One question: where the review and the literature differ, is it the direction, the measure, or is there simply no study?** Visit at least the {{term amygdala}}, the {{term dlpfc}}, the {{term vmpfc}}, the {{term acc}}, the {{term insula}} and the {{term parietal-cortex}}.
"""

# %%
simulators.region_map.explore(prediction=my_regions)

# %%
simulators.region_map.draw(region="amygdala", layer="agreement")

# %% [markdown]
r"""
### Explain

"The amygdala is hyperactive" sounds like a fact about an organ. It is a comparison of two group means in one task, by {{term fmri}}. Pooled over many studies, two things happened: in people *without medication* the expected pattern appeared, amygdala up and lateral {{term prefrontal-cortex}} down; over all studies no region stood out reliably. **There is no signature of BPD in fMRI.** There are group differences that depend on the task, the sample and the medicines.

And if a region *is* more active, what does that tell about the cause? Here is the smallest model of an alarm $a$ (amygdala) and its brake $p$ (prefrontal), at rest after a stimulus of strength $s$:

$$a^* = \frac{s - w_{pa}\, b}{1 - w_{aa} + w_{pa} w_{ap}}, \qquad p^* = b + w_{ap}\, a^*$$

$b$ is the brake's own drive, $w_{pa}$ how hard the brake holds the alarm, $w_{ap}$ how strongly the alarm calls the brake, $w_{aa}$ how far the alarm keeps itself going. All numbers are assumed: $s = 2$, $b = 0.2$, $w_{aa} = 0.3$, $w_{ap} = 0.8$.

**Worked example: the full brake, $w_{pa} = 1$.** $a^* = (2 - 0.2) / (1 - 0.3 + 0.8) = 1.8 / 1.5 = 1.2$.

**Your turn: half the brake, $w_{pa} = 0.5$.** $a^* = (2 - 0.1) / (1 - 0.3 + 0.4) = 1.9 / 1.1 = \;?$

<details><summary>Show the last step</summary>

1.73. And now the catch: with the *full* brake and a stronger stimulus, $s = 2.79$, the alarm is also at 1.73, and the prefrontal region at the same 1.58 in both cases. A weak brake and a strong stimulus look the same in a scan.

</details>

So a bright spot does not say whether the brake is weak, the stimulus strong, or the task different. Reading a mental state or a cause off a region is called {{term reverse-inference}}.

### Check
"""

# %%
questions.ask("03", "bright-spot", answer=...)

# %% [markdown]
r"""
## What the review says, what the evidence says

First the brain. {{term naa|NAA}} is measured by {{term mrs}}; the other rows are volumes, fMRI, or citations that lead elsewhere.

{{table bpd-hippocampus-volume, bpd-hippocampus-driessen, bpd-hippocampus-schmahl, bpd-hippocampus-irle, bpd-amygdala-volume, bpd-ofc-acc-volume, bpd-naa-dlpfc, bpd-amygdala-hyperreactivity, begemann-as-bpd, neu-robinson-colic, ochsner-2004-as-bpd}}

How common BPD is depends on how one asks ({{term prevalence}}), so it comes with its {{term denominator}}:

{{table bpd-prevalence, bpd-prevalence-nesarc}}
"""

# %% [markdown]
r"""
*Before you read on: the next cell is about how BPD goes over the years, and it includes deaths by suicide. You can go on at "What can be said to Nadia"; nothing later needs it.*
"""

# %% [markdown]
r"""
### How it goes over the years

The review's introduction tells of one outcome only, as a share without a time. It leaves out the most frequent one. The rows belong together:

{{table bpd-remission-16y, bpd-recovery-16y, bpd-suicide-mortality, bpd-suicide-50x}}

{{term remission|Remission}} means that the criteria are no longer met; {{term recovery}}, here a word about people, means remission with a good everyday life besides. Both were found in people who had once been in hospital. Every death is one too many, and help works: psychotherapies made for BPD lessen its severity more than usual care does ({{tx-bpd-psychotherapy-smd}}). If this touches you or someone you know, the START page lists people who answer today.
"""

# %% [markdown]
r"""
### What can be said to Nadia

"What you read is about groups, and some of it is not what was found. That it runs in families is true, and it still means that most relatives never have it. Your hormones were not measured, and those that were measured in others do not all point up. The groups in the scans overlap so much that nobody could find you in them, so no, a scan would not show it. And one thing the page leaves out: followed for years, most people with this diagnosis stop meeting its criteria. That is no promise for one person. But written into you it is not."

All claims, with their sources, stand in the [evidence ledger](../EVIDENCE.html).
"""

# %% [markdown]
r"""
## What these models cannot tell you

- **Heritability belongs to its population and its time.** It says nothing about one person, about differences *between* populations, or about what treatment can do. The check of the threshold model against the register is partly circular: the heritability comes from the same register.
- **The threshold model draws a line through a continuum.** {{term personality-disorder|Personality disorders}} are described in degrees today, and the label itself is debated.
- **The stress model has no daily rhythm** and no psychology. Its fast part is well known; the growth of the glands is inferred from few data. That methylation weakens the receptor in the brain is our assumption, made in order to see what would follow.
- **The overlap assumes bell curves with equal spread.** The spread of 12 to 14 % is assumed. A meta-analysis cannot repair biased studies; it averages them.
- **The pair of regions is a sketch** with invented numbers. It shows that a question is undecided, and decides none.
- **None of it may be used to predict a person.**
"""

# %% [markdown]
r"""
## Take-away

1. Heritability is a share of *differences between people*, here and now. Change the lives and it moves, with the same genes.
2. Level, response and recovery of a stress hormone are three measures; "hyperactive" is none of them.
3. Per cent smaller needs a spread. At the pooled differences most people of both groups overlap.
4. Small, first and striking is a warning, for candidate genes, rats and scans alike. No fMRI signature of BPD has held.
5. The most frequent course of BPD is remission.

### Three questions to close
"""

# %%
questions.ask("03", "closing-nadia", answer=...)

# %%
questions.ask("03", "closing-two-findings", answer=...)

# %%
questions.ask("03", "closing-headline", answer=...)

# %% [markdown]
r"""
### Words

{{words acth, bdnf, borderline-features, bpd, candidate-gene, case-control, cortisol, effect-size, emotion-dysregulation, environment-shared-unique, falconer, fmri, glucocorticoid-receptor, heritability, heterogeneity, hippocampus, hpa-axis, impulsivity, liability, licking-grooming, ltp, maltreatment, meta-analysis, methylation, mrs, naa, overlap, polymorphism, publication-bias, recovery, remission, smd, standard-deviation, stress-reactivity, twin-study, winners-curse}}

### Read further

- Skoglund and colleagues 2021, families in a national register: [doi:10.1038/s41380-019-0442-0](https://doi.org/10.1038/s41380-019-0442-0)
- Drews and colleagues 2019, the stress axis in BPD, a meta-analysis: [doi:10.1016/j.neubiorev.2018.11.008](https://doi.org/10.1016/j.neubiorev.2018.11.008)
- Karin and colleagues 2020, the model with growing glands: [doi:10.15252/msb.20209510](https://doi.org/10.15252/msb.20209510)
- Ruocco and colleagues 2012, pooled volumes of amygdala and hippocampus: [doi:10.1016/j.pscychresns.2012.02.012](https://doi.org/10.1016/j.pscychresns.2012.02.012)
- Degasperi and colleagues 2021, what converges in imaging and what does not: [doi:10.1038/s41398-021-01446-z](https://doi.org/10.1038/s41398-021-01446-z)
- Zanarini and colleagues 2012, sixteen years of follow-up: [doi:10.1176/appi.ajp.2011.11101550](https://doi.org/10.1176/appi.ajp.2011.11101550)

## To discuss in class

1. Nadia asks whether she should have her genes tested, or a scan, before she decides about having children. What do the numbers of this module say, and what do they leave to her?
2. A colleague wants to call the cortisol findings in BPD "a biomarker". Which measure would you ask for, in whom, compared with whom, and which result would change your mind?

Now open **exercises.ipynb** in the same folder.
"""

# %% [markdown] tags=["instructor"]
r"""
### For the instructor

**Timing (45 min):** recall 3, genes 10, stress 9, volumes 8, early care 5, regions 5, evidence 4, closing 1. With less time leave out early care; with one hour, let pairs discuss question 2 after a first vote and vote again.

**What learners get wrong**

- "Almost half genetic, so almost half of my patient." Ask: half of *which difference, between whom*? Then double the environment's variance and let them say what happened to the genes.
- "Blunted and raised contradict each other." Ask which quantity, when, and which hormone. Let them find the week in which both are true.
- "A weak receptor means high cortisol at rest." Put the stressor to 1 and move $K$.
- "A fifth smaller means that four fifths is left of every one." Move the spread and let them place one person on the two curves.
- "It is on the scan, so it is the cause." Ask for a second way to get the same picture.

**What to say when asked "so is it all in the upbringing?"** No. The same arithmetic holds for the environment: a share of differences in a population, not a verdict on a family. Trauma is frequent in people with BPD, not universal, and nobody in the room is asked about theirs.

**Care.** Announce the three marked places before the lesson and say that skipping needs no reason. Name a contact. Do not add numbers on suicide beyond those of the table, and keep remission beside them.
"""
