"""A learner's own copy of the course: made once, brought up to date later, and never at the cost of work.

Every file is in one of four states, told apart by its hash: missing (it is written), as shipped (it follows the
release), equal to the release (nothing to do), or anything else: that is somebody's work, it stays as it is, and a
newer release of it is laid beside it under a name that says so.
"""

import errno
import hashlib
import json
import os
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from course.errors import CannotRun

STATE = ".course"  # JupyterLab does not list names with a dot
_MANIFEST = "manifest.json"
_INCOMING = "incoming"
_FORMAT = 1


@dataclass(frozen=True)
class Update:
    """What one call of `update` did; every path is relative to the folder and written with `/`."""

    new: tuple[str, ...]  # written where nothing was
    renewed: tuple[str, ...]  # an untouched file of an older release, brought up to date
    kept: tuple[str, ...]  # the learner's work, left byte for byte as it was
    beside: tuple[tuple[str, str], ...]  # (work, where the newer release of it now lies)
    current: dict[str, str]  # for each released file: where its current text is in this folder


@dataclass
class _Manifest:
    """What this folder has been given so far."""

    shipped: dict[str, list[str]] = field(default_factory=dict)  # path -> hashes this command wrote there
    beside: dict[str, dict[str, str]] = field(default_factory=dict)  # path -> {hash of a release: where it was laid}


def update(folder: Path, release: Path, version: str) -> Update:
    """Make `folder` a learner's folder, or bring one up to date with `release`; running it again repairs a stopped run.

    `release` holds the files to give (any depth), `version` is the release's number for the names of files laid beside
    work. Everything that could stand in the way is looked at before the first byte is written, and each file appears
    whole or not at all. Raises CannotRun with one sentence.
    """
    files = _released(release)
    _check_name(folder)
    with _plain_sentences(folder):
        folder = folder.resolve()
        _check_place(folder, release)
        _check_in_the_way(folder, files)
        _forget_stopped_run(folder)
        return _update(folder, files, version)


def _update(folder: Path, files: dict[str, bytes], version: str) -> Update:
    manifest = _read_manifest(folder)
    plan = {path: _hash(data) for path, data in files.items()}
    actions: list[tuple[str, str, str]] = []  # (kind, released path, path to write or keep)
    for path, digest in plan.items():
        actions.append(_decide(folder, path, digest, version, manifest))

    written = [(path, target) for kind, path, target in actions if kind in ("new", "renewed", "beside")]
    # The list of what is about to be written comes first, so that a stopped run is not mistaken for somebody's work.
    for path, target in written:
        known = manifest.shipped.setdefault(target, [])
        if plan[path] not in known:
            known.append(plan[path])
    if written or not (folder / STATE / _MANIFEST).exists():
        _write_manifest(folder, manifest)
    for path, target in written:
        _write(folder, target, files[path])
    for kind, path, target in actions:
        if kind == "beside":
            manifest.beside.setdefault(path, {})[plan[path]] = target
    if any(kind == "beside" for kind, _, _ in actions):
        _write_manifest(folder, manifest)

    current = {}
    for kind, path, target in actions:
        laid = manifest.beside.get(path, {}).get(plan[path], path)
        current[path] = target if kind == "beside" else laid if kind == "kept" and (folder / laid).is_file() else path
    return Update(
        new=tuple(path for kind, path, _ in actions if kind == "new"),
        renewed=tuple(path for kind, path, _ in actions if kind == "renewed"),
        kept=tuple(path for kind, path, _ in actions if kind in ("kept", "beside")),
        beside=tuple((path, target) for kind, path, target in actions if kind == "beside"),
        current=current,
    )


def _decide(folder: Path, path: str, digest: str, version: str, manifest: _Manifest) -> tuple[str, str, str]:
    """What to do with one released file: new, same, renewed, kept or beside, and the path it concerns."""
    found = _hash_of(folder / path)
    if found is None:
        return "new", path, path
    if found == digest:
        return "same", path, path
    known = manifest.shipped.get(path, [])
    if found in known:
        return "renewed", path, path
    if digest in known or digest in manifest.beside.get(path, {}):
        return "kept", path, path  # the work started from this very release, or this release was laid beside it before
    return "beside", path, _free_name(folder, path, digest, version)


def _free_name(folder: Path, path: str, digest: str, version: str) -> str:
    """`exercises (release 0.2.0).ipynb`, numbered when that name is taken by something else."""
    parts = PurePosixPath(path)
    number = 1
    while True:
        suffix = f"release {version}" if number == 1 else f"release {version}, {number}"
        candidate = str(parts.with_name(f"{parts.stem} ({suffix}){parts.suffix}"))
        target = folder / candidate
        if not os.path.lexists(target) or (not target.is_symlink() and _hash_of(target) == digest):
            return candidate
        number += 1


def describe(done: Update, folder: Path, version: str) -> list[str]:
    """What `update` did, in plain sentences."""
    if done.new and not done.renewed and not done.kept:
        said = [f"Made your folder {folder} with release {version} of the course."]
    else:
        said = [f"Your folder is {folder}; what you changed in it is untouched."]
        said += [f"Put a fresh copy of {path} where none was." for path in done.new]
        said += [f"Brought {path} up to release {version} (you had not changed it)." for path in done.renewed]
    said += [f"{path} has your work, so release {version} of it lies beside it: {where}" for path, where in done.beside]
    return said


