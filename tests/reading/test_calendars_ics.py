"""What an .ics file says, one small file a case: add a case by adding a file and its row here.

Each row's weekday is worked out from the date that was read, so a wrong one can't stand.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from models.keys import meeting_key_in_file
from reading.calendars import CalendarFile, read_calendar
from tests.reading.calendar_words import in_words

CALENDARS = Path(__file__).parent / "calendars"
HORIZON = date(2027, 12, 21)


@dataclass(frozen=True)
class Says:
    """What a file should be read as."""

    meetings: list[str]
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


CASES = {
    "all_later_dates_made_whole_days": Says(
        meetings=[
            "Mon 02 Mar 2026 10:00-12:00 Board",
            "Mon 06 Apr 2026 all day Board, from now on all day",
            "Mon 04 May 2026 all day Board, from now on all day",
            "Mon 01 Jun 2026 all day Board, from now on all day",
        ],
    ),
    "all_later_dates_moved": Says(
        meetings=[
            "Mon 02 Mar 2026 10:00-12:00 Board",
            "Tue 07 Apr 2026 14:00-15:00 Board, from now on Tuesdays",
            "Tue 05 May 2026 14:00-15:00 Board, from now on Tuesdays",
            "Tue 02 Jun 2026 14:00-15:00 Board, from now on Tuesdays",
        ],
    ),
    "cancelled_by_message": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 Board [cancelled]",
        ],
    ),
    "cancelled_later_in_the_file": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 Board [cancelled]",
            "Tue 02 Jun 2026 10:00-11:00 Series",
            "Tue 09 Jun 2026 10:00-11:00 Series [cancelled]",
        ],
        notes=[
            "1 older version of meetings left out.",
        ],
    ),
    "cut_in_half": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 Whole",
        ],
        faults=[
            "line 15: the file ends in the middle; the entries that were whole have been read",
        ],
    ),
    "dates_that_have_a_time": Says(
        meetings=[
            "Mon 01 Jun 2026 all day Whole day",
            "Wed 03 Jun 2026 all day With a zone",
        ],
    ),
    "endless_weekly": Says(
        meetings=[
            "Mon 16 Nov 2026 10:00-12:00 Board",
            "Mon 21 Dec 2026 10:00-12:00 Board",
            "Mon 18 Jan 2027 10:00-12:00 Board",
            "Mon 15 Feb 2027 10:00-12:00 Board",
            "Mon 15 Mar 2027 10:00-12:00 Board",
            "Mon 19 Apr 2027 10:00-12:00 Board",
            "Mon 17 May 2027 10:00-12:00 Board",
            "Mon 21 Jun 2027 10:00-12:00 Board",
            "Mon 19 Jul 2027 10:00-12:00 Board",
            "Mon 16 Aug 2027 10:00-12:00 Board",
            "Mon 20 Sep 2027 10:00-12:00 Board",
            "Mon 18 Oct 2027 10:00-12:00 Board",
            "Mon 15 Nov 2027 10:00-12:00 Board",
            "Mon 20 Dec 2027 10:00-12:00 Board",
        ],
        notes=[
            "1 series has no end: shown until 21 December 2027.",
        ],
    ),
    "ends_before_it_starts": Says(
        meetings=[
            "Wed 03 Jun 2026 10:00-11:00 Good",
        ],
        faults=[
            "line 4: this entry, on 2026-06-01, ends before it starts",
            "line 11: this entry, on 2026-06-02, ends before it starts",
            "line 18: this entry, on 2026-06-05, ends before it starts",
        ],
    ),
    "ends_not_said": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 Board [end assumed]",
            "Tue 02 Jun 2026 10:00-10:00 No length",
            "Wed 03 Jun 2026 10:00-12:00 Series [end assumed]",
            "Thu 04 Jun 2026 10:00-12:00 End without a time [end assumed]",
            "Wed 10 Jun 2026 10:00-12:00 Series [end assumed]",
        ],
        notes=[
            "4 meetings have no end: two hours are assumed.",
        ],
    ),
    "entries_that_cannot_be_read": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-11:00 Good",
        ],
        faults=[
            "line 4: this entry has no start",
            "line 9: the start of this entry can't be read",
            "line 15: the end of this entry can't be read",
            "line 22: the duration of this entry can't be read",
            "line 29: the start of this entry can't be read",
            "line 35: the start of this entry can't be read",
        ],
    ),
    "entry_without_an_end": Says(
        meetings=[
            "Tue 02 Jun 2026 10:00-12:00 Good",
        ],
        faults=[
            "line 4: this entry has no end",
        ],
    ),
    "extra_and_left_out_dates": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 Board",
            "Wed 03 Jun 2026 10:00-11:00 Longer the second time",
            "Thu 04 Jun 2026 10:00-13:00 Longer the second time",
            "Mon 15 Jun 2026 10:00-12:00 Board",
            "Wed 01 Jul 2026 10:00-12:00 Board",
            "Tue 01 Sep 2026 10:00-11:00 Left out by its date",
            "Thu 03 Sep 2026 10:00-11:00 Left out by its date",
            "Tue 08 Sep 2026 10:00-11:00 Left out by an old rule",
        ],
    ),
    "floating_times": Says(
        meetings=[
            "Mon 12 Jan 2026 10:00-11:30 Ninety minutes",
            "Mon 01 Jun 2026 10:00-12:00 Board",
        ],
    ),
    "folded_in_the_middle_of_a_letter": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 Café meeting",
        ],
    ),
    "folded_lines": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 Board, whose title goes on over the end of the line; and ends",
        ],
    ),
    "left_out_dates_that_cannot_be_read": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 SECRET",
            "Mon 08 Jun 2026 10:00-12:00 SECRET",
        ],
        faults=[
            "line 4: the extra or left-out dates of this series can't be read, so some of its dates may be wrong",
        ],
    ),
    "meetings_online_and_not": Says(
        meetings=[
            "Mon 01 Jun 2026 09:00-10:00 Teams",
            "Mon 01 Jun 2026 10:00-11:00 Hall",
            "Mon 01 Jun 2026 11:00-12:00 Nowhere",
            "Mon 01 Jun 2026 12:00-13:00 Hybrid",
            "Mon 01 Jun 2026 13:00-14:00 Zoom",
            "Mon 01 Jun 2026 14:00-15:00 Conference",
            "Mon 01 Jun 2026 15:00-16:00 Google",
            "Mon 01 Jun 2026 16:00-17:00 Webex",
        ],
    ),
    "moved_and_cancelled_occurrences": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 Board",
            "Wed 10 Jun 2026 15:00-16:00 Board, moved",
            "Mon 15 Jun 2026 10:00-12:00 Board [cancelled]",
            "Mon 22 Jun 2026 10:00-12:00 Board",
        ],
    ),
    "occurrence_named_by_its_date": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 Board",
            "Tue 09 Jun 2026 10:00-12:00 Moved",
        ],
    ),
    "occurrence_without_its_series": Says(
        meetings=[
            "Tue 09 Jun 2026 10:00-12:00 Moved",
        ],
    ),
    "old_mac_line_ends": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 Board",
        ],
    ),
    "older_versions": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 Newest",
            "Tue 02 Jun 2026 09:00-11:00 Later",
            "Wed 03 Jun 2026 10:00-11:00 Series",
            "Thu 11 Jun 2026 10:00-11:00 Series, moved twice",
        ],
        notes=[
            "3 older versions of meetings left out.",
        ],
    ),
    "one_uid_for_many": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 First",
            "Tue 02 Jun 2026 10:00-12:00 Second",
            "Wed 03 Jun 2026 10:00-12:00 No UID at all",
        ],
        notes=[
            "1 older version of meetings left out.",
        ],
    ),
    "other_components": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-11:00 Board",
        ],
    ),
    "private_meetings": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 Capability of J Smith [private]",
            "Tue 02 Jun 2026 10:00-12:00 Grievance [private]",
            "Wed 03 Jun 2026 10:00-12:00 A word we don't know [private]",
            "Thu 04 Jun 2026 10:00-12:00 Public",
            "Fri 05 Jun 2026 10:00-12:00 Restricted [private]",
            "Mon 08 Jun 2026 10:00-12:00 Private series [private]",
            "Tue 16 Jun 2026 10:00-12:00 Moved, mark forgotten [private]",
        ],
        faults=[
            "line 61: this entry, on 2026-06-09, ends before it starts",
        ],
    ),
    "repeats_beyond_the_horizon": Says(
        meetings=[
            "Tue 01 Jun 2027 10:00-12:00 Board",
            "Thu 01 Jun 2028 10:00-12:00 Board",
            "Fri 01 Jun 2029 10:00-12:00 Board",
            "Mon 03 Jun 2030 10:00-12:00 In 2030",
        ],
        notes=[
            "1 series has no end: shown until 21 December 2027.",
        ],
    ),
    "rules_that_make_no_sense": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-11:00 SECRET 30 February",
            "Tue 02 Jun 2026 10:00-11:00 SECRET slow",
            "Wed 03 Jun 2026 10:00-11:00 SECRET rubbish",
            "Thu 04 Jun 2026 10:00-11:00 SECRET standing still",
            "Fri 05 Jun 2026 10:00-11:00 SECRET ninth of one",
        ],
        faults=[
            "line 4: the rule by which this series repeats never comes true; only its first date was read",
            "line 12: the rule by which this series repeats never comes true; only its first date was read",
            "line 20: the rule by which this series repeats can't be read; only its first date is shown",
            "line 28: the rule by which this series repeats can't be read; only its first date is shown",
            "line 36: the rule by which this series repeats never comes true; only its first date was read",
        ],
    ),
    "series_cancelled_as_a_whole": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 Board [cancelled]",
            "Tue 09 Jun 2026 10:00-12:00 Board [cancelled]",
        ],
    ),
    "series_over_a_moved_hour": Says(
        meetings=[
            "Sat 28 Mar 2026 01:30-02:30 Half past one at night",
            "Sun 29 Mar 2026 02:30-02:30 Half past one at night",
            "Mon 30 Mar 2026 01:30-02:30 Half past one at night",
        ],
    ),
    "several_days": Says(
        meetings=[
            "Mon 01 Jun 2026 14:00 to Wed 03 Jun 2026 12:00 Residential",
        ],
    ),
    "summer_and_winter_time": Says(
        meetings=[
            "Mon 12 Jan 2026 10:00-12:00 Ten in January",
            "Mon 01 Jun 2026 10:00-12:00 Ten in June",
            "Mon 29 Jun 2026 10:00-14:30 To half past two",
        ],
    ),
    "two_calendars_one_zone_name": Says(
        meetings=[
            "Tue 02 Jun 2026 10:00-11:00 Three hours east",
            "Tue 02 Jun 2026 13:00-14:00 Four hours west",
        ],
    ),
    "until_a_bare_date": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-11:00 Board",
            "Mon 08 Jun 2026 10:00-11:00 Board",
            "Mon 15 Jun 2026 10:00-11:00 Board",
            "Wed 01 Jul 2026 10:00-11:00 Until a local time",
            "Wed 08 Jul 2026 10:00-11:00 Until a local time",
        ],
    ),
    "utf_16": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 Parents’ café",
        ],
    ),
    "weekly_over_both_clock_changes": Says(
        meetings=[
            "Mon 23 Mar 2026 10:00-12:00 Kept in UTC",
            "Mon 23 Mar 2026 10:00-12:00 Spring",
            "Sat 28 Mar 2026 23:00 to Sun 29 Mar 2026 04:00 Through the night",
            "Mon 30 Mar 2026 10:00-12:00 Spring",
            "Mon 30 Mar 2026 11:00-13:00 Kept in UTC",
            "Mon 19 Oct 2026 10:00-12:00 Autumn",
            "Mon 26 Oct 2026 10:00-12:00 Autumn",
        ],
    ),
    "whole_days": Says(
        meetings=[
            "Sun 29 Mar 2026 all day One day, 23 hours long",
            "Mon 01 Jun 2026 all day Ends the day it starts",
            "Tue 02 Jun 2026 all day By Outlook's mark",
            "Thu 04 Jun 2026 all day By Outlook's mark, in UTC",
            "Wed 01 Jul 2026 all day Every year",
            "Sat 01 Aug 2026 to Sun 02 Aug 2026 all day Two days",
            "Sat 24 Oct 2026 to Mon 26 Oct 2026 all day Three days",
            "Thu 01 Jul 2027 all day Every year",
        ],
    ),
    "windows_1252": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 Parents’ café – June",
        ],
    ),
    "windows_zones": Says(
        meetings=[
            "Mon 01 Jun 2026 09:00-11:00 Berlin",
            "Mon 01 Jun 2026 10:00-12:00 London",
            "Mon 01 Jun 2026 11:00-13:00 Not London",
            "Tue 02 Jun 2026 10:00-12:00 London, numbered",
        ],
    ),
    "zone_defined_after_its_use": Says(
        meetings=[
            "Tue 02 Jun 2026 10:00-11:00 Board",
        ],
    ),
    "zone_names_inside_others": Says(
        meetings=[
            "Mon 01 Jun 2026 09:00-10:00 Old Thunderbird",
            "Mon 01 Jun 2026 10:00-11:00 Evolution",
            "Tue 02 Jun 2026 11:00-12:00 Microsoft's UTC",
            "Tue 02 Jun 2026 11:00-12:00 First city",
            "Wed 03 Jun 2026 11:00-12:00 Spelt out",
            "Thu 04 Jun 2026 10:00-11:00 Small letters",
        ],
    ),
    "zone_names_without_quotes": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 No quotes",
            "Tue 02 Jun 2026 10:00-11:00 More parameters",
        ],
    ),
    "zones_nobody_knows": Says(
        meetings=[
            "Mon 01 Jun 2026 10:00-12:00 Shire [its time zone 'Middle Earth' is not known]",
            "Tue 02 Jun 2026 10:00-11:00 Custom, not defined [its time zone 'tzone://Microsoft/Custom' is not known]",
            "Wed 03 Jun 2026 10:00-11:00 Broken definition [its time zone 'Broken' is not known]",
            "Thu 04 Jun 2026 10:00-11:00 Endless definition [its time zone 'Every second' is not known]",
            "Tue 09 Jun 2026 10:00-11:00 Custom, not defined [its time zone 'tzone://Microsoft/Custom' is not known]",
        ],
        notes=[
            "5 meetings are in a time zone we don't know: read as UK time.",
        ],
    ),
    "zones_that_outlook_defines": Says(
        meetings=[
            "Mon 12 Jan 2026 10:00-12:00 London, winter",
            "Mon 30 Mar 2026 10:00-11:00 Series in it",
            "Mon 01 Jun 2026 10:00-12:00 London, summer",
            "Tue 02 Jun 2026 10:00-11:00 Three hours east",
            "Wed 03 Jun 2026 11:00-12:00 Always one hour east",
            "Thu 04 Jun 2026 10:00-11:00 Called GMT, with summer time",
        ],
    ),
}

IN_TESTS_OF_THEIR_OWN = {"daily_for_many_years", "every_second_for_ever"}


def read(stem: str) -> CalendarFile:
    return read_calendar(CALENDARS / f"{stem}.ics", horizon=HORIZON)


@pytest.mark.parametrize("stem", CASES)
def test_a_file_is_read_as_a_person_would_read_it(stem: str):
    calendar = read(stem)
    assert [in_words(meeting) for meeting in calendar.meetings] == CASES[stem].meetings
    assert [f"line {fault.line}: {fault.what}" for fault in calendar.faults] == CASES[stem].faults
    assert list(calendar.notes) == CASES[stem].notes


def test_every_sample_file_has_its_row():
    assert {path.stem for path in CALENDARS.glob("*.ics")} == CASES.keys() | IN_TESTS_OF_THEIR_OWN


@pytest.mark.parametrize("path", sorted(CALENDARS.glob("*")), ids=lambda path: path.stem)
def test_no_fault_or_note_quotes_a_title(path: Path):
    calendar = read_calendar(path, horizon=HORIZON)
    told = "\n".join([*map(str, calendar.faults), *calendar.notes]).replace(str(path), "")
    assert "SECRET" not in told
    assert not any(meeting.title in told for meeting in calendar.meetings if len(meeting.title) > 8)


def test_a_moved_occurrence_keeps_the_key_of_the_planned_one():
    monday, moved, *_ = read("moved_and_cancelled_occurrences").meetings
    assert moved.key == meeting_key_in_file("s", monday.starts.replace(day=8))
    assert moved.series == monday.series == "s"


def test_a_moved_occurrence_alone_has_the_same_key_as_in_its_series():
    alone = read("occurrence_without_its_series").meetings[0]
    assert alone.key == read("moved_and_cancelled_occurrences").meetings[1].key
    assert alone.series == "s"


@pytest.mark.parametrize("name", ["all_later_dates_moved", "all_later_dates_made_whole_days"])
def test_moving_all_later_dates_keeps_the_key_of_each(name):
    keys = [meeting.key for meeting in read(name).meetings]
    planned = [date(2026, 3, 2), date(2026, 4, 6), date(2026, 5, 4), date(2026, 6, 1)]
    first = read(name).meetings[0].starts
    assert keys == [meeting_key_in_file("s", first.replace(month=day.month, day=day.day)) for day in planned]


def test_a_meeting_alone_has_a_key_of_its_uid_and_no_series():
    meeting = read("floating_times").meetings[1]
    assert (meeting.key, meeting.uid, meeting.series) == (meeting_key_in_file("a", None), "a", "")


def test_where_people_meet_and_who_asked_them():
    said = {each.title: each for each in read("meetings_online_and_not").meetings}
    assert {title: each.online for title, each in said.items()} == {
        "Teams": True,
        "Hall": False,
        "Nowhere": None,
        "Hybrid": True,
        "Zoom": True,
        "Conference": True,
        "Google": True,
        "Webex": True,
    }
    assert said["Hall"].place == "County Hall, Preston"
    assert said["Conference"].organiser == "jane.doe@council.example"
    assert said["Google"].organiser == ""


def test_a_series_for_every_second_is_cut_and_said():
    calendar = read("every_second_for_ever")
    assert sum(meeting.series == "s" for meeting in calendar.meetings) == 2000
    assert [fault.what for fault in calendar.faults] == [
        "a series in this file repeats so often that only 2,000 of its dates were read"
    ]


def test_a_daily_series_of_many_years_is_read_up_to_the_horizon():
    calendar = read("daily_for_many_years")
    assert len(calendar.meetings) == 2000
    assert calendar.meetings[-1].day == HORIZON
    assert not calendar.faults
    assert "1 long series: only later dates were read." in calendar.notes


def test_first_and_last_narrow_what_is_read():
    calendar = read_calendar(
        CALENDARS / "endless_weekly.ics", horizon=HORIZON, first=date(2026, 12, 1), last=date(2027, 1, 18)
    )
    assert [in_words(meeting) for meeting in calendar.meetings] == [
        "Mon 21 Dec 2026 10:00-12:00 Board",
        "Mon 18 Jan 2027 10:00-12:00 Board",
    ]


def test_a_meeting_of_several_days_is_within_a_window_it_only_touches():
    day = date(2026, 6, 2)
    calendar = read_calendar(CALENDARS / "several_days.ics", horizon=HORIZON, first=day, last=day)
    assert len(calendar.meetings) == 1


def test_progress_is_told():
    told: list[tuple[int, int]] = []
    read_calendar(
        CALENDARS / "floating_times.ics", horizon=HORIZON, progress=lambda done, of: told.append((done, of))
    )
    assert told == [(0, 2), (2, 2)]


def test_a_councils_own_holiday_file(shared: Path):
    calendar = read_calendar(shared / "data/ics/sheffield_school_holidays.ics", horizon=HORIZON)
    assert len(calendar.meetings) == 45
    assert not calendar.faults
    assert all(meeting.all_day for meeting in calendar.meetings)
    assert (
        in_words(calendar.meetings[0])
        == "Fri 01 Aug 2025 to Sun 31 Aug 2025 all day Sheffield: Summer holiday"
    )
