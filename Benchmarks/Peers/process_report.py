"""The Markdown of part `process`."""

from markdown import milliseconds, table, times
from process_part import IMPORTS, Compared


def report(compared: list[Compared], rows: int, rounds: int) -> list[str]:
    """One table."""
    body = [
        [one.title, _cell(one.wrapup, one.rows), _cell(one.duckdb, one.rows), times(one.duckdb / one.wrapup)]
        for one in compared
    ]
    return [
        "## Whole processes",
        "",
        f"{rows:,} generated contacts in a CSV; medians of {rounds} runs in ms, {min(rounds, IMPORTS)} of the import; "
        "the commands alternate, and their answers agree. `wrapup` gives its usual columns (contacts, n, missing, two "
        "means, total, a total row), the duckdb command line contacts, n and mean from a database file of its own "
        "with the tags as a list, or from `read_csv` with all types given.",
        "",
        *table(["command", "wrapup", "duckdb", "duckdb / wrapup"], body),
        "",
    ]


def _cell(seconds: float, rows: int | None) -> str:
    speed = f" ({rows / seconds:,.0f} rows/s)" if rows else ""
    return milliseconds(seconds) + speed
