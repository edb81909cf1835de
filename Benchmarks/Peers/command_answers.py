"""The answers of the two command lines in one shape, to be compared before anything is timed."""

import csv
import io
import json
from typing import Final

from questions import Question, Row

BY_TAG: Final = Question("stats --by tag", "", ("tag",), ("contacts", "n", "mean"), frozenset({"contacts", "n"}))
QUANTILES_BY_TAG: Final = Question(
    "stats --by tag, quantiles", "", ("tag",), ("n", "p50", "p90", "p95", "p99"), frozenset({"n"})
)
TOTAL: Final = "*"


def wrapup_rows(question: Question, text: str) -> list[Row]:
    """The columns of `question` out of a report as CSV; the total row, which no peer gives, is left out."""
    found: list[Row] = []
    for record in csv.DictReader(io.StringIO(text)):
        if record["tag"] != TOTAL:
            exact, close = question.exact, float
            figures = tuple((int if name in exact else close)(record[name]) for name in question.values)
            found.append((record["tag"], *figures))
    return sorted(found, key=lambda row: str(row[0]))


def duckdb_rows(text: str) -> list[Row]:
    """The rows of DuckDB's JSON, lists opened."""
    found: list[Row] = []
    for record in json.loads(text):
        row: list[str | int | float | None] = []
        for value in record.values():
            row += value if isinstance(value, list) else [value]
        found.append(tuple(row))
    return sorted(found, key=lambda row: str(row[0]))
