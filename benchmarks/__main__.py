"""`python -m benchmarks`: measure, compare every grade, print table and targets, write results/DATE.json."""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import check, course, curve, machine, memory, simulators, stiffness, targets
from benchmarks.assignments import assignment, draw_class
from benchmarks.comparison import Line, compare, ratio, summarise
from benchmarks.engines import ENGINES, Class, WrongGrades, grade

_RESULTS = Path(__file__).resolve().parent / "results"
_NAMES = ("light", "heavy", "module01")


def main(argv: Sequence[str] | None = None) -> int:
    """Run what was asked for. 0: measured (targets met or not), 1: a grade was wrong or an engine failed."""
    args = _arguments(argv)
    said = " ".join(["python -m benchmarks", *(sys.argv[1:] if argv is None else argv)])
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 150)
    results: dict[str, Any] = {
        "date": datetime.now(UTC).isoformat(timespec="minutes"),
        "command": said,
        "machine": machine.description(any(name.startswith("otter") for name in args.engines)),
    }
    reached: list[targets.Target] = []
    failed = ""
    work = Path(tempfile.mkdtemp(prefix="benchmark-"))
    stem = args.output / datetime.now(UTC).strftime("%Y-%m-%d-%H%M")
    stem.parent.mkdir(parents=True, exist_ok=True)
    try:
        for name in args.assignments:
            reached += _compare(name, args, work, results, console)
        if args.memory:
            for name in ("light", "heavy"):
                reached.append(_memory(name, args, work, results, console))
        if args.check:
            waiting = check.measure(work)
            results["check"] = asdict(waiting)
            reached.append(targets.of_check(waiting))
            console.print("\nautograder check, module 01: " + _words(asdict(waiting)))
        if args.simulators:
            reached += _simulators(results, console)
        if args.curve:
            reached.append(_curve(args, work, results, console, stem))
    except (WrongGrades, RuntimeError) as error:
        failed = str(error)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    results |= {"complete": not failed, "targets": [{**asdict(target), "met": target.met} for target in reached]}
    console.print("")
    for target in reached:
        console.print(str(target), style="" if target.met else "bold")
    stem.with_suffix(".json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    console.print(f"\nWritten: {stem.name}.json in {stem.parent.name}/")
    if failed:
        print(f"benchmarks: stopped before the end, because of this.\n{failed}", file=sys.stderr)
        return 1
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help=f"what to compare: {', '.join(_NAMES)}")
    parser.add_argument("-n", "--submissions", type=int, default=60, help="for our engine and the floor (default: 60)")
    parser.add_argument("--others", type=int, default=20, help="submissions for stock nbgrader and otter (default: 20)")
    parser.add_argument("--rounds", type=int, default=2, help="all engines in turn, so often (default: 2)")
    parser.add_argument("--engines", nargs="+", choices=list(ENGINES), default=list(ENGINES), help="default: all")
    parser.add_argument("--memory", action="store_true", help="peak memory of each worker")
    parser.add_argument("--check", action="store_true", help="how long a learner waits for `autograder check`")
    parser.add_argument(
        "--simulators", action="store_true", help="what a moved control costs; the stiff solver's error"
    )
    parser.add_argument("--curve", action="store_true", help="cost per submission against the size of the class")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(curve.SIZES), help="class sizes of the curve")
    parser.add_argument("--output", type=Path, default=_RESULTS, metavar="DIR", help="default: benchmarks/results")
    args = parser.parse_args(argv)
    if unknown := [name for name in args.assignments if name not in _NAMES]:
        parser.error(f"there is no assignment {unknown[0]!r}: choose from {', '.join(_NAMES)}")
    if min(args.submissions, args.others, *args.sizes) < 3 or args.rounds < 1:
        parser.error("give at least 3 submissions and 1 round: a cost per submission needs more than its start")
    if not (args.assignments or args.memory or args.check or args.simulators or args.curve):
        args.assignments = list(_NAMES)
    return args


def _compare(
    name: str, args: argparse.Namespace, work: Path, results: dict[str, Any], console: Console
) -> list[targets.Target]:
    measured = compare(
        assignment(name),
        args.engines,
        students=args.submissions,
        students_others=args.others,
        rounds=args.rounds,
        work=work,
        say=console.print,
    )
    lines = summarise(measured, args.submissions)
    results.setdefault("comparisons", {})[name] = {
        "per_submission_for_a_class_of": args.submissions,
        "lines": [asdict(line) for line in lines],
        "runs": [
            {
                "engine": run.engine,
                "submissions": run.submissions,
                "wall_s": run.timing.wall_s,
                "cpu_s": run.timing.cpu_s,
                "marginal_s": run.timing.marginal_s,
            }
            for run in measured
        ],
    }
    console.print(_table(name, lines, args.submissions))
    return targets.of_comparison(name, lines)


