"""What holds for every calendar: instants survive, order does not matter, keys stay, clocks change."""

import random
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import MO, MONTHLY, TH, TU, WEEKLY, rrule
from hypothesis import given
from hypothesis import strategies as some
from icalendar import Calendar, Event

from models.days import LONDON
from models.facts import Meeting
from reading.calendars import read_calendar
from reading.faults import Unreadable
from reading.ics_entries import Entry
from reading.ics_entry import draft
from reading.ics_series import with_exceptions, without_exceptions
from reading.series_rules import Steps, dates_of
from reading.zones import Zones

HORIZON = date(2027, 12, 21)
ZONES = [UTC, *map(ZoneInfo, ("Europe/London", "Europe/Paris", "America/New_York", "Asia/Kolkata"))]

instants = some.builds(
    lambda minutes, zone: (datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(zone),
    some.integers(0, 4 * 366 * 24 * 60),
    some.sampled_from(ZONES),
)
lengths = some.integers(0, 3 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
singles = some.lists(some.tuples(instants, lengths, some.text(max_size=30)), min_size=1, max_size=8)


def unique_in_their_zone(moment: datetime) -> bool:
    """Whether the time on the wall says which instant is meant; in the doubled hour of autumn it does not."""
    return moment.utcoffset() == moment.replace(fold=1 - moment.fold).utcoffset()


def read(tmp: Path, ical: bytes) -> tuple[Meeting, ...]:
    path = tmp / "calendar.ics"
    path.write_bytes(ical)
    calendar = read_calendar(path, horizon=HORIZON)
    assert not calendar.faults
    return calendar.meetings


def as_ical(events: list[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Test//Test//EN")
    calendar.add("version", "2.0")
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()


def event(uid: str, starts: datetime, ends: datetime, title: str = "Board", **more: object) -> Event:
    made = Event()
    made.add("uid", uid)
    made.add("dtstart", starts)
    made.add("dtend", ends)
    made.add("summary", title)
    for name, value in more.items():
        made.add(name.replace("_", "-"), value)
    return made


@pytest.fixture(scope="module")
def tmp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("calendars")


@given(singles)
def test_meetings_written_by_another_program_keep_their_instants(tmp: Path, meetings):
    meetings = [
        (starts, starts.astimezone(UTC) + length, title)
        for starts, length, title in meetings
        if unique_in_their_zone(starts)
    ]
    events = [event(str(n), starts, ends, title) for n, (starts, ends, title) in enumerate(meetings)]
    if not events:
        return
    found = {each.uid: each for each in read(tmp, as_ical(events))}
    assert len(found) == len(meetings)
    for number, (starts, ends, _) in enumerate(meetings):
        assert found[str(number)].starts == starts.astimezone(LONDON)
        assert found[str(number)].ends == ends.astimezone(LONDON)


@given(some.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(tmp: Path, chance: random.Random):
    starts = datetime(2026, 6, 1, 10, tzinfo=LONDON)
    hour, week = timedelta(hours=1), timedelta(weeks=1)
    events = [
        event("s", starts, starts + hour, rrule={"freq": "weekly", "count": 5}),
        event("s", starts + week, starts + week + hour, "Old", recurrence_id=starts + week, sequence=1),
        event(
            "s",
            starts + week + hour,
            starts + week + 2 * hour,
            "New",
            recurrence_id=starts + week,
            sequence=2,
        ),
        event("s", starts + 3 * week, starts + 3 * week, recurrence_id=starts + 3 * week, status="CANCELLED"),
        event("a", starts, starts + hour, "One"),
        event("a", starts, starts + 2 * hour, "Two"),
        event("b", starts, starts + hour, "Same UID"),
        event("b", starts + week, starts + week + hour, "Same UID, another day"),
    ]
    in_order = read(tmp, as_ical(events))
    chance.shuffle(events)
    assert read(tmp, as_ical(events)) == in_order


@given(some.integers(0, 9), some.integers(-10_000, 10_000), some.booleans())
def test_a_moved_occurrence_has_the_key_it_had_before(tmp: Path, number: int, minutes: int, onwards: bool):
    starts, hour = datetime(2026, 3, 2, 10, tzinfo=LONDON), timedelta(hours=1)
    series = event("s", starts, starts + hour, rrule={"freq": "weekly", "count": 10})
    planned = starts + timedelta(weeks=number)
    to = planned + timedelta(minutes=minutes)
    moved = event("s", to, to + hour, "Moved", recurrence_id=planned)
    if onwards:
        moved["RECURRENCE-ID"].params["RANGE"] = "THISANDFUTURE"
    before = read(tmp, as_ical([series]))
    after = read(tmp, as_ical([series, moved]))
    assert {each.key for each in after} == {each.key for each in before}
    (found,) = (each for each in after if each.key == before[number].key)
    assert found.title == "Moved"
    assert found.starts == to.astimezone(UTC).astimezone(LONDON)


FIRST = datetime(2026, 1, 6, 10)  # noqa: DTZ001 - a time on the wall
RULES = [
    ("FREQ=WEEKLY;COUNT=60", {"freq": WEEKLY, "count": 60}),
    (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=60",
        {"freq": WEEKLY, "interval": 2, "byweekday": (TU, TH), "count": 60},
    ),
    ("FREQ=MONTHLY;BYDAY=1MO;COUNT=20", {"freq": MONTHLY, "byweekday": MO(1), "count": 20}),
    ("FREQ=MONTHLY;BYDAY=-1TH;COUNT=20", {"freq": MONTHLY, "byweekday": TH(-1), "count": 20}),
    ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=10", {"freq": MONTHLY, "bymonthday": 31, "count": 10}),
    ("FREQ=WEEKLY;UNTIL=20261231T235959Z", {"freq": WEEKLY, "until": FIRST.replace(month=12, day=31)}),
]


@pytest.mark.parametrize(("rule", "same_rule"), RULES, ids=[rule for rule, _ in RULES])
def test_a_second_opinion_on_series_across_the_clock_changes(
    tmp: Path, rule: str, same_rule: dict[str, object]
):
    """The times on the wall, worked out without any zone, are those that we read."""
    on_the_wall = list(rrule(dtstart=FIRST, **same_rule))
    starts = FIRST.replace(tzinfo=LONDON)
    read_here = read(
        tmp,
        as_ical([event("s", starts, starts + timedelta(hours=2))]).replace(
            b"SUMMARY", f"RRULE:{rule}\r\nSUMMARY".encode()
        ),
    )
    found = [meeting.starts.replace(tzinfo=None) for meeting in read_here]
    assert [each for each in found if each in on_the_wall] == on_the_wall
    assert set(found) - set(on_the_wall) <= {FIRST}  # the first date always counts
    assert {meeting.starts.utcoffset() for meeting in read_here} == {timedelta(0), timedelta(hours=1)}


@given(
    some.sampled_from([rule for rule, _ in RULES] + ["FREQ=DAILY;COUNT=9;BYHOUR=9,14"]),
    some.sets(some.integers(0, 70)),
    some.sampled_from(
        ["DTSTART:20260106T100000Z", "DTSTART;X-ZONE=Europe/London:20260106T100000", "DTSTART:20260106"]
    ),
)
def test_the_short_way_through_a_series_and_the_long_way_agree(rule: str, weeks: set[int], starts: str):
    entry = Entry("VEVENT", 1, 1, ["UID:a", starts, "DURATION:P1D", f"RRULE:{rule}", "RDATE:20260111T100000"])
    head = draft(entry, Zones({}), "")
    dates = dates_of(head.rules[0], head.starts, HORIZON, Steps()).found
    left_out = [head.starts + timedelta(weeks=number) for number in weeks]
    assert _spans(without_exceptions(head, dates, left_out)) == _spans(
        with_exceptions(head, [], dates, left_out)
    )


def _spans(occurrences) -> set[tuple[object, ...]]:
    return {(each.starts, each.ends, each.planned) for each in occurrences}


@given(some.binary(max_size=400))
def test_whatever_stands_in_an_entry_nothing_worse_than_a_fault_comes_of_it(tmp: Path, rubbish: bytes):
    path = tmp / "rubbish.ics"
    path.write_bytes(
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260601T090000Z\n"
        + rubbish
        + b"\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    with suppress(Unreadable):  # the rubbish may end the calendar, and then there is no meeting in it
        read_calendar(path, horizon=HORIZON)


LINES = [
    *(
        "UID:a",
        "UID:b",
        "DTSTART:20260601T090000Z",
        "DTSTART;VALUE=DATE:20260601",
        "DTSTART:x",
        "DTEND;VALUE=DATE:20260603",
    ),
    *(
        "DTEND:20260601T100000",
        "DURATION:PT1H",
        "DURATION:-P1D",
        "RRULE:FREQ=WEEKLY;COUNT=3",
        "RRULE:FREQ=WEEKLY",
    ),
    *(
        "RRULE:FREQ=DAILY;UNTIL=20260605",
        "RRULE:",
        "RRULE:FREQ=HOURLY;BYDAY=1MO",
        "EXDATE:20260608T090000Z",
        "EXDATE:",
    ),
    *(
        "RDATE;VALUE=PERIOD:20260701T090000Z/PT2H",
        "RDATE;VALUE=DATE:20260702",
        "RECURRENCE-ID:20260608T090000Z",
    ),
    *(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20260608",
        "SEQUENCE:2",
        "SEQUENCE:x",
        "STATUS:CANCELLED",
        "CLASS:PRIVATE",
    ),
    *(
        'DTSTART;TZID="(UTC+00:00) Dublin, London":20260601T100000',
        "DTEND;TZID=Nowhere:20260601T120000",
        "EXRULE:FREQ=DAILY",
    ),
    *(
        "END:VEVENT",
        "BEGIN:VEVENT",
        "BEGIN:VALARM",
        "END:VALARM",
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        "SUMMARY:SECRET",
    ),
]


@given(some.lists(some.sampled_from(LINES), max_size=25))
def test_whatever_lines_meet_a_calendar_is_read_without_an_accident(tmp: Path, lines: list[str]):
    path = tmp / "mixed.ics"
    entry = ["BEGIN:VEVENT", "UID:a", "DTSTART:20260601T090000Z", "END:VEVENT"]
    path.write_text(
        "\n".join(["BEGIN:VCALENDAR", *entry, "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""])
    )
    calendar = read_calendar(path, horizon=HORIZON)
    assert all(meeting.starts <= meeting.ends for meeting in calendar.meetings)
    assert len({meeting.key for meeting in calendar.meetings}) == len(calendar.meetings)
    assert "SECRET" not in str(calendar.faults)
