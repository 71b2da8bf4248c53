"""What the partnership manager needs to know: all that nobody else is told, and all that we can't tell.

Gathered from the ledger as it is now, so that a list that was put right meanwhile is never sent.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from functions.saved import alert_back, findings_back, meeting_back, meeting_saved
from functions.swept import CalendarRead, Reviewed
from functions.telling.owing import HEARD, MANAGER, Kind
from functions.telling.release import WHOLE, is_quiet, released
from functions.watch import Watch
from graph_client.errors import will_pass
from ledger.entries import AlertEntry, Delivery, Json
from ledger.port import Ledger
from models.alerts import Alert
from models.findings import Finding
from models.retention import day_of, is_past, titles_until
from models.rulebook import Rulebook
from wording.needs_you import NeedsYou

SAID_AGAIN_AFTER, A_DAY = timedelta(days=28), timedelta(days=1)
QUESTIONS = (
    "questions"  # the name under which the last sweep's are remembered, and by "questions of" a calendar
)
PROGRAM = f"{QUESTIONS} of the program"  # what went wrong inside, which a person should know of
FILES = f"{QUESTIONS} of the files"  # what can't be used of the agreement, the dates and the wording
CHANGES = (
    f"{QUESTIONS} of the changes"  # what changed in the agreement, the dates and the wording, for a week
)
OF_THE_PAGE = f"{QUESTIONS} of the page"
ON_THE_SITE = f"{QUESTIONS} of the site"  # what a person should put right in the lists that we fill
WORKFLOWS = f"{QUESTIONS} of the workflows"  # those that have taken no card for more than a working day
SUBSCRIPTIONS = f"{QUESTIONS} of the subscriptions"  # those by which we are told of changes, and are not
DRAFTS = f"{QUESTIONS} of the drafts"  # why the draft of a report waits
REPS_MAILS = f"{QUESTIONS} of the mails to reps"  # those that could not go, or may not have come
PEOPLE = f"{QUESTIONS} of the people"  # roles that have no address, or whose mail is not taken

Standing = tuple[Alert, tuple[Finding, ...]]


async def questions_of(
    watch: Watch, reviewed: Mapping[str, Reviewed], of_all: Sequence[str], now: datetime
) -> dict[str, Json]:
    """What a sweep could not read or place, as it is remembered: by calendar, and what concerns them all.

    A calendar that Microsoft 365 could not give us just now is no matter for a person before it has lasted a day.
    """
    asked: dict[str, Json] = {QUESTIONS: {"questions": _lasting(of_all), "unplaced": []}}
    for mailbox, one in reviewed.items():
        why_not = one.calendar.why_not
        passes = not why_not or await _will_pass(watch, one.calendar, now)
        today = day_of(now)
        unplaced = [
            meeting_saved(meeting)
            for meeting in one.meetings
            if not meeting.group and not is_past(titles_until(meeting.day), today)
        ]
        questions = [*([] if passes else [why_not]), *_lasting(one.questions)]
        asked[f"{QUESTIONS} of {mailbox}"] = {"questions": questions, "unplaced": unplaced}
    return asked


def _lasting(questions: Iterable[str]) -> list[str]:
    return [one for one in dict.fromkeys(questions) if not will_pass(one)]


async def _will_pass(watch: Watch, calendar: CalendarRead, now: datetime) -> bool:
    if not will_pass(calendar.why_not):
        return False
    snapshots = [await watch.ledger.snapshot(group.name) for group in watch.groups_of(calendar.name)]
    return any(one is not None and now - one.read_at < A_DAY for one in snapshots)


async def needs_of(
    ledger: Ledger, book: Rulebook, *, observing: bool, calendars: Sequence[str] = ()
) -> NeedsYou:
    """Everything that waits for the manager now. While `observing` nobody else is told anything.

    With `calendars` only what they and their groups, and the partnership as a whole, wait for.
    """
    chosen = calendars or book.agreement.calendars
    groups = [one.name for one in book.agreement.groups if not calendars or one.calendar in calendars]
    alerts: list[Standing] = []
    quiet: list[str] = []
    for group in (*groups, WHOLE):
        remembered = await ledger.remembered(group)
        release = released(remembered, book)
        if group and release is None:
            quiet.append(group)
        entries = (await ledger.alerts(group)).values()
        alerts += [one for one in standing(entries, book) if observing or is_quiet(one[0], release, book)]
    remembered = await ledger.remembered(WHOLE)
    names = (
        QUESTIONS,
        PROGRAM,
        FILES,
        CHANGES,
        WORKFLOWS,
        SUBSCRIPTIONS,
        REPS_MAILS,
        DRAFTS,
        PEOPLE,
        ON_THE_SITE,
        OF_THE_PAGE,
        *(f"{QUESTIONS} of {mailbox}" for mailbox in chosen),
    )
    asked = [remembered[name] for name in names if name in remembered]
    unplaced = {saved["key"]: saved for one in asked for saved in one["unplaced"]}
    return NeedsYou(
        alerts=tuple(alerts),
        quiet_groups=tuple(quiet),
        observing=observing,
        unplaced=tuple(meeting_back(saved) for saved in unplaced.values()),
        questions=tuple(dict.fromkeys(question for one in asked for question in one["questions"])),
    )


def standing(entries: Iterable[AlertEntry], book: Rulebook) -> list[Standing]:
    """The alerts that wait for somebody under the present agreement, each with its findings."""
    on = book.agreement.promises_on
    known = [(alert_back(entry.value), findings_back(entry.value)) for entry in entries]
    key = book.agreement.key
    return [
        (alert, found)
        for alert, found in known
        if alert.stands and alert.agreement == key and alert.promise in on and found
    ]


def ids_of(needs: NeedsYou) -> frozenset[str]:
    """A name for each thing on the list, so that the manager gets another list only when one is new."""
    alerts = {f"{alert.key} {alert.opened_at.isoformat()}" for alert, _ in needs.alerts}
    asked = {sha256(question.encode()).hexdigest()[:16] for question in needs.questions}
    return frozenset(alerts | asked | {meeting.key for meeting in needs.unplaced})


def listed_in(deliveries: Iterable[Delivery], now: datetime) -> frozenset[str]:
    """What stood on the lists that the manager was sent lately: what waits for longer is said again."""
    lists = [one for one in deliveries if one.value.get("kind") == Kind.LIST and one.state in HEARD]
    lately = [one for one in lists if one.settled_at is not None and now - one.settled_at < SAID_AGAIN_AFTER]
    return frozenset(id for one in lately for id in one.value.get("listed", ()))


def list_owed(needs: NeedsYou, before: Iterable[Delivery], now: datetime, leaves: datetime) -> list[Delivery]:
    """At most one list a day, and only if something stands on it that was on none lately."""
    if not ids_of(needs) - listed_in(before, now):
        return []
    key = f"list/{leaves.date().isoformat()}"
    return [
        Delivery(
            key=key,
            group=WHOLE,
            channel=MANAGER,
            about="list",
            not_before=leaves,
            value={"kind": Kind.LIST.value},
        )
    ]
