"""Measures `wrapup evaluate` on real data sets and holds its figures to a reference scorer's.

Usage: ranking_figures.py TOOL DATA [--set NAME] [--removed-links]

DATA holds NAME.jsonl.gz and NAME.mapping.csv. Prints hit@1/nDCG@5 in % for every set and protocol with the difference
to the reference, the means, and times; ends with 1 when a figure is more than 0.3 points below the reference, or the
mean of a protocol below the reference's.
"""

import argparse
import csv
import gzip
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

PROTOCOLS = [("split", "unknown"), ("split", "known"), ("prequential", "unknown"), ("prequential", "known")]
REFERENCE = {
    "clinc150": [(93.2, 96.3), (95.0, 97.7), (91.1, 94.6), (93.4, 96.4)],
    "bitext": [(99.9, 100.0), (99.6, 99.9), (98.0, 98.8), (98.4, 99.3)],
    "cfpb": [(40.6, 49.9), (40.4, 50.8), (36.9, 48.3), (38.6, 50.2)],
    "dstc11": [(89.4, 94.7), (94.7, 97.4), (82.6, 89.0), (89.2, 92.8)],
}
# LinearSVC on words and character n-grams, learnt in one batch.
BATCH_PEER = {
    "clinc150": [(93.5, 96.4), (95.6, 97.8)],
    "bitext": [(99.8, 99.9), (99.9, 100.0)],
    "cfpb": [(43.1, 52.2), (45.6, 57.0)],
    "dstc11": [(89.0, 94.4), (95.5, 97.6)],
}
TOLERANCE = 0.3


def figures(tool: str, rows: Path, mapping: Path, order: str, category: str) -> dict[str, float]:
    """What `wrapup evaluate` answers."""
    command = [tool, "evaluate", str(rows), "--mapping", str(mapping), "--protocol", order]
    answer = subprocess.run(
        [*command, "--category", category, "--format", "json"], check=True, capture_output=True, text=True
    )
    return json.loads(answer.stdout)


def without_links(mapping: Path, target: Path) -> set[tuple[str, str]]:
    """Writes the mapping without a seeded fifth of its links, and returns those."""
    with mapping.open(newline="") as source:
        links = sorted({(row["category"], row["tag"]) for row in csv.DictReader(source)})
    removed = set(random.Random(20).sample(links, len(links) // 5))
    with target.open("w", newline="") as sink:
        csv.writer(sink).writerows([("category", "tag"), *(link for link in links if link not in removed)])
    return removed


def report_removed_links(tool: str, name: str, rows: Path, mapping: Path) -> None:
    """Prints what every known-category cell becomes when a fifth of the links is missing.

    The fall is of hit@5 over the items that chose a removed link, all others taken to have stayed as they were.
    """
    less = rows.with_suffix(".csv")
    removed = without_links(mapping, less)
    items = [json.loads(line) for line in rows.read_text().splitlines()]
    for order in ("split", "prequential"):
        judged = [item for item in items if item.get("tags")]
        if order == "split":
            judged = [item for item in judged if item["split"] == "test"]
        affected = sum(any((item.get("category"), tag) in removed for tag in item["tags"]) for item in judged)
        whole, part = (figures(tool, rows, path, order, "known") for path in (mapping, less))
        cells = ["%.1f -> %.1f" % (100 * whole[key], 100 * part[key]) for key in ("hit1", "hit5", "ndcg5")]
        fall = 100 * (whole["hit5"] - part["hit5"]) * len(judged) / affected
        cells += [f"{fall:.1f}"]
        print(f"| {name}, {order} | {affected} of {len(judged)} | " + " | ".join(cells) + " |", flush=True)


def main() -> int:
    """Runs every set by every protocol."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tool")
    parser.add_argument("data", type=Path)
    parser.add_argument("--set", choices=sorted(REFERENCE))
    parser.add_argument("--removed-links", action="store_true", help="the known category without a fifth of the links")
    arguments = parser.parse_args()
    names = [arguments.set] if arguments.set else list(REFERENCE)
    if arguments.removed_links:
        print("| set | affected | hit@1 | hit@5 | nDCG@5 | hit@5 lost by the affected |\n|---|---|---|---|---|---|")
        with tempfile.TemporaryDirectory() as folder:
            for name in names:
                rows = Path(folder) / f"{name}.jsonl"
                rows.write_bytes(gzip.decompress((arguments.data / f"{name}.jsonl.gz").read_bytes()))
                report_removed_links(arguments.tool, name, rows, arguments.data / f"{name}.mapping.csv")
        return 0
    complaints: list[str] = []
    found: dict[str, list[tuple[float, float]]] = {}
    print("| set | " + " | ".join(f"{order}, {category}" for order, category in PROTOCOLS) + " | rank, learn µs |")
    print("|---" * (len(PROTOCOLS) + 2) + "|")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            rows = Path(folder) / f"{name}.jsonl"
            rows.write_bytes(gzip.decompress((arguments.data / f"{name}.jsonl.gz").read_bytes()))
            cells, found[name] = [], []
            for (order, category), wanted in zip(PROTOCOLS, REFERENCE[name], strict=True):
                answer = figures(arguments.tool, rows, arguments.data / f"{name}.mapping.csv", order, category)
                got = (100 * answer["hit1"], 100 * answer["ndcg5"])
                found[name].append(got)
                cells.append("%.1f/%.1f (%+.1f/%+.1f)" % (*got, got[0] - wanted[0], got[1] - wanted[1]))
                if any(have < want - TOLERANCE - 0.05 for have, want in zip(got, wanted, strict=True)):
                    complaints.append(f"{name}, {order}, {category}: {cells[-1]}")
            times = "%.0f, %.0f" % (answer["ranking_us"]["median"], answer["learning_us"]["median"])
            print(f"| {name} | " + " | ".join(cells) + f" | {times} |", flush=True)
    for title, others in [("to the reference", REFERENCE), ("to the batch peer", BATCH_PEER)]:
        cells = []
        for place in range(len(next(iter(others.values())))):
            pair = [
                sum(found[name][place][part] - others[name][place][part] for name in names) / len(names)
                for part in (0, 1)
            ]
            cells.append("%+.2f/%+.2f" % tuple(pair))
            if others is REFERENCE and min(pair) < -0.05 and not arguments.set:
                complaints.append(f"mean of {PROTOCOLS[place]}: {cells[-1]}")
        print(f"| mean {title} | " + " | ".join(cells + [""] * (len(PROTOCOLS) - len(cells))) + " | |")
    for complaint in complaints:
        print("below the reference:", complaint, file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
