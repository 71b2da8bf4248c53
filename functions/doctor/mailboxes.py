"""Each mailbox of the agreement: whether it can be read, of what kind it is, and the cure where it is a wrong one.

Each main calendar is read once, two months back and two ahead. What kind a mailbox is, is judged by what can be
seen in it: we ask for no right to look into its settings.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from functions.setting_up.own_diaries import LOOKED_AT, reasons_remembered
from functions.settings import Settings
from graph_client.calendar_windows import WindowRead
from graph_client.errors import GraphError, NotThere, PersonMustAct
from graph_client.further_calendars import FurtherCalendar, read_further_calendars, read_overwritten
from graph_client.refusals import NO_CLOUD_MAILBOX
from graph_client.rooms import read_rooms
from graph_client.tenant import Tenant
from graph_client.windows_of_many import read_windows
from ledger import LedgerFault
from models import spoken
from models.agreement import Agreement
from models.diaries import Diary, Looks, diary
from wording.examined import Examined, Standing, look, refused, well, wrong

TWO_MONTHS = timedelta(days=61)
A_WEEK = timedelta(days=6)
MOST_ENTRIES = 5
# Microsoft's figure for a deleted user, and for the mailbox that goes with it
RESTORED = (
    "An account that was deleted comes back with its mail for 30 days (admin centre, Deleted users). After that "
    "it is gone, so name another one in 'calendar:'"
)
ON_PREMISES = (
    "Protocol Watch reaches only mailboxes in Microsoft 365: move this one there, or make a shared mailbox there "
    "and let organisers invite it"
)
MOVE = "Only the main calendar is read. Move the meetings there, or let organisers invite the mailbox"
# What we read is put right: texts of invitations may go on being taken away (DeleteComments)
KEEP_AS_SENT = (
    "Set-CalendarProcessing -Identity {mailbox} -DeleteSubject $false -AddOrganizerToSubject $false "
    "-DeleteAttachments $false -RemovePrivateProperty $false"
)
CONNECT = "Connect-ExchangeOnline"
A_ROOM = (
    "Exchange puts the organiser's name in place of the subject. It takes away texts, files and the mark "
    "'private' too. So groups can't be known by words"
)
INVITE_A_SHARED_ONE = (
    "Use a shared mailbox that organisers invite. Or an Exchange administrator types the lines at the end. They "
    "hold for new bookings"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was read of each mailbox beside its main calendar; a mailbox that could not be looked at is not in it.

    `rooms` is None where we may not see which there are, `reasons` where the ledger can't be read.
    `overwritten`: entries with the organiser's name for a subject, and of how many.
    """

    further: Mapping[str, Sequence[FurtherCalendar]] = field(default_factory=dict)
    overwritten: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    rooms: frozenset[str] | None = None
    reasons: Mapping[str, str] | None = field(default_factory=dict)


def mailboxes_of(agreement: Agreement | None) -> list[str]:
    """Every calendar that the agreement names, by address."""
    groups = agreement.groups if agreement else ()
    return sorted({group.calendar for group in groups if group.calendar})


async def windows_of(
    tenant: Tenant, agreement: Agreement | None, today: date
) -> Mapping[str, WindowRead | GraphError]:
    """The main calendar of each mailbox, read once for all that is said of it."""
    return await read_windows(tenant, mailboxes_of(agreement), today - TWO_MONTHS, today + TWO_MONTHS)


async def seen_in(
    tenant: Tenant, settings: Settings, windows: Mapping[str, WindowRead | GraphError], ca_file: str = ""
) -> Seen:
    """What else is seen of the mailboxes that can be read. A refusal here is no fault: the calendar was read."""
    read = {mailbox: one for mailbox, one in windows.items() if isinstance(one, WindowRead)}
    further: dict[str, Sequence[FurtherCalendar]] = {}
    overwritten: dict[str, tuple[int, int]] = {}
    for mailbox, one in read.items():
        try:
            further[mailbox] = await read_further_calendars(tenant, mailbox, one.first, one.last)
            if one.meetings:
                overwritten[mailbox] = await read_overwritten(tenant, mailbox, one.first, one.last)
        except GraphError:
            continue
    rooms = await _rooms(tenant) if read else None
    reasons: Mapping[str, str] | None = {}
    if any(_diary_of(one).looks is Looks.OWN for one in read.values()):
        try:
            reasons = await reasons_remembered(settings, ca_file)
        except LedgerFault:  # told of already, where the ledger is looked at
            reasons = None
    return Seen(further=further, overwritten=overwritten, rooms=rooms, reasons=reasons)


