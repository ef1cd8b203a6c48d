"""A learner's folder is made whole or not at all, follows the release, and never loses work."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from course import content
from course.errors import CannotRun
from course.learner_folder import describe, update

NOTEBOOK = "01-first/exercises.ipynb"
LESSON = "01-first/lesson.ipynb"


def write(root: Path, **texts: str) -> None:
    for name, text in texts.items():
        path = root / {"start": "START.md", "lesson": LESSON, "exercises": NOTEBOOK}[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """Every byte of a folder, hidden files included."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def visible(folder: Path) -> dict[str, str]:
    return {name: data.decode() for name, data in contents(folder).items() if not name.startswith(".course")}


@pytest.fixture
def release(tmp_path: Path) -> Path:
    root = tmp_path / "release"
    write(root, start="start 1", lesson="lesson 1", exercises="exercises 1")
    return root


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "my-course"


def test_a_new_folder_holds_exactly_the_release(folder: Path, release: Path) -> None:
    done = update(folder, release, "0.1.0")
    assert visible(folder) == visible(release)
    assert set(done.new) == {"START.md", LESSON, NOTEBOOK}
    assert done.current == {name: name for name in done.new}


def test_the_shipped_release_becomes_a_folder(folder: Path) -> None:
    done = update(folder, content.release_dir(), "0.1.0")
    assert (folder / done.current["START.md"]).read_text(encoding="utf-8").startswith("# From relapse to recovery")
    assert visible(folder) == visible(content.release_dir())


def test_a_second_run_changes_no_byte_of_a_folder_with_work(folder: Path, release: Path) -> None:
    update(folder, release, "0.1.0")
    write(folder, exercises="exercises 1, answered", start="my own notes")
    (folder / "notes.txt").write_text("mine")
    before = contents(folder)
    done = update(folder, release, "0.1.0")
    assert contents(folder) == before
    assert (done.new, done.renewed, done.beside) == ((), (), ())
    assert set(done.kept) == {NOTEBOOK, "START.md"}


def test_a_newer_release_renews_untouched_files_and_goes_beside_work(folder: Path, release: Path) -> None:
    update(folder, release, "0.1.0")
    write(folder, exercises="exercises 1, answered")
    write(release, lesson="lesson 2", exercises="exercises 2")
    done = update(folder, release, "0.2.0")
    laid = "01-first/exercises (release 0.2.0).ipynb"
    assert visible(folder) == {
        "START.md": "start 1",
        LESSON: "lesson 2",
        NOTEBOOK: "exercises 1, answered",
        laid: "exercises 2",
    }
    assert done.renewed == (LESSON,)
    assert done.beside == ((NOTEBOOK, laid),)
    assert done.current == {"START.md": "START.md", LESSON: LESSON, NOTEBOOK: laid}
    said = describe(done, folder, "0.2.0")
    assert any(NOTEBOOK in sentence and laid in sentence for sentence in said)


def test_a_release_is_laid_beside_work_once(folder: Path, release: Path) -> None:
    update(folder, release, "0.1.0")
    write(folder, exercises="answered")
    write(release, exercises="exercises 2")
    laid = folder / update(folder, release, "0.2.0").beside[0][1]
    laid.unlink()  # the learner does not want it
    done = update(folder, release, "0.2.0")
    assert not laid.exists()
    assert done.current[NOTEBOOK] == NOTEBOOK


def test_work_in_a_file_laid_beside_is_kept_too(folder: Path, release: Path) -> None:
    update(folder, release, "0.1.0")
    write(folder, exercises="answered")
    write(release, exercises="exercises 2")
    laid = folder / update(folder, release, "0.2.0").beside[0][1]
    laid.write_text("answered in 2")
    write(release, exercises="exercises 2, mended under the same number")
    again = folder / update(folder, release, "0.2.0").beside[0][1]
    assert laid.read_text() == "answered in 2"
    assert again.name == "exercises (release 0.2.0, 2).ipynb"
    assert (folder / NOTEBOOK).read_text() == "answered"


