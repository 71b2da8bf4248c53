"""School calendars as files (.ics): of holidays and of terms, with names people use."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from models.terms import SchoolDay, Standing, TermCalendar
from reading.bank_holidays import bank_holidays
from reading.term_events import Kind, kind_of
from reading.terms import read_terms

ENGLAND = bank_holidays()
OPEN, CLOSED, UNKNOWN = Standing.OPEN, Standing.CLOSED, Standing.UNKNOWN


def event(title: str, first: str, after: str = "", more: str = "") -> str:
    """One all-day entry; `after` is the day after its last, as calendar files have it."""
    end = f"DTEND;VALUE=DATE:{after}\r\n" if after else ""
    return (
        f"BEGIN:VEVENT\r\nUID:{title}{first}\r\nDTSTAMP:20260101T000000Z\r\n"
        f"DTSTART;VALUE=DATE:{first}\r\n{end}{more}SUMMARY:{title}\r\nEND:VEVENT\r\n"
    )


def calendar(folder: Path, *events: str, name: str = "", file: str = "Hill Primary.ics") -> Path:
    path = folder / file
    title = f"X-WR-CALNAME:{name}\r\n" if name else ""
    head = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{title}"
    path.write_bytes((head + "".join(events) + "END:VCALENDAR\r\n").encode())
    return path


def only(path: Path) -> TermCalendar:
    (found,), faults = read_terms(path, ENGLAND)
    assert faults == ()
    return found


OCTOBER = event("October half-term", "20251025", "20251103")
CHRISTMAS = event("Christmas holiday", "20251220", "20260105")
FEBRUARY = event("February half-term", "20260214", "20260223")
TERMS = (
    event("Autumn 1", "20250901", "20251025"),
    event("Autumn 2", "20251103", "20251220"),
    event("Spring Term 1", "20260105", "20260214"),
)


def test_sheffields_holidays_say_the_same_as_its_terms(shared: Path) -> None:
    """The council's holidays as a calendar and its terms as a list: every weekday of three years."""
    holidays = only(shared / "data" / "ics" / "sheffield_school_holidays.ics")
    lists, _ = read_terms(shared / "data" / "term_dates.csv", ENGLAND)
    terms = next(each for each in lists if each.name == "Sheffield City Council")
    assert holidays.name == "Sheffield"
    assert (holidays.covered_from, holidays.covered_until) == (date(2025, 8, 1), date(2028, 7, 31))
    assert terms.covered_from is not None
    assert terms.covered_until is not None
    day, compared = terms.covered_from, 0
    while day <= terms.covered_until:
        if day.weekday() < 5 and day not in ENGLAND:
            ours, theirs = terms.on(day), holidays.on(day)
            assert ours.standing is theirs.standing, day
            assert ours.standing is OPEN or ours.name == theirs.name, day
            compared += 1
        day += timedelta(days=1)
    assert compared > 700


def test_a_bank_holiday_in_a_term_is_a_day_off(shared: Path) -> None:
    sheffield = only(shared / "data" / "ics" / "sheffield_school_holidays.ics")
    assert sheffield.on(date(2026, 5, 4)) == SchoolDay(CLOSED, "a bank holiday")
    assert sheffield.on(date(2025, 12, 25)) == SchoolDay(CLOSED, "the Christmas holidays")


def test_holidays_are_named_for_people(tmp_path: Path) -> None:
    found = only(calendar(tmp_path, OCTOBER, event("Diwali holiday week", "20251110", "20251115"), CHRISTMAS))
    assert found.on(date(2025, 10, 29)) == SchoolDay(CLOSED, "half term")
    assert found.on(date(2025, 11, 12)) == SchoolDay(CLOSED, "Diwali holiday week")
    assert found.on(date(2025, 12, 31)) == SchoolDay(CLOSED, "the Christmas holidays")
    assert found.on(date(2025, 12, 1)) == SchoolDay(OPEN, "term")