def calendars_examined(
    windows: Mapping[str, WindowRead | GraphError], today: date, seen: Seen | None = None
) -> Iterator[Examined]:
    """How each mailbox could be read, and whether it is of a kind that serves."""
    seen = seen or Seen()
    for mailbox, read in windows.items():
        what = f"Calendar {mailbox}"
        if isinstance(read, GraphError):
            yield _unread(what, read)
            continue
        week = sum(one.day <= today + A_WEEK and one.last_day >= today for one in read.meetings)
        yield well(what, f"read, {spoken.count(week, 'meeting')} in the next seven days")
        yield from (
            look(what, entry, "Open the entry in Outlook and save it again", theirs=True)
            for entry in read.unreadable[:MOST_ENTRIES]
        )
        yield from _further(what, read, seen.further.get(mailbox, ()))
        yield from _room(what, mailbox, seen)
        yield from _own(what, read, seen.reasons)


def _unread(what: str, error: GraphError) -> Examined:
    told = refused(what, str(error))
    if isinstance(error, NotThere):
        return wrong(what, told.says, f"{told.cure}. {RESTORED}")
    if isinstance(error, PersonMustAct) and error.cure == NO_CLOUD_MAILBOX:
        return wrong(what, told.says, f"{told.cure}. {ON_PREMISES}. {RESTORED}")
    return told


def _further(what: str, read: WindowRead, further: Sequence[FurtherCalendar]) -> Iterator[Examined]:
    """Meetings that stand in another calendar of the mailbox, which nobody reads."""
    used = [one for one in further if one.entries]
    if used:
        names = spoken.listed([f"'{one.name}'" for one in used])
        if read.meetings:
            says = f"beside its main calendar the mailbox has {names}, with more meetings, which are not read"
            yield look(what, says, f"Nothing to do, unless these meetings are yours. {MOVE}", theirs=True)
        else:
            says = f"its main calendar has no meeting, two months back and two ahead, but {names} has"
            yield wrong(what, says, MOVE, theirs=True)
    elif further and not read.meetings:
        names = spoken.listed([f"'{one.name}'" for one in further])
        says = f"its main calendar has no meeting, two months back and two ahead; the mailbox has {names} too"
        yield look(what, says, f"See where the meetings are. {MOVE}", theirs=True)


def _room(what: str, mailbox: str, seen: Seen) -> Iterator[Examined]:
    """A room, by the list of rooms; or, where we may not see it, by what Exchange did to its bookings."""
    lost, looked_at = seen.overwritten.get(mailbox, (0, 0))
    known = mailbox.casefold() in (seen.rooms or ())
    if known and looked_at and not lost:
        yield well(what, "it is a room, and its bookings keep the subjects that organisers wrote")
        return
    if known:
        says = f"it is a room. {A_ROOM}"
    elif lost * 2 > looked_at:
        entries = spoken.count(looked_at, "entry", "entries")
        says = f"it looks like a room: in {lost} of {entries} the organiser's name is the subject. {A_ROOM}"
    else:
        return
    command = (CONNECT, KEEP_AS_SENT.format(mailbox=mailbox))
    yield Examined(what, Standing.LOOK, says, INVITE_A_SHARED_ONE, command)


def _own(what: str, read: WindowRead, reasons: Mapping[str, str] | None) -> Iterator[Examined]:
    """A person's own diary, which is read only where an administrator said why."""
    found = _diary_of(read)
    if found.looks is not Looks.OWN:
        return
    says = f"it looks like a person's own diary: {found.because}"
    cure = (
        "Use a shared mailbox. If it must be this one, an administrator says why: "
        "protocol-watch provision --own-diary 'the reason'"
    )
    if reasons is None:
        yield look(what, f"{says}; whether somebody said why it is read can't be told", cure)
    elif reason := reasons.get(read.mailbox, ""):
        yield look(what, f"{says}. It is read, for this reason: {reason}", theirs=True)
    else:
        yield wrong(what, says, cure)


def _diary_of(read: WindowRead) -> Diary:
    """Judged by the same two months as before the subscriptions are made."""
    today = read.first + TWO_MONTHS
    near = [
        one for one in read.meetings if today - LOOKED_AT <= one.last_day and one.day <= today + LOOKED_AT
    ]
    return diary(read.mailbox, near)


async def _rooms(tenant: Tenant) -> frozenset[str] | None:
    """The rooms by address; None where Place.Read.All was not given, which nobody needs."""
    try:
        return frozenset(one.address for one in (await read_rooms(tenant)).rooms)
    except GraphError:
        return None
