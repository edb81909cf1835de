"""Closes with a text and the tags that were chosen, and how good a list of tags is for one."""

import csv
import gzip
import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SETS: Final = ("clinc150", "bitext", "cfpb", "dstc11")
WORD: Final = re.compile(r"\w+")
SHOWN: Final = 5  # places that nDCG looks at


@dataclass(frozen=True)
class Close:
    """What the peers are told of one: lower-case words, and its tags as ascending numbers."""

    words: list[str]
    tags: list[int]
    category: str
    is_test: bool


@dataclass(frozen=True)
class LabelledSet:
    """The closes in prequential order; a tag's number is its place by name."""

    closes: list[Close]
    tag_count: int
    mapped: dict[str, frozenset[int]]  # by category


def paths(data: Path, name: str) -> tuple[Path, Path]:
    """Closes and mapping of a set, whether there or not."""
    return data / f"{name}.jsonl.gz", data / f"{name}.mapping.csv"


def load(data: Path, name: str) -> LabelledSet:
    """Reads both files of a set."""
    closes, mapping = paths(data, name)
    rows = [row for line in gzip.decompress(closes.read_bytes()).splitlines() if (row := json.loads(line))["tags"]]
    with mapping.open(newline="", encoding="utf-8") as file:
        links = [(row["category"], row["tag"]) for row in csv.DictReader(file)]
    names = sorted({tag for _, tag in links} | {tag for row in rows for tag in row["tags"]})
    numbers = {tag: number for number, tag in enumerate(names)}
    mapped: dict[str, set[int]] = {}
    for category, tag in links:
        mapped.setdefault(category, set()).add(numbers[tag])
    return LabelledSet(
        [
            Close(
                WORD.findall(row["text"].lower()),
                sorted({numbers[tag] for tag in row["tags"]}),
                row["category"],
                row["split"] == "test",
            )
            for row in rows
        ],
        len(names),
        {category: frozenset(tags) for category, tags in mapped.items()},
    )


@dataclass
class Quality:
    """Means over the lists judged so far."""

    lists: int = 0
    hits: float = 0
    gains: float = 0

    def judge(self, ranked: Sequence[int], chosen: Sequence[int]) -> None:
        """Takes in one list; tags that were chosen and are not in it gain nothing."""
        self.lists += 1
        self.hits += bool(ranked) and ranked[0] in chosen
        gain = sum(_discount(place) for place, tag in enumerate(ranked[:SHOWN]) if tag in chosen)
        self.gains += gain / sum(map(_discount, range(min(SHOWN, len(chosen)))))

    @property
    def figures(self) -> tuple[float, float]:
        """hit@1 and nDCG@5 in %."""
        return 100 * self.hits / self.lists, 100 * self.gains / self.lists


def _discount(place: int) -> float:
    return 1 / math.log2(place + 2)
