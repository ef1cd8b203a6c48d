"""Text from a submission made fit to be shown: one line, no control characters, not endless."""


def plain(text: str, limit: int = 500) -> str:
    """The text on one line of at most `limit` letters; what cannot be printed (escape codes) becomes �."""
    line = " ".join(text[: 4 * limit].split())
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in line)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
