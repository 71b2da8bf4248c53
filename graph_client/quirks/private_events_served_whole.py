"""An app is served private events with title, place and guests, as though they were open to all.

Evidence: microsoft-graph-docs issue 5901; only people's own delegates are kept out (facts: graph §1). So
what is not plainly normal is marked private here; `models.groups.placed` then takes the words away.
"""

OPEN_TO_ALL = frozenset({"", "normal"})  # anything else (private, personal, confidential, a new word)


def is_private(sensitivity: str | None) -> bool:
    """Whether more than the date may not be shown."""
    return (sensitivity or "").casefold() not in OPEN_TO_ALL
