"""Fills `{{...}}` tokens in Markdown with what the ledger holds, each with its status in a symbol and a word."""

import re

from course.evidence.ledger import MEASURES, Claim, claim
from course.evidence.words import BADGES

_TOKEN = re.compile(r"\{\{([^{}\n]*)\}\}")
_TABLE = re.compile(r"table(?:\s+(.*))?")
_ABSTRACT = re.compile(r"https://(?:www\.|pubmed\.|pmc\.)ncbi\.nlm\.nih\.gov/[\w/]+")
_UNIT_WITH_REMARK = re.compile(r"(.*?)\s*\((.*)\)")


class MisusedClaim(ValueError):
    """A token that the ledger could answer but must not: the sentence says which form to use."""


def fill(markdown: str) -> str:
    """Return the Markdown with every `{{...}}` token replaced.

    `{{ID}}` becomes the value to teach with unit, range and status; `{{ID.claim}}` the claim and its status;
    `{{ID.number}}` the bare number, for a calculation beside which the value has been shown;
    `{{table ID, ID}}` a Markdown table: what the review says, status, what to teach instead, source.
    Raises UnknownClaim (unknown id) or MisusedClaim (a claim in conflict outside a table, no value to show,
    an unclosed token); both are ValueErrors whose text is one sentence.
    """
    filled = _TOKEN.sub(lambda match: _render(match[1].strip()), markdown)
    if "{{" in _TOKEN.sub("", markdown):
        raise MisusedClaim("A '{{' has no '}}' on its line; close the token there, or write '{ {' in a formula.")
    return filled


def shown_value(row: Claim) -> str:
    """Return the value to teach with unit and range as plain text; empty where the ledger gives words only."""
    amount, aside = _amount(row)
    return f"{amount} ({aside})" if aside else amount


def what_to_teach(row: Claim) -> str:
    """Return the value and the words of what to teach as plain sentences; empty where the ledger has neither."""
    return _to_teach(shown_value(row), _words(row))


def _render(token: str) -> str:
    table = _TABLE.fullmatch(token)
    if table:
        if not table[1]:
            raise MisusedClaim("A '{{table}}' names no claim; write {{table ID, ID}}.")
        return _table([claim(claim_id.strip()) for claim_id in table[1].split(",")])
    claim_id, _, part = token.partition(".")
    row = claim(claim_id)
    if row.status == "conflicts":
        raise MisusedClaim(
            f'The claim "{claim_id}" conflicts with the literature, so it may stand only beside what to teach '
            f"instead: write {{{{table {claim_id}}}}}."
        )
    if part == "claim":
        return f"{_escape(row.claim)} ({BADGES[row.status]})"
    if part not in ("", "number"):
        raise MisusedClaim(
            f'"{token}" asks for ".{part}"; a claim offers its value (no suffix), ".number" and ".claim".'
        )
    quantity = _quantity(row, remarks=(BADGES[row.status],))
    if not quantity:
        raise MisusedClaim(f'The claim "{claim_id}" has no value to teach; write {{{{{claim_id}.claim}}}} or a table.')
    if part == "number":
        if row.status == "unverified":
            raise MisusedClaim(f'The claim "{claim_id}" is unverified and shows only with its badge: drop ".number".')
        return _plain(row.teach_value or 0.0)
    return quantity


def _table(rows: list[Claim]) -> str:
    head = "| What the review says | Status | What to teach instead | Source |\n|---|---|---|---|"
    return "\n".join([head, *(f"| {' | '.join(_table_cells(row))} |" for row in rows)])


def _table_cells(row: Claim) -> tuple[str, str, str, str]:
    says = _escape(row.claim) if row.origin == "review" else f"*Not in the review:* {_escape(row.claim)}"
    return says, BADGES[row.status], _to_teach(_quantity(row), _escape(_words(row))) or "–", _source(row)


def _words(row: Claim) -> str:
    """The words beside the value to teach; where there is neither note nor value, what the source says."""
    return row.note or ("" if row.teach_value is not None else row.primary_value)


def _to_teach(quantity: str, words: str) -> str:
    teach = ". ".join(part.rstrip(".") for part in (quantity, words) if part)
    return f"{teach}." if teach and teach[-1] not in "?!" else teach


def _source(row: Claim) -> str:
    named = _escape(row.primary_source)
    linked = [reference for reference in row.sources if reference.doi_url]
    links = ", ".join(f"[doi:{_escape(reference.doi)}]({reference.doi_url})" for reference in linked)
    if links:
        return f"{named}, {links}"
    if not row.sources:
        return named
    abstract = _ABSTRACT.search(row.source_url)
    return f"{named} ({f'[abstract]({abstract[0]}), ' if abstract else ''}DOI to be confirmed)"


def _quantity(row: Claim, remarks: tuple[str, ...] = ()) -> str:
    """Return `**60 min** (range 40–90; ≈ imprecise)` for Markdown; empty when there is no value to teach."""
    amount, aside = _amount(row)
    if not amount:
        return ""
    details = "; ".join(detail for detail in (_escape(aside), *remarks) if detail)
    return f"**{_escape(amount)}**" + (f" ({details})" if details else "")


def _amount(row: Claim) -> tuple[str, str]:
    """Return ("60 min", "range 40–90") or, for a unit that names a measure, ("odds ratio 1.91", "adjusted")."""
    if row.teach_value is None:
        return "", ""
    unit, remark = row.teach_unit, ""
    if match := _UNIT_WITH_REMARK.fullmatch(unit):
        unit, remark = match[1], match[2]
    number = _plain(row.teach_value)
    amount = f"{unit} {number}" if unit in MEASURES else f"{number} {unit}"
    return amount, "; ".join(detail for detail in (remark, _range(row)) if detail)


def _range(row: Claim) -> str:
    low, high = row.teach_low, row.teach_high
    if low is None or high is None or low == high:
        return ""
    dash = " to " if min(low, high) < 0 else "–"
    return f"range {_plain(low)}{dash}{_plain(high)}"


def _plain(number: float) -> str:
    text = str(int(number)) if number.is_integer() else repr(number)
    return text.replace("-", "−")


def _escape(text: str) -> str:
    """Make ledger text safe inside a Markdown table cell: no cell ends, no HTML, no emphasis, no formula."""
    text = re.sub(r"([\\|*$`])", r"\\\1", " ".join(text.split()))
    return text.replace("<", "&lt;").replace(">", "&gt;")
