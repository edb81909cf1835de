"""DuckDB, in process, over a native table in memory."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from column_files import contacts, longest_conversation
from engine import QUANTILES, Ask, Engine, quantile_sql
from zone_offsets import MONDAY, offset_case

FIGURES: Final = "count(handling) AS n, sum(handling) AS total"
# Zone maps turn ranges away for less than they cost as lists, so the ranges around the lists are named too.
FILTER: Final = """bot = 0 AND channel <= 2 AND channel <> 1 AND tag >= 3 AND tag <= 20
  AND (tag = 3 OR tag = 7 OR tag = 12 OR tag = 20) AND handling >= 60 AND handling <= 1800"""
# A sum and a remainder in place of 20 million conversions, which go through ICU one by one: a fifth of the time.
PARIS: Final = f"(h + {MONDAY} + {offset_case('h')}) % 168"
HISTOGRAM: Final = """SELECT tag, handling, sum(c) OVER (PARTITION BY tag ORDER BY handling) AS upto,
  sum(c) OVER (PARTITION BY tag) AS n
  FROM (SELECT tag, handling, count(*) AS c FROM contacts WHERE handling IS NOT NULL GROUP BY ALL)"""
RANK: Final = "((n - 1) * {}::DOUBLE)"

SQL: Final[dict[str, dict[str, str]]] = {
    "aht-by-tag": {"plain": f"SELECT tag, {FIGURES} FROM contacts GROUP BY tag"},
    "aht-by-tag-one-month-one-channel": {
        "plain": f"""SELECT tag, {FIGURES} FROM contacts
          WHERE ended >= '2023-05-01' AND ended < '2023-06-01' AND channel = 0 GROUP BY tag"""
    },
    "spread-by-tag": {
        "plain": """SELECT tag, count(handling), avg(handling), min(handling), max(handling),
          stddev_samp(handling) FROM contacts GROUP BY tag"""
    },
    "quantiles-by-tag": {
        "quantile_cont": """SELECT tag, quantile_cont(handling, [0.5, 0.9, 0.95, 0.99])
          FROM contacts GROUP BY tag""",
        "histogram": f"""SELECT tag,
          {", ".join(quantile_sql(RANK.format(q), "handling", "upto", name) for name, q in QUANTILES)}
          FROM ({HISTOGRAM}) GROUP BY tag""",
    },
    "aht-by-tag-month": {
        # Year and month apart keep their statistics, so that the key fits a perfect hash.
        "year and month": f"""SELECT tag, y * 12 + m - 1 AS month, n, total FROM (
          SELECT tag, year(ended) AS y, month(ended) AS m, {FIGURES} FROM contacts GROUP BY ALL)"""
    },
    "aht-by-tag-weekday-hour-paris": {
        "offsets": f"""SELECT tag, k // 24 + 1 AS weekday, k % 24 AS hour, n, total FROM (
          SELECT tag, ({PARIS})::UTINYINT AS k, {FIGURES}
          FROM (SELECT tag, handling, epoch_us(ended) // 3600000000 AS h FROM contacts) GROUP BY ALL)"""
    },
    "aht-by-tags-list": {
        "unnest": f"SELECT tag, {FIGURES} FROM (SELECT unnest(tags) AS tag, handling FROM contacts) GROUP BY tag",
        "each place": "SELECT tag, sum(n), sum(total) FROM ("
        + " UNION ALL ".join(
            f"SELECT tags[{place}] AS tag, {FIGURES} FROM contacts WHERE len(tags) >= {place} GROUP BY 1"
            for place in (1, 2, 3)
        )
        + ") GROUP BY tag",
    },
    "aht-by-agent-tag": {"plain": f"SELECT agent, tag, {FIGURES} FROM contacts GROUP BY ALL"},
    "aht-by-agent-tag-large": {
        "plain": f"""SELECT agent2, tag2, {FIGURES} FROM contacts GROUP BY ALL
          ORDER BY total DESC NULLS LAST, agent2, tag2 LIMIT 100"""
    },
    "filtered-by-category": {"plain": f"SELECT category, {FIGURES} FROM contacts WHERE {FILTER} GROUP BY category"},
    "conversations-by-tag": {
        # One sum that turns negative when a value is missing: one aggregate instead of three.
        "two groupings": """SELECT tag, count(*) AS n, avg(v) AS mean FROM (
          SELECT conversation, tag, sum(coalesce(handling::BIGINT, -1000000000000)) AS v FROM contacts GROUP BY ALL
          HAVING v >= 0) GROUP BY tag"""
    },
}


def neighbours_sql(longest: int) -> str:
    """Conversations by looking at neighbours instead of grouping 16 million pairs: contacts of one are adjacent.

    A contact is new when none before it in its conversation has its tag, and void when any around it with its
    tag has no value. Windows without order or partition stream.
    """
    steps = range(1, max(2, longest))
    seen = ", ".join(
        f"k = lag(k, {i}) OVER () AS before{i}, lag(missing, {i}) OVER () AS missing_before{i}, "
        f"k = lead(k, {i}) OVER () AS after{i}, lead(missing, {i}) OVER () AS missing_after{i}"
        for i in steps
    )
    again = " OR ".join(f"coalesce(before{i}, false)" for i in steps)
    void = " OR ".join(
        f"coalesce({side}{i} AND missing_{side}{i}, false)" for i in steps for side in ("before", "after")
    )
    return f"""SELECT tag, count(*) FILTER (NOT again) AS n, sum(handling) / n AS mean FROM (
      SELECT tag, handling, {again} AS again, missing OR {void} AS void FROM (
        SELECT tag, handling, missing, {seen} FROM (
          SELECT tag, handling, handling IS NULL AS missing, (conversation::UBIGINT << 8) | tag AS k
          FROM contacts))) WHERE NOT void GROUP BY tag"""


class DuckDB(Engine):
    representation = (
        "a native table in memory, uncompressed: UTINYINT and USMALLINT codes, INTEGER handling with nulls, "
        "TIMESTAMP, UTINYINT[]; threads = 2, perfect_ht_threshold = 20"
    )

    def __init__(self, folder: Path) -> None:
        source = contacts(folder)
        # A wider limit for perfect hashing than the default 12 bits: up to three times faster by two keys.
        self.connection = duckdb.connect(config={"threads": 2})
        self.connection.execute("SET perfect_ht_threshold = 20")
        self.connection.execute("SET TimeZone = 'UTC'")
        self.connection.register("source", source)
        self.connection.execute("CREATE TABLE contacts AS SELECT * REPLACE (ended::TIMESTAMP AS ended) FROM source")
        self.connection.unregister("source")
        self.longest = longest_conversation(source)

    def formulations(self, question: str) -> Mapping[str, Ask]:
        sql = dict(SQL[question])
        if question == "conversations-by-tag":
            sql["neighbours"] = neighbours_sql(self.longest)
        return {name: partial(self._ask, text) for name, text in sql.items()}

    def rows(self, result: pa.Table) -> Iterable[tuple[object, ...]]:
        return zip(*(column.to_pylist() for column in result.columns), strict=True)

    def _ask(self, sql: str) -> pa.Table:
        return self.connection.sql(sql).to_arrow_table()
