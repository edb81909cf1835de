"""Part `memory`: the same questions over the same contacts in memory, all engines interleaved."""

import os
import statistics
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from answers import expect_same
from questions import QUESTIONS, Question, Row, with_values
from served import Failure, Reply, Served

WRAPUP: Final = "wrapup"
LIMIT: Final = "read limit"
WARM_UPS: Final = 2
HERE: Final = Path(__file__).parent


@dataclass
class Timings:
    """What one question took, in seconds, by engine; an engine without runs has a reason."""

    question: Question
    runs: dict[str, list[float]] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)  # the formulation kept, where there were several

    def median(self, name: str) -> float | None:
        return statistics.median(self.runs[name]) if self.runs.get(name) else None


def measure(bench: Path, folder: Path, rows: int, rounds: int, engines: list[str]) -> list[Timings]:
    """Starts the engines one after the other, then asks them in turn; raises `Failure` or `Difference`.

    Wrapup exports the data, so its program is started even when only peers are asked.
    """
    environment = os.environ | {"POLARS_MAX_THREADS": "2", "TOKIO_WORKER_THREADS": "2"}
    with ExitStack() as stack:
        exporter = Served(WRAPUP, [str(bench), "serve", "--rows", str(rows), "--export", str(folder)], environment)
        servers = {WRAPUP: stack.enter_context(exporter)}
        for name in engines:
            if name != WRAPUP:
                command = [sys.executable, str(HERE / "serve_engine.py"), name, str(folder)]
                servers[name] = stack.enter_context(Served(name, command, environment))
                print(f"{name} has its {rows:,} contacts", file=sys.stderr)
        asked = {name: servers[name] for name in engines}
        return [_measure(question, asked, rounds) for question in QUESTIONS]


def _measure(question: Question, servers: dict[str, Served], rounds: int) -> Timings:
    timings = Timings(question)
    answers: dict[str, list[Row]] = {}
    for name, server in servers.items():
        for _ in range(WARM_UPS):
            reply = _ask(server, question, timings)
            if reply is None:
                break
            answers[name] = with_values(question, reply.rows)
    reference, *others = answers
    for name in others:
        expect_same(question, reference, answers[reference], name, answers[name])
    for _ in range(rounds):
        for name in answers:
            if (reply := _ask(servers[name], question, timings)) is not None:
                timings.runs.setdefault(name, []).append(reply.seconds)
            if name == WRAPUP:
                limit = servers[name].ask(f"read-limit {question.name}")
                timings.runs.setdefault(LIMIT, []).append(limit.seconds)
    seen = ", ".join(f"{name} {statistics.median(runs) * 1000:.1f}" for name, runs in timings.runs.items())
    print(f"{question.name}, ms: {seen}", file=sys.stderr)
    return timings


def _ask(server: Served, question: Question, timings: Timings) -> Reply | None:
    """The answer of one engine; without one, the reason is kept, and Wrapup has none to offer."""
    reply = server.ask(question.name)
    if reply.error is not None:
        if server.name == WRAPUP:
            raise Failure(f"wrapup does not answer {question.name}: {reply.error}")
        timings.reasons[server.name] = reply.error
        return None
    if len(reply.tried) > 1:
        timings.chosen[server.name] = f"{reply.formulation} (tried: {'; '.join(reply.tried)})"
    return reply
