"""Contacts that are nasty on purpose, the same for the same seed, as two CSV files.

Hidden in them: conversations of several contacts, agents and bots, reopened, snoozed or never ended;
missing values in every optional column; exact duplicates of rows; overlaps; handling values that
contradict their parts or the clock; out-of-range replies and ratings; groups of one row and groups
without any value; names with quotes, commas and several scripts; instants around clock changes of
Paris, São Paulo, Lord Howe (half an hour) and Apia (a day that never was), on leap days, and in 1901,
1969, 2038 and 2199. No row breaks a rule that would have it refused, and none depends on what the
rules leave open. The second file is meant for `--derive-handling`.
"""

import csv
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final, TextIO

from nasty_names import (
    AGENTS, BOTS, CATEGORIES, CHANNELS, GROUPS, LONE_AGENT, LONE_GROUP, NEVER_TIMED, ONLY_ONCE, SOCIAL, TAGS,
    UNTIMED_AGENT, VISITORS,
)

CONVERSATIONS: Final = 2900
COLUMNS: Final = (
    "id", "contactId", "visitor", "channel", "category", "tags", "agent", "group", "bot", "startedAt", "firstMessageAt",
    "firstReplyAt", "endedAt", "endReason", "closing", "state", "handlingSeconds", "talkSeconds", "holdSeconds",
    "wrapUpSeconds", "satisfaction", "networkQuality", "productQuality",
)
PARTS: Final = ("talkSeconds", "holdSeconds", "wrapUpSeconds")
REASONS_BETWEEN: Final = ("transferred",) * 5 + ("snoozed",) * 3 + ("closed", "closed", "closed", "")
ROUND_ENDS: Final = (60, 300, 300, 600, 600, 900, 0)

UTC: Final = timezone.utc
CLOCK_CHANGES: Final = tuple(
    datetime(*when, tzinfo=UTC)
    for when in (
        (2016, 3, 27, 1), (2016, 10, 30, 1),  # Europe/Paris
        (2016, 2, 21, 2), (2016, 10, 16, 3),  # America/Sao_Paulo
        (2016, 4, 2, 15), (2016, 10, 1, 15, 30),  # Australia/Lord_Howe, by 30 minutes
        (2011, 12, 30, 10), (2011, 12, 30, 10),  # Pacific/Apia, from the 29th to the 31st
    )
)
LEAP_DAYS: Final = tuple(datetime(year, 2, 29, 12, tzinfo=UTC) for year in (2016, 2016, 2000, 2012))
FAR: Final = tuple(
    datetime(*when, tzinfo=UTC)
    for when in (
        (1901, 1, 1, 0, 5), (1901, 6, 30, 23, 55), (1901, 12, 31, 23, 51), (1969, 7, 20, 20, 17, 40),
        (1969, 12, 31, 23, 59, 59), (2038, 1, 19, 3, 14, 7), (2038, 3, 28, 1, 0), (2038, 10, 31, 0, 59, 59),
        (2199, 2, 28, 23, 30), (2199, 7, 1, 12, 0), (2199, 12, 31, 23, 59, 0),
    )
)
OFFSETS: Final = tuple(timezone(timedelta(minutes=m)) for m in (60, 120, -180, 345, 630, -570, 780))

Row = dict[str, str]


