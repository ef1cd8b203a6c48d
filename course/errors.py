"""The one exception every `course` command turns into a plain sentence and exit code 2."""


class CannotRun(ValueError):
    """What was asked cannot be done at all; `str()` is one sentence: what is wrong, where, what to do."""
