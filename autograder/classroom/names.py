"""Names of students and assignments, which are not ours to trust: may one be a folder, and how is it printed?"""


def is_folder_name(name: str) -> bool:
    """Whether a student or assignment name can be one folder: not empty, not `.` or `..`, no separator, valid text."""
    if name in ("", ".", "..") or any(character in name for character in ("/", "\\", "\0")):
        return False
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def shown(name: str, width: int = 60) -> str:
    """A name as it may be printed: control characters and undecodable bytes escaped, overlong ones shortened."""
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii") for c in name)
    return safe if len(safe) <= width else safe[: width - 1] + "…"
