"""The CSV files of the evidence folder as rows of text, and such rows written to a file."""

import csv
from pathlib import Path

from course.content import assets_dir


def rows_of(name: str) -> list[dict[str, str]]:
    with (assets_dir() / "evidence" / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def written(path: Path, rows: list[dict[str, str]], **style: object) -> Path:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]), **style)  # type: ignore[arg-type]
        writer.writeheader()
        writer.writerows(rows)
    return path
