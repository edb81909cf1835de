"""The Markdown of part `ranking`."""

from collections.abc import Callable, Iterator
from importlib.metadata import version
from operator import attrgetter
from typing import Final

from fasttext_engine import FastText
from markdown import table
from ranking_part import CATEGORIES, FASTTEXT, ORDERS, RANKERS, VOWPAL, Measured, Ranked
from vowpal_engine import ONLINE_RATE, PASSES, REPEATED_RATE, VowpalWabbit

# Title, what it is of a ranker in seconds, units in a second.
TIMED: Final[tuple[tuple[str, Callable[[Ranked], float | None], int], ...]] = (
    ("ranking one, µs", attrgetter("ranking"), 1_000_000),
    ("learning one, µs", attrgetter("learning"), 1_000_000),
    ("learning all, s", attrgetter("training"), 1),
)


def report(measured: list[Measured]) -> list[str]:
    """Figures, times, and what both rest on."""
    done = [one for one in measured if one.skipped is None]
    missing = [f"- {one.name} was skipped: {one.skipped}" for one in measured if one.skipped is not None]
    lines = ["## Ranking", "", *missing, *([""] if missing else [])]
    if not done:
        return lines
    sizes = "; ".join(f"{one.name} {one.rows[0]:,} + {one.rows[1]:,}, {one.tag_count}" for one in done)
    return [
        *lines,
        "hit@1/nDCG@5 in %. `split`: the train rows are learnt, then the test rows ranked by the model as it is. "
        "`prequential`: each row is ranked, then learnt; fastText learns in batches and can't. `unknown`: all tags are "
        "ranked from the text alone. `known`: the tags mapped to the category, from fastText and Vowpal Wabbit those "
        "of the list of all tags (to be told the category as a word gave them no better one). Train and test rows, and "
        f"tags: {sizes}.",
        "",
        *table(["protocol, category, set", *RANKERS], list(_figures(done))),
        "",
        "Times of the split with the category unknown, one row after the other in one thread. One: medians in µs. "
        "Ranking goes from a text to the list of all tags. Wrapup times itself and takes the text as it is. The others "
        "are called from Python and are given words in lower case, Vowpal Wabbit also the n-grams of their characters; "
        "neither preparation is timed. All: the train rows in seconds. fastText reads its file and goes through it "
        "as often as its settings say, Vowpal Wabbit has the sum of its steps, and Wrapup the whole process, which "
        "also reads the file, and ranks and judges the test rows.",
        "",
        *table(["time, set", *RANKERS], list(_times(done))),
        "",
        f"- {FASTTEXT} {version('fasttext-wheel')}: {FastText.settings}",
        f"- {VOWPAL} {version('vowpalwabbit')}: {VowpalWabbit.settings}, -l {ONLINE_RATE} in one pass and "
        f"{REPEATED_RATE} in {PASSES}; words, and n-grams of 3 and 4 characters in `<word>`",
        "",
        "Each peer has one setting for all sets, chosen by its scores on the rows judged here, which favours it. A "
        "step of Wrapup also learns some earlier closes again, one of Vowpal Wabbit does not; so the latter is there "
        f"with {PASSES} passes over the train rows too, as one batch; a single step or list takes it as long.",
        "",
    ]


def _figures(done: list[Measured]) -> Iterator[list[str]]:
    """A row for each set, and a mean, by protocol."""
    for protocol in [(order, category) for order in ORDERS for category in CATEGORIES]:
        title = ", ".join(protocol)
        found = [[one.rankers[name].figures.get(protocol) for name in RANKERS] for one in done]
        for one, cells in zip(done, found, strict=True):
            yield [f"{title}, {one.name}", *map(_figure, cells)]
        yield [f"{title}, mean", *(_figure(_mean(list(column))) for column in zip(*found, strict=True))]


def _mean(cells: list[tuple[float, float] | None]) -> tuple[float, float] | None:
    known = [cell for cell in cells if cell is not None]
    hits, gains = ([cell[part] for cell in known] for part in (0, 1))
    return (sum(hits) / len(known), sum(gains) / len(known)) if known else None


def _figure(cell: tuple[float, float] | None) -> str:
    return "–" if cell is None else f"{cell[0]:.1f}/{cell[1]:.1f}"


def _times(done: list[Measured]) -> Iterator[list[str]]:
    """A row for each set by what was timed."""
    for title, seconds, factor in TIMED:
        for one in done:
            found = [seconds(one.rankers[name]) for name in RANKERS]
            yield [f"{title}, {one.name}", *("–" if cell is None else _number(cell * factor) for cell in found)]


def _number(value: float) -> str:
    return f"{value:,.2f}" if value < 10 else f"{value:,.1f}" if value < 100 else f"{value:,.0f}"
