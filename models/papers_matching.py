"""Which meeting are these papers for? By what was recorded, by key, by day; else one candidate, or a question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from models.facts import Meeting

AFTER_A_MAIL = timedelta(days=28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """What a row, a mail, a folder or a file says of its meeting. `written` is set where it may name no day."""

    id: str
    key: str = ""
    days: tuple[date, ...] = ()
    written: date | None = None

    @property
    def day(self) -> date | None:
        """The first day that it names."""
        return self.days[0] if self.days else None


@dataclass(frozen=True, slots=True)
class Trace:
    """Which meeting a clue was found to be for, the day that it named then, and when it went out (London time)."""

    key: str
    day: date | None = None
    sent: datetime | None = None


def trace_id(kind: str, id: str) -> str:
    """A name for a row, a mail, a folder or a file by which we know it again; of a long id only a print is kept."""
    return f"{kind} {id if kind == ROW else sha256(id.encode(errors='surrogatepass')).hexdigest()[:20]}"


ROW, MAIL, FOLDER, FILE, INVITATION = "row", "mail", "folder", "file", "invitation"


def meetings_for(clue: Clue, meetings: Iterable[Meeting], traces: Mapping[str, Trace]) -> tuple[Meeting, ...]:
    """The group's meetings that a clue may be for; anything but one is a question, never a guess.

    What was recorded holds while the clue names the same day as then, so that a meeting that was moved keeps
    its papers. A clue that was changed to name another meeting is for that one.
    """
    known = tuple(meetings)
    recorded = traces.get(clue.id)
    by_record = [meeting for meeting in known if recorded is not None and meeting.key == recorded.key]
    by_key = [meeting for meeting in known if meeting.key == clue.key]
    if by_key:
        return tuple(by_key)
    if any(not meeting.cancelled for meeting in by_record) and recorded and recorded.day == clue.day:
        return tuple(by_record)
    by_day = _standing([meeting for meeting in known if meeting.day in clue.days])
    if by_day or by_record:
        return by_day or tuple(by_record)
    if clue.days or clue.written is None:
        return ()
    soon = clue.written + AFTER_A_MAIL
    return _standing([meeting for meeting in known if clue.written <= meeting.day <= soon])


def _standing(meetings: list[Meeting]) -> tuple[Meeting, ...]:
    """Those that will be held; a meeting called off and made again on the same day is no second candidate."""
    return tuple(meeting for meeting in meetings if not meeting.cancelled) or tuple(meetings)
