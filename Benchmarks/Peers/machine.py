"""What the figures were measured on and with."""

import datetime
import os
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Final

ENGINE_PACKAGES: Final = {
    "duckdb": ("DuckDB", "duckdb"),
    "polars": ("Polars", "polars"),
    "datafusion": ("DataFusion", "datafusion"),
    "clickhouse": ("ClickHouse through chdb", "chdb"),
}


def use_two_cores() -> None:
    """Every process started from now on finds two cores, so that no engine gets more than another."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])


def lines(root: Path, engines: list[str]) -> list[str]:
    """Markdown items: machine, date and versions."""
    revision = _output(["git", "-C", str(root), "describe", "--always", "--dirty"])
    peers = [f"{title} {version(package)}" for name, (title, package) in ENGINE_PACKAGES.items() if name in engines]
    peers.append(f"duckdb command line {version('duckdb-cli')}")
    return [
        f"- {_cpu()}, {len(os.sched_getaffinity(0))} cores used of {os.cpu_count()}, {_memory()}, {_system()}",
        f"- {datetime.datetime.now(datetime.UTC):%Y-%m-%d}, Wrapup at {revision}, "
        f"{_output(['swift', '--version']).splitlines()[0]}",
        f"- {', '.join(peers)}",
    ]


def _cpu() -> str:
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return names[0].partition(":")[2].strip() if names else "unknown processor"


def _memory() -> str:
    kilobytes = int(Path("/proc/meminfo").read_text().splitlines()[0].split()[1])
    return f"{kilobytes / (1 << 20):.0f} GiB of memory"


def _system() -> str:
    text = Path("/etc/os-release")
    names = [line for line in text.read_text().splitlines() if line.startswith("PRETTY_NAME=")] if text.exists() else []
    return names[0].partition("=")[2].strip('"') if names else "Linux"


def _output(command: list[str]) -> str:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return done.stdout.strip() or "unknown"