def test_a_deleted_file_comes_back_fresh(folder: Path, release: Path) -> None:
    update(folder, release, "0.1.0")
    (folder / NOTEBOOK).unlink()
    done = update(folder, release, "0.1.0")
    assert done.new == (NOTEBOOK,)
    assert (folder / NOTEBOOK).read_text() == "exercises 1"


def test_files_of_unknown_origin_are_treated_as_work(folder: Path, release: Path) -> None:
    write(folder, start="a START.md of somebody else")
    done = update(folder, release, "0.1.0")
    assert (folder / "START.md").read_text() == "a START.md of somebody else"
    assert (folder / done.current["START.md"]).read_text() == "start 1"


@pytest.mark.parametrize("survivors", [0, 1, 2])
def test_a_run_stopped_at_any_file_is_completed_by_the_next(
    folder: Path, release: Path, monkeypatch: pytest.MonkeyPatch, survivors: int
) -> None:
    """Stopped while renewing: what was renewed, and what was not, is told apart from work, even by a later release."""
    update(folder, release, "0.1.0")
    write(release, start="start 2", lesson="lesson 2", exercises="exercises 2")
    real, calls = os.replace, []

    def stop(source: str, target: Path) -> None:
        calls.append(target)
        if len(calls) > 1 + survivors:  # the first one is the manifest's
            raise KeyboardInterrupt
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            update(folder, release, "0.2.0")
    write(release, start="start 3", lesson="lesson 3", exercises="exercises 3")
    done = update(folder, release, "0.3.0")
    assert visible(folder) == visible(release)
    assert not done.beside


