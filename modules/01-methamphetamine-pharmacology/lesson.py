# %% [markdown]
r"""
# How can something so short last so long?

**Module 01 · methamphetamine in the body and at the synapse · about 40 minutes · nothing here is graded**

> *Mira is made up.* She is 28 and lives with borderline personality disorder and, for four years now, with methamphetamine use disorder. On Monday she says to the nurse at the day clinic: "I used once, on Saturday evening. The good part was over before midnight. But I lay awake until Monday, and today's test is still positive. **How can something so short last so long?**"

To answer her you need two clocks, the drug's and the dopamine's, and the habit of asking "which dose, in whom?" before comparing two numbers.

**Know before:** what a neuron and a synapse are. No programming: each grey cell is one line that is already written; run it with **Shift+Enter**.

**You will be able to**

| | objective | level |
|---|---|---|
| O1 | read a half-life from a curve and say how much drug is left | apply |
| O2 | predict how repeated exposures add up | apply |
| O3 | tell a drug that blocks dopamine's uptake from one that releases it, by the shape of the curve | analyse |
| O4 | judge a sentence of the form "drug X raises dopamine by so many per cent" | evaluate |
| O5 | write these mechanisms as short functions (in the exercises) | create |

**Content note.** This module speaks of drug effects in a scientific way; it holds no advice on doses and compares routes only as pharmacology. Skip any cell you like: nothing graded depends on personal experience. People to talk to are listed on the START page.
"""

# %%
from course import questions, simulators

my_hours_to_plateau = my_percent_after_3h = my_higher_maximum = ...  # your predictions: still open

# %% [markdown]
r"""
## How long: the half-life

### Predict

Think of a person whose drug level is topped up again and again, at the same interval. The level climbs at first and then settles on a {{term steady-state|plateau}}.

Methamphetamine's elimination {{term half-life}} in people is {{ma-half-life-iv}} after an intravenous dose and {{ma-half-life-smoked}} after smoking. **After how many hours, do you think, has the level climbed to 90 % of its plateau?** Put a number in place of the three dots, then run the cell.
"""

# %%
my_hours_to_plateau = ...  # hours: your guess; there is no penalty for a wrong one

# %% [markdown]
r"""
### Explore

Your guess appears as a line in the picture. **One question while you move things: what changes the time to the plateau: the interval, the route, or the half-life?**

Sliders work with the mouse and with the arrow keys. The levels are relative to the peak of the first exposure, on purpose: nothing here can be turned into a dose.
"""

# %%
simulators.plasma_level.explore(prediction=my_hours_to_plateau)

# %% [markdown]
r"""
Without the mouse, one line draws the same picture. Change a value and run it again:
"""

# %%
simulators.plasma_level.draw(drug="methamphetamine", route="smoked", interval_h=12, urinary_clearance=1.0)

