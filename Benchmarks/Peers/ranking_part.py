"""Part `ranking`: how well and how fast Wrapup, fastText and Vowpal Wabbit rank tags for real texts."""

import gzip
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from fasttext_engine import FastText
from labelled_closes import SETS, Close, LabelledSet, Quality, load, paths
from vowpal_engine import ONLINE_RATE, PASSES, REPEATED_RATE, VowpalWabbit

WRAPUP, FASTTEXT, VOWPAL, REPEATED = RANKERS = (
    "wrapup",
    "fasttext",
    "vowpal wabbit",
    f"vowpal wabbit, {PASSES} passes",
)
SPLIT, PREQUENTIAL = ORDERS = "split", "prequential"
UNKNOWN, KNOWN = CATEGORIES = "unknown", "known"
Result = TypeVar("Result")


@dataclass
class Ranked:
    """How good and how fast one ranker was on one set."""

    figures: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)  # by order and category, in %
    # Seconds, medians of one list of all tags and of one step; None where there are none of its own.
    ranking: float | None = None
    learning: float | None = None
    training: float = 0  # seconds, all train rows


@dataclass(frozen=True)
class Measured:
    """One set, or the reason why it was skipped."""

    name: str
    skipped: str | None = None
    rows: tuple[int, int] = (0, 0)  # learnt, ranked
    tag_count: int = 0
    rankers: dict[str, Ranked] = field(default_factory=dict)


def measure(wrapup: Path, folder: Path, data: Path) -> list[Measured]:
    """Goes through the sets one after the other, on each through the rankers."""
    return [_measure(wrapup, folder, data, name) for name in SETS]


def _measure(wrapup: Path, folder: Path, data: Path, name: str) -> Measured:
    if missing := [path.name for path in paths(data, name) if not path.exists()]:
        return _said(Measured(name, f"no {' and no '.join(missing)} in the folder of the data sets (--data)"))
    labelled = load(data, name)
    rankers = {
        WRAPUP: _wrapup(wrapup, folder, data, name),
        FASTTEXT: _fasttext(labelled, folder),
        VOWPAL: _vowpal(labelled, ORDERS, ONLINE_RATE),
        REPEATED: _vowpal(labelled, (SPLIT,), REPEATED_RATE, PASSES),
    }
    tests = sum(close.is_test for close in labelled.closes)
    return _said(Measured(name, None, (len(labelled.closes) - tests, tests), labelled.tag_count, rankers))


def _wrapup(wrapup: Path, folder: Path, data: Path, name: str) -> Ranked:
    """`wrapup evaluate` judges and times itself."""
    closes, mapping = paths(data, name)
    rows = folder / f"{name}.jsonl"
    rows.write_bytes(gzip.decompress(closes.read_bytes()))
    found = Ranked()
    for order in ORDERS:
        for category in CATEGORIES:
            command = [str(wrapup), "evaluate", str(rows), "--mapping", str(mapping), "--protocol", order]
            command += ["--category", category, "--format", "json"]
            run = partial(subprocess.run, command, stdout=subprocess.PIPE, text=True, check=True)
            seconds, done = _timed(run)
            answer: dict[str, Any] = json.loads(done.stdout)
            found.figures[order, category] = 100 * answer["hit1"], 100 * answer["ndcg5"]
            if (order, category) == (SPLIT, UNKNOWN):
                found.ranking, found.learning = (
                    answer[f"{step}_us"]["median"] / 1_000_000 for step in ("ranking", "learning")
                )
                # The whole process: many steps take far longer than the median, and it reports no sum.
                found.training = seconds
    return found


def _fasttext(labelled: LabelledSet, folder: Path) -> Ranked:
    """The split only."""
    prepared = [(FastText.prepared(close), close) for close in labelled.closes]
    engine = FastText(labelled.tag_count, folder)
    engine.write([one for one in prepared if not one[1].is_test])
    found = Ranked(training=_timed(engine.learn)[0])
    judged = _Judged(labelled)
    for text, close in prepared:
        if close.is_test:
            judged.take(close, *_timed(partial(engine.ranked, text)))
    found.ranking = statistics.median(judged.times)
    found.figures |= judged.figures(SPLIT)
    return found


def _vowpal(labelled: LabelledSet, orders: Iterable[str], rate: float, passes: int = 1) -> Ranked:
    """Each order with a new model; the times are those of the split."""
    prepared = [(VowpalWabbit.prepared(close), close) for close in labelled.closes]
    found = Ranked()
    for order in orders:
        engine, judged = VowpalWabbit(labelled.tag_count, rate), _Judged(labelled)
        learning: list[float] = []
        for text, close, is_ranked in _steps(prepared, order, passes):
            if is_ranked:
                judged.take(close, *_timed(partial(engine.ranked, text)))
            else:
                learning.append(_timed(partial(engine.learn, text, close.tags))[0])
        engine.close()
        found.figures |= judged.figures(order)
        if order == SPLIT:
            found.training = sum(learning)
            if passes == 1:
                found.ranking, found.learning = statistics.median(judged.times), statistics.median(learning)
    return found


def _steps(prepared: list[tuple[str, Close]], order: str, passes: int) -> Iterable[tuple[str, Close, bool]]:
    """Text, close, and whether it is ranked now rather than learnt."""
    if order == PREQUENTIAL:
        for text, close in prepared:
            yield from ((text, close, True), (text, close, False))
    else:
        train = [(text, close, False) for text, close in prepared if not close.is_test]
        yield from train * passes
        yield from ((text, close, True) for text, close in prepared if close.is_test)


class _Judged:
    """Lists of all tags, judged as they are and cut to what is mapped to the category."""

    def __init__(self, labelled: LabelledSet) -> None:
        self.mapped = labelled.mapped
        self.quality = {category: Quality() for category in CATEGORIES}
        self.times: list[float] = []

    def take(self, close: Close, seconds: float, ranked: list[int]) -> None:
        self.times.append(seconds)
        mapped = self.mapped[close.category]
        self.quality[UNKNOWN].judge(ranked, close.tags)
        self.quality[KNOWN].judge([tag for tag in ranked if tag in mapped], close.tags)

    def figures(self, order: str) -> dict[tuple[str, str], tuple[float, float]]:
        return {(order, category): quality.figures for category, quality in self.quality.items()}


def _timed(step: Callable[[], Result]) -> tuple[float, Result]:
    start = time.perf_counter()
    result = step()
    return time.perf_counter() - start, result


def _said(measured: Measured) -> Measured:
    seen = measured.skipped and f"skipped: {measured.skipped}"
    if not seen:
        split = {name: ranker.figures[SPLIT, UNKNOWN][0] for name, ranker in measured.rankers.items()}
        seen = "hit@1 of the split, category unknown: " + ", ".join(f"{name} {hit:.1f}" for name, hit in split.items())
    print(f"{measured.name}, {seen}", file=sys.stderr)
    return measured
