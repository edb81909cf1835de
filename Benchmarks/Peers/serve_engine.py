"""Serves one peer as `wrapup-bench serve` serves Wrapup: question names in, one line of JSON out.

Every engine is a process of its own, so that none shares an allocator or a thread pool with another and all
are driven in the same way. The first time a question is asked, each formulation of it is tried; their rows
must agree, and the quickest is kept.
"""

import gc
import json
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from answers import Difference, expect_same
from engine import Ask, Engine
from questions import BY_NAME, Question, Row, canonical

ENGINES: Final = {
    "duckdb": ("duckdb_engine", "DuckDB"),
    "polars": ("polars_engine", "Polars"),
    "datafusion": ("datafusion_engine", "DataFusion"),
    "clickhouse": ("clickhouse_engine", "ClickHouse"),
}
TRIALS: Final = 5  # of each formulation
HOPELESS: Final = 3  # times as long as another in the first run: not tried again


class Served:
    """One engine and the formulation it answers each question with."""

    def __init__(self, name: str, engine: Engine) -> None:
        self.name, self.engine = name, engine
        self.kept: dict[str, tuple[str, Ask]] = {}

    def answer(self, name: str) -> dict[str, Any]:
        question = BY_NAME[name]
        tried = [] if name in self.kept else self._try(question)
        formulation, ask = self.kept[name]
        seconds, result = _timed(ask)
        rows = canonical(question, self.engine.rows(result))
        return {"question": name, "seconds": seconds, "rows": rows, "formulation": formulation, "tried": tried}

    def _try(self, question: Question) -> list[str]:
        """Keeps the quickest formulation; gives what each took, for the record."""
        formulations = self.engine.formulations(question.name)
        first: tuple[str, list[Row]] | None = None
        least: dict[str, float] = {}
        for name, ask in formulations.items():
            least[name], result = _timed(ask)
            rows = canonical(question, self.engine.rows(result))
            first = first or (name, rows)
            expect_same(question, f"{self.name} ({first[0]})", first[1], f"{self.name} ({name})", rows)
        rivals = [name for name in least if least[name] < HOPELESS * min(least.values())]
        if len(rivals) > 1:
            # In turn, so that a busy moment of the machine falls on all of them.
            for name in rivals * TRIALS:
                least[name] = min(least[name], _timed(formulations[name])[0])
        quickest = min(least, key=least.__getitem__)
        self.kept[question.name] = (quickest, formulations[quickest])
        return [f"{name} {seconds * 1000:.1f} ms" for name, seconds in least.items()]


def _timed(ask: Ask) -> tuple[float, Any]:
    start = time.perf_counter()
    result = ask()
    return time.perf_counter() - start, result


def main() -> None:
    name, folder = sys.argv[1], Path(sys.argv[2])
    module, kind = ENGINES[name]
    engine: Engine = getattr(import_module(module), kind)(folder)
    served = Served(name, engine)
    gc.disable()  # no pause of Python's falls into a timing; reference counts free the results
    print("ready", flush=True)
    for line in sys.stdin:
        asked = line.strip()
        try:
            reply = served.answer(asked)
        except Difference as difference:  # between two ways of asking: nobody may go on from that
            reply = {"question": asked, "difference": str(difference)}
        except Exception as error:  # whatever an engine raises is said in the table, with its reason
            reply = {"question": asked, "error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
