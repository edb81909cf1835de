"""Random conditions in the words of the command line, each with the same condition in SQL.

SQL speaks of a contact c, its conversation v and its calendar z, as in expected_answers.py. Every
condition is 0 or 1, never NULL: a missing value satisfies no comparison, and `!=` and `not` are
exact complements.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from section2 import CALENDAR, fold

Value = int | str
Sample = Callable[[str], list[Value]]  # values of a field that the contacts have, the frequent ones more often

KEYWORDS: Final = {"and", "or", "not", "in", "between", "is", "missing", "true", "false", "null"}
FOLDED: Final = ("tag", "category", "channel")  # Their names match without case and accents.
NUMBERS: Final = ("handling", "talk", "hold", "wrapup")
COLUMN: Final = {
    "category": "v.category", "channel": "v.channel", "agent": "c.agent", "group": "c.team", "closing": "v.closing",
    "rating": "v.rating", "handling": "c.value", "talk": "c.talk", "hold": "c.hold", "wrapup": "c.wrapup",
    "basis": "c.basis", "bot": "c.bot", "visitor": "v.visitor",
} | {bucket: f"z.{bucket}" for bucket in CALENDAR}
# Fields that have several values: the rows that hold them.
SEVERAL: Final = {
    "tag": "SELECT 1 FROM conversation_tag t WHERE t.conversation = v.id AND t.tag",
    "flag": "SELECT 1 FROM contact_flag f WHERE f.contact = c.number AND f.flag",
}
FIELDS: Final = (*COLUMN, *SEVERAL)
OR, AND, NOT, LEAF = 1, 2, 3, 4


@dataclass(frozen=True)
class Condition:
    """A condition as SQL and, where it has one, as text; `fields` are those it names."""

    sql: str
    parameters: tuple[Value, ...] = ()
    text: str = ""
    binding: int = LEAF
    fields: tuple[str, ...] = ()


def one_of(field: str, values: Sequence[Value]) -> Condition:
    """That a field has one of some values."""
    test = f"IN ({', '.join('?' for _ in values)})"
    sql = f"EXISTS ({SEVERAL[field]} {test})" if field in SEVERAL else f"coalesce({COLUMN[field]} {test}, 0)"
    return Condition(sql, tuple(values))


def all_of(conditions: Sequence[Condition]) -> Condition:
    parameters = tuple(parameter for condition in conditions for parameter in condition.parameters)
    return Condition(" AND ".join(f"({condition.sql})" for condition in conditions) or "1", parameters)


def negated(condition: Condition) -> Condition:
    return Condition(f"NOT ({condition.sql})", condition.parameters)


def respelled(rng: random.Random, field: str, name: str) -> str:
    """A name as somebody else may write it, where that makes no difference."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    spelling = rng.choice((name, name, name, name.upper(), name.lower(), bare))
    alike = fold(spelling) == fold(name) and not any(unicodedata.combining(c) for c in spelling)
    return spelling if field in FOLDED and alike else name


def written(rng: random.Random, field: str, value: Value) -> str:
    """A value inside an expression: bare where it can stand so, else in one kind of quotes."""
    if field == "bot":
        return "true" if value else "false"
    if isinstance(value, int) or (field == "rating" and value.isdigit()):
        return str(value)
    name = respelled(rng, field, value)
    is_word = re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name) and name.lower() not in KEYWORDS
    if (is_word or field in CALENDAR) and rng.random() < 0.7:
        return name
    quote = rng.choice("'\"")
    return quote + name.replace(quote, quote * 2) + quote


class Expressions:
    """Draws expressions for `--where`."""

    def __init__(
        self, rng: random.Random, sample: Sample, pick_field: Callable[[], str], alias: Callable[[], bool]
    ) -> None:
        """`alias` decides whether a tag is called `type` this time."""
        self.random, self.sample, self.pick_field, self.alias = rng, sample, pick_field, alias

    def expression(self, depth: int) -> Condition:
        """A comparison, or a nest of them."""
        kind = self.random.random()
        if depth == 0 or kind < 0.2:
            return self.comparison(self.pick_field())
        if kind < 0.4:
            inner = self.expression(depth - 1)
            text = f"({inner.text})" if inner.binding <= NOT or self.random.random() < 0.2 else inner.text
            return Condition(f"NOT ({inner.sql})", inner.parameters, f"not {text}", NOT, inner.fields)
        binding = OR if kind < 0.75 else AND
        parts = [self.expression(depth - 1) for _ in range(self.random.choice((2, 2, 2, 3)))]
        texts = [
            f"({part.text})" if part.binding < binding or self.random.random() < 0.15 else part.text for part in parts
        ]
        word = "or" if binding == OR else "and"
        return Condition(
            f" {word.upper()} ".join(f"({part.sql})" for part in parts),
            tuple(parameter for part in parts for parameter in part.parameters),
            f" {word} ".join(texts), binding, tuple(name for part in parts for name in part.fields),
        )

    def comparison(self, field: str) -> Condition:
        name = "type" if field == "tag" and self.alias() else field
        kinds = ["=", "=", "!=", "in", "not in"]
        if field in NUMBERS or field in CALENDAR:
            kinds = ["=", "!=", "<", "<=", ">", ">=", "<", ">=", "in", "not in", "between", "between"]
        elif field == "rating":
            kinds += ["<", "<=", "between"]  # Whether `good` is above a number is left open.
        elif field == "bot":
            kinds = ["=", "!="]
        if field not in ("bot", "basis"):
            kinds += ["is missing", "is not missing"]
        kind = self.random.choice(kinds)
        if kind.startswith("is"):
            return self.missing(field, name, kind)
        most = 3 if "in" in kind else 2 if kind == "between" else 1
        values = self.values(field, most, ordered=kind in ("<", "<=", "between"))
        texts = [written(self.random, field, value) for value in values]
        if kind == "between":
            text = f"{name} between {texts[0]} and {texts[1]}"
        elif "in" in kind:
            text = f"{name} {kind} ({', '.join(texts)})"
        else:
            space = " " if self.random.random() < 0.8 else ""
            text = f"{name}{space}{kind}{space}{texts[0]}"
        if kind in ("=", "!=", "in", "not in"):
            found = one_of(field, values)
            sql = f"NOT {found.sql}" if kind in ("!=", "not in") else found.sql
        else:
            column = "CAST(nullif(nullif(v.rating, 'good'), 'bad') AS INTEGER)" if field == "rating" else COLUMN[field]
            sql = f"coalesce({column} {'BETWEEN ? AND ?' if kind == 'between' else f'{kind} ?'}, 0)"
        return Condition(sql, tuple(values), text, LEAF, (field,))

    def missing(self, field: str, name: str, kind: str) -> Condition:
        sql = f"NOT EXISTS ({SEVERAL[field]} NOTNULL)" if field in SEVERAL else f"{COLUMN[field]} IS NULL"
        return Condition(sql if kind == "is missing" else f"NOT ({sql})", (), f"{name} {kind}", LEAF, (field,))

    def values(self, field: str, most: int, ordered: bool) -> list[Value]:
        """Some values of a field, for `between` the lesser first."""
        known = self.sample(field)
        if field == "rating" and ordered:
            known = [1, 2, 3, 4, 5]
        count = most if most < 3 else self.random.randint(1, 4)
        values = [self.random.choice(known) for _ in range(count)]
        return sorted(values) if most == 2 else values
