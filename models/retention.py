"""What may be kept, how long, and why: the one table that the nightly run, the command and the docs go by.

Days are dates in London. "Until" is the last day on which a thing may still be there. Counts are kept for good:
they say nothing about anybody. The promise behind it is in docs/data-protection; domain §5.1 has the reasons.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.agreement import Agreement, ShareTest
from models.days import LONDON, months_after
from models.keys import MEETING_KEY_LENGTH

WINDOW_BACK = timedelta(days=35)  # how far back a review looks
A_MONTH = timedelta(days=30)
A_YEAR = 12  # months
NOTES = "meetings by calendar"  # the name under which each calendar's note is remembered
SITE = "shown on the site"  # the place where we keep what stands in the lists that we fill
REP = "rep/"  # what the names begin with under which the ledger keeps what a rep has chosen
CALENDAR_LEASE, LEASES = "calendar ", ("subscriptions", "retention")  # names under which only a lease is held


class Rule(StrEnum):
    """How the end of a thing is found."""

    FACTS = "facts"  # until 30 days after the meeting has left every look-back
    TITLES = "titles"  # until 30 days after the meeting
    FINDINGS = "findings"  # until the next review of the agreement, and one year
    TOLD = "told"  # until 30 days after the alert has closed
    SEATED = "seated"  # until 30 days after the rep's last row has left the register
    IN_USE = "in use"  # until something newer takes its place, or what it is about is gone
    COUNTS = "counts"  # for good


class Place(StrEnum):
    """Whose place in the ledger it is."""

    GROUP = "a group"
    PARTNERSHIP = "the partnership"
    REP = "a rep"
    CALENDARS = "the calendars"  # what is remembered here is called by a calendar's address
    SITE = "the manager's lists"


HOW_LONG = {
    Rule.FACTS: "until 30 days after no rule looks back at the meeting any more (35 days after it)",
    Rule.TITLES: "until 30 days after the meeting",
    Rule.FINDINGS: "until the next review of the agreement, and one year more",
    Rule.TOLD: "until 30 days after the alert was closed",
    Rule.SEATED: "until 30 days after the rep's last row has left the register",
    Rule.IN_USE: "until something newer takes its place",
    Rule.COUNTS: "for good",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One kind of thing that the ledger keeps: what it is in plain words, how long it stays, and why so long.

    `names` are those under which it is remembered, `begins` their beginnings, at these `places`; both are empty
    for what is kept as rows of its own.
    """

    what: str
    rule: Rule
    why: str
    names: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    places: tuple[Place, ...] = (Place.GROUP,)

    @property
    def how_long(self) -> str:
        """How long, in plain words."""
        return HOW_LONG[self.rule]

    def is_called(self, name: str) -> bool:
        """Whether it is remembered under this name."""
        return name in self.names or any(name.startswith(one) for one in self.begins)


STAMPS = Kept(
    what="when we first saw a meeting and its date",
    rule=Rule.FACTS,
    why="notice is counted from it",
)
WINDOWS = Kept(
    what="which meetings lay in the calendar at the last look, each by a key, with no title",
    rule=Rule.FACTS,
    why="a meeting that is gone or was moved can be seen only so",
)
TITLES = Kept(
    what="title, place, organiser and addresses of a meeting that something was found about",
    rule=Rule.TITLES,
    why="whoever is told must know which meeting is meant",
)
ALERTS = Kept(
    what="what was found about a promise and a meeting, with the sum day by day",
    rule=Rule.FINDINGS,
    why="the partners look at it when they review what they agreed",
)
STATEMENTS = Kept(
    what="what people said: reasons, agreed changes, ticks, each with a role and never a name",
    rule=Rule.FINDINGS,
    why="a finding without its reason would be unfair",
)
DELIVERIES = Kept(
    what="that a card or a mail was sent, about what and when",
    rule=Rule.TOLD,
    why="so that nothing is sent twice, and whoever was told hears how it ended",
)
OF_ROWS = (STAMPS, WINDOWS, TITLES, ALERTS, STATEMENTS, DELIVERIES)

