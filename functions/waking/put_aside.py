"""Work that failed five times and was put aside: one line to the manager, taken off the list after a week."""

from datetime import datetime, timedelta

from functions.telling.needs import PROGRAM
from functions.telling.release import WHOLE
from functions.watch import Watch
from models.days import LONDON
from models.spoken import day

STAYS = timedelta(days=7)
LINES = {
    "touched-groups": "a calendar could not be looked at when it had changed. The next sweep reads it again",
    "deliveries": "cards could not be sent when they were due. They are tried again every five minutes",
}


async def put_aside(watch: Watch, queue: str, now: datetime) -> None:
    """Remember that a piece of work of this queue failed for good. A queue has one line a day."""
    here = now.astimezone(LONDON)
    line = (
        f"On {day(here.date())} {LINES[queue]}. If this line comes again, please show it to whoever looks "
        "after the program."
    )
    lines = {**await _standing(watch, now), line: now.isoformat()}
    await _remember(watch, lines)


async def forget_old(watch: Watch, now: datetime) -> None:
    """Take lines off the list that are a week old: what went on would have said so again."""
    standing = await _standing(watch, now)
    if len(standing) < len(await _known(watch)):
        await _remember(watch, standing)


async def _standing(watch: Watch, now: datetime) -> dict[str, str]:
    known = await _known(watch)
    return {line: at for line, at in known.items() if now - datetime.fromisoformat(at) < STAYS}


async def _known(watch: Watch) -> dict[str, str]:
    return dict((await watch.ledger.remembered(WHOLE)).get(PROGRAM, {}).get("lines", {}))


async def _remember(watch: Watch, lines: dict[str, str]) -> None:
    saved = {"questions": list(lines), "unplaced": [], "lines": lines}
    await watch.ledger.remember(WHOLE, PROGRAM, saved)
