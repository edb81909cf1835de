"""Polars, in process, over one DataFrame."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import polars as pl

from column_files import contacts
from engine import Ask, Engine

handling, tag, ended, k = pl.col("handling"), pl.col("tag"), pl.col("ended"), pl.col("k")
# Sums of Int32 are Int32 here and would overflow.
FIGURES: Final = (handling.count().alias("n"), handling.cast(pl.Int64).sum().alias("total"))
LEVELS: Final = (("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99))
# Room for a handling time below the tag: no contact takes more than 366 days.
SECONDS: Final = 1 << 25


def _calendar(every: str, key: pl.Expr) -> pl.LazyFrame:
    """The starts of all calendar buckets with the key that their rows share.

    Joined as of `ended`, by which the table is sorted, it spares a calendar computation a row.
    """
    starts = pl.datetime_range(datetime(2021, 1, 1), datetime(2024, 12, 31, 23), every, time_unit="ms", eager=True)
    return pl.LazyFrame({"ended": starts}).select(ended.set_sorted(), k=key)


def _quantiles_sorted(table: pl.LazyFrame) -> pl.LazyFrame:
    """Tag and handling in one integer, sorted once."""
    both = table.select(k=tag.cast(pl.UInt32) * SECONDS + handling.cast(pl.UInt32)).drop_nulls().sort("k")
    apart = both.select(tag=(k // SECONDS).set_sorted(), handling=k % SECONDS)
    return apart.group_by("tag").agg(handling.set_sorted().quantile(q, "linear").alias(p) for p, q in LEVELS)


def _quantiles_histogram(table: pl.LazyFrame) -> pl.LazyFrame:
    both = table.select(k=tag.cast(pl.UInt32) * SECONDS + handling.cast(pl.UInt32)).drop_nulls()
    apart = both.group_by("k").agg(c=pl.len()).sort("k").select("c", tag=k // SECONDS, handling=k % SECONDS)
    counted = apart.with_columns(upto=pl.col("c").cum_sum().over("tag"), n=pl.col("c").sum().over("tag"))

    def quantile(p: str, q: float) -> pl.Expr:
        rank = (pl.col("n") - 1) * q
        low = handling.filter(pl.col("upto") > rank.floor()).first()
        high = handling.filter(pl.col("upto") > rank.ceil()).first()
        return (low + (high.cast(pl.Float64) - low) * (rank - rank.floor()).first()).alias(p)

    return counted.group_by("tag").agg(quantile(p, q) for p, q in LEVELS)


def _conversations(table: pl.LazyFrame) -> pl.LazyFrame:
    """One key instead of two."""
    pairs = table.group_by(k=pl.col("conversation").cast(pl.UInt64) * 64 + tag).agg(
        v=handling.cast(pl.Int64).sum(), missing=handling.has_nulls()
    )
    return pairs.filter(~pl.col("missing")).group_by(tag=k % 64).agg(n=pl.len(), mean=pl.col("v").mean())


class Polars(Engine):
    representation = (
        "a DataFrame in one chunk: UInt8 and UInt16 codes, nullable Int32 handling, Datetime(ms) flagged as sorted, "
        "List(UInt8); POLARS_MAX_THREADS = 2, the streaming engine (the other takes two to three times as long by key)"
    )

    def __init__(self, folder: Path) -> None:
        frame = pl.from_arrow(contacts(folder))
        assert isinstance(frame, pl.DataFrame)
        self.table = frame.rechunk().with_columns(ended.cast(pl.Datetime("ms")).set_sorted())

    def formulations(self, question: str) -> Mapping[str, Ask]:
        queries = self._queries(question)
        asked: dict[str, Ask] = {name: partial(query.collect, engine="streaming") for name, query in queries.items()}
        if question == "conversations-by-tag":
            asked["neighbours"] = self._neighbours
        return asked

    def rows(self, result: pl.DataFrame) -> Iterable[tuple[object, ...]]:
        return result.iter_rows()

    def _queries(self, question: str) -> Mapping[str, pl.LazyFrame]:
        table = self.table.lazy()
        match question:
            case "aht-by-tag":
                return {"plain": table.group_by("tag").agg(*FIGURES)}
            case "aht-by-tag-one-month-one-channel":
                month = table.filter(ended >= datetime(2023, 5, 1), ended < datetime(2023, 6, 1))
                return {"plain": month.filter(pl.col("channel") == 0).group_by("tag").agg(*FIGURES)}
            case "spread-by-tag":
                spread = (handling.mean().alias("mean"), handling.min().alias("min"), handling.max().alias("max"))
                return {"plain": table.group_by("tag").agg(handling.count(), *spread, handling.std().alias("sd"))}
            case "quantiles-by-tag":
                return {"sorted": _quantiles_sorted(table), "histogram": _quantiles_histogram(table)}
            case "aht-by-tag-month":
                months = _calendar("1mo", (ended.dt.year() * 12 + ended.dt.month() - 1).cast(pl.UInt32) * 64)
                grouped = table.join_asof(months, on="ended").group_by(k=k + tag).agg(*FIGURES)
                return {"as of": grouped.select(k % 64, (k // 64).alias("month"), "n", "total")}
            case "aht-by-tag-weekday-hour-paris":
                local = ended.dt.replace_time_zone("UTC").dt.convert_time_zone("Europe/Paris").dt
                weekday, hour = local.weekday().cast(pl.UInt16), local.hour().cast(pl.UInt16)
                hours = _calendar("1h", weekday * 2048 + hour * 64)
                grouped = table.join_asof(hours, on="ended").group_by(k=k + tag).agg(*FIGURES)
                keys = (k % 64, (k // 2048).alias("weekday"), (k // 64 % 32).alias("hour"))
                return {"as of": grouped.select(*keys, "n", "total")}
            case "aht-by-tags-list":
                exploded = table.select("tags", "handling").explode("tags", empty_as_null=False, keep_nulls=False)
                return {"explode": exploded.group_by("tags").agg(*FIGURES)}
            case "aht-by-agent-tag":
                grouped = table.group_by(k=pl.col("agent") * 64 + tag).agg(*FIGURES)
                return {"one key": grouped.select((k // 64).alias("agent"), k % 64, "n", "total")}
            case "aht-by-agent-tag-large":
                grouped = table.group_by(k=pl.col("agent2").cast(pl.UInt32) * 1000 + pl.col("tag2")).agg(*FIGURES)
                greatest = grouped.top_k(100, by=["total", "k"], reverse=[False, True])
                ranked = greatest.sort("total", "k", descending=[True, False])
                return {"one key": ranked.select((k // 1000).alias("agent"), k % 1000, "n", "total")}
            case "filtered-by-category":
                tags, channels = tag.is_in([3, 7, 12, 20]), pl.col("channel").is_in([0, 2])
                kept = table.filter(tags, channels, pl.col("bot") == 0, handling.is_between(60, 1800))
                return {"plain": kept.group_by("category").agg(*FIGURES)}
            case "conversations-by-tag":
                return {"two groupings": _conversations(table)}
        raise KeyError(question)

    def _neighbours(self) -> pl.DataFrame:
        """Conversations by looking at neighbours instead of grouping 16 million pairs: contacts of one are adjacent.

        A contact is new when none before it in its conversation has its tag, and void when any around it with
        its tag has no value.
        """
        pairs = self.table.select(k=pl.col("conversation").cast(pl.UInt64) * 64 + tag)["k"]
        conversation, missing = self.table["conversation"], self.table["handling"].is_null()
        again, void, step = pl.lit(False), pl.col("missing"), 1
        while (conversation.slice(step) == conversation.head(-step)).any():
            before, after = (k == k.shift(step)).fill_null(False), (k == k.shift(-step)).fill_null(False)
            again |= before
            void |= before & pl.col("missing").shift(step) | after & pl.col("missing").shift(-step)
            step += 1
        table = self.table.lazy().select("tag", "handling", k=pl.lit(pairs), missing=pl.lit(missing))
        kept = table.select("tag", "handling", new=~again, void=void).filter(~pl.col("void"))
        new, total = pl.col("new").sum(), handling.cast(pl.Int64).sum()
        return kept.group_by("tag").agg(n=new, mean=total / new).collect(engine="streaming")