BOTH = (Place.GROUP, Place.PARTNERSHIP)
REMEMBERED = (
    Kept(
        what="how papers were seen to go out, by meeting key",
        rule=Rule.FACTS,
        why="the day of sending is not told twice by its source",
        names=("papers", "papers by meeting", "papers due"),
    ),
    Kept(
        what="which meeting is probably another that was moved, by key",
        rule=Rule.FACTS,
        why="papers and what was said follow the meeting",
        names=("moved",),
    ),
    Kept(
        what="how the papers of a group's last meetings stood, by day",
        rule=Rule.IN_USE,
        why="a group that was in time three times is not asked",
        names=("papers lately",),
    ),
    Kept(
        what="meetings ahead, as reps are told of them",
        rule=Rule.TITLES,
        why="mails and pages are made from it",
        names=("meetings ahead",),
    ),
    Kept(
        what="the month's record: how each promise stood once its meeting was held, or its request's work began",
        rule=Rule.FINDINGS,
        why="a quarterly report is made from it",
        begins=("record ",),
        places=BOTH,
    ),
    Kept(
        what="meetings that fit no group, and what else the manager was asked",
        rule=Rule.TITLES,
        why="the manager must see which meeting is meant",
        names=("questions",),
        begins=("questions of ",),
        places=(Place.PARTNERSHIP,),
    ),
    Kept(
        what="the rows of the manager's lists: how a promise stands for a meeting, with no title",
        rule=Rule.FACTS,
        why="they are written to the site from it",
        names=("shown",),
        places=BOTH,
    ),
    Kept(
        what="what stands in those lists on the site, and what people typed there, each with the row's own reference",
        rule=Rule.IN_USE,
        why="only what changed is written, and what was typed is heard once; it goes with the row",
        names=("page", "not made"),
        begins=("rows of ", "changes of "),
        places=(Place.SITE,),
    ),
    Kept(
        what="that a group was released, and what was held back or let go",
        rule=Rule.IN_USE,
        why="nobody is told before the manager has looked",
        names=("released", "held", "let go", "reps' mails", "reps' round"),
        places=BOTH,
    ),
    Kept(
        what="which calendar a meeting is reviewed with, where it lies in several",
        rule=Rule.IN_USE,
        why="one meeting is judged once",
        begins=("",),
        places=(Place.CALENDARS,),
    ),
    Kept(
        what="which calendar a meeting was reviewed with, as older versions wrote it",
        rule=Rule.IN_USE,
        why="nothing reads it any more; it is let go",
        names=("joint meetings",),
        places=(Place.PARTNERSHIP,),
    ),
    Kept(
        what="the keys of the reps, and since when each is known",
        rule=Rule.SEATED,
        why="mails begin when a rep is known",
        names=("reps",),
        places=(Place.PARTNERSHIP,),
    ),
    Kept(
        what="the copy of a quarter's report whose figures were stopped",
        rule=Rule.FINDINGS,
        why="both chairs have the same draft",
        begins=("report ",),
        places=(Place.PARTNERSHIP,),
    ),
    Kept(
        what="the last twenty calls that Microsoft 365 refused, by its own number of each",
        rule=Rule.IN_USE,
        why="its support asks for them first",
        names=("last refused calls",),
        places=(Place.PARTNERSHIP,),
    ),
    Kept(
        what="why a calendar is read that may be a person's own",
        rule=Rule.IN_USE,
        why="whoever allowed it must be able to show why; it goes with the calendar",
        names=("own diaries",),
        places=(Place.PARTNERSHIP,),
    ),
    Kept(
        what="the agreement, the school dates and the wording as they were last good",
        rule=Rule.IN_USE,
        why="a slip in an upload stops nothing",
        begins=("last good ",),
        places=(Place.PARTNERSHIP,),
    ),
    Kept(
        what="when the program last did its daily work, and how its subscriptions stand",
        rule=Rule.IN_USE,
        why="so that it does it once",
        names=("daily pass", "retention", "subscriptions"),
        places=(Place.PARTNERSHIP,),
    ),
    Kept(
        what="what a rep has chosen, the names of the rep's groups, and how often its calendar was fetched this "
        "hour, by a key that says nothing",
        rule=Rule.SEATED,
        why="a rep who wants no mail gets none",
        names=("preferences", "seats", "feed fetched"),
        places=(Place.REP,),
    ),
    Kept(
        what="since when a meeting or a rep is out of sight",
        rule=Rule.FACTS,
        why="the days until it is forgotten count from it",
        names=("left",),
        places=(Place.GROUP, Place.REP),
    ),
    Kept(
        what="totals: how many findings, statements, cards and mails there were in a month",
        rule=Rule.COUNTS,
        why="they are counts, and say nothing about anybody",
        names=("totals",),
        places=BOTH,
    ),
)
TABLE = (*OF_ROWS, *REMEMBERED)


