"""Clause 4.2: "Where they are face to face meetings they should be in accessible venues"."""

from models.agreement import Promise
from models.facts import Meeting
from models.findings import State
from models.rules.verdict import Case, Verdict, plain, wrong

ASK = "Please check and fill in the venue list."
YES, NO = frozenset({"yes", "true"}), frozenset({"no", "false"})


def accessible_venue(promise: Promise, meeting: Meeting, case: Case) -> Verdict:
    """A meeting in a room names a venue that the partners' own list calls accessible.

    The field is looked up in the Venues list by the venue's name; a venue that is not there, or not
    checked, is "cannot tell": nobody should be told off for a list that is not filled in yet. A meeting
    with a link as well as a room that the list knows is held in that room too.
    """
    answer = _answer(case, meeting.place, promise.test.field)
    if answer in YES:
        return Verdict(State.KEPT, f"{meeting.place} is in the venue list as accessible.")
    if answer in NO:
        return Verdict(wrong(meeting, case), f"{meeting.place} is in the venue list as not accessible.")
    if meeting.online:
        return Verdict(State.NOT_IN_SCOPE, "It has a link to join online.")
    if meeting.private:
        return Verdict(State.CANNOT_TELL, "It is private, so we don't look at where it is held.")
    if not meeting.place:
        return Verdict(State.CANNOT_TELL, "It names no place and no link to join.")
    return Verdict(State.CANNOT_TELL, f"We don't know yet if {meeting.place} is accessible. {ASK}")


def _answer(case: Case, place: str, field: str) -> str:
    """What the list says of a place; nothing where it is not there, or stands there twice and differs."""
    rows = case.venues.get(plain(place), ()) if place else ()
    answers = {str(row.fields.get(field)).strip().casefold() for row in rows}
    return answers.pop() if len(answers) == 1 else ""
