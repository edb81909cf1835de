"""Holds `wrapup evaluate` to a batch peer (split) and to the reference scorer (prequential) by a paired bootstrap.

Usage: ranking_bootstrap.py TOOL DATA --cache FOLDER [--set NAME]... [--by-item] [--report]
       ranking_bootstrap.py --check-reference DATA [--set NAME]...

DATA holds NAME.jsonl.gz and NAME.mapping.csv. The rows of each set are shuffled by five fixed seeds; as many as the set
trains with come first and are learnt, all others are tested. Figures of the peers are kept in FOLDER, for only the tool
changes. Ends with 1 when the lower end of an interval is not above what is wanted, unless --report is given.
--check-reference compares both peers on the rows as they stand with the figures that DATA's README gives for them.
"""

import argparse
import csv
import gzip
import hashlib
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import reference_scorer
from ranking_figures import BATCH_PEER, PROTOCOLS, REFERENCE
from reference_scorer import Item, Scorer, gains, judged
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_union
from sklearn.preprocessing import MultiLabelBinarizer
from sklearn.svm import LinearSVC

SEEDS = range(1, 6)
RESAMPLES = 2_000
WANTED = {"split": -0.2, "prequential": 0.5}  # what the interval's lower end has to be above, in points of %
MEASURES = ("hit@1", "nDCG@5")
# One setting for all sets: the one that comes nearest to the known figures of this peer (--check-reference).
WORDS = {"ngram_range": (1, 2), "min_df": 2, "sublinear_tf": True}
PIECES = {"analyzer": "char_wb", "ngram_range": (3, 5), "min_df": 2, "sublinear_tf": True}
SOFTNESS = {"C": 1.0, "random_state": 0}
CATEGORY_WEIGHT = 0.2  # of the category as a feature of the peer, where it is known; the reference's bias is as large
SETTINGS = {
    "split": (WORDS, PIECES, SOFTNESS, CATEGORY_WEIGHT),
    "prequential": reference_scorer.SETTINGS,
}


@dataclass
class Closes:
    """A set: its rows as they stand in the file, its links, and both by numbers."""

    name: str
    rows: list[dict]
    mapping: Path
    tag_count: int
    mapped: dict[int, np.ndarray]
    items: list[Item]
    digest: str

    @classmethod
    def read(cls, data: Path, name: str) -> "Closes":
        """Reads a set; tags and categories are numbered by name."""
        packed, mapping = (data / f"{name}.jsonl.gz").read_bytes(), data / f"{name}.mapping.csv"
        rows = [json.loads(line) for line in gzip.decompress(packed).splitlines()]
        with mapping.open(newline="") as source:
            links = {(row["category"], row["tag"]) for row in csv.DictReader(source)}
        names = sorted({tag for _, tag in links}.union(*(row["tags"] for row in rows)))
        tags = {tag: number for number, tag in enumerate(names)}
        categories = {category: number for number, category in enumerate(sorted({link[0] for link in links}))}
        mapped: dict[int, list[int]] = {number: [] for number in categories.values()}
        for category, tag in sorted(links):
            mapped[categories[category]].append(tags[tag])
        items = [
            Item(
                line=0,
                category=categories[row["category"]],
                channel=row.get("channel"),
                chosen=tuple(dict.fromkeys(tags[tag] for tag in row["tags"])),
                text=row["text"],
                is_test=row["split"] == "test",
            )
            for row in rows
        ]
        digest = hashlib.sha256(packed + mapping.read_bytes()).hexdigest()
        return cls(name, rows, mapping, len(tags), {key: np.array(of) for key, of in mapped.items()}, items, digest)

    def order(self, seed: int) -> list[int]:
        """The places of the rows in a seed's order."""
        places = list(range(len(self.rows)))
        random.Random(seed).shuffle(places)
        return places

    def fold(self, seed: int) -> list[Item]:
        """The closes in a seed's order, as many of them for training as in the file."""
        train = sum(not item.is_test for item in self.items)
        return [
            Item(line + 1, was.category, was.channel, was.chosen, was.text, line >= train)
            for line, was in enumerate(self.items[place] for place in self.order(seed))
        ]

    def write_fold(self, seed: int, target: Path) -> None:
        """Writes the rows of a fold for the tool."""
        with target.open("w") as sink:
            for place, item in zip(self.order(seed), self.fold(seed), strict=True):
                row = self.rows[place] | {"split": "test" if item.is_test else "train"}
                sink.write(json.dumps(row, ensure_ascii=False) + "\n")


