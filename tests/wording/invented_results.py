"""What a check of the invented partnership finds: every state, a series, titles that nobody should trust."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from models.days import LONDON, Skipped, end_of
from models.facts import Meeting
from models.findings import Finding, State
from tests.wording.invented import AGREEMENT, BOARD, COMMS, HOSTILE, NOW, finding, meeting, papers
from wording.results import Results


def _series() -> list[Meeting]:
    first = date(2026, 11, 3)
    return [
        meeting(
            "SEND Partnership Board: weekly check-in",
            first + timedelta(weeks=week),
            "10:00" if week in (4, 9) else "09:30",
            "11:00",
            BOARD,
            series="weekly-check-in",
        )
        for week in range(12)
    ]


def _of_series(series: list[Meeting]) -> list[Finding]:
    found = []
    for one in series:
        if one.starts.hour == 10:
            found.append(finding("P04", State.KEPT, "It runs from 10am to 11am.", one))
        else:
            state = State.AT_RISK if one.starts > NOW else State.MISSED
            found.append(finding("P04", state, "It starts at 9:30am, before 10am.", one))
        shut = date(2026, 12, 19) <= one.day <= date(2027, 1, 3)
        told = f"{one.starts:%A} {one.day.day} {one.starts:%B %Y} is in"
        where = "the Christmas holidays" if shut else "term"
        state = State.AT_RISK if shut else State.KEPT
        found.append(finding("P05", state, f"{told} {where} for most Westshire County Council schools.", one))
    return found


def _of_papers() -> tuple[list[Meeting], list[Finding]]:
    soon = meeting("SEND Partnership Board", date(2026, 11, 27), "10:00", "12:00", BOARD)
    later = meeting("SEND Partnership Board", date(2027, 1, 5), "10:00", "12:00", BOARD)
    past = meeting("Communications Priority Group", date(2026, 11, 13), "10:00", "11:30", COMMS)
    late = meeting("Communications Priority Group: plans", date(2026, 11, 11), "10:00", "11:30", COMMS)
    none = meeting("Communications Priority Group: walk", date(2026, 12, 9), "10:00", "11:30", COMMS)
    seen = "We have not yet seen papers attached to the invitation for this group, so we can't tell."
    blind = meeting("Communications Priority Group: survey", date(2026, 11, 20), "10:00", "11:30", COMMS)
    return [soon, later, past, late, none, blind], [
        papers(
            State.AT_RISK,
            "Papers are due by the end of Thursday 19 November 2026 (or Friday 20 November 2026, if the day "
            "of sending counts). We can't see them yet.",
            soon,
        ),
        papers(
            State.DUE,
            "Papers are due by the end of Wednesday 23 December 2026 (or Thursday 24 December 2026, if the "
            "day of sending counts).",
            later,
        ),
        papers(
            State.MISSED,
            "Papers went out on Monday 9 November 2026; they were due by the end of Friday 6 November 2026.",
            past,
        ),
        papers(
            State.EXPLAINED,
            "Papers went out on Monday 9 November 2026; they were due by the end of Wednesday 4 November.",
            late,
            reason="New figures came on Friday",
        ),
        papers(State.NOT_IN_SCOPE, "Somebody said that there are no papers this time.", none),
        papers(State.CANNOT_TELL, f"Papers were due by the end of Thursday 12 November 2026. {seen}", blind),
    ]


def _of_one_meeting_each() -> tuple[list[Meeting], list[Finding]]:
    whole = datetime(2026, 12, 2, tzinfo=LONDON)
    away = meeting("Partnership Board away day", whole.date(), "00:00", "00:00", BOARD, all_day=True)
    away = replace(away, ends=whole + timedelta(days=1))
    private = meeting(
        "About Jamie P and his school",
        date(2026, 12, 4),
        "15:00",
        "16:00",
        COMMS,
        private=True,
        series="jamie",
    )
    agreed = meeting("Partnership Board evening talk", date(2026, 12, 8), "18:00", "19:30", BOARD)
    given = meeting("Partnership Board breakfast", date(2026, 11, 12), "08:00", "09:30", BOARD)
    typed = replace(
        meeting("Planning", date(2026, 12, 10), "09:00", "10:00", ""), type="task and finish group"
    )
    return [away, private, agreed, given, typed], [
        finding("P04", State.CANNOT_TELL, "It is an all-day entry, so it has no hours to judge.", away),
        finding("P04", State.AT_RISK, "It starts at 3pm, after 2pm.", private),
        finding(
            "P04",
            State.AGREED_CHANGE,
            "It starts at 6pm, after 2pm.",
            agreed,
            reason="Working parents asked for it",
        ),
        finding(
            "P04",
            State.MISSED,
            "It starts at 8am, before 10am.",
            given,
            reason="The visitors' train\nleft at ten",
        ),
        finding("P04", State.AT_RISK, "It starts at 9am, before 10am (no end was given).", typed),
    ]


def _of_nothing_that_meets() -> list[Finding]:
    return [
        finding(
            "P06",
            State.AT_RISK,
            "3 of 9 meetings had a link to join from Tuesday 18 November 2025 to Wednesday 18 November 2026.",
            subject="sharing",
            group=BOARD,
        ),
        finding(
            "P17",
            State.DUE,
            "The work starts on Monday 4 January 2027.",
            subject="row-7",
            due=end_of(date(2026, 12, 7)),
            counted=tuple(date(2026, 12, 7) + timedelta(days=n) for n in range(28)),
        ),
        finding(
            "P05",
            State.CANNOT_TELL,
            "Please add term dates for Eastborough: we have none.",
            subject="eastborough",
        ),
    ]


def hostile_meetings(titles: tuple[str, ...]) -> tuple[list[Meeting], list[Finding]]:
    """A meeting for each title, each one starting too early."""
    meetings = [
        meeting(title, date(2026, 12, 1) + timedelta(days=n), "09:00", "10:00", COMMS)
        for n, title in enumerate(titles)
    ]
    return meetings, [
        finding("P04", State.AT_RISK, "It starts at 9am, before 10am.", one) for one in meetings
    ]


def results(meetings: Iterable[Meeting] = (), findings: Iterable[Finding] = (), **more: object) -> Results:
    """One look at three months of the invented partnership's calendars."""
    base = Results(
        agreement=AGREEMENT,
        first=date(2026, 11, 1),
        last=date(2027, 1, 31),
        now=NOW,
        meetings=tuple(meetings),
        findings=tuple(findings),
    )
    return replace(base, **more)  # type: ignore[arg-type]


