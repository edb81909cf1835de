"""Ranks tags without reading any text, from a contacts CSV, by plain dictionaries.

Usage: naive_ranking.py CONTACTS.csv[.gz] [--share 0.8] [--write-history FILE] [--write-mapping FILE]
                        [--mapping FILE] [--contexts FILE.jsonl] [--limit 5]
       naive_ranking.py CONTACTS.csv[.gz] --evaluate

Learns the first rows by (startedAt, id), of these the ended ones with tags, in the order (endedAt, id).
For each context, a JSON line such as {"category": "Billing", "channel": "chat", "agent": "Ana",
"chosen": ["Refund"]} with any key left out, prints a line {"recommendations": [{"tag", "score"}]}.
The mapping is the pairs of category and tag in those rows, or what --mapping gives.
"""

import argparse
import csv
import gzip
import io
import json
import math
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import TextIO

HALF_LIVES = (1.0, 8.0, 64.0, 512.0)  # days
MEMORY = 0.98  # what is left of a half-life's merits after each chosen tag
GLOBAL_PRIOR = 0.1  # added to every tag's count over all categories
CATEGORY_PRIOR = 5.0  # how many closes the mapping and the overall use are worth in a category
BACK_OFF = 3.0  # k: how many closes the coarser level is worth for a channel or an agent
PAIR_PRIOR = 10.0  # how many closes a tag's overall use is worth beside a chosen tag
PAIR_SHARE = 0.3
ADOPTED_CLOSES, ADOPTED_SHARE, ADOPTED_WINDOW = 20, Fraction(3, 10), 100
GAINS = [1 / math.log2(place + 2) for place in range(5)]


@dataclass
class Close:
    """One row: a conversation, with its tags in the order chosen."""

    id: str
    started: int
    ended: int | None
    category: str
    channel: str
    agent: str
    tags: list[str]
    cells: list[str]


@dataclass
class Context:
    """What is known when tags are asked for; an empty text is unknown."""

    category: str
    channel: str
    agent: str
    chosen: list[str]


class Past:
    """Weighted counts of the tags of learnt closes for one half-life: one that ended at `origin` is kept as 1."""

    def __init__(self, half_life_days: float, origin: int) -> None:
        self.half_life = half_life_days * 86_400
        self.origin = origin
        self.now: int | None = None
        self.all = 0.0
        self.by_tag: dict[str, float] = defaultdict(float)
        # A group is (category,), (category, "channel", name) or (category, "agent", name).
        self.group: dict[tuple[str, ...], float] = defaultdict(float)
        self.by_group_tag: dict[tuple[tuple[str, ...], str], float] = defaultdict(float)
        self.pair: dict[tuple[str, str], float] = defaultdict(float)

    def reach(self, ended: int) -> None:
        self.now = ended if self.now is None else max(self.now, ended)

    def learn(self, close: Close) -> None:
        weight = 2.0 ** ((close.ended - self.origin) / self.half_life)
        for tag in close.tags:
            self.all += weight
            self.by_tag[tag] += weight
            for group in groups_of(close.category, close.channel, close.agent):
                self.group[group] += weight
                self.by_group_tag[group, tag] += weight
            for other in close.tags:
                if other != tag:
                    self.pair[tag, other] += weight

    def scale(self) -> float:
        """What turns a kept count into one in which the latest learnt end weighs 1."""
        return 1.0 if self.now is None else 2.0 ** ((self.origin - self.now) / self.half_life)

    def overall(self, tag: str, tag_count: int) -> float:
        """P_g, the tag's share of everything learnt."""
        times, scale = self.by_tag.get(tag, 0.0), self.scale()
        return (times * scale + GLOBAL_PRIOR) / (self.all * scale + GLOBAL_PRIOR * tag_count)

    def probability(self, tag: str, groups: list[tuple[str, ...]], mapped: set[str], tag_count: int) -> float:
        scale, p, strength = self.scale(), self.overall(tag, tag_count), CATEGORY_PRIOR
        if mapped:
            p = (0.5 / len(mapped) if tag in mapped else 0.0) + 0.5 * p
        for group in groups:
            count, total = self.by_group_tag.get((group, tag), 0.0), self.group.get(group, 0.0)
            p = (count * scale + strength * p) / (total * scale + strength)
            strength = BACK_OFF
        return p

    def beside(self, tag: str, other: str, tag_count: int) -> float:
        """The tag's share of what was chosen together with another."""
        scale = self.scale()
        together, times = self.pair.get((other, tag), 0.0) * scale, self.by_tag.get(other, 0.0) * scale
        return (together + PAIR_PRIOR * self.overall(tag, tag_count)) / (times + PAIR_PRIOR)


