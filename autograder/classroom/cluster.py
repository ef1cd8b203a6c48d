"""`autograder grade --dask ADDRESS`: the judging done by the workers of a Dask cluster that is already there.

Reading, the gradebook and all files stay on this machine. What travels are plain data: the assignment once per worker,
the answers of one notebook as a task, its verdicts as the result. A task may be repeated anywhere at any time.
`DASK.md` beside this file says how to set a cluster up.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from distributed import Client, Worker, WorkerPlugin, get_worker

from autograder.classroom.crew import Crew, Engine, JudgeFailed
from autograder.classroom.machine import local_crew, versions
from autograder.errors import CannotRun
from autograder.judge import Limits, Master, Result, Submission, sandbox
from autograder.judge.keys import hash_of

_RETRIES = 2
"""Of a task that raised: that is never the submission's doing."""
_WAIT_SECONDS = 20
_THREADS = 32
"""At least so many students are read ahead of the cluster, which may grow while it works."""


@contextmanager
def cluster_crew(
    address: str, limits: Limits, masters: Mapping[str, Master], *, allow_unisolated: bool
) -> Iterator[tuple[Crew, sandbox.Isolation]]:
    """A crew whose judges are on the cluster, and the isolation that its workers offer.

    Raises `CannotRun` when nothing answers at `address`, there are no workers, or they differ from this machine in the
    versions of what judges, from each other in isolation, or offer none and `allow_unisolated` is not set.
    """
    try:
        client = Client(address, timeout=_WAIT_SECONDS)
    except Exception as error:  # by turns OSError, ValueError, TypeError (no certificate), RuntimeError (no TLS)
        why = " ".join(str(error).split()) or type(error).__name__
        hint = " Are the certificates named in ~/.config/dask/distributed.yaml?" if address.startswith("tls") else ""
        raise CannotRun(f"No Dask scheduler can be reached at {address} ({why}).{hint}") from error
    with client:
        isolation = _isolation_of(client, address, allow_unisolated)
        judges = WarmJudges(masters, limits, isolation)
        client.register_plugin(judges, name=judges.name)
        engine = _Remote(client, judges.name)
        size = max(_THREADS, 2 * sum(client.nthreads().values()))

        def open_engine() -> AbstractContextManager[Engine]:
            return nullcontext(engine)

        try:
            with Crew(size, open_engine) as crew:
                yield crew, isolation
        finally:
            client.unregister_worker_plugin(judges.name)


class WarmJudges(WorkerPlugin):  # type: ignore[misc]  # distributed has no types
    """On each worker: a warm judge per thread, kept from task to task."""

    def __init__(self, masters: Mapping[str, Master], limits: Limits, isolation: sandbox.Isolation) -> None:
        self._masters, self._limits, self._isolation = dict(masters), limits, isolation
        self._versions = versions()
        prints = [master.fingerprint for master in masters.values()]
        self.name = f"autograder-{hash_of([prints, repr(limits), isolation])[:16]}"
        self._crew: Crew | None = None

    def setup(self, worker: Worker) -> None:
        """Start the judges; they get ready while the first tasks arrive."""
        self._crew = local_crew(worker.state.nthreads, self._limits, self._isolation, self._masters)

    def teardown(self, worker: Worker) -> None:
        """End them."""
        if self._crew is not None:
            self._crew.close()

    def judge(self, notebook: str, submission: Submission) -> Result:
        """Judge one submission. Raises `JudgeFailed` when this worker cannot."""
        if versions() != self._versions:
            raise JudgeFailed(_difference("This worker", versions(), self._versions))
        if self._crew is None:
            raise JudgeFailed("The judges of this worker have not started.")
        return self._crew.submit(lambda engine: engine.judge(self._masters[notebook], submission)).result()


class _Remote:
    """The engine of a thread here: asks the cluster and waits."""

    def __init__(self, client: Client, plugin: str) -> None:
        self._client, self._plugin = client, plugin

    def judge(self, master: Master, submission: Submission) -> Result:
        """The verdicts, from whichever worker is free."""
        asked = self._client.submit(_judge, self._plugin, master.notebook, submission, pure=False, retries=_RETRIES)
        result: Result = asked.result()
        return result


def _judge(plugin: str, notebook: str, submission: Submission) -> Result:
    """The task."""
    judges: WarmJudges = get_worker().plugins[plugin]
    return judges.judge(notebook, submission)


def _facts() -> dict[str, Any]:
    """What a worker says of itself."""
    return {"isolation": sandbox.default(), "why_not": sandbox.why_not(), "versions": dict(versions())}


def _isolation_of(client: Client, address: str, allow_unisolated: bool) -> sandbox.Isolation:
    """The one isolation that all workers offer; refuses workers that would not judge as this machine says."""
    try:
        client.wait_for_workers(1, timeout=_WAIT_SECONDS)
        told: Mapping[str, Mapping[str, Any]] = client.run(_facts)
    except OSError as error:
        raise CannotRun(f"The Dask scheduler at {address} has no workers: start some, then run this again.") from error
    except Exception as error:
        raise CannotRun(
            f"The workers of {address} cannot judge ({type(error).__name__}: {error}): "
            "install on them what is installed here, in the same versions."
        ) from error
    for worker, facts in told.items():
        if facts["versions"] != versions():
            raise CannotRun(_difference(f"The worker {worker}", facts["versions"], versions()))
    levels = {facts["isolation"]: worker for worker, facts in told.items()}
    if len(levels) > 1:
        listed = ", ".join(f"{level} on {worker}" for level, worker in sorted(levels.items()))
        raise CannotRun(f"The workers isolate submissions in different ways ({listed}): make them the same.")
    (isolation,) = levels
    if isolation == "none" and not allow_unisolated:
        reason = next(iter(told.values()))["why_not"]
        raise CannotRun(
            "Submissions are programs of other people, and nothing isolates them on the workers: "
            f"{reason} Mend that, or give --not-isolated if you accept that."
        )
    return isolation  # type: ignore[no-any-return]  # told by a worker of the same version


def _difference(who: str, theirs: Mapping[str, str], ours: Mapping[str, str]) -> str:
    """The first package in which a worker differs, in a sentence."""
    name = next(name for name in sorted({*theirs, *ours}) if theirs.get(name) != ours.get(name))
    here, there = ours.get(name, "none"), theirs.get(name, "none")
    return f"{who} has {name} {there} and this machine has {here}: install the same versions on all."
