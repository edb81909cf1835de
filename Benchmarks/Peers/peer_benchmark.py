"""Wrapup beside DuckDB, Polars, DataFusion, ClickHouse, fastText and Vowpal Wabbit, on this machine.

Four parts, all of them unless --part names some:

memory   Eleven questions over the same contacts in memory. `wrapup-bench serve` generates and exports them;
         every engine is a process that loads them, is asked by name and times itself, in turn with the others.
         Two cores are used, whatever the machine has.
process  Whole processes of `wrapup` and the duckdb command line: import, statistics from their own files,
         and straight from a CSV.
growth   `wrapup-bench growth`: how Wrapup's times grow with the rows.
ranking  `wrapup evaluate` beside fastText and Vowpal Wabbit: how well and how fast each ranks tags for the texts of
         four public data sets; those that are not in --data (../shared/data beside the repository) are skipped.

Every peer is asked in the quickest way that was found, and where that depends on data or machine, several ways
are tried and the quickest is kept. A run whose engines differ in any figure of parts memory and process stops and
says where. Markdown goes to standard output, progress to standard error.

`Benchmarks/Peers/run` makes a virtual environment from requirements.txt (in .build-peers/venv, or where $PEERS_VENV
says) and starts this module in it. A full run needs Python 3.11, a Swift toolchain, 8 GB of memory, 5 GB of disk
and about half an hour.
"""

import argparse
import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PARTS: Final = ("memory", "process", "growth", "ranking")
ENGINES: Final = ("wrapup", "duckdb", "polars", "datafusion", "clickhouse")
GROWTH: Final = "1000000,10000000,100000000"
DATA: Final = ROOT.parent / "shared" / "data"


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="Benchmarks/Peers/run", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, default, meaning in (
        ("--rows", 20_000_000, "contacts of part memory"),
        ("--process-rows", 5_000_000, "contacts of part process"),
        ("--rounds", 9, "timed runs of each question"),
    ):
        parser.add_argument(name, type=_positive, default=default, metavar="N", help=f"{meaning} ({default:,})")
    parser.add_argument("--growth-rows", default=GROWTH, metavar="LIST", help=f"contacts of part growth ({GROWTH})")
    parser.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="data sets of part ranking")
    parser.add_argument("--part", action="append", choices=PARTS, help="this part only; may be repeated")
    parser.add_argument("--engines", type=_engines, default=list(ENGINES), help=f"of part memory ({','.join(ENGINES)})")
    parser.add_argument("--results", type=Path, metavar="FILE", help="write the Markdown to FILE too")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave data and stores in DIR")
    parser.add_argument("--programs", type=Path, metavar="DIR", help="take wrapup and wrapup-bench from DIR; no build")
    return parser.parse_args()


def main() -> None:
    options = parsed()
    # Only now: --help needs nothing installed.
    from answers import Difference
    from served import Failure

    lines: list[str] = []
    try:
        for line in _report(options, tuple(options.part or PARTS)):
            print(line, flush=True)  # a part that is done is shown even when a later one stops
            lines.append(line)
    except (Difference, Failure) as stopped:
        sys.exit(f"stopped: {stopped}")
    except subprocess.CalledProcessError as error:
        sys.exit(f"stopped: {' '.join(map(str, error.cmd))} failed with status {error.returncode}")
    if options.results:
        options.results.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _report(options: argparse.Namespace, parts: tuple[str, ...]) -> Iterator[str]:
    import machine
    import memory_part
    import memory_report
    import process_report
    import ranking_part
    import ranking_report
    from process_part import CommandLines

    programs = options.programs.resolve() if options.programs else _built()
    wrapup, bench = programs / "wrapup", programs / "wrapup-bench"
    machine.use_two_cores()
    yield from ("# Wrapup beside its peers", "", *machine.lines(ROOT, options.engines), "")
    with _folder(options.keep) as folder:
        if "memory" in parts:
            asked = (options.rows, options.rounds, options.engines)
            yield from memory_report.report(memory_part.measure(bench, folder, *asked), *asked)
        if "process" in parts:
            tools = CommandLines(wrapup, bench, folder, options.process_rows, options.rounds)
            yield from process_report.report(tools.measure(), options.process_rows, options.rounds)
        if "ranking" in parts:
            yield from ranking_report.report(ranking_part.measure(wrapup, folder, options.data))
    if "growth" in parts:
        command = [str(bench), "growth", "--rows", options.growth_rows]
        grown = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        yield from ("## Growth", "", grown.stdout.strip(), "")
    yield from ("## How to run", "", f"`{_command(options, parts)}`; `--help` says everything.")


def _command(options: argparse.Namespace, parts: tuple[str, ...]) -> str:
    """What makes the same figures elsewhere, without the paths of this machine."""
    words = ["Benchmarks/Peers/run", *(f"--part {part}" for part in parts), f"--rounds {options.rounds}"]
    if "memory" in parts:
        words += [f"--rows {options.rows}", f"--engines {','.join(options.engines)}"]
    if "process" in parts:
        words.append(f"--process-rows {options.process_rows}")
    if "growth" in parts:
        words.append(f"--growth-rows {options.growth_rows}")
    return " ".join(words)


def _built() -> Path:
    """The folder with the release build, static as it is shipped; the compiler talks to standard error."""
    build = ["swift", "build", "-c", "release", "--static-swift-stdlib"]
    for product in ("wrapup", "wrapup-bench"):
        subprocess.run([*build, "--product", product], cwd=ROOT, stdout=sys.stderr, check=True)
    return ROOT / ".build" / "release"


@contextlib.contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """Where data and stores lie: `kept`, else a folder beside the environment that is gone afterwards."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    parent = ROOT / ".build-peers"
    parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent) as folder:
        yield Path(folder)


def _positive(text: str) -> int:
    number = int(text.replace(",", "").replace("_", ""))
    if number < 1:
        raise ValueError
    return number


def _engines(text: str) -> list[str]:
    names = text.split(",")
    if unknown := [name for name in names if name not in ENGINES]:
        raise argparse.ArgumentTypeError(f"{unknown[0]} is none of {', '.join(ENGINES)}")
    return [name for name in ENGINES if name in names]


if __name__ == "__main__":
    main()
