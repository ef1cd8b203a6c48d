"""All checks of the course's content in one call: what `course check` prints, and what stops a build."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from course import evidence, glossary, resources, syllabus
from course.checking import glossary_links, typed_numbers, uses, wording


def faults(root: Path, today: date) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong with the content of the checkout `root` on the day `today`.

    A file that cannot be read at all ends the run with its own sentences (LedgerError and other ValueErrors).
    """
    ledger = {row.id: row for row in evidence.claims()}
    evidence.regions()
    evidence.circuit()
    evidence.cited_works()
    accepted = uses.read_accepted(root / uses.ACCEPTED)
    ready = [module.number for module in syllabus.load(root / "assets" / "syllabus.yml") if module.status == "ready"]
    yield from uses.faults(ledger, uses.find_uses(root, {*ledger, *accepted}), accepted, ready)
    yield from typed_numbers.in_prose(root)
    yield from typed_numbers.in_models(root)
    yield from wording.check(root, ledger.values())
    yield from glossary_links.faults(root, glossary.terms(), ready)
    yield from resources.overdue(today)
