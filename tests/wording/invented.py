"""One invented partnership: its agreement, its working days, titles to fear, how its findings are made."""

from dataclasses import replace
from datetime import date, datetime, time
from types import MappingProxyType

from models.agreement import Agreement
from models.days import LONDON, Count, WorkingDays, end_of, readings_before
from models.facts import Meeting
from models.findings import Finding, State
from models.groups import placed
from models.keys import finding_key, meeting_key_in_file

NOW = datetime(2026, 11, 18, 9, 15, tzinfo=LONDON)
BOARD, COMMS, EXECUTIVE = "SEND Partnership Board", "Communications Priority Group", "SEND Executive Group"

AGREEMENT = Agreement.model_validate(
    {
        "agreement": "Westshire Families Forum and SEND Partnership agreement",
        "id": "westshire",
        "agreed_on": date(2025, 1, 9),
        "terms": {"main": "Westshire County Council", "also_warn": ["Eastborough"]},
        "groups": [
            {"name": BOARD, "type": "partnership group", "match": ["partnership board"]},
            {"name": EXECUTIVE, "type": "executive group", "match": ["executive"]},
            {"name": COMMS, "type": "priority group", "match": ["communications"]},
        ],
        "promises": [
            {
                "id": "P01",
                "clause": "4.1",
                "says": "Agendas and papers are sent 5 working days in advance whenever possible",
                "strength": "aim",
                "operator": "notice",
                "applies_to": ["partnership group", "priority group"],
                "test": {"least": 5},
            },
            {
                "id": "P04",
                "clause": "4.2",
                "says": "Meetings will be held between 10am and 2pm",
                "strength": "firm",
                "operator": "window",
                "applies_to": ["partnership group", "priority group"],
                "test": {"from": "10:00", "to": "14:00"},
            },
            {
                "id": "P05",
                "clause": "4.2",
                "says": "Meetings will be held during term time",
                "strength": "firm",
                "operator": "calendar",
                "applies_to": ["partnership group", "priority group"],
                "test": {"inside": "term"},
            },
            {
                "id": "P06",
                "clause": "4.2",
                "says": "For the most part meetings will be virtual",
                "strength": "aim",
                "operator": "share",
                "applies_to": ["partnership group"],
                "test": {"more_than": 0.5, "months": 12},
            },
            {
                "id": "P09",
                "clause": "4.9",
                "says": "An officer will talk with each forum rep before the meeting",
                "strength": "firm",
                "operator": "followup",
                "watched": "not yet",
            },
            {
                "id": "P17",
                "clause": "3",
                "says": "Requests come at least 4 weeks before the work starts",
                "strength": "aim",
                "operator": "notice",
                "applies_to": ["request"],
                "test": {"thing": "request", "least": 4, "unit": "weeks"},
            },
        ],
    }
)

WORKING = WorkingDays(
    bank_holidays=MappingProxyType(
        {
            date(2026, 12, 25): "Christmas Day",
            date(2026, 12, 28): "Boxing Day (substitute day)",
            date(2027, 1, 1): "New Year’s Day",
        }
    ),
    known_from=date(2020, 1, 1),
    known_until=date(2028, 12, 31),
)

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '=HYPERLINK("http://evil.example","Click")',
    "\x1b[31mRed\x1b[0m and \x1b]8;;http://evil.example\x1b\\a link\x1b]8;;\x1b\\ and \x9b2J",
    "Board \u202egnp.exe\u202c and \u200bhidden\u2066 marks",
    "First line\r\nSecond line\n\tThird",
    "Very long " + "m" * 10_000,
    "Coffee \u2615 and \U0001f468\u200d\U0001f469\u200d\U0001f467 families \U0001f600",
    "[red]not a colour[/red] [link=http://evil.example]nor a link[/link] :smile:",
    "اجتماع مجلس الشراكة",
    "{{ 7 * 7 }} {% raw %} & &lt;b&gt; ' \" `",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "",
)


def meeting(title: str, day: date, starts: str, ends: str, group: str, **more: object) -> Meeting:
    """A meeting on one day, placed in its group (and masked where it is private)."""
    first, last = time.fromisoformat(starts), time.fromisoformat(ends)
    key = meeting_key_in_file(f"{title[:40]!r}{day}{starts}", None)
    made = Meeting(
        key=key,
        uid=f"{key}@westshire.example",
        title=title,
        starts=datetime.combine(day, first, LONDON),
        ends=datetime.combine(day, last, LONDON),
        group=group,
        organiser="Orla Organiser",
        place="Room Nobody Asked About",
        source="board.ics",
    )
    return placed(replace(made, **more), AGREEMENT)  # type: ignore[arg-type]


def finding(id: str, state: State, because: str, about: Meeting | None = None, **more: object) -> Finding:
    """How a promise stands for a meeting, or for something else that `subject` names."""
    promise = AGREEMENT.promise(id)
    subject = about.key if about else str(more.pop("subject"))
    return Finding(
        key=finding_key(AGREEMENT.key, id, subject),
        promise=id,
        clause=promise.clause,
        operator=promise.operator,
        strength=promise.strength,
        state=state,
        because=because,
        subject=subject,
        meeting=about,
        series=about.series if about else "",
        **more,  # type: ignore[arg-type]
    )


def papers(state: State, because: str, about: Meeting, **more: object) -> Finding:
    """How the papers of a meeting stand, with the sum by both readings."""
    clear, counted = readings_before(about.day, 5, WORKING, Count.UNSETTLED)
    return finding(
        "P01",
        state,
        because,
        about,
        due=end_of(clear.due),
        due_latest=end_of(counted.due),
        counted=clear.counted,
        skipped=clear.skipped,
        **more,
    )
