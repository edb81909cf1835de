"""Asks the tool random questions about nasty contacts and checks every figure of its answers.

Usage: random_queries.py TOOL [--count 400] [--seed N] [--features all|basic] [--leave-out PIECES] [--explain]
                         [--keep FOLDER] [--files] [--taxonomy]

Writes the contacts of nasty_contacts.py to a temporary folder, has TOOL import them, and compares
each answer, as CSV, with what SQL over section2.py's tables expects: the header, the rows by their
labels in the documented order, whole numbers exactly, the others to 1e-9 of their size. At the end it
prints how many queries had what, and a long run must have had everything at least ten times. With
`--explain` the SQL that TOOL offers for a query is run too and must give the same rows. With `--files`
the first file alone is asked directly, without a store. With `--taxonomy` a part of the tags is merged
and renamed, some in chains, and a category renamed, before anything is asked. PIECES, by commas, are names from the printed table, such as `measure ci95`. Exit status 1 when anything differs.
"""

import argparse
import os
import random
import re
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import nasty_contacts
import section2
from answer_comparison import differences
from explained_sql import explained_differences, offered_statement
from expected_answers import Query, answer
from query_draw import ALL, BASIC, QueryDraw

CONTACTS_SEED: Final = 20111230
SHOWN: Final = 6  # differences shown of one query
TIMES: Final = 10  # how often a long run has everything
SHARE_OF_ROWS: Final = 0.75  # of its answers have three rows or more
LONG_RUN: Final = 400


