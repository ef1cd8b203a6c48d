# %% [markdown]
r"""
# "It says here that I will relapse." Does it?

**Module 00 · reading a review like a scientist · about 45 minutes · nothing here is graded**

> *Jonas is made up.* He is 34, lives with borderline personality disorder (BPD) and with methamphetamine use disorder, and has not used for eleven weeks. He lays a printed page on the table of the resident who sees him. "A review," he says. "It says here that for someone like me it is settled: I will go back to it. **Is that what they found, or is that what they wrote?**"

You will meet the review he printed, a {{term narrative-review}}, all through this course: it gives the course its structure. This module gives you the tools to answer him: how a review searches, how it sorts, and how a sentence in it relates to the study it cites.

**Know before:** nothing. No programming: each grey cell is one line that is already written; run it with **Shift+Enter**.

**You will be able to**

| | objective | level |
|---|---|---|
| O1 | read and repair a search string | apply |
| O2 | say in numbers what a search or a screening loses | apply |
| O3 | follow a claim to its source and say what the source supports | evaluate |
| O4 | tell a base rate from its converse, and a cause from an association | analyse |
| O5 | write these measures as short functions (in the exercises) | create |

**Content note.** This module speaks of substance use and of return to use in a scientific way. Skip any cell you like: nothing graded depends on personal experience. People to talk to are listed on the START page.
"""

# %%
from course import questions, simulators

my_recall = my_second_reading = my_missed = my_claims_that_hold = ...  # your predictions: still open

# %% [markdown]
r"""
## Searching: what AND costs

### Predict

A {{term systematic-review}} begins with a {{term search-string}}: blocks of synonyms, joined by {{term boolean-operators|OR}} inside a block and by AND between blocks. The review joined four blocks: words for BPD, *and* words for methamphetamine, *and* words for outcome, *and* words for brain imaging.

We made a {{term synthetic-corpus|corpus of 80 fictional records}} in which somebody has marked which ones a reader would want. **How many per cent of those does the four-block search find?** Put a number from 0 to 100 in place of the three dots, then run the cell.
"""

# %%
my_recall = ...  # per cent of the relevant records: your guess; there is no penalty for a wrong one

# %% [markdown]
r"""
### Explore

**One question while you switch blocks: which single change finds everything, and what does it cost?** Look at the decoys as well: *BPD* is also a lung disease of newborns, and *MA* is also Massachusetts.
"""

# %%
simulators.query_builder.explore(prediction=my_recall)

# %% [markdown]
r"""
Without the mouse, one line draws the same picture. Change a word and run it again:
"""

# %%
simulators.query_builder.draw(methamphetamine="and", outcome="and", neuroimaging="or")

# %% [markdown]
r"""
### Explain

Two shares describe a search. With $R$ the set of {{term relevant-record|relevant records}} and $F$ the set of records found:

$$\text{recall} = \frac{|F \cap R|}{|R|}, \qquad \text{precision} = \frac{|F \cap R|}{|F|}$$

{{term recall|Recall}} asks how much of what you need you have found; {{term precision|precision}} asks how much of what you found you need. A record must pass *every* block that is joined by AND, so each further AND can only take records away: **recall never rises under AND**. Precision usually does, but it need not.

The review's own rule ({{term eligibility-criteria}}) lets in studies of outcome, of relapse *or* of the brain. Its search asks for outcome *and* brain. That one word is why the four blocks find so little. The studies that the review discusses cannot have come from this search alone.

**Worked example.** A search finds 10 records; 5 of the 10 are relevant; there are 8 relevant records in all.

1. Recall: $5 / 8 = 0.625$.
2. Precision: $5 / 10 = 0.5$.

**Your turn.** Another block is added with AND. Now 4 records are found, all of them relevant. Precision is $4 / 4 = 1$; recall is $4 / 8 = \;?$

<details><summary>Show the last step</summary>

0.5. It *looks* cleaner, because nothing irrelevant is left, and it has lost a relevant study. You cannot see that loss in what you found. That is why a good search is tested on studies known beforehand, a {{term reference-set}}.

</details>

### Check
"""

# %%
questions.ask("00", "another-and", answer=...)

# %%
questions.ask("00", "what-you-cannot-see", answer=...)

