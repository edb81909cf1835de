"""The questions of the memory part, and the shape every answer to them has.

One table for all engines: what an answer looks like is decided here, so that a difference between two
engines is a difference in figures, never in layout.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

Value = int | float | str | None
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Question:
    """What is asked: `keys` lead each row, then `exact` integers or `close` numbers in the order of `values`."""

    name: str
    meaning: str
    keys: tuple[str, ...]
    values: tuple[str, ...] = ("n", "total")
    exact: frozenset[str] = frozenset({"n", "total", "min", "max"})
    ranked: bool = False  # the rows have an order of their own; otherwise they ascend by their keys


QUESTIONS: Final = (
    Question("aht-by-tag", "AHT by tag, all rows", ("tag",)),
    Question("aht-by-tag-one-month-one-channel", "AHT by tag, one month, one channel", ("tag",)),
    Question("spread-by-tag", "n, mean, min, max, sd by tag", ("tag",), ("n", "mean", "min", "max", "sd")),
    Question("quantiles-by-tag", "exact p50, p90, p95, p99 by tag", ("tag",), ("p50", "p90", "p95", "p99")),
    Question("aht-by-tag-month", "AHT by tag and month", ("tag", "month")),
    Question(
        "aht-by-tag-weekday-hour-paris",
        "AHT by tag, weekday, hour, Europe/Paris",
        ("tag", "weekday", "hour"),
    ),
    Question("aht-by-tags-list", "AHT by tag, 1-3 tags a contact", ("tag",)),
    Question("aht-by-agent-tag", "AHT by agent and tag, 30,000 rows", ("agent", "tag")),
    Question(
        "aht-by-agent-tag-large",
        "AHT by agent and tag, 5,000,000 groups, the greatest 100",
        ("agent", "tag"),
        ranked=True,
    ),
    Question("filtered-by-category", "AHT by category, five conditions", ("category",)),
    Question("conversations-by-tag", "mean of a conversation's sum, by tag", ("tag",), ("n", "mean")),
)
BY_NAME: Final = {question.name: question for question in QUESTIONS}


def canonical(question: Question, rows: Iterable[Sequence[object]]) -> list[Row]:
    """A peer's rows in the shape of `question`, whatever its own types and order.

    A month may come as year * 12 + month - 1.
    """
    found = [tuple(_plain(value) for value in _spliced(row)) for row in rows]
    if "month" in question.keys:
        place = question.keys.index("month")
        found = [(*row[:place], _month(row[place]), *row[place + 1 :]) for row in found]
    if not question.ranked:
        found.sort(key=lambda row: row[: len(question.keys)])
    return with_values(question, found)


def with_values(question: Question, rows: Iterable[Row]) -> list[Row]:
    """The rows with at least one value.

    Engines differ on whether a group of missing values only is a row, and no figure depends on it.
    """
    empty = (None, 0) if question.values[0] == "n" else (None,)
    return [row for row in rows if row[len(question.keys)] not in empty]


def _spliced(row: Sequence[object]) -> Iterable[object]:
    """A row with its lists opened: some engines give several quantiles as one list."""
    for value in row:
        if isinstance(value, list | tuple):
            yield from value
        else:
            yield value


def _plain(value: object) -> Value:
    """Sums wider than 64 bits come as Decimal; a deviation over one value as NaN or null."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float) and math.isnan(value):
        return None
    if value is None or isinstance(value, int | float | str):
        return value
    raise TypeError(f"{value!r} is no key or figure")


def _month(value: Value) -> Value:
    return f"{value // 12}-{value % 12 + 1:02}" if isinstance(value, int) else value
