"""Writes the true figures of Fixtures/generated.csv, derived in SQL and checked in plain Python.

Usage: python3 Tests/Referee/generated_truth.py [--check]

DuckDB reads the contacts, derives their conversations and answers every query; plain_figures.py
answers them again without it. A relative difference above 1e-12 is an error. Without an option the
answers are written to Fixtures/generated.truth/NAME.csv; with --check they are compared with the
files there, and the exit status is 1 when they differ.

An answer has its dimensions, then the measures; first the total (`*`), then its rows sorted by the
dimension values, a missing value first. An empty dimension is a missing value, an empty measure an
undefined one. Needs the packages of requirements.txt.
"""

import argparse
import csv
import io
import math
import sys
from pathlib import Path

import duckdb

import plain_figures
from queries import CALENDAR, MEASURES, PERCENTS, QUERIES, Figures, Key, Query, order

FIXTURES = Path(__file__).resolve().parents[2] / "Fixtures"
SOURCE, TRUTH = FIXTURES / "generated.csv", FIXTURES / "generated.truth"
TOLERANCE = 1e-12

# One row a contact. `place` is its place in the conversation: by start, then contact id or agent.
CONTACTS = """
CREATE TABLE contact AS
WITH cell AS (
    SELECT *
    FROM read_csv($source, header = true, all_varchar = true, auto_detect = false, delim = ',', quote = '"',
        escape = '"', nullstr = '', columns = {
            'id': 'VARCHAR', 'contactId': 'VARCHAR', 'channel': 'VARCHAR', 'category': 'VARCHAR', 'tags': 'VARCHAR',
            'agent': 'VARCHAR', 'group': 'VARCHAR', 'bot': 'VARCHAR', 'startedAt': 'VARCHAR',
            'firstReplyAt': 'VARCHAR', 'endedAt': 'VARCHAR', 'endReason': 'VARCHAR', 'state': 'VARCHAR',
            'handlingSeconds': 'VARCHAR', 'satisfaction': 'VARCHAR'})
), typed AS (
    SELECT
        id AS conversation,
        coalesce(nullif(contactId, ''), nullif(agent, ''), '') AS own_key,
        lower(nullif(channel, '')) AS channel,
        nullif(category, '') AS category,
        nullif(tags, '') AS tags,
        nullif(agent, '') AS agent,
        nullif("group", '') AS team,
        coalesce(bot, '') IN ('true', '1') AS bot,
        epoch(startedAt::TIMESTAMPTZ)::BIGINT AS started,
        epoch(nullif(firstReplyAt, '')::TIMESTAMPTZ)::BIGINT AS replied,
        epoch(nullif(endedAt, '')::TIMESTAMPTZ)::BIGINT AS ended,
        coalesce(nullif(endReason, ''), 'closed') AS reason,
        nullif(state, '') AS state,
        nullif(handlingSeconds, '')::BIGINT AS value
    FROM cell
)
SELECT
    *,
    value IS NOT NULL OR agent IS NOT NULL OR replied IS NOT NULL AS handled,
    row_number() OVER (PARTITION BY conversation ORDER BY started, encode(own_key)) AS place,
    row_number() OVER () AS number
FROM typed
"""

# One row a conversation. It ends at its latest contact's end; `state` of that contact decides, and
# without one an end that is neither a transfer nor a snooze.
CONVERSATIONS = """
CREATE TABLE conversation AS
WITH latest AS (
    SELECT conversation, ended, coalesce(
        state, CASE WHEN ended IS NOT NULL AND reason NOT IN ('transferred', 'snoozed') THEN 'ended' ELSE 'open' END
    ) = 'ended' AS has_ended
    FROM contact
    QUALIFY place = max(place) OVER (PARTITION BY conversation)
), shared AS (
    SELECT
        conversation,
        coalesce(
            arg_min(category, place) FILTER (WHERE category IS NOT NULL AND NOT bot),
            arg_min(category, place) FILTER (WHERE category IS NOT NULL)
        ) AS category,
        arg_max(channel, place) FILTER (WHERE channel IS NOT NULL) AS channel
    FROM contact
    GROUP BY conversation
)
SELECT conversation, category, channel, has_ended, CASE WHEN has_ended THEN ended END AS reported
FROM latest JOIN shared USING (conversation)
"""

