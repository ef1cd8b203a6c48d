# %% [markdown]
"""
# Answer bank of module 04

Every kind of answer we expect, right and wrong, with the verdict and the sentence it must get. The real judge grades all of it in the test suite, and the demo class hands in answers drawn from here. The reference answers are the solutions in `exercises.py` themselves.
"""

# %% answer="c1-two-cues" label="alternative-with-point" status="passed" points=4
c1_tone = 1.0
c1_light = 6.0

# %% answer="c1-two-cues" label="alternative-computed" status="passed" points=4
c1_tone = 3 * 0 + 0.5 * 2
c1_light = 3 * 2 + 0.5 * 0

# %% answer="c1-two-cues" label="kappa-on-every-cue" status="partial" points=2 misconception="kappa-on-every-cue" message="its *learnt* value"
c1_tone = 3
c1_light = 6

# %% answer="c1-two-cues" label="relearning-needed" status="partial" points=2 misconception="relearning-needed" message="had to be learnt first"
c1_tone = 1
c1_light = 2

# %% answer="c1-two-cues" label="far-cue-first-near-as-learnt" status="failed" points=0 misconception="relearning-needed" message="had to be learnt first"
c1_tone = 6
c1_light = 2

# %% answer="c1-two-cues" label="far-cue-first" status="failed" points=0 misconception="far-cue-first" message="the first cue"
c1_tone = 6
c1_light = 0

# %% answer="c1-two-cues" label="kappa-is-added" status="partial" points=2 misconception="kappa-is-added" message="It multiplies it"
c1_tone = 1
c1_light = 5

# %% answer="c1-two-cues" label="kappa-is-the-wanting" status="failed" points=0 misconception="kappa-is-the-wanting" message="how many *times*"
c1_tone = 0.5
c1_light = 3

# %% answer="c1-two-cues" label="reward-one-step-too-far" status="failed" points=0 misconception="reward-one-step-too-far" message="discounted the reward"
c1_tone = 0.5
c1_light = 3.5

# %% answer="c1-two-cues" label="far-cue-silent" status="partial" points=2 misconception="far-cue-silent" message="what it has learnt"
c1_tone = 0
c1_light = 6

# %% answer="c1-two-cues" label="discount-forgotten" status="partial" points=2 misconception="discount-forgotten" message="left out the discount"
c1_tone = 2
c1_light = 6

# %% answer="c1-two-cues" label="elsewhere" status="partial" points=2 message="differ"
c1_tone = 1
c1_light = 12

# %% answer="c1-two-cues" label="one-of-two" status="unanswered" points=0 message="Not answered yet"
c1_tone = 1
c1_light = ...

# %% answer="c2-fewer-presses" label="alternative-capital-letter" status="passed" points=4
c2 = "B"

# %% answer="c2-fewer-presses" label="fewer-presses-less-rewarding" status="failed" points=0 misconception="fewer-presses-less-rewarding" message="Look at the last column"
c2 = "a"

# %% answer="c2-fewer-presses" label="too-impaired-to-press" status="failed" points=0 misconception="too-impaired-to-press" message="would miss its level"
c2 = "c"

# %% answer="c2-fewer-presses" label="tolerance-lowers-presses" status="failed" points=0 misconception="tolerance-lowers-presses" message="more would be taken"
c2 = "d"

# %% answer="c2-fewer-presses" label="not-a-letter" status="failed" points=0 message="one letter in quotation marks"
c2 = 2

# %% answer="c3-next-press" label="alternative-computed" status="passed" points=4
c3 = 8 / np.log(2) * np.log(1 + 6 / 2)

# %% answer="c3-next-press" label="alternative-as-float" status="passed" points=4
c3 = 16.0

# %% answer="c3-next-press" label="interval-proportional-to-dose" status="failed" points=0 misconception="interval-proportional-to-dose" message="halve it step by step"
c3 = 24

# %% answer="c3-next-press" label="rest-forgotten" status="failed" points=0 misconception="rest-forgotten" message="still there count too"
c3 = 12.68

# %% answer="c3-next-press" label="half-life-as-time-constant" status="failed" points=0 misconception="half-life-as-time-constant" message="count halvings"
c3 = 11.09

# %% answer="c3-next-press" label="one-half-life" status="failed" points=0 misconception="one-half-life" message="fallen from 8 to 4"
c3 = 8

# %% answer="c3-next-press" label="until-gone" status="failed" points=0 misconception="until-gone" message="hardly anything was left"
c3 = 32

