"""The expected answer to a query, by SQL over the tables of section2.py.

Numbers in parentheses name the rules of the domain. The table `placed` has one record for each contact
and row of the answer it counts in; the total is the row whose labels are `*`.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from measure_formulas import PARTS, SCORES, Figure, Gathered, Terms, columns, figures
from section2 import CALENDAR, fold
from where_expressions import Condition, all_of

Label = int | str | None
Key = tuple[Label, ...]

DIMENSIONS: Final = {
    "tag": "t.tag", "category": "v.category", "channel": "v.channel", "agent": "c.agent", "group": "c.team",
    "closing": "v.closing", "rating": "v.rating",
} | {bucket: f"z.{bucket}" for bucket in CALENDAR}
NAMES: Final = ("tag", "category", "channel", "agent", "group", "closing", "rating")
TOTAL: Final = ("*", "*", "*")
KEY: Final = "d0, d1, d2"


@dataclass
class Query:
    """A question: what its answer depends on, and the words that ask it on the command line."""

    by: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    attribute: str = "reported"
    zone: str = "UTC"
    open: bool = False
    bots: bool = False
    per_conversation: bool = False
    tags: str = "each"
    terms: Terms = Terms()
    conditions: list[Condition] = field(default_factory=list)  # period and filters
    sort: tuple[str, bool] | None = None  # a dimension or measure, and whether descending
    limit: int | None = None
    with_total: bool = True
    words: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)  # what the coverage table counts

    @property
    def header(self) -> list[str]:
        return [*self.by, *(column for measure in self.measures for column in columns(measure))]

    def column(self, name: str) -> int:
        """The place of a dimension or of a measure of one column."""
        return self.header.index(name if name in self.by else columns(name)[0])


@dataclass
class Answer:
    """Figures by labels, all rows in the documented order, and the total."""

    rows: dict[Key, list[Figure]]
    total: list[Figure]


def place(database: sqlite3.Connection, query: Query) -> int:
    """Makes the table `placed` and answers the number of rows of the answer, the total left out."""
    condition = all_of(query.conditions)
    joins = """contact c JOIN conversation v ON v.id = c.conversation
        JOIN calendar z ON z.zone = ? AND z.attribute = ? AND z.contact = c.number"""
    names = ("number", "conversation", "agent", "bot", "handled", "value", "talk", "hold", "wrapup", "started", "ended")
    fields = ", ".join(f"c.{name}" for name in names)
    database.execute("DROP TABLE IF EXISTS temp.placed")
    # (2) Ended conversations and humans, unless asked for more. (6) One instant files a contact and tests the period.
    database.execute(
        f"""CREATE TEMP TABLE placed AS SELECT '*' AS d0, '*' AS d1, '*' AS d2, 1 AS k, {fields} FROM {joins}
        WHERE {"1" if query.open else "v.has_ended"} AND {"1" if query.bots else "NOT c.bot"} AND {condition.sql}""",
        (query.zone, query.attribute, *condition.parameters),
    )
    if not query.by:
        return 0
    dimensions = [DIMENSIONS[name] for name in query.by] + ["NULL"] * (3 - len(query.by))
    tags = ""
    if "tag" in query.by:  # (8) in each of its tags, or in the first chosen only; untagged is a row of its own
        first = "AND t.place = 1" if query.tags == "primary" else ""
        tags = f"LEFT JOIN conversation_tag t ON t.conversation = v.id {first}"
    weight = "max(v.tag_count, 1)" if query.tags == "split" else "1"
    database.execute(
        f"INSERT INTO placed SELECT {', '.join(dimensions)}, {weight}, {fields} FROM {joins} {tags}"
        " WHERE c.number IN (SELECT number FROM placed)",
        (query.zone, query.attribute),
    )
    rows = database.execute(f"SELECT count(*) FROM (SELECT DISTINCT {KEY} FROM placed WHERE d0 IS NOT '*')")
    return rows.fetchone()[0]


class Gathering:
    """Fills what the measures of every row need, family by family."""

    def __init__(self, database: sqlite3.Connection, query: Query) -> None:
        self.database, self.query = database, query
        self.rows: dict[Key, Gathered] = {TOTAL: Gathered()}

    def records(self, statement: str) -> Iterator[tuple[Gathered, tuple]]:
        """The records of a statement, whose first three columns name a row of the answer."""
        for record in self.database.execute(statement):
            key = record[:3]
            if key not in self.rows:
                self.rows[key] = Gathered()
            yield self.rows[key], record[3:]

    def gather(self) -> dict[Key, Gathered]:
        names = set(self.query.measures)
        self.count()
        if self.query.terms.split:
            self.split()
        if self.query.per_conversation or names & {"n_conversation", "mean_conversation"}:
            self.exchanges()
        if not self.query.per_conversation:
            valued = "placed WHERE handled AND value NOTNULL"
            statement = f"SELECT {KEY}, json_group_array(value) FROM {valued} GROUP BY {KEY}"
            for row, (values,) in self.records(statement):
                row.values = sorted(json.loads(values))
        if any(name.endswith(PARTS) for name in names):
            self.parts()
        if any("first_reply" in name for name in names):
            self.replies()
        if names & {*SCORES, *(f"n_{name}" for name in SCORES)}:
            self.scores()
        if "reopens" in names:
            self.reopens()
        if names & {"engaged", "concurrency"}:
            self.engaged()
        return self.rows

    def count(self) -> None:
        statement = f"""
            SELECT {KEY}, count(*), sum(handled), count(DISTINCT conversation), count(value), coalesce(sum(value), 0)
            FROM placed GROUP BY {KEY}"""
        for row, found in self.records(statement):
            row.contacts, handled, row.conversations, row.n_contact, row.total_contact = found
            row.handled = handled or 0
            row.missing = row.handled - row.n_contact  # (3)

    def split(self) -> None:
        """(8) A conversation weighs 1/k in each of its k tags: sums per k, divided once."""
        statement = f"SELECT {KEY}, k, count(*), count(value), coalesce(sum(value), 0) FROM placed GROUP BY {KEY}, k"
        for row, (k, *sums) in self.records(statement):
            row.split = tuple(so_far + Fraction(part, k) for so_far, part in zip(row.split, sums, strict=True))

    def exchanges(self) -> None:
        """(5) One value a conversation and row: the sum over its handled contacts, missing if one of them is."""
        statement = f"""
            SELECT {KEY}, json_group_array(seconds) FROM (
                SELECT {KEY}, CASE WHEN count(value) = count(*) THEN sum(value) END AS seconds
                FROM placed WHERE handled GROUP BY {KEY}, conversation)
            GROUP BY {KEY}"""
        if self.query.per_conversation:
            for row in self.rows.values():
                row.missing = 0
        for row, (cell,) in self.records(statement):
            sums = json.loads(cell)
            row.exchanges = sorted(seconds for seconds in sums if seconds is not None)
            if self.query.per_conversation:
                row.values, row.missing = row.exchanges, sums.count(None)

    def parts(self) -> None:
        """(5) Average talk, hold and wrap-up divide by the handled contacts that had some."""
        sums = ", ".join(f"count(*) FILTER (WHERE {p} > 0), coalesce(sum({p}), 0)" for p in PARTS)
        for row, found in self.records(f"SELECT {KEY}, {sums} FROM placed WHERE handled GROUP BY {KEY}"):
            row.parts = dict(zip(PARTS, zip(found[::2], found[1::2])))

    def replies(self) -> None:
        """(2) A conversation's first reply counts where the contact that gave it does."""
        statement = f"""
            SELECT {KEY}, json_group_array(first_reply)
            FROM placed p JOIN conversation v ON v.id = p.conversation AND v.replier = p.number
            WHERE first_reply NOTNULL GROUP BY {KEY}"""
        for row, (waits,) in self.records(statement):
            row.replies = sorted(json.loads(waits))

    def scores(self) -> None:
        """(12) A conversation counts once in a row where it has a human handled contact."""
        number = "CAST(nullif(nullif(rating, 'good'), 'bad') AS INTEGER)"
        statement = f"""
            SELECT {KEY}, count({number}), coalesce(sum({number}), 0),
                count(rating), count(*) FILTER (WHERE rating IN ('4', '5', 'good')),
                count(network), coalesce(sum(network), 0), count(product), coalesce(sum(product), 0)
            FROM (SELECT DISTINCT {KEY}, conversation FROM placed WHERE handled AND NOT bot)
            JOIN conversation v ON v.id = conversation GROUP BY {KEY}"""
        for row, found in self.records(statement):
            row.scores = dict(zip(SCORES, zip(found[::2], found[1::2])))

    def reopens(self) -> None:
        statement = f"""
            SELECT {KEY}, sum(reopens) FROM (SELECT DISTINCT {KEY}, conversation FROM placed)
            JOIN conversation v ON v.id = conversation GROUP BY {KEY}"""
        for row, (count,) in self.records(statement):
            row.reopens = count

    def engaged(self) -> None:
        """Seconds in which an agent had a contact open: what each contact adds to those that began before it."""
        statement = f"""
            WITH stretch AS (
                SELECT {KEY}, started, ended, max(ended) OVER (
                    PARTITION BY {KEY}, agent ORDER BY started, number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                ) AS covered
                FROM placed WHERE agent NOTNULL AND ended NOTNULL)
            SELECT {KEY}, sum(max(0, ended - max(started, coalesce(covered, started)))) FROM stretch GROUP BY {KEY}"""
        for row, (seconds,) in self.records(statement):
            row.engaged = seconds


