"""The pages beside the notebooks in a release: `python -m course.release_pages assets/release`.

START.md, GLOSSARY.md and EVIDENCE.html are made from data alone, so that an edit there is an edit here.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from course import content, evidence, glossary, resources, start_page, syllabus
from course.checking.uses import find_uses
from course.evidence import page as evidence_page
from course.files import write_whole

EVIDENCE_PAGE = "EVIDENCE.html"


def render(release: Path) -> dict[str, str]:
    """Return each page by its file name. `release`: where the notebooks are that START.md links to.

    Raises ValueError, in one sentence, when a page's data cannot be used or a promised notebook is missing.
    """
    modules = syllabus.load(content.assets_dir() / "syllabus.yml")
    rows = evidence.claims()
    used_in: dict[str, list[str]] = {}
    for use in find_uses(content.content_root(), {row.id for row in rows}):
        if use.label not in used_in.setdefault(use.claim_id, []):
            used_in[use.claim_id].append(use.label)
    return {
        "START.md": start_page.render(modules, resources.as_markdown(), release),
        glossary.PAGE: glossary.page(),
        EVIDENCE_PAGE: evidence_page.render(rows, used_in, {module.number: module.title for module in modules}),
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Write the pages into the folder given; all of them, or none when one cannot be made."""
    words = sys.argv[1:] if argv is None else list(argv)
    if len(words) != 1 or words[0].startswith("-"):
        print("usage: python -m course.release_pages assets/release", file=sys.stderr)
        return 2
    folder = Path(words[0])
    try:
        for name, text in render(folder).items():
            write_whole(folder / name, text)
    except (OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
