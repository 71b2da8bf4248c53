"""Builders for the tests of the models: short words in, frozen values out. Weekdays are checked."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from models import rules
from models.agreement import Agreement, Promise
from models.days import LONDON, WorkingDays
from models.facts import Coverage, Facts, Meeting, Papers, RegisterRow, Said, Stamp, Statement
from models.findings import Finding
from models.terms import Term, TermCalendar, Terms

BOARD = "SEND Partnership Board"
LANCASHIRE = "Lancashire County Council"

LANCASHIRE_TERMS = (  # schools open, first and last day
    ("Autumn 1", "Mon 01 Sep 2025", "Fri 24 Oct 2025"),
    ("Autumn 2", "Mon 03 Nov 2025", "Fri 19 Dec 2025"),
    ("Spring 1", "Mon 05 Jan 2026", "Fri 13 Feb 2026"),
    ("Spring 2", "Mon 23 Feb 2026", "Fri 27 Mar 2026"),
    ("Summer 1", "Mon 13 Apr 2026", "Fri 22 May 2026"),
    ("Summer 2", "Mon 01 Jun 2026", "Mon 20 Jul 2026"),
    ("Autumn 1", "Tue 01 Sep 2026", "Fri 23 Oct 2026"),
    ("Autumn 2", "Mon 02 Nov 2026", "Fri 18 Dec 2026"),
    ("Spring 1", "Mon 04 Jan 2027", "Fri 12 Feb 2027"),
    ("Spring 2", "Mon 22 Feb 2027", "Thu 25 Mar 2027"),
    ("Summer 1", "Mon 12 Apr 2027", "Fri 28 May 2027"),
    ("Summer 2", "Mon 07 Jun 2027", "Wed 21 Jul 2027"),
)
LEEDS_SPRING = (
    ("Spring 2", "Mon 23 Feb 2026", "Thu 02 Apr 2026"),
    ("Summer 1", "Mon 20 Apr 2026", "Fri 22 May 2026"),
)

PROMISES: Mapping[str, Mapping[str, Any]] = {
    "hours": {"id": "P04", "clause": "4.2", "operator": "window", "test": {"from": "10:00", "to": "14:00"}},
    "term": {"id": "P05", "clause": "4.2", "operator": "calendar", "test": {"inside": "term"}},
    "papers": {
        "id": "P01",
        "clause": "4.1",
        "strength": "aim",
        "operator": "notice",
        "test": {"thing": "papers", "least": 5, "unit": "working days"},
    },
    "online": {
        "id": "P06",
        "clause": "4.2",
        "strength": "aim",
        "operator": "share",
        "test": {"of": "online", "more_than": 0.5, "months": 12},
    },
    "venue": {
        "id": "P07",
        "clause": "4.2",
        "strength": "aim",
        "operator": "present",
        "test": {"item": "venue", "field": "Accessible"},
    },
    "objectives": {
        "id": "P16",
        "clause": "3",
        "strength": "aim",
        "operator": "present",
        "test": {"item": "request", "field": "Objectives"},
    },
    "four weeks": {
        "id": "P17",
        "clause": "3",
        "strength": "aim",
        "operator": "notice",
        "test": {"thing": "request", "least": 4, "unit": "weeks"},
    },
}


def day(text: str) -> date:
    """Fri 27 Nov 2026, as a date; a row whose weekday is wrong fails."""
    parsed = datetime.strptime(text, "%a %d %b %Y").date()  # noqa: DTZ007 (a day has no zone)
    assert f"{parsed:%a}" == text[:3], f"{text} is a {parsed:%A}"
    return parsed


def at(text: str) -> datetime:
    """Fri 27 Nov 2026 10:00, London time; with "UTC" at the end, what that moment is in London."""
    words, zone = (text.removesuffix(" UTC"), UTC) if text.endswith(" UTC") else (text, LONDON)
    hour, minute = words[16:].split(":")
    on = day(words[:15])
    return datetime(on.year, on.month, on.day, int(hour), int(minute), tzinfo=zone).astimezone(LONDON)


def meeting(starts: str, ends: str = "", **more: Any) -> Meeting:
    """A meeting of the Board; `ends` is a time on the same day or a whole moment, two hours later if empty."""
    first = at(starts)
    last = first + timedelta(hours=2)
    if ends:
        last = at(ends if len(ends) > len("10:00 UTC") else f"{starts[:15]} {ends}")
    fields: dict[str, Any] = {"key": "meeting-1", "uid": "uid-1", "title": "Board", "group": BOARD}
    fields |= {"type": "partnership group"} | more
    return Meeting(starts=first, ends=last, **fields)


def all_day(first: str, last: str = "", **more: Any) -> Meeting:
    """An all-day entry from one day to another, both included."""
    after = day(last or first) + timedelta(days=1)
    return meeting(f"{first} 00:00", f"{after:%a %d %b %Y} 00:00", all_day=True, **more)


def promise(kind: str, **more: Any) -> Promise:
    """One of the promises above, as an agreement would hold it, with anything changed."""
    fields: dict[str, Any] = {"says": kind, "strength": "firm", "applies_to": ["partnership group"]}
    return Promise.model_validate(fields | PROMISES[kind] | more)


def agreement(*promises: Promise, count: str = "unsettled", also_warn: tuple[str, ...] = ()) -> Agreement:
    """An agreement of the Board with these promises."""
    return Agreement.model_validate(
        {
            "agreement": "A test",
            "agreed_on": date(2024, 1, 11),
            "working_days": {"count": count},
            "terms": {"main": LANCASHIRE, "also_warn": also_warn},
            "groups": [{"name": BOARD, "type": "partnership group", "papers": "invite"}],
            "promises": promises,
        }
    )


@cache
def working_days() -> WorkingDays:
    """England and Wales, as GOV.UK has it: 2012 to 2028."""
    listed = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    names = MappingProxyType({one["date"]: one["title"] for one in listed})
    return WorkingDays(names, date(2012, 1, 1), date(2028, 12, 31))


def calendar(name: str, rows: tuple[tuple[str, str, str], ...], **more: Any) -> TermCalendar:
    """The terms of an authority, known from the first to the last of these days."""
    terms = tuple(Term(term, day(first), day(last)) for term, first, last in rows)
    span = {"covered_from": terms[0].first, "covered_until": terms[-1].last}
    return TermCalendar(name, terms=terms, **(span | more))


@cache
def terms() -> Terms:
    """Lancashire's dates for two years, and Leeds' spring of 2026, which differs."""
    calendars = (calendar(LANCASHIRE, LANCASHIRE_TERMS), calendar("Leeds City Council", LEEDS_SPRING))
    return Terms(MappingProxyType({one.authority: one for one in calendars}))


def coverage(**more: Any) -> Coverage:
    """All of 2025 to 2028 read in full, and papers seen to come by the Board's route."""
    span: dict[str, Any] = {"first": date(2025, 1, 1), "last": date(2028, 12, 31)}
    return Coverage(**(span | {"routes": frozenset({BOARD})} | more))