def test_a_holiday_cut_in_two_is_one(tmp_path: Path) -> None:
    parts = event("Summer holiday", "20260721", "20260801"), event("Summer holiday", "20260801", "20260901")
    assert only(calendar(tmp_path, FEBRUARY, *parts)).holidays[1].last == date(2026, 8, 31)
    inside = event("School closed for Easter", "20260402", "20260408")
    found = only(calendar(tmp_path, event("Easter holiday", "20260328", "20260413"), inside))
    assert [(each.first, each.last) for each in found.holidays] == [(date(2026, 3, 28), date(2026, 4, 12))]


def test_a_calendar_of_terms(tmp_path: Path) -> None:
    inset = event("INSET day", "20260105", "20260106")
    found = only(calendar(tmp_path, *TERMS, inset))
    assert [term.name for term in found.terms] == ["Autumn 1", "Autumn 2", "Spring Term 1"]
    assert found.on(date(2025, 10, 29)) == SchoolDay(CLOSED, "half term")
    assert found.on(date(2026, 1, 5)) == SchoolDay(CLOSED, "an INSET day")
    assert found.on(date(2026, 1, 6)) == SchoolDay(OPEN, "Spring Term 1")
    assert found.on(date(2026, 2, 14)).standing is UNKNOWN


def test_terms_with_a_holiday_written_into_one(tmp_path: Path) -> None:
    autumn = event("Autumn term", "20250901", "20251220")
    spring = event("Spring term", "20260105", "20260328")
    found = only(calendar(tmp_path, autumn, OCTOBER, spring))
    assert found.on(date(2025, 10, 29)) == SchoolDay(CLOSED, "half term")
    assert found.on(date(2025, 10, 24)).standing is OPEN
    assert found.on(date(2025, 12, 31)) == SchoolDay(CLOSED, "the Christmas holidays")


def test_inset_days_in_a_calendar_of_holidays(tmp_path: Path) -> None:
    days = event("Staff training days", "20250901", "20250903"), event("INSET", "20251124")
    found = only(calendar(tmp_path, *days, OCTOBER, CHRISTMAS))
    assert found.covered_from == date(2025, 9, 1)
    for day in (date(2025, 9, 1), date(2025, 9, 2), date(2025, 11, 24)):
        assert found.on(day) == SchoolDay(CLOSED, "an INSET day")
    assert found.on(date(2025, 9, 3)).standing is OPEN


WHOSE = [
    (("Leeds: October half-term", "Leeds: Christmas holiday"), "Term dates", "Leeds"),
    (("October half-term", "Christmas holiday"), "Leeds City Council", "Leeds City Council"),
    (("October half-term", "Christmas holiday"), "", "Hill Primary"),
    (("Leeds: half-term", "Christmas holiday"), "", "Hill Primary"),
    (("Half term: schools closed", "Christmas: schools closed"), "", "Hill Primary"),
]


@pytest.mark.parametrize(("titles", "name", "whose"), WHOSE)
def test_whose_calendar_it_is(titles: tuple[str, str], name: str, whose: str, tmp_path: Path) -> None:
    events = event(titles[0], "20251025", "20251103"), event(titles[1], "20251220", "20260105")
    found = only(calendar(tmp_path, *events, name=name))
    assert found.name == whose
    assert found.on(date(2025, 10, 29)).standing is CLOSED


def test_the_name_of_the_file_does_not_matter(tmp_path: Path) -> None:
    assert only(calendar(tmp_path, OCTOBER, CHRISTMAS, file="dates.csv")).holidays


def test_times_in_place_of_days(tmp_path: Path) -> None:
    """Some programs write a day as midnight to midnight, in UTC or with a zone: in summer 23:00 before."""
    timed = (
        "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260522T230000Z\r\n"
        "DTEND:20260531T230000Z\r\nSUMMARY:May half-term\r\nEND:VEVENT\r\n"
    )
    found = only(calendar(tmp_path, FEBRUARY, timed))
    assert (found.holidays[1].first, found.holidays[1].last) == (date(2026, 5, 23), date(2026, 5, 31))