def by_batch_peer(closes: Closes, items: Sequence[Item], known: bool) -> np.ndarray:
    """What a support vector machine for each tag, on words and pieces of them, makes of the test closes."""
    train, test = ([item for item in items if item.is_test == wanted] for wanted in (False, True))
    union = make_union(TfidfVectorizer(**WORDS), TfidfVectorizer(**PIECES))
    parts = [union.fit_transform([item.text for item in train]), union.transform([item.text for item in test])]
    if known:
        for place, some in enumerate((train, test)):
            cells = (np.full(len(some), CATEGORY_WEIGHT), (range(len(some)), [item.category for item in some]))
            categories = sparse.csr_matrix(cells, shape=(len(some), len(closes.mapped)))
            parts[place] = sparse.hstack([parts[place], categories], format="csr")
    chosen = MultiLabelBinarizer(classes=range(closes.tag_count)).fit_transform([item.chosen for item in train])
    seen = np.flatnonzero(chosen.any(axis=0))
    # A tag that was never chosen can't be learnt: it stands last.
    values = np.full((len(test), closes.tag_count), -np.inf)
    machine = OneVsRestClassifier(LinearSVC(**SOFTNESS)).fit(parts[0], chosen[:, seen])
    values[:, seen] = machine.decision_function(parts[1])
    found = []
    for item, row in zip(test, values, strict=True):
        tags = closes.mapped[item.category] if known else np.arange(closes.tag_count)
        found.append(judged(tags[np.argsort(-row[tags], kind="stable")].tolist(), item.chosen))
    return np.array(found)


def by_reference(closes: Closes, items: Sequence[Item], known: bool) -> np.ndarray:
    """What the reference scorer makes of each close before it learns it."""
    scorer = Scorer(closes.tag_count, len(closes.mapped), closes.mapped, known)
    return reference_scorer.prequential(items, scorer)


def by_tool(tool: str, rows: Path, closes: Closes, lines: list[int], order: str, category: str) -> np.ndarray:
    """What the tool makes of a fold, list by list; fails if that is not what it answers as a whole."""
    lists = rows.with_suffix(".lists")
    command = [tool, "evaluate", str(rows), "--mapping", str(closes.mapping), "--protocol", order]
    command += ["--category", category, "--items", str(lists), "--format", "json"]
    answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    ranked = [json.loads(line) for line in lists.read_text().splitlines()]
    if [item["line"] for item in ranked] != lines:
        raise ValueError(f"{closes.name}, {order}, {category}: other closes were ranked than the test's")
    found = np.array([gains(item["places"], len(item["places"])) for item in ranked])
    if not np.allclose(found.mean(axis=0), [answer["hit1"], answer["ndcg5"]], rtol=0, atol=1e-9):
        raise ValueError(f"{closes.name}, {order}, {category}: the lists do not have the figures of the whole")
    return found


PEERS: dict[str, Callable[[Closes, Sequence[Item], bool], np.ndarray]] = {
    "split": by_batch_peer,
    "prequential": by_reference,
}