# %% [markdown]
r"""
## Reading a search string

### Predict

A string is read by a machine, and machines differ. {{term pubmed|PubMed}} works through AND and OR from left to right. Many other {{term bibliographic-database|databases}} do every AND first, the way multiplication goes before addition: their {{term operator-precedence|order of operators}} is another.

The string the review prints has one closing bracket too many. Leave that one out. **Does the AND-first reading then find more records, fewer, or the same number as the left-to-right reading?** Write `"more"`, `"fewer"` or `"the same"`.
"""

# %%
my_second_reading = ...  # "more", "fewer" or "the same"

# %% [markdown]
r"""
### Explore

The line climbs at every opening bracket and falls at every closing one. **One question: at which character does the printed string break, and what would mend it?** Then paste a string of your own, from a paper or a librarian.
"""

# %%
simulators.search_string.explore(prediction=my_second_reading)

# %%
simulators.search_string.draw('(depression OR "low mood"[tiab]) AND (sleep OR insomnia)')

# %% [markdown]
r"""
### Explain

Read a string in three steps.

1. **Brackets.** Start at 0; add 1 at each `(`, take 1 away at each `)`. The {{term bracket-depth|depth}} may never fall below 0 and must end at 0. The review's string falls below 0: a bracket is closed that nobody opened, and the string has no meaning until somebody decides where it should have begun.
2. **Order.** `A OR B AND C` is *(A or B) and C* from left to right, but *A or (B and C)* when AND goes first. Brackets around every OR block make both readings the same. Write them always.
3. **Words.** {{term phrase-search|Quotation marks}} keep words together; a {{term field-tag}} such as `[tiab]` says where to look (title and abstract); a {{term mesh|MeSH}} heading finds papers by subject, whatever word they use; {{term truncation|an asterisk}} stands for any ending. A bare `MA` or `BPD` finds whatever shares the letters.

**Worked example.** `cats OR dogs AND fleas`. From left to right: *(cats or dogs) and fleas*, papers on fleas only. AND first: *cats or (dogs and fleas)*, every paper on cats, with or without a flea.

**Your turn.** `(cats OR dogs) AND fleas`. How many different readings are left?

<details><summary>Show the last step</summary>

One. The brackets have settled it.

</details>

### Check
"""

# %%
questions.ask("00", "net-depth", answer=...)

# %%
questions.ask("00", "two-readings", answer=...)

# %% [markdown]
r"""
## Screening: who is lost

### Predict

After the search, somebody reads titles and abstracts and sorts out what does not belong: the {{term screening}}. In the review, one person did this alone.

A {{term randomised-trial|randomised trial}} has measured how well people do it. Now picture 1,000 fictional {{term record|records}}, of which one in twenty (5 %) is relevant, and one reviewer. **How many of the 50 relevant studies does that reviewer throw away by mistake?**
"""

# %%
my_missed = ...  # studies: a number from 0 to 50

# %% [markdown]
r"""
### Explore

Records flow from the databases through the boxes of a {{term prisma|PRISMA}} diagram. At every box, what came in is what stays plus what goes: the numbers must add up. **One question: what does a second reviewer buy, and what does it cost?**
"""

# %%
simulators.prisma_flow.explore(prediction=my_missed)

# %%
simulators.prisma_flow.draw(reviewers="two")

# %% [markdown]
r"""
### Explain

{{term sensitivity|Sensitivity}} $se$ is the share of relevant records that are kept; {{term specificity|specificity}} $sp$ the share of irrelevant ones that are set aside. In the trial, one reviewer kept {{screening-sensitivity-single}} of the relevant abstracts and set aside {{screening-specificity-single}} of the others.

$$\text{missed} = n \cdot p \cdot (1 - se)$$

Here $n$ is the number of records and $p$ the share that is relevant ({{term prevalence}}).

With {{term dual-screening|two reviewers}}, a record stays when *either* keeps it. If the two erred independently of each other, it would be lost only when both miss it:

$$se_2 = 1 - (1 - se)^2, \qquad sp_2 = sp^2$$

That predicts a sensitivity of 98.2 % and a specificity of 62.7 %. Two reviewers in the trial reached {{screening-sensitivity-dual}} and {{screening-specificity-dual}}. The first range includes the prediction; the second does not: two reviewers threw out more of the irrelevant abstracts together than independent ones would. **People stumble over the same abstracts.** And a second reader is not free: more irrelevant papers go on to be read in full.

How much two readers agree beyond chance is measured by {{term cohens-kappa|Cohen's kappa}}: 0 is what chance gives, 1 is full agreement. Systematic reviews that report it for abstracts have a mean of {{screening-kappa}}. With a single reviewer there is nothing to compare.

**Worked example.** $n = 1000$, one record in ten relevant, so $p = 0.1$, and $se = {{screening-sensitivity-single.number}}\,\%$. Missed: $1000 \cdot 0.1 \cdot 0.134 = 13.4$ studies.

**Your turn.** Two reviewers, with the measured sensitivity of {{screening-sensitivity-dual.number}} %: $1000 \cdot 0.1 \cdot 0.025 = \;?$

<details><summary>Show the last step</summary>

2.5 studies. Eleven relevant studies saved, for about a hundred more papers to read in full.

</details>

### Check
"""

