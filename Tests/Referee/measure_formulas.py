"""The figure of every measure from what was gathered of one row of an answer, in exact numbers where there are any.

A figure is an int where the measure is a whole number, a Fraction where it is a quotient, a float where it is
irrational, and None where it is undefined.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Final

Figure = int | Fraction | float | None

TAIL: Final = Fraction(1, 40)  # what a 95 % interval leaves out at either end
QUANTILE: Final = re.compile(r"p(\d\d(?:\.\d)?)")
REPLY_QUANTILE: Final = re.compile(r"first_reply_p(\d\d)")
QUANTILE_INTERVAL: Final = re.compile(r"p(\d\d)_ci95")
PARTS: Final = ("talk", "hold", "wrapup")
SCORES: Final = ("rating", "csat", "network_quality", "product_quality")


@dataclass
class Gathered:
    """What the measures of one row need; durations in seconds, lists in ascending order."""

    contacts: int = 0
    handled: int = 0
    conversations: int = 0
    n_contact: int = 0  # contacts with a value, and its sum, whatever the unit
    total_contact: int = 0
    values: list[int] = field(default_factory=list)  # one a contact or a conversation
    missing: int = 0
    exchanges: list[int] = field(default_factory=list)  # one a conversation
    parts: dict[str, tuple[int, int]] = field(default_factory=lambda: dict.fromkeys(PARTS, (0, 0)))  # number, sum
    replies: list[int] = field(default_factory=list)
    scores: dict[str, tuple[int, int]] = field(default_factory=lambda: dict.fromkeys(SCORES, (0, 0)))  # number, sum
    reopens: int = 0
    engaged: int = 0
    split: tuple[Fraction, Fraction, Fraction] = (Fraction(), Fraction(), Fraction())  # contacts, n, total


@dataclass(frozen=True)
class Terms:
    """What a query says about its measures."""

    nearest: bool = False
    target: int | None = None
    trim: Fraction | None = None
    split: bool = False


def columns(measure: str) -> list[str]:
    """The columns of a measure in an answer: an interval has two, and the median goes by p50."""
    if measure.endswith("ci95"):
        return [f"{measure}_low", f"{measure}_high"]
    return ["p50" if measure == "median" else measure]


def figures(measure: str, row: Gathered, total: Gathered, terms: Terms) -> list[Figure]:
    """One figure for each column of a measure."""
    if terms.split:
        return [split_figure(measure, row.split)]
    values = row.values
    if measure == "ci95":
        return mean_interval(values)
    if match := QUANTILE_INTERVAL.fullmatch(measure):
        return quantile_interval(values, Fraction(match[1]) / 100)
    if match := QUANTILE.fullmatch(measure):
        return [quantile(values, Fraction(match[1]) / 100, terms.nearest)]
    if match := REPLY_QUANTILE.fullmatch(measure):
        return [quantile(row.replies, Fraction(match[1]) / 100, terms.nearest)]
    return [plain_figure(measure, row, total, terms)]


def plain_figure(measure: str, row: Gathered, total: Gathered, terms: Terms) -> Figure:
    values, n, seconds = row.values, len(row.values), sum(row.values)
    prefix, _, rest = measure.partition("_")
    if rest in PARTS:
        return row.parts[rest][0] if prefix == "n" else ratio(*reversed(row.parts[rest]))
    if measure in SCORES:
        return ratio(*reversed(row.scores[measure]))
    if prefix == "n" and rest in SCORES:
        return row.scores[rest][0]
    match measure:
        case "contacts" | "handled" | "conversations" | "missing" | "reopens" | "engaged":
            return getattr(row, measure)
        case "unhandled":
            return row.contacts - row.handled
        case "n":
            return n
        case "total":
            return seconds
        case "hours":
            return Fraction(seconds, 3600)
        case "mean":
            return ratio(seconds, n)
        case "min":
            return values[0] if n else None
        case "max":
            return values[-1] if n else None
        case "median":
            return quantile(values, Fraction(1, 2), terms.nearest)
        case "sd":
            return deviation(values, n - 1)
        case "sd_pop":
            return deviation(values, n)
        case "trimmed_mean":
            assert terms.trim is not None
            cut = math.floor(n * terms.trim / 100)
            return ratio(sum(values[cut : n - cut]), n - 2 * cut)
        case "within":
            assert terms.target is not None
            return ratio(sum(value <= terms.target for value in values), n)
        case "n_conversation":
            return len(row.exchanges)
        case "mean_conversation":
            return ratio(sum(row.exchanges), len(row.exchanges))
        case "share":
            return ratio(row.total_contact, total.total_contact)
        case "share_contacts":
            return ratio(row.contacts, total.contacts)
        case "n_first_reply":
            return len(row.replies)
        case "concurrency":
            return ratio(row.total_contact, row.engaged)
    raise ValueError(measure)


def split_figure(measure: str, sums: tuple[Fraction, Fraction, Fraction]) -> Figure:
    """A figure of conversations that weigh 1/k in each of their k tags."""
    contacts, n, total = sums
    by_name = {"contacts": contacts, "n": n, "total": total, "mean": total / n if n else None}
    return by_name[measure]


def ratio(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def deviation(values: Sequence[int], divisor: int) -> float | None:
    """The root of the sum of squared distances from the mean over a divisor; one rounding before the root."""
    if divisor < 1:
        return None
    n, total = len(values), sum(values)
    return math.sqrt(Fraction(n * sum(v * v for v in values) - total * total, n * divisor))


def quantile(values: Sequence[int], q: Fraction, nearest: bool) -> Figure:
    """Of ascending values: interpolated at rank (n - 1)q (type 7), or the one at rank ceil(qn)."""
    if not values:
        return None
    if nearest:
        return values[math.ceil(q * len(values)) - 1]
    rank = (len(values) - 1) * q
    below = math.floor(rank)
    above = min(below + 1, len(values) - 1)
    return values[below] + (rank - below) * (values[above] - values[below])


def mean_interval(values: Sequence[int]) -> list[Figure]:
    """Student's interval of the mean; none of one value."""
    n, spread = len(values), deviation(values, len(values) - 1)
    if spread is None:
        return [None, None]
    half = student_quantile(n - 1) * spread / math.sqrt(n)
    return [sum(values) / n - half, sum(values) / n + half]


