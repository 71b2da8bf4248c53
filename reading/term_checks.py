"""What can be wrong with term dates that are real dates: overlaps, odd ends, a year of the wrong length.

Most councils publish 195 days a year and pupils attend 190 of them; the other five are INSET days that
each school picks (facts: "the envelope"). A year of another length is used, with a doubt that says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from models.terms import LONGEST_HALF_TERM
from reading.faults import Fault
from reading.odd_rows import odd_rows, school_days
from reading.term_rows import TermRow

OPEN_DAYS_OF_AN_AUTHORITY = 195
OPEN_DAYS_OF_A_SCHOOL = 190
A_WEEKEND = 3  # days from a Friday to a Monday

BankHolidays = Mapping[date, str]


def without_overlaps(rows: Sequence[TermRow], file: str) -> tuple[list[TermRow], list[TermRow], list[Fault]]:
    """One calendar's rows in order: those that stand, those that claim the same day, a fault for each pair.

    Which of two rows is wrong can't be known, so both are left out. A row given twice is read once.
    """
    ordered = sorted(_each_once(rows), key=lambda row: (row.term.first, row.line))
    clashing: set[int] = set()
    faults: list[Fault] = []
    reaches: TermRow | None = None
    for row in ordered:
        if reaches is not None and row.term.first <= reaches.term.last:
            clashing |= {reaches.line, row.line}
            earlier, later = sorted((reaches, row), key=lambda either: either.line)
            faults.append(_overlap(earlier, later, file))
        if reaches is None or row.term.last > reaches.term.last:
            reaches = row
    stand = [row for row in ordered if row.line not in clashing]
    return stand, [row for row in ordered if row.line in clashing], faults


def _each_once(rows: Sequence[TermRow]) -> list[TermRow]:
    return list({(row.term.first, row.term.last, row.term.name): row for row in reversed(rows)}.values())


def _overlap(earlier: TermRow, later: TermRow, file: str) -> Fault:
    return Fault(
        file,
        later.line,
        f"{later} of {later.name} overlaps {earlier} in line {earlier.line}",
        "Check the dates of both rows; until then neither is used",
    )


def doubts(
    rows: Sequence[TermRow], bank_holidays: BankHolidays, file: str, missing: frozenset[str]
) -> list[str]:
    """Sentences about one calendar's rows that are used but look odd; `missing` are years that lack rows."""
    found = [*_single_rows(rows, bank_holidays, file), *_no_breaks(rows, file)]
    for year in dict.fromkeys(row.year for row in rows):
        if str(year) not in missing:
            found += _year_length([row for row in rows if row.year == year], bank_holidays, file)
    return [str(doubt) for doubt in sorted(found, key=lambda doubt: doubt.line)]


def _single_rows(rows: Sequence[TermRow], bank_holidays: BankHolidays, file: str) -> Iterator[Fault]:
    for row in rows:
        for word, day in (("starts", row.term.first), ("ends", row.term.last)):
            if not school_days(day, day, bank_holidays):
                why = bank_holidays.get(day, f"{day:%A}")
                yield _doubt(file, row, f"{row} of {row.name} {word} on a day off: {why}", "Check that day")
        if row.term.last - row.term.first > LONGEST_HALF_TERM:
            weeks = (row.term.last - row.term.first).days // 7
            what = f"{row} of {row.name} runs for {weeks} weeks without a break"
            yield _doubt(file, row, what, "If there is a half term in it, write two rows")


def _no_breaks(rows: Sequence[TermRow], file: str) -> Iterator[Fault]:
    for earlier, later in pairwise(rows):
        together = later.term.last - earlier.term.first
        if (later.term.first - earlier.term.last).days <= A_WEEKEND and together > LONGEST_HALF_TERM:
            what = (
                f"{later} of {later.name} follows {earlier.term.name} in line {earlier.line} without a break"
            )
            yield _doubt(file, later, what, "Check the dates of both rows")


def _year_length(rows: Sequence[TermRow], bank_holidays: BankHolidays, file: str) -> Iterator[Fault]:
    """A doubt where a full English year does not come to 195 days, or 190 for a school."""
    if not rows[0].is_english or not _is_full(rows):
        return
    row, usual = rows[0], OPEN_DAYS_OF_A_SCHOOL if rows[0].is_school else OPEN_DAYS_OF_AN_AUTHORITY
    total = sum(_open_days(each, bank_holidays) for each in rows)
    if total == usual:
        return
    suspects = odd_rows(rows, total - usual, bank_holidays)
    named = " or ".join(f"{suspect} in line {suspect.line}" for suspect in suspects)
    look = f"look first at {named}" if named else "no single row stands out"
    if total == OPEN_DAYS_OF_A_SCHOOL:
        look += f"; {total} is what pupils attend, so INSET days may have been taken out already"
    kind = "a school" if row.is_school else "an authority"
    what = f"{row.name} comes to {total} open days in {row.year}, where {usual} are usual for {kind}; {look}"
    yield _doubt(file, suspects[0] if suspects else row, what, "Check that year against its source")


def _is_full(rows: Sequence[TermRow]) -> bool:
    """Whether the rows reach from the start of a school year to its end, so that a sum means something."""
    year = rows[0].year
    return rows[0].term.first < date(year.starts, 9, 16) and rows[-1].term.last > date(year.starts + 1, 6, 30)


def _open_days(row: TermRow, bank_holidays: BankHolidays) -> int:
    """The days of a row; a school's INSET days are no pupil days, an authority's 195 include them."""
    days = len(school_days(row.term.first, row.term.last, bank_holidays))
    if not row.is_school:
        return days
    return days - sum(
        row.term.holds(day) and bool(school_days(day, day, bank_holidays)) for day in row.shut_days
    )


def _doubt(file: str, row: TermRow, what: str, cure: str) -> Fault:
    return Fault(file, row.line, what, cure)
