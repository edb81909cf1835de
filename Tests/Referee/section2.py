"""The rules of the domain applied to imported contacts, in SQL: what a statistics answer is drawn from.

`load` gives an in-memory database with the tables contact, contact_flag, conversation and
conversation_tag; `add_calendar` adds the civil fields of a zone to the table calendar. Numbers in
parentheses name the rules. `place` is a contact's place in its conversation, by start, then key (14).
"""

import csv
import sqlite3
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from nasty_contacts import COLUMNS

LONG_SECONDS: Final = 30 * 86_400  # (13)
LONG_WRAP_UP_SECONDS: Final = 900  # (4)
ATTRIBUTIONS: Final = ("reported", "ended", "started")
CALENDAR: Final = ("hour", "weekday", "day", "week", "month", "quarter", "year")
FLAGS: Final = (
    "reply-out-of-range", "rating-out-of-range", "zero", "long", "overlap", "parts-differ", "exceeds-elapsed",
    "long-wrapup",
)

# (14) The same key and values twice are one contact. (1) `phone` is `call`; a column's empty cell is a missing value.
CONTACTS: Final = """
CREATE TABLE contact AS
WITH typed AS (
    SELECT DISTINCT
        id AS conversation,
        coalesce(contactId, agent, '') AS own_key,
        visitor,
        CASE lower(channel) WHEN 'phone' THEN 'call' ELSE lower(channel) END AS channel,
        category, tags, agent, "group" AS team,
        coalesce(bot, '') IN ('true', '1') AS bot,
        unix(startedAt) AS started, unix(endedAt) AS ended,
        unix(firstMessageAt) AS first_message, unix(firstReplyAt) AS reply_cell,
        coalesce(endReason, 'closed') AS reason, closing, state,
        CAST(handlingSeconds AS INTEGER) AS given,
        CAST(talkSeconds AS INTEGER) AS talk, CAST(holdSeconds AS INTEGER) AS hold,
        CAST(wrapUpSeconds AS INTEGER) AS wrapup,
        satisfaction, networkQuality, productQuality, derive
    FROM cell
), checked AS (
    SELECT *,
        -- (13) Out-of-range values are dropped: a reply before the start or after the end, a rating outside 1-5.
        CASE WHEN reply_cell < started OR reply_cell > ended THEN NULL ELSE reply_cell END AS replied,
        CASE WHEN satisfaction IN ('1', '2', '3', '4', '5', 'good', 'bad') THEN satisfaction END AS rating,
        CASE WHEN CAST(networkQuality AS INTEGER) BETWEEN 1 AND 5 THEN CAST(networkQuality AS INTEGER) END AS network,
        CASE WHEN CAST(productQuality AS INTEGER) BETWEEN 1 AND 5 THEN CAST(productQuality AS INTEGER) END AS product,
        -- (4) Every part has a column here, so one empty cell makes the sum missing, as NULL does.
        talk + hold + wrapup AS parts,
        CASE WHEN derive THEN ended - started END AS derived
    FROM typed
)
SELECT
    row_number() OVER (ORDER BY conversation, started, own_key) AS number,
    row_number() OVER (PARTITION BY conversation ORDER BY started, own_key) AS place,
    *,
    coalesce(given, parts, derived) AS value,  -- (4)
    CASE WHEN given IS NOT NULL THEN 'given' WHEN parts IS NOT NULL THEN 'parts' WHEN derived IS NOT NULL THEN 'derived'
        ELSE 'none' END AS basis,
    coalesce(given, parts, derived) IS NOT NULL OR agent IS NOT NULL OR replied IS NOT NULL AS handled  -- (3)
FROM checked
"""

# (13) The later of two overlapping contacts carries the flag; a contact without an end overlaps nothing after it.
CONTACT_FLAGS: Final = f"""
CREATE TABLE contact_flag AS
SELECT number AS contact, 'reply-out-of-range' AS flag FROM contact WHERE reply_cell IS NOT NULL AND replied IS NULL
UNION ALL SELECT number, 'rating-out-of-range' FROM contact WHERE (satisfaction IS NOT NULL AND rating IS NULL)
    OR (networkQuality IS NOT NULL AND network IS NULL) OR (productQuality IS NOT NULL AND product IS NULL)
UNION ALL SELECT number, 'zero' FROM contact WHERE value = 0
UNION ALL SELECT number, 'long' FROM contact WHERE value > {LONG_SECONDS}
UNION ALL SELECT number, 'overlap' FROM contact c WHERE EXISTS (
    SELECT 1 FROM contact e WHERE e.conversation = c.conversation AND e.place < c.place AND e.ended > c.started)
UNION ALL SELECT number, 'parts-differ' FROM contact WHERE given <> parts
UNION ALL SELECT number, 'exceeds-elapsed' FROM contact WHERE given > ended - started
UNION ALL SELECT number, 'long-wrapup' FROM contact WHERE wrapup > {LONG_WRAP_UP_SECONDS}
"""