class Generator:
    """One seeded stream of conversations."""

    def __init__(self, seed: int, aliases: bool) -> None:
        self.random = random.Random(seed)
        self.channels = (*CHANNELS, "phone", "Phone") if aliases else CHANNELS
        self.contacts = 0
        self.lone = ["tag", "agent", "group"]

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def zipf(self, names: tuple[str, ...]) -> str:
        return self.random.choices(names, [1 / (place + 1) for place in range(len(names))])[0]

    def start(self) -> datetime:
        """An instant, mostly near one where calendars go wrong."""
        kind = self.random.random()
        if kind < 0.40:
            middle, reach = self.random.choice(CLOCK_CHANGES), self.random.choice((1, 3, 30)) * 3600
        elif kind < 0.48:
            middle, reach = self.random.choice(LEAP_DAYS), 20 * 3600
        elif kind < 0.56:
            middle, reach = datetime(self.random.choice((2016, 2017)), 1, 1, tzinfo=UTC), 72 * 3600
        elif kind < 0.66:
            middle, reach = self.random.choice(FAR), 600
        else:
            middle, reach = datetime(2016, 6, 10, tzinfo=UTC), 270 * 86400
        return middle + timedelta(seconds=self.random.randint(-reach, reach))

    def seconds(self) -> int:
        """A duration: log-normal with many exact ties, zeros, and a tail of up to 40 days."""
        kind = self.random.random()
        if kind < 0.22:
            return self.random.choice(ROUND_ENDS)
        if kind < 0.24:
            return self.random.choice((86_400, 1_234_567, 2_592_000, 2_592_001, 3_456_000))
        return min(2_592_000, int(self.random.lognormvariate(6.2, 1.2)) + 1)

    def instant(self, when: datetime) -> str:
        """ISO 8601, in one of the offsets in use."""
        if self.chance(0.6):
            return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return when.astimezone(self.random.choice(OFFSETS)).isoformat()

    def conversation(self, identifier: str, derived: bool) -> list[Row]:
        """The contacts of one conversation in their order; some overlap, a few start together."""
        size = self.random.choice((2, 2, 2, 3, 3, 4, 6)) if self.chance(0.42) else 1
        bots = self.random.choices(("none", "first", "all", "any"), (70, 16, 6, 8))[0]
        untimed = not derived and self.chance(0.012)
        channel, category, visitor = (self.random.choice(v) for v in (self.channels, CATEGORIES, VISITORS))
        when = self.start()
        rows: list[Row] = []
        for place in range(size):
            bot = bots == "all" or (bots == "first" and place == 0) or (bots == "any" and self.chance(0.5))
            row = dict.fromkeys(COLUMNS, "")
            row |= {"id": identifier, "contactId": self.contact_id()}
            row["visitor"] = self.random.choice(("", visitor, visitor, self.random.choice(VISITORS)))
            row["channel"] = channel if self.chance(0.8) else self.random.choice(("", "", "chat"))
            row["category"] = category if self.chance(0.75) else self.random.choice(("", "", *CATEGORIES))
            self.fill_respondent(row, bot)
            began = when
            when = self.fill_times(row, when)
            if not untimed and row["agent"] != UNTIMED_AGENT:
                self.fill_handling(row, int((when - began).total_seconds()))
            if place < size - 1:
                row["endReason"] = self.random.choice(REASONS_BETWEEN)
                if self.chance(0.06):
                    row["endedAt"] = ""
            if not derived and self.chance(0.05) and row["agent"] != UNTIMED_AGENT:
                row |= dict.fromkeys(("agent", "firstReplyAt", "handlingSeconds", *PARTS), "")
            if derived and (row["agent"] == UNTIMED_AGENT or not row["agent"] + row["handlingSeconds"]):
                # Whether a derived value alone makes a contact handled is left open.
                row["agent"] = self.random.choice(AGENTS)
            rows.append(row)
            if self.chance(0.06):
                when = began
            elif self.chance(0.08):
                when = began + (when - began) // 3 // timedelta(seconds=1) * timedelta(seconds=1)
            else:
                when += timedelta(seconds=self.random.choice((0, 0, 1, 30, 3600, self.seconds(), 86_400)))
        self.separate(rows)
        self.fill_survey(rows)
        self.finish(rows)
        self.spread_tags(rows, NEVER_TIMED if untimed else "")
        return rows

    def contact_id(self) -> str:
        """Unique in the file, or only inside its conversation, or none."""
        self.contacts += 1
        kind = self.random.random()
        return f"k-{self.contacts:05}" if kind < 0.4 else f"{self.contacts % 1000}" if kind < 0.55 else ""

    def separate(self, rows: list[Row]) -> None:
        """Contacts that start together are put in order by their own ids, which they are all given."""
        starts = [datetime.fromisoformat(row["startedAt"]) for row in rows]
        for row, start in zip(rows, starts):
            if starts.count(start) > 1:
                self.contacts += 1
                row["contactId"] = f"t-{self.contacts:05}"

    def fill_respondent(self, row: Row, bot: bool) -> None:
        row["bot"] = self.random.choice(("true", "1")) if bot else self.random.choice(("false", "0", "", "", ""))
        row["group"] = "" if self.chance(0.15) else self.zipf(GROUPS)
        if bot:
            row["agent"] = self.random.choice(BOTS)
            return
        row["agent"] = "" if self.chance(0.08) else self.zipf(AGENTS)
        if self.chance(0.008):
            row["agent"] = UNTIMED_AGENT
        elif "agent" in self.lone and self.chance(0.01):
            row["agent"] = LONE_AGENT
            self.lone.remove("agent")
        elif "group" in self.lone and self.chance(0.01):
            row["group"] = LONE_GROUP
            self.lone.remove("group")

    def fill_times(self, row: Row, start: datetime) -> datetime:
        """Start, first message, first reply and end; answers the end."""
        end = start + timedelta(seconds=self.seconds())
        row["startedAt"], row["endedAt"] = self.instant(start), self.instant(end)
        if self.chance(0.45):
            row["firstMessageAt"] = self.instant(start + timedelta(seconds=self.random.choice((-90, -5, 0, 0, 2, 700))))
        if self.chance(0.65):
            row["firstReplyAt"] = self.instant(start + (end - start) * self.random.choice((0, 0, 1)))
            if end > start and self.chance(0.7):
                wait = self.random.randint(0, min(900, int((end - start).total_seconds())))
                row["firstReplyAt"] = self.instant(start + timedelta(seconds=wait))
        if self.chance(0.05):
            second = timedelta(seconds=1)
            row["firstReplyAt"] = self.instant(self.random.choice((start - second, end + second)))
        return end

    def fill_handling(self, row: Row, elapsed: int) -> None:
        """A given value, parts, both, contradicting ones, incomplete ones, or nothing."""
        given = int(elapsed * self.random.choice((1, 1, 0.9, 0.75, 0.5, 0.3)))
        if self.chance(0.04):
            given = elapsed + self.random.randint(1, 900)
        if self.chance(0.004):
            given = self.random.choice((2_592_000, 2_592_001, 31_622_400))
        kinds = ("given", "both", "contrary", "mixed", "parts", "some", "none")
        kind = self.random.choices(kinds, (38, 10, 7, 5, 17, 9, 14))[0]
        if kind in ("given", "both", "contrary", "mixed"):
            row["handlingSeconds"] = str(given)
        if kind in ("both", "contrary", "mixed", "parts", "some"):
            hold = self.random.choice((0, 0, given // 5))
            wrap_up = self.random.choice((0, min(given - hold, self.random.choice((30, 120, 899, 900, 901, 1800)))))
            parts = [given - hold - wrap_up, hold, wrap_up]
            if kind == "contrary":
                parts[self.random.randrange(3)] += self.random.randint(1, 60)
            row |= {name: str(part) for name, part in zip(PARTS, parts)}
            if kind in ("mixed", "some"):
                for name in self.random.sample(PARTS, self.random.choice((1, 1, 2))):
                    row[name] = ""

    def fill_survey(self, rows: list[Row]) -> None:
        scores = ("1", "2", "3", "4", "4", "5", "5")
        for row in rows:
            if self.chance(0.4 / len(rows)):
                row["satisfaction"] = self.random.choice((*scores, "good", "good", "bad", "0", "6"))
            for name in ("networkQuality", "productQuality"):
                if self.chance(0.3 / len(rows)):
                    row[name] = self.random.choice((*scores, "0", "9"))

    def finish(self, rows: list[Row]) -> None:
        """How the conversation stands. Its latest contact says so; an open state may stand in every row."""
        last, kind = rows[-1], self.random.random()
        if kind < 0.05:
            last.update(endedAt="", state=self.random.choice(("", "", "open")))
        elif kind < 0.09:
            last["endReason"] = self.random.choice(("snoozed", "transferred"))
            last["state"] = self.random.choice(("", "open"))
        elif kind < 0.12:
            last.update(channel=self.random.choice(SOCIAL), endReason="closed", state="closed")
        elif kind < 0.13:
            last.update(channel=self.random.choice(SOCIAL), endReason="", state="open")
        elif kind < 0.15:
            last.update(endReason=self.random.choice(("snoozed", "transferred")), state="ended")
        else:
            last.update(endReason=self.random.choice(("", "closed")), state=self.random.choice(("", "", "", "ended")))
        if last["state"] == "open" and self.chance(0.3):
            for row in rows:
                row["state"] = "open"
        last["closing"] = self.random.choice(("", "", "", "agent", "visitor", "visitor", "natural", "bot"))
        if last["closing"] and self.chance(0.2):
            rows[0]["closing"] = self.random.choice(("", "visitor", last["closing"])) or last["closing"]

    def spread_tags(self, rows: list[Row], extra: str) -> None:
        """Zero to four tags written over the rows, some more than once in a cell or in several."""
        names = [self.zipf(TAGS) for _ in range(self.random.choices((0, 1, 2, 3, 4), (16, 40, 24, 13, 7))[0])]
        names += [extra] if extra else []
        if len(rows) == 1 and "tag" in self.lone and self.chance(0.01):
            names = [ONLY_ONCE]
            self.lone.remove("tag")
        written: list[list[str]] = [[] for _ in rows]
        for name in names:
            written[-1 if self.chance(0.6) else self.random.randrange(len(rows))].append(name)
            if self.chance(0.15):
                self.random.choice(written).append(name)
        for row, cell in zip(rows, written):
            row["tags"] = ";".join(name.replace("\\", "\\\\").replace(";", "\\;") for name in cell)


def write_rows(file: TextIO, header: list[str], rows: list[Row], generator: Generator, line_end: str) -> None:
    """CSV text, some of its records with every field in quotes."""
    plain = csv.writer(file, lineterminator=line_end)
    quoted = csv.writer(file, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    plain.writerow(header)
    for row in rows:
        (quoted if generator.chance(0.1) else plain).writerow([row[name] for name in COLUMNS])


def write_files(folder: Path, seed: int, aliases: bool) -> tuple[Path, Path]:
    """Writes contacts.csv and, for `--derive-handling`, derived.csv. Without `aliases` no channel is a `phone`."""
    generator = Generator(seed, aliases)
    styles = ("N{:04}", "#{}/2016", "дело {}", "conv, {}", 'the "{}"')
    paths = (folder / "contacts.csv", folder / "derived.csv")
    files: tuple[list[Row], list[Row]] = ([], [])
    for number in range(CONVERSATIONS):
        derived = number % 8 == 7
        files[derived].extend(generator.conversation(styles[number % 5].format(number), derived))
    assert not generator.lone, "another seed is needed"
    headers = (list(COLUMNS), [name.upper() for name in COLUMNS])
    for path, rows, header, line_end in zip(paths, files, headers, ("\n", "\r\n")):
        copies = [dict(row) for row in generator.random.sample(rows, len(rows) // 50)]
        for copy in copies[::2]:
            # The same instant, written anew.
            copy["startedAt"] = generator.instant(datetime.fromisoformat(copy["startedAt"]))
        rows += copies
        generator.random.shuffle(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            write_rows(file, header, rows, generator, line_end)
    return paths
