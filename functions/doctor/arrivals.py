"""Whether invitations from outside the tenant arrive: the NHS and the forum invite from addresses of their own."""

from collections.abc import Mapping

from graph_client.calendar_windows import WindowRead
from graph_client.errors import GraphError
from models.spoken import count
from wording.examined import Examined, look, well

WHAT = "Invitations from partners"


def arrived(windows: Mapping[str, WindowRead | GraphError]) -> tuple[Examined, ...]:
    """What four months of calendars show; nothing where none could be read, which is told already."""
    read = [one for one in windows.values() if isinstance(one, WindowRead)]
    if not read:
        return ()
    number = sum(_is_from_outside(meeting.organiser, one.mailbox) for one in read for meeting in one.meetings)
    if number:
        return (well(WHAT, f"they arrive: {count(number, 'meeting')} from outside your organisation"),)
    says = "none from outside your organisation is seen, two months back and two ahead"
    cure = "Ask the NHS or the forum to add the shared mailbox to one invite, then look again"
    return (look(WHAT, says, cure),)


def _is_from_outside(organiser: str, mailbox: str) -> bool:
    domain = organiser.rpartition("@")[2].casefold()
    return bool(domain) and domain != mailbox.rpartition("@")[2].casefold()
