"""The year 1 means "no time": Graph fills it in where nothing was ever set.

Evidence: graph_samples/event_windows_tz.json and event_created_full.json ("0001-01-01T00:00:00Z").
Facts: graph §1, sentinel dates. Such a moment can't even be turned into London time.
"""

from datetime import datetime


def is_no_time(moment: datetime) -> bool:
    """Whether this stands for "no time"."""
    return moment.year <= 1
