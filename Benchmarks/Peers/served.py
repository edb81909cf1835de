"""The other end of `wrapup-bench serve` and of serve_engine.py: one engine in a process of its own."""

import json
import subprocess
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from answers import Difference
from questions import Row


class Failure(Exception):
    """Something the benchmark can't go on from; the message is for the person who runs it."""


@dataclass(frozen=True)
class Reply:
    """One answer; `error` says instead why there is none."""

    seconds: float
    rows: list[Row]
    error: str | None
    formulation: str | None  # the way of asking that was kept
    tried: list[str]  # ways of asking with what each took, when this answer had to choose


class Served:
    """An engine that has its data and waits for questions."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        self.name = name
        # Standard error goes where ours goes: what an engine complains about is seen.
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        try:
            if (line := self._line()) != "ready":
                raise Failure(f"{name} said {line!r} instead of ready")
        except BaseException:
            self.process.kill()
            raise

    def ask(self, asked: str) -> Reply:
        assert self.process.stdin
        self.process.stdin.write(asked + "\n")
        self.process.stdin.flush()
        line = self._line()
        try:
            reply = json.loads(line)
        except json.JSONDecodeError as error:
            raise Failure(f"{self.name} answered {asked} with {line[:200]!r}, which is no JSON") from error
        if "difference" in reply:
            raise Difference(reply["difference"])
        rows = [tuple(row) for row in reply.get("rows", ())]
        if reply["question"] != asked.rsplit(maxsplit=1)[-1]:
            raise Failure(f"{self.name} was asked {asked} and answered {reply['question']}")
        how = (reply.get("error"), reply.get("formulation"), reply.get("tried", []))
        return Reply(reply.get("seconds", 0.0), rows, *how)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self.process.stdin
        try:
            self.process.stdin.close()  # the end of the questions
            self.process.wait(timeout=30)
        except (BrokenPipeError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()

    def _line(self) -> str:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise Failure(f"{self.name} ended with status {self.process.wait()}")
        return line.strip()
