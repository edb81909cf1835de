"""The questions whose answers are kept in Fixtures/generated.truth, and the columns of an answer."""

from dataclasses import dataclass
from typing import Final

PERCENTS: Final = (50, 90, 95, 99)
MEASURES: Final = (
    "contacts", "handled", "unhandled", "conversations", "n", "missing", "total", "mean", "sd", "sd_pop", "min", "max",
    *(f"p{p}" for p in PERCENTS), *(f"p{p}_nearest" for p in PERCENTS), "n_conversation", "mean_conversation",
)
CALENDAR: Final = ("hour", "weekday", "day", "week", "month", "quarter", "year")

Key = tuple[str | int | None, ...]
Figures = tuple[int | float | None, ...]


@dataclass(frozen=True)
class Query:
    """One question: its dimensions, the instant that files a contact, the zone, and the cohort."""

    name: str
    by: tuple[str, ...]
    attribute: str = "reported"
    zone: str = "UTC"
    open: bool = False
    bots: bool = False


PARIS, SAO_PAULO = "Europe/Paris", "America/Sao_Paulo"
QUERIES: Final = (
    Query("tag", ("tag",)),
    Query("category", ("category",)),
    Query("channel", ("channel",)),
    Query("agent", ("agent",)),
    Query("group", ("group",)),
    Query("tag_channel", ("tag", "channel")),
    Query("category_agent", ("category", "agent")),
    Query("agent_tag_open", ("agent", "tag"), open=True),
    Query("month_utc", ("month",)),
    Query("month_paris", ("month",), zone=PARIS),
    Query("month_saopaulo", ("month",), zone=SAO_PAULO),
    Query("weekday_hour_utc", ("weekday", "hour")),
    Query("weekday_hour_paris", ("weekday", "hour"), zone=PARIS),
    Query("weekday_hour_saopaulo", ("weekday", "hour"), zone=SAO_PAULO),
    Query("started_weekday_hour_paris", ("weekday", "hour"), "started", PARIS),
    Query("started_day_saopaulo_open", ("day",), "started", SAO_PAULO, open=True),
    Query("ended_week_paris", ("week",), "ended", PARIS),
    Query("quarter_utc", ("quarter",)),
    Query("year_paris_open", ("year",), zone=PARIS, open=True),
    Query("tag_month_paris", ("tag", "month"), zone=PARIS),
    Query("category_tag_weekday_bots", ("category", "tag", "weekday"), bots=True),
    Query("channel_bots_open", ("channel",), open=True, bots=True),
)


def order(key: Key) -> tuple[tuple[int, int, str], ...]:
    """Sorts keys by value: a missing value first, numbers as numbers, texts by code point."""
    return tuple(
        (0, 0, "") if value is None else (1, value, "") if isinstance(value, int) else (2, 0, value) for value in key
    )
