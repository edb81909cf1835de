"""The Markdown of part `memory`."""

import math
from importlib import import_module

from markdown import milliseconds, table, times
from memory_part import LIMIT, WRAPUP, Timings
from serve_engine import ENGINES, TRIALS


def report(measured: list[Timings], rows: int, rounds: int, engines: list[str]) -> list[str]:
    """The table, what it rests on, and every way of asking that was tried."""
    peers = [name for name in engines if name != WRAPUP]
    columns = [WRAPUP, LIMIT, *peers] if WRAPUP in engines else peers
    notes: list[str] = []
    body = []
    ratios = [_ratio(timings, peers) for timings in measured]
    for timings, ratio in zip(measured, ratios, strict=True):
        cells = [timings.question.meaning]
        for name in columns:
            note = ""
            if name in timings.reasons:
                notes.append(f"{name}, {timings.question.name}: {timings.reasons[name]}")
                note = f" [{len(notes)}]"
            cells.append(milliseconds(timings.median(name), note))
        body.append([*cells, times(ratio)])
    known = [math.log(ratio) for ratio in ratios if ratio is not None]
    mean = math.exp(sum(known) / len(known)) if known else None
    body.append(["geometric mean"] + [""] * len(columns) + [times(mean)])
    return [
        "## In memory",
        "",
        f"{rows:,} contacts, medians of {rounds} rounds in ms. All engines have the same contacts in memory and two "
        "threads; in each round one after the other answers, the result materialised. Their answers agree: "
        "integers exactly, other figures to 1e-9. `read limit` is the time to merely read the columns asked for.",
        "",
        *table(["question", *columns, "fastest peer / wrapup"], body),
        "",
        *[f"[{number}] {note}  " for number, note in enumerate(notes, 1)],
        *([""] if notes else []),
        *[f"- {name}: {_representation(name)}" for name in peers],
        "",
        *_chosen(measured),
    ]


def _ratio(timings: Timings, peers: list[str]) -> float | None:
    """How many times as long as Wrapup the fastest peer takes."""
    known = [median for name in peers if (median := timings.median(name)) is not None]
    wrapup = timings.median(WRAPUP)
    return min(known) / wrapup if known and wrapup else None


def _representation(name: str) -> str:
    module, kind = ENGINES[name]
    text: str = getattr(import_module(module), kind).representation
    return text


def _chosen(measured: list[Timings]) -> list[str]:
    title = f"Where a peer may be asked in several ways, the quickest was kept (least of up to {TRIALS + 1} runs each):"
    items = [
        f"- {timings.question.name}, {name}: {text}" for timings in measured for name, text in timings.chosen.items()
    ]
    return [title, "", *items, ""] if items else []
