"""Writes Fixtures/generated.csv: 2,000 contacts, nasty on purpose, the same bytes on every run.

Usage: python3 Tests/Referee/make_generated.py [OUTPUT]

Hidden in it: skewed tags whose names need quoting or escaping, conversations of several contacts
and agents, bots, open conversations, missing values in every optional column, groups without any
handling value, groups of one row, exact ties, and instants around changes of the clock, year ends,
a leap day, before 1970 and after 2038-01-19. No row breaks a rule that would have it refused.
"""

import random
import sys
from datetime import datetime, timedelta, timezone
from itertools import accumulate
from pathlib import Path

ROWS = 2000
COLUMNS = (
    "id", "contactId", "channel", "category", "tags", "agent", "group", "bot", "startedAt",
    "firstReplyAt", "endedAt", "endReason", "state", "handlingSeconds", "satisfaction",
)
# The most used first: the weight of the tag at place k is 1/k.
TAGS = (
    "Refund", "Late parcel", "Invoice, missing", "Password reset", "Réclamation", 'Said "cancel it"',
    "Either; or", "Größe falsch", "Order status", "Código promocional", "Path C:\\temp", "100 % wool",
    "Ошибка оплаты", "Never timed", "Adresse erronée", "null", "Κωδικός", "a/b test", "0", "007",
    "Voucher, \"golden\"; expired", "NaN", "Ends with \\", "Two  spaces", "日本語", "O'Brien case",
    "true", "-1", "Naïve question", "Parcel 📦 lost", "Ærlig feil", "Łódź depot", "İade", "VIP",
    "Warranty", "Exchange", "Newsletter", "#hash", "; starts so", "Only once",
)
NEVER_TIMED, ONLY_ONCE = "Never timed", "Only once"
CATEGORIES = ("Order", "Delivery", "Returns", "Billing", "Account", "Product, other", "Überprüfung")
CHANNELS = (
    "chat", "chat", "chat", "Chat", "email", "email", "EMAIL", "call", "call", "sms", "video",
    "whatsapp", "WhatsApp", "messenger", "instagram", "twitter", "facebook",
)
SOCIAL = ("whatsapp", "WhatsApp", "messenger", "instagram", "twitter", "facebook")
AGENTS = (
    "Ana", "Bao", "Doe, Jane", "Élodie", "Frank \"Fix\" Fox", "Günter", "Hana", "Ivo", "Jürgen",
    "Krzysztof", "Lars", "Mónica", "Noor", "Ольга", "Pía", "Quinn", "Rui", "Søren", "agent 7", "42",
)
UNTIMED_AGENT, LONE_AGENT = "Ursula, untimed", "Zoé (one day)"
GROUPS = ("Front desk", "Second line", "Night, weekend", "Comptabilité", "Überlauf")
REASONS_BETWEEN = ("transferred",) * 12 + ("snoozed",) * 5 + ("closed", "closed", "")

UTC = timezone.utc
CLOCK_CHANGES = tuple(
    datetime(*when).replace(tzinfo=UTC)
    for when in (
        # Europe/Paris
        (2016, 3, 27, 1), (2016, 10, 30, 1), (2017, 3, 26, 1),
        # America/Sao_Paulo
        (2016, 2, 21, 2), (2016, 10, 16, 3), (2017, 2, 19, 2),
    )
)
FAR = tuple(
    datetime(*when).replace(tzinfo=UTC)
    for when in (
        (1969, 3, 30, 1, 30), (1969, 7, 20, 20, 17, 40), (1969, 12, 31, 22, 59, 59),
        (1969, 12, 31, 23, 59, 59), (2038, 1, 19, 3, 14, 7), (2038, 1, 19, 3, 14, 8),
        (2038, 3, 28, 0, 59, 30), (2038, 7, 14, 12, 0), (2038, 10, 31, 0, 59, 59),
    )
)
OFFSETS = (0, 0, 0, 1, 1, 2, -3)

Row = dict[str, str]


