"""The ranking formulae of the project design, section 6, in plain numpy: what `wrapup evaluate` is compared with.

One pass, no replay: each close is ranked by what is known then, and learnt. Nothing here is shared with the tool, and
nothing is tuned: a constant that the design names has the value it has there.
"""

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

FEATURES = 1 << 16
PIECES = (3, 4)
PIECE_LIMIT = 20  # characters of a word that are cut into pieces
BIAS = 0.2
RATE = 0.8
DAMPING = 0.001
SKIPPED = 1e-4  # steps below this are not taken
LEARNT_AT_MOST = 200
USAGE_SHARE = 0.1  # what the usage score counts beside a text
GLOBAL_PRIOR, CATEGORY_PRIOR, CHANNEL_PRIOR = 0.1, 5.0, 3.0
WORD = re.compile(r"[^\W_]+")
DISCOUNTS = [1 / math.log2(place + 1) for place in range(1, 6)]

# What the figures of a set depend on besides its rows.
SETTINGS = (FEATURES, PIECES, PIECE_LIMIT, BIAS, RATE, DAMPING, SKIPPED, LEARNT_AT_MOST, USAGE_SHARE)
SETTINGS += (GLOBAL_PRIOR, CATEGORY_PRIOR, CHANNEL_PRIOR, WORD.pattern)


@dataclass(frozen=True)
class Item:
    """A close, with the tags as numbers in the order of their names."""

    line: int
    category: int
    channel: str | None
    chosen: tuple[int, ...]
    text: str
    is_test: bool


def gains(places: Iterable[int | None], chosen: int) -> tuple[float, float]:
    """hit@1 and nDCG@5 of a list by the places of the right tags in it, from 1; binary gains."""
    near = [place for place in places if place is not None and place <= 5]
    best = sum(DISCOUNTS[: min(5, chosen)])
    return float(1 in near), sum(DISCOUNTS[place - 1] for place in near) / best


def judged(order: Sequence[int], chosen: Sequence[int]) -> tuple[float, float]:
    """hit@1 and nDCG@5 of a list, best first."""
    first = list(order[:5])
    return gains([first.index(tag) + 1 if tag in first else None for tag in chosen], len(chosen))


def hashed(kind: str, text: str) -> int:
    """A feature's number: the same in every process, unlike Python's own hash."""
    return zlib.crc32(f"{kind}:{text}".encode()) % FEATURES


@lru_cache(maxsize=1 << 18)
def features_of_word(word: str) -> tuple[int, ...]:
    """A word, and its pieces with a mark at either end."""
    marked = f"<{word[:PIECE_LIMIT]}>"
    pieces = [marked[start : start + size] for size in PIECES for start in range(len(marked) - size + 1)]
    return hashed("word", word), *(hashed("piece", piece) for piece in pieces)


@lru_cache(maxsize=1 << 16)
def term_weights(text: str) -> tuple[np.ndarray, np.ndarray]:
    """The features of a text, and 1 + ln of how often it has each."""
    words = WORD.findall(text.lower())
    found = Counter(feature for word in words for feature in features_of_word(word))
    found.update(hashed("pair", f"{one} {next}") for one, next in zip(words, words[1:]))
    return np.fromiter(found.keys(), np.int64), 1 + np.log(np.fromiter(found.values(), np.float32))


class Usage:
    """How often tags were chosen: anywhere, in a category, in a channel of it. Nothing fades: it only breaks ties."""

    def __init__(self, tag_count: int) -> None:
        self.tag_count = tag_count
        self.counts: dict[tuple[int | str | None, ...], np.ndarray] = {}

    def _chosen(self, *group: int | str | None) -> np.ndarray:
        if group not in self.counts:
            self.counts[group] = np.zeros(self.tag_count)
        return self.counts[group]

    def learn(self, item: Item) -> None:
        """Counts each chosen tag once in each of its groups."""
        for group in [(), (item.category,), (item.category, item.channel)]:
            self._chosen(*group)[list(item.chosen)] += 1

    def scores(self, tags: np.ndarray, item: Item) -> np.ndarray:
        """ln P(tag | category, channel) of the tags mapped to the category of a close."""
        chosen = self._chosen()
        overall = (chosen[tags] + GLOBAL_PRIOR) / (chosen.sum() + GLOBAL_PRIOR * self.tag_count)
        chosen = self._chosen(item.category)
        prior = 0.5 / len(tags) + 0.5 * overall
        inside = (chosen[tags] + CATEGORY_PRIOR * prior) / (chosen.sum() + CATEGORY_PRIOR)
        if item.channel is None:
            return np.log(inside)
        chosen = self._chosen(item.category, item.channel)
        return np.log((chosen[tags] + CHANNEL_PRIOR * inside) / (chosen.sum() + CHANNEL_PRIOR))


