"""Writes true confidence intervals and true engaged times: SciPy's answers, each checked a second way.

Usage: python3 Tests/Referee/intervals.py [--check]

Without an option the files are written to Fixtures/intervals.truth; with --check they are compared
with those there, whole numbers exactly and decimals within 1e-12, and the exit status is 1 when
they differ. All of them are CSV with a header. An empty cell is an undefined figure.

t.csv           degrees, t: P(T <= t) = 0.975 for Student's T.
values.csv      set, value, count: three sets of whole seconds, small, medium and large, each value
                once with how often it is there.
means.csv       set, n, sum, squares, mean, sd (over n - 1), sd_pop (over n), low, high: the 95%
                interval of the mean by Student's t. Besides the sets of values.csv, sums whose
                n * squares or sum * sum needs more than 64, 96 or 128 bits.
quantiles.csv   set, permille, low, high: the values that bound the quantile with 95% confidence.
ranks.csv       n, permille, low, high: their 0-based ranks among n values.
rank_steps.csv  permille, bound, steps: low + 1 (0 where undefined) or high (n where undefined), for
                n = 1 to the length of steps, from 0 on: character n is what n values have more than
                n - 1 values, 0 or 1.
engaged.csv     set, agent, start, end: contacts as [start, end) in seconds since 1970, in no order.
                In `quiet` few overlap, in `busy` most do; `ties` lies around 1970 and is full of
                equal, touching, nested and empty ones.
engaged_union.csv  set, agent, union_seconds: for how long at least one of an agent's was open.

Needs the packages of requirements.txt.
"""

import argparse
import csv
import io
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import numpy
from scipy import special, stats

TRUTH = Path(__file__).resolve().parents[2] / "Fixtures" / "intervals.truth"
TOLERANCE = 1e-12
CONFIDENCE = 0.95
TAIL = (1 - CONFIDENCE) / 2

PERMILLES = (1, 5, 10, 25, 50, 100, 250, 500, 750, 900, 950, 975, 990, 999)
SIZES = (
    0, 1, 2, 3, 5, 6, 10, 15, 20, 36, 37, 72, 73, 100, 129, 500, 1000, 5000, 20_000, 100_000, 1_234_567,
    100_000_000,
)
STEP_PERMILLES, STEPS = (1, 500, 999), 2000
DEGREES = (
    *range(1, 301), *range(350, 651, 25), 499, 501, 999, 1000, 4999, 10_000, 65_535, 100_000, 10**6, 10**7,
    10**8, 10**9,
)
EXACT_SIZES = range(1, 41)

Cell = str | int | float | None
Row = tuple[Cell, ...]


