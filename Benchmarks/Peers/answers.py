"""Compares two engines' answers to one question; a benchmark whose answers differ measures nothing."""

import math
from collections.abc import Sequence

from questions import Question, Row, Value

TOLERANCE = 1e-9  # relative, for means, deviations and quantiles; integers must be equal


class Difference(Exception):
    """Two engines gave different answers; the message names question, engines, key and both values."""


def expect_same(question: Question, reference: str, expected: Sequence[Row], engine: str, found: Sequence[Row]) -> None:
    """Raises `Difference` at the first row or value in which `found` is not what `reference` answered."""
    width = len(question.keys)
    wanted = {row[:width]: row for row in expected}
    given = {row[:width]: row for row in found}
    if len(given) != len(found):
        raise Difference(f"{question.name}: {engine} gives a key more than once")
    for key in wanted.keys() - given.keys():
        raise Difference(f"{question.name}: {engine} has no row {_named(question, key)}, {reference} has {wanted[key]}")
    for key in given.keys() - wanted.keys():
        raise Difference(f"{question.name}: {engine} has {given[key]}, {reference} has no row {_named(question, key)}")
    for key, row in wanted.items():
        for name, value, other in zip(question.values, row[width:], given[key][width:], strict=True):
            if not _same(value, other, exact=name in question.exact):
                at = _named(question, key)
                raise Difference(f"{question.name}: {name} at {at} is {value} by {reference}, {other} by {engine}")
    if list(wanted) != list(given):
        raise Difference(f"{question.name}: {engine} gives the rows of {reference} in another order")


def _same(value: Value, other: Value, *, exact: bool) -> bool:
    if exact or not isinstance(value, int | float) or not isinstance(other, int | float):
        return value == other
    return math.isclose(value, other, rel_tol=TOLERANCE)


def _named(question: Question, key: Row) -> str:
    return ", ".join(f"{name}={value}" for name, value in zip(question.keys, key, strict=True))