def latest(column: str) -> str:
    """SQL for a value of a conversation: that of its latest contact that has one (14)."""
    return (
        f"(SELECT {column} FROM contact c WHERE c.conversation = l.conversation AND {column} IS NOT NULL"
        " ORDER BY place DESC LIMIT 1)"
    )


CONVERSATIONS: Final = f"""
CREATE TABLE conversation AS
WITH last_contact AS (
    SELECT *, row_number() OVER (PARTITION BY conversation ORDER BY place DESC) AS from_end,
        -- Section 5: without a given state an end that is neither a transfer nor a snooze ends the conversation.
        CASE WHEN state IS NULL THEN ended IS NOT NULL AND reason = 'closed' ELSE state = 'ended' END AS has_ended
    FROM contact
), first_reply AS (
    SELECT conversation, number AS contact, replied,
        row_number() OVER (PARTITION BY conversation ORDER BY replied, place) AS nth
    FROM contact WHERE NOT bot AND replied IS NOT NULL
), predecessor AS (
    SELECT conversation, started,
        lag(NOT bot AND reason = 'closed') OVER beside AS closed_by_human, lag(ended) OVER beside AS closed_at
    FROM contact WINDOW beside AS (PARTITION BY conversation ORDER BY place)
), span AS (
    SELECT conversation, min(started) AS first_start, min(first_message) AS first_message
    FROM contact GROUP BY conversation
)
SELECT
    l.conversation AS id,
    l.has_ended,
    CASE WHEN l.has_ended THEN l.ended END AS reported,  -- (6) when the conversation ended: its latest contact's end
    -- (14) Of the first human contact that has one, else of the first contact that has one.
    (SELECT category FROM contact c WHERE c.conversation = l.conversation AND category IS NOT NULL
        ORDER BY bot, place LIMIT 1) AS category,
    {latest("channel")} AS channel,
    CASE WHEN l.has_ended THEN coalesce({latest("closing")}, 'agent') END AS closing,
    {latest("rating")} AS rating,
    {latest("network")} AS network,
    {latest("product")} AS product,
    {latest("visitor")} AS visitor,
    r.contact AS replier,
    -- (2) Since the first message, else since the start; below zero it is no value.
    CASE WHEN r.replied >= coalesce(s.first_message, s.first_start)
        THEN r.replied - coalesce(s.first_message, s.first_start) END AS first_reply,
    (SELECT count(*) FROM predecessor p
        WHERE p.conversation = l.conversation AND closed_by_human AND closed_at <= p.started) AS reopens
FROM last_contact l
JOIN span s ON s.conversation = l.conversation
LEFT JOIN first_reply r ON r.conversation = l.conversation AND r.nth = 1
WHERE l.from_end = 1
"""


def unix(text: str | None) -> int | None:
    return None if text is None else int(datetime.fromisoformat(text).timestamp())


@cache
def fold(name: str) -> str:
    """A Latin, Greek or Cyrillic name without case and accents (9); other scripts stay as they are."""
    folded = ""
    for character in name:
        if unicodedata.name(character, "").startswith(("LATIN", "GREEK", "CYRILLIC")):
            bare = [c for c in unicodedata.normalize("NFD", character) if not unicodedata.combining(c)]
            plain = unicodedata.normalize("NFD", "".join(bare).casefold())
            character = "".join(c for c in plain if not unicodedata.combining(c))
        folded += character
    return folded


def split_tags(cell: str) -> list[str]:
    """The names in a cell: `;` separates, a backslash makes the next `;` or backslash literal."""
    names, rest = [""], iter(cell)
    for mark in rest:
        if mark == ";":
            names.append("")
        else:
            names[-1] += next(rest) if mark == "\\" else mark
    return names


