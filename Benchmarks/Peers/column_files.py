"""Reads the raw little-endian column files that `wrapup-bench serve` exports, as NumPy arrays and Arrow."""

from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

TYPES: Final = {"u8": "u1", "u16": "<u2", "u32": "<u4", "i32": "<i4", "i64": "<i8"}
COLUMNS: Final = {
    "conversation": "u32",
    "tag": "u8",
    "tag2": "u16",
    "agent": "u16",
    "agent2": "u16",
    "channel": "u8",
    "category": "u8",
    "bot": "u8",
    "handling": "i32",
    "ended": "i64",
}


def column(folder: Path, name: str, kind: str) -> np.ndarray:
    return np.fromfile(folder / f"{name}.{kind}", TYPES[kind])


def contacts(folder: Path) -> pa.Table:
    """All contacts as one Arrow table in one chunk.

    Codes stay unsigned and small; `handling` is a nullable Int32; `ended` counts seconds and has no zone,
    for all of it is UTC; `tags` is a list column.
    """
    arrays = {name: column(folder, name, kind) for name, kind in COLUMNS.items()}
    columns = {name: pa.array(array) for name, array in arrays.items()}
    columns["handling"] = pa.array(arrays["handling"], mask=arrays["handling"] < 0)
    columns["ended"] = columns["ended"].cast(pa.timestamp("s"))
    ends = column(folder, "tags_ends", "u32")
    offsets = np.zeros(len(ends) + 1, np.int32)
    offsets[1:] = ends
    columns["tags"] = pa.ListArray.from_arrays(pa.array(offsets), pa.array(column(folder, "tags", "u8")))
    return pa.table(columns)


def longest_conversation(table: pa.Table) -> int:
    """The number of contacts of the longest conversation, whose contacts are adjacent."""
    conversation = table["conversation"].to_numpy()
    starts = np.flatnonzero(conversation[1:] != conversation[:-1]) + 1
    return int(np.diff(starts, prepend=0, append=len(conversation)).max())