def test_a_killed_run_is_completed_by_the_next(folder: Path, release: Path) -> None:
    """A real process, killed without a chance to tidy up, right after the first notebook."""
    program = (
        "import os, sys; from pathlib import Path; from course import learner_folder\n"
        "real, seen = os.replace, []\n"
        "def replace(a, b):\n"
        "    seen.append(b)\n"
        "    if len(seen) == 3: os._exit(9)\n"
        "    real(a, b)\n"
        "os.replace = replace\n"
        "learner_folder.update(Path(sys.argv[1]), Path(sys.argv[2]), '0.1.0')\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(folder), str(release)])
    assert killed.returncode == 9
    assert 0 < len(visible(folder)) < 3
    update(folder, release, "0.1.0")
    assert visible(folder) == visible(release)


def test_links_are_not_written_through(folder: Path, release: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.md"
    elsewhere.write_text("not yours to write")
    folder.mkdir()
    (folder / "START.md").symlink_to(elsewhere)
    with pytest.raises(CannotRun, match="START.md is a link"):
        update(folder, release, "0.1.0")
    assert elsewhere.read_text() == "not yours to write"
    assert [path.name for path in folder.iterdir()] == ["START.md"], "nothing may be half written"


def test_a_linked_module_folder_is_refused(folder: Path, release: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder.mkdir()
    (folder / "01-first").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotRun, match="01-first is a link"):
        update(folder, release, "0.1.0")
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize(
    ("obstacle", "is_folder"), [("START.md", True), (NOTEBOOK, True), ("01-first", False), (".course", False)]
)
def test_something_of_the_wrong_kind_in_the_way(folder: Path, release: Path, obstacle: str, is_folder: bool) -> None:
    path = folder / obstacle
    path.parent.mkdir(parents=True)
    path.mkdir() if is_folder else path.write_text("mine")
    before = contents(folder)
    with pytest.raises(CannotRun, match="in the way"):
        update(folder, release, "0.1.0")
    assert contents(folder) == before


def test_the_folder_is_a_file_or_lies_in_one(tmp_path: Path, release: Path) -> None:
    (tmp_path / "paper.txt").write_text("mine")
    with pytest.raises(CannotRun, match="is a file, not a folder"):
        update(tmp_path / "paper.txt", release, "0.1.0")
    with pytest.raises(CannotRun, match="is a file"):
        update(tmp_path / "paper.txt" / "deep" / "er", release, "0.1.0")
    assert (tmp_path / "paper.txt").read_text() == "mine"


def test_the_courses_own_folders_are_refused(release: Path) -> None:
    for place in (release, release / "01-first", release.parent):
        with pytest.raises(CannotRun, match="the course's own files"):
            update(place, release, "0.1.0")


@pytest.mark.parametrize(
    "name", ["zwei Wörter", 'it\'s "quoted"', "100% #1 & ?", "-dash", "日本語", "$HOME `x` {y}", "a;b"]
)
def test_unusual_names_work(tmp_path: Path, release: Path, name: str) -> None:
    update(tmp_path / name, release, "0.1.0")
    assert visible(tmp_path / name) == visible(release)


@pytest.mark.parametrize("name", ["two\nlines", "bell\x07", "nul\x00", "\udcff", "x" * 300])
def test_impossible_names_get_one_sentence(tmp_path: Path, release: Path, name: str) -> None:
    with pytest.raises(CannotRun) as fault:
        update(tmp_path / name, release, "0.1.0")
    assert len(str(fault.value).splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["release"]


def test_a_link_that_leads_to_itself(tmp_path: Path, release: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(CannotRun, match="loop"):
        update(tmp_path / "loop", release, "0.1.0")


def test_a_release_without_a_start_page(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CannotRun, match="make notebooks"):
        update(folder, tmp_path / "empty", "0.1.0")
    assert not folder.exists()


def test_a_damaged_manifest_costs_no_work(folder: Path, release: Path) -> None:
    update(folder, release, "0.1.0")
    write(folder, exercises="answered")
    manifest = folder / ".course" / "manifest.json"
    for damage in ("{", "[]", '{"format": 1}', '{"format": 1, "shipped": [], "beside": {}}'):
        manifest.write_text(damage)
        with pytest.raises(CannotRun, match="manifest.json is damaged: delete it"):
            update(folder, release, "0.1.0")
    manifest.unlink()
    update(folder, release, "0.1.0")
    assert (folder / NOTEBOOK).read_text() == "answered"


# --- disks that refuse -------------------------------------------------------------------------------------------


def mount(where: Path, *options: str) -> None:
    """Mount a small tmpfs, or skip loudly; under CI=true a machine that cannot is a failure."""
    where.mkdir()
    tried = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(where)], capture_output=True, text=True
    )
    if tried.returncode:
        reason = f"a small disk cannot be mounted here (needs root): {tried.stderr.strip()}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    if sys.platform != "linux" or shutil.which("mount") is None:
        pytest.skip("mounting a small disk is done on Linux only")
    disk = tmp_path / "disk"
    mount(disk, "size=256k")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_leaves_whole_files_and_the_next_run_completes_them(small_disk: Path, release: Path) -> None:
    write(release, lesson="L" * 60_000, exercises="E" * 60_000)
    hog = small_disk / "hog"
    hog.write_bytes(b"x" * 140_000)
    with pytest.raises(CannotRun, match="is full: free some space and run the same command again"):
        update(small_disk / "my-course", release, "0.1.0")
    shipped = visible(release)
    assert all(text == shipped[name] for name, text in visible(small_disk / "my-course").items()), "no half file"
    hog.unlink()
    update(small_disk / "my-course", release, "0.1.0")
    assert visible(small_disk / "my-course") == shipped


def test_a_full_disk_keeps_work(small_disk: Path, release: Path) -> None:
    write(release, exercises="E" * 60_000)
    folder = small_disk / "my-course"
    update(folder, release, "0.1.0")
    write(folder, exercises="answered")
    with (small_disk / "hog").open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(b"x" * 4096)
        except OSError as fault:
            assert fault.errno == errno.ENOSPC
    write(release, lesson="lesson 2", exercises="F" * 60_000)
    with pytest.raises(CannotRun, match="is full"):
        update(folder, release, "0.2.0")
    assert visible(folder) == {"START.md": "start 1", LESSON: "lesson 1", NOTEBOOK: "answered"}


def test_a_read_only_folder(small_disk: Path, release: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(CannotRun, match="You may not write in .*my-course"):
        update(small_disk / "my-course", release, "0.1.0")