class Tool:
    """The command under test and its store."""

    def __init__(self, path: str, store: Path, file: Path | None = None) -> None:
        self.path, self.store = str(Path(path).resolve()), store
        self.source = [str(file)] if file else ["--store", str(store)]
        # No answer depends on the machine's zone or language.
        self.environment = os.environ | {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [self.path, *words, *self.source]
        return subprocess.run(command, capture_output=True, encoding="utf-8", env=self.environment)

    def change(self, *words: str) -> None:
        """Has names changed; options come before `--`, so the store does too."""
        at = words.index("--")
        done = subprocess.run(
            [self.path, *words[:at], *self.source, *words[at:]], capture_output=True, encoding="utf-8"
        )
        if done.returncode:
            sys.exit(f"{shlex.join(words)}: {done.stderr}")

    def take_in(self, path: Path, *options: str) -> None:
        done = self.run("import", str(path), *options)
        if done.returncode or not re.search(r"\b0 rejected\b", done.stdout + done.stderr):
            sys.exit(f"{path.name} was not imported in full:\n{done.stdout}{done.stderr}")


class Check:
    """One run: the store, the truth about it, and what was found."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        features = BASIC if options.features == "basic" else ALL
        paths = nasty_contacts.write_files(folder, CONTACTS_SEED, aliases=options.features == "all")
        self.options = options
        if options.files:
            self.tool = Tool(options.tool, folder / "store.sqlite", paths[0])
            self.database = section2.load([(paths[0], False)])
        else:
            self.tool = Tool(options.tool, folder / "store.sqlite")
            self.tool.take_in(paths[0])
            self.tool.take_in(paths[1], "--derive-handling")
            tags, categories = self.change_names(paths) if options.taxonomy else ({}, {})
            self.database = section2.load(zip(paths, (False, True), strict=True), tags, categories)
        left_out = {name.strip() for name in options.leave_out.split(",") if name.strip()}
        if unknown := left_out - {f"{kind} {name}" for kind, names in features.items() for name in names}:
            sys.exit(f"nothing is called {', '.join(sorted(unknown))}")
        self.draw = QueryDraw(self.database, options.seed, features, left_out)
        self.wrong = self.offered = self.with_rows = 0

    def change_names(self, paths: list[Path]) -> tuple[dict[str, str], dict[str, str]]:
        """Merges and renames some tags and a category; what each changed name of the files is now."""
        before = section2.load(zip(paths, (False, True), strict=True))
        draw = random.Random(self.options.seed)
        tags = sorted(name for (name,) in before.execute("SELECT DISTINCT tag FROM conversation_tag"))
        draw.shuffle(tags)
        now = {name: name for name in tags}
        # Two of three of each handful come to the last, one by way of the other.
        for first, second, target in zip(*[iter(tags[: len(tags) * 2 // 3])] * 3):
            self.tool.change("tag", "merge", "--into", second, "--", first)
            self.tool.change("tag", "merge", "--into", target, "--", second)
            now = {name: target if name in (first, second) else current for name, current in now.items()}
        for old in sorted(set(now.values()))[::2]:
            new = f"{old} anew"
            self.tool.change("tag", "rename", "--", old, new)
            now = {name: new if current == old else current for name, current in now.items()}
        category = draw.choice([name for (name,) in before.execute("SELECT DISTINCT category FROM conversation") if name])
        self.tool.change("category", "rename", "--", category, f"{category} anew")
        return now, {category: f"{category} anew"}

    def ask(self) -> None:
        """One query; what differs is printed."""
        query = self.draw.next()
        expected = answer(self.database, query)
        self.with_rows += min(len(expected.rows), query.limit or len(expected.rows)) >= 3
        words = ["stats", *query.words, "--format", "csv"]
        done = self.tool.run(*words)
        if done.returncode:
            found = [f"exit status {done.returncode}: {done.stderr.strip()}"]
        else:
            found = differences(query, expected, done.stdout)
        if self.options.explain and not done.returncode:
            found += self.explained(words, query, done.stdout)
        if found:
            self.wrong += 1
            print(f"\nseed {self.options.seed}: {shlex.join(['wrapup', *words])}")
            print("".join(f"  {line}\n" for line in found[:SHOWN]), end="")
            if len(found) > SHOWN:
                print(f"  and {len(found) - SHOWN} differences more")

    def explained(self, words: list[str], query: Query, answered: str) -> list[str]:
        """What differs between an answer and the SQL that is offered for it, if any is."""
        done = self.tool.run(*(word for word in words if word not in ("--format", "csv")), "--explain")
        if done.returncode:
            return [f"--explain: exit status {done.returncode}: {done.stderr.strip()}"]
        statement = offered_statement(done.stdout) or offered_statement(done.stderr)
        if not statement:
            return []
        self.offered += 1
        return explained_differences(self.tool.store, statement, len(query.by), query.with_total, answered)

    def too_little(self) -> list[str]:
        """Prints what the queries had; answers what a long run should have had more often."""
        coverage = self.draw.coverage()
        width = max(len(name) for name, _ in coverage) + 6
        cells = [f"{name:<{width - 5}}{times:>4} " for name, times in coverage]
        for place in range(0, len(cells), 4):
            print("".join(cells[place : place + 4]).rstrip())
        if self.options.count < LONG_RUN:
            return []
        seldom = [f"{name}: only {times} times" for name, times in coverage if times < TIMES]
        if self.with_rows < SHARE_OF_ROWS * self.options.count:
            seldom.append("too few answers have three rows or more")
        return seldom


def main() -> int:
    parser = argparse.ArgumentParser(description="Asks random questions and checks the answers.")
    parser.add_argument("tool")
    parser.add_argument("--count", type=int, default=LONG_RUN)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--features", choices=("all", "basic"), default="all")
    parser.add_argument("--leave-out", default="", help="pieces never to draw, by commas")
    parser.add_argument("--explain", action="store_true", help="run the SQL that is offered, too")
    parser.add_argument("--files", action="store_true", help="ask the first file directly, without a store")
    parser.add_argument("--taxonomy", action="store_true", help="change names first")
    parser.add_argument("--keep", type=Path, help="an empty folder for the contacts and the store, left as they are")
    options = parser.parse_args()
    began = time.monotonic()
    if options.keep:
        options.keep.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        check = Check(options, options.keep or Path(folder))
        for _ in range(options.count):
            check.ask()
    print()
    seldom = check.too_little()
    print(f"\n{options.count} queries, {check.with_rows} with three rows or more, {time.monotonic() - began:.0f} s")
    if options.explain:
        print(f"SQL was offered and run for {check.offered}")
    print("".join(f"{line}\n" for line in seldom), end="")
    print(f"{check.wrong} answers differ" if check.wrong else "every answer agrees")
    return 1 if check.wrong or seldom else 0


if __name__ == "__main__":
    sys.exit(main())
