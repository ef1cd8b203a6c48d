"""`course doctor`: looks at the installation part by part and says in plain words what is missing and what to do.

Each check is a function of what it looks at, returns one sentence when all is well, and raises `Fault` with one
sentence when it is not.
"""

import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from course import content, lab, syllabus

OLDEST_PYTHON = (3, 11)
PACKAGES = (
    "relapse-to-recovery",
    "jupyterlab",
    "nbgrader",
    "ipywidgets",
    "anywidget",
    "matplotlib",
    "numpy",
    "ipykernel",
)
LAB_EXTENSIONS = {
    "@jupyter-widgets/jupyterlab-manager": "the simulators' controls (package jupyterlab_widgets)",
    "anywidget": "the simulators' sliders (package anywidget)",
    "@jupyter/nbgrader": "the Validate button (package nbgrader)",
}
ROOM_MB = 200


class Fault(Exception):
    """Something is missing or wrong; `str()` is one sentence that says what, and what to do."""


def run(folder: Path) -> int:
    """Print the outcome of every check; 1 when one of them found a fault, else 0."""
    faults = 0
    for look in checks(folder):
        try:
            print(f"ok    {look()}")
        except Fault as fault:
            faults += 1
            print(f"FAULT {fault}")
    print("Everything is in place." if not faults else f"{faults} fault{'s' if faults > 1 else ''} found.")
    return 1 if faults else 0


def checks(folder: Path) -> Iterable[Callable[[], str]]:
    """All checks of this installation, for a learner's folder that is or will be `folder`."""
    return (
        lambda: python(sys.version_info[:3]),
        lambda: packages(PACKAGES),
        kernel,
        lambda: extensions(LAB_EXTENSIONS),
        validate_service,
        lambda: assets(content.assets_dir(), content.release_dir()),
        lambda: room(folder),
        port,
    )


def python(found: Sequence[int]) -> str:
    """Python is new enough."""
    shown = ".".join(map(str, found))
    if tuple(found) < OLDEST_PYTHON:
        raise Fault(f"Python {shown} is too old: install Python {'.'.join(map(str, OLDEST_PYTHON))} or newer.")
    return f"Python {shown} at {sys.executable}."


def packages(names: Sequence[str]) -> str:
    """Every package the course runs on is installed."""
    found, missing = [], []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        raise Fault(f"Not installed: {', '.join(missing)}; install the course again (`pip install .` in its folder).")
    return f"Packages: {', '.join(found)}."


def kernel() -> str:
    """The notebooks' kernel `python3` is there and runs this very Python."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
    from jupyter_core.paths import ENV_JUPYTER_PATH

    manager = KernelSpecManager(kernel_dirs=[str(Path(path) / "kernels") for path in ENV_JUPYTER_PATH])
    manager.ensure_native_kernel = True
    try:
        spec = manager.get_kernel_spec("python3")
    except NoSuchKernel:
        raise Fault("No kernel named python3 was found: install ipykernel (`pip install ipykernel`).") from None
    program = str(spec.argv[0])
    here = ("python", "python3", sys.executable)  # the first two are replaced by this Python when a kernel starts
    if program not in here and Path(program).resolve() != Path(sys.executable).resolve():
        raise Fault(
            f"The kernel python3 runs {program} instead of {sys.executable}, which does not know the course: run "
            "`python -m ipykernel install --sys-prefix` with the Python the course is installed in."
        )
    return f"Kernel python3 ({spec.display_name}) runs this Python."


def extensions(wanted: dict[str, str]) -> str:
    """JupyterLab finds the extensions the notebooks need, and none of them is switched off."""
    from jupyter_core.paths import jupyter_path
    from jupyterlab_server.config import get_federated_extensions, get_page_config

    paths = jupyter_path("labextensions")
    there = get_federated_extensions(paths)
    off = [str(entry) for entry in get_page_config(paths).get("disabledExtensions", ())]  # "name" or "name:plugin"
    for name, purpose in wanted.items():
        if name not in there:
            raise Fault(f"JupyterLab lacks the extension {name} for {purpose}: install that package again.")
        if any(entry.split(":")[0] == name for entry in off):
            raise Fault(f"The JupyterLab extension {name} is switched off: run `jupyter labextension enable {name}`.")
    return f"JupyterLab extensions: {', '.join(wanted)}."


def validate_service() -> str:
    """The server half of the Validate button is switched on."""
    from jupyter_core.paths import jupyter_config_path
    from jupyter_server.extension.config import ExtensionConfigManager

    name = "nbgrader.server_extensions.validate_assignment"
    manager: Any = ExtensionConfigManager(read_config_path=jupyter_config_path())
    if not manager.get_jpserver_extensions().get(name):
        raise Fault(f"Validate will not work because its service is off: run `jupyter server extension enable {name}`.")
    return "The service behind Validate is on."


def assets(assets_dir: Path, release: Path) -> str:
    """The evidence, the START page and the notebooks of every module that is ready."""
    again = "in a checkout run `make notebooks`, otherwise install the course again"
    try:
        modules = syllabus.load(assets_dir / "syllabus.yml")
    except syllabus.BadSyllabus as fault:
        raise Fault(str(fault)) from fault
    ready = [module for module in modules if module.status == "ready"]
    wanted = [assets_dir / "evidence" / "claims.csv", assets_dir / "evidence" / "references.csv", release / "START.md"]
    wanted += [release / module.folder / f"{name}.ipynb" for module in ready for name in ("lesson", "exercises")]
    for path in wanted:
        if not path.is_file():
            raise Fault(f"{path} is missing: {again}.")
    return f"Course files in {content.content_root()}: {len(ready)} of {len(modules)} modules are ready."


def room(folder: Path, needed_mb: float = ROOM_MB) -> str:
    """The disk that holds (or will hold) the learner's folder has space."""
    place = folder.resolve()
    while not place.exists():
        place = place.parent
    free_mb = shutil.disk_usage(place).free / 1e6
    if free_mb < needed_mb:
        raise Fault(f"Only {free_mb:.0f} MB are free where {folder} is: make room for at least {needed_mb:.0f} MB.")
    return f"{free_mb / 1000:.1f} GB free for {folder}."


def port(first: int = lab.FIRST_PORT) -> str:
    """There is a port for JupyterLab to listen on."""
    free = lab.next_free_port(first)
    if free is None:
        raise Fault(
            f"Ports {first} to {first + lab.PORT_TRIES} are all taken: name another, as in `course lab --port 9999`."
        )
    taken = "" if free == first else f" ({first} is taken)"
    return f"Port {free} is free{taken}."
