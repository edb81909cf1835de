"""The Markdown of part `process`."""

from markdown import milliseconds, table, times
from process_part import IMPORTS, Compared


def report(compared: list[Compared], rows: int, rounds: int) -> list[str]:
    """One table; a figure of ours that is missing has its reason below."""
    notes: list[str] = []
    body = []
    for one in compared:
        note = ""
        if one.reason:
            notes.append(f"[{len(notes) + 1}] {one.reason}  ")
            note = f" [{len(notes)}]"
        ratio = one.duckdb / one.wrapup if one.wrapup else None
        body.append([one.title, _cell(one.wrapup, one.rows, note), _cell(one.duckdb, one.rows), times(ratio)])
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
        *notes,
        *([""] if notes else []),
    ]


def _cell(seconds: float | None, rows: int | None, note: str = "") -> str:
    speed = f" ({rows / seconds:,.0f} rows/s)" if rows and seconds else ""
    return milliseconds(seconds, note) + speed
