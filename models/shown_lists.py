"""The lists that the watcher fills for the partnership manager, declared beside the register that people fill in.

What the watcher writes and what people write never share a column: ours are put back where somebody typed in
them, theirs are read and never written. *Needs you* and *Promises* show single groups and are for the manager
alone; *Quarter* names no group. Days are text, 2026-11-27, as in the register.
"""

from dataclasses import replace

from models import columns
from models.columns import Column, RegisterList
from models.findings import State

NEEDS_YOU = "Needs you"
PROMISES = "Promises"
QUARTER = "Quarter"
KEY = "ShownKey"
AGREE, RULING = "Yes", ("it stands", "our mistake")
NOT_SHOWN = frozenset({State.KEPT, State.NOT_IN_SCOPE})  # plain kept, or not about this meeting at all


def _ours(column: Column) -> Column:
    return replace(column, ours=True)


def _words(name: str, title: str, description: str, *, indexed: bool = False) -> Column:
    return _ours(columns.words(name, title, description, indexed=indexed))


def _day(name: str, title: str, description: str, *, indexed: bool = False) -> Column:
    return _ours(columns.day(name, title, description, indexed=indexed))


def _key() -> Column:
    said = columns.words(KEY, "Reference", "The same as on cards and in mails.", indexed=True)
    return replace(said, unique=True, ours=True)


PROMISES_LIST = RegisterList(
    PROMISES,
    "How each promise stands where it is not simply kept. Few people may open this list: it shows single groups.",
    (
        _ours(columns.title("What", "The group or the thing it is about.")),
        _key(),
        _words("Promise", "Promise", "As the agreement numbers it.", indexed=True),
        _words("Clause", "Clause", "Where it stands in the agreement."),
        _words("Group", "Group", "The group that meets.", indexed=True),
        _day("MeetingDate", "Meeting date", "The day of the meeting.", indexed=True),
        _ours(
            columns.choice(
                "State",
                "How it stands",
                "As far as we can see.",
                *(state.value for state in State if state not in NOT_SHOWN),
                required=True,
            )
        ),
        _day("Due", "Due by", "The end of the last day, by the earlier way of counting."),
        _words("WhatWeSee", "What we see", "One sentence of facts."),
        _words("ReasonGiven", "Reason given", "What somebody gave as the reason."),
        _words("AgreedBy", "Agreed by", "Which partners said yes to a change. Never a name."),
        _day("AgreedOn", "Agreed on", "The day of the last yes."),
        _words("AgreedByForum", "Agreed by the forum", "Only the forum's own answer fills this in."),
        _words("Link", "Where to look", "Opens the row that this is about."),
        columns.words("Reason", "Your reason", "One short sentence. The forum sees it. No names."),
        columns.choice("Agree", "You agree to the change", "Yes, for your side only.", AGREE),
        columns.words(
            "Wrong",
            "This is wrong",
            "If we got a fact wrong, say how. We stop until it is looked at.",
            indexed=True,
        ),
        columns.choice("Ruling", "After a look", "What you found when somebody said it was wrong.", *RULING),
    ),
)

NEEDS_YOU_LIST = RegisterList(
    NEEDS_YOU,
    "What waits for the partnership manager. Few people may open this list: it shows single groups.",
    (
        _ours(columns.title("What", "What it is about.")),
        _key(),
        _ours(
            columns.choice(
                "Sort",
                "What it needs",
                "What kind of thing it is.",
                "a look",
                "a check",
                "which group?",
                "an answer",
                "a delivery",
                required=True,
            )
        ),
        _words("Group", "Group", "The group that it is about.", indexed=True),
        _day("MeetingDate", "Meeting date", "The first day that it is about.", indexed=True),
        _words("WhatWeSee", "What we see", "One or two sentences."),
        _words("Link", "Where to look", "Opens the row that this is about."),
        columns.words("Note", "Your note", "For yourself. The program never reads it."),
    ),
)

QUARTER_LIST = RegisterList(
    QUARTER,
    "How each promise went, quarter by quarter. It names no group and no person.",
    (
        _ours(columns.title("Promise", "What was promised.")),
        _key(),
        _words("PromiseId", "Number", "As the agreement numbers it.", indexed=True),
        _words("Quarter", "Quarter", "Such as 2026/27-Q3.", indexed=True),
        _words("Kept", "Kept", "How many."),
        _words("Explained", "Explained", "An aim that was not met, with a reason. Not counted as kept."),
        _words("AgreedChange", "Agreed change", "Both partners said yes to it. Not counted as kept."),
        _words("Missed", "Missed", "How many, with no reason given."),
        _words("MissedWithReason", "Missed, with a reason", "How many."),
        _words("CannotTell", "Can't tell", "How many we could not see."),
        _words("OutOf", "Of how many", "All of them."),
    ),
)

SHOWN_LISTS = (NEEDS_YOU_LIST, PROMISES_LIST, QUARTER_LIST)
RESTRICTED = frozenset({NEEDS_YOU, PROMISES})  # an administrator opens these to the manager alone


def shown_list(name: str) -> RegisterList:
    """The list of that name; KeyError where we fill none such."""
    for one in SHOWN_LISTS:
        if one.name == name:
            return one
    raise KeyError(name)


def our_columns(name: str) -> tuple[str, ...]:
    """The columns that the watcher writes, in order."""
    return tuple(column.name for column in shown_list(name).columns if column.ours)


def peoples_columns(name: str) -> tuple[str, ...]:
    """The columns that only people write, in order."""
    return tuple(column.name for column in shown_list(name).columns if not column.ours)
