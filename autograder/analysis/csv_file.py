"""The report as a table: one row per item, numbers as numbers (a point for decimals, shares from 0 to 1)."""

import csv
import io
from typing import Any

from autograder.analysis.advice import Advice, in_order
from autograder.analysis.analyse import Analysis, ItemResult
from autograder.analysis.statistics import Estimate

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula."""


def render(analysis: Analysis) -> str:
    """The CSV text, items in the order of the report; empty cells where there is no number."""
    rows = [_row(result, advice) for result, advice in in_order(analysis.items)]
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, list(rows[0]) if rows else ["notebook", "item"], lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue()


def _row(result: ItemResult, advice: Advice) -> dict[str, Any]:
    notebook, item = result.item.key
    return {
        "notebook": _text(notebook),
        "item": _text(item),
        "title": _text(result.item.title),
        "points": f"{result.item.points:g}",
        "students": result.students,
        "marked": result.n,
        "not_answered": result.blank,
        "waiting": result.waiting,
        "stopped": result.stopped,
        "not_judged_with_it": result.absent,
        **_estimate("share_earned", result.difficulty),
        **_estimate("item_rest_r", result.item_rest),
        "weakest_third": _number(result.weakest),
        "strongest_third": _number(result.strongest),
        "in_alpha": "yes" if result.in_total else "no",
        "alpha_without": _number(result.alpha_without),
        "key": _text(result.item.choice.right if result.item.choice else ""),
        "letters": _text("; ".join(f"{option.letter}: {option.count}" for option in result.options)),
        "misconceptions": _text("; ".join(f"{named.id}: {named.count}" for named in result.named)),
        "unnamed_mistakes": result.unnamed,
        "verdict": advice.level,
        "in_words": _text(" ".join([advice.headline, *advice.remarks])),
    }


def _estimate(name: str, estimate: Estimate | None) -> dict[str, str]:
    values = (None,) * 3 if estimate is None else (estimate.value, estimate.low, estimate.high)
    return {f"{name}{end}": _number(value) for end, value in zip(("", "_low", "_high"), values, strict=True)}


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _text(text: str) -> str:
    """Text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
