"""Looks for inputs that break the intake or the wire, guided by which code they reach: `make fuzz`.

Each target runs in a process of its own, one after the other. What reached code that nothing kept so far has reached
is added to tests/fuzz/corpus/, as long as that stays small; what broke something is named, and kept there by hand once
it is mended.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import subprocess
import sys
import tempfile
from pathlib import Path

import atheris

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
TARGETS = ("notebook", "packed", "frame", "value")
MOST_FILES, MOST_BYTES = 70, 200_000
"""Kept for each target."""
LIMITS = ("-max_len=8000", "-timeout=20", "-rss_limit_mb=1500", f"-dict={HERE / 'words.dict'}", "-print_final_stats=1")
LIBRARIES = ["autograder", "json", "zipfile", "tarfile", "gzip", "jupytext"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=600, help="for all targets together")
    parser.add_argument("--target", choices=TARGETS, help="only this one")
    parser.add_argument("--inside", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside is not None:
        fuzz(options.target, options.inside)
    chosen = [options.target] if options.target else list(TARGETS)
    found = [target for target in chosen if not soak(target, max(1, options.seconds // len(chosen)))]
    print(f"Something broke in: {', '.join(found)}." if found else "Nothing broke.")
    return 1 if found else 0


def soak(target: str, seconds: int) -> bool:
    """Run one target for so long; whether nothing broke."""
    kept, broken = CORPUS / target, HERE / "broken"
    kept.mkdir(parents=True, exist_ok=True)
    broken.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        new, smallest, itself = Path(folder, "new"), Path(folder, "smallest"), Path(folder, "itself")
        new.mkdir()
        smallest.mkdir()
        # libFuzzer starts itself anew for a merge, by the name it was started with.
        itself.write_text(f'#!/bin/sh\nexec {sys.executable} {__file__} --target {target} --inside "$0" "$@"\n')
        itself.chmod(0o755)
        _write_seeds(target, new)
        names = [f"-max_total_time={seconds}", f"-artifact_prefix={broken}/{target}-"]
        ran = subprocess.run([str(itself), str(new), str(kept), *LIMITS, *names])
        subprocess.run([str(itself), "-merge=1", *LIMITS, str(smallest), str(kept), str(new)], capture_output=True)
        _keep(kept, smallest)
    if ran.returncode:
        print(f"{target}: what broke it lies in {broken}.", file=sys.stderr)
    return ran.returncode == 0


def fuzz(target: str, arguments: list[str]) -> None:
    """Inside the target's process: never returns."""
    with atheris.instrument_imports(include=LIBRARIES):
        import targets
    targets.squares()
    atheris.Setup(arguments, targets.TARGETS[target])
    atheris.Fuzz()


def _write_seeds(target: str, folder: Path) -> None:
    import seeds

    for data in seeds.seeds(target):
        (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


def _keep(kept: Path, smallest: Path) -> None:
    """Replace what was kept by the fewest files that reach the same code, or a sample of all sizes of these."""
    found = sorted(smallest.iterdir(), key=lambda path: path.stat().st_size)
    if not found:
        return
    for path in kept.iterdir():
        path.unlink()
    spent = 0
    for path in found[:: math.ceil(len(found) / MOST_FILES)]:
        spent += path.stat().st_size
        if spent > MOST_BYTES:
            break
        (kept / path.name).write_bytes(path.read_bytes())


if __name__ == "__main__":
    sys.exit(main())
