"""Runs the SQL that `--explain` offers for a query and compares its rows with the answer's."""

import csv
import io
import math
import sqlite3
from pathlib import Path
from typing import Final

from answer_comparison import figure_of, near, text_of

HEADLINE: Final = "SQL for the sqlite3 shell:"
# Functions that the shell has and a library may lack.
FUNCTIONS: Final = {"sqrt": (1, math.sqrt), "floor": (1, math.floor), "ceil": (1, math.ceil), "pow": (2, math.pow)}


def offered_statement(text: str) -> str | None:
    """The SQL from the line after the headline to the end, without commands of the shell itself."""
    lines = text.splitlines()
    places = [place for place, line in enumerate(lines) if line.strip() == HEADLINE]
    if not places:
        return None
    return "\n".join(line for line in lines[places[0] + 1 :] if not line.startswith("."))


def run_statement(store: Path, statement: str) -> tuple[list[str], list[tuple]]:
    """The header and rows of the last query among statements over a store that they cannot change."""
    database = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    for name, (count, function) in FUNCTIONS.items():
        try:
            database.execute(f"SELECT {name}({', '.join('1' * count)})")
        except sqlite3.OperationalError:
            database.create_function(name, count, lambda *v, f=function: None if None in v else f(*v))
    try:
        header, rows, pending = [], [], ""
        for line in [*statement.splitlines(), ";"]:
            pending += line + "\n"
            if sqlite3.complete_statement(pending):
                cursor = database.execute(pending)
                if cursor.description:
                    header, rows = [column[0] for column in cursor.description], cursor.fetchall()
                pending = ""
        return header, rows
    finally:
        database.close()


def explained_differences(store: Path, statement: str, width: int, with_total: bool, text: str) -> list[str]:
    """What differs between the SQL's rows, in any order, and an answer in CSV with `width` columns of labels."""
    wanted_header, *wanted = csv.reader(io.StringIO(text), strict=True)
    try:
        header, rows = run_statement(store, statement)
    except (sqlite3.Error, sqlite3.Warning) as error:
        return [f"the SQL fails: {error}"]
    if header != wanted_header:
        return [f"SQL header: the answer has {wanted_header}, got {header}"]
    found = []
    if with_total and (not rows or list(rows[0][:width]) != ["*"] * width):
        found.append("the first row of the SQL is not the total")
    if len(rows) != len(wanted):
        found.append(f"the SQL gives {len(rows)} rows, the answer {len(wanted)}")
    by_label = {text_of(row[:width]): row[width:] for row in rows}
    for record in wanted:
        labels = tuple(record[:width])
        if labels not in by_label:
            found.append(f"the SQL lacks row {labels}")
            continue
        for column, field, value in zip(header[width:], record[width:], by_label[labels], strict=True):
            figure = figure_of(field)
            answered = None if figure is None else float(figure)
            if not near(answered, value, None):
                found.append(f"row {labels}, {column}: the answer has {field!r}, its SQL gives {value!r}")
    return found
