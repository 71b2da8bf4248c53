"""A calendar kept as a table: what its rows mean, and what is said of rows that mean nothing."""

from datetime import date
from pathlib import Path

import pytest

from reading.calendars import CalendarFile, read_calendar
from reading.faults import Unreadable
from tests.reading.calendar_words import in_words

HORIZON = date(2027, 12, 21)
HEADER = "date,start_time,end_time,title,group,place,cancelled\n"


@pytest.fixture
def table(tmp_path: Path):
    def read(text: str | bytes) -> CalendarFile:
        path = tmp_path / "meetings.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_calendar(path, horizon=HORIZON)

    return read


def words(calendar: CalendarFile) -> list[str]:
    return [in_words(meeting) for meeting in calendar.meetings]


ROWS = {
    "2026-06-01,10:00,12:00,Board": "Mon 01 Jun 2026 10:00-12:00 Board",
    "01/06/2026,9:30,11:00,Day first": "Mon 01 Jun 2026 09:30-11:00 Day first",
    "12/01/2026,10am,12pm,Noon": "Mon 12 Jan 2026 10:00-12:00 Noon",
    "2026-06-01,2.30pm,4 PM,Afternoon": "Mon 01 Jun 2026 14:30-16:00 Afternoon",
    "2026-06-01,12am,12.30am,After midnight": "Mon 01 Jun 2026 00:00-00:30 After midnight",
    "2026-06-01,10:00:00,12:30:00,With seconds": "Mon 01 Jun 2026 10:00-12:30 With seconds",
    "2026-06-01,10.15,11.45,With points": "Mon 01 Jun 2026 10:15-11:45 With points",
    "2026-06-01,10:00,,No end": "Mon 01 Jun 2026 10:00-12:00 No end [end assumed]",
    "2026-06-01,,,All day": "Mon 01 Jun 2026 all day All day",
    "2026-06-01,10:00,10:00,No length": "Mon 01 Jun 2026 10:00-10:00 No length",
    '2026-06-01,10:00,12:00,"Board, with a comma"': "Mon 01 Jun 2026 10:00-12:00 Board, with a comma",
    "2026-06-01,10:00,12:00,Off,,,yes": "Mon 01 Jun 2026 10:00-12:00 Off [cancelled]",
    "2026-06-01,10:00,12:00,On,,,false": "Mon 01 Jun 2026 10:00-12:00 On",
    "2026-03-28,23:00,,Over the clock change": "Sat 28 Mar 2026 23:00 to Sun 29 Mar 2026 02:00 Over the clock change"
    " [end assumed]",
    "2026-10-26,10:00,12:00,Winter again": "Mon 26 Oct 2026 10:00-12:00 Winter again",
}


@pytest.mark.parametrize(("row", "says"), ROWS.items())
def test_a_row_is_read_as_a_person_would_read_it(table, row: str, says: str):
    calendar = table(HEADER + row + "\n")
    assert words(calendar) == [says]
    assert not calendar.faults


FAULTS = {
    "2026-02-30,10:00,12:00,SECRET": "there is no such day as '2026-02-30'",
    ",10:00,12:00,SECRET": "the date is empty",
    "Jane's SECRET case,10:00,12:00,x": "what stands under date is no date",
    "2026-06-01,25:00,12:00,SECRET": "the start time can't be read: '25:00'",
    "2026-06-01,10,12:00,SECRET": "the start time can't be read: '10'",
    "2026-06-01,13pm,14:00,SECRET": "the start time can't be read: '13pm'",
    "2026-06-01,SECRET,14:00,x": "the start time can't be read: what stands there",
    "2026-06-01,10:00,later,SECRET": "the end time can't be read: what stands there",
    "2026-06-01,12:00,10:00,SECRET": "the meeting on 2026-06-01 ends before it starts",
    "2026-06-01,10:00,12:00,SECRET,a,b,no,more": "this row has more cells than the first row",
}


@pytest.mark.parametrize(("row", "what"), FAULTS.items())
def test_a_bad_row_is_a_fault_with_its_line_and_the_others_stand(table, row: str, what: str):
    calendar = table(f"{HEADER}2026-06-01,10:00,12:00,First\n\n{row}\n2026-06-02,10:00,12:00,Last\n")
    assert [meeting.title for meeting in calendar.meetings] == ["First", "Last"]
    (fault,) = calendar.faults
    assert (fault.line, fault.what) == (4, what)
    assert fault.cure
    assert "SECRET" not in str(fault)