def answer(database: sqlite3.Connection, query: Query) -> Answer:
    """The answer to the query that `place` was last called for."""
    rows = Gathering(database, query).gather()
    total = rows.pop(TOTAL)
    found: dict[Key, list[Figure]] = {}
    for key in sorted(rows, key=lambda key: label_order(query, key)):
        found[key[: len(query.by)]] = all_figures(query, rows[key], total)
    if query.sort:
        found = sorted_rows(query, found)
    return Answer(found, all_figures(query, total, total))


def all_figures(query: Query, row: Gathered, total: Gathered) -> list[Figure]:
    return [figure for measure in query.measures for figure in figures(measure, row, total, query.terms)]


def label_order(query: Query, key: Key) -> tuple:
    """Names by alphabet without case and accents, then by bytes; numbers by size, buckets by time; missing last."""
    return tuple((1,) if label is None else (0, *rank(name, label)) for name, label in zip(query.by, key))


def rank(dimension: str, label: int | str) -> tuple:
    return (fold(label), label.encode()) if dimension in NAMES else (label,)


def sorted_rows(query: Query, rows: dict[Key, list[Figure]]) -> dict[Key, list[Figure]]:
    """Rows in label order put in the order of `--sort`: ties stay, what is undefined comes last either way."""
    assert query.sort
    name, descending = query.sort
    place_of = query.column(name)
    known: list[tuple] = []
    unknown: list[tuple] = []
    for key, row in rows.items():
        cell = [*key, *row][place_of]
        (unknown if cell is None else known).append((key, row))

    def sort_value(item: tuple) -> tuple:
        cell = [*item[0], *item[1]][place_of]
        return rank(name, cell) if name in query.by else (cell,)

    return dict(sorted(known, key=sort_value, reverse=descending) + unknown)
