"""Part `process`: whole processes from start to exit, Wrapup's command line against DuckDB's."""

import os
import random
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb_cli

from answers import expect_same
from command_answers import BY_TAG, QUANTILES_BY_TAG, duckdb_rows, wrapup_rows
from questions import Question
from served import Failure

IMPORTS: Final = 3  # at most; an import takes long and varies little
SEED: Final = 5
# The binary itself: the script of that name is Python and takes longer to start than DuckDB.
DUCKDB: Final = Path(duckdb_cli.__file__).parent / "duckdb"
TEXT: Final = ("id", "contactId", "channel", "category", "tags", "agent", "group")
TYPES: Final = {name: "VARCHAR" for name in TEXT} | {
    "startedAt": "TIMESTAMP",
    "firstReplyAt": "TIMESTAMP",
    "endedAt": "TIMESTAMP",
    "handlingSeconds": "INTEGER",
    "satisfaction": "UTINYINT",
}
FIGURES: Final = "count(*), count(handlingSeconds), avg(handlingSeconds)"
QUANTILES: Final = "count(handlingSeconds), quantile_cont(handlingSeconds, [0.5, 0.9, 0.95, 0.99])"
ORDERED, SHUFFLED, STORE, DATABASE = "contacts.csv", "shuffled.csv", "contacts.sqlite", "contacts.duckdb"


@dataclass(frozen=True)
class Compared:
    """What one command takes by either tool, in seconds."""

    title: str
    wrapup: float
    duckdb: float
    rows: int | None = None  # where rows a second are said


@dataclass(frozen=True)
class CommandLines:
    """Both tools over the same generated contacts, in a folder that holds the files of both."""

    wrapup: Path
    bench: Path
    folder: Path
    rows: int
    rounds: int

    def measure(self) -> list[Compared]:
        """Imports by both tools, then asks both; raises `Failure` or `Difference`."""
        self._generate()
        compared = [self._imports()]
        stats, stored = [str(self.wrapup), "stats"], ["--by", "tag", "--format", "csv", "--store", STORE]
        listed = "(SELECT unnest(coalesce(tags, [''])) AS tag, handlingSeconds FROM contacts)"
        for title, question, words, figures in (
            ("stats --by tag", BY_TAG, [], FIGURES),
            ("stats --by tag, four quantiles", QUANTILES_BY_TAG, ["--measures", "n,p50,p90,p95,p99"], QUANTILES),
        ):
            peer = _duckdb(f"SELECT tag, {figures} FROM {listed} GROUP BY tag", "-readonly", DATABASE)
            compared.append(self._compare(title, question, [*stats, *stored, *words], peer))
        for title, name in (("straight from the CSV", ORDERED), ("straight from a shuffled CSV", SHUFFLED)):
            split = f"(SELECT unnest(string_split(coalesce(tags, ''), ';')) AS tag, handlingSeconds FROM {_csv(name)})"
            peer = _duckdb(f"SELECT tag, {FIGURES} FROM {split} GROUP BY tag")
            straight = [*stats, name, "--by", "tag", "--format", "csv"]
            compared.append(self._compare(f"stats --by tag, {title}", BY_TAG, straight, peer))
        return compared

    def _generate(self) -> None:
        """The contacts, and the same rows in a random order, always the same one, below the same header."""
        print(f"generating {self.rows:,} contacts", file=sys.stderr)
        with (self.folder / ORDERED).open("wb") as file:
            subprocess.run([self.bench, "--generate", str(self.rows)], stdout=file, check=True)
        header, *rows = (self.folder / ORDERED).read_bytes().splitlines(keepends=True)
        random.Random(SEED).shuffle(rows)
        (self.folder / SHUFFLED).write_bytes(header + b"".join(rows))
        os.sync()  # what is still on its way to the disk would be paid for by the first command that syncs

    def _imports(self) -> Compared:
        """Each tool makes its own file. DuckDB need not keep the order, and splits the tags once for all questions."""
        create = (
            "SET preserve_insertion_order = false; CREATE TABLE contacts AS "
            f"SELECT * REPLACE (string_split(tags, ';') AS tags) FROM {_csv(ORDERED)}"
        )
        ours, theirs = [], []
        for _ in range(min(self.rounds, IMPORTS)):
            for name in (STORE, DATABASE):
                for old in self.folder.glob(f"{name}*"):
                    old.unlink()
            ours.append(self._timed([str(self.wrapup), "import", ORDERED, "--store", STORE])[0])
            theirs.append(self._timed(_duckdb(create, DATABASE))[0])
        return _said(Compared("import", statistics.median(ours), statistics.median(theirs), self.rows))

    def _compare(self, title: str, question: Question, ours: list[str], theirs: list[str]) -> Compared:
        """Asks both once to compare the answers, then in turn."""
        expected = duckdb_rows(self._timed(theirs)[1])
        answer = wrapup_rows(question, self._timed(ours)[1])
        expect_same(question, "duckdb", expected, "wrapup", answer)
        taken = [(self._timed(ours)[0], self._timed(theirs)[0]) for _ in range(self.rounds)]
        wrapup, duckdb = map(statistics.median, zip(*taken, strict=True))
        return _said(Compared(title, wrapup, duckdb))

    def _timed(self, command: list[str]) -> tuple[float, str]:
        """Seconds from start to exit, and what was printed."""
        start = time.perf_counter()
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=self.folder)
        seconds = time.perf_counter() - start
        if done.returncode:
            said = (done.stderr.strip() or "nothing").splitlines()[0]
            raise Failure(f"`{Path(command[0]).name} {' '.join(command[1:3])} …` failed: {said}")
        return seconds, done.stdout


def _said(compared: Compared) -> Compared:
    print(
        f"{compared.title}, ms: wrapup {compared.wrapup * 1000:.0f}, duckdb {compared.duckdb * 1000:.0f}",
        file=sys.stderr,
    )
    return compared


def _duckdb(sql: str, *words: str) -> list[str]:
    """A command that reads no settings of the person who runs this."""
    return [str(DUCKDB), "-init", os.devnull, *words, "-json", "-c", f"SET threads = 2; {sql}"]


def _csv(name: str) -> str:
    """With types given, DuckDB has nothing to sniff; columns nobody asks for are not converted."""
    columns = ", ".join(f"'{column}': '{kind}'" for column, kind in TYPES.items())
    return f"read_csv('{name}', header = true, delim = ',', quote = '\"', auto_detect = false, columns = {{{columns}}})"
