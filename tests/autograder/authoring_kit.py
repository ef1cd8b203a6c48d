"""A tiny module of its own for the authoring tests: two percent sources, and a fill that answers their tokens."""

import re
from pathlib import Path

from autograder.authoring.percent import Cell, parse

VALUES = {"half-life": "**11.4 h** (range 8–15; ✓ supported)", "peak": "**350 %** (≈ imprecise)"}

LESSON = '''\
# %% [markdown]
r"""
# How long does it stay?

The half-life is {{half-life}}, and $\\frac{1}{2}$ is left after it.
"""

# %%
# %matplotlib inline
level = 100

# %% [markdown]
"""
## How long: the half-life

After one half-life a half is left.
"""

# %% [markdown] tags=["instructor"]
"""
CANARY-NOTE Give them five minutes.
"""
'''

EXERCISES = '''\
# %% [markdown]
"""
# Exercises 01

Two items ({{points c1}}), a peak of {{peak}}, and a text.
"""

# %% locked="setup"
from autograder import expect

# %% [markdown]
"""
## 1. Half-life ({{points c1}})

It is {{half-life}}. What is left after two?
"""

# %% answer="c1"
c1 = ...  # per cent
### BEGIN SOLUTION
c1 = 25  # CANARY-SOLUTION
### END SOLUTION

# %% test="c1" points=3 objective="O1" read="How long: the half-life"
with expect.item("c1", points=3, hidden=2) as item:
    item.number(c1, unit="per cent")
    ### BEGIN HIDDEN TESTS
    with item.part(2, "CANARY-HIDDEN"):
        item.within(c1, 25, 1)
    with item.part(1, "exactly"):
        item.within(c1, 25, 0.1)
    ### END HIDDEN TESTS
item.verdict


# %% answer="m1"
def double(x):
    """Twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION
    return ...  # replace the three dots


# %% test="m1" points=1.5 objective="O2"
assert double(2) == 4
### BEGIN HIDDEN TESTS
assert double(-1) == -2
### END HIDDEN TESTS

# %% [markdown]
"""
## 2. In your own words ({{points f1}})

Explain.
"""

# %% [markdown] free="f1" points=1 objective="O2"
"""
=== BEGIN MARK SCHEME ===
CANARY-SCHEME One point for the name.
=== END MARK SCHEME ===
"""

# %% [markdown] tags=["instructor"]
"""
CANARY-NOTE Most learners halve once.
"""
'''

CANARIES = ("CANARY-NOTE", "CANARY-SOLUTION", "CANARY-HIDDEN", "CANARY-SCHEME")


def fill(text: str) -> str:
    """`{{name}}` → its value; an unknown name is a ValueError with one sentence."""

    def value(match: re.Match[str]) -> str:
        if match[1] not in VALUES:
            raise ValueError(f'There is no "{match[1]}"; near: {", ".join(VALUES)}.')
        return VALUES[match[1]]

    return re.sub(r"\{\{([^{}]*)\}\}", value, text)


def check_questions(path: Path) -> list[str]:
    """A questions file is right when it says so."""
    return [] if "right" in path.read_text(encoding="utf-8") else [f"{path}:1: The option has no explanation."]


def exercises() -> list[Cell]:
    """The cells of `EXERCISES`."""
    return parse(EXERCISES, "exercises.py")


def write_module(modules: Path, exercises_text: str = EXERCISES, lesson_text: str = LESSON) -> Path:
    """A modules folder with the one module `01-tiny`; returns the module's folder."""
    module = modules / "01-tiny"
    module.mkdir(parents=True, exist_ok=True)
    (module / "exercises.py").write_text(exercises_text, encoding="utf-8", newline="\n")
    (module / "lesson.py").write_text(lesson_text, encoding="utf-8", newline="\n")
    return module