def place_of(name: str) -> Place:
    """Whose place a name of the ledger is; "" is the partnership."""
    if not name:
        return Place.PARTNERSHIP
    if name == NOTES:
        return Place.CALENDARS
    if name == SITE:
        return Place.SITE
    return Place.REP if name.startswith(REP) else Place.GROUP


def is_person(name: str) -> bool:
    """Whether a rep's place is one person's, called by a key. The forum chair's is called by the office."""
    return name.startswith(REP) and len(name) == len(REP) + MEETING_KEY_LENGTH


def is_lease(name: str) -> bool:
    """Whether a name of the ledger is there only to be held by one worker at a time."""
    return name in LEASES or name.startswith(CALENDAR_LEASE)


def kept_as(place: Place, name: str) -> Kept | None:
    """What the table says of something remembered under a name; None where it says nothing, which is a fault."""
    return next((one for one in REMEMBERED if place in one.places and one.is_called(name)), None)


def day_of(moment: datetime) -> date:
    """The day of a moment, in London."""
    return moment.astimezone(LONDON).date()


def is_past(until: date, today: date) -> bool:
    """Whether the last day on which something may be there is over."""
    return today > until


def titles_until(day: date) -> date:
    """The last day on which the title of a meeting on that day may be known."""
    return day + A_MONTH


def facts_until(day: date) -> date:
    """The last day on which the facts of a meeting on that day may be known: its window, and 30 days."""
    return day + WINDOW_BACK + A_MONTH


def month_after(day: date) -> date:
    """The last day of something that came to its end on that day."""
    return day + A_MONTH


def review_after(day: date, agreement: Agreement) -> date:
    """The first review of the agreement on or after a day.

    The day it was agreed counts as one: what was found before it was reviewed then. A review that is overdue is
    taken to be held a year later, and so on, so that nothing is kept for good because nobody wrote a date.
    """
    if day <= agreement.agreed_on:
        return agreement.agreed_on
    review = agreement.reviewed_next
    years = max(0, day.year - review.year)
    at = months_after(review, A_YEAR * years)
    return at if day <= at else months_after(review, A_YEAR * (years + 1))


def findings_until(day: date, agreement: Agreement) -> date:
    """The last day on which something that was found or said on that day may be known."""
    return months_after(review_after(day, agreement), A_YEAR)


def record_until(month: date, agreement: Agreement) -> date:
    """The last day of a month's record: as its findings, and never before a share of months has no need of it."""
    last = months_after(month, 1) - timedelta(days=1)
    looked_back = months_after(last, months_looked_back(agreement)) + A_MONTH
    return max(findings_until(last, agreement), looked_back)


def months_looked_back(agreement: Agreement) -> int:
    """How many months back the longest share of the agreement looks; 0 where it has none."""
    tests = (one.test for one in agreement.promises if one.is_watched)
    return max((one.months for one in tests if isinstance(one, ShareTest)), default=0)


def unknown_names(place: Place, names: Iterable[str]) -> tuple[str, ...]:
    """The names of which the table says nothing."""
    return tuple(name for name in names if kept_as(place, name) is None)
