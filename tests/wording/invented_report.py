"""A quarter that a partnership might have, with every result, and one in which every text is hostile."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from functions.files.rulebooks import read_book
from functions.quarter_report import promised
from models.days import LONDON
from models.findings import State
from models.quarters import quarter_named
from models.record import Held, Recorded
from models.tally import of_quarter, tallies
from tests.models.invented_record import entry
from wording.reported import GroupRead, Reported

QUARTER = quarter_named("2026/27-Q3")
AGREEMENT = read_book().book.agreement
MADE = datetime(2027, 1, 11, 9, 15, tzinfo=LONDON)  # a Monday
BOARDS = [date(2026, 10, 13), date(2026, 11, 10), date(2026, 12, 8)]  # Tuesdays
GROUP = "Communications Priority Group"
GROUPS = [date(2026, 10, 22), date(2026, 11, 19), date(2026, 12, 17)]  # Thursdays
REASON = "The new figures came on Friday"


def everything() -> Reported:
    """A quarter with every result, a private meeting, and days that nobody read."""
    of_group = {"group": GROUP, "type": "priority group"}
    papers = "Papers went out on {}; they were due by the end of {}."
    entries = [
        entry("P01", BOARDS[0], sent_ahead=6, due=date(2026, 10, 5)),
        entry("P01", BOARDS[1], State.EXPLAINED, sent_ahead=2, reason=REASON, reason_given=True),
        entry("P01", BOARDS[2], State.CANNOT_TELL, because="Accounts differ."),
        entry(
            "P01",
            GROUPS[0],
            State.MISSED,
            sent_ahead=3,
            because=papers.format("Monday 19 October 2026", "Thursday 15 October 2026"),
            **of_group,
        ),
        entry("P01", GROUPS[1], sent_ahead=8, **of_group),
        entry("P01", GROUPS[2], sent_ahead=5, **of_group),
        *(entry("P04", day) for day in (BOARDS[0], BOARDS[2])),
        entry(
            "P04",
            BOARDS[1],
            State.MISSED,
            because="It starts at 9:30am, before 10am.",
            reason="The room was free only then",
            reason_given=True,
        ),
        entry(
            "P04", GROUPS[0], State.AGREED_CHANGE, reason="School run", reason_given=True,
            agreed_by=("council", "forum"), agreed_on=date(2026, 10, 6), **of_group,
        ),
        entry("P04", GROUPS[1], **of_group | {"private": True}),
        entry("P04", GROUPS[2], **of_group),
        *(entry("P05", day) for day in BOARDS),
    ]  # fmt: skip
    return report(
        entries,
        read=(
            GroupRead(group="SEND Partnership Board", read_at=MADE),
            GroupRead(
                group=GROUP, read_at=MADE, unread=((date(2026, 12, 24), date(2026, 12, 31)),), gap=True
            ),
            GroupRead(group="SEND Executive Group"),
        ),
        notes=("We know the school dates of Lancashire County Council only until Friday 23 July 2027.",),
    )


def nothing() -> Reported:
    """A quarter of which nothing is on record."""
    return report(
        [], read=(GroupRead(group="SEND Partnership Board", unread=((QUARTER.first, QUARTER.last),)),)
    )


def titled(text: str) -> Reported:
    """One text that somebody typed, everywhere where a text can stand."""
    entries = [
        entry("P01", BOARDS[0], State.EXPLAINED, reason=text, reason_given=True, group=text, title=text),
        entry("P04", BOARDS[0], State.MISSED, because=text, reason=text, reason_given=True, group=text),
        entry("P05", BOARDS[0], State.AGREED_CHANGE, reason=text, agreed_by=(text, "forum"), type=text),
        entry("P01", BOARDS[1], State.CANNOT_TELL, because=text, group=text, type=text, private=True),
    ]
    made = report(entries, read=(GroupRead(group=text, read_at=MADE),), notes=(text,))
    promises = {id: replace(one, says=text, clause=text) for id, one in made.promises.items()}
    return replace(made, agreement=text, promises=MappingProxyType(promises))


def report(
    entries: Sequence[Recorded], read: tuple[GroupRead, ...] = (), notes: tuple[str, ...] = ()
) -> Reported:
    """The report of these entries."""
    counted = tallies(entries, QUARTER, AGREEMENT)
    held = {one.meeting: Held(one.meeting, one.day, 120) for one in entries}
    return Reported(
        agreement=AGREEMENT.name,
        quarter=QUARTER,
        made_at=MADE,
        promises=MappingProxyType({one.promise: promised(one.promise, AGREEMENT) for one in counted}),
        tallies=counted,
        entries=of_quarter(entries, QUARTER),
        held=tuple(held.values()),
        read=read,
        notes=notes,
    )