def facts(*meetings: Meeting, **more: Any) -> Facts:
    """What a review knows; whatever is not said is as usual."""
    usual = {"working_days": working_days(), "terms": terms(), "coverage": coverage()}
    return Facts(meetings=meetings, **(usual | more))


def papers(sent: str = "", coming_on: str = "", *, none_this_time: bool = False) -> Papers:
    """What is known of the papers of a meeting."""
    return Papers(at(sent) if sent else None, day(coming_on) if coming_on else None, none_this_time)


def stamp(seen: str, *, on_or_before: bool = False) -> Stamp:
    """When we first saw a meeting on its present date."""
    return Stamp(at(seen), at(seen), on_or_before)


def row(list: str, **fields: object) -> RegisterRow:
    """A row of the register."""
    return RegisterRow(list, "7", MappingProxyType(fields))


def reason(promise: str, subject: str, text: str = "The only free day", **more: Any) -> Statement:
    """A reason that the council's officer gave on 1 June 2026."""
    usual = {
        "said": Said.REASON,
        "role": "Board Manager",
        "partner": "council",
        "at": at("Mon 01 Jun 2026 09:00"),
    }
    return Statement(promise=promise, subject=subject, text=text, **(usual | more))


def agreed(promise: str, subject: str, partner: str, text: str = "We all agreed", **more: Any) -> Statement:
    """One partner's yes to a change."""
    by_link = {"said": Said.AGREED_CHANGE, "partner": partner, "proved": "signed link"}
    return reason(promise, subject, text, **(by_link | more))


def findings(known: Facts, agreed: Agreement, now: str) -> tuple[Finding, ...]:
    """All findings at a moment."""
    return rules.findings(known, agreed, at(now))


def finding(
    kind: str, one: Meeting, now: str, *, known: Mapping[str, Any] | None = None, **more: Any
) -> Finding:
    """The one finding of one promise and one meeting; `more` changes the promise, `known` the facts."""
    (found,) = (
        one_of
        for one_of in findings(facts(one, **(known or {})), agreement(promise(kind, **more)), now)
        if one_of.meeting is not None
    )
    return found


class Build:
    """Everything above, for tests to ask for: under importlib mode they cannot import it."""

    BOARD, LANCASHIRE, LANCASHIRE_TERMS = BOARD, LANCASHIRE, LANCASHIRE_TERMS
    day, at, meeting, all_day = (
        staticmethod(day),
        staticmethod(at),
        staticmethod(meeting),
        staticmethod(all_day),
    )
    promise, agreement = staticmethod(promise), staticmethod(agreement)
    calendar, terms, working_days = staticmethod(calendar), staticmethod(terms), staticmethod(working_days)
    coverage, facts, papers = staticmethod(coverage), staticmethod(facts), staticmethod(papers)
    stamp, row, reason, agreed = (
        staticmethod(stamp),
        staticmethod(row),
        staticmethod(reason),
        staticmethod(agreed),
    )
    findings, finding = staticmethod(findings), staticmethod(finding)


@pytest.fixture(scope="session")
def build() -> type[Build]:
    """Builders of meetings, promises and facts."""
    return Build
