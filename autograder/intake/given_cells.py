"""What happened to the cells that were not for answering: said, and of no consequence (the originals are used)."""

from __future__ import annotations

from autograder.intake.arrange import Arranged
from autograder.intake.notebook_file import NotebookFile
from autograder.intake.released import squeeze
from autograder.intake.words import plain
from autograder.judge.types import Finding, Master


def findings_about_given_cells(file: NotebookFile, master: Master, arranged: Arranged) -> list[Finding]:
    """One finding for each given cell that is gone, changed or there twice, and for cells moved or unknown."""
    findings = list(arranged.findings)
    for cell in master.cells:
        if cell.role not in ("test", "locked"):
            continue
        what = "check cell" if cell.role == "test" else f"given cell {cell.grade_id}"
        kind = "test" if cell.role == "test" else "given"

        def say(happened: str, message: str, item: str | None = cell.item, what: str = what, kind: str = kind) -> None:
            findings.append(Finding(f"{happened}-{kind}", item, f"The {what} {message}."))

        copies = arranged.given.get(cell.cell_id, [])
        if not copies:
            say("deleted", "is gone from the notebook; the original was used")
        elif any(copy.kind != cell.kind for copy in copies) or any(
            copy.source not in (cell.source, master.given[cell.cell_id])
            and squeeze(copy.source) not in (squeeze(cell.source), squeeze(master.given[cell.cell_id]))
            for copy in copies
        ):
            say("edited", "was changed; the original was used")
        elif any(copy.grade_id and copy.points != cell.points for copy in copies):
            say("edited", "has other points than the original, which count")
        if len(copies) > 1:
            say("duplicate", "is in the notebook more than once; the original was used once")
    place = {cell.cell_id: index for index, cell in enumerate(master.cells)}
    places = [place[anchor] for anchor in dict.fromkeys(arranged.order)]
    if places != sorted(places):
        findings.append(Finding("moved", None, "Cells were moved; every answer was judged in its original place."))
    strangers = {cell.grade_id for cell in file.cells if cell.grade_id} - {cell.grade_id for cell in master.cells}
    if strangers:
        listed = plain(", ".join(sorted(strangers)[:5]), 200)
        findings.append(
            Finding(
                "unknown-cell",
                None,
                f"The notebook has cells of another version of the assignment ({listed}); "
                "they were read as cells of your own.",
            )
        )
    return findings
