"""Closed days: each with a reason, or a sentence that says what is missing."""

from datetime import date
from pathlib import Path

import pytest

from reading.closed_days import read_closed_days
from reading.faults import Unreadable


def written(folder: Path, text: str) -> Path:
    path = folder / "closed.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_single_days_and_spans(tmp_path: Path) -> None:
    path = written(tmp_path, "date,to,why\n2026-12-29,31/12/2026,offices shut\nTue 30 March 2027,,training\n")
    closed, faults = read_closed_days(path)
    assert faults == ()
    assert closed == {
        date(2026, 12, 29): "offices shut",
        date(2026, 12, 30): "offices shut",
        date(2026, 12, 31): "offices shut",
        date(2027, 3, 30): "training",
    }


FAULTS = [
    ("2026-12-29,,", "this closed day has no reason. Say why, in a few words: people will see it."),
    ("soon,,shut", "'soon' is not a date we can read. Write it as year-month-day, such as 2026-02-13."),
    ("2026-12-31,2026-12-29,shut", "2026-12-29 is before 2026-12-31. Write the earlier day as first_day."),
    (
        "2026-12-29,2027-12-31,shut",
        "this closure is longer than a month. Check the years, or write it as several rows.",
    ),
    ("Mon 29 December 2026,,shut", "'Mon 29 December 2026' can't be right: 29 December 2026 is a Tuesday."),
    ("2026-12-29,,shut, and dark", "this row has more cells than the header."),
]


@pytest.mark.parametrize(("row", "sentence"), FAULTS)
def test_a_row_that_can_not_be_used(row: str, sentence: str, tmp_path: Path) -> None:
    path = written(tmp_path, f"first_day,last_day,reason\n2026-12-24,,early closing\n{row}\n")
    closed, (fault,) = read_closed_days(path)
    assert str(fault).startswith(f"{path}, line 3: {sentence}")
    assert list(closed) == [date(2026, 12, 24)]


def test_a_file_without_the_columns(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="They are: first_day, reason"):
        read_closed_days(written(tmp_path, "a,b\n1,2\n"))
