"""`course COMMAND …`: one thin function per command, each handing over to the file that does the work.

Exit codes: 0 all right, 1 the work found problems, 2 it could not run, 130 stopped with Ctrl+C.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from course.errors import CannotRun

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

DEFAULT_FOLDER = Path("my-course")


def _parser(commands: "Commands", name: str, summary: str, example: str) -> argparse.ArgumentParser:
    """A sub-parser whose --help ends with an example."""
    return commands.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog="Example:\n  " + example.replace("\n", "\n  "),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: give a whole number from 1 to 65535")
    return int(text)


def _add_lab(commands: "Commands") -> None:
    parser = _parser(
        commands,
        "lab",
        "make or update your folder of the course and open it in JupyterLab; your work in it is never overwritten",
        "course lab\ncourse lab my-course --port 8890 --no-browser",
    )
    parser.add_argument(
        "dir", nargs="?", type=Path, default=DEFAULT_FOLDER, metavar="DIR", help="your folder (my-course)"
    )
    parser.add_argument(
        "--port", type=_port, help="port of this computer to use (default: the next free one from 8888)"
    )
    parser.add_argument("--no-browser", action="store_true", help="only print the address")

    def run(args: argparse.Namespace) -> int:
        from importlib.metadata import version

        from course import content, lab, learner_folder

        release = version("relapse-to-recovery")
        done = learner_folder.update(args.dir, content.release_dir(), release)
        folder = args.dir.resolve()
        for sentence in learner_folder.describe(done, folder, release):
            print(sentence)
        print("Starting JupyterLab; the first time this can take half a minute …", flush=True)
        return lab.serve(folder, done.current["START.md"], args.port, open_browser=not args.no_browser)

    parser.set_defaults(run=run)


def _add_doctor(commands: "Commands") -> None:
    parser = _parser(
        commands,
        "doctor",
        "look at this installation and say in plain words what is missing",
        "course doctor\ncourse doctor my-course",
    )
    parser.add_argument(
        "dir", nargs="?", type=Path, default=DEFAULT_FOLDER, metavar="DIR", help="your folder (my-course)"
    )

    def run(args: argparse.Namespace) -> int:
        from course import doctor

        return doctor.run(args.dir)

    parser.set_defaults(run=run)


def _add_evidence(commands: "Commands") -> None:
    parser = _parser(
        commands,
        "evidence",
        "print claims of the evidence ledger: what the review says, what the literature says, where the course uses it",
        "course evidence ma-half-life-iv\n"
        "course evidence --module 05 --status conflicts\n"
        "course evidence --bibtex > works.bib",
    )
    parser.add_argument("ids", nargs="*", metavar="ID", help="claims to print in full")
    parser.add_argument("--module", metavar="NN", help="list the claims of one module, such as 05")
    parser.add_argument(
        "--status", metavar="STATUS", help="list those that are supported, imprecise, conflicts, unverified"
    )
    written = parser.add_mutually_exclusive_group()
    written.add_argument("--bibtex", action="store_true", help="print the works behind these claims as BibTeX")
    written.add_argument("--csl", action="store_true", help="print the works behind these claims as CSL-JSON")
    written.add_argument(
        "--accept",
        action="store_true",
        help="for authors: these claims changed, and everything that uses them was read",
    )

    def run(args: argparse.Namespace) -> int:
        from course import evidence_command

        return evidence_command.run(args.ids, args.module, args.status, args.bibtex, args.csl, args.accept)

    parser.set_defaults(run=run)


def _add_check(commands: "Commands") -> None:
    parser = _parser(
        commands,
        "check",
        "for authors: look for claims without use, uses without claim, typed-in numbers, words to avoid, old addresses",
        "course check",
    )

    def run(args: argparse.Namespace) -> int:
        from course import evidence_command

        return evidence_command.check()

    parser.set_defaults(run=run)


_COMMANDS = (_add_lab, _add_doctor, _add_evidence, _add_check)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="course",
        description="From relapse to recovery: a course in notebooks.",
        epilog="Example:\n  course lab",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in _COMMANDS:
        add(commands)
    args = parser.parse_args(argv)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except CannotRun as fault:
        print(fault, file=sys.stderr)
        return 2
    except BrokenPipeError:  # `course evidence | head`: whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains once more at its end
        return 0
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
