"""ClickHouse, in process through chdb, over tables in its session."""

import shutil
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import pyarrow as pa
from chdb import session

from column_files import contacts
from engine import Ask, Engine

COLUMNS: Final = """conversation UInt32, tag UInt8, tag2 UInt16, agent UInt16, agent2 UInt16, channel UInt8,
  category UInt8, bot UInt8, handling Int32, ended DateTime('UTC'), tags Array(UInt8)"""
# A missing value is -1. Nullable(Int32) costs 2.4 times as much by tag, and branches (sumIf) cost 3 times.
FIGURES: Final = "sum(handling >= 0) AS n, sum(greatest(handling, 0)) AS total"
MONTHS: Final = "(toRelativeMonthNum(ended) - 24241)"  # since 2020-01, as that function counts from 1
FILTER: Final = """(tag = 3 OR tag = 7 OR tag = 12 OR tag = 20) AND (channel = 0 OR channel = 2) AND bot = 0
  AND handling BETWEEN 60 AND 1800"""
LEVELS: Final = "0.5, 0.9, 0.95, 0.99"
# Hours since a Monday's midnight in Paris; a key of 16 bits is an index into a plain table of groups.
HOURS: Final = "modulo(intDiv(toUInt32(ended) + timeZoneOffset(toTimeZone(ended, 'Europe/Paris')), 3600) + 72, 168)"

SQL: Final[dict[str, dict[str, str]]] = {
    "aht-by-tag": {"plain": f"SELECT tag, {FIGURES} FROM contacts GROUP BY tag"},
    "aht-by-tag-one-month-one-channel": {
        name: f"""SELECT tag, {FIGURES} FROM {table} WHERE ended >= '2023-05-01 00:00:00'
          AND ended < '2023-06-01 00:00:00' AND channel = 0 GROUP BY tag"""
        for name, table in (("Memory", "contacts"), ("MergeTree", "ordered"))
    },
    "spread-by-tag": {
        # The wider key again: 8-bit groups are updated one by one.
        "16-bit key": """SELECT toUInt16(tag) AS k, count() AS n, avg(handling), min(handling), max(handling),
          stddevSamp(handling) FROM contacts WHERE handling >= 0 GROUP BY k"""
    },
    "quantiles-by-tag": {
        "quantilesExactInclusive": f"""SELECT tag, quantilesExactInclusive({LEVELS})(handling)
          FROM contacts WHERE handling >= 0 GROUP BY tag""",
        "histogram": f"""SELECT tag, quantilesExactWeightedInterpolated({LEVELS})(handling, c) FROM (
          SELECT tag, handling, count() AS c FROM contacts WHERE handling >= 0 GROUP BY tag, handling)
          GROUP BY tag""",
    },
    "aht-by-tag-month": {
        "one key": f"""SELECT k % 64 AS tag, intDiv(k, 64) + 24240 AS month, n, total FROM (
          SELECT toUInt16({MONTHS} * 64 + tag) AS k, {FIGURES} FROM contacts GROUP BY k)"""
    },
    "aht-by-tag-weekday-hour-paris": {
        "one key": f"""SELECT k % 64 AS tag, intDiv(k, 1536) + 1 AS weekday, intDiv(k, 64) % 24 AS hour, n, total
          FROM (SELECT toUInt16({HOURS} * 64 + tag) AS k, {FIGURES} FROM contacts GROUP BY k)"""
    },
    "aht-by-tags-list": {
        "each place": "SELECT tag, sum(n), sum(total) FROM ("
        + " UNION ALL ".join(
            f"SELECT tags[{place}] AS tag, {FIGURES} FROM contacts WHERE length(tags) >= {place} GROUP BY tag"
            for place in (1, 2, 3)
        )
        + ") GROUP BY tag",
        "arrayJoin": f"SELECT arrayJoin(tags) AS tag, {FIGURES} FROM contacts GROUP BY tag",
    },
    "aht-by-agent-tag": {
        "one key": f"""SELECT intDiv(k, 64) AS agent, k % 64 AS tag, n, total FROM (
          SELECT toUInt16(agent * 64 + tag) AS k, {FIGURES} FROM contacts GROUP BY k)"""
    },
    "aht-by-agent-tag-large": {
        "one key": """SELECT intDiv(k, 1000) AS agent2, k % 1000 AS tag2, n, total FROM (
          SELECT toUInt32(agent2) * 1000 + tag2 AS k, count() AS n, sum(handling) AS total FROM contacts
          WHERE handling >= 0 GROUP BY k ORDER BY total DESC, k LIMIT 100) ORDER BY total DESC, k"""
    },
    "filtered-by-category": {
        "plain": f"SELECT category, count() AS n, sum(handling) AS total FROM contacts WHERE {FILTER} GROUP BY category"
    },
    "conversations-by-tag": {
        # One sum that turns negative when a value is missing, and one key instead of two.
        "two groupings": """SELECT k % 64 AS tag, count() AS n, avg(v) AS mean FROM (
          SELECT toUInt64(conversation) * 64 + tag AS k, sum(if(handling < 0, -1000000000000, handling)) AS v
          FROM contacts GROUP BY k HAVING v >= 0) GROUP BY tag"""
    },
}
# Chains of equalities stay comparisons instead of becoming look-ups in a set, and what is compiled is compiled
# at the first run, not in the middle of the timed ones.
SETTINGS: Final = """max_threads = 2, optimize_min_equality_disjunction_chain_length = 100,
  min_count_to_compile_expression = 0, min_count_to_compile_aggregate_expression = 0"""


class ClickHouse(Engine):
    representation = (
        "a Memory table (a MergeTree answers the scans in twice the time) and the same as a MergeTree ordered by "
        "ended where that is faster: UInt8 and UInt16 codes, Int32 handling with -1 for missing, DateTime, "
        "Array(UInt8); max_threads = 2"
    )

    def __init__(self, folder: Path) -> None:
        source = contacts(folder)
        ended = source["ended"].cast(pa.int64()).cast(pa.uint32())
        source = source.set_column(source.schema.get_field_index("ended"), "ended", ended)
        shutil.rmtree(folder / "clickhouse", ignore_errors=True)  # left by an earlier run over kept data
        self.session = session.Session(str(folder / "clickhouse"))
        self.session.query("CREATE DATABASE peers")
        self.session.query("USE peers")
        self.session.query(f"CREATE TABLE contacts ({COLUMNS}) ENGINE = Memory")
        names = ", ".join(source.column_names)
        # Python(source) is the local variable of that name.
        self.session.query(
            f"INSERT INTO contacts SELECT {names.replace('handling', 'ifNull(handling, -1)')} FROM Python(source)"
        )
        self.session.query(f"CREATE TABLE ordered ({COLUMNS}) ENGINE = MergeTree ORDER BY ended")
        self.session.query("INSERT INTO ordered SELECT * FROM contacts")
        self.session.query("OPTIMIZE TABLE ordered FINAL")

    def formulations(self, question: str) -> Mapping[str, Ask]:
        return {name: partial(self._ask, text) for name, text in SQL[question].items()}

    def rows(self, result: bytes) -> Iterable[tuple[object, ...]]:
        table = pa.ipc.open_stream(result).read_all()
        return zip(*(column.to_pylist() for column in table.columns), strict=True)

    def _ask(self, sql: str) -> bytes:
        result: bytes = self.session.query(f"{sql} SETTINGS {SETTINGS}", "ArrowStream").bytes()
        return result
