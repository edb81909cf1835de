"""Markdown tables of milliseconds."""

from collections.abc import Sequence


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """First column to the left, figures to the right."""
    rule = ["---"] + ["---:"] * (len(header) - 1)
    return ["| " + " | ".join(cells) + " |" for cells in (header, rule, *rows)]


def milliseconds(seconds: float | None, note: str = "") -> str:
    """Three digits or so; a dash for what there is no figure of."""
    if seconds is None:
        return f"–{note}"
    number = seconds * 1000
    return f"{number:,.2f}" if number < 1 else f"{number:,.1f}" if number < 100 else f"{number:,.0f}"


def times(ratio: float | None) -> str:
    if ratio is None:
        return "–"
    return f"{ratio:,.2f}×" if ratio < 1 else f"{ratio:,.1f}×" if ratio < 100 else f"{ratio:,.0f}×"