class History:
    """What was learnt, for several half-lives, each counting as likely as it made the tags chosen lately."""

    def __init__(self, half_lives: tuple[float, ...], origin: int) -> None:
        self.pasts = [Past(days, origin) for days in half_lives]
        self.merits = [0.0] * len(half_lives)
        self.closes: dict[str, list[list[str]]] = defaultdict(list)
        self.used: set[tuple[str, str]] = set()
        self.known: set[str] = set()
        self.learnt: set[str] = set()
        self.mapped: dict[str, set[str]] = defaultdict(set)

    def learn(self, close: Close) -> None:
        """Counts one ended close; without tags it teaches nothing."""
        assert close.ended is not None
        if not close.tags:
            return
        for past in self.pasts:
            past.reach(close.ended)
        groups = groups_of(close.category, close.channel, close.agent)
        for tag in close.tags:
            if (close.category, tag) in self.used or (not close.category and tag in self.learnt):
                for place, past in enumerate(self.pasts):
                    probability = past.probability(tag, groups, set(), len(self.learnt))
                    self.merits[place] = MEMORY * self.merits[place] + math.log2(probability)
        for past in self.pasts:
            past.learn(close)
        self.known.update(close.tags)
        self.learnt.update(close.tags)
        if close.category:
            self.closes[close.category].append(close.tags)
            self.used.update((close.category, tag) for tag in close.tags)

    def shares(self) -> list[float]:
        powers = [2.0 ** (merit - max(self.merits)) for merit in self.merits]
        return [power / sum(powers) for power in powers]

    def scores(self, context: Context, tags: list[str]) -> list[float]:
        mapped, tag_count, shares = self.mapped.get(context.category, set()), len(self.known), self.shares()
        groups = groups_of(context.category, context.channel, context.agent)
        found = []
        for tag in tags:
            overall = mixed(shares, (past.overall(tag, tag_count) for past in self.pasts))
            score = math.log(mixed(shares, (past.probability(tag, groups, mapped, tag_count) for past in self.pasts)))
            for other in context.chosen:
                beside = mixed(shares, (past.beside(tag, other, tag_count) for past in self.pasts))
                score += PAIR_SHARE * (math.log(beside) - math.log(overall))
            found.append(score)
        return found

    def candidates(self, category: str) -> set[str]:
        """The tags that are ranked: mapped or adopted ones; without any mapping, all known."""
        mapped = self.mapped.get(category, set())
        if not mapped:
            return set(self.known)
        closes = self.closes.get(category, [])
        last = closes[-ADOPTED_WINDOW:]
        adopted = {
            tag
            for tag in {tag for tags in last for tag in tags} - mapped
            if sum(tag in tags for tags in closes) >= ADOPTED_CLOSES
            and sum(tag in tags for tags in last) >= ADOPTED_SHARE * len(last)
        }
        return mapped | adopted

    def recommend(self, context: Context, limit: int) -> list[tuple[str, float]]:
        """The best candidates, then the best that the last closes chose, then the remaining known tags by name."""
        candidates = self.candidates(context.category) - set(context.chosen)
        last = self.closes.get(context.category, [])[-ADOPTED_WINDOW:]
        used = {tag for tags in last for tag in tags} - candidates - set(context.chosen)
        ranked = (self.ranked(context, candidates) + self.ranked(context, used))[:limit]
        rest = sorted(self.known - candidates - used - set(context.chosen), key=by_name)[: limit - len(ranked)]
        return ranked + list(zip(rest, self.scores(context, rest)))

    def ranked(self, context: Context, candidates: set[str]) -> list[tuple[str, float]]:
        """The candidates, best first; exactly equal scores by name."""
        tags = sorted(candidates, key=by_name)
        return sorted(zip(tags, self.scores(context, tags)), key=lambda pair: -pair[1])


def mixed(shares: list[float], values: Iterable[float]) -> float:
    return sum(share * value for share, value in zip(shares, values))


def groups_of(category: str, channel: str, agent: str) -> list[tuple[str, ...]]:
    """The groups a close counts in, or a context draws on, from coarse to fine; without a category none."""
    if not category:
        return []
    found: list[tuple[str, ...]] = [(category,)]
    if channel:
        found.append((category, "channel", channel))
    if agent:
        found.append((category, "agent", agent))
    return found


def by_name(tag: str) -> tuple[str, bytes]:
    """Sorts names without case and accents, then by their bytes."""
    bare = "".join(mark for mark in unicodedata.normalize("NFD", tag) if not unicodedata.combining(mark))
    return bare.casefold(), tag.encode()


def channel_name(text: str) -> str:
    name = text.lower()
    return "call" if name == "phone" else name


def split_tags(cell: str) -> list[str]:
    """The different names in a cell: `;` separates, a backslash makes the next `;` or backslash literal."""
    names, escaping = [""], False
    for mark in cell:
        if escaping:
            names[-1] += mark if mark in ";\\" else "\\" + mark
            escaping = False
        elif mark == "\\":
            escaping = True
        elif mark == ";":
            names.append("")
        else:
            names[-1] += mark
    if escaping:
        names[-1] += "\\"
    return [name for name in dict.fromkeys(names) if name]


def opened(path: Path) -> TextIO:
    raw = gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")
    return io.TextIOWrapper(raw, encoding="utf-8", newline="")


