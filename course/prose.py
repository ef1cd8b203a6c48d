"""Fills the `{{…}}` of a lesson: words of the glossary here, everything else from the evidence ledger."""

import re

from course import evidence, glossary

_TOKEN = re.compile(r"\{\{\s*(term|words)\s+([^{}]*?)\s*\}\}")


def fill(markdown: str) -> str:
    """Return the Markdown with every `{{...}}` token replaced.

    `{{term ID}}` and `{{term ID|as it reads here}}` become a link to the word's place in the glossary, with its
    meaning as a tooltip; `{{words ID, ID}}` a list of words and meanings; the rest is what `evidence.fill` knows.
    Raises ValueError (UnknownTerm, UnknownClaim, MisusedClaim), whose text is one sentence.
    """
    return evidence.fill(_TOKEN.sub(_glossary, markdown))


def _glossary(match: re.Match[str]) -> str:
    if match[1] == "words":
        return glossary.definitions([glossary.term(word.strip()) for word in match[2].split(",")])
    term_id, _, shown = match[2].partition("|")
    word = glossary.term(term_id.strip())
    return glossary.link(word, shown.strip() or word.term)
