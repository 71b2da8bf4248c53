"""Reads touched calendars again: none that was read since, and none twice within a minute.

The ledger is what remembers, so that messages which come twice, late or in another order change nothing.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from functions.flow import sweep
from functions.waking.touched import WINDOW, Touched, Why, calendar_key
from functions.watch import Watch
from graph_client.errors import will_pass


class PutBack(Exception):
    """Not all of it could be read now: the host gives us the message again, after a minute."""


async def read_again(
    watch: Watch, touched: Touched, now: datetime, window: timedelta = WINDOW
) -> tuple[str, ...]:
    """Review the touched calendars that nobody has read since; gives back those that must wait.

    A calendar must wait where it is read within the same `window`, where a group in it is being reviewed,
    or where Microsoft 365 is busy. What a person must put right is no reason to try again. `watch.by` must
    be this message's alone.
    """
    since = touched.at - window if touched.why is Why.SWEEP else touched.at
    wanted = [
        mailbox for mailbox in watch.book.agreement.calendars if calendar_key(mailbox) in touched.calendars
    ]
    left = await _unread_since(watch, wanted, since)
    ours = [mailbox for mailbox in left if await _taken(watch, mailbox, now, window)]
    if not ours:
        return tuple(left)
    swept = await sweep(watch, now, mailboxes=ours)
    lasting = {one.name for one in swept.calendars if one.why_not and not will_pass(one.why_not)}
    return tuple(mailbox for mailbox in await _unread_since(watch, left, since) if mailbox not in lasting)


async def _unread_since(watch: Watch, mailboxes: Iterable[str], since: datetime) -> list[str]:
    read = {mailbox: await last_read(watch, mailbox) for mailbox in mailboxes}
    return [mailbox for mailbox, at in read.items() if at is None or at < since]


async def last_read(watch: Watch, mailbox: str) -> datetime | None:
    """When every group of a calendar had been reviewed; None where one never was."""
    snapshots = [await watch.ledger.snapshot(group.name) for group in watch.groups_of(mailbox)]
    read = [one.read_at for one in snapshots if one is not None]
    return min(read) if read and len(read) == len(snapshots) else None


async def _taken(watch: Watch, mailbox: str, now: datetime, window: timedelta) -> bool:
    """Be the only one to read it in this window. The lease is never given back: its end is the point."""
    name = f"calendar {calendar_key(mailbox)}"
    return await watch.ledger.take_lease(name, by=watch.by, now=now, until=now + window)