# %%
questions.ask("00", "second-reviewer", answer=...)

# %%
questions.ask("00", "missed-of-what", answer=...)

# %% [markdown]
r"""
## From claim to source

### Predict

For this course, every claim of the review that could be checked was followed to the {{term primary-source|study it cites}}. The {{term evidence-ledger|evidence ledger}} keeps what was found, with a {{term status|status}} for each: **supported**, the source says so; **imprecise**, something needed is missing or blurred; **conflicts**, the source says otherwise; **unverified**, we have not yet read a source that settles it.

**Of every 100 claims, how many, do you think, hold as they are written?**
"""

# %%
my_claims_that_hold = ...  # out of 100: your guess

# %% [markdown]
r"""
### Explore

Pick a claim, guess its status before you see it, and keep score. **One question: which kind of error fools you most often?** The picture below the browser sums up all claims, with your prediction drawn over it; look at it when you have tried a few.
"""

# %%
simulators.ledger_browser.explore()

# %%
simulators.ledger_browser.draw(prediction=my_claims_that_hold)

# %% [markdown]
r"""
### Explain

A citation is an address (today often a {{term doi|DOI}}), not a proof. Between a study and a sentence about it, five things go wrong again and again:

- **Wrong denominator.** A share of what, of whom, over what time? A share turned round is another number.
- **Wrong species.** A rat's hours set beside a person's.
- **{{term misattribution|Misattribution}}.** The cited study looked at something else, or at other people.
- **Causal wording.** "Causes", "leads to", "destroys", from people who were looked at once ({{term cross-sectional}}).
- **Selective extreme.** The largest difference from the smallest study, as if it were the typical one.

One example of each:

{{table pd-sud-50-92, ma-da-peak-nac, fletcher-reback-direction, ma-hippocampus-volume, bpd-hippocampus-volume}}

**A share turned round.** A survey of US adults looked for seven personality disorders; BPD was not one of them. Of the people with a current drug use disorder, {{p-pd-given-dud}} had at least one of the seven. That does *not* say how many of those with a personality disorder have a drug use disorder. It counts the same people against another {{term denominator}}, and the answer hangs on how common each condition is where you look: the two {{term base-rate|base rates}}. (You will work it out in the exercises.)

**Worked example, with made-up numbers.** In a clinic, 300 of 1,000 people have a drug use disorder; 40 % of these have a personality disorder; 400 of the 1,000 have a personality disorder in all.

1. Both: $300 \times 40\,\% = 120$.
2. The share turned round: $120 / 400 = 30\,\%$.

**Your turn.** In a town, 20 of 1,000 people have a drug use disorder; again 40 % of these have a personality disorder; 100 of the 1,000 have a personality disorder in all. Both: 8 people. The share turned round: $8 / 100 = \;?$

<details><summary>Show the last step</summary>

8 %. The same 40 % in both places, and 30 % or 8 % when it is turned round. A share from a ward is never a share of the street.

</details>

### Check
"""

# %%
questions.ask("00", "turned-round", answer=...)

# %%
questions.ask("00", "does-it-support", answer=...)

# %% [markdown]
r"""
## What the review says, what the evidence says

Here is how the review describes its own method, and the sentences that worried Jonas.

{{table methods-search-window, methods-eligibility-contradiction, methods-prisma-counts, methods-single-reviewer, methods-boolean-parentheses, methods-orphan-citations, methods-chimeric-references, bpd-ma-worse-than-either, relapse-foregone, bpd-sud-remission-10y}}

Look at the last three rows together. No study in the review measured people with both conditions, followed them, and compared them with people who have one or neither. To show that the two together are worse than either alone takes **{{term four-group-design|four groups}}** (both, BPD only, methamphetamine only, neither), followed in the same way, and a test of the *{{term interaction-additive|interaction}}*: is the difference that methamphetamine makes larger in people with BPD than in people without? Two literatures laid side by side cannot show it.

So this is what the resident can say to Jonas: "It is what they wrote. Nobody has followed people like you to find out. And what has been found about people with each of the two is more hopeful than the page: many do not return to use in the first year, and most people with BPD who had a substance use disorder had a remission of it within ten years. That is no promise for one person. But it is certainly not settled."

Another kind of trouble is a review that disagrees with itself. Here is one recovery after methamphetamine, as the review tells it in five places:

{{table dat-recovery-15-months, dat-recovery-24-months, dat-recovery-12-20-months, dat-ofc-region, ofc-recovery-years}}

All claims, with their sources, stand in the [evidence ledger](../EVIDENCE.html).
"""