def kept(cache: Path, closes: Closes, seed: int, order: str, category: str) -> np.ndarray:
    """A peer's figures of a fold, from the folder if they are there for the same rows and settings."""
    state = hashlib.sha256(f"{closes.digest} {SETTINGS[order]}".encode()).hexdigest()[:12]
    file = cache / f"{closes.name}.{seed}.{order}.{category}.{state}.npy"
    if not file.exists():
        start = time.monotonic()
        np.save(file, PEERS[order](closes, closes.fold(seed), category == "known"))
        print(f"{file.name}: {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    return np.load(file)


def differences(tool: str, cache: Path, closes: Closes) -> Iterator[tuple[tuple[str, str], np.ndarray]]:
    """By protocol and category, of each list: the tool's figures less the peer's, its row in the set, its seed."""
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / f"{closes.name}.jsonl"
        for seed in SEEDS:
            closes.write_fold(seed, rows)
            items, places = closes.fold(seed), closes.order(seed)
            for order, category in PROTOCOLS:
                lines = [item.line for item in items if order == "prequential" or item.is_test]
                peer = kept(cache, closes, seed, order, category)
                points = 100 * (by_tool(tool, rows, closes, lines, order, category) - peer)
                rest = np.array([(places[line - 1], seed) for line in lines])
                yield (order, category), np.hstack([points, rest])


def means(lists: np.ndarray, by_item: bool, generator: np.random.Generator) -> np.ndarray:
    """Means of a set's differences, both measures, over the lists drawn again and again.

    Drawn are the lists of each seed by themselves or, by item, rows of the set with all the lists that they have.
    """
    groups = [lists] if by_item else [lists[lists[:, 3] == seed] for seed in SEEDS]
    totals: np.ndarray | float = 0.0
    for group in groups:
        _, row = np.unique(group[:, 2], return_inverse=True)
        sums = np.stack([np.bincount(row, of) for of in (group[:, 0], group[:, 1], np.ones(len(group)))], axis=1)
        # Drawing how often each of the distinct outcomes comes is drawing rows, but quicker.
        outcomes, counts = np.unique(sums.round(9), axis=0, return_counts=True)
        draws = generator.multinomial(len(sums), counts / len(sums), size=RESAMPLES)
        totals = totals + draws @ outcomes
    return totals[:, :2] / totals[:, 2:]


def compare(tool: str, cache: Path, sets: list[Closes], by_item: bool) -> list[str]:
    """Prints the table; what was not reached."""
    found: dict[tuple[str, str], list[np.ndarray]] = {}
    for closes in sets:
        parts: dict[tuple[str, str], list[np.ndarray]] = {}
        for key, some in differences(tool, cache, closes):
            parts.setdefault(key, []).append(some)
        for key, some in parts.items():
            found.setdefault(key, []).append(np.concatenate(some))
    print("| protocol | category | measure | " + " | ".join(closes.name for closes in sets) + " | mean", end="")
    print(" | 95% interval | wanted above | reached |\n" + "|---" * (len(sets) + 7) + "|")
    complaints = []
    for number, ((order, category), lists) in enumerate(found.items()):
        generator = np.random.default_rng(number)
        drawn = np.mean([means(some, by_item, generator) for some in lists], axis=0)
        for place, measure in enumerate(MEASURES):
            each = [some[:, place].mean() for some in lists]
            low, high = np.percentile(drawn[:, place], [2.5, 97.5])
            reached = low > WANTED[order]
            cells = [order, category, measure, *(f"{mean:+.2f}" for mean in each), f"{np.mean(each):+.2f}"]
            cells += [f"{low:+.2f} to {high:+.2f}", f"{WANTED[order]:+.1f}", "yes" if reached else "no"]
            print("| " + " | ".join(cells) + " |")
            if not reached:
                complaints.append(f"{order}, {category}, {measure}: {cells[-3]}, wanted above {cells[-2]}")
    return complaints


def check_reference(sets: list[Closes]) -> None:
    """Prints how both peers do on the rows as they stand, with the differences to their known figures."""
    print("| set | " + " | ".join(f"{order}, {category}" for order, category in PROTOCOLS) + " |")
    print("|---" * (len(PROTOCOLS) + 1) + "|")
    for closes in sets:
        cells = []
        for place, (order, category) in enumerate(PROTOCOLS):
            wanted = (BATCH_PEER if order == "split" else REFERENCE)[closes.name][place]
            got = 100 * PEERS[order](closes, closes.items, category == "known").mean(axis=0)
            cells.append("%.2f/%.2f (%+.2f/%+.2f)" % (*got, *(got - wanted)))
        print(f"| {closes.name} | " + " | ".join(cells) + " |", flush=True)


def main() -> int:
    """Compares the tool with its peers, or these with their known figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool", nargs="?", help="not with --check-reference")
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path, metavar="FOLDER")
    parser.add_argument("--set", choices=sorted(REFERENCE), action="append", help="instead of all")
    parser.add_argument("--by-item", action="store_true", help="draw a row with all its lists: wider intervals")
    parser.add_argument("--report", action="store_true", help="end with 0 all the same")
    parser.add_argument("--check-reference", action="store_true")
    arguments = parser.parse_args()
    sets = [Closes.read(arguments.data, name) for name in arguments.set or REFERENCE]
    if arguments.check_reference:
        check_reference(sets)
        return 0
    if arguments.tool is None or arguments.cache is None:
        parser.error("a tool and --cache are needed")
    arguments.cache.mkdir(parents=True, exist_ok=True)
    complaints = compare(arguments.tool, arguments.cache, sets, arguments.by_item)
    for complaint in complaints:
        print("not reached:", complaint, file=sys.stderr)
    return 1 if complaints and not arguments.report else 0


if __name__ == "__main__":
    sys.exit(main())
