"""Term lists that can be read: the ways people write them, and what is said of rows that look odd."""

from datetime import date
from pathlib import Path

import pytest

from models.terms import SchoolDay, Standing, TermCalendar
from reading.bank_holidays import bank_holidays
from reading.terms import read_terms, terms_from

ENGLAND = bank_holidays()
COLUMNS = "authority,academic_year,term_name,starts_on,ends_on"
LANCASHIRE = "Lancashire County Council"
YEAR = (
    ("Autumn 1", "2025-09-01", "2025-10-24"),
    ("Autumn 2", "2025-11-03", "2025-12-19"),
    ("Spring 1", "2026-01-05", "2026-02-13"),
    ("Spring 2", "2026-02-23", "2026-03-27"),
    ("Summer 1", "2026-04-13", "2026-05-22"),
    ("Summer 2", "2026-06-01", "2026-07-20"),
)
NEXT_AUTUMN = f"{LANCASHIRE},2026/27,Autumn 1,2026-09-01,2026-10-23"


def rows(name: str = LANCASHIRE) -> list[str]:
    return [f"{name},2025/26,{term},{first},{last}" for term, first, last in YEAR]


def written(folder: Path, lines: list[str], header: str = COLUMNS, name: str = "terms.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def only(path: Path) -> TermCalendar:
    (calendar,), faults = read_terms(path, ENGLAND)
    assert faults == ()
    return calendar


def test_a_plain_list(tmp_path: Path) -> None:
    calendar = only(written(tmp_path, rows()))
    assert calendar.name == LANCASHIRE
    assert (calendar.covered_from, calendar.covered_until) == (date(2025, 9, 1), date(2026, 7, 20))
    assert calendar.on(date(2026, 2, 18)) == SchoolDay(Standing.CLOSED, "half term")
    assert calendar.on(date(2026, 2, 13)) == SchoolDay(Standing.OPEN, "Spring 1")
    assert calendar.doubts == ()
    assert calendar.checked_by == ""
    assert calendar.terms[2].year == "2025/26"


WAYS = [
    "2026-02-13",
    "2026/02/13",
    "2026-2-13",
    "2026-02-13 00:00:00",
    "13/02/2026",
    "13.2.2026",
    "13-02-2026",
    "Friday 13 February 2026",
    "Friday 13th February 2026",
    "Fri 13 Feb 2026",
    "FRIDAY, 13TH FEBRUARY, 2026",
    "Friday the 13th of February 2026",
    "13 February 2026",
    " 13th   Feb. 2026 ",
]


@pytest.mark.parametrize("way", WAYS)
def test_dates_as_people_write_them(way: str, tmp_path: Path) -> None:
    lines = rows()
    lines[2] = f'{LANCASHIRE},2025/26,Spring 1,2026-01-05,"{way}"'
    assert only(written(tmp_path, lines)).terms[2].last == date(2026, 2, 13)


@pytest.mark.parametrize("weekday", ["Weds", "Wed", "Wednesday", "wednes"])
def test_short_weekdays(weekday: str, tmp_path: Path) -> None:
    lines = rows()
    lines[2] = f"{LANCASHIRE},2025/26,Spring 1,2026-01-05,{weekday} 11 Feb 2026"
    assert only(written(tmp_path, lines)).terms[2].last == date(2026, 2, 11)


@pytest.mark.parametrize("year", ["2025/26", "2025-26", "2025/2026", "2025-2026", "2025 – 26"])
def test_school_years_as_people_write_them(year: str, tmp_path: Path) -> None:
    lines = [line.replace("2025/26", year) for line in rows()]
    assert only(written(tmp_path, lines)).terms[0].year == "2025/26"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_whatever_program_saved_it(encoding: str, newline: str, delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    lines = [COLUMNS, *rows("Cyngor Siân’s")]
    path.write_bytes((newline.join(lines).replace(",", delimiter) + newline).encode(encoding))
    assert only(path).name == "Cyngor Siân’s"


def test_columns_in_any_order_with_others_between_and_notes(tmp_path: Path) -> None:
    header = "Ends on,colour,STARTS-ON,term,ons_code_if_known,Academic Year,Authority"
    lines = ["# a note, with commas", "", "2026-02-13,red,2026-01-05,Spring 1,E10000017,2025/26,Lancashire"]
    calendar = only(written(tmp_path, lines, header))
    assert (calendar.name, calendar.terms[0].first) == ("Lancashire", date(2026, 1, 5))


def test_rows_in_any_order_and_one_given_twice(tmp_path: Path) -> None:
    assert (
        only(written(tmp_path, [*reversed(rows()), rows()[3]])).terms == only(written(tmp_path, rows())).terms
    )


def test_several_authorities_and_a_school_in_one_file(tmp_path: Path) -> None:
    school = [f"{line},Hill Primary" for line in rows()]
    path = written(tmp_path, [*rows(), *rows("Leeds City Council"), *school], COLUMNS + ",school")
    calendars, faults = read_terms(path, ENGLAND)
    assert faults == ()
    assert [each.name for each in calendars] == [LANCASHIRE, "Leeds City Council", "Hill Primary"]
    assert calendars[2].authority == LANCASHIRE
    assert (calendars[0].doubts, calendars[1].doubts) == ((), ())
    assert "195 open days in 2025/26, where 190 are usual for a school" in calendars[2].doubts[0]


def test_a_school_named_in_the_authority_column_is_a_calendar_of_its_own(shared: Path) -> None:
    path = shared / "data" / "term_dates_school_variation.csv"
    calendar = only(path)
    assert calendar.name == "Carleton Green Community Primary (Lancashire school, example of variation)"
    assert calendar.on(date(2025, 10, 20)) == SchoolDay(Standing.CLOSED, "half term")
    assert calendar.on(date(2026, 6, 2)).standing is Standing.CLOSED
    assert calendar.doubts == ()  # 190 days, as a school has


def test_a_later_file_replaces_a_calendar_of_the_same_name(tmp_path: Path) -> None:
    first = written(tmp_path, [*rows(), *rows("Leeds City Council")])
    later = written(tmp_path, [NEXT_AUTUMN], name="later.csv")
    terms, faults = terms_from([first, later], ENGLAND)
    assert faults == ()
    assert terms.of(LANCASHIRE).covered_from == date(2026, 9, 1)
    assert terms.of("Leeds City Council").covered_from == date(2025, 9, 1)


def test_inset_days_are_shut_days(tmp_path: Path) -> None:
    cells = [
        "2025-09-01 02/09/2025",
        "",
        "5 January 2026; Friday 6 February 2026",
        "",
        "2026-05-05 local holiday",
        "",
    ]
    lines = [f"{line},{cell}" for line, cell in zip(rows("Hill Primary School"), cells, strict=True)]
    calendar = only(written(tmp_path, lines, COLUMNS + ",inset_days"))
    assert calendar.shut_days == {
        date(2025, 9, 1): "an INSET day",
        date(2025, 9, 2): "an INSET day",
        date(2026, 1, 5): "an INSET day",
        date(2026, 2, 6): "an INSET day",
        date(2026, 5, 5): "local holiday",
    }
    assert calendar.on(date(2026, 1, 5)) == SchoolDay(Standing.CLOSED, "an INSET day")
    assert calendar.on(date(2026, 5, 5)) == SchoolDay(Standing.CLOSED, "local holiday")
    assert calendar.doubts == ()  # 195 less five is 190


def test_an_authority_counts_its_inset_days(tmp_path: Path) -> None:
    lines = [f"{line},{'2026-01-05' if 'Spring 1' in line else ''}" for line in rows()]
    calendar = only(written(tmp_path, lines, COLUMNS + ",inset_days"))
    assert calendar.on(date(2026, 1, 5)).standing is Standing.CLOSED
    assert calendar.doubts == ()


def test_dates_are_checked_only_when_every_row_is(tmp_path: Path) -> None:
    header = COLUMNS + ",source,checked_by,checked_on,covered_until"
    half = [f"{line},page {n % 2},officer,2026-11-0{n + 1}," for n, line in enumerate(rows())]
    calendar = only(written(tmp_path, half, header))
    assert (calendar.checked_by, calendar.checked_on) == ("officer", date(2026, 11, 1))
    assert calendar.source == "page 0 ; page 1"
    unchecked = only(written(tmp_path, [*half, f"{NEXT_AUTUMN},page 2,,,2027-01-03"], header))
    assert (unchecked.checked_by, unchecked.checked_on) == ("", None)
    assert unchecked.covered_until == date(2027, 1, 3)
    assert unchecked.on(date(2026, 10, 28)) == SchoolDay(
        Standing.UNKNOWN, unchecked.on(date(2026, 10, 28)).name
    )


@pytest.mark.parametrize("broken", range(6))
@pytest.mark.parametrize("cell", ["Friday 11th February", "2019-01-01"])
def test_no_row_that_is_left_out_turns_into_a_holiday(broken: int, cell: str, tmp_path: Path) -> None:
    """Not for the days of the row itself, and not anywhere in its year where only silence would say so."""
    lines = rows()
    term, first, last = YEAR[broken]
    lines[broken] = f"{LANCASHIRE},2025/26,{term},{first},{cell}"
    (calendar,), (fault,) = read_terms(written(tmp_path, [*lines, NEXT_AUTUMN]), ENGLAND)
    assert fault.line == broken + 2
    assert calendar.on(date.fromisoformat(first)).standing is Standing.UNKNOWN
    assert calendar.on(date.fromisoformat(last)).standing is Standing.UNKNOWN
    standings = {calendar.on(date(2025, 9, 1 + n)).standing for n in range(28)}
    assert Standing.CLOSED not in standings
    assert calendar.on(date(2026, 2, 18)).standing is Standing.UNKNOWN
    assert calendar.on(date(2026, 9, 2)).standing is Standing.OPEN
    good = date.fromisoformat(YEAR[(broken + 3) % 6][1])
    assert calendar.on(good).standing is Standing.OPEN
    assert calendar.doubts == ()  # no sum over a year that lacks a row


def test_a_row_without_an_authority_may_have_been_anybodys(tmp_path: Path) -> None:
    lines = [*rows(), *rows("Leeds City Council")]
    lines[0] = lines[0].replace(LANCASHIRE, "")
    calendars, faults = read_terms(written(tmp_path, lines), ENGLAND)
    assert len(faults) == 1
    assert [each.on(date(2026, 2, 18)).standing for each in calendars] == [Standing.UNKNOWN] * 2
    assert [each.on(date(2026, 2, 12)).standing for each in calendars] == [Standing.OPEN] * 2


def test_a_fault_of_one_authority_leaves_the_others_alone(tmp_path: Path) -> None:
    lines = [*rows(), *rows("Leeds City Council")]
    lines[2] = lines[2].replace("2026-02-13", "soon")
    calendars, _ = read_terms(written(tmp_path, lines), ENGLAND)
    assert [each.on(date(2026, 2, 18)).standing for each in calendars] == [Standing.UNKNOWN, Standing.CLOSED]


def test_overlapping_rows_are_both_left_out_and_a_long_one_clashes_with_all_it_covers(tmp_path: Path) -> None:
    lines = rows()
    lines[0] = f"{LANCASHIRE},2025/26,Autumn,2025-09-01,2026-01-09"
    (calendar,), faults = read_terms(written(tmp_path, lines), ENGLAND)
    assert [fault.line for fault in faults] == [3, 4]
    assert [term.name for term in calendar.terms] == ["Spring 2", "Summer 1", "Summer 2"]


def test_an_overlap_of_two_authorities_is_none(tmp_path: Path) -> None:
    assert read_terms(written(tmp_path, [*rows(), *rows("Leeds City Council")]), ENGLAND)[1] == ()


@pytest.mark.parametrize("code", ["W06000015", "S12000036", "N09000003"])
def test_other_nations_are_not_held_to_195_days(code: str, tmp_path: Path) -> None:
    lines = [f"{line},{code}".replace("2026-07-20", "2026-07-10") for line in rows("Somewhere")]
    assert only(written(tmp_path, lines, COLUMNS + ",ons_code")).doubts == ()
    english = [line.replace(code, "E10000017") for line in lines]
    assert len(only(written(tmp_path, english, COLUMNS + ",ons_code")).doubts) == 1


def test_a_year_that_is_not_whole_is_not_summed(tmp_path: Path) -> None:
    assert only(written(tmp_path, rows()[1:])).doubts == ()
    assert only(written(tmp_path, rows()[:4])).doubts == ()
