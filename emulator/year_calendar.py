"""A year of meetings read from a table that a person can check: one row a date, its weekday written beside it."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from emulator.mailboxes import Attendee, Event, ListedEvents, Person

LONDON = ZoneInfo("Europe/London")


def year_calendar(path: Path, guests: tuple[Person, ...]) -> ListedEvents:
    """The table's dates, every guest invited to each."""
    with path.open(encoding="utf-8", newline="") as file:
        return ListedEvents(tuple(_event(row, guests) for row in csv.DictReader(file)))


def _event(row: dict[str, str], guests: tuple[Person, ...]) -> Event:
    day, all_day = _day(row["Day"]), not row["Starts"]
    starts = _at(day, row["Starts"] or "00:00")
    name = row["Series"] or f"{row['Title']} {day:%Y-%m-%d}"
    return Event(
        uid=f"{name.lower().replace(' ', '-')}@whole-year.example",
        subject=row["Title"],
        starts=starts,
        ends=_at(day + timedelta(days=1), "00:00") if all_day else _at(day, row["Ends"]),
        organizer=Person(row["Organiser"]),
        attendees=tuple(Attendee(guest) for guest in guests),
        all_day=all_day,
        kind="occurrence" if row["Series"] else "singleInstance",
        original_start=starts if row["Series"] else None,
        location=row["Place"],
        sensitivity="private" if row["Mark"] == "private" else "normal",
        cancelled=row["Mark"] == "cancelled",
    )


def _day(text: str) -> datetime:
    day = datetime.strptime(text, "%a %d %b %Y").replace(tzinfo=LONDON)
    if f"{day:%a}" != text[:3]:
        raise ValueError(f"{text} is a {day:%A}.")
    return day


def _at(day: datetime, clock: str) -> datetime:
    hours, minutes = clock.split(":")
    return day.replace(hour=int(hours), minute=int(minutes)).astimezone(UTC)