def _table(name: str, lines: Sequence[Line], students: int) -> Table:
    """Costs in ms for each submission, and how many times faster than the others."""
    table = Table(title=f"{name}: ms per submission in a class of {students}", title_justify="left", box=None)
    table.add_column("", no_wrap=True)
    for heading in (
        "graded",
        "with start",
        "one more",
        "CPU",
        "× stock",
        "× stock, 2 proc.",
        "× otter",
        "cost / floor",
    ):
        table.add_column(heading, justify="right", no_wrap=True)
    for line in lines:
        floor = "floor-2" if line.engine.endswith("2") else "floor-1"
        ratios = [
            ratio(lines, line.engine, "stock-1", lambda each: each.per_submission_s),
            ratio(lines, line.engine, "stock-2", lambda each: each.per_submission_s),
            ratio(lines, line.engine, "otter-1", lambda each: each.per_submission_s),
            ratio(lines, floor, line.engine, lambda each: each.per_submission_s),
        ]
        costs = (line.per_submission_s, line.marginal_s, line.cpu_s)
        table.add_row(
            ENGINES[line.engine].title,
            str(line.submissions),
            *(f"{1000 * cost:.0f}" for cost in costs),
            *("–" if value is None else f"{value:.3g}" for value in ratios),
        )
    return table


def _memory(
    name: str, args: argparse.Namespace, work: Path, results: dict[str, Any], console: Console
) -> targets.Target:
    made = assignment(name)
    template = work / f"{name}-template"
    if not template.exists():
        course.make_template(template, made)
    watch = memory.Watch()
    group = Class(made, draw_class(made, args.submissions, seed=99), template)
    grade(ENGINES["ours-2"], group, work / f"{name}-memory", watch.start)
    peak = watch.peak()
    results.setdefault("memory", {})[name] = asdict(peak)
    workers = ", ".join(f"{mb:.0f}" for mb in peak.workers_mb[:4])
    console.print(f"\nmemory, {name}: largest workers {workers} MB; coordinator {peak.coordinator_mb:.0f} MB")
    return targets.of_memory(name, peak)


def _curve(
    args: argparse.Namespace, work: Path, results: dict[str, Any], console: Console, stem: Path
) -> targets.Target:
    measured = curve.measure(args.sizes, work, console.print)
    results["curve"] = [
        {
            "submissions": run.submissions,
            "wall_s": run.timing.wall_s,
            "cpu_s": run.timing.cpu_s,
            "marginal_s": run.timing.marginal_s,
        }
        for run in measured
    ]
    table = Table(title="cost against class size, light, 2 workers", title_justify="left", box=None)
    for heading in ("submissions", "wall s", "ms each", "ms one more", "CPU ms each"):
        table.add_column(heading, justify="right")
    for run in measured:
        timing, count = run.timing, run.submissions
        each = [timing.wall_s / count, timing.marginal_s, timing.cpu_s / count]
        table.add_row(str(count), f"{timing.wall_s:.1f}", *(f"{1000 * cost:.0f}" for cost in each))
    console.print(table)
    curve.plot(measured, stem.with_name(f"{stem.name}-curve.png"))
    return targets.of_curve(curve.flatness(measured))


def _simulators(results: dict[str, Any], console: Console) -> list[targets.Target]:
    updates, agreements = simulators.measure(), stiffness.measure()
    results["simulators"] = [asdict(update) for update in updates]
    results["stress_axis"] = [asdict(agreement) for agreement in agreements]
    table = Table("simulator", title="a moved control, ms")
    for heading in ("computing, median", "95th percentile", "slowest", "picture, median"):
        table.add_column(heading, justify="right")
    for row in updates:
        times = row.computing_median_ms, row.computing_95_ms, row.computing_slowest_ms, row.picture_median_ms
        table.add_row(row.simulator, *(f"{ms:.1f}" for ms in times))
    console.print(table)
    table = Table("stressor, ×", "minutes", "K", title="the stress axis beside scipy's Radau")
    for heading in ("cortisol apart", "CRH apart", "ours, ms", "Radau at 1e-5, ms", "its cortisol apart"):
        table.add_column(heading, justify="right")
    for run in agreements:
        table.add_row(
            f"{run.stressor:g}", f"{run.duration_min:g}", f"{run.receptor_k:g}", f"{run.cortisol_apart:.0e}",
            f"{run.crh_apart:.0e}", f"{run.ours_ms:.1f}", f"{run.radau_ms:.1f}", f"{run.radau_apart:.0e}",
        )  # fmt: skip
    console.print(table)
    return [targets.of_simulators(updates), targets.of_stiffness(agreements)]


def _words(times: dict[str, float]) -> str:
    return ", ".join(f"{name.removesuffix('_s').replace('_', ' ')} {seconds:.2f} s" for name, seconds in times.items())


if __name__ == "__main__":
    sys.exit(main())