# One row a conversation and tag. A backslash makes the `;` or backslash after it literal: pairs of
# backslashes are set aside first, then escaped semicolons; what is left separates.
TAGS = r"""
CREATE TABLE conversation_tag AS
WITH pieces AS (
    SELECT conversation, unnest(string_split(
        replace(replace(tags, '\\', chr(1)), '\;', chr(2)), ';'
    )) AS piece
    FROM contact
    WHERE tags IS NOT NULL
)
SELECT DISTINCT conversation, replace(replace(piece, chr(1), '\'), chr(2), ';') AS tag FROM pieces
"""

BUCKETS = {
    "hour": "hour(civil)",
    "weekday": "isodow(civil)",
    "day": "strftime(civil, '%Y-%m-%d')",
    "week": "printf('%04d-W%02d', isoyear(civil), week(civil))",
    "month": "strftime(civil, '%Y-%m')",
    "quarter": "printf('%04d-Q%d', year(civil), quarter(civil))",
    "year": "year(civil)",
}
LABELS = {"tag": "tag", "category": "category", "channel": "channel", "agent": "agent", "group": "team"}
INSTANTS = {"reported": "reported", "started": "started", "ended": "ended"}


def cohort(query: Query, with_tags: bool) -> str:
    """SQL for the contacts a query counts, once for each tag when asked for, with the civil time that files them."""
    conditions = ["true"]
    if not query.open:
        conditions.append("v.has_ended")
    if not query.bots:
        conditions.append("NOT c.bot")
    tag = "t.tag" if with_tags else "NULL"
    join = "LEFT JOIN conversation_tag t ON t.conversation = c.conversation" if with_tags else ""
    return f"""
        SELECT c.number, c.conversation, c.agent, c.team, c.handled, c.value, v.category, v.channel, {tag} AS tag,
            timezone('{query.zone}', to_timestamp({INSTANTS[query.attribute]})) AS civil
        FROM contact c JOIN conversation v ON v.conversation = c.conversation {join}
        WHERE {' AND '.join(conditions)}"""


def answer(connection: duckdb.DuckDBPyConnection, query: Query, by: tuple[str, ...]) -> dict[Key, Figures]:
    """The figures of a query by some dimensions; by none, its total row."""
    dimensions = [f"{LABELS.get(name) or BUCKETS[name]} AS d{i}" for i, name in enumerate(by)]
    keys = [f"d{i}" for i in range(len(by))]
    selected, listed = "".join(f"{d}, " for d in dimensions), "".join(f"{k}, " for k in keys)
    same = " AND ".join(["true", *(f"a.{k} IS NOT DISTINCT FROM b.{k}" for k in keys)])
    linear = ", ".join(f"quantile_cont(value::DOUBLE, {p / 100}) AS p{p}" for p in PERCENTS)
    ordered = "list_sort(list(value) FILTER (value IS NOT NULL))"
    nearest = ", ".join(f"{ordered}[(count(value) * {p} + 99) // 100] AS p{p}_nearest" for p in PERCENTS)
    statement = f"""
        WITH counted AS (SELECT {selected} number, conversation, handled, value FROM ({cohort(query, "tag" in by)})),
        sums AS (
            SELECT {listed} count(*) AS contacts, count(*) FILTER (handled) AS handled,
                count(DISTINCT conversation) AS conversations, count(value)::HUGEINT AS n,
                coalesce(sum(value), 0)::HUGEINT AS total, sum(value::HUGEINT * value)::HUGEINT AS squares,
                min(value) AS min, max(value) AS max, {linear}, {nearest}
            FROM counted GROUP BY ALL
        ), exchange AS (
            SELECT {listed} conversation, sum(value)::HUGEINT AS seconds
            FROM counted WHERE handled GROUP BY ALL HAVING count(*) = count(value)
        ), exchanges AS (
            SELECT {listed} count(*) AS exchanges, sum(seconds)::HUGEINT AS seconds FROM exchange GROUP BY ALL
        )
        SELECT {"".join(f"a.{k}, " for k in keys)}
            contacts, handled, contacts - handled, conversations, n::BIGINT, handled - n::BIGINT, total::BIGINT,
            CASE WHEN n > 0 THEN total::DOUBLE / n::DOUBLE END,
            CASE WHEN n > 1 THEN sqrt((n * squares - total * total)::DOUBLE / (n * (n - 1))::DOUBLE) END,
            CASE WHEN n > 0 THEN sqrt((n * squares - total * total)::DOUBLE / (n * n)::DOUBLE) END,
            min, max, {", ".join(f"p{p}" for p in PERCENTS)}, {", ".join(f"p{p}_nearest" for p in PERCENTS)},
            coalesce(exchanges, 0), CASE WHEN exchanges > 0 THEN seconds::DOUBLE / exchanges::DOUBLE END
        FROM sums a LEFT JOIN exchanges b ON {same}"""
    rows = connection.execute(statement).fetchall()
    return {tuple(row[: len(by)]): tuple(row[len(by) :]) for row in rows}


