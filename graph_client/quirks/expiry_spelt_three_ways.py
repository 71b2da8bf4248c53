"""One moment is spelt "Z", "+00:00" or "+05:30", with three to seven decimals, and once "NA".

Evidence: graph_samples/subscription_created.json, lifecycle_reauthorization_required.json,
change_notification_rich.json; eventhub_validation_message.json has "NA" in every field. A date without any
zone stands in the inner part of errors (throttled_429_body.json). Facts: graph appendix A.
"""

from datetime import UTC, datetime

from graph_client.quirks.year_0001 import is_no_time


def moment_in(text: object) -> datetime | None:
    """The moment, in UTC; None where there is none. What names no zone is UTC."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return None if is_no_time(moment) else moment