# %% [markdown]
r"""
### Explain

The body removes a fixed *share* of what is there per hour, not a fixed amount. That gives an {{term exponential-decay|exponential fall}}:

$$C(t) = C_0\, e^{-k t}, \qquad k = \frac{\ln 2}{t_{1/2}}$$

Here $C(t)$ is the level at time $t$ (hours), $C_0$ the level at the start, $k$ the {{term elimination}} {{term rate-constant|rate constant}} (per hour) and $t_{1/2}$ the half-life (hours). Each half-life takes away half of what is left, so no moment exists at which "it is out of the body". A single molecule stays for $1/k$ on average; with a half-life of {{ma-half-life-iv.number}} h that is 16.4 h, and the study that measured it found {{ma-mean-residence-time}}.

**Worked example: methamphetamine, 24 hours.**

1. How many half-lives? $24 / {{ma-half-life-iv.number}} = 2.1$.
2. Share left: $0.5^{2.1} = 0.23$.
3. In words: on Sunday evening almost a quarter of Mira's Saturday evening is still in her blood. That answers half of her question.

**Your turn: cocaine, three hours.** The ledger teaches a half-life of {{cocaine-half-life}}; one study of intravenous cocaine alone found {{cocaine-half-life-iv}}.

1. How many half-lives? $3\ \text{h} / 1\ \text{h} = 3$.
2. Share left: $0.5^{3} = \;?$

<details><summary>Show the last step</summary>

$0.5^3 = 0.125$: one eighth, after three hours. The two drugs differ far more in how long they stay than in anything a single peak shows.

</details>

### How repeated exposures add up

Each exposure contributes what it would contribute alone, counted from its own time; the contributions add. The sum stops climbing when as much is removed between two exposures as one of them adds. How close it has come after time $t$ depends on the half-life alone:

$$\text{share of the plateau} = 1 - 0.5^{\,t / t_{1/2}}$$

For 90 % you need $\log_2 10 = 3.3$ half-lives: about 38 hours at a half-life of {{ma-half-life-iv.number}} h. The interval sets *how high* the plateau is, not *when* it is reached; the route changes the first hours only (the simulator counts from the first dose, so {{term absorption}} adds up to an hour).

Part of the drug leaves by the urine, and how much depends on how acid the urine is. Less urinary {{term clearance}} means a longer half-life, and so a later and higher plateau: try the slider at zero.

### Check
"""

# %%
questions.ask("01", "sunday-evening", answer=...)

# %%
questions.ask("01", "half-lives-to-plateau", answer=...)

# %% [markdown]
r"""
## How dopamine rises: block or release

### Predict

Two things can raise dopamine outside a cell. A **{{term competitive-blocker|blocker}}** (cocaine is the usual example) hinders the {{term dopamine-transporter|transporter}} that removes dopamine. A **{{term releaser}}** (methamphetamine is the usual example) enters the cell, lets dopamine leak out of its stores and runs the transporter backwards.

A model {{term synapse}} gets a *full releaser*, and the drug level falls with a rat's half-life of {{ma-half-life-rat}}. **Where will dopamine stand after three hours, in per cent of its {{term basal}} value?** (100 means: back to normal.)
"""

# %%
my_percent_after_3h = ...  # per cent of basal

# %% [markdown]
r"""
### Explore

Dopamine and the drug in the rat run on the **rat's clock**, in minutes; the small picture on grey ground is human {{term plasma}} on the **human clock**, in hours. The two never share an axis. **One question: which mechanism gives a flat plateau, and which falls although the drug is still there?** To see it, give the drug a *human* half-life, so that it stays, and change the mechanism.

When you have seen it, set the genotype to *transporter {{term knock-out}}*: an animal without the transporter.
"""

# %%
simulators.dopamine_time_course.explore(prediction=my_percent_after_3h)

# %%
simulators.dopamine_time_course.draw(mechanism="block", drug_level=2.0, clock="human")

# %% [markdown]
r"""
### Explain

Dopamine outside the cell, $e$, settles where release $R$ equals uptake. Uptake saturates ({{term michaelis-menten|Michaelis–Menten}}), and a blocker at level $i$ makes the transporter look $(1+i)$ times less eager:

$$R = \frac{V_{max}\, e}{K_m (1+i) + e} \quad\Rightarrow\quad e = \frac{K_m (1+i)\, R}{V_{max} - R}$$

$V_{max}$ is the fastest uptake (µM/s), $K_m$ the level at which uptake runs at half speed (µM), $i$ the blocker's level in units of its inhibition constant. So a pure blocker gives a flat line at exactly $100\,(1+i)$ % of basal, for as long as it is there.

A releaser is another story. It moves dopamine from the {{term vesicle|vesicles}} into the cell and out through the transporter. That gives a far higher peak, needs no firing of the neuron, and **{{term depletion|uses up the stores}}**: when synthesis cannot keep pace, dopamine falls while the drug is still there, and may dip below its basal value. Without the {{term transporter}} there is no door. Two experiments show it: {{dat-knockout-no-rise.claim}} {{amphetamine-release-without-impulses.claim}}

**Worked example: a blocker at $i = 2$.** Uptake looks three times slower, so dopamine settles at $100 \times (1 + 2) = 300$ % of basal.

**Your turn: a blocker at $i = 0.5$.** Dopamine settles at $100 \times (1 + 0.5) = \;?$

<details><summary>Show the last step</summary>

150 % of basal. Flat, until the blocker leaves.

</details>

That answers the other half of Mira's question. The drug's clock is its half-life; the dopamine's clock is how fast the stores run down and refill. **The good part can be over while most of the drug is still there.**

### Check
"""

