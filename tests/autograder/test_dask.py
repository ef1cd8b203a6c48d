"""`autograder grade --dask` on a cluster of two local worker processes: the same gradebook, whatever happens there."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import classroom_kit as kit
import pytest
from distributed import Client, LocalCluster

from autograder.classroom import cluster as room
from autograder.classroom.course_directory import CourseDirectory, open_course
from autograder.cli import main

SLOW = "import time\ntime.sleep(1)\na = 2"


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as started:
        yield started


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CourseDirectory:
    made = kit.make_course(tmp_path, monkeypatch)
    for number in range(6):
        kit.hand_in(made, f"right{number}", {**kit.all_right(), "q1-answer": f"a = {2 + number % 2}"})
    kit.hand_in(made, "crash", {**kit.all_right(), "q1-answer": "import os\nos._exit(3)"})
    kit.hand_in(made, "broken", b"{")
    kit.hand_in(made, "blank", {})
    return made


def copy_of(course: CourseDirectory, to: Path) -> CourseDirectory:
    shutil.copytree(course.root, to)
    return open_course(to)


def grade(course: CourseDirectory, *options: str) -> int:
    return main(["grade", kit.ASSIGNMENT, "--course", str(course.root), *options])


def graded(course: CourseDirectory) -> dict[str, bytes]:
    return {name: data for name, data in kit.tree(course.root / "autograded").items() if name.endswith(".ipynb")}


def test_a_cluster_gives_the_gradebook_of_one_machine(
    cluster: LocalCluster, course: CourseDirectory, tmp_path: Path
) -> None:
    alone = copy_of(course, tmp_path / "alone")
    assert grade(course, "--dask", cluster.scheduler_address) == grade(alone) == 1  # the file that cannot be read
    assert kit.gradebook_rows(course.root) == kit.gradebook_rows(alone.root)
    assert graded(course) == graded(alone) != {}
    assert ("grade", "right0", "exercises", "q2", 4.0, None, None, 0) in kit.gradebook_rows(course.root)


def test_what_the_cluster_judged_is_kept_by_the_next_run_here(
    cluster: LocalCluster, course: CourseDirectory, capsys: pytest.CaptureFixture[str]
) -> None:
    grade(course, "--dask", cluster.scheduler_address)
    capsys.readouterr()
    grade(course)
    # Only the item whose process ended is judged again: the machine may have had a part in it.
    assert "1 item judged anew, 23 kept" in capsys.readouterr().out


def test_a_worker_killed_in_the_middle_changes_nothing(
    cluster: LocalCluster, course: CourseDirectory, tmp_path: Path
) -> None:
    for number in range(6):
        kit.hand_in(course, f"slow{number}", {**kit.all_right(), "q1-answer": SLOW})
    alone = copy_of(course, tmp_path / "alone")
    killed: list[int] = []

    def kill_one() -> None:
        with Client(cluster.scheduler_address) as client:
            busy = {}
            for _ in range(200):
                busy = {worker: tasks for worker, tasks in client.processing().items() if tasks}
                if busy and any(worker_plugins(client).values()):
                    break
                time.sleep(0.1)
            time.sleep(0.5)
            worker = next(iter(busy))
            pid = client.run(os.getpid, workers=[worker])[worker]
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

    killer = threading.Thread(target=kill_one)
    killer.start()
    code = grade(course, "--dask", cluster.scheduler_address)
    killer.join(timeout=60)
    assert len(killed) == 1
    assert code == grade(alone) == 1
    assert kit.gradebook_rows(course.root) == kit.gradebook_rows(alone.root)
    assert graded(course) == graded(alone)


def worker_plugins(client: Client) -> dict[str, list[str]]:
    """Worker → the judges that it keeps warm."""

    def ours(dask_worker: object) -> list[str]:
        return [name for name in dask_worker.plugins if name.startswith("autograder-")]  # type: ignore[attr-defined]

    return dict(client.run(ours))


def test_the_judges_on_the_workers_end_with_the_run(cluster: LocalCluster, course: CourseDirectory) -> None:
    grade(course, "--dask", cluster.scheduler_address)
    with Client(cluster.scheduler_address) as client:
        assert set(map(tuple, worker_plugins(client).values())) == {()}


def test_workers_of_another_version_are_refused(
    cluster: LocalCluster,
    course: CourseDirectory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(room, "versions", lambda: {"numpy": "0.0.1", "python": "3.11.0"})
    before = kit.gradebook_rows(course.root)
    assert grade(course, "--dask", cluster.scheduler_address) == 2
    said = capsys.readouterr().err.strip()
    assert "and this machine has" in said and len(said.splitlines()) == 1
    assert kit.gradebook_rows(course.root) == before


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("tcp://127.0.0.1:9", "No Dask scheduler can be reached at tcp://127.0.0.1:9"),
        ("nonsense://x", "No Dask scheduler can be reached at nonsense://x"),
        ("tls://127.0.0.1:9", "Are the certificates named in ~/.config/dask/distributed.yaml?"),
    ],
)
def test_no_scheduler_is_one_sentence(
    course: CourseDirectory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    address: str,
    sentence: str,
) -> None:
    monkeypatch.setattr(room, "_WAIT_SECONDS", 1)
    assert grade(course, "--dask", address) == 2
    said = capsys.readouterr().err.strip()
    assert sentence in said and len(said.splitlines()) == 1


def test_a_cluster_without_workers_is_one_sentence(
    course: CourseDirectory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(room, "_WAIT_SECONDS", 2)
    with LocalCluster(n_workers=0, dashboard_address=":0") as empty:
        assert grade(course, "--dask", empty.scheduler_address) == 2
    assert "has no workers" in capsys.readouterr().err


def test_without_the_extra_the_sentence_says_what_to_install(course: CourseDirectory) -> None:
    program = "import sys; sys.modules['distributed'] = None; from autograder.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "grade", kit.ASSIGNMENT, "--course", str(course.root), "--dask", "x"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stderr.strip() == (
        'autograder: --dask needs one more package: pip install "relapse-to-recovery[dask]".'
    )