# %% answer="c3-next-press" label="elsewhere" status="failed" points=0 message="differ"
c3 = 20

# %% answer="c3-next-press" label="with-a-unit" status="failed" points=0 message="without quotes or unit"
c3 = "16 min"

# %% answer="c4-relief" label="alternative-with-space" status="passed" points=4
c4 = " c "

# %% answer="c4-relief" label="any-reward-is-positive" status="failed" points=0 misconception="any-reward-is-positive" message="nothing was missing before"
c4 = "a"

# %% answer="c4-relief" label="negative-is-punishing" status="failed" points=0 misconception="negative-is-punishing" message="That is punishment"
c4 = "b"

# %% answer="c4-relief" label="extinction-is-negative" status="failed" points=0 misconception="extinction-is-negative" message="That is extinction"
c4 = "d"

# %% answer="c5-overshoot" label="alternative-computed" status="passed" points=4
c5 = 1**2 - (1 - 4) ** 2

# %% answer="c5-overshoot" label="alternative-as-float" status="passed" points=4
c5 = -8.0

# %% answer="c5-overshoot" label="overshoot-is-free" status="failed" points=0 misconception="overshoot-is-free" message="3 units past it"
c5 = 1

# %% answer="c5-overshoot" label="dose-is-reward" status="failed" points=0 misconception="dose-is-reward" message="You gave the dose"
c5 = 4

# %% answer="c5-overshoot" label="sign-reversed" status="failed" points=0 misconception="sign-reversed" message="before minus after"
c5 = 8

# %% answer="c5-overshoot" label="distance-not-squared" status="failed" points=0 misconception="distance-not-squared" message="the squared distance"
c5 = -2

# %% answer="c5-overshoot" label="squared-dose" status="failed" points=0 misconception="squared-dose" message="You squared the dose"
c5 = 16

# %% answer="c5-overshoot" label="only-after" status="failed" points=0 misconception="only-after" message="the drive before, which was 1"
c5 = -9

# %% answer="c5-overshoot" label="elsewhere" status="failed" points=0 message="differ"
c5 = 0


# %% answer="m1-interval" label="alternative-log2" status="passed" points=4
def infusion_interval(dose, threshold, t_half_min):
    return t_half_min * np.log2((threshold + dose) / threshold)


# %% answer="m1-interval" label="alternative-loop" status="passed" points=4
def infusion_interval(dose, threshold, t_half_min):
    import math

    return [t_half_min * (math.log(threshold + each) - math.log(threshold)) / math.log(2) for each in dose]


# %% answer="m1-interval" label="alternative-rate-constant" status="passed" points=4
def infusion_interval(dose, threshold, t_half_min):
    k = np.log(2) / t_half_min
    return np.log1p(dose / threshold) / k


# %% answer="m1-interval" label="alternative-bisection" status="passed" points=4
def infusion_interval(dose, threshold, t_half_min):
    low, high = np.zeros(len(dose)), np.full(len(dose), 1000.0)
    for _ in range(80):
        middle = (low + high) / 2
        above = (threshold + dose) * 0.5 ** (middle / t_half_min) > threshold
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return high


# %% answer="m1-interval" label="half-life-as-rate" status="failed" points=0 misconception="half-life-as-rate" message="as if it were the rate constant"
def infusion_interval(dose, threshold, t_half_min):
    return np.log(1 + dose / threshold) / t_half_min


# %% answer="m1-interval" label="no-ln2" status="failed" points=0 misconception="no-ln2" message="Divide it by ln 2"
def infusion_interval(dose, threshold, t_half_min):
    return t_half_min * np.log(1 + dose / threshold)


# %% answer="m1-interval" label="rest-forgotten" status="failed" points=0 misconception="rest-forgotten" message="The 1 is missing"
def infusion_interval(dose, threshold, t_half_min):
    return t_half_min / np.log(2) * np.log(dose / threshold)


# %% answer="m1-interval" label="log-base-ten" status="failed" points=0 misconception="log-base-ten" message="logarithm to base 10"
def infusion_interval(dose, threshold, t_half_min):
    return t_half_min / np.log(2) * np.log10(1 + dose / threshold)


# %% answer="m1-interval" label="interval-proportional-to-dose" status="failed" points=0 misconception="interval-proportional-to-dose" message="lasts less than twice as long"
def infusion_interval(dose, threshold, t_half_min):
    return t_half_min * dose / threshold


