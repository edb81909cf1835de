"""DataFusion, in process, over Arrow record batches in memory."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import pyarrow as pa
from datafusion import SessionConfig, SessionContext

from column_files import contacts
from engine import QUANTILES, Ask, Engine, quantile_sql
from zone_offsets import MONDAY, offset_case

BATCH: Final = 32_768  # rows; larger and smaller batches are no faster
FIGURES: Final = "count(handling) AS n, sum(handling) AS total"
HISTOGRAM: Final = """SELECT tag, handling, sum(c) OVER (PARTITION BY tag ORDER BY handling) AS upto,
  sum(c) OVER (PARTITION BY tag) AS n
  FROM (SELECT tag, handling, count(*) AS c FROM contacts WHERE handling IS NOT NULL GROUP BY tag, handling)"""
VALUE: Final = "sum(coalesce(CAST(handling AS BIGINT), -1000000000000))"
SECONDS: Final = "CAST(ended AS BIGINT)"
HOUR: Final = f"({SECONDS} / 3600)"
PARIS: Final = f"({HOUR} + {MONDAY} + {offset_case(HOUR)}) % 168"
DAY: Final = "arrow_cast(k / 64 * 86400, 'Timestamp(Second, None)')"

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
        # Not percentile_cont: it rounds the weight of its interpolation to six decimals.
        "histogram": f"""SELECT tag,
          {", ".join(quantile_sql(f"((n - 1) * {q})", "handling", "upto", name) for name, q in QUANTILES)}
          FROM ({HISTOGRAM}) GROUP BY tag""",
    },
    "aht-by-tag-month": {
        # One integer for day and tag, and the months of 88,000 groups: half the time of a month a row.
        "days first": f"""SELECT k % 64 AS tag, date_part('year', {DAY}) * 12 + date_part('month', {DAY}) - 1 AS month,
          sum(n), sum(total) FROM (SELECT {SECONDS} / 86400 * 64 + tag AS k, {FIGURES} FROM contacts GROUP BY k)
          GROUP BY 1, 2"""
    },
    "aht-by-tag-weekday-hour-paris": {
        # A sum and a remainder: a quarter of the time of date_part on the local time.
        "offsets": f"""SELECT k % 64 AS tag, k / 1536 + 1 AS weekday, k / 64 % 24 AS hour, n, total
          FROM (SELECT {PARIS} * 64 + tag AS k, {FIGURES} FROM contacts GROUP BY k)"""
    },
    "aht-by-tags-list": {
        "unnest": f"SELECT tag, {FIGURES} FROM (SELECT unnest(tags) AS tag, handling FROM contacts) GROUP BY tag"
    },
    "aht-by-agent-tag": {
        "two keys": f"SELECT agent, tag, {FIGURES} FROM contacts GROUP BY agent, tag",
        "one key": f"""SELECT k / 64 AS agent, k % 64 AS tag, n, total
          FROM (SELECT agent * 64 + tag AS k, {FIGURES} FROM contacts GROUP BY k)""",
    },
    "aht-by-agent-tag-large": {
        "two keys": f"""SELECT agent2, tag2, {FIGURES} FROM contacts GROUP BY agent2, tag2
          ORDER BY total DESC NULLS LAST, agent2, tag2 LIMIT 100""",
        "one key": f"""SELECT k / 1000 AS agent2, k % 1000 AS tag2, n, total FROM (
          SELECT agent2 * 1000 + tag2 AS k, {FIGURES} FROM contacts GROUP BY k
          ORDER BY total DESC NULLS LAST, k LIMIT 100) ORDER BY total DESC NULLS LAST, k""",
    },
    "filtered-by-category": {
        "plain": f"""SELECT category, {FIGURES} FROM contacts WHERE tag IN (3, 7, 12, 20) AND channel IN (0, 2)
          AND bot = 0 AND handling BETWEEN 60 AND 1800 GROUP BY category"""
    },
    "conversations-by-tag": {
        # One sum that turns negative when a value is missing, and one key instead of two.
        "two groupings": f"""SELECT k % 64 AS tag, count(*) AS n, avg(v) AS mean FROM (
          SELECT CAST(conversation AS BIGINT) * 64 + tag AS k, {VALUE} AS v FROM contacts GROUP BY k)
          WHERE v >= 0 GROUP BY 1"""
    },
}


class DataFusion(Engine):
    representation = (
        f"Arrow record batches of {BATCH:,} rows in two partitions: UInt8 and UInt16 codes, nullable Int32 "
        "handling, Timestamp(Second), List<UInt8>; target_partitions = 2, two runtime threads"
    )

    def __init__(self, folder: Path) -> None:
        table = contacts(folder)
        half = (table.num_rows // 2 // BATCH + 1) * BATCH
        partitions = [part.combine_chunks().to_batches(BATCH) for part in (table.slice(0, half), table.slice(half))]
        self.context = SessionContext(SessionConfig().with_target_partitions(2).with_batch_size(BATCH))
        self.context.register_record_batches("contacts", [part for part in partitions if part])

    def formulations(self, question: str) -> Mapping[str, Ask]:
        return {name: partial(self._ask, text) for name, text in SQL[question].items()}

    def rows(self, result: list[pa.RecordBatch]) -> Iterable[tuple[object, ...]]:
        for batch in result:
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    def _ask(self, sql: str) -> list[pa.RecordBatch]:
        return self.context.sql(sql).collect()
