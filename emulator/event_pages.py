"""Pages of a calendar that were made once and are kept, so that a benchmark measures its client and not this."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from emulator.ics_calendar import IcsCalendar
from emulator.mailboxes import ListedEvents, Mailbox

MOST = 2000


class Prepared(dict[str, Any]):
    """A body that is asked for again and again. Its bytes are made once, by whoever sends it first."""

    encoded: bytes | None = None


@dataclass(slots=True)
class EventPages:
    """What was made of each mailbox, for as long as the mailbox is the same."""

    kept: dict[Hashable, tuple[Mailbox, Any]] = field(default_factory=dict)

    def get[Made](self, mailbox: Mailbox, asked: Hashable, make: Callable[[], Made]) -> Made:
        """What was made for this question before, or made now."""
        if not isinstance(mailbox.calendar, ListedEvents | IcsCalendar):
            return make()  # a calendar of another kind may change without being put in anew
        key = (mailbox.address, asked)
        owner, made = self.kept.get(key, (None, None))
        if owner is mailbox and made is not None:
            return made  # type: ignore[no-any-return]
        fresh = make()
        if len(self.kept) >= MOST:
            self.kept.clear()
        self.kept[key] = (mailbox, fresh)
        return fresh