@pytest.mark.parametrize(
    "after", ["2026-06-03,10:00,12:00,Lost\n" * 3, "x\n" * 100_000], ids=["short", "long"]
)
def test_a_quote_mark_that_is_not_closed_is_told(table, after: str):
    calendar = table(f'{HEADER}2026-06-01,10:00,12:00,First\n2026-06-02,10:00,12:00,"SECRET\n{after}')
    assert [meeting.title for meeting in calendar.meetings] == ["First"]
    assert (calendar.faults[0].line, calendar.faults[0].what) == (
        3,
        "this row can't be read, nor perhaps those just after it",
    )
    assert "SECRET" not in str(calendar.faults)


def test_a_quote_mark_that_is_closed_too_late_costs_no_row_without_a_word(table):
    calendar = table(
        f'{HEADER}2026-06-01,10:00,12:00,"Open\n2026-06-02,10:00,12:00,"Board"\n2026-06-03,10:00,12:00,Last\n'
    )
    assert [meeting.title for meeting in calendar.meetings] == ["Last"]
    assert [fault.line for fault in calendar.faults] == [2]


def test_a_title_on_two_lines_is_one_row(table):
    calendar = table(f'{HEADER}2026-06-01,10:00,12:00,"Board\nand guests"\n2026-06-02,bad,,x\n')
    assert words(calendar) == ["Mon 01 Jun 2026 10:00-12:00 Board and guests"]
    assert [fault.line for fault in calendar.faults] == [4]


HEADERS = [
    b"\xef\xbb\xbfdate,start_time,title\n2026-06-01,10:00,Fianc\xc3\xa9\n",
    b"date;start_time;title\n2026-06-01;10:00;Fianc\xe9\n",
    b"date\tstart_time\ttitle\n2026-06-01\t10:00\tFianc\xe9\n",
    "date,start_time,title\r\n2026-06-01,10:00,Fiancé\r\n".encode("utf-16"),
    b"sep=;\r\ndate;start_time;title\r\n2026-06-01;10:00;Fianc\xe9\r\n",
    b"# our meetings\nTITLE,Other,Start Time,DATE\nFianc\xc3\xa9,1,10:00,2026-06-01\n",
    b"date,start_time,title\r2026-06-01,10:00,Fianc\xe9\r",
]


@pytest.mark.parametrize("content", HEADERS)
def test_any_program_may_have_saved_it(table, content: bytes):
    assert words(table(content)) == ["Mon 01 Jun 2026 10:00-12:00 Fiancé [end assumed]"]


def test_group_and_place_are_taken_over(table):
    (meeting,) = table("Date,Start time,Title,Group,Venue\n2026-06-01,10:00,x,Board,County Hall\n").meetings
    assert (meeting.group, meeting.place, meeting.online) == ("Board", "County Hall", False)


def test_outlooks_own_csv_is_read_and_its_private_meetings_are_private(table):
    calendar = table(
        '"Subject","Start Date","Start Time","End Date","End Time","All day event","Location","Private"\n'
        '"Board","01/06/2026","10:00:00","01/06/2026","12:00:00","False","Microsoft Teams Meeting","False"\n'
        '"Appraisal","02/06/2026","10:00:00","02/06/2026","11:00:00","False","","True"\n'
        '"Leave","03/06/2026","00:00:00","04/06/2026","00:00:00","True","","False"\n'
    )
    assert words(calendar) == [
        "Mon 01 Jun 2026 10:00-12:00 Board",
        "Tue 02 Jun 2026 10:00-11:00 Appraisal [private]",
        "Wed 03 Jun 2026 to Thu 04 Jun 2026 all day Leave",
    ]
    assert calendar.meetings[0].online is True


def test_rows_exactly_alike_have_keys_of_their_own_and_keep_them(table):
    row = "2026-06-01,10:00,12:00,Board\n"
    once, twice = table(HEADER + row), table(HEADER + row + row)
    assert len({meeting.key for meeting in twice.meetings}) == 2
    assert once.meetings[0].key in {meeting.key for meeting in twice.meetings}
    assert once.meetings[0].uid.startswith("csv-")


def test_a_later_end_keeps_the_key_and_another_group_does_not(table):
    keys = [
        table(f"{HEADER}2026-06-01,10:00,{end},Board,{group}\n").meetings[0].key
        for end, group in (("11:00", "A"), ("12:00", "A"), ("11:00", "B"))
    ]
    assert keys[0] == keys[1] != keys[2]


def test_what_columns_are_needed_is_said(table):
    with pytest.raises(Unreadable) as caught:
        table("when,title\n2026-06-01,Board\n")
    (fault,) = caught.value.faults
    assert (
        fault.what == "this is not a calendar we can read: its first row has no column date and no start_time"
    )
    assert "date, start_time and title" in fault.cure


def test_real_public_meetings_are_read_without_a_fault(shared: Path):
    calendar = read_calendar(shared / "data/public_meetings.csv", horizon=HORIZON)
    assert len(calendar.meetings) == 134
    assert not calendar.faults
    assert "meetings have no end: two hours are assumed." in calendar.notes[0]