class Generator:
    """SplitMix64 (Steele, Lea and Flood 2014): the same numbers in every version of Python."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def next(self) -> int:
        self.state = (self.state + 0x9E3779B97F4A7C15) % 2**64
        mixed = self.state
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB % 2**64
        return mixed ^ (mixed >> 31)

    def below(self, bound: int) -> int:
        """A whole number in 0..<bound."""
        return self.next() * bound >> 64

    def normal(self) -> float:
        """About standard normal: twelve uniform numbers less six."""
        return sum(self.next() >> 11 for _ in range(12)) / 2**53 - 6

    def lognormal(self, middle: float, spread: float) -> float:
        return middle * math.exp(spread * self.normal())


def value_sets() -> dict[str, list[int]]:
    """Whole seconds: few and skewed; log-normal; many, in steps of 15 s and never above 6,000 s."""
    generator = Generator(seed=95)
    return {
        "small": [int(generator.lognormal(60, 1.4)) for _ in range(15)],
        "medium": [int(generator.lognormal(400, 1.0)) for _ in range(500)],
        "large": [min(int(generator.lognormal(300, 0.8) / 15) * 15, 6000) for _ in range(50_000)],
    }


def huge_sets() -> dict[str, Counter[int]]:
    """Sets too large to write down, as how often each value is there."""
    return {
        "none": Counter(),
        "one": Counter({7: 1}),
        "two": Counter({0: 1, 1: 1}),
        "equal": Counter({2**40: 2**24 - 1}),
        "nearly_equal": Counter({2**40: 2**23, 2**40 - 1: 2**23 - 1}),
        "beyond_64_bits": Counter({2**20: 2**14, 0: 2**14}),
        "beyond_96_bits": Counter({2**32 - 2: 2**20, 17: 2**19}),
        "at_128_bits": Counter({2**40: 2**24 - 1, 2: 1}),
        "beyond_128_bits": Counter({2**40: 2**23, 1: 2**32}),
        "far_beyond_128_bits": Counter({2**40: 2**10, 0: 2**61}),
    }


def same(left: Cell, right: Cell) -> bool:
    """Whether two cells hold the same text, whole number, undefined figure, or nearly the same decimal."""
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=TOLERANCE, abs_tol=0.0)
    return type(left) is type(right) and left == right


def demand(condition: bool, what: str) -> None:
    """Ends the script where two derivations differ."""
    if not condition:
        sys.exit(f"The two derivations differ: {what}")


def student(degrees: int) -> float:
    """The t quantile of 0.975; for few degrees also from the incomplete beta function."""
    t = float(stats.t.isf(TAIL, degrees))
    if degrees <= 300:
        other = math.sqrt(degrees * (1 / special.betaincinv(degrees / 2, 0.5, 2 * TAIL) - 1))
        demand(math.isclose(t, other, rel_tol=1e-11), f"t for {degrees} degrees")
    return t


def mean_row(name: str, counts: Counter[int]) -> Row:
    """A row of means.csv, from exact sums and sixty decimal places."""
    n = counts.total()
    total = sum(value * count for value, count in counts.items())
    squares = sum(value * value * count for value, count in counts.items())
    if n == 0:
        return (name, n, total, squares, None, None, None, None, None)
    with localcontext(prec=60):
        spread = Decimal(n * squares - total * total)
        mean, population = Decimal(total) / n, spread.sqrt() / n
        if n == 1:
            return (name, n, total, squares, float(mean), None, float(population), None, None)
        sample = (spread / (Decimal(n) * (n - 1))).sqrt()
        reach = Decimal(student(n - 1)) * sample / Decimal(n).sqrt()
        figures = [float(figure) for figure in (mean, sample, population, mean - reach, mean + reach)]
    return (name, n, total, squares, *figures)


def checked_mean_row(name: str, values: list[int]) -> Row:
    """A row of means.csv that SciPy agrees with, which adds doubles."""
    row = mean_row(name, Counter(values))
    interval = stats.ttest_1samp(values, 0).confidence_interval(CONFIDENCE)
    figures = (numpy.mean(values), numpy.std(values, ddof=1), numpy.std(values), interval.low, interval.high)
    for ours, other in zip(row[4:], figures, strict=True):
        demand(math.isclose(ours, float(other), rel_tol=1e-11), f"the mean of {name}")
    return row


def exact_ranks(n: int, permille: int) -> tuple[int | None, int | None]:
    """The ranks by fractions and the definition."""
    q, tail = Fraction(permille, 1000), Fraction(1, 40)
    below, low, high = Fraction(0), None, None
    for k in range(n + 1):
        below += math.comb(n, k) * q**k * (1 - q) ** (n - k)
        low = k if low is None and below >= tail else low
        high = k if high is None and 1 - below <= tail else high
    return (low - 1 if low else None), (high if high < n else None)


def ranks(n: int, permille: int) -> tuple[int | None, int | None]:
    """The ranks as `quantile_test(...).confidence_interval(0.95)` takes them."""
    if n == 0:
        return None, None
    binomial = stats.binom(n, permille / 1000)
    low, high = int(binomial.ppf(TAIL)) - 1, int(binomial.isf(TAIL))
    found = low if low >= 0 else None, high if high < n else None
    if n in EXACT_SIZES:
        demand(found == exact_ranks(n, permille), f"ranks for {n} values and {permille} permille")
    return found


def rank_rows() -> Iterator[Row]:
    """A grid, then sizes and quantiles at random, small sizes as often as large ones."""
    generator = Generator(seed=25)
    cases = [(n, permille) for n in SIZES for permille in PERMILLES]
    for _ in range(250):
        cases.append((generator.below(10 ** (1 + generator.below(8))) + 1, generator.below(999) + 1))
    for n, permille in cases:
        yield (n, permille, *ranks(n, permille))


def step_rows() -> Iterator[Row]:
    sizes = numpy.arange(0, STEPS + 1)
    for permille in STEP_PERMILLES:
        binomial = stats.binom(sizes, permille / 1000)
        for bound, found in (("low", binomial.ppf(TAIL)), ("high", binomial.isf(TAIL))):
            steps = numpy.diff(found).astype(int)
            demand(set(steps) <= {0, 1}, f"{bound} ranks of {permille} permille")
            yield (permille, bound, "".join(map(str, steps)))


def quantile_row(name: str, values: list[int], permille: int) -> Row:
    """A row of quantiles.csv, which the ranks agree with."""
    interval = stats.quantile_test(values, p=permille / 1000).confidence_interval(CONFIDENCE)
    found = [None if math.isnan(limit) else int(limit) for limit in (interval.low, interval.high)]
    ordered = sorted(values)
    taken = [None if rank is None else ordered[rank] for rank in ranks(len(values), permille)]
    demand(found == taken, f"{permille} permille of {name}")
    return (name, permille, *found)


def contacts() -> dict[str, list[tuple[str, int, int]]]:
    """The rows of engaged.csv by set: agent, start, end."""
    generator = Generator(seed=1970)
    noon = 1_456_747_200
    found: dict[str, list[tuple[str, int, int]]] = {"quiet": [], "busy": [], "ties": []}
    for _ in range(90):
        start = noon + generator.below(5 * 86_400)
        found["quiet"].append((f"q{generator.below(4)}", start, start + int(generator.lognormal(900, 1.2))))
    for _ in range(140):
        start = noon + generator.below(3 * 3600)
        found["busy"].append((f"b{generator.below(5)}", start, start + int(generator.lognormal(600, 0.7))))
    for _ in range(90):
        start = 60 * generator.below(100) - 3000
        length = (0, 0, 1, 60, 60, 60, 120, 180, 600)[generator.below(9)]
        found["ties"].append((f"t{generator.below(6)}", start, start + length))
    found["ties"] += [("empty", -60, -60), ("empty", 0, 0), ("single", -1, 1)]
    return found


def union_seconds(intervals: Iterable[tuple[int, int]]) -> int:
    """How many seconds at least one of some [start, end) covers, walking over them by start."""
    covered, reached = 0, -math.inf
    for start, end in sorted(intervals):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    return int(covered)


def marked_seconds(intervals: list[tuple[int, int]]) -> int:
    """The same by marking each second in an array."""
    first, last = min(start for start, _ in intervals), max(end for _, end in intervals)
    marks = numpy.zeros(last - first, dtype=bool)
    for start, end in intervals:
        marks[start - first : end - first] = True
    return int(marks.sum())


def union_rows(name: str, rows: list[tuple[str, int, int]]) -> Iterator[Row]:
    for agent in sorted({agent for agent, _, _ in rows}):
        intervals = [(start, end) for other, start, end in rows if other == agent]
        covered = union_seconds(intervals)
        demand(covered == marked_seconds(intervals), f"engaged time of {agent} in {name}")
        yield (name, agent, covered)


def files() -> dict[str, list[Row]]:
    """Every file of the truth, by name, header first."""
    values, engaged = value_sets(), contacts()
    means = [checked_mean_row(name, numbers) for name, numbers in values.items()]
    means += [mean_row(name, counts) for name, counts in huge_sets().items()]
    return {
        "t.csv": [("degrees", "t"), *((degrees, student(degrees)) for degrees in sorted(set(DEGREES)))],
        "values.csv": [
            ("set", "value", "count"),
            *((name, *pair) for name, numbers in values.items() for pair in sorted(Counter(numbers).items())),
        ],
        "means.csv": [("set", "n", "sum", "squares", "mean", "sd", "sd_pop", "low", "high"), *means],
        "quantiles.csv": [
            ("set", "permille", "low", "high"),
            *(quantile_row(name, numbers, permille) for name, numbers in values.items() for permille in PERMILLES),
        ],
        "ranks.csv": [("n", "permille", "low", "high"), *rank_rows()],
        "rank_steps.csv": [("permille", "bound", "steps"), *step_rows()],
        "engaged.csv": [
            ("set", "agent", "start", "end"),
            *((name, *row) for name, rows in engaged.items() for row in rows),
        ],
        "engaged_union.csv": [
            ("set", "agent", "union_seconds"),
            *(row for name, rows in engaged.items() for row in union_rows(name, rows)),
        ],
    }


def text(rows: list[Row]) -> str:
    """Rows as CSV: a whole number plainly, a decimal in full, nothing for none."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(
        ["" if value is None else value if isinstance(value, str) else repr(value) for value in row] for row in rows
    )
    return written.getvalue()