def seconds(cell: str) -> int:
    return int(datetime.fromisoformat(cell).timestamp())


def read(path: Path) -> tuple[list[str], list[Close]]:
    """The header and rows of a contacts file."""
    with opened(path) as file:
        lines = csv.reader(file)
        header = next(lines)
        place = {name.lower(): index for index, name in enumerate(header)}
        place.setdefault("tags", place.get("type", -1))
        rows = []
        for cells in lines:
            row = {name: cells[index] for name, index in place.items() if index >= 0}
            rows.append(Close(
                row["id"], seconds(row["startedat"]), seconds(row["endedat"]) if row["endedat"] else None,
                row.get("category", ""), channel_name(row.get("channel", "")), row.get("agent", ""),
                split_tags(row.get("tags", "")), cells,
            ))
    return header, rows


def learning_order(rows: list[Close]) -> list[Close]:
    return sorted((row for row in rows if row.ended is not None), key=lambda row: (row.ended, row.id.encode()))


def write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def measure(closes: list[Close], half_lives: tuple[float, ...]) -> list[float]:
    """hit@1, hit@5 and nDCG@5 in percent; the candidates are the category's tags seen so far."""
    history = History(half_lives, closes[0].ended or 0)
    total = [0.0, 0.0, 0.0]
    names: dict[str, tuple[str, bytes]] = {}
    for close in closes:
        context = Context(close.category, close.channel, close.agent, [])
        tags = list(history.candidates(close.category))
        scored = zip(tags, history.scores(context, tags))
        ranked = sorted(scored, key=lambda pair: (-pair[1], names[pair[0]]))[:5]
        right = [tag in close.tags for tag, _ in ranked]
        total[0] += any(right[:1])
        total[1] += any(right)
        total[2] += sum(gain for gain, hit in zip(GAINS, right) if hit) / sum(GAINS[: len(close.tags)])
        history.learn(close)
        if close.category:
            history.mapped[close.category].update(close.tags)
        names.update((tag, by_name(tag)) for tag in close.tags if tag not in names)
    return [100 * value / len(closes) for value in total]


def print_half_lives(closes: list[Close]) -> None:
    """Prints hit@1 / hit@5 / nDCG@5 for each half-life alone and for all of them."""
    closes = [close for close in closes if close.tags]
    print(f"{len(closes)} closes")
    for half_lives in [*((days,) for days in HALF_LIVES), HALF_LIVES]:
        first, five, gain = measure(closes, half_lives)
        days = " ".join(f"{days:g}" for days in half_lives)
        print(f"{days:<12} days  {first:.2f} / {five:.2f} / {gain:.2f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Ranks tags from a contacts CSV without reading any text.")
    parser.add_argument("contacts", type=Path)
    parser.add_argument("--share", type=Fraction, default=Fraction("0.8"), help="part of the rows to learn")
    parser.add_argument("--write-history", type=Path, help="write the rows learnt")
    parser.add_argument("--write-mapping", type=Path, help="write the pairs of category and tag in them")
    parser.add_argument("--mapping", type=Path, help="CSV category,tag to use instead of those pairs")
    parser.add_argument("--contexts", type=Path, help="JSON Lines, one context each")
    parser.add_argument("--limit", type=int, default=5)
    parser.add_argument("--evaluate", action="store_true", help="test and learn row by row, for each half-life")
    options = parser.parse_args()
    header, rows = read(options.contacts)
    if options.evaluate:
        print_half_lives(learning_order(rows))
        return
    count = math.floor(options.share * len(rows))
    first = {id(row) for row in sorted(rows, key=lambda row: (row.started, row.id.encode()))[:count]}
    subset = [row for row in rows if id(row) in first]
    pairs = sorted({(row.category, tag) for row in subset if row.category for tag in row.tags})
    if options.write_history:
        write(options.write_history, [header, *(row.cells for row in subset)])
    if options.write_mapping:
        write(options.write_mapping, [["category", "tag"], *([category, tag] for category, tag in pairs)])
    if options.mapping:
        with opened(options.mapping) as file:
            pairs = [(line["category"], line["tag"]) for line in csv.DictReader(file)]
    learnt = learning_order(subset)
    history = History(HALF_LIVES, max((row.ended or 0 for row in learnt if row.tags), default=0))
    for category, tag in pairs:
        history.mapped[category].add(tag)
        history.known.add(tag)
    for row in subset:
        history.known.update(row.tags)
    for row in learnt:
        history.learn(row)
    for line in options.contexts.read_text(encoding="utf-8").splitlines() if options.contexts else ():
        asked = json.loads(line)
        context = Context(
            asked.get("category", ""), channel_name(asked.get("channel", "")), asked.get("agent", ""),
            list(dict.fromkeys(asked.get("chosen", []))),
        )
        best = [{"tag": tag, "score": score} for tag, score in history.recommend(context, options.limit)]
        json.dump({"recommendations": best}, sys.stdout, ensure_ascii=False)
        print()


if __name__ == "__main__":
    main()
