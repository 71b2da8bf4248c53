"""Whether a calendar looks like a person's own diary, which Protocol Watch should not read.

What kind of mailbox it is, Microsoft 365 tells only to apps with a further right (MailboxSettings.Read), which
we do not ask for. So we go by what stands in the calendar, and "can't tell" is an answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.facts import Meeting
from models.spoken import count

FEW = 3  # meetings that say nothing of a calendar


class Looks(StrEnum):
    """Whose calendar it looks like."""

    SHARED = "shared"
    OWN = "a person's own"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Diary:
    """How one calendar looks, and what it is that looks so; never a title."""

    mailbox: str
    looks: Looks
    because: str


def diary(mailbox: str, meetings: Sequence[Meeting]) -> Diary:
    """How a calendar looks by two months of its meetings."""
    made_here = [one for one in meetings if one.organiser.casefold() == mailbox.casefold()]
    private = sum(one.private for one in made_here)
    if private:
        because = f"it has {count(private, 'private appointment')} of its own"
        return Diary(mailbox, Looks.OWN, because)
    if len(meetings) < FEW:
        return Diary(mailbox, Looks.CANNOT_TELL, f"there are only {count(len(meetings), 'meeting')} in it")
    invited_by = {one.organiser.casefold() for one in meetings} - {mailbox.casefold(), ""}
    if len(invited_by) > 1 and len(made_here) * 2 <= len(meetings):
        because = f"{count(len(invited_by), 'organiser')} invite it to their meetings"
        return Diary(mailbox, Looks.SHARED, because)
    return Diary(mailbox, Looks.CANNOT_TELL, "not more than one organiser invites it")
