"""`autograder COMMAND …`: one thin function per command, each handing over to a room.

To add a command: write `_add_NAME(commands)` (arguments, example, and a `run(args) -> exit code` that imports its room
inside, so that `autograder --help` stays quick) and add its name to `_COMMANDS`.
Exit codes: 0 all right, 1 the work found problems, 2 it could not run, 130 stopped with Ctrl+C.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import CannotRun

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

# jsonschema's format checker loads this optional package, which compiles a grammar for a second or more at every start;
# nothing here checks addresses of that kind, and jsonschema goes on without it.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def _parser(commands: "Commands", name: str, summary: str, example: str) -> argparse.ArgumentParser:
    """A sub-parser whose --help ends with an example."""
    return commands.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog="Example:\n  " + example.replace("\n", "\n  "),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


# --- authoring ---------------------------------------------------------------------------------------------------


def _add_build(commands: "Commands") -> None:
    parser = _parser(
        commands,
        "build",
        "build the notebooks of every module from their percent sources",
        "autograder build modules --fill course.prose:fill --release assets/release",
    )
    parser.add_argument("modules", type=Path, help="folder of the modules (NN-name/lesson.py, NN-name/exercises.py)")
    parser.add_argument("--fill", metavar="PKG:FUNC", help="function str -> str that fills the {{…}} in prose")
    parser.add_argument("--questions", metavar="PKG:FUNC", help="function path -> sentences for a questions.yml")
    parser.add_argument("--release", type=Path, metavar="DIR", help="also write the learner's copies to DIR/NN-name/")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a built notebook is out of date")

    def run(args: argparse.Namespace) -> int:
        from autograder.authoring import commands as room

        return room.build(
            args.modules, fill=args.fill, questions=args.questions, release=args.release, check=args.check
        )

    parser.set_defaults(run=run)


def _add_adopt(commands: "Commands") -> None:
    parser = _parser(
        commands,
        "adopt",
        "bring an edit made in JupyterLab back into the percent source",
        "autograder adopt modules/01-methamphetamine-pharmacology/exercises.ipynb --fill course.prose:fill",
    )
    parser.add_argument("notebook", type=Path, help="the edited notebook")
    parser.add_argument("--source", type=Path, metavar="FILE.py", help="the source to change (default: found by name)")
    parser.add_argument("--fill", metavar="PKG:FUNC", help="the same function that `autograder build` was given")

    def run(args: argparse.Namespace) -> int:
        from autograder.authoring import commands as room

        return room.adopt(args.notebook, source=args.source, fill=args.fill)

    parser.set_defaults(run=run)


def _add_release(commands: "Commands") -> None:
    parser = _parser(
        commands,
        "release",
        "make the learner's copy of one built notebook (no solutions, hidden tests or instructor notes)",
        "autograder release modules/01-methamphetamine-pharmacology/exercises.ipynb --output exercises.ipynb",
    )
    parser.add_argument("notebook", type=Path, help="the built notebook")
    parser.add_argument("--output", type=Path, metavar="FILE", required=True, help="where the learner's copy goes")

    def run(args: argparse.Namespace) -> int:
        from autograder.authoring import commands as room

        return room.release(args.notebook, args.output)

    parser.set_defaults(run=run)


# --- classroom ---------------------------------------------------------------------------------------------------


def _class_arguments(parser: argparse.ArgumentParser) -> None:
    """Which class: assignment, course directory, students."""
    parser.add_argument("assignment", help="name of the assignment, that is of its folder in source/")
    parser.add_argument("--course", type=Path, metavar="DIR", default=Path(), help="course directory (default: here)")
    parser.add_argument("--student", metavar="ID", action="append", default=[], help="only this one; may be repeated")


def _add_init(commands: "Commands") -> None:
    parser = _parser(
        commands,
        "init",
        "make a stock nbgrader course directory wired to the installed modules",
        "autograder init my-class --demo",
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="course directory; what is there is kept")
    parser.add_argument("--demo", action="store_true", help="add a class of made-up students with their submissions")
    parser.add_argument("--course-id", metavar="NAME", help="name in the gradebook (default: the folder's)")

    def run(args: argparse.Namespace) -> int:
        from autograder.classroom import commands as room

        return room.init(args.folder, demo=args.demo, course_id=args.course_id)

    parser.set_defaults(run=run)


_DASK = """
It can be stopped at any time; the next run goes on where it stopped.