def differences(name: str, left: dict[Key, Figures], right: dict[Key, Figures]) -> list[str]:
    """What differs between two answers to one query."""
    found = [f"{name}: {key} has a row on one side only" for key in left.keys() ^ right.keys()]
    for key in left.keys() & right.keys():
        for measure, a, b in zip(MEASURES, left[key], right[key], strict=True):
            if a is None or b is None:
                same = a is b
            else:
                same = math.isclose(a, b, rel_tol=TOLERANCE, abs_tol=0.0)
            if not same:
                found.append(f"{name}: {key} {measure}: {a!r} and {b!r}")
    return found


def cells(values: Key | Figures) -> list[str]:
    """Values as they stand in a file: an integer plainly, a double in full, nothing for none."""
    return ["" if value is None else value if isinstance(value, str) else repr(value) for value in values]


def table(rows: list[list[str]]) -> str:
    """CSV text of some rows."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def files(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Every file of the truth, by name, after both derivations agreed."""
    contacts = plain_figures.read(SOURCE)
    index = [["name", "by", "attribute", "zone", "open", "bots"]]
    written: dict[str, str] = {}
    faults: list[str] = []
    for query in QUERIES:
        rows, total = answer(connection, query, query.by), answer(connection, query, ())
        faults += differences(query.name, rows, plain_figures.answer(contacts, query, query.by))
        faults += differences(query.name + " (total)", total, plain_figures.answer(contacts, query, ()))
        lines = [[*query.by, *MEASURES], ["*"] * len(query.by) + cells(total[()])]
        lines += [cells(key) + cells(rows[key]) for key in sorted(rows, key=order)]
        written[f"{query.name}.csv"] = table(lines)
        cohort_flags = [str(int(query.open)), str(int(query.bots))]
        index.append([query.name, ",".join(query.by), query.attribute, query.zone, *cohort_flags])
    if faults:
        sys.exit("The two derivations differ:\n" + "\n".join(faults))
    return written | {"queries.csv": table(index)}


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes or checks the true figures of Fixtures/generated.csv.")
    parser.add_argument("--check", action="store_true", help="compare with the files that are there")
    check = parser.parse_args().check
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(CONTACTS, {"source": str(SOURCE)})
    connection.execute(CONVERSATIONS)
    connection.execute(TAGS)
    truth = files(connection)
    if not check:
        TRUTH.mkdir(exist_ok=True)
        for name, text in truth.items():
            (TRUTH / name).write_text(text, encoding="utf-8", newline="\n")
        return
    there = {path.name: path.read_text(encoding="utf-8") for path in TRUTH.glob("*.csv")}
    wrong = sorted(name for name in truth.keys() | there.keys() if truth.get(name) != there.get(name))
    if wrong:
        sys.exit("Different from what the contacts give: " + ", ".join(wrong))
    print(f"{len(truth)} files agree.")


if __name__ == "__main__":
    main()
