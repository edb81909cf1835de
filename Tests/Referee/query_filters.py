"""Draws the part of a query that selects contacts: period, filters, `--where`."""

import random
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Final

from expected_answers import Query
from section2 import CALENDAR
from where_expressions import COLUMN, SEVERAL, Condition, Expressions, Value, all_of, negated, one_of, respelled

ANY_OF: Final = ("category", "channel", "agent", "group", "closing", "rating", "flag", "basis")
FILTERS: Final = ("tag", "any-tag", *ANY_OF, "min-handling", "max-handling")
BUCKET_PERIODS: Final = {
    "YYYY": "year", "YYYY-Qn": "quarter", "YYYY-MM": "month", "YYYY-Wnn": "week", "YYYY-MM-DD": "day",
}
LIMIT_PERIODS: Final = ("from date", "to date", "from instant", "to instant")
PERIODS: Final = (*BUCKET_PERIODS, *LIMIT_PERIODS, "A..B")
OFFSET_MINUTES: Final = (0, 0, 60, -180, 345)
NEVER_IN_APIA: Final = "2011-12-30"

# Picks one name of a kind and notes it in the query.
Choose = Callable[[Query, str], str]


class FilterDraw:
    """Adds conditions to queries; their values are those of contacts, the frequent ones more often."""

    def __init__(
        self, database: sqlite3.Connection, rng: random.Random, choose: Choose, alias: Callable[[Query], bool]
    ) -> None:
        self.database, self.random, self.choose, self.alias = database, rng, choose, alias
        self.samples: dict[tuple[str, ...], list] = {}

    def sampled(self, key: tuple[str, ...], statement: str, *parameters: str) -> list:
        if key not in self.samples:
            records = self.database.execute(statement, parameters).fetchall()
            self.samples[key] = [record[0] if len(record) == 1 else record for record in records]
        return self.samples[key]

    def sample(self, query: Query, field: str) -> list[Value]:
        """The values of a field, one for each contact (or tag, or flag) that has one."""
        if field in SEVERAL:
            table = {"tag": "conversation_tag", "flag": "contact_flag"}[field]
            return self.sampled((field,), f"SELECT {field} FROM {table}")
        if field in CALENDAR or field == "instant":
            statement = f"SELECT {field} FROM calendar WHERE zone = ? AND attribute = ? AND {field} NOTNULL"
            return self.sampled((field, query.zone, query.attribute), statement, query.zone, query.attribute)
        column = COLUMN[field]
        joined = "contact c JOIN conversation v ON v.id = c.conversation"
        return self.sampled((field,), f"SELECT {column} FROM {joined} WHERE {column} NOTNULL")

    def two_tags(self) -> list[tuple[str, str]]:
        """Pairs of tags that some conversation has."""
        joined = "conversation_tag a JOIN conversation_tag b USING (conversation)"
        return self.sampled(("two tags",), f"SELECT a.tag, b.tag FROM {joined} WHERE a.tag <> b.tag")

    def add_period(self, query: Query) -> None:
        form = self.choose(query, "period")
        first, last = sorted(str(self.random.choice(self.sample(query, "day"))) for _ in range(2))
        if form in BUCKET_PERIODS:
            value = self.random.choice(self.sample(query, BUCKET_PERIODS[form]))
            query.words += ["--period", str(value)]
            query.conditions.append(one_of(BUCKET_PERIODS[form], [value]))
        elif form == "A..B":
            query.words += ["--period", f"{first}..{last}"]
            query.conditions.append(Condition("coalesce(z.day BETWEEN ? AND ?, 0)", (first, last)))
        else:
            if self.random.random() < 0.1:
                first = min(first, NEVER_IN_APIA)
            self.add_limit(query, form, first)
            if form == "from date" and self.random.random() < 0.5:
                self.add_limit(query, "to date", last)
            if form == "from instant" and self.random.random() < 0.5:
                self.add_limit(query, "to date", "2199-12-31")

    def add_limit(self, query: Query, form: str, day: str) -> None:
        """(7) `--from` is inclusive, `--to` includes a day and excludes an instant."""
        option, _, kind = form.partition(" ")
        sign = ">=" if option == "from" else "<=" if kind == "date" else "<"
        if kind == "date":
            query.conditions.append(Condition(f"coalesce(z.day {sign} ?, 0)", (day,)))
            text = day
        else:
            instant = self.random.choice(self.sample(query, "instant"))
            query.conditions.append(Condition(f"coalesce(z.instant {sign} ?, 0)", (instant,)))
            zone = timezone(timedelta(minutes=self.random.choice(OFFSET_MINUTES)))
            text = datetime.fromtimestamp(instant, zone).isoformat().replace("+00:00", "Z")
        query.words += [f"--{option}", text]

    def add_filters(self, query: Query, most: int) -> None:
        """Up to so many different filters; a --not- form drops what the plain one would keep of each value."""
        drawn: set[tuple[bool, str]] = set()
        for _ in range(most):
            drops = self.random.random() < 0.5
            name = self.choose(query, "not filter" if drops else "filter")
            if (drops, name) in drawn:
                continue
            drawn.add((drops, name))
            condition, values = self.filter(query, name)
            # Every --not-tag drops conversations with that tag, where --tag wants all of its tags.
            if drops and name == "tag":
                query.conditions.append(negated(one_of("tag", values)))
            else:
                query.conditions.append(negated(condition) if drops else condition)
            field = "tag" if name == "any-tag" else name
            option = "type" if name == "tag" and self.alias(query) else name
            for value in values:
                text = respelled(self.random, field, str(value))
                words = [f"--{'not-' if drops else ''}{option}", text]
                # What begins like an option needs the other spelling.
                query.words += ["=".join(words)] if text.startswith("-") else words

    def filter(self, query: Query, name: str) -> tuple[Condition, list[Value]]:
        """A filter's condition, and the values its option is repeated with."""
        if name.endswith("-handling"):
            seconds = self.random.choice(self.sample(query, "handling"))
            sign = ">=" if name == "min-handling" else "<="
            return Condition(f"coalesce(c.value {sign} ?, 0)", (seconds,)), [seconds]
        if name == "tag":
            tags = list(self.random.choice(self.two_tags()))[: self.random.choice((1, 1, 2))]
            return all_of([one_of("tag", [tag]) for tag in tags]), tags
        field = "tag" if name == "any-tag" else name
        values = [self.random.choice(self.sample(query, field)) for _ in range(self.random.choice((1, 1, 2, 3)))]
        return one_of(field, values), values

    def add_where(self, query: Query, pick_field: Callable[[], str]) -> None:
        expressions = Expressions(
            self.random, lambda field: self.sample(query, field), pick_field, lambda: self.alias(query)
        )
        form = self.choose(query, "where")
        condition = expressions.expression(self.random.choice((0, 1, 2, 2, 3)))
        query.pieces += [f"where field {field}" for field in condition.fields]
        query.words += [f"--{form}", condition.text]
        query.conditions.append(negated(condition) if form == "not-where" else condition)