# %% [markdown]
r"""
## What these models cannot tell you

- **In a real search nobody has marked what is relevant.** Recall can be computed here because the records are made up. In life it can only be estimated, from studies known beforehand.
- **The fictional records are few and clear.** A real database has millions, with shades of relevance; the numbers will differ, the direction will not.
- **The screening trial was about another topic**, with volunteers. Your reviewers may do better or worse.
- **The formula for two reviewers assumes independent errors**, and the trial shows that they are not.
- **A ledger is also made by people.** A status says what was found by those who looked, on the day they looked; "unverified" means not read, never "false".
"""

# %% [markdown]
r"""
## Take-away

1. Every AND costs recall, and you cannot see the loss in what you found.
2. Count the brackets, and put brackets around every OR: then all machines read the same string.
3. One reviewer loses one relevant study in every seven or eight; a second one saves most of them, at a price.
4. A citation is an address. Go there: which people, which measure, out of how many, and compared with what?
5. "It says here" is not "they found". Return to use is a risk with a size, not a verdict.

### Three questions to close
"""

# %%
questions.ask("00", "closing-which-block", answer=...)

# %%
questions.ask("00", "closing-four-groups", answer=...)

# %%
questions.ask("00", "closing-causal", answer=...)

# %% [markdown]
r"""
### Words

{{words base-rate, bias, bibliometric-study, boolean-operators, bracket-depth, causal-language, cohens-kappa, conditional-probability, confounding, denominator, dual-screening, field-tag, four-group-design, interaction-additive, mesh, misattribution, operator-precedence, precision, preprint, prisma, recall, relevant-record, reverse-causation, screening, search-string, selective-reporting, sensitivity, specificity, systematic-review}}

### Read further

- Gartlehner and colleagues 2020, one reviewer or two, a randomised trial: [doi:10.1016/j.jclinepi.2020.01.005](https://doi.org/10.1016/j.jclinepi.2020.01.005)
- Page and colleagues 2021, the PRISMA 2020 statement: [doi:10.1136/bmj.n71](https://doi.org/10.1136/bmj.n71)
- Masland and colleagues 2022, how wording in research spreads stigma: [doi:10.1177/17456916221100464](https://doi.org/10.1177/17456916221100464)
- Brecht and Herbeck 2014, time to return to use after treatment: [doi:10.1016/j.drugalcdep.2014.02.702](https://doi.org/10.1016/j.drugalcdep.2014.02.702)

## To discuss in class

1. You have one afternoon and one colleague to make the review's search better. What do you change first, and how would you know that it is better?
2. A patient brings you a sentence from a paper that takes away hope. What do you look up before you answer, and what do you say if you find nothing?

Now open **exercises.ipynb** in the same folder.
"""

# %% [markdown] tags=["instructor"]
r"""
### For the instructor

**Timing (45 min):** searching 9, strings 8, screening 9, claims 11, evidence 6, closing 2. With one hour, let pairs play the ledger browser against each other: the lower score explains the claim.

**What learners get wrong**

- "More terms, better search." More terms joined by OR, yes; more blocks joined by AND, no. Draw two circles, then three.
- "13 % missed means 13 % of all records." It is 13 % of the few that matter. Ask: of what?
- "Two reviewers, so nothing is missed." Ask what happens to an abstract that is simply written badly.
- "It has a citation, so it is supported." Let them open one row of each kind in the ledger and read the source's own words.
- "Conflicts means the authors lied." Nobody needs to have lied. Numbers travel, and lose their species and their denominator on the way.

**What to say when asked "so is the review worthless?"** No. It names the right question and its parts, and this course follows them. Reading it like this is what peer review is.

**Care.** Some in the room live with one of these conditions, or love somebody who does. Never ask for personal experience, and name a contact at the start.
"""