@cache
def student_quantile(freedom: int) -> float:
    """The 97.5 % quantile of Student's t, by bisecting its distribution (Abramowitz and Stegun 26.7.3 and 26.7.4)."""
    low, high = 0.0, math.pi / 2  # of the angle whose tangent is t / sqrt(freedom)
    for _ in range(60):
        middle = (low + high) / 2
        if within_angle(middle, freedom) < 1 - 2 * TAIL:
            low = middle
        else:
            high = middle
    return math.sqrt(freedom) * math.tan((low + high) / 2)


def within_angle(angle: float, freedom: int) -> float:
    """The probability that |t| is at most sqrt(freedom) times the tangent of an angle: a finite sum of cosines."""
    odd, cosine = freedom % 2, math.cos(angle)
    term, terms = (cosine if odd else 1.0), []
    for power in range(odd, freedom - 1, 2):
        terms.append(term)
        term *= cosine * cosine * (power + 1) / (power + 2)
    inner = math.sin(angle) * math.fsum(terms)
    return 2 / math.pi * (angle + inner) if odd else inner


def quantile_interval(values: Sequence[int], q: Fraction) -> list[Figure]:
    """The two order statistics around a quantile; an end that no rank reaches is undefined."""
    if not values:
        return [None, None]
    lower, upper = interval_ranks(len(values), q)
    return [values[lower - 1] if lower else None, values[upper - 1] if upper else None]


@cache
def interval_ranks(n: int, q: Fraction) -> tuple[int | None, int | None]:
    """The greatest rank l with P(B < l) <= 2.5 % and the least u with P(B >= u) <= 2.5 %, B binomial(n, q); exact."""
    inside, outside = q.numerator, q.denominator - q.numerator
    whole = q.denominator**n
    term, below, lower = outside**n, 0, None  # term / whole = P(B = k), below / whole = P(B < k)
    for k in range(n):
        below += term
        if below <= TAIL * whole:
            lower = k + 1
        if below >= (1 - TAIL) * whole:
            return lower, k + 1
        term = term * (n - k) * inside // ((k + 1) * outside)
    return lower, None
