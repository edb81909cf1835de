"""What the benchmark asks of an engine in memory."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

Ask = Callable[[], Any]


class Engine(ABC):
    """One engine with the contacts in the representation that answers fastest in it.

    An engine may be asked the same thing in several ways; each must give the same rows, and the quickest on
    this machine and data is the one that is timed. A question it can't answer exactly has a reason instead.
    """

    representation: ClassVar[str]  # said in the results

    @abstractmethod
    def formulations(self, question: str) -> Mapping[str, Ask]:
        """Ways to ask `question` by name; each call gives a materialised columnar result."""

    @abstractmethod
    def rows(self, result: Any) -> Iterable[tuple[object, ...]]:
        """The rows of what a formulation gave, keys first; not part of the timing."""


def quantile_sql(rank: str, value: str, upto: str, q: str) -> str:
    """Type 7 from a histogram: `upto` counts the values up to and including `value`, `rank` is (n - 1) q.

    An aggregate over the values of one group. With integers below 2^53 the interpolation is exact to rounding.
    """
    low = f"min(CASE WHEN {upto} > floor({rank}) THEN {value} END)"
    high = f"min(CASE WHEN {upto} > ceil({rank}) THEN {value} END)"
    return f"{low} + ({high} - {low}) * max({rank} - floor({rank})) AS {q}"


# How the quantiles are asked, as (column, fraction).
QUANTILES = (("p50", "0.5"), ("p90", "0.9"), ("p95", "0.95"), ("p99", "0.99"))