# %%
questions.ask("01", "falls-while-drug-stays", answer=...)

# %%
questions.ask("01", "no-transporter", answer=...)

# %% [markdown]
r"""
## How much: the dose decides

### Predict

You will see how high dopamine peaks in the rat for each *dose* of methamphetamine and of cocaine. **Which of the two can reach the higher maximum, if any dose is allowed?** Write `"methamphetamine"`, `"cocaine"` or `"about equal"`.
"""

# %%
my_higher_maximum = ...  # "methamphetamine", "cocaine" or "about equal"

# %% [markdown]
r"""
### Explore

**One question: can you choose two doses so that cocaine beats methamphetamine?** Then switch between "per cent of basal" and "per cent above basal" and watch which number a headline would take.
"""

# %%
simulators.dose_response.explore(prediction=my_higher_maximum)

# %%
simulators.dose_response.draw(scale="above")

# %% [markdown]
r"""
### Explain

How many transporters a drug occupies depends on its dose. {{cocaine-dat-occupancy.claim}} So does the rise of dopamine: in one laboratory, with several doses of each drug, methamphetamine and cocaine reached about the same ceiling: {{ma-da-peak-nac}}. At the doses that rats recognise as "the drug", the rise was far smaller, for either: {{da-full-substitution-range}}. A single bar for each drug shows one point of each {{term dose-response-curve|curve}}. Which bar is higher then mostly shows *which dose somebody chose*.

Three questions to ask of any such number:

1. **Which dose?** Without it, two bars cannot be compared.
2. **Of or above?** Basal is 100 % *of* basal and 0 % *above* it. The two always differ by 100 points.
3. **In whom?** Rats, {{term microdialysis}}, a dose given by the experimenter. Not a human synapse, and not a choice anybody made.

**Worked example.** "300 % of basal" is $300 - 100 = 200$ % above basal, a factor of 3.

**Your turn.** "950 % of basal" is $950 - 100 = \;?$ % above basal.

<details><summary>Show the last step</summary>

850 % above basal, a factor of 9.5.

</details>

### Check
"""

# %%
questions.ask("01", "which-dose", answer=...)

# %% [markdown]
r"""
## What the review says, what the evidence says

The review's Figure 2 shows dopamine after four drugs, one curve each. Here it is rebuilt from the evidence ledger: bands where only bands are known, every status in words, and notes on what is wrong in it.
"""

# %%
simulators.figure_two.draw()

# %% [markdown]
r"""
Each row below is one claim of the review, checked against its source. **supported** means the source says so; **imprecise**, that something needed is missing or blurred; **conflicts**, that the source says otherwise; **unverified**, that we have not yet read a source that settles it.

{{table ma-da-peak-nac, ma-da-peak-time, ma-da-decline, ma-da-highest-of-four, ma-duration-12h, cocaine-half-life, ma-mechanism-vta-release, ma-raises-three-monoamines, ma-sympathomimetic}}

Look at the pattern rather than at the single rows. A number from a rat is set beside a half-life from people; a half-life is compared with a duration of effect; the axis of a figure becomes a result. None of these is a lie. Each is what happens when a number travels without its dose, its species and its unit.
"""

