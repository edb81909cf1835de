"""The figures of imported contacts by plain loops and exact numbers: a second opinion on the SQL."""

import csv
import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

from queries import PERCENTS, Figures, Key, Query


@dataclass
class Contact:
    """A contact with what it takes from its conversation."""

    conversation: str
    order_key: str
    channel: str | None
    category: str | None
    tags: list[str]
    agent: str | None
    group: str | None
    bot: bool
    started: datetime
    ended: datetime | None
    reason: str
    state: str | None
    value: int | None
    handled: bool
    has_ended: bool = False
    reported: datetime | None = None


def split_tags(cell: str) -> list[str]:
    """The names in a cell: `;` separates, a backslash makes the next `;` or backslash literal."""
    if not cell:
        return []
    names, name, rest = [], "", list(cell)
    while rest:
        mark = rest.pop(0)
        if mark == "\\" and rest and rest[0] in ";\\":
            name += rest.pop(0)
        elif mark == ";":
            names.append(name)
            name = ""
        else:
            name += mark
    return [*names, name]


def instant(cell: str) -> datetime | None:
    return datetime.fromisoformat(cell) if cell else None


def read(path: Path) -> list[Contact]:
    """The contacts of a file, each told what its conversation says."""
    conversations: dict[str, list[Contact]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            value = int(row["handlingSeconds"]) if row["handlingSeconds"] else None
            started = instant(row["startedAt"])
            assert started is not None
            contact = Contact(
                row["id"], row["contactId"] or row["agent"], row["channel"].lower() or None, row["category"] or None,
                split_tags(row["tags"]), row["agent"] or None, row["group"] or None, row["bot"] in ("true", "1"),
                started, instant(row["endedAt"]), row["endReason"] or "closed", row["state"] or None, value,
                value is not None or row["agent"] != "" or row["firstReplyAt"] != "",
            )
            conversations[contact.conversation].append(contact)
    for contacts in conversations.values():
        settle(contacts)
    return [contact for contacts in conversations.values() for contact in contacts]


def settle(contacts: list[Contact]) -> None:
    """Gives the contacts of one conversation its category, channel, tags, state and end."""
    contacts.sort(key=lambda contact: (contact.started, contact.order_key.encode()))
    latest = contacts[-1]
    if latest.state is not None:
        has_ended = latest.state == "ended"
    else:
        has_ended = latest.ended is not None and latest.reason == "closed"
    humans_first = [c for c in contacts if not c.bot] + [c for c in contacts if c.bot]
    category = next((c.category for c in humans_first if c.category), None)
    channel = next((c.channel for c in reversed(contacts) if c.channel), None)
    tags: list[str] = []
    for contact in contacts:
        tags += [tag for tag in dict.fromkeys(contact.tags) if tag not in tags]
    for contact in contacts:
        contact.category, contact.channel, contact.tags = category, channel, tags
        contact.has_ended, contact.reported = has_ended, latest.ended if has_ended else None


def bucket(dimension: str, when: datetime | None, zone: ZoneInfo) -> str | int | None:
    """The civil bucket of an instant."""
    if when is None:
        return None
    civil = when.astimezone(zone)
    iso = civil.isocalendar()
    match dimension:
        case "hour":
            return civil.hour
        case "weekday":
            return iso.weekday
        case "day":
            return civil.date().isoformat()
        case "week":
            return f"{iso.year:04}-W{iso.week:02}"
        case "month":
            return f"{civil.year:04}-{civil.month:02}"
        case "quarter":
            return f"{civil.year:04}-Q{(civil.month + 2) // 3}"
        case "year":
            return civil.year
    raise ValueError(dimension)


def keys(contact: Contact, query: Query, by: tuple[str, ...]) -> list[Key]:
    """The rows of the answer a contact counts in: one, or one for each of its tags."""
    found: list[Key] = [()]
    for dimension in by:
        if dimension == "tag":
            values: list[str | int | None] = [*contact.tags] or [None]
        elif dimension in ("category", "channel", "agent", "group"):
            values = [getattr(contact, dimension)]
        else:
            values = [bucket(dimension, getattr(contact, query.attribute), ZoneInfo(query.zone))]
        found = [(*key, value) for key in found for value in values]
    return found


def answer(contacts: list[Contact], query: Query, by: tuple[str, ...]) -> dict[Key, Figures]:
    """The figures of a query by some dimensions; by none, its total row."""
    rows: dict[Key, list[Contact]] = {} if by else {(): []}
    for contact in contacts:
        if (contact.has_ended or query.open) and (query.bots or not contact.bot):
            for key in keys(contact, query, by):
                rows.setdefault(key, []).append(contact)
    return {key: figures(counted) for key, counted in rows.items()}


def figures(contacts: list[Contact]) -> Figures:
    """The measures over the contacts of one row."""
    handled = [contact for contact in contacts if contact.handled]
    values = sorted(contact.value for contact in handled if contact.value is not None)
    n, total = len(values), sum(values)
    by_conversation: dict[str, list[int | None]] = defaultdict(list)
    for contact in handled:
        by_conversation[contact.conversation].append(contact.value)
    sums = [sum(v for v in each if v is not None) for each in by_conversation.values() if None not in each]
    spread = sum((value - Fraction(total, n)) ** 2 for value in values) if n else Fraction(0)
    return (
        len(contacts), len(handled), len(contacts) - len(handled), len({c.conversation for c in contacts}),
        n, len(handled) - n, total, total / n if n else None,
        math.sqrt(spread / (n - 1)) if n > 1 else None, math.sqrt(spread / n) if n else None,
        values[0] if n else None, values[-1] if n else None,
        *(linear(values, percent) for percent in PERCENTS),
        *(values[math.ceil(Fraction(percent * n, 100)) - 1] if n else None for percent in PERCENTS),
        len(sums), sum(sums) / len(sums) if sums else None,
    )


def linear(values: list[int], percent: int) -> float | None:
    """The quantile of sorted values, interpolated at rank (n - 1) q (type 7)."""
    if not values:
        return None
    rank = Fraction((len(values) - 1) * percent, 100)
    below = math.floor(rank)
    above = min(below + 1, len(values) - 1)
    return float(values[below] + (rank - below) * (values[above] - values[below]))