# %% answer="m1-interval" label="threshold-over-dose" status="failed" points=0 misconception="threshold-over-dose" message="the other way round"
def infusion_interval(dose, threshold, t_half_min):
    return t_half_min / np.log(2) * np.log(1 + threshold / dose)


# %% answer="m1-interval" label="one-number" status="failed" points=0 message="a list or array of 2 numbers"
def infusion_interval(dose, threshold, t_half_min):
    return t_half_min / np.log(2) * np.log(1 + dose[0] / threshold)


# %% answer="m2-wanting" label="alternative-dot" status="passed" points=4
def wanting(r_next, v_next, gamma, kappa):
    return np.dot([kappa, gamma], [r_next, v_next])


# %% answer="m2-wanting" label="alternative-split" status="passed" points=4
def wanting(r_next, v_next, gamma, kappa):
    learnt = r_next + gamma * v_next
    state = (kappa - 1) * r_next
    return learnt + state


# %% answer="m2-wanting" label="alternative-sum" status="passed" points=4
def wanting(r_next, v_next, gamma, kappa):
    total = 0.0
    for weight, worth in ((kappa, r_next), (gamma, v_next)):
        total += weight * worth
    return np.array(total)


# %% answer="m2-wanting" label="kappa-on-every-cue" status="failed" points=0 misconception="kappa-on-every-cue" message="κ acts on the reward alone"
def wanting(r_next, v_next, gamma, kappa):
    return kappa * (r_next + gamma * v_next)


# %% answer="m2-wanting" label="kappa-for-gamma" status="failed" points=0 misconception="kappa-for-gamma" message="in the place of γ"
def wanting(r_next, v_next, gamma, kappa):
    return kappa * (r_next + v_next)


# %% answer="m2-wanting" label="kappa-left-out" status="failed" points=0 misconception="kappa-left-out" message="no effect in your function"
def wanting(r_next, v_next, gamma, kappa):
    return r_next + gamma * v_next


# %% answer="m2-wanting" label="kappa-is-added" status="failed" points=0 misconception="kappa-is-added" message="You added κ"
def wanting(r_next, v_next, gamma, kappa):
    return kappa + r_next + gamma * v_next


# %% answer="m2-wanting" label="reward-discounted" status="failed" points=0 misconception="reward-discounted" message="discounted the reward"
def wanting(r_next, v_next, gamma, kappa):
    return gamma * (kappa * r_next + v_next)


# %% answer="m2-wanting" label="discount-left-out" status="failed" points=0 misconception="discount-left-out" message="left out the discount"
def wanting(r_next, v_next, gamma, kappa):
    return kappa * r_next + v_next


# %% answer="m3-drive-reward" label="alternative-helper" status="passed" points=4
def drive_reward(h, setpoint, K, p):
    def drive(state):
        return np.abs(state - setpoint) ** p

    return drive(h) - drive(h + K)


# %% answer="m3-drive-reward" label="alternative-quadrature" status="passed" points=4
def drive_reward(h, setpoint, K, p):
    edges = np.linspace(h, h + K, 200001)
    state = (edges[1:] + edges[:-1]) / 2
    gap = setpoint - state
    return float(np.sum(p * np.abs(gap) ** (p - 1) * np.sign(gap)) * K / 200000)


# %% answer="m3-drive-reward" label="alternative-squares" status="passed" points=4
def drive_reward(h, setpoint, K, p):
    before, after = (setpoint - h) ** 2, (setpoint - (h + K)) ** 2
    return before ** (p / 2) - after ** (p / 2)


# %% answer="m3-drive-reward" label="sign-reversed" status="failed" points=0 misconception="sign-reversed" message="Turn it round"
def drive_reward(h, setpoint, K, p):
    return abs(setpoint - h - K) ** p - abs(setpoint - h) ** p


# %% answer="m3-drive-reward" label="dose-is-reward" status="failed" points=0 misconception="p-ignored" message="to the power p"
def drive_reward(h, setpoint, K, p):
    return K


# %% answer="m3-drive-reward" label="linear" status="failed" points=0 misconception="p-ignored" message="to the power p"
def drive_reward(h, setpoint, K, p):
    return abs(setpoint - h) - abs(setpoint - h - K)


# %% answer="m3-drive-reward" label="only-before" status="failed" points=0 misconception="only-before" message="left after it"
def drive_reward(h, setpoint, K, p):
    return abs(setpoint - h) ** p


# %% answer="m3-drive-reward" label="power-after-subtraction" status="failed" points=0 misconception="p-ignored" message="before you subtract"
def drive_reward(h, setpoint, K, p):
    return (abs(setpoint - h) - abs(setpoint - h - K)) ** p


