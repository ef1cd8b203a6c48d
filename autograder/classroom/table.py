"""What `autograder grade` shows: progress with rate and time left (plain lines where nobody watches), then a table."""

from contextlib import closing

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from autograder.classroom.grade import ClassRun, Row
from autograder.classroom.names import shown

_WORDS = {"missing": "MISSING", "error": "ERROR", "review": "REVIEW"}


def watch(run: ClassRun, console: Console, rows: list[Row]) -> None:
    """Run to the end, showing progress. Each row is appended once it is saved: `rows` is right after an interrupt."""
    total = len(run.students)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with closing(run.rows()) as done, progress:
        task = progress.add_task("Grading", total=total)
        for row in done:
            rows.append(row)
            progress.advance(task)
            if not console.is_terminal:
                console.print(Text(f"{len(rows)}/{total}  {shown(row.student)}  {score(row)}"), soft_wrap=True)


class _Rate(ProgressColumn):
    """Students per minute, once there is something to measure."""

    def render(self, task: Task) -> Text:
        return Text(f"{60 * task.speed:.0f} per minute" if task.speed else "")


def class_table(rows: list[Row]) -> Table:
    """The table at the end, one line per student, in the order of names."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("student", no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("by hand", justify="right")
    table.add_column("status", no_wrap=True)
    table.add_column("late", no_wrap=True)
    table.add_column("note", overflow="fold")
    for row in sorted(rows, key=lambda row: row.student):
        status = _WORDS.get(row.status, "graded")
        late = "" if row.standing is None else lateness(row.standing.seconds_late)
        by_hand = "" if row.standing is None or not row.standing.by_hand else str(row.standing.by_hand)
        cells = (shown(row.student, 32), score(row), by_hand, status, late, shown(row.note, 400))
        table.add_row(*(Text(cell) for cell in cells), style="" if status == "graded" else "bold")
    return table


def score(row: Row) -> str:
    """Points and maximum after any deduction for lateness; the status in capitals where no number was reached."""
    if row.status in ("missing", "error") or row.standing is None:
        return _WORDS.get(row.status, "—")
    return f"{max(0.0, row.standing.points - row.standing.penalty):g} / {row.standing.max_points:g}"


def summary(rows: list[Row]) -> str:
    """One line: how many of each status, how many items wait for a person, and how many were not judged again."""
    count = {status: sum(row.status == status for row in rows) for status in ("graded", "review", "error", "missing")}
    words = [f"{count['graded']} graded"]
    words += [f"{count[status]} {_WORDS[status]}" for status in ("review", "error", "missing") if count[status]]
    by_hand = sum(row.standing.by_hand for row in rows if row.standing is not None)
    anew, kept = sum(row.anew for row in rows), sum(row.kept for row in rows)
    line = ", ".join(words) + (f"; {_count(by_hand, 'answer')} to mark by hand" if by_hand else "")
    return line + (f"; {_count(anew, 'item')} judged anew, {kept} kept from earlier runs" if kept else "") + "."


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def lateness(seconds: float) -> str:
    """How late, in the two largest units; empty when in time."""
    if seconds <= 0:
        return ""
    minutes = max(1, round(seconds / 60))
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [(days, "d"), (hours, "h"), (minutes, "min")]
    first = next(index for index, (amount, _) in enumerate(parts) if amount)
    return " ".join(f"{amount} {unit}" for amount, unit in parts[first : first + 2] if amount)