class Generator:
    """One seeded stream of conversations."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.contacts = 0
        self.far = list(FAR)
        self.lone_agent_due = True
        self.lone_tag_due = True

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def start(self) -> datetime:
        """An instant, mostly near one where calendars go wrong."""
        if self.far and self.chance(0.02):
            return self.far.pop()
        kind = self.random.random()
        if kind < 0.42:
            middle = self.random.choice(CLOCK_CHANGES)
            reach = self.random.choice((2, 5, 30)) * 3600
        elif kind < 0.50:
            middle, reach = datetime(2016, 2, 29, 12, tzinfo=UTC), 14 * 3600
        elif kind < 0.60:
            middle, reach = datetime(2016, 1, 1, tzinfo=UTC), 72 * 3600
        elif kind < 0.63:
            middle, reach = datetime(2017, 1, 1, tzinfo=UTC), 48 * 3600
        else:
            middle, reach = datetime(2016, 8, 10, tzinfo=UTC), 225 * 86400
        return middle + timedelta(seconds=self.random.randint(-reach, reach))

    def elapsed(self) -> int:
        """Seconds of a contact: log-normal with many exact ties and a tail of up to 30 days."""
        kind = self.random.random()
        if kind < 0.18:
            return self.random.choice((60, 300, 300, 600, 600, 600, 900))
        if kind < 0.20:
            return 0
        if kind < 0.225:
            return self.random.choice((86_400, 700_001, 1_234_567, 2_592_000))
        return min(2_592_000, int(self.random.lognormvariate(6.3, 1.25)) + 1)

    def tags(self) -> list[str]:
        """Zero to five tags, by Zipf's law."""
        usual = TAGS[: TAGS.index(ONLY_ONCE)]
        weights = list(accumulate(1 / place for place in range(1, len(usual) + 1)))
        wanted = self.random.choices((0, 1, 2, 3, 4, 5), (12, 44, 23, 12, 6, 3))[0]
        chosen: list[str] = []
        while len(chosen) < wanted:
            tag = self.random.choices(usual, cum_weights=weights)[0]
            if tag not in chosen:
                chosen.append(tag)
        return chosen

    def contact_id(self, conversation_style: float) -> str:
        """A missing id for a third; else unique in the file, or only inside its conversation."""
        self.contacts += 1
        if conversation_style < 0.10:
            return f"{self.contacts % 1000}"
        return "" if self.chance(0.37) else f"k-{self.contacts:05d}"

    def instant(self, when: datetime) -> str:
        """ISO 8601, in one of the offsets in use."""
        hours = self.random.choice(OFFSETS)
        if hours == 0:
            return when.strftime("%Y-%m-%dT%H:%M:%SZ")
        return when.astimezone(timezone(timedelta(hours=hours))).isoformat()

    def conversation(self, identifier: str, most: int) -> list[Row]:
        """The contacts of one conversation, in their order; a few overlap, a few start together."""
        size = self.random.choice((2, 2, 2, 3, 3, 4)) if self.chance(0.12) else 1
        size = min(size, most)
        style = self.random.random()
        channel, category, tags = self.random.choice(CHANNELS), self.random.choice(CATEGORIES), self.tags()
        if size == 1 and self.lone_tag_due and self.chance(0.01):
            tags, self.lone_tag_due = [ONLY_ONCE], False
        bot_first = self.chance(0.4) if size > 1 else self.chance(0.04)
        bot_last = size > 2 and self.chance(0.2)
        when = self.start()
        rows: list[Row] = []
        for place in range(size):
            is_bot = (place == 0 and bot_first) or (place == size - 1 and bot_last)
            row = dict.fromkeys(COLUMNS, "") | {"id": identifier, "contactId": self.contact_id(style)}
            self.fill_labels(row, channel, category)
            self.fill_respondent(row, is_bot)
            began = when
            when = self.fill_times(row, when, NEVER_TIMED in tags)
            if place < size - 1:
                row["endReason"] = self.random.choice(REASONS_BETWEEN)
                if self.chance(0.05):
                    row["endedAt"] = ""
            rows.append(row)
            if is_bot and self.chance(0.12):
                when = began
            elif self.chance(0.05):
                when = began + max(timedelta(seconds=1), (when - began) // timedelta(seconds=3) * timedelta(seconds=1))
            else:
                when += timedelta(seconds=self.random.choice((1, 1, 1, 30, 3600, self.elapsed() + 1)))
        self.fix_ties(rows)
        self.close(rows, tags)
        return rows

    def fill_labels(self, row: Row, channel: str, category: str) -> None:
        row["channel"] = channel if self.chance(0.93) else self.random.choice(("", "", "chat", "Call"))
        row["category"] = category if self.chance(0.88) else self.random.choice(("", "", *CATEGORIES))

    def fill_respondent(self, row: Row, is_bot: bool) -> None:
        row["bot"] = self.random.choice(("true", "1")) if is_bot else self.random.choice(("false", "0", "", "", ""))
        if is_bot:
            row["agent"] = self.random.choice(("Robi", "Robi", "Botín", ""))
            return
        row["agent"] = "" if self.chance(0.07) else self.random.choice(AGENTS)
        row["group"] = "" if self.chance(0.1) else self.random.choice(GROUPS)
        if self.chance(0.008):
            row["agent"] = UNTIMED_AGENT
        elif self.lone_agent_due and self.chance(0.01):
            row["agent"], self.lone_agent_due = LONE_AGENT, False

    def fill_times(self, row: Row, start: datetime, never_timed: bool) -> datetime:
        """Start, first reply, end and handling seconds; answers the end."""
        seconds = self.elapsed()
        end = start + timedelta(seconds=seconds)
        row["startedAt"], row["endedAt"] = self.instant(start), self.instant(end)
        if self.chance(0.68):
            row["firstReplyAt"] = self.instant(start + timedelta(seconds=self.random.randint(0, min(seconds, 900))))
        share = self.random.choice((1.0, 1.0, 0.9, 0.75, 0.5, 0.3))
        handling = int(seconds * share)
        if self.chance(0.02):
            handling = seconds + self.random.randint(1, 600)
        if not (never_timed or row["agent"] == UNTIMED_AGENT or self.chance(0.12)):
            row["handlingSeconds"] = str(min(handling, 2_592_000))
        if self.chance(0.04) and row["agent"] not in (UNTIMED_AGENT, LONE_AGENT):
            row["agent"] = row["firstReplyAt"] = row["handlingSeconds"] = ""
        return end

    def fix_ties(self, rows: list[Row]) -> None:
        """Contacts that start at the same instant need ids to have an order that is certain."""
        for before, after in zip(rows, rows[1:]):
            same = datetime.fromisoformat(before["startedAt"]) == datetime.fromisoformat(after["startedAt"])
            if same and before["contactId"] >= after["contactId"]:
                self.contacts += 2
                before["contactId"], after["contactId"] = f"t-{self.contacts}1", f"t-{self.contacts}2"

    def close(self, rows: list[Row], tags: list[str]) -> None:
        """How the conversation stands, and where its tags are written."""
        last = rows[-1]
        kind = self.random.random()
        if kind < 0.045:
            last.update(endedAt="", state=self.random.choice(("", "", "open")))
        elif kind < 0.085:
            last["endReason"] = self.random.choice(("snoozed", "transferred"))
            last["state"] = self.random.choice(("", "open"))
        elif kind < 0.115:
            last.update(channel=self.random.choice(SOCIAL), endReason="closed", state="closed")
        elif kind < 0.125:
            last.update(channel=self.random.choice(SOCIAL), endReason="", state="open")
        elif kind < 0.135:
            last.update(endReason=self.random.choice(("snoozed", "transferred")), state="ended")
        else:
            last["endReason"] = self.random.choice(("", "closed"))
            last["state"] = self.random.choice(("",) * 9 + ("ended",))
        if self.chance(0.3):
            last["satisfaction"] = str(self.random.randint(1, 5))
        if kind < 0.125 and self.chance(0.6):
            return
        written: list[list[str]] = [[] for _ in rows]
        for tag in tags:
            written[-1 if self.chance(0.8) else self.random.randrange(len(rows))].append(tag)
            if self.chance(0.08):
                self.random.choice(written).append(tag)
        for row, names in zip(rows, written):
            row["tags"] = ";".join(escaped(name) for name in names)


def escaped(name: str) -> str:
    """A tag's name inside a cell, where `;` separates."""
    return name.replace("\\", "\\\\").replace(";", "\\;")


def field(text: str, quote_anyway: bool) -> str:
    """A CSV field, quoted when it must be or when asked to."""
    if quote_anyway or any(mark in text for mark in ',"\n\r'):
        return '"' + text.replace('"', '""') + '"'
    return text


def main() -> None:
    beside = Path(__file__).resolve().parents[2] / "Fixtures" / "generated.csv"
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else beside
    generator = Generator(seed=20160229)
    rows: list[Row] = []
    number = 0
    while len(rows) < ROWS:
        number += 1
        style = ("C{:04d}", "C{:04d}", "C{:04d}", "#{}/2016", "дело {}", "conv, {}")[number % 6]
        rows += generator.conversation(style.format(number), ROWS - len(rows))
    assert not (generator.far or generator.lone_agent_due or generator.lone_tag_due), "another seed is needed"
    generator.random.shuffle(rows)
    lines = [",".join(COLUMNS)]
    for row in rows:
        lines.append(",".join(field(row[name], generator.chance(0.03 if row[name] else 0.003)) for name in COLUMNS))
    target.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