# %% answer="m3-drive-reward" label="overshoot-is-free" status="partial" points=1 misconception="overshoot-is-free" message="on either side"
def drive_reward(h, setpoint, K, p):
    return max(setpoint - h, 0) ** p - max(setpoint - h - K, 0) ** p


# %% answer="m3-drive-reward" label="sign-kept" status="partial" points=1 misconception="sign-kept" message="without the sign"
def drive_reward(h, setpoint, K, p):
    def drive(gap):
        return np.sign(gap) * abs(gap) ** p

    return drive(setpoint - h) - drive(setpoint - h - K)


# %% answer="m3-drive-reward" label="no-absolute-value" status="partial" points=1 misconception="no-absolute-value" message="its power fails"
def drive_reward(h, setpoint, K, p):
    return np.float64(setpoint - h) ** p - np.float64(setpoint - h - K) ** p


# %% answer="m3-drive-reward" label="complex-power" status="partial" points=1 misconception="no-absolute-value" message="its power fails"
def drive_reward(h, setpoint, K, p):
    return (setpoint - h) ** p - (setpoint - h - K) ** p


# %% answer="m4-count-presses" label="alternative-formula" status="passed" points=4
def count_presses(dose, threshold, t_half_min, minutes):
    load = int(threshold // dose) + 1
    first = t_half_min * np.log2(load * dose / threshold)
    if minutes < first:
        return load
    later = t_half_min * np.log2(1 + dose / threshold)
    return load + 1 + int((minutes - first) // later)


# %% answer="m4-count-presses" label="alternative-press-times" status="passed" points=4
def count_presses(dose, threshold, t_half_min, minutes):
    k = np.log(2) / t_half_min
    times, level = [0.0], dose
    while True:
        wait = max(0.0, np.log(level / threshold) / k)
        if times[-1] + wait > minutes:
            return len(times)
        times.append(times[-1] + wait)
        level = (threshold if wait > 0 else level) + dose


# %% answer="m4-count-presses" label="alternative-whole-list" status="passed" points=4
def count_presses(dose, threshold, t_half_min, minutes):
    load = next(n for n in range(1, 10**6) if n * dose > threshold)
    times = np.zeros(load)
    first = t_half_min * np.log2(load * dose / threshold)
    step = t_half_min * np.log2((threshold + dose) / threshold)
    times = np.append(times, first + step * np.arange(10000))
    return np.sum(times <= minutes)


# %% answer="m4-count-presses" label="no-loading" status="failed" points=0 misconception="no-loading" message="each of these presses counts"
def count_presses(dose, threshold, t_half_min, minutes):
    step = t_half_min * np.log2(1 + dose / threshold)
    return 1 + int(minutes // step)


# %% answer="m4-count-presses" label="loading-left-out" status="failed" points=0 misconception="loading-left-out" message="minute 0 count"
def count_presses(dose, threshold, t_half_min, minutes):
    step = t_half_min * np.log2(1 + dose / threshold)
    return int(minutes // step)


# %% answer="m4-count-presses" label="rest-forgotten" status="failed" points=0 misconception="rest-forgotten" message="the dose comes on top"
def count_presses(dose, threshold, t_half_min, minutes):
    step = t_half_min * np.log2(max(dose / threshold, 1.01))
    return 1 + int(minutes // step)


# %% answer="m4-count-presses" label="half-life-as-time-constant" status="failed" points=0 misconception="half-life-as-time-constant" message="Count halvings"
def count_presses(dose, threshold, t_half_min, minutes):
    load = int(threshold // dose) + 1
    first = t_half_min * np.log(load * dose / threshold)
    step = t_half_min * np.log(1 + dose / threshold)
    return load if minutes < first else load + 1 + int((minutes - first) // step)


# %% answer="m4-count-presses" label="one-interval-for-all" status="partial" points=3 misconception="one-interval-for-all" message="All your waits are equally long"
def count_presses(dose, threshold, t_half_min, minutes):
    load = int(threshold // dose) + 1
    step = t_half_min * np.log2(1 + dose / threshold)
    return load + int(minutes // step)


# %% answer="m4-count-presses" label="a-list-of-times" status="failed" points=0 message="a single number"
def count_presses(dose, threshold, t_half_min, minutes):
    step = t_half_min * np.log2(1 + dose / threshold)
    return [n * step for n in range(int(minutes // step))]
