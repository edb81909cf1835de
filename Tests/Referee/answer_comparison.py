"""Compares an answer in CSV with the expected one."""

import csv
import io
import math
import re
from fractions import Fraction
from typing import Final

from expected_answers import Answer, Key, Query
from measure_formulas import Figure

TOLERANCE: Final = 1e-9
# Their last bits depend on the order of operations, so that equal ones may come in either order.
ROUNDED: Final = re.compile(r"(first_reply_)?p\d\d.*|median|sd|sd_pop")
Record = list[str]
Labels = tuple[str, ...]


def figure_of(field: str) -> int | float | None:
    return None if not field else int(field) if field.isdigit() else float(field)


def near(expected: Figure, found: int | float | None, scale: Figure) -> bool:
    """Whether a figure is the expected one: whole numbers exactly, others up to a share of their size or of `scale`."""
    if expected is None or found is None:
        return expected is found is None
    if isinstance(expected, int):
        return expected == found
    return math.isclose(expected, found, rel_tol=TOLERANCE, abs_tol=TOLERANCE * abs(scale or 0))


def scales(query: Query, figures: list[Figure]) -> list[Figure]:
    """What differences are measured by: an end of a mean's interval may be small by cancellation."""
    columns = query.header[len(query.by) :]
    ends = [abs(f) for c, f in zip(columns, figures) if c in ("ci95_low", "ci95_high") and f is not None]
    return [max(ends, default=0) if column.startswith("ci95") else figure for column, figure in zip(columns, figures)]


def row_differences(query: Query, labels: str, expected: list[Figure], fields: Record) -> list[str]:
    found, columns = [], query.header[len(query.by) :]
    for column, figure, scale, field in zip(columns, expected, scales(query, expected), fields, strict=True):
        try:
            same = near(figure, figure_of(field), scale)
        except ValueError:
            same = False
        if not same:
            wanted = figure if not isinstance(figure, Fraction) else float(figure)
            found.append(f"row {labels}, {column}: expected {wanted!r}, got {field!r}")
    return found


def text_of(key: Key) -> Labels:
    return tuple("" if label is None else str(label) for label in key)


def differences(query: Query, expected: Answer, text: str) -> list[str]:
    """What is wrong with an answer in CSV."""
    header, *records = csv.reader(io.StringIO(text), strict=True)
    if header != query.header:
        return [f"header: expected {query.header}, got {header}"]
    found, width = [], len(query.by)
    if query.with_total:
        if not records or records[0][:width] != ["*"] * width:
            return ["the first record is not the total"]
        found += row_differences(query, "*", expected.total, records.pop(0)[width:])
    by_label = {text_of(key): figures for key, figures in expected.rows.items()}
    order = list(by_label)[: query.limit]
    answered = [tuple(record[:width]) for record in records]
    distinct = set(answered)
    if len(distinct) < len(answered):
        found.append("a row comes twice")
    found += [f"row {labels} is not expected" for labels in answered if labels not in by_label]
    found += [f"row {labels} is missing" for labels in order if query.limit is None and labels not in distinct]
    if len(answered) != len(order):
        found.append(f"{len(order)} rows expected, got {len(answered)}")
    for record, labels in zip(records, answered):
        if labels in by_label:
            found += row_differences(query, repr(labels), by_label[labels], record[width:])
    if not found:
        found += order_differences(query, by_label, order, answered)
    return found


def order_differences(
    query: Query, rows: dict[Labels, list[Figure]], expected: list[Labels], answered: list[Labels]
) -> list[str]:
    """The first row out of its place; where a rounded figure sorts, rows with nearly the same one may change places."""
    rounded = query.sort and query.sort[0] not in query.by
    rounded = rounded and (query.tags == "split" or ROUNDED.fullmatch(query.sort[0]))
    for place, (wanted, labels) in enumerate(zip(expected, answered), start=1):
        if wanted == labels:
            continue
        if rounded:
            column = query.column(query.sort[0]) - len(query.by)
            first, second = rows[wanted][column], rows[labels][column]
            if first is not None and second is not None and math.isclose(first, second, rel_tol=1e-12):
                continue
        return [f"order: row {place} should be {wanted}, but is {labels}"]
    return []
