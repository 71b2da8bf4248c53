"""Text that other people typed comes out harmless, and days and hours come out as people say them."""

import unicodedata
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.days import LONDON
from tests.wording.invented import HOSTILE, NOW, meeting
from wording.plain import NO_TITLE, clean, days_listed, deadline, hours, sentence, title, when


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("SEND Partnership Board – priorities", "SEND Partnership Board – priorities"),
        ("First\r\nSecond\n\tThird", "First Second Third"),
        ("\x1b[1;31mRed\x1b[0m alert", "Red alert"),
        ("\x9b31mRed", "Red"),
        ("\x1b]0;new window title\x07Board", "Board"),
        ("\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]0;never ended", ""),
        ("\x1bcBoard", "Board"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("a\u200bb\u2066c\ufeffd", "abcd"),
        ("Zoë and Siân ☕ 😀", "Zoë and Siân ☕ 😀"),
        ("a" + "\u0301" * 100, "á" + "\u0301" * 4),
        ("lone \ud800 half", "lone half"),
        ("null\x00byte", "nullbyte"),
        ("line\u2028separator", "line separator"),
    ],
)
def test_text_is_cleaned(typed: str, shown: str) -> None:
    """Each kind of danger is taken out and ordinary words stay."""
    assert clean(typed) == shown


def test_long_text_is_cut_with_an_ellipsis() -> None:
    """A cut says that it is one."""
    assert clean("m" * 10_000, 10) == "m" * 9 + "…"


@given(st.text())
@example("\x1b\x1b[31m[31m")
def test_clean_text_is_one_visible_line_and_stays_as_it_is(text: str) -> None:
    """No character of a dangerous sort survives, and cleaning twice changes nothing."""
    shown = clean(text)
    assert not [letter for letter in shown if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert clean(shown) == shown
    shown.encode()


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"])))
def test_plain_words_are_kept(text: str) -> None:
    """Only blanks change in ordinary text."""
    assert clean(text).split() == text.split()


def test_a_title_is_never_empty() -> None:
    """A meeting with nothing visible for a title has a name all the same."""
    assert title(meeting("\u200b\u202e", date(2026, 11, 27), "10:00", "11:00", "")) == NO_TITLE
    assert all(title(meeting(text, date(2026, 11, 27), "10:00", "11:00", "")) for text in HOSTILE)


def test_hours_are_said_as_people_say_them() -> None:
    """Whole hours, half hours, all day, past midnight, and an end that nobody gave."""
    day = date(2026, 11, 27)
    assert when(meeting("M", day, "09:30", "11:00", "")) == "Friday 27 November 2026, 9:30am to 11am"
    assert hours(meeting("M", day, "10:00", "12:00", "", end_assumed=True)) == "10am to noon (end assumed)"
    whole = replace(meeting("M", day, "00:00", "00:00", "", all_day=True), ends=_midnight(28))
    assert hours(whole) == "all day"
    assert hours(replace(whole, ends=_midnight(29))) == "all day, until Saturday 28 November 2026"
    late = meeting("M", day, "22:00", "23:00", "")
    assert (
        hours(replace(late, ends=_midnight(28).replace(hour=1))) == "10pm to Saturday 28 November 2026 at 1am"
    )


def test_deadlines_days_and_sentences() -> None:
    """The last minute of a day is its end; lists say each year once; sentences start and stop."""
    assert deadline(datetime.combine(date(2026, 11, 20), time(23, 59), LONDON)) == (
        "the end of Friday 20 November 2026"
    )
    assert deadline(NOW) == "Wednesday 18 November 2026 at 9:15am"
    days = [date(2027, 1, 5), date(2026, 12, 24), date(2026, 12, 31)]
    assert days_listed(days) == "Thu 24 Dec, Thu 31 Dec 2026, Tue 5 Jan 2027"
    assert days_listed([]) == ""
    assert sentence("called late") == "Called late."
    assert sentence("Is it?") == "Is it?"
    assert sentence(" ") == ""


def _midnight(day: int) -> datetime:
    return datetime(2026, 11, day, tzinfo=LONDON)
