"""Draws random queries, the parts seen least first, and counts what they are made of."""

import random
import sqlite3
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from expected_answers import DIMENSIONS, Query, place
from measure_formulas import Terms
from query_filters import FILTERS, PERIODS, FilterDraw
from section2 import ATTRIBUTIONS, add_calendar
from where_expressions import FIELDS

ZONES: Final = ("UTC", "Europe/Paris", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu")
BASIC_MEASURES: Final = (
    "contacts", "handled", "unhandled", "conversations", "n", "missing", "total", "mean", "sd", "sd_pop", "min", "max",
    "pNN", "pNN.N", "n_conversation", "mean_conversation",
)
MEASURES: Final = (
    *BASIC_MEASURES, "hours", "median", "trimmed_mean", "within", "share", "share_contacts", "n_talk", "mean_talk",
    "n_hold", "mean_hold", "n_wrapup", "mean_wrapup", "n_first_reply", "first_reply_pNN", "n_rating", "rating",
    "n_csat", "csat",
    "n_network_quality", "network_quality", "n_product_quality", "product_quality", "reopens", "engaged", "concurrency",
    "ci95", "pNN_ci95",
)
FAMILIES: Final = {
    "pNN": ("p50", "p90", "p95", "p99", "p25", "p10", "p66"), "pNN.N": ("p99.9", "p12.5", "p97.5", "p50.1", "p99.5"),
    "first_reply_pNN": ("first_reply_p50", "first_reply_p90", "first_reply_p25"),
    "pNN_ci95": ("p50_ci95", "p90_ci95", "p25_ci95"),
}
INTERPOLATED: Final = ("pNN", "pNN.N", "median", "first_reply_pNN")
SPLIT_MEASURES: Final = ("contacts", "n", "total", "mean")
OF_CONTACTS_ONLY: Final = ("share", "pNN_ci95")  # What they are per conversation is left open.
MOST_ROWS: Final = 1500
SORTS: Final = tuple(f"{what} {way}" for what in ("dimension", "measure") for way in ("asc", "desc", "default"))
TRIMS: Final = ("0.1", "1", "2.5", "5", "10", "12.5", "25", "33.3", "49.9")

# What a long run must contain, by kind.
BASIC: Final = {
    "dimension": tuple(name for name in DIMENSIONS if name not in ("closing", "rating")), "measure": BASIC_MEASURES,
    "zone": ZONES, "attribute": ATTRIBUTIONS, "open": ("no", "yes"), "bots": ("no", "yes"), "total": ("no", "yes"),
    "quantiles": ("type7", "nearest"),
}
ALL: Final = BASIC | {
    "dimension": tuple(DIMENSIONS), "measure": MEASURES, "unit": ("contact", "conversation"),
    "tags": ("each", "split", "primary"), "filter": FILTERS, "not filter": FILTERS, "where": ("where", "not-where"),
    "where field": FIELDS, "period": PERIODS, "sort": SORTS, "limit": ("limit",), "alias": ("type",),
}


class QueryDraw:
    """A seeded stream of queries. `left_out` names pieces, such as `measure ci95`, that are never drawn."""

    def __init__(
        self, database: sqlite3.Connection, seed: int, features: dict[str, tuple[str, ...]], left_out: set[str]
    ) -> None:
        self.database, self.random, self.counts = database, random.Random(seed), Counter[str]()
        kept = {kind: [n for n in names if f"{kind} {n}" not in left_out] for kind, names in features.items()}
        self.features = {kind: names for kind, names in kept.items() if names}
        self.filters = FilterDraw(database, self.random, self.choose, self.alias)
        for zone in self.features["zone"]:
            add_calendar(database, zone)

    def next(self) -> Query:
        """A query whose answer mostly has three rows or more."""
        while True:
            query = self.draw()
            count = place(self.database, query)
            if count <= MOST_ROWS and (not query.by or min(count, query.limit or count) >= 3 or self.chance(0.08)):
                self.counts.update(set(query.pieces))
                return query

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def has(self, kind: str, probability: float) -> bool:
        """Whether a query shall have something of a kind."""
        return kind in self.features and self.chance(probability)

    def pick(self, kind: str, names: Sequence[str] | None = None) -> str:
        """One of the names of a kind, rather one that was seldom drawn."""
        options = [name for name in self.features[kind] if names is None or name in names]
        weights = [1 / (1 + self.counts[f"{kind} {name}"]) ** 3 for name in options]
        return self.random.choices(options, weights)[0]

    def choose(self, query: Query, kind: str) -> str:
        """Picks, and notes in the query what was picked."""
        name = self.pick(kind)
        query.pieces.append(f"{kind} {name}")
        return name

    def alias(self, query: Query) -> bool:
        """Whether a tag is called `type` this time."""
        return self.has("alias", 0.2) and self.choose(query, "alias") == "type"

    def draw(self) -> Query:
        query = Query()
        query.attribute, query.zone = self.choose(query, "attribute"), self.choose(query, "zone")
        query.open, query.bots = self.choose(query, "open") == "yes", self.choose(query, "bots") == "yes"
        query.words += ["--open"] * query.open + ["--bots"] * query.bots
        if query.attribute != "reported" or self.chance(0.3):
            query.words += ["--attribute", query.attribute]
        if query.zone != "UTC" or self.chance(0.3):
            query.words += ["--zone", query.zone]
        self.add_dimensions(query)
        self.add_unit(query)
        self.add_measures(query)
        if self.has("period", 0.5):
            self.filters.add_period(query)
        if "filter" in self.features and "not filter" in self.features:
            self.filters.add_filters(query, self.random.choices((0, 1, 2, 3), (25, 40, 25, 10))[0])
        if self.has("where", 0.42):
            self.filters.add_where(query, lambda: self.pick("where field"))
        if query.by:
            self.add_order(query)
        return query

    def add_dimensions(self, query: Query) -> None:
        wanted = self.random.choices((0, 1, 2, 3), (3, 45, 38, 14))[0]
        for place_in_row in range(wanted):
            name = "tag" if place_in_row == 0 and self.chance(0.12) else self.pick("dimension")
            if name not in query.by:
                query.by += (name,)
                query.pieces.append(f"dimension {name}")
        if query.by:
            asked = ("type" if name == "tag" and self.alias(query) else name for name in query.by)
            query.words += ["--by", ",".join(asked)]
        if "tag" in query.by and "tags" in self.features:
            query.tags = self.choose(query, "tags")
            if query.tags != "each" or self.chance(0.5):
                query.words += ["--tags", query.tags]

    def add_unit(self, query: Query) -> None:
        if "unit" in self.features and query.tags != "split":
            unit = self.choose(query, "unit")
            query.per_conversation = unit == "conversation"
            query.words += ["--per", unit] if query.per_conversation or self.chance(0.2) else []

    def add_measures(self, query: Query) -> None:
        split, families = query.tags == "split", set()
        names = SPLIT_MEASURES if split else MEASURES
        if query.per_conversation:
            names = tuple(name for name in names if name not in OF_CONTACTS_ONLY)
        for _ in range(self.random.randint(2, 4) if split else self.random.randint(3, 10)):
            family = self.pick("measure", names)
            name = self.random.choice(FAMILIES.get(family, (family,)))
            twice = {"p50", "median"} <= {name, *query.measures}  # two names of one measure
            if name not in query.measures and not twice:
                query.measures += (name,)
                families.add(family)
        if all(name.endswith("ci95") for name in query.measures):  # One that `--sort` can name is always there.
            query.measures += ("total",)
            families.add("total")
        query.pieces += [f"measure {family}" for family in sorted(families)]
        query.words += ["--measures", ",".join(query.measures)]
        nearest, target, trim = False, None, None
        if families & {*INTERPOLATED}:
            method = self.choose(query, "quantiles")
            nearest = method == "nearest"
            query.words += ["--quantiles", method] if nearest or self.chance(0.3) else []
        if "within" in families:
            target = int(self.random.choice((0, 60, 300, self.random.choice(self.filters.sample(query, "handling")))))
            query.words += ["--target", str(target)]
        if "trimmed_mean" in families:
            share = self.random.choice(TRIMS)
            trim = Fraction(share)
            query.words += ["--trim", share]
        query.terms = Terms(nearest, target, trim, split)

    def add_order(self, query: Query) -> None:
        """The order of rows, their number, and whether there is a total."""
        if self.has("sort", 0.5):
            what, _, way = self.choose(query, "sort").partition(" ")
            sortable = [name for name in query.measures if not name.endswith("ci95")]
            name = self.random.choice(query.by if what == "dimension" else sortable)
            descending = way == "desc" or (way == "default" and what == "measure")
            query.sort = (name, descending)
            query.words += ["--sort", name if way == "default" else f"{name}:{way}"]
        if self.has("limit", 0.25):
            self.choose(query, "limit")
            query.limit = self.random.choice((1, 3, 4, 5, 7, 10, 20, 50))
            query.words += ["--limit", str(query.limit)]
        query.with_total = self.choose(query, "total") == "yes" if self.chance(0.3) else True
        query.words += [] if query.with_total else ["--no-total"]

    def coverage(self) -> list[tuple[str, int]]:
        """Every piece that may be drawn, and how many queries had it."""
        return [(f"{k} {n}", self.counts[f"{k} {n}"]) for k, names in self.features.items() for n in names]