class Scorer:
    """One-vs-rest logistic regression over hashed features, one AdaGrad step for each close."""

    def __init__(self, tag_count: int, category_count: int, mapped: dict[int, np.ndarray], known: bool) -> None:
        self.all_tags = np.arange(tag_count)
        self.mapped = mapped
        self.known = known
        self.usage = Usage(tag_count)
        self.frequencies = np.zeros(FEATURES, np.float32)
        self.texts = 0
        # The last rows belong to the biases: one for all closes, one for each category.
        shape = (FEATURES + 1 + category_count, tag_count)
        self.weights, self.squares = np.zeros(shape, np.float32), np.zeros(shape, np.float32)

    def candidates(self, item: Item) -> np.ndarray:
        """The tags that are ranked, by name."""
        return self.mapped[item.category] if self.known else self.all_tags

    def vector(self, item: Item) -> tuple[np.ndarray, np.ndarray]:
        """Rows and values of a close, by the texts learnt so far."""
        features, terms = term_weights(item.text)
        values = terms * np.log1p((self.texts + 1) / (self.frequencies[features] + 0.5))
        length = np.linalg.norm(values)
        biases = [FEATURES, FEATURES + 1 + item.category] if self.known else [FEATURES]
        rows = np.concatenate([features, biases])
        return rows, np.concatenate([values / length if length else values, [BIAS] * len(biases)]).astype(np.float32)

    def part(self, rows: np.ndarray, tags: np.ndarray) -> tuple[np.ndarray, ...]:
        """The index of the weights of some rows and tags; that of whole rows is quicker."""
        return (rows,) if len(tags) == len(self.all_tags) else np.ix_(rows, tags)

    def ranked(self, item: Item) -> np.ndarray:
        """The list, best first; ties by name."""
        tags = self.candidates(item)
        rows, values = self.vector(item)
        scores = values @ self.weights[self.part(rows, tags)]
        if self.known:
            scores = scores + USAGE_SHARE * self.usage.scores(tags, item)
        return tags[np.argsort(-scores, kind="stable")]

    def learn(self, item: Item) -> None:
        """Takes the step of a close, then counts its features and tags."""
        tags = np.union1d(self.candidates(item), item.chosen)
        rows, values = self.vector(item)
        scores = values @ self.weights[self.part(rows, tags)]
        errors = 1 / (1 + np.exp(-scores)) - np.isin(tags, item.chosen)
        if len(tags) > LEARNT_AT_MOST:
            largest = np.sort(np.argsort(-np.abs(errors), kind="stable")[:LEARNT_AT_MOST])
            tags, errors = tags[largest], errors[largest]
        self.step(self.part(rows, tags), np.outer(values, errors.astype(np.float32)))
        self.frequencies[rows[rows < FEATURES]] += 1
        self.texts += 1
        self.usage.learn(item)

    def step(self, part: tuple[np.ndarray, ...], slopes: np.ndarray) -> None:
        """G += slope², w -= rate · slope / √(G + damping), but for the smallest slopes."""
        slopes[np.abs(slopes) < SKIPPED] = 0
        squares = self.squares[part] + slopes * slopes
        self.squares[part] = squares
        self.weights[part] -= RATE * slopes / np.sqrt(squares + np.float32(DAMPING))


def prequential(items: Sequence[Item], scorer: Scorer) -> np.ndarray:
    """hit@1 and nDCG@5 of each close, ranked before it is learnt."""
    found = []
    for item in items:
        found.append(judged(scorer.ranked(item).tolist(), item.chosen))
        scorer.learn(item)
    return np.array(found)


def split(items: Sequence[Item], scorer: Scorer) -> np.ndarray:
    """hit@1 and nDCG@5 of each test close, ranked when all train closes have been learnt."""
    for item in items:
        if not item.is_test:
            scorer.learn(item)
    return np.array([judged(scorer.ranked(item).tolist(), item.chosen) for item in items if item.is_test])
