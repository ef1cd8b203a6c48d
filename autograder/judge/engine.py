"""Attempts: the pristine notebook's cells with the learner's answers in them, run in order, each on its own clock.

`judge` turns cells into steps, `_attempt` gets an outcome for each step from a pair of processes, and verdicts are made
of outcomes.
"""

from __future__ import annotations

import contextlib
import platform
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version

from autograder.intake.words import plain
from autograder.judge import sandbox as isolation_of
from autograder.judge import verdicts
from autograder.judge.channel import Closed, Late, Malformed
from autograder.judge.outcomes import Lost, Outcome, Raised, Ran, outcome_of
from autograder.judge.plan import Plan, modules_of, plan_for
from autograder.judge.processes import CannotStart, Pair, SpawnedPair, Zygote
from autograder.judge.steps import Step, StepKind, is_answered, steps_of
from autograder.judge.types import Finding, ItemVerdict, Limits, Master, Result, Status, Submission

_DEATHS = 2
"""How often its process may end before that is a step's own doing: the first time somebody else may have killed it."""


def judge(
    master: Master,
    submission: Submission,
    limits: Limits | None = None,
    sandbox: isolation_of.Isolation | None = None,
) -> Result:
    """Judge one submission: a `Judge` for a single use."""
    with Judge(limits, sandbox, [master]) as one:
        return one.judge(master, submission)


class Judge:
    """Judges submissions one after the other, and keeps warm between them what is slow to start.

    `sandbox`: "bubblewrap", "landlock" or "none"; default: the best this machine offers. `masters`: the assignments to
    come, so that what their cells import is loaded once. A context manager, for one thread: leaving it ends everything
    that it started. The thread that starts it must live as long as it is used.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        sandbox: isolation_of.Isolation | None = None,
        masters: Sequence[Master] = (),
    ) -> None:
        self.limits = limits or Limits()
        self.isolation = sandbox or isolation_of.default()
        self._modules = modules_of(masters)
        self._zygote: Zygote | None = None

    def warm_up(self) -> None:
        """Begin to start what is slow, without waiting; what goes wrong is told when the first pair is needed."""
        if self.isolation != "none" and self._zygote is None:
            with contextlib.suppress(CannotStart):
                self._zygote = Zygote(self.isolation, self.limits, self._modules)

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End everything that was started."""
        if self._zygote is not None:
            self._zygote.close()
            self._zygote = None

    def judge(self, master: Master, submission: Submission, *, alone: bool = False) -> Result:
        """Judge the answers of one submission against its master; never raises for anything a submission does.

        With a sandbox that does not work here nothing is run and the result's status is "error". `alone`: answers and
        tests in one process, as in a notebook; for a reference solution, never for a submission.
        """
        started = time.monotonic()
        steps = [] if submission.error is not None else steps_of(master, submission)
        outcomes: Mapping[int, Outcome] = {}
        status: Status = "graded"
        items: list[ItemVerdict] = []
        findings = list(submission.findings)
        if submission.error is not None:
            status = "missing" if submission.missing else "error"
            findings.append(Finding(status, None, submission.error))
        else:
            try:
                outcomes = self._attempt(master, steps, alone)
            except CannotStart as error:
                status = "error"
                findings.append(Finding("judge", None, str(error)))
        if status == "graded":
            items = _verdicts(master, submission, steps, outcomes, self.limits)
            findings += [*_own_cell_findings(steps, outcomes), *_given_findings(steps, outcomes)]
            status = "review" if verdicts.is_doubtful(items, findings) else "graded"
        return Result(
            assignment=master.assignment,
            notebook=master.notebook,
            status=status,
            points=None if status in ("missing", "error") else round(float(sum(i.points or 0 for i in items)), 9),
            max_points=master.max_points,
            titles=master.titles,
            items=tuple(items),
            findings=tuple(findings),
            isolation=self.isolation,
            limits=self.limits,
            versions={**_own_versions(), **(self._zygote.versions if self._zygote is not None else {})},
            seconds=time.monotonic() - started,
        )

    def _attempt(self, master: Master, steps: Sequence[Step], alone: bool) -> dict[int, Outcome]:
        """The outcome of each step by its place; a step that hangs or kills its process costs itself alone.

        After such a step a new pair replays the others from the start without it. What a step did the first time
        stands. Raises `CannotStart`.
        """
        outcomes: dict[int, Outcome] = {}
        skipped: set[int] = set()
        deaths: Counter[int] = Counter()
        until = time.monotonic() + self.limits.total_seconds
        while len(outcomes) < len(steps):
            if time.monotonic() > until:
                return {
                    i: outcomes.get(i, Lost("timeout", f"{self.limits.total_seconds:.0f}")) for i in range(len(steps))
                }
            plan = plan_for(master, steps, skipped, alone=alone)
            pair = self._pair()
            try:
                lost = self._follow(pair, plan, outcomes, until)
            finally:
                pair.end()
            if lost is None:
                continue
            place, why = lost
            if why.why in ("died", "forged") and not pair.used_too_much_memory:
                deaths[place] += 1
                if deaths[place] < _DEATHS:
                    continue
            outcomes.setdefault(place, Lost("memory", str(self.limits.memory_mb)) if pair.used_too_much_memory else why)
            skipped.add(place)
        return outcomes

    def _follow(
        self, pair: Pair | SpawnedPair, plan: Plan, outcomes: dict[int, Outcome], until: float
    ) -> tuple[int, Lost] | None:
        """Have the plan run and note the outcomes; the place and the kind of loss where it does not come to its end."""
        theirs = False
        try:
            pair.channel.send(plan.message, plan.buffers)
        except Closed:
            return plan.places[0], Lost("died", "before the first cell")
        for place, kind in zip(plan.places, plan.kinds, strict=True):
            # Before any code of the learner's come only the assignment's imports, slow on a cold or busy machine.
            theirs = theirs or kind in ("answer", "extra")
            seconds = self.limits.cell_seconds if theirs else self.limits.start_seconds
            try:
                told, _ = pair.channel.receive(min(time.monotonic() + seconds, until), on_tick=pair.watch)
            except Late:
                return place, Lost("timeout", f"{seconds:.0f}")
            except Closed:
                return place, Lost("died", "the judge's own process ended")
            except Malformed:
                return place, Lost("forged")
            if told[0] == "lost":
                why, detail = told[2], told[3]
                return place, Lost("output") if detail == "output" else Lost(why, detail)
            outcomes.setdefault(place, outcome_of(told[2]))
        return None

    def _pair(self) -> Pair | SpawnedPair:
        if self.isolation == "none":
            return SpawnedPair(self.limits)
        while True:
            is_fresh = self._zygote is None
            zygote = self._zygote or Zygote(self.isolation, self.limits, self._modules)
            self._zygote = zygote
            try:
                return zygote.fork()
            except CannotStart:
                zygote.close()
                self._zygote = None
                if is_fresh:
                    raise  # one that was running may have been killed: then a fresh one gets a chance


