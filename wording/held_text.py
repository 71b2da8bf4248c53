"""What `data` says: what is kept and how long, what went, what is held about a person, and what is left to people."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from models import spoken
from models.agreement import Agreement
from models.days import LONDON
from models.retention import OF_ROWS, REMEMBERED, TABLE, Kept, findings_until
from wording.held_about import Erased, HeldAbout
from wording.plain import LINE, clean

ELSEWHERE = """\
This is what else there may be. The program can't reach it:
- Sent Items of the mailbox that mails go out from, and the mail boxes of those who got them
- cards in Teams
- the shared mailbox: an invitation from this person is read again while it is there
- backups of your storage, until they run out"""
ASKED = "Erase all this for good? Type y for yes: "
NOTHING_ERASED = "Nothing was erased."


def kept_text(agreement: Agreement, today: date) -> str:
    """What is kept and how long, with the days of this agreement."""
    review = spoken.day(agreement.reviewed_next)
    wrote = "" if agreement.next_review else " Nobody wrote a date (next_review), so we count on each year."
    until = spoken.day(findings_until(today, agreement))
    lines = [
        f"Next review of the agreement: {review}.{wrote}",
        f"What is found today stays until {until}.",
        "",
    ]
    return "\n".join([*lines, *(f"{one.what}: {one.how_long}" for one in TABLE)])


def kept_table() -> str:
    """The same as a table for the page on data protection (Markdown)."""
    head = ["| what | how long | why |", "|---|---|---|"]
    return "\n".join([*head, *map(_row, OF_ROWS), *map(_row, REMEMBERED)])


def _row(one: Kept) -> str:
    return f"| {one.what} | {one.how_long} | {one.why} |"


def tidied_text(gone: Mapping[str, int], busy: int, unknown: tuple[str, ...], *, dry: bool) -> str:
    """What went, or would go."""
    lines = [f"  {name}: {number}" for name, number in gone.items() if number]
    if not lines:
        head = "Nothing has had its time."
    else:
        head = "This would go:" if dry else "This has gone:"
    said = [head, *lines]
    if busy:
        said.append(
            f"{spoken.count(busy, 'group was', 'groups were')} being looked at. The next night sees to it."
        )
    if unknown:
        names = ", ".join(clean(name, LINE) for name in unknown)
        said.append(f"We don't know how long these may stay, so they stay: {names}. Please report this.")
    return "\n".join(said)


def held_text(held: HeldAbout) -> str:
    """Everything that is held about a person, in plain words."""
    if not held.anything:
        return "\n".join([f"Nothing is held here about {clean(held.address, LINE)}.", *_unread(held)])
    return "\n".join([f"This is held about {clean(held.address, LINE)}.", *_held(held), *_unread(held)])


def held_json(held: HeldAbout) -> dict[str, Any]:
    """The same for programs."""
    told = asdict(held)
    told.pop("calendars")
    for name in ("statements", "mails"):
        told[name] = [{**one, "at": one["at"].astimezone(LONDON).isoformat()} for one in told[name]]
    return told


def erased_text(done: Erased, held: HeldAbout) -> str:
    """What was erased, what is left to people, and what is elsewhere."""
    lines = [f"  {name}: {number}" for name, number in done.gone.items() if number]
    head = "This would be erased here:" if done.dry else "This was erased here:"
    said = [head, *lines] if lines else ["There is nothing to erase here."]
    if done.waiting:
        said.append("A mail is being sent right now. Please run this again in ten minutes.")
    if done.busy:
        said.append("Some of it was changed at the same moment. Please run this again.")
    return "\n".join(
        [*said, "Totals stay. They are counts, and say nothing about anybody.", *left_to_people(held)]
    )


def erased_json(done: Erased, held: HeldAbout) -> dict[str, Any]:
    """The same for programs."""
    return {
        "dry_run": done.dry,
        "erased": dict(done.gone),
        "whole": done.whole,
        "rows_to_delete": [asdict(one) for one in held.rows],
        "rows_to_mend": [asdict(one) for one in held.typed],
    }


def left_to_people(held: HeldAbout) -> list[str]:
    """What a person must do by hand."""
    said = []
    if held.rows:
        said.append("Please delete these rows of the register. While they are there, mail still goes out:")
        said += [f"  {one.list}, row {one.number}" for one in held.rows]
    if held.typed:
        said.append(
            "Please take the name out of these rows, then run this again. While it is there, it is read again:"
        )
        said += [f"  {one.list}, row {one.number}" for one in held.typed]
    if held.shown:
        said.append("What the program wrote in these rows goes when it next writes the list:")
        said += [f"  {one.list}, row {one.number}" for one in held.shown]
    return [*said, *_unread(held), ELSEWHERE]


def _unread(held: HeldAbout) -> list[str]:
    return [f"We could not look here: {clean(why, None)}" for why in held.unread]


def _held(held: HeldAbout) -> Iterator[str]:
    if held.roles:
        yield f"Roles: {', '.join(clean(role, LINE) for role in held.roles)}."
    if held.groups:
        yield f"Groups: {', '.join(clean(group, LINE) for group in held.groups)}."
    for row in held.rows:
        yield f"The register has the address: {row.list}, row {row.number}."
    for row in dict.fromkeys((*held.shown, *held.typed)):
        yield f"Named in the manager's list: {row.list}, row {row.number}."
    for name, value in held.chosen.items():
        yield f"Kept under {name}: " + ", ".join(f"{key}: {one}" for key, one in value.items()) + "."
    for one in held.statements:
        text = f": {clean(one.text, LINE)}" if one.text else ""
        yield f"Said on {_day(one.at.astimezone(LONDON).date())} as {clean(one.role, LINE)} ({one.said}){text}"
    for meeting in held.meetings:
        yield (
            f"A meeting on {_day(date.fromisoformat(meeting.day))}: {clean(meeting.title, LINE)} "
            f"({meeting.promise}, {meeting.state})."
        )
    for mail in held.mails:
        sent = _day(mail.at.astimezone(LONDON).date())
        yield f"Sent on {sent} by {mail.channel}: {clean(mail.about, LINE)} ({mail.state})."
    for place in held.elsewhere:
        yield f"Named in: {clean(place, LINE)}."


def _day(value: date) -> str:
    return spoken.day(value)
