"""The forum's own promises as a calendar for its chair: read back by another parser, kind, and nowhere else."""

from datetime import date, datetime, timedelta
from itertools import islice

import pytest
from dateutil.rrule import rrulestr

from functions.files.rulebooks import read_book
from models.days import LONDON
from tests.wording.word_lists import doubts
from wording.forum_reminders import FOR_YOU_ALONE, forum_reminders

AGREEMENT = read_book().book.agreement
NOW = datetime(2026, 11, 27, 9, tzinfo=LONDON)  # a Friday
OWN = [one for one in AGREEMENT.promises if one.forums_own]


def _read(content: bytes) -> list[dict[str, str]]:
    """Line by line, as RFC 5545 says: unfolded, name and value. Not by the library that wrote it."""
    text = content.decode().replace("\r\n ", "").replace("\r\n\t", "")
    entries: list[dict[str, str]] = []
    for line in text.split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            entries.append({})
        elif entries and name not in ("END", "BEGIN"):
            entries[-1][name.partition(";")[0]] = (
                value.replace("\\,", ",").replace("\\;", ";").replace("\\n", "\n")
            )
    return entries


def _days(entry: dict[str, str], number: int) -> list[date]:
    rule = rrulestr(entry["RRULE"], dtstart=datetime.strptime(entry["DTSTART"], "%Y%m%d"))  # noqa: DTZ007
    return [one.date() for one in islice(rule, number)]


def test_each_of_the_forums_own_promises_has_one_entry_with_its_question_and_words() -> None:
    entries = _read(forum_reminders(AGREEMENT, NOW))
    assert [one["SUMMARY"] for one in entries] == [one.asks for one in OWN]
    assert len(entries) == 7
    for entry, promise in zip(entries, OWN, strict=True):
        assert promise.says in entry["DESCRIPTION"]
        assert entry["DESCRIPTION"].endswith(FOR_YOU_ALONE)
        assert (entry["TRANSP"], entry["CLASS"]) == ("TRANSPARENT", "PRIVATE")


@pytest.mark.parametrize(
    ("promise", "days"),
    [
        ("P35", ["2027-01-11", "2028-01-11", "2029-01-11"]),  # yearly, from the day of the agreement
        ("P36", ["2027-01-11", "2028-01-11", "2029-01-11"]),
        ("P37", ["2027-01-11", "2027-04-11", "2027-07-11"]),  # every three months
        ("P38", ["2027-01-11", "2027-04-11", "2027-07-11"]),  # no number is promised: once a quarter
        ("P40", ["2027-01-11", "2028-01-11", "2029-01-11"]),
    ],
)
def test_they_come_back_as_the_agreement_says(promise: str, days: list[str]) -> None:
    entries = _read(forum_reminders(AGREEMENT, NOW))
    entry = entries[[one.id for one in OWN].index(promise)]
    assert [one.isoformat() for one in _days(entry, 3)] == days


def test_the_next_copy_takes_the_place_of_the_last() -> None:
    now, later = (_read(forum_reminders(AGREEMENT, NOW + timedelta(days=n))) for n in (0, 200))
    assert [one["UID"] for one in now] == [one["UID"] for one in later]
    assert len({one["UID"] for one in now}) == len(now)
    assert all(_days(one, 1) >= [(NOW + timedelta(days=200)).date()] for one in later)


def test_nothing_is_said_to_be_late_and_nothing_repeats_before_its_day() -> None:
    for one in _read(forum_reminders(AGREEMENT, NOW)):
        assert not [*doubts(f"{one['SUMMARY']} {FOR_YOU_ALONE}")]
        assert not [word for word in ("late", "missed", "due") if f" {word}" in one["SUMMARY"]]
        assert _days(one, 1) >= [NOW.date()]
        assert "ATTENDEE" not in one
        assert "ORGANIZER" not in one


def test_words_that_somebody_typed_stay_words() -> None:
    odd = OWN[0].model_copy(update={"asks": "x\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:a@b", "says": "a; b, c\n"})
    entries = _read(forum_reminders(AGREEMENT.model_copy(update={"promises": (odd,)}), NOW))
    assert [one["SUMMARY"] for one in entries] == ["x BEGIN:VEVENT ATTENDEE:mailto:a@b"]
    assert "“a; b, c”" in entries[0]["DESCRIPTION"]