Several machines:
  dask scheduler --protocol tls                                  on one
  dask worker tls://SCHEDULER:8786 --nworkers 8 --nthreads 1     on each
  autograder grade ASSIGNMENT --dask tls://SCHEDULER:8786
Whoever reaches a Dask scheduler can run programs on its workers: use a trusted network and TLS. The certificates
(a CA of your own, and a certificate with its key on every machine, this one included) are named in
~/.config/dask/distributed.yaml: distributed.comm.require-encryption, and under distributed.comm.tls the keys ca-file,
scheduler, worker and client (each with cert and key). DASK.md in autograder/classroom has it step by step."""


def _add_grade(commands: "Commands") -> None:
    parser = _parser(
        commands,
        "grade",
        "grade a class: every student ends with a number, MISSING, ERROR or REVIEW in nbgrader's gradebook",
        "autograder grade 01-methamphetamine-pharmacology --course my-class",
    )
    _class_arguments(parser)
    parser.add_argument("--workers", type=int, metavar="N", help="submissions judged at a time (default: one per core)")
    parser.add_argument("--fresh", action="store_true", help="judge everything again, even what has not changed")
    parser.add_argument("--not-isolated", action="store_true", help="grade although nothing isolates the submissions")
    parser.add_argument(
        "--dask",
        metavar="ADDRESS",
        help="judge on the workers of this Dask cluster (with the extra `dask`, and the same versions on all machines)",
    )
    parser.epilog = f"{parser.epilog}\n{_DASK}"

    def run(args: argparse.Namespace) -> int:
        from autograder.classroom import commands as room

        return room.grade(
            args.assignment,
            root=args.course,
            students=args.student,
            workers=args.workers,
            not_isolated=args.not_isolated,
            fresh=args.fresh,
            dask=args.dask,
        )

    parser.set_defaults(run=run)


def _add_feedback(commands: "Commands") -> None:
    parser = _parser(
        commands,
        "feedback",
        "write a page for every student: item, points, why, what to read again",
        "autograder feedback 01-methamphetamine-pharmacology --course my-class",
    )
    _class_arguments(parser)

    def run(args: argparse.Namespace) -> int:
        from autograder.classroom import commands as room

        return room.feedback(args.assignment, root=args.course, students=args.student)

    parser.set_defaults(run=run)


# --- class list and grades of a learning management system ---------------------------------------------------------


def _add_class(commands: "Commands") -> None:
    parser = _parser(commands, "class", "keep the class list", "autograder class add ROSTER.csv --course my-class")
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    add = _parser(
        steps,
        "add",
        "take a roster of Canvas, Moodle, Brightspace or a plain file into nbgrader's gradebook",
        "autograder class add ROSTER.csv --course my-class --dry-run",
    )
    add.add_argument("roster", type=Path, metavar="ROSTER.csv", help="what the system exports, or id,last_name,…")
    add.add_argument("--course", type=Path, metavar="DIR", default=Path(), help="course directory (default: here)")
    _key_argument(add)
    add.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def run(args: argparse.Namespace) -> int:
        from autograder.lms import commands as room

        return room.class_add(args.roster, root=args.course, keys=args.key, dry_run=args.dry_run)

    add.set_defaults(run=run)


def _key_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--key",
        metavar="FIELD=TITLE",
        action="append",
        default=[],
        help="which column is which, if the titles do not say: id, lms_user_id, email, first_name, last_name, name",
    )


def _add_export(commands: "Commands") -> None:
    parser = _parser(
        commands,
        "export",
        "fill in the grades in a file downloaded from Canvas, Moodle or Brightspace; or write a plain table",
        "autograder export --to canvas --fill DOWNLOADED.csv 01-methamphetamine-pharmacology --course my-class\n"
        "autograder export --to csv -o grades.csv --course my-class",
    )
    parser.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="default: all that the file has")
    formats = ("canvas", "moodle", "moodle-assignment", "brightspace", "csv")
    parser.add_argument("--to", required=True, choices=formats, help="whose file it is")
    parser.add_argument("--fill", type=Path, metavar="FILE", help="the downloaded file; it is not changed")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT", help="default: FILE-filled.csv, or grades.csv")
    parser.add_argument("--course", type=Path, metavar="DIR", default=Path(), help="course directory (default: here)")
    parser.add_argument("--column", metavar="TITLE", help="the assignment's column, where its title is another")
    _key_argument(parser)
    parser.add_argument("--scale", metavar="POINTS", help="full marks are so many points there; max: as the file says")
    parser.add_argument("--missing-as-zero", action="store_true", help="0 for those who handed in nothing (MISSING)")
    parser.add_argument(
        "--looked-at", metavar="ID", action="append", default=[], help="their REVIEW is settled: the number counts"
    )

    def run(args: argparse.Namespace) -> int:
        from autograder.lms import commands as room

        return room.export(
            args.assignments,
            to=args.to,
            root=args.course,
            download=args.fill,
            output=args.output,
            column=args.column,
            keys=args.key,
            scale=args.scale,
            missing_as_zero=args.missing_as_zero,
            looked_at=args.looked_at,
        )

    parser.set_defaults(run=run)


def _add_report(commands: "Commands") -> None:
    parser = _parser(
        commands,
        "report",
        "say which questions of an assignment were good, and which to look at: one page, without names",
        "autograder report 01-methamphetamine-pharmacology --course my-class --csv items.csv",
    )
    parser.add_argument("assignment", help="name of the assignment, that is of its folder in source/")
    parser.add_argument("--course", type=Path, metavar="DIR", default=Path(), help="course directory (default: here)")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="OUT.html", help="the page (default: DIR/reports/ASSIGNMENT.html)"
    )
    parser.add_argument("--csv", type=Path, metavar="OUT.csv", help="also the numbers as a table, one row per item")
    parser.add_argument("--names", action="store_true", help="list by name who is not counted, and why")

    def run(args: argparse.Namespace) -> int:
        from autograder.analysis import commands as room

        return room.report(args.assignment, root=args.course, output=args.output, csv=args.csv, names=args.names)

    parser.set_defaults(run=run)


# --- judging ------------------------------------------------------------------------------------------------------


def _add_check(commands: "Commands") -> None:
    parser = _parser(
        commands,
        "check",
        "judge one notebook with all its tests",
        "autograder check exercises.ipynb\nautograder check homework.ipynb --source my-class/source --json",
    )
    parser.add_argument("notebook", type=Path, help="the notebook to judge; it is not changed")
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON and nothing else")
    parser.add_argument(
        "--source",
        type=Path,
        metavar="DIR",
        action="append",
        help="folder of assignments, DIR/ASSIGNMENT/NOTEBOOK.ipynb (default: the installed courses'); may be repeated",
    )
    parser.add_argument("--assignment", metavar="NAME", help="which assignment it is (default: found by itself)")

    def run(args: argparse.Namespace) -> int:
        from autograder.judge import commands as room

        return room.check(args.notebook, as_json=args.json, sources=args.source, assignment=args.assignment)

    parser.set_defaults(run=run)


def _add_doctor(commands: "Commands") -> None:
    parser = _parser(
        commands,
        "doctor",
        "say what protects this machine from submitted code, and what does not",
        "autograder doctor",
    )

    def run(args: argparse.Namespace) -> int:
        from autograder.judge import commands as room

        return room.doctor()

    parser.set_defaults(run=run)


_COMMANDS: tuple[Callable[["Commands"], None], ...] = (
    _add_build,
    _add_adopt,
    _add_release,
    _add_init,
    _add_grade,
    _add_feedback,
    _add_report,
    _add_class,
    _add_export,
    _add_check,
    _add_doctor,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="autograder", description="Author, release and judge nbgrader assignments.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for add in _COMMANDS:
        add(commands)
    args = parser.parse_args(argv)
    try:
        code = int(args.run(args))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader had enough (`| head`). Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except CannotRun as error:
        print(f"autograder: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"autograder: {where}{error.strerror or error}.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("autograder: stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
