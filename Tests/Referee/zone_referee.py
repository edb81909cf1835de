"""Prints every change of offset that Python's zoneinfo knows of in 1900-2200, zone by zone.

usage: zone_referee.py FOLDER [ZONE ...]      without zones: all of the folder

A zone begins with `zone NAME OFFSET_AT_THE_BEGINNING`, followed by one line a change: the first unix
second with the new offset, then the offsets in seconds east of UTC one second before, at, and one second
after it. The changes are found by asking for the offset day by day and bisecting, so nothing is shared
with a reader of TZif files.
"""

import io
import os
import sys
import zoneinfo
from datetime import datetime, timezone

FIRST = int(datetime(1900, 1, 1, tzinfo=timezone.utc).timestamp())
LAST = int(datetime(2200, 12, 31, 23, 59, 59, tzinfo=timezone.utc).timestamp())
DAY = 86_400


def zone_names(folder):
    for path, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name[0].isupper()]
        for file in files:
            if file[0].isupper() and "." not in file:
                yield os.path.relpath(os.path.join(path, file), folder)


def changes(zone):
    def offset(second):
        delta = datetime.fromtimestamp(second, zone).utcoffset()
        return delta.days * DAY + delta.seconds

    lines = [str(offset(FIRST))]
    low, low_offset = FIRST, offset(FIRST)
    while low < LAST:
        high = min(low + DAY, LAST)
        high_offset = offset(high)
        # A day with more than one change shows one of them: the search goes on from there.
        if high_offset != low_offset:
            before = low
            while high - before > 1:
                middle = (before + high) // 2
                if offset(middle) == low_offset:
                    before = middle
                else:
                    high = middle
            high_offset = offset(high)
            lines.append(f"{high} {low_offset} {high_offset} {offset(high + 1)}")
        low, low_offset = high, high_offset
    return lines


def main():
    folder, names = sys.argv[1], sys.argv[2:]
    known = {}
    for name in sorted(names or zone_names(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            content = file.read()
        if content not in known:
            known[content] = changes(zoneinfo.ZoneInfo.from_file(io.BytesIO(content)))
        first, *rest = known[content]
        print("zone", name, first)
        print("".join(line + "\n" for line in rest), end="")


main()