def read(written: str, like: list[Row]) -> list[Row]:
    """The cells of a CSV, a decimal wherever one is expected."""
    rows = list(csv.reader(io.StringIO(written)))
    if [len(row) for row in rows] != [len(row) for row in like]:
        return []
    return [tuple(map(cell, row, models)) for row, models in zip(rows, like)]


def cell(written: str, like: Cell) -> Cell:
    """What a field says, where a cell of some type is expected."""
    if written == "":
        return None
    return float(written) if isinstance(like, float) else int(written) if isinstance(like, int) else written


def agrees(path: Path, expected: list[Row]) -> bool:
    """Whether a file holds the rows expected of it."""
    there = read(path.read_text(encoding="utf-8"), expected) if path.exists() else []
    return len(there) == len(expected) and all(
        same(left, right) for ours, theirs in zip(there, expected) for left, right in zip(ours, theirs, strict=True)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes or checks true confidence intervals and engaged times.")
    parser.add_argument("--check", action="store_true", help="compare with the files that are there")
    check = parser.parse_args().check
    truth = files()
    if not check:
        TRUTH.mkdir(exist_ok=True)
        for name, rows in truth.items():
            (TRUTH / name).write_text(text(rows), encoding="utf-8", newline="\n")
        return
    there = {path.name for path in TRUTH.glob("*.csv")}
    wrong = sorted(name for name in truth.keys() | there if name not in truth or not agrees(TRUTH / name, truth[name]))
    if wrong:
        sys.exit("Different from what is true: " + ", ".join(wrong))
    print(f"{len(truth)} files agree.")


if __name__ == "__main__":
    main()
