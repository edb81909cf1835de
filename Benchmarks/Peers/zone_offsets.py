"""The clock of Europe/Paris over the years of the data, for engines whose own conversion is slow.

Its offsets are whole hours, so that the local hour of the week is a sum and a remainder.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

FIRST, END = datetime(2021, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
MONDAY = 72  # hours from a Monday's midnight to the epoch, which is a Thursday's


def offset_case(hours: str) -> str:
    """SQL for the hours that Paris is ahead of UTC at `hours` since the epoch: one branch per change of clocks."""
    zone = ZoneInfo("Europe/Paris")
    branches: list[str] = []
    known: int | None = None
    for hour in range(int(FIRST.timestamp()) // 3600, int(END.timestamp()) // 3600):
        ahead = datetime.fromtimestamp(hour * 3600, zone).utcoffset()
        assert ahead is not None
        offset = ahead // timedelta(hours=1)
        if known is not None and offset != known:
            branches.append(f"WHEN {hours} < {hour} THEN {known}")
        known = offset
    return f"CASE {' '.join(branches)} ELSE {known} END"
