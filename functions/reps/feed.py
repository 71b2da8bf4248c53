"""A rep's calendar to subscribe to, from what the ledger remembers; no calendar and no register is read for it."""

from datetime import UTC, datetime

from functions.reps.ahead import AHEAD, meetings_of
from functions.telling.release import released
from ledger.port import Ledger
from models.ahead import MeetingAhead
from models.reps import SEATS, partition_of
from models.rulebook import Rulebook
from models.texts import Texts
from wording.feed_file import feed_file

NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # nothing was read yet, so nothing is in it


async def feed_of(ledger: Ledger, book: Rulebook, texts: Texts, rep: str) -> bytes | None:
    """The .ics of this rep's own groups, those that are told anything; None for one who has no seat any more."""
    seats = (await ledger.remembered(partition_of(rep))).get(SEATS, {})
    groups = [name for name in seats.get("groups", ()) if book.agreement.group(name) is not None]
    if not groups:
        return None
    meetings: list[MeetingAhead] = []
    read_at: list[datetime] = []
    for name in groups:
        remembered = await ledger.remembered(name)
        saved = remembered.get(AHEAD, {})
        if saved and released(remembered, book) is not None:
            meetings += meetings_of(saved)
            read_at.append(datetime.fromisoformat(saved["read_at"]))
    return feed_file(texts, meetings, max(read_at, default=NEVER))
