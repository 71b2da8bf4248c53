"""One card of every kind, as the invented partnership would get them, with the texts that are shipped."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from functions.files import shipped
from models.alerts import Alert, AlertState, alert_key
from models.facts import Meeting
from models.findings import Finding, State
from models.texts import Texts
from models.thanks import Thanks
from reading.texts import read_texts
from tests.wording.invented import AGREEMENT, BOARD, COMMS, EXECUTIVE, NOW, finding, meeting, papers
from wording.cards import alert_card, ended_card, held_card, managers_card, thanks_card
from wording.needs_you import NeedsYou

TEXTS: Texts = read_texts(None, shipped.WORDING).texts
ENDS = ("put right", "called off", "explained", "agreed", "superseded", "taken back")

Card = dict[str, object]
Taken = tuple[Alert, tuple[Finding, ...]]


def alert(found: Sequence[Finding], state: AlertState = AlertState.OPENED) -> Alert:
    first = found[0]
    return Alert(
        key=alert_key(first),
        promise=first.promise,
        group=first.meeting.group if first.meeting else first.group,
        state=state,
        opened_at=NOW,
        changed_at=NOW,
    )


def taken(*found: Finding) -> Taken:
    return alert(found), found


def card(found: list[Finding], *, again: bool = False) -> Card:
    return alert_card(TEXTS, alert(found), found, AGREEMENT.promise(found[0].promise), again=again)


def hours(title: str, day: date, state: State = State.AT_RISK, **more: object) -> Finding:
    reason = str(more.pop("reason", ""))
    about = meeting(title, day, "09:30", "11:00", COMMS, **more)
    return finding("P04", state, "It starts at 9:30am, before 10am.", about, reason=reason)


def a_series(times: int = 10) -> list[Finding]:
    first = date(2026, 11, 10)  # a Tuesday
    return [hours(COMMS, first + timedelta(weeks=n), series="series@x") for n in range(times)]


def half_term(group: str = BOARD) -> Finding:
    shut = "Thursday 18 February 2027 is in half term for most Westshire County Council schools."
    about = meeting(group, date(2027, 2, 18), "10:30", "12:30", group)
    return finding("P05", State.AT_RISK, f"{shut} Eastborough schools are shut that day.", about)


def unplaced(day: date, title: str = "Planning session") -> Meeting:
    return meeting(title, day, "13:00", "14:00", "")


def needs(**more: object) -> NeedsYou:
    some = {
        "alerts": (taken(*a_series()), taken(half_term()), taken(half_term(COMMS))),
        "quiet_groups": (BOARD, COMMS),
        "unplaced": (unplaced(date(2026, 12, 2)),),
        "questions": (
            "We could not read the calendar of SEND Executive Group. Ask an administrator to share it",
            "Row 7 of the Papers list: which meeting is this for?",
        ),
    }
    return NeedsYou(**{**some, **more})  # type: ignore[arg-type]


def thanks(meetings: int = 6, **kept: tuple[int, int]) -> Thanks:
    return Thanks(date(2026, 10, 1), meetings, MappingProxyType(kept))


def about_alerts() -> Iterator[tuple[str, Card]]:
    tuesday, comms = date(2026, 12, 8), COMMS
    board = meeting(BOARD, date(2026, 12, 11), "10:30", "12:30", BOARD)  # a Friday
    january = meeting(BOARD, date(2027, 1, 5), "10:30", "12:30", BOARD)  # a Tuesday
    private = meeting("About Sam", date(2026, 12, 11), "15:00", "16:00", BOARD, private=True)
    late = "Papers went out on Tuesday 8 December 2026; they were due by the end of Thursday 3 December 2026."
    never = "Papers were due by the end of Thursday 3 December 2026. We can't see that they went out."
    waiting = (
        "Papers are due by the end of Wednesday 23 December 2026 "
        "(or Thursday 24 December 2026, if the day of sending counts). We can't see them yet."
    )
    notice = "called with 3 working days' notice"
    called = f"This meeting, or its present date, was {notice}."
    holiday = (
        "Monday 28 December 2026 is a bank holiday (Boxing Day (substitute day)) for most Westshire schools."
    )
    monday = meeting(BOARD, date(2026, 12, 28), "10:30", "12:30", BOARD)
    asked = "It came on Monday 2 November 2026 and starts on Monday 16 November 2026: 14 days."
    share = "2 of 9 meetings had a link to join from Tuesday 18 November 2025 to Wednesday 18 November 2026."
    reason = "the only room for 40 people is free early in the day"
    yield "hours", card([hours(comms, tuesday)])
    yield "hours-of-a-series", card(a_series())
    yield "hours-in-the-past", card([hours(comms, date(2026, 11, 3), State.MISSED)])
    yield "hours-with-a-reason", card([hours(comms, date(2026, 11, 3), State.MISSED, reason=reason)])
    yield "hours-ahead-with-a-reason", card([hours(comms, tuesday, reason=reason)])
    yield (
        "hours-of-a-private-meeting",
        card([finding("P04", State.AT_RISK, "It starts at 3pm, after 2pm.", private)]),
    )
    yield "holidays", card([half_term()])
    yield "bank-holiday", card([finding("P05", State.AT_RISK, holiday, monday)])
    yield "papers-not-seen-over-christmas", card([papers(State.AT_RISK, waiting, january)])
    yield "papers-not-seen-by-the-day", card([papers(State.MISSED, never, board)])
    yield "papers-late", card([papers(State.MISSED, late, board)])
    yield "called-at-short-notice", card([papers(State.MISSED, called, board, reason=notice)])
    yield "request", card([finding("P17", State.MISSED, asked, subject="requests-4")])
    yield "fewer-online", card([finding("P06", State.AT_RISK, share, subject="all/2026-Q4")])
    yield "sent-again", card([hours(comms, tuesday)], again=True)
    one = [hours(comms, tuesday)]
    named = AGREEMENT.promise("P04")
    yield "hours-and-papers-due", alert_card(TEXTS, alert(one), one, named, papers_due=date(2026, 11, 30))
    yield "hostile", card([hours("**[Board](http://x)** `<b>` {about} \u202e\x1b[31m#1", tuesday)])


def about_ends() -> Iterator[tuple[str, Card]]:
    for state in ENDS:
        yield state.replace(" ", "-"), ended_card(TEXTS, alert(a_series(), AlertState(state)), COMMS)


def for_the_manager() -> Iterator[tuple[str, Card]]:
    first = date(2027, 2, 15)  # a Monday
    shut = [
        finding(
            "P05",
            State.AT_RISK,
            f"{day:%A} {day.day} February 2027 is in half term for most Westshire County Council schools.",
            meeting(name, day, f"1{n % 3}:00", "14:00", name),
        )
        for n in range(21)
        for day in [first + timedelta(days=n % 5)]
        for name in [(BOARD, COMMS)[n % 2]]
    ]
    held = [*map(taken, shut), taken(*a_series()), taken(hours(COMMS, date(2026, 12, 8)))]
    yield "held", held_card(TEXTS, held, AGREEMENT)
    yield "managers-list", managers_card(TEXTS, needs(), AGREEMENT)
    yield "managers-list-while-observing", managers_card(TEXTS, needs(observing=True), AGREEMENT)
    asked = needs(alerts=(), quiet_groups=(), ended=((alert(a_series(), AlertState.PUT_RIGHT), COMMS),))
    yield "managers-list-of-questions", managers_card(TEXTS, asked, AGREEMENT, again=True)
    yield "managers-list-of-500", managers_card(TEXTS, crowded(), AGREEMENT)


def crowded(title: str = "Sub-group") -> NeedsYou:
    """Five hundred alerts, two hundred meetings that fit nowhere and a hundred questions."""
    first = date(2026, 12, 1)
    found = [
        finding(
            "P04",
            State.AT_RISK,
            "It starts at 9:30am, before 10am.",
            meeting(f"{n} {title}", first + timedelta(days=n % 300), "09:30", "11:00", group),
        )
        for n in range(500)
        for group in [(BOARD, COMMS, EXECUTIVE)[n % 3]]
    ]
    return needs(
        alerts=tuple(map(taken, found)),
        quiet_groups=(BOARD, COMMS, EXECUTIVE),
        unplaced=tuple(unplaced(first + timedelta(days=n), f"{title} {n}") for n in range(200)),
        questions=tuple(
            f"Row {n} of the Papers list ({title}): which meeting is this for?" for n in range(100)
        ),
    )


def for_all() -> Iterator[tuple[str, Card]]:
    good = thanks(P01=(5, 6), P04=(6, 6), P05=(6, 6))
    yield "thanks", thanks_card(TEXTS, good, AGREEMENT)
    yield "thanks-for-papers-alone", thanks_card(TEXTS, thanks(P01=(6, 6), P05=(5, 6)), AGREEMENT)


def every_kind() -> Iterator[tuple[str, Card]]:
    yield from about_alerts()
    yield from about_ends()
    yield from for_the_manager()
    yield from for_all()