# --- looking before writing --------------------------------------------------------------------------------------


def _released(release: Path) -> dict[str, bytes]:
    """Every file of the release, by its path with `/`, in a fixed order."""
    try:
        found = sorted(path for path in release.rglob("*") if path.is_file())
        files = {
            path.relative_to(release).as_posix(): path.read_bytes()
            for path in found
            if not any(part.startswith(".") for part in path.relative_to(release).parts)
        }
    except OSError as fault:
        raise CannotRun(f"The course's own files in {release} cannot be read ({fault.strerror}).") from fault
    if "START.md" not in files:
        raise CannotRun(
            f"The course's notebooks are not in {release}: in a checkout run `make notebooks`, otherwise install the "
            "course again."
        )
    return files


def _check_name(folder: Path) -> None:
    name = str(folder)
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        shown = name.encode("utf-8", "replace").decode()
        raise CannotRun(f"The folder name {shown!r} is not valid text: choose another name.") from None
    if any(unicodedata.category(sign) == "Cc" for sign in name):
        raise CannotRun(
            f"The folder name {name!r} holds a line break or another control character: choose another name."
        )


def _check_place(folder: Path, release: Path) -> None:
    release = release.resolve()
    if folder == release or release in folder.parents or folder in release.parents:
        raise CannotRun(f"{folder} holds the course's own files: choose another folder for your work.")


def _check_in_the_way(folder: Path, files: dict[str, bytes]) -> None:
    """Something that is no folder where a folder must be, or no file where a file must be."""
    if os.path.lexists(folder) and not folder.is_dir():
        raise CannotRun(f"{folder} is a file, not a folder: choose another folder, as in `course lab my-course`.")
    for parent in folder.parents:
        if parent.exists():
            if not parent.is_dir():
                raise CannotRun(f"{folder} cannot be made because {parent} is a file: choose another folder.")
            break
    folders = {STATE} | {str(up) for path in files for up in PurePosixPath(path).parents if str(up) != "."}
    for path in sorted(folders):
        _must_be(folder / path, Path.is_dir, "folder")
    for path in sorted([*files, f"{STATE}/{_MANIFEST}"]):
        _must_be(folder / path, Path.is_file, "file")


def _must_be(path: Path, test: Callable[[Path], bool], kind: str) -> None:
    if path.is_symlink():
        raise CannotRun(f"{path} is a link, and the course writes through no links: move it away and run this again.")
    if os.path.lexists(path) and not test(path):
        raise CannotRun(
            f"{path} is in the way: the course needs a {kind} of that name; rename yours and run this again."
        )


# --- reading and writing -----------------------------------------------------------------------------------------


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _hash_of(path: Path) -> str | None:
    return _hash(path.read_bytes()) if path.is_file() else None


def _read_manifest(folder: Path) -> _Manifest:
    path = folder / STATE / _MANIFEST
    if not path.exists():
        return _Manifest()
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["format"] != _FORMAT:
            raise CannotRun(f"{folder} was last opened with a newer version of the course: install that version again.")
        return _Manifest(
            shipped={str(name): [str(digest) for digest in known] for name, known in stored["shipped"].items()},
            beside={
                str(name): {str(digest): str(where) for digest, where in laid.items()}
                for name, laid in stored["beside"].items()
            },
        )
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        if isinstance(fault, CannotRun):
            raise
        raise CannotRun(f"{path} is damaged: delete it and run this again; your work will stay as it is.") from fault


def _write_manifest(folder: Path, manifest: _Manifest) -> None:
    stored = {"format": _FORMAT, "shipped": manifest.shipped, "beside": manifest.beside}
    _write(folder, f"{STATE}/{_MANIFEST}", (json.dumps(stored, indent=1, sort_keys=True) + "\n").encode())


def _forget_stopped_run(folder: Path) -> None:
    """Remove what a run that was stopped in the middle of a file left behind, but not what another run writes now."""
    waiting = folder / STATE / _INCOMING
    for path in waiting.iterdir() if waiting.is_dir() else ():
        if time.time() - path.stat().st_mtime > 60:
            path.unlink(missing_ok=True)


def _write(folder: Path, path: str, data: bytes) -> None:
    """Put `data` at `path` in one step: a reader sees the old file or the new one, never a part."""
    target, waiting = folder / path, folder / STATE / _INCOMING
    target.parent.mkdir(parents=True, exist_ok=True)
    waiting.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=waiting)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o644)  # mkstemp makes files only their owner can read; a teacher may share the folder
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def _plain_sentences(folder: Path) -> Iterator[None]:
    """Say in one sentence why the disk refused."""
    try:
        yield
    except RuntimeError as fault:  # how Path.resolve reports a link that leads back to itself, before Python 3.13
        raise CannotRun(f"{folder} is a link that leads back to itself: choose another folder.") from fault
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise CannotRun(
                f"The disk that holds {folder} is full: free some space and run the same command again."
            ) from fault
        if fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise CannotRun(
                f"You may not write in {folder}: choose another folder, as in `course lab ~/my-course`."
            ) from fault
        if fault.errno in (errno.ENAMETOOLONG, errno.EINVAL):
            raise CannotRun(
                f"The folder name {folder} cannot be used on this computer: choose a shorter, plainer one."
            ) from fault
        raise CannotRun(f"{folder} cannot be written ({fault.strerror}).") from fault
