"""All checks of the course's content in one call: what `course check` prints, and what stops a build."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from course import evidence, glossary, resources, syllabus
from course.checking import coverage, glossary_links, plans, typed_numbers, uses, wording


def faults(root: Path, today: date) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong with the content of the checkout `root` on the day `today`.

    A file that cannot be read at all ends the run with its own sentences (LedgerError and other ValueErrors).
    """
    ledger = {row.id: row for row in evidence.claims()}
    evidence.circuit()
    evidence.cited_works()
    accepted = uses.read_accepted(root / uses.ACCEPTED)
    modules = syllabus.load(root / "assets" / "syllabus.yml")
    ready = [module.number for module in modules if module.status == "ready"]
    yield from uses.faults(ledger, uses.find_uses(root, {*ledger, *accepted}), accepted, ready)
    yield from typed_numbers.in_prose(root)
    yield from typed_numbers.in_models(root)
    yield from wording.check(root, ledger.values())
    yield from glossary_links.faults(root, glossary.terms(), ready)
    yield from coverage.faults(root, modules, evidence.regions())
    yield from plans.faults(root, modules)
    yield from resources.overdue(today)
