"""Measures `wrapup evaluate` on real data sets and holds its figures to a reference scorer's.

Usage: ranking_figures.py TOOL DATA [--set NAME]

DATA holds NAME.jsonl.gz and NAME.mapping.csv. Prints hit@1/nDCG@5 in % for every set and protocol with the difference
to the reference, the means, and times; ends with 1 when a figure is more than 0.3 points below the reference, or the
mean of a protocol below the reference's.
"""

import argparse
import gzip
import json
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


def main() -> int:
    """Runs every set by every protocol."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tool")
    parser.add_argument("data", type=Path)
    parser.add_argument("--set", choices=sorted(REFERENCE))
    arguments = parser.parse_args()
    names = [arguments.set] if arguments.set else list(REFERENCE)
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