def _verdicts(
    master: Master, submission: Submission, steps: Sequence[Step], outcomes: Mapping[int, Outcome], limits: Limits
) -> list[ItemVerdict]:
    def outcome_of(kind: StepKind, grade_id: str | None) -> Outcome | None:
        found = [outcomes.get(i) for i, step in enumerate(steps) if step.kind == kind and step.grade_id == grade_id]
        return found[0] if found else None

    items = []
    for cell in master.items:
        grade_id = str(cell.grade_id)
        if cell.role == "manual":
            items.append(verdicts.by_hand(cell) if grade_id in submission.touched else verdicts.unanswered(cell))
        elif not is_answered(master, submission, grade_id):
            items.append(verdicts.unanswered(cell))
        else:
            answers = [outcome_of("answer", answer.grade_id) or Ran(None) for answer in master.answers_to(grade_id)]
            items.append(verdicts.tested(cell, answers, outcome_of("test", grade_id), limits.output_chars))
    return items


def _own_cell_findings(steps: Sequence[Step], outcomes: Mapping[int, Outcome]) -> list[Finding]:
    """What became of the learner's own cells: an error in one costs nothing by itself, but explains a lot."""
    found = []
    for index, step in enumerate(steps):
        outcome = outcomes.get(index)
        if step.kind != "extra" or isinstance(outcome, Ran | None):
            continue
        first = plain(next(line for line in step.source.split("\n") if line.strip()), 60)
        where = f"A cell of your own (“{first}”)"
        if isinstance(outcome, Raised):
            found.append(Finding("own-cell", None, verdicts.stop_sentence(outcome, where)))
        else:
            found.append(Finding("own-cell", None, f"{where} did not come to its end and was left out."))
    return found


def _given_findings(steps: Sequence[Step], outcomes: Mapping[int, Outcome]) -> list[Finding]:
    """A given cell that fails before any code of the learner's has run is a fault of the assignment or of this
    machine.
    """
    found = []
    for index, step in enumerate(steps):
        if step.kind in ("answer", "extra"):
            break
        outcome = outcomes.get(index)
        if isinstance(outcome, Raised | Lost) and step.kind == "given":
            why = (
                verdicts.stop_sentence(outcome, "A given cell")
                if isinstance(outcome, Raised)
                else "A given cell did not end."
            )
            found.append(Finding("given-cell", None, f"{why} The verdicts below cannot be relied on."))
    return found


def _own_versions() -> dict[str, str]:
    try:
        own = version("relapse-to-recovery")
    except PackageNotFoundError:
        own = "unknown"
    return {"autograder": own, "judge-python": platform.python_version()}