def load(
    paths: Iterable[tuple[Path, bool]], tags: Mapping[str, str] = {}, categories: Mapping[str, str] = {}
) -> sqlite3.Connection:
    """The contacts of CSV files, of each whether missing handling values are derived from its instants.

    `tags` and `categories` say what names of the files are called since, or what they were merged into (9).
    """
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.execute("PRAGMA temp_store = MEMORY")
    database.create_function("unix", 1, unix, deterministic=True)
    columns = ", ".join(f'"{name}" TEXT' for name in COLUMNS)
    database.execute(f"CREATE TABLE cell ({columns}, derive INTEGER)")
    slots = ", ".join("?" for _ in (*COLUMNS, "derive"))
    for path, derive in paths:
        with path.open(encoding="utf-8", newline="") as file:
            header, *records = csv.reader(file, strict=True)
        at = [header.index(name if name in header else name.upper()) for name in COLUMNS]
        rows = ([*(record[place] or None for place in at), derive] for record in records)
        database.executemany(f"INSERT INTO cell VALUES ({slots})", rows)
    database.execute(CONTACTS)
    database.execute("CREATE UNIQUE INDEX contact_number ON contact (number)")
    database.execute("CREATE UNIQUE INDEX contact_place ON contact (conversation, place)")
    database.execute(CONTACT_FLAGS)
    database.execute("CREATE UNIQUE INDEX flag_of_contact ON contact_flag (contact, flag)")
    database.execute(CONVERSATIONS)
    database.execute("CREATE UNIQUE INDEX conversation_id ON conversation (id)")
    for old, new in categories.items():
        for table in ("contact", "conversation"):
            database.execute(f"UPDATE {table} SET category = ? WHERE category = ?", (new, old))
    add_tags(database, tags)
    database.execute(
        "CREATE TABLE calendar (zone, attribute, contact, instant, hour, weekday, day, week, month, quarter, year,"
        " PRIMARY KEY (zone, attribute, contact)) WITHOUT ROWID"
    )
    database.execute("ANALYZE")
    return database


def add_tags(database: sqlite3.Connection, current: Mapping[str, str]) -> None:
    """A conversation's tags: the union over its rows, in the order of start, key and writing (14), under names of today."""
    tags: dict[str, list[str]] = {}
    cells = database.execute("SELECT conversation, tags FROM contact WHERE tags NOTNULL ORDER BY conversation, place")
    for conversation, cell in cells:
        found = tags.setdefault(conversation, [])
        for name in (current.get(name, name) for name in split_tags(cell)):
            if name not in found:
                found.append(name)
    database.execute(
        "CREATE TABLE conversation_tag (conversation, place, tag, PRIMARY KEY (conversation, tag)) WITHOUT ROWID"
    )
    rows = [(c, place, name) for c, names in tags.items() for place, name in enumerate(names, start=1)]
    database.executemany("INSERT INTO conversation_tag VALUES (?, ?, ?)", rows)
    database.execute("ALTER TABLE conversation ADD COLUMN tag_count INTEGER")
    database.execute(
        "UPDATE conversation SET tag_count = (SELECT count(*) FROM conversation_tag t WHERE t.conversation = id)"
    )


def add_calendar(database: sqlite3.Connection, zone: str) -> None:
    """The instants that file each contact (6), and where they lie on the clocks and calendars of a zone (7)."""
    contacts = database.execute(
        "SELECT c.number, v.reported, c.ended, c.started FROM contact c JOIN conversation v ON v.id = c.conversation"
    )
    place, rows = ZoneInfo(zone), []
    for number, *instants in contacts:
        for attribute, instant in zip(ATTRIBUTIONS, instants, strict=True):
            rows.append((zone, attribute, number, instant, *civil_fields(instant, place)))
    database.executemany("INSERT INTO calendar VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def civil_fields(instant: int | None, zone: ZoneInfo) -> tuple[int | str | None, ...]:
    """The buckets of CALENDAR that an instant lies in; weeks are ISO 8601 (7)."""
    if instant is None:
        return (None,) * len(CALENDAR)
    civil = datetime.fromtimestamp(instant, timezone.utc).astimezone(zone)
    iso = civil.isocalendar()
    year, month = f"{civil.year:04}", f"{civil.year:04}-{civil.month:02}"
    return (
        civil.hour, iso.weekday, civil.date().isoformat(), f"{iso.year:04}-W{iso.week:02}", month,
        f"{year}-Q{(civil.month + 2) // 3}", civil.year,
    )