def test_one_day_written_three_ways(tmp_path: Path) -> None:
    days = (
        event("INSET day", "20251110"),
        event("INSET day", "20251111", "20251111"),
        event("INSET day", "20251112", "20251113"),
        event("INSET day", "20251113", more="DURATION:P1D\r\n"),
    )
    found = only(calendar(tmp_path, OCTOBER, CHRISTMAS, *days))
    assert sorted(found.shut_days) == [date(2025, 11, n) for n in (10, 11, 12, 13)]


def test_a_cancelled_entry_is_passed_over(tmp_path: Path) -> None:
    gone = event("Snow closure", "20251117", "20251122", "STATUS:CANCELLED\r\n")
    assert only(calendar(tmp_path, OCTOBER, CHRISTMAS, gone)).on(date(2025, 11, 18)).standing is OPEN


def test_a_short_entry_that_says_nothing_is_a_doubt(tmp_path: Path) -> None:
    found = only(calendar(tmp_path, OCTOBER, CHRISTMAS, event("Parents' evening", "20251118", "20251119")))
    assert found.on(date(2025, 11, 18)).standing is OPEN
    assert "is neither a holiday nor a term and is not used" in found.doubts[0]


def test_an_entry_that_can_not_be_used_leaves_its_year_unknown_where_silence_would_speak(
    tmp_path: Path,
) -> None:
    repeats = event("Half term", "20260214", "20260223", "RRULE:FREQ=YEARLY\r\n")
    (found,), (fault,) = read_terms(calendar(tmp_path, OCTOBER, CHRISTMAS, repeats), ENGLAND)
    assert fault.line == 18
    assert found.on(date(2025, 12, 1)).standing is UNKNOWN
    assert found.on(date(2025, 12, 24)).standing is CLOSED


def test_a_strange_week_is_unknown_and_the_rest_is_not(tmp_path: Path) -> None:
    strange = event("Wobble week", "20251110", "20251115")
    (found,), faults = read_terms(calendar(tmp_path, OCTOBER, CHRISTMAS, strange), ENGLAND)
    assert len(faults) == 1
    assert found.on(date(2025, 11, 12)).standing is UNKNOWN
    assert found.on(date(2025, 11, 17)).standing is OPEN


def test_a_missing_half_term_is_a_doubt_and_a_hole(tmp_path: Path) -> None:
    summer = event("Summer holiday", "20250721", "20250901")
    found = only(calendar(tmp_path, summer, CHRISTMAS))
    assert found.on(date(2025, 11, 12)).standing is UNKNOWN
    assert "there is no holiday for 15 weeks" in found.doubts[0]


KINDS = [
    ("October half-term", 9, Kind.HOLIDAY),
    ("Half Term", 9, Kind.HOLIDAY),
    ("Half Term 1", 40, Kind.TERM),
    ("Summer half term break", 9, Kind.HOLIDAY),
    ("Summer holiday", 42, Kind.HOLIDAY),
    ("Summer Term", 95, Kind.TERM),
    ("Autumn 1", 50, Kind.TERM),
    ("Easter", 16, Kind.HOLIDAY),
    ("Easter term", 60, Kind.TERM),
    ("School closed", 7, Kind.HOLIDAY),
    ("Schools closed for the election", 1, Kind.DAY_OFF),
    ("Bank holiday", 1, Kind.DAY_OFF),
    ("Spring bank holiday", 1, Kind.DAY_OFF),
    ("Good Friday", 1, Kind.DAY_OFF),
    ("INSET", 1, Kind.DAY_OFF),
    ("Inset days", 2, Kind.DAY_OFF),
    ("Staff training day (school closed to pupils)", 1, Kind.DAY_OFF),
    ("Autumn term starts", 1, Kind.MARKER),
    ("Last day of term", 1, Kind.MARKER),
    ("School reopens", 1, Kind.MARKER),
    ("Christmas fair", 1, Kind.OTHER),
    ("SATs week", 5, Kind.OTHER),
]


@pytest.mark.parametrize(("title", "days", "kind"), KINDS)
def test_what_an_entry_is_about(title: str, days: int, kind: Kind) -> None:
    assert kind_of(title, days) is kind
