"""The demo's door: an emulated Microsoft 365 on this computer, with the real client let loose on it.

The only room of ours that knows the emulator. What it leaves behind: a story to read, the cards as the
workflows received them, a report, and the recorded traffic.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from rich.console import Console

from demonstration.county_demo import demonstrate_county
from demonstration.folder import Folder
from demonstration.own_calendar import demonstrate_own
from demonstration.tenant import serve_tenant
from reading.faults import Fault, Unreadable

ITS_OWN_DAYS = Fault(
    "--now", 0, "the county's story has days of its own", "Leave it out, or name a calendar with --calendar"
)

__all__ = ["demonstrate", "serve_tenant"]


def demonstrate(
    calendar: Path | None, meeting_type: str, now: datetime | None, clock: datetime, output: Path
) -> str:
    """Run the demo and say what came of it in a few lines; chapter by chapter on standard error as it goes.

    `calendar` is a person's own .ics in place of the invented county's term, `now` the moment to pretend
    with it, `clock` the real one. Unreadable where something was asked for that can't be shown.
    """
    folder = Folder(output)
    if calendar is None:
        if now is not None:
            raise Unreadable([ITS_OWN_DAYS])
        return demonstrate_county(folder, _progress())
    return demonstrate_own(calendar, meeting_type, now, clock, folder)


def _progress() -> Callable[[str], None]:
    """A line for whoever watches; silence where nobody does."""
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    return console.print if console.is_terminal else lambda _line: None
