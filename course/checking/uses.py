"""Where the course uses each claim: tokens in prose, `claim:` in questions, ids in code; and what no longer fits.

`assets/evidence/accepted.csv` keeps, for each claim, the state of its row that its uses were last read against. When a
row changes or goes, the fault names every place that leans on it; `course evidence --accept ID` says they were read.
"""

import ast
import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from course.checking.passages import Passage, prose, python, strings
from course.evidence import Claim, Status, shown_value
from course.evidence.tables import Column, identifier, like, one_of, read_table, text
from course.files import write_whole

ACCEPTED = Path("assets", "evidence", "accepted.csv")
_COLUMNS = (
    Column("id", identifier, required=True),
    Column("status", one_of(get_args(Status)), required=True),
    Column("teaches", text),
    Column("row", like(r"[0-9a-f]{16}", "is not what `course evidence --accept` writes"), required=True),
)
_TOKEN = re.compile(r"\{\{\s*(?:(table)\s+)?([^{}]*?)\s*\}\}")
_QUESTION_CLAIM = re.compile(r"^[\s-]*claim:\s*[\"']?([a-z0-9-]+)")
_GLOSSARY = re.compile(r"(?:term|words|points)\s")
_READERS = ("value", "claim")


@dataclass(frozen=True)
class Use:
    """One place that leans on a claim. `label`: what a reader calls it ("lesson 01", "simulator plasma_level")."""

    claim_id: str
    place: str
    label: str


@dataclass(frozen=True)
class Accepted:
    """What a row said when its uses were last read."""

    status: str
    teaches: str
    row: str


def find_uses(root: Path, ids: Iterable[str]) -> list[Use]:
    """Return every use of a claim below `root` (a checkout), in file order.

    `ids`: all ids there are or were; a string in code that equals one is a use. A token or a call that asks for an id
    outside `ids` is a use as well, of a claim that does not exist.
    """
    known = set(ids)
    found: list[Use] = []
    for path in sorted(root.glob("modules/[0-9][0-9]-*/*")):
        if path.name in ("lesson.py", "exercises.py", "questions.yml"):
            label = f"{path.stem} {path.parent.name[:2]}"
            for passage in prose(path, root):
                found += [Use(claim_id, passage.place, label) for claim_id in _in_prose(passage)]
        if path.suffix == ".py":
            found += _in_code(path, root, f"{path.stem} {path.parent.name[:2]}", known)
    for path in sorted(root.glob("course/**/*.py")):
        room = path.relative_to(root / "course").parts[0]
        if room not in ("evidence", "checking", "_content"):
            found += _in_code(path, root, f"{room.removesuffix('s')} {path.stem}", known)
    return found


def faults(
    ledger: Mapping[str, Claim], uses: Iterable[Use], accepted: Mapping[str, Accepted], ready: Iterable[str]
) -> list[str]:
    """Return a sentence for every claim without a use, use without a claim, and row that changed under its uses.

    `ready`: the numbers of the modules that exist. A claim for modules still to be written may wait unused.
    """
    places: dict[str, list[str]] = {}
    for use in uses:
        places.setdefault(use.claim_id, []).append(use.place)
    open_modules = set(ready)
    found = []
    for claim_id, where in places.items():
        if claim_id not in ledger:
            again = f", then run `course evidence --accept {claim_id}`" if claim_id in accepted else ""
            found.append(
                f'There is no claim "{claim_id}" in claims.csv, but it is used in {_listed(where)}: put the row back, '
                f"or change these places{again}."
            )
    for claim_id, row in ledger.items():
        where = places.get(claim_id, [])
        if not where and set(row.modules) <= open_modules:
            found.append(
                f'The claim "{claim_id}" is used nowhere, though its modules ({", ".join(row.modules)}) are there: '
                "use it, or take it out of claims.csv."
            )
        if claim_id not in accepted:
            found.append(f'The claim "{claim_id}" is new: run `course evidence --accept {claim_id}`.')
        elif accepted[claim_id] != state(row):
            now, then = state(row), accepted[claim_id]
            changed = [
                f"{name} {before or 'nothing'} → {after or 'nothing'}"
                for name, before, after in (("status", then.status, now.status), ("value", then.teaches, now.teaches))
                if before != after
            ]
            leans = f"it is used in {_listed(where)}: read these again, then" if where else "nothing uses it yet:"
            found.append(
                f'The claim "{claim_id}" changed ({"; ".join(changed) or "its words"}), and {leans} run '
                f"`course evidence --accept {claim_id}`."
            )
    gone = [claim_id for claim_id in accepted if claim_id not in ledger and claim_id not in places]
    found += [f'The claim "{claim_id}" is gone: run `course evidence --accept {claim_id}`.' for claim_id in gone]
    return found


def state(row: Claim) -> Accepted:
    """Return what a row says now; the day on which it was checked does not count."""
    words = [f"{name}={getattr(row, name)!r}" for name in Claim.__dataclass_fields__ if name != "checked"]
    digest = hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]
    return Accepted(row.status, shown_value(row), digest)


def read_accepted(path: Path) -> dict[str, Accepted]:
    """Return the accepted states by claim id; empty when there is no such file yet.

    Raises LedgerError, naming every fault by file and line.
    """
    if not path.exists():
        return {}
    rows = [row.values for row in read_table(path, _COLUMNS, lambda values: iter(()), key="id")]
    return {row["id"]: Accepted(row["status"], row["teaches"], row["row"]) for row in rows}


def write_accepted(path: Path, accepted: Mapping[str, Accepted]) -> None:
    """Write the accepted states, sorted by id, whole or not at all."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(column.name for column in _COLUMNS)
    writer.writerows((name, each.status, each.teaches, each.row) for name, each in sorted(accepted.items()))
    write_whole(path, table.getvalue())


def _in_prose(passage: Passage) -> Iterator[str]:
    for match in _TOKEN.finditer(passage.text):
        if match[1]:
            yield from (claim_id.strip() for claim_id in match[2].split(","))
        elif not _GLOSSARY.match(match[2]):
            yield match[2].partition(".")[0]
    if passage.file.endswith(".yml"):
        yield from _QUESTION_CLAIM.findall(passage.text)


def _in_code(path: Path, root: Path, label: str, known: set[str]) -> Iterator[Use]:
    file = path.relative_to(root).as_posix()
    asked: set[tuple[str, str]] = set()
    for node in ast.walk(python(path.read_text(encoding="utf-8"), file)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            owner = getattr(getattr(node.func, "value", None), "id", "evidence")
            if name in _READERS and owner == "evidence" and isinstance(node.args[0].value, str):
                asked.add((node.args[0].value, f"{file}:{node.args[0].lineno}"))
    asked |= {(line.text, line.place) for line in strings(path, root) if line.text in known}
    yield from (Use(claim_id, place, label) for claim_id, place in sorted(asked, key=lambda pair: pair[1]))


def _listed(places: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(places))
