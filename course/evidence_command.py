"""What `course evidence` and `course check` print."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from course import evidence
from course.checking import everything, uses
from course.content import content_root
from course.errors import CannotRun
from course.evidence import Claim, Reference, bibliography


def run(ids: Sequence[str], module: str | None, status: str | None, bibtex: bool, csl: bool, accept: bool) -> int:
    """Print the claims asked for, in full when they are named, else one a line. Raises CannotRun with one sentence."""
    try:
        if (accept or ids) and (module or status):
            raise CannotRun("Name claims, or ask for a module or a status; not both at once.")
        return _accept(ids) if accept else _print(ids, module, status, bibtex, csl)
    except ValueError as fault:
        raise CannotRun(str(fault)) from fault


def check() -> int:
    """Print what is wrong with the course's content, a sentence a line; 0 when nothing is. Raises CannotRun."""
    root = _checkout()
    try:
        found = list(everything.faults(root, date.today()))
    except ValueError as fault:
        raise CannotRun(str(fault)) from fault
    for sentence in found:
        print(sentence, file=sys.stderr)
    print(f"{len(found)} to mend." if found else "Every claim is used and known, every number has its source.")
    return 1 if found else 0


def _print(ids: Sequence[str], module: str | None, status: str | None, bibtex: bool, csl: bool) -> int:
    rows = [evidence.claim(claim_id) for claim_id in ids] or evidence.claims(module, status)  # type: ignore[arg-type]
    if bibtex or csl:
        works = {work.key: work for row in rows for work in row.sources}.values()
        print(bibliography.to_bibtex(works) if bibtex else bibliography.to_csl(works), end="")
        return 0
    if ids:
        found = uses.find_uses(content_root(), {row.id for row in rows})
        print("\n\n".join(_in_full(row, [use.place for use in found if use.claim_id == row.id]) for row in rows))
        return 0
    width = max((len(row.id) for row in rows), default=0)
    for row in rows:
        print(f"{row.id:<{width}}  {evidence.BADGES[row.status]:<13} {evidence.shown_value(row) or row.claim}")
    print(f"{len(rows)} claims", file=sys.stderr)
    return 0


def _accept(ids: Sequence[str]) -> int:
    if not ids:
        raise CannotRun("Name the claims whose uses you have read: `course evidence --accept ID`.")
    path = _checkout() / uses.ACCEPTED
    ledger = {row.id: row for row in evidence.claims()}
    accepted = uses.read_accepted(path)
    strange = [claim_id for claim_id in ids if claim_id not in ledger and claim_id not in accepted]
    if strange:
        raise CannotRun(f"Nothing was accepted: {', '.join(strange)} is neither in the ledger nor was it ever there.")
    for claim_id in ids:
        if claim_id in ledger:
            accepted[claim_id] = uses.state(ledger[claim_id])
        else:
            accepted.pop(claim_id, None)
    try:
        uses.write_accepted(path, accepted)
    except OSError as error:
        raise CannotRun(f"{path} cannot be written ({error.strerror}).") from error
    print(f"Accepted: {', '.join(ids)}.")
    return 0


def _checkout() -> Path:
    root = content_root()
    if not (root / "course" / "evidence").is_dir():
        raise CannotRun(
            "This looks at the sources of the course, and here is only its installed copy: run it in a checkout."
        )
    return root


def _in_full(row: Claim, places: Sequence[str]) -> str:
    lines = {
        "claim": row.claim,
        "module": ", ".join(row.modules),
        "in whom": evidence.in_whom(row),
        "review": evidence.in_review(row) or "not in the review",
        "source says": row.primary_value,
        "teach": " ".join(part for part in (evidence.shown_value(row), row.note) if part),
        "fails by": ", ".join(evidence.ERROR_SAYS[kind] for kind in row.error_kinds),
        "source": "; ".join([row.primary_source, *map(_work, row.sources)]),
        "checked": f"{row.checked.isoformat()}, {row.basis}",
        "read at": row.source_url,
        "used in": ", ".join(places) or "nothing yet",
    }
    body = "\n".join(f"  {name:<12} {text}" for name, text in lines.items() if text)
    return f"{row.id}  {evidence.BADGES[row.status]}\n{body}"


def _work(work: Reference) -> str:
    return f"{work.short} {work.doi_url or '(DOI to be confirmed)'}"