def everything() -> Results:
    """Every state, a series, private and hostile titles, the sum over Christmas."""
    series = _series()
    with_papers, of_papers = _of_papers()
    single, of_single = _of_one_meeting_each()
    hostile, of_hostile = hostile_meetings(HOSTILE)
    return results(
        (*series, *with_papers, *single, *hostile),
        (*_of_series(series), *of_papers, *of_single, *of_hostile, *_of_nothing_that_meets()),
        unplaced=(
            meeting("Catch-up", date(2026, 11, 19), "13:00", "13:30", ""),
            meeting("Catch-up <b>two</b>", date(2026, 11, 26), "13:00", "15:00", "", end_assumed=True),
        ),
        faults=("half.ics stops in the middle (line 210). Please export it again. \x1b[2J<i>",),
        notes=("Two copies of one meeting were counted once.",),
    )


def titled(text: str) -> Results:
    """Results in which one text that somebody typed stands everywhere that text can stand."""
    meetings, found = hostile_meetings((text,))
    other = meeting(text, date(2027, 1, 5), "10:00", "11:00", BOARD)
    return results(
        (*meetings, other),
        (
            *(replace(one, because=text, reason=text) for one in found),
            replace(papers(State.DUE, text, other), skipped=(Skipped(date(2026, 12, 25), text),)),
            finding("P05", State.CANNOT_TELL, text, subject=text, group=text),
            replace(
                finding("P06", State.EXPLAINED, text, subject=text, group=text, reason=text), series=text
            ),
        ),
        agreement=AGREEMENT.model_copy(update={"agreement": text}),
        unplaced=(meeting(text, date(2026, 11, 19), "13:00", "13:30", ""),),
        faults=(text,),
        notes=(text,),
    )


def crowded() -> Results:
    """Twenty thousand findings: no series, every meeting needs a look and has papers to come."""
    start = date(2026, 11, 1)
    meetings = [
        meeting(
            f"Partnership Board {n}", start + timedelta(days=n % 365), "09:00", "10:00", (BOARD, COMMS)[n % 2]
        )
        for n in range(10_000)
    ]
    early = [finding("P04", State.AT_RISK, "It starts at 9am, before 10am.", one) for one in meetings]
    due = [papers(State.DUE, f"Papers are due for {n}.", one) for n, one in enumerate(meetings)]
    return results(
        meetings,
        (*early, *due),
        unplaced=tuple(replace(one, group="", type="") for one in meetings[:1000]),
        faults=tuple(f"File {n} could not be read." for n in range(500)),
    )
