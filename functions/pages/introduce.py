"""The link by which the forum's chair lets the first mails to reps begin, and by which it can stop that again."""

from datetime import date, datetime

from functions.pages.desk import Desk, Shown
from functions.telling.release import WHOLE
from models.days import LONDON
from models.reps import BEGUN
from wording.pages.introducing import introducing

SINCE, BY = "at", "by"


async def introduce(desk: Desk) -> Shown:
    """What reps will get, and *Yes, start*. Pressed twice it began the first time."""
    since, do = await _since(desk), desk.asked.do
    if do == "start":
        if since is None:
            await _remember(desk, desk.now)
        return Shown(introducing(desk.texts, since or desk.today, "0", done="start"))
    if do == "undo":
        await _remember(desk, None)
        return Shown(introducing(desk.texts, None, "0", done="undo"))
    return Shown(introducing(desk.texts, since, "0", fault=desk.asked.not_understood), desk.asked.status)


async def _since(desk: Desk) -> date | None:
    said = (await desk.watch.ledger.remembered(WHOLE)).get(BEGUN, {}).get(SINCE)
    return datetime.fromisoformat(said).astimezone(LONDON).date() if said else None


async def _remember(desk: Desk, since: datetime | None) -> None:
    value = {SINCE: since.isoformat(), BY: desk.link.person} if since else {}
    await desk.watch.ledger.remember(WHOLE, BEGUN, value)
