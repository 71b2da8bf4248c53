"""A series comes as its dates, as the dates that were changed, and sometimes as its pattern too.

calendarView unfolds a series into `occurrence` and `exception` (a date that somebody moved or renamed) and
never gives the `seriesMaster`; other lists give it beside them, with the first date's own hours (facts:
graph §1; graph_samples/event_instances_with_exception.json, group_event_series_master.json). The pattern
is no meeting. A changed date is one like any other: it keeps the iCalUId of its planned date, hence our
key, and the id of its series. A deleted date is simply not there.
"""

PATTERN = "seriesmaster"


def is_only_a_pattern(type: str | None) -> bool:
    """Whether this is the rule of a series, which has no date of its own."""
    return (type or "").casefold() == PATTERN