# %% [markdown]
r"""
## What these models cannot tell you

- **Venous plasma is not the brain.** One compartment misses the steep rise in arterial blood and brain in the first minutes; the time of the plasma peak says nothing about a "rush".
- **The release model is a teaching reduction.** Its rates of release, {{da-release-rate}}, and of uptake, {{dat-vmax}}, are uncertain; the others were chosen so that the size of the peak is right, and nobody measured them. The *shapes* (flat plateau, early peak, no rise without the transporter) survive when every parameter is halved or doubled; the numbers do not.
- **In the knock-out the model's basal dopamine behaves too simply.** Real animals adapt in many ways.
- **Fitting a curve is not evidence for its mechanism**, and nothing here predicts a person, a dose, or a choice.
"""

# %% [markdown]
r"""
## Take-away

1. A half-life removes a share, not an amount: after 24 hours almost a quarter of an intravenous dose is left.
2. The plateau of repeated exposures is reached after 3.3 half-lives, whatever the interval.
3. A blocker gives a flat plateau; a releaser an early, high peak that fades as the stores run down, while the drug stays.
4. A bar without a dose is not a comparison; *of* and *above* differ by 100 points; a rat's clock is not ours.
5. Mira was right on both counts: the effect was short, the drug was long.

### Three questions to close
"""

# %%
questions.ask("01", "closing-clock", answer=...)

# %%
questions.ask("01", "closing-plateau", answer=...)

# %%
questions.ask("01", "closing-headline", answer=...)

# %% [markdown]
r"""
### Words

{{words basal, bioavailability, clearance, competitive-blocker, dopamine-transporter, half-life, knock-out, methamphetamine, microdialysis, monoamines, neuron, nucleus-accumbens, releaser, steady-state, vmat2, volume-of-distribution}}

### Read further

- Harris and colleagues 2003, human kinetics of methamphetamine by route: [abstract on PubMed](https://www.ncbi.nlm.nih.gov/pubmed/14586388)
- Cruickshank and Dyer 2009, clinical pharmacology of methamphetamine: [doi:10.1111/j.1360-0443.2009.02564.x](https://doi.org/10.1111/j.1360-0443.2009.02564.x)
- Desai and colleagues 2010, dopamine and dose in the rat: [doi:10.1124/jpet.110.165746](https://doi.org/10.1124/jpet.110.165746)
- Sulzer 2011, how amphetamines release dopamine: [doi:10.1016/j.neuron.2011.02.010](https://doi.org/10.1016/j.neuron.2011.02.010)

## To discuss in class

1. A headline reads: "Meth floods the brain with fifteen times the normal dopamine." Which three questions do you ask before you share it, and which answer would change your mind?
2. A clinician tells a person that the drug "is out of your system by tomorrow". What is right, what is wrong, and what could be said instead that helps?

Now open **exercises.ipynb** in the same folder.
"""

# %% [markdown] tags=["instructor"]
r"""
### For the instructor

**Timing (40 min):** half-life 12, dopamine 13, dose 8, evidence 5, closing 2. With one hour, let pairs discuss question 1 after the first vote and vote again; discuss when 30–70 % are right.

**What learners get wrong**

- "Two half-lives and it is gone." Let them halve a sheet of paper until it is gone.
- "A shorter interval reaches the plateau sooner." The simulator shows it does not; ask *why* before explaining: the share removed per hour is the same.
- "The effect is over, so the drug is gone." This is the heart of the module. Ask for the drug level at the moment the dopamine crosses 100 %.
- "1,500 % is what they measured." It is where the axis of a teaching slide ends. Ask what a measured value would need: dose, animal, spread.

**What to say when asked "so which drug is worse?"** Harm is not the height of a dopamine bar. Duration, heart and vessels, psychosis, and the person's life matter; the ledger row on sympathomimetic effects is a start.

**Care.** Some in the room know this from inside, as patients, relatives or both. Never ask for personal experience, and name a contact at the start.
"""
