"""pandas' tables as plain data, where a course has pandas: nothing here imports it.

A column of numbers, truth values or dates goes over as its bytes; one of texts or mixed values as a list. What has no
such form (categories, time zones, several levels of index) stays an object of the learner's.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.judge.plain import Packer, Unpacker

_KINDS = ("DataFrame", "Series", "Index", "RangeIndex", "DatetimeIndex", "Timestamp", "Timedelta")
_LISTED = ("object", "str", "string", "boolean", "Int64", "Float64")
"""Types of column that are passed on value by value."""


def is_table(value: object) -> bool:
    """Whether this is one of the objects that are copied (of exactly its type)."""
    kind = type(value)
    return kind.__module__.partition(".")[0] == "pandas" and getattr(_pandas(), kind.__name__, None) is kind


def pack_table(packer: Packer, value: Any) -> Any:
    """The JSON of a table, column, index or moment; a reference where it has no plain form."""
    kind = type(value).__name__
    if kind not in _KINDS:
        return packer.refer(value)
    if kind in ("Timestamp", "Timedelta"):
        return ["pd", kind, packer.pack(value.value)] if getattr(value, "tz", None) is None else packer.refer(value)
    if kind == "RangeIndex":
        return ["pd", kind, packer.many([value.start, value.stop, value.step, value.name])]
    if kind == "DataFrame":
        columns = [_column(packer, value.iloc[:, place]) for place in range(value.shape[1])]
        labels, index = packer.pack(value.columns), packer.pack(value.index)
        plain = all(columns) and all(each[0] == "pd" for each in (labels, index))
        return ["pd", kind, labels, index, columns] if plain else packer.refer(value)
    column = _column(packer, value)
    if column is None:
        return packer.refer(value)
    if kind == "Series":
        index = packer.pack(value.index)
        return ["pd", kind, column, index, packer.pack(value.name)] if index[0] == "pd" else packer.refer(value)
    return ["pd", kind, column, packer.pack(value.name)]


def unpack_table(unpacker: Unpacker, kind: str, *parts: Any) -> Any:
    """The other half of `pack_table`."""
    pandas = _pandas()
    if pandas is None:
        raise ValueError("there is no pandas here")
    match kind, parts:
        case (("Timestamp" | "Timedelta"), [value]):
            return getattr(pandas, kind)(unpacker.unpack(value))
        case "RangeIndex", [list(ends)]:
            *ends, name = unpacker.many(ends)
            return pandas.RangeIndex(*ends, name=name)
        case "DataFrame", [labels, index, list(columns)]:
            rows = unpacker.unpack(index)
            series = [pandas.Series(_values(unpacker, column), index=rows) for column in columns]
            made = pandas.concat(series, axis=1) if series else pandas.DataFrame(index=rows)
            made.columns = unpacker.unpack(labels)
            return made
        case "Series", [column, index, name]:
            return pandas.Series(_values(unpacker, column), index=unpacker.unpack(index), name=unpacker.unpack(name))
        case (("Index" | "DatetimeIndex"), [column, name]):
            return pandas.Index(_values(unpacker, column), name=unpacker.unpack(name))
    raise ValueError("no table")


def is_changeable(value: object) -> bool:
    """Whether this is a table or column, which a function may change in place."""
    return type(value).__name__ in ("DataFrame", "Series") and is_table(value)


def update_table(ours: Any, theirs: Any) -> None:
    """Make our table what the other one is, in place."""
    type(ours).__init__(ours, theirs)


def _pandas() -> Any:
    return sys.modules.get("pandas")


def _column(packer: Packer, values: Any) -> Any:
    """[type, values] of a column; None where it has no plain form."""
    name = str(values.dtype)
    if name in _LISTED:
        return [name, packer.pack([None if _is_missing(each) else each for each in values.tolist()])]
    if getattr(values.dtype, "kind", "O") in "biufcmM" and hasattr(values.dtype, "str"):
        return ["", packer.pack(values.to_numpy())]
    return None


def _is_missing(value: object) -> bool:
    pandas = _pandas()
    return value is pandas.NA or value is pandas.NaT or (isinstance(value, float) and value != value)


def _values(unpacker: Unpacker, column: Any) -> Any:
    name, packed = column
    values = unpacker.unpack(packed)
    return values if name == "" else _pandas().array(values, dtype=_LISTED[_LISTED.index(name)])
